//! `query`: SPARQL, typed, from a file or shipped.

use std::io::Write;

use anyhow::Context;
use oxigraph::model::{Literal, NamedNode, Term, Variable};
use serde::Serialize;

use super::{
    Outcome,
    args::{QueryArgs, QueryFormat},
    error::hinted,
    graph, output,
    report::Reporter,
    results,
    seams::{self, NamedQuery},
    table,
};

/// Runs the command.
pub(crate) fn run(args: &QueryArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let Some(query) = args.query.as_ref().filter(|_| !args.list) else {
        list(args.format)?;
        return Ok(Outcome::Done);
    };
    let sparql = sparql(query)?;
    let bindings = args
        .set
        .iter()
        .map(|set| binding(set))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let opened = graph::open(&args.graph, reporter)?;
    let answer = opened.graph.query(&sparql, &bindings)?;
    output::write(None, |out| results::write(answer, args.format, out))?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// Returns the SPARQL text that QUERY means.
fn sparql(query: &str) -> anyhow::Result<String> {
    if let Some(path) = query.strip_prefix('@') {
        return std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the query {path}"));
    }
    let questions = seams::queries();
    if let Some(question) = questions.iter().find(|question| question.name == query) {
        return Ok(question.text.to_owned());
    }
    // One word is never a query, but may be a misspelt name.
    if !query.contains(|character: char| character.is_whitespace() || character == '{') {
        return Err(hinted(
            format_args!("there is no question `{query}`"),
            "`claimgraph query --list` lists the shipped questions; `@FILE` reads a query from a file",
        ));
    }
    Ok(query.to_owned())
}

/// Reads one `NAME=VALUE`.
fn binding(set: &str) -> anyhow::Result<(String, Term)> {
    let wrong = |why: &str| {
        hinted(
            format_args!("cannot bind `{set}`: {why}"),
            "write --set name='<IRI>', --set name='\"text\"@en' or --set name=text",
        )
    };
    let (name, value) = set
        .split_once('=')
        .ok_or_else(|| wrong("there is no `=` in it"))?;
    let name = name.trim_start_matches(['?', '$']);
    Variable::new(name).map_err(|_| wrong("that is not a variable's name"))?;
    let term = match value.as_bytes().first() {
        Some(b'<') => value
            .parse::<NamedNode>()
            .map(Term::from)
            .map_err(|error| wrong(&error.to_string()))?,
        Some(b'"') => value
            .parse::<Literal>()
            .map(Term::from)
            .map_err(|error| wrong(&error.to_string()))?,
        _ if value.starts_with("https://") || value.starts_with("http://") => NamedNode::new(value)
            .map(Term::from)
            .map_err(|error| wrong(&error.to_string()))?,
        _ => Literal::new_simple_literal(value).into(),
    };
    Ok((name.to_owned(), term))
}

/// A shipped question in a list.
#[derive(Serialize)]
struct Question {
    name: &'static str,
    question: &'static str,
    columns: Vec<&'static str>,
    parameters: Vec<&'static str>,
}

/// Lists the shipped questions.
fn list(format: Option<QueryFormat>) -> anyhow::Result<()> {
    let questions = seams::queries();
    output::write(None, |out| match format {
        None | Some(QueryFormat::Table) => print(&questions, out),
        Some(QueryFormat::Json) => {
            let questions: Vec<Question> = questions
                .into_iter()
                .map(|query| Question {
                    name: query.name,
                    question: query.question,
                    columns: query.columns,
                    parameters: query.parameters,
                })
                .collect();
            output::json(out, &questions)
        }
        Some(_) => Err(hinted(
            "the questions are listed as a table or as JSON",
            "leave --format out, or write --format json",
        )),
    })
}

fn print(questions: &[NamedQuery], out: &mut dyn Write) -> anyhow::Result<()> {
    let rows = questions.iter().map(|query| {
        vec![
            query.name.to_owned(),
            query.question.to_owned(),
            query.parameters.join(", "),
        ]
    });
    table::print(&["name", "question", "--set"], rows, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_an_iri_a_literal_or_plain_text() {
        let term = |set| binding(set).unwrap().1.to_string();
        assert_eq!(term("c=<https://example.org/a>"), "<https://example.org/a>");
        assert_eq!(term("c=https://example.org/a"), "<https://example.org/a>");
        assert_eq!(term("c=\"a\"@en"), "\"a\"@en");
        assert_eq!(term("?c=a=b"), "\"a=b\"");
    }

    #[test]
    fn a_binding_that_cannot_be_read_says_why() {
        for set in ["claim", "=x", "a b=x", "c=<not an iri>", "c=\"open"] {
            assert!(binding(set).is_err(), "{set}");
        }
    }

    #[test]
    fn a_single_word_that_names_no_question_is_not_taken_for_sparql() {
        assert!(sparql("nosuchquestion").is_err());
        assert!(sparql("ASK { ?s ?p ?o }").is_ok());
        assert!(sparql("ASK{?s?p?o}").is_ok());
    }
}
