//! Agents, joined from all the graphs that speak of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Node;
use crate::{
    id::AgentId,
    mention::{Agent, AgentKind},
    rdf::vocab::{Concept, cg, prov, schema},
};

pub(super) fn read(all: &Node, id: &AgentId) -> Option<Agent> {
    let mut names = Votes::default();
    let mut kinds = Votes::default();
    let mut roles = Votes::default();
    let mut represents = Votes::default();
    let mut aliases = BTreeSet::new();
    for here in all.clone().by_graph() {
        names.cast(here.text(schema::NAME));
        kinds.cast(
            here.iri(cg::AGENT_KIND)
                .and_then(<AgentKind as Concept>::from_iri),
        );
        roles.cast(here.text(schema::JOB_TITLE));
        represents.cast(
            here.iri(prov::ACTED_ON_BEHALF_OF)
                .and_then(AgentId::from_iri),
        );
        aliases.extend(here.texts(schema::ALTERNATE_NAME));
        aliases.extend(here.text(schema::NAME));
    }
    let name = names.winner()?;
    // A name that is also given as an alias of itself in its own graph would be lost otherwise.
    if !all.texts(schema::ALTERNATE_NAME).contains(&name) {
        aliases.remove(&name);
    }
    Some(Agent {
        id: id.clone(),
        name,
        kind: kinds.winner()?,
        aliases: aliases.into_iter().collect(),
        role: roles.winner(),
        represents: represents.winner(),
    })
}

/// Counts what the graphs say; the most frequent wins, the least of equals.
struct Votes<T>(BTreeMap<T, usize>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord> Votes<T> {
    fn cast(&mut self, vote: Option<T>) {
        if let Some(vote) = vote {
            *self.0.entry(vote).or_default() += 1;
        }
    }

    fn winner(self) -> Option<T> {
        let most = self.0.values().copied().max()?;
        self.0
            .into_iter()
            .find(|(_, count)| *count == most)
            .map(|(vote, _)| vote)
    }
}
