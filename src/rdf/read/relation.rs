//! How claims stand to each other, from the claims graph.

use super::{Node, QuadSource, subjects};
use crate::{
    claim::{Relation, RelationKind, entailed_by},
    id::ClaimId,
    rdf::{
        iri,
        vocab::{cg, rdf, rdfs, schema},
    },
};

/// So many claims that entail one are read, the surest.
const MOST: usize = 20;

/// Reads how a claim stands to others, best first.
pub(super) fn read(source: &dyn QuadSource, id: &ClaimId) -> Vec<Relation> {
    let claim = iri::node(id.iri());
    let own = subjects(source, rdf::SUBJECT, &claim);
    let entailing = subjects(source, cg::ENTAILS, &claim);
    let mut relations: Vec<Relation> = (entailing.iter())
        .filter_map(|other| ClaimId::from_iri(other))
        .map(|other| entailed(source, id, other))
        .collect();
    sort(&mut relations);
    relations.truncate(MOST);
    relations.extend(own.iter().filter_map(|node| one(source, node)));
    sort(&mut relations);
    relations
}

fn sort(relations: &mut [Relation]) {
    relations.sort_by(|a, b| (b.score.total_cmp(&a.score)).then_with(|| a.to.cmp(&b.to)));
}

fn one(source: &dyn QuadSource, node: &str) -> Option<Relation> {
    let node = Node::of(source, iri::node(node));
    let predicate = node.iri(rdf::PREDICATE)?;
    let kinds = [
        (cg::VARIANT_OF, RelationKind::VariantOf),
        (cg::CONTRADICTS, RelationKind::Contradicts),
        (cg::ENTAILS, RelationKind::Entails),
    ];
    let (_, kind) = (kinds.into_iter()).find(|(known, _)| known.as_str() == predicate)?;
    Some(Relation {
        to: ClaimId::from_iri(node.iri(rdf::OBJECT)?)?,
        kind,
        why: node.text(rdfs::COMMENT).unwrap_or_default(),
        score: node.number(cg::SCORE)?,
    })
}

/// That a claim is entailed by another stands with the other, where it is one of its best relations.
fn entailed(source: &dyn QuadSource, id: &ClaimId, other: ClaimId) -> Relation {
    let node = Node::of(source, iri::relation(&other, "entails", id));
    let label = |id: &ClaimId| {
        let claim = Node::of(source, iri::node(id.iri()));
        claim.text(schema::NAME).unwrap_or_default()
    };
    Relation {
        kind: RelationKind::EntailedBy,
        why: entailed_by(&label(id), &label(&other)),
        score: node.number(cg::SCORE).unwrap_or_default(),
        to: other,
    }
}
