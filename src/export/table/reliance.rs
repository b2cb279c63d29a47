//! What follows from who relies on whom, as text.

use super::{
    count, day,
    page::{BAD, BOLD, DIM, GOOD, NAME, PLAIN, Page, WARN},
};
use crate::reliance::{
    Affiliation, Beyond, Bond, Circle, Correction, Counts, Covered, Drift, Echo, Fate, Loss,
    Passage, Reached, Relation, Reliance, Without,
};

/// So many entries of one kind are shown; JSON has them all.
const SHOWN: usize = 6;

/// Writes the section, where there is anything to say that the counts do not say.
pub(super) fn reliance(page: &mut Page, reliance: &Reliance) {
    let mut lines: Vec<Vec<(anstyle::Style, String)>> = Vec::new();
    let plain = |text: String| vec![(PLAIN, text)];
    if reliance.joined != reliance.counts {
        let of: Vec<String> = reliance.affiliations.iter().map(bond).collect();
        lines.push(vec![
            (BOLD, "affiliated joined  ".to_owned()),
            (PLAIN, counts(&reliance.joined)),
            (DIM, format!(" ({})", of.join("; "))),
        ]);
    }
    if reliance.family.outlets != reliance.counts.outlets {
        lines.push(vec![
            (BOLD, "with its variants  ".to_owned()),
            (PLAIN, counts(&reliance.family)),
        ]);
    }
    lines.extend(
        reliance
            .passages
            .iter()
            .take(SHOWN)
            .map(|found| plain(passage(found))),
    );
    lines.extend(
        reliance
            .circles
            .iter()
            .take(SHOWN)
            .map(|found| vec![(BAD, circle(found))]),
    );
    lines.extend(
        reliance
            .echoes
            .iter()
            .take(SHOWN)
            .map(|found| vec![(WARN, echo(found))]),
    );
    lines.extend(
        reliance
            .losses
            .iter()
            .take(SHOWN)
            .map(|found| vec![(WARN, loss(found))]),
    );
    lines.extend(
        reliance
            .beyond
            .iter()
            .take(SHOWN)
            .map(|found| vec![(WARN, beyond(found))]),
    );
    if let Some(correction) = &reliance.correction {
        lines.extend(reach(correction).into_iter().map(plain));
    }
    let silent = &reliance.silence;
    for (what, covered) in [("the claim", &silent.claim), ("its denial", &silent.denial)] {
        if !covered.is_empty() {
            lines.push(plain(format!(
                "covered it without {what}: {}",
                silence(covered)
            )));
        }
    }
    if lines.is_empty() {
        return;
    }
    page.section("Reliance", lines.len());
    for line in &lines {
        let pieces: Vec<(anstyle::Style, &str)> = (line.iter())
            .map(|(style, text)| (*style, text.as_str()))
            .collect();
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

/// Returns the counts in one line.
#[must_use]
pub fn counts(counts: &Counts) -> String {
    [
        count(counts.outlets, "outlet"),
        count(counts.texts, "text"),
        count(counts.routes, "route"),
        count(counts.origins, "origin"),
    ]
    .join(" · ")
}

fn bond(affiliation: &Affiliation) -> String {
    let verb = match affiliation.bond {
        Bond::SpeaksFor => "speaks for",
        Bond::OwnedBy => "is owned by",
        Bond::PartOf => "is part of",
    };
    format!("{} {verb} {}", affiliation.name, affiliation.principal_name)
}

/// Returns through whom how many outlets have it.
#[must_use]
pub fn passage(passage: &Passage) -> String {
    let (some, all) = (passage.outlets.len(), passage.of);
    let whose = if some == all {
        "all".to_owned()
    } else {
        format!("{some} of")
    };
    format!(
        "{whose} {} pass through {}",
        count(all, "outlet"),
        passage.through.source
    )
}

/// Returns the way round a circle.
#[must_use]
pub fn circle(circle: &Circle) -> String {
    let steps: Vec<String> = (circle.steps.iter())
        .map(|step| {
            format!(
                "{} {} {} ({})",
                step.from,
                verb(step.relation),
                step.to,
                day(step.date)
            )
        })
        .collect();
    format!("a circle: {}", steps.join(", "))
}

/// Returns who confirms whom out of what.
#[must_use]
pub fn echo(echo: &Echo) -> String {
    let rests = if echo.rests_on.source == echo.outlet {
        "it".to_owned()
    } else {
        echo.rests_on.source.clone()
    };
    format!(
        "no confirmation: {} cites {} ({}), which had it from {rests}",
        echo.outlet,
        echo.cites.source,
        day(echo.date)
    )
}

/// Returns what was lost from whom to whom.
#[must_use]
pub fn loss(loss: &Loss) -> String {
    let (before, after) = (&loss.before, &loss.after);
    let gone = if loss.dropped.is_empty() {
        String::new()
    } else {
        format!(" ({})", loss.dropped.join(", "))
    };
    format!(
        "{} → {}, {}: {}{gone}",
        before.outlet,
        after.outlet,
        day(loss.date),
        drifts(&loss.drifts)
    )
}

/// Returns how far a headline goes beyond its article.
#[must_use]
pub fn beyond(beyond: &Beyond) -> String {
    format!(
        "headline of {}: {}",
        beyond.headline.outlet,
        drifts(&beyond.drifts)
    )
}

/// Returns what is different, in words.
#[must_use]
pub fn drifts(drifts: &[Drift]) -> String {
    let drifts: Vec<&str> = drifts.iter().map(|drift| drift.describe()).collect();
    drifts.join(", ")
}

fn reach(correction: &Correction) -> Vec<String> {
    let names = |list: &[Reached]| {
        let names: Vec<&str> = list.iter().map(|one| one.outlet.as_str()).collect();
        names.join(", ")
    };
    let days = correction.days;
    let lists = [
        (
            &correction.reached,
            format!("carried a denial within {days} days"),
        ),
        (
            &correction.late,
            format!("carried a denial after more than {days} days"),
        ),
        (&correction.never, "never carried a denial".to_owned()),
    ];
    (lists.iter())
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, what)| format!("{what}: {}", names(list)))
        .collect()
}

fn silence(covered: &[Covered]) -> String {
    let mut names: Vec<&str> = covered.iter().map(|one| one.outlet.as_str()).collect();
    names.dedup();
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more > 0 {
        format!("{shown} and {more} more")
    } else {
        shown
    }
}

fn verb(relation: Relation) -> &'static str {
    match relation {
        Relation::Publishes => "published",
        Relation::Attributes => "quotes",
        Relation::Cites => "cites",
        Relation::Credits => "credits",
        Relation::Reprints => "reprints",
        Relation::SharesText => "shares its text with",
    }
}
