//! A sentence as the rules see it: lower-case words with their classes and quotation state.

use crate::{
    lexicon::{Lexicon, function::Classes},
    mention::Layer,
    span::Span,
    text::{Quotation, Sentence, Text, TokenKind},
};

/// One sentence with everything the rules ask of its tokens.
pub(crate) struct Line<'a> {
    /// The whole snapshot.
    pub(crate) snapshot: &'a str,
    /// The sentence.
    pub(crate) sentence: &'a Sentence,
    /// Its number.
    pub(crate) index: usize,
    /// The quotations of its paragraph.
    pub(crate) quotations: &'a [Quotation],
    /// All lexicons.
    pub(crate) lexicon: &'a Lexicon,
    lower: Vec<String>,
    classes: Vec<Classes>,
    quoted: Vec<Option<usize>>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(
        snapshot: &'a str,
        text: &'a Text,
        index: usize,
        lexicon: &'a Lexicon,
    ) -> Self {
        let sentence = &text.sentences[index];
        let quotations = text.paragraphs[sentence.block].quotations.as_slice();
        let lower: Vec<String> = sentence
            .tokens
            .iter()
            .map(|token| token.span.of(snapshot).to_lowercase())
            .collect();
        let classes = sentence
            .tokens
            .iter()
            .zip(&lower)
            .enumerate()
            .map(|(at, (token, word))| {
                let written = token.span.of(snapshot);
                let acronym = written.len() > 1 && written.chars().all(char::is_uppercase);
                // "US" is no pronoun; a capitalised "Will" or "May" inside a sentence no auxiliary.
                let name = at > 0 && matches!(written, "Will" | "May" | "Can");
                if acronym || name {
                    Classes::default()
                } else {
                    lexicon.functions.classes(word)
                }
            })
            .collect();
        let mut next = 0;
        let quoted = sentence
            .tokens
            .iter()
            .map(|token| {
                while quotations
                    .get(next)
                    .is_some_and(|q| q.outer.end <= token.span.start)
                {
                    next += 1;
                }
                quotations
                    .get(next)
                    .is_some_and(|q| q.outer.contains(token.span))
                    .then_some(next)
            })
            .collect();
        Self {
            snapshot,
            sentence,
            index,
            quotations,
            lexicon,
            lower,
            classes,
            quoted,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The lower-case word; empty behind the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    pub(crate) fn span(&self, at: usize) -> Span {
        self.sentence.tokens.get(at).map_or_else(
            || Span::new(self.sentence.span.end, self.sentence.span.end),
            |token| token.span,
        )
    }

    /// The span from token `start` up to, not including, token `end`.
    pub(crate) fn range(&self, start: usize, end: usize) -> Span {
        if end <= start {
            return Span::new(self.span(start).start, self.span(start).start);
        }
        self.span(start).cover(self.span(end - 1))
    }

    pub(crate) fn class(&self, at: usize, classes: Classes) -> bool {
        self.classes.get(at).is_some_and(|found| found.any(classes))
    }

    /// Says whether any lower-case word is of a class.
    pub(crate) fn class_of(&self, lower: &str, classes: Classes) -> bool {
        self.lexicon.functions.classes(lower).any(classes)
    }

    /// Says whether the word is in no closed class.
    pub(crate) fn is_open(&self, at: usize) -> bool {
        self.is_word(at) && self.classes[at].is_open()
    }

    pub(crate) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.sentence.tokens.get(at).map(|token| token.kind)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
    }

    pub(crate) fn is_punctuation(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Punctuation)
    }

    pub(crate) fn is_capitalised(&self, at: usize) -> bool {
        self.is_word(at)
            && self
                .span(at)
                .of(self.snapshot)
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
    }

    pub(crate) fn is_quote_mark(&self, at: usize) -> bool {
        matches!(self.word(at), "\"" | "''" | "“" | "”" | "„" | "«" | "»")
    }

    /// The number of the quotation the token lies in.
    pub(crate) fn quotation(&self, at: usize) -> Option<usize> {
        self.quoted.get(at).copied().flatten()
    }

    /// Says whether the token lies inside a quotation that makes up a whole statement.
    pub(crate) fn in_long_quotation(&self, at: usize) -> bool {
        self.quotation(at)
            .is_some_and(|q| self.quotations[q].n_words(self.snapshot) > 5)
    }

    pub(crate) fn is_headline(&self) -> bool {
        self.sentence.layer == Layer::Headline
    }

    /// Says whether `words` stand at `at`.
    pub(crate) fn matches(&self, at: usize, words: &[String]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(offset, word)| self.word(at + offset) == word)
    }

    /// The number of tokens before the final punctuation and closing marks.
    pub(crate) fn body_end(&self) -> usize {
        let mut end = self.len();
        while end > 0
            && self.is_punctuation(end - 1)
            && !matches!(self.word(end - 1), ")" | "]" | "%" | "’" | "'")
        {
            let mark = self.is_quote_mark(end - 1);
            if mark
                && self.quotation(end - 1).is_some_and(|q| {
                    // A short quoted fragment keeps its marks: … was "respectful".
                    self.quotations[q].outer.start > self.sentence.span.start
                })
            {
                break;
            }
            end -= 1;
        }
        end
    }
}
