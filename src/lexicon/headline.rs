//! Words by which an article tells what it makes of its headline.
//!
//! Knows words only; nothing here looks at a text.

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Words of three attitudes.
#[derive(Debug, Default)]
pub struct HeadlineWords {
    /// It is taken back.
    pub refuting: FxHashSet<String>,
    /// It is passed on at a distance.
    pub hedging: FxHashSet<String>,
    /// It is vouched for.
    pub vouching: FxHashSet<String>,
    /// Sentences with how many words of each attitude stand in them.
    pub examples: Vec<Example>,
}

/// A sentence with how many words of each attitude stand in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Words that take back.
    pub refuting: usize,
    /// Words that keep a distance.
    pub hedging: usize,
    /// Words that vouch.
    pub vouching: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    refuting: String,
    hedging: String,
    vouching: String,
    examples: Vec<Example>,
}

impl HeadlineWords {
    /// Parses the data built into the binary.
    pub(crate) fn shipped() -> Self {
        let file: File = toml::from_str(include_str!("data/headline.toml"))
            .expect("the embedded data is parsed by a test");
        let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        Self {
            refuting: set(&file.refuting),
            hedging: set(&file.hedging),
            vouching: set(&file.vouching),
            examples: file.examples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_its_words() {
        let words = HeadlineWords::shipped();
        for example in &words.examples {
            let lower = example.text.to_lowercase();
            let count = |set: &FxHashSet<String>| {
                let words = lower.split(|c: char| !c.is_alphanumeric());
                words.filter(|word| set.contains(*word)).count()
            };
            assert_eq!(count(&words.refuting), example.refuting, "{lower}");
            assert_eq!(count(&words.hedging), example.hedging, "{lower}");
            assert_eq!(count(&words.vouching), example.vouching, "{lower}");
        }
    }
}
