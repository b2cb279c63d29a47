//! Settles a paragraph's attributions: trims contents, tells speech modes, nests.

use crate::{
    attribution::{Attribution, verb::quoted},
    mention::Speech,
    span::Span,
    text::{Paragraph, Quotation},
};

/// Relays whose source stands nearer to the claim than the attribution with the same content.
const INNER_RELAYS: &[&str] = &["relay/told-before", "relay/citing", "relay/as-saying"];

/// Trims, sorts and nests the attributions of one paragraph; `base` is the number of attributions
/// before it, so that `outer` counts over the whole article.
pub(super) fn settle(
    snapshot: &str,
    paragraph: &Paragraph,
    base: usize,
    found: &mut Vec<Attribution>,
) {
    for attribution in found.iter_mut() {
        attribution.content = attribution
            .content
            .iter()
            .map(|part| tidy(snapshot, *part, &paragraph.quotations))
            .filter(|part| !part.is_empty())
            .collect();
        attribution.speech = speech(snapshot, &attribution.content, &paragraph.quotations);
    }
    found.retain(|attribution| !attribution.content.is_empty());
    let nested: Vec<Option<usize>> = (0..found.len())
        .map(|index| outer(found, index).map(|outer| base + outer))
        .collect();
    for (attribution, outer) in found.iter_mut().zip(nested) {
        attribution.outer = outer;
    }
    drop_homeless(base, found);
}

/// Drops what is said inside quotations that nobody is said to have spoken.
fn drop_homeless(base: usize, found: &mut Vec<Attribution>) {
    let homeless =
        |attribution: &Attribution| attribution.rule == quoted::RULE && attribution.outer.is_none();
    if !found.iter().any(homeless) {
        return;
    }
    // The number of each attribution that stays, counted over the article.
    let mut next = base;
    let numbers: Vec<usize> = found
        .iter()
        .map(|attribution| {
            let number = next;
            next += usize::from(!homeless(attribution));
            number
        })
        .collect();
    for attribution in found.iter_mut() {
        let outer = attribution.outer.and_then(|outer| outer.checked_sub(base));
        attribution.outer = outer.and_then(|outer| numbers.get(outer).copied());
    }
    found.retain(|attribution| !homeless(attribution));
}

/// Returns the attribution with the smallest content that holds the one at `index`.
fn outer(found: &[Attribution], index: usize) -> Option<usize> {
    let inner = &found[index];
    let nucleus = [inner.cue, inner.source].into_iter().flatten().fold(
        inner.content_span(),
        |cover, span| {
            // An inherited source stands outside; the cue tells where the attribution is.
            if inner.cue.is_some_and(|cue| cue == span) || inner.rule == "verb/inverted" {
                cover.cover(span)
            } else {
                cover
            }
        },
    );
    found
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index)
        .filter(|(other, candidate)| {
            let same = candidate.content == inner.content;
            if same {
                // Relay and document are found together; the relay stands first and outside.
                if inner.rule != "relay/passed-on" && candidate.rule == "relay/passed-on" {
                    return true;
                }
                if inner.rule == "noun/that" && candidate.rule == "verb/object-that" {
                    return true;
                }
                return (candidate.rule == "relay/document"
                    && *other < index
                    && inner.rule == "phrase/according-to")
                    || (INNER_RELAYS.contains(&inner.rule)
                        && !INNER_RELAYS.contains(&candidate.rule));
            }
            candidate.content.iter().any(|part| part.contains(nucleus))
        })
        .min_by_key(|(other, candidate)| {
            let length: usize = candidate.content.iter().map(|part| part.len()).sum();
            // Of a relay and its document, which hold the same, the document stands nearer.
            (length, std::cmp::Reverse(*other))
        })
        .map(|(other, _)| other)
}

/// Cuts white space, commas and unbalanced quotation marks off both ends.
fn tidy(snapshot: &str, span: Span, quotations: &[Quotation]) -> Span {
    let mut span = span.trim(snapshot);
    loop {
        let slice = span.of(snapshot);
        let Some(last) = slice.chars().next_back() else {
            return span;
        };
        let first = slice.chars().next().unwrap_or_default();
        let whole = quotations.iter().find(|q| {
            q.outer.start == span.start && q.inner.end <= span.end && q.outer.end >= span.end
        });
        if let Some(quotation) = whole {
            // Wholly quoted: the words without the marks.
            let inner = Span::new(quotation.inner.start, quotation.inner.end.min(span.end));
            return trim_end(snapshot, inner.trim(snapshot), &[',']);
        }
        let opens_alone = matches!(first, '"' | '“' | '”' | '‘')
            && !quotations
                .iter()
                .any(|q| q.outer.start == span.start && q.outer.end <= span.end);
        let closes_alone = matches!(last, '"' | '”' | '“')
            && !quotations
                .iter()
                .any(|q| q.outer.end == span.end && q.outer.start >= span.start);
        let next = if opens_alone || matches!(first, ',' | ';' | ':') {
            Span::new(span.start + first.len_utf8(), span.end)
        } else if closes_alone || matches!(last, ',' | ';' | ':' | '.') && !abbreviated(slice) {
            Span::new(span.start, span.end - last.len_utf8())
        } else {
            return span;
        };
        span = next.trim(snapshot);
    }
}

fn trim_end(snapshot: &str, span: Span, signs: &[char]) -> Span {
    Span::new(
        span.start,
        span.start + span.of(snapshot).trim_end_matches(signs).len(),
    )
}

/// Says whether the final stop belongs to an abbreviation such as "U.S."
fn abbreviated(slice: &str) -> bool {
    let word = slice.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.matches('.').count() > 1 && word.len() <= 6
}

/// Tells direct from indirect and mixed by how much of the content stands in quotation marks.
fn speech(snapshot: &str, content: &[Span], quotations: &[Quotation]) -> Speech {
    let words = |span: Span| span.of(snapshot).split_whitespace().count();
    let all: usize = content.iter().map(|part| words(*part)).sum();
    let quoted: usize = content
        .iter()
        .flat_map(|part| quotations.iter().map(move |q| (part, q)))
        .filter(|(part, q)| part.overlaps(q.inner))
        .map(|(part, q)| {
            words(Span::new(
                part.start.max(q.inner.start),
                part.end.min(q.inner.end),
            ))
        })
        .sum();
    match quoted {
        0 => Speech::Indirect,
        quoted if quoted >= all => Speech::Direct,
        _ => Speech::Mixed,
    }
}
