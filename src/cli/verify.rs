//! `verify`: hashes, spans, quotes and the ontology's checks.

use std::io::Write;

use super::{
    Outcome,
    args::{ReportFormat, VerifyArgs},
    extractor, graph, output,
    report::{Reporter, harmless},
};
use crate::store::{self, Verification};

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let (verification, skipped) = if !args.graph.is_on_the_spot() {
        let dir = graph::store_dir(&args.graph.store);
        let verification = store::verify(&dir, extractor::lexicon()).map_err(graph::advise)?;
        (verification, false)
    } else {
        let opened = graph::open(&args.graph, reporter)?;
        (store::verify_graph(opened.graph), opened.skipped)
    };
    output::write(None, |out| match args.format {
        ReportFormat::Table => print(&verification, out),
        ReportFormat::Json => output::json(out, &verification),
    })?;
    Ok(Outcome::incomplete_if(
        skipped || !verification.findings.is_empty(),
    ))
}

fn print(verification: &Verification, out: &mut dyn Write) -> anyhow::Result<()> {
    let Verification {
        snapshots,
        graphs,
        quads,
        spans,
        checks,
        findings,
    } = verification;
    for (what, count) in [
        ("snapshots checked", *snapshots),
        ("graphs checked", *graphs),
        ("quads read", *quads),
        ("spans compared", *spans),
        ("ontology checks run", *checks),
        ("findings", findings.len()),
    ] {
        writeln!(out, "{what:20}{count:>10}")?;
    }
    // Lines, not a table: a path that is wrapped cannot be copied.
    for finding in findings {
        let (subject, message) = (harmless(&finding.subject), harmless(&finding.message));
        writeln!(out, "{}  {subject}: {message}", finding.code)?;
    }
    Ok(())
}
