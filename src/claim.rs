//! Step 6: mentions of one proposition are joined across articles.
//!
//! Decisions about a pair of mentions depend on the pair alone, and a claim is a connected
//! component of matching mentions: the result does not depend on the order of ingestion, and
//! adding articles only ever merges claims. The id of a claim is the least proposition id of its
//! mentions; every other proposition id of the component forwards to it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    id::{AgentId, ArticleId, ClaimId, MentionId, SnapshotId},
    mention::{Analysis, Denies, Layer, Quantity, Stance},
};

mod boost;
mod candidates;
mod decision;
mod feature;
mod image;
mod index;
mod label;
mod matter;
mod pair;
mod proposition;
mod relation;
mod rows;
mod search;
pub(crate) mod similarity;
mod vector;
mod wording;

pub mod copy;
pub mod headline;
pub mod locate;
pub mod paraphrase;
pub mod retrieve;
pub mod signature;
pub mod train;

pub use decision::Decider;
pub use image::Bytes;
pub use index::{AllRelations, ClaimIndex, References};
pub(crate) use relation::entailed_by;
pub use search::{FLOOR, GOOD};

/// What claim identity needs to know of a mention. All of it can be read back from the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentionFacts {
    /// The mention.
    pub id: MentionId,
    /// Its article.
    pub article: ArticleId,
    /// Its snapshot.
    pub snapshot: SnapshotId,
    /// The content's words.
    pub text: String,
    /// The proposition's normal form.
    pub signature: String,
    /// The part of the article.
    pub layer: Layer,
    /// What the outlet does with it.
    pub stance: Stance,
    /// What is denied.
    pub denies: Option<Denies>,
    /// Its quantities.
    pub quantities: Vec<Quantity>,
    /// Number of links of its chain, the outlet included.
    pub chain_length: usize,
    /// The source at the far end of its chain.
    pub ultimate_source: AgentId,
}

/// How one claim stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RelationKind {
    /// The same matter with another number, scope or wording that changes what is claimed.
    #[serde(rename = "variantOf")]
    VariantOf,
    /// Both cannot be true.
    #[serde(rename = "contradicts")]
    Contradicts,
    /// If this is true, so is the other.
    #[serde(rename = "entails")]
    Entails,
    /// If the other is true, so is this.
    #[serde(rename = "entailedBy")]
    EntailedBy,
}

impl RelationKind {
    /// Returns the same relation seen from the other claim.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Entails => Self::EntailedBy,
            Self::EntailedBy => Self::Entails,
            Self::VariantOf | Self::Contradicts => self,
        }
    }
}

/// A relation of one claim to another, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The other claim.
    pub to: ClaimId,
    /// Which relation.
    pub kind: RelationKind,
    /// The reason in words ("more than 100,000 troops / up to 175,000 troops").
    pub why: String,
    /// From 0 to 1.
    pub score: f64,
}

/// The proposition that one or more mentions express.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The claim's id.
    pub id: ClaimId,
    /// A short readable wording.
    pub label: String,
    /// The fullest wording.
    pub text: String,
    /// The quantities its mentions share.
    pub quantities: Vec<Quantity>,
    /// Its mentions, sorted.
    pub mentions: Vec<MentionId>,
    /// Ids that forward to this claim, sorted.
    pub forwards: Vec<ClaimId>,
}

/// A claim found for some words, with a score from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// The claim.
    pub claim: ClaimId,
    /// How well it fits.
    pub score: f64,
}

/// Which claims an insertion touched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Claims that are new or changed.
    pub changed: BTreeSet<ClaimId>,
    /// Ids that were claims and now forward to another.
    pub merged: BTreeSet<ClaimId>,
    /// Other claims whose relations to these are new or changed.
    pub related: BTreeSet<ClaimId>,
}

/// Returns the facts of all mentions of an analysis.
#[must_use]
pub fn facts(analysis: &Analysis) -> Vec<MentionFacts> {
    (analysis.mentions.iter())
        .filter_map(|mention| {
            Some(MentionFacts {
                id: mention.id.clone(),
                article: analysis.article.id.clone(),
                snapshot: analysis.article.snapshot.clone(),
                text: mention.content.text.clone(),
                signature: mention.signature.clone(),
                layer: mention.layer,
                stance: mention.stance,
                denies: mention.denies,
                quantities: mention.quantities.clone(),
                chain_length: mention.chain.len(),
                ultimate_source: mention.last_link()?.id.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
