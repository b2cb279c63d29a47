//! What was lost on the way from a text to the one that relies on it.
//!
//! Compares what two mentions say of how sure they are and from whom they have it; never whether
//! the claim is true.

use std::collections::BTreeMap;

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::{Evidence, Relation, RelianceGraph, chain, graph::name_of};
use crate::{
    id::{AgentId, ArticleId, MentionId},
    mention::{ArticleRef, Bound, Certainty, Layer, Link, MentionRecord, Quantity, Stance},
    resolve::quantity::{Kinship, kinship},
};

/// What a text has that the one behind it did not, or the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drift {
    /// "May" became "will" or "has".
    MoreCertain,
    /// "Up to 175,000" became "175,000".
    BoundDropped,
    /// "About 50" became "50".
    ApproximationDropped,
    /// "Allegedly", scare quotes or "is said to" are gone.
    DistanceDropped,
    /// A source's words are stated in the outlet's own voice.
    AttributionDropped,
    /// "Putin said" where the other had "Peskov said Putin said".
    HopDropped,
}

impl Drift {
    /// Returns the drift in words.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::MoreCertain => "more certain",
            Self::BoundDropped => "bound dropped",
            Self::ApproximationDropped => "approximation dropped",
            Self::DistanceDropped => "distance dropped",
            Self::AttributionDropped => "attribution dropped",
            Self::HopDropped => "go-between dropped",
        }
    }
}

/// One of two mentions that are compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// The outlet.
    pub outlet: String,
    /// The article.
    pub article: ArticleRef,
    /// The mention.
    pub mention: MentionId,
    /// The names of its chain, outermost first.
    pub chain: Vec<String>,
    /// The words.
    pub evidence: Evidence,
}

/// What was lost between two articles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loss {
    /// Day of the article in which it is missing.
    pub date: Option<Date>,
    /// How the two hang together; `attributes` where both quote one source.
    pub relation: Relation,
    /// The text that had it.
    pub before: Side,
    /// The text in which it is missing.
    pub after: Side,
    /// What was lost.
    pub drifts: Vec<Drift>,
    /// The go-betweens that are missing.
    pub dropped: Vec<String>,
}

/// A headline that goes further than its article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beyond {
    /// The headline.
    pub headline: Side,
    /// The mention in the article that goes furthest.
    pub body: Side,
    /// What the headline leaves out.
    pub drifts: Vec<Drift>,
}

/// More mentions than these in one article are not compared.
const MOST: usize = 12;

/// Compares every article with those it cites or reprints, and with the first that quotes the same
/// source; the article that has lost least against the other's strictest mention counts.
///
/// Linear in the edges, quadratic in the mentions that two articles have of the claim, of which at
/// most a dozen are looked at.
pub(super) fn losses(reliance: &RelianceGraph, carrying: &[&MentionRecord]) -> Vec<Loss> {
    let mut by_article: BTreeMap<&ArticleId, Vec<&MentionRecord>> = BTreeMap::new();
    for record in carrying {
        by_article
            .entry(&record.article.id)
            .or_default()
            .push(record);
    }
    for records in by_article.values_mut() {
        records.sort_by_key(|record| record.mention.content.start);
        records.truncate(MOST);
    }
    let mut found: Vec<Loss> = Vec::new();
    for (after, before, relation) in pairs(reliance, carrying) {
        let (Some(after), Some(before)) = (by_article.get(&after), by_article.get(&before)) else {
            continue;
        };
        found.extend(between(before, after, relation));
    }
    found.sort_by(|a, b| {
        let key = |loss: &Loss| {
            let (after, before) = (&loss.after.mention, &loss.before.mention);
            (
                loss.date.is_none(),
                loss.date,
                after.clone(),
                before.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    found.dedup_by(|a, b| a.after == b.after && a.before == b.before);
    found
}

/// Lists which article has it from which, and how: (after, before, relation).
fn pairs(
    reliance: &RelianceGraph,
    carrying: &[&MentionRecord],
) -> Vec<(ArticleId, ArticleId, Relation)> {
    let graph = &reliance.graph;
    let mut pairs = Vec::new();
    for edge in graph.edge_references() {
        let (from, to) = (&graph[edge.source()], &graph[edge.target()]);
        let Some(after) = from.article() else {
            continue;
        };
        match (edge.weight().relation, to.article()) {
            (Relation::Reprints, Some(before)) => {
                pairs.push((after.clone(), before.clone(), Relation::Reprints));
            }
            (relation @ (Relation::Cites | Relation::Credits), None) => {
                for published in graph.edges(edge.target()) {
                    let held = &graph[published.target()];
                    let earlier = match (held.date, from.date) {
                        (Some(held), Some(from)) => held <= from,
                        _ => true,
                    };
                    if let Some(before) = held.article().filter(|id| *id != after && earlier) {
                        pairs.push((after.clone(), before.clone(), relation));
                    }
                }
            }
            _ => {}
        }
    }
    pairs.extend(same_source(carrying));
    pairs.sort_by(|a, b| {
        (&a.0, &a.1, a.2 == Relation::Attributes).cmp(&(&b.0, &b.1, b.2 == Relation::Attributes))
    });
    pairs.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    pairs
}

/// Pairs every article that quotes a named source with the first dated one that quotes it.
fn same_source(carrying: &[&MentionRecord]) -> Vec<(ArticleId, ArticleId, Relation)> {
    let mut first: BTreeMap<&AgentId, (Date, &ArticleId)> = BTreeMap::new();
    let quoted = |record: &&&MentionRecord| record.mention.chain.len() > 1;
    let source = |record: &MentionRecord| record.mention.chain.len() - 1;
    for record in carrying.iter().filter(quoted) {
        let link = &record.mention.chain[source(record)];
        let Some(date) = record.article.published else {
            continue;
        };
        let this = (date, &record.article.id);
        let held = first.entry(&link.id).or_insert(this);
        *held = this.min(*held);
    }
    (carrying.iter().filter(quoted))
        .filter_map(|record| {
            let (day, before) = first.get(&record.mention.chain[source(record)].id)?;
            let after = &record.article.id;
            let later = record.article.published.is_some_and(|date| date > *day);
            later.then(|| (after.clone(), (*before).clone(), Relation::Attributes))
        })
        .collect()
}

/// Compares the mentions of two articles: for the later one's barest mention the earlier one's that
/// it resembles most.
fn between(
    before: &[&MentionRecord],
    after: &[&MentionRecord],
    relation: Relation,
) -> Option<Loss> {
    let body = |records: &[&'_ MentionRecord]| {
        records
            .iter()
            .any(|one| one.mention.layer != Layer::Headline)
    };
    let fits = |record: &&&MentionRecord, all: &[&MentionRecord]| {
        record.mention.layer != Layer::Headline || !body(all)
    };
    let mut best: Option<Loss> = None;
    for later in after.iter().filter(|record| fits(record, after)) {
        // The least that was lost against any mention of the earlier text.
        let least = (before.iter())
            .filter(|record| fits(record, before))
            .filter(|earlier| relation != Relation::Attributes || same_end(earlier, later))
            .map(|earlier| {
                let (drifts, dropped) = drifts(earlier, later);
                (drifts, dropped, *earlier)
            })
            .min_by_key(|(drifts, dropped, earlier)| {
                (drifts.len(), dropped.len(), earlier.mention.content.start)
            });
        let Some((drifts, dropped, earlier)) = least.filter(|(drifts, ..)| !drifts.is_empty())
        else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|best| best.drifts.len() < drifts.len())
        {
            best = Some(Loss {
                date: later.article.published,
                relation,
                before: side(earlier),
                after: side(later),
                drifts,
                dropped,
            });
        }
    }
    best
}

fn same_end(one: &MentionRecord, other: &MentionRecord) -> bool {
    let end = |record: &MentionRecord| record.mention.chain.last().map(name_of);
    one.mention.chain.len() > 1 && other.mention.chain.len() > 1 && end(one) == end(other)
}

/// Lists what the later mention leaves out, and the go-betweens among it.
fn drifts(before: &MentionRecord, after: &MentionRecord) -> (Vec<Drift>, Vec<String>) {
    let (one, other) = (&before.mention, &after.mention);
    let mut drifts = Vec::new();
    if sureness(one.modality.certainty) < sureness(other.modality.certainty) {
        drifts.push(Drift::MoreCertain);
    }
    let same = |a: &Quantity, b: &Quantity| {
        let near = (a.value - b.value).abs() <= NEAR * a.value.abs().max(b.value.abs());
        near && kinship(&a.unit, &b.unit) != Kinship::None
    };
    let figures = || {
        (one.quantities.iter())
            .flat_map(|a| other.quantities.iter().map(move |b| (a, b)))
            .filter(|(a, b)| same(a, b))
    };
    let bounded = |quantity: &Quantity| matches!(quantity.bound, Bound::Min | Bound::Max);
    if figures().any(|(a, b)| bounded(a) && b.bound == Bound::Exact && !b.approximate) {
        drifts.push(Drift::BoundDropped);
    }
    if figures().any(|(a, b)| a.approximate && !b.approximate && b.bound == Bound::Exact) {
        drifts.push(Drift::ApproximationDropped);
    }
    if one.stance == Stance::Hedges && other.stance != Stance::Hedges {
        drifts.push(Drift::DistanceDropped);
    }
    if one.chain.len() > 1 && other.chain.len() == 1 {
        drifts.push(Drift::AttributionDropped);
    }
    let dropped = dropped(&one.chain, &other.chain);
    if !dropped.is_empty() {
        drifts.push(Drift::HopDropped);
    }
    (drifts, dropped)
}

/// Figures this near to one another are the same.
const NEAR: f64 = 0.02;

fn sureness(certainty: Certainty) -> usize {
    match certainty {
        Certainty::Possible => 0,
        Certainty::Probable => 1,
        // Nothing is lost against what cannot be told.
        Certainty::Certain | Certainty::Underspecified => 2,
    }
}

/// Names the go-betweens of one chain that the other leaves out, where both end in one source and
/// the other's are among the first one's.
fn dropped(before: &[Link], after: &[Link]) -> Vec<String> {
    let (Some(outlet), Some(end)) = (before.first(), before.last()) else {
        return Vec::new();
    };
    let same_end = after
        .last()
        .is_some_and(|last| name_of(last) == name_of(end));
    if before.len() < 3 || after.len() < 2 || !same_end {
        return Vec::new();
    }
    // The outlet that is cited stands between the later article and what it had.
    let between: Vec<String> = after[1..].iter().map(name_of).collect();
    let mut left = between.iter().filter(|name| **name != name_of(outlet));
    let mut missing = Vec::new();
    let mut next = left.next();
    for link in &before[1..] {
        if next.is_some_and(|name| *name == name_of(link)) {
            next = left.next();
        } else {
            missing.push(link.source.clone());
        }
    }
    if next.is_some() { Vec::new() } else { missing }
}

/// Finds the headlines that go further than everything else in their article: each against the
/// mention of the article that it leaves least out of.
pub(super) fn beyond(carrying: &[&MentionRecord]) -> Vec<Beyond> {
    let mut by_article: BTreeMap<&ArticleId, [Vec<&MentionRecord>; 2]> = BTreeMap::new();
    for record in carrying {
        let place = usize::from(record.mention.layer != Layer::Headline);
        by_article.entry(&record.article.id).or_default()[place].push(record);
    }
    let mut found = Vec::new();
    for [headlines, body] in by_article.into_values() {
        for headline in headlines.into_iter().take(MOST) {
            let least = (body.iter().take(MOST))
                .map(|body| (drifts(body, headline).0, *body))
                .min_by_key(|(drifts, body)| (drifts.len(), body.mention.content.start));
            // A headline is short: whom the article names between is no loss there.
            let Some((mut drifts, body)) = least else {
                continue;
            };
            drifts.retain(|drift| *drift != Drift::HopDropped);
            if !drifts.is_empty() {
                found.push(Beyond {
                    headline: side(headline),
                    body: side(body),
                    drifts,
                });
            }
        }
    }
    found
}

pub(super) fn side(record: &MentionRecord) -> Side {
    let mention = &record.mention;
    let content = &mention.content;
    Side {
        outlet: chain::outlet(record),
        article: ArticleRef::from(&record.article),
        mention: mention.id.clone(),
        chain: mention
            .chain
            .iter()
            .map(|link| link.source.clone())
            .collect(),
        evidence: Evidence {
            snapshot: record.article.snapshot.clone(),
            start: content.start,
            end: content.end,
            quote: content.text.clone(),
        },
    }
}
