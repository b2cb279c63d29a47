//! What follows from who relies on whom, in words: one line for each finding.

use super::table::{count, day};
use crate::reliance::{
    Affiliation, Beyond, Bond, Circle, Correction, Counts, Covered, Drift, Echo, Loss, Passage,
    Reached, Relation, Reliance,
};

/// So many findings of one kind are told; JSON has them all.
const SHOWN: usize = 6;

/// How much a finding weighs on what a reader makes of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It is told.
    Plain,
    /// The claim was changed on its way, or is less confirmed than it looks.
    Warning,
    /// It has no support of its own.
    Grave,
}

impl Weight {
    /// Returns its word, for style sheets.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Warning => "warning",
            Self::Grave => "grave",
        }
    }
}

/// A line that says what follows.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) weight: Weight,
    /// What is counted, where it is a count.
    pub(super) label: &'static str,
    pub(super) text: String,
    /// What it rests on.
    pub(super) note: String,
}

/// Returns what the counts of the claim do not say.
pub(super) fn findings(reliance: &Reliance) -> Vec<Finding> {
    let line = |weight: Weight, text: String| Finding {
        weight,
        label: "",
        text,
        note: String::new(),
    };
    let mut lines = Vec::new();
    if reliance.joined != reliance.counts {
        let of: Vec<String> = reliance.affiliations.iter().map(bond).collect();
        lines.push(Finding {
            label: "affiliated joined",
            note: of.join("; "),
            ..line(Weight::Plain, counts(&reliance.joined))
        });
    }
    if reliance.family.outlets != reliance.counts.outlets {
        lines.push(Finding {
            label: "with its variants",
            ..line(Weight::Plain, counts(&reliance.family))
        });
    }
    let passages = reliance.passages.iter().take(SHOWN).map(passage);
    lines.extend(passages.map(|text| line(Weight::Plain, text)));
    let circles = reliance.circles.iter().take(SHOWN).map(circle);
    lines.extend(circles.map(|text| line(Weight::Grave, text)));
    let changes = (reliance.echoes.iter().take(SHOWN).map(echo))
        .chain(reliance.losses.iter().take(SHOWN).map(loss))
        .chain(reliance.beyond.iter().take(SHOWN).map(beyond));
    lines.extend(changes.map(|text| line(Weight::Warning, text)));
    let reached = reliance.correction.iter().flat_map(reach);
    lines.extend(reached.map(|text| line(Weight::Plain, text)));
    let silent = &reliance.silence;
    for (what, covered) in [("the claim", &silent.claim), ("its denial", &silent.denial)] {
        if !covered.is_empty() {
            let text = format!("covered it without {what}: {}", silence(covered));
            lines.push(line(Weight::Plain, text));
        }
    }
    lines
}

/// Returns the counts in one line.
fn counts(counts: &Counts) -> String {
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
fn passage(passage: &Passage) -> String {
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
fn circle(circle: &Circle) -> String {
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
fn echo(echo: &Echo) -> String {
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
fn loss(loss: &Loss) -> String {
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
fn beyond(beyond: &Beyond) -> String {
    format!(
        "headline of {}: {}",
        beyond.headline.outlet,
        drifts(&beyond.drifts)
    )
}

/// Returns what is different, in words.
fn drifts(drifts: &[Drift]) -> String {
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
