//! Analyses and claims as quads.
//!
//! Pure: the same analysis gives the same quads, sorted. It never reads a graph.

use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use crate::{id::seed_hash, mention::Analysis};

mod article;
mod claim;
mod location;
mod mention;
mod outlet;
mod reprint;

pub use claim::claim;
pub use location::location;
pub use outlet::registry;
pub use reprint::reprint;

pub use super::expand::expand;

/// Changes whenever the same analysis is described by other quads.
const MODEL_REVISION: &str = "4";

/// The extractor and the registry of outlets, where they are not what comes with the program.
static EXTRACTOR: OnceLock<String> = OnceLock::new();

/// Names the extractor and the registry of this run, if they are not what comes with the program. Only the first
/// call counts, and only before [`run_id`] is asked.
pub fn name_extractor(id: String) {
    let _ = EXTRACTOR.set(id);
}

/// Returns the id of this version of the extractor: its version, its data files and its model.
///
/// Two binaries with the same run id give the same quads for the same snapshot.
#[must_use]
pub fn run_id() -> &'static str {
    static RUN: LazyLock<String> = LazyLock::new(|| {
        let seed = [
            env!("CARGO_PKG_VERSION"),
            env!("CLAIMGRAPH_DATA_HASH"),
            MODEL_REVISION,
            EXTRACTOR.get().map_or("", String::as_str),
        ];
        seed_hash(&seed)[..8].to_owned()
    });
    &RUN
}

/// Describes one article: its capture, assertion and provenance graphs, sorted.
///
/// Does not say which claim a mention expresses; that is [`claim`]'s part.
#[must_use]
pub fn analysis(analysis: &Analysis) -> Vec<Quad> {
    sorted(in_no_order(analysis))
}

/// Describes one article like [`analysis`], for those who sort by themselves: in no order, some
/// quads more than once.
#[must_use]
pub fn in_no_order(analysis: &Analysis) -> Vec<Quad> {
    let mut quads = article::capture(analysis);
    quads.extend(mention::run(analysis));
    quads.extend(article::provenance(&analysis.article.snapshot));
    quads
}

/// Sorts by graph, subject, predicate and object, and drops repetitions.
fn sorted(mut quads: Vec<Quad>) -> Vec<Quad> {
    quads.sort_by_cached_key(|quad| {
        (
            quad.graph_name.to_string(),
            quad.subject.to_string(),
            quad.predicate.to_string(),
            quad.object.to_string(),
        )
    });
    quads.dedup();
    quads
}

/// Collects the quads of one named graph.
struct Builder {
    graph: NamedNode,
    quads: Vec<Quad>,
}

impl Builder {
    fn new(graph: NamedNode) -> Self {
        Self {
            graph,
            quads: Vec::new(),
        }
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(
            subject.clone(),
            predicate.into_owned(),
            object,
            self.graph.clone(),
        ));
    }

    fn text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    fn text_if(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text {
            self.text(subject, predicate, text);
        }
    }

    fn number_if(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, value: Option<f64>) {
        if let Some(value) = value {
            self.add(subject, predicate, number(value));
        }
    }
}

/// Writes a number so that it reads back exactly: as a decimal where 18 digits behind the point
/// and 18 before it are enough, else as a double.
fn number(value: f64) -> Literal {
    use super::vocab::xsd;
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let negative_zero = value == 0.0 && value.is_sign_negative();
    if value.is_finite() && !negative_zero && whole.len() <= 18 && fraction.len() <= 18 {
        Literal::new_typed_literal(text, xsd::DECIMAL)
    } else {
        Literal::from(value)
    }
}

pub(super) fn integer(value: usize) -> Literal {
    Literal::new_typed_literal(value.to_string(), super::vocab::xsd::INTEGER)
}

fn day(date: Date) -> Literal {
    let sign = if date.year() < 0 { "-" } else { "" };
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    let text = format!("{sign}{year:04}-{month:02}-{day:02}");
    Literal::new_typed_literal(text, super::vocab::xsd::DATE)
}
