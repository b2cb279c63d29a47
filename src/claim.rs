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
    lexicon::Lexicon,
    mention::{Analysis, Denies, Layer, Quantity, Stance},
};

pub mod signature;

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

/// Returns the facts of all mentions of an analysis.
#[must_use]
pub fn facts(analysis: &Analysis) -> Vec<MentionFacts> {
    let _ = analysis;
    Vec::new()
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
}

/// All claims of a graph, with an inverted index that keeps the cost of a new mention flat.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ClaimIndex {
    mentions: Vec<MentionFacts>,
}

impl ClaimIndex {
    /// Adds mentions and joins them to claims; mentions already held are passed over.
    pub fn insert(&mut self, mentions: Vec<MentionFacts>, lexicon: &Lexicon) -> Touched {
        let _ = lexicon;
        self.mentions.extend(mentions);
        Touched::default()
    }

    /// Returns the facts of a mention.
    #[must_use]
    pub fn mention(&self, id: &MentionId) -> Option<&MentionFacts> {
        self.mentions.iter().find(|facts| facts.id == *id)
    }

    /// Returns a claim by its id or by an id that forwards to it.
    #[must_use]
    pub fn claim(&self, id: &ClaimId) -> Option<Claim> {
        let _ = id;
        None
    }

    /// Returns the claim a mention expresses.
    #[must_use]
    pub fn claim_of(&self, mention: &MentionId) -> Option<ClaimId> {
        let _ = mention;
        None
    }

    /// Returns the ids of all claims, sorted.
    #[must_use]
    pub fn ids(&self) -> Vec<ClaimId> {
        Vec::new()
    }

    /// Returns how a claim stands to others, best first.
    #[must_use]
    pub fn relations(&self, id: &ClaimId, lexicon: &Lexicon) -> Vec<Relation> {
        let _ = (id, lexicon);
        Vec::new()
    }

    /// Finds claims by any wording, best first; unrelated words find nothing.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize, lexicon: &Lexicon) -> Vec<Match> {
        let _ = (text, limit, lexicon);
        Vec::new()
    }
}
