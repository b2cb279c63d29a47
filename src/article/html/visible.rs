//! What a page shows of its article beside the text: headings, bylines, days, sections, sources.
//!
//! Only what stands at the article is looked at, never a list of other stories.

use scraper::{ElementRef, Html};

use super::{
    blocks::{Block, Blocks, Tag},
    clean, select, text_of,
};
use crate::{
    article::{
        date,
        stated::{Key, Stated},
        supplied::split_names,
    },
    lexicon::{Lexicon, dates::DayOf, furniture::LineKind},
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
    // The nearest heading above the text, else the first of the page.
    let first = frame
        .as_ref()
        .map_or(found.blocks.len(), |frame| frame.first);
    let is_h1 = |block: &&Block| block.tag == Tag::Heading(1) && !block.hidden && !others(block);
    let above = found.blocks[..first].iter().rev().find(is_h1);
    let heading = above.or_else(|| found.blocks.iter().find(is_h1));
    if let Some(heading) = heading {
        state(Key::Headline, "h1", heading.text.clone());
    }
    microdata(page, &mut state);
    times(page, lexicon, &mut state);
    let Some(frame) = frame else { return stated };
    // Lines around the text: from the heading to the first paragraph, and a few behind the last.
    let heading = heading.and_then(|heading| {
        let at = found
            .blocks
            .iter()
            .position(|block| std::ptr::eq(block, heading));
        at.filter(|at| *at < frame.first)
    });
    let start = heading.map_or(frame.first.saturating_sub(12), |at| at.saturating_sub(4));
    let end = found.blocks.len().min(frame.last + 9);
    let around = (start..frame.first).chain(frame.last + 1..end);
    for block in around.map(|at| &found.blocks[at]) {
        if others(block) || block.hidden || block.words() > 30 {
            continue;
        }
        line(block, lexicon, &mut state);
    }
    stated
}

/// What one line says.
fn line(block: &Block, lexicon: &Lexicon, state: &mut impl FnMut(Key, &str, String)) {
    if let Some(day) = date::find(&block.text).first() {
        let (key, place) = match lexicon.dates.label(&block.text[..day.span.start]) {
            Some(DayOf::Change) => (Key::Modified, "line updated"),
            Some(DayOf::Publication) => (Key::Published, "line published"),
            None => (Key::Published, "line"),
        };
        state(key, place, block.text.clone());
    }
    let parts = block.text.split(['|', '•', '·']).map(str::trim);
    for part in parts {
        let Some(hit) = lexicon.furniture.hit(part, |_| true) else {
            continue;
        };
        if hit.pattern.kind != LineKind::Meta {
            continue;
        }
        for said in &hit.said {
            let words = cut_day(&said.words);
            match said.group {
                "author" => split_names(words).for_each(|name| state(Key::Authors, "byline", name)),
                "credit" => state(Key::Agency, "source line", words.to_owned()),
                _ => {}
            }
        }
        if hit.pattern.id == "source-line" && hit.said.is_empty() {
            state(Key::Agency, "source line", part.to_owned());
        }
    }
}

/// The names of a byline without the day behind them.
fn cut_day(names: &str) -> &str {
    let end = date::find(names)
        .first()
        .map_or(names.len(), |day| day.span.start);
    names[..end].trim_end_matches([' ', ',', '-', '–', '—', '|'])
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
    let author = "[itemprop~='author'] [itemprop~='name'], [itemprop~='author']:not(:has([itemprop])), a[rel~='author'], .p-author, .byline__name, .byline-name, .author-name, .article-author__name";
    let names: Vec<String> = select(page, author)
        .into_iter()
        .filter(|element| is_own(element))
        .filter_map(|element| text_of(element))
        .filter(|name| name.len() < 80)
        .take(8)
        .collect();
    for name in names {
        for name in split_names(&super::head::without_by(&name)) {
            state(Key::Authors, "author element", name);
        }
    }
}

/// Elements for days.
fn times(page: &Html, lexicon: &Lexicon, state: &mut impl FnMut(Key, &str, String)) {
    for time in select(page, "time, abbr.published, abbr.updated")
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
    !own.filter_map(|node| ElementRef::wrap(node)).any(|around| {
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
