//! Mentions with their chains, events and citations, from run graphs.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef};

use super::{Node, QuadSource, subjects};
use crate::{
    id::{AgentId, ArticleId, DocumentId, EventId, MentionId, SnapshotId},
    mention::{
        AgentKind, Bound, Certainty, Citation, CitationRole, Denies, Event, Layer, Link, Mention,
        Modality, Polarity, Quantity, Speech, Stance, Tense,
    },
    rdf::{
        iri,
        vocab::{Concept, cg, cito, grasp, grasp_certainty, oa, schema, sem},
    },
    span::Passage,
};

/// Reads a mention and its snapshot from all quads that speak of it.
pub(super) fn read(
    source: &dyn QuadSource,
    all: &Node,
    id: &MentionId,
) -> Option<(Mention, SnapshotId)> {
    let run = Run {
        source,
        graph: all.run_graph()?,
    };
    let here = all.within(&run.graph);
    let snapshot = SnapshotId::from_iri(here.iri(cg::IN_SNAPSHOT)?)?;
    let parts = run.passages(&here, cg::EVIDENCE);
    let content = match run.passages(&here, cg::CONTENT).pop() {
        Some(content) => content,
        None => parts.first()?.clone(),
    };
    let (chain, speech) = run.chain(&here);
    let mut quantities: Vec<Quantity> = here
        .iris(cg::QUANTITY)
        .into_iter()
        .filter_map(|iri| run.quantity(iri))
        .collect();
    quantities.sort_by_key(|quantity| (quantity.start, quantity.end));
    let mention = Mention {
        id: id.clone(),
        layer: concept::<Layer>(&here, cg::LAYER).unwrap_or(Layer::Body),
        content,
        parts,
        sentence: iri::parse_span(here.iri(cg::SENTENCE)?)?.1,
        speech,
        chain,
        stance: concept::<Stance>(&here, cg::STANCE)?,
        denies: concept::<Denies>(&here, cg::DENIES),
        modality: modality(&here),
        quantities,
        events: here
            .iris(cg::ABOUT)
            .into_iter()
            .filter_map(EventId::from_iri)
            .collect(),
        signature: here.text(cg::SIGNATURE).unwrap_or_default(),
        confidence: here.number(cg::CONFIDENCE)?,
        rule: here.text(cg::RULE).unwrap_or_default(),
    };
    Some((mention, snapshot))
}

fn concept<T: Concept>(node: &Node, predicate: NamedNodeRef<'_>) -> Option<T> {
    node.iri(predicate).and_then(<T as Concept>::from_iri)
}

fn modality(node: &Node) -> Modality {
    let values = node.iris(cg::MODALITY);
    let has = |value: NamedNodeRef<'_>| values.contains(&value.as_str());
    Modality {
        certainty: Certainty::ALL
            .iter()
            .copied()
            .find(|certainty| grasp_certainty(*certainty).is_some_and(has))
            .unwrap_or(Certainty::Certain),
        polarity: if has(grasp::NEGATIVE) {
            Polarity::Negative
        } else {
            Polarity::Positive
        },
        tense: if has(grasp::FUTURE) {
            Tense::Future
        } else {
            Tense::NonFuture
        },
    }
}

/// The run graph that is read from.
struct Run<'a> {
    source: &'a dyn QuadSource,
    graph: GraphName,
}

impl Run<'_> {
    fn node(&self, node: NamedNode) -> Node {
        Node::in_graph(self.source, node, &self.graph)
    }

    /// Reads the spans a property leads to with their words, in the order of the text.
    fn passages(&self, node: &Node, predicate: NamedNodeRef<'_>) -> Vec<Passage> {
        let mut passages: Vec<Passage> = node
            .iris(predicate)
            .into_iter()
            .filter_map(|iri| {
                let (_, span) = iri::parse_span(iri)?;
                Some(Passage {
                    text: self.node(iri::node(iri)).text(oa::EXACT)?,
                    start: span.start,
                    end: span.end,
                })
            })
            .collect();
        passages.sort_by_key(|passage| (passage.start, passage.end));
        passages
    }

    /// Walks the chain from the outlet inwards; a cycle ends it.
    fn chain(&self, mention: &Node) -> (Vec<Link>, Speech) {
        let mut chain = Vec::new();
        let mut speech = None;
        let mut seen = BTreeSet::new();
        let mut next = mention.iri(cg::ROOT_ATTRIBUTION).map(str::to_owned);
        while let Some(iri) = next.take() {
            if !seen.insert(iri.clone()) {
                break;
            }
            let node = self.node(iri::node(iri));
            let Some(link) = self.link(&node) else { break };
            chain.push(link);
            speech = concept(&node, cg::SPEECH_MODE).or(speech);
            next = node.iri(cg::CONVEYS).map(str::to_owned);
        }
        let speech = speech.unwrap_or(Speech::usual(chain.len()));
        (chain, speech)
    }

    fn link(&self, node: &Node) -> Option<Link> {
        let id = AgentId::from_iri(node.iri(cg::SOURCE)?)?;
        let agent = self.node(iri::node(id.iri()));
        let surface = self.passages(node, cg::SOURCE_SPAN).into_iter().next();
        Some(Link {
            depth: node.integer(cg::DEPTH)?,
            source: node
                .text(schema::NAME)
                .or_else(|| agent.text(schema::NAME))?,
            kind: concept::<AgentKind>(node, cg::AGENT_KIND)
                .or_else(|| concept(&agent, cg::AGENT_KIND))?,
            id,
            start: surface.as_ref().map(|surface| surface.start),
            end: surface.as_ref().map(|surface| surface.end),
            surface: surface.map(|surface| surface.text),
            cue: self.passages(node, cg::CUE).into_iter().next(),
            addressee: node.iri(cg::ADDRESSEE).and_then(AgentId::from_iri),
            during: node.iri(cg::UTTERED_DURING).and_then(EventId::from_iri),
        })
    }

    fn quantity(&self, iri: &str) -> Option<Quantity> {
        let (_, span) = iri::parse_quantity(iri)?;
        let node = self.node(iri::node(iri));
        let (min, max) = (
            node.number(schema::MIN_VALUE),
            node.number(schema::MAX_VALUE),
        );
        Some(Quantity {
            text: node.text(oa::EXACT)?,
            value: node.number(schema::VALUE)?,
            min,
            max,
            unit: node.text(schema::UNIT_TEXT).unwrap_or_default(),
            bound: concept(&node, cg::BOUND).unwrap_or(Bound::of(min, max)),
            approximate: node
                .text(cg::APPROXIMATE)
                .is_some_and(|value| matches!(value.as_str(), "true" | "1")),
            start: span.start,
            end: span.end,
        })
    }
}

/// Reads an event as one graph has it.
pub(super) fn event(source: &dyn QuadSource, here: &Node, id: &EventId) -> Option<Event> {
    let run = Run {
        source,
        graph: here.graphs().into_iter().next()?,
    };
    let anchors = run.passages(here, cg::EVIDENCE);
    Some(Event {
        id: id.clone(),
        kind: here.text(cg::EVENT_KIND)?,
        label: here.text(schema::NAME)?,
        date: here.date(sem::HAS_TIME_STAMP),
        participants: here
            .iris(sem::HAS_ACTOR)
            .into_iter()
            .filter_map(AgentId::from_iri)
            .collect(),
        place: here.text(schema::LOCATION),
        evidence: anchors.first()?.clone(),
        anchors,
    })
}

/// Reads the documents an article cites, in the order of the text.
pub(super) fn citations(source: &dyn QuadSource, article: &ArticleId) -> Vec<Citation> {
    let found = subjects(source, cito::HAS_CITING_ENTITY, &iri::node(article.iri()));
    let mut citations: Vec<Citation> = found
        .into_iter()
        .filter_map(|iri| {
            let all = Node::of(source, iri::node(iri));
            let run = Run {
                source,
                graph: all.run_graph()?,
            };
            let here = all.within(&run.graph);
            let cited = here.iri(cito::HAS_CITED_ENTITY)?;
            let document = run.node(iri::node(cited));
            Some(Citation {
                document: DocumentId::from_iri(cited)?,
                publisher: document.iri(schema::PUBLISHER).and_then(AgentId::from_iri),
                title: document.text(schema::NAME),
                url: document.text(schema::URL),
                role: match here.iri(cito::HAS_CITATION_CHARACTERIZATION) {
                    Some(role) if role == cito::CREDITS.as_str() => CitationRole::Credit,
                    Some(role) if role == cito::LINKS_TO.as_str() => CitationRole::Link,
                    _ => CitationRole::Source,
                },
                evidence: run.passages(&here, cg::EVIDENCE).into_iter().next()?,
            })
        })
        .collect();
    citations.sort_by(|a, b| {
        let key = |citation: &Citation| (citation.evidence.start, citation.evidence.end);
        (key(a), &a.document).cmp(&(key(b), &b.document))
    });
    citations
}
