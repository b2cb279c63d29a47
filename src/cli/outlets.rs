//! `outlets`: the registry of news organisations, and what a name or an address stands for.

use std::io::Write;

use serde::Serialize;

use super::{
    Outcome,
    args::{OutletsArgs, OutletsFormat},
    extractor, output,
    report::Reporter,
    table,
};
use crate::{
    export,
    lexicon::outlets::{Outlet, Outlets, Ownership},
};

/// An outlet as it is listed.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    #[serde(flatten)]
    outlet: &'a Outlet,
    /// Whether a credit that names it tells whose text it is.
    wire: bool,
    /// Why it fits: address, name, ambiguous name, part of a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
}

/// Runs the command.
pub(crate) fn run(args: &OutletsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let outlets = &extractor::lexicon().outlets;
    let found: Vec<(&Outlet, Option<&'static str>)> = match &args.text {
        None => outlets.iter().map(|outlet| (outlet, None)).collect(),
        Some(text) => (matches(text, outlets).into_iter())
            .map(|(outlet, by)| (outlet, Some(by)))
            .collect(),
    };
    if let Some(text) = args.text.as_ref().filter(|_| found.is_empty()) {
        match outlets.site(&absolute(text)).filter(|_| is_address(text)) {
            Some(site) => reporter.summary(&format_args!(
                "No outlet is known there; its articles are by \"{site}\""
            )),
            None => reporter.summary(&format_args!("No outlet is called so: {text}")),
        }
        return Ok(Outcome::Incomplete);
    }
    output::write(None, |out| print(&found, args.format, outlets, out))?;
    Ok(Outcome::Done)
}

/// What an address or a name stands for, else what has it in its name.
fn matches<'o>(text: &str, outlets: &'o Outlets) -> Vec<(&'o Outlet, &'static str)> {
    if is_address(text)
        && let Some(found) = outlets.by_address(&absolute(text))
    {
        return vec![(found, "address")];
    }
    if let Some(found) = outlets.find_anywhere(text) {
        return vec![(found, "name")];
    }
    let claimants = outlets.claimants(text);
    if !claimants.is_empty() {
        let ambiguous = |outlet| (outlet, "ambiguous name");
        return claimants.into_iter().map(ambiguous).collect();
    }
    let part = text.to_lowercase();
    let fits = |outlet: &&Outlet| {
        outlet
            .names()
            .any(|name| name.to_lowercase().contains(&part))
    };
    let part = |outlet| (outlet, "part of a name");
    outlets.iter().filter(fits).map(part).collect()
}

fn is_address(text: &str) -> bool {
    text.contains("://") || (text.contains('.') && !text.contains(' '))
}

fn absolute(text: &str) -> String {
    match text.contains("://") {
        true => text.to_owned(),
        false => format!("https://{text}"),
    }
}

fn print(
    found: &[(&Outlet, Option<&'static str>)],
    format: OutletsFormat,
    outlets: &Outlets,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let lines: Vec<Line<'_>> = (found.iter())
        .map(|&(outlet, by)| Line {
            id: outlet.agent_id().to_string(),
            outlet,
            wire: outlet.is_wire(),
            by,
        })
        .collect();
    match format {
        OutletsFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &lines)?;
            Ok(writeln!(out)?)
        }
        OutletsFormat::Jsonl => {
            let mut lines = lines.iter();
            lines.try_for_each(|line| output::json_line(out, line))
        }
        OutletsFormat::Turtle => {
            let wanted: Vec<&Outlet> = found.iter().map(|(outlet, _)| *outlet).collect();
            Ok(export::registry(outlets, &wanted, out)?)
        }
        OutletsFormat::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(HEADER)?;
            for line in &lines {
                csv.write_record(cells(line, "; "))?;
            }
            Ok(csv.flush()?)
        }
        OutletsFormat::Table => {
            let rows = lines.iter().map(|line| {
                let [name, kind, country, _, _, _, domains, owners, by, ..] = cells(line, ", ");
                vec![name, kind, country, domains, owners, by]
            });
            table::print(
                &["outlet", "kind", "country", "domains", "owners", "by"],
                rows,
                out,
            )
        }
    }
}

const HEADER: [&str; 13] = [
    "name",
    "kind",
    "country",
    "language",
    "state",
    "public",
    "domains",
    "owners",
    "by",
    "wire",
    "aliases",
    "ambiguous",
    "id",
];

fn cells(line: &Line<'_>, separator: &str) -> [String; 13] {
    let outlet = line.outlet;
    let owners: Vec<String> = outlet.owners.iter().map(owner).collect();
    let former = outlet.former.iter().map(|former| former.name.clone());
    let aliases: Vec<String> = outlet.aliases.iter().cloned().chain(former).collect();
    [
        outlet.name.clone(),
        outlet.kind.word().to_owned(),
        outlet.country.clone(),
        outlet.language.join(separator),
        outlet.state.to_string(),
        outlet.public.to_string(),
        outlet.domains.join(separator),
        owners.join(separator),
        line.by.unwrap_or_default().to_owned(),
        line.wire.to_string(),
        aliases.join(separator),
        outlet.ambiguous.join(separator),
        line.id.clone(),
    ]
}

/// "Nikkei (from 2015-11)"
fn owner(ownership: &Ownership) -> String {
    let name = &ownership.name;
    match (&ownership.from, &ownership.until) {
        (None, None) => name.clone(),
        (Some(from), None) => format!("{name} (from {from})"),
        (None, Some(until)) => format!("{name} (until {until})"),
        (Some(from), Some(until)) => format!("{name} ({from} to {until})"),
    }
}
