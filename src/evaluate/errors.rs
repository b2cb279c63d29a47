//! What goes wrong: each kind counted, and the worst of each with the words around it.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::Serialize;

use super::{
    align::Aligned,
    token::{Sets, differing},
};
use crate::{
    corpus::{GoldArticle, GoldAttribution},
    lexicon::Lexicon,
    span::{Passage, Span},
    text::sentences,
};

/// A kind of error; one pair can have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// Nothing was predicted for it.
    Missed,
    /// Nobody marked it.
    Spurious,
    /// The cue has other words.
    WrongCue,
    /// The source has other words.
    WrongSource,
    /// The content lacks words.
    ContentTooShort,
    /// The content has too many words.
    ContentTooLong,
    /// The content both lacks words and has others.
    ContentWrong,
}

impl ErrorKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Missed,
        Self::Spurious,
        Self::WrongCue,
        Self::WrongSource,
        Self::ContentTooShort,
        Self::ContentTooLong,
        Self::ContentWrong,
    ];

    /// Returns its name in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Spurious => "spurious",
            Self::WrongCue => "wrong cue",
            Self::WrongSource => "wrong source",
            Self::ContentTooShort => "content too short",
            Self::ContentTooLong => "content too long",
            Self::ContentWrong => "content wrong",
        }
    }
}

/// The errors of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindRow {
    /// The kind.
    pub kind: ErrorKind,
    /// How many there are.
    pub count: usize,
    /// The cues that have it most often.
    pub cues: Vec<CueRow>,
    /// The worst: by the number of wrong words times the confidence.
    pub examples: Vec<Example>,
}

/// How often a cue has one kind of error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CueRow {
    /// The cue as it was marked, or as it was predicted when nobody marked it; in lower case.
    pub cue: String,
    /// How often.
    pub count: usize,
}

/// Most cues that are shown of one kind of error.
const MOST_CUES: usize = 20;

/// All errors, one row for each kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Errors {
    /// Number of pairs without an error.
    pub right: usize,
    /// The kinds.
    pub kinds: Vec<KindRow>,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// Name of the article.
    pub article: String,
    /// Number of words that are wrong.
    pub wrong: usize,
    /// Id of the rule, unless nothing was predicted.
    pub rule: Option<String>,
    /// Its confidence.
    pub confidence: Option<f64>,
    /// The sentences that hold what was marked and what was predicted.
    pub passage: Passage,
    /// What was marked.
    pub gold: Option<Marked>,
    /// What was predicted.
    pub predicted: Option<Marked>,
}

/// The words of an attribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// Who says it.
    pub source: Vec<Passage>,
    /// What marks it.
    pub cue: Vec<Passage>,
    /// What is said.
    pub content: Vec<Passage>,
}

impl Marked {
    fn cut(text: &str, parts: &GoldAttribution) -> Self {
        let cut = |spans: &[Span]| spans.iter().map(|span| Passage::cut(text, *span)).collect();
        Self {
            source: cut(&parts.source),
            cue: cut(&parts.cue),
            content: cut(&parts.content),
        }
    }
}

/// One error, before its words are looked up.
struct Case {
    kind: ErrorKind,
    article: usize,
    gold: Option<usize>,
    predicted: Option<usize>,
    wrong: usize,
    /// By which the worst are found.
    weight: f64,
}

/// Counts the errors and cuts out the `examples` worst of each kind.
pub(super) fn collect(articles: &[Aligned<'_>], examples: usize, lexicon: &Lexicon) -> Errors {
    let mut right = 0;
    let mut cases = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        right += cases_of(number, article, &mut cases);
    }
    // Sorting is stable, so that equals stay in the order of the articles.
    cases.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let kinds = ErrorKind::ALL.map(|kind| {
        let of_kind = || cases.iter().filter(|case| case.kind == kind);
        let shown = of_kind().take(examples);
        KindRow {
            kind,
            count: of_kind().count(),
            cues: most_frequent(of_kind().map(|case| cue(case, &articles[case.article]))),
            examples: shown
                .map(|case| example(case, &articles[case.article], lexicon))
                .collect(),
        }
    });
    Errors {
        right,
        kinds: kinds.into(),
    }
}

/// Adds the errors of one article; returns the number of pairs without one.
fn cases_of(number: usize, article: &Aligned<'_>, cases: &mut Vec<Case>) -> usize {
    let mut add = |kind, gold, predicted: Option<usize>, wrong: usize| {
        let confidence = predicted.map_or(1.0, |p| article.predictions[p].confidence);
        cases.push(Case {
            kind,
            article: number,
            gold,
            predicted,
            wrong,
            weight: confidence * wrong as f64,
        });
    };
    let mut right = 0;
    for (gold, partner) in article.partner.iter().enumerate() {
        let sets = &article.gold[gold];
        let Some(partner) = *partner else {
            add(ErrorKind::Missed, Some(gold), None, sets.n_tokens());
            continue;
        };
        let errors = differences(sets, &article.predicted[partner]);
        right += usize::from(errors.is_empty());
        for (kind, wrong) in errors {
            add(kind, Some(gold), Some(partner), wrong);
        }
    }
    for (predicted, partner) in article.partner_of_predicted().iter().enumerate() {
        if partner.is_none() {
            let wrong = article.predicted[predicted].n_tokens();
            add(ErrorKind::Spurious, None, Some(predicted), wrong);
        }
    }
    right
}

/// Returns what is wrong with a pair, with the number of wrong words.
fn differences(gold: &Sets, predicted: &Sets) -> Vec<(ErrorKind, usize)> {
    let content = if predicted.content.is_subset(&gold.content) {
        ErrorKind::ContentTooShort
    } else if gold.content.is_subset(&predicted.content) {
        ErrorKind::ContentTooLong
    } else {
        ErrorKind::ContentWrong
    };
    [
        (ErrorKind::WrongCue, differing(&gold.cue, &predicted.cue)),
        (
            ErrorKind::WrongSource,
            differing(&gold.source, &predicted.source),
        ),
        (content, differing(&gold.content, &predicted.content)),
    ]
    .into_iter()
    .filter(|(_, wrong)| *wrong > 0)
    .collect()
}

/// Returns the cue that an error is about.
fn cue(case: &Case, aligned: &Aligned<'_>) -> String {
    let article = aligned.article;
    let parts = match (case.gold, case.predicted) {
        (Some(gold), _) => &article.attributions[gold],
        (None, Some(predicted)) => &aligned.predictions[predicted].parts,
        (None, None) => return String::new(),
    };
    let pieces = parts.cue.iter().map(|span| span.of(&article.text));
    let words: Vec<&str> = pieces.flat_map(str::split_whitespace).collect();
    words.join(" ").to_lowercase()
}

/// Counts what is the same; the most frequent first, then by the alphabet.
fn most_frequent(cues: impl Iterator<Item = String>) -> Vec<CueRow> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for cue in cues {
        *counts.entry(cue).or_default() += 1;
    }
    let mut rows: Vec<CueRow> = counts
        .into_iter()
        .map(|(cue, count)| CueRow { cue, count })
        .collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows.truncate(MOST_CUES);
    rows
}

fn example(case: &Case, aligned: &Aligned<'_>, lexicon: &Lexicon) -> Example {
    let article = aligned.article;
    let gold = case.gold.map(|gold| &article.attributions[gold]);
    let predicted = case
        .predicted
        .map(|predicted| &aligned.predictions[predicted]);
    let marked = |parts| Marked::cut(&article.text, parts);
    let parts = predicted.map(|prediction| &prediction.parts);
    Example {
        article: article.name.clone(),
        wrong: case.wrong,
        rule: predicted.map(|prediction| prediction.rule.clone()),
        confidence: predicted.map(|prediction| prediction.confidence),
        passage: passage(article, gold.into_iter().chain(parts), lexicon),
        gold: gold.map(marked),
        predicted: parts.map(marked),
    }
}

/// Cuts out the sentences that hold all parts.
fn passage<'a>(
    article: &GoldArticle,
    all: impl Iterator<Item = &'a GoldAttribution>,
    lexicon: &Lexicon,
) -> Passage {
    let text = &article.text;
    let spans = all.flat_map(|parts| [&parts.source, &parts.cue, &parts.content]);
    let Some(cover) = spans.flatten().copied().reduce(Span::cover) else {
        return Passage::cut(text, Span::default());
    };
    // Lines part paragraphs; a sentence does not go on over them.
    let (before, behind) = (text.get(..cover.start), text.get(cover.end..));
    let start = before.and_then(|text| text.rfind('\n'));
    let end = behind.and_then(|text| text.find('\n'));
    let line = Span::new(
        start.map_or(0, |at| at + 1),
        end.map_or(text.len(), |at| cover.end + at),
    );
    let touched = sentences(text, line, lexicon)
        .into_iter()
        .filter(|sentence| sentence.overlaps(cover));
    Passage::cut(text, touched.fold(cover, Span::cover))
}
