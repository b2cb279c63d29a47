//! `export`: the graph, or the part chosen, for other tools.

use super::{
    Outcome,
    args::{ExportArgs, ExportFormat},
    claims,
    error::hinted,
    graph, output,
    report::Reporter,
    select::{self, Selected},
};
use crate::export::{self, DotProfile};

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    if args.gephi && args.format != ExportFormat::Dot {
        return Err(hinted(
            "--gephi is about DOT",
            "Gephi reads gexf and graphml as they are; for DOT write --format dot --gephi",
        ));
    }
    let opened = graph::open(&args.graph, reporter)?;
    let selection = match select::selection(&opened.graph, args, reporter)? {
        Selected::Part(selection) => selection,
        Selected::NotFound { query, nearest } => {
            let nearest = claims::matched(&opened.graph, &nearest);
            reporter.not_found(&query, !nearest.is_empty());
            claims::print_nearest(&nearest, reporter);
            return Ok(Outcome::Incomplete);
        }
    };
    output::write(args.output.as_deref(), |out| {
        let graph = &opened.graph;
        Ok(if args.gephi {
            export::write_dot(graph, &selection, DotProfile::Gephi, out)
        } else {
            export::write(graph, &selection, args.format.into(), out)
        }?)
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

impl From<ExportFormat> for export::ExportFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Dot => Self::Dot,
            ExportFormat::Graphml => Self::Graphml,
            ExportFormat::Gexf => Self::Gexf,
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Jsonld => Self::Jsonld,
            ExportFormat::Trig => Self::Trig,
            ExportFormat::Nq => Self::Nq,
        }
    }
}
