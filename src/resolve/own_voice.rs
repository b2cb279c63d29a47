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
        .filter(|(_, sentence)| !is_attributed(assembly, sentence.span))
        .filter(|(_, sentence)| is_checkable(assembly, sentence))
        .map(|(index, sentence)| {
            let slice = sentence.span.of(assembly.snapshot);
            let end = slice.trim_end_matches(['.', '!', ' ']).len();
            (
                index,
                Span::new(sentence.span.start, sentence.span.start + end),
            )
        })
        .collect()
}

fn is_attributed(assembly: &Assembly<'_>, span: Span) -> bool {
    assembly.attributions.iter().any(|attribution| {
        attribution.cue.is_some_and(|cue| cue.overlaps(span))
            || attribution.content.iter().any(|part| part.overlaps(span))
    })
}

fn is_checkable(assembly: &Assembly<'_>, sentence: &Sentence) -> bool {
    let text = assembly.snapshot;
    let slice = sentence.span.of(text);
    let words: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| token.kind != TokenKind::Punctuation)
        .map(|token| token.span.of(text))
        .collect();
    if words.len() < 5 || slice.ends_with(['?', ':']) {
        return false;
    }
    if sentence.layer == Layer::Headline {
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
            || matches!(
                *word,
                "met"
                    | "held"
                    | "took"
                    | "won"
                    | "lost"
                    | "fell"
                    | "rose"
                    | "left"
                    | "went"
                    | "came"
                    | "made"
                    | "gave"
                    | "began"
                    | "broke"
                    | "sent"
                    | "cut"
                    | "hit"
                    | "shot"
                    | "sank"
                    | "fled"
                    | "led"
                    | "saw"
                    | "set"
                    | "put"
                    | "ran"
                    | "spent"
                    | "grew"
                    | "became"
                    | "built"
                    | "bought"
                    | "sold"
                    | "paid"
                    | "drove"
                    | "drew"
                    | "kept"
            )
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
    !quantity::quantities(text, sentence.span, assembly.lexicon).is_empty()
        || names >= 2
        || (dated && names >= 1)
}
