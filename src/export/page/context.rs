//! A quotation inside the paragraph it stands in, cut into pieces that say what they are.
//!
//! The pieces are bytes of the snapshot in their order, none left out between the first and the last.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    mention::{Link, Mention},
    span::Span,
};

/// Bytes shown before and behind the sentence, at most.
const AROUND: usize = 320;
/// A longer sentence is not shown beyond the mention by more than this.
const LONGEST: usize = 2400;

/// A piece of text that is one thing throughout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Whether it belongs to the content: the words that bear the mention out.
    pub(super) content: bool,
    /// Whether it names a source.
    pub(super) source: bool,
    /// Whether it says that somebody says something.
    pub(super) cue: bool,
}

/// A quotation in its context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Context {
    pub(super) pieces: Vec<Piece>,
    /// Whether the paragraph begins before what is shown.
    pub(super) cut_before: bool,
    /// Whether it goes on behind what is shown.
    pub(super) cut_behind: bool,
}

/// Cuts the surroundings of `content` out of a snapshot; `None` when it does not lie in the text.
pub(super) fn context(
    text: &str,
    content: Span,
    mention: Option<&Mention>,
    chain: &[Link],
) -> Option<Context> {
    content.slice(text)?;
    let sentence = mention.map_or(content, |mention| mention.sentence.cover(content));
    let sentence = if sentence.len() > LONGEST {
        content
    } else {
        sentence
    };
    let (start, cut_before) = before(text, sentence.start);
    let (end, cut_behind) = behind(text, sentence.end);
    let whole = Span::new(start, end);
    let contents: Vec<Span> = match mention.map(|mention| mention.parts.as_slice()) {
        Some(parts) if !parts.is_empty() => parts
            .iter()
            .map(|part| Span::new(part.start, part.end))
            .collect(),
        _ => vec![content],
    };
    let sources: Vec<Span> = (chain.iter().skip(1))
        .filter_map(|link| Some(Span::new(link.start?, link.end?)))
        .collect();
    let cues: Vec<Span> = (chain.iter())
        .filter_map(|link| link.cue.as_ref())
        .map(|cue| Span::new(cue.start, cue.end))
        .collect();
    let mut ends: BTreeSet<usize> = [whole.start, whole.end].into();
    for span in contents.iter().chain(&sources).chain(&cues) {
        let inside = [span.start, span.end].into_iter();
        ends.extend(
            inside
                .filter(|&end| whole.start < end && end < whole.end && text.is_char_boundary(end)),
        );
    }
    let ends: Vec<usize> = ends.into_iter().collect();
    let within = |spans: &[Span], piece: Span| spans.iter().any(|span| span.contains(piece));
    let pieces = ends
        .windows(2)
        .map(|pair| {
            let piece = Span::new(pair[0], pair[1]);
            Piece {
                text: piece.of(text).to_owned(),
                content: within(&contents, piece),
                source: within(&sources, piece),
                cue: within(&cues, piece),
            }
        })
        .collect();
    Some(Context {
        pieces,
        cut_before,
        cut_behind,
    })
}

/// Says whether a paragraph ends at this line break: an empty line, or the end of a sentence.
fn ends_paragraph(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '\r']);
    before.is_empty()
        || before.ends_with(['\n', '.', '!', '?', '”', '"', '’', ':', '»', '…'])
        || text[at + 1..]
            .trim_start_matches([' ', '\t', '\r'])
            .starts_with('\n')
}

fn before(text: &str, at: usize) -> (usize, bool) {
    let mut least = at.saturating_sub(AROUND);
    while !text.is_char_boundary(least) {
        least += 1;
    }
    let shown = &text[least..at];
    let line = shown.match_indices('\n').map(|(place, _)| least + place);
    if let Some(end) = line.rev().find(|&place| ends_paragraph(text, place)) {
        let start = end + 1;
        return (
            start + text[start..at].len() - text[start..at].trim_start().len(),
            false,
        );
    }
    if least == 0 {
        return (0, false);
    }
    let word = shown
        .find(char::is_whitespace)
        .map_or(at, |place| least + place + 1);
    (
        if text.is_char_boundary(word) {
            word
        } else {
            at
        },
        true,
    )
}

fn behind(text: &str, at: usize) -> (usize, bool) {
    let mut most = (at + AROUND).min(text.len());
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let shown = &text[at..most];
    let mut lines = shown.match_indices('\n').map(|(place, _)| at + place);
    if let Some(end) = lines.find(|&place| ends_paragraph(text, place)) {
        return (at + text[at..end].trim_end().len(), false);
    }
    if most == text.len() {
        return (at + shown.trim_end().len(), false);
    }
    (
        at + shown.rfind(char::is_whitespace).unwrap_or_default(),
        true,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::context;
    use crate::span::Span;

    #[test]
    fn a_quotation_stands_in_its_paragraph() {
        let text = "Headline\n\nFirst one. The port is shut, she said. And more.\n\nLast.";
        let start = text.find("The port").expect("it is there");
        let found =
            context(text, Span::new(start, start + 16), None, &[]).expect("it lies in the text");
        let whole: String = found
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(whole, "First one. The port is shut, she said. And more.");
        let content: Vec<&str> = (found.pieces.iter())
            .filter(|piece| piece.content)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(content, ["The port is shut"]);
        assert!(!found.cut_before && !found.cut_behind);
    }

    #[test]
    fn lines_of_a_wrapped_paragraph_stay_together() {
        let text = "One line that goes\non here and\nends. Next.\n\nOther.";
        let at = text.find("on here").expect("it is there");
        let found = context(text, Span::new(at, at + 7), None, &[]).expect("it lies in the text");
        let whole: String = found
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(whole, "One line that goes\non here and\nends. Next.");
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_is_shown_whole(text in "(\\PC|\\n| ){0,900}", from in 0_usize..900, length in 0_usize..200) {
            let span = Span::new(from, from + length);
            let Some(quote) = span.slice(&text) else {
                prop_assert!(context(&text, span, None, &[]).is_none());
                return Ok(());
            };
            let found = context(&text, span, None, &[]).expect("it lies in the text");
            let content: String = (found.pieces.iter())
                .filter(|piece| piece.content)
                .map(|piece| piece.text.as_str())
                .collect();
            prop_assert_eq!(content, quote);
            let whole: String = found.pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert!(text.contains(&whole));
        }
    }
}
