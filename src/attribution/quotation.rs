//! Quotations: those that run over several sentences, and those that go on without a cue.

use crate::{
    attribution::{Attribution, verb::quoted},
    mention::{Speech, Stance},
    span::Span,
    text::{Quotation, Text},
};

/// A quotation with fewer words is a quoted fragment, not a statement.
const STATEMENT_WORDS: usize = 4;

/// Extends contents to the quotations they are the end of, and attributes quotations that stand
/// alone to whoever spoke before in the paragraph or, when the quotation goes on, before it.
pub(super) fn extend(
    snapshot: &str,
    text: &Text,
    paragraph: usize,
    found: &mut Vec<Attribution>,
    previous: Option<&Attribution>,
) {
    let quotations = &text.paragraphs[paragraph].quotations;
    let told_inside = |attribution: &Attribution| attribution.rule == quoted::RULE;
    for attribution in found.iter_mut().filter(|other| !told_inside(other)) {
        for part in &mut attribution.content {
            for quotation in quotations {
                // The content starts inside a quotation that began in an earlier sentence.
                if quotation.inner.start < part.start
                    && part.start < quotation.inner.end
                    && part.end >= quotation.inner.end.min(part.end)
                    && ends_with(snapshot, quotation, *part)
                {
                    part.start = quotation.outer.start;
                }
                // The content opens a quotation that goes on in later sentences.
                if part.contains(Span::new(quotation.outer.start, quotation.outer.start + 1))
                    && part.end < quotation.inner.end
                    && part.end > quotation.inner.start
                {
                    part.end = quotation.outer.end;
                }
            }
        }
    }
    for quotation in quotations {
        if quotation.n_words(snapshot) < STATEMENT_WORDS || !is_sentence(snapshot, text, quotation)
        {
            continue;
        }
        let taken = found.iter().any(|other| {
            !told_inside(other) && (other.content.iter()).any(|part| part.overlaps(quotation.inner))
        });
        if taken {
            continue;
        }
        let speaker = found
            .iter()
            .filter(|other| !told_inside(other))
            .filter(|other| other.source.is_some() && other.cover().end <= quotation.outer.start)
            .max_by_key(|other| other.cue.map_or(0, |cue| cue.start))
            .or_else(|| previous.filter(|other| other.paragraph + 1 == paragraph))
            .filter(|other| other.speech != Speech::None || other.source.is_some());
        let Some(speaker) = speaker else { continue };
        let sentence = sentence_of(text, paragraph, quotation.inner.start);
        found.push(Attribution {
            cue: speaker.cue,
            source: speaker.source,
            content: vec![quotation.outer],
            addressee: None,
            speech: Speech::Direct,
            stance: Stance::Reports,
            denies: None,
            outer: None,
            paragraph,
            sentence,
            confidence: 0.75,
            rule: "quotation/goes-on",
            learnt: false,
        });
    }
    found.sort_by_key(|attribution| {
        (
            attribution.content_span().start,
            std::cmp::Reverse(attribution.content_span().end),
        )
    });
}

/// Says whether the part reaches the end of the quotation, give or take its closing mark.
fn ends_with(snapshot: &str, quotation: &Quotation, part: Span) -> bool {
    let tail = Span::new(part.end.min(quotation.inner.end), quotation.inner.end);
    tail.of(snapshot)
        .trim_matches(|c: char| !c.is_alphanumeric())
        .is_empty()
}

/// Says whether the quotation is a sentence of its own: it starts one and holds its end.
fn is_sentence(snapshot: &str, text: &Text, quotation: &Quotation) -> bool {
    let starts = text
        .sentences
        .iter()
        .any(|sentence| sentence.span.start == quotation.outer.start);
    let behind = snapshot.get(quotation.outer.end..).unwrap_or_default();
    let ends = quotation
        .inner
        .of(snapshot)
        .trim_end()
        .ends_with(['.', '!', '?', '…'])
        || behind.starts_with('.')
        || !quotation.closed;
    starts && ends
}

fn sentence_of(text: &Text, paragraph: usize, offset: usize) -> usize {
    let range = text.paragraphs[paragraph].sentences.clone();
    range
        .clone()
        .find(|&index| text.sentences[index].span.end > offset)
        .unwrap_or(range.start)
}
