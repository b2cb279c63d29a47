//! Bound variables and errors of queries.

use oxigraph::{
    model::{Literal, Term},
    sparql::{CancellationToken, QueryResults},
};

use super::{article, fill, node, open};
use crate::store::{Graph, QueryError};

fn graph() -> (tempfile::TempDir, Graph) {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..21);
    let graph = open(dir.path());
    (dir, graph)
}

fn ask(graph: &Graph, sparql: &str, bindings: &[(&str, Term)]) -> Vec<Vec<Option<String>>> {
    let bindings: Vec<_> = bindings
        .iter()
        .map(|(name, term)| ((*name).to_owned(), term.clone()))
        .collect();
    match graph.query(sparql, &bindings).unwrap() {
        QueryResults::Boolean(answer) => vec![vec![Some(answer.to_string())]],
        QueryResults::Graph(triples) => triples
            .map(|triple| vec![Some(triple.unwrap().to_string())])
            .collect(),
        QueryResults::Solutions(rows) => rows
            .map(|row| {
                let row = row.unwrap();
                row.values()
                    .iter()
                    .map(|term| term.as_ref().map(ToString::to_string))
                    .collect()
            })
            .collect(),
    }
}

fn one(graph: &Graph, sparql: &str, bindings: &[(&str, Term)]) -> String {
    let rows = ask(graph, sparql, bindings);
    assert_eq!((rows.len(), rows[0].len()), (1, 1), "{sparql}: {rows:?}");
    rows[0][0].clone().unwrap()
}

const COUNT: &str = "SELECT (STR(COUNT(*)) AS ?n) { ?a <https://example.org/outlet> ?outlet }";

#[test]
fn a_variable_that_is_not_selected_can_be_bound() {
    let (_dir, graph) = graph();
    assert_eq!(one(&graph, COUNT, &[]), "\"21\"");
    let outlet = node("outlet/3").into();
    assert_eq!(one(&graph, COUNT, &[("outlet", outlet)]), "\"3\"");
}

#[test]
fn a_bound_variable_stays_in_the_results() {
    let (_dir, graph) = graph();
    let sparql = "SELECT ?outlet ?a { ?a <https://example.org/outlet> ?outlet }";
    let rows = ask(&graph, sparql, &[("?outlet", node("outlet/3").into())]);
    assert_eq!(rows.len(), 3);
    assert!(
        rows.iter()
            .all(|row| row[0].as_deref() == Some("<https://example.org/outlet/3>"))
    );
}

#[test]
fn binding_works_in_every_kind_of_query() {
    let (_dir, graph) = graph();
    let outlet = || ("outlet", node("outlet/3").into());
    let none = || ("outlet", node("outlet/none").into());
    let ask_form = "ASK { ?a <https://example.org/outlet> ?outlet }";
    assert_eq!(one(&graph, ask_form, &[outlet()]), "true");
    assert_eq!(one(&graph, ask_form, &[none()]), "false");
    let construct = "CONSTRUCT { ?a <https://example.org/by> ?outlet }
        { ?a <https://example.org/outlet> ?outlet }";
    assert_eq!(ask(&graph, construct, &[outlet()]).len(), 3);
    let describe = "DESCRIBE ?a { ?a <https://example.org/outlet> ?outlet }";
    assert_eq!(ask(&graph, describe, &[outlet()]).len(), 9);
    assert_eq!(
        ask(&graph, "DESCRIBE ?a", &[("a", node("article/1").into())]).len(),
        3
    );
}

#[test]
fn binding_reaches_expressions_subqueries_unions_and_optional_parts() {
    let (_dir, graph) = graph();
    let limit = || ("limit", Literal::from(18).into());
    let filter = "SELECT (STR(COUNT(*)) AS ?n)
        { ?a <https://example.org/number> ?number FILTER(?number >= ?limit) }";
    assert_eq!(one(&graph, filter, &[limit()]), "\"3\"");
    let having = "SELECT ?outlet (COUNT(*) AS ?n) { ?a <https://example.org/outlet> ?outlet }
        GROUP BY ?outlet HAVING (COUNT(*) >= ?least)";
    assert_eq!(
        ask(&graph, having, &[("least", Literal::from(3).into())]).len(),
        7
    );
    assert_eq!(
        ask(&graph, having, &[("least", Literal::from(4).into())]).len(),
        0
    );
    let nested =
        "SELECT ?a { { SELECT ?a { ?a <https://example.org/number> ?n FILTER(?n < ?limit) } } }";
    assert_eq!(ask(&graph, nested, &[limit()]).len(), 18);
    let union = "SELECT ?a { { ?a <https://example.org/number> ?x } UNION { ?x ?y ?a } }";
    assert_eq!(
        ask(&graph, union, &[("x", Literal::from(5).into())]).len(),
        1
    );
    let optional = "SELECT ?a ?n { ?a <https://example.org/outlet> ?o
        OPTIONAL { ?a <https://example.org/number> ?n FILTER(?n = ?limit) } }";
    let rows = ask(&graph, optional, &[limit()]);
    assert_eq!(rows.len(), 21);
    assert_eq!(rows.iter().filter(|row| row[1].is_some()).count(), 1);
    let exists = "SELECT ?a { ?a <https://example.org/type> ?t
        FILTER EXISTS { ?a <https://example.org/outlet> ?o } }";
    assert_eq!(
        ask(&graph, exists, &[("o", node("outlet/0").into())]).len(),
        3
    );
    let selected = "SELECT ?word { }";
    assert_eq!(
        one(&graph, selected, &[("word", Literal::from("x").into())]),
        "\"x\""
    );
    let grouped =
        "SELECT ?o (STR(COUNT(?a)) AS ?n) { ?a <https://example.org/outlet> ?o } GROUP BY ?o";
    assert_eq!(
        ask(&graph, grouped, &[("o", node("outlet/1").into())]).len(),
        1
    );
    let named = "SELECT ?s { GRAPH ?g { ?s <https://example.org/type> ?t } }";
    assert_eq!(
        ask(&graph, named, &[("g", node("graph/4").into())]).len(),
        1
    );
}

#[test]
fn errors_say_what_is_wrong() {
    let (_dir, graph) = graph();
    let Err(QueryError::Syntax(message)) = graph.query("SELECT ?x WHERE { ?x }", &[]) else {
        panic!("no syntax error");
    };
    assert!(message.contains("1:"), "{message}");
    let unknown = [("typo".to_owned(), Term::from(node("x")))];
    assert!(
        matches!(graph.query(COUNT, &unknown), Err(QueryError::NoSuchVariable(name)) if name == "typo")
    );
    let service = "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }";
    let failed = match graph.query(service, &[]) {
        Ok(QueryResults::Solutions(mut rows)) => rows.any(|row| row.is_err()),
        Ok(_) => false,
        Err(error) => matches!(error, QueryError::Evaluation(_)),
    };
    assert!(failed, "a query went out to the network");
}

#[test]
fn a_cancelled_query_stops() {
    let (_dir, graph) = graph();
    let token = CancellationToken::new();
    let query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let QueryResults::Solutions(mut rows) = graph.query_until(query, &[], token.clone()).unwrap()
    else {
        panic!("not a SELECT");
    };
    assert!(rows.next().unwrap().is_ok());
    token.cancel();
    assert!(rows.any(|row| row.is_err()));
}

#[test]
fn a_triple_in_two_graphs_is_one_in_the_default_graph() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = crate::store::Writer::open(dir.path()).unwrap();
    for (number, name) in ["g1", "g2"].into_iter().enumerate() {
        let (snapshot, _) = article(number, 0);
        let quads = [super::quad("s", "p", node("o"), name)];
        writer.add_quads(&snapshot, name, "", &quads, 0).unwrap();
    }
    writer.finish(crate::lexicon::Lexicon::shipped()).unwrap();
    let graph = open(dir.path());
    assert_eq!(ask(&graph, "SELECT * { ?s ?p ?o }", &[]).len(), 1);
    assert_eq!(
        ask(&graph, "SELECT * { GRAPH ?g { ?s ?p ?o } }", &[]).len(),
        2
    );
    assert_eq!(graph.quads().len(), 2);
}
