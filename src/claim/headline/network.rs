//! The network: sums of word vectors of headline and body, their product, and the numbers of the
//! pair; one hidden layer; four stances.

use std::sync::Arc;

use super::{
    numbers::{self, N},
    words::{Body, Words},
};

/// Rows of the tables of words; a word is found by its hash.
pub(super) const ROWS: usize = 1 << 13;
/// Numbers of a word's vector.
pub(super) const WIDTH: usize = 24;
/// Numbers that go in.
pub(super) const INPUT: usize = N + 3 * WIDTH;
/// Hidden units.
pub(super) const HIDDEN: usize = 64;
/// The stances.
pub(super) const OUTPUT: usize = 4;
/// Weights of the layers: hidden with biases, output with biases.
pub(super) const DENSE: usize = HIDDEN * (INPUT + 1) + OUTPUT * (HIDDEN + 1);
/// Where the weights of the output start.
pub(super) const LAST: usize = HIDDEN * (INPUT + 1);

/// No standardised number goes beyond this.
const GREATEST: f32 = 4.0;

/// A pair as the network takes it.
#[derive(Debug, Clone)]
pub(super) struct Input {
    pub(super) numbers: [f32; N],
    /// Rows with weights; of length one.
    pub(super) headline: Vec<(usize, f32)>,
    pub(super) body: Arc<[(usize, f32)]>,
}

impl Input {
    pub(super) fn of(headline: &Words, body: &Body) -> Self {
        Self {
            numbers: numbers::numbers(headline, body),
            headline: scaled(
                headline
                    .keys
                    .iter()
                    .map(|(key, weight)| (row(*key), *weight)),
            ),
            body: Arc::clone(&body.rows),
        }
    }
}

/// The rows of a body's words, from their keys, weights and counts; frequent words count more.
pub(super) fn rows(keys: &[(u64, f32, u32)]) -> Arc<[(usize, f32)]> {
    let weigh = |n: u32| 1.0 + (n as f32).ln();
    let rows = keys.iter();
    let rows = rows.map(|(key, weight, n)| (ROWS + row(*key), weight * weigh(*n)));
    scaled(rows).into()
}

fn row(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - ROWS.trailing_zeros())) as usize
}

fn scaled(rows: impl Iterator<Item = (usize, f32)>) -> Vec<(usize, f32)> {
    let mut rows: Vec<(usize, f32)> = rows.collect();
    let length = rows
        .iter()
        .map(|(_, w)| w * w)
        .sum::<f32>()
        .sqrt()
        .max(1e-6);
    for (_, weight) in &mut rows {
        *weight /= length;
    }
    rows
}

/// How numbers are spread: what makes them comparable.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spread {
    pub(super) means: [f32; N],
    pub(super) deviations: [f32; N],
}

impl Spread {
    pub(super) fn of(inputs: &[Input]) -> Self {
        let n = inputs.len().max(1) as f64;
        let mean = |at: usize, of: &dyn Fn(f64) -> f64| {
            let values = inputs.iter().map(|input| of(f64::from(input.numbers[at])));
            values.sum::<f64>() / n
        };
        let means = std::array::from_fn(|at| mean(at, &|value| value) as f32);
        let deviations = std::array::from_fn(|at| {
            let middle = f64::from(means[at]);
            mean(at, &|value| (value - middle).powi(2)).sqrt() as f32 + 1e-6
        });
        Self { means, deviations }
    }

    pub(super) fn apply(&self, numbers: &[f32; N]) -> [f32; N] {
        std::array::from_fn(|at| {
            let value = (numbers[at] - self.means[at]) / self.deviations[at];
            value.clamp(-GREATEST, GREATEST)
        })
    }
}

/// Fills in the sums of word vectors and their product behind the numbers.
pub(super) fn fill(input: &mut [f32; INPUT], headline: &[f32; WIDTH], body: &[f32; WIDTH]) {
    for at in 0..WIDTH {
        input[N + at] = headline[at];
        input[N + WIDTH + at] = body[at];
        input[N + 2 * WIDTH + at] = headline[at] * body[at];
    }
}

/// Runs the layers; returns the hidden units and the scores.
pub(super) fn forward(dense: &[f32], input: &[f32; INPUT]) -> ([f32; HIDDEN], [f32; OUTPUT]) {
    let hidden = std::array::from_fn(|unit| {
        let weights = &dense[unit * (INPUT + 1)..(unit + 1) * (INPUT + 1)];
        (dot(weights, input) + weights[INPUT]).max(0.0)
    });
    (hidden, scores(dense, &hidden))
}

pub(super) fn scores(dense: &[f32], hidden: &[f32; HIDDEN]) -> [f32; OUTPUT] {
    std::array::from_fn(|stance| {
        let start = LAST + stance * (HIDDEN + 1);
        let weights = &dense[start..start + HIDDEN + 1];
        dot(weights, hidden) + weights[HIDDEN]
    })
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// Turns scores into probabilities.
pub(super) fn softmax(scores: [f32; OUTPUT]) -> [f32; OUTPUT] {
    let greatest = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - greatest).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
