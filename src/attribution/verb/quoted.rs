//! Verbs inside quotations: what the speaker says that others said.
//!
//! Only plain reports are read ("they told us that …"): much else inside a quotation has the words
//! of an attribution and is none ("I must say", "if he tells you").

use super::{
    attribution,
    candidate::{Candidate, candidates},
    complement, passive,
};
use crate::{
    attribution::{Attribution, Line, boundary},
    lexicon::{
        cue::{Form, Frames},
        function::Classes,
    },
};

/// The rule of attributions inside quotations; they stand only inside another one.
pub(in crate::attribution) const RULE: &str = "verb/quoted";

/// Finds the reports of others inside the quotations of a sentence.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Attribution>) {
    if !(0..line.len()).any(|at| line.in_long_quotation(at)) {
        return;
    }
    for candidate in candidates(line, true) {
        if let Some(frame) = read(line, &candidate) {
            let made = attribution(line, &candidate, frame);
            found.push(Attribution { rule: RULE, ..made });
        }
    }
}

fn read(line: &Line<'_>, candidate: &Candidate<'_>) -> Option<super::Frame> {
    let verb = candidate.verb;
    let reports = verb.frames.any(Frames::QUOTE.or(Frames::ADDRESSEE)) || verb.denies.is_some();
    let happened = matches!(verb.form, Form::Past | Form::Third | Form::Participle);
    // "would say", "did not tell": nothing was said.
    let real = (candidate.group..candidate.cue.start).all(|at| {
        !line.class(at, Classes::NEGATOR)
            && (!line.class(at, Classes::AUXILIARY)
                || line.lexicon.functions.is_factual(line.word(at)))
    });
    let subject = boundary::subject(line, candidate.group).or_else(|| elided(line, candidate))?;
    let inside = line.quotation(subject.tokens.start) == line.quotation(candidate.cue.start);
    let opener = subject.clause.checked_sub(1).map_or("", |at| line.word(at));
    let told = matches!(opener, "if" | "when" | "whether" | "unless" | "what");
    if !reports || !happened || !real || !inside || told {
        return None;
    }
    let limit = (candidate.cue.end..line.body_end())
        .find(|&at| {
            line.quotation(at) != line.quotation(candidate.cue.start) || line.word(at) == ";"
        })
        .unwrap_or_else(|| line.body_end());
    if candidate.passive {
        return passive::find(line, candidate, limit);
    }
    // What the speaker said before is the speaker's, and "you" is no source.
    let own = matches!(line.word(subject.tokens.start), "i" | "we" | "you" | "it");
    if own || !boundary::can_speak(line, &subject.tokens) {
        return None;
    }
    complement::find(line, candidate, subject, limit)
}

/// "My brother phoned and told me": the phrase that the quotation's clause begins with.
fn elided(line: &Line<'_>, candidate: &Candidate<'_>) -> Option<boundary::Subject> {
    let and = candidate.group.checked_sub(1)?;
    if !matches!(line.word(and), "and" | "but") {
        return None;
    }
    let quotation = line.quotation(and);
    let start = (0..and).find(|&at| {
        line.quotation(at) == quotation
            && line.is_word(at)
            && !line.class(at, Classes::ADVERB.or(Classes::COORDINATOR))
    })?;
    let tokens = boundary::noun_phrase_after(line, start, and);
    (!tokens.is_empty()).then_some(boundary::Subject {
        clause: tokens.start,
        tokens,
    })
}
