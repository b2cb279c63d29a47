//! `train`: a model from articles that people annotated.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

use anyhow::Context;
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

fn claims(args: &TrainClaimsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    if !args.propose.is_empty() {
        return propose(args, reporter);
    }
    let lexicon = Lexicon::shipped();
    let read = |paths: &[PathBuf]| -> anyhow::Result<Vec<pairs::Example>> {
        let mut examples = Vec::new();
        for path in paths {
            examples.extend(pairs::examples(&judged::read(path)?, lexicon, args.seed));
        }
        Ok(examples)
    };
    let (mut examples, held_out) = (read(&args.data)?, read(&args.test)?);
    if let Some(path) = &args.labelled {
        let lines = BufReader::new(File::open(path).with_context(|| path.display().to_string())?);
        for (number, line) in (1..).zip(lines.lines()) {
            let at = || format!("{}:{number}", path.display());
            let example = serde_json::from_str(&line.with_context(at)?).with_context(at)?;
            examples.push(example);
        }
    }
    let model = pairs::learn(&examples, lexicon, args.seed, &args.note);
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

/// Writes the pairs that a model would be asked about.
fn propose(args: &TrainClaimsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let (mut texts, mut signatures) = (Vec::new(), Vec::new());
    graph::analyse(&args.propose, &args.read, reporter, &mut |article| {
        for mention in article.analysis.mentions {
            texts.push(mention.content.text);
            signatures.push(mention.signature);
        }
        Ok(())
    })?;
    let pairs = pairs::proposed(&signatures, Lexicon::shipped());
    output::write(Some(&args.out), |out| {
        for [left, right] in &pairs {
            let line = serde_json::json!({
                "leftText": texts[*left], "rightText": texts[*right],
                "left": signatures[*left], "right": signatures[*right],
            });
            writeln!(out, "{line}")?;
        }
        Ok(())
    })?;
    reporter.summary(&format_args!(
        "{} pairs of {} statements",
        pairs.len(),
        texts.len()
    ));
    Ok(Outcome::Done)
}
