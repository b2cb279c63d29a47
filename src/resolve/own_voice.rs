//! What the outlet states in its own voice: sentences without attribution that carry a quantity
//! or a checkable fact.

use crate::{
    lexicon::function::Classes,
    mention::Layer,
    resolve::{Assembly, quantity},
    span::Span,
    text::{Sentence, TokenKind},
};

/// Returns the sentences, with the span of the statement without its final stop.
pub(super) fn find(assembly: &Assembly<'_>) -> Vec<(usize, Span)> {
    assembly
        .text
        .sentences
        .iter()
        .enumerate()
        .filter_map(|(index, sentence)| Some((index, sentence, own_part(assembly, sentence)?)))
        .flat_map(|(index, sentence, span)| {
            let parts = parts(assembly.snapshot, span).into_iter();
            parts.map(move |span| (index, sentence, span))
        })
        .filter(|(_, sentence, span)| is_checkable(assembly, sentence, *span))
        .map(|(index, _, span)| {
            let slice = span.of(assembly.snapshot);
            let end = slice.trim_end_matches(['.', '!', ',', ' ']).len();
            (index, Span::new(span.start, span.start + end))
        })
        .collect()
}

/// Returns the part of a sentence that nobody else is said to have said: all of it, or the main
/// clause before a comma behind which a noun carries somebody's statement ("…, raising fears that").
fn own_part(assembly: &Assembly<'_>, sentence: &Sentence) -> Option<Span> {
    let touching: Vec<_> = assembly
        .in_paragraph(sentence.block)
        .map(|index| &assembly.attributions[index])
        .filter(|attribution| attribution.is_statement())
        .filter(|attribution| {
            attribution
                .cue
                .is_some_and(|cue| cue.overlaps(sentence.span))
                || attribution
                    .content
                    .iter()
                    .any(|part| part.overlaps(sentence.span))
        })
        .collect();
    if touching.is_empty() {
        return Some(sentence.span);
    }
    if touching
        .iter()
        .any(|attribution| !attribution.rule.starts_with("noun/"))
    {
        return None;
    }
    let first = touching
        .iter()
        .map(|attribution| attribution.cover().start)
        .min()?;
    let before = Span::new(sentence.span.start, first.max(sentence.span.start));
    let comma = before.of(assembly.snapshot).rfind(',')?;
    Some(Span::new(before.start, before.start + comma))
}

/// "The meeting did not take place.": the outlet denies something, whatever else it names.
fn denies(assembly: &Assembly<'_>, words: &str) -> bool {
    (assembly.lexicon.denials.find(words)).is_some_and(|denial| denial.form.own)
}

/// Divides what stands on both sides of a semicolon.
fn parts(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for (at, _) in span.of(text).match_indices("; ") {
        parts.push(Span::new(start, span.start + at));
        start = span.start + at + 2;
    }
    parts.push(Span::new(start, span.end));
    parts
}

fn is_checkable(assembly: &Assembly<'_>, sentence: &Sentence, span: Span) -> bool {
    let text = assembly.snapshot;
    let slice = span.of(text);
    let words: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| token.kind != TokenKind::Punctuation && span.contains(token.span))
        .map(|token| token.span.of(text))
        .collect();
    if words.len() < 3 || slice.ends_with(['?', ':']) {
        return false;
    }
    if denies(assembly, slice) || sentence.layer == Layer::Headline && words.len() >= 5 {
        return true;
    }
    let classes = |word: &str| assembly.lexicon.functions.classes(&word.to_lowercase());
    // The outlet speaks of facts, not of itself or to the reader.
    if words
        .iter()
        .any(|word| matches!(word.to_lowercase().as_str(), "i" | "you" | "your" | "my"))
    {
        return false;
    }
    let has_verb = words.iter().skip(1).any(|word| {
        classes(word).any(Classes::AUXILIARY)
            || (word.ends_with("ed") && word.chars().all(char::is_lowercase))
            || assembly.lexicon.functions.is_irregular_past(word)
    });
    if !has_verb {
        return false;
    }
    let is_name = |(at, word): (usize, &&str)| {
        word.starts_with(char::is_uppercase)
            && !classes(word).any(Classes::DAY.or(Classes::MONTH).or(Classes::PRONOUN))
            && (at > 0 || !assembly.lexicon.vocabulary.is_common(&word.to_lowercase()))
    };
    let names = words
        .iter()
        .enumerate()
        .any(|(at, word)| is_name((at, word)));
    // "The guard who was hit on Sunday was not dead." answers somebody, and says enough to tell whom.
    let negated = words.len() >= 8
        && slice.ends_with('.')
        && words.iter().any(|word| classes(word).any(Classes::NEGATOR))
        && !words
            .iter()
            .any(|word| matches!(word.to_lowercase().as_str(), "we" | "us" | "our"));
    names || negated || !quantity::quantities(text, span, assembly.lexicon).is_empty()
}
