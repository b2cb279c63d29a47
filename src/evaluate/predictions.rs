//! Predictions as JSON lines that other scorers read: offsets count characters, not bytes.

use serde::Serialize;

use super::Prediction;
use crate::{corpus::GoldArticle, span::Span};

/// The predictions for one article: one line of the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line<'a> {
    /// Name of the article.
    pub doc: &'a str,
    /// What was found in it.
    pub preds: Vec<Entry>,
}

/// One prediction; each part is a list of spans in characters, `[start, end]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The source.
    pub source: Vec<[usize; 2]>,
    /// The cue.
    pub cue: Vec<[usize; 2]>,
    /// The content.
    pub content: Vec<[usize; 2]>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Id of the rule or model.
    pub rule: String,
}

/// Writes down the predictions for one article.
#[must_use]
pub fn line<'a>(article: &'a GoldArticle, predictions: &[Prediction]) -> Line<'a> {
    let starts: Vec<usize> = article.text.char_indices().map(|(at, _)| at).collect();
    let place = |byte: usize| starts.partition_point(|start| *start < byte);
    let places = |spans: &[Span]| {
        let spans = spans.iter();
        spans
            .map(|span| [place(span.start), place(span.end)])
            .collect()
    };
    let entries = predictions.iter().map(|prediction| Entry {
        source: places(&prediction.parts.source),
        cue: places(&prediction.parts.cue),
        content: places(&prediction.parts.content),
        confidence: prediction.confidence,
        rule: prediction.rule.clone(),
    });
    Line {
        doc: &article.name,
        preds: entries.collect(),
    }
}
