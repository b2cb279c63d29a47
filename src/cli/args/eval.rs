//! What can be typed behind `eval`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{HeldOutPairs, ReportFormat};

/// Compare what is found with what people marked
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph eval attribution --gold annotated/dev
  claimgraph eval attribution --gold annotated/dev --errors 5 | less
  claimgraph eval claims --gold stories
  claimgraph eval copies --pairs pairs.tsv --articles articles.jsonl.gz
  claimgraph eval stance --help")]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) what: EvalCommand,
}

/// What can be compared.
#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    Attribution(EvalAttributionArgs),
    /// Score claim identity: which mentions state the same claim
    ///
    /// Runs the whole program over each story and shows how many of the marked mentions are found;
    /// of those, precision, recall and F1 of pairs that are one claim, B-cubed, and how many of the
    /// marked relations between claims are found.
    ///
    /// The folder is a story or holds stories: folders with `articles/` and `expected/claims.toml`.
    ///
    /// With `--retrieval` it scores instead how well the checked claim is found that a post repeats,
    /// by what is learnt from other posts; that folder holds `verified_claims.docs.tsv`, and `train`
    /// and `dev` with `tweets.queries.tsv` and `tweet-vclaim-pairs.qrels`, as CheckThat! 2020 has them.
    ///
    /// With `--pairs` it scores how well it is told whether two sentences mean the same, by
    /// cross-validation; that folder holds `msr_paraphrase_train.txt`.
    #[command(after_help = "Examples:
  claimgraph eval claims --gold stories
  claimgraph eval claims --gold stories/ferry --errors 5 | less
  claimgraph eval claims --gold stories --format json | jq .total.pairs.f1
  claimgraph eval claims --retrieval clef2020
  claimgraph eval claims --pairs msrp --format json | jq '.methods[-1].accuracy'")]
    Claims(EvalClaimsArgs),
    /// Score stance: what outlets do with claims, and what denials deny
    ///
    /// Runs the whole program over each story and shows, of the marked mentions that are found, how
    /// many have the right stance, the F1 of each stance, how often what is denied is right, and how
    /// many denials hit the claim they deny.
    ///
    /// The folder is a story or holds stories: folders with `articles/` and `expected/claims.toml`.
    ///
    /// With `--headlines` it scores what bodies make of headlines instead (unrelated, discuss, agree,
    /// disagree); that folder holds `train_bodies.csv` and `train_stances.csv`, as the Fake News
    /// Challenge has them.
    #[command(after_help = "Examples:
  claimgraph eval stance --gold stories
  claimgraph eval stance --gold stories/ferry --errors 5 | less
  claimgraph eval stance --gold stories --format json | jq .total.accuracy
  claimgraph eval stance --headlines fnc-1 --held-out")]
    Stance(EvalStanceArgs),
    /// Score events: found, joined across articles, kind and day
    ///
    /// Runs the whole program over each story and shows how many of the words that name events are
    /// found; of those, precision, recall and F1 of pairs that are one event, and how many have the
    /// right kind and the right day.
    ///
    /// The folder is a story or holds stories: folders with `articles/` and `expected/claims.toml`.
    #[command(after_help = "Examples:
  claimgraph eval events --gold stories
  claimgraph eval events --gold stories/ferry --errors 5 | less
  claimgraph eval events --gold stories --format json | jq '.[-1].pairs.f1'")]
    Events(EvalStoryArgs),
    Copies(EvalCopiesArgs),
}

/// Score copies: articles that stand, whole or in part, in another
///
/// Finds the copies among the articles and compares them with pairs that share runs of eight words.
/// Precision is of the pairs that are said to share as much, recall of the listed pairs whose
/// articles are both there. A found pair that is not listed is counted.
///
/// The list is a table with tabs whose first line names its columns, among them `containment` (share
/// of the shorter article's runs of eight words that stand in the other), `id_a` and `id_b`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph eval copies --pairs pairs.tsv --articles articles.jsonl.gz
  claimgraph eval copies --pairs pairs.tsv --articles articles.jsonl.gz --errors 5 | less
  claimgraph eval copies --pairs pairs.tsv --articles articles.jsonl.gz --format json | jq .levels")]
pub(crate) struct EvalCopiesArgs {
    /// Compare with the pairs in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: PathBuf,
    /// Look for copies among the articles of these files
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    pub(crate) articles: Vec<PathBuf>,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ReportFormat,
    /// Show N errors of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
}

/// What can be asked of stories.
#[derive(Debug, Args)]
pub(crate) struct EvalStoryArgs {
    /// Compare with the story or stories in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: PathBuf,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ReportFormat,
    /// Show the N worst errors of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
}

/// What can be asked of claims.
#[derive(Debug, Args)]
pub(crate) struct EvalClaimsArgs {
    #[command(flatten)]
    pub(crate) of: EvalClaimsOf,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ReportFormat,
    /// Show the N worst errors of each kind
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        conflicts_with_all = ["retrieval", "pairs"]
    )]
    pub(crate) errors: usize,
}

/// What claims are compared with.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct EvalClaimsOf {
    /// Compare with the story or stories in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: Option<PathBuf>,
    /// Compare with the posts in this folder and the checked claims that they repeat
    #[arg(long, value_name = "DIR")]
    pub(crate) retrieval: Option<PathBuf>,
    /// Compare with the judged pairs of sentences in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) pairs: Option<PathBuf>,
}

/// What can be asked of stances.
#[derive(Debug, Args)]
pub(crate) struct EvalStanceArgs {
    #[command(flatten)]
    pub(crate) of: EvalStanceOf,
    /// Judge only pairs that were held out: of a tenth of the headlines or of the bodies, or of a
    /// third of both
    #[arg(
        long,
        value_name = "WHAT",
        requires = "headlines",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "headlines"
    )]
    pub(crate) held_out: Option<HeldOutPairs>,
    /// Judge headlines with this model
    #[arg(long, value_name = "FILE", requires = "headlines")]
    pub(crate) weights: Option<PathBuf>,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ReportFormat,
    /// Show the N worst errors of each kind
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        conflicts_with = "headlines"
    )]
    pub(crate) errors: usize,
}

/// What stances are compared with.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct EvalStanceOf {
    /// Compare with the story or stories in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: Option<PathBuf>,
    /// Compare with the pairs of headline and body in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) headlines: Option<PathBuf>,
}

/// Score the attributions: cue, source and content
///
/// Shows precision, recall and F1 of each part, recall by direct, mixed and indirect speech, speed,
/// how far confidences can be believed, and what goes wrong.
///
/// The folder holds `text/ARTICLE.txt` and `attributions/ARTICLE_ANNOTATOR.ann`, in brat's standoff
/// format with the roles Source, Cue and Content, as PolNeAR does.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph eval attribution --gold annotated/dev
  claimgraph eval attribution --gold annotated/dev --errors 5 | less
  claimgraph eval attribution --gold annotated/dev --format json | jq .scores.quote.exact.f1
  claimgraph eval attribution --gold annotated/dev --predictions found.jsonl")]
pub(crate) struct EvalAttributionArgs {
    /// Compare with the annotations in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: PathBuf,
    /// Choose the format
    #[arg(long, default_value = "table")]
    pub(crate) format: ReportFormat,
    /// Show the N worst errors of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
    /// Write what was found to this file, as JSON lines with offsets in characters
    #[arg(long, value_name = "FILE")]
    pub(crate) predictions: Option<PathBuf>,
}
