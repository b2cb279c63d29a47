//! The registry of news organisations: names, domains, kinds, owners, from `data/outlets.toml` and
//! from the user's files.
//!
//! It says what a name or an address stands for, never whether a text is by that outlet.

mod address;
mod owner;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use owner::{Owner, Ownership, When};
pub use read::RegistryError;

use crate::id::AgentId;

/// What an outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Checks what others say.
    FactChecker,
    /// Sends out what companies and offices say of themselves.
    PressRelease,
}

impl OutletKind {
    /// All kinds.
    pub const ALL: &[Self] = &[
        Self::Agency,
        Self::Newspaper,
        Self::Magazine,
        Self::Broadcaster,
        Self::Online,
        Self::Aggregator,
        Self::FactChecker,
        Self::PressRelease,
    ];

    /// Returns the word that the data file and the output use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Newspaper => "newspaper",
            Self::Magazine => "magazine",
            Self::Broadcaster => "broadcaster",
            Self::Online => "online",
            Self::Aggregator => "aggregator",
            Self::FactChecker => "fact-checker",
            Self::PressRelease => "press-release",
        }
    }

    /// Returns the local name of its concept in the ontology.
    #[must_use]
    pub const fn concept(self) -> &'static str {
        match self {
            Self::Agency => "NewsAgency",
            Self::Newspaper => "Newspaper",
            Self::Magazine => "Magazine",
            Self::Broadcaster => "Broadcaster",
            Self::Online => "OnlineOutlet",
            Self::Aggregator => "Aggregator",
            Self::FactChecker => "FactChecker",
            Self::PressRelease => "PressReleaseService",
        }
    }
}

/// A name that an outlet had once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// When it was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
}

/// A news organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// The name that stands for it everywhere.
    pub name: String,
    /// What its id is made of, where its name alone could mean another outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Other names that mean it wherever they stand.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that are also ordinary words, or names of several outlets; they mean it only where
    /// something else tells.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Names it had once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerName>,
    /// Its web domains.
    #[serde(default)]
    pub domains: Vec<String>,
    /// What it is.
    pub kind: OutletKind,
    /// Whether a government owns and edits it.
    #[serde(default)]
    pub state: bool,
    /// Whether the public or the state pays for it, but it is edited independently by law.
    #[serde(default)]
    pub public: bool,
    /// Whether others print its copy, though it is no agency.
    #[serde(default)]
    pub syndicates: bool,
    /// ISO 3166 code of its seat.
    pub country: String,
    /// BCP 47 tags of the languages it publishes in, the main one first.
    #[serde(default, deserialize_with = "read::one_or_many")]
    pub language: Vec<String>,
    /// Who owns it and owned it.
    #[serde(default)]
    pub owners: Vec<Ownership>,
    /// Its Wikidata item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Where these facts are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Outlet {
    /// Returns the id that all names of the outlet share.
    #[must_use]
    pub fn agent_id(&self) -> AgentId {
        AgentId::named(self.key.as_deref().unwrap_or(&self.name))
    }

    /// Says whether other outlets print its copy: a credit that names it tells whose text it is.
    #[must_use]
    pub fn is_wire(&self) -> bool {
        self.syndicates || matches!(self.kind, OutletKind::Agency | OutletKind::PressRelease)
    }

    /// Returns every name, the one that stands for it first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let former = self.former.iter().map(|former| &former.name);
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .chain(&self.ambiguous)
            .chain(former)
            .map(String::as_str)
    }
}

/// What is known of an outlet that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Profile {
    /// The outlet.
    pub outlet: Outlet,
    /// Its owners, in the order in which the outlet names them, each with its id.
    pub owners: Vec<(AgentId, Owner)>,
}

/// All known outlets.
#[derive(Debug, Clone, Default)]
pub struct Outlets {
    outlets: Vec<Outlet>,
    owners: BTreeMap<String, Owner>,
    by_name: FxHashMap<String, usize>,
    /// Outlets that share a name, or whose name is an ordinary word.
    ambiguous: FxHashMap<String, Vec<usize>>,
    by_domain: FxHashMap<String, usize>,
    by_id: FxHashMap<AgentId, usize>,
    generic: Vec<String>,
    words: BTreeSet<String>,
    archives: BTreeSet<String>,
}

impl Outlets {
    /// Returns all outlets, in the order of the data file.
    pub fn iter(&self) -> impl Iterator<Item = &Outlet> {
        self.outlets.iter()
    }

    /// Finds the outlet that `name` as a whole stands for; case and a leading "the" do not count.
    ///
    /// A name that is also an ordinary word is found too: ask only for names that stand where an
    /// outlet is expected, or ask [`Self::find_anywhere`]. A name of several outlets is not found
    /// without more evidence: see [`Self::find_with`].
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Outlet> {
        self.find_with(name, &|_| false)
    }

    /// Finds the outlet that `name` stands for even in the midst of a text.
    #[must_use]
    pub fn find_anywhere(&self, name: &str) -> Option<&Outlet> {
        let found = *self
            .stems(name)
            .find_map(|name| self.by_name.get(name.as_str()))?;
        Some(&self.outlets[found])
    }

    /// Finds the outlet that `name` stands for where an outlet is expected; of several the only one
    /// that `fits` what else is known (its country, an address).
    #[must_use]
    pub fn find_with(&self, name: &str, fits: &dyn Fn(&Outlet) -> bool) -> Option<&Outlet> {
        if let Some(found) = self.find_anywhere(name) {
            return Some(found);
        }
        match self.claimants(name).as_slice() {
            [only] => Some(only),
            several => {
                let mut fitting = several.iter().filter(|outlet| fits(outlet));
                let first = fitting.next()?;
                fitting.next().is_none().then_some(*first)
            }
        }
    }

    /// Returns the outlets that an ambiguous name may stand for.
    #[must_use]
    pub fn claimants(&self, name: &str) -> Vec<&Outlet> {
        let found = self.stems(name).find_map(|name| self.ambiguous.get(&name));
        let all = found.into_iter().flatten();
        all.map(|&index| &self.outlets[index]).collect()
    }

    /// Says whether `name` is also an ordinary word or another outlet's ("Time", "The Times").
    #[must_use]
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.find_anywhere(name).is_none() && !self.claimants(name).is_empty()
    }

    /// Says whether `name` is a name of an outlet at all, if perhaps not only of one.
    #[must_use]
    pub fn is_name(&self, name: &str) -> bool {
        self.find_anywhere(name).is_some() || !self.claimants(name).is_empty()
    }

    /// Says whether `name` is an ordinary word ("Time", "the Post"): in the midst of a text it names an
    /// outlet only where something shows it.
    #[must_use]
    pub fn is_word(&self, name: &str) -> bool {
        self.words.contains(&fold(name))
    }

    /// Says whether `outlet` is called so, if perhaps not only it.
    #[must_use]
    pub fn is_called(&self, outlet: &Outlet, name: &str) -> bool {
        let name = fold(name);
        outlet.names().any(|other| fold(other) == name)
    }

    /// Finds an outlet by the id of its agent.
    #[must_use]
    pub fn by_id(&self, id: &AgentId) -> Option<&Outlet> {
        self.by_id.get(id).map(|&index| &self.outlets[index])
    }

    /// Finds an owner that is no outlet itself.
    #[must_use]
    pub fn owner(&self, name: &str) -> Option<&Owner> {
        self.owners.get(name)
    }

    /// Returns what is known of an outlet.
    #[must_use]
    pub fn profile(&self, outlet: &Outlet) -> Profile {
        let owner = |ownership: &Ownership| {
            let name = &ownership.name;
            match (self.owners.get(name), self.find(name)) {
                (Some(owner), _) => (AgentId::named(name), owner.clone()),
                // An outlet that owns another.
                (None, parent) => {
                    let owner = Owner {
                        name: name.clone(),
                        state: parent.is_some_and(|parent| parent.state),
                        person: false,
                        country: parent.map(|parent| parent.country.clone()),
                    };
                    let id = parent.map_or_else(|| AgentId::named(name), Outlet::agent_id);
                    (id, owner)
                }
            }
        };
        Profile {
            outlet: outlet.clone(),
            owners: outlet.owners.iter().map(owner).collect(),
        }
    }

    /// Returns every name that means an outlet wherever it stands, for spotting in running text;
    /// match whole words and respect case.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Outlet)> {
        self.outlets.iter().flat_map(move |outlet| {
            outlet
                .names()
                .filter(|name| !self.is_ambiguous(name))
                .map(move |name| (name, outlet))
        })
    }

    /// The folded name, then without what may follow a name ("Interfax news agency").
    fn stems(&self, name: &str) -> impl Iterator<Item = String> {
        let name = fold(name);
        let whole = name.clone();
        let stem = move |generic: &String| {
            let stem = name.strip_suffix(generic.as_str())?.strip_suffix(' ')?;
            Some(stem.trim_end().to_owned())
        };
        std::iter::once(whole).chain(self.generic.iter().filter_map(stem))
    }

    fn index(&mut self) {
        self.by_name.clear();
        self.ambiguous.clear();
        self.by_domain.clear();
        self.by_id.clear();
        for (index, outlet) in self.outlets.iter().enumerate() {
            for name in &outlet.ambiguous {
                let claimants = self.ambiguous.entry(fold(name)).or_default();
                if !claimants.contains(&index) {
                    claimants.push(index);
                }
            }
        }
        for (index, outlet) in self.outlets.iter().enumerate() {
            for name in outlet.names().map(fold) {
                if !self.ambiguous.contains_key(&name) {
                    // The first keeps it, so that the second can be told.
                    self.by_name.entry(name).or_insert(index);
                }
            }
            for domain in &outlet.domains {
                self.by_domain.entry(domain.clone()).or_insert(index);
            }
            self.by_id.insert(outlet.agent_id(), index);
        }
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
mod tests;
