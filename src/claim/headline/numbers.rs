//! The numbers of a headline and a body: how much of the one stands where in the other, and which
//! attitudes are shown there.

use super::words::{ATTITUDES, Body, HEDGING, NEGATING, REFUTING, Words};

/// How many numbers there are.
pub(super) const N: usize = 66;

/// Reads the numbers of a pair; the great ones as logarithms.
pub(super) fn numbers(headline: &Words, body: &Body) -> [f32; N] {
    let sentences = &body.sentences;
    let n = sentences.len();
    let whole = total(headline.keys.iter()).max(1e-6);
    let shared = |words: &Words| total(headline.keys.iter().filter(|(key, _)| words.holds(*key)));
    let overlap: Vec<f32> = sentences
        .iter()
        .map(|words| shared(words) / whole)
        .collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| overlap[*b].total_cmp(&overlap[*a]).then(a.cmp(b)));
    let best = order[0];
    let top = &order[..n.min(3)];
    let at = |rank: usize| order.get(rank).map_or(0.0, |at| overlap[*at]);
    let lead = &sentences[..n.min(3)];
    let in_lead = |key: u64| lead.iter().any(|words| words.holds(key));
    let mut weights: Vec<f32> = headline.keys.iter().map(|(_, weight)| *weight).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    let telling = weights.get(2).copied().unwrap_or(0.0);
    let missing = headline.keys.iter().filter(|(key, _)| !body.holds(*key));
    let missing = missing.map(|(_, weight)| *weight).fold(0.0, f32::max);
    let n_pairs = headline.pairs.len().max(1) as f32;
    let same = |pairs: &[u64]| common(&headline.pairs, pairs) as f32 / n_pairs;
    let focus = |at: &usize| overlap[*at] * whole / total(sentences[*at].keys.iter()).max(1e-6);
    let n_words: usize = sentences.iter().map(|words| words.n).sum();
    let share = |count: usize| count as f32 / n as f32;
    let yes = |is: bool| f32::from(u8::from(is));
    let above = |bound: f32| overlap.iter().filter(|value| **value > bound).count();
    let covered = |holds: &dyn Fn(u64) -> bool| {
        total(headline.keys.iter().filter(|(key, _)| holds(*key))) / whole
    };
    let mut numbers = Numbers::default();
    numbers.extend([
        at(0),
        at(1),
        top.iter().map(|at| overlap[*at]).sum::<f32>() / top.len() as f32,
        overlap[0],
        covered(&|key| body.holds(key)),
        covered(&in_lead),
        top.iter().map(focus).fold(0.0, f32::max),
        same(&body.pairs),
        (sentences.iter().map(|words| same(&words.pairs))).fold(0.0, f32::max),
        missing,
        weights.iter().take(2).sum(),
        (headline.keys.iter())
            .filter(|(key, weight)| *weight >= telling && body.holds(*key))
            .count() as f32
            / headline.keys.len().max(1) as f32,
        share(best),
        best as f32,
        n as f32,
        headline.n as f32,
        n_words as f32,
        headline.figures.len() as f32,
        common(&headline.figures, &body.figures) as f32,
        share(above(0.3)),
        above(0.5) as f32,
        overlap.iter().sum::<f32>() / n as f32,
    ]);
    numbers.extend(headline.attitudes);
    numbers.extend([headline.quotes, yes(headline.asks)]);
    let near = best.saturating_sub(1)..n.min(best + 2);
    let count = |words: &mut dyn Iterator<Item = &Words>| {
        words.fold([0.0; ATTITUDES], |mut sum, words| {
            for (sum, count) in sum.iter_mut().zip(words.attitudes) {
                *sum += count;
            }
            sum
        })
    };
    let all = count(&mut sentences.iter());
    numbers.extend(sentences[best].attitudes);
    numbers.extend(count(&mut sentences[near].iter()));
    numbers.extend(count(&mut top.iter().map(|at| &sentences[*at])));
    numbers.extend(count(&mut lead.iter()));
    numbers.extend(all);
    numbers.extend(all.map(|count| 100.0 * count / (n_words + 1) as f32));
    let overlaps = overlap.iter().sum::<f32>().max(1e-6);
    for attitude in 0..ATTITUDES {
        let weighed = sentences.iter().zip(&overlap);
        let weighed = weighed.map(|(words, overlap)| overlap * words.attitudes[attitude]);
        numbers.extend([weighed.sum::<f32>() / overlaps]);
    }
    let differ = |attitude: usize| {
        yes((headline.attitudes[attitude] > 0.0) != (sentences[best].attitudes[attitude] > 0.0))
    };
    let most = |fits: &dyn Fn(&Words) -> bool| {
        let fitting = sentences
            .iter()
            .zip(&overlap)
            .filter(|(words, _)| fits(words));
        fitting.map(|(_, overlap)| *overlap).fold(0.0, f32::max)
    };
    let tail = &sentences[n.saturating_sub(3)..];
    numbers.extend([
        differ(NEGATING),
        differ(REFUTING),
        sentences[best].quotes,
        yes(sentences[best].asks),
        sentences.iter().map(|words| words.quotes).sum::<f32>() / n as f32,
        count(&mut tail.iter())[REFUTING],
        sentences[best].attitudes[REFUTING] * overlap[best],
        most(&|words| words.attitudes[REFUTING] > 0.0),
        most(&|words| words.attitudes[HEDGING] > 0.0),
        most(&|words| words.attitudes[REFUTING] + words.attitudes[HEDGING] == 0.0),
    ]);
    numbers.values.map(f32::ln_1p)
}

/// Numbers in the order in which they are read.
struct Numbers {
    values: [f32; N],
    n: usize,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            values: [0.0; N],
            n: 0,
        }
    }
}

impl Numbers {
    fn extend(&mut self, values: impl IntoIterator<Item = f32>) {
        for value in values {
            self.values[self.n] = value;
            self.n += 1;
        }
    }
}

fn total<'a>(keys: impl Iterator<Item = &'a (u64, f32)>) -> f32 {
    keys.map(|(_, weight)| *weight).sum()
}

/// Counts what two sorted lists share.
fn common(left: &[u64], right: &[u64]) -> usize {
    let holds = |key: &&u64| right.binary_search(key).is_ok();
    left.iter().filter(holds).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lexicon::Lexicon, span::Span};

    fn of(headline: &str, body: &str) -> [f32; N] {
        let lexicon = Lexicon::shipped();
        let headline = Words::read(headline, Span::new(0, headline.len()), lexicon);
        numbers(&headline, &Body::read(body, lexicon))
    }

    #[test]
    fn every_number_is_set_and_finite() {
        let headline = Words::default();
        let found = numbers(&headline, &Body::read("", Lexicon::shipped()));
        assert!(found.iter().all(|number| number.is_finite()));
    }

    #[test]
    fn a_body_that_repeats_the_headline_overlaps_more() {
        let near = of(
            "Whale seen in canal",
            "A big whale was seen in the canal. Nobody knows why.",
        );
        let far = of(
            "Whale seen in canal",
            "The bakery opens at six. It sells rye bread.",
        );
        assert!(near[0] > far[0] + 0.3 && near[4] > far[4] + 0.3);
    }

    #[test]
    fn doubt_is_counted_where_the_headline_is_met() {
        let body = "A whale was seen in the canal, pictures claimed. It was a hoax.";
        let doubted = of("Whale seen in canal", body);
        let plain = of(
            "Whale seen in canal",
            "A whale was seen in the canal. It left.",
        );
        // Attitudes around the best sentence start behind 22 + 6 + 4 numbers.
        assert!(doubted[32] > plain[32]);
    }
}
