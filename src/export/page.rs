//! An answer as one web page that needs nothing else: no network, no script.
//!
//! Layout and words are the template's (`page/report.html`, `page/report.css`); this file says what
//! stands there. Everything an article says is escaped by the template engine.

use std::{collections::BTreeMap, io};

use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;

use super::{
    chart,
    findings::{Finding, findings},
    network::{Network, key, start_key},
};
use crate::{
    mention::Stance,
    reliance::Reliance,
    store::Graph,
    trace::{Role, Trace},
};

mod context;
mod quote;

use quote::{Held, Texts, articles};

const TEMPLATE: &str = include_str!("page/report.html");
const STYLE: &str = include_str!("page/report.css");

/// Writes the page of an answer.
///
/// # Errors
///
/// When `out` cannot be written or a snapshot cannot be read.
pub fn write(graph: &Graph, trace: &Trace, out: &mut dyn io::Write) -> io::Result<()> {
    let mut texts = Texts::new(graph);
    let repeats = articles(&trace.repeats, "r", &mut texts)?;
    let disputes = articles(&trace.disputes, "d", &mut texts)?;
    let mut links = BTreeMap::new();
    for (list, carriages) in [(&repeats, &trace.repeats), (&disputes, &trace.disputes)] {
        for carriage in carriages {
            let held = list
                .iter()
                .find(|held| held.id == carriage.article.id.as_str());
            if let Some(held) = held {
                let known = links.entry(start_key(carriage));
                known.or_insert_with(|| held.anchor.clone());
            }
        }
    }
    for (number, source) in trace.sources.iter().enumerate() {
        let known = links.entry(key("agent", source.id.as_str()));
        known.or_insert_with(|| format!("s{number}"));
    }
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        style: Value::from_safe_string(STYLE.to_owned()),
        chart: Value::from_safe_string(chart::draw(&Network::of_trace(trace), &links)),
        counts: counts(trace),
        findings: told(&trace.reliance),
        timeline: timeline(trace, &repeats, &disputes),
        sources: sources(trace),
        numbers: numbers(trace),
        key: lines(&repeats, &disputes, trace),
        denials: trace.disputes.len(),
        trace,
        repeats,
        disputes,
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.add_filter("visible", visible);
    environment.add_filter("web", |url: String| {
        url.starts_with("https://") || url.starts_with("http://")
    });
    environment
        .add_template("report.html", TEMPLATE)
        .expect("the template is tested");
    let text = environment
        .get_template("report.html")
        .and_then(|template| template.render(&page))
        .map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// What the template is given.
#[derive(Serialize)]
struct Page<'a> {
    version: &'static str,
    style: Value,
    chart: Value,
    key: Vec<Line>,
    trace: &'a Trace,
    counts: Vec<Count>,
    findings: Vec<Found>,
    repeats: Vec<Held>,
    disputes: Vec<Held>,
    denials: usize,
    sources: Vec<SourceRow>,
    numbers: Vec<Vec<NumberRow>>,
    timeline: Vec<Day>,
}

#[derive(Serialize)]
struct Count {
    value: String,
    label: &'static str,
    meaning: &'static str,
}

/// What follows from who relies on whom.
#[derive(Serialize)]
struct Found {
    weight: &'static str,
    label: &'static str,
    text: String,
    note: String,
}

#[derive(Serialize)]
struct SourceRow {
    anchor: String,
    name: String,
    kind: &'static str,
    role: &'static str,
    outlets: Vec<String>,
    perhaps: Vec<String>,
}

#[derive(Serialize)]
struct NumberRow {
    date: Option<String>,
    figure: String,
    outlet: String,
    stance: &'static str,
    tone: &'static str,
    changes: Vec<&'static str>,
    first: bool,
}

#[derive(Serialize)]
struct Day {
    date: Option<String>,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    outlet: String,
    #[serde(skip)]
    article: String,
    stances: Vec<Told>,
    anchor: Option<String>,
}

#[derive(Serialize)]
struct Told {
    word: &'static str,
    tone: &'static str,
}

/// A line of the picture and what it means.
#[derive(Serialize)]
struct Line {
    look: &'static str,
    meaning: &'static str,
}

/// Explains the lines that occur.
fn lines(repeats: &[Held], disputes: &[Held], trace: &Trace) -> Vec<Line> {
    let quotes = || repeats.iter().chain(disputes).flat_map(|held| &held.quotes);
    let tone = |tone: &str| quotes().any(|quote| quote.tone == tone);
    let contradicted = !disputes.is_empty();
    let lines = [
        (tone("repeats"), "repeats", "repeats"),
        (tone("hedges"), "dash hedges", "hedges"),
        (contradicted, "disputes", "disputes, or cannot both be true"),
        (
            !trace.sources.is_empty(),
            "said repeats",
            "what a source says",
        ),
    ];
    let shown = lines.into_iter().filter(|line| line.0);
    shown
        .map(|(_, look, meaning)| Line { look, meaning })
        .collect()
}

/// Says of an outlet without a name what it is.
fn named(outlet: &str) -> String {
    if outlet == "unknown" {
        "unknown outlet".to_owned()
    } else {
        outlet.to_owned()
    }
}

fn tone(stance: Stance) -> &'static str {
    match stance {
        stance if stance.disputes() => "disputes",
        Stance::Hedges => "hedges",
        Stance::Discusses => "discusses",
        _ => "repeats",
    }
}

fn counts(trace: &Trace) -> Vec<Count> {
    let summary = &trace.summary;
    let count = |value: usize, label: [&'static str; 2], meaning: &'static str| Count {
        value: value.to_string(),
        label: label[usize::from(value != 1)],
        meaning,
    };
    vec![
        count(summary.outlets, ["outlet", "outlets"], "carry it"),
        count(
            summary.articles,
            ["article", "articles"],
            "in which they do",
        ),
        count(summary.texts, ["text", "texts"], "once reprints are joined"),
        count(
            summary.routes,
            ["route", "routes"],
            "that share no outlet and no source",
        ),
        count(
            summary.origins,
            ["origin", "origins"],
            "behind whom nobody is named",
        ),
    ]
}

fn told(reliance: &Reliance) -> Vec<Found> {
    let found = |finding: Finding| Found {
        weight: finding.weight.as_str(),
        label: finding.label,
        text: finding.text,
        note: finding.note,
    };
    findings(reliance).into_iter().map(found).collect()
}

fn sources(trace: &Trace) -> Vec<SourceRow> {
    let row = |(number, source): (usize, &crate::trace::Source)| SourceRow {
        anchor: format!("s{number}"),
        name: source.source.clone(),
        kind: source.kind.as_str(),
        role: match source.role {
            Role::Origin => "origin",
            Role::Relay => "passes it on",
            Role::Reprinted => "reprinted",
        },
        outlets: source.outlets.iter().map(|outlet| named(outlet)).collect(),
        perhaps: source
            .may_be
            .iter()
            .map(|other| other.source.clone())
            .collect(),
    };
    trace.sources.iter().enumerate().map(row).collect()
}

/// Figures that were told more than once.
fn numbers(trace: &Trace) -> Vec<Vec<NumberRow>> {
    let told = trace
        .lineage
        .iter()
        .filter(|lineage| lineage.steps.len() > 1);
    let row = |step: &crate::trace::Figure| NumberRow {
        date: step.date.map(|date| date.to_string()),
        figure: step.quantity.text.clone(),
        outlet: named(&step.outlet),
        stance: step.stance.as_str(),
        tone: tone(step.stance),
        changes: step
            .changes
            .iter()
            .map(|change| change.describe())
            .collect(),
        first: step.after.is_none(),
    };
    told.map(|lineage| lineage.steps.iter().map(row).collect())
        .collect()
}

fn timeline(trace: &Trace, repeats: &[Held], disputes: &[Held]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for appearance in &trace.timeline {
        let date = appearance.date.map(|date| date.to_string());
        let lists = if appearance.stance.disputes() {
            [disputes, repeats]
        } else {
            [repeats, disputes]
        };
        let anchor = lists.iter().find_map(|list| {
            let held = list.iter().find(|held| held.id == appearance.article)?;
            Some(held.anchor.clone())
        });
        if days.last().is_none_or(|day| day.date != date) {
            days.push(Day {
                date,
                entries: Vec::new(),
            });
        }
        let Some(day) = days.last_mut() else {
            continue;
        };
        let told = Told {
            word: appearance.stance.as_str(),
            tone: tone(appearance.stance),
        };
        match day
            .entries
            .iter_mut()
            .find(|entry| entry.article == appearance.article)
        {
            Some(entry) => entry.stances.push(told),
            None => day.entries.push(Entry {
                outlet: named(&appearance.outlet),
                article: appearance.article.clone(),
                stances: vec![told],
                anchor,
            }),
        }
    }
    days
}

/// Says whether a character steers how text is shown: direction, or a control.
pub(super) fn is_steering(character: char) -> bool {
    let spaced = matches!(character, '\n' | '\t' | '\r');
    let turning = matches!(
        character,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{FFFE}' | '\u{FFFF}'
    );
    turning || (character.is_control() && !spaced)
}

/// Shows what would steer the text around it, as its number, so that a reader sees it.
fn visible(text: String) -> String {
    if !text.contains(is_steering) {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_steering(character) {
            shown.push_str(&format!("[U+{:04X}]", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests;
