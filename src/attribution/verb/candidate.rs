//! Verbs that may mark an attribution, told from nouns and adjectives of the same form.

use std::ops::Range;

use crate::{
    attribution::{Line, boundary},
    lexicon::{
        cue::{CueVerb, Form, Frames},
        function::Classes,
    },
};

/// A verb in the sentence that may mark an attribution.
pub(super) struct Candidate<'a> {
    /// The verb as the lexicon has it.
    pub(super) verb: &'a CueVerb,
    /// The tokens of verb and particles.
    pub(super) cue: Range<usize>,
    /// Where its verb group starts ("has also said").
    pub(super) group: usize,
    /// Whether it is passive.
    pub(super) passive: bool,
}

/// Finds the cue verbs of a sentence outside or inside its quotations, nouns and adjectives of the
/// same form left out.
pub(super) fn candidates<'a>(line: &Line<'a>, quoted: bool) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let verbs = line.lexicon.cues.verbs(line.word(at));
        let verb = verbs
            .iter()
            .find(|verb| particles_end(line, at, verb).is_some());
        let Some(verb) = verb else {
            at += 1;
            continue;
        };
        let end = particles_end(line, at, verb).unwrap_or(at + 1);
        let group = boundary::verb_group_start(line, at);
        let passive = matches!(verb.form, Form::Past | Form::Participle)
            && boundary::is_passive(line, group, at);
        if line.in_long_quotation(at) == quoted && is_verb(line, at, group, verb) {
            candidates.push(Candidate {
                verb,
                cue: at..end,
                group,
                passive,
            });
        }
        at = end;
    }
    candidates
}

/// Returns where verb and particles end; particles may stand a word away ("made it clear").
fn particles_end(line: &Line<'_>, at: usize, verb: &CueVerb) -> Option<usize> {
    let mut end = at + 1;
    for particle in &verb.particles {
        // Quotation marks may stand around the words: "made clear".
        while line.is_quote_mark(end) {
            end += 1;
        }
        if line.word(end) != particle {
            return None;
        }
        end += 1;
    }
    if !verb.particles.is_empty()
        && line.is_quote_mark(end)
        && line.quotation(end) == line.quotation(at)
    {
        end += 1;
    }
    Some(end)
}

/// Tells the verb from the noun or adjective of the same form by what stands before it.
fn is_verb(line: &Line<'_>, at: usize, group: usize, verb: &CueVerb) -> bool {
    let before = at.checked_sub(1);
    let word = before.map_or("", |b| line.word(b));
    let helped = group < at && (group..at).any(|b| line.class(b, Classes::AUXILIARY));
    if line.is_capitalised(at) && at > 0 && !line.is_headline() {
        return false;
    }
    match verb.form {
        Form::Past | Form::Participle => {
            // "the reported incident", "of alleged crimes"
            !before.is_some_and(|b| {
                line.class(b, Classes::DETERMINER.or(Classes::PREPOSITION))
                    && !line.class(b, Classes::ADVERB)
            }) || helped
                || matches!(
                    word,
                    "that" | "all" | "both" | "many" | "some" | "others" | "most" | "since"
                )
        }
        // "was speaking of X" tells what somebody did; only a clause makes it an attribution.
        Form::Progressive => !helped || verb.frames.any(Frames::CLAUSE),
        Form::Third | Form::Base => helped || (is_present(line, at, verb) && !matches!(word, "to")),
    }
}

/// Tells "she claims that …" from "the claims", and "officials report" from "video call".
fn is_present(line: &Line<'_>, at: usize, verb: &CueVerb) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return line.is_headline();
    };
    let subject = line.is_open(before)
        || line.class(before, Classes::PRONOUN.or(Classes::ADVERB))
        || matches!(line.word(before), "," | "who" | "and" | "but")
        || line.is_quote_mark(before);
    let word = line.word(before);
    let plural = || {
        word.ends_with('s')
            || line.class(before, Classes::PRONOUN.or(Classes::ADVERB))
            || matches!(
                word,
                "people"
                    | "police"
                    | "many"
                    | "some"
                    | "others"
                    | "and"
                    | "women"
                    | "men"
                    | ","
                    | "\""
                    | "”"
            )
            || line.is_headline()
            || boundary::noun_phrase_before(line, at).is_some_and(|phrase| {
                // "sources close to the band say": the head stands before the preposition.
                let head = phrase
                    .clone()
                    .find(|&t| t > phrase.start && line.class(t, Classes::PREPOSITION));
                head.is_some_and(|end| {
                    (phrase.start..end)
                        .any(|t| line.word(t).ends_with('s') || line.word(t) == "people")
                })
            })
    };
    // "the protests that toppled him": a relative clause behind a noun.
    let relative = line.word(at + 1) == "that"
        && (boundary::is_verb_form(line, at + 2) || line.class(at + 2, Classes::AUXILIARY));
    if relative {
        return false;
    }
    let clause = line.is_capitalised(at + 1)
        || line.class(at + 1, Classes::DETERMINER.or(Classes::PRONOUN))
        || matches!(
            line.word(at + 1),
            "that" | ":" | "\"" | "“" | "to" | "there"
        )
        || line.kind(at + 1) == Some(crate::text::TokenKind::Number)
        || verb
            .frames
            .any(Frames::AT.or(Frames::ASCRIBE).or(Frames::BLAME));
    let speaks = matches!(
        verb.lemma.as_str(),
        "say" | "tell" | "argue" | "insist" | "believe" | "think" | "deny"
    );
    let closes = word != "," && (at + 1 >= line.body_end() || line.word(at + 1) == ",");
    subject && (speaks || clause || closes) && (verb.form == Form::Third || plural())
}
