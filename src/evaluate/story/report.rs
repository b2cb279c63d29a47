//! Evaluations of stories as text for a terminal; nothing is printed here and no number is made.

use super::{ClaimsEvaluation, ClaimsRow, StanceEvaluation, StanceRow, WrongKind};
use crate::{
    evaluate::score::Prf,
    export::table::page::{BOLD, DIM, HEAD, NAME, PLAIN, Page},
};

/// Renders an evaluation of claim identity.
#[must_use]
pub fn render_claims(evaluation: &ClaimsEvaluation, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let name = name_width(evaluation.stories.iter().map(|row| &row.story));
    title(&mut page, "Claims");
    let prf = |name: &str| format!("{:>9}{:>6}{:>6}", format!("{name} P"), "R", "F1");
    let head = format!(
        "{:name$}{:>9}{:>6}{}{:>9}{}{:>11}",
        "",
        "mentions",
        "found",
        prf("pairs"),
        "repeats",
        prf("B³"),
        "relations"
    );
    page.whole(2, BOLD, &head);
    for row in evaluation.stories.iter().chain([&evaluation.total]) {
        page.whole(2, PLAIN, &claims_row(row, name));
    }
    let note = "found: six tenths of the shorter content shared and a token F1 of at least 0.5; \
                pairs: of found mentions of a story; repeats: F1 of pairs without denials";
    page.flow(2, &[(DIM, note)]);
    wrongs(&mut page, &evaluation.errors);
    page.finish()
}

fn claims_row(row: &ClaimsRow, name: usize) -> String {
    format!(
        "{:name$}{:>9}{:>6}{}{:>9}{}{:>11}",
        row.story,
        row.gold,
        row.found,
        prf(row.pairs),
        percent(row.pairs_without_denials.f1),
        prf(row.b_cubed),
        format!("{}/{}", row.relations_found, row.relations)
    )
}

/// Renders an evaluation of stance.
#[must_use]
pub fn render_stance(evaluation: &StanceEvaluation, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let name = name_width(evaluation.stories.iter().map(|row| &row.story));
    title(&mut page, "Stance");
    let head = format!(
        "{:name$}{:>9}{:>6}{:>10}{:>9}{:>9}{:>8}{:>9}{:>8}",
        "", "mentions", "found", "accuracy", "macro F1", "denials", "aspect", "targets", "hit"
    );
    page.whole(2, BOLD, &head);
    for row in evaluation.stories.iter().chain([&evaluation.total]) {
        page.whole(2, PLAIN, &stance_row(row, name));
    }
    let note = "aspect: what is denied is right; targets: denials of a claim that others were found \
                to make; hit: they dispute or contradict it";
    page.flow(2, &[(DIM, note)]);
    title(&mut page, "By stance");
    let head = ["marked", "found", "P", "R", "F1"].map(|head| format!("{head:>8}"));
    page.whole(2, BOLD, &format!("{:12}{}", "", head.concat()));
    for class in &evaluation.classes {
        let Prf {
            precision,
            recall,
            f1,
        } = class.scores;
        let [p, r, f] = [precision, recall, f1].map(percent);
        let (name, gold, found) = (class.stance.as_str(), class.gold, class.predicted);
        let line = format!("{name:12}{gold:>8}{found:>8}{p:>8}{r:>8}{f:>8}");
        page.whole(2, PLAIN, &line);
    }
    wrongs(&mut page, &evaluation.errors);
    page.finish()
}

fn stance_row(row: &StanceRow, name: usize) -> String {
    format!(
        "{:name$}{:>9}{:>6}{:>10}{:>9}{:>9}{:>8}{:>9}{:>8}",
        row.story,
        row.gold,
        row.found,
        percent(row.accuracy),
        percent(row.macro_f1),
        row.denials,
        percent(row.denies_accuracy),
        row.targets,
        percent(row.target_accuracy)
    )
}

fn name_width<'a>(names: impl Iterator<Item = &'a String>) -> usize {
    let longest = names.map(|name| name.chars().count()).max();
    longest.unwrap_or_default().max(5)
}

fn title(page: &mut Page, title: &str) {
    page.blank();
    page.flow(0, &[(HEAD, &title.to_uppercase())]);
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

fn prf(prf: Prf) -> String {
    let [p, r, f] = [prf.precision, prf.recall, prf.f1].map(percent);
    format!("{p:>9}{r:>6}{f:>6}")
}

fn wrongs(page: &mut Page, kinds: &[WrongKind]) {
    title(page, "Errors");
    for kind in kinds {
        page.whole(2, PLAIN, &format!("{:26}{:>5}", kind.kind, kind.count));
    }
    for kind in kinds.iter().filter(|kind| !kind.examples.is_empty()) {
        let (shown, all) = (kind.examples.len(), kind.count);
        title(page, &format!("{}: {shown} of {all}", kind.kind));
        for wrong in &kind.examples {
            let subject = format!(" {}", wrong.subject);
            page.flow(2, &[(DIM, &wrong.story), (NAME, &subject)]);
            for line in &wrong.lines {
                page.flow(4, &[(PLAIN, line)]);
            }
        }
    }
}
