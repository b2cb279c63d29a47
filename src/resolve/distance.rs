//! How far the outlet stands from what it passes on: as a question, as hearsay, in quotation marks.

use crate::{
    mention::{Layer, Stance},
    resolve::Assembly,
    span::Span,
};

/// Words so many bytes before a statement can leave it open.
const BEFORE: usize = 24;

/// Returns the stance of what somebody is said to have said.
pub(super) fn attributed(assembly: &Assembly<'_>, parts: &[Span], stance: Stance) -> Stance {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return stance;
    };
    if stance.disputes() {
        return stance;
    }
    let denials = &assembly.lexicon.denials;
    let text = assembly.snapshot;
    let before = text[..first.start].trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut start = before.len().saturating_sub(BEFORE);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let begins = first.of(text).split_whitespace().next().unwrap_or_default();
    let asks = denials.asks(&before[start..])
        || denials.asks(begins)
        || text[last.end..]
            .trim_start_matches(['”', '"', '’'])
            .starts_with('?');
    if asks {
        return Stance::Discusses;
    }
    let passed = Span::new(start, last.end).of(text);
    if matches!(stance, Stance::Reports | Stance::Endorses) && denials.is_hearsay(passed) {
        return Stance::Hedges;
    }
    stance
}

/// Returns the stance of what the outlet says itself.
pub(super) fn own(assembly: &Assembly<'_>, span: Span) -> Stance {
    let denials = &assembly.lexicon.denials;
    let words = span.of(assembly.snapshot);
    let layer = assembly.layer_at(span);
    let begins = words.split_whitespace().next().unwrap_or_default();
    if denials.asks(begins.trim_matches('"')) {
        Stance::Discusses
    } else if denials.is_hearsay(words)
        || (layer != Layer::Headline && denials.is_scare_quoted(words))
    {
        Stance::Hedges
    } else {
        Stance::Asserts
    }
}
