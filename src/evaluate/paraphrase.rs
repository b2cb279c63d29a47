//! How well it is told whether two sentences mean the same.

use rayon::prelude::*;
use serde::Serialize;

use super::score::Prf;
use crate::{
    claim::{
        Decider,
        paraphrase::{Judge, Pair},
        train,
    },
    corpus::{judged::Judgement, paraphrase::SentencePair},
    export::table::page::{BOLD, DIM, PLAIN, Page},
    lexicon::Lexicon,
};

/// Each pair is judged by what was learnt from nine of ten parts.
const FOLDS: usize = 10;

/// How well pairs of sentences are judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParaphraseEvaluation {
    /// Number of pairs.
    pub pairs: usize,
    /// Number of those that mean the same.
    pub same: usize,
    /// Parts of the cross-validation.
    pub folds: usize,
    /// Each way to judge.
    pub methods: Vec<MethodRow>,
}

/// How well one way to judge does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MethodRow {
    /// Which: `always same`, `claims model` (as shipped), `learnt here`.
    pub method: &'static str,
    /// Share of the pairs that are judged right.
    pub accuracy: f64,
    /// Precision, recall and F1 of what means the same.
    #[serde(flatten)]
    pub scores: Prf,
}

/// Measures judgements of pairs: of everybody who says yes, of the shipped model that joins claims,
/// and of what is learnt from the pairs of other parts.
#[must_use]
pub fn score(pairs: &[SentencePair], lexicon: &Lexicon) -> ParaphraseEvaluation {
    let read: Vec<(Pair, bool)> = (pairs.par_iter())
        .map(|pair| {
            let example = train::example(&pair.left, &pair.right, Judgement::Same, lexicon);
            let judging = train::judge(Decider::shipped(), std::slice::from_ref(&example), lexicon);
            let numbers = Pair::read(&pair.left, &pair.right, &example, lexicon);
            (numbers, judging.called > 0)
        })
        .collect();
    let judges: Vec<Judge> = (0..FOLDS.min(pairs.len()))
        .into_par_iter()
        .map(|fold| {
            let learnt = pairs
                .iter()
                .zip(&read)
                .filter(|(pair, _)| pair.group % FOLDS != fold);
            Judge::learn(learnt.map(|(pair, (numbers, _))| (numbers, pair.is_same)))
        })
        .collect();
    let learnt = |at: usize| judges[pairs[at].group % FOLDS].is_same(&read[at].0);
    ParaphraseEvaluation {
        pairs: pairs.len(),
        same: pairs.iter().filter(|pair| pair.is_same).count(),
        folds: FOLDS,
        methods: vec![
            row("always same", pairs, |_| true),
            row("claims model", pairs, |at| read[at].1),
            row("learnt here", pairs, learnt),
        ],
    }
}

fn row(method: &'static str, pairs: &[SentencePair], says: impl Fn(usize) -> bool) -> MethodRow {
    let (mut right, mut both, mut said, mut gold) = (0, 0, 0, 0);
    for (at, pair) in pairs.iter().enumerate() {
        let says = says(at);
        right += usize::from(says == pair.is_same);
        both += usize::from(says && pair.is_same);
        said += usize::from(says);
        gold += usize::from(pair.is_same);
    }
    MethodRow {
        method,
        accuracy: right as f64 / pairs.len().max(1) as f64,
        scores: Prf::new(both, said, gold),
    }
}

/// Renders an evaluation.
#[must_use]
pub fn render(evaluation: &ParaphraseEvaluation, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.section("Pairs of sentences that mean the same", evaluation.pairs);
    let head = format!("{:14}{:>9}{:>8}{:>8}{:>8}", "", "accuracy", "P", "R", "F1");
    page.whole(2, BOLD, &head);
    for row in &evaluation.methods {
        let [accuracy, p, r, f1] = [
            row.accuracy,
            row.scores.precision,
            row.scores.recall,
            row.scores.f1,
        ]
        .map(|share| 100.0 * share);
        let line = format!("{:14}{accuracy:>9.1}{p:>8.1}{r:>8.1}{f1:>8.1}", row.method);
        page.whole(2, PLAIN, &line);
    }
    let note = format!(
        "{} mean the same; claims model: as shipped; learnt here: cross-validation in {} parts, \
         pairs that share a sentence in one",
        evaluation.same, evaluation.folds
    );
    page.flow(2, &[(DIM, &note)]);
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_are_counted() {
        let pair = |is_same: bool, group: usize| SentencePair {
            left: "The mill burnt down".to_owned(),
            right: "The mill burnt down".to_owned(),
            is_same,
            group,
        };
        let pairs = [pair(true, 0), pair(false, 1), pair(true, 2), pair(true, 3)];
        let found = row("", &pairs, |at| at < 2);
        assert!((found.accuracy - 0.25).abs() < 1e-9);
        assert!((found.scores.precision - 0.5).abs() < 1e-9);
        assert!((found.scores.recall - 1.0 / 3.0).abs() < 1e-9);
        let whole = score(&pairs, Lexicon::shipped());
        assert!((whole.methods[0].accuracy - 0.75).abs() < 1e-9);
        assert!(
            (whole.methods[1].scores.recall - 1.0).abs() < 1e-9,
            "one wording is one claim"
        );
        assert!(render(&whole, 80, false).contains("learnt here"));
        assert_eq!(score(&[], Lexicon::shipped()).pairs, 0);
    }
}
