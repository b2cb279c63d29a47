//! Words that tell what kind of thing a source is: titles, functions, institutions, documents.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer};

use crate::{lexicon::given::Gender, mention::AgentKind};

/// The words, lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// "mr", "gen".
    pub titles: FxHashSet<String>,
    /// "president", "nurse".
    pub persons: FxHashSet<String>,
    /// "spokesman", "envoy": persons that speak for somebody.
    pub spokespersons: FxHashSet<String>,
    /// "ministry", "court".
    pub organisations: FxHashSet<String>,
    /// "officials", "leaders".
    pub groups: FxHashSet<String>,
    /// "company", "retailer": institutions called "the company" later on.
    pub companies: FxHashSet<String>,
    /// "company", "firm": those that mean any of them.
    pub any_company: FxHashSet<String>,
    /// "chemicals", "inc": words in names that show a company.
    pub company_words: FxHashSet<String>,
    /// "magazine", "broadcaster": nouns for an outlet.
    pub outlet_nouns: FxHashSet<String>,
    /// Those that also mean other things ("agency", "site").
    outlet_nouns_vague: FxHashSet<String>,
    /// "news", "state": before a vague noun they make it an outlet.
    outlet_modifiers: FxHashSet<String>,
    /// Functions that mean the same, the first of each standing for all.
    #[serde(deserialize_with = "first_of_each")]
    same_roles: FxHashMap<String, String>,
    /// "remarks", "interview": what is said on some occasion.
    utterances: FxHashSet<String>,
    /// "familiar" of "people familiar with the plan": adjectives behind their noun.
    pub postposed: FxHashSet<String>,
    /// "deputy": with it a function is another one.
    pub ranks: FxHashSet<String>,
    /// "times", "radio": words in the names of outlets.
    pub outlet_words: FxHashSet<String>,
    /// "report", "draft".
    pub documents: FxHashSet<String>,
    /// "official", "source".
    pub unnamed: FxHashSet<String>,
    /// "mr", "spokesman".
    pub male: FxHashSet<String>,
    /// "ms", "spokeswoman".
    pub female: FxHashSet<String>,
    /// Whatever can be the head of something that speaks, made of the lists.
    #[serde(skip)]
    speaking: FxHashSet<String>,
    /// Descriptions with the kind they stand for.
    #[serde(rename = "example")]
    pub examples: Vec<RoleExample>,
}

/// Reads lists of words that mean the same as a table from each to the first of its list.
fn first_of_each<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<FxHashMap<String, String>, D::Error> {
    let lists: Vec<Vec<String>> = Vec::deserialize(deserializer)?;
    Ok(lists
        .iter()
        .filter_map(|list| Some((list, list.first()?)))
        .flat_map(|(list, first)| list.iter().map(|word| (word.clone(), first.clone())))
        .collect())
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
        let mut roles: Self = toml::from_str(toml)?;
        let singular = roles.persons.iter().chain(&roles.companies);
        roles.speaking = [
            &roles.persons,
            &roles.organisations,
            &roles.companies,
            &roles.groups,
            &roles.documents,
            &roles.titles,
            &roles.outlet_nouns,
        ]
        .into_iter()
        .flatten()
        .cloned()
        .chain(singular.map(|word| format!("{word}s")))
        .collect();
        Ok(roles)
    }

    /// Returns the word that stands for a function and those that mean the same; "spokesman",
    /// "spokeswoman" and "spokesperson" are one.
    #[must_use]
    pub fn function<'a>(&'a self, lower: &'a str) -> &'a str {
        let stem = ["woman", "person", "man"]
            .iter()
            .find_map(|ending| lower.strip_suffix(ending))
            .filter(|stem| stem.len() > 2);
        self.same_roles
            .get(lower)
            .map_or_else(|| stem.unwrap_or(lower), String::as_str)
    }

    /// Returns the gender that a word such as "ms" or "spokeswoman" tells.
    #[must_use]
    pub fn gender(&self, lower: &str) -> Option<Gender> {
        if self.female.contains(lower) {
            Some(Gender::Female)
        } else {
            self.male.contains(lower).then_some(Gender::Male)
        }
    }

    /// Says whether a name of several words, lower case, has the form of an outlet's: "Radio Lund".
    #[must_use]
    pub fn is_outlet_name<S: AsRef<str>>(&self, lower: &[S]) -> bool {
        let (Some(first), [.., before, last]) = (lower.first(), lower) else {
            return false;
        };
        let telling = if last.as_ref() == "agency" {
            before
        } else {
            last
        };
        [first, telling]
            .into_iter()
            .any(|word| self.outlet_words.contains(word.as_ref()))
    }

    /// Says whether a lower-case noun is something said on some occasion ("in remarks …").
    #[must_use]
    pub fn is_utterance(&self, lower: &str) -> bool {
        self.utterances.contains(lower)
    }

    /// Says whether a noun means an outlet, given the word before it: "magazine", "news agency".
    #[must_use]
    pub fn is_outlet_noun(&self, lower: &str, before: &str) -> bool {
        self.outlet_nouns.contains(lower)
            && (!self.outlet_nouns_vague.contains(lower) || self.outlet_modifiers.contains(before))
    }

    /// Says whether a lower-case word can be the head of something that speaks.
    #[must_use]
    pub fn can_speak(&self, word: &str) -> bool {
        self.speaking.contains(word)
    }
}
