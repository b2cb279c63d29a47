//! Attributions that a verb marks: "X said that …", "…, said X", "…, adding that …".

mod behind;
mod candidate;
mod complement;
mod further;
mod passive;
pub(super) mod quoted;

use std::ops::Range;

use crate::{
    attribution::{
        Attribution, Line,
        boundary::{self, Subject},
        negate,
    },
    lexicon::{
        cue::{Form, Frames},
        function::Classes,
    },
    span::Span,
};
use candidate::{Candidate, candidates};

/// What the rules find out about a candidate.
pub(super) struct Frame {
    /// The source; `None` when it is left out.
    pub(super) source: Option<Range<usize>>,
    /// The content.
    pub(super) content: Vec<Span>,
    /// The hearer.
    pub(super) addressee: Option<Range<usize>>,
    /// From 0 to 1.
    pub(super) confidence: f64,
    /// Id of the rule.
    pub(super) rule: &'static str,
}

/// Finds the attributions of one sentence that a verb marks.
///
/// First those behind their content ("…, said X"): where they start, the content of others ends.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Attribution>) {
    let candidates = candidates(line, false);
    let first = found
        .iter()
        .position(|other| other.sentence == line.index)
        .unwrap_or(found.len());
    let mut walls: Vec<usize> = found
        .iter()
        .filter(|other| other.sentence == line.index)
        .filter_map(|other| token_at(line, other.cue?.start))
        .filter(|&at| at > 2)
        .map(|at| if line.word(at - 1) == "," { at - 1 } else { at })
        .collect();
    walls.sort_unstable();
    let mut done: Vec<bool> = candidates
        .iter()
        .map(|candidate| {
            let cue = line.range(candidate.cue.start, candidate.cue.end);
            found[first..]
                .iter()
                .any(|other| other.cue.is_some_and(|taken| taken.overlaps(cue)))
        })
        .collect();
    for (index, candidate) in candidates.iter().enumerate() {
        if let Some((frame, wall)) = behind::find(line, candidate, &walls) {
            walls.push(wall);
            walls.sort_unstable();
            done[index] = true;
            found.push(attribution(line, candidate, frame));
        }
    }
    for (index, candidate) in candidates.iter().enumerate() {
        if done[index] {
            continue;
        }
        let limit = limit(line, candidate, &candidates[index + 1..], &walls);
        let frame = if candidate.passive {
            passive::find(line, candidate, limit)
        } else {
            source(line, candidate, found)
                .filter(|subject| !is_object_noun(line, candidate, subject))
                .and_then(|source| complement::find(line, candidate, source, limit))
        };
        if frame
            .as_ref()
            .is_some_and(|frame| is_left_open(line, candidate, frame))
        {
            continue;
        }
        if let Some(mut frame) = frame {
            confided(line, &mut frame);
            found.push(attribution(line, candidate, frame));
        } else {
            told_before(line, candidate, found);
        }
    }
    further::infinitives(line, first, found);
    further::gapped(line, first, found);
    cited(line, first, found);
    quoted::find(line, found);
}

/// "X reported, citing Y" and "X, quoting Y, reported": Y stands nearer to the claim than X.
fn cited(line: &Line<'_>, first: usize, found: &mut Vec<Attribution>) {
    for at in 1..line.len() {
        if !matches!(line.word(at), "citing" | "quoting") || line.word(at - 1) != "," {
            continue;
        }
        let source = boundary::noun_phrase_after(line, at + 1, line.body_end());
        let cue = line.span(at);
        let taken = found.iter().any(|other| other.cue == Some(cue));
        if source.is_empty() || taken {
            continue;
        }
        let comma = line.span(at - 1).start;
        // The attribution whose subject or verb stands last before the words.
        let Some(citer) = found[first..]
            .iter_mut()
            .filter(|other| other.source.is_some_and(|s| s.start < comma))
            .filter(|other| {
                other.cue.is_some_and(|c| {
                    c.start < comma
                        || other
                            .source
                            .is_some_and(|s| s.end <= comma && c.start > comma)
                })
            })
            .max_by_key(|other| other.source.map_or(0, |s| s.start))
        else {
            continue;
        };
        for part in &mut citer.content {
            if part.start < comma && comma < part.end {
                part.end = comma;
            }
        }
        let mut inner = citer.clone();
        inner.source = Some(line.range(source.start, source.end));
        inner.cue = Some(cue);
        inner.addressee = None;
        inner.rule = "relay/citing";
        found.push(inner);
    }
}

/// "“…,” A said, adding that B had told C": what B told stands before, so the participle's clause
/// carries no statement and B becomes the inner source of what A said.
fn told_before(line: &Line<'_>, candidate: &Candidate<'_>, found: &mut [Attribution]) {
    if !candidate.verb.frames.any(Frames::ADDRESSEE) || candidate.passive {
        return;
    }
    let Some(subject) = boundary::subject(line, candidate.group) else {
        return;
    };
    let clause = line.range(subject.tokens.start, line.body_end());
    let Some(empty) = found.iter().position(|other| other.content == [clause]) else {
        return;
    };
    let said = found[..empty]
        .iter()
        .rev()
        .find(|other| other.sentence == line.index && other.source == found[empty].source)
        .map(|other| other.content.clone());
    let Some(content) = said else { return };
    let hearer = boundary::noun_phrase_after(line, candidate.cue.end, line.body_end());
    let frame = Frame {
        source: Some(subject.tokens),
        content,
        addressee: (!hearer.is_empty()).then_some(hearer),
        confidence: 0.7,
        rule: "relay/told-before",
    };
    found[empty] = attribution(line, candidate, frame);
}

/// Returns the token that starts at or behind `offset`.
fn token_at(line: &Line<'_>, offset: usize) -> Option<usize> {
    (0..line.len()).find(|&at| line.span(at).start >= offset)
}

/// Returns where the content of a candidate ends at the latest: at an attribution behind it, at a
/// participle that takes its place, or at the sentence's end.
fn limit(
    line: &Line<'_>,
    candidate: &Candidate<'_>,
    later: &[Candidate<'_>],
    walls: &[usize],
) -> usize {
    let mut limit = line.body_end();
    if let Some(&wall) = walls.iter().find(|&&wall| wall > candidate.cue.end) {
        limit = limit.min(wall);
    }
    for other in later {
        if let Some(at) = continuation(line, other) {
            limit = limit.min(at);
            break;
        }
    }
    // "…, though Y has said": another's statement, contrasted.
    for other in later {
        let clause = boundary::subject(line, other.group).map(|subject| subject.clause);
        if let Some(at) = clause.and_then(|start| start.checked_sub(2))
            && at > candidate.cue.end
            && line.word(at) == ","
            && matches!(
                line.word(at + 1),
                "though" | "although" | "but" | "while" | "whereas"
            )
        {
            limit = limit.min(at);
        }
    }
    if let Some(at) = (candidate.cue.end..limit).find(|&at| line.word(at) == ";") {
        limit = at;
    }
    // "While X voiced fears, Y argued …": the subordinate clause ends at its comma.
    let opener = (0..candidate.group)
        .find(|&at| !line.is_punctuation(at))
        .unwrap_or(0);
    let subordinate = matches!(
        line.word(opener),
        "while"
            | "although"
            | "though"
            | "whereas"
            | "with"
            | "when"
            | "if"
            | "as"
            | "after"
            | "since"
            | "because"
            | "despite"
    );
    if subordinate
        && !(opener..candidate.group).any(|at| line.word(at) == ",")
        && let Some(at) = (candidate.cue.end..limit).find(|&at| line.word(at) == ",")
        && later.iter().any(|other| other.cue.start > at)
    {
        limit = at;
    }
    limit
}

/// "confirmed the figure to the Northern Wire": the outlet at the end is who was told.
fn confided(line: &Line<'_>, frame: &mut Frame) {
    let [content] = frame.content.as_mut_slice() else {
        return;
    };
    if frame.addressee.is_some() || frame.rule != "verb/object" {
        return;
    }
    let Some(to) = (1..line.len())
        .rev()
        .find(|&at| content.contains(line.span(at)) && line.word(at) == "to")
    else {
        return;
    };
    let hearer = boundary::noun_phrase_after(line, to + 1, line.body_end());
    let name = line.range(hearer.start, hearer.end);
    let known = line.lexicon.outlets.is_name(name.of(line.snapshot));
    if known && name.end >= content.end && line.span(to - 1).end > content.start {
        content.end = line.span(to - 1).end;
        frame.addressee = Some(hearer);
    }
}

/// "has not said when she will retire", "would not defend his title": nothing is said.
fn is_left_open(line: &Line<'_>, candidate: &Candidate<'_>, frame: &Frame) -> bool {
    let factual = (candidate.group..candidate.cue.start).all(|at| {
        !line.class(at, Classes::AUXILIARY) || line.lexicon.functions.is_factual(line.word(at))
    });
    if frame.rule == "verb/object" && !factual && candidate.verb.denies.is_none() {
        return true;
    }
    let asks = frame.content.first().is_some_and(|content| {
        matches!(
            content.of(line.snapshot).split(' ').next(),
            Some("when" | "whether" | "who" | "what" | "where" | "why" | "how" | "if" | "which")
        )
    });
    asks && (candidate.group..candidate.cue.start).any(|at| line.class(at, Classes::NEGATOR))
}

/// "denied media reports that …": a noun with its modifier in the place of an object.
fn is_object_noun(line: &Line<'_>, candidate: &Candidate<'_>, subject: &Subject) -> bool {
    candidate.verb.form == Form::Third
        && line
            .lexicon
            .cues
            .noun(line.word(candidate.cue.start))
            .is_some()
        && subject
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|at| !line.lexicon.cues.verbs(line.word(at)).is_empty())
}

/// Returns where ", adding that" or "and said" starts, if the candidate is of that kind.
fn continuation(line: &Line<'_>, candidate: &Candidate<'_>) -> Option<usize> {
    let before = candidate.group.checked_sub(1)?;
    let speaks = candidate.verb.frames.any(Frames::PARTICIPLE);
    if !speaks || candidate.passive {
        return None;
    }
    match candidate.verb.form {
        Form::Progressive if line.word(before) == "," => Some(before),
        Form::Progressive
            if line.word(before) == "and" && line.word(before.wrapping_sub(1)) == "," =>
        {
            Some(before - 1)
        }
        Form::Past | Form::Third if matches!(line.word(before), "and" | "but") => {
            let comma = before.checked_sub(1).filter(|&at| line.word(at) == ",");
            Some(comma.unwrap_or(before))
        }
        _ => None,
    }
}

/// Finds the source before the verb: its subject, or for continuations the source of what they
/// continue, or the subject of the clause they are part of. `Some(None)` is not used.
fn source(line: &Line<'_>, candidate: &Candidate<'_>, found: &[Attribution]) -> Option<Subject> {
    if let Some(at) = continuation(line, candidate) {
        return inherited(line, at, found);
    }
    if candidate.verb.form == Form::Progressive && candidate.group == candidate.cue.start {
        // "with Bloomberg first reporting …"
        let subject = boundary::subject(line, candidate.group)?;
        let with = subject.tokens.start.checked_sub(1)?;
        return (line.word(with) == "with").then_some(subject);
    }
    let subject = boundary::subject(line, candidate.group)?;
    let that_follows = line.word(candidate.cue.end) == "that";
    // Only people say, tell and deny, whatever noun names them; surveys and dogs find things.
    let person_verb = candidate
        .verb
        .frames
        .any(Frames::QUOTE.or(Frames::ADDRESSEE))
        || candidate.verb.denies.is_some();
    let named = subject.tokens.len() > 1 || !line.class(subject.tokens.start, Classes::PRONOUN);
    // "Nobody had warned her" tells that nothing was said.
    if line.class(subject.tokens.start, Classes::NEGATOR) {
        return None;
    }
    let fits = boundary::can_speak(line, &subject.tokens)
        || ((that_follows || person_verb) && named && subject.tokens.len() > 1)
        || line.is_headline();
    fits.then_some(subject)
}

/// Returns the source of the nearest attribution before `at`, else the first subject of the clause.
fn inherited(line: &Line<'_>, at: usize, found: &[Attribution]) -> Option<Subject> {
    let offset = line.span(at).start;
    // "Critics say …; the engineers disagree, saying …": a new clause has its own subject.
    let clause = (0..at)
        .rev()
        .find(|&t| line.word(t) == ";")
        .map_or(0, |t| t + 1);
    let nearest = found
        .iter()
        .filter(|other| other.sentence == line.index)
        .filter(|other| {
            other
                .cue
                .is_none_or(|cue| cue.start >= line.span(clause).start)
        })
        .filter(|other| other.cue.is_some_and(|cue| cue.end <= offset) && other.source.is_some())
        .filter(|other| other.rule != "phrase/according-to" && other.rule != "relay/document")
        .max_by_key(|other| other.cue.map_or(0, |cue| cue.start));
    if let Some(source) = nearest.and_then(|other| other.source) {
        let start = token_at(line, source.start)?;
        let end = (start..line.len())
            .find(|&t| line.span(t).start >= source.end)
            .unwrap_or(line.len());
        return Some(Subject {
            tokens: start..end,
            clause: start,
        });
    }
    // "The G7 met in Liverpool and warned …": the clause's first noun phrase that can speak.
    let start = (clause..at).find(|&t| {
        !line.class(t, Classes::ADVERB.or(Classes::COORDINATOR)) && !line.is_punctuation(t)
    })?;
    let tokens = boundary::noun_phrase_after(line, start, at);
    (!tokens.is_empty() && boundary::can_speak(line, &tokens)).then_some(Subject {
        clause: tokens.start,
        tokens,
    })
}

/// "In an interview with Le Phare, …": to whom it was said.
fn interviewer(line: &Line<'_>) -> Option<Range<usize>> {
    let with =
        (1..line.len()).find(|&at| line.word(at) == "with" && line.word(at - 1) == "interview")?;
    let tokens = boundary::noun_phrase_after(line, with + 1, line.len());
    (!tokens.is_empty()).then_some(tokens)
}

fn attribution(line: &Line<'_>, candidate: &Candidate<'_>, frame: Frame) -> Attribution {
    let negated = (candidate.group..candidate.cue.start).any(|at| line.class(at, Classes::NEGATOR));
    let (stance, denies) = negate(negated, candidate.verb.stance, candidate.verb.denies);
    let addressee = frame.addressee.or_else(|| interviewer(line));
    let made = Attribution::new(
        line,
        line.range(candidate.cue.start, candidate.cue.end),
        frame.source.as_ref(),
        frame.content,
        frame.confidence,
        frame.rule,
    );
    Attribution {
        addressee: addressee.map(|tokens| line.range(tokens.start, tokens.end)),
        stance,
        denies,
        ..made
    }
}
