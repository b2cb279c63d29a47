//! Step 10: the graph, or a part of it, for other tools.

use std::io;

use crate::{
    id::{AgentId, ClaimId, EventId},
    store::Graph,
    trace::Trace,
};

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
    /// Only mentions about this event.
    pub event: Option<EventId>,
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
    let _ = (graph, selection, format, out);
    Ok(())
}

/// Writes an answer as a Graphviz picture.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_trace_dot(trace: &Trace, out: &mut dyn io::Write) -> io::Result<()> {
    let _ = (trace, out);
    Ok(())
}
