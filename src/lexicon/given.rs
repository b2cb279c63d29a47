//! Given names that tell a person's gender, from `data/given_names.toml`.
//!
//! A name given to both tells nothing; nothing here decides who somebody is.

use std::collections::HashMap;

use serde::Deserialize;

/// Which pronouns stand for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// "she".
    Female,
    /// "he".
    Male,
}

/// The names.
#[derive(Debug, Default)]
pub struct GivenNames {
    genders: HashMap<String, Gender>,
    /// Names with what they tell.
    pub examples: Vec<GivenNameExample>,
}

/// A name with what it tells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenNameExample {
    /// The name as an article writes it.
    pub name: String,
    /// What it tells; absent when nothing.
    pub gender: Option<Gender>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    female: Vec<String>,
    male: Vec<String>,
    example: Vec<GivenNameExample>,
}

impl GivenNames {
    /// Reads the data file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML of the expected form.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        let mut genders = HashMap::new();
        for (names, gender) in [(file.female, Gender::Female), (file.male, Gender::Male)] {
            genders.extend(names.into_iter().map(|name| (name, gender)));
        }
        Ok(Self {
            genders,
            examples: file.example,
        })
    }

    /// Returns what a given name tells; accents and case do not count.
    #[must_use]
    pub fn gender(&self, name: &str) -> Option<Gender> {
        let plain = deunicode::deunicode(name).to_lowercase();
        self.genders.get(&plain).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn names_tell_what_the_examples_say() {
        let names = &Lexicon::shipped().given;
        for example in &names.examples {
            assert_eq!(
                names.gender(&example.name),
                example.gender,
                "{}",
                example.name
            );
        }
    }
}
