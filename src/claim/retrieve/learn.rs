//! Weights of a sum that puts the right entry first: the probability of each candidate is the
//! softmax of its sum (ListNet's top-one probability, Cao et al. 2007), climbed by Adam on all
//! queries at once. The same queries give the same weights.

use super::{Candidate, N};

const STEPS: i32 = 600;
const RATE: f64 = 0.02;
/// Draws weights towards nothing.
const CAUTION: f64 = 1e-3;

/// What each number counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    pub(super) weights: [f64; N],
}

/// Candidates of a query with the places of those that are right.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The candidates.
    pub candidates: Vec<Candidate>,
    /// Which entries are right.
    pub right: Vec<usize>,
}

impl Ranking {
    /// Learns from judged queries; those whose candidates are all wrong teach nothing.
    #[must_use]
    pub fn learn<'a>(judged: impl Iterator<Item = &'a Judged>) -> Self {
        let is_right =
            |query: &Judged, at: usize| query.right.contains(&query.candidates[at].entry);
        let queries: Vec<(&Judged, usize)> = judged
            .filter_map(|query| {
                let right = (0..query.candidates.len()).find(|at| is_right(query, *at))?;
                Some((query, right))
            })
            .collect();
        let spread = spread(queries.iter().flat_map(|(query, _)| &query.candidates));
        let rows: Vec<(Vec<[f64; N]>, usize)> = (queries.iter())
            .map(|(query, right)| {
                let scaled = query.candidates.iter().map(|candidate| {
                    std::array::from_fn(|at| f64::from(candidate.numbers[at]) / spread[at])
                });
                (scaled.collect(), *right)
            })
            .collect();
        let (mut weights, mut means, mut squares) = ([0.0; N], [0.0; N], [0.0; N]);
        for step in 1..=STEPS {
            let slopes = slopes(&rows, &weights);
            for at in 0..N {
                means[at] += 0.1 * (slopes[at] - means[at]);
                squares[at] += 0.001 * (slopes[at] * slopes[at] - squares[at]);
                let mean = means[at] / (1.0 - 0.9_f64.powi(step));
                let square: f64 = squares[at] / (1.0 - 0.999_f64.powi(step));
                weights[at] -= RATE * mean / (square.sqrt() + 1e-9);
            }
        }
        for (weight, spread) in weights.iter_mut().zip(spread) {
            *weight /= spread;
        }
        Self { weights }
    }

    /// Returns the entries, best first.
    #[must_use]
    pub fn rank(&self, candidates: &[Candidate]) -> Vec<usize> {
        let score = |candidate: &Candidate| -> f64 {
            let numbers = candidate.numbers.iter().zip(&self.weights);
            numbers
                .map(|(number, weight)| f64::from(*number) * weight)
                .sum()
        };
        let mut scored: Vec<(f64, usize)> = (candidates.iter())
            .map(|candidate| (score(candidate), candidate.entry))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.into_iter().map(|(_, entry)| entry).collect()
    }
}

/// Standard deviation of each number.
fn spread<'a>(candidates: impl Iterator<Item = &'a Candidate> + Clone) -> [f64; N] {
    let n = candidates.clone().count().max(1) as f64;
    std::array::from_fn(|at| {
        let values = || {
            candidates
                .clone()
                .map(|candidate| f64::from(candidate.numbers[at]))
        };
        let mean = values().sum::<f64>() / n;
        let square = values().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        if square > 1e-12 { square.sqrt() } else { 1.0 }
    })
}

/// The gradient of the mean loss.
fn slopes(rows: &[(Vec<[f64; N]>, usize)], weights: &[f64; N]) -> [f64; N] {
    let mut slopes: [f64; N] = std::array::from_fn(|at| 2.0 * CAUTION * weights[at]);
    for (candidates, right) in rows {
        let score = |row: &[f64; N]| -> f64 { row.iter().zip(weights).map(|(a, b)| a * b).sum() };
        let scores: Vec<f64> = candidates.iter().map(score).collect();
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - best).exp()).collect();
        let whole: f64 = shares.iter().sum();
        for (at, (row, share)) in candidates.iter().zip(&shares).enumerate() {
            let wrong = share / whole - f64::from(u8::from(at == *right));
            for (slope, number) in slopes.iter_mut().zip(row) {
                *slope += wrong * number / rows.len() as f64;
            }
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(numbers: &[[f32; 2]], right: usize) -> Judged {
        let candidate = |(entry, two): (usize, &[f32; 2])| {
            let mut numbers = [0.0; N];
            numbers[..2].copy_from_slice(two);
            Candidate { entry, numbers }
        };
        Judged {
            candidates: numbers.iter().enumerate().map(candidate).collect(),
            right: vec![right],
        }
    }

    #[test]
    fn what_tells_the_right_entry_is_learnt() {
        // The second number tells, against the first.
        let queries = [
            judged(&[[0.9, 0.1], [0.5, 0.8], [0.7, 0.2]], 1),
            judged(&[[0.3, 0.9], [0.8, 0.3]], 0),
            judged(&[[0.6, 0.2], [0.4, 0.4], [0.9, 0.5]], 2),
        ];
        let ranking = Ranking::learn(queries.iter());
        assert!(ranking.weights[1] > ranking.weights[0].abs());
        let unseen = judged(&[[1.0, 0.3], [0.2, 0.7]], 1);
        assert_eq!(ranking.rank(&unseen.candidates), [1, 0]);
        assert_eq!(ranking, Ranking::learn(queries.iter()));
    }

    #[test]
    fn nothing_to_learn_from_leaves_the_order_alone() {
        let ranking = Ranking::learn([judged(&[[1.0, 1.0]], 7)].iter());
        assert_eq!(ranking.weights, [0.0; N]);
        let unseen = judged(&[[0.1, 0.0], [0.9, 0.0]], 0);
        assert_eq!(ranking.rank(&unseen.candidates), [0, 1]);
    }
}
