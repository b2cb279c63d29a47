//! Step 10: the graph, or a part of it, for other tools.
//!
//! Writes what the graph holds in the order of its ids; it counts and decides nothing.

use std::io;

use crate::{
    id::{AgentId, ClaimId, EventId},
    store::Graph,
    trace::Trace,
};

pub mod csv;
mod dot;
mod network;
mod rdf;
mod select;
pub mod table;
mod xml;

pub use dot::DotProfile;

use network::Network;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Graphviz.
    Dot,
    /// GraphML.
    Graphml,
    /// GEXF 1.3.
    Gexf,
    /// A table of mentions.
    Csv,
    /// JSON-LD.
    Jsonld,
    /// TriG.
    Trig,
    /// N-Quads.
    Nq,
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
        ExportFormat::Dot => write_dot(graph, selection, DotProfile::Rich, out),
        ExportFormat::Graphml => xml::write_graphml(&select::network(graph, selection), out),
        ExportFormat::Gexf => xml::write_gexf(&select::network(graph, selection), out),
        ExportFormat::Csv => csv::write(&select::records(graph, selection), out),
        ExportFormat::Jsonld | ExportFormat::Trig | ExportFormat::Nq => {
            rdf::write(graph, selection, format, out)
        }
    }
}

/// Writes the selected part of the graph as a Graphviz picture or for Gephi.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_dot(
    graph: &Graph,
    selection: &Selection,
    profile: DotProfile,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    dot::write(&select::network(graph, selection), profile, "", out)
}

/// Writes an answer as a Graphviz picture.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_trace_dot(trace: &Trace, out: &mut dyn io::Write) -> io::Result<()> {
    write_trace_dot_for(trace, DotProfile::Rich, out)
}

/// Writes an answer as a Graphviz picture or for Gephi.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_trace_dot_for(
    trace: &Trace,
    profile: DotProfile,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let network = Network::of_trace(trace);
    dot::write(&network, profile, &table::counts(trace), out)
}
