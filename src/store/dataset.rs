//! The index as Oxigraph's SPARQL engine sees it.
//!
//! The default graph is the union of all graphs as a set: a triple that stands in two graphs is
//! one triple there. `GRAPH` sees the graphs one by one.

use std::rc::Rc;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term, TermRef};
use spareval::{InternalQuad, QueryableDataset};

use super::{
    stack::Stack,
    term::{self, DEFAULT_GRAPH, Id, Ids},
};
use crate::rdf::read::QuadSource;

/// A term in a running query: one of the index, or one that the query made.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Known {
    Held(Id),
    Made(Rc<Term>),
}

/// The index holds something that it cannot hold.
#[derive(Debug, thiserror::Error)]
#[error("the index is damaged; `verify` names the file, and the next `ingest` rebuilds it")]
pub(super) struct DamagedIndex;

/// A stack lent to a query.
#[derive(Clone, Copy)]
pub(super) struct View<'a>(pub(super) &'a Stack);

impl View<'_> {
    fn id(self, term: TermRef<'_>) -> Option<Id> {
        let mut bytes = Vec::new();
        term::encode(term, &mut bytes);
        self.0.find(&bytes)
    }

    fn decode(self, id: Id) -> Result<Term, DamagedIndex> {
        self.0.term(id).and_then(term::decode).ok_or(DamagedIndex)
    }

    /// Puts a quad together from its numbers.
    pub(super) fn quad(self, [s, p, o, g]: Ids) -> Result<Quad, DamagedIndex> {
        let graph = (g != DEFAULT_GRAPH).then(|| self.decode(g)).transpose()?;
        term::quad(self.decode(s)?, self.decode(p)?, self.decode(o)?, graph).ok_or(DamagedIndex)
    }

    fn sorted(self, pattern: [Option<Id>; 4]) -> Vec<Quad> {
        let mut quads: Vec<Ids> = self.0.scan(pattern).collect();
        let key = |[s, p, o, g]: Ids| [g, s, p, o];
        if self.0.layers().len() > 1 {
            let bytes = |quad| key(quad).map(|id| self.0.term(id));
            quads.sort_unstable_by(|&a, &b| bytes(a).cmp(&bytes(b)));
        } else {
            quads.sort_unstable_by_key(|&quad| {
                let [g, rest @ ..] = key(quad);
                // The default graph sorts first, as it does where it has no bytes.
                (g.wrapping_add(1), rest)
            });
        }
        quads
            .into_iter()
            .filter_map(|quad| self.quad(quad).ok())
            .collect()
    }
}

/// Quads are sorted by graph, subject, predicate, object; those that cannot be read are left out:
/// `verify` finds them.
impl QuadSource for View<'_> {
    fn matching(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Vec<Quad> {
        let ids = [
            subject.map(|node| node.as_ref().into()),
            predicate.map(|node| node.as_ref().into()),
            object.map(Term::as_ref),
        ]
        .map(|term| term.map(|term| self.id(term)));
        if ids.contains(&Some(None)) {
            return Vec::new();
        }
        let [s, p, o] = ids.map(Option::flatten);
        self.sorted([s, p, o, None])
    }

    fn in_graph(&self, subject: &NamedOrBlankNode, graph: &GraphName) -> Vec<Quad> {
        let graph = match graph {
            GraphName::NamedNode(node) => self.id(node.as_ref().into()),
            GraphName::BlankNode(node) => self.id(node.as_ref().into()),
            GraphName::DefaultGraph => Some(DEFAULT_GRAPH),
        };
        match (self.id(subject.as_ref().into()), graph) {
            (Some(subject), Some(graph)) => self.sorted([Some(subject), None, None, Some(graph)]),
            _ => Vec::new(),
        }
    }
}

impl<'a> QueryableDataset<'a> for View<'a> {
    type InternalTerm = Known;
    type Error = DamagedIndex;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Known>,
        predicate: Option<&Known>,
        object: Option<&Known>,
        graph_name: Option<Option<&Known>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Known>, DamagedIndex>> + use<'a> {
        let held = |term: Option<&Known>| match term {
            None => Some(None),
            Some(Known::Held(id)) => Some(Some(*id)),
            Some(Known::Made(_)) => None,
        };
        let scan = || {
            let [s, p, o] = [held(subject)?, held(predicate)?, held(object)?];
            Some(match graph_name {
                Some(None) => self.0.scan_union([s, p, o]),
                Some(graph) => self.0.scan([s, p, o, held(graph)?]),
                None => self.0.scan([s, p, o, None]),
            })
        };
        let named_only = graph_name.is_none();
        scan()
            .into_iter()
            .flatten()
            .filter(move |quad| !named_only || quad[3] != DEFAULT_GRAPH)
            .map(|[s, p, o, g]| {
                Ok(InternalQuad {
                    subject: Known::Held(s),
                    predicate: Known::Held(p),
                    object: Known::Held(o),
                    graph_name: (g != DEFAULT_GRAPH).then_some(Known::Held(g)),
                })
            })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Known, DamagedIndex>> + use<'a> {
        self.0.graphs().into_iter().map(|id| Ok(Known::Held(id)))
    }

    fn contains_internal_graph_name(&self, graph_name: &Known) -> Result<bool, DamagedIndex> {
        Ok(matches!(graph_name, Known::Held(id) if self.0.has_graph(*id)))
    }

    fn internalize_term(&self, term: Term) -> Result<Known, DamagedIndex> {
        Ok(match self.id(term.as_ref()) {
            Some(id) => Known::Held(id),
            None => Known::Made(Rc::new(term)),
        })
    }

    fn externalize_term(&self, term: Known) -> Result<Term, DamagedIndex> {
        match term {
            Known::Held(id) => self.decode(id),
            Known::Made(term) => Ok(Rc::unwrap_or_clone(term)),
        }
    }
}
