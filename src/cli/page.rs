//! `report`: everything known about a claim as one web page.

use super::{
    Outcome,
    args::PageArgs,
    claims, graph, output,
    report::Reporter,
    trace::{self, Answer, Asked},
};
use crate::export::page;

/// Runs the command.
pub(crate) fn run(args: &PageArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let graph = opened.graph;
    let asked = Asked {
        event: args.event.as_deref(),
        ..Asked::default()
    };
    let (answer, others) = match trace::answer(graph, &args.claim, &asked, reporter)? {
        Answer::Trace(answer, others) => (answer, others),
        Answer::Nearest(nearest) => {
            reporter.not_found(&args.claim, !nearest.is_empty());
            claims::print_nearest(graph, &nearest, reporter);
            return Ok(Outcome::Incomplete);
        }
    };
    output::write(args.output.as_deref(), |out| {
        Ok(page::write(graph, &answer, out)?)
    })?;
    trace::also_fits(graph, &others, reporter);
    Ok(Outcome::incomplete_if(opened.skipped))
}
