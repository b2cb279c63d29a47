//! Quads back to the records they were made from.

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use serde::{Deserialize, Serialize};

use crate::{
    claim::MentionFacts,
    id::{ArticleId, ClaimId, MentionId},
    mention::{Article, Event, Mention},
};

/// Anything that quads can be looked up in.
pub trait QuadSource {
    /// Returns the quads that match, in all named graphs and the default graph.
    fn matching(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Vec<Quad>;
}

/// A claim as a mention names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRef {
    /// The claim's id.
    pub id: ClaimId,
    /// Its label.
    pub label: String,
}

/// A mention with the article and claim it belongs to: one line of `mentions --format jsonl`.
#[derive(Debug, Clone, PartialEq)]
pub struct MentionRecord {
    /// The mention.
    pub mention: Mention,
    /// Its article.
    pub article: Article,
    /// Its claim.
    pub claim: Option<ClaimRef>,
}

/// Reads one mention; `None` when the graph does not hold it.
#[must_use]
pub fn mention(source: &dyn QuadSource, id: &MentionId) -> Option<MentionRecord> {
    let _ = (source, id);
    None
}

/// Reads the ids of all mentions, or those of one article, in the order of article and text.
#[must_use]
pub fn mention_ids(source: &dyn QuadSource, article: Option<&ArticleId>) -> Vec<MentionId> {
    let _ = (source, article);
    Vec::new()
}

/// Reads all articles, sorted by date (unknown last), outlet and id.
#[must_use]
pub fn articles(source: &dyn QuadSource) -> Vec<Article> {
    let _ = source;
    Vec::new()
}

/// Reads an event.
#[must_use]
pub fn event(source: &dyn QuadSource, id: &crate::id::EventId) -> Option<Event> {
    let _ = (source, id);
    None
}

/// Reads the facts that claim identity needs from the quads of one article.
#[must_use]
pub fn facts(source: &dyn QuadSource) -> Vec<MentionFacts> {
    let _ = source;
    Vec::new()
}
