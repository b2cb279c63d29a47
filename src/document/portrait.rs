//! What is known of an article, as `text --meta` prints it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{BlockKind, Document, Found};
use crate::{article::Hyperlink, mention::State};

/// A value with where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The value.
    pub value: String,
    /// The kind of place.
    pub origin: &'static str,
    /// The place there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Where it stands in the snapshot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

impl<T: ToString> From<&Found<T>> for Value {
    fn from(found: &Found<T>) -> Self {
        Self {
            value: found.value.to_string(),
            origin: found.origin,
            place: found.place.clone(),
            start: found.span.map(|span| span.start),
            end: found.span.map(|span| span.end),
        }
    }
}

/// Everything that is known of an article; unknown values are absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Portrait {
    /// Where it was read from.
    pub path: String,
    /// SHA-256 of the snapshot.
    pub snapshot: String,
    /// SHA-256 of what it is derived from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_sha256: Option<String>,
    /// What derived it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub extractor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<Value>,
    authors: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<Value>,
    agency: Vec<Value>,
    /// Whether the text is whole.
    pub state: State,
    /// Whether claims are looked for in it.
    pub analysed: bool,
    /// What places contradict each other on, with what they say.
    pub conflicts: BTreeMap<&'static str, Vec<Value>>,
    /// What could be one thing or another, with the words that leave it open.
    pub unknown: BTreeMap<&'static str, String>,
    /// Links inside the text.
    pub links: Vec<Hyperlink>,
    /// The main text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Document<'_> {
    /// Returns the running text with its headings, paragraphs separated by blank lines.
    #[must_use]
    pub fn main_text(&self) -> String {
        let text = &self.raw.snapshot.text;
        let main = self.blocks.iter().filter(|block| {
            matches!(
                block.kind,
                BlockKind::Standfirst | BlockKind::Body | BlockKind::Heading
            )
        });
        let lines: Vec<&str> = main.filter_map(|block| block.span.slice(text)).collect();
        lines.join("\n\n")
    }

    /// Returns what is known of the article.
    #[must_use]
    pub fn portrait(&self, with_text: bool) -> Portrait {
        let (metadata, raw) = (&self.metadata, self.raw);
        let all = |found: &[Found<String>]| found.iter().map(Value::from).collect();
        Portrait {
            path: raw.path.clone(),
            snapshot: raw.snapshot.id.as_str().to_owned(),
            raw_sha256: raw.raw_sha256.clone(),
            extractor: raw.page.extractor.clone(),
            headline: metadata.headline.as_ref().map(Value::from),
            outlet: metadata.outlet.as_ref().map(Value::from),
            authors: all(&metadata.authors),
            published: metadata.published.as_ref().map(Value::from),
            modified: metadata.modified.as_ref().map(Value::from),
            canonical: metadata.url.as_ref().map(Value::from),
            language: metadata.language.as_ref().map(Value::from),
            section: metadata.section.as_ref().map(Value::from),
            agency: all(&metadata.credits),
            state: metadata.state,
            analysed: metadata.is_analysed(),
            conflicts: metadata
                .conflicts
                .iter()
                .map(|conflict| {
                    (
                        conflict.key.name(),
                        conflict.values.iter().map(Value::from).collect(),
                    )
                })
                .collect(),
            unknown: metadata
                .unknown
                .iter()
                .map(|(key, words)| (key.name(), words.clone()))
                .collect(),
            links: raw.page.links.clone(),
            text: with_text.then(|| self.main_text()),
        }
    }
}
