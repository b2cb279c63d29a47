//! Answers to SPARQL queries in every format; nothing is held in memory that can be streamed.

use std::io::Write;

use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfSerializer},
    model::{Term, Variable},
    sparql::{
        QueryResults, QuerySolutionIter, QueryTripleIter,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
};

use super::{args::QueryFormat, error::hinted, table};
use crate::{id::BASE, rdf::vocab::PREFIXES};

/// Writes an answer in `format`, or in the format that suits its kind.
pub(crate) fn write(
    answer: QueryResults<'_>,
    format: Option<QueryFormat>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    match answer {
        QueryResults::Boolean(answer) => match results_format(format)? {
            None => writeln!(out, "{answer}")?,
            Some(format) => {
                QueryResultsSerializer::from_format(format)
                    .serialize_boolean_to_writer(&mut *out, answer)?;
                writeln!(out)?;
            }
        },
        QueryResults::Solutions(solutions) => match results_format(format)? {
            None => print(solutions, out)?,
            Some(format) => solutions_as(solutions, format, out)?,
        },
        QueryResults::Graph(triples) => triples_as(triples, rdf_format(format)?, out)?,
    }
    Ok(())
}

/// Returns the format of an answer to SELECT or ASK, `None` for a table.
fn results_format(format: Option<QueryFormat>) -> anyhow::Result<Option<QueryResultsFormat>> {
    match format {
        None | Some(QueryFormat::Table) => Ok(None),
        Some(QueryFormat::Json) => Ok(Some(QueryResultsFormat::Json)),
        Some(QueryFormat::Csv) => Ok(Some(QueryResultsFormat::Csv)),
        Some(QueryFormat::Tsv) => Ok(Some(QueryResultsFormat::Tsv)),
        Some(QueryFormat::Xml) => Ok(Some(QueryResultsFormat::Xml)),
        Some(
            QueryFormat::Turtle
            | QueryFormat::Trig
            | QueryFormat::Nt
            | QueryFormat::Nq
            | QueryFormat::Jsonld,
        ) => Err(hinted(
            "SELECT and ASK do not answer with a graph",
            "choose --format table, json, csv, tsv or xml",
        )),
    }
}

/// Returns the format of an answer to CONSTRUCT or DESCRIBE.
fn rdf_format(format: Option<QueryFormat>) -> anyhow::Result<RdfFormat> {
    match format {
        None | Some(QueryFormat::Turtle) => Ok(RdfFormat::Turtle),
        Some(QueryFormat::Trig) => Ok(RdfFormat::TriG),
        Some(QueryFormat::Nt) => Ok(RdfFormat::NTriples),
        Some(QueryFormat::Nq) => Ok(RdfFormat::NQuads),
        Some(QueryFormat::Jsonld) => Ok(RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        }),
        Some(
            QueryFormat::Table
            | QueryFormat::Json
            | QueryFormat::Csv
            | QueryFormat::Tsv
            | QueryFormat::Xml,
        ) => Err(hinted(
            "CONSTRUCT and DESCRIBE answer with a graph",
            "choose --format turtle, trig, nt, nq or jsonld",
        )),
    }
}

fn solutions_as(
    solutions: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut serializer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(&mut *out, solutions.variables().to_vec())?;
    for solution in solutions {
        serializer.serialize(&solution?)?;
    }
    serializer.finish()?;
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        writeln!(out)?;
    }
    Ok(())
}

fn triples_as(
    triples: QueryTripleIter<'_>,
    format: RdfFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri)?;
    }
    let mut serializer = serializer.for_writer(&mut *out);
    for triple in triples {
        serializer.serialize_triple(&triple?)?;
    }
    serializer.finish()?;
    Ok(())
}

/// Prints solutions for a terminal.
fn print(solutions: QuerySolutionIter<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let variables = solutions.variables().to_vec();
    let header: Vec<&str> = variables.iter().map(Variable::as_str).collect();
    let rows = solutions
        .map(|solution| {
            let solution = solution?;
            Ok(variables
                .iter()
                .map(|variable| solution.get(variable).map_or_else(String::new, short))
                .collect())
        })
        .collect::<anyhow::Result<Vec<Vec<String>>>>()?;
    table::print(&header, rows, out)
}

/// Returns a term as a person reads it: ids without what all have in common, prefixed names, bare
/// literals.
fn short(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => {
            let iri = node.as_str();
            if let Some(local) = iri.strip_prefix(BASE) {
                return local.to_owned();
            }
            PREFIXES
                .iter()
                .filter_map(|(prefix, base)| Some((prefix, iri.strip_prefix(base)?)))
                .max_by_key(|(_, local)| std::cmp::Reverse(local.len()))
                .map_or_else(
                    || node.to_string(),
                    |(prefix, local)| format!("{prefix}:{local}"),
                )
        }
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}
