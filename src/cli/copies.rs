//! `copies`: articles that are copies of others, with what was cut and added.

use std::{collections::BTreeSet, io::Write};

use super::{
    Outcome,
    args::{CopiesArgs, ListFormat},
    graph, output,
    report::Reporter,
    select,
};
use crate::{
    export::table::render_copies,
    id::ArticleId,
    trace::{self, Copy, Sharing},
};

/// Runs the command.
pub(crate) fn run(args: &CopiesArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let graph = opened.graph;
    let articles: Option<BTreeSet<ArticleId>> = match &args.article {
        None => None,
        Some(text) => Some(select::articles(graph, text)?.into_iter().collect()),
    };
    let mut copies = trace::copies(graph, articles.as_ref());
    copies.retain(|copy| args.passages || copy.relation != Sharing::Passages);
    if copies.is_empty() {
        reporter.warning(&"no article is a copy of another");
    }
    output::write(None, |out| match args.format {
        ListFormat::Table => {
            let text = render_copies(&copies, output::width(), output::colour(None));
            Ok(out.write_all(text.as_bytes())?)
        }
        ListFormat::Json => output::json(out, &copies),
        ListFormat::Jsonl => (copies.iter()).try_for_each(|copy| output::json_line(out, copy)),
        ListFormat::Csv => csv(&copies, out),
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// Writes one row a copy; passages are joined by a slash.
fn csv(copies: &[Copy], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "relation",
        "copy",
        "copy_outlet",
        "copy_published",
        "original",
        "original_outlet",
        "original_published",
        "containment",
        "words",
        "direction",
        "reordered",
        "cut",
        "added",
    ])?;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let join = |passages: &[trace::Evidence]| {
        let quotes = passages.iter().map(|passage| passage.quote.as_str());
        quotes.collect::<Vec<_>>().join(" / ")
    };
    for copy in copies {
        table.write_record([
            copy.relation.as_str(),
            copy.copy.id.as_str(),
            copy.copy.outlet.as_deref().unwrap_or_default(),
            &day(copy.copy.published),
            copy.original.id.as_str(),
            copy.original.outlet.as_deref().unwrap_or_default(),
            &day(copy.original.published),
            &copy.containment.to_string(),
            &copy.words.to_string(),
            copy.direction.as_str(),
            &copy.reordered.to_string(),
            &join(&copy.cut),
            &join(&copy.added),
        ])?;
    }
    Ok(table.flush()?)
}
