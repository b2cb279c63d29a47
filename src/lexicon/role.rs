//! Words that tell what kind of thing a source is: titles, functions, institutions, documents.

use std::collections::HashSet;

use serde::Deserialize;

use crate::mention::AgentKind;

/// The words, lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// "mr", "gen".
    pub titles: HashSet<String>,
    /// "president", "nurse".
    pub persons: HashSet<String>,
    /// "spokesman", "envoy": persons that speak for somebody.
    pub spokespersons: HashSet<String>,
    /// "ministry", "court".
    pub organisations: HashSet<String>,
    /// "officials", "leaders".
    pub groups: HashSet<String>,
    /// "times", "radio": words in the names of outlets.
    pub outlet_words: HashSet<String>,
    /// "report", "draft".
    pub documents: HashSet<String>,
    /// "official", "source".
    pub unnamed: HashSet<String>,
    /// "mr", "spokesman".
    pub male: HashSet<String>,
    /// "ms", "spokeswoman".
    pub female: HashSet<String>,
    /// Descriptions with the kind they stand for.
    #[serde(rename = "example")]
    pub examples: Vec<RoleExample>,
}

/// A description with the kind of thing it stands for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleExample {
    /// The words of a source.
    pub source: String,
    /// What they stand for.
    pub kind: AgentKind,
}

impl Roles {
    /// Reads the data file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML of the expected form.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(toml)
    }

    /// Says whether a lower-case word can be the head of something that speaks.
    #[must_use]
    pub fn can_speak(&self, word: &str) -> bool {
        self.persons.contains(word)
            || self.organisations.contains(word)
            || self.groups.contains(word)
            || self.documents.contains(word)
            || self.titles.contains(word)
    }
}
