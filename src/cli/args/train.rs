//! What can be typed behind `train`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Learn from what people marked
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimgraph train attribution --data annotated/train --out own.bin
  claimgraph train attribution --help")]
pub(crate) struct TrainArgs {
    #[command(subcommand)]
    pub(crate) what: TrainCommand,
}

/// What can be learnt.
#[derive(Debug, Subcommand)]
pub(crate) enum TrainCommand {
    Attribution(TrainAttributionArgs),
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
