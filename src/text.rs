//! Step 3: sentences, tokens and quotations of the blocks that are read for attributions.
//!
//! Boundaries come from Unicode's rules (UAX #29); this module mends what pasted web text breaks:
//! abbreviations, paragraphs glued together, attributions behind a quotation mark.
//! It never changes the text, and tokens plus the gaps between them are the text.

mod quote;
mod sentence;

pub use quote::{Quotation, quotations};
pub use sentence::sentences;

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    document::{Block, BlockKind, Document},
    lexicon::Lexicon,
    mention::Layer,
    span::Span,
};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word.
    Word,
    /// A figure, possibly with separators ("175,000").
    Number,
    /// Anything else that is not white space.
    Punctuation,
}

/// A word, figure or sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the snapshot.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// A sentence of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the snapshot, without surrounding white space.
    pub span: Span,
    /// The part of the article.
    pub layer: Layer,
    /// Number of the paragraph it belongs to.
    pub block: usize,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// A paragraph: its sentences and its quotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The part of the article.
    pub layer: Layer,
    /// The sentences, as a range of [`Text::sentences`].
    pub sentences: std::ops::Range<usize>,
    /// The quotations, in the order of the text; they do not overlap.
    pub quotations: Vec<Quotation>,
}

/// The segmented text of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
    /// All paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// Segments the headline, standfirst and body of a document.
#[must_use]
pub fn segment(document: &Document<'_>, lexicon: &Lexicon) -> Text {
    let text = &document.raw.snapshot.text;
    let mut segmented = Text::default();
    let mut lead_seen = false;
    for block in &document.blocks {
        let Some(layer) = layer(block, &mut lead_seen) else {
            continue;
        };
        segment_block(text, block.span, layer, lexicon, &mut segmented);
    }
    segmented
}

fn layer(block: &Block, lead_seen: &mut bool) -> Option<Layer> {
    match block.kind {
        BlockKind::Headline => Some(Layer::Headline),
        BlockKind::Standfirst => {
            *lead_seen = true;
            Some(Layer::Lead)
        }
        BlockKind::Body if *lead_seen => Some(Layer::Body),
        BlockKind::Body => {
            *lead_seen = true;
            Some(Layer::Lead)
        }
        BlockKind::Heading | BlockKind::Caption | BlockKind::Meta | BlockKind::Furniture => None,
    }
}

/// Adds one paragraph to `segmented`.
fn segment_block(text: &str, span: Span, layer: Layer, lexicon: &Lexicon, segmented: &mut Text) {
    let open_before = segmented
        .paragraphs
        .last()
        .filter(|previous| previous.layer == layer || previous.layer == Layer::Lead)
        .and_then(|previous| previous.quotations.last())
        .is_some_and(|quotation| !quotation.closed);
    let quotations = quotations(text, span, open_before);
    for run in sentences(text, span, lexicon).chunks(MOST_SENTENCES) {
        let block = segmented.paragraphs.len();
        let first = segmented.sentences.len();
        for &sentence in run {
            let prose = sentence.len() <= LONGEST_SENTENCE;
            let tokens = if prose {
                tokens(text, sentence)
            } else {
                Vec::new()
            };
            segmented.sentences.push(Sentence {
                span: sentence,
                layer,
                block,
                tokens,
            });
        }
        let cover = run
            .iter()
            .fold(run[0], |cover, sentence| cover.cover(*sentence));
        segmented.paragraphs.push(Paragraph {
            layer,
            sentences: first..segmented.sentences.len(),
            quotations: quotations
                .iter()
                .filter(|q| q.outer.overlaps(cover))
                .copied()
                .collect(),
        });
    }
}

/// A paragraph of more sentences is read as several: what is compared inside a paragraph stays small
/// whatever a file holds.
const MOST_SENTENCES: usize = 60;

/// A longer run without the end of a sentence, in bytes, is no prose and is not read.
const LONGEST_SENTENCE: usize = 4_000;

/// Splits a span into tokens; white space is left out.
#[must_use]
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (offset, piece) in span.of(text).split_word_bound_indices() {
        let Some(first) = piece.chars().next() else {
            continue;
        };
        if piece.trim().is_empty() {
            continue;
        }
        let start = span.start + offset;
        if let Some(last) = tokens.last_mut().filter(|_| piece == "'")
            && last.span == Span::new(start.wrapping_sub(1), start)
            && last.span.of(text) == "'"
        {
            // Two apostrophes are one quotation mark.
            last.span.end = start + 1;
            continue;
        }
        let kind = if first.is_alphabetic() {
            TokenKind::Word
        } else if first.is_numeric() {
            TokenKind::Number
        } else {
            TokenKind::Punctuation
        };
        let piece_span = Span::new(start, start + piece.len());
        match (kind, possessive(piece)) {
            (TokenKind::Word, Some(at)) => {
                tokens.push(Token {
                    span: Span::new(start, start + at),
                    kind,
                });
                tokens.push(Token {
                    span: Span::new(start + at, piece_span.end),
                    kind,
                });
            }
            _ => tokens.push(Token {
                span: piece_span,
                kind,
            }),
        }
    }
    tokens
}

/// Returns where the possessive "'s" of a word starts, so that "Russia's" is two tokens.
fn possessive(word: &str) -> Option<usize> {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .map(str::len)
        .filter(|&at| at > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn possessive_is_a_token_of_its_own() {
        let text = "Russia’s aide can't wait";
        let words: Vec<_> = tokens(text, Span::new(0, text.len()))
            .iter()
            .map(|t| t.span.of(text))
            .collect();
        assert_eq!(words, ["Russia", "’s", "aide", "can't", "wait"]);
    }

    #[test]
    fn two_apostrophes_are_one_token() {
        let text = "''Don't,'' they said of the boys'";
        let all = tokens(text, Span::new(0, text.len()));
        let words: Vec<_> = all.iter().map(|t| t.span.of(text)).collect();
        let expected = [
            "''", "Don't", ",", "''", "they", "said", "of", "the", "boys", "'",
        ];
        assert_eq!(words, expected);
    }

    proptest! {
        #[test]
        fn tokens_and_gaps_rebuild_any_text(text in "\\PC{0,80}") {
            let mut end = 0;
            for token in tokens(&text, Span::new(0, text.len())) {
                prop_assert!(token.span.start >= end);
                prop_assert!(text[end..token.span.start].chars().all(char::is_whitespace));
                prop_assert!(token.span.slice(&text).is_some());
                end = token.span.end;
            }
            prop_assert!(text[end..].chars().all(char::is_whitespace));
        }

        #[test]
        fn sentences_and_quotations_lie_in_order_inside_any_text(
            text in "([A-Za-z]{1,9}|[“”\"'‘’.?!, ]|\\. |é|\\n){0,60}"
        ) {
            let span = Span::new(0, text.len());
            let mut segmented = Text::default();
            segment_block(&text, span, Layer::Body, Lexicon::shipped(), &mut segmented);
            let mut end = 0;
            for sentence in &segmented.sentences {
                prop_assert!(sentence.span.start >= end && !sentence.span.is_empty());
                prop_assert!(sentence.span.slice(&text).is_some());
                prop_assert!(text[end..sentence.span.start].chars().all(char::is_whitespace));
                end = sentence.span.end;
            }
            for quotation in segmented.paragraphs.iter().flat_map(|p| &p.quotations) {
                prop_assert!(quotation.outer.contains(quotation.inner));
                prop_assert!(quotation.inner.slice(&text).is_some());
            }
        }
    }
}
