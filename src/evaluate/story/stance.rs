//! What outlets do with claims: stance, what denials deny, and which claims they hit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Run, Wrong, WrongKind, identity::hits, told};
use crate::{evaluate::score::Prf, lexicon::Lexicon, mention::Stance};

/// How well stances and denials are found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StanceEvaluation {
    /// One row a story.
    pub stories: Vec<StanceRow>,
    /// All stories together.
    pub total: StanceRow,
    /// Each stance, over all stories.
    pub classes: Vec<ClassRow>,
    /// How often each marked stance was found as which.
    pub confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    /// What goes wrong.
    pub errors: Vec<WrongKind>,
}

/// The measures of one story, or of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StanceRow {
    /// Name of the story.
    pub story: String,
    /// Number of marked mentions.
    pub gold: usize,
    /// Number of those that were found.
    pub found: usize,
    /// Share of the found with the right stance.
    pub accuracy: f64,
    /// Mean F1 over the stances that were marked or found.
    pub macro_f1: f64,
    /// Number of found mentions that are marked as denials.
    pub denials: usize,
    /// Share of those for which what is denied is right.
    pub denies_accuracy: f64,
    /// Number of those whose claim others were found to make.
    pub targets: usize,
    /// Share of those that hit this claim.
    pub target_accuracy: f64,
}

/// How well one stance is found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassRow {
    /// The stance.
    pub stance: Stance,
    /// Number of found mentions marked so.
    pub gold: usize,
    /// Number of those found so.
    pub predicted: usize,
    /// Precision, recall and F1.
    pub scores: Prf,
}

/// Sums from which a row is made.
#[derive(Default, Clone)]
struct Tally {
    gold: usize,
    stances: Vec<(Stance, Stance)>,
    denials: usize,
    denies_right: usize,
    targets: usize,
    targets_right: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.stances.extend(other.stances);
        self.denials += other.denials;
        self.denies_right += other.denies_right;
        self.targets += other.targets;
        self.targets_right += other.targets_right;
    }

    fn row(&self, story: &str) -> StanceRow {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let classes = classes(&self.stances);
        let sum: f64 = classes.iter().map(|class| class.scores.f1).sum();
        let right = self.stances.iter().filter(|(gold, found)| gold == found);
        StanceRow {
            story: story.to_owned(),
            gold: self.gold,
            found: self.stances.len(),
            accuracy: share(right.count(), self.stances.len()),
            macro_f1: sum / classes.len().max(1) as f64,
            denials: self.denials,
            denies_accuracy: share(self.denies_right, self.denials),
            targets: self.targets,
            target_accuracy: share(self.targets_right, self.targets),
        }
    }
}

fn classes(stances: &[(Stance, Stance)]) -> Vec<ClassRow> {
    let count = |fits: &dyn Fn(&(Stance, Stance)) -> bool| {
        let fitting = stances.iter().filter(|pair| fits(pair));
        fitting.count()
    };
    (Stance::ALL.iter())
        .map(|&stance| {
            let gold = count(&|pair| pair.0 == stance);
            let predicted = count(&|pair| pair.1 == stance);
            let right = count(&|pair| *pair == (stance, stance));
            ClassRow {
                stance,
                gold,
                predicted,
                scores: Prf::new(right, predicted, gold),
            }
        })
        .filter(|class| class.gold + class.predicted > 0)
        .collect()
}

/// Compares stances and denials of stories with those that were marked; of every kind of error,
/// the `examples` worst are told.
#[must_use]
pub fn stance(runs: &[Run<'_>], examples: usize, lexicon: &Lexicon) -> StanceEvaluation {
    let mut total = Tally::default();
    let mut stories = Vec::new();
    let [mut stances, mut aspects, mut targets] = [const { Vec::new() }; 3];
    for run in runs {
        let mut tally = Tally {
            gold: run.story.mentions.len(),
            ..Tally::default()
        };
        for (gold, found) in run.pairs() {
            let wrong = |line: String, cost: usize| Wrong {
                story: run.story.name.clone(),
                subject: gold.claim.clone(),
                cost,
                lines: vec![
                    told(gold),
                    format!("found as `{}` ({})", found.content.text, found.rule),
                    line,
                ],
            };
            tally.stances.push((gold.stance, found.stance));
            if gold.stance != found.stance {
                let sides = gold.stance.disputes() != found.stance.disputes();
                let (gold, found) = (gold.stance.as_str(), found.stance.as_str());
                stances.push(wrong(
                    format!("{gold}, not {found}"),
                    1 + usize::from(sides),
                ));
            }
            if !gold.stance.disputes() {
                continue;
            }
            tally.denials += 1;
            tally.denies_right += usize::from(gold.denies == found.denies);
            if gold.denies != found.denies {
                let word = |denies: Option<crate::mention::Denies>| {
                    denies.map_or("nothing", crate::mention::Denies::as_str)
                };
                let line = format!("{}, not {}", word(gold.denies), word(found.denies));
                aspects.push(wrong(line, 1));
            }
            if let Some(hit) = hits(run, gold, found, lexicon) {
                tally.targets += 1;
                tally.targets_right += usize::from(hit);
                if !hit {
                    targets.push(wrong(format!("signature: {}", found.signature), 1));
                }
            }
        }
        stories.push(tally.row(&run.story.name));
        total.add(tally);
    }
    let mut confusion: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (gold, found) in &total.stances {
        let row = confusion.entry(gold.as_str()).or_default();
        *row.entry(found.as_str()).or_default() += 1;
    }
    StanceEvaluation {
        stories,
        total: total.row("total"),
        classes: classes(&total.stances),
        confusion,
        errors: vec![
            WrongKind::worst("wrong stance", stances, examples),
            WrongKind::worst("wrong aspect denied", aspects, examples),
            WrongKind::worst("denial misses its claim", targets, examples),
        ],
    }
}
