//! The words of a headline or a sentence, as far as comparing them needs.

use std::sync::Arc;

use super::network;
use crate::{
    lexicon::Lexicon,
    span::Span,
    text::{self, TokenKind},
};

/// Sentences of a body beyond this number are not read.
const MOST_SENTENCES: usize = 80;
/// Words of a sentence beyond this number are not read.
const MOST_WORDS: usize = 200;

/// Number of the attitudes that are counted: refuting, hedging, negating, vouching.
pub(super) const ATTITUDES: usize = 4;
pub(super) const REFUTING: usize = 0;
pub(super) const HEDGING: usize = 1;
pub(super) const NEGATING: usize = 2;

/// A headline or a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Number of words.
    pub(super) n: usize,
    /// Keys of its words that mean something, with how telling they are; sorted, each once.
    pub(super) keys: Vec<(u64, f32)>,
    /// Keys of two words in a row; sorted, each once.
    pub(super) pairs: Vec<u64>,
    /// Keys of figures; sorted, each once.
    pub(super) figures: Vec<u64>,
    /// How many words show each attitude.
    pub(super) attitudes: [f32; ATTITUDES],
    /// Quotation marks.
    pub(super) quotes: f32,
    /// Whether it asks.
    pub(super) asks: bool,
}

impl Words {
    /// Reads a piece of text.
    pub(super) fn read(text: &str, span: Span, lexicon: &Lexicon) -> Self {
        let (vocabulary, cues) = (&lexicon.vocabulary, &lexicon.headline);
        let mut words = Self::default();
        let mut last = None;
        for token in text::tokens(text, span) {
            let lower = token.span.of(text).to_lowercase();
            match token.kind {
                TokenKind::Punctuation => {
                    words.asks |= lower == "?";
                    words.quotes += f32::from(u8::from(lower.contains(['"', '“', '”'])));
                    continue;
                }
                TokenKind::Number => words.figures.push(key(&lower)),
                TokenKind::Word => {}
            }
            words.n += 1;
            let shown = [
                cues.refuting.contains(&lower),
                cues.hedging.contains(&lower),
                vocabulary.is_negator(&lower),
                cues.vouching.contains(&lower),
            ];
            for (count, shown) in words.attitudes.iter_mut().zip(shown) {
                *count += f32::from(u8::from(shown));
            }
            let lemma = vocabulary.lemma(&lower);
            let key = key(&lemma);
            if !vocabulary.is_stop_word(&lower) {
                words.keys.push((key, vocabulary.weight(&lemma)));
            }
            if let Some(last) = last.replace(key) {
                words.pairs.push(fold(last, key));
            }
            if words.n == MOST_WORDS {
                break;
            }
        }
        words.keys.sort_unstable_by_key(|(key, _)| *key);
        words.keys.dedup_by_key(|(key, _)| *key);
        for keys in [&mut words.pairs, &mut words.figures] {
            keys.sort_unstable();
            keys.dedup();
        }
        words
    }

    pub(super) fn holds(&self, key: u64) -> bool {
        self.keys
            .binary_search_by_key(&key, |(key, _)| *key)
            .is_ok()
    }
}

/// A body, read once for any number of headlines.
#[derive(Debug, Clone)]
pub struct Body {
    /// At least one.
    pub(super) sentences: Vec<Words>,
    /// All words, with how telling they are and how often they occur; sorted.
    pub(super) keys: Vec<(u64, f32, u32)>,
    pub(super) pairs: Vec<u64>,
    pub(super) figures: Vec<u64>,
    /// The network's rows for its words.
    pub(super) rows: Arc<[(usize, f32)]>,
}

impl Body {
    /// Reads the text of an article without its headline.
    #[must_use]
    pub fn read(text: &str, lexicon: &Lexicon) -> Self {
        let mut sentences = Vec::new();
        let mut start = 0;
        for paragraph in text.split_inclusive('\n') {
            let span = Span::new(start, start + paragraph.len());
            start = span.end;
            if sentences.len() >= MOST_SENTENCES {
                break;
            }
            let spans = text::sentences(text, span, lexicon);
            sentences.extend(spans.iter().map(|span| Words::read(text, *span, lexicon)));
        }
        sentences.truncate(MOST_SENTENCES);
        Self::of(sentences)
    }

    /// Puts sentences together.
    fn of(mut sentences: Vec<Words>) -> Self {
        if sentences.is_empty() {
            sentences.push(Words::default());
        }
        let mut all: Vec<(u64, f32)> = Vec::new();
        let mut body = Self {
            sentences: Vec::new(),
            keys: Vec::new(),
            pairs: Vec::new(),
            figures: Vec::new(),
            rows: Arc::default(),
        };
        for sentence in &sentences {
            all.extend(&sentence.keys);
            body.pairs.extend(&sentence.pairs);
            body.figures.extend(&sentence.figures);
        }
        all.sort_unstable_by_key(|(key, _)| *key);
        for chunk in all.chunk_by(|a, b| a.0 == b.0) {
            let count = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
            body.keys.push((chunk[0].0, chunk[0].1, count));
        }
        for keys in [&mut body.pairs, &mut body.figures] {
            keys.sort_unstable();
            keys.dedup();
        }
        body.rows = network::rows(&body.keys);
        body.sentences = sentences;
        body
    }

    pub(super) fn holds(&self, key: u64) -> bool {
        self.keys
            .binary_search_by_key(&key, |(key, ..)| *key)
            .is_ok()
    }
}

/// FNV-1a: the key of a word, and the hash by which pairs are held out.
#[must_use]
pub fn key(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The key of two keys in a row.
fn fold(left: u64, right: u64) -> u64 {
    (left.rotate_left(21) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
