//! `text`: the main text of articles, and what is known of them.

use std::{io::Write, ops::ControlFlow, sync::atomic::AtomicU64};

use super::{
    Outcome,
    args::TextArgs,
    load, output,
    report::{Remarks, Reporter},
};
use crate::{
    article::{self, ArticleError, RawArticle},
    diagnostic::Warned,
    document::{self, Document},
    lexicon::Lexicon,
};

/// Runs the command.
pub(crate) fn run(args: &TextArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let inputs = load::inputs(&args.paths, &args.read);
    let options = load::read_options(&args.read);
    let clean = load::options(&args.supplied).clean;
    let lexicon = Lexicon::shipped();
    let mut remarks = Remarks::default();
    let (mut skipped, mut seen, mut failure) = (false, false, None);
    output::write(None, |out| {
        article::records(&inputs, &options, &AtomicU64::new(0), &mut |record| {
            let article = record.and_then(|record| record.read(&options));
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    skipped = true;
                    reporter.failure(&anyhow::Error::from(error));
                    return ControlFlow::Continue(());
                }
            };
            let Warned {
                value: document,
                diagnostics,
            } = document::clean(&article.value, lexicon, &clean);
            for diagnostic in article.diagnostics.iter().chain(&diagnostics) {
                reporter.remark(diagnostic, &mut remarks);
            }
            let first = !std::mem::replace(&mut seen, true);
            match print(out, args, &article.value, &document, first) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        failure.map_or(Ok(()), Err)
    })?;
    reporter.remarks(&remarks);
    if !seen && !skipped {
        let path = args.paths.first().cloned().unwrap_or_default();
        return Err(ArticleError::NoArticles { path }.into());
    }
    Ok(Outcome::incomplete_if(skipped))
}

fn print(
    out: &mut dyn Write,
    args: &TextArgs,
    raw: &RawArticle,
    document: &Document<'_>,
    first: bool,
) -> anyhow::Result<()> {
    if args.jsonl {
        return output::json_line(out, &document.portrait(true));
    }
    if args.meta {
        serde_json::to_writer_pretty(&mut *out, &document.portrait(false))
            .map_err(std::io::Error::from)?;
        return Ok(writeln!(out)?);
    }
    if args.blocks {
        for block in &document.blocks {
            let kind = format!("{:?}", block.kind).to_lowercase();
            let line = block.span.of(&raw.snapshot.text).replace(['\n', '\r'], " ");
            writeln!(out, "{kind:<10} {line}")?;
        }
        return Ok(());
    }
    if !first {
        writeln!(out)?;
    }
    Ok(writeln!(out, "{}", document.main_text())?)
}
