//! What changed from one capture of an article to the next: paragraphs, claims, and figures and
//! attributions that were changed without a word.
//!
//! It reads the graph and its snapshots and decides nothing about claims.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Evidence, TracedRef};
use crate::{
    id::{ArticleId, ClaimId, SnapshotId},
    lexicon::Lexicon,
    mention::{Article, ArticleRef, Mention},
    rdf::read,
    resolve::quantity::quantities,
    span::Span,
    store::Graph,
};

mod paragraph;

pub use paragraph::{Changed, Edit};

/// The captures of an article and what changed between them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct History {
    /// The article, as it was captured last.
    pub article: ArticleRef,
    /// Its captures, in order.
    pub captures: Vec<Capture>,
    /// What changed from each to the next.
    pub revisions: Vec<Revision>,
}

/// One capture of an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capture {
    /// Its snapshot.
    pub snapshot: SnapshotId,
    /// When it was fetched, where the archive says.
    pub captured: Option<Timestamp>,
    /// The day of publication it gives.
    pub published: Option<Date>,
    /// Its headline.
    pub headline: Option<String>,
    /// Where it was read from.
    pub path: String,
}

/// What changed from one capture to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Revision {
    /// The earlier capture.
    pub from: SnapshotId,
    /// The later one.
    pub to: SnapshotId,
    /// The headline before and after, where it changed.
    pub headline: Option<Edit>,
    /// Paragraphs that came.
    pub added: Vec<Evidence>,
    /// Paragraphs that went.
    pub removed: Vec<Evidence>,
    /// Paragraphs that changed.
    pub changed: Vec<Changed>,
    /// Claims that the later capture no longer mentions.
    pub vanished: Vec<Said>,
    /// Claims that only the later capture mentions.
    pub appeared: Vec<Said>,
    /// Figures and attributions that changed.
    pub edits: Vec<SilentEdit>,
    /// Whether the later capture says that it was changed.
    pub announced: bool,
    /// The note that says so.
    pub note: Option<Evidence>,
}

/// A claim with the words that state it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The claim.
    pub claim: TracedRef,
    /// The words.
    pub evidence: Evidence,
}

/// What an edit changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EditKind {
    /// A figure.
    Number,
    /// Who said it, or what the outlet does with it.
    Attribution,
}

/// A figure or an attribution that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SilentEdit {
    /// What changed.
    pub kind: EditKind,
    /// How it was.
    pub before: String,
    /// How it is.
    pub after: String,
    /// Whether the article does not say that it was changed.
    pub stealth: bool,
    /// The words before.
    pub was: Evidence,
    /// The words after.
    pub is: Evidence,
}

/// A capture with its text.
struct Read {
    article: Article,
    captured: Option<Timestamp>,
    paragraphs: Vec<Span>,
    text: String,
    mentions: Vec<(Mention, Option<ClaimId>)>,
}

/// Returns the history of these articles, or of all that were captured more than once.
#[must_use]
pub fn histories(
    graph: &Graph,
    articles: Option<&BTreeSet<ArticleId>>,
    lexicon: &Lexicon,
) -> Vec<History> {
    let mut captures: BTreeMap<ArticleId, Vec<SnapshotId>> = BTreeMap::new();
    for article in read::articles(graph) {
        captures
            .entry(article.id)
            .or_default()
            .push(article.snapshot);
    }
    let wanted = |article: &ArticleId, count: usize| match articles {
        Some(articles) => articles.contains(article),
        None => count > 1,
    };
    (captures.into_iter())
        .filter(|(article, snapshots)| wanted(article, snapshots.len()))
        .filter_map(|(_, snapshots)| history(graph, &snapshots, lexicon))
        .collect()
}

fn history(graph: &Graph, snapshots: &[SnapshotId], lexicon: &Lexicon) -> Option<History> {
    let captures = snapshots.iter().filter_map(|id| capture(graph, id));
    let mut captures: Vec<Read> = captures.collect();
    captures.sort_by_cached_key(|read| {
        let day = read.article.published;
        let midnight = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok());
        let time = read.captured.or(midnight.map(|time| time.timestamp()));
        let snapshot = read.article.snapshot.clone();
        let arrived = graph.arrival(&snapshot);
        (
            (time.is_none(), time),
            arrived,
            read.article.path.clone(),
            snapshot,
        )
    });
    let revisions = captures
        .windows(2)
        .map(|pair| revision(graph, &pair[0], &pair[1], lexicon));
    Some(History {
        revisions: revisions.collect(),
        article: ArticleRef::from(&captures.last()?.article),
        captures: (captures.iter())
            .map(|read| Capture {
                snapshot: read.article.snapshot.clone(),
                captured: read.captured,
                published: read.article.published,
                headline: read.article.headline.clone(),
                path: read.article.path.clone(),
            })
            .collect(),
    })
}

fn capture(graph: &Graph, id: &SnapshotId) -> Option<Read> {
    let (article, captured, paragraphs) = read::capture(graph, id)?;
    let mentions = read::mentions_of(graph, id).into_iter().map(|mention| {
        let claim = graph.claims().claim_of(&mention.id);
        (mention, claim)
    });
    Some(Read {
        article,
        captured,
        paragraphs,
        text: graph.snapshot(id).ok()??.text,
        mentions: mentions.collect(),
    })
}

impl Read {
    fn evidence(&self, span: Span) -> Evidence {
        Evidence {
            snapshot: self.article.snapshot.clone(),
            start: span.start,
            end: span.end,
            quote: span.of(&self.text).to_owned(),
        }
    }

    fn claims(&self) -> BTreeMap<&ClaimId, &Mention> {
        let mut claims = BTreeMap::new();
        for (mention, claim) in &self.mentions {
            if let Some(claim) = claim {
                claims.entry(claim).or_insert(mention);
            }
        }
        claims
    }

    /// The first note that says that the article was changed and does not stand in another capture.
    fn note(&self, other: &Self, lexicon: &Lexicon) -> Option<Evidence> {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let span = Span::new(start, start + line.len()).trim(&self.text);
            start += line.len();
            if lexicon.corrections.is_note(line) && !other.text.contains(line.trim()) {
                return Some(self.evidence(span));
            }
        }
        None
    }
}

fn revision(graph: &Graph, before: &Read, after: &Read, lexicon: &Lexicon) -> Revision {
    let paragraph::Difference {
        added,
        removed,
        changed,
    } = paragraph::compare(
        (&before.text, &before.paragraphs),
        (&after.text, &after.paragraphs),
    );
    let note = after.note(before, lexicon);
    let mut edits = Vec::new();
    for (old, new) in &changed {
        edits.extend(numbers(before, *old, after, *new, lexicon));
        edits.extend(attributions(before, *old, after, *new));
    }
    for edit in &mut edits {
        edit.stealth = note.is_none();
    }
    let (old, new) = (before.claims(), after.claims());
    let said = |read: &Read, claims: &BTreeMap<&ClaimId, &Mention>, other: &BTreeMap<_, _>| {
        let alone = claims
            .iter()
            .filter(|(claim, _)| !other.contains_key(*claim));
        let said = alone.map(|(claim, mention)| Said {
            claim: TracedRef {
                id: (*claim).clone(),
                label: graph
                    .claims()
                    .claim(claim)
                    .map_or_else(String::new, |claim| claim.label),
            },
            evidence: read.evidence(mention.content.span()),
        });
        let mut said: Vec<Said> = said.collect();
        said.sort_by_key(|said| (said.evidence.start, said.evidence.end));
        said
    };
    let headline = (before.article.headline != after.article.headline).then(|| Edit {
        before: before.article.headline.clone().unwrap_or_default(),
        after: after.article.headline.clone().unwrap_or_default(),
    });
    Revision {
        from: before.article.snapshot.clone(),
        to: after.article.snapshot.clone(),
        headline,
        added: added.into_iter().map(|span| after.evidence(span)).collect(),
        removed: removed
            .into_iter()
            .map(|span| before.evidence(span))
            .collect(),
        changed: (changed.iter())
            .map(|(old, new)| Changed {
                before: before.evidence(*old),
                after: after.evidence(*new),
                edits: paragraph::edits(old.of(&before.text), new.of(&after.text)),
            })
            .collect(),
        vanished: said(before, &old, &new),
        appeared: said(after, &new, &old),
        edits,
        announced: note.is_some(),
        note,
    }
}

/// Lists the figures of a paragraph that are others now.
fn numbers(
    before: &Read,
    old: Span,
    after: &Read,
    new: Span,
    lexicon: &Lexicon,
) -> Vec<SilentEdit> {
    let was = quantities(&before.text, old, lexicon);
    let is = quantities(&after.text, new, lexicon);
    let key = |quantity: &crate::mention::Quantity| {
        (quantity.text.to_lowercase(), quantity.value.to_bits())
    };
    let (old_keys, new_keys): (Vec<_>, Vec<_>) =
        (was.iter().map(key).collect(), is.iter().map(key).collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys);
    let mut edits = Vec::new();
    for operation in operations {
        let DiffOp::Replace {
            old_index,
            old_len,
            new_index,
            new_len,
        } = operation
        else {
            continue;
        };
        for place in 0..old_len.min(new_len) {
            let (was, is) = (&was[old_index + place], &is[new_index + place]);
            if was.value.to_bits() == is.value.to_bits() && was.bound == is.bound {
                continue;
            }
            edits.push(SilentEdit {
                kind: EditKind::Number,
                before: was.text.clone(),
                after: is.text.clone(),
                stealth: true,
                was: before.evidence(Span::new(was.start, was.end)),
                is: after.evidence(Span::new(is.start, is.end)),
            });
        }
    }
    edits
}

/// Lists what is ascribed to another now, or carried with another stance.
fn attributions(before: &Read, old: Span, after: &Read, new: Span) -> Vec<SilentEdit> {
    let inside = |read: &'_ Read, span: Span| -> Vec<(Mention, Option<ClaimId>)> {
        let here = read.mentions.iter();
        let here = here.filter(|(mention, _)| span.contains(mention.content.span()));
        here.cloned().collect()
    };
    let (was, is) = (inside(before, old), inside(after, new));
    let mut edits = Vec::new();
    for (mention, claim) in &was {
        let same = |other: &&(Mention, Option<ClaimId>)| {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            words(&other.0.content.text) == words(&mention.content.text)
                || (claim.is_some() && other.1 == *claim)
        };
        let Some((other, _)) = is.iter().find(same) else {
            continue;
        };
        let told = |mention: &Mention| {
            let sources = mention
                .chain
                .iter()
                .skip(1)
                .map(|link| link.source.as_str());
            let sources: Vec<&str> = sources.collect();
            let sources = match sources.is_empty() {
                true => "own voice".to_owned(),
                false => sources.join(" ← "),
            };
            format!("{sources}, {}", mention.stance.as_str())
        };
        let sources = |mention: &Mention| -> Vec<String> {
            let links = mention.chain.iter().skip(1);
            links.map(|link| link.id.as_str().to_owned()).collect()
        };
        if sources(mention) != sources(other) || mention.stance != other.stance {
            edits.push(SilentEdit {
                kind: EditKind::Attribution,
                before: told(mention),
                after: told(other),
                stealth: true,
                was: before.evidence(mention.sentence),
                is: after.evidence(other.sentence),
            });
        }
    }
    edits
}
