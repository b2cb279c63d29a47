//! Analyses and claims as quads.

use oxigraph::model::Quad;

use crate::{
    article::Snapshot,
    claim::{Claim, MentionFacts, Relation},
    mention::Analysis,
};

/// Describes one article: its capture, assertion and provenance graphs, sorted.
///
/// Does not say which claim a mention expresses; that is [`claim`]'s part.
#[must_use]
pub fn analysis(analysis: &Analysis) -> Vec<Quad> {
    let _ = analysis;
    Vec::new()
}

/// Describes one claim with its relations, the mentions that express it and the derived shortcuts.
#[must_use]
pub fn claim(claim: &Claim, mentions: &[&MentionFacts], relations: &[Relation]) -> Vec<Quad> {
    let _ = (claim, mentions, relations);
    Vec::new()
}

/// Expands compact spans to Web Annotation selectors, for export.
#[must_use]
pub fn expand(quads: Vec<Quad>, snapshots: &dyn Fn(&str) -> Option<Snapshot>) -> Vec<Quad> {
    let _ = snapshots;
    quads
}
