//! Look-ups by subject, and a small index for quads that are in no store.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::QuadSource;
use crate::id::GRAPH_BASE;

/// Quads in memory, found quickly by their subject.
#[derive(Debug, Clone, Default)]
pub struct Quads {
    by_subject: BTreeMap<String, Vec<Quad>>,
}

impl FromIterator<Quad> for Quads {
    fn from_iter<T: IntoIterator<Item = Quad>>(quads: T) -> Self {
        let mut by_subject: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
        for quad in quads {
            let key = quad.subject.to_string();
            by_subject.entry(key).or_default().push(quad);
        }
        Self { by_subject }
    }
}

impl QuadSource for Quads {
    fn matching(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Vec<Quad> {
        let fits = |quad: &&Quad| {
            predicate.is_none_or(|predicate| quad.predicate == *predicate)
                && object.is_none_or(|object| quad.object == *object)
        };
        match subject {
            Some(subject) => self
                .by_subject
                .get(&subject.to_string())
                .map(|quads| quads.iter().filter(fits).cloned().collect())
                .unwrap_or_default(),
            None => self
                .by_subject
                .values()
                .flatten()
                .filter(fits)
                .cloned()
                .collect(),
        }
    }
}

/// Returns the IRIs of all subjects with this property and object, sorted.
pub(super) fn subjects(
    source: &dyn QuadSource,
    predicate: NamedNodeRef<'_>,
    object: &NamedNode,
) -> BTreeSet<String> {
    source
        .matching(
            None,
            Some(&predicate.into_owned()),
            Some(&object.clone().into()),
        )
        .iter()
        .filter_map(|quad| subject_iri(quad).map(str::to_owned))
        .collect()
}

/// Returns the IRI of the quad's subject.
pub(super) fn subject_iri(quad: &Quad) -> Option<&str> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// All quads of one subject.
#[derive(Debug, Clone)]
pub(super) struct Node {
    quads: Vec<Quad>,
}

impl Node {
    pub(super) fn of(source: &dyn QuadSource, subject: NamedNode) -> Self {
        Self {
            quads: source.matching(Some(&subject.into()), None, None),
        }
    }

    /// What one graph says of the subject.
    pub(super) fn in_graph(source: &dyn QuadSource, subject: NamedNode, graph: &GraphName) -> Self {
        Self {
            quads: source.in_graph(&subject.into(), graph),
        }
    }

    /// Returns what each graph says, sorted by the graphs' names.
    pub(super) fn by_graph(self) -> Vec<Self> {
        let mut graphs: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
        for quad in self.quads {
            let graph = quad.graph_name.to_string();
            graphs.entry(graph).or_default().push(quad);
        }
        (graphs.into_values()).map(|quads| Self { quads }).collect()
    }

    /// Returns the names of the graphs that speak of the subject, sorted.
    pub(super) fn graphs(&self) -> Vec<GraphName> {
        let mut graphs: Vec<GraphName> = self
            .quads
            .iter()
            .map(|quad| quad.graph_name.clone())
            .collect();
        graphs.sort_by_cached_key(ToString::to_string);
        graphs.dedup();
        graphs
    }

    /// Returns the run graph the subject is described in: this version's, else the first.
    pub(super) fn run_graph(&self) -> Option<GraphName> {
        let mut runs: Vec<GraphName> = self
            .graphs()
            .into_iter()
            .filter(|graph| match graph {
                GraphName::NamedNode(name) => name
                    .as_str()
                    .strip_prefix(GRAPH_BASE)
                    .is_some_and(|local| local.starts_with("run/")),
                _ => false,
            })
            .collect();
        let this = format!("-{}>", crate::rdf::describe::run_id());
        runs.sort_by_key(|graph| !graph.to_string().ends_with(&this));
        runs.into_iter().next()
    }

    /// Keeps what one graph says.
    pub(super) fn within(&self, graph: &GraphName) -> Self {
        let here = |quad: &&Quad| quad.graph_name == *graph;
        Self {
            quads: self.quads.iter().filter(here).cloned().collect(),
        }
    }

    fn objects<'a>(&'a self, predicate: NamedNodeRef<'a>) -> impl Iterator<Item = &'a Term> {
        self.quads
            .iter()
            .filter(move |quad| quad.predicate.as_ref() == predicate)
            .map(|quad| &quad.object)
    }

    /// Returns the IRIs a property leads to, sorted.
    pub(super) fn iris(&self, predicate: NamedNodeRef<'_>) -> Vec<&str> {
        let mut iris: Vec<&str> = self
            .quads
            .iter()
            .filter(|quad| quad.predicate.as_ref() == predicate)
            .filter_map(|quad| match &quad.object {
                Term::NamedNode(node) => Some(node.as_str()),
                _ => None,
            })
            .collect();
        iris.sort_unstable();
        iris.dedup();
        iris
    }

    /// Returns the IRI a property leads to, the least when there are several.
    pub(super) fn iri(&self, predicate: NamedNodeRef<'_>) -> Option<&str> {
        self.iris(predicate).into_iter().next()
    }

    /// Returns the values of a property as text, sorted.
    pub(super) fn texts(&self, predicate: NamedNodeRef<'_>) -> Vec<String> {
        let mut texts: Vec<String> = self
            .objects(predicate)
            .filter_map(|term| match term {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            })
            .collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// Returns the value of a property as text, the least when there are several.
    pub(super) fn text(&self, predicate: NamedNodeRef<'_>) -> Option<String> {
        self.texts(predicate).into_iter().next()
    }

    /// Returns the value of a property as a number.
    pub(super) fn number(&self, predicate: NamedNodeRef<'_>) -> Option<f64> {
        self.text(predicate)?.parse().ok()
    }

    /// Returns the value of a property as a whole number.
    pub(super) fn integer(&self, predicate: NamedNodeRef<'_>) -> Option<usize> {
        self.text(predicate)?.parse().ok()
    }

    /// Says whether the value of a property is true.
    pub(super) fn is_true(&self, predicate: NamedNodeRef<'_>) -> bool {
        self.text(predicate).is_some_and(|text| text == "true")
    }

    /// Returns the value of a property as a day.
    pub(super) fn date(&self, predicate: NamedNodeRef<'_>) -> Option<Date> {
        let text = self.text(predicate)?;
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text.as_str()),
        };
        let mut parts = digits.splitn(3, '-');
        let year: i16 = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.get(..2)?.parse().ok()?;
        Date::new(sign * year, month, day).ok()
    }
}
