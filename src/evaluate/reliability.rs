//! Whether confidences can be believed: how much is right of what was said with how much certainty.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Prediction,
    align::{Aligned, exact, soft},
};

/// Number of bins.
const BINS: usize = 10;

/// How far confidences and rules can be believed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// Ten bins of equal width; the last holds 1 as well.
    pub bins: Vec<Bin>,
    /// Mean distance between confidence and share right (soft), weighted by count.
    pub calibration_error_soft: f64,
    /// The same with the exact share.
    pub calibration_error_exact: f64,
    /// One row for each rule, by its id.
    pub rules: Vec<RuleRow>,
}

/// Predictions with similar confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Lowest confidence.
    pub from: f64,
    /// Highest confidence, exclusive.
    pub to: f64,
    /// Number of predictions.
    pub count: usize,
    /// Mean confidence.
    pub confidence: f64,
    /// Share that is right as a whole, softly.
    pub soft: f64,
    /// Share that is right as a whole, exactly.
    pub exact: f64,
}

/// Predictions of one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleRow {
    /// Its id.
    pub rule: String,
    /// Number of predictions.
    pub count: usize,
    /// Mean confidence.
    pub confidence: f64,
    /// Share that is right as a whole, softly.
    pub soft: f64,
    /// Share that is right as a whole, exactly.
    pub exact: f64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    count: usize,
    confidence: f64,
    soft: usize,
    exact: usize,
}

impl Count {
    fn add(&mut self, confidence: f64, soft: bool, exact: bool) {
        self.count += 1;
        self.confidence += confidence;
        self.soft += usize::from(soft);
        self.exact += usize::from(exact);
    }

    /// Returns mean confidence and the shares right, soft and exact.
    fn means(self) -> (f64, f64, f64) {
        let n = self.count.max(1) as f64;
        (
            self.confidence / n,
            self.soft as f64 / n,
            self.exact as f64 / n,
        )
    }
}

/// Sorts all predictions by confidence and by rule.
pub(super) fn measure(articles: &[Aligned<'_>]) -> Reliability {
    let mut bins = [Count::default(); BINS];
    let mut rules: BTreeMap<String, Count> = BTreeMap::new();
    for article in articles {
        let partners = article.partner_of_predicted();
        for (number, prediction) in article.predictions.iter().enumerate() {
            let Prediction {
                confidence, rule, ..
            } = prediction;
            // What is no number becomes 0.
            let confidence = confidence.clamp(0.0, 1.0).max(0.0);
            let sets = &article.predicted[number];
            let gold = partners[number].map(|gold| &article.gold[gold]);
            let (soft, exact) = (
                gold.is_some_and(|gold| soft(gold, sets)),
                gold.is_some_and(|gold| exact(gold, sets)),
            );
            let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
            bins[bin].add(confidence, soft, exact);
            rules
                .entry(rule.clone())
                .or_default()
                .add(confidence, soft, exact);
        }
    }
    let bins: Vec<Bin> = bins.iter().enumerate().map(bin).collect();
    let all = bins.iter().map(|bin| bin.count).sum::<usize>().max(1) as f64;
    let error = |right: fn(&Bin) -> f64| {
        let weighted = |bin: &Bin| bin.count as f64 * (bin.confidence - right(bin)).abs();
        bins.iter().map(weighted).sum::<f64>() / all
    };
    Reliability {
        calibration_error_soft: error(|bin| bin.soft),
        calibration_error_exact: error(|bin| bin.exact),
        rules: rules.into_iter().map(row).collect(),
        bins,
    }
}

fn bin((number, count): (usize, &Count)) -> Bin {
    let (confidence, soft, exact) = count.means();
    Bin {
        from: number as f64 / BINS as f64,
        to: (number + 1) as f64 / BINS as f64,
        count: count.count,
        confidence,
        soft,
        exact,
    }
}

fn row((rule, count): (String, Count)) -> RuleRow {
    let (confidence, soft, exact) = count.means();
    RuleRow {
        rule,
        count: count.count,
        confidence,
        soft,
        exact,
    }
}
