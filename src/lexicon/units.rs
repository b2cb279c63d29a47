//! Loader of `data/units.toml`: numbers, modifiers and units of quantities. Decides nothing.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::mention::Bound;

/// Which way a modifier bounds a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modifier {
    /// The bound.
    pub bound: Bound,
    /// Whether it makes the figure approximate.
    pub approximate: bool,
}

/// A unit as it is written in the graph, and what it can be compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The name.
    pub name: String,
    /// Units of one class can be compared.
    pub class: String,
    /// What a figure is multiplied by to compare it inside its class.
    pub factor: f64,
    /// Whether it measures (hours, dollars) instead of counting things (soldiers).
    pub measure: bool,
    /// Counted things of one family can be the same ("47 people", "47 dead"); empty without one.
    pub family: String,
}

/// The words of quantities.
#[derive(Debug, Default)]
pub struct Units {
    /// "the", "these": in front of a small number that takes up what was named before.
    pub definite: FxHashSet<String>,
    /// "article", "page": a figure behind them is a name.
    pub labels: FxHashSet<String>,
    /// "am", "gmt": behind a time of day.
    pub clock: FxHashSet<String>,
    /// "in", "since": in front of a year.
    pub year_cues: FxHashSet<String>,
    /// Where the search for the counted noun ends.
    pub stops: FxHashSet<String>,
    /// Passed over on that search.
    pub passed: FxHashSet<String>,
    /// Look like plurals and are not.
    pub not_plural: FxHashSet<String>,
    /// Plurals without s.
    pub plurals: FxHashSet<String>,
    /// What rates are counted by.
    pub rates: FxHashSet<String>,
    /// "rose", "cut": "from … to …" behind them names two figures.
    pub changes: FxHashSet<String>,
    /// "magnitude": stands in front of its figure.
    pub labelled: FxHashSet<String>,
    /// "to", "at": between "toll" and its figure.
    pub tolled: FxHashSet<String>,
    /// "were", "have been": between a figure and what happened to so many.
    pub auxiliaries: FxHashSet<String>,
    /// "killed" = dead, behind a figure and its auxiliary.
    pub suffered: FxHashMap<String, String>,
    /// "killing" = dead, in front of a figure.
    pub inflicted: FxHashMap<String, String>,
    /// "two" = 2.
    pub cardinals: FxHashMap<String, f64>,
    /// "million" = 1e6.
    pub scales: FxHashMap<String, f64>,
    /// "bn" = 1e9.
    pub short_scales: FxHashMap<String, f64>,
    /// "thousands" = 1000.
    pub vague: FxHashMap<String, f64>,
    /// "several" = 2.
    pub few: FxHashMap<String, f64>,
    /// "thirds" = 3.
    pub fractions: FxHashMap<String, f64>,
    /// "€" = EUR.
    pub signs: FxHashMap<String, String>,
    /// "hk" = HKD, glued in front of "$".
    pub dollars: FxHashMap<String, String>,
    /// In front of a figure.
    pub modifiers: FxHashMap<String, Modifier>,
    /// Behind a figure or its noun.
    pub trailing: FxHashMap<String, Modifier>,
    /// Units by the words of the text.
    pub units: FxHashMap<String, Unit>,
    /// Units by their name in the graph.
    pub by_name: FxHashMap<String, Unit>,
}

#[derive(Deserialize)]
struct File {
    definite: FxHashSet<String>,
    labels: FxHashSet<String>,
    clock: FxHashSet<String>,
    year_cues: FxHashSet<String>,
    stops: FxHashSet<String>,
    passed: FxHashSet<String>,
    not_plural: FxHashSet<String>,
    plurals: FxHashSet<String>,
    rates: FxHashSet<String>,
    changes: FxHashSet<String>,
    labelled: FxHashSet<String>,
    tolled: FxHashSet<String>,
    auxiliaries: FxHashSet<String>,
    suffered: FxHashMap<String, String>,
    inflicted: FxHashMap<String, String>,
    cardinals: FxHashMap<String, f64>,
    scales: FxHashMap<String, f64>,
    short_scales: FxHashMap<String, f64>,
    vague: FxHashMap<String, f64>,
    few: FxHashMap<String, f64>,
    fractions: FxHashMap<String, f64>,
    signs: FxHashMap<String, String>,
    dollars: FxHashMap<String, String>,
    modifier: Vec<Phrases>,
    trailing: Vec<Phrases>,
    unit: Vec<UnitEntry>,
    nouns: Vec<Nouns>,
}

#[derive(Deserialize)]
struct Phrases {
    bound: Bound,
    #[serde(default)]
    approximate: bool,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct UnitEntry {
    name: String,
    class: Option<String>,
    factor: Option<f64>,
    forms: Vec<String>,
}

#[derive(Deserialize)]
struct Nouns {
    class: String,
    #[serde(default)]
    family: String,
    forms: Vec<String>,
}

pub(crate) const DATA: &str = include_str!("data/units.toml");

impl Units {
    /// Parses the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        toml::from_str::<File>(DATA)
            .expect("a test parses the embedded units")
            .into()
    }

    /// Returns the unit of that name; unknown nouns are a class of their own.
    #[must_use]
    pub fn named(&self, name: &str) -> Unit {
        self.by_name.get(name).cloned().unwrap_or_else(|| Unit {
            name: name.to_owned(),
            class: name.to_owned(),
            factor: 1.0,
            measure: false,
            family: String::new(),
        })
    }
}

impl From<File> for Units {
    fn from(file: File) -> Self {
        let mut units = FxHashMap::default();
        let mut by_name = FxHashMap::default();
        for entry in file.unit {
            let unit = Unit {
                class: entry.class.unwrap_or_else(|| entry.name.clone()),
                factor: entry.factor.unwrap_or(1.0),
                measure: true,
                family: String::new(),
                name: entry.name,
            };
            by_name.insert(unit.name.clone(), unit.clone());
            units.extend(entry.forms.into_iter().map(|form| (form, unit.clone())));
        }
        for entry in file.nouns {
            let forms = entry.forms.clone();
            for form in entry.forms {
                let plural = format!("{form}s");
                let unit = Unit {
                    name: if forms.contains(&plural) {
                        plural
                    } else {
                        form.clone()
                    },
                    class: entry.class.clone(),
                    factor: 1.0,
                    measure: false,
                    family: entry.family.clone(),
                };
                by_name.insert(form.clone(), unit.clone());
                units.insert(form, unit);
            }
        }
        Self {
            definite: file.definite,
            labels: file.labels,
            clock: file.clock,
            year_cues: file.year_cues,
            stops: file.stops,
            passed: file.passed,
            not_plural: file.not_plural,
            plurals: file.plurals,
            rates: file.rates,
            changes: file.changes,
            labelled: file.labelled,
            tolled: file.tolled,
            auxiliaries: file.auxiliaries,
            suffered: file.suffered,
            inflicted: file.inflicted,
            cardinals: file.cardinals,
            scales: file.scales,
            short_scales: file.short_scales,
            vague: file.vague,
            few: file.few,
            fractions: file.fractions,
            signs: file.signs,
            dollars: file.dollars,
            modifiers: modifiers(file.modifier),
            trailing: modifiers(file.trailing),
            units,
            by_name,
        }
    }
}

fn modifiers(groups: Vec<Phrases>) -> FxHashMap<String, Modifier> {
    groups
        .into_iter()
        .flat_map(|group| {
            let modifier = Modifier {
                bound: group.bound,
                approximate: group.approximate,
            };
            group
                .phrases
                .into_iter()
                .map(move |phrase| (phrase, modifier))
        })
        .collect()
}
