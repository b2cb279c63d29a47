//! `mentions`: every mention with its chain.

use serde::ser::{SerializeSeq, Serializer};

use super::{
    Outcome,
    args::{ListFormat, MentionsArgs},
    graph, output,
    report::Reporter,
    select,
    spot::{self, Spot},
};
use crate::{
    export::{csv, table::render_mentions},
    id::MentionId,
    mention::{MentionLine, MentionRecord},
    rdf::read,
};

/// Where mentions come from: calls what it is given with each.
type Source<'a> =
    dyn FnOnce(&mut dyn FnMut(MentionRecord) -> anyhow::Result<()>) -> anyhow::Result<()> + 'a;

/// Runs the command.
pub(crate) fn run(args: &MentionsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    // What one article is called is looked up in a graph.
    if !args.graph.is_on_the_spot() || args.article.is_some() {
        return from_graph(args, reporter);
    }
    let mut skipped = false;
    if args.no_claims {
        write(
            args.format,
            Box::new(|take| {
                skipped = spot::stream(&args.graph, reporter, take)?;
                Ok(())
            }),
        )?;
    } else {
        let spot = Spot::read(&args.graph, reporter)?;
        skipped = spot.skipped;
        write(args.format, Box::new(|take| spot.mentions(take)))?;
    }
    Ok(Outcome::incomplete_if(skipped))
}

fn from_graph(args: &MentionsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let graph = opened.graph;
    let ids: Vec<MentionId> = match &args.article {
        None => read::mention_ids(graph, None),
        Some(text) => select::articles(graph, text)?
            .iter()
            .flat_map(|article| read::mention_ids(graph, Some(article)))
            .collect(),
    };
    let mut records = ids.iter().filter_map(|id| {
        let mut record = read::mention(graph, id)?;
        record.claim = record.claim.filter(|_| !args.no_claims);
        Some(record)
    });
    write(args.format, Box::new(|take| records.try_for_each(take)))?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// Writes mentions as they come; a table is laid out when all are there.
fn write(format: ListFormat, source: Box<Source<'_>>) -> anyhow::Result<()> {
    output::write(None, |out| match format {
        ListFormat::Table => {
            let mut records = Vec::new();
            source(&mut |record| {
                records.push(record);
                Ok(())
            })?;
            let text = render_mentions(&records, output::width(), output::colour(None));
            Ok(out.write_all(text.as_bytes())?)
        }
        ListFormat::Json => {
            let mut json = serde_json::Serializer::pretty(&mut *out);
            let mut list = json.serialize_seq(None).map_err(std::io::Error::from)?;
            source(&mut |record| {
                let line = MentionLine::from(&record);
                Ok(list
                    .serialize_element(&line)
                    .map_err(std::io::Error::from)?)
            })?;
            list.end().map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
        ListFormat::Jsonl => {
            source(&mut |record| output::json_line(out, &MentionLine::from(&record)))
        }
        ListFormat::Csv => {
            let mut rows = csv::Rows::new(out);
            source(&mut |record| Ok(rows.write(&record)?))?;
            Ok(rows.finish()?)
        }
    })
}
