//! Relays with a form of their own: "X quoted Y as saying that …", and headlines "Police: …".

use crate::{
    attribution::{Attribution, Line, boundary},
    lexicon::function::Classes,
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
            .find(line.range(0, colon).of(line.snapshot))
            .is_some()
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
    let before = clause.checked_sub(1).filter(|&at| line.word(at) == ",")?;
    (boundary::n_words(line, 0, before) >= 3).then(|| vec![line.range(0, before)])
}
