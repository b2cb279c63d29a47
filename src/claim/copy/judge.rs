//! Whether of two articles one stands in the other, whole or in part, and what was cut and added.
//!
//! Pure: it depends on the two articles alone.

use serde::{Deserialize, Serialize};

use super::{
    Text,
    align::{self, Piece},
    body::Body,
};
use crate::{lexicon::Lexicon, span::Span};

/// So much of the shorter article's own prose stands in the other if one is a copy.
const SHARE: f64 = 0.2;

/// So much where an article credits the other's outlet, or both credit one agency.
const SHARE_OF_CREDITED: f64 = 0.1;

/// So much where so many pieces stand in both in the same order.
const SHARE_IN_ORDER: f64 = 0.12;
const IN_ORDER: usize = 4;

/// Fewer words of prose in common are chance.
const WORDS: usize = 30;

/// So many words, and such a share, of whatever kind make two articles share passages.
const PASSAGES: (usize, f64) = (30, 0.1);

/// Words in a run, as copies are usually measured.
const RUN: usize = 8;

/// Site text stands so near to the beginning or end of both articles, in words.
const EDGE: usize = 8;

/// Site text is no larger share of an article, and not longer, in words.
const FRAME: (f64, usize) = (0.35, 100);

/// What two articles share, and what they do not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Shared {
    /// Words of the shorter that stand in the other.
    pub(super) words: usize,
    /// Share of the shorter one's runs of eight words that stand in the other.
    pub(super) share: f64,
    /// Whether one is a copy; else they share passages, such as quotations.
    pub(super) is_copy: bool,
    /// Whether pieces stand in another order.
    pub(super) reordered: bool,
    /// What stands in the first alone, and in the second alone.
    pub(super) only: [Vec<Span>; 2],
    /// How many words that is.
    pub(super) only_words: [usize; 2],
}

/// Lays two articles beside each other; `None` when they share next to nothing.
pub(super) fn judge(texts: [&Text; 2], bodies: [&Body; 2], credited: bool) -> Option<Shared> {
    let lengths = bodies.map(|body| body.words.len());
    let swapped = lengths[1] < lengths[0];
    let (short, long) = match swapped {
        false => (bodies[0], bodies[1]),
        true => (bodies[1], bodies[0]),
    };
    let same_outlet = texts[0].outlet_id.is_some() && texts[0].outlet_id == texts[1].outlet_id;
    let mut pieces = align::pieces(short, long);
    if same_outlet {
        pieces = without_frame(pieces, short, long);
    }
    let covered = align::covered(&pieces, short.words.len(), |piece| piece.left);
    let count = |quoted: bool| {
        let words = short.words.iter().zip(&covered);
        let of_kind = words.filter(|(word, _)| word.quoted == quoted);
        of_kind.fold((0, 0), |(all, shared), (_, covered)| {
            (all + 1, shared + usize::from(*covered))
        })
    };
    let ((prose, shared_prose), (_, shared_quoted)) = (count(false), count(true));
    let least = if credited {
        SHARE_OF_CREDITED
    } else if in_order(&pieces) >= IN_ORDER {
        SHARE_IN_ORDER
    } else {
        SHARE
    };
    let is_copy = shared_prose >= WORDS && shared_prose as f64 >= least * prose as f64;
    let (words, share) = (
        shared_prose + shared_quoted,
        share(&pieces, short.words.len()),
    );
    if !is_copy && (words < PASSAGES.0 || share < PASSAGES.1) {
        return None;
    }
    let covered_long = align::covered(&pieces, long.words.len(), |piece| piece.right);
    let mut only = [
        align::missing(short, &covered),
        align::missing(long, &covered_long),
    ];
    let alone = |covered: &[bool]| covered.iter().filter(|covered| !**covered).count();
    let mut only_words = [alone(&covered), alone(&covered_long)];
    if swapped {
        only.reverse();
        only_words.reverse();
    }
    Some(Shared {
        words,
        share,
        is_copy,
        reordered: pieces.windows(2).any(|pair| pair[1].right < pair[0].right),
        only,
        only_words,
    })
}

/// Returns the share of the runs of eight words of a text that lie in pieces.
fn share(pieces: &[Piece], words: usize) -> f64 {
    let runs = |words: usize| (words + 1).saturating_sub(RUN);
    let shared: usize = pieces.iter().map(|piece| runs(piece.length)).sum();
    (shared as f64 / runs(words).max(1) as f64).min(1.0)
}

/// Leaves out what a site puts above or below all its articles.
fn without_frame(pieces: Vec<Piece>, short: &Body, long: &Body) -> Vec<Piece> {
    let (short, long) = (short.words.len(), long.words.len());
    let is_frame = |piece: &Piece| {
        let above = piece.left <= EDGE && piece.right <= EDGE;
        let below =
            piece.left + piece.length + EDGE >= short && piece.right + piece.length + EDGE >= long;
        (above || below) && piece.length < FRAME.1 && (piece.length as f64) < FRAME.0 * short as f64
    };
    pieces
        .into_iter()
        .filter(|piece| !is_frame(piece))
        .collect()
}

/// Counts the longest row of pieces that stand in the same order in both texts.
fn in_order(pieces: &[Piece]) -> usize {
    // Patience sorting: the least end of a row of each length so far.
    let mut ends: Vec<usize> = Vec::new();
    for piece in pieces {
        let place = ends.partition_point(|end| *end < piece.right);
        match ends.get_mut(place) {
            Some(end) => *end = piece.right,
            None => ends.push(piece.right),
        }
    }
    ends.len()
}

/// Reads the running text of an article.
pub(super) fn body(text: &str, paragraphs: &[Span]) -> Body {
    Body::read(text, paragraphs, Lexicon::shipped())
}
