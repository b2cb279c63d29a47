//! IRIs of data and of named graphs; `ontology/iri-patterns.md` lists them with their seeds.
//!
//! It never makes an IRI that is not valid.

use oxigraph::model::NamedNode;

use crate::{
    id::{ArticleId, BASE, ClaimId, DocumentId, GRAPH_BASE, MentionId, SnapshotId},
    span::Span,
};

/// Makes a node; what may not stand in an IRI is percent-encoded.
#[must_use]
pub fn node(iri: impl Into<String>) -> NamedNode {
    let iri = iri.into();
    NamedNode::new(iri.clone()).unwrap_or_else(|_| {
        let safe =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#=;,+@!$&'()*".contains(&byte);
        let mut encoded = String::new();
        for byte in iri.bytes() {
            if safe(byte) {
                encoded.push(char::from(byte));
            } else {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
        NamedNode::new(encoded).unwrap_or_else(|_| {
            NamedNode::new_unchecked(format!("{BASE}x/{}", crate::id::seed_hash(&[&iri])))
        })
    })
}

/// Names the bytes `span` of a snapshot.
#[must_use]
pub fn span(snapshot: &SnapshotId, span: Span) -> NamedNode {
    node(format!(
        "{}#bytes={}-{}",
        snapshot.iri(),
        span.start,
        span.end
    ))
}

/// Names the quantity that stands at `span` of a snapshot.
#[must_use]
pub fn quantity(snapshot: &SnapshotId, span: Span) -> NamedNode {
    node(format!(
        "{}#quantity={}-{}",
        snapshot.iri(),
        span.start,
        span.end
    ))
}

/// Reads the IRI of a [`span`].
#[must_use]
pub fn parse_span(iri: &str) -> Option<(SnapshotId, Span)> {
    parse_fragment(iri, "bytes")
}

/// Reads the IRI of a [`quantity`].
#[must_use]
pub fn parse_quantity(iri: &str) -> Option<(SnapshotId, Span)> {
    parse_fragment(iri, "quantity")
}

fn parse_fragment(iri: &str, key: &str) -> Option<(SnapshotId, Span)> {
    let (resource, fragment) = iri.split_once('#')?;
    let (start, end) = fragment
        .strip_prefix(key)?
        .strip_prefix('=')?
        .split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then_some((SnapshotId::from_iri(resource)?, Span { start, end }))
}

/// Reads the span out of a mention's id.
#[must_use]
pub fn mention_span(id: &MentionId) -> Option<Span> {
    let mut parts = id.as_str().rsplitn(3, '-');
    let (end, start) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (start <= end).then_some(Span { start, end })
}

/// Names one link of a mention's chain.
#[must_use]
pub fn attribution(mention: &MentionId, depth: usize) -> NamedNode {
    node(format!("{BASE}attribution/{mention}/{depth}"))
}

/// Reads the mention to whose chain the [`attribution`] of this IRI belongs.
#[must_use]
pub fn mention_of(attribution: &str) -> Option<MentionId> {
    let local = attribution
        .strip_prefix(BASE)?
        .strip_prefix("attribution/")?;
    Some(MentionId::from_local(local.rsplit_once('/')?.0))
}

/// Names the place in a snapshot that cites a document.
#[must_use]
pub fn citation(snapshot: &SnapshotId, span: Span) -> NamedNode {
    node(format!(
        "{BASE}citation/{}-{}-{}",
        snapshot.short(),
        span.start,
        span.end
    ))
}

/// Names a quantity of a claim.
#[must_use]
pub fn claim_quantity(claim: &ClaimId, index: usize) -> NamedNode {
    node(format!("{}#quantity-{index}", claim.iri()))
}

/// Names the relation of one claim to another.
#[must_use]
pub fn relation(from: &ClaimId, kind: &str, to: &ClaimId) -> NamedNode {
    node(format!("{BASE}relation/{from}/{kind}/{to}"))
}

/// Names the shared wording of two articles.
#[must_use]
pub fn reprint(copy: &ArticleId, original: &ArticleId) -> NamedNode {
    node(format!("{BASE}reprint/{copy}/{original}"))
}

/// Names the record that a cited document is an article.
#[must_use]
pub fn location(document: &DocumentId, article: &ArticleId) -> NamedNode {
    node(format!("{BASE}location/{document}/{article}"))
}

/// Names the activity that made the run graph of a snapshot.
#[must_use]
pub fn activity(snapshot: &SnapshotId, run: &str) -> NamedNode {
    node(format!("{BASE}run/{snapshot}-{run}"))
}

/// Names the program that made a run.
#[must_use]
pub fn software(run: &str) -> NamedNode {
    node(format!("{BASE}software/claimgraph-{run}"))
}

/// Names the graph of an article's metadata and snapshot.
#[must_use]
pub fn capture_graph(snapshot: &SnapshotId) -> NamedNode {
    node(format!("{GRAPH_BASE}capture/{snapshot}"))
}

/// Names the graph of what one run found in a snapshot.
#[must_use]
pub fn run_graph(snapshot: &SnapshotId, run: &str) -> NamedNode {
    node(format!("{GRAPH_BASE}run/{snapshot}-{run}"))
}

/// Names the graph that says how a run graph was made.
#[must_use]
pub fn provenance_graph(snapshot: &SnapshotId, run: &str) -> NamedNode {
    node(format!("{GRAPH_BASE}provenance/{snapshot}-{run}"))
}

/// Names the graph of all claims.
#[must_use]
pub fn claims_graph() -> NamedNode {
    node(format!("{GRAPH_BASE}claims"))
}

/// Names the graph of shortcuts that can be rebuilt.
#[must_use]
pub fn derived_graph() -> NamedNode {
    node(format!("{GRAPH_BASE}derived"))
}
