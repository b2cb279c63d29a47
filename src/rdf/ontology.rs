//! The named questions, the checks and the JSON-LD context of `ontology/`, built into the binary.
//!
//! It never evaluates a query; that is [`crate::store`]'s part.

use std::sync::LazyLock;

use oxigraph::model::{Literal, Term};

use super::{iri, vocab::xsd};
use crate::id::BASE;

/// The JSON-LD context.
pub const CONTEXT: &str = include_str!("../../ontology/context.jsonld");

/// A question that the graph answers, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedQuery {
    /// Name of its file, without extension.
    pub name: &'static str,
    /// The question in words.
    pub question: &'static str,
    /// The columns of the answer, in order.
    pub columns: Vec<&'static str>,
    /// The variables that can be bound; one that is not bound means "all".
    pub parameters: Vec<Parameter>,
    /// SPARQL, over the union of all named graphs.
    pub text: &'static str,
}

/// A variable of a [`NamedQuery`] that can be bound before it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The variable, without question mark.
    pub name: &'static str,
    /// "agent", "article", "claim", "event" or "mention" for an IRI or id; "text", "number" or "date".
    pub kind: &'static str,
    /// A value for help texts.
    pub example: &'static str,
}

impl Parameter {
    /// Turns a value as the user types it into the term to bind; `None` when it is of another kind.
    ///
    /// An IRI may be given whole or as its local id.
    #[must_use]
    pub fn term(&self, value: &str) -> Option<Term> {
        match self.kind {
            "text" => Some(Literal::new_simple_literal(value).into()),
            "number" => {
                value.parse::<f64>().ok()?;
                Some(Literal::new_typed_literal(value, xsd::DECIMAL).into())
            }
            "date" => {
                value.parse::<jiff::civil::Date>().ok()?;
                Some(Literal::new_typed_literal(value, xsd::DATE).into())
            }
            kind => {
                let value = value.trim_start_matches('<').trim_end_matches('>');
                let iri = if value.contains("://") {
                    value.to_owned()
                } else {
                    format!("{BASE}{kind}/{value}")
                };
                Some(iri::node(iri).into())
            }
        }
    }
}

/// A condition of the model: a query whose rows are violations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Name of its file, without extension.
    pub name: &'static str,
    /// What must hold.
    pub rule: &'static str,
    /// SPARQL with the columns `?focus ?severity ?message`, over the union of all named graphs.
    pub text: &'static str,
}

macro_rules! embed {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../ontology/", $folder, "/", $name, ".rq"))),)*]
    };
}

const QUERIES: &[(&str, &str)] = embed!("queries":
    "carriers"
    "chain"
    "citations"
    "copies"
    "disputes"
    "events"
    "fact-checked"
    "first-said"
    "headline-vs-body"
    "lineage"
    "low-confidence"
    "most-cited"
    "most-repeated"
    "numbers"
    "own-voice"
    "related"
    "repeated-never-denied"
    "said-by"
    "silence"
    "unnamed-only");

const CHECKS: &[(&str, &str)] = embed!("checks":
    "agent-named"
    "article-snapshot"
    "attribution-acyclic"
    "attribution-depth"
    "attribution-ends-in-claim"
    "attribution-source"
    "citation-complete"
    "claim-complete"
    "claim-relation"
    "event-complete"
    "mention-claim"
    "mention-complete"
    "mention-confidence"
    "mention-evidence"
    "span-in-graph"
    "span-in-snapshot"
    "term-known");

/// Returns the named questions, by name.
#[must_use]
pub fn queries() -> &'static [NamedQuery] {
    static PARSED: LazyLock<Vec<NamedQuery>> = LazyLock::new(|| {
        QUERIES
            .iter()
            .map(|(name, text)| named(name, text))
            .collect()
    });
    &PARSED
}

/// Returns the checks, by name.
#[must_use]
pub fn checks() -> &'static [Check] {
    static PARSED: LazyLock<Vec<Check>> = LazyLock::new(|| {
        let check = |&(name, text): &(&'static str, &'static str)| Check {
            name,
            rule: text
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("# "),
            text,
        };
        CHECKS.iter().map(check).collect()
    });
    &PARSED
}

fn named(name: &'static str, text: &'static str) -> NamedQuery {
    let headers = |key: &'static str| text.lines().filter_map(move |line| line.strip_prefix(key));
    NamedQuery {
        name,
        question: headers("# Q: ").next().unwrap_or_default(),
        columns: headers("# columns: ")
            .flat_map(str::split_whitespace)
            .collect(),
        parameters: headers("# parameters: ").filter_map(parameter).collect(),
        text,
    }
}

/// Reads `name (kind, example)`.
fn parameter(line: &'static str) -> Option<Parameter> {
    let (name, rest) = line.split_once(" (")?;
    let (kind, example) = rest.strip_suffix(')')?.split_once(", ")?;
    Some(Parameter {
        name,
        kind,
        example,
    })
}
