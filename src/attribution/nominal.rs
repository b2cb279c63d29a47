//! Attributions that a noun marks: "the claim that …", "fears that …", "allegations of …".

use std::ops::Range;

use crate::{
    attribution::{Attribution, Line, boundary},
    lexicon::function::Classes,
    mention::{Denies, Stance},
};

/// Finds the attributions of one sentence that a noun marks; `first` is the index of the first
/// attribution of this sentence among `found`.
pub(super) fn find(line: &Line<'_>, first: usize, found: &mut Vec<Attribution>) {
    for at in 0..line.len() {
        let Some(noun) = line.lexicon.cues.noun(line.word(at)) else {
            continue;
        };
        if line.in_long_quotation(at) {
            continue;
        }
        let cue = line.span(at);
        let taken = found[first..]
            .iter()
            .any(|other| other.cue.is_some_and(|c| c.overlaps(cue)));
        let Some(content) = content(line, at, noun.stance).filter(|_| !taken) else {
            continue;
        };
        let span = line.range(content.start, content.end);
        // The noun is the object of a verb that already carries the statement.
        let carried = found[first..].iter().any(|other| {
            other.content.contains(&span)
                || (other.rule == "verb/object"
                    && other.content.iter().any(|part| part.contains(cue)))
        });
        let source = maker(line, at).or_else(|| possessor(line, at));
        // "confirmed the captain's claim that …": what one confirms another has said.
        let relayed = source.is_some()
            && found[first..].iter().any(|other| {
                other.rule == "verb/object-that"
                    && other.denies.is_none()
                    && other.content.contains(&span)
            });
        // What is denied is the denier's to say, whoever had claimed it.
        let denied = found[first..].iter().any(|other| {
            other.denies.is_some() && other.content.iter().any(|part| part.contains(span))
        });
        if denied || (carried && !relayed) {
            continue;
        }
        let made = Attribution::new(line, cue, source.as_ref(), vec![span], 0.7, "noun/that");
        let denies = (noun.stance == Stance::Disputes).then_some(Denies::Content);
        found.push(Attribution {
            stance: noun.stance,
            denies,
            ..made
        });
    }
}

/// Returns where the statement may start, behind "by doctors", and whom those words name.
fn maker(line: &Line<'_>, noun: usize) -> Option<Range<usize>> {
    if !matches!(line.word(noun + 1), "by" | "from") {
        return None;
    }
    let tokens = boundary::noun_phrase_after(line, noun + 2, line.body_end());
    (!tokens.is_empty() && boundary::can_speak(line, &tokens)).then_some(tokens)
}

/// Returns the statement behind the noun: a that-clause, or for nouns of hearsay what they are of.
fn content(line: &Line<'_>, noun: usize, stance: Stance) -> Option<Range<usize>> {
    let limit = line.body_end();
    // "reports of a leak are false": the predicate speaks of what the noun carries.
    let falsity = &line.lexicon.cues.falsity;
    let judged = (noun + 1..limit).any(|at| {
        falsity
            .adjectives
            .iter()
            .chain(&falsity.negated)
            .any(|word| word == line.word(at))
    });
    if judged {
        return None;
    }
    let link = maker(line, noun).map_or(noun + 1, |tokens| tokens.end);
    let start = link + 1;
    match line.word(link) {
        "that" => {
            // "a report that runs to nine pages" is a relative clause: a verb follows at once.
            let behind = start + 1;
            let subject = line.class(start, Classes::DETERMINER.or(Classes::PRONOUN))
                || line.is_capitalised(start)
                || (line.is_open(start)
                    && !boundary::is_verb_form(line, start)
                    && (!line.word(start).ends_with('s')
                        || line.is_open(behind)
                        || line.class(behind, Classes::AUXILIARY)));
            let end = clause_end(line, start, limit);
            (subject && boundary::has_verb(line, start + 1, end)).then_some(start..end)
        }
        "of" | "about" if stance == Stance::Hedges && line.word(noun).ends_with('s') => {
            let end = boundary::noun_phrase_after(line, start, limit).end;
            let end = if line.is_quote_mark(start) {
                quotation_end(line, start)
            } else {
                end
            };
            (boundary::n_words(line, start, end) >= 2).then_some(start..end)
        }
        _ => None,
    }
}

fn quotation_end(line: &Line<'_>, start: usize) -> usize {
    let quotation = line.quotation(start);
    (start..line.len())
        .take_while(|&at| line.quotation(at) == quotation)
        .last()
        .map_or(start, |at| at + 1)
}

/// A that-clause inside a sentence ends where the main clause goes on: before a comma, or before
/// the predicate that says what to think of it ("that … were not true").
fn clause_end(line: &Line<'_>, start: usize, limit: usize) -> usize {
    (start..limit)
        .find(|&at| {
            line.word(at) == ","
                // "aware of claims that it leaks but that it was safe": the outer clause goes on.
                || (line.class(at, Classes::COORDINATOR) && line.word(at + 1) == "that")
        })
        .unwrap_or(limit)
}

/// Returns whose statement it is: "Oslo's claim", "the minister's fears".
fn possessor(line: &Line<'_>, noun: usize) -> Option<Range<usize>> {
    let mark = (noun.saturating_sub(3)..noun)
        .rev()
        .find(|&at| matches!(line.word(at), "'s" | "’s"))?;
    let tokens = boundary::noun_phrase_before(line, mark)?;
    boundary::can_speak(line, &tokens).then_some(tokens)
}
