//! Step 4: cue, source and content of everything somebody is said to have said.
//!
//! The seam is narrow on purpose: text in, attributions with spans out. The parts cue, source and
//! content are those of PARC and PolNeAR. Constructions are found by rules over the cue lexicon;
//! nothing here knows who a source is.

mod boundary;
mod hearsay;
mod join;
mod line;
pub mod model;
mod nest;
mod nominal;
mod phrase;
mod quotation;
mod relay;
mod verb;

use std::ops::Range;

use crate::{
    lexicon::Lexicon,
    mention::{Denies, Speech, Stance},
    span::Span,
    text::Text,
};

pub(crate) use boundary::{can_speak, noun_phrase_after};
pub(crate) use line::Line;
pub use model::Model;

/// One attribution as spans of the snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The words that mark it; `None` for a quotation that only goes on.
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
    /// Number of the paragraph.
    pub paragraph: usize,
    /// Number of the sentence that holds the cue.
    pub sentence: usize,
    /// From 0 to 1.
    pub confidence: f64,
    /// Id of the rule.
    pub rule: &'static str,
    /// Whether the network found its parts.
    pub learnt: bool,
}

impl Attribution {
    /// Makes an attribution of one sentence that reports without comment.
    fn new(
        line: &Line<'_>,
        cue: Span,
        source: Option<&Range<usize>>,
        content: Vec<Span>,
        confidence: f64,
        rule: &'static str,
    ) -> Self {
        Self {
            cue: Some(cue),
            source: source.map(|tokens| line.range(tokens.start, tokens.end)),
            content,
            addressee: None,
            speech: Speech::Indirect,
            stance: Stance::Reports,
            denies: None,
            outer: None,
            paragraph: line.sentence.block,
            sentence: line.index,
            confidence,
            rule,
            learnt: false,
        }
    }

    /// Returns the id of what made it: the rule, the network, or both.
    #[must_use]
    pub fn origin(&self) -> String {
        match self.learnt && !self.rule.starts_with("network/") {
            true => format!("network+{}", self.rule),
            false => self.rule.to_owned(),
        }
    }

    /// Says whether its content is a statement. "Supports the ban" and "discussed the budget" only
    /// name a topic, and what the network alone found is a statement if it is rather so than not.
    #[must_use]
    pub fn is_statement(&self) -> bool {
        match self.rule {
            "network/object" => self.speech != Speech::Indirect || self.denies.is_some(),
            "network/clause" => self.confidence >= 0.5,
            _ => true,
        }
    }

    /// Returns the smallest span that covers all pieces of the content.
    #[must_use]
    pub fn content_span(&self) -> Span {
        let first = self.content.first().copied().unwrap_or_default();
        self.content
            .iter()
            .fold(first, |cover, part| cover.cover(*part))
    }

    /// Returns the smallest span that covers cue and source.
    fn cover_of_cue(&self) -> Option<Span> {
        let cue = self.cue?;
        Some(self.source.map_or(cue, |source| source.cover(cue)))
    }

    /// Returns the smallest span that covers cue, source and content.
    #[must_use]
    pub fn cover(&self) -> Span {
        [self.cue, self.source]
            .into_iter()
            .flatten()
            .fold(self.content_span(), Span::cover)
    }
}

/// Finds the attributions of an article, in the order of the text: by rules alone, or with `model`.
#[must_use]
pub fn attribute(
    snapshot: &str,
    text: &Text,
    lexicon: &Lexicon,
    model: Option<&Model>,
) -> Vec<Attribution> {
    let mut all: Vec<Attribution> = Vec::new();
    let mut scratch = model::Scratch::default();
    for (number, paragraph) in text.paragraphs.iter().enumerate() {
        let lines: Vec<Line<'_>> = paragraph
            .sentences
            .clone()
            .map(|index| Line::new(snapshot, text, index, lexicon))
            .collect();
        let mut found = Vec::new();
        for line in &lines {
            let before = found.len();
            phrase::find(line, &mut found);
            relay::find(line, &mut found);
            verb::find(line, &mut found);
            nominal::find(line, before, &mut found);
            hearsay::find(line, before, &mut found);
            relay::passed_on(line, before, &mut found);
        }
        if let Some(model) = model {
            let finds = model.find(snapshot, text, number, lexicon, &mut scratch);
            found = join::join(&lines, &finds, found);
        }
        quotation::extend(snapshot, text, number, &mut found, all.last());
        nest::settle(snapshot, paragraph, all.len(), &mut found);
        all.extend(found);
    }
    all
}

/// Turns what a cue makes of its content round where the cue is negated: who does not deny reports,
/// who does not say only discusses.
fn negate(negated: bool, stance: Stance, denies: Option<Denies>) -> (Stance, Option<Denies>) {
    match (negated, denies) {
        (true, Some(_)) => (Stance::Reports, None),
        (true, None) if matches!(stance, Stance::Endorses | Stance::Reports) => {
            (Stance::Discusses, None)
        }
        _ => (stance, denies),
    }
}

#[cfg(test)]
mod tests;
