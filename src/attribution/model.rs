//! The trained extractor: a small recurrent network that finds cue, source and content.
//!
//! It reads a paragraph at a time and knows only what it was trained on; what its finds mean
//! (stance, hearer, nesting) is decided behind it. How it is trained stands in [`train`].

mod adam;
mod calibrate;
mod crf;
mod features;
mod file;
mod gradient;
mod kernel;
mod network;
mod recurrent;
pub mod train;

use std::{ops::Range, sync::LazyLock};

use crate::{lexicon::Lexicon, span::Span, text::Text};
use crf::Label;
use features::{KINDS, Sequence};
pub use file::ModelError;
use network::{Dropout, EMBEDDING, Encoding, Roles};

/// From this probability on a token may be an anchor: a rule that takes it for one is believed.
const POSSIBLE: f32 = 0.1;

/// An attribution as the network finds it, in PolNeAR's convention: the cue is the whole verb group,
/// the content has its "that" and its quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The word the cue is named by.
    pub anchor: Span,
    /// The words that mark it.
    pub cue: Vec<Span>,
    /// The words that name the source.
    pub source: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The number of the sentence that holds the anchor.
    pub sentence: usize,
    /// How probable it is that there is such an attribution and that its parts are about right.
    pub confidence: f32,
}

/// What the network finds in a paragraph.
#[derive(Debug, Default, PartialEq)]
pub struct Finds {
    /// The attributions, in the order of their anchors.
    pub certain: Vec<Find>,
    /// The anchors of those and of others that are less probable, in order.
    pub possible: Vec<Span>,
}

/// Weights with the features they belong to.
#[derive(Debug)]
pub struct Model {
    /// What it was trained on, in one line.
    pub note: String,
    /// From which probability on a token is taken for an anchor.
    threshold: f32,
    /// Weights of the anchor's logit, of the labels' log-probability, and the bias.
    calibration: [f32; 3],
    table: Table,
    dense: Vec<f32>,
}

/// Rows of eight-bit numbers by the key of a feature.
#[derive(Debug)]
struct Table {
    /// Sorted.
    keys: Vec<u64>,
    scales: Vec<f32>,
    rows: Vec<i8>,
    /// Open addressing: number of the row plus one, at the key's upper bits.
    slots: Vec<u32>,
}

/// Buffers of a prediction, reused from paragraph to paragraph.
#[derive(Debug, Default)]
pub struct Scratch {
    encoding: Encoding,
    roles: Roles,
}

impl Table {
    fn new(keys: Vec<u64>, scales: Vec<f32>, rows: Vec<i8>) -> Self {
        let n_slots = (keys.len() * 2).next_power_of_two();
        let mut slots = vec![0; n_slots];
        for (row, key) in keys.iter().enumerate() {
            let mut slot = slot(*key, n_slots);
            while slots[slot] != 0 {
                slot = (slot + 1) & (n_slots - 1);
            }
            slots[slot] = row as u32 + 1;
        }
        Self {
            keys,
            scales,
            rows,
            slots,
        }
    }

    /// Finds the number of a feature's row.
    fn row(&self, key: u64) -> Option<usize> {
        let n_slots = self.slots.len();
        let mut slot = slot(key, n_slots);
        loop {
            let row = (self.slots[slot] as usize).checked_sub(1)?;
            if self.keys[row] == key {
                return Some(row);
            }
            slot = (slot + 1) & (n_slots - 1);
        }
    }

    /// Sums the rows of all features of every token.
    fn embed(&self, keys: &[[u64; KINDS]], embedded: &mut Vec<f32>) {
        embedded.clear();
        embedded.resize(keys.len() * EMBEDDING, 0.0);
        for (keys, sum) in keys.iter().zip(embedded.chunks_exact_mut(EMBEDDING)) {
            for row in keys.iter().filter_map(|key| self.row(*key)) {
                let bytes = &self.rows[row * EMBEDDING..][..EMBEDDING];
                kernel::add_bytes(bytes, self.scales[row], sum);
            }
        }
    }
}

fn slot(key: u64, n_slots: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (n_slots - 1)
}

impl Model {
    /// Returns the model that comes with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            Model::from_bytes(include_bytes!("../../models/attribution.bin"))
                .expect("a test reads the shipped model")
        });
        &SHIPPED
    }

    /// Reads a model from the bytes of its file.
    ///
    /// # Errors
    ///
    /// When the bytes are no model, one of another revision, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        file::read(bytes)
    }

    /// Returns the bytes of the model's file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(self)
    }

    /// Finds the attributions of one paragraph.
    #[must_use]
    pub fn find(
        &self,
        snapshot: &str,
        text: &Text,
        paragraph: usize,
        lexicon: &Lexicon,
        scratch: &mut Scratch,
    ) -> Finds {
        let sequence = features::read(snapshot, text, paragraph, lexicon);
        let certain = self
            .candidates(&sequence, self.threshold, scratch)
            .into_iter()
            .map(|candidate| self.complete(&sequence, candidate))
            .collect();
        let possible = sequence
            .tokens
            .iter()
            .zip(&scratch.encoding.anchors)
            .filter(|(_, found)| **found >= logit(POSSIBLE))
            .map(|(token, _)| token.span)
            .collect();
        Finds { certain, possible }
    }

    /// Finds the anchors whose probability reaches `threshold`, with their labels.
    fn candidates(
        &self,
        sequence: &Sequence,
        threshold: f32,
        scratch: &mut Scratch,
    ) -> Vec<Candidate> {
        let Scratch { encoding, roles } = scratch;
        self.table.embed(&sequence.keys, &mut encoding.embedded);
        encoding.fill(&self.dense, &mut Dropout(None));
        let least = logit(threshold);
        let anchors: Vec<usize> = (0..sequence.tokens.len())
            .filter(|&at| encoding.anchors[at] >= least)
            .collect();
        if anchors.is_empty() {
            return Vec::new();
        }
        encoding.project(&self.dense);
        let field = network::field(&self.dense);
        anchors
            .into_iter()
            .map(|anchor| {
                roles.fill(&self.dense, sequence, encoding, anchor, &mut Dropout(None));
                let (labels, score) = field.best(&roles.scores);
                Candidate {
                    anchor,
                    logit: encoding.anchors[anchor],
                    log_probability: score - field.total(&roles.scores),
                    window: roles.window.clone(),
                    labels,
                }
            })
            .collect()
    }

    fn complete(&self, sequence: &Sequence, candidate: Candidate) -> Find {
        let token = sequence.tokens[candidate.anchor];
        let mut cue = candidate.spans(sequence, Label::Cue);
        if cue.is_empty() {
            cue.push(token.span);
        }
        Find {
            anchor: token.span,
            cue,
            source: candidate.spans(sequence, Label::Source),
            content: candidate.spans(sequence, Label::Content),
            sentence: token.sentence,
            confidence: self.confidence(&candidate),
        }
    }

    /// Turns scores into a probability (Platt 1999), fitted on articles held out from training.
    fn confidence(&self, candidate: &Candidate) -> f32 {
        let [anchor, labels, bias] = self.calibration;
        let logit = anchor * candidate.logit + labels * candidate.log_probability + bias;
        1.0 / (1.0 + (-logit).exp())
    }
}

fn logit(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln()
}

/// An anchor with the labels of the tokens around it.
struct Candidate {
    anchor: usize,
    logit: f32,
    log_probability: f32,
    window: Range<usize>,
    labels: Vec<Label>,
}

impl Candidate {
    /// Returns the runs of tokens with a label.
    fn spans(&self, sequence: &Sequence, label: Label) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut inside = false;
        for (found, token) in self
            .labels
            .iter()
            .zip(&sequence.tokens[self.window.clone()])
        {
            match spans.last_mut() {
                Some(last) if inside && *found == label => *last = last.cover(token.span),
                _ if *found == label => spans.push(token.span),
                _ => {}
            }
            inside = *found == label;
        }
        spans
    }
}

#[cfg(test)]
mod tests;
