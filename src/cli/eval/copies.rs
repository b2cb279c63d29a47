//! `eval copies`: the copies that are found against listed pairs. Reads the processor's clock.

use std::{ops::ControlFlow, sync::atomic::AtomicU64};

use cpu_time::ProcessTime;
use rayon::prelude::*;

use super::super::{Outcome, args::EvalCopiesArgs, report::Reporter};
use crate::{
    article::{self, Inputs, ReadOptions, Record},
    corpus::pairs,
    evaluate::copies::{self, Candidate},
    lexicon::Lexicon,
};

/// So many records are read at the same time.
const AT_ONCE: usize = 256;

/// Runs the command.
pub(super) fn run(args: &EvalCopiesArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let listed = pairs::read(&args.pairs)?;
    let (articles, failed) = read(args, reporter);
    let start = ProcessTime::now();
    let evaluation = copies::score(&articles, &listed, || start.elapsed(), Lexicon::shipped());
    super::show(args.format, &evaluation, |evaluation, width, colour| {
        copies::render(evaluation, args.errors, width, colour)
    })?;
    Ok(Outcome::incomplete_if(failed))
}

/// Reads the articles, and says whether some could not be read.
fn read(args: &EvalCopiesArgs, reporter: &Reporter) -> (Vec<Candidate>, bool) {
    let (lexicon, options) = (Lexicon::shipped(), ReadOptions::default());
    let inputs = Inputs {
        paths: args.articles.clone(),
        list: None,
    };
    let (mut articles, mut waiting, mut failed) = (Vec::new(), Vec::new(), false);
    let mut take = |waiting: &mut Vec<Record>| {
        let read = std::mem::take(waiting).into_par_iter().map(|record| {
            let raw = record.read(&options)?;
            Ok(copies::candidate(raw.value, lexicon))
        });
        let read: Vec<Result<Candidate, article::ArticleError>> = read.collect();
        for article in read {
            match article {
                Ok(article) => articles.push(article),
                Err(error) => {
                    reporter.warning(&error);
                    failed = true;
                }
            }
        }
    };
    article::records(&inputs, &options, &AtomicU64::new(0), &mut |record| {
        match record {
            Ok(record) => waiting.push(record),
            Err(error) => reporter.warning(&error),
        }
        if waiting.len() >= AT_ONCE {
            take(&mut waiting);
        }
        ControlFlow::Continue(())
    });
    take(&mut waiting);
    (articles, failed)
}
