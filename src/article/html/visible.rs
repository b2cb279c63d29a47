//! What a page shows of its article beside the text: headings, bylines, days, sections, sources.
//!
//! Only what stands at the article is looked at, never a list of other stories.

use scraper::{ElementRef, Html};

use super::{
    blocks::{Block, Blocks, Tag},
    clean,
    lines::{byline, line},
    select, site, text_of,
};
use crate::{
    article::{
        date,
        stated::{Key, Stated},
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

/// What a page shows.
pub(super) struct Shown {
    pub(super) stated: Vec<Stated>,
    /// The block of the headline.
    pub(super) heading: Option<usize>,
}

/// Reads what is shown; `sites` are the names that the page gives its site.
pub(super) fn read(
    page: &Html,
    found: &Blocks,
    frame: Option<Frame>,
    title: Option<&str>,
    sites: &[&str],
    lexicon: &Lexicon,
) -> Shown {
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
    let at = |block: &Block| found.blocks.iter().position(|b| std::ptr::eq(b, block));
    let named = site::titled(&found.blocks, title, sites, first, &own, lexicon);
    let above = || found.blocks[..first].iter().rev().find(is_h1);
    let heading = named
        .or_else(above)
        .or_else(|| found.blocks.iter().find(is_h1));
    let place = heading.and_then(at);
    if let Some(heading) = heading {
        let place = match heading.tag {
            Tag::Heading(level) => format!("h{level}"),
            _ => "line".to_owned(),
        };
        state(Key::Headline, &place, heading.text.clone());
        if let Some(name) = site::of_title(title, &heading.text, lexicon) {
            state(Key::Outlet, "title", name.to_owned());
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
    let headline = heading.map(|heading| heading.text.as_str());
    if let Some(section) = site::crumb(page, headline, sites, lexicon) {
        state(Key::Section, "breadcrumb", section);
    }
    let head = place.map_or(&found.blocks[..0], |place| &found.blocks[..place]);
    if let Some((name, section)) = site::masthead(head, |block| own(&block), lexicon) {
        state(Key::Outlet, "masthead", name);
        if let Some(section) = section {
            state(Key::Section, "masthead", section);
        }
    }
    let Some(frame) = frame else {
        return Shown {
            stated,
            heading: place,
        };
    };
    // Lines around the text: from the heading to the first paragraph, and a few behind the last.
    let heading = place;
    let place = place.filter(|at| *at < frame.first);
    let start = place.map_or(frame.first.saturating_sub(12), |at| at.saturating_sub(4));
    let end = found.blocks.len().min(frame.last + 9);
    for at in (start..frame.first).chain(frame.last + 1..end) {
        let block = &found.blocks[at];
        if others(block) || block.hidden || block.words() > 30 || heading == Some(at) {
            continue;
        }
        let below_heading = place.is_some_and(|place| at > place);
        line(block, at < frame.first, below_heading, lexicon, &mut state);
    }
    Shown { stated, heading }
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
        for (key, name) in byline(&name, Lexicon::shipped()) {
            state(key, "author element", name);
        }
    }
}

/// Elements for days.
fn times(page: &Html, lexicon: &Lexicon, state: &mut impl FnMut(Key, &str, String)) {
    for time in select(
        page,
        "time, abbr.published, abbr.updated, dateformat, [data-epoch], [data-time], [data-timestamp]",
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
            "data-epoch",
            "data-time",
            "time",
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
            let names = super::element::names(around.value());
            let part = names.as_deref().and_then(|names| markup.part(names));
            part.is_some_and(|part| OTHERS.contains(&part))
                && !matches!(name, "body" | "html" | "article" | "main")
        };
        matches!(name, "aside" | "nav" | "footer" | "li" | "figure") || other()
    })
}
