//! Steps down the gradient: Adam (Kingma and Ba 2015), with the average of the weights over the last
//! steps (Polyak and Juditsky 1992), which is what is kept.

use super::{
    gradient::{Gradient, Weights},
    network::EMBEDDING,
};

/// The highest rate of learning, reached after a twentieth of the steps.
const RATE: f32 = 0.003;
/// The longest step's gradient.
const LONGEST: f32 = 5.0;
/// Decay of the first and second moments.
const MOMENTS: [f32; 2] = [0.9, 0.98];
/// Weight of the past in the average of the weights.
const AVERAGE: f32 = 0.999;

/// The moments of the gradients.
pub(super) struct Adam {
    table: [Vec<f32>; 2],
    dense: [Vec<f32>; 2],
    steps: usize,
}

impl Adam {
    pub(super) fn new(weights: &Weights) -> Self {
        let (rows, dense) = (
            vec![0.0; weights.table.len()],
            vec![0.0; weights.dense.len()],
        );
        Self {
            table: [rows.clone(), rows],
            dense: [dense.clone(), dense],
            steps: 0,
        }
    }

    /// Goes one step down the gradient of a batch of `n` and sets the gradient to zero. Rows that the
    /// batch did not touch rest.
    pub(super) fn step(
        &mut self,
        weights: &mut Weights,
        average: &mut Weights,
        gradient: &mut Gradient,
        n: usize,
        n_steps: usize,
    ) {
        self.steps += 1;
        let done = self.steps as f32 / n_steps as f32;
        let rate = RATE * (done * 20.0).min(1.0) * (1.0 - done).max(0.02);
        let row = |row: u32| row as usize * EMBEDDING..(row as usize + 1) * EMBEDDING;
        let square = |values: &[f32]| values.iter().map(|value| value * value).sum::<f32>();
        let rows: f32 = gradient
            .touched
            .iter()
            .map(|at| square(&gradient.table[row(*at)]))
            .sum();
        let length = (square(&gradient.dense) + rows).sqrt() / n as f32;
        let scale = (LONGEST / length).min(1.0) / n as f32;
        let kept = AVERAGE.min((1 + self.steps) as f32 / (10 + self.steps) as f32);
        let [first, second] = MOMENTS.map(|decay| 1.0 - decay.powi(self.steps as i32));
        let update = |weights: &mut [f32],
                      average: &mut [f32],
                      gradient: &mut [f32],
                      moments: [&mut [f32]; 2]| {
            let [means, squares] = moments;
            for at in 0..weights.len() {
                let slope = std::mem::take(&mut gradient[at]) * scale;
                means[at] = MOMENTS[0] * means[at] + (1.0 - MOMENTS[0]) * slope;
                squares[at] = MOMENTS[1] * squares[at] + (1.0 - MOMENTS[1]) * slope * slope;
                weights[at] -= rate * (means[at] / first) / ((squares[at] / second).sqrt() + 1e-6);
                average[at] = kept * average[at] + (1.0 - kept) * weights[at];
            }
        };
        let [means, squares] = &mut self.dense;
        update(
            &mut weights.dense,
            &mut average.dense,
            &mut gradient.dense,
            [means, squares],
        );
        let [means, squares] = &mut self.table;
        for at in &gradient.touched {
            let row = row(*at);
            update(
                &mut weights.table[row.clone()],
                &mut average.table[row.clone()],
                &mut gradient.table[row.clone()],
                [&mut means[row.clone()], &mut squares[row]],
            );
        }
        gradient.forget();
    }
}
