//! What follows from who relies on whom, as text.

use super::page::{BAD, BOLD, DIM, GOOD, NAME, PLAIN, Page, WARN};
use crate::{
    export::findings::{Weight, findings},
    reliance::{Fate, Reliance, Without},
};

/// Writes the section, where there is anything to say that the counts do not say.
pub(super) fn reliance(page: &mut Page, reliance: &Reliance) {
    let found = findings(reliance);
    if found.is_empty() {
        return;
    }
    page.section("Reliance", found.len());
    for finding in &found {
        let style = match finding.weight {
            Weight::Plain => PLAIN,
            Weight::Warning => WARN,
            Weight::Grave => BAD,
        };
        let (label, note) = (
            format!("{}  ", finding.label),
            format!(" ({})", finding.note),
        );
        let pieces = [
            (BOLD, if finding.label.is_empty() { "" } else { &label }),
            (style, finding.text.as_str()),
            (DIM, if finding.note.is_empty() { "" } else { &note }),
        ];
        page.flow(2, &pieces);
    }
}

/// Writes what is left without a source.
pub(super) fn without(page: &mut Page, without: &Without) {
    let Some(source) = &without.source else {
        return;
    };
    page.blank();
    let style = match without.fate {
        Fate::Unsupported => BAD,
        Fate::OneRoute | Fate::Weakened => WARN,
        Fate::Unaffected => GOOD,
    };
    page.flow(
        0,
        &[
            (BOLD, "WITHOUT "),
            (NAME, &source.source),
            (PLAIN, " the claim "),
            (style, without.fate.describe()),
        ],
    );
    let [routes, left] = without.routes;
    let [origins, reached] = without.origins;
    page.flow(
        2,
        &[(
            PLAIN,
            &format!("routes {routes} → {left} · origins {origins} → {reached}"),
        )],
    );
    for (what, outlets) in [("lost: ", &without.lost), ("kept: ", &without.kept)] {
        if !outlets.is_empty() {
            page.flow(2, &[(DIM, what), (PLAIN, &outlets.join(", "))]);
        }
    }
}
