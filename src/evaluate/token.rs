//! Tokens as the published scores on PolNeAR count them: runs of letters, figures and low lines.
//!
//! Punctuation and quotation marks do not count, and these are not the tokens of [`crate::text`].

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

use crate::{corpus::GoldAttribution, span::Span};

/// Python's `\w+`.
static TOKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is valid"));

/// The tokens of one text, known by their numbers.
pub(super) struct Tokens(Vec<Span>);

impl Tokens {
    pub(super) fn of(text: &str) -> Self {
        let spans = TOKEN.find_iter(text).map(|m| Span::new(m.start(), m.end()));
        Self(spans.collect())
    }

    /// Returns the tokens that any of the spans touches.
    pub(super) fn ids(&self, spans: &[Span]) -> BTreeSet<usize> {
        let touched = |span: &Span| {
            let span = *span;
            let first = self.0.partition_point(|token| token.end <= span.start);
            let behind = self.0.partition_point(|token| token.start < span.end);
            if span.is_empty() { 0..0 } else { first..behind }
        };
        spans.iter().flat_map(touched).collect()
    }

    /// Returns where a token stands.
    pub(super) fn span(&self, id: usize) -> Span {
        self.0.get(id).copied().unwrap_or_default()
    }
}

/// Source, cue and content of an attribution as sets of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sets {
    pub(super) source: BTreeSet<usize>,
    pub(super) cue: BTreeSet<usize>,
    pub(super) content: BTreeSet<usize>,
}

impl Sets {
    pub(super) fn of(parts: &GoldAttribution, tokens: &Tokens) -> Self {
        Self {
            source: tokens.ids(&parts.source),
            cue: tokens.ids(&parts.cue),
            content: tokens.ids(&parts.content),
        }
    }

    /// Returns the three sets in the order of the scores.
    pub(super) fn parts(&self) -> [&BTreeSet<usize>; 3] {
        [&self.source, &self.cue, &self.content]
    }

    /// Counts the tokens of all parts.
    pub(super) fn n_tokens(&self) -> usize {
        self.parts().iter().map(|part| part.len()).sum()
    }
}

/// Counts what two sets share.
pub(super) fn shared(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> usize {
    a.intersection(b).count()
}

/// Counts what is in one of two sets only.
pub(super) fn differing(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> usize {
    a.symmetric_difference(b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text);
        tokens.0.iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn letters_figures_and_low_lines_make_tokens() {
        assert_eq!(words("“Don’t!” a_1 ½ Ⅻ"), ["Don", "t", "a_1", "½", "Ⅻ"]);
        // A mark that combines parts a word, and a circled letter is a sign.
        assert_eq!(words("Zoe\u{308}s Ⓐ हिं"), ["Zoe", "s", "ह"]);
    }

    #[test]
    fn spans_take_the_tokens_they_touch() {
        let text = "one two, three";
        let tokens = Tokens::of(text);
        let ids = |spans: &[(usize, usize)]| {
            let spans: Vec<Span> = spans.iter().map(|&(a, b)| Span::new(a, b)).collect();
            tokens.ids(&spans).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(ids(&[(2, 5)]), [0, 1]);
        assert_eq!(ids(&[(7, 9)]), Vec::<usize>::new());
        assert_eq!(ids(&[(5, 5)]), Vec::<usize>::new());
        assert_eq!(ids(&[(9, 14), (0, 3), (0, 2)]), [0, 2]);
    }
}
