//! The words of a short text, as far as likeness of wording goes; knows no clauses and no
//! propositions.

use rustc_hash::FxHashMap;

use super::{
    headline::key,
    vector::{self, Packed, SIZE, Vector, Vectors},
};
use crate::{
    lexicon::Lexicon,
    span::Span,
    text::{self, TokenKind},
};

/// A word or figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Key of its lemma.
    pub(super) key: u64,
    pub(super) is_figure: bool,
    pub(super) is_capital: bool,
    /// Whether it means nothing by itself.
    pub(super) is_stop: bool,
    pub(super) is_negator: bool,
}

/// A short text.
#[derive(Debug, Clone, Default)]
pub(super) struct Wording {
    pub(super) words: Vec<Word>,
    /// The words in lower case, each followed by a space.
    pub(super) lower: String,
    pub(super) is_quoting: bool,
}

impl Wording {
    /// The keys of the words that mean something, in order.
    pub(super) fn telling(&self) -> Vec<u64> {
        let words = self.words.iter().filter(|word| !word.is_stop);
        words.map(|word| word.key).collect()
    }

    /// The keys of what `fits`; sorted, each once.
    pub(super) fn set(&self, fits: impl Fn(&Word) -> bool) -> Vec<u64> {
        let words = self.words.iter().filter(|word| fits(word));
        sorted(words.map(|word| word.key).collect())
    }
}

/// Sorts keys and keeps each once.
pub(super) fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What is known of a word.
#[derive(Debug, Clone)]
pub(super) struct Known {
    vector: Option<Box<Vector>>,
    pub(super) unit: Option<Box<Packed>>,
    /// See [`Vectors::rarity`].
    pub(super) rarity: f32,
}

/// What is known of the words that were read.
#[derive(Debug, Clone, Default)]
pub(super) struct Table(FxHashMap<u64, Known>);

impl Table {
    /// Reads a text.
    pub(super) fn read(&mut self, text: &str, lexicon: &Lexicon) -> Wording {
        let (vocabulary, vectors) = (&lexicon.vocabulary, Vectors::shipped());
        let mut wording = Wording::default();
        for token in text::tokens(text, Span::new(0, text.len())) {
            let word = token.span.of(text);
            let lower = word.to_lowercase();
            if token.kind == TokenKind::Punctuation {
                wording.is_quoting |= lower.contains(['"', '“', '”']) || lower == "''";
                continue;
            }
            let lemma = vocabulary.lemma(&lower);
            let key = key(&lemma);
            self.0.entry(key).or_insert_with(|| {
                let vector = vectors.feature(&lemma);
                Known {
                    vector: vector.map(Box::new),
                    unit: vector.map(|vector| Box::new(vector::pack(&vector))),
                    rarity: vectors.rarity(&lemma),
                }
            });
            wording.words.push(Word {
                key,
                is_figure: token.kind == TokenKind::Number,
                is_capital: word.starts_with(char::is_uppercase),
                is_stop: vocabulary.is_stop_word(&lower),
                is_negator: vocabulary.is_negator(&lower),
            });
            wording.lower.push_str(&lower);
            wording.lower.push(' ');
        }
        wording
    }

    pub(super) fn get(&self, key: u64) -> Option<&Known> {
        self.0.get(&key)
    }

    pub(super) fn rarity(&self, key: u64) -> f32 {
        self.get(key).map_or(vector::UNSEEN, |known| known.rarity)
    }

    /// The sum of what words weigh in a direction.
    pub(super) fn sum(&self, keys: &[u64]) -> Vector {
        let mut sum = [0.0; SIZE];
        for vector in keys
            .iter()
            .filter_map(|key| self.get(*key)?.vector.as_ref())
        {
            for (sum, value) in sum.iter_mut().zip(vector.iter()) {
                *sum += value;
            }
        }
        sum
    }

    /// The directions of words, where they have one.
    pub(super) fn units(&self, keys: &[u64]) -> Vec<&Packed> {
        let units = keys
            .iter()
            .filter_map(|key| self.get(*key)?.unit.as_deref());
        units.collect()
    }
}

/// How near the nearest of some directions is; nothing below nothing.
pub(super) fn nearest(to: &Packed, units: &[&Packed]) -> f32 {
    let near = units.iter().map(|unit| vector::cosine(to, unit));
    near.fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_what_they_are() {
        let mut table = Table::default();
        let lexicon = Lexicon::shipped();
        let wording = table.read("The “Odra” was not raised by 1,250 divers.", lexicon);
        assert_eq!(wording.lower, "the odra was not raised by 1,250 divers ");
        assert!(wording.is_quoting);
        let named: Vec<bool> = wording.words.iter().map(|word| word.is_capital).collect();
        assert_eq!(named[..3], [true, true, false]);
        assert_eq!(wording.set(|word| word.is_figure), [key("1,250")]);
        assert!(wording.words[3].is_negator && wording.words[0].is_stop);
        assert_eq!(
            wording.words[4].key,
            table.read("raises", lexicon).words[0].key
        );
    }

    #[test]
    fn a_word_is_nearest_to_itself() {
        let mut table = Table::default();
        let keys = table.read("hospital harbour", Lexicon::shipped()).telling();
        let units = table.units(&keys);
        assert!(nearest(units[0], &units) > 0.97);
        assert!(nearest(units[0], &units[1..]) < 0.6);
        assert!(nearest(units[0], &[]).abs() < 1e-6);
    }
}
