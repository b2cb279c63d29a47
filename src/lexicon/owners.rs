//! Who owns which outlet, and since when, from `data/owners.toml`.
//!
//! It never says what an owner has to do with what an outlet writes.

use jiff::civil::Date;
use serde::Deserialize;

use super::concepts::Concepts;

/// That one owns others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The owner.
    pub owner: String,
    /// The names of what it owns.
    pub of: Vec<String>,
    /// First day, where it is known.
    #[serde(default, deserialize_with = "day")]
    pub since: Option<Date>,
    /// Last day, where it is known.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
}

/// All known owners.
#[derive(Debug, Default)]
pub struct Owners {
    owners: Vec<Owner>,
    bodies: Vec<String>,
    officials: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    bodies: Vec<String>,
    officials: Vec<String>,
    owner: Vec<Owner>,
    /// Read by the tests.
    #[serde(rename = "example")]
    _examples: toml::Value,
}

/// Reads a day as TOML writes it.
fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let day = toml::value::Datetime::deserialize(deserializer)?;
    let parsed = day.to_string().parse::<Date>();
    parsed.map(Some).map_err(serde::de::Error::custom)
}

impl Owners {
    /// Parses the data.
    ///
    /// # Errors
    ///
    /// When it is not TOML of the right form.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        Ok(Self {
            owners: file.owner,
            bodies: file.bodies,
            officials: file.officials,
        })
    }

    /// Finds the state that a body ("Russian Defence Ministry", "Moscow") or a title ("US president")
    /// belongs to: its id and its name.
    #[must_use]
    pub fn state<'a>(&self, name: &str, concepts: &'a Concepts) -> Option<(&'a str, &'a str)> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let (last, before) = words.split_last()?;
        let is_part = |list: &[String]| list.contains(&last.to_lowercase());
        if is_part(&self.bodies) || is_part(&self.officials) {
            // "Russian foreign minister": what stands between says which part.
            return (1..=before.len())
                .rev()
                .find_map(|end| concepts.state(&before[..end].join(" ")));
        }
        concepts.state(name)
    }

    /// Returns who owned `name` at any time.
    pub fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Owner> {
        let owns = move |owner: &&Owner| owner.of.iter().any(|owned| owned == name);
        self.owners.iter().filter(owns)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lexicon::Lexicon;

    #[derive(Deserialize)]
    struct Examples {
        example: Vec<Example>,
    }

    #[derive(Deserialize)]
    struct Example {
        name: String,
        #[serde(deserialize_with = "day")]
        day: Option<Date>,
        belongs_to: String,
    }

    #[test]
    fn examples_in_the_data_hold() {
        let lexicon = Lexicon::shipped();
        let examples: Examples = toml::from_str(include_str!("data/owners.toml")).unwrap();
        for example in examples.example {
            let outlet = lexicon.outlets.find(&example.name);
            let mut at = outlet.map_or("", |outlet| outlet.name.as_str());
            let mut last = "";
            while let Some(owner) = lexicon.owners.of(at).find(|owner| {
                owner.since.is_none_or(|since| Some(since) <= example.day)
                    && owner.until.is_none_or(|until| example.day <= Some(until))
            }) {
                at = &owner.owner;
                last = at;
            }
            assert_eq!(last, example.belongs_to, "{}", example.name);
        }
    }

    #[test]
    fn a_body_belongs_to_the_state_it_is_named_after() {
        let lexicon = Lexicon::shipped();
        let state = |name| {
            lexicon
                .owners
                .state(name, &lexicon.concepts)
                .map(|(id, _)| id)
        };
        assert_eq!(state("Kremlin"), Some("russia"));
        assert_eq!(state("Russian Defence Ministry"), Some("russia"));
        assert_eq!(state("US president"), Some("usa"));
        assert_eq!(state("American Airlines"), None);
        assert_eq!(state("minister"), None);
    }

    #[test]
    fn what_is_owned_is_known() {
        let lexicon = Lexicon::shipped();
        let owners: BTreeSet<&str> = (lexicon.owners.owners.iter())
            .map(|owner| owner.owner.as_str())
            .collect();
        for name in lexicon.owners.owners.iter().flat_map(|owner| &owner.of) {
            let outlet = lexicon.outlets.find(name);
            let known = outlet.is_some_and(|outlet| outlet.name == *name);
            assert!(known || owners.contains(name.as_str()), "{name}");
        }
    }
}
