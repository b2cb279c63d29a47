//! Step 2: divides a snapshot into blocks and reads the metadata the text gives of itself.
//!
//! It never changes the text: everything it says is spans of the snapshot.

use crate::{
    article::{Key, Moment, RawArticle, Supplied},
    diagnostic::Warned,
    lexicon::Lexicon,
    sketch::Sketch,
    span::Span,
};

mod aside;
mod classify;
mod lines;
mod metadata;
mod portrait;
mod state;

pub use crate::mention::State;
pub use portrait::{Portrait, Value};

/// What a block of the snapshot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The article's headline.
    Headline,
    /// A standfirst (dek) between headline and text.
    Standfirst,
    /// A paragraph of the running text.
    Body,
    /// A heading inside the running text.
    Heading,
    /// A picture's caption or credit.
    Caption,
    /// Byline, date line, source line.
    Meta,
    /// Site furniture: menus, pleas, forms, teasers.
    Furniture,
}

/// A run of the snapshot of one kind; blocks do not overlap and stand in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A value with where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// "text", "option", "front matter", "sidecar", "url", "json-ld", …
    pub origin: &'static str,
    /// The place there: "NewsArticle.datePublished", "og:title", "h1"; empty where it has no name.
    pub place: String,
    /// The words in the snapshot, when it was found there.
    pub span: Option<Span>,
}

impl<T> Found<T> {
    /// Names where it was found.
    #[must_use]
    pub fn source(&self) -> String {
        match self.place.as_str() {
            "" => self.origin.to_owned(),
            place => format!("{} {place}", self.origin),
        }
    }
}

impl<T: ToString> Found<T> {
    /// Returns the same with the value as text.
    #[must_use]
    pub fn as_text(&self) -> Found<String> {
        Found {
            value: self.value.to_string(),
            origin: self.origin,
            place: self.place.clone(),
            span: self.span,
        }
    }
}

/// Places that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What they contradict each other on.
    pub key: Key,
    /// What they say, the one that counts first.
    pub values: Vec<Found<String>>,
}

/// What is known of the article. Unknown stays `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Name of the outlet that published it.
    pub outlet: Option<Found<String>>,
    /// The headline.
    pub headline: Option<Found<String>>,
    /// When it was published.
    pub published: Option<Found<Moment>>,
    /// When it was changed last.
    pub modified: Option<Found<Moment>>,
    /// Address.
    pub url: Option<Found<String>>,
    /// Authors.
    pub authors: Vec<Found<String>>,
    /// The outlet or agency credited as the source of the text ("Source: Sputnik News").
    pub credit: Option<Found<String>>,
    /// All agencies and outlets credited, best first.
    pub credits: Vec<Found<String>>,
    /// The section of the outlet.
    pub section: Option<Found<String>>,
    /// The language of the text, as a code of two letters.
    pub language: Option<Found<String>>,
    /// Whether the text is whole.
    pub state: State,
    /// Where places contradict each other.
    pub conflicts: Vec<Conflict>,
    /// What could be one thing or another, with the words that leave it open.
    pub unknown: Vec<(Key, String)>,
}

impl Metadata {
    /// Says whether the text is in a language that is analysed; what is unknown counts as English.
    #[must_use]
    pub fn is_analysed(&self) -> bool {
        self.language
            .as_ref()
            .is_none_or(|language| language.value == "en")
    }
}

/// A snapshot with its blocks and metadata.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// What was read.
    pub raw: &'a RawArticle,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What is known of the article.
    pub metadata: Metadata,
}

/// Options of the user about what the article does not say of itself.
#[derive(Debug, Clone, Default)]
pub struct CleanOptions {
    /// Values for what is missing.
    pub supplied: Supplied,
    /// Whether the values replace what the article says.
    pub override_text: bool,
}

impl Document<'_> {
    /// Returns where the paragraphs of the running text stand.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<Span> {
        (self.blocks.iter())
            .filter(|block| block.kind == BlockKind::Body)
            .map(|block| block.span)
            .collect()
    }

    /// Makes the sketch of the running text, by which reprints are found.
    #[must_use]
    pub fn sketch(&self) -> Sketch {
        let text = &self.raw.snapshot.text;
        let paragraphs = self.paragraphs();
        let paragraphs: Vec<&str> = paragraphs.iter().map(|span| span.of(text)).collect();
        Sketch::of(&paragraphs.join("\n"))
    }
}

/// Divides and describes one article; never fails.
#[must_use]
pub fn clean<'a>(
    raw: &'a RawArticle,
    lexicon: &Lexicon,
    options: &CleanOptions,
) -> Warned<Document<'a>> {
    let text = &raw.snapshot.text;
    let supplied = raw.supplied.iter().chain([&options.supplied]);
    let stated = raw
        .page
        .stated
        .iter()
        .filter(|stated| stated.key == Key::Headline);
    let headlines: Vec<&str> = supplied
        .filter_map(|s| s.headline.as_deref())
        .chain(stated.map(|stated| stated.value.as_str()))
        .collect();
    let trusted = !raw.page.extractor.is_empty();
    let lines = lines::divide(text, raw.text_span, &lexicon.furniture);
    let (mut lines, frame) = classify::classify(text, lines, &headlines, trusted, lexicon);
    let (mut metadata, mut diagnostics) = metadata::read(raw, &lines, frame, lexicon, options);
    aside::biography(text, &mut lines, &metadata.authors, lexicon);
    diagnostics.extend(state::judge(raw, &lines, lexicon, &mut metadata));
    let blocks = lines.iter().map(|line| Block {
        span: line.line.span,
        kind: line.kind,
    });
    Warned {
        value: Document {
            raw,
            blocks: blocks.collect(),
            metadata,
        },
        diagnostics,
    }
}

#[cfg(test)]
mod tests;
