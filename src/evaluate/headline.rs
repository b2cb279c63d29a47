//! How well it is told what bodies make of headlines.

use serde::Serialize;

use super::score::Prf;
use crate::{
    claim::headline::Stance,
    export::table::page::{BOLD, DIM, PLAIN, Page},
};

/// How well stances of bodies towards headlines are found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadlineEvaluation {
    /// Number of pairs.
    pub pairs: usize,
    /// Share of the pairs with the right stance.
    pub accuracy: f64,
    /// Mean F1 over the four stances.
    pub macro_f1: f64,
    /// The score of the Fake News Challenge: share of what can be reached, with a quarter for being
    /// related or not and three quarters for the stance of the related.
    pub challenge: f64,
    /// Each stance.
    pub classes: Vec<ClassRow>,
    /// How often each marked stance (row) was found as which (column), in the order of `classes`.
    pub confusion: [[usize; 4]; 4],
}

/// How well one stance is found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassRow {
    /// The stance.
    pub stance: Stance,
    /// Number of pairs marked so.
    pub gold: usize,
    /// Number of pairs found so.
    pub predicted: usize,
    /// Precision, recall and F1.
    pub scores: Prf,
}

/// Measures marked stances against found ones.
#[must_use]
pub fn evaluate(pairs: &[(Stance, Stance)]) -> HeadlineEvaluation {
    let mut confusion = [[0; 4]; 4];
    let (mut right, mut reached, mut reachable) = (0, 0.0, 0.0);
    for (gold, found) in pairs {
        confusion[*gold as usize][*found as usize] += 1;
        right += usize::from(gold == found);
        let related = *gold != Stance::Unrelated;
        reachable += if related { 1.0 } else { 0.25 };
        if related == (*found != Stance::Unrelated) {
            reached += 0.25;
        }
        if related && gold == found {
            reached += 0.75;
        }
    }
    let classes: Vec<ClassRow> = (Stance::ALL.iter())
        .map(|&stance| {
            let at = stance as usize;
            let gold = confusion[at].iter().sum();
            let predicted = confusion.iter().map(|row| row[at]).sum();
            let scores = Prf::new(confusion[at][at], predicted, gold);
            ClassRow {
                stance,
                gold,
                predicted,
                scores,
            }
        })
        .collect();
    HeadlineEvaluation {
        pairs: pairs.len(),
        accuracy: right as f64 / pairs.len().max(1) as f64,
        macro_f1: classes.iter().map(|row| row.scores.f1).sum::<f64>() / classes.len() as f64,
        challenge: if reachable > 0.0 {
            reached / reachable
        } else {
            0.0
        },
        classes,
        confusion,
    }
}

/// Renders an evaluation.
#[must_use]
pub fn render(evaluation: &HeadlineEvaluation, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.section("Stance of bodies towards headlines", evaluation.pairs);
    let head = format!(
        "{:12}{:>7}{:>7}{:>8}{:>7}{:>7}",
        "", "pairs", "found", "P", "R", "F1"
    );
    page.whole(2, BOLD, &head);
    for row in &evaluation.classes {
        let [p, r, f1] =
            [row.scores.precision, row.scores.recall, row.scores.f1].map(|s| 100.0 * s);
        let stance = row.stance.to_string();
        let line = format!(
            "{stance:12}{:>7}{:>7}{p:>8.1}{r:>7.1}{f1:>7.1}",
            row.gold, row.predicted
        );
        page.whole(2, PLAIN, &line);
    }
    let [accuracy, macro_f1, challenge] = [
        evaluation.accuracy,
        evaluation.macro_f1,
        evaluation.challenge,
    ]
    .map(|s| 100.0 * s);
    let line = format!("accuracy {accuracy:.1}, macro F1 {macro_f1:.1}, challenge {challenge:.1}");
    page.whole(2, PLAIN, &line);
    let note = "challenge: a quarter for related or not, three quarters for the stance";
    page.flow(2, &[(DIM, note)]);
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stances_are_counted_and_the_challenge_weighs_them() {
        let pairs = [
            (Stance::Unrelated, Stance::Unrelated),
            (Stance::Agree, Stance::Disagree),
            (Stance::Disagree, Stance::Disagree),
        ];
        let found = evaluate(&pairs);
        assert_eq!(found.confusion[2], [0, 0, 0, 1]);
        assert!((found.challenge - 1.5 / 2.25).abs() < 1e-9);
        let disagree = found.classes[3].scores;
        assert!((disagree.precision - 0.5).abs() < 1e-9 && (disagree.recall - 1.0).abs() < 1e-9);
        assert!((found.macro_f1 - (1.0 + 2.0 / 3.0) / 4.0).abs() < 1e-9);
        assert!(render(&found, 80, false).contains("disagree"));
        assert!(evaluate(&[]).macro_f1.abs() < 1e-9);
    }
}
