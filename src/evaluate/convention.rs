//! How attributions of ours are written down in PolNeAR's manner.
//!
//! PolNeAR's annotators
//! - put "that" at the head of the content: `said [that it rains]`;
//! - put auxiliaries and adverbs at the head of the cue: `[has repeatedly said]`;
//! - mark a quotation that goes on behind its cue as one attribution with a content in pieces;
//! - keep quotation marks in the content, which no score counts;
//! - mark nothing inside the content of another attribution (in 22,025 of 22,025 cases).
//!
//! What the network found has the cue in PolNeAR's manner already.

use std::collections::BTreeMap;

use super::Prediction;
use crate::{
    attribution::Attribution,
    corpus::GoldAttribution,
    lexicon::{Lexicon, function::Classes},
    span::Span,
};

/// A cue takes in at most this many words before it.
const MOST_BEFORE_CUE: usize = 4;

/// Writes down the attributions of one text as PolNeAR's annotators would mark them.
#[must_use]
pub fn predictions(text: &str, attributions: &[Attribution], lexicon: &Lexicon) -> Vec<Prediction> {
    let mut predictions: Vec<Prediction> = Vec::new();
    let mut at_cue = BTreeMap::new();
    for attribution in attributions {
        if is_inside_another(attribution, attributions) {
            continue;
        }
        let Attribution {
            cue,
            source,
            content,
            ..
        } = attribution;
        let mut content = content.clone();
        if let Some(first) = content.first_mut() {
            *first = with_that(text, *first);
        }
        if let Some(cue) = cue {
            let next = predictions.len();
            let number = *at_cue.entry((*cue, *source)).or_insert(next);
            if let Some(before) = predictions.get_mut(number) {
                before.parts.content.extend(content);
                continue;
            }
        }
        let cue = cue.map(|cue| match attribution.learnt {
            true => cue,
            false => with_auxiliaries(text, cue, *source, lexicon),
        });
        predictions.push(Prediction {
            parts: GoldAttribution {
                source: source.iter().copied().collect(),
                cue: cue.into_iter().collect(),
                content,
            },
            confidence: attribution.confidence,
            rule: attribution.origin(),
        });
    }
    for prediction in &mut predictions {
        prediction.parts.content.sort_unstable();
    }
    predictions
}

/// Says whether the cue stands in what another attribution says.
fn is_inside_another(attribution: &Attribution, all: &[Attribution]) -> bool {
    let outer = attribution.outer.and_then(|outer| all.get(outer));
    outer.is_some_and(|outer| {
        attribution
            .cue
            .is_some_and(|cue| outer.content.iter().any(|part| part.contains(cue)))
    })
}

/// Takes in "that" before a content.
fn with_that(text: &str, content: Span) -> Span {
    match word_before(text, content.start) {
        Some(word) if word.of(text).eq_ignore_ascii_case("that") => word.cover(content),
        _ => content,
    }
}

/// Takes in the auxiliaries and adverbs before a cue, up to its source.
fn with_auxiliaries(text: &str, cue: Span, source: Option<Span>, lexicon: &Lexicon) -> Span {
    let mut cover = cue;
    for _ in 0..MOST_BEFORE_CUE {
        let Some(word) = word_before(text, cover.start) else {
            break;
        };
        let classes = lexicon.functions.classes(&word.of(text).to_lowercase());
        let wanted = classes.any(Classes::AUXILIARY.or(Classes::ADVERB));
        if !wanted || source.is_some_and(|source| source.overlaps(word)) {
            break;
        }
        cover = word.cover(cover);
    }
    cover
}

/// Returns the word that only white space parts from `at`.
fn word_before(text: &str, at: usize) -> Option<Span> {
    let before = text.get(..at)?;
    let end = before.trim_end().len();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let word = before[..end].trim_end_matches(inside);
    let parted = end < at && word.len() < end;
    parted.then(|| Span::new(word.len(), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{corpus::GoldArticle, evaluate::extract, pipeline::Extractor};

    /// Returns source, cue and content of what is found in a text, pieces parted by a bar.
    fn found(text: &str) -> Vec<[String; 3]> {
        let article = GoldArticle {
            name: "a".to_owned(),
            text: format!("A headline of some words here\n\n{text}\n"),
            attributions: Vec::new(),
        };
        let words = |spans: &[Span]| {
            let words: Vec<&str> = spans.iter().map(|span| span.of(&article.text)).collect();
            words.join("|")
        };
        extract(&article, Lexicon::shipped(), &Extractor::Rules)
            .iter()
            .map(|p| [&p.parts.source, &p.parts.cue, &p.parts.content].map(|part| words(part)))
            .collect()
    }

    #[test]
    fn that_and_auxiliaries_are_taken_in() {
        let [source, cue, content] =
            &found("Mayor Ines Calder has repeatedly said that the wall will hold.")[0];
        assert_eq!(source, "Mayor Ines Calder");
        assert_eq!(cue, "has repeatedly said");
        assert_eq!(content, "that the wall will hold");
    }

    #[test]
    fn a_quotation_that_goes_on_is_one_attribution() {
        let all =
            found("“The wall will hold,” Ines Calder said. “It has held for a hundred years.”");
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(
            all[0][2],
            "The wall will hold|It has held for a hundred years."
        );
    }

    #[test]
    fn words_are_parted_by_white_space_alone() {
        let word = |text: &str| word_before(text, text.len()).map(|span| span.of(text).to_owned());
        assert_eq!(word("she that  "), Some("that".to_owned()));
        assert_eq!(word("that"), None);
        assert_eq!(word("that, "), None);
        assert_eq!(word(" "), None);
    }
}
