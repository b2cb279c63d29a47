//! Gradient-boosted trees of three levels: a probability from the numbers of a pair.
//!
//! Friedman 2001, with second-order steps as in Chen and Guestrin 2016 ("XGBoost"). The same rows
//! and seed give the same trees.

use serde::{Deserialize, Serialize};

/// Levels of a tree.
const DEPTH: usize = 3;
const SPLITS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;
/// Values of a number are told apart by this many steps at most.
const STEPS: usize = 32;
/// What a tree says counts this much.
const RATE: f64 = 0.06;
/// Draws what a leaf says towards nothing.
const CAUTION: f64 = 4.0;
/// Rows a leaf must stand on.
const FEWEST: f64 = 8.0;
/// Share of the rows and of the numbers that a tree looks at.
const SHARE: f64 = 0.6;

/// A sum of trees.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Boost {
    base: f32,
    trees: Vec<Tree>,
}

/// Goes right where the number is greater.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Tree {
    numbers: [u16; SPLITS],
    bounds: [f32; SPLITS],
    leaves: [f32; LEAVES],
}

impl Tree {
    fn score(&self, numbers: &[f32]) -> f32 {
        let mut at = 0;
        for _ in 0..DEPTH {
            let number = numbers.get(usize::from(self.numbers[at])).copied();
            at = 2 * at + 1 + usize::from(number.unwrap_or(0.0) > self.bounds[at]);
        }
        self.leaves[at - SPLITS]
    }
}

/// A row to learn from.
#[derive(Debug, Clone)]
pub(super) struct Row<const N: usize> {
    pub(super) numbers: [f32; N],
    pub(super) holds: bool,
}

impl Boost {
    /// Returns the probability, from 0 to 1.
    pub(super) fn probability(&self, numbers: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| tree.score(numbers)).sum();
        logistic(f64::from(self.base + sum)) as f32
    }

    /// Learns from rows.
    pub(super) fn learn<const N: usize>(rows: &[Row<N>], n_trees: usize, seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let bounds: Vec<Vec<f32>> = (0..N).map(|number| steps(rows, number)).collect();
        let binned: Vec<[u8; N]> = (rows.iter())
            .map(|row| {
                std::array::from_fn(|number| {
                    let step = bounds[number].partition_point(|bound| *bound < row.numbers[number]);
                    u8::try_from(step).unwrap_or(u8::MAX)
                })
            })
            .collect();
        let total = |holds: bool| -> f64 {
            (rows.iter().filter(|row| row.holds == holds).count() as f64).max(1.0)
        };
        let base = (total(true) / total(false)).ln();
        let mut scores = vec![base; rows.len()];
        let mut trees = Vec::new();
        for _ in 0..n_trees {
            let slopes: Vec<[f64; 2]> = (rows.iter().zip(&scores))
                .map(|(row, score)| {
                    let p = logistic(*score);
                    [p - f64::from(u8::from(row.holds)), p * (1.0 - p)]
                })
                .collect();
            let sample: Vec<usize> = (0..rows.len()).filter(|_| random.f64() < SHARE).collect();
            let numbers: Vec<usize> = (0..N).filter(|_| random.f64() < SHARE).collect();
            let tree = grow(&binned, &bounds, &slopes, &sample, &numbers);
            for (score, row) in scores.iter_mut().zip(rows) {
                *score += f64::from(tree.score(&row.numbers));
            }
            trees.push(tree);
        }
        Self {
            base: base as f32,
            trees,
        }
    }
}

fn logistic(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// The values between which a number is told apart.
fn steps<const N: usize>(rows: &[Row<N>], number: usize) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| row.numbers[number]).collect();
    values.sort_by(f32::total_cmp);
    let mut bounds: Vec<f32> = (1..STEPS)
        .filter_map(|step| values.get(values.len() * step / STEPS).copied())
        .collect();
    bounds.dedup();
    // Above the greatest value nothing stands.
    bounds.retain(|bound| values.last().is_some_and(|last| bound < last));
    if values.first() != values.last() {
        // A number that is nearly always 0.
        bounds.extend(
            values
                .first()
                .filter(|first| bounds.first() != Some(*first)),
        );
        bounds.sort_by(f32::total_cmp);
    }
    bounds
}

/// Grows a tree on a sample of the rows.
fn grow<const N: usize>(
    binned: &[[u8; N]],
    bounds: &[Vec<f32>],
    slopes: &[[f64; 2]],
    sample: &[usize],
    numbers: &[usize],
) -> Tree {
    let mut tree = Tree::default();
    let mut nodes: Vec<Vec<usize>> = vec![sample.to_vec()];
    for at in 0..SPLITS {
        let rows = std::mem::take(&mut nodes[at]);
        let best = split(binned, bounds, slopes, &rows, numbers);
        // Where nothing is gained all rows go left.
        tree.bounds[at] = best.map_or(f32::INFINITY, |(number, step)| bounds[number][step]);
        tree.numbers[at] = best.map_or(0, |(number, _)| number as u16);
        let (left, right): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(|row| {
            best.is_none_or(|(number, step)| usize::from(binned[*row][number]) <= step)
        });
        nodes.push(left);
        nodes.push(right);
    }
    for (leaf, rows) in tree.leaves.iter_mut().zip(&nodes[SPLITS..]) {
        let [slope, bend] = sum(rows.iter().map(|row| slopes[*row]));
        *leaf = (-RATE * slope / (bend + CAUTION)) as f32;
    }
    tree
}

fn sum(slopes: impl Iterator<Item = [f64; 2]>) -> [f64; 2] {
    slopes.fold([0.0; 2], |sum, slope| {
        [sum[0] + slope[0], sum[1] + slope[1]]
    })
}

/// Finds the number and step at which dividing the rows gains most.
fn split<const N: usize>(
    binned: &[[u8; N]],
    bounds: &[Vec<f32>],
    slopes: &[[f64; 2]],
    rows: &[usize],
    numbers: &[usize],
) -> Option<(usize, usize)> {
    let worth = |[slope, bend]: [f64; 2]| slope * slope / (bend + CAUTION);
    let whole = sum(rows.iter().map(|row| slopes[*row]));
    let mut best = (1e-6, None);
    for &number in numbers {
        let mut sums = [[0.0; 3]; STEPS + 1];
        for row in rows {
            let sum = &mut sums[usize::from(binned[*row][number])];
            sum[0] += slopes[*row][0];
            sum[1] += slopes[*row][1];
            sum[2] += 1.0;
        }
        let mut left = [0.0; 3];
        for (step, sum) in sums.iter().enumerate().take(bounds[number].len()) {
            for (left, sum) in left.iter_mut().zip(sum) {
                *left += sum;
            }
            let right = [whole[0] - left[0], whole[1] - left[1]];
            if left[2] < FEWEST || rows.len() as f64 - left[2] < FEWEST {
                continue;
            }
            let gain = worth([left[0], left[1]]) + worth(right) - worth(whole);
            if gain > best.0 {
                best = (gain, Some((number, step)));
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row<3>> {
        let mut random = fastrand::Rng::with_seed(7);
        let row = |_| {
            let numbers = [random.f32(), random.f32(), random.f32()];
            let holds = (numbers[0] > 0.5) != (numbers[1] > 0.5);
            Row { numbers, holds }
        };
        (0..2000).map(row).collect()
    }

    #[test]
    fn what_two_numbers_say_together_is_learnt() {
        let rows = rows();
        let boost = Boost::learn(&rows[..1500], 200, 1);
        let right = (rows[1500..].iter())
            .filter(|row| (boost.probability(&row.numbers) > 0.5) == row.holds)
            .count();
        assert!(right > 470, "{right} of 500");
    }

    #[test]
    fn the_same_rows_and_seed_give_the_same_trees() {
        assert_eq!(Boost::learn(&rows(), 20, 3), Boost::learn(&rows(), 20, 3));
        assert_ne!(Boost::learn(&rows(), 20, 3), Boost::learn(&rows(), 20, 4));
    }

    #[test]
    fn nothing_to_learn_from_is_no_error() {
        let boost = Boost::learn::<3>(&[], 5, 1);
        assert!((boost.probability(&[0.0; 3]) - 0.5).abs() < 1e-6);
    }
}
