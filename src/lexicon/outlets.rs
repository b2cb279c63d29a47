//! News organisations by name and by domain, from `data/outlets.toml`.
//!
//! It says what a name stands for, never whether a text is by that outlet.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::id::AgentId;

/// What an outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutletKind {
    /// Sells copy to other outlets.
    Agency,
    /// A daily or weekly paper and its site.
    Newspaper,
    /// A magazine and its site.
    Magazine,
    /// Television or radio and its site.
    Broadcaster,
    /// Publishes on the web alone.
    Online,
    /// Mostly passes on what others wrote.
    Aggregator,
}

/// A news organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// The name that stands for it everywhere.
    pub name: String,
    /// Other names that mean it wherever they stand.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that are also ordinary words; they mean it only where an outlet is expected.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Its web domains.
    pub domains: Vec<String>,
    /// What it is.
    pub kind: OutletKind,
    /// Whether a government owns and edits it.
    #[serde(default)]
    pub state: bool,
    /// ISO 3166 code of its seat.
    pub country: String,
}

impl Outlet {
    /// Returns the id that all names of the outlet share.
    #[must_use]
    pub fn agent_id(&self) -> AgentId {
        AgentId::named(&self.name)
    }
}

/// All known outlets.
#[derive(Debug, Default)]
pub struct Outlets {
    outlets: Vec<Outlet>,
    by_name: FxHashMap<String, usize>,
    by_domain: FxHashMap<String, usize>,
    ambiguous: BTreeSet<String>,
    generic: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    generic: Vec<String>,
    outlet: Vec<Outlet>,
    /// Read by the tests.
    #[serde(rename = "example")]
    _examples: toml::Value,
}

const DATA: &str = include_str!("data/outlets.toml");

impl Outlets {
    /// Parses the outlets built into the binary.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(DATA).expect("outlets.toml is parsed by a test");
        let mut outlets = Self {
            outlets: file.outlet,
            generic: file.generic,
            ..Self::default()
        };
        for (index, outlet) in outlets.outlets.iter().enumerate() {
            let names = std::iter::once(&outlet.name).chain(&outlet.aliases);
            for name in names.chain(&outlet.ambiguous) {
                outlets.by_name.insert(fold(name), index);
            }
            for domain in &outlet.domains {
                outlets.by_domain.insert(domain.clone(), index);
            }
            outlets
                .ambiguous
                .extend(outlet.ambiguous.iter().map(|name| fold(name)));
        }
        outlets
    }

    /// Returns all outlets, in the order of the data file.
    pub fn iter(&self) -> impl Iterator<Item = &Outlet> {
        self.outlets.iter()
    }

    /// Finds the outlet that `name` as a whole stands for; case and a leading "the" do not count.
    ///
    /// Ambiguous names are found too: ask only for names that stand where an outlet is expected,
    /// or check [`Self::is_ambiguous`].
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Outlet> {
        let name = fold(name);
        let found = self.by_name.get(&name).or_else(|| {
            let stem = |generic: &String| Some(name.strip_suffix(generic.as_str())?.trim_end());
            self.generic
                .iter()
                .filter_map(stem)
                .find_map(|stem| self.by_name.get(stem))
        });
        found.map(|&index| &self.outlets[index])
    }

    /// Says whether `name` is also an ordinary word or something else ("Time", "Sky").
    #[must_use]
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.ambiguous.contains(&fold(name))
    }

    /// Finds the outlet that publishes at `host`, which may be a sub-domain.
    #[must_use]
    pub fn by_domain(&self, host: &str) -> Option<&Outlet> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(&index) = self.by_domain.get(rest) {
                return Some(&self.outlets[index]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Returns every name that means an outlet wherever it stands, for spotting in running text;
    /// match whole words and respect case.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Outlet)> {
        self.outlets.iter().flat_map(move |outlet| {
            std::iter::once(&outlet.name)
                .chain(&outlet.aliases)
                .filter(|name| !self.is_ambiguous(name))
                .map(move |name| (name.as_str(), outlet))
        })
    }

    /// Returns the ambiguous names, which need a context that asks for an outlet.
    pub fn ambiguous_names(&self) -> impl Iterator<Item = (&str, &Outlet)> {
        let names: BTreeMap<&str, &Outlet> = self
            .outlets
            .iter()
            .flat_map(|outlet| outlet.ambiguous.iter().map(move |name| (&**name, outlet)))
            .collect();
        names.into_iter()
    }
}

/// Folds what does not tell names apart: case, white space, apostrophes, a leading "the".
fn fold(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    let words: Vec<_> = name.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn examples_of_the_data_file_hold() {
        #[derive(Deserialize)]
        struct Example {
            name: Option<String>,
            host: Option<String>,
            is: String,
        }
        #[derive(Deserialize)]
        struct Examples {
            example: Vec<Example>,
        }
        let outlets = Outlets::shipped();
        let examples: Examples = toml::from_str(DATA).unwrap();
        assert!(examples.example.len() > 10);
        for example in examples.example {
            let found = match (&example.name, &example.host) {
                (Some(name), _) => outlets.find(name),
                (None, Some(host)) => outlets.by_domain(host),
                (None, None) => panic!("an example needs a name or a host"),
            };
            let found = found.map_or("", |outlet| outlet.name.as_str());
            assert_eq!(found, example.is, "{:?} {:?}", example.name, example.host);
        }
    }

    #[test]
    fn no_two_outlets_share_a_name_or_domain_or_id() {
        let outlets = Outlets::shipped();
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for outlet in outlets.iter() {
            let names = std::iter::once(&outlet.name).chain(&outlet.aliases);
            let names = names.chain(&outlet.ambiguous).map(|name| fold(name));
            let domains = outlet.domains.iter().map(|domain| format!("@{domain}"));
            let id = format!("#{}", outlet.agent_id());
            for key in names.chain(domains).chain([id]) {
                let owner = *owners.entry(key.clone()).or_insert(&outlet.name);
                assert_eq!(owner, outlet.name, "{key}");
            }
            assert!(outlet.domains.iter().all(|d| *d == d.to_ascii_lowercase()));
        }
        assert!(outlets.iter().count() > 150);
    }

    #[test]
    fn names_for_running_text_hold_no_ordinary_words() {
        let outlets = Outlets::shipped();
        let names: BTreeMap<_, _> = outlets.names().collect();
        assert!(names.contains_key("Reuters") && names.contains_key("Sputnik News"));
        assert!(!names.contains_key("Time") && !names.contains_key("Sputnik"));
        assert!(outlets.ambiguous_names().any(|(name, _)| name == "Sputnik"));
    }
}
