//! How certain a statement is, whether it is negated, whether it is about the future.

use crate::{
    lexicon::{Lexicon, function::Classes},
    mention::{Certainty, Modality, Polarity, Tense},
    span::Span,
};

/// Reads the modality of a content from its words.
pub fn read(snapshot: &str, parts: &[Span], lexicon: &Lexicon) -> Modality {
    let words = words(snapshot, parts.iter().copied());
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
                // "not only", "no longer than", "no doubt" negate nothing.
                && !matches!(
                    (word.as_str(), words.get(at + 1).map(String::as_str)),
                    ("not", Some("only" | "just" | "least")) | ("no", Some("doubt"))
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
    let words = words(snapshot, spans);
    lexicon
        .cues
        .distance
        .iter()
        .any(|entry| contains(&words, entry))
}

fn words(snapshot: &str, spans: impl Iterator<Item = Span>) -> Vec<String> {
    spans
        .flat_map(|span| span.of(snapshot).split_whitespace())
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
                .to_lowercase()
        })
        .collect()
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
