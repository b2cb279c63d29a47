//! `mentions`: every mention with its chain.

use super::{
    Outcome,
    args::{ListFormat, MentionsArgs},
    graph, output,
    report::Reporter,
    select,
};
use crate::{
    export::{csv, table::render_mentions},
    id::MentionId,
    mention::{MentionLine, MentionRecord},
    rdf::read,
};

/// Runs the command.
pub(crate) fn run(args: &MentionsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let graph = &opened.graph;
    let ids: Vec<MentionId> = match &args.article {
        None => read::mention_ids(graph, None),
        Some(text) => select::articles(graph, text)?
            .iter()
            .flat_map(|article| read::mention_ids(graph, Some(article)))
            .collect(),
    };
    let records = || ids.iter().filter_map(|id| read::mention(graph, id));
    output::write(None, |out| match args.format {
        ListFormat::Table => {
            let records: Vec<MentionRecord> = records().collect();
            let text = render_mentions(&records, output::width(), output::colour(None));
            Ok(out.write_all(text.as_bytes())?)
        }
        ListFormat::Json => {
            let records: Vec<MentionRecord> = records().collect();
            let lines: Vec<MentionLine<'_>> = records.iter().map(MentionLine::from).collect();
            output::json(out, &lines)
        }
        ListFormat::Jsonl => {
            records().try_for_each(|record| output::json_line(out, &MentionLine::from(&record)))
        }
        ListFormat::Csv => Ok(csv::write(&records().collect::<Vec<_>>(), out)?),
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}
