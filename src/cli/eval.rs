//! `eval`: the extractor against what people marked. Reads the processor's clock.

use cpu_time::ProcessTime;

use super::{
    Outcome,
    args::{EvalArgs, EvalAttributionArgs, EvalCommand, ReportFormat},
    extractor, output,
    report::Reporter,
};
use crate::{
    corpus::{GoldArticle, standoff},
    evaluate::{self, Prediction, Speed, predictions},
    lexicon::Lexicon,
};

/// Runs the command.
pub(crate) fn run(args: &EvalArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    match &args.what {
        EvalCommand::Attribution(args) => attribution(args, reporter),
    }
}

fn attribution(args: &EvalAttributionArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let gold = standoff::read(&args.gold)?;
    reporter.diagnostics(&gold.diagnostics);
    let (lexicon, articles) = (Lexicon::shipped(), &gold.value);
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
    output::write(None, |out| match args.format {
        ReportFormat::Table => {
            let text = evaluate::render(&evaluation, output::width(), output::colour(None));
            Ok(out.write_all(text.as_bytes())?)
        }
        ReportFormat::Json => output::json(out, &evaluation),
    })?;
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
