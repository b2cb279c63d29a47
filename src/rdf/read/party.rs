//! What a trace asks of speakers, events and copies, without reading them whole.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedNodeRef, Term};

use super::{QuadSource, subjects};
use crate::{
    id::{AgentId, EventId, GRAPH_BASE, MentionId, SnapshotId},
    rdf::{
        iri,
        vocab::{cg, prov, schema},
    },
};

/// Reads for whom somebody speaks, and which captures say so.
#[must_use]
pub fn represents(source: &dyn QuadSource, agent: &AgentId) -> Vec<(SnapshotId, AgentId)> {
    let subject = iri::node(agent.iri()).into();
    let quads = source.matching(
        Some(&subject),
        Some(&prov::ACTED_ON_BEHALF_OF.into_owned()),
        None,
    );
    (quads.iter())
        .filter_map(|quad| {
            let (GraphName::NamedNode(graph), Term::NamedNode(principal)) =
                (&quad.graph_name, &quad.object)
            else {
                return None;
            };
            let run = graph
                .as_str()
                .strip_prefix(GRAPH_BASE)?
                .strip_prefix("run/")?;
            let (snapshot, _) = run.rsplit_once('-')?;
            let principal = AgentId::from_iri(principal.as_str())?;
            Some((SnapshotId::from_local(snapshot), principal))
        })
        .collect()
}

/// Reads the name most articles give somebody.
#[must_use]
pub fn name(source: &dyn QuadSource, agent: &AgentId) -> Option<String> {
    most(texts(source, &agent.iri(), schema::NAME))
}

/// Reads the titles articles give somebody, the most frequent first.
#[must_use]
pub fn titles(source: &dyn QuadSource, agent: &AgentId) -> Vec<String> {
    let counted = texts(source, &agent.iri(), schema::JOB_TITLE);
    let mut titles: Vec<(String, usize)> = counted.into_iter().collect();
    titles.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    titles.into_iter().map(|(title, _)| title).collect()
}

/// Reads the name of an event.
#[must_use]
pub fn name_of_event(source: &dyn QuadSource, event: &EventId) -> Option<String> {
    most(texts(source, &event.iri(), schema::NAME))
}

/// Reads the mentions that are about an event, sorted.
#[must_use]
pub fn about(source: &dyn QuadSource, event: &EventId) -> BTreeSet<MentionId> {
    (subjects(source, cg::ABOUT, &iri::node(event.iri())).iter())
        .filter_map(|iri| MentionId::from_iri(iri))
        .collect()
}

/// Reads the mentions in whose chain an agent stands, as the outlet or further on.
#[must_use]
pub fn mentions_through(source: &dyn QuadSource, agent: &AgentId) -> BTreeSet<MentionId> {
    (subjects(source, cg::SOURCE, &iri::node(agent.iri())).iter())
        .filter_map(|attribution| iri::mention_of(attribution))
        .collect()
}

fn texts(
    source: &dyn QuadSource,
    subject: &str,
    predicate: NamedNodeRef<'_>,
) -> BTreeMap<String, usize> {
    let subject = iri::node(subject).into();
    let mut counted = BTreeMap::new();
    for quad in source.matching(Some(&subject), Some(&predicate.into_owned()), None) {
        if let Term::Literal(literal) = quad.object {
            *counted.entry(literal.value().to_owned()).or_default() += 1;
        }
    }
    counted
}

/// Returns the most frequent text, the least of equals.
fn most(counted: BTreeMap<String, usize>) -> Option<String> {
    let most = counted.values().copied().max()?;
    (counted.into_iter())
        .find(|(_, count)| *count == most)
        .map(|(text, _)| text)
}
