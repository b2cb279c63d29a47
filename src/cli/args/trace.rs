//! What can be typed behind `trace` and `report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{GraphArgs, PictureArgs, ScopeArgs};

/// Show who repeats a claim, who disputes it and who is its source
///
/// When no claim fits, the nearest are listed with their scores and the exit code is 1.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph trace \"175,000 troops\"
  claimgraph trace \"no threat\" --from articles/ --format json
  claimgraph trace \"troops\" --event \"video call\"
  claimgraph trace \"175,000 troops\" --as-of 2021-12-04 --without \"US intelligence\"
  claimgraph trace \"175,000 troops\" --render trace.svg
  claimgraph trace \"175,000 troops\" --format dot | dot -Tpng -o trace.png
  claimgraph trace \"175,000 troops\" --format gexf -o trace.gexf")]
pub(crate) struct TraceArgs {
    /// The claim: an IRI, the beginning of an id, or words
    #[arg(value_name = "CLAIM")]
    pub(crate) claim: String,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Only mentions about this event or uttered during it, by id, kind or words of its label
    #[arg(long, value_name = "EVENT")]
    pub(crate) event: Option<String>,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Say what is left of the claim when this source does not count, by name or id
    #[arg(long, value_name = "SOURCE")]
    pub(crate) without: Option<String>,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: TraceFormat,
    #[command(flatten)]
    pub(crate) picture: PictureArgs,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE", conflicts_with = "render")]
    pub(crate) output: Option<PathBuf>,
}

/// Formats of a trace: for reading, and nodes and edges for other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    Table,
    Json,
    Dot,
    Graphml,
    Gexf,
    Cytoscape,
    Mermaid,
    Nodes,
    Edges,
}

/// Write everything known about a claim as one web page
///
/// The page needs no network and no script: the claim and its wordings, who repeats, disputes and
/// sources it, the counts, a timeline, a picture, and every quotation in its context with its place
/// in the article. It is read in a browser, light or dark, or printed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph report \"175,000 troops\" -o troops.html
  claimgraph report \"no threat\" --from articles/ -o threat.html
  claimgraph report \"troops\" --event \"video call\" -o call.html")]
pub(crate) struct PageArgs {
    /// The claim: an IRI, the beginning of an id, or words
    #[arg(value_name = "CLAIM")]
    pub(crate) claim: String,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Only mentions about this event or uttered during it, by id, kind or words of its label
    #[arg(long, value_name = "EVENT")]
    pub(crate) event: Option<String>,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
