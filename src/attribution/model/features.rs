//! A paragraph as the network reads it: for every token a fixed number of feature keys.
//!
//! It knows the lexicons and the quotations, but neither weights nor labels.

use std::ops::Range;

use crate::{
    lexicon::{Lexicon, cue::Form},
    span::Span,
    text::{Text, TokenKind},
};

/// Features of a token.
pub(super) const KINDS: usize = 10;

/// A token of a sequence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    /// Where it stands in the snapshot.
    pub(super) span: Span,
    /// The number of its sentence in the article.
    pub(super) sentence: usize,
    /// The number of its quotation in the paragraph.
    pub(super) quotation: Option<usize>,
    /// Whether it can be what a cue is named by: an open word that is no adverb.
    pub(super) open: bool,
}

/// The tokens of a paragraph with the keys of their features.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    pub(super) tokens: Vec<Token>,
    pub(super) keys: Vec<[u64; KINDS]>,
}

/// Reads one paragraph of a text.
pub(super) fn read(snapshot: &str, text: &Text, paragraph: usize, lexicon: &Lexicon) -> Sequence {
    let mut sequence = Sequence::default();
    let quotations = text.paragraphs[paragraph].quotations.as_slice();
    let mut next = 0;
    let mut word = String::new();
    for index in text.paragraphs[paragraph].sentences.clone() {
        let sentence = &text.sentences[index];
        let n = sentence.tokens.len();
        for (at, token) in sentence.tokens.iter().enumerate() {
            while quotations
                .get(next)
                .is_some_and(|quotation| quotation.outer.end <= token.span.start)
            {
                next += 1;
            }
            let quotation = quotations
                .get(next)
                .filter(|quotation| quotation.outer.contains(token.span));
            let written = token.span.of(snapshot);
            lower(written, &mut word);
            let classes = lexicon.functions.classes(&word);
            let quoted = quotation.map_or(0, |quotation| {
                let first = token.span.start == quotation.outer.start;
                let last = token.span.end == quotation.outer.end;
                let length = match quotation.inner.len() {
                    0..20 => 0,
                    20..50 => 1,
                    _ => 2,
                };
                1 + u64::from(first) + 2 * u64::from(last) + 4 * length
            });
            let letters = Letters::of(written);
            sequence.keys.push([
                key(1, word.bytes()),
                key(2, ending(&word, 3).bytes()),
                key(3, ending(&word, 2).bytes()),
                key(4, beginning(&word, 4).bytes()),
                number(5, letters.shape() * 2 + u64::from(at == 0)),
                number(6, quoted),
                number(7, u64::from(classes.bits())),
                number(8, cue_bits(&word, lexicon)),
                number(9, (at.min(6) * 2 + usize::from(paragraph == 0)) as u64),
                number(10, (n - 1 - at).min(3) as u64),
            ]);
            sequence.tokens.push(Token {
                span: token.span,
                sentence: index,
                quotation: quotation.map(|_| next),
                open: token.kind == TokenKind::Word && classes.is_open() && !word.ends_with("ly"),
            });
        }
    }
    sequence
}

impl Sequence {
    /// Returns the token that a cue is named by: its first open word, else its last token.
    pub(super) fn anchor(&self, cue: Range<usize>) -> usize {
        cue.clone()
            .find(|&at| self.tokens[at].open)
            .unwrap_or(cue.end - 1)
    }
}

/// Writes the lower-case form with all figures as 0 into `word`.
fn lower(written: &str, word: &mut String) {
    word.clear();
    for letter in written.chars() {
        if letter.is_ascii() {
            let letter = letter.to_ascii_lowercase();
            word.push(if letter.is_ascii_digit() { '0' } else { letter });
        } else {
            word.extend(letter.to_lowercase());
        }
    }
}

fn ending(word: &str, n: usize) -> &str {
    word.char_indices()
        .rev()
        .nth(n - 1)
        .map_or(word, |(at, _)| &word[at..])
}

fn beginning(word: &str, n: usize) -> &str {
    word.char_indices()
        .nth(n)
        .map_or(word, |(at, _)| &word[..at])
}

/// What the letters of a word are.
struct Letters {
    capital: bool,
    all_capitals: bool,
    letter: bool,
    digit: bool,
}

impl Letters {
    fn of(written: &str) -> Self {
        let first = written.chars().next().unwrap_or_default();
        Self {
            capital: first.is_uppercase(),
            all_capitals: written.len() > 1 && written.chars().all(char::is_uppercase),
            letter: first.is_alphabetic(),
            digit: written.bytes().any(|byte| byte.is_ascii_digit()),
        }
    }

    fn shape(&self) -> u64 {
        u64::from(self.capital)
            | u64::from(self.all_capitals) << 1
            | u64::from(self.letter) << 2
            | u64::from(self.digit) << 3
    }
}

/// Which forms of cue verbs the word can be, whether it is a cue noun, whether its bearer can speak.
fn cue_bits(word: &str, lexicon: &Lexicon) -> u64 {
    let forms = lexicon.cues.verbs(word).iter().fold(0, |bits, verb| {
        bits | match verb.form {
            Form::Base => 1,
            Form::Third => 2,
            Form::Past => 4,
            Form::Participle => 8,
            Form::Progressive => 16,
        }
    });
    forms
        | u64::from(lexicon.cues.noun(word).is_some()) << 5
        | u64::from(lexicon.roles.can_speak(word)) << 6
}

/// The key of a text feature (FNV-1a, its bits mixed).
fn key(kind: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = bytes.fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

/// The key of a feature that is a number.
fn number(kind: u64, value: u64) -> u64 {
    key(kind, value.to_le_bytes().into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_and_endings_count_letters() {
        assert_eq!((ending("été", 2), beginning("été", 2)), ("té", "ét"));
        assert_eq!((ending("a", 3), beginning("a", 4)), ("a", "a"));
    }

    #[test]
    fn figures_are_alike_and_case_does_not_matter() {
        let mut word = String::new();
        lower("Ö175,000x", &mut word);
        assert_eq!(word, "ö000,000x");
    }
}
