//! What a page shows of its article beside the text: headings, bylines, days, sections, sources.
//!
//! Only what stands at the article is looked at, never a list of other stories.

use scraper::{ElementRef, Html};

use super::{
    blocks::{Block, Blocks, Tag},
    clean,
    lines::{cut_day, line, without_label},
    select, text_of,
};
use crate::{
    article::{
        date,
        stated::{Key, Stated},
        supplied::split_names,
    },
    lexicon::{Lexicon, dates::DayOf},
};

/// Parts of a page whose days and names are those of others.
const OTHERS: [&str; 6] = [
    "other-stories",
    "comments",
    "navigation",
    "advertising",
    "notices",
    "sign-up",
];

/// Where the article lies among the blocks.
pub(super) struct Frame {
    /// The first block of the text.
    pub(super) first: usize,
    /// The last one.
    pub(super) last: usize,
}

/// Reads what is shown.
pub(super) fn read(
    page: &Html,
    found: &Blocks,
    frame: Option<Frame>,
    title: Option<&str>,
    lexicon: &Lexicon,
) -> Vec<Stated> {
    let mut stated = Vec::new();
    let mut state = |key: Key, place: &str, value: String| {
        stated.push(Stated {
            key,
            value,
            origin: "html",
            place: place.to_owned(),
        });
    };
    let others = |block: &Block| {
        let mut at = block.beside;
        while let Some(index) = at {
            let beside = &found.beside[index];
            if OTHERS.contains(&beside.what.as_str()) {
                return true;
            }
            at = beside.parent;
        }
        false
    };
    // A line that is a part of the title, else the nearest heading above the text, else the first.
    let first = frame
        .as_ref()
        .map_or(found.blocks.len(), |frame| frame.first);
    let own = |block: &&Block| !block.hidden && !others(block);
    let is_h1 = |block: &&Block| block.tag == Tag::Heading(1) && own(block);
    let named = titled(found, title, first, &own);
    let above = || found.blocks[..first].iter().rev().find(is_h1);
    let heading = named
        .or_else(above)
        .or_else(|| found.blocks.iter().find(is_h1));
    if let Some(heading) = heading {
        let place = match heading.tag {
            Tag::Heading(level) => format!("h{level}"),
            _ => "line".to_owned(),
        };
        state(Key::Headline, &place, heading.text.clone());
        if let Some(site) = site(title, &heading.text) {
            state(Key::Outlet, "title", site.to_owned());
        }
    }
    for block in &found.blocks {
        let hit = || lexicon.furniture.hit(&block.text, |_| true);
        let rights = block.text.contains(['©']) || block.text.to_lowercase().contains("copyright");
        for said in hit()
            .filter(|_| rights && block.words() <= 25)
            .iter()
            .flat_map(|hit| &hit.said)
        {
            if said.group == "outlet" {
                state(Key::Outlet, "copyright line", said.words.clone());
            }
        }
    }
    microdata(page, &mut state);
    let labels = ".topline, .kicker, .section-label, .section-name, .article-section, .article__section, a[rel~='category']";
    for label in select(page, labels).into_iter().filter(is_own).take(1) {
        if let Some(name) = text_of(label).filter(|name| name.len() < 40) {
            state(Key::Section, "label", name);
        }
    }
    times(page, lexicon, &mut state);
    let Some(frame) = frame else { return stated };
    // Lines around the text: from the heading to the first paragraph, and a few behind the last.
    let place = heading.and_then(|heading| {
        let at = found
            .blocks
            .iter()
            .position(|block| std::ptr::eq(block, heading));
        at.filter(|at| *at < frame.first)
    });
    let start = place.map_or(frame.first.saturating_sub(12), |at| at.saturating_sub(4));
    let end = found.blocks.len().min(frame.last + 9);
    for at in (start..frame.first).chain(frame.last + 1..end) {
        let block = &found.blocks[at];
        let is_heading = heading.is_some_and(|heading| std::ptr::eq(block, heading));
        if others(block) || block.hidden || block.words() > 30 || is_heading {
            continue;
        }
        let below_heading = place.is_some_and(|place| at > place);
        line(block, at < frame.first, below_heading, lexicon, &mut state);
    }
    stated
}

/// The marks that stand between a headline and the name of a site.
const MARKS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", ": ", "_", "|",
];

/// The line nearest above the text that is a part of the title, else the longest of them.
fn titled<'b>(
    found: &'b Blocks,
    title: Option<&str>,
    first: usize,
    own: &impl Fn(&&Block) -> bool,
) -> Option<&'b Block> {
    let title = title?;
    let parts: Vec<&str> = MARKS
        .iter()
        .flat_map(|mark| title.split(mark))
        .chain([title])
        .collect();
    let fits = |block: &&Block| {
        let long = block.text.chars().count() >= 8 && block.text.len() <= title.len() + 4;
        long && own(block) && parts.iter().any(|part| super::same(part, &block.text))
    };
    let above = found.blocks[..first].iter().rev().find(fits);
    above.or_else(|| {
        found
            .blocks
            .iter()
            .filter(fits)
            .max_by_key(|block| block.text.len())
    })
}

/// The name of the site, which stands before or behind the headline in the title.
fn site<'t>(title: Option<&'t str>, headline: &str) -> Option<&'t str> {
    let title = title?.trim();
    let fits = |name: &&str| {
        (1..=6).contains(&name.split_whitespace().count()) && name.chars().count() >= 3
    };
    let behind = MARKS
        .iter()
        .filter(|mark| **mark != ": ")
        .filter_map(|mark| {
            let (first, rest) = title.split_once(mark)?;
            super::same(first, headline).then_some(rest)
        });
    let last = |rest: &'t str| {
        let parts = MARKS[..9]
            .iter()
            .filter_map(|mark| Some(rest.rsplit_once(mark)?.1));
        parts.min_by_key(|part| part.len()).unwrap_or(rest).trim()
    };
    let before = MARKS.iter().filter_map(|mark| {
        let (site, rest) = title.split_once(mark)?;
        super::same(rest, headline).then_some(site.trim())
    });
    let longer = MARKS[..9].iter().filter_map(|mark| {
        let (first, site) = title.rsplit_once(mark)?;
        super::same(first, headline).then_some(site.trim())
    });
    longer.chain(behind.map(last)).chain(before).find(fits)
}

/// Elements that say by `itemprop` or `rel` what they are.
fn microdata(page: &Html, state: &mut impl FnMut(Key, &str, String)) {
    let value = |element: &ElementRef<'_>| {
        let machine = ["datetime", "content"]
            .iter()
            .find_map(|name| element.attr(name));
        machine.and_then(clean).or_else(|| text_of(*element))
    };
    for (key, property) in [
        (Key::Published, "datePublished"),
        (Key::Modified, "dateModified"),
        (Key::Section, "articleSection"),
    ] {
        let selector = format!("[itemprop~='{property}']:not(meta)");
        for element in select(page, &selector)
            .into_iter()
            .filter(|e| is_own(e))
            .take(2)
        {
            if let Some(value) = value(&element) {
                state(key, &format!("itemprop {property}"), value);
            }
        }
    }
    let author = "[itemprop~='author'] [itemprop~='name'], [itemprop~='author']:not(:has([itemprop])), a[rel~='author'], .p-author, .byline__name, .byline-name, .author-name, .article-author__name, .post-footer .fn, .vcard .fn, .autor, .auteur, .writer, .reporter, .signature, .author:not(:has(.author))";
    let names: Vec<String> = select(page, author)
        .into_iter()
        .filter(|element| is_own(element))
        .filter_map(|element| text_of(element))
        .filter(|name| name.len() < 80)
        .take(8)
        .collect();
    for name in names {
        let lexicon = Lexicon::shipped();
        let name = cut_day(&name);
        let name = without_label(name, lexicon).unwrap_or(name);
        split_names(name).for_each(|name| state(Key::Authors, "author element", name));
    }
}

/// Elements for days.
fn times(page: &Html, lexicon: &Lexicon, state: &mut impl FnMut(Key, &str, String)) {
    for time in select(
        page,
        "time, abbr.published, abbr.updated, dateformat, [data-epoch], [data-timestamp]",
    )
    .into_iter()
    .take(60)
    {
        if !is_own(&time) || time.attr("itemprop").is_some() {
            continue;
        }
        let value = [
            "datetime",
            "title",
            "data-datetime",
            "data-timestamp",
            "content",
        ]
        .iter()
        .find_map(|name| {
            time.attr(name)
                .filter(|value| date::machine(value).is_some())
        });
        let shown = text_of(time);
        let Some(value) = value.and_then(clean).or_else(|| shown.clone()) else {
            continue;
        };
        if date::machine(&value).is_none() {
            continue;
        }
        let class = time.attr("class").unwrap_or_default();
        let label = lexicon.dates.label(&before(time));
        let label = label.or_else(|| lexicon.dates.label(&shown.unwrap_or_default()));
        let label = label.or_else(|| match class.to_ascii_lowercase() {
            class if class.contains("updated") && !class.contains("published") => {
                Some(DayOf::Change)
            }
            class if class.contains("modif") => Some(DayOf::Change),
            class if class.contains("publish") => Some(DayOf::Publication),
            _ => None,
        });
        match label {
            Some(DayOf::Change) => state(Key::Modified, "time updated", value),
            Some(DayOf::Publication) => state(Key::Published, "time published", value),
            None => state(Key::Published, "time", value),
        }
    }
}

/// The words in front of an element, within the block around it.
fn before(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    let mut at = *element;
    for _ in 0..2 {
        let siblings = at.prev_siblings().take(4).collect::<Vec<_>>();
        for sibling in siblings.into_iter().rev() {
            let text: String = match ElementRef::wrap(sibling) {
                Some(element) if element.value().name() == "time" => {
                    words.clear();
                    continue;
                }
                Some(element) => element.text().take(20).collect(),
                None => sibling
                    .value()
                    .as_text()
                    .map(|text| text.to_string())
                    .unwrap_or_default(),
            };
            words.push_str(&text);
            words.push(' ');
        }
        if !words.trim().is_empty() {
            break;
        }
        match at.parent() {
            Some(parent)
                if matches!(
                    parent.value().as_element().map(|e| e.name()),
                    Some("span" | "em" | "strong" | "b" | "small" | "i")
                ) =>
            {
                at = parent
            }
            _ => break,
        }
    }
    let start = words.len().saturating_sub(80);
    words.get(start..).unwrap_or(&words).to_owned()
}

/// Says whether an element is the article's, not of a list of others or of comments.
fn is_own(element: &ElementRef<'_>) -> bool {
    let markup = &Lexicon::shipped().markup;
    let own = std::iter::once(**element)
        .chain(element.ancestors())
        .take(12);
    !own.filter_map(ElementRef::wrap).any(|around| {
        let name = around.value().name();
        let other = || {
            let names = super::blocks::names(around.value());
            let part = names.as_deref().and_then(|names| markup.part(names));
            part.is_some_and(|part| OTHERS.contains(&part))
                && !matches!(name, "body" | "html" | "article" | "main")
        };
        matches!(name, "aside" | "nav" | "footer" | "li" | "figure") || other()
    })
}
