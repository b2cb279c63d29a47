//! How well copies are found, against pairs of articles that share runs of eight words.
//!
//! A pair that is found but not listed is judged by counting its runs, as the list was made by
//! counting them.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde::Serialize;

use super::Prf;
use crate::{
    article::RawArticle,
    claim::copy::{self, Direction, Text},
    corpus::pairs::GoldPair,
    document::{self, CleanOptions},
    export::table::page::{BOLD, DIM, PLAIN, Page, WARN},
    id::{AgentId, ArticleId, SnapshotId},
    lexicon::Lexicon,
    sketch::words,
};

/// Words in a run of the pairs' measure.
const RUN: usize = 8;

/// Pairs that share at least these shares of the shorter article's runs are measured.
const LEVELS: [f64; 2] = [0.5, 0.15];

/// An article to look for copies in.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What is known of it.
    text: Text,
    /// Its snapshot.
    content: String,
}

impl Candidate {
    fn body(&self) -> String {
        let paragraphs = self.text.paragraphs.iter();
        let paragraphs: Vec<&str> = paragraphs.map(|span| span.of(&self.content)).collect();
        paragraphs.join("\n")
    }
}

/// Reads what counts of an article; its record's id names it in the list of pairs.
#[must_use]
pub fn candidate(raw: RawArticle, lexicon: &Lexicon) -> Candidate {
    let document = document::clean(&raw, lexicon, &CleanOptions::default()).value;
    let metadata = &document.metadata;
    let record = raw
        .provenance
        .as_ref()
        .and_then(|record| record.id.as_deref());
    let outlet = metadata.outlet.as_ref().map(|found| found.value.clone());
    let text = Text {
        article: ArticleId::from_local(record.unwrap_or(&raw.path)),
        snapshot: raw.snapshot.id.clone(),
        published: metadata.published.as_ref().map(|found| found.value.date),
        outlet_id: outlet.as_deref().map(AgentId::named),
        outlet,
        credit: metadata.credit.as_ref().map(|found| found.value.clone()),
        paragraphs: document.paragraphs(),
        sketch: document.sketch(),
    };
    Candidate {
        text,
        content: raw.snapshot.text,
    }
}

type Key = (String, String);

fn key(one: &str, other: &str) -> Key {
    (one.min(other).to_owned(), one.max(other).to_owned())
}

/// How well the copies are found at one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyRow {
    /// The pairs share at least this.
    pub containment: f64,
    /// Listed pairs whose articles are both there.
    pub listed: usize,
    /// Those of them that are found as copies.
    pub found: usize,
    /// Those that are found to share passages, such as quotations, without being copies.
    pub passages: usize,
    /// Copies that are said to share at least this.
    pub predicted: usize,
    /// Those of them that are listed so, or share as much when counted.
    pub right: usize,
    /// Precision over the copies, recall over what is listed.
    pub scores: Prf,
    /// The same of copies and shared passages together.
    pub linked: Prf,
    /// Listed pairs that are no copies, largest share first, with what they are found to be.
    pub missed: Vec<String>,
    /// Copies that are wrong.
    pub wrong: Vec<String>,
}

/// How well copies are found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyEvaluation {
    /// Articles.
    pub articles: usize,
    /// Pairs in the list.
    pub pairs: usize,
    /// Copies that are found.
    pub copies: usize,
    /// Pairs that are found to share passages without being copies.
    pub passages: usize,
    /// Processor time of finding them, reading aside, in seconds.
    pub seconds: f64,
    /// One row a level.
    pub levels: Vec<CopyRow>,
    /// How often what told copy from original.
    pub directions: BTreeMap<Direction, usize>,
}

/// Finds the copies and compares them with the list; `clock` tells the processor time used so far.
#[must_use]
pub fn score(
    articles: &[Candidate],
    pairs: &[GoldPair],
    clock: impl Fn() -> Duration,
    lexicon: &Lexicon,
) -> CopyEvaluation {
    let contents: BTreeMap<&SnapshotId, &Candidate> = (articles.iter())
        .map(|article| (&article.text.snapshot, article))
        .collect();
    let start = clock();
    let texts = articles.iter().map(|article| article.text.clone());
    let read = |id: &SnapshotId| Some(contents.get(id)?.content.clone());
    let reprints = copy::reprints(texts.collect(), &read, lexicon);
    let seconds = clock().saturating_sub(start).as_secs_f64();

    let held: BTreeSet<&str> = (articles.iter())
        .map(|article| article.text.article.as_str())
        .collect();
    let mut directions = BTreeMap::new();
    let mut found: BTreeMap<Key, (bool, f64)> = BTreeMap::new();
    let mut counted: BTreeMap<Key, f64> = BTreeMap::new();
    for reprint in &reprints {
        if reprint.is_copy {
            *directions.entry(reprint.direction).or_default() += 1;
        }
        let key = key(reprint.copy.as_str(), reprint.original.as_str());
        let (copy, original) = (&reprint.snapshots.0, &reprint.snapshots.1);
        if let (Some(copy), Some(original)) = (contents.get(copy), contents.get(original)) {
            counted.insert(key.clone(), containment(&copy.body(), &original.body()));
        }
        found.insert(key, (reprint.is_copy, reprint.containment));
    }
    // What is listed stands above what is counted.
    let listed: BTreeMap<Key, f64> = (pairs.iter())
        .filter(|pair| held.contains(pair.one.as_str()) && held.contains(pair.other.as_str()))
        .map(|pair| (key(&pair.one, &pair.other), pair.containment))
        .collect();
    for (key, share) in &listed {
        counted.insert(key.clone(), *share);
    }
    let levels = LEVELS
        .iter()
        .map(|level| row(*level, &listed, &found, &counted));
    CopyEvaluation {
        articles: articles.len(),
        pairs: pairs.len(),
        copies: reprints.iter().filter(|reprint| reprint.is_copy).count(),
        passages: reprints.iter().filter(|reprint| !reprint.is_copy).count(),
        seconds,
        levels: levels.collect(),
        directions,
    }
}

fn row(
    level: f64,
    listed: &BTreeMap<Key, f64>,
    found: &BTreeMap<Key, (bool, f64)>,
    counted: &BTreeMap<Key, f64>,
) -> CopyRow {
    let tell = |key: &Key, share: f64, what: &str| format!("{share:.3} {} {}{what}", key.0, key.1);
    let due: Vec<(&Key, f64)> = (listed.iter())
        .filter(|(_, share)| **share >= level)
        .map(|(key, share)| (key, *share))
        .collect();
    let is_copy = |key: &Key| found.get(key).map(|(is_copy, _)| *is_copy);
    let predicted: Vec<(&Key, bool, f64)> = (found.iter())
        .filter(|(_, (_, share))| *share >= level)
        .map(|(key, (is_copy, share))| (key, *is_copy, *share))
        .collect();
    let is_right = |key: &Key| counted.get(key).is_some_and(|share| *share >= level);
    let copies = predicted.iter().filter(|(_, is_copy, _)| *is_copy);
    let (right, wrong): (Vec<_>, Vec<_>) = copies.partition(|(key, _, _)| is_right(key));
    let linked = predicted.iter().filter(|(key, _, _)| is_right(key)).count();
    let hits = due
        .iter()
        .filter(|(key, _)| is_copy(key) == Some(true))
        .count();
    let passages = due
        .iter()
        .filter(|(key, _)| is_copy(key) == Some(false))
        .count();
    let mut missed: Vec<String> = (due.iter())
        .filter(|(key, _)| is_copy(key) != Some(true))
        .map(|(key, share)| {
            let what = is_copy(key).map_or("", |_| ", shares passages");
            tell(key, *share, what)
        })
        .collect();
    missed.sort_by(|a, b| b.cmp(a));
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let n_copies = right.len() + wrong.len();
    CopyRow {
        containment: level,
        listed: due.len(),
        found: hits,
        passages,
        predicted: n_copies,
        right: right.len(),
        scores: Prf::of(share(right.len(), n_copies), share(hits, due.len())),
        linked: Prf::of(
            share(linked, predicted.len()),
            share(hits + passages, due.len()),
        ),
        missed,
        wrong: (wrong.into_iter())
            .map(|(key, _, share)| tell(key, share, ""))
            .collect(),
    }
}

/// Counts the share of the shorter text's runs of words that stand in the other.
fn containment(one: &str, other: &str) -> f64 {
    let runs = |text: &str| -> BTreeSet<String> {
        let words: Vec<String> = words(text).map(|(_, word)| word.to_lowercase()).collect();
        words.windows(RUN).map(|run| run.join(" ")).collect()
    };
    let (one, other) = (runs(one), runs(other));
    let least = one.len().min(other.len()).max(1);
    one.intersection(&other).count() as f64 / least as f64
}

/// Shows an evaluation; of each kind of error so many.
#[must_use]
pub fn render(evaluation: &CopyEvaluation, errors: usize, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let head = format!(
        "{:12}{:>8}{:>8}{:>11}{:>8}{:>7}{:>7}{:>11}{:>7}{:>7}",
        "containment", "listed", "found", "predicted", "right", "P", "R", "+passages", "P", "R"
    );
    page.whole(0, BOLD, &head);
    for row in &evaluation.levels {
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        let line = format!(
            "{:12}{:>8}{:>8}{:>11}{:>8}{:>7}{:>7}{:>11}{:>7}{:>7}",
            format!("≥ {}", row.containment),
            row.listed,
            row.found,
            row.predicted,
            row.right,
            percent(row.scores.precision),
            percent(row.scores.recall),
            row.passages,
            percent(row.linked.precision),
            percent(row.linked.recall),
        );
        page.whole(0, PLAIN, &line);
    }
    let told = (evaluation.directions.iter())
        .map(|(direction, count)| format!("{count} by {}", direction.as_str()));
    let told = told.collect::<Vec<_>>().join(", ");
    let counts = format!(
        "{} articles, {} pairs listed; {} copies, told {told}, and {} pairs that share passages \
         (quotations, mostly) without being copies; found in {:.1} s",
        evaluation.articles,
        evaluation.pairs,
        evaluation.copies,
        evaluation.passages,
        evaluation.seconds
    );
    page.flow(0, &[(DIM, &counts)]);
    for row in evaluation.levels.iter().filter(|_| errors > 0) {
        let kinds = [("missed", &row.missed), ("wrong", &row.wrong)];
        for (kind, errors_of) in kinds {
            for error in errors_of.iter().take(errors) {
                page.flow(0, &[(WARN, kind), (PLAIN, " "), (PLAIN, error)]);
            }
        }
    }
    page.finish()
}
