//! Passive verbs: "X was told that …", "X was said to have …", "it was reported that …".

use std::ops::Range;

use super::{Candidate, Frame, complement::filled};
use crate::{
    attribution::{Line, boundary},
    lexicon::{cue::Frames, function::Classes},
};

/// "X was told by Y that …", "X was told that …", "X was informed of …": X is the hearer.
fn was_told(line: &Line<'_>, candidate: &Candidate<'_>, limit: usize) -> Option<Frame> {
    let hearer = boundary::subject(line, candidate.group)?;
    let mut at = candidate.cue.end;
    let mut source = None;
    if line.word(at) == "by" {
        let tokens = boundary::noun_phrase_after(line, at + 1, limit);
        at = tokens.end;
        source = Some(tokens).filter(|tokens| !tokens.is_empty());
        source.as_ref()?;
    }
    // "was told on Monday that"
    let that = (at..limit.min(at + 6))
        .find(|&t| line.word(t) == "that")
        .filter(|&that| !boundary::has_verb(line, at, that));
    let start = match that {
        Some(that) => that + 1,
        None if line.class(at, Classes::DETERMINER.or(Classes::PRONOUN))
            && boundary::has_verb(line, at + 1, limit) =>
        {
            at
        }
        None => return None,
    };
    let content = filled(line, start, limit, 3)?;
    Some(Frame {
        source,
        content: vec![line.range(content.start, content.end)],
        addressee: Some(hearer.tokens),
        confidence: 0.85,
        rule: "passive/told",
    })
}

/// "X was said to have …", "it was reported that …", "X is believed to …": nobody is named.
pub(super) fn find(line: &Line<'_>, candidate: &Candidate<'_>, limit: usize) -> Option<Frame> {
    let after = candidate.cue.end;
    let frames = candidate.verb.frames;
    let frame = |source, content: Vec<Range<usize>>, rule| Frame {
        source,
        content: content
            .into_iter()
            .map(|tokens| line.range(tokens.start, tokens.end))
            .collect(),
        addressee: None,
        confidence: 0.75,
        rule,
    };
    if frames.any(Frames::ADDRESSEE)
        && let Some(told) = was_told(line, candidate, limit)
    {
        return Some(told);
    }
    if line.word(after) == "by" {
        let source = boundary::noun_phrase_after(line, after + 1, limit);
        let subject = boundary::subject(line, candidate.group)?;
        let speaks = boundary::can_speak(line, &source) && frames.any(Frames::OBJECT);
        return (speaks && !source.is_empty())
            .then(|| frame(Some(source), vec![subject.tokens], "passive/by"));
    }
    if !frames.any(Frames::CLAUSE.or(Frames::ACCINF)) {
        return None;
    }
    match line.word(after) {
        "that" => {
            let it = candidate
                .group
                .checked_sub(1)
                .filter(|&at| line.word(at) == "it");
            it?;
            Some(frame(
                None,
                vec![filled(line, after + 1, limit, 3)?],
                "passive/that",
            ))
        }
        "to" if matches!(line.word(after + 1), "have" | "be")
            || candidate.verb.lemma == "say"
            || candidate.verb.lemma == "believe" =>
        {
            let subject = boundary::subject(line, candidate.group)?;
            if line.class(subject.tokens.start, Classes::PRONOUN)
                && line.word(subject.tokens.start) == "it"
            {
                return None;
            }
            let rest = filled(line, after, limit, 3)?;
            Some(frame(None, vec![subject.tokens, rest], "passive/to"))
        }
        _ => None,
    }
}
