//! What can be typed behind the commands about articles and their links.

use clap::{Args, ValueEnum};

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

/// List what changed from one capture of an article to the next
///
/// An address that was captured again with another text is the same article. Shows paragraphs that
/// came, went and changed, claims that vanished and appeared, and figures and attributions that were
/// changed; silently, where the later text has no note that says so.
///
/// Captures come in the order in which they were fetched, as far as the archive says; else by the
/// day of publication they give, else in the order in which they came into the store.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph revisions
  claimgraph revisions https://example.org/harbour
  claimgraph revisions articles/harbour.txt --format json | jq '.[].revisions[].edits'")]
pub(crate) struct RevisionsArgs {
    /// Show only this article, by address, id, snapshot or path; else all captured more than once
    #[arg(value_name = "URL-or-article")]
    pub(crate) article: Option<String>,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: LinesFormat,
}

/// Formats of what does not fit into rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinesFormat {
    Table,
    Json,
    Jsonl,
}
