//! A bidirectional layer of simple recurrent units (Lei et al. 2018, "Simple Recurrent Units for
//! Highly Parallelizable Recurrence"), forward and backward.
//!
//! All products with weights are done for a whole sequence at once; only elementwise work goes step
//! by step. Weights lie in one flat slice, so that optimiser and file need not know of layers.

use super::kernel::{fma, kernel, multiply, multiply_input, multiply_weights, sigmoid, tanh};

/// Numbers a unit needs for one direction beside its products: bias and state weight of two gates.
const EXTRA: usize = 4;

/// Products of a unit in one direction: candidate, forget gate, output gate.
const GATES: usize = 3;

/// The shape of a layer and where its weights start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer {
    /// Where its weights start in the flat slice.
    pub(super) at: usize,
    /// Numbers of one input.
    pub(super) inputs: usize,
    /// Units of one direction; the output has twice as many numbers.
    pub(super) units: usize,
}

/// What a pass forward leaves for the pass backward; reusable.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// Products of both directions.
    products: Vec<f32>,
    forget: Vec<f32>,
    open: Vec<f32>,
    state: Vec<f32>,
    /// The output.
    pub(super) output: Vec<f32>,
}

impl Layer {
    pub(super) const fn size(inputs: usize, units: usize) -> usize {
        2 * units * (GATES * inputs + EXTRA)
    }

    fn matrix<'w>(&self, weights: &'w [f32]) -> &'w [f32] {
        &weights[self.at..][..self.inputs * self.row()]
    }

    /// Numbers of one row of products.
    fn row(&self) -> usize {
        2 * GATES * self.units
    }

    /// Where bias and state weights of a direction start.
    fn extra(&self, direction: usize) -> usize {
        self.at + self.inputs * self.row() + direction * EXTRA * self.units
    }

    /// Draws weights with `uniform` (from -1 to 1); gates start half open towards remembering.
    pub(super) fn init(&self, weights: &mut [f32], mut uniform: impl FnMut() -> f32) {
        let limit = (3.0 / self.inputs as f32).sqrt();
        for weight in &mut weights[self.at..][..self.inputs * self.row()] {
            *weight = uniform() * limit;
        }
        for direction in 0..2 {
            weights[self.extra(direction)..][..self.units].fill(1.0);
        }
    }

    /// Reads a sequence of inputs in both directions; the output stands in `pass`.
    pub(super) fn forward(&self, weights: &[f32], input: &[f32], pass: &mut Pass) {
        let rows = input.len() / self.inputs;
        let zeroed = |values: &mut Vec<f32>, n: usize| {
            values.clear();
            values.resize(n, 0.0);
        };
        zeroed(&mut pass.products, rows * self.row());
        for values in [
            &mut pass.forget,
            &mut pass.open,
            &mut pass.state,
            &mut pass.output,
        ] {
            zeroed(values, rows * 2 * self.units);
        }
        multiply(input, self.matrix(weights), &mut pass.products, self.inputs);
        for direction in 0..2 {
            let extra = &weights[self.extra(direction)..][..EXTRA * self.units];
            scan(extra, self.units, direction, pass);
        }
    }

    /// Adds the gradients of the weights to `gradient` and of the input to `to_input`.
    pub(super) fn backward(
        &self,
        weights: &[f32],
        gradient: &mut [f32],
        input: &[f32],
        pass: &Pass,
        to_output: &[f32],
        to_input: &mut [f32],
    ) {
        let mut to_products = vec![0.0; pass.products.len()];
        for direction in 0..2 {
            let at = self.extra(direction);
            let extra = &weights[at..][..EXTRA * self.units];
            let to_extra = &mut gradient[at..][..EXTRA * self.units];
            scan_back(
                extra,
                direction,
                pass,
                to_output,
                to_extra,
                &mut to_products,
            );
        }
        let matrix = self.at..self.at + self.inputs * self.row();
        multiply_weights(input, &to_products, &mut gradient[matrix], self.inputs);
        multiply_input(&to_products, self.matrix(weights), to_input, self.inputs);
    }
}

kernel! {
    /// Goes through a sequence in one direction (0: from the start, 1: from the end).
    fn scan(extra: &[f32], units: usize, direction: usize, pass: &mut Pass) scan_body
}

#[inline(always)]
fn scan_body<const FUSED: bool>(extra: &[f32], units: usize, direction: usize, pass: &mut Pass) {
    let width = 2 * units;
    let rows = pass.output.len() / width;
    let (bias_forget, rest) = extra.split_at(units);
    let (bias_open, rest) = rest.split_at(units);
    let (back_forget, back_open) = rest.split_at(units);
    let mut before = vec![0.0_f32; units];
    for step in 0..rows {
        let row = if direction == 0 {
            step
        } else {
            rows - 1 - step
        };
        let products = &pass.products[(row * 2 + direction) * GATES * units..][..GATES * units];
        let (candidate, rest) = products.split_at(units);
        let (to_forget, to_open) = rest.split_at(units);
        let here = row * width + direction * units;
        let forget = &mut pass.forget[here..][..units];
        let open = &mut pass.open[here..][..units];
        let state = &mut pass.state[here..][..units];
        let output = &mut pass.output[here..][..units];
        for unit in 0..units {
            let last = before[unit];
            let f = sigmoid::<FUSED>(fma::<FUSED>(
                back_forget[unit],
                last,
                to_forget[unit] + bias_forget[unit],
            ));
            let o = sigmoid::<FUSED>(fma::<FUSED>(
                back_open[unit],
                last,
                to_open[unit] + bias_open[unit],
            ));
            let s = fma::<FUSED>(f, last - candidate[unit], candidate[unit]);
            forget[unit] = f;
            open[unit] = o;
            state[unit] = s;
            before[unit] = s;
            output[unit] = o * tanh::<FUSED>(s);
        }
    }
}

/// The reverse of [`scan`]: adds to the gradients of the extra weights and of the products.
fn scan_back(
    extra: &[f32],
    direction: usize,
    pass: &Pass,
    to_output: &[f32],
    to_extra: &mut [f32],
    to_products: &mut [f32],
) {
    let units = extra.len() / EXTRA;
    let width = 2 * units;
    let rows = pass.output.len() / width;
    let mut to_state = vec![0.0_f32; units];
    for step in (0..rows).rev() {
        let row = if direction == 0 {
            step
        } else {
            rows - 1 - step
        };
        let here = row * width + direction * units;
        let earlier = match (step, direction) {
            (0, _) => None,
            (_, 0) => Some(here - width),
            _ => Some(here + width),
        };
        let at = (row * 2 + direction) * GATES * units;
        for unit in 0..units {
            let last = earlier.map_or(0.0, |at| pass.state[at + unit]);
            let (f, o) = (pass.forget[here + unit], pass.open[here + unit]);
            let squashed = tanh::<true>(pass.state[here + unit]);
            let to_out = to_output[here + unit];
            let to_open = to_out * squashed * o * (1.0 - o);
            let to_here = to_state[unit] + to_out * o * (1.0 - squashed * squashed);
            let to_forget = to_here * (last - pass.products[at + unit]) * f * (1.0 - f);
            to_products[at + unit] += to_here * (1.0 - f);
            to_products[at + units + unit] += to_forget;
            to_products[at + 2 * units + unit] += to_open;
            to_extra[unit] += to_forget;
            to_extra[units + unit] += to_open;
            to_extra[2 * units + unit] += to_forget * last;
            to_extra[3 * units + unit] += to_open * last;
            to_state[unit] = to_here * f
                + to_forget * extra[2 * units + unit]
                + to_open * extra[3 * units + unit];
        }
    }
}
