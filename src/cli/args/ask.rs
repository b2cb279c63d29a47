//! What can be typed behind `ask`.

use clap::Args;

use super::{GraphArgs, ListFormat, ScopeArgs};

/// Ask a question that needs more than SPARQL: origins, circles, losses, what-if
///
/// Without a CLAIM it is asked of the claims with most mentions; `without` of all claims in whose
/// chains the source stands.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph ask --list
  claimgraph ask origins \"175,000 troops\"
  claimgraph ask without --source \"Dmitry Peskov\" --from articles/
  claimgraph ask reach \"planned attack\" --days 3 --format csv
  claimgraph ask circles --explain")]
pub(crate) struct AskArgs {
    /// The question
    #[arg(value_name = "NAME", required_unless_present = "list")]
    pub(crate) name: Option<String>,
    /// The claims: an IRI, the beginning of an id, or words
    #[arg(value_name = "CLAIM")]
    pub(crate) claims: Vec<String>,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Whom `without` is asked about, by name or id
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    /// Ask at most so many claims where none is named [default: 50]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// List the questions
    #[arg(long, conflicts_with_all = ["name", "claims"])]
    pub(crate) list: bool,
    /// Say how the answer is found and what the columns are, and answer nothing
    #[arg(long)]
    pub(crate) explain: bool,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ListFormat,
}
