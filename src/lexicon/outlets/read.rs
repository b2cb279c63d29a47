//! Reading the registry, and joining the user's files to it: what is wrong is told with its line.
//!
//! It never reads files itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{Outlet, Outlets, Owner, fold};

const DATA: &str = include_str!("../data/outlets.toml");
const CODES: &str = include_str!("../data/codes.toml");

/// What is wrong with a registry of outlets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct RegistryError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, and what is expected.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    generic: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    archive: Vec<String>,
    #[serde(default)]
    owner: Vec<Spanned<Owner>>,
    #[serde(default)]
    outlet: Vec<Spanned<Outlet>>,
    /// Read by the tests.
    #[serde(rename = "example")]
    _examples: Option<toml::Value>,
}

#[derive(Deserialize)]
struct Codes {
    countries: String,
    languages: String,
}

/// Where a text stands in a file.
struct Place<'t> {
    text: &'t str,
    at: usize,
}

impl Place<'_> {
    fn wrong(&self, reason: String) -> RegistryError {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        RegistryError { line, reason }
    }
}

impl Outlets {
    /// Parses the outlets built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        let mut outlets = Self::default();
        // A test checks them.
        outlets.add(DATA).expect("outlets.toml is parsed by a test");
        outlets
    }

    /// Adds the outlets and owners of a file in the format of the shipped one. An outlet or owner
    /// whose name is known already is replaced.
    ///
    /// # Errors
    ///
    /// Says at which line the text is not of the format, or contradicts what is known.
    pub fn extend(&mut self, text: &str) -> Result<(), RegistryError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (at, index) in self.add(text)? {
            let place = Place { text, at };
            let outlet = &self.outlets[index];
            let checked = self.check(index);
            checked
                .map_err(|reason| place.wrong(format!("outlet \"{}\": {reason}", outlet.name)))?;
        }
        Ok(())
    }

    /// Adds the outlets and owners of a file; returns where each outlet stands in it, and its number.
    fn add(&mut self, text: &str) -> Result<Vec<(usize, usize)>, RegistryError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Place { text, at }.wrong(error.message().replace('\n', " "))
        })?;
        self.generic.extend(file.generic);
        self.words.extend(file.words.iter().map(|word| fold(word)));
        self.archives.extend(file.archive);
        for owner in file.owner {
            let owner = owner.into_inner();
            self.owners.insert(owner.name.clone(), owner);
        }
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (index, outlet) in self.outlets.iter().enumerate() {
            known.insert(outlet.agent_id().to_string(), index);
        }
        let mut new: Vec<(usize, usize)> = Vec::new();
        for outlet in file.outlet {
            let at = outlet.span().start;
            let outlet = outlet.into_inner();
            let id = outlet.agent_id().to_string();
            let twice = known
                .get(&id)
                .is_some_and(|old| new.iter().any(|(_, n)| n == old));
            if twice {
                let reason = format!("the outlet \"{}\" stands here twice", outlet.name);
                return Err(Place { text, at }.wrong(reason));
            }
            let index = *known.entry(id).or_insert(self.outlets.len());
            match self.outlets.get_mut(index) {
                Some(old) => *old = outlet,
                None => self.outlets.push(outlet),
            }
            new.push((at, index));
        }
        self.index();
        Ok(new)
    }

    /// Says what is wrong with an outlet.
    fn check(&self, index: usize) -> Result<(), String> {
        let outlet = &self.outlets[index];
        if outlet.name.trim().is_empty() {
            return Err("its name is empty".to_owned());
        }
        let codes = codes();
        if !codes.0.contains(outlet.country.as_str()) {
            let country = &outlet.country;
            return Err(format!(
                "unknown country `{country}`, expected two capital letters of ISO 3166 such as `GB`"
            ));
        }
        for tag in &outlet.language {
            let main = tag.split('-').next().unwrap_or_default();
            let parts = || tag.split('-').skip(1);
            let whole = parts().all(|part| {
                (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            });
            if !codes.1.contains(main) || !whole {
                return Err(format!(
                    "unknown language `{tag}`, expected a tag of BCP 47 such as `en` or `pt-BR`"
                ));
            }
        }
        for domain in &outlet.domains {
            self.check_domain(index, domain)?;
        }
        self.check_names(index)?;
        for owner in &outlet.owners {
            let resolves = self.owners.contains_key(&owner.name)
                || self
                    .find(&owner.name)
                    .is_some_and(|parent| parent != outlet);
            if !resolves {
                return Err(format!(
                    "unknown owner \"{}\", expected an `owner` or another outlet",
                    owner.name
                ));
            }
            for when in owner.from.iter().chain(&owner.until) {
                check_when(when)?;
            }
            if let (Some(from), Some(until)) = (&owner.from, &owner.until)
                && !in_order(from, until)
            {
                return Err(format!(
                    "\"{}\" owned it until {until}, but from {from}",
                    owner.name
                ));
            }
        }
        for when in outlet
            .former
            .iter()
            .filter_map(|former| former.until.as_ref())
        {
            check_when(when)?;
        }
        let is_item = |id: &String| {
            let digits = id.strip_prefix('Q').unwrap_or_default();
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        };
        match outlet.wikidata.as_ref().filter(|id| !is_item(id)) {
            Some(id) => Err(format!("`{id}` is no item of Wikidata such as `Q130879`")),
            None => Ok(()),
        }
    }

    fn check_domain(&self, index: usize, domain: &str) -> Result<(), String> {
        let registrable = psl::domain_str(domain).is_some()
            && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
        if !registrable || domain.to_ascii_lowercase() != domain || domain.starts_with("www.") {
            return Err(format!(
                "`{domain}` is no domain such as `example.co.uk`, in small letters and without \
                 `www.`, below a public suffix"
            ));
        }
        match self.by_domain.get(domain) {
            Some(&other) if other != index => Err(format!(
                "the domain `{domain}` belongs to \"{}\" too",
                self.outlets[other].name
            )),
            _ => Ok(()),
        }
    }

    /// A name of two outlets has to be marked.
    fn check_names(&self, index: usize) -> Result<(), String> {
        let outlet = &self.outlets[index];
        let marked: BTreeSet<String> = outlet.ambiguous.iter().map(|name| fold(name)).collect();
        for name in outlet.names() {
            let folded = fold(name);
            if folded.is_empty() {
                return Err("one of its names is empty".to_owned());
            }
            let other = match (self.by_name.get(&folded), self.ambiguous.get(&folded)) {
                (Some(&other), _) if other != index => Some(other),
                (_, Some(all)) if !marked.contains(&folded) => {
                    all.iter().copied().find(|other| *other != index)
                }
                _ => None,
            };
            if let Some(other) = other {
                return Err(format!(
                    "\"{name}\" is a name of \"{}\" too: put it under `ambiguous` of both",
                    self.outlets[other].name
                ));
            }
        }
        Ok(())
    }
}

/// Countries and languages.
fn codes() -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    use std::sync::LazyLock;
    static PARSED: LazyLock<Codes> =
        LazyLock::new(|| toml::from_str(CODES).expect("codes.toml is parsed by a test"));
    (
        PARSED.countries.split_whitespace().collect(),
        PARSED.languages.split_whitespace().collect(),
    )
}

/// Reads the first day of a year, month or day.
pub(super) fn first_day(when: &str) -> Option<Date> {
    let day = match when.len() {
        4 => format!("{when}-01-01"),
        7 => format!("{when}-01"),
        10 => when.to_owned(),
        _ => return None,
    };
    day.parse().ok()
}

fn check_when(when: &str) -> Result<(), String> {
    match first_day(when) {
        Some(_) => Ok(()),
        None => Err(format!(
            "`{when}` is no date, expected YYYY, YYYY-MM or YYYY-MM-DD"
        )),
    }
}

/// A year is in order with each of its days.
fn in_order(from: &str, until: &str) -> bool {
    let shared = from.len().min(until.len());
    from.get(..shared) <= until.get(..shared)
}

/// Takes `"en"` for `["en"]`.
pub(super) fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "expected a tag such as \"en\", or a list of tags"
    )]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}
