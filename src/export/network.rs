//! Claims, speakers, outlets, articles and events as nodes and edges: what DOT, GraphML and GEXF
//! show. Plain data; it knows none of the formats.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    claim::{Relation, RelationKind},
    id::{ClaimId, seed_hash},
    mention::{AgentKind, ArticleRef, Link, MentionRecord, NOT_NAMED, Stance},
    trace::{Carriage, Trace},
};

mod parts;

pub(super) use parts::{Edge, EdgeKind, Node, NodeKind, Place};

/// Nodes by key and edges in the order in which they were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Network {
    pub(super) nodes: BTreeMap<String, Node>,
    pub(super) edges: Vec<Edge>,
    related: BTreeSet<(String, String, RelationKind)>,
}

impl Network {
    /// Lays out mentions with their articles, chains, claims and events, and the relations between
    /// those claims.
    pub(super) fn of_records(
        records: &[MentionRecord],
        relations: &[(ClaimId, Relation)],
        events: &BTreeMap<String, (String, Option<Date>)>,
    ) -> Self {
        let mut network = Self::default();
        for record in records {
            network.add_record(record, events);
        }
        for (claim, relation) in relations {
            let from = key("claim", claim.as_str());
            let to = key("claim", relation.to.as_str());
            if network.nodes.contains_key(&from) && network.nodes.contains_key(&to) {
                network.relate(from, to, relation.kind, &relation.why);
            }
        }
        network
    }

    fn add_record(
        &mut self,
        record: &MentionRecord,
        events: &BTreeMap<String, (String, Option<Date>)>,
    ) {
        let article = &record.article;
        let mention = &record.mention;
        let article_key = key("article", article.id.as_str());
        let is_new = !self.nodes.contains_key(&article_key);
        let file = article.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let label = article.headline.as_deref().unwrap_or(file);
        let new = self.node(&article_key, NodeKind::Article, label);
        new.dates = vec![article.published];
        new.url.clone_from(&article.url);
        new.note = Some(article.path.clone());
        new.outlet.clone_from(&article.outlet);
        if let (Some(outlet), Some(id)) = (&article.outlet, &article.outlet_id) {
            let outlet_key = key("agent", id.as_str());
            self.node(&outlet_key, NodeKind::Agent(AgentKind::Outlet), outlet);
            if is_new {
                self.edges.push(Edge {
                    from: outlet_key,
                    to: article_key.clone(),
                    kind: EdgeKind::Publishes,
                    stance: None,
                    label: "published".to_owned(),
                    depth: 0,
                    about: None,
                    places: Vec::new(),
                });
            }
        }
        let (claim_id, claim_label) = match &record.claim {
            Some(claim) => (claim.id.as_str(), claim.label.as_str()),
            None => (mention.id.as_str(), mention.content.text.as_str()),
        };
        let claim_key = key("claim", claim_id);
        self.node(&claim_key, NodeKind::Claim, claim_label);
        let content = &mention.content;
        let place = Place::new(
            &ArticleRef::from(article),
            article.snapshot.as_str(),
            (content.start, content.end),
            &content.text,
        );
        self.add_chain(
            &article_key,
            &mention.chain,
            mention.stance,
            &place,
            &claim_key,
        );
        for event in &mention.events {
            let event_key = key("event", event.as_str());
            let (label, date) = events
                .get(event.as_str())
                .cloned()
                .unwrap_or_else(|| (event.as_str().to_owned(), None));
            self.node(&event_key, NodeKind::Event, &label).dates = vec![date];
            let edge = Edge {
                from: claim_key.clone(),
                to: event_key,
                kind: EdgeKind::About,
                stance: None,
                label: "about".to_owned(),
                depth: 0,
                about: Some(claim_key.clone()),
                places: vec![place.clone()],
            };
            self.edges.push(edge);
        }
    }

    /// Lays out the answer for one claim: outlets, their sources, the claim and those through which
    /// it is disputed.
    pub(super) fn of_trace(trace: &Trace) -> Self {
        let mut network = Self::default();
        let claim_key = key("claim", trace.claim.id.as_str());
        let claim = network.node(&claim_key, NodeKind::Claim, &trace.claim.label);
        claim.focus = true;
        claim.note = Some(trace.claim.text.clone());
        for carriage in &trace.repeats {
            network.add_carriage(carriage, &claim_key);
        }
        for carriage in &trace.disputes {
            let through = carriage
                .denial
                .as_ref()
                .and_then(|denial| denial.through.as_ref());
            let Some(other) = through else {
                network.add_carriage(carriage, &claim_key);
                continue;
            };
            let other_key = key("claim", other.id.as_str());
            if !network.nodes.contains_key(&other_key) {
                network.node(&other_key, NodeKind::Claim, &other.label);
                let related = trace
                    .related
                    .iter()
                    .find(|related| related.claim.id == other.id);
                match related {
                    Some(related) if related.relation == RelationKind::Entails => network.relate(
                        claim_key.clone(),
                        other_key.clone(),
                        RelationKind::Entails,
                        &related.why,
                    ),
                    related => network.relate(
                        other_key.clone(),
                        claim_key.clone(),
                        RelationKind::Contradicts,
                        related.map_or("", |related| related.why.as_str()),
                    ),
                }
            }
            network.add_carriage(carriage, &other_key);
        }
        network
    }

    fn add_carriage(&mut self, carriage: &Carriage, claim_key: &str) {
        let article = &carriage.article;
        let outlet_key = start_key(carriage);
        let new = self.node(
            &outlet_key,
            NodeKind::Agent(AgentKind::Outlet),
            article.outlet.as_deref().unwrap_or("unknown outlet"),
        );
        if !new.dates.contains(&article.published) {
            new.dates.push(article.published);
            new.dates.sort_by_key(|date| (date.is_none(), *date));
        }
        if new.url.is_none() {
            new.url.clone_from(&article.url);
        }
        let line = article.headline.as_ref().unwrap_or(&article.path);
        match &mut new.note {
            Some(note) if note.contains(line.as_str()) => {}
            Some(note) => {
                note.push('\n');
                note.push_str(line);
            }
            None => new.note = Some(line.clone()),
        }
        let evidence = &carriage.evidence;
        let place = Place::new(
            article,
            evidence.snapshot.as_str(),
            (evidence.start, evidence.end),
            &evidence.quote,
        );
        self.add_chain(
            &outlet_key,
            &carriage.chain,
            carriage.stance,
            &place,
            claim_key,
        );
    }

    /// Adds the edges of one mention: from `start` over the sources behind the outlet to the claim.
    fn add_chain(
        &mut self,
        start: &str,
        chain: &[Link],
        stance: Stance,
        place: &Place,
        claim_key: &str,
    ) {
        let mut from = start.to_owned();
        let mut cue = stance.as_str().to_owned();
        let mut kind = EdgeKind::Carries;
        let mut depth = 0;
        for link in chain.iter().skip(1) {
            let to = key("agent", link.id.as_str());
            let node = self.node(&to, NodeKind::Agent(link.kind), &link.source);
            node.nameless = link.kind == AgentKind::Unnamed && node.label == NOT_NAMED;
            if to != from {
                self.edge((&from, &to), claim_key, (kind, depth), stance, cue, place);
                kind = EdgeKind::Attributes;
                depth += 1;
            }
            cue = link
                .cue
                .as_ref()
                .map_or_else(String::new, |cue| cue.text.clone());
            from = to;
        }
        self.edge(
            (&from, claim_key),
            claim_key,
            (kind, depth),
            stance,
            cue,
            place,
        );
    }

    fn edge(
        &mut self,
        (from, to): (&str, &str),
        about: &str,
        (kind, depth): (EdgeKind, usize),
        stance: Stance,
        label: String,
        place: &Place,
    ) {
        self.edges.push(Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            kind,
            stance: Some(stance),
            label,
            depth,
            about: Some(about.to_owned()),
            places: vec![place.clone()],
        });
    }

    fn relate(&mut self, from: String, to: String, kind: RelationKind, why: &str) {
        let symmetric = matches!(kind, RelationKind::Contradicts | RelationKind::VariantOf);
        let (from, to, kind) = if kind == RelationKind::EntailedBy {
            (to, from, RelationKind::Entails)
        } else if symmetric && to < from {
            (to, from, kind)
        } else {
            (from, to, kind)
        };
        // What one claim says of the other need not be said back.
        if !self.related.insert((from.clone(), to.clone(), kind)) {
            return;
        }
        self.edges.push(Edge {
            from,
            to,
            kind: EdgeKind::Relates(kind),
            stance: None,
            label: why.to_owned(),
            depth: 0,
            about: None,
            places: Vec::new(),
        });
    }

    /// Returns how much it holds, in one line.
    pub(super) fn counts(&self) -> String {
        let count = |noun: &str, wanted: fn(NodeKind) -> bool| match self
            .nodes
            .values()
            .filter(|node| wanted(node.kind))
            .count()
        {
            1 => format!("1 {noun}"),
            count => format!("{count} {noun}s"),
        };
        [
            count("article", |kind| kind == NodeKind::Article),
            count("outlet", |kind| kind == NodeKind::Agent(AgentKind::Outlet)),
            count(
                "source",
                |kind| matches!(kind, NodeKind::Agent(kind) if kind != AgentKind::Outlet),
            ),
            count("claim", |kind| kind == NodeKind::Claim),
        ]
        .join(" · ")
    }

    /// Returns the node of a key, made if it is new; the longest label wins.
    fn node(&mut self, key: &str, kind: NodeKind, label: &str) -> &mut Node {
        let node = self.nodes.entry(key.to_owned()).or_insert_with(|| Node {
            kind,
            label: label.to_owned(),
            dates: Vec::new(),
            url: None,
            note: None,
            focus: false,
            outlet: None,
            nameless: false,
            rest: false,
        });
        if label.len() > node.label.len() {
            label.clone_into(&mut node.label);
        }
        node
    }
}

/// Names the node that a carriage starts at: the outlet, or the article of one that is not known.
pub(super) fn start_key(carriage: &Carriage) -> String {
    match (&carriage.article.outlet, carriage.chain.first()) {
        (Some(_), Some(link)) => key("agent", link.id.as_str()),
        _ => key("article", carriage.article.id.as_str()),
    }
}

/// Makes the key of a node: a name that XML and DOT take as an identifier.
pub(super) fn key(kind: &str, id: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    if id.chars().all(plain) {
        format!("{kind}:{id}")
    } else {
        format!("{kind}:{}-{}", crate::id::slug(id), seed_hash(&[id]))
    }
}
