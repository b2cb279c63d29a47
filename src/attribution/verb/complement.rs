//! Verbs before their content: "X said that …", "X told Y that …", "X denied …", "is said to …".

use std::ops::Range;

use super::{Candidate, Frame};
use crate::{
    attribution::{
        Line,
        boundary::{self, Subject},
    },
    lexicon::{cue::Frames, function::Classes},
};

/// Finds the content of an active verb whose source is known.
pub(super) fn find(
    line: &Line<'_>,
    candidate: &Candidate<'_>,
    source: Subject,
    limit: usize,
) -> Option<Frame> {
    let frames = candidate.verb.frames;
    let after = candidate.cue.end;
    let (content, addressee, confidence, rule) = that_clause(line, candidate, limit)
        .or_else(|| colon_or_quotation(line, frames, after, limit))
        .or_else(|| addressed(line, frames, after, limit))
        .or_else(|| pair(line, frames, after, limit))
        .or_else(|| noun_clause(line, frames, after, limit))
        .or_else(|| bare_clause(line, candidate, limit))
        .or_else(|| infinitive(line, frames, after, limit))
        .or_else(|| object(line, frames, after, limit))?;
    Some(Frame {
        source: Some(source.tokens),
        content: vec![line.range(content.start, content.end)],
        addressee,
        confidence,
        rule,
    })
}

type Complement = (Range<usize>, Option<Range<usize>>, f64, &'static str);

pub(super) fn filled(
    line: &Line<'_>,
    start: usize,
    end: usize,
    least: usize,
) -> Option<Range<usize>> {
    (start < end && boundary::n_words(line, start, end) >= least).then_some(start..end)
}

/// "said that …", "said on Tuesday that …", "outlined to Y during Z that …", "told Y that …".
fn that_clause(line: &Line<'_>, candidate: &Candidate<'_>, limit: usize) -> Option<Complement> {
    let frames = candidate.verb.frames;
    if !frames.any(
        Frames::CLAUSE
            .or(Frames::THAT)
            .or(Frames::ADDRESSEE)
            .or(Frames::OBJECT)
            .or(Frames::ADDRESSEE_TO),
    ) {
        return None;
    }
    let after = candidate.cue.end;
    let that = (after..limit.min(after + 16)).find(|&at| line.word(at) == "that")?;
    let between = after..that;
    let addressee = if between.is_empty() {
        None
    } else {
        let first = between.start;
        let opens = line.class(
            first,
            Classes::PREPOSITION.or(Classes::ADVERB).or(Classes::DAY),
        ) || line.word(first) == ",";
        let hears = frames.any(Frames::ADDRESSEE.or(Frames::ADDRESSEE_TO))
            || matches!(line.word(first), "it" | "clear");
        // "in an interview published on Sunday that": the participle belongs to its noun.
        let reduced = |at: usize| line.lexicon.roles.is_utterance(line.word(at - 1));
        let verb = (first..that).any(|at| {
            line.class(at, Classes::AUXILIARY) || (boundary::is_verb_form(line, at) && !reduced(at))
        });
        if !(opens || hears) || verb {
            return None;
        }
        if line.word(first) == "to" {
            Some(boundary::noun_phrase_after(line, first + 1, that))
        } else if opens {
            None
        } else {
            Some(boundary::noun_phrase_after(line, first, that))
        }
    };
    let addressee = addressee.filter(|tokens| !tokens.is_empty());
    let content = filled(line, that + 1, limit, 2)?;
    Some((content, addressee, 0.95, "verb/that"))
}

/// "said: “…”", "told Y: “…”", "urged everyone to “…”".
fn colon_or_quotation(
    line: &Line<'_>,
    frames: Frames,
    after: usize,
    limit: usize,
) -> Option<Complement> {
    if !frames.any(Frames::QUOTE) {
        return None;
    }
    let mut at = after;
    let mut addressee = None;
    if frames.any(Frames::ADDRESSEE) {
        let tokens = boundary::noun_phrase_after(line, at, limit);
        at = tokens.end;
        addressee = Some(tokens).filter(|tokens| !tokens.is_empty());
    }
    let open = (at..limit.min(at + 10))
        .find(|&t| line.word(t) == ":" || (line.is_quote_mark(t) && line.quotation(t).is_some()))?;
    let adjunct = open == at
        || line.class(
            at,
            Classes::PREPOSITION.or(Classes::ADVERB).or(Classes::DAY),
        )
        || line.word(at) == ",";
    if !adjunct || (line.word(open) != ":" && !opens_content(line, open)) {
        return None;
    }
    let start = open + usize::from(line.word(open) == ":");
    let content = filled(line, start, limit, 1)?;
    Some((content, addressee, 0.95, "verb/quotation"))
}

/// Says whether a quotation is a statement rather than a quoted word of a longer clause.
fn opens_content(line: &Line<'_>, open: usize) -> bool {
    line.quotation(open)
        .is_some_and(|q| line.quotations[q].n_words(line.snapshot) > 2)
}

/// "warned Y of …", "told Y about …", "urged Y to …", "accused Y of …", "told Y the …".
fn addressed(line: &Line<'_>, frames: Frames, after: usize, limit: usize) -> Option<Complement> {
    if !frames.any(Frames::OF.or(Frames::ADDRESSEE).or(Frames::ADDRESSEE_TO)) {
        return None;
    }
    let mut hearer = boundary::noun_phrase_after(line, after, limit);
    if line.is_headline() {
        hearer = headline_hearer(line, after, limit);
    }
    // "asked not to be named" is no statement.
    if frames.any(Frames::ADDRESSEE_TO) && line.word(after) == "not" && line.word(after + 2) == "be"
    {
        return None;
    }
    if frames.any(Frames::ADDRESSEE_TO)
        && let Some(to) = (after..limit.min(after + 8)).find(|&at| line.word(at) == "to")
        && !boundary::has_verb(line, after + 1, to)
    {
        hearer = after..to;
    }
    if frames.any(Frames::OF)
        && let Some(of) = (after..limit.min(after + 8)).find(|&at| introduces(line, at))
        && !boundary::has_verb(line, after + 1, of)
    {
        hearer = after..of;
    }
    let at = hearer.end;
    if frames.any(Frames::OF) && introduces(line, at) {
        // Whoever is accused is part of what is said.
        let accuses = !frames.any(Frames::ADDRESSEE);
        let start = if accuses { hearer.start } else { at + 1 };
        let content = filled(line, start, limit, 2)?;
        let addressee = (!accuses && !hearer.is_empty()).then_some(hearer);
        return Some((content, addressee, 0.88, "verb/of"));
    }
    if hearer.is_empty() {
        return None;
    }
    // "warned customers to change their codes"
    let told_to = frames.any(Frames::ADDRESSEE)
        && line.word(at) == "to"
        && line.is_open(at + 1)
        && !line.is_capitalised(at + 1);
    if (frames.any(Frames::ADDRESSEE_TO) || told_to) && line.word(at) == "to" {
        return Some((
            filled(line, hearer.start, limit, 3)?,
            None,
            0.88,
            "verb/urge",
        ));
    }
    let clause = line.class(at, Classes::DETERMINER.or(Classes::PRONOUN))
        || line.is_capitalised(at)
        || line.is_open(at);
    let pronoun = line.class(at, Classes::PRONOUN);
    if frames.any(Frames::ADDRESSEE)
        && clause
        && (pronoun || boundary::has_verb(line, at + 1, limit))
    {
        return Some((filled(line, at, limit, 3)?, Some(hearer), 0.85, "verb/told"));
    }
    None
}

/// "put the number at 60", "attributed the delay to frost", "blamed the loss on rain".
fn pair(line: &Line<'_>, frames: Frames, after: usize, limit: usize) -> Option<Complement> {
    let joins = |word: &str| match word {
        "at" => frames.any(Frames::AT),
        "to" => frames.any(Frames::ASCRIBE),
        "on" | "for" => frames.any(Frames::BLAME),
        _ => false,
    };
    let object = line.class(after, Classes::DETERMINER.or(Classes::PRONOUN))
        || line.is_open(after)
        || line.is_capitalised(after);
    if !object || !frames.any(Frames::AT.or(Frames::ASCRIBE).or(Frames::BLAME)) {
        return None;
    }
    let at = (after + 1..limit.min(after + 14)).find(|&at| joins(line.word(at)))?;
    // "put the number of boats at about 30": only a figure is an estimate.
    let figure = (at + 1..limit.min(at + 5))
        .any(|t| line.kind(t) == Some(crate::text::TokenKind::Number) || line.is_quote_mark(t));
    if (line.word(at) == "at" && !figure) || boundary::has_verb(line, after, at) {
        return None;
    }
    Some((filled(line, after, limit, 3)?, None, 0.85, "verb/pair"))
}

/// "of", "about" before what is told; "on" only before a question ("briefed them on why …").
fn introduces(line: &Line<'_>, at: usize) -> bool {
    match line.word(at) {
        "of" | "about" | "against" | "over" | "with" => true,
        "on" => matches!(
            line.word(at + 1),
            "why" | "how" | "what" | "whether" | "who" | "where"
        ),
        _ => false,
    }
}

/// In a headline all words are capitals: the hearer is the first word, an adjunct of two may follow.
fn headline_hearer(line: &Line<'_>, after: usize, limit: usize) -> Range<usize> {
    let adjunct = line.class(after + 1, Classes::PREPOSITION);
    after..(after + if adjunct { 3 } else { 1 }).min(limit)
}

/// "said the talks had failed", "said on Sunday the talks had failed".
fn bare_clause(line: &Line<'_>, candidate: &Candidate<'_>, limit: usize) -> Option<Complement> {
    if !candidate.verb.frames.any(Frames::CLAUSE) {
        return None;
    }
    let start = skip_adjunct(line, candidate.cue.end, limit);
    let opens = line.class(start, Classes::DETERMINER.or(Classes::PRONOUN))
        || line.is_capitalised(start)
        || line.is_open(start)
        || line.is_quote_mark(start)
        || matches!(
            line.word(start),
            "there"
                | "if"
                | "in"
                | "no"
                | "while"
                | "when"
                | "what"
                | "how"
                | "why"
                | "whether"
                | "after"
                | "because"
                | "despite"
                | "although"
        )
        || line.kind(start) == Some(crate::text::TokenKind::Number);
    let figure = line.kind(start) == Some(crate::text::TokenKind::Number);
    // "showed it to her manager": an object, no subject of a clause.
    let object = line.class(start, Classes::PRONOUN)
        && line.class(start + 1, Classes::PREPOSITION.or(Classes::DETERMINER))
        && line.word(start + 1) != "that";
    if !opens
        || object
        || line.word(start) == "to"
        || !(figure || boundary::has_verb(line, start + 1, limit))
    {
        return None;
    }
    Some((filled(line, start, limit, 3)?, None, 0.88, "verb/clause"))
}

/// Passes over "on Sunday", "in a statement", "Monday" behind the verb.
fn skip_adjunct(line: &Line<'_>, start: usize, limit: usize) -> usize {
    let mut at = start;
    if line.word(at) == "on" && line.class(at + 1, Classes::DAY) {
        at += 2;
    } else if line.class(at, Classes::DAY)
        || line.class(at, Classes::ADVERB) && !line.class(at, Classes::NEGATOR)
    {
        at += 1;
    } else if matches!(
        line.word(at),
        "in" | "during" | "at" | "through" | "via" | "to" | "on"
    ) && let tokens = boundary::noun_phrase_after(line, at + 1, limit)
        && !tokens.is_empty()
        && (line.class(tokens.end, Classes::DETERMINER.or(Classes::PRONOUN))
            || line.word(tokens.end) == ",")
    {
        at = tokens.end + usize::from(line.word(tokens.end) == ",");
    }
    at.min(limit)
}

/// "vowed to return", "assessed X to be …".
fn infinitive(line: &Line<'_>, frames: Frames, after: usize, limit: usize) -> Option<Complement> {
    if frames.any(Frames::TO) && line.word(after) == "to" {
        return Some((filled(line, after, limit, 2)?, None, 0.85, "verb/to"));
    }
    if frames.any(Frames::ACCINF) {
        let tokens = boundary::noun_phrase_after(line, after, limit);
        if !tokens.is_empty() && line.word(tokens.end) == "to" {
            return Some((filled(line, after, limit, 3)?, None, 0.85, "verb/accinf"));
        }
    }
    None
}

/// "voiced fears that …", "denied media reports that …": the statement is what the noun carries.
fn noun_clause(line: &Line<'_>, frames: Frames, after: usize, limit: usize) -> Option<Complement> {
    if !frames.any(Frames::OBJECT) {
        return None;
    }
    let noun = (after..limit.min(after + 4))
        .find(|&at| line.lexicon.cues.noun(line.word(at)).is_some())
        .filter(|&noun| line.word(noun + 1) == "that")?;
    Some((
        filled(line, noun + 2, limit, 2)?,
        None,
        0.88,
        "verb/object-that",
    ))
}

/// "denied the report", "called the plan “reckless”", "described X as Y".
fn object(line: &Line<'_>, frames: Frames, after: usize, limit: usize) -> Option<Complement> {
    if !frames.any(Frames::OBJECT.or(Frames::AS)) {
        return None;
    }
    let at = after;
    let opens = line.class(at, Classes::DETERMINER.or(Classes::NEGATOR))
        || (line.class(at, Classes::PRONOUN) && frames.any(Frames::AS))
        || line.is_open(at)
        || line.is_capitalised(at)
        || line.is_quote_mark(at)
        || matches!(line.word(at), "‘" | "'" | "having" | "being" | "ever")
        || line.kind(at) == Some(crate::text::TokenKind::Number);
    if !opens {
        return None;
    }
    let mut end = limit;
    let mut rule = "verb/object";
    if frames.any(Frames::AS) {
        // "called the offer an insult": object and predicate are a statement.
        let phrase = boundary::noun_phrase_after(line, at, limit);
        if !phrase.is_empty()
            && phrase.end < limit
            && (line.class(phrase.end, Classes::DETERMINER) || line.word(phrase.end) == "as")
        {
            rule = "verb/as";
        }
        // "called for help" is another verb; "called on", "called off" too.
        let predicate = (at..limit).any(|t| {
            line.word(t) == "as"
                || line.quotation(t).is_some()
                || line
                    .lexicon
                    .cues
                    .falsity
                    .adjectives
                    .iter()
                    .any(|word| word == line.word(t))
        }) || boundary::noun_phrase_after(line, at, limit).end < limit;
        if !predicate {
            return None;
        }
    } else if let Some(cut) = (at..limit).find(|&t| {
        line.word(t) == "," && matches!(line.word(t + 1), "while" | "and" | "but" | "with" | "as")
    }) {
        end = cut;
    }
    Some((filled(line, at, end, 1)?, None, 0.8, rule))
}
