//! What can be typed behind the commands about articles and their links.

use clap::Args;

use super::{GraphArgs, ListFormat};

/// List articles that are copies of others, whole or in part
///
/// Shows which is the copy and what says so (a credit, the dates, what is missing), how much they
/// share, and which passages were cut and added, with their bytes in the snapshots.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph copies
  claimgraph copies articles/reprint.txt
  claimgraph copies --passages --format json | jq '.[].cut'")]
pub(crate) struct CopiesArgs {
    /// Show only the copies and originals of this article, by id, snapshot or path
    #[arg(value_name = "ARTICLE")]
    pub(crate) article: Option<String>,
    /// Show articles as well that share passages, such as quotations, and are no copies
    #[arg(long)]
    pub(crate) passages: bool,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ListFormat,
}
