//! The loss of a paragraph and its gradient: the passes of the network backward.

use super::{
    crf::{LABELS, Label},
    features::Sequence,
    kernel::{multiply_input, multiply_weights},
    network::{
        ANCHOR, ANCHOR_BIAS, ANCHOR_OUT, Dropout, EMBEDDING, ENCODER, Encoding, HEAD, HIDDEN,
        LABEL, LABEL_BIAS, LABEL_PAIR, OUT, PAIR, PAIR_BIAS, PLACE, ROLE, Roles, SIZE, TOKEN,
        WIDTH, field,
    },
};

/// A gold attribution of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    /// The token its cue is named by.
    pub(super) anchor: usize,
    /// The part of every token of the paragraph.
    pub(super) labels: Vec<Label>,
}

/// A paragraph to learn from.
pub(super) struct Example {
    pub(super) sequence: Sequence,
    /// Rows of the table for every token.
    pub(super) rows: Vec<Vec<u32>>,
    pub(super) frames: Vec<Frame>,
}

/// Weights while learning.
pub(super) struct Weights {
    /// A row of [`EMBEDDING`] numbers for every feature.
    pub(super) table: Vec<f32>,
    /// The flat weights of the network.
    pub(super) dense: Vec<f32>,
}

/// Sums of gradients of some examples, with what is needed to make them; reusable.
pub(super) struct Gradient {
    pub(super) table: Vec<f32>,
    pub(super) dense: Vec<f32>,
    /// Rows of the table that are not zero, in the order of their first use.
    pub(super) touched: Vec<u32>,
    seen: Vec<bool>,
    encoding: Encoding,
    roles: Roles,
}

impl Gradient {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            table: vec![0.0; rows * EMBEDDING],
            dense: vec![0.0; SIZE],
            touched: Vec::new(),
            seen: vec![false; rows],
            encoding: Encoding::default(),
            roles: Roles::default(),
        }
    }

    fn touch(&mut self, row: u32) {
        if !std::mem::replace(&mut self.seen[row as usize], true) {
            self.touched.push(row);
        }
    }

    /// Moves the sums of `other` to these; `other` is zero afterwards.
    pub(super) fn take(&mut self, other: &mut Self) {
        for (sum, value) in self.dense.iter_mut().zip(&mut other.dense) {
            *sum += std::mem::take(value);
        }
        for row in std::mem::take(&mut other.touched) {
            self.touch(row);
            other.seen[row as usize] = false;
            let range = row as usize * EMBEDDING..(row as usize + 1) * EMBEDDING;
            let values = other.table[range.clone()].iter_mut();
            for (sum, value) in self.table[range].iter_mut().zip(values) {
                *sum += std::mem::take(value);
            }
        }
    }

    /// Forgets which rows were touched; the caller has set them to zero.
    pub(super) fn forget(&mut self) {
        for row in self.touched.drain(..) {
            self.seen[row as usize] = false;
        }
    }

    /// Adds the gradient of one example; returns the losses of anchors and of labels.
    pub(super) fn add(
        &mut self,
        weights: &Weights,
        example: &Example,
        dropout: f32,
        random: &mut fastrand::Rng,
    ) -> [f32; 2] {
        let n = example.sequence.tokens.len();
        // Whole features are left out too, so that no word is known by its own row alone.
        let rows: Vec<Vec<u32>> = example
            .rows
            .iter()
            .map(|rows| {
                let keep = |_: &&u32| random.f32() >= dropout / 4.0;
                rows.iter().filter(keep).copied().collect()
            })
            .collect();
        self.encoding.embedded.clear();
        self.encoding.embedded.resize(n * EMBEDDING, 0.0);
        for (rows, sum) in rows
            .iter()
            .zip(self.encoding.embedded.chunks_mut(EMBEDDING))
        {
            for row in rows {
                let values = &weights.table[*row as usize * EMBEDDING..][..EMBEDDING];
                for (sum, value) in sum.iter_mut().zip(values) {
                    *sum += value;
                }
            }
        }
        let mut encoding = std::mem::take(&mut self.encoding);
        encoding.fill(&weights.dense, &mut Dropout(Some((dropout, random))));
        encoding.project(&weights.dense);
        let mut to_states = vec![0.0; n * WIDTH];
        let anchors = self.anchors(&weights.dense, example, &encoding, &mut to_states);
        let labels = self.labels(
            &weights.dense,
            example,
            &encoding,
            &mut to_states,
            &mut Dropout(Some((dropout, random))),
        );
        let to_embedded = self.encoder(&weights.dense, &encoding, to_states);
        for (rows, values) in rows.iter().zip(to_embedded.chunks(EMBEDDING)) {
            for &row in rows {
                self.touch(row);
                let sums = &mut self.table[row as usize * EMBEDDING..][..EMBEDDING];
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += value;
                }
            }
        }
        self.encoding = encoding;
        [anchors, labels]
    }

    /// The loss of the anchors: cross-entropy of every token.
    fn anchors(
        &mut self,
        weights: &[f32],
        example: &Example,
        encoding: &Encoding,
        to_states: &mut [f32],
    ) -> f32 {
        let mut right = vec![0.0_f32; encoding.anchors.len()];
        for frame in &example.frames {
            right[frame.anchor] = 1.0;
        }
        let mut loss = 0.0;
        let mut to_hidden = vec![0.0; encoding.hidden.len()];
        for (at, (&logit, right)) in encoding.anchors.iter().zip(&right).enumerate() {
            let probability = 1.0 / (1.0 + (-logit).exp());
            loss += (1.0 + (-logit.abs()).exp()).ln() + logit.max(0.0) - logit * right;
            let to_logit = probability - right;
            self.dense[ANCHOR_OUT + HIDDEN] += to_logit;
            for hidden in 0..HIDDEN {
                let value = encoding.hidden[at * HIDDEN + hidden];
                if value > 0.0 {
                    self.dense[ANCHOR_OUT + hidden] += to_logit * value;
                    let back = to_logit * weights[ANCHOR_OUT + hidden];
                    self.dense[ANCHOR_BIAS + hidden] += back;
                    to_hidden[at * HIDDEN + hidden] = back;
                }
            }
        }
        let matrix = ANCHOR..ANCHOR_BIAS;
        multiply_weights(
            encoding.states(),
            &to_hidden,
            &mut self.dense[matrix.clone()],
            WIDTH,
        );
        multiply_input(&to_hidden, &weights[matrix], to_states, WIDTH);
        loss
    }

    /// The loss of the labels of every gold anchor.
    fn labels(
        &mut self,
        weights: &[f32],
        example: &Example,
        encoding: &Encoding,
        to_states: &mut [f32],
        dropout: &mut Dropout<'_>,
    ) -> f32 {
        let mut loss = 0.0;
        let mut to_tokens = vec![0.0; encoding.tokens.len()];
        let mut roles = std::mem::take(&mut self.roles);
        for frame in &example.frames {
            roles.fill(weights, &example.sequence, encoding, frame.anchor, dropout);
            loss += self.frame(weights, frame, &roles, encoding, &mut to_tokens, to_states);
        }
        self.roles = roles;
        for values in to_tokens.chunks(PAIR) {
            for (sum, value) in self.dense[PAIR_BIAS..][..PAIR].iter_mut().zip(values) {
                *sum += value;
            }
        }
        multiply_weights(
            encoding.states(),
            &to_tokens,
            &mut self.dense[TOKEN..HEAD],
            WIDTH,
        );
        multiply_input(&to_tokens, &weights[TOKEN..HEAD], to_states, WIDTH);
        loss
    }

    fn frame(
        &mut self,
        weights: &[f32],
        frame: &Frame,
        roles: &Roles,
        encoding: &Encoding,
        to_tokens: &mut [f32],
        to_states: &mut [f32],
    ) -> f32 {
        let n = roles.scores.len();
        let mut to_scores = vec![[0.0; LABELS]; n];
        let loss = field(weights).loss(
            &roles.scores,
            &frame.labels[roles.window.clone()],
            &mut self.dense[super::network::FIELD..],
            &mut to_scores,
        );
        for scores in &to_scores {
            for (sum, value) in self.dense[LABEL_BIAS..].iter_mut().zip(scores) {
                *sum += value;
            }
        }
        let to_scores: &[f32] = bytemuck::cast_slice(&to_scores);
        let (own, pair) = (LABEL..LABEL_PAIR, LABEL_PAIR..LABEL_BIAS);
        multiply_weights(&roles.output, to_scores, &mut self.dense[own.clone()], OUT);
        multiply_weights(&roles.pairs, to_scores, &mut self.dense[pair.clone()], PAIR);
        let mut to_output = vec![0.0; n * OUT];
        multiply_input(to_scores, &weights[own], &mut to_output, OUT);
        masked(&mut to_output, &roles.output_mask);
        let mut to_pairs = vec![0.0; n * PAIR];
        multiply_input(to_scores, &weights[pair], &mut to_pairs, PAIR);
        ROLE.backward(
            weights,
            &mut self.dense,
            &roles.pairs,
            &roles.pass,
            &to_output,
            &mut to_pairs,
        );
        masked(&mut to_pairs, &roles.pair_mask);
        let mut to_head = [0.0_f32; PAIR];
        let first = roles.window.start;
        for (at, places) in roles.places.iter().enumerate() {
            for number in 0..PAIR {
                if roles.pairs[at * PAIR + number] <= 0.0 {
                    continue;
                }
                let value = to_pairs[at * PAIR + number];
                to_head[number] += value;
                to_tokens[(first + at) * PAIR + number] += value;
                for place in places {
                    self.dense[PLACE + usize::from(*place) * PAIR + number] += value;
                }
            }
        }
        let here = frame.anchor * WIDTH..(frame.anchor + 1) * WIDTH;
        let state = &encoding.states()[here.clone()];
        multiply_weights(state, &to_head, &mut self.dense[HEAD..PLACE], WIDTH);
        multiply_input(&to_head, &weights[HEAD..PLACE], &mut to_states[here], WIDTH);
        loss
    }

    /// Goes back through the encoder; returns the gradient of the summed rows.
    fn encoder(&mut self, weights: &[f32], encoding: &Encoding, to_states: Vec<f32>) -> Vec<f32> {
        let mut to_output = to_states;
        for (at, layer) in ENCODER.iter().enumerate().rev() {
            masked(&mut to_output, &encoding.masks[at + 1]);
            let input = &encoding.inputs[at];
            let mut to_input = match at {
                0 => vec![0.0; input.len()],
                _ => to_output.clone(),
            };
            layer.backward(
                weights,
                &mut self.dense,
                input,
                &encoding.passes[at],
                &to_output,
                &mut to_input,
            );
            to_output = to_input;
        }
        masked(&mut to_output, &encoding.masks[0]);
        for (value, squashed) in to_output.iter_mut().zip(&encoding.embedded) {
            *value *= 1.0 - squashed * squashed;
        }
        to_output
    }
}

fn masked(values: &mut [f32], mask: &[f32]) {
    for (value, factor) in values.iter_mut().zip(mask) {
        *value *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        attribution::model::features::{self, Token},
        span::Span,
    };

    /// Five tokens, one frame.
    fn example() -> Example {
        let token = |at: usize| Token {
            span: Span::new(at, at + 1),
            sentence: at / 3,
            quotation: (at > 3).then_some(0),
            open: true,
        };
        let n = 5;
        Example {
            sequence: Sequence {
                tokens: (0..n).map(token).collect(),
                keys: vec![[0; features::KINDS]; n],
            },
            rows: (0..n as u32).map(|at| vec![at % 3, 3]).collect(),
            frames: vec![Frame {
                anchor: 1,
                labels: vec![
                    Label::Source,
                    Label::Cue,
                    Label::Content,
                    Label::Content,
                    Label::Other,
                ],
            }],
        }
    }

    fn loss(weights: &Weights, example: &Example) -> f32 {
        let mut gradient = Gradient::new(4);
        let losses = gradient.add(weights, example, 0.0, &mut fastrand::Rng::with_seed(7));
        losses.iter().sum()
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let example = example();
        let mut random = fastrand::Rng::with_seed(1);
        let mut draw = |n: usize| -> Vec<f32> { (0..n).map(|_| random.f32() - 0.5).collect() };
        let mut weights = Weights {
            table: draw(4 * EMBEDDING),
            dense: draw(SIZE),
        };
        let mut gradient = Gradient::new(4);
        gradient.add(&weights, &example, 0.0, &mut fastrand::Rng::with_seed(7));
        let step = 1e-2;
        // Some weights of every matrix.
        let starts = [
            0,
            ANCHOR - 1,
            ANCHOR,
            ANCHOR_BIAS,
            ANCHOR_OUT,
            TOKEN,
            HEAD,
            PLACE + 16 * PAIR,
            PAIR_BIAS,
            ROLE.at,
            LABEL - 1,
            LABEL,
            LABEL_PAIR,
            LABEL_BIAS,
            super::super::network::FIELD,
        ];
        for at in starts
            .into_iter()
            .flat_map(|at| [at, (at + 3).min(SIZE - 1)])
        {
            let kept = weights.dense[at];
            weights.dense[at] = kept + step;
            let more = loss(&weights, &example);
            weights.dense[at] = kept - step;
            let less = loss(&weights, &example);
            weights.dense[at] = kept;
            let slope = (more - less) / (2.0 * step);
            let found = gradient.dense[at];
            assert!(
                (slope - found).abs() < 0.02 + 0.05 * slope.abs(),
                "{at}: {slope} {found}"
            );
        }
        for at in [0, 5, EMBEDDING + 1, 3 * EMBEDDING] {
            let kept = weights.table[at];
            weights.table[at] = kept + step;
            let more = loss(&weights, &example);
            weights.table[at] = kept - step;
            let less = loss(&weights, &example);
            weights.table[at] = kept;
            let slope = (more - less) / (2.0 * step);
            let found = gradient.table[at];
            assert!(
                (slope - found).abs() < 0.02 + 0.05 * slope.abs(),
                "row {at}: {slope} {found}"
            );
        }
    }
}
