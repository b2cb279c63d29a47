//! `trace`: who repeats a claim, who disputes it and who is its source.

use serde::Serialize;

use super::{
    Outcome,
    args::{TraceArgs, TraceFormat},
    claims::{self, ClaimLine},
    error::hinted,
    extractor, graph, output, render,
    report::Reporter,
    select,
};
use crate::{
    claim::Match,
    export::{self, DotProfile, NetworkFormat, table::render_trace},
    reliance,
    store::Graph,
    trace::{self, Lookup, Scope, Trace},
};

/// Runs the command.
pub(crate) fn run(args: &TraceArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let profile = render::profile(&args.picture, args.format == TraceFormat::Dot)?;
    if args.picture.render.is_some()
        && !matches!(args.format, TraceFormat::Table | TraceFormat::Dot)
    {
        return Err(hinted(
            "--render draws DOT",
            "leave out --format, or --render",
        ));
    }
    let opened = graph::open(&args.graph, reporter)?;
    let asked = Asked {
        event: args.event.as_deref(),
        without: args.without.as_deref(),
        scope: select::scope(&args.scope, &args.graph)?,
    };
    let (answer, others) = match answer(opened.graph, &args.claim, &asked, reporter)? {
        Answer::Trace(answer, others) => (answer, others),
        Answer::Nearest(nearest) => return not_found(args, opened.graph, &nearest, reporter),
    };
    if let Some(file) = &args.picture.render {
        render::render(file, profile, |format, out| {
            export::write_trace(&answer, format, out)
        })?;
    } else {
        write(args, &answer, profile)?;
    }
    also_fits(opened.graph, &others, reporter);
    Ok(Outcome::incomplete_if(opened.skipped))
}

fn write(args: &TraceArgs, answer: &Trace, profile: DotProfile) -> anyhow::Result<()> {
    let file = args.output.as_deref();
    output::write(file, |out| {
        let format = match args.format {
            TraceFormat::Table => {
                let text = render_trace(answer, output::width(), output::colour(file));
                return Ok(out.write_all(text.as_bytes())?);
            }
            TraceFormat::Json => return output::json(out, answer),
            TraceFormat::Dot => NetworkFormat::Dot(profile),
            TraceFormat::Graphml => NetworkFormat::Graphml,
            TraceFormat::Gexf => NetworkFormat::Gexf,
            TraceFormat::Cytoscape => NetworkFormat::Cytoscape,
            TraceFormat::Mermaid => NetworkFormat::Mermaid,
            TraceFormat::Nodes => NetworkFormat::Nodes,
            TraceFormat::Edges => NetworkFormat::Edges,
        };
        Ok(export::write_trace(answer, format, out)?)
    })
}

/// What a claim's words lead to.
pub(crate) enum Answer {
    /// The answer, and other claims that fit nearly as well.
    Trace(Box<Trace>, Vec<Match>),
    /// No claim fits; the nearest.
    Nearest(Vec<Match>),
}

/// What is asked of a claim beside the claim itself.
#[derive(Default)]
pub(crate) struct Asked<'a> {
    pub(crate) event: Option<&'a str>,
    pub(crate) without: Option<&'a str>,
    pub(crate) scope: Scope,
}

/// Finds the claim and answers for it.
pub(crate) fn answer(
    graph: &Graph,
    claim: &str,
    asked: &Asked<'_>,
    reporter: &Reporter,
) -> anyhow::Result<Answer> {
    let lexicon = extractor::lexicon();
    let (id, matched, others) = match trace::find(graph, claim, lexicon) {
        Lookup::Claim {
            id,
            matched,
            others,
        } => (id, matched, others),
        Lookup::Nearest(nearest) => return Ok(Answer::Nearest(nearest)),
    };
    let mut scope = asked.scope.clone();
    if let Some(text) = asked.event {
        scope.events = Some(select::events(graph, text, reporter)?);
    }
    let facts = trace::facts(graph, &id, claim, matched, &scope, lexicon);
    let mut answer = trace::assemble(&facts);
    if let Some(text) = asked.without {
        let source = select::party(&answer.reliance.graph, text)?;
        answer.without = Some(reliance::without(&trace::material(&facts), &source));
    }
    Ok(Answer::Trace(Box::new(answer), others))
}

/// So many other claims are named that fit nearly as well.
const OTHERS: usize = 5;

/// Tells which other claims fit nearly as well.
pub(crate) fn also_fits(graph: &Graph, others: &[Match], reporter: &Reporter) {
    if others.is_empty() {
        return;
    }
    reporter.hint(&"these fit nearly as well; name one by its id");
    let shown = &others[..others.len().min(OTHERS)];
    claims::print_nearest(graph, shown, reporter);
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
    reporter.not_found(&args.claim, !nearest.is_empty());
    match args.format {
        TraceFormat::Json => output::write(None, |out| {
            output::json(
                out,
                &NotFound {
                    query: &args.claim,
                    claim: None,
                    nearest: claims::matched(graph, nearest),
                },
            )
        })?,
        TraceFormat::Table if args.output.is_none() && args.picture.render.is_none() => {
            let nearest = claims::matched(graph, nearest);
            output::write(None, |out| claims::print_table(&nearest, out))?;
        }
        _ => claims::print_nearest(graph, nearest, reporter),
    }
    Ok(Outcome::Incomplete)
}
