//! Lines around an article: bylines, days, sources.
//!
//! It reads one line at a time; which lines stand at an article is decided elsewhere.

use super::blocks::Block;
use crate::{
    article::{date, stated::Key, supplied::split_names},
    lexicon::{Lexicon, dates::DayOf, furniture::LineKind},
};

/// What one line says; days below the text count only where they are called days of publication.
pub(super) fn line(
    block: &Block,
    above: bool,
    below_heading: bool,
    lexicon: &Lexicon,
    state: &mut impl FnMut(Key, &str, String),
) {
    if let Some(day) = date::find(&block.text).first() {
        let label = lexicon.dates.label(&block.text[..day.span.start]);
        match label {
            Some(DayOf::Change) => state(Key::Modified, "line updated", block.text.clone()),
            Some(DayOf::Publication) => state(Key::Published, "line published", block.text.clone()),
            None if above => state(Key::Published, "line", block.text.clone()),
            None => {}
        }
    }
    for part in block.text.split(['|', '•', '·', '—', '–']).map(str::trim) {
        let hit = lexicon.furniture.hit(part, |_| true);
        let meta = hit
            .as_ref()
            .filter(|hit| hit.pattern.kind == LineKind::Meta);
        for said in meta
            .iter()
            .flat_map(|hit| &hit.said)
            .filter(|said| said.group == "credit")
        {
            state(Key::Agency, "source line", cut_day(&said.words).to_owned());
        }
        if let Some(hit) = meta.filter(|hit| hit.pattern.id == "source-line" && hit.said.is_empty())
        {
            let _ = hit;
            let words = after_by(part);
            state(Key::Agency, "source line", words.to_owned());
            continue;
        }
        let names = without_label(cut_day(part), lexicon);
        match names {
            Some(names) => split_names(names)
                .filter(|name| can_be_name(name))
                .for_each(|name| state(Key::Authors, "byline", name)),
            None if above && below_heading && hit.is_none() && is_name(cut_day(part), lexicon) => {
                split_names(cut_day(part)).for_each(|name| state(Key::Authors, "line", name));
            }
            None => {}
        }
    }
}

/// "Additional reporting by agencies" without what comes before the agencies.
fn after_by(line: &str) -> &str {
    let lower = line.to_ascii_lowercase();
    let start = [" by ", " from "]
        .iter()
        .filter_map(|by| Some(lower.find(by)? + by.len()))
        .min();
    line[start.unwrap_or(0)..].trim_matches(['(', ')', '.', ' '])
}

/// A byline without the word in front of it.
pub(super) fn without_label<'l>(line: &'l str, lexicon: &Lexicon) -> Option<&'l str> {
    let line = line.trim();
    let lower = line.to_lowercase();
    // Letters that change their length would shift what follows.
    if lower.len() != line.len() {
        return None;
    }
    let behind = |word: &String| {
        let rest = lower.strip_prefix(word.as_str())?;
        let apart = rest.starts_with([':', '：', ' ', '\u{a0}']);
        apart.then(|| line[word.len()..].trim_start_matches([':', '：', ' ', '\u{a0}']))
    };
    let names = lexicon
        .markup
        .bylines
        .words
        .iter()
        .filter_map(behind)
        .min_by_key(|names| names.len())?;
    let names = names.split(['/', '(']).next()?.trim();
    let first = names.chars().next()?;
    let long = names.split_whitespace().count();
    (!first.is_lowercase()
        && first.is_alphabetic()
        && (1..=12).contains(&long)
        && !names.ends_with('.'))
    .then_some(names)
}

/// Says whether a part of a byline can be a name: two words and more, or one without spaces by custom.
fn can_be_name(name: &str) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    !name.contains(cased) || name.contains(' ') && name.starts_with(char::is_uppercase)
}

/// Says whether a line reads like the name of a person or several.
fn is_name(line: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = line
        .split_whitespace()
        .filter(|word| *word != "and" && *word != "&")
        .collect();
    let capital = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().count() > 0
            && letters.all(char::is_lowercase)
            || word.ends_with('.')
    };
    let plain = line
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | ',' | '&'));
    let media = &lexicon.roles.outlet_words;
    (2..=6).contains(&words.len())
        && plain
        && words.iter().all(capital)
        && !words
            .iter()
            .any(|word| media.contains(&word.to_lowercase()) || word.eq_ignore_ascii_case("the"))
        && !lexicon.outlets.is_name(line)
}

/// The names of a byline without the day behind them.
pub(super) fn cut_day(names: &str) -> &str {
    let end = date::find(names)
        .first()
        .map_or(names.len(), |day| day.span.start);
    let names = names[..end].trim_end_matches([' ', ',', '-', '–', '—', '|', '…']);
    // The weekday belongs to the day.
    let last = names
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .trim_end_matches([',', '.']);
    let weekday = end > 0 && last.to_lowercase().ends_with("day") && names.contains(' ');
    match weekday {
        true => names[..names.len() - last.len()].trim_end_matches([' ', ',']),
        false => names,
    }
}
