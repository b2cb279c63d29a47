//! The graph from readers over outlets and sources to the origins, and what can be counted on it.
//!
//! Knows nothing of texts: its vertices are sources, its edges "has it from".

use std::collections::BTreeMap;

use petgraph::{
    Direction::Outgoing,
    algo::{dominators, maximum_flow::dinics, tarjan_scc},
    graph::{DiGraph, NodeIndex},
};

use super::{
    SingleSource,
    sources::{Node, path},
};
use crate::{id::AgentId, mention::MentionRecord};

/// Who has the claim from whom, all chains laid over one another.
pub(super) struct SourceGraph {
    graph: DiGraph<Node, ()>,
    /// Vertices that stand before the reader.
    outlets: Vec<NodeIndex>,
    /// Vertices behind which the trail goes no further, one list for each origin; more than one in
    /// a list are sources that cite each other in a circle.
    origins: Vec<Vec<NodeIndex>>,
}

impl SourceGraph {
    /// Lays the chains of `carrying` over one another.
    pub(super) fn new(carrying: &[&MentionRecord]) -> Self {
        let paths: Vec<Vec<Node>> = carrying.iter().map(|record| path(record)).collect();
        Self::from_paths(&paths)
    }

    fn from_paths(paths: &[Vec<Node>]) -> Self {
        let mut graph = DiGraph::new();
        let mut known: BTreeMap<AgentId, NodeIndex> = BTreeMap::new();
        let mut outlets = Vec::new();
        for path in paths {
            let mut outer = None;
            for node in path {
                let vertex = *known
                    .entry(node.id.clone())
                    .or_insert_with(|| graph.add_node(node.clone()));
                match outer {
                    Some(outer) if outer != vertex => {
                        graph.update_edge(outer, vertex, ());
                    }
                    None if !outlets.contains(&vertex) => outlets.push(vertex),
                    _ => {}
                }
                outer = Some(vertex);
            }
        }
        let origins = origins(&graph);
        Self {
            graph,
            outlets,
            origins,
        }
    }

    /// Counts the origins.
    pub(super) fn origins(&self) -> usize {
        self.origins.len()
    }

    /// Counts the independent routes: the greatest number of paths from outlets to origins of which
    /// no two share an outlet or a source.
    ///
    /// By Menger's theorem ("Zur allgemeinen Kurventheorie", 1927) this is the maximum flow when
    /// every vertex lets one unit through; Dinic's algorithm takes O(√|V|·|E|) on such networks
    /// (Even and Tarjan, "Network Flow and Testing Graph Connectivity", 1975).
    pub(super) fn routes(&self) -> usize {
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
        for vertex in self.graph.node_indices() {
            split.add_edge(enter(vertex), leave(vertex), 1);
            for next in self.graph.neighbors_directed(vertex, Outgoing) {
                split.add_edge(leave(vertex), enter(next), 1);
            }
        }
        for &outlet in &self.outlets {
            split.add_edge(reader, enter(outlet), 1);
        }
        for origin in &self.origins {
            // A circle of sources is one origin: it, too, lets one unit through.
            let gate = split.add_node(());
            split.add_edge(gate, claim, 1);
            for &vertex in origin {
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
    pub(super) fn single_source(&self) -> Option<SingleSource> {
        let mut graph = self.graph.map(|_, _| (), |_, ()| ());
        let reader = graph.add_node(());
        let claim = graph.add_node(());
        for &outlet in &self.outlets {
            graph.add_edge(reader, outlet, ());
        }
        for &vertex in self.origins.iter().flatten() {
            graph.add_edge(vertex, claim, ());
        }
        let vertex = dominators::simple_fast(&graph, reader).immediate_dominator(claim)?;
        if vertex == reader || (self.is_only_outlet(vertex) && self.origins() > 1) {
            return None;
        }
        let node = &self.graph[vertex];
        Some(SingleSource {
            source: node.label.clone(),
            id: node.id.clone(),
        })
    }

    /// Says whether nobody cites this vertex.
    fn is_only_outlet(&self, vertex: NodeIndex) -> bool {
        self.graph
            .neighbors_directed(vertex, petgraph::Direction::Incoming)
            .next()
            .is_none()
    }
}

/// Finds the strongly connected components without a way out, in the order of their vertices.
fn origins(graph: &DiGraph<Node, ()>) -> Vec<Vec<NodeIndex>> {
    let mut origins: Vec<Vec<NodeIndex>> = tarjan_scc(graph)
        .into_iter()
        .filter(|component| {
            component.iter().all(|&vertex| {
                graph
                    .neighbors_directed(vertex, Outgoing)
                    .all(|next| component.contains(&next))
            })
        })
        .collect();
    for component in &mut origins {
        component.sort();
    }
    origins.sort();
    origins
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Node, SourceGraph};
    use crate::{id::AgentId, mention::AgentKind};

    fn graph(paths: &[&[&str]]) -> SourceGraph {
        let paths: Vec<Vec<Node>> = paths
            .iter()
            .map(|path| {
                path.iter()
                    .map(|name| Node {
                        id: AgentId::named(name),
                        kind: AgentKind::Person,
                        label: (*name).to_owned(),
                        credited: false,
                    })
                    .collect()
            })
            .collect();
        SourceGraph::from_paths(&paths)
    }

    fn single(graph: &SourceGraph) -> Option<String> {
        graph.single_source().map(|single| single.source)
    }

    #[test]
    fn chains_that_meet_in_one_source_are_one_route() {
        let graph = graph(&[&["a", "x", "s"], &["b", "y", "s"], &["c", "s"]]);
        assert_eq!((graph.routes(), graph.origins()), (1, 1));
        assert_eq!(single(&graph).as_deref(), Some("s"));
    }

    #[test]
    fn a_cited_outlet_is_followed_to_its_own_source() {
        let graph = graph(&[&["a", "b"], &["b", "s"]]);
        assert_eq!((graph.routes(), graph.origins()), (1, 1));
        assert_eq!(single(&graph).as_deref(), Some("s"));
    }

    #[test]
    fn a_bottleneck_before_two_origins_is_the_single_source() {
        let graph = graph(&[&["a", "agency", "s"], &["b", "agency", "t"]]);
        assert_eq!((graph.routes(), graph.origins()), (1, 2));
        assert_eq!(single(&graph).as_deref(), Some("agency"));
    }

    #[test]
    fn one_outlet_with_two_sources_has_no_single_source() {
        let graph = graph(&[&["a", "s"], &["a", "t"]]);
        assert_eq!((graph.routes(), graph.origins()), (1, 2));
        assert_eq!(single(&graph), None);
    }

    #[test]
    fn outlets_that_cite_each_other_are_one_origin_without_a_single_source() {
        let graph = graph(&[&["a", "b"], &["b", "a"]]);
        assert_eq!((graph.routes(), graph.origins()), (1, 1));
        assert_eq!(single(&graph), None);
    }

    #[test]
    fn nothing_has_no_routes() {
        let graph = graph(&[]);
        assert_eq!((graph.routes(), graph.origins()), (0, 0));
        assert_eq!(single(&graph), None);
    }

    /// All simple paths from an outlet to an origin, as sets of vertices; an origin's circle is
    /// marked by a number behind all vertices.
    fn all_paths(graph: &SourceGraph) -> Vec<BTreeSet<usize>> {
        fn walk(
            graph: &SourceGraph,
            at: petgraph::graph::NodeIndex,
            seen: &mut BTreeSet<usize>,
            found: &mut Vec<BTreeSet<usize>>,
        ) {
            seen.insert(at.index());
            if let Some(place) = graph.origins.iter().position(|origin| origin.contains(&at)) {
                let mut path = seen.clone();
                path.insert(1000 + place);
                found.push(path);
            }
            for next in graph.graph.neighbors(at) {
                if !seen.contains(&next.index()) {
                    walk(graph, next, seen, found);
                }
            }
            seen.remove(&at.index());
        }
        let mut found = Vec::new();
        for &outlet in &graph.outlets {
            walk(graph, outlet, &mut BTreeSet::new(), &mut found);
        }
        found
    }

    fn most_disjoint(paths: &[BTreeSet<usize>], used: &BTreeSet<usize>) -> usize {
        let Some((first, rest)) = paths.split_first() else {
            return 0;
        };
        let without = most_disjoint(rest, used);
        if first.is_disjoint(used) {
            without.max(1 + most_disjoint(rest, &(used | first)))
        } else {
            without
        }
    }

    proptest! {
        #[test]
        fn routes_agree_with_trying_all_sets_of_paths(
            paths in prop::collection::vec(prop::collection::vec(0_u8..6, 1..4), 0..5)
        ) {
            let names: Vec<Vec<String>> = paths
                .iter()
                .map(|path| path.iter().map(|number| format!("n{number}")).collect())
                .collect();
            let names: Vec<Vec<&str>> = names
                .iter()
                .map(|path| path.iter().map(String::as_str).collect())
                .collect();
            let slices: Vec<&[&str]> = names.iter().map(Vec::as_slice).collect();
            let graph = graph(&slices);
            let mut all = all_paths(&graph);
            all.sort();
            all.dedup();
            prop_assume!(all.len() <= 16);
            prop_assert_eq!(graph.routes(), most_disjoint(&all, &BTreeSet::new()));
        }
    }
}
