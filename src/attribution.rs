//! Step 4: cue, source and content of everything somebody is said to have said.
//!
//! The seam is narrow on purpose: sentences in, attributions with spans out.

use crate::{
    mention::{Denies, Speech, Stance},
    span::Span,
};

/// One attribution as spans of the snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The words that mark it.
    pub cue: Option<Span>,
    /// The words that name the source; `None` when it is left out.
    pub source: Option<Span>,
    /// What is said, in one or more pieces.
    pub content: Vec<Span>,
    /// To whom.
    pub addressee: Option<Span>,
    /// How it is rendered.
    pub speech: Speech,
    /// What the cue makes of the content.
    pub stance: Stance,
    /// What is denied, for cues of denial.
    pub denies: Option<Denies>,
    /// Index of the attribution whose content this one is part of.
    pub outer: Option<usize>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Id of the rule.
    pub rule: &'static str,
}
