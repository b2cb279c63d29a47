//! Names that stand for one thing: demonyms, capitals and seats of power of states and bodies.
//!
//! Knows words only; where a name begins and ends in a text is the caller's business.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The names of places and organisations, by alias.
#[derive(Debug, Default)]
pub struct Concepts {
    exact: FxHashMap<String, String>,
    folded: FxHashMap<String, String>,
    /// The first words of the folded names.
    first: FxHashSet<String>,
    longest: usize,
    /// The first name of each place.
    labels: BTreeMap<String, String>,
    /// Places by ISO 3166 code.
    codes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    codes: String,
    places: BTreeMap<String, String>,
    organisations: BTreeMap<String, String>,
}

impl Concepts {
    /// Parses the data built into the binary.
    pub(crate) fn shipped() -> Self {
        let file: File = toml::from_str(include_str!("data/concepts.toml"))
            .expect("the embedded data is parsed by a test");
        let mut concepts = Self::default();
        for (id, aliases) in &file.places {
            let label = aliases.split('|').next().unwrap_or_default().trim();
            concepts.labels.insert(id.clone(), label.to_owned());
        }
        let codes = file.codes.split_whitespace();
        let codes = codes.filter_map(|entry| entry.split_once(':'));
        concepts.codes = codes
            .map(|(code, id)| (code.to_owned(), id.to_owned()))
            .collect();
        for (id, aliases) in file.places.iter().chain(&file.organisations) {
            for alias in aliases.split('|').map(str::trim) {
                let words: Vec<&str> = alias.split(' ').collect();
                concepts.longest = concepts.longest.max(words.len());
                if alias.len() <= 4 && !alias.chars().any(char::is_lowercase) {
                    concepts.exact.insert(alias.to_owned(), id.clone());
                } else {
                    let folded = alias.to_lowercase();
                    let first = folded.split(' ').next().unwrap_or_default();
                    concepts.first.insert(first.to_owned());
                    concepts.folded.insert(folded, id.clone());
                }
            }
        }
        concepts
    }

    /// Finds the state that `name` as a whole stands for: its id and its name.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<(&str, &str)> {
        let words: Vec<&str> = name.split(' ').collect();
        let (id, length) = self.longest(&words)?;
        let (id, label) = self.labels.get_key_value(id)?;
        (length == words.len()).then_some((id.as_str(), label.as_str()))
    }

    /// Finds the state with an ISO 3166 code: its id and its name.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<(&str, &str)> {
        let (id, label) = self.labels.get_key_value(self.codes.get(code)?)?;
        Some((id.as_str(), label.as_str()))
    }

    /// Finds the longest name at the start of `words`: its concept and its number of words.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(&str, usize)> {
        let first = words.first()?;
        if let [only] = words
            && let Some(id) = self.exact.get(*only)
        {
            return Some((id, 1));
        }
        let mut phrase = String::new();
        let mut found = self.exact.get(*first).map(|id| (id.as_str(), 1));
        for (index, word) in words.iter().take(self.longest).enumerate() {
            if index > 0 {
                phrase.push(' ');
            }
            phrase.extend(word.chars().flat_map(char::to_lowercase));
            if index == 0 && !self.first.contains(&phrase) {
                break;
            }
            if let Some(id) = self.folded.get(&phrase) {
                found = Some((id, index + 1));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_in_the_data_hold() {
        #[derive(Deserialize)]
        struct Examples {
            example: Vec<Example>,
        }
        #[derive(Deserialize)]
        struct Example {
            alias: String,
            concept: String,
        }
        let concepts = Concepts::shipped();
        let file: Examples = toml::from_str(include_str!("data/concepts.toml")).unwrap();
        for example in file.example {
            let words: Vec<&str> = example.alias.split(' ').collect();
            assert_eq!(
                concepts.longest(&words),
                Some((example.concept.as_str(), words.len())),
                "{}",
                example.alias
            );
        }
    }

    #[test]
    fn codes_stand_for_places() {
        let concepts = Concepts::shipped();
        assert!(concepts.codes.len() > 180);
        for code in concepts.codes.keys() {
            assert!(concepts.country(code).is_some(), "{code}");
        }
        assert_eq!(concepts.country("RU"), Some(("russia", "Russia")));
        assert_eq!(concepts.country("ru"), None);
    }

    #[test]
    fn a_pronoun_is_no_state() {
        assert_eq!(Concepts::shipped().longest(&["us"]), None);
    }

    #[test]
    fn no_alias_stands_for_two_things() {
        let file: File = toml::from_str(include_str!("data/concepts.toml")).unwrap();
        let mut seen = BTreeMap::new();
        for (id, aliases) in file.places.iter().chain(&file.organisations) {
            for alias in aliases.split('|').map(str::trim) {
                if let Some(other) = seen.insert(alias.to_owned(), id.clone()) {
                    assert_eq!(&other, id, "{alias}");
                }
            }
        }
    }
}
