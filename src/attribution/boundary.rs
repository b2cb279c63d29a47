//! Where noun phrases and clauses begin and end, judged by closed-class words and punctuation.

use std::ops::Range;

use crate::{
    attribution::Line,
    lexicon::{cue::Form, function::Classes},
};

const CLAUSE_OPENERS: Classes = Classes::SUBORDINATOR.or(Classes::COORDINATOR);

/// Returns the first token of the verb group that ends in the cue at `cue`: "has also said".
pub(crate) fn verb_group_start(line: &Line<'_>, cue: usize) -> usize {
    let mut start = cue;
    // A quoted verb: the envoy "made clear" that …
    if start > 0 && line.is_quote_mark(start - 1) && line.quotation(start).is_some() {
        start -= 1;
    }
    while start > 0
        && line.class(
            start - 1,
            Classes::AUXILIARY.or(Classes::ADVERB).or(Classes::NEGATOR),
        )
        && !line.class(start - 1, Classes::DETERMINER)
    {
        start -= 1;
    }
    // A leading adverb of the clause ("Earlier the mayor said") is no part of the verb group.
    while start < cue && start == 0 && line.class(start, Classes::ADVERB) {
        start += 1;
    }
    start
}

/// Says whether a form of "be" stands in the verb group: "was told".
pub(crate) fn is_passive(line: &Line<'_>, group: usize, cue: usize) -> bool {
    (group..cue)
        .rev()
        .find(|&at| line.class(at, Classes::AUXILIARY))
        .is_some_and(|at| {
            matches!(
                line.word(at),
                "is" | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "been"
                    | "being"
                    | "am"
                    | "isn't"
                    | "wasn't"
                    | "weren't"
                    | "aren't"
            )
        })
}

/// A noun phrase that is the subject of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    /// The tokens that name it, an apposition included.
    pub(crate) tokens: Range<usize>,
    /// Where the clause it is the subject of begins.
    pub(crate) clause: usize,
}

/// Finds the subject whose verb group starts at `verb`.
pub(crate) fn subject(line: &Line<'_>, verb: usize) -> Option<Subject> {
    let last = verb.checked_sub(1)?;
    if line.word(last) == "," {
        return subject_before_insertion(line, last);
    }
    if matches!(line.word(last), "who" | "which") {
        let before = last.checked_sub(1)?;
        let end = if line.word(before) == "," {
            before
        } else {
            before + 1
        };
        let tokens = noun_phrase_before(line, end)?;
        return Some(Subject {
            clause: tokens.start,
            tokens,
        });
    }
    let tokens = noun_phrase_before(line, verb)?;
    // "An official who asked not to be named confirmed": the participle ends a relative clause.
    let participle = tokens.len() == 1
        && tokens.start > 0
        && line.class(tokens.start - 1, Classes::AUXILIARY)
        && is_verb_form(line, tokens.start);
    if participle && let Some(subject) = subject_of_relative(line, verb) {
        return Some(subject);
    }
    Some(Subject {
        clause: tokens.start,
        tokens,
    })
}

/// Handles "Yuri Ushakov, an aide to the president, said" and "The mayor, on Monday, said".
fn subject_before_insertion(line: &Line<'_>, comma: usize) -> Option<Subject> {
    let open = (comma.saturating_sub(25)..comma)
        .rev()
        .find(|&at| line.word(at) == ",")?;
    let first = open + 1;
    if first >= comma {
        return None;
    }
    let head = line.word(first);
    // "The bank's analyst, Vera Polk, said": the name stands behind the function.
    let named = (first..comma).all(|at| line.is_capitalised(at) || line.word(at) == "-");
    let apposition = named
        || line.class(first, Classes::DETERMINER)
        || matches!(
            head,
            "who" | "which" | "whose" | "formerly" | "himself" | "herself" | "itself"
        )
        || line.lexicon.roles.persons.contains(head)
        || (first..comma).any(|at| line.lexicon.roles.persons.contains(line.word(at)))
        || line.kind(first) == Some(crate::text::TokenKind::Number);
    let adjunct = line.class(
        first,
        Classes::PREPOSITION
            .or(Classes::ADVERB)
            .or(Classes::DAY)
            .or(Classes::SUBORDINATOR),
    ) || line.word(first).ends_with("ing")
        || line
            .lexicon
            .cues
            .relays(line.word(first))
            .iter()
            .any(|words| line.matches(first, words));
    if !apposition && !adjunct {
        return subject_of_relative(line, comma);
    }
    let Some(name) = noun_phrase_before(line, open) else {
        return subject_of_relative(line, comma);
    };
    if !(line.is_capitalised(name.end - 1)
        || line.class(name.end - 1, Classes::PRONOUN)
        || line.lexicon.roles.can_speak(line.word(name.end - 1))
        // "the firm's head of security, Dara Quill"
        || (named && name.len() > 1))
    {
        return None;
    }
    let end = if apposition && !adjunct {
        comma
    } else {
        name.end
    };
    Some(Subject {
        clause: name.start,
        tokens: name.start..end,
    })
}

/// "An inspector who asked not to be named, …, said": the phrase the sentence starts with.
fn subject_of_relative(line: &Line<'_>, comma: usize) -> Option<Subject> {
    let tokens = noun_phrase_after(line, 0, comma);
    let behind = tokens.end + usize::from(line.word(tokens.end) == ",");
    let relative = !tokens.is_empty() && matches!(line.word(behind), "who" | "whose");
    relative.then_some(Subject {
        clause: tokens.start,
        tokens,
    })
}

/// Most tokens in brackets behind a name.
const MOST_IN_BRACKETS: usize = 12;

/// Finds the noun phrase that ends before token `end`.
pub(crate) fn noun_phrase_before(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    if line.word(last) == ")" {
        // "Ines Dalby (Greens) said": what stands in brackets is no part of the name.
        let brackets = last.saturating_sub(MOST_IN_BRACKETS)..last;
        let open = brackets.rev().find(|&at| line.word(at) == "(")?;
        return noun_phrase_before(line, open);
    }
    if line.class(last, Classes::PRONOUN) && line.is_word(last) {
        return Some(last..end);
    }
    if !is_nominal(line, last) {
        return None;
    }
    let mut start = last;
    while start > 0 && end - start < 30 {
        let at = start - 1;
        if line.quotation(at) != line.quotation(last) {
            // A quoted word inside the phrase: the "Lion of Tarn" said.
            break;
        }
        if is_nominal(line, at) && !line.class(at, Classes::DAY.or(Classes::MONTH)) {
            start = at;
        } else if line.class(at, Classes::DETERMINER) && line.word(at) != "that" {
            start = at;
            if at > 0 && !joins_left(line, at - 1) {
                break;
            }
        } else if joins_left(line, at) {
            start = at;
        } else {
            break;
        }
    }
    // A phrase cannot begin with a preposition, conjunction or sign.
    while start < end
        && (line.class(start, Classes::PREPOSITION.or(CLAUSE_OPENERS))
            || line.is_punctuation(start))
        && !line.class(start, Classes::DETERMINER)
    {
        start += 1;
    }
    // "After the talks the mayor": an adjunct without a comma ends where a determiner starts anew.
    (start < end).then_some(start..end)
}

/// Says whether a token can be part of a noun phrase without further questions.
fn is_nominal(line: &Line<'_>, at: usize) -> bool {
    match line.kind(at) {
        Some(crate::text::TokenKind::Word) => {
            line.is_open(at) && !is_past_of_cue(line, at)
                || matches!(line.word(at), "'s" | "’s")
                || (line.is_capitalised(at)
                    && at > 0
                    && !line.class(
                        at,
                        Classes::PRONOUN.or(CLAUSE_OPENERS).or(Classes::AUXILIARY),
                    ))
        }
        Some(crate::text::TokenKind::Number) => true,
        _ => match line.word(at) {
            "-" | "'" | "’" | "&" | "/" => at > 0 && line.is_word(at - 1),
            "." => {
                let before = at
                    .checked_sub(1)
                    .map_or("", |b| line.span(b).of(line.snapshot));
                at + 1 < line.len()
                    && (before.len() == 1 || line.lexicon.functions.is_abbreviation(before))
            }
            _ => false,
        },
    }
}

/// Says whether a preposition or "and" at `at` ties the phrase to the noun before it.
fn joins_left(line: &Line<'_>, at: usize) -> bool {
    if at == 0 || !is_nominal(line, at - 1) {
        return false;
    }
    match line.word(at) {
        "of" | "for" | "'s" | "’s" => true,
        "in" | "at" | "from" | "on" | "to" | "with" | "near" => {
            let head = line.word(at - 1);
            let roles = &line.lexicon.roles;
            roles.can_speak(head) || roles.postposed.contains(head)
        }
        "and" | "or" => !(0..at).any(|before| {
            line.class(before, Classes::AUXILIARY)
                || line.class(before, Classes::SUBORDINATOR)
                || line.word(before) == ","
                || is_verb_form(line, before)
        }),
        _ => false,
    }
}

/// Says whether a lower-case word has the form of a past tense or is a cue verb.
pub(crate) fn is_verb_form(line: &Line<'_>, at: usize) -> bool {
    !line.is_capitalised(at)
        && line.is_open(at)
        && (line.word(at).ends_with("ed")
            || line.lexicon.functions.is_irregular_past(line.word(at))
            || line
                .lexicon
                .cues
                .verbs(line.word(at))
                .iter()
                .any(|verb| verb.form == Form::Past))
}

/// Finds the noun phrase that begins at `start`; it ends before a verb, a new phrase or a sign.
pub(crate) fn noun_phrase_after(line: &Line<'_>, start: usize, limit: usize) -> Range<usize> {
    let mut end = start;
    if line.class(end, Classes::PRONOUN) && line.is_word(end) && !is_possessive(line.word(end)) {
        return start..(start + 1).min(limit);
    }
    while end < limit {
        let starts = end == start;
        let word = line.word(end);
        let possessed = end > start && matches!(line.word(end - 1), "'s" | "’s");
        let accepted = if line.class(end, Classes::DETERMINER) && word != "that" {
            starts
                || possessed
                || matches!(
                    line.word(end - 1),
                    "of" | "for" | "and" | "in" | "to" | "with" | "at" | "from" | "both" | "all"
                )
        } else if matches!(
            word,
            "of" | "for" | "in" | "at" | "from" | "to" | "with" | "and" | "on"
        ) {
            end > start && end + 1 < limit && phrase_follows(line, word, end)
        } else {
            // "the zoo closed": the verb ends its subject, "the renewed talks" holds none.
            let verb = end > start + usize::from(line.class(start, Classes::DETERMINER))
                && is_verb_form(line, end);
            is_nominal(line, end) && !verb
        };
        if !accepted {
            break;
        }
        end += 1;
    }
    start..end
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "her" | "his" | "its" | "their")
}

/// Says whether a lower-case word is the past of a cue verb, which no noun phrase holds.
fn is_past_of_cue(line: &Line<'_>, at: usize) -> bool {
    !line.is_capitalised(at)
        && line
            .lexicon
            .cues
            .verbs(line.word(at))
            .iter()
            .any(|verb| verb.form == Form::Past)
}

fn phrase_follows(line: &Line<'_>, preposition: &str, at: usize) -> bool {
    let next_nominal = is_nominal(line, at + 1) || line.class(at + 1, Classes::DETERMINER);
    match preposition {
        "of" | "for" => next_nominal && !line.class(at + 1, Classes::DAY),
        "and" => line.is_capitalised(at + 1) && line.is_capitalised(at - 1),
        "in" | "at" | "from" | "to" | "with" | "on" => {
            next_nominal
                && (line.lexicon.roles.can_speak(line.word(at - 1))
                    || line.lexicon.roles.postposed.contains(line.word(at - 1)))
                && !line.class(at + 1, Classes::DAY.or(Classes::MONTH))
                && line.word(at + 1) != "condition"
                && !matches!(
                    line.word(at + 2),
                    "statement" | "interview" | "tweet" | "letter"
                )
        }
        _ => false,
    }
}

/// Says whether the tokens between `start` and `end` hold a verb, as far as can be told.
pub(crate) fn has_verb(line: &Line<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|at| {
        line.class(at, Classes::AUXILIARY)
            || is_verb_form(line, at)
            || (at > start
                && !line.is_capitalised(at)
                && line.is_open(at)
                && at + 1 < end
                && line.word(at).ends_with('s')
                && !line.word(at).ends_with("ss"))
    })
}

/// Counts the words between two tokens.
pub(crate) fn n_words(line: &Line<'_>, start: usize, end: usize) -> usize {
    (start..end).filter(|&at| !line.is_punctuation(at)).count()
}

/// Says whether a noun phrase can be somebody or something that speaks.
pub(crate) fn can_speak(line: &Line<'_>, tokens: &Range<usize>) -> bool {
    if tokens.len() == 1 && line.class(tokens.start, Classes::PRONOUN) {
        return !matches!(
            line.word(tokens.start),
            "it" | "this" | "that" | "there" | "which" | "what" | "me" | "him" | "them"
        ) || line.word(tokens.start) == "it";
    }
    let head_end = (tokens.start..tokens.end)
        .skip(1)
        .find(|&at| line.class(at, Classes::PREPOSITION) || line.word(at) == ",")
        .unwrap_or(tokens.end);
    (tokens.start..tokens.end).any(|at| {
        line.is_capitalised(at)
            && (at > 0 || tokens.len() > 1 || line.is_open(at))
            && !line.class(at, Classes::DETERMINER)
    }) || (tokens.start..head_end).any(|at| line.lexicon.roles.can_speak(line.word(at)))
        || line.word(head_end - 1).ends_with("ers")
        || line.word(head_end - 1).ends_with("ists")
        || line.word(head_end - 1).ends_with("men")
}
