//! `train stance` and `eval stance --headlines`: what bodies make of headlines.

use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;

use super::{
    Outcome,
    args::{HeldOutPairs, TrainStanceArgs},
    output,
    report::Reporter,
};
use crate::{
    claim::headline::{self, Body, Model, Stance, train},
    corpus::headline::{self as corpus, HeldOut, Pair, Pairs},
    evaluate::headline::HeadlineEvaluation,
    lexicon::Lexicon,
};

impl From<HeldOutPairs> for HeldOut {
    fn from(held_out: HeldOutPairs) -> Self {
        match held_out {
            HeldOutPairs::Headlines => Self::Headlines,
            HeldOutPairs::Bodies => Self::Bodies,
            HeldOutPairs::Both => Self::Both,
        }
    }
}

/// Learns from all pairs but those held out.
pub(super) fn train(args: &TrainStanceArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let pairs = corpus::read(&args.data)?;
    let lexicon = Lexicon::shipped();
    let bodies = bodies(&pairs, lexicon);
    let examples: Vec<train::Example> = (pairs.pairs.par_iter())
        .filter(|pair| pairs.is_learnt(pair, args.without.into()))
        .map(|pair| {
            let stance = stance(pair)?;
            Ok(headline::example(
                &pair.headline,
                &bodies[pair.body],
                stance,
                lexicon,
            ))
        })
        .collect::<anyhow::Result<_>>()?;
    let options = train::Options {
        epochs: args.epochs,
        seed: args.seed,
        note: args.note.clone(),
    };
    let progress = reporter.progress(args.epochs, "learning");
    let model = train::train(&examples, &options, |epoch, loss| {
        progress.inc(1);
        progress.println(format!("epoch {epoch}: loss {loss:.3}"));
    });
    progress.finish_and_clear();
    let bytes = model.to_bytes();
    output::write(Some(&args.out), |out| Ok(out.write_all(&bytes)?))?;
    reporter.summary(&format_args!(
        "{} pairs, {} bytes",
        examples.len(),
        bytes.len()
    ));
    Ok(Outcome::Done)
}

/// Judges all pairs of a folder, or those held out.
pub(super) fn evaluate(
    folder: &Path,
    held_out: Option<HeldOutPairs>,
    weights: Option<&Path>,
) -> anyhow::Result<HeadlineEvaluation> {
    let own = weights.map(read).transpose()?;
    let model = own.as_ref().unwrap_or_else(|| Model::shipped());
    let pairs = corpus::read(folder)?;
    let lexicon = Lexicon::shipped();
    let bodies = bodies(&pairs, lexicon);
    let judged: Vec<(Stance, Stance)> = (pairs.pairs.par_iter())
        .filter(|pair| held_out.is_none_or(|held_out| pairs.is_held_out(pair, held_out.into())))
        .map(|pair| {
            let judged = model.judge(&pair.headline, &bodies[pair.body], lexicon);
            Ok((stance(pair)?, judged.stance))
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(crate::evaluate::headline::evaluate(&judged))
}

fn read(file: &Path) -> anyhow::Result<Model> {
    let context = || format!("cannot read {}", file.display());
    let bytes = std::fs::read(file).with_context(context)?;
    Model::from_bytes(&bytes).with_context(context)
}

fn bodies(pairs: &Pairs, lexicon: &Lexicon) -> Vec<Body> {
    let bodies = pairs.bodies.par_iter();
    bodies.map(|(_, text)| Body::read(text, lexicon)).collect()
}

fn stance(pair: &Pair) -> anyhow::Result<Stance> {
    let fits = |stance: &&Stance| stance.to_string() == pair.stance;
    let found = Stance::ALL.iter().find(fits).copied();
    found.with_context(|| {
        format!(
            "`{}` is no stance of a body towards a headline",
            pair.stance
        )
    })
}
