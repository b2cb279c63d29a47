//! Options of `outlets`.

use clap::{Args, ValueEnum};

/// List the known news organisations, or those that a name or an address stands for
///
/// An address in an archive or cache stands for what it is a copy of. When nothing fits, the exit code
/// is 1. With --outlets FILE, those of the file are listed as well.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph outlets
  claimgraph outlets \"Sky News\"
  claimgraph outlets https://web.archive.org/web/2021/https://news.bbc.co.uk/
  claimgraph outlets --outlets mine.toml --format turtle > outlets.ttl")]
pub(crate) struct OutletsArgs {
    /// A name, a part of one, a domain or an address
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: OutletsFormat,
}

/// Formats of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutletsFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Turtle,
}
