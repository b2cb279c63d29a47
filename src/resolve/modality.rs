//! How certain a statement is, whether it is negated, whether it is about the future.

use crate::{
    lexicon::{Lexicon, function::Classes},
    mention::{Certainty, Modality, Polarity, Tense},
    span::Span,
};

/// Reads the modality of a content from its words.
pub fn read(snapshot: &str, parts: &[Span], lexicon: &Lexicon) -> Modality {
    let words = words(snapshot, parts.iter().copied());
    let words: Vec<String> = (0..words.len())
        .filter(|at| !is_month(&words, *at) && !is_hearsay(&words, *at))
        .map(|at| words[at].to_lowercase())
        .collect();
    let has = |list: &[String]| list.iter().any(|entry| contains(&words, entry));
    let certainty_words = &lexicon.cues.certainty;
    let certainty = if has(&certainty_words.possible) {
        Certainty::Possible
    } else if has(&certainty_words.probable) {
        Certainty::Probable
    } else {
        Certainty::Certain
    };
    let negated = words.iter().enumerate().any(|(at, word)| {
        lexicon.functions.classes(word).any(Classes::NEGATOR)
                // "not only", "no more than", "no doubt" negate nothing.
                && !matches!(
                    [0, 1, 2].map(|offset| words.get(at + offset).map_or("", String::as_str)),
                    ["not", "only" | "just" | "least", _]
                        | ["no", "doubt", _]
                        | ["no", "more" | "less" | "fewer" | "later", "than"]
                )
    });
    Modality {
        certainty,
        polarity: if negated {
            Polarity::Negative
        } else {
            Polarity::Positive
        },
        tense: if has(&certainty_words.future) {
            Tense::Future
        } else {
            Tense::NonFuture
        },
    }
}

/// Says whether words such as "purported" or "reportedly" stand in one of the spans.
pub(super) fn is_distant(
    snapshot: &str,
    spans: impl Iterator<Item = Span>,
    lexicon: &Lexicon,
) -> bool {
    let words = lowered(snapshot, spans);
    lexicon
        .cues
        .distance
        .iter()
        .any(|entry| contains(&words, entry))
}

fn lowered(snapshot: &str, spans: impl Iterator<Item = Span>) -> Vec<String> {
    let words = words(snapshot, spans).into_iter();
    words.map(|word| word.to_lowercase()).collect()
}

fn words(snapshot: &str, spans: impl Iterator<Item = Span>) -> Vec<String> {
    spans
        .flat_map(|span| span.of(snapshot).split_whitespace())
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
                .to_owned()
        })
        .collect()
}

/// Says whether "May" is the month: "in May", "May 21", "21 May".
fn is_month(words: &[String], at: usize) -> bool {
    const BEFORE: [&str; 11] = [
        "in", "since", "until", "till", "by", "of", "last", "next", "early", "late", "mid",
    ];
    let begins = |word: Option<&String>| {
        word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    words[at] == "May"
        && (begins(words.get(at + 1))
            || begins(before)
            || before.is_some_and(|word| BEFORE.contains(&word.to_lowercase().as_str())))
}

/// Says whether "to" or "be" belongs to "is said to be", which tells of no future.
fn is_hearsay(words: &[String], at: usize) -> bool {
    let told = at.checked_sub(1).and_then(|at| words.get(at));
    words[at] == "to"
        && told.is_some_and(|word| {
            [
                "said",
                "believed",
                "thought",
                "known",
                "reported",
                "alleged",
                "understood",
                "found",
            ]
            .contains(&word.to_lowercase().as_str())
        })
}

fn contains(words: &[String], entry: &str) -> bool {
    match entry.split_once(' ') {
        None => words
            .iter()
            .any(|word| word == entry || (entry.starts_with(['\'', '’']) && word.ends_with(entry))),
        Some((first, second)) => words
            .windows(2)
            .any(|pair| pair[0] == first && pair[1] == second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_lexicon_has_its_modality() {
        let lexicon = Lexicon::shipped();
        for example in &lexicon.cues.modality_examples {
            let span = Span::new(0, example.text.len());
            let found = read(&example.text, &[span], lexicon);
            let wanted = Modality {
                certainty: example.certainty,
                polarity: example.polarity,
                tense: example.tense,
            };
            assert_eq!(found, wanted, "{}", example.text);
            let distant = is_distant(&example.text, std::iter::once(span), lexicon);
            assert_eq!(distant, example.distant, "{}", example.text);
        }
    }
}
