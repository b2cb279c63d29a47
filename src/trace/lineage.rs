//! How the figures of a claim and its variants changed from article to article.
//!
//! Pure. Articles without a date come last; nothing is said of when they appeared.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{Evidence, TracedRef, assemble};
use crate::{
    id::{ArticleId, MentionId},
    mention::{ArticleRef, Bound, Certainty, MentionRecord, Quantity, Stance, Tense},
    resolve::quantity::{Kinship, factor, kinship},
};

/// A claim of the family with its mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// The claim.
    pub claim: TracedRef,
    /// Its mentions.
    pub records: Vec<MentionRecord>,
}

/// The figures of one unit, in time order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lineage {
    /// The unit most figures have.
    pub unit: String,
    /// The figures.
    pub steps: Vec<Figure>,
}

/// One figure of a lineage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The figure as the text has it.
    pub quantity: Quantity,
    /// Day of publication.
    pub date: Option<Date>,
    /// The outlet, "unknown" when the article names none.
    pub outlet: String,
    /// The article.
    pub article: ArticleRef,
    /// The claim it was mentioned in: the one asked for, or a variant.
    pub claim: TracedRef,
    /// What the outlet does with that claim.
    pub stance: Stance,
    /// The words of the figure, with their place.
    pub evidence: Evidence,
    /// Number of the earlier step it is compared with, from 0: the last with nearly the same
    /// figure, else the one before; absent for the first.
    pub after: Option<usize>,
    /// What is different from that step; empty when it is repeated as it was.
    pub changes: Vec<Change>,
}

/// What can change about a figure between two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The figure is higher.
    Raised,
    /// The figure is lower.
    Lowered,
    /// "47" became "nearly 50" or "dozens".
    Rounded,
    /// "Dozens" became "47".
    MorePrecise,
    /// "About 50" became "50".
    HedgeDropped,
    /// "50" became "about 50".
    HedgeAdded,
    /// "Up to 175,000" became "175,000".
    BoundBecameExact,
    /// "175,000" became "up to 175,000".
    ExactBecameBound,
    /// "More than 40" became "up to 40".
    BoundTurned,
    /// It counts or measures something else of the same family ("people", "dead").
    UnitShift,
    /// It is said of another group ("Norland troops", "Estavian troops").
    ScopeShift,
    /// What lay ahead is told as done.
    FutureBecameDone,
    /// What was told as done lies ahead.
    DoneBecameFuture,
    /// "May" became "will" or "has".
    MoreCertain,
    /// "Will" or "has" became "may".
    LessCertain,
    /// A source's figure is stated in the outlet's own voice.
    AttributionDropped,
    /// The outlet's own figure is laid in a source's mouth.
    AttributionAdded,
}

impl Change {
    /// Returns the change in words.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Rounded => "rounded",
            Self::MorePrecise => "more precise",
            Self::HedgeDropped => "hedge dropped",
            Self::HedgeAdded => "hedge added",
            Self::BoundBecameExact => "bound became exact",
            Self::ExactBecameBound => "exact became a bound",
            Self::BoundTurned => "bound turned",
            Self::UnitShift => "another unit",
            Self::ScopeShift => "another scope",
            Self::FutureBecameDone => "future told as done",
            Self::DoneBecameFuture => "done told as future",
            Self::MoreCertain => "more certain",
            Self::LessCertain => "less certain",
            Self::AttributionDropped => "attribution dropped",
            Self::AttributionAdded => "attribution added",
        }
    }
}

/// Figures are nearly the same when they differ by at most this share of the greater.
const NEAR: f64 = 0.1;
/// A figure this much above a least value ("more than 40", 47) makes it more precise.
const ABOVE: f64 = 0.25;
/// A figure up to so many times a vague one ("dozens") makes it more precise.
const VAGUE: f64 = 10.0;

/// A figure with the mention it stands in.
#[derive(Clone, Copy)]
struct Sighting<'a> {
    quantity: &'a Quantity,
    record: &'a MentionRecord,
    claim: &'a TracedRef,
    /// The figure in the common unit of its class.
    value: f64,
}

/// Lists the figures of a claim and its relatives: one lineage for each unit that the claim has,
/// those with most figures first.
#[must_use]
pub(super) fn lineages(
    claim: &TracedRef,
    records: &[MentionRecord],
    family: &[Relative],
) -> Vec<Lineage> {
    let mut sightings: Vec<Sighting<'_>> = (records.iter().map(|record| (claim, record)))
        .chain((family.iter()).flat_map(|other| {
            other
                .records
                .iter()
                .map(move |record| (&other.claim, record))
        }))
        .flat_map(|(claim, record)| {
            let quantities = record.mention.quantities.iter();
            quantities.map(move |quantity| Sighting {
                quantity,
                record,
                claim,
                value: quantity.max.unwrap_or(quantity.value) * factor(&quantity.unit),
            })
        })
        .collect();
    sightings.sort_by_key(|sighting| sighting.order());
    let mut seen = BTreeSet::new();
    sightings.retain(|sighting| seen.insert(sighting.place()));
    let mut units: Vec<&str> = Vec::new();
    for sighting in sightings.iter().filter(|one| one.claim.id == claim.id) {
        let unit = sighting.quantity.unit.as_str();
        if (units.iter()).all(|held| kinship(held, unit) == Kinship::None) {
            units.push(unit);
        }
    }
    // A figure that names no unit belongs to the only one there is.
    let named: Vec<&str> = units
        .iter()
        .copied()
        .filter(|unit| !unit.is_empty())
        .collect();
    let groups = if let [_] = named[..] { &named } else { &units };
    let mut found: Vec<Lineage> = groups
        .iter()
        .map(|unit| lineage(unit, named.len() == 1, &sightings))
        .collect();
    found.sort_by(|a, b| (b.steps.len(), &a.unit).cmp(&(a.steps.len(), &b.unit)));
    found
}

fn lineage(unit: &str, only: bool, sightings: &[Sighting<'_>]) -> Lineage {
    let own: Vec<Sighting<'_>> = (sightings.iter())
        .filter(|sighting| kinship(&sighting.quantity.unit, unit) != Kinship::None)
        .copied()
        .collect();
    let held: BTreeSet<&MentionId> = own.iter().map(|one| &one.record.mention.id).collect();
    let bare = |sighting: &Sighting<'_>| {
        let fits = |other: &Sighting<'_>| {
            sighting.value <= VAGUE * other.value && other.value <= VAGUE * sighting.value
        };
        only && sighting.quantity.unit.is_empty()
            && !held.contains(&sighting.record.mention.id)
            && own.iter().any(fits)
    };
    let mut told: Vec<Sighting<'_>> = Vec::new();
    let mut steps: Vec<Figure> = Vec::new();
    let mut by_article: BTreeMap<&ArticleId, Vec<usize>> = BTreeMap::new();
    for sighting in sightings {
        if kinship(&sighting.quantity.unit, unit) == Kinship::None && !bare(sighting) {
            continue;
        }
        let here = by_article.entry(&sighting.record.article.id).or_default();
        let repeated = here.iter().any(|at| {
            told[*at].claim.id == sighting.claim.id && changes(&told[*at], sighting).is_empty()
        });
        if repeated {
            continue;
        }
        here.push(told.len());
        let before = predecessor(&told, sighting);
        let changes = before.map_or_else(Vec::new, |at| changes(&told[at], sighting));
        steps.push(sighting.figure(before, changes));
        told.push(*sighting);
    }
    Lineage {
        unit: most_frequent(&own).unwrap_or(unit).to_owned(),
        steps,
    }
}

fn most_frequent<'a>(sightings: &[Sighting<'a>]) -> Option<&'a str> {
    let count = |unit: &str| {
        let same = sightings.iter().filter(|other| other.quantity.unit == unit);
        same.count()
    };
    let units = sightings
        .iter()
        .map(|sighting| sighting.quantity.unit.as_str());
    units.max_by(|a, b| (count(a), b).cmp(&(count(b), a)))
}

/// The last earlier step with nearly the same figure, else the one before.
fn predecessor(told: &[Sighting<'_>], sighting: &Sighting<'_>) -> Option<usize> {
    let near = |other: &Sighting<'_>| {
        let (a, b) = (other.value, sighting.value);
        (a - b).abs() <= NEAR * a.abs().max(b.abs())
    };
    told.iter()
        .rposition(near)
        .or_else(|| told.len().checked_sub(1))
}

impl Sighting<'_> {
    /// By date (unknown last), outlet, article and place.
    fn order(&self) -> ((bool, Option<Date>), String, String, usize) {
        let article = &self.record.article;
        (
            (article.published.is_none(), article.published),
            assemble::outlet(self.record),
            article.path.clone(),
            self.quantity.start,
        )
    }

    /// The same words are one figure, whatever mentions hold them.
    fn place(&self) -> (String, usize, usize) {
        let snapshot = self.record.article.snapshot.as_str().to_owned();
        (snapshot, self.quantity.start, self.quantity.end)
    }

    fn figure(&self, after: Option<usize>, changes: Vec<Change>) -> Figure {
        let quantity = self.quantity;
        Figure {
            quantity: quantity.clone(),
            date: self.record.article.published,
            outlet: assemble::outlet(self.record),
            article: ArticleRef::from(&self.record.article),
            claim: self.claim.clone(),
            stance: self.record.mention.stance,
            evidence: Evidence {
                snapshot: self.record.article.snapshot.clone(),
                start: quantity.start,
                end: quantity.end,
                quote: quantity.text.clone(),
            },
            after,
            changes,
        }
    }
}

/// Says what is different in `new`.
fn changes(old: &Sighting<'_>, new: &Sighting<'_>) -> Vec<Change> {
    let (a, b) = (old.quantity, new.quantity);
    let mut found: Vec<Change> = figure_change(old, new).into_iter().collect();
    found.extend(match (a.approximate, b.approximate) {
        (true, false) => Some(Change::HedgeDropped),
        (false, true) => Some(Change::HedgeAdded),
        _ => None,
    });
    found.extend(match (a.bound, b.bound) {
        (Bound::Exact, Bound::Exact) => None,
        (_, Bound::Exact) => Some(Change::BoundBecameExact),
        (Bound::Exact, _) => Some(Change::ExactBecameBound),
        (a, b) => (a != b).then_some(Change::BoundTurned),
    });
    if kinship(&a.unit, &b.unit) == Kinship::Family {
        found.push(Change::UnitShift);
    }
    let (scope_a, scope_b) = (scope(a), scope(b));
    if !scope_a.is_empty() && !scope_b.is_empty() && scope_a != scope_b {
        found.push(Change::ScopeShift);
    }
    found.extend(wording_changes(old.record, new.record));
    found
}

fn figure_change(old: &Sighting<'_>, new: &Sighting<'_>) -> Option<Change> {
    let (a, b) = (old.value, new.value);
    if (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) {
        return None;
    }
    let near = (a - b).abs() <= NEAR * a.abs().max(b.abs());
    let coarser = |rough: &Sighting<'_>, fine: &Sighting<'_>| {
        let (low, value) = (rough.value, fine.value);
        let least = rough.quantity.bound == Bound::Min && low <= value;
        let vague = least && rough.quantity.approximate && value <= VAGUE * low;
        let above = least && value <= low * (1.0 + ABOVE) && fine.quantity.bound == Bound::Exact;
        let digits = n_digits(rough.quantity.value) < n_digits(fine.quantity.value);
        vague && !fine.quantity.approximate || digits && (near || above)
    };
    Some(if coarser(new, old) {
        Change::Rounded
    } else if coarser(old, new) {
        Change::MorePrecise
    } else if b > a {
        Change::Raised
    } else {
        Change::Lowered
    })
}

/// Digits before the zeros at the end.
fn n_digits(value: f64) -> usize {
    let text = value.abs().to_string();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Names between figure and unit ("Norland" in "300 Norland troops"), in lower case.
fn scope(quantity: &Quantity) -> BTreeSet<String> {
    (quantity.text.split_whitespace().skip(1))
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .filter(|word| !quantity.unit.eq_ignore_ascii_case(word))
        .map(str::to_lowercase)
        .collect()
}

fn wording_changes(old: &MentionRecord, new: &MentionRecord) -> Vec<Change> {
    let (a, b) = (old.mention.modality, new.mention.modality);
    let sure = |certainty: Certainty| match certainty {
        Certainty::Certain => Some(2),
        Certainty::Probable => Some(1),
        Certainty::Possible => Some(0),
        Certainty::Underspecified => None,
    };
    let tense = match (a.tense, b.tense) {
        (Tense::Future, Tense::NonFuture) => Some(Change::FutureBecameDone),
        (Tense::NonFuture, Tense::Future) => Some(Change::DoneBecameFuture),
        _ => None,
    };
    let certainty = match (sure(a.certainty), sure(b.certainty)) {
        (Some(a), Some(b)) if a < b => Some(Change::MoreCertain),
        (Some(a), Some(b)) if a > b => Some(Change::LessCertain),
        _ => None,
    };
    let voice = match (old.mention.chain.len() > 1, new.mention.chain.len() > 1) {
        (true, false) => Some(Change::AttributionDropped),
        (false, true) => Some(Change::AttributionAdded),
        _ => None,
    };
    [tense, certainty, voice].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
