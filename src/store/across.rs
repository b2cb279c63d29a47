//! What follows from all articles together: today the claims.
//!
//! A pure function of the set of assertion graphs, kept beside the index so that one more article
//! costs only what it touches. Whatever else is found across articles belongs here as a field.

use oxigraph::model::Quad;
use serde::{Deserialize, Serialize};

use crate::{
    claim::{ClaimIndex, MentionFacts, Touched},
    id::ClaimId,
    lexicon::Lexicon,
    rdf::describe,
};

/// What follows from all articles together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Across {
    /// The claims.
    pub(super) claims: ClaimIndex,
}

/// A quad that holds no longer, or holds now.
pub(super) enum Change {
    Gone(Quad),
    Come(Quad),
}

impl Across {
    /// Takes in the mentions of more articles and reports what changes: first all that goes, then
    /// all that comes; a quad may do both.
    pub(super) fn insert<E>(
        &mut self,
        facts: Vec<MentionFacts>,
        lexicon: &Lexicon,
        mut report: impl FnMut(Change) -> Result<(), E>,
    ) -> Result<(), E> {
        let before = self.claims.clone();
        let Touched {
            changed,
            merged,
            related,
        } = self.claims.insert(facts, lexicon);
        let touched = || changed.iter().chain(&merged).chain(&related);
        for quad in touched().flat_map(|id| described(&before, id, lexicon)) {
            report(Change::Gone(quad))?;
        }
        for quad in touched().flat_map(|id| described(&self.claims, id, lexicon)) {
            report(Change::Come(quad))?;
        }
        Ok(())
    }
}

fn described(claims: &ClaimIndex, id: &ClaimId, lexicon: &Lexicon) -> Vec<Quad> {
    let Some(claim) = claims.claim(id).filter(|claim| claim.id == *id) else {
        return Vec::new();
    };
    let mentions: Vec<&MentionFacts> = claim
        .mentions
        .iter()
        .filter_map(|mention| claims.mention(mention))
        .collect();
    describe::claim(&claim, &mentions, &claims.relations(id, lexicon))
}
