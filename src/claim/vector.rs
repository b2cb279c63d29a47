//! Static sentence vectors: the sum of what its words weigh, distilled from a sentence encoder
//! (Reimers and Gurevych 2020; Tulkens and van Dongen 2024, "Model2Vec").
//!
//! Words are the features of a signature, so that a vector follows from a signature alone. Two
//! vectors being near says that two statements speak of one thing, never that they say the same
//! of it: a statement and its negation are near.

use std::sync::LazyLock;

/// Numbers of a vector.
pub(super) const SIZE: usize = 96;

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"cg-vect\0";

static SHIPPED: LazyLock<Vectors> = LazyLock::new(|| {
    let bytes = include_bytes!("../../models/vectors.bin");
    Vectors::read(bytes).expect("the shipped vectors are whole; a test reads them")
});

/// What each word weighs: eight-bit rows with a scale each, sorted by the hash of the word.
#[derive(Debug)]
pub(super) struct Vectors {
    keys: Vec<u64>,
    scales: Vec<f32>,
    /// Sixteenths of the logarithm of how many statements there are for one with the word.
    rarities: &'static [u8],
    rows: &'static [u8],
}

/// A statement's direction; of length one, or zero where no word is known.
pub(super) type Vector = [f32; SIZE];

impl Vectors {
    /// Returns the vectors that come with the program.
    pub(super) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads "magic, number of rows, keys, scales, rarities, rows, CRC-32", little-endian.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let (whole, checksum) = bytes.split_last_chunk()?;
        if crc32fast::hash(whole) != u32::from_le_bytes(*checksum) {
            return None;
        }
        let (n, rest) = whole.strip_prefix(MAGIC)?.split_first_chunk()?;
        let n = u32::from_le_bytes(*n) as usize;
        let (keys, rest) = rest.split_at_checked(n * 8)?;
        let (scales, rest) = rest.split_at_checked(n * 4)?;
        let (rarities, rows) = rest.split_at_checked(n)?;
        let (keys, _) = keys.as_chunks();
        let (scales, _) = scales.as_chunks();
        (rows.len() == n * SIZE).then(|| Self {
            keys: keys.iter().map(|key| u64::from_le_bytes(*key)).collect(),
            scales: (scales.iter())
                .map(|scale| f32::from_le_bytes(*scale))
                .collect(),
            rarities,
            rows,
        })
    }

    /// Returns how rare a feature is: the logarithm of how many statements there are for one with its
    /// rarest word.
    pub(super) fn rarity(&self, feature: &str) -> f32 {
        let of = |word: &str| match self.keys.binary_search(&key(word)) {
            Ok(at) => f32::from(self.rarities[at]) / 16.0,
            Err(_) => UNSEEN,
        };
        words(feature).map(of).fold(0.0, f32::max)
    }

    /// Returns what the words of a feature weigh, each with the length it has in a sum; nothing
    /// where none is known.
    pub(super) fn feature(&self, feature: &str) -> Option<Vector> {
        let mut sum = [0.0; SIZE];
        let mut known = false;
        for word in words(feature) {
            let Ok(at) = self.keys.binary_search(&key(word)) else {
                continue;
            };
            known = true;
            let row = &self.rows[at * SIZE..(at + 1) * SIZE];
            for (sum, byte) in sum.iter_mut().zip(row) {
                *sum += f32::from(byte.cast_signed()) * self.scales[at];
            }
        }
        known.then_some(sum)
    }
}

/// How rare a word is that no sentence had.
pub(super) const UNSEEN: f32 = 11.0;

/// The words of a feature: names of several words count as their words.
fn words(feature: &str) -> impl Iterator<Item = &str> {
    let marked = feature.starts_with(['!', '#', '%', '=', '~']) || feature.contains('/');
    let feature = feature.trim_start_matches('?');
    let name = feature.strip_prefix('@');
    let words = name
        .unwrap_or(feature)
        .split(move |c| c == '-' && name.is_some());
    words.filter(move |word| !marked && !word.is_empty())
}

/// FNV-1a.
pub(super) fn key(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A direction in eight-bit numbers, of length [`LENGTH`] or zero.
pub(super) type Packed = [i8; SIZE];

/// So long that no number of a direction leaves eight bits.
const LENGTH: f32 = 127.0;

/// Keeps the direction of a vector.
pub(super) fn pack(vector: &Vector) -> Packed {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.map(|value| (value / length * LENGTH).round() as i8)
    } else {
        [0; SIZE]
    }
}

/// The cosine between two directions.
pub(super) fn cosine(left: &Packed, right: &Packed) -> f32 {
    let product = |(a, b): (&i8, &i8)| i32::from(*a) * i32::from(*b);
    left.iter().zip(right).map(product).sum::<i32>() as f32 / (LENGTH * LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Packed {
        let mut sum = [0.0; SIZE];
        for word in words.split(' ') {
            let vector = Vectors::shipped().feature(word).into_iter().flatten();
            for (sum, value) in sum.iter_mut().zip(vector) {
                *sum += value;
            }
        }
        pack(&sum)
    }

    #[test]
    fn what_speaks_of_one_thing_is_near() {
        let near = cosine(&of("hospital patient doctor"), &of("nurs clinic medic"));
        let far = cosine(&of("hospital patient doctor"), &of("harbour ship captain"));
        assert!(near > 0.4 && far < near - 0.2, "{near} {far}");
        assert!((cosine(&of("ship"), &of("ship")) - 1.0).abs() < 0.02);
    }

    #[test]
    fn marks_and_figures_have_no_direction() {
        for feature in [
            "!",
            "~future",
            "#5:troop:min",
            "%2014",
            "=@russia",
            "@putin/v",
            "xyzzyq",
        ] {
            assert_eq!(Vectors::shipped().feature(feature), None, "{feature}");
        }
        assert!(Vectors::shipped().feature("@north-sea").is_some());
    }
}
