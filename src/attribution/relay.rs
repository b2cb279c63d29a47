//! Relays with a form of their own: "X quoted Y as saying that …", and headlines "Police: …".

use crate::{
    attribution::{Attribution, Line, boundary},
    lexicon::function::Classes,
    mention::Stance,
    span::Span,
};

/// Finds the relays of one sentence.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Attribution>) {
    if line.is_headline() {
        headline(line, found);
    }
    for at in 1..line.len() {
        if line.word(at) == "as" && line.word(at + 1) == "saying" {
            quoted_as_saying(line, at, found);
        }
    }
}

/// "The minister, quoted by the agency, said …", "In remarks carried by Radio Lund, the minister
/// said …": whoever passes it on stands outside. Called when the verbs of the sentence are found;
/// `first` is the index of the first attribution of this sentence.
pub(super) fn passed_on(line: &Line<'_>, first: usize, found: &mut Vec<Attribution>) {
    if found.len() == first {
        return;
    }
    for at in 1..line.len() {
        let Some(words) = (line.lexicon.cues.relays(line.word(at)).iter())
            .filter(|words| {
                words
                    .last()
                    .is_some_and(|last| line.class_of(last, Classes::PREPOSITION))
            })
            .find(|words| line.matches(at, words))
        else {
            continue;
        };
        let behind = at + words.len();
        let source = boundary::noun_phrase_after(line, behind, line.body_end());
        if source.is_empty() || line.word(source.end) != "," || line.in_long_quotation(at) {
            continue;
        }
        let (start, end) = (line.span(at).start, line.span(source.end).start);
        let inserted = line.word(at - 1) == ",";
        // "In remarks carried by …": the sentence opens with the words that were passed on.
        let opens = line.class(0, Classes::PREPOSITION)
            && at <= 6
            && (1..at).any(|t| line.lexicon.roles.is_utterance(line.word(t)));
        let passed = found[first..].iter().position(|other| {
            let speaker = other.source;
            other
                .content
                .iter()
                .all(|part| part.start >= end || part.end <= start)
                && if inserted {
                    speaker.is_some_and(|s| s.end + 2 >= start && s.start < start)
                } else {
                    opens && other.cue.is_some_and(|cue| cue.start > end)
                }
        });
        let Some(passed) = passed.map(|at| &found[first + at]) else {
            continue;
        };
        let outer = Attribution {
            cue: Some(line.range(at, behind)),
            source: Some(line.range(source.start, source.end)),
            addressee: None,
            stance: Stance::Reports,
            denies: None,
            rule: "relay/passed-on",
            ..passed.clone()
        };
        found.push(outer);
    }
}

/// "Police: Missing girl found safe": source and statement, parted by a colon.
fn headline(line: &Line<'_>, found: &mut Vec<Attribution>) {
    let Some(colon) = (1..line.len().min(6)).find(|&at| line.word(at) == ":") else {
        return;
    };
    let source = 0..colon;
    let end = line.body_end();
    let speaks = boundary::can_speak(line, &source) && !line.class(0, Classes::DETERMINER);
    let known = source.len() == 1
        || line
            .lexicon
            .outlets
            .is_name(line.range(0, colon).of(line.snapshot))
        || source
            .clone()
            .any(|at| line.lexicon.roles.can_speak(line.word(at)));
    if speaks && known && boundary::n_words(line, colon + 1, end) >= 4 {
        let content = vec![line.range(colon + 1, end)];
        found.push(Attribution::new(
            line,
            line.span(colon),
            Some(&source),
            content,
            0.9,
            "headline/colon",
        ));
    }
}

/// "X quoted Y as saying that …", "…, X quoted Y as saying", "Y was quoted by X as saying …".
fn quoted_as_saying(line: &Line<'_>, at: usize, found: &mut Vec<Attribution>) {
    let Some(verb) = (at.saturating_sub(14)..at)
        .rev()
        .find(|&t| matches!(line.word(t), "quoted" | "cited"))
    else {
        return;
    };
    let group = boundary::verb_group_start(line, verb);
    let passive = boundary::is_passive(line, group, verb);
    let Some(subject) = boundary::subject(line, group) else {
        return;
    };
    let (quoter, quoted) = if passive {
        let by = (verb + 1..at).find(|&t| line.word(t) == "by");
        (
            by.map(|by| by + 1..at).filter(|tokens| !tokens.is_empty()),
            subject.tokens.clone(),
        )
    } else {
        (Some(subject.tokens.clone()), verb + 1..at)
    };
    if quoted.is_empty() {
        return;
    }
    let Some(content) = content(line, at + 2, subject.clause) else {
        return;
    };
    let cue = line.range(at, at + 2);
    if let Some(quoter) = quoter {
        found.push(Attribution::new(
            line,
            line.span(verb),
            Some(&quoter),
            content.clone(),
            0.9,
            "relay/quoting",
        ));
    }
    found.push(Attribution::new(
        line,
        cue,
        Some(&quoted),
        content,
        0.9,
        "relay/as-saying",
    ));
}

/// Returns the statement behind "as saying", else the one before the attribution.
fn content(line: &Line<'_>, after: usize, clause: usize) -> Option<Vec<Span>> {
    let end = line.body_end();
    let start = after + usize::from(matches!(line.word(after), "that" | ":"));
    let adjunct = line.class(start, Classes::PREPOSITION.or(Classes::DAY));
    if !adjunct && boundary::n_words(line, start, end) >= 3 {
        return Some(vec![line.range(start, end)]);
    }
    let before = clause.checked_sub(1).filter(|&at| {
        line.word(at) == "," || (line.is_quote_mark(at) && line.quotation(at).is_some())
    })?;
    let before = before + usize::from(line.is_quote_mark(before));
    (boundary::n_words(line, 0, before) >= 3).then(|| vec![line.range(0, before)])
}
