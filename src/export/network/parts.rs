//! Nodes and edges: declarations only.

use jiff::civil::Date;

use crate::{
    claim::RelationKind,
    mention::{AgentKind, ArticleRef, Stance},
};

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export) enum NodeKind {
    Article,
    Agent(AgentKind),
    Claim,
    Event,
}

impl NodeKind {
    pub(in crate::export) fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Agent(kind) => kind.as_str(),
            Self::Claim => "claim",
            Self::Event => "event",
        }
    }
}

/// A node.
#[derive(Debug, Clone)]
pub(in crate::export) struct Node {
    pub(in crate::export) kind: NodeKind,
    pub(in crate::export) label: String,
    /// Days of publication, for articles and for outlets of a trace.
    pub(in crate::export) dates: Vec<Option<Date>>,
    pub(in crate::export) url: Option<String>,
    /// Further words for a tooltip.
    pub(in crate::export) note: Option<String>,
    /// Whether a trace is about it.
    pub(in crate::export) focus: bool,
    /// The outlet, for articles.
    pub(in crate::export) outlet: Option<String>,
    /// Whether the text says not a word about it ("reportedly").
    pub(in crate::export) nameless: bool,
    /// Whether it stands for several that are not shown.
    pub(in crate::export) rest: bool,
}

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export) enum EdgeKind {
    /// From an outlet to its article.
    Publishes,
    /// From the outlet or article towards the claim, with the outlet's stance.
    Carries,
    /// From a source to the next source or the claim.
    Attributes,
    /// From a claim to another.
    Relates(RelationKind),
    /// From a claim to an event.
    About,
}

impl EdgeKind {
    pub(in crate::export) fn as_str(self) -> &'static str {
        match self {
            Self::Publishes => "publishes",
            Self::Carries => "carries",
            Self::Attributes => "attributes",
            Self::Relates(RelationKind::VariantOf) => "variantOf",
            Self::Relates(RelationKind::Contradicts) => "contradicts",
            Self::Relates(RelationKind::Entails) => "entails",
            Self::Relates(RelationKind::EntailedBy) => "entailedBy",
            Self::About => "about",
        }
    }
}

/// Where an edge is borne out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) struct Place {
    pub(in crate::export) path: String,
    pub(in crate::export) sha: String,
    pub(in crate::export) start: usize,
    pub(in crate::export) end: usize,
    pub(in crate::export) quote: String,
    pub(in crate::export) date: Option<Date>,
    pub(in crate::export) url: Option<String>,
    pub(in crate::export) outlet: Option<String>,
}

impl Place {
    pub(in crate::export) fn new(
        article: &ArticleRef,
        sha: &str,
        span: (usize, usize),
        quote: &str,
    ) -> Self {
        Self {
            path: article.path.clone(),
            sha: sha.to_owned(),
            start: span.0,
            end: span.1,
            quote: quote.to_owned(),
            date: article.published,
            url: article.url.clone(),
            outlet: article.outlet.clone(),
        }
    }
}

/// An edge between two nodes, named by their keys.
#[derive(Debug, Clone)]
pub(in crate::export) struct Edge {
    pub(in crate::export) from: String,
    pub(in crate::export) to: String,
    pub(in crate::export) kind: EdgeKind,
    pub(in crate::export) stance: Option<Stance>,
    pub(in crate::export) label: String,
    /// Place in the chain, 0 for the outlet's own edge.
    pub(in crate::export) depth: usize,
    /// The claim of the mention it is part of.
    pub(in crate::export) about: Option<String>,
    pub(in crate::export) places: Vec<Place>,
}
