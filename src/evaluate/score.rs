//! Precision, recall and F1, as they are published for PolNeAR.
//!
//! - exact: a part counts when its tokens are those of the marked part; source and content also
//!   need a pair, and the whole attribution counts when all three parts do;
//! - overlap: shared tokens over all tokens, of pairs;
//! - soft: a part counts when any token is shared; the whole attribution when it means the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    align::{self, Aligned},
    token::{Sets, shared},
};

/// Precision, recall and F1, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prf {
    /// Share of what was predicted that is right.
    pub precision: f64,
    /// Share of what was marked that was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Prf {
    pub(super) fn new(right: usize, predicted: usize, gold: usize) -> Self {
        let share = |of: usize| {
            if of == 0 {
                0.0
            } else {
                right as f64 / of as f64
            }
        };
        Self::of(share(predicted), share(gold))
    }

    /// Puts a precision and a recall together.
    pub(super) fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Self {
            precision,
            recall,
            f1: if sum > 0.0 {
                2.0 * precision * recall / sum
            } else {
                0.0
            },
        }
    }
}

/// The three ways to count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measures {
    /// The same tokens.
    pub exact: Prf,
    /// Token by token.
    pub overlap: Prf,
    /// Some of the tokens.
    pub soft: Prf,
}

/// Scores of the three parts and of the whole attribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scores {
    /// The source.
    pub source: Measures,
    /// The cue.
    pub cue: Measures,
    /// The content.
    pub content: Measures,
    /// All three together.
    pub quote: Measures,
}

/// What is counted of one part, or of the whole.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    gold: usize,
    predicted: usize,
    gold_tokens: usize,
    predicted_tokens: usize,
    exact: usize,
    overlap: usize,
    soft: usize,
}

impl Tally {
    fn measures(self) -> Measures {
        Measures {
            exact: Prf::new(self.exact, self.predicted, self.gold),
            overlap: Prf::new(self.overlap, self.predicted_tokens, self.gold_tokens),
            soft: Prf::new(self.soft, self.predicted, self.gold),
        }
    }
}

/// Scores all articles together.
pub(super) fn score(articles: &[Aligned<'_>]) -> Scores {
    let mut parts = [Tally::default(); 3];
    let mut quote = Tally::default();
    for article in articles {
        quote.gold += article.gold.len();
        quote.predicted += article.predicted.len();
        for sets in &article.gold {
            for (tally, part) in parts.iter_mut().zip(sets.parts()) {
                tally.gold += usize::from(!part.is_empty());
                tally.gold_tokens += part.len();
            }
        }
        for sets in &article.predicted {
            for (tally, part) in parts.iter_mut().zip(sets.parts()) {
                tally.predicted += usize::from(!part.is_empty());
                tally.predicted_tokens += part.len();
            }
        }
        parts[1].exact += same_cues(&article.gold, &article.predicted);
        for (gold, predicted) in article.pairs() {
            let (g, p) = (&article.gold[gold], &article.predicted[predicted]);
            for (number, (g, p)) in g.parts().into_iter().zip(p.parts()).enumerate() {
                let common = shared(g, p);
                parts[number].overlap += common;
                parts[number].soft += usize::from(common > 0);
                if number != 1 {
                    parts[number].exact += usize::from(!g.is_empty() && g == p);
                }
            }
            quote.exact += usize::from(align::exact(g, p));
            quote.soft += usize::from(align::soft(g, p));
        }
    }
    for part in parts {
        quote.overlap += part.overlap;
        quote.gold_tokens += part.gold_tokens;
        quote.predicted_tokens += part.predicted_tokens;
    }
    let [source, cue, content] = parts.map(Tally::measures);
    Scores {
        source,
        cue,
        content,
        quote: quote.measures(),
    }
}

/// Counts the cues that are the same, whatever they belong to.
fn same_cues(gold: &[Sets], predicted: &[Sets]) -> usize {
    let (gold, predicted) = (count_cues(gold), count_cues(predicted));
    let both = predicted
        .iter()
        .filter_map(|(cue, n)| Some(*n.min(gold.get(cue)?)));
    both.sum()
}

fn count_cues(sets: &[Sets]) -> BTreeMap<&BTreeSet<usize>, usize> {
    let mut counts = BTreeMap::new();
    for sets in sets.iter().filter(|sets| !sets.cue.is_empty()) {
        *counts.entry(&sets.cue).or_default() += 1;
    }
    counts
}
