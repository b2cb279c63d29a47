//! Half-open byte ranges into a snapshot, and the passages they cut out.
//!
//! Offsets are bytes, never characters; the end is exclusive.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a snapshot's UTF-8 text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// Makes a span; `end` below `start` gives an empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Says whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Says whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Says whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Cuts the span out of `text`; `None` when it does not lie on character boundaries inside it.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Cuts the span out of `text`, empty when it does not fit.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        self.slice(text).unwrap_or_default()
    }

    /// Returns the span without white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Span {
        let slice = self.of(text);
        let start = self.start + (slice.len() - slice.trim_start().len());
        Span::new(start, start + slice.trim().len())
    }
}

/// A span together with the words it covers, so that it can be checked against the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The words, byte for byte.
    pub text: String,
    /// Offset of the first byte in the snapshot.
    pub start: usize,
    /// Offset behind the last byte in the snapshot.
    pub end: usize,
}

impl Passage {
    /// Cuts `span` out of `text`.
    #[must_use]
    pub fn cut(text: &str, span: Span) -> Self {
        Self {
            text: span.of(text).to_owned(),
            start: span.start,
            end: span.end,
        }
    }

    /// Returns where the passage stands.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}
