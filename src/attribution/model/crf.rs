//! A linear-chain conditional random field over the labels of a window (Lafferty et al. 2001).

/// A token's part in an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(super) enum Label {
    /// None.
    #[default]
    Other,
    /// It names the source.
    Source,
    /// It is what is said.
    Content,
    /// It marks the attribution.
    Cue,
}

/// Number of labels.
pub(super) const LABELS: usize = 4;

/// Numbers of a field: from label to label, then of the first, then of the last token.
pub(super) const SIZE: usize = LABELS * LABELS + 2 * LABELS;

/// Scores of the labels of one token.
pub(super) type Scores = [f32; LABELS];

impl Label {
    /// All labels, by number.
    pub(super) const ALL: [Self; LABELS] = [Self::Other, Self::Source, Self::Content, Self::Cue];
}

/// The weights of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'w>(pub(super) &'w [f32]);

/// Sums over all sequences of labels, in logarithms.
pub(super) struct Sums {
    /// Of all sequences.
    pub(super) total: f32,
    /// Up to and with a token that has a label.
    forward: Vec<Scores>,
    /// Behind a token that has a label.
    backward: Vec<Scores>,
}

impl Field<'_> {
    fn step(&self, from: usize, to: usize) -> f32 {
        self.0[from * LABELS + to]
    }

    fn first(&self, label: usize) -> f32 {
        self.0[LABELS * LABELS + label]
    }

    fn last(&self, label: usize) -> f32 {
        self.0[LABELS * LABELS + LABELS + label]
    }

    /// Returns the best sequence of labels and its score (Viterbi).
    pub(super) fn best(&self, scores: &[Scores]) -> (Vec<Label>, f32) {
        let Some(start) = scores.first() else {
            return (Vec::new(), 0.0);
        };
        let mut sums: Scores = std::array::from_fn(|label| start[label] + self.first(label));
        let mut from = vec![[0_u8; LABELS]; scores.len()];
        for (token, from) in scores.iter().zip(&mut from).skip(1) {
            sums = std::array::from_fn(|to| {
                let (best, sum) = (0..LABELS)
                    .map(|label| (label, sums[label] + self.step(label, to)))
                    .fold((0, f32::MIN), |a, b| if b.1 > a.1 { b } else { a });
                from[to] = best as u8;
                sum + token[to]
            });
        }
        let (mut label, score) = (0..LABELS)
            .map(|label| (label, sums[label] + self.last(label)))
            .fold((0, f32::MIN), |a, b| if b.1 > a.1 { b } else { a });
        let mut labels = vec![Label::Other; scores.len()];
        for (at, from) in from.iter().enumerate().rev() {
            labels[at] = Label::ALL[label];
            label = usize::from(from[label]);
        }
        (labels, score)
    }

    /// Returns the logarithm of the sum over all sequences.
    pub(super) fn total(&self, scores: &[Scores]) -> f32 {
        let Some(start) = scores.first() else {
            return 0.0;
        };
        let mut sums: Scores = std::array::from_fn(|label| start[label] + self.first(label));
        for token in &scores[1..] {
            sums = self.forward_step(&sums, token);
        }
        log_sum(std::array::from_fn(|label| sums[label] + self.last(label)))
    }

    fn forward_step(&self, sums: &Scores, token: &Scores) -> Scores {
        std::array::from_fn(|to| {
            log_sum(std::array::from_fn(|from| sums[from] + self.step(from, to))) + token[to]
        })
    }

    /// Sums forward and backward over all sequences of a window that is not empty.
    pub(super) fn sums(&self, scores: &[Scores]) -> Sums {
        let mut forward = vec![[0.0; LABELS]; scores.len()];
        let mut backward = vec![[0.0; LABELS]; scores.len()];
        let end = scores.len() - 1;
        for label in 0..LABELS {
            forward[0][label] = scores[0][label] + self.first(label);
            backward[end][label] = self.last(label);
        }
        for at in 1..scores.len() {
            forward[at] = self.forward_step(&forward[at - 1], &scores[at]);
        }
        for at in (0..end).rev() {
            let (next, token) = (backward[at + 1], &scores[at + 1]);
            backward[at] = std::array::from_fn(|from| {
                log_sum(std::array::from_fn(|to| {
                    next[to] + self.step(from, to) + token[to]
                }))
            });
        }
        let total = log_sum(std::array::from_fn(|label| {
            forward[end][label] + self.last(label)
        }));
        Sums {
            total,
            forward,
            backward,
        }
    }

    /// Returns how far the right labels fall short of certainty, and adds the gradients of the
    /// weights to `gradient` and of the scores to `to_scores`.
    pub(super) fn loss(
        &self,
        scores: &[Scores],
        right: &[Label],
        gradient: &mut [f32],
        to_scores: &mut [Scores],
    ) -> f32 {
        let sums = self.sums(scores);
        let mut score = 0.0;
        for at in 0..scores.len() {
            let here = right[at] as usize;
            score += scores[at][here];
            for (label, to_score) in to_scores[at].iter_mut().enumerate() {
                let path = sums.forward[at][label] + sums.backward[at][label];
                let marginal = (path - sums.total).exp();
                *to_score += marginal - f32::from(u8::from(label == here));
            }
            if at == 0 {
                continue;
            }
            let before = right[at - 1] as usize;
            score += self.step(before, here);
            for from in 0..LABELS {
                for to in 0..LABELS {
                    let both = (sums.forward[at - 1][from]
                        + self.step(from, to)
                        + scores[at][to]
                        + sums.backward[at][to]
                        - sums.total)
                        .exp();
                    gradient[from * LABELS + to] +=
                        both - f32::from(u8::from(from == before && to == here));
                }
            }
        }
        let end = scores.len() - 1;
        score += self.first(right[0] as usize) + self.last(right[end] as usize);
        for label in 0..LABELS {
            gradient[LABELS * LABELS + label] += to_scores[0][label];
            gradient[LABELS * LABELS + LABELS + label] += to_scores[end][label];
        }
        sums.total - score
    }
}

fn log_sum(values: Scores) -> f32 {
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = values.iter().map(|value| (value - most).exp()).sum();
    most + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights() -> Vec<f32> {
        (0..SIZE).map(|at| (at as f32 * 0.7).sin()).collect()
    }

    fn scores(n: usize) -> Vec<Scores> {
        (0..n)
            .map(|at| std::array::from_fn(|label| ((at * 5 + label * 3) as f32).cos()))
            .collect()
    }

    /// Scores of all sequences, by brute force.
    fn all(field: Field<'_>, scores: &[Scores]) -> Vec<(Vec<usize>, f32)> {
        let n = scores.len();
        (0..LABELS.pow(n as u32))
            .map(|code| {
                let labels: Vec<usize> = (0..n)
                    .map(|at| code / LABELS.pow(at as u32) % LABELS)
                    .collect();
                let mut score = field.first(labels[0]) + field.last(labels[n - 1]);
                for at in 0..n {
                    score += scores[at][labels[at]];
                    if at > 0 {
                        score += field.step(labels[at - 1], labels[at]);
                    }
                }
                (labels, score)
            })
            .collect()
    }

    #[test]
    fn best_and_total_agree_with_trying_everything() {
        let weights = weights();
        let field = Field(&weights);
        for n in 1..=5 {
            let scores = scores(n);
            let all = all(field, &scores);
            let total = all.iter().map(|(_, score)| score.exp()).sum::<f32>().ln();
            let (labels, score) = field.best(&scores);
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert_eq!(
                labels.iter().map(|l| *l as usize).collect::<Vec<_>>(),
                best.0
            );
            assert!((score - best.1).abs() < 1e-4);
            assert!((field.total(&scores) - total).abs() < 1e-3);
            assert!((field.sums(&scores).total - total).abs() < 1e-3);
        }
    }

    #[test]
    fn an_empty_window_has_no_labels() {
        assert!(Field(&weights()).best(&[]).0.is_empty());
    }
}
