//! A text as the least hashes of its runs of five words, small enough to be kept beside it.
//!
//! It never decides what is a copy of what.

use serde::{Deserialize, Serialize};

/// Words in a run: few enough that a run survives where an editor changed every tenth word.
pub(crate) const RUN: usize = 5;

/// A sketch keeps at least this many hashes, if there are as many.
const FEWEST: usize = 128;

/// A sketch keeps at most this many hashes.
const MOST: usize = 640;

/// Of a long text every fifth hash is kept.
const SAMPLE: usize = 5;

/// The runs of words of a text, sampled so that any two sketches can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// Sorted.
    hashes: Vec<u32>,
    /// Every hash of the text below this one is in the sketch.
    limit: u32,
}

impl Sketch {
    /// Makes the sketch of an article's body.
    #[must_use]
    pub fn of(body: &str) -> Self {
        let words: Vec<u64> = words(body).map(|word| word_hash(word.1)).collect();
        let mut hashes: Vec<u32> = words.windows(RUN).map(run_hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let keep = (hashes.len() / SAMPLE).clamp(FEWEST, MOST);
        let limit = hashes.get(keep).copied().unwrap_or(u32::MAX);
        hashes.truncate(keep);
        Self { hashes, limit }
    }

    /// Returns the hashes, sorted.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Says whether the text was too short for a single run.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Writes the limit and the hashes as hexadecimal digits, eight each.
    #[must_use]
    pub fn to_hex(&self) -> String {
        let numbers = [self.limit].into_iter().chain(self.hashes.iter().copied());
        numbers.map(|number| format!("{number:08X}")).collect()
    }

    /// Reads what [`Sketch::to_hex`] writes; of anything else it makes an empty sketch.
    #[must_use]
    pub fn from_hex(text: &str) -> Self {
        let numbers: Option<Vec<u32>> = (text.as_bytes().chunks(8))
            .map(|digits| {
                let digits = std::str::from_utf8(digits).ok()?;
                (digits.len() == 8).then_some(())?;
                u32::from_str_radix(digits, 16).ok()
            })
            .collect();
        match numbers.as_deref() {
            Some([limit, hashes @ ..]) if hashes.is_sorted() && hashes.len() <= MOST => Self {
                hashes: hashes.to_vec(),
                limit: *limit,
            },
            _ => Self::default(),
        }
    }

    /// Returns the share of the shorter text that stands in the other, and on how many hashes
    /// that rests.
    #[must_use]
    pub fn containment(&self, other: &Self) -> (f64, usize) {
        let limit = self.limit.min(other.limit);
        let below = |sketch: &Self| sketch.hashes.partition_point(|hash| *hash < limit);
        let (mine, others) = (&self.hashes[..below(self)], &other.hashes[..below(other)]);
        let shared = mine
            .iter()
            .filter(|hash| others.binary_search(hash).is_ok())
            .count();
        match mine.len().min(others.len()) {
            0 => (0.0, 0),
            least => (shared as f64 / least as f64, shared),
        }
    }
}

/// Returns the words of a text with the byte each starts at.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    (text.split(|character: char| !character.is_alphanumeric())).filter_map(move |word| {
        let start = at;
        // What separates two words is one character; its length shows in where the next one is.
        at = start + word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

/// Hashes a word, its case left aside.
pub(crate) fn word_hash(word: &str) -> u64 {
    // FNV-1a: sketches are stored, so the hash must be the same on every machine.
    (word.chars().flat_map(char::to_lowercase)).fold(0xcbf2_9ce4_8422_2325, |hash, character| {
        (hash ^ u64::from(u32::from(character))).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Hashes some words in a row.
pub(crate) fn run_hash(words: &[u64]) -> u32 {
    let mut hash = words.iter().fold(0_u64, |hash, word| {
        (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    hash ^= hash >> 31;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((hash ^ (hash >> 29)) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(from: usize, to: usize) -> String {
        let words: Vec<String> = (from..to).map(|number| format!("word{number}")).collect();
        words.join(" ")
    }

    #[test]
    fn a_sketch_is_bounded_and_a_short_text_is_whole() {
        assert_eq!(Sketch::of(&body(0, 100_000)).hashes.len(), MOST);
        assert_eq!(Sketch::of(&body(0, 100)).hashes.len(), 96);
        assert_eq!(Sketch::of("too short").hashes.len(), 0);
    }

    #[test]
    fn a_damaged_sketch_is_empty() {
        for text in [
            "",
            "0000",
            "FFFFFFFF00000002000000010",
            "zzzzzzzz",
            "FFFFFFFF0000000200000001",
            "é234567",
        ] {
            assert!(Sketch::from_hex(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "“Élan”, said d’Or — 3 times";
        let found: Vec<&str> = words(text)
            .map(|(start, word)| {
                assert_eq!(&text[start..start + word.len()], word);
                word
            })
            .collect();
        assert_eq!(found, ["Élan", "said", "d", "Or", "3", "times"]);
    }

    proptest! {
        #[test]
        fn a_sketch_reads_back_as_written(words in 0..3000_usize) {
            let sketch = Sketch::of(&body(0, words));
            prop_assert!(sketch.to_hex().len() <= 8 * (MOST + 1));
            prop_assert_eq!(Sketch::from_hex(&sketch.to_hex()), sketch);
        }
    }
}
