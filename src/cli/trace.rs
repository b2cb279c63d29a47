//! `trace`: who repeats a claim, who disputes it and who is its source.

use serde::Serialize;

use super::{
    Outcome,
    args::{TraceArgs, TraceFormat},
    claims::{self, ClaimLine},
    graph, output,
    report::Reporter,
    select,
};
use crate::{
    claim::Match,
    export::{self, table::render_trace},
    lexicon::Lexicon,
    store::Graph,
    trace::{self, Lookup},
};

/// Runs the command.
pub(crate) fn run(args: &TraceArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let graph = &opened.graph;
    let lexicon = Lexicon::shipped();
    let (id, matched, others) = match trace::find(graph, &args.claim, lexicon) {
        Lookup::Claim {
            id,
            matched,
            others,
        } => (id, matched, others),
        Lookup::Nearest(nearest) => return not_found(args, graph, &nearest, reporter),
    };
    let answer = match &args.event {
        Some(text) => {
            let events = select::events(graph, text, reporter)?;
            trace::trace_at(graph, &id, &args.claim, matched, &events, lexicon)
        }
        None => trace::trace(graph, &id, &args.claim, matched, lexicon),
    };
    let file = args.output.as_deref();
    output::write(file, |out| match args.format {
        TraceFormat::Table => {
            let text = render_trace(&answer, output::width(), output::colour(file));
            Ok(out.write_all(text.as_bytes())?)
        }
        TraceFormat::Json => output::json(out, &answer),
        TraceFormat::Dot => Ok(export::write_trace_dot(&answer, out)?),
    })?;
    also_fits(graph, &others, reporter);
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// So many other claims are named that fit nearly as well.
const OTHERS: usize = 5;

/// Tells which other claims fit nearly as well.
fn also_fits(graph: &Graph, others: &[Match], reporter: &Reporter) {
    if others.is_empty() {
        return;
    }
    reporter.hint(&"these fit nearly as well; name one by its id");
    let shown = &others[..others.len().min(OTHERS)];
    claims::print_nearest(&claims::matched(graph, shown), reporter);
}

/// What `--format json` prints when no claim fits.
#[derive(Serialize)]
struct NotFound<'a> {
    query: &'a str,
    claim: Option<ClaimLine>,
    nearest: Vec<ClaimLine>,
}

/// Shows the nearest claims; never the answer for another claim.
fn not_found(
    args: &TraceArgs,
    graph: &Graph,
    nearest: &[Match],
    reporter: &Reporter,
) -> anyhow::Result<Outcome> {
    let nearest = claims::matched(graph, nearest);
    reporter.not_found(&args.claim, !nearest.is_empty());
    match args.format {
        TraceFormat::Json => output::write(None, |out| {
            output::json(
                out,
                &NotFound {
                    query: &args.claim,
                    claim: None,
                    nearest,
                },
            )
        })?,
        TraceFormat::Table if args.output.is_none() => {
            output::write(None, |out| claims::print_table(&nearest, out))?;
        }
        TraceFormat::Table | TraceFormat::Dot => claims::print_nearest(&nearest, reporter),
    }
    Ok(Outcome::Incomplete)
}
