//! `ask`: questions that need an algorithm on the reliance graph.

use std::{collections::BTreeMap, io::Write};

use super::{
    Outcome,
    args::{AskArgs, ListFormat},
    claims,
    error::hinted,
    extractor, graph, output,
    report::Reporter,
    select, table,
};
use crate::{
    id::{AgentId, ClaimId},
    store::Graph,
    trace::{
        self, Lookup,
        ask::{self, QUESTIONS, Question},
    },
};

/// So many claims are asked where none is named.
const LIMIT: usize = 50;

/// Runs the command.
pub(crate) fn run(args: &AskArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let Some(name) = args.name.as_ref().filter(|_| !args.list) else {
        output::write(None, |out| list(args.format, out))?;
        return Ok(Outcome::Done);
    };
    let question = ask::question(name).ok_or_else(|| {
        hinted(
            format_args!("there is no question `{name}`"),
            "`claimgraph ask --list` lists them; `claimgraph query --list` those that SPARQL answers",
        )
    })?;
    if args.explain {
        output::write(None, |out| explain(question, out))?;
        return Ok(Outcome::Done);
    }
    if question.needs_source && args.source.is_none() {
        return Err(hinted(
            format_args!("`{name}` is asked about a source"),
            format!("write claimgraph ask {}", question.example),
        ));
    }
    let opened = graph::open(&args.graph, reporter)?;
    let graph = opened.graph;
    let source = match &args.source {
        Some(text) => Some(select::source(graph, text)?),
        None => None,
    };
    let Some(claims) = claims(args, graph, question, source.as_ref(), reporter) else {
        return Ok(Outcome::Incomplete);
    };
    let scope = select::scope(&args.scope, &args.graph)?;
    let lexicon = extractor::lexicon();
    let rows = ask::ask(graph, question, &claims, source.as_ref(), &scope, lexicon);
    if rows.is_empty() {
        reporter.warning(&format_args!(
            "nothing of that kind in {} claims",
            claims.len()
        ));
    }
    output::write(None, |out| write(question, rows, args.format, out))?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// Finds the claims that are asked; `None` when one of those named is not there.
fn claims(
    args: &AskArgs,
    graph: &Graph,
    question: &Question,
    source: Option<&AgentId>,
    reporter: &Reporter,
) -> Option<Vec<ClaimId>> {
    let lexicon = extractor::lexicon();
    if args.claims.is_empty() {
        let mut all = match source.filter(|_| question.needs_source) {
            Some(source) => ask::claims_through(graph, source),
            None => ask::most_told(graph),
        };
        all.truncate(args.limit.unwrap_or(if question.needs_source {
            usize::MAX
        } else {
            LIMIT
        }));
        return Some(all);
    }
    let mut found = Vec::new();
    for text in &args.claims {
        match trace::find(graph, text, lexicon) {
            Lookup::Claim { id, .. } => found.push(id),
            Lookup::Nearest(nearest) => {
                reporter.not_found(text, !nearest.is_empty());
                claims::print_nearest(graph, &nearest, reporter);
                return None;
            }
        }
    }
    Some(found)
}

fn write(
    question: &Question,
    rows: Vec<Vec<String>>,
    format: ListFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let objects = || {
        rows.iter().map(|row| {
            let cells = question.columns.iter().zip(row);
            cells
                .map(|(name, cell)| (*name, cell))
                .collect::<BTreeMap<_, _>>()
        })
    };
    match format {
        // The id says nothing to a reader.
        ListFormat::Table => {
            let rows = rows.iter().map(|row| row[1..].to_vec());
            table::print(&question.columns[1..], rows, out)
        }
        ListFormat::Json => output::json(out, &objects().collect::<Vec<_>>()),
        ListFormat::Jsonl => objects().try_for_each(|row| output::json_line(out, &row)),
        ListFormat::Csv => {
            let mut table = csv::Writer::from_writer(out);
            table.write_record(question.columns)?;
            for row in &rows {
                table.write_record(row)?;
            }
            Ok(table.flush()?)
        }
    }
}

fn list(format: ListFormat, out: &mut dyn Write) -> anyhow::Result<()> {
    if format != ListFormat::Table {
        return Err(hinted(
            "the questions are listed as a table",
            "leave --format out",
        ));
    }
    let rows = QUESTIONS.iter().map(|question| {
        let example = format!("claimgraph ask {}", question.example);
        vec![
            question.name.to_owned(),
            question.question.to_owned(),
            example,
        ]
    });
    table::print(&["name", "question", "example"], rows, out)
}

fn explain(question: &Question, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}\n", question.question)?;
    writeln!(out, "{}\n", question.how)?;
    writeln!(out, "Columns: {}", question.columns.join(" "))?;
    writeln!(out, "Example: claimgraph ask {}", question.example)?;
    Ok(())
}
