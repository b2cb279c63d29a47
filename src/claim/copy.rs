//! Copies: articles that stand, whole or in part, in another.
//!
//! Two sketches tell which pairs are worth laying beside each other; an index of their hashes finds
//! those. What the words of a pair say decides. A copy keeps the reporter's own words: sharing
//! quotations, or what a site puts below all its articles, makes none.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    id::{AgentId, ArticleId, SnapshotId},
    lexicon::Lexicon,
    mention::Analysis,
    sketch::Sketch,
    span::Span,
};

mod align;
mod body;
mod direction;
mod judge;

pub use direction::Direction;

use body::Body;
use judge::Shared;

/// Share of the shorter sketch that must stand in the other for a pair to be looked at.
const WORTH: f64 = 0.07;

/// Fewer hashes in common than this are chance or a stock phrase.
const FEWEST_SHARED: usize = 3;

/// A hash that stands in more articles than this is compared with the first of them only.
const CROWD: usize = 24;

/// So many pairs are looked at together.
const PAIRS_AT_ONCE: usize = 512;

/// What gives the text of a capture, as far as it is at hand.
pub type Reader<'a> = dyn Fn(&SnapshotId) -> Option<String> + Sync + 'a;

/// What is known of an article that may be, or have, a copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The article.
    pub article: ArticleId,
    /// Its capture.
    pub snapshot: SnapshotId,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its id.
    pub outlet_id: Option<AgentId>,
    /// Whom it credits.
    pub credit: Option<String>,
    /// Where the paragraphs of the running text stand.
    pub paragraphs: Vec<Span>,
    /// The running text.
    pub sketch: Sketch,
}

/// Returns what an analysis says of its article as a text that may be, or have, a copy.
#[must_use]
pub fn text(analysis: &Analysis) -> Text {
    let article = &analysis.article;
    Text {
        article: article.id.clone(),
        snapshot: article.snapshot.clone(),
        published: article.published,
        outlet: article.outlet.clone(),
        outlet_id: article.outlet_id.clone(),
        credit: article.credit.clone(),
        paragraphs: analysis.paragraphs.clone(),
        sketch: analysis.sketch.clone(),
    }
}

/// Two articles of which one stands, whole or in part, in the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reprint {
    /// The one that reprints.
    pub copy: ArticleId,
    /// The one that is reprinted.
    pub original: ArticleId,
    /// The captures that were laid beside each other: of the copy, of the original.
    pub snapshots: (SnapshotId, SnapshotId),
    /// Share of the shorter text's runs of eight words that stand in the other, from 0 to 1.
    pub containment: f64,
    /// How many words of it stand in the other, those counted that were moved or lie between edits.
    pub words: usize,
    /// What tells copy from original.
    pub direction: Direction,
    /// Whether one is a copy of the other; else they share passages, such as quotations, and
    /// nothing is cut or added.
    pub is_copy: bool,
    /// Whom both credit, where neither is the original.
    pub credit: Option<String>,
    /// Whether what they share stands in another order.
    pub reordered: bool,
    /// Passages of the original that the copy leaves out.
    pub cut: Vec<Span>,
    /// Passages of the copy that the original does not have.
    pub added: Vec<Span>,
}

/// What was found of two captures, the one with the lesser id first.
type Pair = (SnapshotId, SnapshotId);

/// The sketches of all captures, and what was found of the pairs among them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CopyIndex {
    texts: BTreeMap<SnapshotId, Text>,
    found: BTreeMap<Pair, Shared>,
}

impl CopyIndex {
    /// Takes in more captures; one already held is left alone.
    ///
    /// What comes out depends on what is held, not on the order in which it came: a pair is looked
    /// at when the second of the two comes, and more articles only ever make it less worth a look.
    pub fn insert(&mut self, texts: Vec<Text>, read: &Reader<'_>) {
        let mut new = BTreeSet::new();
        for text in texts {
            let snapshot = text.snapshot.clone();
            if let Entry::Vacant(place) = self.texts.entry(snapshot.clone()) {
                place.insert(text);
                new.insert(snapshot);
            }
        }
        let pairs = self.worth_a_look();
        self.found.retain(|pair, _| pairs.contains(pair));
        let pairs: Vec<Pair> = (pairs.into_iter())
            .filter(|(one, other)| new.contains(one) || new.contains(other))
            .collect();
        for pairs in pairs.chunks(PAIRS_AT_ONCE) {
            let found = self.judge(pairs, read);
            self.found.extend(found);
        }
    }

    /// Lays pairs beside each other.
    fn judge(&self, pairs: &[Pair], read: &Reader<'_>) -> Vec<(Pair, Shared)> {
        let wanted: BTreeSet<&SnapshotId> = (pairs.iter())
            .flat_map(|(one, other)| [one, other])
            .collect();
        let wanted: Vec<&SnapshotId> = wanted.into_iter().collect();
        let bodies: BTreeMap<&SnapshotId, Body> = (wanted.into_par_iter())
            .filter_map(|id| {
                let text = read(id)?;
                Some((id, judge::body(&text, &self.texts.get(id)?.paragraphs)))
            })
            .collect();
        (pairs.par_iter())
            .filter_map(|pair| {
                let texts = [self.texts.get(&pair.0)?, self.texts.get(&pair.1)?];
                let bodies = [bodies.get(&pair.0)?, bodies.get(&pair.1)?];
                let credited = direction::is_supported(texts[0], texts[1]);
                Some((pair.clone(), judge::judge(texts, bodies, credited)?))
            })
            .collect()
    }

    /// Finds the pairs of captures whose sketches share enough, of different articles.
    fn worth_a_look(&self) -> BTreeSet<Pair> {
        let mut texts: Vec<&Text> = self.texts.values().collect();
        // The first of a crowd should be its original.
        texts.sort_by_key(|text| {
            let published = (text.published.is_none(), text.published);
            (published, &text.article, &text.snapshot)
        });
        let mut places: Vec<(u32, usize)> = (texts.iter().enumerate())
            .flat_map(|(at, text)| text.sketch.hashes().iter().map(move |hash| (*hash, at)))
            .collect();
        places.par_sort_unstable();
        let mut shared: Vec<(usize, usize)> = Vec::new();
        for run in places.chunk_by(|a, b| a.0 == b.0) {
            // In a crowd each is compared with the first alone, so that the cost stays linear.
            let firsts = if run.len() > CROWD { 1 } else { run.len() };
            for (index, (_, left)) in run.iter().take(firsts).enumerate() {
                shared.extend(run[index + 1..].iter().map(|(_, right)| (*left, *right)));
            }
        }
        shared.par_sort_unstable();
        (shared.chunk_by(|a, b| a == b))
            .filter(|run| run.len() >= FEWEST_SHARED)
            .filter_map(|run| {
                let (left, right) = (texts[run[0].0], texts[run[0].1]);
                let (containment, _) = left.sketch.containment(&right.sketch);
                let (one, other) = (left.snapshot.clone(), right.snapshot.clone());
                (left.article != right.article && containment >= WORTH)
                    .then(|| (one.clone().min(other.clone()), one.max(other)))
            })
            .collect()
    }

    /// Returns all pairs of copy and original, and of articles that share passages, sorted.
    #[must_use]
    pub fn reprints(&self, lexicon: &Lexicon) -> Vec<Reprint> {
        // Of two articles with several captures the captures that share most count.
        let mut found: BTreeMap<(ArticleId, ArticleId), Reprint> = BTreeMap::new();
        for ((one, other), shared) in &self.found {
            let (Some(one), Some(other)) = (self.texts.get(one), self.texts.get(other)) else {
                continue;
            };
            let new = reprint(one, other, shared, lexicon);
            let (copy, original) = (new.copy.clone(), new.original.clone());
            let key = (copy.clone().min(original.clone()), copy.max(original));
            match found.entry(key) {
                Entry::Vacant(place) => drop(place.insert(new)),
                Entry::Occupied(mut place) if new.is_surer_than(place.get()) => {
                    place.insert(new);
                }
                Entry::Occupied(_) => {}
            }
        }
        let mut found: Vec<Reprint> = found.into_values().collect();
        found.sort_by(|a, b| (&a.copy, &a.original).cmp(&(&b.copy, &b.original)));
        found
    }
}

impl Reprint {
    fn is_surer_than(&self, other: &Self) -> bool {
        let kind = self.is_copy.cmp(&other.is_copy);
        let share = self.containment.total_cmp(&other.containment);
        let direction = other.direction.cmp(&self.direction);
        (kind.then(share).then(direction))
            .then_with(|| other.snapshots.cmp(&self.snapshots))
            .is_gt()
    }
}

/// Says of two articles that share their words which is the copy.
fn reprint(one: &Text, other: &Text, shared: &Shared, lexicon: &Lexicon) -> Reprint {
    let found = direction::of(one, other, shared, lexicon);
    let (copy, original) = match found.first_is_copy {
        true => (one, other),
        false => (other, one),
    };
    let [mut added, mut cut] = match shared.is_copy {
        true => shared.only.clone(),
        false => [Vec::new(), Vec::new()],
    };
    if !found.first_is_copy {
        std::mem::swap(&mut added, &mut cut);
    }
    Reprint {
        copy: copy.article.clone(),
        original: original.article.clone(),
        snapshots: (copy.snapshot.clone(), original.snapshot.clone()),
        containment: (shared.share * 1000.0).round() / 1000.0,
        words: shared.words,
        direction: found.direction,
        is_copy: shared.is_copy,
        credit: found.credit,
        reordered: shared.reordered,
        cut,
        added,
    }
}

/// Finds all pairs of copy and original, or that share passages, among some articles.
#[must_use]
pub fn reprints(texts: Vec<Text>, read: &Reader<'_>, lexicon: &Lexicon) -> Vec<Reprint> {
    let mut index = CopyIndex::default();
    index.insert(texts, read);
    index.reprints(lexicon)
}

#[cfg(test)]
mod tests;
