//! Attributions without a verb of speech: "according to X", with its relays ("seen by Y").

use std::ops::Range;

use crate::{
    attribution::{Attribution, Line, boundary},
    lexicon::{
        cue::{Form, Frames},
        function::Classes,
    },
    span::Span,
};

/// Finds the attributions of one sentence that a phrase such as "according to" marks.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Attribution>) {
    as_said(line, found);
    let mut at = 0;
    while at < line.len() {
        let Some(phrase) = line
            .lexicon
            .cues
            .phrases
            .iter()
            .find(|words| line.matches(at, words))
        else {
            at += 1;
            continue;
        };
        let cue = at..at + phrase.len();
        at = cue.end;
        // "per cent", "per day": only a name or a described person is a source.
        let end = source_end(line, cue.end);
        let source = cue.end..end;
        // "according to plan": a bare noun is no source; "per day": only what can speak is.
        let bare = source.len() == 1
            && !line.is_capitalised(source.start)
            && !line.word(source.start).ends_with('s');
        let per_unit = (phrase.len() == 1 || bare) && !boundary::can_speak(line, &source);
        if source.is_empty() || per_unit || line.in_long_quotation(cue.start) {
            continue;
        }
        let content = content(line, &cue, end);
        if content.is_empty() {
            continue;
        }
        push(line, &cue, &source, content, found);
        at = end;
    }
}

/// "As Joan Reed put it, debt is a leak", "The boat sank at once, as the skipper told the inquiry".
fn as_said(line: &Line<'_>, found: &mut Vec<Attribution>) {
    for at in 0..line.len() {
        if line.word(at) != "as" {
            continue;
        }
        let opens = at == 0 || line.word(at - 1) == ",";
        if !opens || line.in_long_quotation(at) {
            continue;
        }
        let source = boundary::noun_phrase_after(line, at + 1, line.body_end());
        let mut verb = source.end;
        while line.class(verb, Classes::AUXILIARY.or(Classes::ADVERB)) {
            verb += 1;
        }
        let puts = matches!(line.word(verb), "put" | "puts") && line.word(verb + 1) == "it";
        let cue = line.lexicon.cues.verbs(line.word(verb)).iter().find(|cue| {
            let finite = matches!(cue.form, Form::Past | Form::Third);
            finite
                && cue.particles.is_empty()
                && cue.frames.any(Frames::QUOTE.or(Frames::ADDRESSEE))
        });
        if source.is_empty() || (cue.is_none() && !puts) || !boundary::can_speak(line, &source) {
            continue;
        }
        let told = cue.is_some_and(|cue| cue.frames.any(Frames::ADDRESSEE));
        let mut end = verb + 1 + usize::from(puts);
        let hearer = boundary::noun_phrase_after(line, end, line.body_end());
        let hearer = Some(hearer).filter(|hearer| told && !hearer.is_empty());
        end = hearer.as_ref().map_or(end, |hearer| hearer.end);
        // Only an adjunct may follow: "as the skipper told the inquiry on Monday".
        let close = (end..line.body_end())
            .find(|&t| line.word(t) == ",")
            .unwrap_or_else(|| line.body_end());
        let adjunct = close == end
            || line.class(
                end,
                Classes::PREPOSITION.or(Classes::DAY).or(Classes::ADVERB),
            );
        if !adjunct || boundary::has_verb(line, end, close) {
            continue;
        }
        let content = if at == 0 {
            pieces(line, close + 1, line.body_end())
        } else {
            let mut content = pieces(line, 0, at - 1);
            if boundary::n_words(line, close + 1, line.body_end()) > 2 {
                content.extend(pieces(line, close + 1, line.body_end()));
            }
            content
        };
        if content.is_empty() || boundary::n_words(line, 0, line.len()) < end - at + 3 {
            continue;
        }
        let cue = line.range(verb, verb + 1 + usize::from(puts));
        let made = Attribution::new(line, cue, Some(&source), content, 0.88, "phrase/as-said");
        found.push(Attribution {
            addressee: hearer.map(|tokens| line.range(tokens.start, tokens.end)),
            ..made
        });
    }
}

/// Returns where the source behind the phrase ends: at a comma, or at the sentence's end.
fn source_end(line: &Line<'_>, start: usize) -> usize {
    let limit = line.body_end();
    let mut end = start;
    while end < limit {
        let word = line.word(end);
        if word == ";" || word == ":" || word == ")" || (line.is_quote_mark(end) && end > start + 1)
        {
            break;
        }
        if word == "," {
            // "a draft, seen by Reuters, …" and "trends, quoting Anatoly, …" belong to the source.
            let relayed = line
                .lexicon
                .cues
                .relays(line.word(end + 1))
                .iter()
                .any(|words| line.matches(end + 1, words));
            if !relayed {
                break;
            }
        }
        end += 1;
    }
    // An apposition behind a name: "according to Ann Lee, a nurse at the clinic, …"
    if line.word(end) == ","
        && line.class(end + 1, Classes::DETERMINER)
        && line.word(end + 1) != "that"
        && let Some(close) = (end + 1..limit).find(|&at| line.word(at) == ",")
        && !boundary::has_verb(line, end + 1, close)
        && (end + 1..close).any(|at| line.lexicon.roles.persons.contains(line.word(at)))
    {
        return close;
    }
    end
}

/// Returns the content: behind the phrase when it opens the clause, else before it, or both.
fn content(line: &Line<'_>, cue: &Range<usize>, end: usize) -> Vec<Span> {
    let limit = line.body_end();
    let opens = cue.start == 0
        || boundary::n_words(line, 0, cue.start) <= 2
        || (cue.start <= 3 && line.class(0, Classes::ADVERB.or(Classes::COORDINATOR)));
    let behind = (end + usize::from(line.word(end) == ","), limit);
    if opens {
        return pieces(line, behind.0, behind.1);
    }
    let before = cue.start - usize::from(line.word(cue.start - 1) == ",");
    let mut content = pieces(line, 0, before);
    let goes_on = line.word(end) == ","
        && boundary::n_words(line, behind.0, behind.1) > 2
        && !line.class(behind.0, Classes::SUBORDINATOR);
    if goes_on {
        content.extend(pieces(line, behind.0, behind.1));
    }
    content
}

fn pieces(line: &Line<'_>, start: usize, end: usize) -> Vec<Span> {
    if boundary::n_words(line, start, end) == 0 {
        Vec::new()
    } else {
        vec![line.range(start, end)]
    }
}

/// Pushes the attribution, and those of its relays outside it: "a draft seen by Reuters".
fn push(
    line: &Line<'_>,
    cue: &Range<usize>,
    source: &Range<usize>,
    content: Vec<Span>,
    found: &mut Vec<Attribution>,
) {
    let make = |cue: &Range<usize>, source: &Range<usize>, content, rule| {
        Attribution::new(
            line,
            line.range(cue.start, cue.end),
            Some(source),
            content,
            0.92,
            rule,
        )
    };
    let mut name = source.clone();
    if let Some((at, length)) = relay(line, source) {
        let quoting = matches!(
            line.word(at + length - 1),
            "quoting" | "citing" | "quotes" | "cites" | "quoted" | "cited"
        );
        let by = at + length..source.end;
        name = source.start..at - usize::from(line.word(at - 1) == ",");
        // "X, quoting Y": Y stands nearer to the claim. "a draft seen by Y": Y passes it on.
        let (inner, outer) = if quoting {
            (by, name.clone())
        } else {
            (name.clone(), by)
        };
        let (inner_cue, outer_cue) = if quoting {
            (at..at + length, cue.clone())
        } else {
            (cue.clone(), at..at + length)
        };
        found.push(make(&outer_cue, &outer, content.clone(), "relay/document"));
        found.push(make(&inner_cue, &inner, content, "phrase/according-to"));
        return;
    }
    if name.is_empty() {
        name = source.clone();
    }
    found.push(make(cue, &name, content, "phrase/according-to"));
}

/// Finds a relay inside a source, behind at least one word.
pub(super) fn relay(line: &Line<'_>, source: &Range<usize>) -> Option<(usize, usize)> {
    (source.start + 1..source.end).find_map(|at| {
        line.lexicon
            .cues
            .relays(line.word(at))
            .iter()
            .find(|words| line.matches(at, words) && at + words.len() < source.end)
            .map(|words| (at, words.len()))
    })
}
