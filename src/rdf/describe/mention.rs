//! The run graph: mentions with their chains, agents, events and citations.
//!
//! Only what differs from a default is written: certain, positive, non-future, not approximate,
//! body, indirect where there is a source, and the bound that minimum and maximum show go without
//! saying. A chain's last link gets its claim in the claims graph.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};

use super::{Builder, day, integer, number, outlet, run_id};
use crate::{
    id::{AgentId, SnapshotId},
    mention::{
        Agent, AgentKind, Analysis, Bound, Citation, CitationRole, Event, Layer, Link, Mention,
        Modality, Polarity, Quantity, Speech, Tense,
    },
    rdf::{
        iri,
        vocab::{
            Concept, agent_class, cg, cito, grasp, grasp_certainty, oa, prov, rdf, schema, sem,
        },
    },
    span::Passage,
};

impl Bound {
    /// Returns the bound that a minimum and a maximum show.
    pub(in crate::rdf) fn of(min: Option<f64>, max: Option<f64>) -> Self {
        match (min, max) {
            (None, None) => Self::Exact,
            (Some(_), None) => Self::Min,
            (None, Some(_)) => Self::Max,
            (Some(_), Some(_)) => Self::Range,
        }
    }
}

impl Speech {
    /// Returns the way most contents are rendered: the outlet's own voice, or indirect.
    pub(in crate::rdf) fn usual(chain_length: usize) -> Self {
        if chain_length > 1 {
            Self::Indirect
        } else {
            Self::None
        }
    }
}

impl Agent {
    pub(in crate::rdf) fn new(id: AgentId, name: &str, kind: AgentKind) -> Self {
        Self {
            id,
            name: name.to_owned(),
            kind,
            aliases: Vec::new(),
            role: None,
            represents: None,
        }
    }
}

pub(super) fn run(analysis: &Analysis) -> Vec<Quad> {
    let snapshot = &analysis.article.snapshot;
    let mut run = Run {
        graph: Builder::new(iri::run_graph(snapshot, run_id())),
        snapshot,
        agents: BTreeMap::new(),
    };
    for agent in &analysis.agents {
        describe_agent(&mut run.graph, agent);
        run.agents.insert(agent.id.clone(), agent.clone());
    }
    for profile in &analysis.outlets {
        outlet::facts(&mut run.graph, profile);
    }
    for mention in &analysis.mentions {
        run.mention(mention);
    }
    for event in &analysis.events {
        run.event(event);
    }
    for citation in &analysis.citations {
        run.citation(citation, &iri::node(analysis.article.id.iri()));
    }
    run.graph.quads
}

pub(super) fn describe_agent(graph: &mut Builder, agent: &Agent) {
    let node = iri::node(agent.id.iri());
    graph.add(&node, rdf::TYPE, agent_class(agent.kind));
    graph.add(&node, cg::AGENT_KIND, agent.kind.iri());
    graph.text(&node, schema::NAME, &agent.name);
    for alias in &agent.aliases {
        graph.text(&node, schema::ALTERNATE_NAME, alias);
    }
    graph.text_if(&node, schema::JOB_TITLE, agent.role.as_deref());
    if let Some(id) = &agent.represents {
        graph.add(&node, prov::ACTED_ON_BEHALF_OF, iri::node(id.iri()));
    }
}

pub(super) fn describe_quantity(graph: &mut Builder, node: &NamedNode, quantity: &Quantity) {
    graph.add(node, rdf::TYPE, schema::QUANTITATIVE_VALUE);
    graph.text(node, oa::EXACT, &quantity.text);
    graph.add(node, schema::VALUE, number(quantity.value));
    graph.number_if(node, schema::MIN_VALUE, quantity.min);
    graph.number_if(node, schema::MAX_VALUE, quantity.max);
    if !quantity.unit.is_empty() {
        graph.text(node, schema::UNIT_TEXT, &quantity.unit);
    }
    if quantity.bound != Bound::of(quantity.min, quantity.max) {
        graph.add(node, cg::BOUND, quantity.bound.iri());
    }
    if quantity.approximate {
        graph.add(node, cg::APPROXIMATE, Literal::from(true));
    }
}

/// One run graph under construction.
struct Run<'a> {
    graph: Builder,
    snapshot: &'a SnapshotId,
    agents: BTreeMap<AgentId, Agent>,
}

impl Run<'_> {
    fn mention(&mut self, mention: &Mention) {
        let node = iri::node(mention.id.iri());
        let snapshot = iri::node(self.snapshot.iri());
        let sentence = iri::span(self.snapshot, mention.sentence);
        self.graph.add(&node, rdf::TYPE, cg::MENTION);
        self.graph.add(&node, cg::IN_SNAPSHOT, snapshot);
        self.graph.add(&node, cg::STANCE, mention.stance.iri());
        if mention.layer != Layer::Body {
            self.graph.add(&node, cg::LAYER, mention.layer.iri());
        }
        self.graph.add(&node, cg::SENTENCE, sentence);
        self.graph
            .add(&node, cg::CONFIDENCE, number(mention.confidence));
        self.graph.text(&node, cg::RULE, &mention.rule);
        if !mention.signature.is_empty() {
            self.graph.text(&node, cg::SIGNATURE, &mention.signature);
        }
        if let Some(denies) = mention.denies {
            self.graph.add(&node, cg::DENIES, denies.iri());
        }
        self.modality(&node, mention.modality);
        let whole = std::slice::from_ref(&mention.content);
        if mention.parts != whole {
            self.passage(&node, cg::CONTENT, &mention.content);
        }
        let parts = if mention.parts.is_empty() {
            whole
        } else {
            &mention.parts
        };
        for part in parts {
            self.passage(&node, cg::EVIDENCE, part);
        }
        for quantity in &mention.quantities {
            let span = crate::span::Span::new(quantity.start, quantity.end);
            let quantity_node = iri::quantity(self.snapshot, span);
            describe_quantity(&mut self.graph, &quantity_node, quantity);
            self.graph.add(&node, cg::QUANTITY, quantity_node);
        }
        for event in &mention.events {
            self.graph.add(&node, cg::ABOUT, iri::node(event.iri()));
        }
        if !mention.chain.is_empty() {
            self.graph.add(
                &node,
                cg::ROOT_ATTRIBUTION,
                iri::attribution(&mention.id, 0),
            );
        }
        self.chain(mention);
    }

    fn modality(&mut self, node: &NamedNode, modality: Modality) {
        let values = [
            grasp_certainty(modality.certainty),
            (modality.polarity == Polarity::Negative).then_some(grasp::NEGATIVE),
            (modality.tense == Tense::Future).then_some(grasp::FUTURE),
        ];
        for value in values.into_iter().flatten() {
            self.graph.add(node, cg::MODALITY, value);
        }
    }

    fn chain(&mut self, mention: &Mention) {
        let last = mention.chain.len().saturating_sub(1);
        for (depth, link) in mention.chain.iter().enumerate() {
            let node = iri::attribution(&mention.id, depth);
            self.graph.add(&node, rdf::TYPE, cg::ATTRIBUTION);
            self.graph.add(&node, cg::DEPTH, integer(link.depth));
            if depth < last {
                self.graph
                    .add(&node, cg::CONVEYS, iri::attribution(&mention.id, depth + 1));
            } else if mention.speech != Speech::usual(mention.chain.len()) {
                self.graph.add(&node, cg::SPEECH_MODE, mention.speech.iri());
            }
            self.source(&node, link);
            if let Some(cue) = &link.cue {
                self.passage(&node, cg::CUE, cue);
            }
            if let Some(surface) = link.surface_passage() {
                self.passage(&node, cg::SOURCE_SPAN, &surface);
            }
            if let Some(addressee) = &link.addressee {
                self.graph
                    .add(&node, cg::ADDRESSEE, iri::node(addressee.iri()));
            }
            if let Some(event) = &link.during {
                self.graph
                    .add(&node, cg::UTTERED_DURING, iri::node(event.iri()));
            }
        }
    }

    /// Names the source; where the link calls it otherwise than the agent, on the link as well.
    fn source(&mut self, node: &NamedNode, link: &Link) {
        let agent = self.agents.entry(link.id.clone()).or_insert_with(|| {
            let agent = Agent::new(link.id.clone(), &link.source, link.kind);
            describe_agent(&mut self.graph, &agent);
            agent
        });
        if agent.name != link.source {
            self.graph.text(node, schema::NAME, &link.source);
        }
        if agent.kind != link.kind {
            self.graph.add(node, cg::AGENT_KIND, link.kind.iri());
        }
        self.graph.add(node, cg::SOURCE, iri::node(link.id.iri()));
    }

    fn event(&mut self, event: &Event) {
        let node = iri::node(event.id.iri());
        self.graph.add(&node, rdf::TYPE, sem::EVENT);
        self.graph.text(&node, cg::EVENT_KIND, &event.kind);
        self.graph.text(&node, schema::NAME, &event.label);
        self.graph
            .text_if(&node, schema::LOCATION, event.place.as_deref());
        if let Some(date) = event.date {
            self.graph.add(&node, sem::HAS_TIME_STAMP, day(date));
        }
        for participant in &event.participants {
            self.graph
                .add(&node, sem::HAS_ACTOR, iri::node(participant.iri()));
        }
        self.passage(&node, cg::EVIDENCE, &event.evidence);
        for anchor in &event.anchors {
            self.passage(&node, cg::EVIDENCE, anchor);
        }
    }

    fn citation(&mut self, citation: &Citation, article: &NamedNode) {
        let node = iri::citation(self.snapshot, citation.evidence.span());
        let document = iri::node(citation.document.iri());
        let role = match citation.role {
            CitationRole::Source => cito::CITES_AS_SOURCE_DOCUMENT,
            CitationRole::Credit => cito::CREDITS,
            CitationRole::Link => cito::LINKS_TO,
        };
        self.graph.add(&node, rdf::TYPE, cito::CITATION);
        self.graph
            .add(&node, cito::HAS_CITING_ENTITY, article.clone());
        self.graph
            .add(&node, cito::HAS_CITED_ENTITY, document.clone());
        self.graph
            .add(&node, cito::HAS_CITATION_CHARACTERIZATION, role);
        self.passage(&node, cg::EVIDENCE, &citation.evidence);
        self.graph.add(&document, rdf::TYPE, cg::UNLOCATED_DOCUMENT);
        self.graph
            .text_if(&document, schema::NAME, citation.title.as_deref());
        self.graph
            .text_if(&document, schema::URL, citation.url.as_deref());
        if let Some(publisher) = &citation.publisher {
            self.graph
                .add(&document, schema::PUBLISHER, iri::node(publisher.iri()));
        }
    }

    fn passage(&mut self, node: &NamedNode, predicate: NamedNodeRef<'_>, passage: &Passage) {
        let span = iri::span(self.snapshot, passage.span());
        self.graph.text(&span, oa::EXACT, &passage.text);
        self.graph.add(node, predicate, span);
    }
}
