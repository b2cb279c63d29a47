//! `train`: a model from articles that people annotated.

use rayon::prelude::*;

use super::{
    Outcome,
    args::{TrainArgs, TrainAttributionArgs, TrainCommand},
    output,
    report::Reporter,
};
use crate::{
    attribution::model::train::{self, Annotated, TrainOptions},
    corpus::standoff,
    evaluate,
    lexicon::Lexicon,
};

/// Runs the command.
pub(crate) fn run(args: &TrainArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    match &args.what {
        TrainCommand::Attribution(args) => attribution(args, reporter),
    }
}

fn attribution(args: &TrainAttributionArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let mut gold = Vec::new();
    for folder in &args.data {
        let read = standoff::read(folder)?;
        reporter.diagnostics(&read.diagnostics);
        gold.extend(read.value);
    }
    let lexicon = Lexicon::shipped();
    let articles: Vec<Annotated<'_>> = gold
        .par_iter()
        .map(|article| Annotated {
            snapshot: &article.text,
            text: evaluate::segment(article, lexicon),
            attributions: article
                .attributions
                .iter()
                .map(|a| [a.cue.clone(), a.source.clone(), a.content.clone()])
                .collect(),
        })
        .collect();
    let options = TrainOptions {
        epochs: args.epochs,
        seed: args.seed,
        note: args.note.clone(),
    };
    let progress = reporter.progress(args.epochs, "learning");
    let model = train::train(&articles, lexicon, &options, |step| {
        progress.inc(1);
        progress.println(format!(
            "epoch {}: loss of anchors {:.3}, of labels {:.3}",
            step.epoch, step.anchors, step.labels
        ));
    });
    progress.finish_and_clear();
    let bytes = model.to_bytes();
    output::write(Some(&args.out), |out| Ok(out.write_all(&bytes)?))?;
    reporter.summary(&format_args!(
        "{} articles, {} bytes",
        articles.len(),
        bytes.len()
    ));
    Ok(Outcome::Done)
}
