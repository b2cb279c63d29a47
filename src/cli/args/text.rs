//! Options of `text`.

use std::path::PathBuf;

use clap::Args;

use super::{ReadArgs, SuppliedArgs};

/// Print the main text of articles, or what is known of them
///
/// The main text is what is analysed: the running text with its headings, without menus, captions,
/// pleas, comments and teasers of other stories. With --meta each value comes with the place where
/// it was found, and places that contradict each other are listed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph text page.html
  claimgraph text --meta page.html | jq .published
  claimgraph text --blocks report.txt
  claimgraph text --jsonl 'pages/**/*.html' | jq -r .text")]
pub(crate) struct TextArgs {
    /// Files, folders and patterns to read; `-` is the standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print what is known of each article, as JSON
    #[arg(long, conflicts_with_all = ["blocks", "jsonl"])]
    pub(crate) meta: bool,
    /// Print every line of the snapshot with what it is taken for
    #[arg(long, conflicts_with = "jsonl")]
    pub(crate) blocks: bool,
    /// Print one object a line: path, text, links and what is known
    #[arg(long)]
    pub(crate) jsonl: bool,
    #[command(flatten)]
    pub(crate) supplied: SuppliedArgs,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}
