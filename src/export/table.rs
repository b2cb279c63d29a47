//! Answers as text for a terminal: wrapped to its width, coloured on request, nothing printed.

use jiff::civil::Date;

use crate::{
    claim::RelationKind,
    mention::{Link, Stance},
    trace::{Carriage, Related, Role, Source, Trace, Voice},
};

mod links;
mod lists;
mod numbers;
pub(crate) mod page;
mod reliance;
mod revisions;

pub use links::render_copies;
pub use lists::{ClaimRow, claim_rows, render_claims, render_mentions};
pub use revisions::render_revisions;

use page::{BAD, BOLD, DIM, GOOD, ITALIC, NAME, PLAIN, Page, WARN};

/// Returns the counts of an answer in one line.
#[must_use]
pub fn counts(trace: &Trace) -> String {
    let summary = &trace.summary;
    let mut counts = vec![
        count(summary.outlets, "outlet"),
        count(summary.articles, "article"),
    ];
    if summary.texts != summary.articles {
        counts.push(count(summary.texts, "text"));
    }
    counts.push(count(summary.routes, "route"));
    counts.push(count(summary.origins, "origin"));
    if let Some(date) = summary.first_seen {
        counts.push(format!("first seen {date}"));
    }
    counts.join(" · ")
}

/// Renders an answer.
#[must_use]
pub fn render_trace(trace: &Trace, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let claim = &trace.claim;
    page.flow(0, &[(BOLD, &claim.label)]);
    if claim.text.trim() != claim.label.trim() {
        page.flow(0, &[(ITALIC, &quoted(&claim.text))]);
    }
    page.flow(0, &[(PLAIN, &counts(trace))]);
    if let Some(single) = &trace.summary.single_source {
        page.flow(
            0,
            &[(PLAIN, "everything leads to "), (NAME, &single.source)],
        );
    }
    page.flow(0, &[(DIM, &format!("claim {}", claim.id))]);
    if !claim.variants.is_empty() {
        page.section("Wordings", claim.variants.len());
        for variant in &claim.variants {
            page.flow(2, &[(ITALIC, &quoted(variant))]);
        }
    }
    carriages(&mut page, "Repeats", "nobody repeats it", &trace.repeats);
    carriages(&mut page, "Disputes", "nobody disputes it", &trace.disputes);
    page.section("Sources", trace.sources.len());
    if trace.sources.is_empty() {
        page.flow(2, &[(DIM, "none known")]);
    }
    for found in &trace.sources {
        source(&mut page, found);
    }
    numbers::lineages(&mut page, &trace.lineage);
    if !trace.copies.is_empty() {
        page.section("Copies", trace.copies.len());
        for copy in &trace.copies {
            links::copy(&mut page, 2, copy);
        }
    }
    reliance::reliance(&mut page, &trace.reliance);
    if let Some(without) = &trace.without {
        reliance::without(&mut page, without);
    }
    timeline(&mut page, trace);
    if !trace.related.is_empty() {
        page.section("Related", trace.related.len());
        for found in &trace.related {
            related(&mut page, found);
        }
    }
    page.finish()
}

fn carriages(page: &mut Page, title: &str, none: &str, carriages: &[Carriage]) {
    page.section(title, carriages.len());
    if carriages.is_empty() {
        page.flow(2, &[(DIM, none)]);
    }
    for (place, entry) in carriages.iter().enumerate() {
        if place > 0 {
            page.blank();
        }
        carriage(page, entry);
    }
}

fn carriage(page: &mut Page, carriage: &Carriage) {
    let date = day(carriage.article.published);
    let mut head = vec![
        (NAME, carriage.outlet.as_str()),
        (DIM, " · "),
        (PLAIN, &date),
        (DIM, " · "),
    ];
    let through = carriage.denial.as_ref().and_then(|denial| {
        let through = denial.through.as_ref()?;
        Some((carriage.stance, through))
    });
    let (verb, label) = match through {
        Some((stance, through)) if stance.repeats() => (
            format!("{} the opposite: ", stance.as_str()),
            quoted(&through.label),
        ),
        Some((stance, through)) => (
            format!("{} what follows from it: ", stance.as_str()),
            quoted(&through.label),
        ),
        None => (carriage.stance.as_str().to_owned(), String::new()),
    };
    let style = match &carriage.denial {
        Some(_) => BAD,
        None => stance_style(carriage.stance),
    };
    head.push((style, &verb));
    head.push((PLAIN, &label));
    let denied;
    if let Some(denial) = carriage
        .denial
        .as_ref()
        .filter(|denial| denial.denies.as_str() != "content")
    {
        denied = format!(" (the {})", denial.denies.as_str());
        head.push((DIM, &denied));
    }
    page.flow(2, &head);
    page.flow(4, &[(PLAIN, &who(&carriage.chain, carriage.voice))]);
    let evidence = &carriage.evidence;
    page.flow(4, &[(ITALIC, &quoted(&evidence.quote))]);
    page.whole(
        4,
        DIM,
        &format!(
            "{}:{}-{}",
            carriage.article.path, evidence.start, evidence.end
        ),
    );
}

fn source(page: &mut Page, source: &Source) {
    let kind = match source.role {
        Role::Origin => source.kind.as_str().to_owned(),
        Role::Relay => format!("{}, passing it on", source.kind.as_str()),
        Role::Reprinted => format!("{}, reprinted", source.kind.as_str()),
    };
    let outlets = source.outlets.join(", ");
    page.flow(
        2,
        &[
            (NAME, &source.source),
            (DIM, &format!(" · {kind} · ")),
            (PLAIN, &format!("in {outlets}")),
        ],
    );
    for other in &source.may_be {
        let note = format!("perhaps the same as {} ({:.2})", other.source, other.score);
        page.flow(4, &[(DIM, &note)]);
    }
}

fn timeline(page: &mut Page, trace: &Trace) {
    if trace.timeline.is_empty() {
        return;
    }
    page.section("Timeline", trace.timeline.len());
    for entry in &trace.timeline {
        let date = format!("{:<14}", day(entry.date));
        page.flow(
            2,
            &[
                (PLAIN, &date),
                (NAME, &entry.outlet),
                (DIM, " · "),
                (stance_style(entry.stance), entry.stance.as_str()),
            ],
        );
    }
}

fn related(page: &mut Page, related: &Related) {
    let (style, word) = match related.relation {
        RelationKind::VariantOf => (WARN, "variant of "),
        RelationKind::Contradicts => (BAD, "contradicts "),
        RelationKind::Entails => (GOOD, "entails "),
        RelationKind::EntailedBy => (GOOD, "entailed by "),
    };
    page.flow(2, &[(style, word), (PLAIN, &related.claim.label)]);
    let why = format!("{} · {}", related.claim.id, related.why);
    page.flow(4, &[(DIM, &why)]);
}

/// Returns the chain as readers say it.
fn who(chain: &[Link], voice: Voice) -> String {
    let names: Vec<&str> = chain.iter().map(|link| link.source.as_str()).collect();
    match voice {
        Voice::Own => format!("{}, in its own voice", names.join(" ← ")),
        Voice::Attributed => names.join(" ← "),
    }
}

fn stance_style(stance: Stance) -> anstyle::Style {
    if stance.disputes() {
        BAD
    } else if stance.repeats() && stance != Stance::Hedges {
        GOOD
    } else {
        WARN
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", text.trim())
}

pub(super) fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "date unknown".to_owned(), |date| date.to_string())
}

pub(super) fn count(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("{count} {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests;
