//! What the outlet states in its own voice: sentences without attribution that carry a quantity
//! or a checkable fact.

use crate::{
    lexicon::function::Classes,
    mention::Layer,
    resolve::{Assembly, quantity},
    span::Span,
    text::{Sentence, TokenKind},
};

/// No dateline is longer, in characters.
const LONGEST_DATELINE: usize = 70;

/// Returns the sentences, with the span of the statement without its final stop.
pub(super) fn find(assembly: &Assembly<'_>) -> Vec<(usize, Span)> {
    assembly
        .text
        .sentences
        .iter()
        .enumerate()
        .filter_map(|(index, sentence)| Some((index, sentence, own_part(assembly, sentence)?)))
        .filter(|(_, sentence, span)| is_checkable(assembly, sentence, *span))
        .map(|(index, _, span)| {
            let start = span.start + dateline(span.of(assembly.snapshot));
            let slice = Span::new(start, span.end).of(assembly.snapshot);
            let end = slice.trim_end_matches(['.', '!', ',', ' ']).len();
            (index, Span::new(start, start + end))
        })
        .collect()
}

/// Returns the length of "HARBOUR TOWN, May 5 (AGENCY) - " at the start of a text, 0 when there is
/// none.
fn dateline(slice: &str) -> usize {
    let head = slice.char_indices().nth(LONGEST_DATELINE);
    let head = &slice[..head.map_or(slice.len(), |(at, _)| at)];
    let dashes = [" — ", " – ", " - "].iter();
    let ends = dashes.filter_map(|dash| Some(head.find(dash)? + dash.len()));
    let place = head.split([',', '(', '–', '—', '-']).next();
    let place = place.unwrap_or_default();
    let shouted = place.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !place.chars().any(char::is_lowercase);
    ends.min().filter(|_| shouted).unwrap_or(0)
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

fn is_checkable(assembly: &Assembly<'_>, sentence: &Sentence, span: Span) -> bool {
    let text = assembly.snapshot;
    let slice = span.of(text);
    let words: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| token.kind != TokenKind::Punctuation && span.contains(token.span))
        .map(|token| token.span.of(text))
        .collect();
    if words.len() < 5 || slice.ends_with(['?', ':']) {
        return false;
    }
    if sentence.layer == Layer::Headline || denies(assembly, slice) {
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
    let names = words
        .iter()
        .skip(1)
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .filter(|word| !classes(word).any(Classes::DAY.or(Classes::MONTH)))
        .count();
    let dated = words.iter().any(|word| {
        classes(word).any(Classes::DAY)
            || (word.chars().next().is_some_and(char::is_uppercase)
                && classes(word).any(Classes::MONTH)
                && *word != "May")
            || (word.len() == 4
                && (word.starts_with("19") || word.starts_with("20"))
                && word.parse::<u16>().is_ok())
    });
    !quantity::quantities(text, span, assembly.lexicon).is_empty()
        || names >= 2
        || (dated && names >= 1)
}
