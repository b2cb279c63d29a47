//! What a page says of its article, each value with the place in the markup where it stands.
//!
//! Nothing is decided here: values that contradict each other stand side by side.

use serde::Serialize;

use super::{Supplied, date};
pub use crate::mention::Hyperlink;
use crate::span::Span;

/// What a value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// The headline.
    Headline,
    /// The outlet.
    Outlet,
    /// One author.
    Authors,
    /// When it was published.
    Published,
    /// When it was changed last.
    Modified,
    /// The address that it has among its copies.
    Canonical,
    /// The language, as a code.
    Language,
    /// The section of the outlet.
    Section,
    /// The agency or outlet that the text is from.
    Agency,
}

impl Key {
    /// Returns the name by which messages and output call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Outlet => "outlet",
            Self::Authors => "authors",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Canonical => "canonical",
            Self::Language => "language",
            Self::Section => "section",
            Self::Agency => "agency",
        }
    }
}

/// A value that a page states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What it is of.
    pub key: Key,
    /// The value, as written but for white space.
    pub value: String,
    /// The kind of place: "json-ld", "opengraph", "meta", "html", "url".
    pub origin: &'static str,
    /// The place: "NewsArticle.datePublished", "meta article:published_time", "time".
    pub place: String,
}

/// What the markup of a page says besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// What it says of the article, best first.
    pub stated: Vec<Stated>,
    /// Links inside the text, in order.
    pub links: Vec<Hyperlink>,
    /// Headings inside the text.
    pub headings: Vec<Span>,
    /// What made the text of the page, with its version.
    pub extractor: String,
    /// Words with which the page keeps the rest of the text back.
    pub cut: Option<String>,
}

/// Puts what pages state into the form that other sources of metadata have.
pub(super) fn supplied(stated: &[Stated]) -> Vec<Supplied> {
    let first = |key: Key| stated.iter().find(|stated| stated.key == key);
    let value = |key: Key| first(key).map(|stated| stated.value.clone());
    let authors = first(Key::Authors).map(|stated| (stated.origin, &stated.place));
    let supplied = Supplied {
        origin: "html",
        outlet: value(Key::Outlet),
        headline: value(Key::Headline),
        published: value(Key::Published).and_then(|day| date::machine(&day)?.date),
        url: value(Key::Canonical),
        authors: stated
            .iter()
            .filter(|stated| stated.key == Key::Authors)
            .filter(|stated| Some((stated.origin, &stated.place)) == authors)
            .map(|stated| stated.value.clone())
            .collect(),
        language: value(Key::Language),
    };
    match supplied.is_blank() {
        true => Vec::new(),
        false => vec![supplied],
    }
}
