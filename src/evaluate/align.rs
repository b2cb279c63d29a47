//! Which prediction stands for which marked attribution.
//!
//! Pairs are made greedily, best first; everything else that is measured rests on them.

use super::{
    Prediction,
    token::{Sets, Tokens, shared},
};
use crate::corpus::GoldArticle;

/// One article with its predictions, as sets of tokens and in pairs.
pub(super) struct Aligned<'a> {
    pub(super) article: &'a GoldArticle,
    pub(super) predictions: &'a [Prediction],
    pub(super) tokens: Tokens,
    pub(super) gold: Vec<Sets>,
    pub(super) predicted: Vec<Sets>,
    /// The prediction for each marked attribution.
    pub(super) partner: Vec<Option<usize>>,
}

impl<'a> Aligned<'a> {
    pub(super) fn new(article: &'a GoldArticle, predictions: &'a [Prediction]) -> Self {
        let tokens = Tokens::of(&article.text);
        let of = |parts| Sets::of(parts, &tokens);
        let gold: Vec<Sets> = article.attributions.iter().map(of).collect();
        let predicted: Vec<Sets> = predictions.iter().map(|p| of(&p.parts)).collect();
        Self {
            partner: pair(&gold, &predicted),
            article,
            predictions,
            tokens,
            gold,
            predicted,
        }
    }

    /// Returns the pairs, as numbers of a marked attribution and a prediction.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let partners = self.partner.iter().enumerate();
        partners.filter_map(|(gold, predicted)| Some((gold, (*predicted)?)))
    }

    /// Returns the marked attribution for each prediction.
    pub(super) fn partner_of_predicted(&self) -> Vec<Option<usize>> {
        let mut partners = vec![None; self.predicted.len()];
        for (gold, predicted) in self.pairs() {
            partners[predicted] = Some(gold);
        }
        partners
    }
}

/// Pairs marked attributions with predictions: a shared cue counts most, then the content.
fn pair(gold: &[Sets], predicted: &[Sets]) -> Vec<Option<usize>> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let cue = shared(&g.cue, &p.cue);
            let content = shared(&g.content, &p.content);
            let union = (g.content.len() + p.content.len() - content).max(1) as f64;
            let without_cue = g.cue.is_empty() || p.cue.is_empty();
            let same = cue > 0 || without_cue || content as f64 / union >= 0.5;
            if (cue > 0 || content > 0) && same {
                let source = shared(&g.source, &p.source);
                let weight = f64::from(u8::from(cue > 0)) * 100.0
                    + (50 * content) as f64 / union
                    + f64::from(u8::from(source > 0)) * 5.0;
                candidates.push((weight, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let mut partner = vec![None; gold.len()];
    let mut used = vec![false; predicted.len()];
    for (_, i, j) in candidates {
        if partner[i].is_none() && !used[j] {
            partner[i] = Some(j);
            used[j] = true;
        }
    }
    partner
}

/// Says whether all three parts of a pair are the same.
pub(super) fn exact(g: &Sets, p: &Sets) -> bool {
    g == p
}

/// Says whether a pair means the same: most of the content, and something of source and cue.
pub(super) fn soft(g: &Sets, p: &Sets) -> bool {
    soft_content(g, p) && soft_source(g, p) && shared(&g.cue, &p.cue) > 0
}

/// Says whether the F1 of the content's tokens is at least one half.
pub(super) fn soft_content(g: &Sets, p: &Sets) -> bool {
    let tokens = (g.content.len() + p.content.len()).max(1) as f64;
    (2 * shared(&g.content, &p.content)) as f64 / tokens >= 0.5
}

/// Says whether the sources share a token or both are left out.
pub(super) fn soft_source(g: &Sets, p: &Sets) -> bool {
    shared(&g.source, &p.source) > 0 || (g.source.is_empty() && p.source.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(source: &[usize], cue: &[usize], content: &[usize]) -> Sets {
        let set = |ids: &[usize]| ids.iter().copied().collect();
        Sets {
            source: set(source),
            cue: set(cue),
            content: set(content),
        }
    }

    #[test]
    fn a_shared_cue_wins_over_a_shared_content() {
        let gold = [sets(&[0], &[1], &[2, 3])];
        let predicted = [sets(&[0], &[9], &[2, 3]), sets(&[], &[1], &[7])];
        assert_eq!(pair(&gold, &predicted), [Some(1)]);
        assert_eq!(pair(&gold, &predicted[..1]), [Some(0)]);
    }

    #[test]
    fn little_of_the_content_makes_no_pair_under_another_cue() {
        let gold = [sets(&[], &[1], &[2, 3, 4])];
        assert_eq!(pair(&gold, &[sets(&[], &[9], &[2])]), [None]);
        assert_eq!(pair(&gold, &[sets(&[], &[], &[2])]), [Some(0)]);
    }

    #[test]
    fn the_later_of_equals_is_taken() {
        let same = sets(&[], &[1], &[2]);
        let two = [same.clone(), same];
        assert_eq!(pair(&two, &two[..1]), [None, Some(0)]);
        assert_eq!(pair(&two[..1], &two), [Some(1)]);
    }

    #[test]
    fn two_left_out_sources_are_the_same() {
        let g = sets(&[], &[1], &[2, 3]);
        assert!(soft(&g, &sets(&[], &[1, 5], &[3])));
        assert!(!soft(&g, &sets(&[0], &[1], &[3])));
        assert!(!exact(&g, &sets(&[], &[1, 5], &[2, 3])));
    }
}
