//! `train`: a model from articles that people annotated.

use std::path::PathBuf;

use rayon::prelude::*;

use super::{
    Outcome,
    args::{TrainArgs, TrainAttributionArgs, TrainClaimsArgs, TrainCommand},
    graph, headlines, output,
    report::Reporter,
};
use crate::{
    attribution::model::train::{self, Annotated, TrainOptions},
    claim::train as pairs,
    corpus::{judged, standoff},
    evaluate,
    lexicon::Lexicon,
};

/// Runs the command.
pub(crate) fn run(args: &TrainArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    match &args.what {
        TrainCommand::Attribution(args) => attribution(args, reporter),
        TrainCommand::Claims(args) => claims(args, reporter),
        TrainCommand::Stance(args) => headlines::train(args, reporter),
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

/// So many times it is looked for what a model mistakes.
const ROUNDS: usize = 2;

fn claims(args: &TrainClaimsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::shipped();
    let read = |paths: &[PathBuf]| -> anyhow::Result<Vec<pairs::Example>> {
        let mut examples = Vec::new();
        for path in paths {
            examples.extend(pairs::examples(&judged::read(path)?, lexicon, args.seed));
        }
        Ok(examples)
    };
    let (mut examples, held_out) = (read(&args.data)?, read(&args.test)?);
    let mut model = pairs::learn(&examples, lexicon, args.seed, &args.note);
    if !args.apart.is_empty() {
        let mut statements = Vec::new();
        graph::analyse(&args.apart, &args.read, reporter, &mut |article| {
            let analysis = article.analysis;
            let day = analysis.article.published;
            statements.extend(day.into_iter().flat_map(|day| {
                let signatures = analysis.mentions.iter().map(|mention| &mention.signature);
                signatures.map(move |signature| pairs::Dated {
                    day,
                    signature: signature.clone(),
                })
            }));
            Ok(())
        })?;
        for _ in 0..ROUNDS {
            let mistakable = pairs::mistakable(&model, &statements, lexicon);
            reporter.summary(&format_args!("{} pairs to unlearn", mistakable.len()));
            examples.extend(mistakable);
            model = pairs::learn(&examples, lexicon, args.seed, &args.note);
        }
    }
    let bytes = model.to_bytes();
    output::write(Some(&args.out), |out| Ok(out.write_all(&bytes)?))?;
    reporter.summary(&format_args!(
        "{} pairs, {} bytes",
        examples.len(),
        bytes.len()
    ));
    if !held_out.is_empty() {
        let judging = pairs::judge(&model, &held_out, lexicon);
        reporter.summary(&format_args!(
            "of {} held-out pairs {} are one claim: precision {:.3}, recall {:.3}",
            judging.n,
            judging.same,
            judging.precision(),
            judging.recall()
        ));
    }
    Ok(Outcome::Done)
}
