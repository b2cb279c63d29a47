//! Step 10: who repeats, disputes and sources a claim.
//!
//! Reads the graph and counts; it never decides which mentions belong to a claim or how claims
//! stand to each other.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    claim::{Match, RelationKind},
    id::{AgentId, ClaimId, EventId, SnapshotId},
    lexicon::Lexicon,
    mention::{AgentKind, ArticleRef, Denies, Link, Quantity, Stance},
    reliance::{Reliance, Without},
    store::Graph,
};

mod affiliations;
pub mod ask;
mod assemble;
mod copies;
mod find;
mod gather;
mod lineage;
pub mod occasion;
mod reprint;
mod revision;
mod sources;

pub use assemble::{Facts, Opposition, assemble, material};
pub use find::{MATCHES, NEARLY, find};
pub use lineage::{Change, Figure, Lineage, Relative};
pub use reprint::{Copy, Sharing, copies};
pub use revision::{
    Capture, Changed, Edit, EditKind, History, Revision, Said, SilentEdit, histories,
};

pub use crate::reliance::Evidence;

/// What CLAIM on the command line led to.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// One claim fits; `matched` is 1 for an IRI or id.
    Claim {
        /// The claim.
        id: ClaimId,
        /// How well it fits, from 0 to 1.
        matched: f64,
        /// Other claims that fit nearly as well, best first.
        others: Vec<Match>,
    },
    /// No claim fits; the nearest with their scores, best first.
    Nearest(Vec<Match>),
}

/// The answer of `trace`; serialises to the contract's JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// What was asked.
    pub query: String,
    /// The claim.
    pub claim: TracedClaim,
    /// The counts.
    pub summary: Summary,
    /// Who carries it.
    pub repeats: Vec<Carriage>,
    /// Who denies it or carries a denial.
    pub disputes: Vec<Carriage>,
    /// From whom it came.
    pub sources: Vec<Source>,
    /// Claims that stand near.
    pub related: Vec<Related>,
    /// When it appeared where, by date, unknown last.
    pub timeline: Vec<Appearance>,
    /// The chains, outermost first, ending in the claim.
    pub paths: Vec<Vec<Step>>,
    /// How its figures changed from article to article, its variants among them.
    pub lineage: Vec<Lineage>,
    /// Which of the articles are copies of one another, or of one that does not carry it.
    pub copies: Vec<Copy>,
    /// Who relies on whom for it, and what follows from that.
    pub reliance: Reliance,
    /// What is left of it when one source does not count; only where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Without>,
}

/// A claim in an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TracedClaim {
    /// Its id.
    pub id: ClaimId,
    /// Its label.
    pub label: String,
    /// Its fullest wording.
    pub text: String,
    /// Other wordings, most frequent first.
    pub variants: Vec<String>,
    /// Its quantities.
    pub quantities: Vec<Quantity>,
    /// How well it fits what was asked.
    pub matched: f64,
}

/// The counts of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Outlets that carry it.
    pub outlets: usize,
    /// Articles that carry it.
    pub articles: usize,
    /// Texts, after joining reprints.
    pub texts: usize,
    /// Independent routes.
    pub routes: usize,
    /// Independent origins.
    pub origins: usize,
    /// The one source everything comes from, if there is one.
    pub single_source: Option<SingleSource>,
    /// Earliest known date of publication.
    pub first_seen: Option<jiff::civil::Date>,
}

/// The only origin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SingleSource {
    /// Its name.
    pub source: String,
    /// Its id.
    pub id: AgentId,
}

/// Whose voice a mention is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The outlet's own.
    Own,
    /// A source's.
    Attributed,
}

/// One mention in an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Carriage {
    /// The outlet, "unknown" when the article names none.
    pub outlet: String,
    /// The article.
    pub article: ArticleRef,
    /// What the outlet does with the claim the mention expresses.
    pub stance: Stance,
    /// In whose voice.
    pub voice: Voice,
    /// The chain, outermost first.
    pub chain: Vec<Link>,
    /// The words.
    pub evidence: Evidence,
    /// The denial; only under `disputes`.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub denial: Option<Denial>,
}

/// Who denies what, in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// Who denies: the source nearest to the claim, or the outlet in its own voice.
    pub by: String,
    /// What is denied.
    pub denies: Denies,
    /// The claim that is denied or stated instead, when it is not the one asked for.
    pub through: Option<TracedRef>,
}

/// A claim by id and label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TracedRef {
    /// Its id.
    pub id: ClaimId,
    /// Its label.
    pub label: String,
}

/// Where a source stands in the chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// At the far end of a chain.
    Origin,
    /// Between the outlet and the far end: cited for it, but itself passing it on.
    Relay,
    /// Credited for the text that others reprint.
    Reprinted,
}

/// From whom a claim came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// The name.
    pub source: String,
    /// What kind of thing it is.
    pub kind: AgentKind,
    /// Its id.
    pub id: AgentId,
    /// Where in the chains it stands.
    pub role: Role,
    /// Outlets that have it from this source.
    pub outlets: Vec<String>,
    /// Other sources of the answer whose name may be another spelling of this one's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub may_be: Vec<Namesake>,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// A source that may be the same person under another spelling; the two are kept apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Namesake {
    /// The name.
    pub source: String,
    /// Its id.
    pub id: AgentId,
    /// How likely the two are one, from 0 to 1.
    pub score: f64,
}

/// A claim that stands near.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// The claim.
    pub claim: TracedRef,
    /// How it stands to the one asked for.
    pub relation: RelationKind,
    /// Why.
    pub why: String,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Appearance {
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// The outlet.
    pub outlet: String,
    /// The article's id.
    pub article: String,
    /// What the outlet does with the claim.
    pub stance: Stance,
}

/// One node of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// "outlet", "person", …, "claim".
    pub kind: String,
    /// What it is called.
    pub label: String,
}

/// Which mentions of a claim count, and how.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Only mentions about one of these events or uttered during one.
    pub events: Option<Vec<EventId>>,
    /// Only articles published by this day; those without a day are left out.
    pub as_of: Option<jiff::civil::Date>,
    /// Only these captures.
    pub known: Option<BTreeSet<SnapshotId>>,
    /// Days within which a denial is expected; a week where it is not said.
    pub days: Option<u16>,
}

/// Reads what an answer for one claim is made of.
#[must_use]
pub fn facts(
    graph: &Graph,
    id: &ClaimId,
    query: &str,
    matched: f64,
    scope: &Scope,
    lexicon: &Lexicon,
) -> Facts {
    gather::facts(graph, id, query, matched, scope, lexicon)
}

/// Answers for one claim, from the mentions alone that are about one of these events or were
/// uttered during one.
#[must_use]
pub fn trace_at(
    graph: &Graph,
    id: &ClaimId,
    query: &str,
    matched: f64,
    events: &[EventId],
    lexicon: &Lexicon,
) -> Trace {
    let scope = Scope {
        events: Some(events.to_vec()),
        ..Scope::default()
    };
    assemble(&facts(graph, id, query, matched, &scope, lexicon))
}

/// Answers for one claim.
#[must_use]
pub fn trace(graph: &Graph, id: &ClaimId, query: &str, matched: f64, lexicon: &Lexicon) -> Trace {
    assemble(&facts(
        graph,
        id,
        query,
        matched,
        &Scope::default(),
        lexicon,
    ))
}

#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod tests;
