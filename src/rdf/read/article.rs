//! Articles and snapshots, from their capture graphs.

use oxigraph::model::GraphName;

use super::{Node, QuadSource, subjects};
use crate::{
    id::{AgentId, ArticleId, SnapshotId},
    mention::{About, Article, Provenance, State},
    rdf::{
        iri,
        vocab::{cg, prov, schema},
    },
    sketch::Sketch,
    span::Span,
};

/// What a capture graph says.
pub(super) struct Capture {
    pub(super) article: Article,
    pub(super) bytes: usize,
    pub(super) encoding_format: String,
    pub(super) raw_sha256: Option<String>,
    pub(super) provenance: Option<Provenance>,
    pub(super) about: About,
    pub(super) sketch: Sketch,
    pub(super) paragraphs: Vec<Span>,
}

pub(super) fn read(source: &dyn QuadSource, snapshot: &SnapshotId) -> Option<Capture> {
    let graph = GraphName::NamedNode(iri::capture_graph(snapshot));
    let text = Node::in_graph(source, iri::node(snapshot.iri()), &graph);
    let id = ArticleId::from_iri(text.iri(prov::SPECIALIZATION_OF)?)?;
    let work = Node::in_graph(source, iri::node(id.iri()), &graph);
    let outlet_id = work.iri(schema::PUBLISHER).and_then(AgentId::from_iri);
    let outlet = outlet_id
        .as_ref()
        .and_then(|id| Node::in_graph(source, iri::node(id.iri()), &graph).text(schema::NAME));
    let authors = match work.text(cg::BYLINE) {
        Some(byline) => byline.split('\n').map(str::to_owned).collect(),
        None => work.texts(schema::AUTHOR),
    };
    Some(Capture {
        article: Article {
            id,
            path: work.text(cg::PATH).unwrap_or_default(),
            outlet,
            outlet_id,
            published: work.date(schema::DATE_PUBLISHED),
            headline: work.text(schema::HEADLINE),
            url: work.text(schema::URL),
            authors,
            credit: work.text(schema::CREDIT_TEXT),
            snapshot: snapshot.clone(),
        },
        about: About {
            language: text.text(schema::IN_LANGUAGE),
            unread: text.text(cg::ANALYSED).as_deref() == Some("false"),
            state: (text.text(cg::STATE))
                .and_then(|name| State::from_name(&name))
                .unwrap_or_default(),
            modified: work.text(schema::DATE_MODIFIED),
            section: work.text(schema::ARTICLE_SECTION),
            extractor: text.text(cg::EXTRACTOR),
            // They are read from the page again when they are wanted.
            links: Vec::new(),
        },
        bytes: text.integer(cg::BYTES).unwrap_or_default(),
        sketch: text
            .text(cg::SKETCH)
            .map(|hex| Sketch::from_hex(&hex))
            .unwrap_or_default(),
        paragraphs: text
            .text(cg::PARAGRAPHS)
            .map(|spans| paragraphs(&spans))
            .unwrap_or_default(),
        encoding_format: text.text(schema::ENCODING_FORMAT).unwrap_or_default(),
        raw_sha256: text
            .iri(prov::WAS_DERIVED_FROM)
            .and_then(SnapshotId::from_iri)
            .map(|raw| raw.as_str().to_owned()),
        provenance: provenance(&text),
    })
}

/// Reads "0-120 122-300"; what is not a span is left out.
fn paragraphs(spans: &str) -> Vec<Span> {
    let span = |text: &str| {
        let (start, end) = text.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then_some(Span { start, end })
    };
    spans.split(' ').filter_map(span).collect()
}

fn provenance(text: &Node) -> Option<Provenance> {
    let number = |name| text.integer(name).map(|number: usize| number as u64);
    Some(Provenance {
        container: text.text(cg::CONTAINER)?,
        offset: number(cg::RECORD_OFFSET),
        line: number(cg::RECORD_LINE),
        item: number(cg::RECORD_ITEM),
        id: text.text(cg::RECORD_ID),
        captured: (text.text(prov::GENERATED_AT_TIME)).and_then(|time| time.parse().ok()),
    })
}

/// Returns the snapshots that are captures of an article, sorted.
pub(super) fn snapshots_of(source: &dyn QuadSource, article: &ArticleId) -> Vec<SnapshotId> {
    subjects(source, prov::SPECIALIZATION_OF, &iri::node(article.iri()))
        .iter()
        .filter_map(|iri| SnapshotId::from_iri(iri))
        .collect()
}
