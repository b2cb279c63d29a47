//! Verbs behind their content: "…, said X", "…, X said on Sunday", "“…,” X said, “…”".

use std::ops::Range;

use super::{Candidate, Frame};
use crate::{
    attribution::{Line, boundary},
    lexicon::{
        cue::{Form, Frames},
        function::Classes,
    },
    span::Span,
};

/// Recognises a verb behind its content; returns the frame and the token where it starts.
pub(super) fn find(
    line: &Line<'_>,
    candidate: &Candidate<'_>,
    walls: &[usize],
) -> Option<(Frame, usize)> {
    let frames = candidate.verb.frames;
    let told = candidate.passive && frames.any(Frames::ADDRESSEE);
    if (candidate.passive && !told)
        || !frames.any(Frames::INVERT.or(Frames::QUOTE))
        || candidate.verb.form == Form::Progressive
    {
        return None;
    }
    let (source, start, end, rule) = if told {
        plain(line, candidate)?
    } else {
        inverted(line, candidate).or_else(|| plain(line, candidate))?
    };
    let wall = start.checked_sub(1)?;
    let quoted = closes_quotation(line, start);
    let first = walls
        .iter()
        .rev()
        .find(|&&w| w < wall)
        .map_or(0, |&w| resume(line, w));
    let content_end = if line.word(wall) == "," { wall } else { start };
    let content_start = skip_openers(line, first, content_end);
    let before = boundary::n_words(line, content_start, content_end);
    if before == 0 || (before < 2 && !quoted) {
        return None;
    }
    // "In Oslo, the mayor said the quay was closed": what stands before is an adjunct, not content.
    let mut content = vec![line.range(content_start, content_end)];
    if !quoted && !boundary::has_verb(line, content_start, content_end) {
        // "The comet, Ms Nair said, will not return": the statement goes on behind.
        let limit = line.body_end();
        let goes_on = line.word(end) == ","
            && line.class(end + 1, Classes::AUXILIARY.or(Classes::ADVERB))
            && !line.class(content_start, Classes::PREPOSITION);
        if !goes_on {
            return None;
        }
        content.push(line.range(end + 1, limit));
    } else {
        content.extend(rest(line, end));
    }
    // "…, the inquiry was told on Monday": nobody is said to have told it.
    let (source, addressee) = if told {
        (None, Some(source))
    } else {
        (Some(source), hearer(line, candidate))
    };
    let frame = Frame {
        source,
        content,
        addressee,
        confidence: if quoted { 0.96 } else { 0.93 },
        rule,
    };
    Some((frame, if line.word(wall) == "," { wall } else { start }))
}

/// "…, said Kremlin spokesman Dmitry Peskov": returns source, start and end.
fn inverted(
    line: &Line<'_>,
    candidate: &Candidate<'_>,
) -> Option<(Range<usize>, usize, usize, &'static str)> {
    let start = candidate.group;
    if start != candidate.cue.start || !after_break(line, start) {
        return None;
    }
    if !matches!(candidate.verb.form, Form::Past | Form::Third) {
        return None;
    }
    let mut source = boundary::noun_phrase_after(line, candidate.cue.end, line.len());
    if source.is_empty() || !boundary::can_speak(line, &source) {
        return None;
    }
    // An apposition: "said Ann Lee, a nurse at the clinic."
    // A name behind the function: "said the board's director, Sunniva Krag."
    let mut name_end = source.end + 1;
    while line.word(source.end) == "," && line.is_capitalised(name_end) {
        name_end += 1;
    }
    let person = source
        .clone()
        .any(|at| line.lexicon.roles.persons.contains(line.word(at)));
    let closes = name_end >= line.body_end() || line.word(name_end) == ",";
    if person && closes && name_end > source.end + 2 {
        source.end = name_end;
    } else if line.word(source.end) == ","
        && (line.class(source.end + 1, Classes::DETERMINER)
            || line
                .lexicon
                .roles
                .persons
                .contains(line.word(source.end + 1)))
    {
        let close = (source.end + 1..line.body_end())
            .find(|&at| line.word(at) == "," || line.is_quote_mark(at))
            .unwrap_or(line.body_end());
        let apposed = (source.end + 1..close).any(|at| line.lexicon.roles.can_speak(line.word(at)));
        if apposed && !boundary::has_verb(line, source.end + 1, close) {
            source.end = close;
        }
    }
    let end = adjunct_end(line, source.end)?;
    Some((source, start, end, "verb/inverted"))
}

/// "…, Kremlin spokesman Dmitry Peskov said on Sunday": returns source, start and end.
fn plain(
    line: &Line<'_>,
    candidate: &Candidate<'_>,
) -> Option<(Range<usize>, usize, usize, &'static str)> {
    let subject = boundary::subject(line, candidate.group)?;
    let start = subject.clause;
    if start == 0 || !after_break(line, start) || !boundary::can_speak(line, &subject.tokens) {
        return None;
    }
    // Told whom: "…, he told reporters."
    let mut end = candidate.cue.end;
    if candidate.verb.frames.any(Frames::ADDRESSEE) && !candidate.passive {
        end = boundary::noun_phrase_after(line, end, line.len()).end;
    }
    let end = adjunct_end(line, end)?;
    Some((subject.tokens, start, end, "verb/behind"))
}

fn hearer(line: &Line<'_>, candidate: &Candidate<'_>) -> Option<Range<usize>> {
    if !candidate.verb.frames.any(Frames::ADDRESSEE) {
        return None;
    }
    let tokens = boundary::noun_phrase_after(line, candidate.cue.end, line.len());
    (!tokens.is_empty()).then_some(tokens)
}

/// Says whether a comma, dash or closing quotation mark stands before the token.
fn after_break(line: &Line<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else {
        return false;
    };
    matches!(line.word(before), "," | "—" | "–" | "!" | "?" | "…")
        || (line.is_quote_mark(before) && line.quotation(before).is_some())
        || (matches!(line.word(before), "’" | "'") && line.quotation(before).is_some())
}

fn closes_quotation(line: &Line<'_>, start: usize) -> bool {
    (start.saturating_sub(2)..start).any(|at| line.quotation(at).is_some())
}

/// Returns where the attribution ends if only adjuncts follow: "on Sunday", "in a statement".
fn adjunct_end(line: &Line<'_>, start: usize) -> Option<usize> {
    let limit = line.body_end();
    let mut at = start;
    let mut words = 0;
    while at < limit {
        let word = line.word(at);
        if word == ","
            || word == ";"
            || word == ":"
            || line.is_quote_mark(at)
            || word == "—"
            || word == "–"
        {
            break;
        }
        if words == 0 {
            let opens = line.class(
                at,
                Classes::PREPOSITION
                    .or(Classes::DAY)
                    .or(Classes::ADVERB)
                    .or(Classes::MONTH),
            ) || word.ends_with("ing")
                || matches!(
                    word,
                    "shortly" | "when" | "last" | "this" | "while" | "late"
                );
            if !opens {
                return None;
            }
        }
        if word == "that" {
            return None;
        }
        words += 1;
        at += 1;
    }
    (words <= 25).then_some(at)
}

/// Returns the content that goes on behind the attribution: "“…,” she said, “…”".
fn rest(line: &Line<'_>, end: usize) -> Option<Span> {
    let start = end + usize::from(matches!(line.word(end), "," | "—" | "–" | ":"));
    let limit = line.body_end().max(start);
    let opens = line.is_quote_mark(start) && line.quotation(start).is_some();
    (opens && boundary::n_words(line, start, limit) > 0).then(|| line.range(start, limit))
}

/// Where content may start again behind an earlier attribution of the sentence.
fn resume(line: &Line<'_>, wall: usize) -> usize {
    (wall + 1..line.len())
        .find(|&at| line.word(at) == ",")
        .map_or(wall, |at| at + 1)
}

/// Passes over "But", "Meanwhile," and the like before the content.
fn skip_openers(line: &Line<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end
        && (line.word(at) == ","
            || line.class(at, Classes::COORDINATOR)
            || (line.class(at, Classes::ADVERB) && line.word(at + 1) == ","))
    {
        at += 1;
    }
    at
}
