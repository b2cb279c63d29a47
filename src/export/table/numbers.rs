//! The lineage of a claim's figures as text.

use super::{
    day,
    page::{DIM, ITALIC, NAME, PLAIN, Page, WARN},
    quoted, stance_style,
};
use crate::trace::{Figure, Lineage};

/// Writes the figures that were told more than once, in time order.
pub(super) fn lineages(page: &mut Page, lineages: &[Lineage]) {
    let told: Vec<&Lineage> = (lineages.iter())
        .filter(|lineage| lineage.steps.len() > 1)
        .collect();
    if told.is_empty() {
        return;
    }
    let count = told.iter().map(|lineage| lineage.steps.len()).sum();
    page.section("Numbers", count);
    for (place, lineage) in told.iter().enumerate() {
        if place > 0 {
            page.blank();
        }
        if told.len() > 1 && !lineage.unit.is_empty() {
            page.flow(2, &[(DIM, &lineage.unit)]);
        }
        for step in &lineage.steps {
            figure(page, step, &lineage.steps);
        }
    }
}

fn figure(page: &mut Page, step: &Figure, steps: &[Figure]) {
    page.flow(
        2,
        &[
            (PLAIN, &format!("{:<14}", day(step.date))),
            (ITALIC, &quoted(&step.quantity.text)),
            (DIM, " · "),
            (NAME, &step.outlet),
            (DIM, " · "),
            (stance_style(step.stance), step.stance.as_str()),
        ],
    );
    let Some(before) = step.after.and_then(|at| steps.get(at)) else {
        return;
    };
    if step.changes.is_empty() {
        return page.flow(4, &[(DIM, "as before")]);
    }
    let changes: Vec<&str> = step
        .changes
        .iter()
        .map(|change| change.describe())
        .collect();
    page.flow(
        4,
        &[
            (WARN, &changes.join(", ")),
            (DIM, " since "),
            (DIM, &quoted(&before.quantity.text)),
            (DIM, &format!(" in {}", before.outlet)),
        ],
    );
}
