//! Learns the network from pairs that people judged: Adam (Kingma and Ba 2015) on batches, with
//! dropout, on one thread. The same pairs and options give the same bytes.

use super::{
    Model, Rows, Stance,
    network::{
        DENSE, HIDDEN, INPUT, Input, LAST, OUTPUT, ROWS, Spread, WIDTH, fill, forward, scores,
        softmax,
    },
    numbers::N,
};

/// The highest rate of learning; it falls to zero.
const RATE: f32 = 0.002;
/// Pairs of a step.
const BATCH: usize = 64;
/// Share of words, inputs and hidden units that a step does not see.
const DROPPED: f32 = 0.3;
/// Decay of the moments.
const MOMENTS: [f32; 2] = [0.9, 0.999];
/// How much a pair of each stance counts, so that rare stances are learnt too.
const COUNTS: [f32; OUTPUT] = [1.0, 1.0, 1.5, 3.0];

/// How to learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How often all pairs are gone through.
    pub epochs: usize,
    /// Where the random numbers start.
    pub seed: u64,
    /// What the file says it was learnt from.
    pub note: String,
}

/// A pair as the network takes it, with what people say.
#[derive(Debug, Clone)]
pub struct Example {
    pub(super) input: Input,
    /// What people say.
    pub stance: Stance,
}

/// Weights with their gradient and its moments.
struct Weights {
    values: Vec<f32>,
    slopes: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
}

impl Weights {
    fn new(n: usize, mut start: impl FnMut(usize) -> f32) -> Self {
        Self {
            values: (0..n).map(&mut start).collect(),
            slopes: vec![0.0; n],
            means: vec![0.0; n],
            squares: vec![0.0; n],
        }
    }

    /// Goes a step down the gradient in a range and sets the gradient to zero.
    fn step(&mut self, range: std::ops::Range<usize>, rate: f32, corrections: [f32; 2]) {
        for at in range {
            let slope = std::mem::take(&mut self.slopes[at]) / BATCH as f32;
            self.means[at] += (1.0 - MOMENTS[0]) * (slope - self.means[at]);
            self.squares[at] += (1.0 - MOMENTS[1]) * (slope * slope - self.squares[at]);
            let square = (self.squares[at] / corrections[1]).sqrt();
            self.values[at] -= rate * (self.means[at] / corrections[0]) / (square + 1e-7);
        }
    }
}

/// Learns from examples; `each` hears of every epoch's mean loss.
#[must_use]
pub fn train(examples: &[Example], options: &Options, mut each: impl FnMut(usize, f32)) -> Model {
    let mut random = fastrand::Rng::with_seed(options.seed);
    let inputs: Vec<Input> = examples
        .iter()
        .map(|example| example.input.clone())
        .collect();
    let spread = Spread::of(&inputs);
    let mut words = Weights::new(2 * ROWS * WIDTH, |_| (random.f32() - 0.5) * 0.3);
    let mut dense = Weights::new(DENSE, |at| {
        let (size, width) = if at < LAST {
            (at, INPUT)
        } else {
            (at - LAST, HIDDEN)
        };
        let bias = size % (width + 1) == width;
        let bound = (3.0 / width as f32).sqrt();
        if bias {
            0.0
        } else {
            (random.f32() * 2.0 - 1.0) * bound
        }
    });
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let n_steps = options.epochs * examples.len().div_ceil(BATCH);
    let mut steps = 0;
    for epoch in 1..=options.epochs {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in order.chunks(BATCH) {
            let mut touched = Vec::new();
            for &at in batch {
                let numbers = spread.apply(&inputs[at].numbers);
                let stance = examples[at].stance;
                let mut step = Step {
                    words: &mut words,
                    dense: &mut dense,
                    random: &mut random,
                    touched: &mut touched,
                };
                loss += step.learn(&inputs[at], &numbers, stance);
            }
            steps += 1;
            let rate = RATE * (1.0 - steps as f32 / (n_steps + 1) as f32);
            let corrections = MOMENTS.map(|decay| 1.0 - decay.powi(steps));
            dense.step(0..DENSE, rate, corrections);
            touched.sort_unstable();
            touched.dedup();
            for row in touched {
                words.step(row * WIDTH..(row + 1) * WIDTH, rate, corrections);
            }
        }
        each(epoch, loss / examples.len().max(1) as f32);
    }
    Model {
        note: options.note.clone(),
        spread,
        rows: Rows::pack(&words.values),
        dense: dense.values,
    }
}

/// One example's part of a step.
struct Step<'a> {
    words: &'a mut Weights,
    dense: &'a mut Weights,
    random: &'a mut fastrand::Rng,
    touched: &'a mut Vec<usize>,
}

impl Step<'_> {
    /// Adds an example's gradient; returns its loss.
    fn learn(&mut self, example: &Input, numbers: &[f32; N], stance: Stance) -> f32 {
        let mut keep = || {
            if self.random.f32() < DROPPED {
                0.0
            } else {
                1.0 / (1.0 - DROPPED)
            }
        };
        let mut drop_words = |rows: &[(usize, f32)]| -> Vec<(usize, f32)> {
            let rows = rows.iter().map(|(row, weight)| (*row, weight * keep()));
            rows.filter(|(_, weight)| *weight != 0.0).collect()
        };
        let [headline, body] = [drop_words(&example.headline), drop_words(&example.body)];
        let [left, right] = [&headline, &body].map(|rows| self.sum(rows));
        let mut keep = || {
            if self.random.f32() < DROPPED {
                0.0
            } else {
                1.0 / (1.0 - DROPPED)
            }
        };
        let mut input = [0.0; INPUT];
        input[..N].copy_from_slice(numbers);
        fill(&mut input, &left, &right);
        let kept: [f32; INPUT] = std::array::from_fn(|_| keep());
        let kept_hidden: [f32; HIDDEN] = std::array::from_fn(|_| keep());
        let seen: [f32; INPUT] = std::array::from_fn(|at| input[at] * kept[at]);
        let (mut hidden, _) = forward(&self.dense.values, &seen);
        for (hidden, kept) in hidden.iter_mut().zip(kept_hidden) {
            *hidden *= kept;
        }
        let shares = softmax(scores(&self.dense.values, &hidden));
        let target = stance as usize;
        let count = COUNTS[target];
        let mut below = [0.0; HIDDEN];
        for (output, share) in shares.iter().enumerate() {
            let slope = count * (share - f32::from(u8::from(output == target)));
            let start = LAST + output * (HIDDEN + 1);
            for unit in 0..HIDDEN {
                below[unit] += slope * self.dense.values[start + unit];
                self.dense.slopes[start + unit] += slope * hidden[unit];
            }
            self.dense.slopes[start + HIDDEN] += slope;
        }
        let mut bottom = [0.0; INPUT];
        for unit in 0..HIDDEN {
            if hidden[unit] <= 0.0 {
                continue;
            }
            let slope = below[unit] * kept_hidden[unit];
            let start = unit * (INPUT + 1);
            for at in 0..INPUT {
                bottom[at] += slope * self.dense.values[start + at];
                self.dense.slopes[start + at] += slope * seen[at];
            }
            self.dense.slopes[start + INPUT] += slope;
        }
        let behind = |at: usize| bottom[at] * kept[at];
        let product = |at: usize| behind(N + 2 * WIDTH + at);
        let to_left = std::array::from_fn(|at| behind(N + at) + product(at) * right[at]);
        let to_right = std::array::from_fn(|at| behind(N + WIDTH + at) + product(at) * left[at]);
        self.spread(&headline, &to_left);
        self.spread(&body, &to_right);
        -count * shares[target].max(1e-9).ln()
    }

    fn sum(&self, rows: &[(usize, f32)]) -> [f32; WIDTH] {
        let mut sum = [0.0; WIDTH];
        for (row, weight) in rows {
            let values = &self.words.values[row * WIDTH..(row + 1) * WIDTH];
            for (sum, value) in sum.iter_mut().zip(values) {
                *sum += weight * value;
            }
        }
        sum
    }

    /// Hands a gradient of a sum on to its rows.
    fn spread(&mut self, rows: &[(usize, f32)], slopes: &[f32; WIDTH]) {
        for (row, weight) in rows {
            self.touched.push(*row);
            let values = &mut self.words.slopes[row * WIDTH..(row + 1) * WIDTH];
            for (value, slope) in values.iter_mut().zip(slopes) {
                *value += weight * slope;
            }
        }
    }
}
