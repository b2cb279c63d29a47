//! How far a find can be believed: a logistic fit on articles held out from learning (Platt 1999).

use super::{Candidate, Model, Scratch, crf::Label, features::Sequence, gradient::Frame};

/// Fits the confidence to what is right on articles that were held out: logistic regression by
/// Newton's method.
pub(super) fn calibrate(model: &Model, held_out: &[(Sequence, Vec<Frame>)]) -> [f32; 3] {
    let mut points: Vec<([f64; 3], f64)> = Vec::new();
    let mut scratch = Scratch::default();
    for (sequence, frames) in held_out {
        for candidate in model.candidates(sequence, 0.2, &mut scratch) {
            let right = frames
                .iter()
                .find(|frame| frame.labels[candidate.anchor] == Label::Cue)
                .is_some_and(|frame| is_about_right(&candidate, frame));
            points.push((
                [
                    f64::from(candidate.logit),
                    f64::from(candidate.log_probability),
                    1.0,
                ],
                f64::from(u8::from(right)),
            ));
        }
    }
    let mut fit = [1.0, 0.0, 0.0_f64];
    if points.len() < 100 {
        return fit.map(|value| value as f32);
    }
    for _ in 0..20 {
        let mut slope = [0.0; 3];
        let mut curve = [[0.0; 3]; 3];
        for (x, right) in &points {
            let logit: f64 = x.iter().zip(&fit).map(|(x, weight)| x * weight).sum();
            let probability = 1.0 / (1.0 + (-logit).exp());
            for a in 0..3 {
                slope[a] += (right - probability) * x[a];
                for b in 0..3 {
                    curve[a][b] += probability * (1.0 - probability) * x[a] * x[b];
                }
            }
        }
        for (at, row) in curve.iter_mut().enumerate() {
            row[at] += 1e-3;
        }
        for (weight, step) in fit.iter_mut().zip(solve(curve, slope)) {
            *weight += step;
        }
    }
    fit.map(|value| value as f32)
}

/// Solves three linear equations whose matrix is positive definite.
fn solve(mut matrix: [[f64; 3]; 3], mut right: [f64; 3]) -> [f64; 3] {
    for at in 0..3 {
        let pivot = matrix[at];
        for row in at + 1..3 {
            let factor = matrix[row][at] / pivot[at];
            for (value, above) in matrix[row].iter_mut().zip(pivot).skip(at) {
                *value -= factor * above;
            }
            right[row] -= factor * right[at];
        }
    }
    let mut solution = [0.0; 3];
    for at in (0..3).rev() {
        let known: f64 = (at + 1..3)
            .map(|column| matrix[at][column] * solution[column])
            .sum();
        solution[at] = (right[at] - known) / matrix[at][at];
    }
    solution
}

/// Says whether a source is shared and at least half of the content.
fn is_about_right(candidate: &Candidate, frame: &Frame) -> bool {
    let shared = |label: Label| {
        let right = &frame.labels[candidate.window.clone()];
        let pairs = candidate.labels.iter().zip(right);
        let both = pairs.filter(|(a, b)| **a == label && **b == label).count();
        let found = candidate
            .labels
            .iter()
            .filter(|found| **found == label)
            .count();
        let wanted = frame
            .labels
            .iter()
            .filter(|wanted| **wanted == label)
            .count();
        (both, found + wanted)
    };
    let (source, sources) = shared(Label::Source);
    let (content, contents) = shared(Label::Content);
    (source > 0 || sources == 0) && 4 * content >= contents
}
