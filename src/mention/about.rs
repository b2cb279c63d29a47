//! What is known of a text besides whose it is: language, state, links, what derived it.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// Whether a text is whole.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing shows that something is missing.
    #[default]
    Whole,
    /// Its rest is kept back.
    Cut,
    /// Some of its words are masked.
    Masked,
}

impl State {
    /// Returns the word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Cut => "cut",
            Self::Masked => "masked",
        }
    }

    /// Returns the state that a word stands for.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Whole, Self::Cut, Self::Masked];
        all.into_iter().find(|state| state.name() == name)
    }
}

/// A link inside the text: what an article may cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hyperlink {
    /// The linked words in the snapshot.
    pub span: Span,
    /// The address, absolute.
    pub url: String,
}

/// What is known of a text besides whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The language, as a code of two letters.
    pub language: Option<String>,
    /// Whether the text was left unread because of its language.
    pub unread: bool,
    /// Whether the text is whole.
    pub state: State,
    /// When the article was changed last, with as much of the time as is known.
    pub modified: Option<String>,
    /// The section of the outlet.
    pub section: Option<String>,
    /// What made the text of a page, with its version.
    pub extractor: Option<String>,
    /// Links inside the text, in its order.
    pub links: Vec<Hyperlink>,
}
