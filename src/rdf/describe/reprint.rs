//! Articles that share their wording.
//!
//! It never says which is the copy where nothing tells.

use oxigraph::model::{Literal, Quad};

use super::{Builder, integer, number, sorted};
use crate::{
    claim::copy::Reprint,
    rdf::{
        iri,
        vocab::{cg, oa, rdf, rdfs, schema},
    },
};

/// Describes that one article reprints another, whole or in part; `texts` are those of the two
/// captures, the copy's first.
#[must_use]
pub fn reprint(reprint: &Reprint, texts: &[String; 2]) -> Vec<Quad> {
    let predicate = if !reprint.is_copy {
        cg::SHARES_PASSAGES_WITH
    } else if reprint.direction.is_known() {
        cg::SYNDICATED_FROM
    } else {
        cg::SHARES_TEXT_WITH
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
    let why = match reprint.is_copy {
        true => reprint.direction.why(),
        false => "they share passages, such as quotations, and neither is a copy of the other",
    };
    graph.text(&node, rdfs::COMMENT, why);
    graph.add(&node, cg::SCORE, number(reprint.containment));
    graph.add(&node, cg::SHARED_WORDS, integer(reprint.words));
    graph.text_if(&node, schema::CREDIT_TEXT, reprint.credit.as_deref());
    if reprint.reordered {
        graph.add(&node, cg::REORDERED, Literal::from(true));
    }
    let (of_copy, of_original) = &reprint.snapshots;
    graph.add(&node, cg::COPY_SNAPSHOT, iri::node(of_copy.iri()));
    graph.add(&node, cg::ORIGINAL_SNAPSHOT, iri::node(of_original.iri()));
    let passages = [
        (cg::ADDED, of_copy, &texts[0], &reprint.added),
        (cg::CUT, of_original, &texts[1], &reprint.cut),
    ];
    for (predicate, snapshot, text, spans) in passages {
        for span in spans {
            let place = iri::span(snapshot, *span);
            graph.text(&place, oa::EXACT, span.of(text));
            graph.add(&node, predicate, place);
        }
    }
    sorted(graph.quads)
}
