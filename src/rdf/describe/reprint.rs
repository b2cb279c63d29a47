//! Articles that share their wording.
//!
//! It never says which is the copy where nothing tells.

use oxigraph::model::Quad;

use super::{Builder, number, sorted};
use crate::{
    claim::copy::{Direction, Reprint},
    rdf::{
        iri,
        vocab::{cg, rdf, rdfs},
    },
};

/// Describes that one article reprints another, whole or in part.
#[must_use]
pub fn reprint(reprint: &Reprint) -> Vec<Quad> {
    let (predicate, why) = match reprint.direction {
        Direction::Credit => (
            cg::SYNDICATED_FROM,
            "the copy credits the outlet of the original",
        ),
        Direction::Date => (cg::SYNDICATED_FROM, "the copy was published later"),
        Direction::Unknown => (
            cg::SHARES_TEXT_WITH,
            "nothing says which of the two came first",
        ),
    };
    let mut graph = Builder::new(iri::claims_graph());
    let copy = iri::node(reprint.copy.iri());
    let original = iri::node(reprint.original.iri());
    graph.add(&copy, predicate, original.clone());
    let node = iri::reprint(&reprint.copy, &reprint.original);
    graph.add(&node, rdf::TYPE, cg::TEXT_REUSE);
    graph.add(&node, rdf::SUBJECT, copy);
    graph.add(&node, rdf::PREDICATE, predicate);
    graph.add(&node, rdf::OBJECT, original);
    graph.text(&node, rdfs::COMMENT, why);
    graph.add(&node, cg::SCORE, number(reprint.containment));
    sorted(graph.quads)
}
