//! Cited documents that are held: the link and the record of why it was made.

use oxigraph::model::Quad;

use super::{Builder, sorted};
use crate::{
    claim::locate::Location,
    rdf::{
        iri,
        vocab::{cg, rdf, rdfs},
    },
};

/// Describes that a cited document is an article that is held; the document's node stays.
#[must_use]
pub fn location(location: &Location) -> Vec<Quad> {
    let mut graph = Builder::new(iri::claims_graph());
    let document = iri::node(location.document.iri());
    let article = iri::node(location.article.iri());
    graph.add(&document, cg::LOCATED_AS, article.clone());
    let node = iri::location(&location.document, &location.article);
    graph.add(&node, rdf::TYPE, cg::DOCUMENT_LOCATION);
    graph.add(&node, rdf::SUBJECT, document);
    graph.add(&node, rdf::PREDICATE, cg::LOCATED_AS);
    graph.add(&node, rdf::OBJECT, article);
    graph.text(&node, rdfs::COMMENT, location.ground.why());
    for claim in &location.claims {
        graph.add(&node, cg::SHARED_CLAIM, iri::node(claim.iri()));
    }
    sorted(graph.quads)
}
