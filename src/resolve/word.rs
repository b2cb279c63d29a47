//! A light scan of a passage into words, figures and signs, shared by quantities, dates and
//! events. It knows nothing of sentences and decides nothing.

use std::borrow::Cow;

use crate::span::Span;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with digits behind them ("troops", "G7", "U.S", "’s").
    Word,
    /// Digits with separators between them ("175,000", "07.12.2021").
    Number,
    /// Any other sign.
    Symbol,
}

/// One word, figure or sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// Whether no white space stands in front of it.
    pub(crate) glued: bool,
}

/// The words of a passage.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    list: Vec<Word>,
}

impl<'a> Words<'a> {
    /// Scans `span` of `text` once, from left to right.
    pub(crate) fn scan(text: &'a str, span: Span) -> Self {
        let slice = span.of(text);
        let mut list = Vec::with_capacity(slice.len() / 5);
        let mut glued = false;
        let mut at = 0;
        while let Some(first) = slice[at..].chars().next() {
            if first.is_whitespace() {
                glued = false;
                at += first.len_utf8();
                continue;
            }
            let rest = &slice[at..];
            let in_word = glued
                && list
                    .last()
                    .is_some_and(|word: &Word| word.kind == Kind::Word);
            let (kind, length) = if first.is_ascii_digit() {
                (Kind::Number, number_length(rest))
            } else if first.is_alphabetic() {
                (Kind::Word, word_length(rest))
            } else if in_word && matches!(first, '\'' | '’') {
                let tail = word_length(&rest[first.len_utf8()..]);
                let kind = if tail == 0 { Kind::Symbol } else { Kind::Word };
                (kind, first.len_utf8() + tail)
            } else {
                (Kind::Symbol, first.len_utf8())
            };
            let start = span.start + at;
            list.push(Word {
                span: Span::new(start, start + length),
                kind,
                glued,
            });
            glued = true;
            at += length;
        }
        Self { text, list }
    }

    /// Returns the text the words were scanned from.
    pub(crate) fn source(&self) -> &'a str {
        self.text
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Word> {
        self.list.get(index)
    }

    /// Returns the word as it stands; empty behind the end.
    pub(crate) fn text(&self, index: usize) -> &'a str {
        self.list
            .get(index)
            .map_or("", |word| word.span.of(self.text))
    }

    /// Returns the word in lower case; empty behind the end.
    pub(crate) fn lower(&self, index: usize) -> Cow<'a, str> {
        let text = self.text(index);
        if text
            .bytes()
            .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
        {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.to_lowercase())
        }
    }

    pub(crate) fn is(&self, index: usize, kind: Kind) -> bool {
        self.list.get(index).is_some_and(|word| word.kind == kind)
    }

    pub(crate) fn is_glued(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|word| word.glued)
    }

    /// Says whether the word starts with a capital.
    pub(crate) fn is_capital(&self, index: usize) -> bool {
        self.text(index)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    /// Says whether a hyphen or dash stands at `index` between two words without white space.
    pub(crate) fn is_hyphen(&self, index: usize) -> bool {
        matches!(self.text(index), "-" | "‐" | "‑" | "–")
            && self.is_glued(index)
            && self.is_glued(index + 1)
    }

    /// Joins the words `from..to` in lower case with single blanks; `None` when signs stand
    /// among them (hyphens are passed over).
    pub(crate) fn phrase(&self, from: usize, to: usize) -> Option<String> {
        let mut phrase = String::new();
        for index in from..to.min(self.len()) {
            if !self.is(index, Kind::Word) {
                if self.is_hyphen(index) {
                    continue;
                }
                return None;
            }
            if !phrase.is_empty() && !self.text(index).starts_with(['\'', '’']) {
                phrase.push(' ');
            }
            phrase.push_str(&self.lower(index));
        }
        (!phrase.is_empty()).then_some(phrase)
    }

    /// Returns the span from the word `from` to the end of the word before `to`.
    pub(crate) fn cover(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), self.list.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Returns the index of the first word that starts at `offset` or behind.
    pub(crate) fn index_at(&self, offset: usize) -> usize {
        self.list.partition_point(|word| word.span.start < offset)
    }
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut run = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, character)) = chars.next() {
        if character.is_alphanumeric() || is_mark(character) {
            run += 1;
        } else if character == '.'
            && run == 1
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
            && single_letter(&rest[at + 1..])
        {
            run = 0;
        } else {
            break;
        }
        length = at + character.len_utf8();
    }
    length
}

/// Says whether one letter stands alone at the start ("S." of "U.S.").
fn single_letter(rest: &str) -> bool {
    rest.chars()
        .nth(1)
        .is_none_or(|next| !next.is_alphanumeric())
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut length = 0;
    while let Some(&byte) = bytes.get(length) {
        let separates =
            matches!(byte, b'.' | b',') && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !separates {
            break;
        }
        length += 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        let words = Words::scan(text, Span::new(0, text.len()));
        (0..words.len()).map(|index| words.text(index)).collect()
    }

    #[test]
    fn splits_words_figures_and_signs() {
        assert_eq!(
            texts("Tuesday’s U.S. cost: $3.5bn, 07.12.2021. G7"),
            [
                "Tuesday",
                "’s",
                "U.S",
                ".",
                "cost",
                ":",
                "$",
                "3.5",
                "bn",
                ",",
                "07.12.2021",
                ".",
                "G7"
            ]
        );
    }

    #[test]
    fn phrase_passes_over_hyphens_only() {
        let text = "Russian-led video call, now";
        let words = Words::scan(text, Span::new(0, text.len()));
        assert_eq!(
            words.phrase(0, 5).as_deref(),
            Some("russian led video call")
        );
        assert_eq!(words.phrase(0, 7), None);
    }
}
