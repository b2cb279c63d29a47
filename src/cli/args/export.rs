//! What can be typed behind `export`, and how pictures are drawn.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::GraphArgs;

/// Write the graph, or a part of it, for other tools
///
/// A file given with -o is replaced only once it is complete.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph export --format graphml -o graph.graphml
  claimgraph export --render claim.svg --claim \"175,000 troops\"
  claimgraph export --format dot --profile gephi -o graph.dot
  claimgraph export --format nodes -o nodes.csv && claimgraph export --format edges -o edges.csv
  claimgraph export --format csv --outlet \"Example Times\" --since 2021-12-01")]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Choose the format; csv is a table of mentions, nodes and edges are tables of the network
    #[arg(long, required_unless_present = "render")]
    pub(crate) format: Option<ExportFormat>,
    #[command(flatten)]
    pub(crate) picture: PictureArgs,
    /// The same as --profile gephi
    #[arg(long, hide = true, conflicts_with = "profile")]
    pub(crate) gephi: bool,
    /// Only this claim: an IRI, the beginning of an id, or words (can be repeated)
    #[arg(long, value_name = "CLAIM")]
    pub(crate) claim: Vec<String>,
    /// Only mentions with this speaker in their chain, by name or id
    #[arg(long, value_name = "SPEAKER")]
    pub(crate) speaker: Option<String>,
    /// Only articles of this outlet, by name or id
    #[arg(long, value_name = "OUTLET")]
    pub(crate) outlet: Option<String>,
    /// Only mentions about this event or uttered during it, by id, kind or words of its label
    #[arg(long, value_name = "EVENT")]
    pub(crate) event: Option<String>,
    /// Only articles published on this day or later (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
    /// Only articles published on this day or earlier (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE", conflicts_with = "render")]
    pub(crate) output: Option<PathBuf>,
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Dot,
    Graphml,
    Gexf,
    Cytoscape,
    Mermaid,
    Csv,
    Nodes,
    Edges,
    Jsonld,
    Trig,
    Nq,
}

/// How a picture is drawn.
#[derive(Debug, Args)]
pub(crate) struct PictureArgs {
    /// Choose what DOT is written for [default: rich]
    #[arg(long)]
    pub(crate) profile: Option<Profile>,
    /// Draw the picture into this .svg, .png or .pdf file with Graphviz, which must be installed
    #[arg(long, value_name = "FILE")]
    pub(crate) render: Option<PathBuf>,
}

/// For whom DOT is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// For Graphviz, as much as a reader takes in, with a node that says how much more there is
    Rich,
    /// For Graphviz, everything
    Full,
    /// For Gephi, everything, without what its importer stumbles over
    Gephi,
}
