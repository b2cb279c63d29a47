//! Tests of the store as a whole, on quads made by hand.

mod claims;
mod crash;
mod folder;
mod layers;
mod measure;
mod queries;

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use super::{Graph, Writer};
use crate::{article::Snapshot, id::BASE, lexicon::Lexicon};

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://example.org/{name}"))
}

fn quad(s: &str, p: &str, o: impl Into<Term>, g: &str) -> Quad {
    let graph = match g {
        "" => GraphName::DefaultGraph,
        name => node(name).into(),
    };
    Quad::new(node(s), node(p), o, graph)
}

/// An article with `spans` quoted spans, and its quads.
fn article(number: usize, spans: usize) -> (Snapshot, Vec<Quad>) {
    let snapshot = Snapshot::new(format!(
        "Article {number}: “nothing is decided”, she said.\n"
    ));
    let graph = format!("graph/{number}");
    let subject = format!("article/{number}");
    let mut quads = vec![
        quad(&subject, "type", node("Article"), &graph),
        quad(&subject, "number", Literal::from(number as i64), &graph),
        quad(
            &subject,
            "outlet",
            node(&format!("outlet/{}", number % 7)),
            &graph,
        ),
    ];
    for (start, c) in snapshot.text.char_indices().take(spans) {
        let end = start + c.len_utf8();
        let id = &snapshot.id;
        let span = NamedNode::new_unchecked(format!("{BASE}snapshot/{id}#bytes={start}-{end}"));
        let exact = NamedNode::new_unchecked("http://www.w3.org/ns/oa#exact");
        quads.push(Quad::new(
            span,
            exact,
            Literal::from(c.to_string()),
            node(&graph),
        ));
    }
    (snapshot, quads)
}

fn add(writer: &mut Writer, number: usize) -> super::Added {
    let (snapshot, quads) = article(number, 5);
    let path = format!("{number}.txt");
    writer.add_quads(&snapshot, &path, "", &quads, 1).unwrap()
}

fn fill(dir: &std::path::Path, numbers: impl IntoIterator<Item = usize>) {
    let mut writer = Writer::open(dir).unwrap();
    for number in numbers {
        add(&mut writer, number);
    }
    writer.finish(Lexicon::shipped()).unwrap();
}

fn open(dir: &std::path::Path) -> Graph {
    Graph::open(dir, Lexicon::shipped()).unwrap()
}

fn lines(graph: &Graph) -> Vec<String> {
    graph.quads().iter().map(ToString::to_string).collect()
}

/// What `verify` finds wrong with files, index and spans; these quads do not follow the ontology.
fn damage(dir: &std::path::Path) -> Vec<super::Finding> {
    let mut findings = super::verify(dir, Lexicon::shipped()).unwrap().findings;
    findings.retain(|finding| finding.code.starts_with("V-"));
    findings
}

/// What `quads` gives for these articles, computed without the store.
fn expected(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    let mut lines: Vec<String> = numbers
        .into_iter()
        .flat_map(|number| article(number, 5).1)
        .map(|quad| quad.to_string())
        .collect();
    lines.sort_unstable();
    lines
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort_unstable();
    lines
}
