//! Two running texts laid beside each other: what stands in both, what only in one.
//!
//! The order of the pieces does not matter, as an editor may have swapped them. It never decides
//! what is a copy of what.

use super::body::Body;
use crate::{
    sketch::{RUN, run_hash},
    span::Span,
};

/// A run of words is looked for in so many places at most.
const PLACES: usize = 8;

/// A piece at least so long is more than a stock phrase.
const PIECE: usize = 9;

/// A shorter piece counts so near to another in both texts, in words.
const NEAR: usize = 12;

/// A sentence of which at least this share stands in the other text is in both.
const KEPT: f64 = 0.5;

/// A sentence with fewer words, a heading perhaps, goes with its neighbours.
const FEWEST: usize = 4;

/// Words that stand in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) length: usize,
}

impl Piece {
    /// Says whether this piece stands next behind another in both texts.
    fn follows(self, before: Self) -> bool {
        let near = |start: usize, end: usize| start + RUN > end && start <= end + NEAR;
        near(self.left, before.left + before.length)
            && near(self.right, before.right + before.length)
    }
}

/// Finds the longest pieces of `left` that stand in `right`, from the front.
///
/// Every run of words of `left` is looked up in an index of those of `right`; the time is linear in
/// the length of the texts, as a run has few places.
pub(super) fn pieces(left: &Body, right: &Body) -> Vec<Piece> {
    let hashes: Vec<u64> = left.words.iter().map(|word| word.hash).collect();
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(run) = hashes.get(at..at + RUN) {
        let length = |place: usize| {
            let pairs = left.words[at..].iter().zip(&right.words[place..]);
            pairs.take_while(|(a, b)| a.hash == b.hash).count()
        };
        let expected = found.last().map_or(0, |last| last.right + last.length);
        let best = (right.places(run_hash(run), PLACES).iter())
            .map(|(_, place)| (length(*place), *place))
            .max_by_key(|(length, place)| (*length, std::cmp::Reverse(place.abs_diff(expected))));
        match best {
            Some((length, place)) if length >= RUN => {
                found.push(Piece {
                    left: at,
                    right: place,
                    length,
                });
                at += length;
            }
            _ => at += 1,
        }
    }
    without_stock_phrases(&found)
}

/// Keeps long pieces, and short ones near another.
fn without_stock_phrases(found: &[Piece]) -> Vec<Piece> {
    let kept = |(place, piece): (usize, &Piece)| {
        let before = place.checked_sub(1).and_then(|before| found.get(before));
        let is_near = before.is_some_and(|before| piece.follows(*before))
            || (found.get(place + 1)).is_some_and(|next| next.follows(*piece));
        (piece.length >= PIECE || is_near).then_some(*piece)
    };
    found.iter().enumerate().filter_map(kept).collect()
}

/// Says of each word of the left text whether it stands in the other; words between two pieces that
/// an editor changed count as well.
pub(super) fn covered(pieces: &[Piece], words: usize, side: fn(&Piece) -> usize) -> Vec<bool> {
    let mut covered = vec![false; words];
    for piece in pieces {
        let start = side(piece);
        covered[start..start + piece.length].fill(true);
    }
    covered
}

/// Returns the passages of a text of which little stands in the other, each within a paragraph.
pub(super) fn missing(body: &Body, covered: &[bool]) -> Vec<Span> {
    let mut missing: Vec<(usize, Span)> = Vec::new();
    let mut pending: Option<(usize, Span)> = None;
    let mut goes_on = false;
    for unit in &body.units {
        let (first, last) = unit.words;
        let words = last - first;
        if words < FEWEST {
            // It is missing if what stands behind it in the paragraph is.
            if goes_on && missing.last().is_some_and(|(p, _)| *p == unit.paragraph) {
                let place = missing.len() - 1;
                missing[place].1 = missing[place].1.cover(unit.span);
            } else {
                pending = Some((unit.paragraph, unit.span));
            }
            continue;
        }
        let shared = covered[first..last].iter().filter(|word| **word).count();
        if shared as f64 >= KEPT * words as f64 {
            (goes_on, pending) = (false, None);
            continue;
        }
        let span = match pending.take() {
            Some((paragraph, before)) if paragraph == unit.paragraph => before.cover(unit.span),
            _ => unit.span,
        };
        match missing.last_mut() {
            Some((paragraph, before)) if goes_on && *paragraph == unit.paragraph => {
                *before = before.cover(span);
            }
            _ => missing.push((unit.paragraph, span)),
        }
        goes_on = true;
    }
    missing.into_iter().map(|(_, span)| span).collect()
}
