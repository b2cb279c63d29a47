//! What is left of a claim's support when one source does not count any more.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{Skeleton, skeleton::Party};
use crate::id::AgentId;

/// What becomes of a claim without a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Nobody that is left has it from anywhere else.
    Unsupported,
    /// One independent route is left of more.
    OneRoute,
    /// Fewer routes or outlets are left.
    Weakened,
    /// It does not rest on this source.
    Unaffected,
}

impl Fate {
    /// Returns the fate in words.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Unsupported => "loses all support",
            Self::OneRoute => "falls to one route",
            Self::Weakened => "is weakened",
            Self::Unaffected => "is unaffected",
        }
    }
}

/// A claim without a source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Without {
    /// The source that does not count.
    pub source: Option<Party>,
    /// What becomes of the claim.
    pub fate: Fate,
    /// Routes with and without the source.
    pub routes: [usize; 2],
    /// Origins with and without the source.
    pub origins: [usize; 2],
    /// Outlets that have it from nowhere else, the source itself included.
    pub lost: Vec<String>,
    /// Outlets that have it from somewhere else.
    pub kept: Vec<String>,
}

/// Takes a source out of the graph.
///
/// What stood between it and an outlet does not become an origin by that: an outlet keeps the claim
/// only if a way leads to another of the origins that there were. One maximum flow and one search
/// from each origin, O(|V|·|E|).
pub(super) fn without(skeleton: &Skeleton, source: &AgentId) -> Without {
    let graph = &skeleton.graph;
    let gone: BTreeSet<NodeIndex> = (graph.node_indices())
        .filter(|at| graph[*at].id == *source)
        .collect();
    let ends: Vec<Vec<NodeIndex>> = (skeleton.ends.iter())
        .map(|end| {
            end.iter()
                .copied()
                .filter(|at| !gone.contains(at))
                .collect()
        })
        // A circle of which a member is taken out has lost its ground with it.
        .zip(&skeleton.ends)
        .filter(|(left, end): &(Vec<NodeIndex>, _)| left.len() == end.len())
        .map(|(left, _)| left)
        .collect();
    let all: Vec<NodeIndex> = ends.iter().flatten().copied().collect();
    let supported = skeleton.upstream(&all, &gone);
    let (kept, lost): (Vec<NodeIndex>, Vec<NodeIndex>) =
        (skeleton.outlets.iter()).partition(|at| supported.contains(at));
    let reached = (ends.iter())
        .filter(|end| {
            let upstream = skeleton.upstream(end, &gone);
            skeleton.outlets.iter().any(|at| upstream.contains(at))
        })
        .count();
    let routes = [skeleton.routes(), skeleton.routes_to(&ends, &gone)];
    let fate = if gone.is_empty() {
        Fate::Unaffected
    } else if kept.is_empty() {
        Fate::Unsupported
    } else if routes[1] == 1 && routes[0] > 1 {
        Fate::OneRoute
    } else if !lost.is_empty() || routes[1] < routes[0] || reached < skeleton.ends.len() {
        Fate::Weakened
    } else {
        Fate::Unaffected
    };
    Without {
        source: gone.first().map(|at| graph[*at].clone()),
        fate,
        routes,
        origins: [skeleton.ends.len(), reached],
        lost: skeleton.names(lost.iter()),
        kept: skeleton.names(kept.iter()),
    }
}
