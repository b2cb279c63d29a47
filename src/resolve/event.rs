//! Events with participants and dates resolved against the publication date.
//!
//! Anchors ("the call", "met") are found sentence by sentence and joined within the article. An
//! event that the text dates has an id that other articles share; every other one stays inside
//! its snapshot.

use jiff::civil::Date;

use crate::{
    id::{AgentId, SnapshotId},
    lexicon::Lexicon,
    mention::Event,
    span::Span,
    text::Sentence,
};

mod anchor;
mod cluster;

/// What event detection needs to know of the article.
#[derive(Debug)]
pub struct EventContext<'a> {
    /// The whole snapshot.
    pub text: &'a str,
    /// Its id; scopes events that nothing dates.
    pub snapshot: &'a SnapshotId,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Day of publication.
    pub published: Option<Date>,
    /// Spans that name an agent, with its id, in the order of the text.
    pub agents: &'a [(Span, AgentId)],
}

/// An event and all the places of the text that speak of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundEvent {
    /// The event.
    pub event: Event,
    /// The words that name it or point back to it ("the call"), in the order of the text.
    pub anchors: Vec<Span>,
}

/// Finds the events of an article, each once, sorted by id.
#[must_use]
pub fn events(context: &EventContext<'_>, lexicon: &Lexicon) -> Vec<FoundEvent> {
    cluster::join(anchor::anchors(context, lexicon), context, &lexicon.events)
}

#[cfg(test)]
mod tests;
