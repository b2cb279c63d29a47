//! The graph without its articles, and what is counted on it.
//!
//! An article counts as a part of its outlet, and after joining a spokesman as a part of whom he
//! speaks for: both are one and the same contraction.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{
    Direction::{Incoming, Outgoing},
    algo::{dominators, maximum_flow::dinics, tarjan_scc},
    graph::{DiGraph, NodeIndex},
};
use serde::Serialize;

use super::graph::{NodeKind, Relation, RelianceGraph};
use crate::id::AgentId;

/// The counts of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counts {
    /// Outlets that carry it.
    pub outlets: usize,
    /// Texts, articles that copy one another counted once.
    pub texts: usize,
    /// Independent routes.
    pub routes: usize,
    /// Independent origins.
    pub origins: usize,
    /// The one source everything comes from, if there is one.
    pub single_source: Option<Party>,
}

/// Somebody on the way of a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Party {
    /// The name.
    pub source: String,
    /// What kind of thing it is.
    pub kind: NodeKind,
    /// Its id.
    pub id: AgentId,
}

/// A source behind which the trail goes no further.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Origin {
    /// The source; several where they cite each other in a circle and nobody else.
    pub sources: Vec<Party>,
    /// Outlets that have the claim from there, on whatever way.
    pub outlets: Vec<String>,
}

/// Somebody through whom outlets have the claim: every way to them leads there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// The source.
    #[serde(flatten)]
    pub through: Party,
    /// Outlets that have it through this source alone, the source itself left out.
    pub outlets: Vec<String>,
    /// Outlets in all, the source itself left out.
    pub of: usize,
}

/// Who has a claim from whom, without the articles between.
#[derive(Debug, Clone)]
pub struct Skeleton {
    pub(super) graph: DiGraph<Party, ()>,
    /// Vertices that stand before the reader, in the order in which they published.
    pub(super) outlets: Vec<NodeIndex>,
    /// Vertices behind which the trail goes no further, one list for each origin; more than one in
    /// a list are sources that cite each other in a circle.
    pub(super) ends: Vec<Vec<NodeIndex>>,
}

impl Skeleton {
    /// Contracts every article into its outlet.
    #[must_use]
    pub fn of(graph: &RelianceGraph) -> Self {
        let mut known: BTreeMap<AgentId, NodeIndex> = BTreeMap::new();
        let mut small = DiGraph::new();
        for node in graph.nodes().filter(|node| node.agent().is_some()) {
            let party = Party {
                source: node.label.clone(),
                kind: node.kind,
                id: node.owner.clone(),
            };
            known.insert(node.owner.clone(), small.add_node(party));
        }
        let mut outlets = Vec::new();
        for (from, to, edge) in graph.edges() {
            let (Some(&from), Some(&to)) = (known.get(&from.owner), known.get(&to.owner)) else {
                continue;
            };
            if edge.relation == Relation::Publishes && !outlets.contains(&from) {
                outlets.push(from);
            }
            if from != to {
                small.update_edge(from, to, ());
            }
        }
        let ends = ends(&small);
        Self {
            graph: small,
            outlets,
            ends,
        }
    }

    /// Contracts everybody in `principals` into whom they belong to. What was an origin stays one.
    #[must_use]
    pub fn joined(&self, principals: &BTreeMap<AgentId, Party>) -> Self {
        let mut known: BTreeMap<AgentId, NodeIndex> = BTreeMap::new();
        let mut graph = DiGraph::new();
        let mut of = Vec::new();
        for party in self.graph.node_weights() {
            let party = principals.get(&party.id).unwrap_or(party);
            let add = || graph.add_node(party.clone());
            of.push(*known.entry(party.id.clone()).or_insert_with(add));
        }
        for edge in self.graph.raw_edges() {
            let (from, to) = (of[edge.source().index()], of[edge.target().index()]);
            if from != to {
                graph.update_edge(from, to, ());
            }
        }
        let mut outlets: Vec<NodeIndex> = Vec::new();
        for outlet in &self.outlets {
            let outlet = of[outlet.index()];
            if !outlets.contains(&outlet) {
                outlets.push(outlet);
            }
        }
        // Origins that share a member after joining are one.
        let mut ends: Vec<BTreeSet<NodeIndex>> = Vec::new();
        for end in &self.ends {
            let mut end: BTreeSet<NodeIndex> = end.iter().map(|at| of[at.index()]).collect();
            ends.retain(|other| {
                let apart = other.is_disjoint(&end);
                if !apart {
                    end.extend(other);
                }
                apart
            });
            ends.push(end);
        }
        let mut ends: Vec<Vec<NodeIndex>> = (ends.into_iter())
            .map(|end| end.into_iter().collect())
            .collect();
        ends.sort();
        Self {
            graph,
            outlets,
            ends,
        }
    }

    /// Returns the counts; how many texts there are is not read from the graph.
    #[must_use]
    pub fn counts(&self, texts: usize) -> Counts {
        Counts {
            outlets: self.outlets.len(),
            texts,
            routes: self.routes(),
            origins: self.ends.len(),
            single_source: self.single_source(),
        }
    }

    /// Counts the independent routes: the greatest number of paths from outlets to origins of which
    /// no two share an outlet or a source.
    #[must_use]
    pub fn routes(&self) -> usize {
        self.routes_to(&self.ends, &BTreeSet::new())
    }

    /// Counts the routes to `ends` that lead through nobody of `gone`.
    ///
    /// By Menger's theorem ("Zur allgemeinen Kurventheorie", 1927) this is the maximum flow when
    /// every vertex lets one unit through; Dinic's algorithm takes O(√|V|·|E|) on such networks
    /// (Even and Tarjan, "Network Flow and Testing Graph Connectivity", 1975).
    pub(super) fn routes_to(&self, ends: &[Vec<NodeIndex>], gone: &BTreeSet<NodeIndex>) -> usize {
        let count = self.graph.node_count();
        if count == 0 {
            return 0;
        }
        let enter = |vertex: NodeIndex| NodeIndex::new(2 * vertex.index());
        let leave = |vertex: NodeIndex| NodeIndex::new(2 * vertex.index() + 1);
        let mut split: DiGraph<(), u32> = DiGraph::new();
        for _ in 0..2 * count {
            split.add_node(());
        }
        let reader = split.add_node(());
        let claim = split.add_node(());
        for vertex in self.graph.node_indices().filter(|at| !gone.contains(at)) {
            split.add_edge(enter(vertex), leave(vertex), 1);
            for next in self.graph.neighbors_directed(vertex, Outgoing) {
                split.add_edge(leave(vertex), enter(next), 1);
            }
        }
        for &outlet in &self.outlets {
            split.add_edge(reader, enter(outlet), 1);
        }
        for end in ends {
            // A circle of sources is one origin: it, too, lets one unit through.
            let gate = split.add_node(());
            split.add_edge(gate, claim, 1);
            for &vertex in end {
                split.add_edge(leave(vertex), gate, 1);
            }
        }
        let (flow, _) = dinics(&split, reader, claim);
        flow as usize
    }

    /// Returns the source nearest to the claim that every chain leads through, if there is one.
    ///
    /// It is the immediate dominator of the claim, seen from the readers (Cooper, Harvey and
    /// Kennedy, "A Simple, Fast Dominance Algorithm", 2001; O(|V|²) at worst, near linear on chains).
    /// An outlet that only passes on what several sources told it is not one.
    #[must_use]
    pub fn single_source(&self) -> Option<Party> {
        let mut graph = self.graph.map(|_, _| (), |_, ()| ());
        let reader = graph.add_node(());
        let claim = graph.add_node(());
        for &outlet in &self.outlets {
            graph.add_edge(reader, outlet, ());
        }
        for &vertex in self.ends.iter().flatten() {
            graph.add_edge(vertex, claim, ());
        }
        let vertex = dominators::simple_fast(&graph, reader).immediate_dominator(claim)?;
        let is_cited = || self.graph.neighbors_directed(vertex, Incoming).next();
        if vertex == reader || (self.ends.len() > 1 && is_cited().is_none()) {
            return None;
        }
        Some(self.graph[vertex].clone())
    }

    /// Lists the origins, those of most outlets first.
    #[must_use]
    pub fn origins(&self) -> Vec<Origin> {
        let mut origins: Vec<Origin> = (self.ends.iter())
            .map(|end| {
                let reached = self.upstream(end, &BTreeSet::new());
                Origin {
                    sources: end.iter().map(|at| self.graph[*at].clone()).collect(),
                    outlets: self.names((self.outlets.iter()).filter(|at| reached.contains(at))),
                }
            })
            .collect();
        origins.sort_by(|a, b| (b.outlets.len(), &a.sources).cmp(&(a.outlets.len(), &b.sources)));
        origins
    }

    /// Lists through whom at least two outlets have the claim, most outlets first.
    ///
    /// In the graph from the origins to the outlets, with one root before all origins, these are
    /// the dominators of an outlet (Cooper, Harvey and Kennedy, 2001); O(|V|²) at worst.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage> {
        let mut graph = self.graph.map(|_, _| (), |_, ()| ());
        graph.reverse();
        let root = graph.add_node(());
        for &vertex in self.ends.iter().flatten() {
            graph.add_edge(root, vertex, ());
        }
        let tree = dominators::simple_fast(&graph, root);
        let mut through: BTreeMap<NodeIndex, Vec<NodeIndex>> = BTreeMap::new();
        for &outlet in &self.outlets {
            let above = tree.strict_dominators(outlet).into_iter().flatten();
            for vertex in above.filter(|vertex| *vertex != root) {
                through.entry(vertex).or_default().push(outlet);
            }
        }
        let mut passages: Vec<Passage> = (through.into_iter())
            .filter(|(_, outlets)| outlets.len() > 1)
            .map(|(vertex, outlets)| Passage {
                through: self.graph[vertex].clone(),
                outlets: self.names(outlets.iter()),
                of: self.outlets.len() - usize::from(self.outlets.contains(&vertex)),
            })
            .collect();
        passages.sort_by(|a, b| (b.outlets.len(), &a.through).cmp(&(a.outlets.len(), &b.through)));
        passages
    }

    /// Returns the vertices from which a way leads to `end` past nobody of `gone`, `end` included.
    pub(super) fn upstream(
        &self,
        end: &[NodeIndex],
        gone: &BTreeSet<NodeIndex>,
    ) -> BTreeSet<NodeIndex> {
        let mut reached: BTreeSet<NodeIndex> = BTreeSet::new();
        let mut next: Vec<NodeIndex> = end.to_vec();
        while let Some(vertex) = next.pop() {
            if !gone.contains(&vertex) && reached.insert(vertex) {
                next.extend(self.graph.neighbors_directed(vertex, Incoming));
            }
        }
        reached
    }

    /// Names vertices, sorted.
    pub(super) fn names<'a>(&self, of: impl Iterator<Item = &'a NodeIndex>) -> Vec<String> {
        let mut names: Vec<String> = of.map(|at| self.graph[*at].source.clone()).collect();
        names.sort();
        names
    }
}

/// Finds the strongly connected components without a way out, in the order of their vertices.
pub(super) fn ends<N, E>(graph: &DiGraph<N, E>) -> Vec<Vec<NodeIndex>> {
    let mut ends: Vec<Vec<NodeIndex>> = tarjan_scc(graph)
        .into_iter()
        .filter(|component| {
            let mut next = component
                .iter()
                .flat_map(|&vertex| graph.neighbors_directed(vertex, Outgoing));
            next.all(|next| component.contains(&next))
        })
        .collect();
    for component in &mut ends {
        component.sort();
    }
    ends.sort();
    ends
}
