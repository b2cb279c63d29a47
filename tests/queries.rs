//! Every shipped query, asked of the fixtures: its answer is the one that was read and approved.
//!
//! `UPDATE_EXPECT=1 cargo test queries` writes the answers anew; read the difference.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use claimgraph::{
    article::{self, ReadOptions},
    id::BASE,
    lexicon::Lexicon,
    pipeline,
    rdf::ontology::{self, NamedQuery},
    store::Graph,
    trace::{self, Lookup},
};
use oxigraph::{model::Term, sparql::QueryResults};
use serde::Deserialize;

use crate::common::root;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// One query with its parameters; the answer's file is named after query and case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    query: String,
    name: String,
    #[serde(default = "main_story")]
    articles: String,
    #[serde(default)]
    set: BTreeMap<String, String>,
}

fn main_story() -> String {
    "fixtures/articles".to_owned()
}

fn folder() -> PathBuf {
    root().join("fixtures/queries")
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(folder().join("cases.toml")).unwrap();
    toml::from_str::<Cases>(&text).unwrap().case
}

fn graph(articles: &str) -> Graph {
    let lexicon = Lexicon::shipped();
    let analysed = article::discover(&[root().join(articles)])
        .map(|path| {
            let raw = article::read(&path.unwrap(), &ReadOptions::default()).unwrap();
            let analysis = pipeline::analyse(&raw.value, lexicon, &pipeline::Options::default());
            (raw.value.snapshot, analysis.value)
        })
        .collect();
    Graph::in_memory(analysed, lexicon)
}

/// Binds the parameters; a claim is found by its words.
fn bindings(graph: &Graph, query: &NamedQuery, case: &Case) -> Vec<(String, Term)> {
    case.set
        .iter()
        .map(|(name, value)| {
            let parameter = query.parameters.iter().find(|known| known.name == name);
            let parameter = parameter.unwrap_or_else(|| panic!("{} has no {name}", query.name));
            let id = if parameter.kind == "claim" {
                match trace::find(graph, value, Lexicon::shipped()) {
                    Lookup::Claim { id, .. } => Some(id.iri()),
                    Lookup::Nearest(_) => panic!("no claim fits {value}"),
                }
            } else {
                None
            };
            let term = parameter.term(id.as_deref().unwrap_or(value)).unwrap();
            (name.clone(), term)
        })
        .collect()
}

/// Shows a term: a literal as its words, an agent by its id, other nodes by their kind alone, since
/// their ids say nothing to a reader and change with the analysis.
fn shown(term: Option<&Term>) -> String {
    match term {
        None => String::new(),
        Some(Term::Literal(literal)) => literal.value().replace(['\n', '\t'], " "),
        Some(Term::NamedNode(node)) => match node.as_str().strip_prefix(BASE) {
            Some(local) => match local.split_once('/') {
                Some(("agent", id)) => match id.strip_prefix("unnamed-") {
                    // The middle is the article's.
                    Some(rest) => format!("unnamed-{}", rest.split_once('-').unwrap_or_default().1),
                    None => id.to_owned(),
                },
                Some((kind, _)) => format!("({kind})"),
                None => local.to_owned(),
            },
            None => node.as_str().to_owned(),
        },
        Some(other) => other.to_string(),
    }
}

fn answer(graph: &Graph, query: &NamedQuery, case: &Case) -> String {
    let bindings = bindings(graph, query, case);
    let QueryResults::Solutions(rows) = graph.query(query.text, &bindings).unwrap() else {
        panic!("{} is no SELECT", query.name);
    };
    let mut lines = vec![query.columns.join("\t")];
    for row in rows {
        let row = row.unwrap();
        let cells: Vec<String> = query
            .columns
            .iter()
            .map(|column| shown(row.get(*column)))
            .collect();
        lines.push(cells.join("\t"));
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_shipped_query_answers_as_expected() {
    let mut graphs: BTreeMap<String, Graph> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in cases() {
        let query = ontology::queries()
            .iter()
            .find(|query| query.name == case.query)
            .unwrap_or_else(|| panic!("there is no query {}", case.query));
        let graph = graphs
            .entry(case.articles.clone())
            .or_insert_with(|| graph(&case.articles));
        let answer = answer(graph, query, &case);
        let path = folder().join(format!("{}.{}.tsv", case.query, case.name));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &answer).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != answer {
            wrong.push(format!("{}.{}:\n{answer}", case.query, case.name));
        }
        if answer.lines().count() < 2 {
            wrong.push(format!("{}.{}: no rows", case.query, case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_shipped_query_has_a_case_and_every_answer_belongs_to_one() {
    let cases = cases();
    let asked: BTreeSet<&str> = cases.iter().map(|case| case.query.as_str()).collect();
    let shipped: BTreeSet<&str> = ontology::queries().iter().map(|query| query.name).collect();
    assert_eq!(asked, shipped);
    let named: BTreeSet<String> = cases
        .iter()
        .map(|case| format!("{}.{}.tsv", case.query, case.name))
        .collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            matches!(name.as_str(), "cases.toml" | "articles") || named.contains(&name),
            "{name} belongs to no case"
        );
    }
}
