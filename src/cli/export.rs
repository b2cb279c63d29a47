//! `export`: the graph, or the part chosen, for other tools.

use super::{
    Outcome,
    args::{ExportArgs, ExportFormat},
    claims,
    error::hinted,
    graph, output, render,
    report::Reporter,
    select::{self, Selected},
};
use crate::export::{self, DotProfile, ExportFormat as Format, NetworkFormat};

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let is_dot = args.format.is_none_or(|format| format == ExportFormat::Dot);
    if args.gephi && !is_dot {
        return Err(hinted(
            "--gephi is about DOT",
            "Gephi reads gexf and graphml as they are; for DOT write --format dot --profile gephi",
        ));
    }
    if args.picture.render.is_some() && !is_dot {
        return Err(hinted(
            "--render draws DOT",
            "leave out --format, or --render",
        ));
    }
    let profile = match render::profile(&args.picture, is_dot)? {
        _ if args.gephi => DotProfile::Gephi,
        profile => profile,
    };
    let opened = graph::open(&args.graph, reporter)?;
    let selection = match select::selection(opened.graph, args, reporter)? {
        Selected::Part(selection) => selection,
        Selected::NotFound { query, nearest } => {
            reporter.not_found(&query, !nearest.is_empty());
            claims::print_nearest(opened.graph, &nearest, reporter);
            return Ok(Outcome::Incomplete);
        }
    };
    let graph = opened.graph;
    if let Some(file) = &args.picture.render {
        render::render(file, profile, |format, out| {
            export::write(graph, &selection, Format::Network(format), out)
        })?;
        return Ok(Outcome::incomplete_if(opened.skipped));
    }
    let format = format(args.format.unwrap_or(ExportFormat::Dot), profile);
    output::write(args.output.as_deref(), |out| {
        Ok(export::write(graph, &selection, format, out)?)
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

fn format(format: ExportFormat, profile: DotProfile) -> Format {
    Format::Network(match format {
        ExportFormat::Dot => NetworkFormat::Dot(profile),
        ExportFormat::Graphml => NetworkFormat::Graphml,
        ExportFormat::Gexf => NetworkFormat::Gexf,
        ExportFormat::Cytoscape => NetworkFormat::Cytoscape,
        ExportFormat::Mermaid => NetworkFormat::Mermaid,
        ExportFormat::Nodes => NetworkFormat::Nodes,
        ExportFormat::Edges => NetworkFormat::Edges,
        ExportFormat::Csv => return Format::Csv,
        ExportFormat::Jsonld => return Format::Jsonld,
        ExportFormat::Trig => return Format::Trig,
        ExportFormat::Nq => return Format::Nq,
    })
}
