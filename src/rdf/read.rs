//! Quads back to the records they were made from.
//!
//! The data is not trusted: what is missing or malformed is left out, never guessed. Reading a
//! mention costs a few look-ups by subject, whatever the size of the graph.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

use super::{
    iri,
    vocab::{cg, rdf, schema},
};
use crate::{
    claim::Relation,
    id::{AgentId, ArticleId, ClaimId, EventId, MentionId, SnapshotId},
    mention::{Agent, Analysis, Article, ClaimRef, Event, MentionRecord},
};

mod agent;
mod article;
mod mention;
mod node;
mod party;
mod relation;
mod reprint;

pub use node::Quads;
pub use party::{about, mentions_through, name, name_of_event, represents, titles};

use node::{Node, subjects};

/// Anything that quads can be looked up in.
pub trait QuadSource {
    /// Returns the quads that match, in all named graphs and the default graph.
    fn matching(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Vec<Quad>;

    /// Returns the quads of one graph with this subject. A name that stands in thousands of graphs
    /// makes this worth its own way.
    fn in_graph(&self, subject: &NamedOrBlankNode, graph: &GraphName) -> Vec<Quad> {
        let mut quads = self.matching(Some(subject), None, None);
        quads.retain(|quad| quad.graph_name == *graph);
        quads
    }
}

/// Reads one mention; `None` when the graph does not hold it.
#[must_use]
pub fn mention(source: &dyn QuadSource, id: &MentionId) -> Option<MentionRecord> {
    let all = Node::of(source, iri::node(id.iri()));
    let (mention, snapshot) = mention::read(source, &all, id)?;
    let claim = all
        .iri(cg::EXPRESSES)
        .and_then(ClaimId::from_iri)
        .map(|id| ClaimRef {
            label: Node::of(source, iri::node(id.iri()))
                .text(schema::NAME)
                .unwrap_or_default(),
            id,
        });
    Some(MentionRecord {
        mention,
        article: article::read(source, &snapshot)?.article,
        claim,
    })
}

/// Reads how a claim stands to others, best first.
#[must_use]
pub fn relations(source: &dyn QuadSource, claim: &ClaimId) -> Vec<Relation> {
    relation::read(source, claim)
}

/// Reads the ids of all mentions, or those of one article, in the order of article and text.
#[must_use]
pub fn mention_ids(source: &dyn QuadSource, article: Option<&ArticleId>) -> Vec<MentionId> {
    let snapshots: Vec<SnapshotId> = match article {
        Some(id) => article::snapshots_of(source, id),
        None => articles(source)
            .into_iter()
            .map(|article| article.snapshot)
            .collect(),
    };
    snapshots
        .iter()
        .flat_map(|snapshot| mentions_in(source, snapshot))
        .collect()
}

/// Reads the ids of a snapshot's mentions, in the order of the text.
fn mentions_in(source: &dyn QuadSource, snapshot: &SnapshotId) -> Vec<MentionId> {
    let found = subjects(source, cg::IN_SNAPSHOT, &iri::node(snapshot.iri()));
    let mut ids: Vec<_> = found
        .iter()
        .filter_map(|iri| {
            let id = MentionId::from_iri(iri)?;
            Some((iri::mention_span(&id)?, id))
        })
        .collect();
    ids.sort();
    ids.into_iter().map(|(_, id)| id).collect()
}

/// Reads all articles, sorted by date (unknown last), outlet and id.
///
/// An article of which several captures are held appears once for each.
#[must_use]
pub fn articles(source: &dyn QuadSource) -> Vec<Article> {
    let snapshots: BTreeSet<String> =
        subjects(source, rdf::TYPE, &schema::TEXT_OBJECT.into_owned());
    let mut articles: Vec<Article> = snapshots
        .iter()
        .filter_map(|iri| SnapshotId::from_iri(iri))
        .filter_map(|snapshot| Some(article::read(source, &snapshot)?.article))
        .collect();
    articles.sort_by_cached_key(order);
    articles
}

/// What articles are listed by: date and outlet, unknown last, then id and snapshot.
pub type Order = (
    (bool, Option<jiff::civil::Date>),
    (bool, Option<String>),
    ArticleId,
    SnapshotId,
);

/// Returns the place of an article among others.
#[must_use]
pub fn order(article: &Article) -> Order {
    (
        (article.published.is_none(), article.published),
        (article.outlet.is_none(), article.outlet.clone()),
        article.id.clone(),
        article.snapshot.clone(),
    )
}

/// Reads the article of which a snapshot is a capture.
#[must_use]
pub fn article(source: &dyn QuadSource, snapshot: &SnapshotId) -> Option<Article> {
    Some(article::read(source, snapshot)?.article)
}

/// Reads a capture: its article, when it was fetched, and where its paragraphs stand.
#[must_use]
pub fn capture(
    source: &dyn QuadSource,
    snapshot: &SnapshotId,
) -> Option<(Article, Option<jiff::Timestamp>, Vec<crate::span::Span>)> {
    let capture = article::read(source, snapshot)?;
    let captured = capture.provenance.and_then(|record| record.captured);
    Some((capture.article, captured, capture.paragraphs))
}

/// Reads the mentions of one capture, in the order of the text.
#[must_use]
pub fn mentions_of(source: &dyn QuadSource, snapshot: &SnapshotId) -> Vec<crate::mention::Mention> {
    let ids = mentions_in(source, snapshot);
    let read = |id: &MentionId| {
        let all = Node::of(source, iri::node(id.iri()));
        Some(mention::read(source, &all, id)?.0)
    };
    ids.iter().filter_map(read).collect()
}

/// Reads an event, as the first run graph that holds it has it.
#[must_use]
pub fn event(source: &dyn QuadSource, id: &EventId) -> Option<Event> {
    let all = Node::of(source, iri::node(id.iri()));
    all.graphs()
        .iter()
        .find_map(|graph| mention::event(source, &all.within(graph), id))
}

/// Reads all events as every article has them, sorted by id and article.
#[must_use]
pub fn events(source: &dyn QuadSource) -> Vec<Event> {
    let found = subjects(source, rdf::TYPE, &super::vocab::sem::EVENT.into_owned());
    let mut events = Vec::new();
    for id in found.iter().filter_map(|iri| EventId::from_iri(iri)) {
        let all = Node::of(source, iri::node(id.iri()));
        for graph in all.graphs() {
            events.extend(mention::event(source, &all.within(&graph), &id));
        }
    }
    events
}

/// Reads a speaker or outlet: the name, kind and role most articles give, all names.
#[must_use]
pub fn agent(source: &dyn QuadSource, id: &AgentId) -> Option<Agent> {
    agent::read(&Node::of(source, iri::node(id.iri())), id)
}

/// Reads the documents an article cites, in the order of the text.
#[must_use]
pub fn citations(source: &dyn QuadSource, article: &ArticleId) -> Vec<crate::mention::Citation> {
    mention::citations(source, article)
}

/// Reads the articles that share their wording with one, in whichever direction, sorted.
#[must_use]
pub fn reprints(source: &dyn QuadSource, article: &ArticleId) -> Vec<ArticleId> {
    let node = iri::node(article.iri());
    let mut found = BTreeSet::new();
    for predicate in [cg::SYNDICATED_FROM, cg::SHARES_TEXT_WITH] {
        found.extend(subjects(source, predicate, &node));
        let subject = node.clone().into();
        for quad in source.matching(Some(&subject), Some(&predicate.into_owned()), None) {
            if let Term::NamedNode(other) = quad.object {
                found.insert(other.into_string());
            }
        }
    }
    (found.iter())
        .filter_map(|iri| ArticleId::from_iri(iri))
        .collect()
}

/// Reads what an article shares with others, or what all share, sorted by copy and original.
#[must_use]
pub fn copies(
    source: &dyn QuadSource,
    article: Option<&ArticleId>,
) -> Vec<crate::claim::copy::Reprint> {
    reprint::read(source, article)
}

/// Reads whole analyses back, one for each snapshot; meant for the quads of one article.
///
/// The inverse of [`super::describe::analysis`].
#[must_use]
pub fn analyses(source: &dyn QuadSource) -> Vec<Analysis> {
    let agents: BTreeSet<AgentId> = source
        .matching(None, Some(&cg::AGENT_KIND.into_owned()), None)
        .iter()
        .filter_map(|quad| node::subject_iri(quad).and_then(AgentId::from_iri))
        .collect();
    let events: BTreeSet<EventId> =
        subjects(source, rdf::TYPE, &super::vocab::sem::EVENT.into_owned())
            .iter()
            .filter_map(|iri| EventId::from_iri(iri))
            .collect();
    articles(source)
        .into_iter()
        .filter_map(|article| {
            let capture = article::read(source, &article.snapshot)?;
            Some(Analysis {
                mentions: mentions_in(source, &article.snapshot)
                    .iter()
                    .filter_map(|id| {
                        let all = Node::of(source, iri::node(id.iri()));
                        Some(mention::read(source, &all, id)?.0)
                    })
                    .collect(),
                agents: agents
                    .iter()
                    .filter_map(|id| {
                        let all = Node::of(source, iri::node(id.iri()));
                        agent::read(&all.within(&all.run_graph()?), id)
                    })
                    .collect(),
                events: events.iter().filter_map(|id| event(source, id)).collect(),
                citations: mention::citations(source, &article.id),
                snapshot_bytes: capture.bytes,
                encoding_format: capture.encoding_format,
                // Facts of the registry are for queries; nothing is made of them again.
                outlets: Vec::new(),
                sketch: capture.sketch,
                paragraphs: capture.paragraphs,
                raw_sha256: capture.raw_sha256,
                about: capture.about,
                provenance: capture.provenance,
                article,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
