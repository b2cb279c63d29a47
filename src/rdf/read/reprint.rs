//! Articles that share their wording, from the claims graph.

use std::collections::BTreeSet;

use super::{Node, QuadSource, subjects};
use crate::{
    claim::copy::{Direction, Reprint},
    id::{ArticleId, SnapshotId},
    rdf::{
        iri,
        vocab::{cg, rdf, rdfs, schema},
    },
    span::Span,
};

/// Reads what an article shares with others, or what all share, sorted by copy and original.
pub(super) fn read(source: &dyn QuadSource, article: Option<&ArticleId>) -> Vec<Reprint> {
    let nodes: BTreeSet<String> = match article {
        None => subjects(source, rdf::TYPE, &cg::TEXT_REUSE.into_owned()),
        Some(article) => [rdf::SUBJECT, rdf::OBJECT]
            .into_iter()
            .flat_map(|side| subjects(source, side, &iri::node(article.iri())))
            .collect(),
    };
    let found = nodes.into_iter().filter_map(|node| one(source, &node));
    let mut found: Vec<Reprint> = found.collect();
    found.sort_by(|a, b| (&a.copy, &a.original).cmp(&(&b.copy, &b.original)));
    found
}

fn one(source: &dyn QuadSource, node: &str) -> Option<Reprint> {
    let node = Node::of(source, iri::node(node));
    let relation = node.iri(rdf::PREDICATE)?;
    let is_copy = [cg::SYNDICATED_FROM, cg::SHARES_TEXT_WITH]
        .iter()
        .any(|known| known.as_str() == relation);
    if !is_copy && relation != cg::SHARES_PASSAGES_WITH.as_str() {
        return None;
    }
    let copy = ArticleId::from_iri(node.iri(rdf::SUBJECT)?)?;
    let original = ArticleId::from_iri(node.iri(rdf::OBJECT)?)?;
    let passages = |predicate| -> Vec<(SnapshotId, Span)> {
        let mut spans: Vec<_> = (node.iris(predicate).into_iter())
            .filter_map(iri::parse_span)
            .collect();
        spans.sort();
        spans
    };
    let (added, cut) = (passages(cg::ADDED), passages(cg::CUT));
    let capture = |side| node.iri(side).and_then(SnapshotId::from_iri);
    let spans = |found: Vec<(SnapshotId, Span)>| found.into_iter().map(|(_, span)| span).collect();
    Some(Reprint {
        snapshots: (capture(cg::COPY_SNAPSHOT)?, capture(cg::ORIGINAL_SNAPSHOT)?),
        containment: node.number(cg::SCORE)?,
        words: node.integer(cg::SHARED_WORDS).unwrap_or_default(),
        direction: (node.text(rdfs::COMMENT))
            .and_then(|why| Direction::from_why(&why))
            .unwrap_or(Direction::Unknown),
        is_copy,
        credit: node.text(schema::CREDIT_TEXT),
        reordered: node.is_true(cg::REORDERED),
        added: spans(added),
        cut: spans(cut),
        copy,
        original,
    })
}
