//! What a body makes of a headline: it speaks of something else, discusses it, agrees, disagrees.
//!
//! A small network over how much of the headline stands where in the body, which attitudes are shown
//! there, and the words of both. It judges a pair of texts; what an outlet does with a claim of an
//! attribution is [`Stance`](crate::mention::Stance) and is decided elsewhere.

mod file;
mod network;
mod numbers;
pub mod train;
mod words;

use std::{fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::{lexicon::Lexicon, span::Span};
use network::{INPUT, Input, OUTPUT, Spread, WIDTH};
use numbers::N;
use words::Words;
pub use words::{Body, key};

/// What a body makes of a headline, in the order of the network's outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It speaks of something else.
    Unrelated,
    /// It speaks of the matter and leaves open whether it is so.
    Discuss,
    /// It says the same.
    Agree,
    /// It says that it is not so.
    Disagree,
}

impl Stance {
    /// All stances.
    pub const ALL: [Self; OUTPUT] = [Self::Unrelated, Self::Discuss, Self::Agree, Self::Disagree];
}

impl fmt::Display for Stance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unrelated => "unrelated",
            Self::Discuss => "discuss",
            Self::Agree => "agree",
            Self::Disagree => "disagree",
        })
    }
}

/// A judgement with how probable it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judgement {
    /// The most probable stance.
    pub stance: Stance,
    /// The probability of each, in the order of [`Stance::ALL`].
    pub probabilities: [f32; OUTPUT],
}

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// Something else.
    #[error("not a claimgraph headline model")]
    Magic,
    /// Made by another version.
    #[error(
        "a headline model of revision {found}, this version reads {}",
        file::REVISION
    )]
    Revision {
        /// The file's.
        found: u32,
    },
    /// Cut off or changed.
    #[error("a damaged headline model: its checksum does not match")]
    Damaged,
}

/// Vectors of words in eight-bit numbers with a scale each; those of headlines come first.
#[derive(Debug, Clone, PartialEq)]
struct Rows {
    scales: Vec<f32>,
    values: Vec<i8>,
}

impl Rows {
    fn pack(values: &[f32]) -> Self {
        let mut rows = Self {
            scales: Vec::new(),
            values: Vec::new(),
        };
        for row in values.chunks(WIDTH) {
            let greatest = row.iter().map(|value| value.abs()).fold(1e-9, f32::max);
            let scale = greatest / 127.0;
            rows.scales.push(scale);
            let packed = row.iter().map(|value| (value / scale).round() as i8);
            rows.values.extend(packed);
        }
        rows
    }

    fn sum(&self, rows: &[(usize, f32)]) -> [f32; WIDTH] {
        let mut sum = [0.0; WIDTH];
        for (row, weight) in rows {
            let weight = weight * self.scales[*row];
            let values = &self.values[row * WIDTH..(row + 1) * WIDTH];
            for (sum, value) in sum.iter_mut().zip(values) {
                *sum += weight * f32::from(*value);
            }
        }
        sum
    }
}

/// Weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What it was learnt from, in one line.
    pub note: String,
    spread: Spread,
    rows: Rows,
    dense: Vec<f32>,
}

impl Model {
    /// Returns the model that comes with the program.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test reads the shipped model.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            Model::from_bytes(include_bytes!("../../models/stance.bin"))
                .expect("a test reads the shipped model")
        });
        &SHIPPED
    }

    /// Returns the model as a file holds it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(self)
    }

    /// Reads what [`Model::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// When the bytes are something else, of another revision or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        file::read(bytes)
    }

    /// Judges what a body makes of a headline.
    #[must_use]
    pub fn judge(&self, headline: &str, body: &Body, lexicon: &Lexicon) -> Judgement {
        self.judge_input(&pair(headline, body, lexicon))
    }

    fn judge_input(&self, pair: &Input) -> Judgement {
        let mut input = [0.0; INPUT];
        input[..N].copy_from_slice(&self.spread.apply(&pair.numbers));
        network::fill(
            &mut input,
            &self.rows.sum(&pair.headline),
            &self.rows.sum(&pair.body),
        );
        let (_, scores) = network::forward(&self.dense, &input);
        let probabilities = network::softmax(scores);
        let best = (0..OUTPUT).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
        Judgement {
            stance: Stance::ALL[best.unwrap_or_default()],
            probabilities,
        }
    }
}

/// Makes an example to learn from.
#[must_use]
pub fn example(headline: &str, body: &Body, stance: Stance, lexicon: &Lexicon) -> train::Example {
    train::Example {
        input: pair(headline, body, lexicon),
        stance,
    }
}

fn pair(headline: &str, body: &Body, lexicon: &Lexicon) -> Input {
    let words = Words::read(headline, Span::new(0, headline.len()), lexicon);
    Input::of(&words, body)
}

#[cfg(test)]
mod tests;
