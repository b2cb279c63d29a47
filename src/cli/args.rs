//! What can be typed: commands, options and their help, nothing else.
//!
//! Help lines follow one style: imperative, short, no full stop; every command has examples.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::NonEmptyStringValueParser};
use jiff::civil::Date;

mod ask;
mod eval;
mod export;
mod links;
mod outlets;
mod read;
mod scope;
mod text;
mod trace;
mod train;

pub(crate) use ask::AskArgs;
pub(crate) use eval::{
    EvalArgs, EvalAttributionArgs, EvalClaimsArgs, EvalCommand, EvalCopiesArgs, EvalStanceArgs,
    EvalStoryArgs,
};
pub(crate) use export::{ExportArgs, ExportFormat, PictureArgs, Profile};
pub(crate) use links::{CopiesArgs, LinesFormat, RevisionsArgs};
pub(crate) use outlets::{OutletsArgs, OutletsFormat};
pub(crate) use read::ReadArgs;
pub(crate) use scope::ScopeArgs;
pub(crate) use text::TextArgs;
pub(crate) use trace::{PageArgs, TraceArgs, TraceFormat};
pub(crate) use train::{
    HeldOutPairs, TrainArgs, TrainAttributionArgs, TrainClaimsArgs, TrainCommand, TrainStanceArgs,
};

/// Trace claims across news articles: who repeats them, who disputes them, who is their source
#[derive(Debug, Parser)]
#[command(
    name = "claimgraph",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  claimgraph ingest articles/
  claimgraph trace \"175,000 troops\"
  claimgraph trace \"175,000 troops\" --from articles/

Exit codes: 0 done; 1 done, but input was skipped, a check found violations or nothing was found;
2 could not run."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Heading of the options that every command has.
const COMMON: &str = "Common options";

/// Options that every command has.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Show every warning and note
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = COMMON)]
    pub(crate) verbose: bool,
    /// Show no warnings, summaries or progress, only errors
    #[arg(short, long, global = true, help_heading = COMMON)]
    pub(crate) quiet: bool,
    /// Colour the output; `auto` respects NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = COMMON
    )]
    pub(crate) color: Color,
    /// Find attributions with this model; `rules` stands for the rules alone. A store is read with
    /// the model it was made with
    #[arg(long, global = true, value_name = "FILE", env = "CLAIMGRAPH_MODEL", help_heading = COMMON)]
    pub(crate) model: Option<PathBuf>,
    /// Add the news organisations of this file to those known (docs/outlets.md). A store is read with
    /// the files it was made with
    #[arg(long, global = true, value_name = "FILE", env = "CLAIMGRAPH_OUTLETS", help_heading = COMMON)]
    pub(crate) outlets: Option<PathBuf>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Ingest(IngestArgs),
    Text(TextArgs),
    Mentions(MentionsArgs),
    Claims(ClaimsArgs),
    Trace(TraceArgs),
    Ask(AskArgs),
    Copies(CopiesArgs),
    Report(PageArgs),
    Revisions(RevisionsArgs),
    Query(QueryArgs),
    Export(ExportArgs),
    Verify(VerifyArgs),
    Eval(EvalArgs),
    Train(TrainArgs),
    Outlets(OutletsArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Where the store lies.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// Use the store in this folder [default: $CLAIMGRAPH_STORE, else ./.claimgraph]
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
}

/// Where the graph comes from: a store, or articles analysed on the spot.
#[derive(Debug, Args)]
pub(crate) struct GraphArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// Analyse these files, folders and patterns on the spot, or `-`; nothing is written
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "store")]
    pub(crate) from: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

impl GraphArgs {
    /// Says whether articles are analysed on the spot.
    pub(crate) fn is_on_the_spot(&self) -> bool {
        !self.from.is_empty() || self.read.files_from.is_some()
    }
}

/// Read articles into the store
///
/// Reads text, web pages, JSON, tables, web archives, feeds and letters, packed or not, told by
/// their content. An article that the store already holds is left alone, so that a run that was cut
/// short goes on where it stopped. What cannot be read is reported and skipped, and the exit code
/// is then 1.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph ingest articles/
  claimgraph ingest report.txt --outlet \"Example Times\" --published 2021-12-10
  claimgraph ingest page.html --url https://example.org/report --store ./case-7
  claimgraph ingest crawl.wacz articles.jsonl.gz 'pages/**/*.html' --since 2021-12-01
  claimgraph ingest table.csv --map text=story --map outlet=paper --dry-run
  zstdcat dump.jsonl.zst | claimgraph ingest -")]
pub(crate) struct IngestArgs {
    /// Files, folders and patterns to read; `-` is the standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    #[command(flatten)]
    pub(crate) supplied: SuppliedArgs,
    /// Leave out articles published before this day (YYYY-MM-DD); undated ones are kept
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
    /// Write nothing; list on stdout what would be done with each article
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// What the user knows of the articles.
#[derive(Debug, Args)]
pub(crate) struct SuppliedArgs {
    /// Name the outlet of articles that do not name it
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) outlet: Option<String>,
    /// Date articles that do not date themselves (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
    /// Give the address of an article that does not give it
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    pub(crate) url: Option<String>,
    /// Let the options above win over what an article says of itself
    #[arg(long = "override")]
    pub(crate) override_text: bool,
}

/// List every mention with its chain
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph mentions
  claimgraph mentions --article articles/report.txt
  claimgraph mentions --from articles/ --format jsonl | jq .chain")]
pub(crate) struct MentionsArgs {
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Show only the mentions of this article, by id, snapshot or path
    #[arg(long, value_name = "ID-or-path")]
    pub(crate) article: Option<String>,
    /// Leave out the claims; with --from mentions come in the order of the paths, in little memory
    #[arg(long)]
    pub(crate) no_claims: bool,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ListFormat,
}

/// List claims, most repeated first, or those that fit a text, best first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph claims
  claimgraph claims \"troops at the border\" --limit 5
  claimgraph claims invasion --from articles/ --format json")]
pub(crate) struct ClaimsArgs {
    /// Show the claims that fit these words, with a score
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Show at most this many [default: all, or 20 with TEXT]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ListFormat,
}

/// Formats of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    Json,
    Jsonl,
    Csv,
}

/// Answer a SPARQL query or a shipped question
///
/// The query runs over the union of all named graphs; GRAPH clauses reach a single one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph query --list
  claimgraph query carriers --explain
  claimgraph query NAME --set claim='<https://w3id.org/claimgraph/id/claim/…>'
  claimgraph query @questions/mine.rq --format csv
  claimgraph query 'SELECT (COUNT(*) AS ?quads) WHERE { GRAPH ?g { ?s ?p ?o } }'")]
pub(crate) struct QueryArgs {
    /// SPARQL 1.1 text, @FILE, or the name of a shipped question
    #[arg(value_name = "QUERY", required_unless_present = "list")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// List the shipped questions
    #[arg(long, conflicts_with_all = ["query", "set"])]
    pub(crate) list: bool,
    /// Show the SPARQL of a shipped question and what its parameters mean, and answer nothing
    #[arg(long, requires = "query")]
    pub(crate) explain: bool,
    /// Bind a variable: an <IRI>, a "literal", or plain text (can be repeated)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
    /// Choose the format [default: table for SELECT and ASK, turtle for CONSTRUCT and DESCRIBE]
    #[arg(long)]
    pub(crate) format: Option<QueryFormat>,
}

/// Formats of answers: the first five for SELECT and ASK, the others for CONSTRUCT and DESCRIBE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum QueryFormat {
    Table,
    Json,
    Csv,
    Tsv,
    Xml,
    Turtle,
    Trig,
    Nt,
    Nq,
    Jsonld,
}

/// Check the store: hashes, spans, quotes and the ontology's checks
///
/// Re-reads every snapshot, slices every span, compares it with the stored quote and runs the
/// checks of the ontology. The exit code is 1 when anything is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph verify
  claimgraph verify --store ./case-7 --format json
  claimgraph verify --from articles/")]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) graph: GraphArgs,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ReportFormat,
}

/// Formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Table,
    Json,
}

/// Print shell completions
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph completions bash > ~/.local/share/bash-completion/completions/claimgraph
  claimgraph completions fish > ~/.config/fish/completions/claimgraph.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page, of the program or of one command
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph man > claimgraph.1
  claimgraph man trace | man -l -")]
pub(crate) struct ManArgs {
    /// The command
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

/// Takes an absolute address as it was typed.
fn parse_url(text: &str) -> Result<String, String> {
    url::Url::parse(text)
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
