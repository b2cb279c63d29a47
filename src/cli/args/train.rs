//! What can be typed behind `train`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::ReadArgs;

/// Learn from what people marked
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph train attribution --data annotated/train --out own.bin
  claimgraph train claims --data judged/ --out own.bin
  claimgraph train attribution --help")]
pub(crate) struct TrainArgs {
    #[command(subcommand)]
    pub(crate) what: TrainCommand,
}

/// What can be learnt.
#[derive(Debug, Subcommand)]
pub(crate) enum TrainCommand {
    Attribution(TrainAttributionArgs),
    Claims(TrainClaimsArgs),
    Stance(TrainStanceArgs),
}

/// Learn to find attributions: cue, source and content
///
/// The folders hold `text/ARTICLE.txt` and `attributions/ARTICLE_ANNOTATOR.ann`, in brat's standoff
/// format with the roles Source, Cue and Content, as PolNeAR does. Every twentieth article is held
/// out, and what it teaches is only how far a find can be believed. The same articles and options
/// give the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph train attribution --data annotated/train --out own.bin
  claimgraph train attribution --data annotated/train ours/ --out own.bin --epochs 20
  claimgraph eval attribution --gold annotated/dev --model own.bin
  CLAIMGRAPH_MODEL=own.bin claimgraph ingest articles/")]
pub(crate) struct TrainAttributionArgs {
    /// Learn from the annotations in these folders
    #[arg(long, value_name = "DIR", num_args = 1.., required = true)]
    pub(crate) data: Vec<PathBuf>,
    /// Write the model to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Go through all articles N times
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub(crate) epochs: usize,
    /// Start the random numbers here
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Say in the file what it was learnt from
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

/// Learn to tell which statements make one claim
///
/// The files hold `[[pair]]` with `left`, `right`, `is` (same, contradicts, variantOf, entails,
/// entailedBy, different) and `topic`, or `[[story]]` with the statements of several articles, sorted
/// by claim. The same files and options give the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph train claims --data judged/ --out own.bin
  claimgraph train claims --data judged/ --test held-out.toml --out own.bin
  claimgraph train claims --propose articles/ --out pairs.jsonl
  claimgraph train claims --data judged/ --labelled pairs.jsonl --out own.bin")]
pub(crate) struct TrainClaimsArgs {
    /// Learn from these files, or the `.toml` files of these folders
    #[arg(long, value_name = "PATH", num_args = 1.., required_unless_present = "propose")]
    pub(crate) data: Vec<PathBuf>,
    /// Learn also from these pairs: JSON lines as --propose writes them, each with "is" added
    #[arg(long, value_name = "FILE")]
    pub(crate) labelled: Option<PathBuf>,
    /// Learn nothing; write the pairs of statements of these articles that a model would be asked
    /// about, one JSON object a line, for people or a larger model to label
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["labelled", "test"])]
    pub(crate) propose: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Measure on these, which are not learnt from
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(crate) test: Vec<PathBuf>,
    /// Write the model to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Start the random numbers here
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Say in the file what it was learnt from
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

/// Which pairs are held out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HeldOutPairs {
    /// All pairs of a tenth of the headlines
    Headlines,
    /// All pairs of a tenth of the bodies
    Bodies,
    /// Pairs of a third of the headlines with a third of the bodies, both never learnt from
    Both,
}

/// Learn what a body makes of a headline: unrelated, discuss, agree, disagree
///
/// The folder holds `train_bodies.csv` and `train_stances.csv`, as the Fake News Challenge has them.
/// A part is never learnt from. The same pairs and options give the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph train stance --data fnc-1 --out own.bin
  claimgraph eval stance --headlines fnc-1 --held-out --weights own.bin")]
pub(crate) struct TrainStanceArgs {
    /// Learn from the pairs in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Write the model to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Hold these out
    #[arg(long, value_name = "WHAT", default_value = "headlines")]
    pub(crate) without: HeldOutPairs,
    /// Go through all pairs N times
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) epochs: usize,
    /// Start the random numbers here
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Say in the file what it was learnt from
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}
