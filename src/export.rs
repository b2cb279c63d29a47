//! Step 11: the graph, or a part of it, for other tools.
//!
//! Writes what the graph holds in the order of its ids; it counts and decides nothing.

use std::io;

use crate::{
    id::{AgentId, ClaimId, EventId},
    store::Graph,
    trace::Trace,
};

mod chart;
mod columns;
mod condense;
pub mod csv;
mod cytoscape;
mod dot;
mod findings;
mod lists;
mod mermaid;
mod network;
pub mod page;
mod rdf;
mod select;
pub mod table;
mod xml;

pub use dot::DotProfile;
pub use rdf::registry;

use network::Network;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Nodes and edges.
    Network(NetworkFormat),
    /// A table of mentions.
    Csv,
    /// JSON-LD.
    Jsonld,
    /// TriG.
    Trig,
    /// N-Quads.
    Nq,
}

/// How nodes and edges are written, of the graph or of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFormat {
    /// Graphviz, or Gephi.
    Dot(DotProfile),
    /// GraphML.
    Graphml,
    /// GEXF 1.3 with days.
    Gexf,
    /// JSON of Cytoscape and Cytoscape.js.
    Cytoscape,
    /// A Mermaid flowchart; as much as a reader takes in.
    Mermaid,
    /// A table of nodes.
    Nodes,
    /// A table of edges, one for each link of each mention.
    Edges,
}

/// Which part to write; an empty selection is everything.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only these claims.
    pub claims: Vec<ClaimId>,
    /// Only mentions with this agent in the chain.
    pub speaker: Option<AgentId>,
    /// Only articles of this outlet.
    pub outlet: Option<AgentId>,
    /// Only mentions about one of these events, or uttered during one.
    pub events: Vec<EventId>,
    /// Only articles published on this day or later.
    pub since: Option<jiff::civil::Date>,
    /// Only articles published on this day or earlier.
    pub until: Option<jiff::civil::Date>,
}

/// Writes the selected part of the graph.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write(
    graph: &Graph,
    selection: &Selection,
    format: ExportFormat,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        ExportFormat::Network(format) => {
            let network = select::network(graph, selection);
            write_network(&network, format, &network.counts(), out)
        }
        ExportFormat::Csv => csv::write(&select::records(graph, selection), out),
        ExportFormat::Jsonld | ExportFormat::Trig | ExportFormat::Nq => {
            rdf::write(graph, selection, format, out)
        }
    }
}

/// Writes an answer as nodes and edges.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_trace(
    trace: &Trace,
    format: NetworkFormat,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write_network(
        &Network::of_trace(trace),
        format,
        &table::counts(trace),
        out,
    )
}

fn write_network(
    network: &Network,
    format: NetworkFormat,
    title: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        NetworkFormat::Dot(profile) => dot::write(network, profile, title, out),
        NetworkFormat::Graphml => xml::write_graphml(network, out),
        NetworkFormat::Gexf => xml::write_gexf(network, out),
        NetworkFormat::Cytoscape => cytoscape::write(network, out),
        NetworkFormat::Mermaid => mermaid::write(network, title, out),
        NetworkFormat::Nodes => lists::write_nodes(network, out),
        NetworkFormat::Edges => lists::write_edges(network, out),
    }
}
