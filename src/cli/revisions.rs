//! `revisions`: what changed from one capture of an article to the next.

use std::collections::BTreeSet;

use super::{
    Outcome,
    args::{LinesFormat, RevisionsArgs},
    graph, output,
    report::Reporter,
    select,
};
use crate::{export::table::render_revisions, id::ArticleId, lexicon::Lexicon, trace};

/// Runs the command.
pub(crate) fn run(args: &RevisionsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let graph = opened.graph;
    let articles: Option<BTreeSet<ArticleId>> = match &args.article {
        None => None,
        Some(text) => Some(select::articles(graph, text)?.into_iter().collect()),
    };
    let histories = trace::histories(graph, articles.as_ref(), Lexicon::shipped());
    if histories.iter().all(|history| history.revisions.is_empty()) {
        match &args.article {
            Some(text) => reporter.warning(&format_args!("`{text}` was captured once")),
            None => reporter.warning(&"no article was captured more than once"),
        }
    }
    output::write(None, |out| match args.format {
        LinesFormat::Table => {
            let text = render_revisions(&histories, output::width(), output::colour(None));
            Ok(out.write_all(text.as_bytes())?)
        }
        LinesFormat::Json => output::json(out, &histories),
        LinesFormat::Jsonl => {
            (histories.iter()).try_for_each(|history| output::json_line(out, history))
        }
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}
