//! Attributions and the outlet's own statements put together into mentions with chains.

mod chain;

use std::sync::LazyLock;

use regex::Regex;

use super::{
    denial::{self, antecedent},
    distance,
    event::FoundEvent,
    gloss, modality,
    name::Names,
    own_voice, quantity,
};
use crate::{
    attribution::Attribution,
    claim::signature::signature,
    id::{AgentId, MentionId},
    lexicon::Lexicon,
    mention::{Article, Denies, Layer, Link, Mention, Polarity, Speech, Stance},
    span::{Passage, Span},
    text::Text,
};

/// Everything needed to put mentions together.
pub(super) struct Assembly<'a> {
    pub(super) snapshot: &'a str,
    pub(super) text: &'a Text,
    pub(super) attributions: &'a [Attribution],
    pub(super) sources: &'a [AgentId],
    pub(super) addressees: &'a [Option<AgentId>],
    pub(super) names: &'a Names,
    pub(super) events: &'a [FoundEvent],
    /// The words that name events, sorted, each with the number of its event.
    pub(super) anchors: Vec<(Span, usize)>,
    pub(super) outlet: Link,
    pub(super) article: &'a Article,
    pub(super) lexicon: &'a Lexicon,
}

/// No words that name an event are longer, in bytes.
const LONGEST_ANCHOR: usize = 200;

/// What a mention is made from, before chain and identity.
struct Draft {
    parts: Vec<Span>,
    gloss: String,
    /// What states the proposition: the parts, or words among them.
    stated: Vec<Span>,
    /// Whether the proposition is what is stated without its negator.
    affirm: bool,
    sentence: usize,
    cover: Span,
    chain: Vec<Link>,
    speech: Speech,
    stance: Stance,
    denies: Option<Denies>,
    confidence: f64,
    rule: String,
}

impl Assembly<'_> {
    /// Makes the mentions of one attribution: what its content says beside nested attributions.
    pub(super) fn attributed(&self, index: usize) -> Vec<Mention> {
        let attribution = &self.attributions[index];
        if !attribution.is_statement() {
            return Vec::new();
        }
        let chain = self.chain(index);
        let pieces = self.residue(index);
        pieces
            .into_iter()
            .filter(|parts| !self.is_topic(attribution, parts))
            .map(|parts| {
                let raised = |stated| antecedent::is_raised(self, stated);
                let denial = denial::read(self.snapshot, &parts, attribution, self.lexicon, raised);
                let affirm = denial.as_ref().is_some_and(|denied| denied.affirm);
                let proposition = denial.as_ref().and_then(|denied| denied.proposition);
                let (parts, stance, denies) = match denial {
                    Some(denied) => (vec![denied.content], denied.stance, Some(denied.denies)),
                    None if denial::is_refusal(
                        self.snapshot,
                        &parts,
                        attribution,
                        self.lexicon,
                    ) =>
                    {
                        (parts, Stance::Reports, None)
                    }
                    None => (parts, attribution.stance, attribution.denies),
                };
                let distant = modality::is_distant(
                    self.snapshot,
                    parts.iter().copied().chain(self.group_span(attribution)),
                    self.lexicon,
                );
                let stance = match stance {
                    Stance::Reports | Stance::Endorses if distant => Stance::Hedges,
                    stance => stance,
                };
                let stance = distance::attributed(self, &parts, stance);
                let stated = proposition.map_or_else(|| parts.clone(), |stated| vec![stated]);
                self.finish(Draft {
                    gloss: gloss::gloss(self, index, &stated),
                    stated,
                    affirm,
                    cover: attribution.cover(),
                    sentence: attribution.sentence,
                    chain: chain.clone(),
                    speech: attribution.speech,
                    stance,
                    denies,
                    confidence: attribution.confidence,
                    rule: attribution.origin(),
                    parts,
                })
            })
            .collect()
    }

    /// "praised his courage", "revealed the details": a bare object names a topic, no statement.
    fn is_topic(&self, attribution: &Attribution, parts: &[Span]) -> bool {
        attribution.rule == "verb/object"
            && attribution.denies.is_none()
            && attribution.speech == Speech::Indirect
            && parts.iter().all(|part| {
                gloss::n_open_words(self.snapshot, *part, self.lexicon) < 3
                    && quantity::quantities(self.snapshot, *part, self.lexicon).is_empty()
            })
    }

    /// The words of the verb group, where "reportedly" stands.
    fn group_span(&self, attribution: &Attribution) -> Option<Span> {
        let (cue, source) = (attribution.cue?, attribution.source?);
        (source.end < cue.start && cue.start - source.end < 60)
            .then(|| Span::new(source.end, cue.start))
    }

    /// The outlet's own statements.
    pub(super) fn own_voice(&self) -> Vec<Mention> {
        own_voice::find(self)
            .into_iter()
            .map(|(sentence, span)| {
                let distant =
                    modality::is_distant(self.snapshot, std::iter::once(span), self.lexicon);
                let raised = |stated| antecedent::is_raised(self, stated);
                let denial = denial::own(self.snapshot, span, self.lexicon, raised);
                let affirm = denial.as_ref().is_some_and(|denied| denied.affirm);
                let content = denial.as_ref().map_or(span, |denied| denied.content);
                let stated = (denial.as_ref()).and_then(|denied| denied.proposition);
                let stated = stated.unwrap_or(content);
                self.finish(Draft {
                    gloss: stated.of(self.snapshot).to_owned(),
                    stated: vec![stated],
                    affirm,
                    parts: vec![content],
                    cover: span,
                    sentence,
                    chain: vec![self.outlet.clone()],
                    speech: Speech::None,
                    stance: match &denial {
                        Some(denied) => denied.stance,
                        None if distant => Stance::Hedges,
                        None => distance::own(self, span),
                    },
                    denies: denial.map(|denied| denied.denies),
                    confidence: 0.7,
                    rule: "own-voice/fact".to_owned(),
                })
            })
            .collect()
    }

    fn finish(&self, mut draft: Draft) -> Mention {
        if let Some(first) = draft.parts.first_mut() {
            first.start += dateline(first.of(self.snapshot));
        }
        let first = draft.parts.first().copied().unwrap_or_default();
        let span = draft
            .parts
            .iter()
            .fold(first, |cover, part| cover.cover(*part));
        let quantities: Vec<_> = draft
            .parts
            .iter()
            .flat_map(|part| quantity::quantities(self.snapshot, *part, self.lexicon))
            .collect();
        let modality = modality::read(self.snapshot, &draft.parts, self.lexicon);
        let mut events: Vec<_> = draft
            .parts
            .iter()
            .flat_map(|part| self.anchored(*part))
            .map(|event| self.events[event].event.id.clone())
            .collect();
        events.sort();
        events.dedup();
        let mut stated = modality::read(self.snapshot, &draft.stated, self.lexicon);
        let mut gloss = draft.gloss.split_off(dateline(&draft.gloss));
        if draft.affirm {
            stated.polarity = Polarity::Positive;
            gloss = gloss::affirmed(&gloss);
        }
        let signature = signature(&gloss, &quantities, stated, self.lexicon);
        Mention {
            id: MentionId::new(&self.article.snapshot, span),
            layer: self.layer(draft.sentence),
            content: Passage::cut(self.snapshot, span),
            parts: draft
                .parts
                .iter()
                .map(|part| Passage::cut(self.snapshot, *part))
                .collect(),
            sentence: self.sentences(draft.cover.cover(span)),
            speech: draft.speech,
            chain: draft.chain,
            stance: draft.stance,
            denies: draft.denies,
            modality,
            quantities,
            events,
            signature,
            confidence: draft.confidence,
            rule: draft.rule,
        }
    }

    fn layer(&self, sentence: usize) -> Layer {
        self.text
            .sentences
            .get(sentence)
            .map_or(Layer::Body, |sentence| sentence.layer)
    }

    /// Returns the layer of the sentence that a span begins in.
    pub(super) fn layer_at(&self, span: Span) -> Layer {
        let sentences = &self.text.sentences;
        self.layer(sentences.partition_point(|sentence| sentence.span.end <= span.start))
    }

    /// Returns the sentences a span touches, as one span.
    fn sentences(&self, span: Span) -> Span {
        let first = self
            .text
            .sentences
            .partition_point(|sentence| sentence.span.end <= span.start);
        self.text.sentences[first..]
            .iter()
            .take_while(|sentence| sentence.span.start < span.end)
            .fold(span, |cover, sentence| cover.cover(sentence.span))
    }

    /// Returns the attributions of a paragraph; they stand together.
    pub(super) fn in_paragraph(&self, paragraph: usize) -> std::ops::Range<usize> {
        let start = self
            .attributions
            .partition_point(|other| other.paragraph < paragraph);
        let length =
            self.attributions[start..].partition_point(|other| other.paragraph == paragraph);
        start..start + length
    }

    /// Returns the events that words inside `part` name.
    fn anchored(&self, part: Span) -> impl Iterator<Item = usize> {
        let first = self
            .anchors
            .partition_point(|(anchor, _)| anchor.start + LONGEST_ANCHOR < part.start);
        self.anchors[first..]
            .iter()
            .take_while(move |(anchor, _)| anchor.start < part.end)
            .filter(move |(anchor, _)| anchor.overlaps(part))
            .map(|(_, event)| *event)
    }

    /// Returns the pieces of a content that stand outside nested attributions, each a mention.
    fn residue(&self, index: usize) -> Vec<Vec<Span>> {
        let attribution = &self.attributions[index];
        let children: Vec<Span> = self
            .in_paragraph(attribution.paragraph)
            .map(|other| &self.attributions[other])
            .filter(|other| other.outer == Some(index))
            // A noun with its statement is part of what is said, and so is what a quotation tells.
            .filter(|other| !other.rule.starts_with("noun/") && other.rule != "verb/quoted")
            .map(|other| {
                let cover = other.cover();
                // An inherited source stands elsewhere.
                match other.cue {
                    Some(cue)
                        if other.source.is_some_and(|s| {
                            s.start < cue.start && cue.start - s.end.min(cue.start) > 60
                        }) =>
                    {
                        cue.cover(other.content_span())
                    }
                    _ => cover,
                }
            })
            .collect();
        let mut parts = attribution.content.clone();
        for child in &children {
            parts = parts
                .into_iter()
                .flat_map(|part| subtract(part, *child))
                .collect();
        }
        let whole = children.is_empty();
        let parts: Vec<Span> = parts
            .into_iter()
            .map(|part| gloss::trim_connectives(self.snapshot, part))
            .filter(|part| whole || gloss::n_open_words(self.snapshot, *part, self.lexicon) >= 3)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        if !whole {
            return parts.into_iter().map(|part| vec![part]).collect();
        }
        match parts.as_slice() {
            [only] => gloss::split_coordinated(self.snapshot, *only)
                .into_iter()
                .map(|part| vec![part])
                .collect(),
            _ => vec![parts],
        }
    }
}

/// Returns what is left of `part` without `hole`, at most two pieces.
fn subtract(part: Span, hole: Span) -> Vec<Span> {
    if !part.overlaps(hole) {
        return vec![part];
    }
    [
        Span::new(part.start, hole.start.clamp(part.start, part.end)),
        Span::new(hole.end.clamp(part.start, part.end), part.end),
    ]
    .into_iter()
    .filter(|piece| !piece.is_empty())
    .collect()
}
/// Where and by whom a text was sent, or how often ("MOSCOW, Dec 8 (Reuters) - ", "UPDATE 2-").
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)^(?:
        \p{Lu}[\p{Lu}\ .'’/-]{2,40} (?:,\ [^()/\n]{1,40})? \s* (?: \([^()\n]{2,40}\) | /[\p{L}\ ]{2,20}/\.? ) \s* [-–—]*
        | (?:UPDATE|WRAPUP)\ \d+\s*[-–—]
    )\s*";
    Regex::new(pattern).expect("a pattern of our own")
});

/// The length of the dateline that a text begins with.
fn dateline(text: &str) -> usize {
    let length = DATELINE.find(text).map_or(0, |found| found.end());
    // A line that holds nothing else is left as it is.
    if length < text.len() { length } else { 0 }
}
