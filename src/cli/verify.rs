//! `verify`: hashes, spans, quotes and the ontology's checks.

use std::io::Write;

use super::{
    Outcome,
    args::{VerifyArgs, VerifyFormat},
    graph, output,
    report::Reporter,
    table::{self, Column},
};
use crate::{
    lexicon::Lexicon,
    store::{self, Verification},
};

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let (verification, skipped) = if args.graph.from.is_empty() {
        let dir = graph::existing_store(&args.graph.store)?;
        (store::verify(&dir, Lexicon::shipped())?, false)
    } else {
        let opened = graph::open(&args.graph, reporter)?;
        (store::verify_graph(&opened.graph), opened.skipped)
    };
    output::write(None, |out| match args.format {
        VerifyFormat::Table => print(&verification, out),
        VerifyFormat::Json => output::json(out, &verification),
    })?;
    Ok(Outcome::incomplete_if(
        skipped || !verification.findings.is_empty(),
    ))
}

fn print(verification: &Verification, out: &mut dyn Write) -> anyhow::Result<()> {
    let Verification {
        snapshots,
        spans,
        checks,
        findings,
    } = verification;
    writeln!(out, "snapshots checked   {snapshots}")?;
    writeln!(out, "spans compared      {spans}")?;
    writeln!(out, "ontology checks run {checks}")?;
    writeln!(out, "findings            {}", findings.len())?;
    if findings.is_empty() {
        return Ok(());
    }
    let columns = ["code", "subject", "message"].map(Column::left);
    let rows = findings.iter().map(|finding| {
        vec![
            finding.code.clone(),
            finding.subject.clone(),
            finding.message.clone(),
        ]
    });
    table::print(&columns, rows, out)
}
