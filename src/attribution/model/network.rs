//! The network: a recurrent encoder of a paragraph, which tokens are anchors of cues, and for each
//! anchor the part every token near it plays.
//!
//! The second stage is that of semantic role labelling with an indicated predicate (Zhou and Xu
//! 2015; He et al. 2017), the predicate being the cue. Passes keep what learning needs; at prediction
//! nothing is dropped out.

use std::ops::Range;

use super::{
    crf::{self, Field, LABELS, Scores},
    features::Sequence,
    kernel::{multiply, squash},
    recurrent::{Layer, Pass},
};

/// Numbers that stand for a token before it is encoded.
pub(super) const EMBEDDING: usize = 64;
/// Units of the encoder in one direction.
const UNITS: usize = 48;
/// Numbers that stand for an encoded token.
pub(super) const WIDTH: usize = 2 * UNITS;
/// Hidden numbers behind the anchor's score.
pub(super) const HIDDEN: usize = 32;
/// Numbers that stand for a token seen from an anchor.
pub(super) const PAIR: usize = 48;
/// Units of the layer over a window in one direction.
const PAIR_UNITS: usize = 24;
/// Numbers behind the scores of the labels.
pub(super) const OUT: usize = 2 * PAIR_UNITS;

/// Distances from the anchor that are told apart, in one direction.
const DISTANCES: usize = 16;
/// Ways a token can stand to the anchor: by distance, sentence, quotation.
const PLACES: usize = 2 * DISTANCES + 1 + 5 + 4;
/// Tokens before an anchor that can belong to it.
const BEFORE: usize = 90;
/// Tokens from an anchor on that can belong to it.
const BEHIND: usize = 110;

/// The layers of the encoder.
pub(super) const ENCODER: [Layer; 2] = [
    Layer {
        at: 0,
        inputs: EMBEDDING,
        units: UNITS,
    },
    Layer {
        at: Layer::size(EMBEDDING, UNITS),
        inputs: WIDTH,
        units: UNITS,
    },
];
/// Where each matrix starts in the flat weights.
pub(super) const ANCHOR: usize = ENCODER[1].at + Layer::size(WIDTH, UNITS);
pub(super) const ANCHOR_BIAS: usize = ANCHOR + WIDTH * HIDDEN;
pub(super) const ANCHOR_OUT: usize = ANCHOR_BIAS + HIDDEN;
pub(super) const TOKEN: usize = ANCHOR_OUT + HIDDEN + 1;
pub(super) const HEAD: usize = TOKEN + WIDTH * PAIR;
pub(super) const PLACE: usize = HEAD + WIDTH * PAIR;
pub(super) const PAIR_BIAS: usize = PLACE + PLACES * PAIR;
/// The layer over a window.
pub(super) const ROLE: Layer = Layer {
    at: PAIR_BIAS + PAIR,
    inputs: PAIR,
    units: PAIR_UNITS,
};
pub(super) const LABEL: usize = ROLE.at + Layer::size(PAIR, PAIR_UNITS);
pub(super) const LABEL_PAIR: usize = LABEL + OUT * LABELS;
pub(super) const LABEL_BIAS: usize = LABEL_PAIR + PAIR * LABELS;
pub(super) const FIELD: usize = LABEL_BIAS + LABELS;
/// Number of flat weights.
pub(super) const SIZE: usize = FIELD + crf::SIZE;

/// Blanks out numbers while learning (Srivastava et al. 2014); does nothing at prediction.
pub(super) struct Dropout<'r>(pub(super) Option<(f32, &'r mut fastrand::Rng)>);

impl Dropout<'_> {
    /// Blanks out some of `values` and remembers in `mask` by what each was multiplied.
    fn apply(&mut self, values: &mut [f32], mask: &mut Vec<f32>) {
        mask.clear();
        let Some((share, random)) = &mut self.0 else {
            return;
        };
        let kept = 1.0 / (1.0 - *share);
        for value in values {
            let factor = if random.f32() < *share { 0.0 } else { kept };
            *value *= factor;
            mask.push(factor);
        }
    }
}

/// A paragraph, encoded.
#[derive(Debug, Default)]
pub(super) struct Encoding {
    /// The embedded tokens.
    pub(super) embedded: Vec<f32>,
    /// The input of each layer of the encoder, and the output of the last.
    pub(super) inputs: [Vec<f32>; 3],
    pub(super) masks: [Vec<f32>; 3],
    pub(super) passes: [Pass; 2],
    /// Behind the anchors' scores.
    pub(super) hidden: Vec<f32>,
    /// For every token, how far it speaks for an anchor, in logits.
    pub(super) anchors: Vec<f32>,
    /// The tokens' share of what stands for a pair of anchor and token.
    pub(super) tokens: Vec<f32>,
}

impl Encoding {
    /// Encodes what stands in `embedded`.
    pub(super) fn fill(&mut self, weights: &[f32], dropout: &mut Dropout<'_>) {
        squash(&mut self.embedded);
        self.inputs[0].clone_from(&self.embedded);
        dropout.apply(&mut self.inputs[0], &mut self.masks[0]);
        for (at, layer) in ENCODER.iter().enumerate() {
            let (input, output) = self.inputs.split_at_mut(at + 1);
            let (input, output) = (&input[at], &mut output[0]);
            layer.forward(weights, input, &mut self.passes[at]);
            output.clone_from(&self.passes[at].output);
            if at > 0 {
                // A shortcut past the layer (He et al. 2016).
                for (out, shortcut) in output.iter_mut().zip(input) {
                    *out += shortcut;
                }
            }
            dropout.apply(output, &mut self.masks[at + 1]);
        }
        let n = self.states().len() / WIDTH;
        repeat(&weights[ANCHOR_BIAS..][..HIDDEN], n, &mut self.hidden);
        multiply(
            &self.inputs[2],
            &weights[ANCHOR..ANCHOR_BIAS],
            &mut self.hidden,
            WIDTH,
        );
        let (out, bias) = (
            &weights[ANCHOR_OUT..][..HIDDEN],
            weights[ANCHOR_OUT + HIDDEN],
        );
        self.anchors.clear();
        self.anchors
            .extend(self.hidden.chunks_exact(HIDDEN).map(|hidden| {
                hidden
                    .iter()
                    .zip(out)
                    .map(|(value, weight)| value.max(0.0) * weight)
                    .sum::<f32>()
                    + bias
            }));
    }

    /// Prepares what [`Roles::fill`] needs of every token.
    pub(super) fn project(&mut self, weights: &[f32]) {
        let n = self.states().len() / WIDTH;
        repeat(&weights[PAIR_BIAS..][..PAIR], n, &mut self.tokens);
        multiply(
            &self.inputs[2],
            &weights[TOKEN..HEAD],
            &mut self.tokens,
            WIDTH,
        );
    }

    /// The encoded tokens.
    pub(super) fn states(&self) -> &[f32] {
        &self.inputs[2]
    }
}

/// The parts of the tokens near an anchor, scored.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// The tokens.
    pub(super) window: Range<usize>,
    /// How each stands to the anchor.
    pub(super) places: Vec<[u8; 3]>,
    /// What stands for each seen from the anchor.
    pub(super) pairs: Vec<f32>,
    pub(super) pair_mask: Vec<f32>,
    pub(super) pass: Pass,
    pub(super) output: Vec<f32>,
    pub(super) output_mask: Vec<f32>,
    /// The scores of the labels.
    pub(super) scores: Vec<Scores>,
}

impl Roles {
    pub(super) fn fill(
        &mut self,
        weights: &[f32],
        sequence: &Sequence,
        encoding: &Encoding,
        anchor: usize,
        dropout: &mut Dropout<'_>,
    ) {
        let n = sequence.tokens.len();
        self.window = anchor.saturating_sub(BEFORE)..(anchor + BEHIND).min(n);
        let mut head = [0.0; PAIR];
        let state = &encoding.states()[anchor * WIDTH..][..WIDTH];
        multiply(state, &weights[HEAD..PLACE], &mut head, WIDTH);
        self.places.clear();
        self.pairs.clear();
        for at in self.window.clone() {
            let places = places(sequence, anchor, at);
            let row = |place: u8| &weights[PLACE + usize::from(place) * PAIR..][..PAIR];
            let [a, b, c] = places.map(row);
            let token = &encoding.tokens[at * PAIR..][..PAIR];
            self.pairs.extend(
                (0..PAIR).map(|at| (token[at] + head[at] + a[at] + b[at] + c[at]).max(0.0)),
            );
            self.places.push(places);
        }
        dropout.apply(&mut self.pairs, &mut self.pair_mask);
        ROLE.forward(weights, &self.pairs, &mut self.pass);
        self.output.clone_from(&self.pass.output);
        dropout.apply(&mut self.output, &mut self.output_mask);
        let bias: Scores = std::array::from_fn(|label| weights[LABEL_BIAS + label]);
        self.scores.clear();
        self.scores.resize(self.window.len(), bias);
        let scores: &mut [f32] = bytemuck::cast_slice_mut(&mut self.scores);
        multiply(&self.output, &weights[LABEL..LABEL_PAIR], scores, OUT);
        multiply(&self.pairs, &weights[LABEL_PAIR..LABEL_BIAS], scores, PAIR);
    }
}

/// Draws the first weights with `uniform` (from -1 to 1), matrices by their number of inputs.
pub(super) fn init(weights: &mut [f32], mut uniform: impl FnMut() -> f32) {
    for layer in ENCODER.into_iter().chain([ROLE]) {
        layer.init(weights, &mut uniform);
    }
    for (range, inputs) in [
        (ANCHOR..ANCHOR_BIAS, WIDTH),
        (ANCHOR_OUT..ANCHOR_OUT + HIDDEN, HIDDEN),
        (TOKEN..PLACE, WIDTH),
        (PLACE..PAIR_BIAS, 75),
        (LABEL..LABEL_BIAS, OUT + PAIR),
    ] {
        let limit = (3.0 / inputs as f32).sqrt();
        for weight in &mut weights[range] {
            *weight = uniform() * limit;
        }
    }
}

/// The weights of the label sequence.
pub(super) fn field(weights: &[f32]) -> Field<'_> {
    Field(&weights[FIELD..][..crf::SIZE])
}

/// Says how a token stands to an anchor: how far behind it, in which sentence, in which quotation.
fn places(sequence: &Sequence, anchor: usize, at: usize) -> [u8; 3] {
    let (token, head) = (&sequence.tokens[at], &sequence.tokens[anchor]);
    let steps = bucket(at.abs_diff(anchor));
    let distance = if at < anchor {
        DISTANCES - steps
    } else {
        DISTANCES + steps
    };
    let sentence = (token.sentence + 2).saturating_sub(head.sentence).min(4);
    let quotation = match (token.quotation, head.quotation) {
        (None, None) => 0,
        (Some(a), Some(b)) if a == b => 1,
        (Some(_), _) => 2,
        (None, Some(_)) => 3,
    };
    let first = 2 * DISTANCES + 1;
    [distance, first + sentence, first + 5 + quotation].map(|place| place as u8)
}

/// Puts a distance into one of the classes up to [`DISTANCES`].
fn bucket(distance: usize) -> usize {
    match distance {
        0..=8 => distance,
        9..=11 => 9,
        12..=15 => 10,
        16..=20 => 11,
        21..=27 => 12,
        28..=36 => 13,
        37..=50 => 14,
        51..=70 => 15,
        _ => DISTANCES,
    }
}

fn repeat(row: &[f32], n: usize, rows: &mut Vec<f32>) {
    rows.clear();
    for _ in 0..n {
        rows.extend_from_slice(row);
    }
}
