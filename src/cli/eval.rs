//! `eval`: what is found against what people marked. Reads the processor's clock.

mod copies;

use cpu_time::ProcessTime;
use rayon::prelude::*;
use serde::Serialize;

use super::{
    Outcome,
    args::{
        EvalArgs, EvalAttributionArgs, EvalClaimsArgs, EvalCommand, EvalStanceArgs, EvalStoryArgs,
        ReportFormat,
    },
    extractor, headlines, output,
    report::Reporter,
};
use crate::{
    corpus::{GoldArticle, paraphrase, retrieval, standoff, story},
    evaluate::{self, Prediction, Speed, predictions, story::Run},
    lexicon::Lexicon,
    pipeline,
};

/// Runs the command.
pub(crate) fn run(args: &EvalArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    match &args.what {
        EvalCommand::Attribution(args) => attribution(args, reporter),
        EvalCommand::Copies(args) => copies::run(args, reporter),
        EvalCommand::Claims(args) => claims(args, reporter),
        EvalCommand::Stance(args) => stance(args, reporter),
        EvalCommand::Events(args) => stories(args, reporter, |runs, lexicon| {
            let rows = evaluate::events::score(runs, lexicon);
            show(args.format, &rows, |rows, width, colour| {
                evaluate::events::render(rows, args.errors, width, colour)
            })
        }),
    }
}

fn claims(args: &EvalClaimsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::shipped();
    if let Some(folder) = &args.of.retrieval {
        let posts = retrieval::read(folder)?;
        let start = ProcessTime::now();
        let evaluation = evaluate::retrieval::score(&posts, || start.elapsed(), lexicon);
        show(args.format, &evaluation, evaluate::retrieval::render)?;
        return Ok(Outcome::Done);
    }
    if let Some(folder) = &args.of.pairs {
        let evaluation = evaluate::paraphrase::score(&paraphrase::read(folder)?, lexicon);
        show(args.format, &evaluation, evaluate::paraphrase::render)?;
        return Ok(Outcome::Done);
    }
    let of_stories = EvalStoryArgs {
        gold: args.of.gold.clone().unwrap_or_default(),
        format: args.format,
        errors: args.errors,
    };
    stories(&of_stories, reporter, |runs, lexicon| {
        let evaluation = evaluate::story::claims(runs, args.errors, lexicon);
        show(args.format, &evaluation, evaluate::story::render_claims)
    })
}

fn stance(args: &EvalStanceArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    if let Some(folder) = &args.of.headlines {
        let weights = args.weights.as_deref();
        let evaluation = headlines::evaluate(folder, args.held_out, weights)?;
        show(args.format, &evaluation, evaluate::headline::render)?;
        return Ok(Outcome::Done);
    }
    let of_stories = EvalStoryArgs {
        gold: args.of.gold.clone().unwrap_or_default(),
        format: args.format,
        errors: args.errors,
    };
    stories(&of_stories, reporter, |runs, lexicon| {
        let evaluation = evaluate::story::stance(runs, args.errors, lexicon);
        show(args.format, &evaluation, evaluate::story::render_stance)
    })
}

/// Runs the whole program over the stories and hands them on.
fn stories(
    args: &EvalStoryArgs,
    reporter: &Reporter,
    judge: impl FnOnce(&[Run<'_>], &Lexicon) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let stories = story::read(&args.gold)?;
    let lexicon = extractor::lexicon();
    let options = pipeline::Options {
        extractor: extractor::chosen(),
        ..pipeline::Options::default()
    };
    let run = stories
        .par_iter()
        .map(|story| evaluate::story::run(story, &options, lexicon));
    let run: Vec<_> = run.collect::<Result<_, _>>()?;
    let mut runs = Vec::new();
    for run in run {
        reporter.diagnostics(&run.diagnostics);
        runs.push(run.value);
    }
    judge(&runs, lexicon)?;
    Ok(Outcome::Done)
}

/// Prints an evaluation in the format asked for.
fn show<T: Serialize>(
    format: ReportFormat,
    evaluation: &T,
    render: impl Fn(&T, usize, bool) -> String,
) -> anyhow::Result<()> {
    output::write(None, |out| match format {
        ReportFormat::Table => {
            let text = render(evaluation, output::width(), output::colour(None));
            Ok(out.write_all(text.as_bytes())?)
        }
        ReportFormat::Json => output::json(out, evaluation),
    })
}

fn attribution(args: &EvalAttributionArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let gold = standoff::read(&args.gold)?;
    reporter.diagnostics(&gold.diagnostics);
    let (lexicon, articles) = (extractor::lexicon(), &gold.value);
    let (found, speed) = extract(articles, lexicon);
    if let Some(file) = &args.predictions {
        output::write(Some(file), |out| {
            articles
                .iter()
                .zip(&found)
                .try_for_each(|(article, found)| {
                    output::json_line(out, &predictions::line(article, found))
                })
        })?;
    }
    let mut evaluation = evaluate::evaluate(articles, &found, args.errors, lexicon);
    evaluation.speed = Some(speed);
    show(args.format, &evaluation, evaluate::render)?;
    Ok(Outcome::Done)
}

/// Runs the extractor over every article, one after the other, and takes the time.
fn extract(articles: &[GoldArticle], lexicon: &Lexicon) -> (Vec<Vec<Prediction>>, Speed) {
    let extractor = extractor::chosen();
    // What is made once, at first use, is no cost of an article.
    if let Some(first) = articles.first() {
        let _ = evaluate::extract(first, lexicon, &extractor);
    }
    let start = ProcessTime::now();
    let found = articles
        .iter()
        .map(|article| evaluate::extract(article, lexicon, &extractor));
    let found = found.collect();
    (found, Speed::of(articles, start.elapsed()))
}
