//! The graph from outlets over their articles and sources to where the trail ends.
//!
//! An edge says "has it from"; it carries the day and the words that show it. The graph is built,
//! never counted on; [`super::Skeleton`] counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::{
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{Evidence, Reprint, chain};
use crate::{
    id::{AgentId, ArticleId},
    mention::{AgentKind, MentionRecord},
};

/// What a vertex stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// An article that is held.
    Article,
    /// An outlet, as publisher or as what others cite.
    Outlet,
    /// A document that is cited.
    Document,
    /// A person.
    Person,
    /// An institution, company, party or state.
    Organisation,
    /// Several people named together.
    Group,
    /// Somebody without a name.
    Unnamed,
}

impl NodeKind {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Outlet => "outlet",
            Self::Document => "document",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
        }
    }
}

impl From<AgentKind> for NodeKind {
    fn from(kind: AgentKind) -> Self {
        match kind {
            AgentKind::Outlet => Self::Outlet,
            AgentKind::Person => Self::Person,
            AgentKind::Organisation => Self::Organisation,
            AgentKind::Group => Self::Group,
            AgentKind::Document => Self::Document,
            AgentKind::Unnamed => Self::Unnamed,
        }
    }
}

/// Who a vertex is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Agent(AgentId),
    Article(ArticleId),
}

/// A vertex.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// Its IRI.
    pub id: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// What it is called; the headline of an article, else its path.
    pub label: String,
    /// The day an article was published.
    pub date: Option<Date>,
    /// The outlet of an article.
    pub outlet: Option<String>,
    #[serde(skip)]
    pub(super) key: Key,
    /// The agent as whose part the vertex counts: itself, or the outlet of an article.
    #[serde(skip)]
    pub(super) owner: AgentId,
}

impl Node {
    /// Returns the agent's id, where the vertex is no article.
    #[must_use]
    pub fn agent(&self) -> Option<&AgentId> {
        match &self.key {
            Key::Agent(id) => Some(id),
            Key::Article(_) => None,
        }
    }

    /// Returns the article's id, where the vertex is one.
    #[must_use]
    pub fn article(&self) -> Option<&ArticleId> {
        match &self.key {
            Key::Article(id) => Some(id),
            Key::Agent(_) => None,
        }
    }
}

/// In which way one relies on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The outlet published the article.
    Publishes,
    /// It lays the claim in this source's mouth.
    Attributes,
    /// It names this outlet or document as where it has it from.
    Cites,
    /// It credits this outlet for its text.
    Credits,
    /// It reprints this article.
    Reprints,
    /// The two are one text and nothing says which came first.
    SharesText,
}

impl Relation {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publishes => "publishes",
            Self::Attributes => "attributes",
            Self::Cites => "cites",
            Self::Credits => "credits",
            Self::Reprints => "reprints",
            Self::SharesText => "shares-text",
        }
    }
}

/// One "has it from".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// In which way.
    pub relation: Relation,
    /// The earliest day on which this was published.
    pub date: Option<Date>,
    /// The words that show it: source and cue, or the words of the claim where nobody is named.
    pub evidence: Vec<Evidence>,
}

/// Who relies on whom for a claim.
#[derive(Debug, Clone)]
pub struct RelianceGraph {
    /// The graph, for whoever draws or counts.
    pub graph: DiGraph<Node, Edge>,
    known: BTreeMap<Key, NodeIndex>,
}

impl PartialEq for RelianceGraph {
    fn eq(&self, other: &Self) -> bool {
        self.nodes().eq(other.nodes()) && self.edges().eq(other.edges())
    }
}

impl Serialize for RelianceGraph {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Line<'a> {
            from: &'a str,
            to: &'a str,
            #[serde(flatten)]
            edge: &'a Edge,
        }
        let nodes: Vec<&Node> = self.nodes().collect();
        let edges: Vec<Line<'_>> = (self.edges())
            .map(|(from, to, edge)| Line {
                from: &from.id,
                to: &to.id,
                edge,
            })
            .collect();
        let mut object = serializer.serialize_struct("graph", 2)?;
        object.serialize_field("nodes", &nodes)?;
        object.serialize_field("edges", &edges)?;
        object.end()
    }
}

impl RelianceGraph {
    /// Lays the chains of these mentions over one another; `reprints` between other articles do
    /// not count. Linear in the links of the chains.
    ///
    /// What a copy has from the text it reprints it has from there: its own chain counts only where
    /// the original names no such source.
    #[must_use]
    pub fn new(carrying: &[&MentionRecord], reprints: &BTreeSet<Reprint>) -> Self {
        let mut built = Self {
            graph: DiGraph::new(),
            known: BTreeMap::new(),
        };
        let mut records: Vec<&MentionRecord> = carrying.to_vec();
        records.sort_by_key(|record| {
            let article = &record.article;
            let content = &record.mention.content;
            let date = (article.published.is_none(), article.published);
            (date, article.id.clone(), content.start, content.end)
        });
        let mut ends: BTreeMap<&ArticleId, BTreeSet<String>> = BTreeMap::new();
        for record in &records {
            if let Some(end) = far_end(record) {
                ends.entry(&record.article.id).or_default().insert(end);
            }
        }
        let held: BTreeSet<&ArticleId> = records.iter().map(|record| &record.article.id).collect();
        let mut originals: BTreeMap<&ArticleId, BTreeSet<&ArticleId>> = BTreeMap::new();
        for reprint in reprints {
            if held.contains(&reprint.original) {
                let of = originals.entry(&reprint.copy).or_default();
                of.insert(&reprint.original);
            }
        }
        let publishers: BTreeSet<AgentId> = (records.iter())
            .filter_map(|record| Some(chain::path(record).into_iter().next()?.id))
            .collect();
        for record in &records {
            let inherited = originals
                .get(&record.article.id)
                .is_some_and(|of| stands_in(record, of.iter().filter_map(|id| ends.get(*id))));
            built.lay(record, inherited, &publishers);
        }
        for reprint in reprints {
            let evidence = (records.iter()).find(|record| record.article.id == reprint.copy);
            built.copied(reprint, evidence);
        }
        built
    }

    /// Adds the chain of one mention; of an inherited one only that its outlet published it.
    fn lay(&mut self, record: &MentionRecord, inherited: bool, publishers: &BTreeSet<AgentId>) {
        let path = chain::path(record);
        let Some(outlet) = path.first() else {
            return;
        };
        let from = self.agent(outlet);
        let mut at = self.article(record, &outlet.id);
        let date = record.article.published;
        self.join(from, at, Relation::Publishes, date, words(record, None));
        if inherited {
            return;
        }
        for vertex in &path[1..] {
            let next = self.agent(vertex);
            if next == from {
                // "… told us": the outlet itself stands further down its chain.
                continue;
            }
            let relation = match vertex.kind {
                _ if vertex.credited => Relation::Credits,
                AgentKind::Outlet | AgentKind::Document => Relation::Cites,
                _ if publishers.contains(&vertex.id) => Relation::Cites,
                _ => Relation::Attributes,
            };
            self.join(at, next, relation, date, words(record, vertex.depth));
            at = next;
        }
    }

    fn copied(&mut self, reprint: &Reprint, record: Option<&&MentionRecord>) {
        let at = |id: &ArticleId| self.known.get(&Key::Article(id.clone())).copied();
        let (Some(copy), Some(original), Some(record)) =
            (at(&reprint.copy), at(&reprint.original), record)
        else {
            return;
        };
        let (date, words) = (record.article.published, words(record, None));
        if reprint.directed {
            self.join(copy, original, Relation::Reprints, date, words);
        } else {
            self.join(copy, original, Relation::SharesText, date, words.clone());
            self.join(original, copy, Relation::SharesText, date, words);
        }
    }

    fn agent(&mut self, vertex: &chain::Vertex) -> NodeIndex {
        let key = Key::Agent(vertex.id.clone());
        let graph = &mut self.graph;
        let at = *self.known.entry(key.clone()).or_insert_with(|| {
            graph.add_node(Node {
                id: vertex.id.iri(),
                kind: vertex.kind.into(),
                label: vertex.label.clone(),
                date: None,
                outlet: None,
                key,
                owner: vertex.id.clone(),
            })
        });
        let node = &mut self.graph[at];
        if vertex.label.len() > node.label.len() {
            node.label.clone_from(&vertex.label);
        }
        at
    }

    fn article(&mut self, record: &MentionRecord, publisher: &AgentId) -> NodeIndex {
        let article = &record.article;
        let key = Key::Article(article.id.clone());
        let graph = &mut self.graph;
        *self.known.entry(key.clone()).or_insert_with(|| {
            graph.add_node(Node {
                id: article.id.iri(),
                kind: NodeKind::Article,
                label: (article.headline.clone()).unwrap_or_else(|| article.path.clone()),
                date: article.published,
                outlet: article.outlet.clone(),
                key,
                owner: publisher.clone(),
            })
        })
    }

    /// Adds an edge, or what this one shows to the edge that is there.
    fn join(
        &mut self,
        from: NodeIndex,
        to: NodeIndex,
        relation: Relation,
        date: Option<Date>,
        evidence: Evidence,
    ) {
        if from == to {
            return;
        }
        let held = (self.graph.edges_connecting(from, to))
            .find(|edge| edge.weight().relation == relation)
            .map(|edge| edge.id());
        let Some(held) = held else {
            let evidence = vec![evidence];
            let edge = Edge {
                relation,
                date,
                evidence,
            };
            self.graph.add_edge(from, to, edge);
            return;
        };
        let edge = &mut self.graph[held];
        edge.date = match (edge.date, date) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        if !edge.evidence.contains(&evidence) {
            edge.evidence.push(evidence);
        }
    }

    /// Returns the vertices, in the order of the first article that names them.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.graph.node_weights()
    }

    /// Returns the edges with the vertices they join.
    pub fn edges(&self) -> impl Iterator<Item = (&Node, &Node, &Edge)> {
        (self.graph.edge_references()).map(|edge| {
            (
                &self.graph[edge.source()],
                &self.graph[edge.target()],
                edge.weight(),
            )
        })
    }
}

/// Names the source at the far end of a chain so that two articles' unnamed ones compare by their
/// description; `None` in the outlet's own voice.
pub(super) fn far_end(record: &MentionRecord) -> Option<String> {
    let link = (record.mention.chain.last()).filter(|_| record.mention.chain.len() > 1)?;
    Some(name_of(link))
}

/// Names a link so that it can be compared with those of other articles.
pub(super) fn name_of(link: &crate::mention::Link) -> String {
    // The id of one who is only described holds for one article.
    if link.kind == AgentKind::Unnamed || link.id.as_str().starts_with("unnamed-") {
        link.source.to_lowercase()
    } else {
        link.id.as_str().to_owned()
    }
}

/// Says whether one of the originals has the claim from the same source; own voice always stands.
fn stands_in<'a>(
    record: &MentionRecord,
    mut ends: impl Iterator<Item = &'a BTreeSet<String>>,
) -> bool {
    far_end(record).is_none_or(|end| ends.any(|ends| ends.contains(&end)))
}

/// Returns the words that name a link's source, its cue included; those of the claim for no link.
fn words(record: &MentionRecord, depth: Option<usize>) -> Evidence {
    let mention = &record.mention;
    let link = depth.and_then(|depth| mention.chain.get(depth));
    let content = &mention.content;
    let (start, end, quote) = match link.and_then(|link| link.surface_passage()) {
        Some(surface) => (surface.start, surface.end, surface.text),
        None => match link.and_then(|link| link.cue.clone()) {
            Some(cue) => (cue.start, cue.end, cue.text),
            None => (content.start, content.end, content.text.clone()),
        },
    };
    Evidence {
        snapshot: record.article.snapshot.clone(),
        start,
        end,
        quote,
    }
}
