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
    results, table,
};
use crate::rdf::ontology::{self, NamedQuery, Parameter};

/// Runs the command.
pub(crate) fn run(args: &QueryArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let Some(query) = args.query.as_ref().filter(|_| !args.list) else {
        list(args.format)?;
        return Ok(Outcome::Done);
    };
    let question = ontology::queries()
        .iter()
        .find(|question| question.name == query.as_str());
    if args.explain {
        let named = question.ok_or_else(|| sparql(query).err().unwrap_or_else(only_shipped))?;
        output::write(None, |out| explain(named, out))?;
        return Ok(Outcome::Done);
    }
    let sparql = match question {
        Some(question) => question.text.to_owned(),
        None => sparql(query)?,
    };
    let parameters = question.map_or(&[][..], |question| &question.parameters);
    let bindings = args
        .set
        .iter()
        .map(|set| binding(set, parameters))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let opened = graph::open(&args.graph, reporter)?;
    let answer = opened.graph.query(&sparql, &bindings)?;
    output::write(None, |out| results::write(answer, args.format, out))?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

fn only_shipped() -> anyhow::Error {
    hinted(
        "only a shipped question can be explained",
        "`claimgraph query --list` lists them",
    )
}

/// Says what a question asks, what its parameters mean and how SPARQL asks it.
fn explain(question: &NamedQuery, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}\n", question.question)?;
    writeln!(out, "Columns: {}", question.columns.join(" "))?;
    for Parameter {
        name,
        kind,
        example,
    } in &question.parameters
    {
        let what = match *kind {
            "text" => "words",
            "number" => "a number",
            "date" => "a day",
            _ => "an id or IRI",
        };
        writeln!(
            out,
            "--set {name}={example}  only this {name} ({kind}: {what}); without it all"
        )?;
    }
    let example = question.parameters.first();
    let example = example.map(|one| format!(" --set {}={}", one.name, one.example));
    writeln!(
        out,
        "Example: claimgraph query {}{}\n",
        question.name,
        example.unwrap_or_default()
    )?;
    let sparql = question.text.lines().filter(|line| !line.starts_with('#'));
    for line in sparql {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Returns the SPARQL text of a QUERY that names no question.
fn sparql(query: &str) -> anyhow::Result<String> {
    if let Some(path) = query.strip_prefix('@') {
        return std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the query {path}"));
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

/// Reads one `NAME=VALUE`; a question says of what kind its parameters are.
fn binding(set: &str, parameters: &[Parameter]) -> anyhow::Result<(String, Term)> {
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
    let term = match parameters.iter().find(|parameter| parameter.name == name) {
        Some(parameter) => parameter.term(value).ok_or_else(|| {
            let Parameter { kind, example, .. } = parameter;
            wrong(&format!("?{name} takes a {kind} such as {example}"))
        })?,
        None => term(value).map_err(|why| wrong(&why))?,
    };
    Ok((name.to_owned(), term))
}

/// Reads a value as SPARQL writes it; what is neither an IRI nor a literal is plain text.
fn term(value: &str) -> Result<Term, String> {
    if value.starts_with('<') {
        let node: Result<NamedNode, _> = value.parse();
        node.map(Term::from).map_err(|error| error.to_string())
    } else if value.starts_with('"') {
        let literal: Result<Literal, _> = value.parse();
        literal.map(Term::from).map_err(|error| error.to_string())
    } else if value.starts_with("https://") || value.starts_with("http://") {
        let node = NamedNode::new(value);
        node.map(Term::from).map_err(|error| error.to_string())
    } else {
        Ok(Literal::new_simple_literal(value).into())
    }
}

/// A shipped question in a list.
#[derive(Serialize)]
struct Question {
    name: &'static str,
    question: &'static str,
    columns: &'static [&'static str],
    parameters: Vec<String>,
}

impl From<&'static NamedQuery> for Question {
    fn from(query: &'static NamedQuery) -> Self {
        let parameter = |parameter: &Parameter| format!("{}={}", parameter.name, parameter.example);
        Self {
            name: query.name,
            question: query.question,
            columns: &query.columns,
            parameters: query.parameters.iter().map(parameter).collect(),
        }
    }
}

/// Lists the shipped questions.
fn list(format: Option<QueryFormat>) -> anyhow::Result<()> {
    let questions: Vec<Question> = ontology::queries().iter().map(Question::from).collect();
    output::write(None, |out| match format {
        None | Some(QueryFormat::Table) => {
            let rows = questions.iter().map(|question| {
                vec![
                    question.name.to_owned(),
                    question.question.to_owned(),
                    question.parameters.join("\n"),
                ]
            });
            table::print(&["name", "question", "--set"], rows, out)
        }
        Some(QueryFormat::Json) => output::json(out, &questions),
        Some(_) => Err(hinted(
            "the questions are listed as a table or as JSON",
            "leave --format out, or write --format json",
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_an_iri_a_literal_or_plain_text() {
        let term = |set| binding(set, &[]).unwrap().1.to_string();
        assert_eq!(term("c=<https://example.org/a>"), "<https://example.org/a>");
        assert_eq!(term("c=https://example.org/a"), "<https://example.org/a>");
        assert_eq!(term("c=\"a\"@en"), "\"a\"@en");
        assert_eq!(term("?c=a=b"), "\"a=b\"");
    }

    #[test]
    fn a_binding_that_cannot_be_read_says_why() {
        for set in ["claim", "=x", "a b=x", "c=<not an iri>", "c=\"open"] {
            assert!(binding(set, &[]).is_err(), "{set}");
        }
    }

    #[test]
    fn a_single_word_that_names_no_question_is_not_taken_for_sparql() {
        assert!(sparql("nosuchquestion").is_err());
        assert!(sparql("ASK { ?s ?p ?o }").is_ok());
        assert!(sparql("ASK{?s?p?o}").is_ok());
    }
}
