//! A claim with its relations, the mentions that express it and the derived shortcuts.
//!
//! It never decides which mentions express a claim.

use oxigraph::model::Quad;

use super::{Builder, mention::describe_quantity, number};
use crate::{
    claim::{Claim, MentionFacts, Relation, RelationKind},
    mention::Stance,
    rdf::{
        iri,
        vocab::{cg, rdf, rdfs, schema},
    },
};

/// Describes one claim with its relations, the mentions that express it and the derived shortcuts,
/// in no order.
#[must_use]
pub fn claim(claim: &Claim, mentions: &[&MentionFacts], relations: &[Relation]) -> Vec<Quad> {
    let node = iri::node(claim.id.iri());
    let mut graph = Builder::new(iri::claims_graph());
    graph.add(&node, rdf::TYPE, schema::CLAIM);
    graph.text(&node, schema::NAME, &claim.label);
    graph.text(&node, schema::TEXT, &claim.text);
    for (index, quantity) in claim.quantities.iter().enumerate() {
        let quantity_node = iri::claim_quantity(&claim.id, index);
        describe_quantity(&mut graph, &quantity_node, quantity);
        graph.add(&node, cg::QUANTITY, quantity_node);
    }
    for former in &claim.forwards {
        graph.add(&iri::node(former.iri()), cg::MERGED_INTO, node.clone());
    }
    for mention in mentions {
        graph.add(&iri::node(mention.id.iri()), cg::EXPRESSES, node.clone());
        if let Some(last) = mention.chain_length.checked_sub(1) {
            graph.add(
                &iri::attribution(&mention.id, last),
                cg::CONVEYS,
                node.clone(),
            );
        }
    }
    for relation in relations {
        relate(&mut graph, claim, relation);
    }
    let mut quads = graph.quads;
    quads.extend(shortcuts(claim, mentions));
    quads
}

fn relate(graph: &mut Builder, claim: &Claim, relation: &Relation) {
    let (from, to) = (iri::node(claim.id.iri()), iri::node(relation.to.iri()));
    let (predicate, kind) = match relation.kind {
        RelationKind::VariantOf => (cg::VARIANT_OF, "variantOf"),
        RelationKind::Contradicts => (cg::CONTRADICTS, "contradicts"),
        RelationKind::Entails => (cg::ENTAILS, "entails"),
        // The other claim's description says why.
        RelationKind::EntailedBy => return graph.add(&to, cg::ENTAILS, from),
    };
    graph.add(&from, predicate, to.clone());
    let node = iri::relation(&claim.id, kind, &relation.to);
    graph.add(&node, rdf::TYPE, cg::CLAIM_RELATION);
    graph.add(&node, rdf::SUBJECT, from);
    graph.add(&node, rdf::PREDICATE, predicate);
    graph.add(&node, rdf::OBJECT, to);
    graph.text(&node, rdfs::COMMENT, &relation.why);
    graph.add(&node, cg::SCORE, number(relation.score));
}

fn shortcuts(claim: &Claim, mentions: &[&MentionFacts]) -> Vec<Quad> {
    let node = iri::node(claim.id.iri());
    let mut graph = Builder::new(iri::derived_graph());
    for mention in mentions {
        let article = iri::node(mention.article.iri());
        let source = iri::node(mention.ultimate_source.iri());
        match mention.stance {
            Stance::Asserts | Stance::Endorses | Stance::Reports | Stance::Hedges => {
                graph.add(&article, cg::REPORTS, node.clone());
                graph.add(&source, cg::SOURCES, node.clone());
            }
            Stance::Disputes | Stance::Refutes | Stance::Corrects => {
                graph.add(&article, cg::DISPUTES, node.clone());
            }
            Stance::Discusses => {}
        }
        graph.add(&iri::node(mention.id.iri()), cg::ULTIMATE_SOURCE, source);
    }
    graph.quads
}
