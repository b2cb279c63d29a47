//! Circular reporting: outlets that cite each other, and confirmation from one's own origin.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::{
    algo::{astar, dominators, tarjan_scc},
    graph::{DiGraph, EdgeIndex, NodeIndex},
    visit::EdgeRef,
};
use serde::Serialize;

use super::{
    Evidence, RelianceGraph,
    graph::{NodeKind, Relation},
    skeleton::{Party, ends},
};
use crate::id::AgentId;

/// One step of a circle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Who relies.
    pub from: String,
    /// On whom.
    pub to: String,
    /// In which way.
    pub relation: Relation,
    /// When.
    pub date: Option<Date>,
    /// The words that show it.
    pub evidence: Vec<Evidence>,
}

/// Outlets and documents that have the claim from each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Circle {
    /// All who have it from each other.
    pub members: Vec<Party>,
    /// A shortest way round.
    pub steps: Vec<Step>,
}

/// A confirmation that confirms nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Echo {
    /// Who cites a second source.
    pub outlet: String,
    /// The second source.
    pub cites: Party,
    /// Where all that the second source had by then came from: the outlet itself, or the source
    /// that the outlet had already.
    pub rests_on: Party,
    /// When.
    pub date: Option<Date>,
    /// The words that cite it.
    pub evidence: Vec<Evidence>,
}

/// An edge between two agents with the words behind it.
#[derive(Clone, Copy)]
struct Citing<'a> {
    relation: Relation,
    date: Option<Date>,
    evidence: &'a [Evidence],
}

/// The graph without articles; edges keep their days. Texts that are the same without anybody
/// having copied are left out.
struct Cited<'a> {
    graph: DiGraph<Party, Citing<'a>>,
    /// The outlets: those of articles that are held, and those called so.
    publish: BTreeSet<NodeIndex>,
}

impl<'a> Cited<'a> {
    fn of(reliance: &'a RelianceGraph) -> Self {
        let mut known: BTreeMap<&AgentId, NodeIndex> = BTreeMap::new();
        let mut graph = DiGraph::new();
        let mut publish = BTreeSet::new();
        for node in reliance.nodes().filter(|node| node.agent().is_some()) {
            let party = Party {
                source: node.label.clone(),
                kind: node.kind,
                id: node.owner.clone(),
            };
            let at = graph.add_node(party);
            known.insert(&node.owner, at);
            if node.kind == NodeKind::Outlet {
                publish.insert(at);
            }
        }
        for (from, to, edge) in reliance.edges() {
            let (Some(&from), Some(&to)) = (known.get(&from.owner), known.get(&to.owner)) else {
                continue;
            };
            if edge.relation == Relation::Publishes {
                publish.insert(from);
            }
            if from != to && edge.relation != Relation::SharesText {
                let citing = Citing {
                    relation: edge.relation,
                    date: edge.date,
                    evidence: &edge.evidence,
                };
                graph.add_edge(from, to, citing);
            }
        }
        Self { graph, publish }
    }

    fn step(&self, edge: EdgeIndex) -> Option<Step> {
        let (from, to) = self.graph.edge_endpoints(edge)?;
        let citing = &self.graph[edge];
        Some(Step {
            from: self.graph[from].source.clone(),
            to: self.graph[to].source.clone(),
            relation: citing.relation,
            date: citing.date,
            evidence: citing.evidence.to_vec(),
        })
    }
}

/// Finds the strongly connected components of at least two outlets or documents (Tarjan, "Depth-first
/// search and linear graph algorithms", 1972), each with a shortest way round; O(|V|·|E|) for these.
pub(super) fn circles(reliance: &RelianceGraph) -> Vec<Circle> {
    let cited = Cited::of(reliance);
    let graph = &cited.graph;
    let mut circles: Vec<Circle> = tarjan_scc(graph)
        .into_iter()
        .filter(|component| {
            component
                .iter()
                .filter(|at| cited.publish.contains(at) || graph[**at].kind == NodeKind::Document)
                .count()
                > 1
        })
        .filter_map(|component| {
            let mut members: Vec<Party> = component.iter().map(|at| graph[*at].clone()).collect();
            members.sort();
            let around = (component.iter()).filter_map(|start| round(&cited, *start));
            let shortest = around.min_by_key(|edges| (edges.len(), edges.clone()))?;
            let steps = shortest.into_iter().filter_map(|edge| cited.step(edge));
            Some(Circle {
                members,
                steps: steps.collect(),
            })
        })
        .collect();
    circles.sort_by(|a, b| a.members.cmp(&b.members));
    circles
}

/// Finds a shortest way from a vertex back to it.
fn round(cited: &Cited<'_>, start: NodeIndex) -> Option<Vec<EdgeIndex>> {
    let graph = &cited.graph;
    let ways = graph.edges(start).filter_map(|first| {
        let (_, path) = astar(graph, first.target(), |at| at == start, |_| 1_usize, |_| 0)?;
        let mut edges = vec![first.id()];
        for pair in path.windows(2) {
            edges.push(graph.find_edge(pair[0], pair[1])?);
        }
        Some(edges)
    });
    ways.min_by_key(|edges| (edges.len(), edges.clone()))
}

/// Finds confirmations that come from one's own origin.
///
/// An outlet has the claim from X and cites Y for it as well; in what had been published by that
/// day, every way from Y to an origin leads through the outlet or through X. These are the
/// dominators of Y in the graph from the origins, with one root before them. One dominator tree for
/// each citation: O(|E|·|V|²) at worst.
pub(super) fn echoes(reliance: &RelianceGraph) -> Vec<Echo> {
    let cited = Cited::of(reliance);
    let graph = &cited.graph;
    let mut echoes: Vec<Echo> = Vec::new();
    for edge in graph.edge_references() {
        let (outlet, second) = (edge.source(), edge.target());
        let is_cited = matches!(
            edge.weight().relation,
            Relation::Cites | Relation::Attributes
        );
        if !is_cited || !cited.publish.contains(&outlet) || !cited.publish.contains(&second) {
            continue;
        }
        let Some(rests_on) = rests_on(graph, outlet, second, edge.weight().date) else {
            continue;
        };
        echoes.push(Echo {
            outlet: graph[outlet].source.clone(),
            cites: graph[second].clone(),
            rests_on: graph[rests_on].clone(),
            date: edge.weight().date,
            evidence: edge.weight().evidence.to_vec(),
        });
    }
    echoes.sort_by(|a, b| {
        let key = |echo: &Echo| (echo.date.is_none(), echo.date, echo.outlet.clone());
        key(a).cmp(&key(b)).then_with(|| a.cites.cmp(&b.cites))
    });
    echoes.dedup();
    echoes
}

/// Finds the outlet, or another of its own sources, on all ways from the second source on `day`.
fn rests_on(
    graph: &DiGraph<Party, Citing<'_>>,
    outlet: NodeIndex,
    second: NodeIndex,
    day: Option<Date>,
) -> Option<NodeIndex> {
    let by_then = |date: Option<Date>| match (date, day) {
        (Some(date), Some(day)) => date <= day,
        _ => true,
    };
    // The graph turned round, without this citation: from whom a vertex has the claim stands before it.
    let mut past: DiGraph<(), ()> = graph
        .map(|_, _| (), |_, _| ())
        .filter_map(|_, _| Some(()), |_, _| None);
    for edge in graph.edge_references() {
        let this = edge.source() == outlet && edge.target() == second;
        if !this && by_then(edge.weight().date) {
            past.update_edge(edge.source(), edge.target(), ());
        }
    }
    past.neighbors(second).next()?;
    let others: BTreeSet<NodeIndex> = past.neighbors(outlet).collect();
    let ends = ends(&past);
    past.reverse();
    let root = past.add_node(());
    for end in ends.iter().flatten() {
        past.add_edge(root, *end, ());
    }
    let tree = dominators::simple_fast(&past, root);
    let mut above = tree.strict_dominators(second)?;
    above.find(|at| others.contains(at) || (*at == outlet && !others.is_empty()))
}
