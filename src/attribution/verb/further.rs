//! Verbs that lean on another verb: "used the call to warn that …", "A said X and B that Y".

use super::{Frame, attribution, inherited};
use crate::{
    attribution::{
        Attribution, Line,
        boundary::{self, Subject},
        verb::candidate::Candidate,
    },
    lexicon::{
        cue::{Form, Frames},
        function::Classes,
    },
    span::Span,
};

/// "went on television to say that …", "using the call to tell them that …": the infinitive's
/// speaker is the subject of the verb before it.
pub(super) fn infinitives(line: &Line<'_>, first: usize, found: &mut Vec<Attribution>) {
    for at in 2..line.len() {
        if line.word(at - 1) != "to" || line.in_long_quotation(at) {
            continue;
        }
        let verb = line.lexicon.cues.verbs(line.word(at)).iter().find(|verb| {
            verb.form == Form::Base
                && verb.particles.is_empty()
                && verb
                    .frames
                    .any(Frames::CLAUSE.or(Frames::THAT).or(Frames::ADDRESSEE))
        });
        let Some(verb) = verb else { continue };
        let hearer = boundary::noun_phrase_after(line, at + 1, line.body_end());
        let told = verb.frames.any(Frames::ADDRESSEE) && line.word(hearer.end) == "that";
        // "to warn the city about floods"
        let of = verb.frames.any(Frames::OF)
            && matches!(line.word(hearer.end), "about" | "of" | "against");
        let told = told || of;
        let that = if told { hearer.end } else { at + 1 };
        if line.word(that) != "that" && !of {
            continue;
        }
        let Some(subject) = occasion(line, at - 1, found) else {
            continue;
        };
        // An attribution behind closes the content.
        let limit = found[first..]
            .iter()
            .filter_map(|other| Some(other.cover_of_cue()?.start))
            .filter(|&start| start > line.span(that).start)
            .min();
        let limit = (that + 1..line.body_end())
            .find(|&t| limit.is_some_and(|limit| line.span(t).start >= limit))
            .unwrap_or_else(|| line.body_end());
        if boundary::n_words(line, that + 1, limit) < 2 {
            continue;
        }
        let candidate = Candidate {
            verb,
            cue: at..at + 1,
            group: at,
            passive: false,
        };
        let frame = Frame {
            source: Some(subject.tokens),
            content: vec![line.range(that + 1, limit)],
            addressee: (told && !hearer.is_empty()).then_some(hearer),
            confidence: 0.85,
            rule: "verb/infinitive",
        };
        found.push(attribution(line, &candidate, frame));
    }
}

/// Finds the verb that tells how the infinitive behind `to` came about, and its subject.
fn occasion(line: &Line<'_>, to: usize, found: &[Attribution]) -> Option<Subject> {
    let occasions = &line.lexicon.cues.occasions;
    let verb = (to.saturating_sub(12)..to)
        .rev()
        .take_while(|&at| !matches!(line.word(at), ";" | ":" | "that"))
        .find(|&at| occasions.contains(line.word(at)))?;
    let group = boundary::verb_group_start(line, verb);
    if line.word(verb).ends_with("ing") {
        let comma = group.checked_sub(1).filter(|&at| line.word(at) == ",")?;
        return inherited(line, comma, found);
    }
    boundary::subject(line, group).filter(|subject| boundary::can_speak(line, &subject.tokens))
}

/// "The landlord said the lift was safe and the tenants that it had stuck": the verb is not said
/// again. Behind "told" it is the hearer who changes.
pub(super) fn gapped(line: &Line<'_>, first: usize, found: &mut Vec<Attribution>) {
    if !(1..line.len()).any(|at| line.word(at) == "that") {
        return;
    }
    let mut made = Vec::new();
    for other in &mut found[first..] {
        let [content] = other.content.as_mut_slice() else {
            continue;
        };
        if !other.rule.starts_with("verb/") {
            continue;
        }
        let Some((and, that)) = gap(line, *content) else {
            continue;
        };
        let end = content.end;
        content.end = line.span(and - 1).end;
        let phrase = line.range(and + 1, that);
        let told = other.addressee.is_some();
        made.push(Attribution {
            source: if told { other.source } else { Some(phrase) },
            addressee: told.then_some(phrase),
            content: vec![Span::new(line.span(that + 1).start, end)],
            confidence: 0.75,
            rule: "verb/gapped",
            ..other.clone()
        });
    }
    found.extend(made);
}

/// Finds "and the tenants that it …" in a content: where "and" and "that" stand.
fn gap(line: &Line<'_>, content: Span) -> Option<(usize, usize)> {
    (1..line.len())
        .filter(|&at| content.contains(line.span(at)) && line.word(at) == "and")
        .find_map(|and| {
            let phrase = boundary::noun_phrase_after(line, and + 1, line.body_end());
            let that = phrase.end;
            let start = (0..and).find(|&at| line.span(at).start >= content.start)?;
            let speaks = !phrase.is_empty() && boundary::can_speak(line, &phrase);
            let clause = line.word(that) == "that"
                && line.class(that + 1, Classes::PRONOUN.or(Classes::DETERMINER))
                && boundary::has_verb(line, that + 2, line.body_end());
            let before = boundary::has_verb(line, start, and) && and > start + 2;
            (speaks && clause && before && content.contains(line.span(that + 1)))
                .then_some((and, that))
        })
}
