//! Learning the weights from annotated articles: Adam (Kingma and Ba 2015) over shuffled paragraphs,
//! weights averaged over the last steps.
//!
//! The same articles, options and program give the same bytes, whatever the number of threads: a
//! batch is always cut into the same shards, whose gradients are summed in order.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::{
    Model, Table,
    adam::Adam,
    calibrate::calibrate,
    crf::Label,
    features::{self, Sequence},
    gradient::{Example, Frame, Gradient, Weights},
    network::{self, EMBEDDING},
};
use crate::{lexicon::Lexicon, span::Span, text::Text};

/// An article to learn from.
#[derive(Debug)]
pub struct Annotated<'a> {
    /// The text that was annotated.
    pub snapshot: &'a str,
    /// The same, segmented.
    pub text: Text,
    /// Cue, source and content of every attribution.
    pub attributions: Vec<[Vec<Span>; 3]>,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct TrainOptions {
    /// How often every paragraph is seen.
    pub epochs: usize,
    /// Where the random numbers start.
    pub seed: u64,
    /// What the model is to say of its origin.
    pub note: String,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 12,
            seed: 1,
            note: String::new(),
        }
    }
}

/// How far learning has come, after each epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Number of the epoch, from 1.
    pub epoch: usize,
    /// Mean loss of a paragraph's anchors.
    pub anchors: f32,
    /// Mean loss of a paragraph's labels.
    pub labels: f32,
}

/// Paragraphs of one step.
const BATCH: usize = 16;
/// Parts of a batch whose gradients are made side by side.
const SHARDS: usize = 4;
/// Share of numbers blanked out.
const DROPOUT: f32 = 0.2;
/// A rarer feature has no row.
const FEWEST: u32 = 3;
/// Every so manieth article is held out to calibrate.
const HELD_OUT: usize = 20;
/// Tokens below this probability are no anchors.
const THRESHOLD: f32 = 0.5;

/// Learns a model; `progress` hears of every epoch.
///
/// Every twentieth article is held out to calibrate the confidence; with fewer than that, or none,
/// the confidence is that of the anchor alone.
pub fn train(
    articles: &[Annotated<'_>],
    lexicon: &Lexicon,
    options: &TrainOptions,
    mut progress: impl FnMut(Progress),
) -> Model {
    let held_out = |at: usize| at % HELD_OUT == HELD_OUT - 1;
    let read: Vec<Vec<(Sequence, Vec<Frame>)>> = articles
        .par_iter()
        .map(|article| paragraphs(article, lexicon))
        .collect();
    let (mut learn, mut check) = (Vec::new(), Vec::new());
    for (at, paragraphs) in read.into_iter().enumerate() {
        if held_out(at) {
            check.extend(paragraphs);
        } else {
            learn.extend(paragraphs);
        }
    }
    let keys = vocabulary(&learn);
    let numbers: HashMap<u64, u32> = keys.iter().copied().zip(0..).collect();
    let examples: Vec<Example> = learn
        .into_iter()
        .map(|(sequence, frames)| Example {
            rows: sequence
                .keys
                .iter()
                .map(|keys| {
                    keys.iter()
                        .filter_map(|key| numbers.get(key).copied())
                        .collect()
                })
                .collect(),
            sequence,
            frames,
        })
        .collect();
    let mut random = fastrand::Rng::with_seed(options.seed);
    let mut weights = start(keys.len(), &mut random);
    let mut average = Weights {
        table: weights.table.clone(),
        dense: weights.dense.clone(),
    };
    let mut adam = Adam::new(&weights);
    let mut shards: Vec<Gradient> = (0..SHARDS).map(|_| Gradient::new(keys.len())).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let n_steps = order.len().div_ceil(BATCH) * options.epochs;
    for epoch in 1..=options.epochs {
        random.shuffle(&mut order);
        let mut losses = [0.0_f64; 2];
        for batch in order.chunks(BATCH) {
            let seeds: Vec<u64> = batch.iter().map(|_| random.u64(..)).collect();
            let found: Vec<[f32; 2]> = shards
                .par_iter_mut()
                .enumerate()
                .map(|(shard, gradient)| {
                    let mut sums = [0.0; 2];
                    for (at, seed) in batch.iter().zip(&seeds).skip(shard).step_by(SHARDS) {
                        let mut random = fastrand::Rng::with_seed(*seed);
                        let losses = gradient.add(&weights, &examples[*at], DROPOUT, &mut random);
                        sums = [sums[0] + losses[0], sums[1] + losses[1]];
                    }
                    sums
                })
                .collect();
            for sums in found {
                losses[0] += f64::from(sums[0]);
                losses[1] += f64::from(sums[1]);
            }
            let (first, others) = shards.split_at_mut(1);
            for other in others {
                first[0].take(other);
            }
            adam.step(
                &mut weights,
                &mut average,
                &mut first[0],
                batch.len(),
                n_steps,
            );
        }
        let mean = |loss: f64| (loss / examples.len().max(1) as f64) as f32;
        progress(Progress {
            epoch,
            anchors: mean(losses[0]),
            labels: mean(losses[1]),
        });
    }
    let mut model = Model {
        note: options.note.clone(),
        threshold: THRESHOLD,
        calibration: [1.0, 0.0, 0.0],
        table: quantise(keys, &average.table),
        dense: average.dense,
    };
    model.calibration = calibrate(&model, &check);
    model
}

/// Reads the paragraphs of an article with the labels of their attributions.
fn paragraphs(article: &Annotated<'_>, lexicon: &Lexicon) -> Vec<(Sequence, Vec<Frame>)> {
    (0..article.text.paragraphs.len())
        .map(|number| {
            let sequence = features::read(article.snapshot, &article.text, number, lexicon);
            let mut frames: Vec<Frame> = Vec::new();
            for parts in &article.attributions {
                // Of two attributions with one cue the first is learnt.
                if let Some(frame) = frame(&sequence, parts)
                    && !frames.iter().any(|other| other.anchor == frame.anchor)
                {
                    frames.push(frame);
                }
            }
            (sequence, frames)
        })
        .filter(|(sequence, _)| !sequence.tokens.is_empty())
        .collect()
}

/// Puts the parts of an attribution on the tokens; `None` when its cue stands elsewhere.
fn frame(sequence: &Sequence, [cue, source, content]: &[Vec<Span>; 3]) -> Option<Frame> {
    let (first, last) = (sequence.tokens.first()?, sequence.tokens.last()?);
    let here = cue.first()?;
    if here.start < first.span.start || here.start >= last.span.end {
        return None;
    }
    let mut labels = vec![Label::Other; sequence.tokens.len()];
    for (spans, label) in [
        (content, Label::Content),
        (source, Label::Source),
        (cue, Label::Cue),
    ] {
        for span in spans {
            let from = sequence
                .tokens
                .partition_point(|token| token.span.start < span.start);
            let to = sequence
                .tokens
                .partition_point(|token| token.span.start < span.end);
            labels[from..to].fill(label);
        }
    }
    let start = labels.iter().position(|label| *label == Label::Cue)?;
    let n = labels[start..]
        .iter()
        .take_while(|label| **label == Label::Cue)
        .count();
    Some(Frame {
        anchor: sequence.anchor(start..start + n),
        labels,
    })
}

/// Returns the keys that are frequent enough for a row, sorted.
fn vocabulary(paragraphs: &[(Sequence, Vec<Frame>)]) -> Vec<u64> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for key in paragraphs
        .iter()
        .flat_map(|(sequence, _)| sequence.keys.iter().flatten())
    {
        *counts.entry(*key).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST)
        .map(|(key, _)| key)
        .collect()
}

/// Draws the first weights.
fn start(rows: usize, random: &mut fastrand::Rng) -> Weights {
    let mut dense = vec![0.0; network::SIZE];
    network::init(&mut dense, || random.f32() * 2.0 - 1.0);
    let table = (0..rows * EMBEDDING)
        .map(|_| (random.f32() * 2.0 - 1.0) * 0.15)
        .collect();
    Weights { table, dense }
}

/// Rounds rows to eight bits, each with its own scale.
fn quantise(keys: Vec<u64>, table: &[f32]) -> Table {
    let (mut scales, mut rows) = (Vec::new(), Vec::new());
    for row in table.chunks(EMBEDDING) {
        let most = row
            .iter()
            .fold(0.0_f32, |most, value| most.max(value.abs()));
        let scale = most.max(1e-6) / 127.0;
        scales.push(scale);
        rows.extend(row.iter().map(|value| (value / scale).round() as i8));
    }
    Table::new(keys, scales, rows)
}
