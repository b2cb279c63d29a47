//! Compact spans as Web Annotation selectors, for export.
//!
//! The compact form is the truth: bytes first, words second, characters for other tools.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::{
    iri,
    vocab::{oa, rdf},
};
use crate::{article::Snapshot, id::SnapshotId, span::Span};

/// Characters of context on either side of a quotation, at most.
const CONTEXT: usize = 32;

/// Expands compact spans to Web Annotation selectors, for export.
///
/// `snapshots` gives a snapshot by its SHA-256; where it does not, characters and context are
/// left out. Selectors have IRIs, so that no blank node is needed.
#[must_use]
pub fn expand(mut quads: Vec<Quad>, snapshots: &dyn Fn(&str) -> Option<Snapshot>) -> Vec<Quad> {
    let mut found: BTreeMap<SnapshotId, BTreeSet<(Span, String)>> = BTreeMap::new();
    let mut quotes: BTreeMap<String, String> = BTreeMap::new();
    for quad in &quads {
        let GraphName::NamedNode(graph) = &quad.graph_name else {
            continue;
        };
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(_) => "",
        };
        let object = match &quad.object {
            Term::NamedNode(node) => node.as_str(),
            _ => "",
        };
        for iri in [subject, object] {
            if let Some((snapshot, span)) = iri::parse_span(iri) {
                found
                    .entry(snapshot)
                    .or_default()
                    .insert((span, graph.as_str().to_owned()));
            }
        }
        if let (true, Term::Literal(text)) = (quad.predicate == oa::EXACT, &quad.object)
            && iri::parse_span(subject).is_some()
        {
            quotes.insert(subject.to_owned(), text.value().to_owned());
        }
    }
    quads.retain(|quad| {
        quad.predicate != oa::EXACT
            || !matches!(&quad.subject, NamedOrBlankNode::NamedNode(node)
                if iri::parse_span(node.as_str()).is_some())
    });
    for (snapshot, spans) in found {
        let held = snapshots(snapshot.as_str());
        let text = held.as_ref().map(|held| held.text.as_str());
        let offsets = spans
            .iter()
            .flat_map(|(span, _)| [span.start, span.end])
            .collect();
        let characters = text
            .map(|text| characters(text, offsets))
            .unwrap_or_default();
        for (span, graph) in spans {
            let node = iri::span(&snapshot, span);
            let quote = quotes.get(node.as_str()).map(String::as_str);
            let mut out = Selectors {
                quads: &mut quads,
                graph: iri::node(graph),
                node,
            };
            out.head(&snapshot);
            out.positions("octets", oa::DATA_POSITION_SELECTOR, span.start, span.end);
            if let (Some(start), Some(end)) =
                (characters.get(&span.start), characters.get(&span.end))
            {
                out.positions("characters", oa::TEXT_POSITION_SELECTOR, *start, *end);
            }
            if let Some(exact) = text.and_then(|text| span.slice(text)).or(quote) {
                out.quotation(exact, text, span);
            }
        }
    }
    quads
}

/// Counts the characters before each offset that lies on a character boundary, in one pass.
fn characters(text: &str, offsets: BTreeSet<usize>) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    let (mut at, mut count) = (0, 0);
    for offset in offsets {
        let Some(slice) = text.get(at..offset) else {
            continue;
        };
        count += slice.chars().count();
        at = offset;
        counts.insert(offset, count);
    }
    counts
}

/// The selectors of one span under construction.
struct Selectors<'a> {
    quads: &'a mut Vec<Quad>,
    graph: NamedNode,
    node: NamedNode,
}

impl Selectors<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let (subject, predicate) = (subject.clone(), predicate.into_owned());
        self.quads
            .push(Quad::new(subject, predicate, object, self.graph.clone()));
    }

    fn head(&mut self, snapshot: &SnapshotId) {
        let node = self.node.clone();
        self.add(&node, rdf::TYPE, oa::SPECIFIC_RESOURCE);
        self.add(&node, oa::HAS_SOURCE, iri::node(snapshot.iri()));
    }

    fn selector(&mut self, name: &str, class: NamedNodeRef<'_>) -> NamedNode {
        let node = self.node.clone();
        let selector = iri::node(format!("{};{name}", node.as_str()));
        self.add(&node, oa::HAS_SELECTOR, selector.clone());
        self.add(&selector, rdf::TYPE, class);
        selector
    }

    fn positions(&mut self, name: &str, class: NamedNodeRef<'_>, start: usize, end: usize) {
        let selector = self.selector(name, class);
        self.add(&selector, oa::START, super::describe::integer(start));
        self.add(&selector, oa::END, super::describe::integer(end));
    }

    fn quotation(&mut self, exact: &str, text: Option<&str>, span: Span) {
        let selector = self.selector("quote", oa::TEXT_QUOTE_SELECTOR);
        self.add(&selector, oa::EXACT, Literal::new_simple_literal(exact));
        let Some((before, after)) =
            text.and_then(|text| Some((text.get(..span.start)?, text.get(span.end..)?)))
        else {
            return;
        };
        let first = before.char_indices().rev().take(CONTEXT).last();
        let prefix = &before[first.map_or(before.len(), |(at, _)| at)..];
        let behind = after.char_indices().nth(CONTEXT);
        let suffix = &after[..behind.map_or(after.len(), |(at, _)| at)];
        for (predicate, context) in [(oa::PREFIX, prefix), (oa::SUFFIX, suffix)] {
            if !context.is_empty() {
                self.add(&selector, predicate, Literal::new_simple_literal(context));
            }
        }
    }
}
