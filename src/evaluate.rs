//! How well attributions are found: predictions against what people marked.
//!
//! Whatever found the predictions, they come in as [`Prediction`]s, one list an article; nothing
//! here knows the extractor, apart from [`convention`] and [`story`]. It reads no clock: the time is told to it.

use std::time::Duration;

use serde::Serialize;

use crate::{
    article::RawArticle,
    attribution,
    corpus::{GoldArticle, GoldAttribution},
    document::{self, CleanOptions},
    lexicon::Lexicon,
    pipeline::Extractor,
    text::{self, Text},
};

mod align;
pub mod convention;
pub mod copies;
mod errors;
pub mod events;
pub mod headline;
pub mod paraphrase;
pub mod predictions;
mod reliability;
mod report;
pub mod retrieval;
mod score;
mod speech;
pub mod story;
mod token;

pub use errors::{CueRow, ErrorKind, Errors, Example, KindRow, Marked};
pub use reliability::{Bin, Reliability, RuleRow};
pub use report::render;
pub use score::{Measures, Prf, Scores};
pub use speech::{SpeechRecall, SpeechRow};

use align::Aligned;

/// An attribution that an extractor found, in the parts that people mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Source, cue and content.
    pub parts: GoldAttribution,
    /// From 0 to 1.
    pub confidence: f64,
    /// Id of the rule or model.
    pub rule: String,
}

/// Everything that is said of an extractor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Number of articles.
    pub articles: usize,
    /// Number of attributions that people marked.
    pub gold: usize,
    /// Number of attributions that were predicted.
    pub predicted: usize,
    /// Precision, recall and F1.
    pub scores: Scores,
    /// How much is found of direct, mixed and indirect speech.
    pub recall_by_speech: SpeechRecall,
    /// How far a confidence can be believed.
    pub reliability: Reliability,
    /// What goes wrong.
    pub errors: Errors,
    /// How fast the extractor was, when that was measured.
    pub speed: Option<Speed>,
}

/// How fast an extractor was.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Speed {
    /// Number of words read, parted by white space.
    pub words: usize,
    /// Seconds that processors worked on them.
    pub cpu_seconds: f64,
    /// The one divided by the other.
    pub words_per_cpu_second: f64,
}

impl Speed {
    /// Tells the speed at which articles were read.
    #[must_use]
    pub fn of(articles: &[GoldArticle], cpu: Duration) -> Self {
        let count = |article: &GoldArticle| article.text.split_whitespace().count();
        let words = articles.iter().map(count).sum();
        let cpu_seconds = cpu.as_secs_f64();
        // A clock may not have ticked.
        let words_per_cpu_second = words as f64 / cpu_seconds.max(1e-9);
        Self {
            words,
            cpu_seconds,
            words_per_cpu_second,
        }
    }
}

/// Cleans and segments an annotated article as any other.
#[must_use]
pub fn segment(article: &GoldArticle, lexicon: &Lexicon) -> Text {
    let raw = RawArticle::plain(article.name.as_str(), article.text.as_str());
    let document = document::clean(&raw, lexicon, &CleanOptions::default()).value;
    text::segment(&document, lexicon)
}

/// Runs an extractor over one article.
#[must_use]
pub fn extract(article: &GoldArticle, lexicon: &Lexicon, extractor: &Extractor) -> Vec<Prediction> {
    let text = segment(article, lexicon);
    let attributions = attribution::attribute(&article.text, &text, lexicon, extractor.model());
    convention::predictions(&article.text, &attributions, lexicon)
}

/// Compares predictions with what was marked; `predictions` stand in the order of `articles`.
///
/// Of every kind of error, the `examples` worst are shown.
#[must_use]
pub fn evaluate(
    articles: &[GoldArticle],
    predictions: &[Vec<Prediction>],
    examples: usize,
    lexicon: &Lexicon,
) -> Evaluation {
    let aligned: Vec<Aligned<'_>> = articles
        .iter()
        .zip(predictions)
        .map(|(article, predictions)| Aligned::new(article, predictions))
        .collect();
    Evaluation {
        articles: articles.len(),
        gold: articles.iter().map(|a| a.attributions.len()).sum(),
        predicted: predictions.iter().map(Vec::len).sum(),
        scores: score::score(&aligned),
        recall_by_speech: speech::recall(&aligned),
        reliability: reliability::measure(&aligned),
        errors: errors::collect(&aligned, examples, lexicon),
        speed: None,
    }
}
