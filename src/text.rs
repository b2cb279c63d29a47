//! Step 3: sentences, tokens and quotations.

use crate::{document::Document, mention::Layer, span::Span};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word.
    Word,
    /// A figure, possibly with separators ("175,000").
    Number,
    /// Anything else that is not white space.
    Punctuation,
}

/// A word, figure or sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the snapshot.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// A sentence of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the snapshot, without surrounding white space.
    pub span: Span,
    /// The part of the article.
    pub layer: Layer,
    /// Number of the block it belongs to; sentences of one paragraph share it.
    pub block: usize,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// Segments the blocks of a document that are read for attributions.
#[must_use]
pub fn segment(document: &Document<'_>) -> Vec<Sentence> {
    let _ = document;
    Vec::new()
}
