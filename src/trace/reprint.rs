//! Copies as answers show them: which article is whose, what says so, what was cut and added.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Evidence;
use crate::{
    claim::copy::{Direction, Reprint},
    id::{ArticleId, SnapshotId},
    mention::ArticleRef,
    rdf::read,
    span::Span,
    store::Graph,
};

/// How two articles that share words stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sharing {
    /// One is a copy of the other, whole or in part; it is known which.
    Copy,
    /// One is a copy of the other, or both are of a third.
    Shared,
    /// They share passages, such as quotations, and neither is a copy.
    Passages,
}

impl Sharing {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Shared => "shared",
            Self::Passages => "passages",
        }
    }
}

/// Two articles that share words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Copy {
    /// How they stand to each other.
    pub relation: Sharing,
    /// The copy; one of the two where that is not known.
    pub copy: ArticleRef,
    /// The original; the other of the two where that is not known.
    pub original: ArticleRef,
    /// Share of the shorter text's runs of eight words that stand in the other, from 0 to 1.
    pub containment: f64,
    /// How many words of it stand in the other.
    pub words: usize,
    /// What tells copy from original.
    pub direction: Direction,
    /// The same in words.
    pub why: String,
    /// Whom both credit, where neither is the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Whether what they share stands in another order.
    pub reordered: bool,
    /// Passages of the original that the copy leaves out.
    pub cut: Vec<Evidence>,
    /// Passages of the copy that the original does not have.
    pub added: Vec<Evidence>,
}

/// Lists what some articles share with others, or all with all; by the date and path of the copy.
#[must_use]
pub fn copies(graph: &Graph, articles: Option<&BTreeSet<ArticleId>>) -> Vec<Copy> {
    let found: BTreeMap<(ArticleId, ArticleId), Reprint> = match articles {
        None => read::copies(graph, None),
        Some(articles) => (articles.iter())
            .flat_map(|article| read::copies(graph, Some(article)))
            .collect(),
    }
    .into_iter()
    .map(|reprint| ((reprint.copy.clone(), reprint.original.clone()), reprint))
    .collect();
    let found = found
        .into_values()
        .filter_map(|reprint| shown(graph, reprint));
    let mut found: Vec<Copy> = found.collect();
    found.sort_by_cached_key(|copy| {
        let day = |article: &ArticleRef| (article.published.is_none(), article.published);
        let names = |article: &ArticleRef| (day(article), article.path.clone());
        (copy.relation, names(&copy.copy), names(&copy.original))
    });
    found
}

fn shown(graph: &Graph, reprint: Reprint) -> Option<Copy> {
    let (of_copy, of_original) = &reprint.snapshots;
    let article = |snapshot| Some(ArticleRef::from(&read::article(graph, snapshot)?));
    let passages = |snapshot: &SnapshotId, spans: &[Span]| -> Vec<Evidence> {
        let text = match spans.is_empty() {
            true => None,
            false => graph.snapshot(snapshot).ok().flatten(),
        };
        let text = text.map(|snapshot| snapshot.text).unwrap_or_default();
        (spans.iter())
            .map(|span| Evidence {
                snapshot: snapshot.clone(),
                start: span.start,
                end: span.end,
                quote: span.of(&text).to_owned(),
            })
            .collect()
    };
    let relation = match (reprint.is_copy, reprint.direction.is_known()) {
        (false, _) => Sharing::Passages,
        (true, true) => Sharing::Copy,
        (true, false) => Sharing::Shared,
    };
    Some(Copy {
        relation,
        copy: article(of_copy)?,
        original: article(of_original)?,
        containment: reprint.containment,
        words: reprint.words,
        direction: reprint.direction,
        why: match relation {
            Sharing::Passages => "they share passages, and neither is a copy".to_owned(),
            _ => reprint.direction.why().to_owned(),
        },
        credit: reprint.credit,
        reordered: reprint.reordered,
        cut: passages(of_original, &reprint.cut),
        added: passages(of_copy, &reprint.added),
    })
}
