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
    if above && !block.ends() {
        labelled(&block.text, lexicon, state);
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
            let words = cut_day(&said.words);
            // Who contributed is a person more often than an agency.
            if meta.is_none_or(|hit| hit.pattern.id != "contributed") || is_agency(words, lexicon) {
                state(Key::Agency, "source line", words.to_owned());
            }
        }
        let cut = cut_day(part);
        if meta.is_some_and(|hit| hit.pattern.id == "source-line" && hit.said.is_empty()) {
            let words = after_by(cut);
            if is_agency(words, lexicon) {
                state(Key::Agency, "source line", words.to_owned());
                continue;
            }
        }
        if without_label(cut, lexicon).is_some() {
            for (key, name) in byline(cut, lexicon) {
                if key == Key::Agency || can_be_name(&name) {
                    state(key, "byline", name);
                }
            }
        } else if above
            && below_heading
            && hit.is_none()
            && is_name(cut, lexicon)
            && (cut.len() < block.text.len() || is_given(cut, lexicon))
        {
            split_names(cut).for_each(|name| state(Key::Authors, "line", name));
        }
    }
}

/// The names of a byline, and the agencies it credits: "By Jane Doe, with AFP".
pub(super) fn byline(line: &str, lexicon: &Lexicon) -> Vec<(Key, String)> {
    let line = cut_day(line);
    let names = without_label(line, lexicon).unwrap_or(line);
    let bylines = &lexicon.markup.bylines;
    let one = |name: String| -> Option<(Key, String)> {
        let lower = name.to_lowercase();
        let with = bylines.with.iter().find(|with| {
            let rest = lower.strip_prefix(with.as_str());
            rest.is_some_and(|rest| rest.starts_with(' '))
        });
        if let Some(with) = with {
            let rest = name.get(with.len()..)?.trim();
            let rest = bylines
                .articles
                .iter()
                .find_map(|article| {
                    let start = rest.get(..article.len())?;
                    start
                        .eq_ignore_ascii_case(article)
                        .then(|| &rest[article.len()..])
                })
                .unwrap_or(rest);
            let agency = is_agency(rest, lexicon);
            let key = if agency { Key::Agency } else { Key::Authors };
            return Some((key, rest.to_owned()));
        }
        // "AP Auto Writer", "AFP Moscow"
        let first = name.split(' ').next().unwrap_or_default();
        let short = first.len() <= 5 && first.chars().all(char::is_uppercase);
        if short && first != name && lexicon.outlets.is_name(first) {
            return Some((Key::Agency, first.to_owned()));
        }
        if lexicon.outlets.is_name(&name) || lower.contains("agenc") {
            return Some((Key::Agency, name));
        }
        let name = person(&name, lexicon);
        (!name.is_empty()).then(|| (Key::Authors, name.to_owned()))
    };
    // What follows "with" may be several.
    split_names(names).filter_map(one).collect()
}

/// Says whether words name an agency: a known one, one in capitals, or agencies at large.
fn is_agency(name: &str, lexicon: &Lexicon) -> bool {
    let capitals = name.len() <= 6 && name.chars().all(char::is_uppercase);
    capitals || name.to_lowercase().contains("agenc") || super::site::is_outlet(name, lexicon)
}

/// Says whether a name starts with a given name that is known, or an initial.
fn is_given(name: &str, lexicon: &Lexicon) -> bool {
    let first = name.split([' ', '-']).next().unwrap_or_default();
    first.ends_with('.')
        || lexicon.given.gender(first).is_some()
        || lexicon.vocabulary.is_given_name(&first.to_lowercase())
}

/// A name without the job, the place or the weekday behind it: "Stacey Grubb Reporter".
fn person<'n>(name: &'n str, lexicon: &Lexicon) -> &'n str {
    let bylines = &lexicon.markup.bylines;
    let name = name.split(" - ").next().unwrap_or(name);
    // "Jane Doe Jane Doe": the picture's text and the name.
    let half = name.len() / 2;
    let name = match (name.get(..half), name.get(half + 1..)) {
        (Some(one), Some(other)) if one == other && one.contains(' ') => one,
        _ => name,
    };
    let (mut end, mut capitals) = (0, 0);
    for word in name.split_inclusive(' ') {
        let bare = word.trim();
        let small = bare.starts_with(char::is_lowercase);
        let job = bylines.jobs.contains(&bare.to_lowercase());
        if capitals >= 2 && (job || small && !bylines.particles.contains(bare)) {
            break;
        }
        capitals += usize::from(bare.starts_with(char::is_uppercase));
        end += word.len();
    }
    // A particle belongs to what follows it.
    let mut kept = name[..end].trim_end();
    while end < name.len()
        && let Some((before, last)) = kept.rsplit_once(' ')
    {
        if !bylines.particles.contains(last) {
            break;
        }
        kept = before;
    }
    kept
}

/// Names behind a label in the midst of a line of a script without spaces: "来源：… 记者 周明远".
fn labelled(line: &str, lexicon: &Lexicon, state: &mut impl FnMut(Key, &str, String)) {
    let is_sign = |c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase();
    let labels = lexicon.markup.bylines.words.iter();
    for label in labels.filter(|label| label.chars().all(is_sign) && !label.contains(' ')) {
        let Some(at) = line.find(label.as_str()) else {
            continue;
        };
        let opens = line[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        let rest = &line[at + label.len()..];
        let names = rest.trim_start_matches([':', '：', '・', '·', ' ', '\u{3000}', '／', '/']);
        if !opens || names.len() == rest.len() {
            continue;
        }
        let end = names.find(|c: char| !is_sign(c)).unwrap_or(names.len());
        let name = &names[..end];
        if (2..=8).contains(&name.chars().count()) {
            state(Key::Authors, "byline", name.to_owned());
            return;
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
        let marks = [':', '：', '・', ' ', '\u{a0}', '\u{3000}'];
        let apart = rest.starts_with(marks);
        apart.then(|| line[word.len()..].trim_start_matches(marks))
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
        && !ends_sentence(names))
    .then_some(names)
}

/// Says whether words end with a stop that is not an initial's or a short form's.
fn ends_sentence(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    words.ends_with('.') && last.chars().count() > 4
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_names_without_jobs_and_credit_agencies() {
        let lexicon = Lexicon::shipped();
        let read = |line: &str| -> Vec<String> {
            let found = byline(line, lexicon).into_iter();
            found
                .map(|(key, name)| format!("{} {name}", key.name()))
                .collect()
        };
        for (line, expected) in [
            ("By Jane Doe", vec!["authors Jane Doe"]),
            ("By Stacey Grubb Reporter", vec!["authors Stacey Grubb"]),
            (
                "Par Élodie Garnault, avec l'AVP",
                vec!["authors Élodie Garnault", "agency AVP"],
            ),
            (
                "Jane Doe and agencies",
                vec!["authors Jane Doe", "agency agencies"],
            ),
            (
                "Wysłane przez Marzena Klich w śr., 09/02/2022",
                vec!["authors Marzena Klich"],
            ),
            (
                "By Ludwig van der Berg in Oslo",
                vec!["authors Ludwig van der Berg"],
            ),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn a_label_in_a_line_of_signs_gives_the_name_behind_it() {
        let mut found = Vec::new();
        labelled(
            "2022年01月12日 08:46 来源：晚报 记者 周明远 字号",
            Lexicon::shipped(),
            &mut |key: Key, _: &str, name: String| found.push((key, name)),
        );
        assert_eq!(found, [(Key::Authors, "周明远".to_owned())]);
    }
}
