//! Gold stories against what the whole program finds in their articles.
//!
//! The articles of a story become one graph, as with `--from`. A marked mention is found by the
//! mention that shares most of its words; everything else that is measured rests on these pairs.

use std::{collections::BTreeMap, path::Path};

use regex::Regex;
use serde::Serialize;

use super::token::{Tokens, shared};
use crate::{
    article::{self, ArticleError, ReadOptions},
    claim::{self, ClaimIndex},
    corpus::story::{GoldMention, Story},
    diagnostic::{Diagnostic, Warned},
    id::ClaimId,
    lexicon::Lexicon,
    mention::{Analysis, Layer, Mention},
    pipeline,
    span::Span,
};

mod identity;
mod report;
mod stance;

pub use identity::{ClaimsEvaluation, ClaimsRow, claims};
pub use report::{render_claims, render_stance};
pub use stance::{ClassRow, StanceEvaluation, StanceRow, stance};

/// So much of the shorter of two contents they share, at least.
const OVERLAP: f64 = 0.6;

/// So great is the F1 of the tokens of two contents, at least.
const TOKEN_F1: f64 = 0.5;

/// A story with everything found in its articles.
pub struct Run<'a> {
    /// What people marked.
    pub story: &'a Story,
    /// Its articles, by name of their file.
    pub articles: BTreeMap<String, Read>,
    /// The claims of all articles.
    pub claims: ClaimIndex,
    /// The mention found for each marked one: its article's file and its number there.
    pub partner: Vec<Option<(String, usize)>>,
}

/// An article of a story.
pub struct Read {
    /// Its text.
    pub text: String,
    /// What was found in it.
    pub analysis: Analysis,
}

/// Something that went wrong, for a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The story.
    pub story: String,
    /// What it is about.
    pub subject: String,
    /// How much it costs; the unit depends on the kind.
    pub cost: usize,
    /// What happened, a line each.
    pub lines: Vec<String>,
}

/// Errors of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrongKind {
    /// The kind, in words.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// The worst.
    pub examples: Vec<Wrong>,
}

impl WrongKind {
    /// Keeps the `most` worst.
    fn worst(kind: &'static str, mut all: Vec<Wrong>, most: usize) -> Self {
        let count = all.len();
        all.sort_by(|a, b| {
            let key = |wrong: &Wrong| (wrong.story.clone(), wrong.subject.clone());
            (b.cost.cmp(&a.cost)).then_with(|| key(a).cmp(&key(b)))
        });
        all.truncate(most);
        Self {
            kind,
            count,
            examples: all,
        }
    }
}

/// Runs the whole program over the articles of a story.
///
/// Marked words that do not stand in their article are told of and count as not found.
///
/// # Errors
///
/// When an article cannot be read.
pub fn run<'a>(
    story: &'a Story,
    options: &pipeline::Options,
    lexicon: &Lexicon,
) -> Result<Warned<Run<'a>>, ArticleError> {
    let mut articles = BTreeMap::new();
    for path in article::discover(std::slice::from_ref(&story.articles)) {
        let path = path?;
        let raw = article::read(&path, &ReadOptions::default())?.value;
        let analysis = pipeline::analyse(&raw, lexicon, options).value;
        let text = raw.snapshot.text;
        articles.insert(file_name(&path), Read { text, analysis });
    }
    let facts = (articles.values())
        .flat_map(|read| claim::facts(&read.analysis))
        .collect();
    let mut claims = ClaimIndex::default();
    claims.join(facts, lexicon);
    let (partner, diagnostics) = partners(story, &articles);
    Ok(Warned {
        value: Run {
            story,
            articles,
            claims,
            partner,
        },
        diagnostics,
    })
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

impl Run<'_> {
    /// Returns the marked mentions that were found, each with what was found for it.
    pub fn pairs(&self) -> impl Iterator<Item = (&GoldMention, &Mention)> {
        let marked = self.story.mentions.iter().zip(&self.partner);
        marked.filter_map(|(gold, partner)| {
            let (file, at) = partner.as_ref()?;
            Some((gold, &self.articles[file].analysis.mentions[*at]))
        })
    }

    /// Returns how many marked mentions were found.
    #[must_use]
    pub fn found(&self) -> usize {
        self.partner.iter().flatten().count()
    }

    /// Returns the claim of a mention.
    fn claim_of(&self, mention: &Mention) -> Option<ClaimId> {
        self.claims.claim_of(&mention.id)
    }

    /// Returns where words that people marked stand in an article.
    ///
    /// Words of a headline are looked for from the start, other words behind the headline first.
    #[must_use]
    pub fn place(&self, file: &str, content: &str, nth: Option<usize>) -> Option<Span> {
        place(self.articles.get(file)?, content, nth, None)
    }
}

/// Finds words in an article; white space may be any.
fn place(read: &Read, content: &str, nth: Option<usize>, layer: Option<Layer>) -> Option<Span> {
    let words: Vec<String> = content.split_whitespace().map(regex::escape).collect();
    let pattern = Regex::new(&words.join(r"\s+")).ok()?;
    let mut spans = pattern
        .find_iter(&read.text)
        .map(|found| Span::new(found.start(), found.end()));
    if let Some(nth) = nth {
        return spans.nth(nth.checked_sub(1)?);
    }
    let spans: Vec<Span> = spans.collect();
    let covered = |span: &Span| {
        let mut mentions = read.analysis.mentions.iter();
        mentions.any(|mention| {
            mention.content.span().overlaps(*span) && layer.is_none_or(|l| l == mention.layer)
        })
    };
    // Front matter and the page's title repeat headlines, but nothing is found there.
    (spans.iter().find(|span| covered(span)))
        .or(spans.first())
        .copied()
}

type Partner = Option<(String, usize)>;

/// Pairs marked and found mentions of each article, best first.
fn partners(story: &Story, articles: &BTreeMap<String, Read>) -> (Vec<Partner>, Vec<Diagnostic>) {
    let mut partner: Vec<Partner> = vec![None; story.mentions.len()];
    let mut diagnostics = Vec::new();
    let mut marked: BTreeMap<&str, Vec<(usize, Span)>> = BTreeMap::new();
    for (at, gold) in story.mentions.iter().enumerate() {
        let read = articles.get(&gold.file);
        match read.and_then(|read| place(read, &gold.content, gold.nth, Some(gold.layer))) {
            Some(span) => marked.entry(&gold.file).or_default().push((at, span)),
            None => diagnostics.push(Diagnostic::warning(
                "W-GOLD-WORDS",
                &format!("{}/{}", story.name, gold.file),
                format!("the article does not say `{}`", gold.content),
            )),
        }
    }
    for (file, marked) in marked {
        let read = &articles[file];
        let tokens = Tokens::of(&read.text);
        let mut candidates = Vec::new();
        for (gold, span) in &marked {
            for (found, mention) in read.analysis.mentions.iter().enumerate() {
                if let Some(f1) = likeness(*span, mention, &tokens) {
                    candidates.push((f1, *gold, found));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut used = vec![false; read.analysis.mentions.len()];
        for (_, gold, found) in candidates {
            if partner[gold].is_none() && !used[found] {
                partner[gold] = Some((file.to_owned(), found));
                used[found] = true;
            }
        }
    }
    (partner, diagnostics)
}

/// Returns the F1 of the tokens where a mention is near enough to what was marked.
fn likeness(span: Span, mention: &Mention, tokens: &Tokens) -> Option<f64> {
    let parts: Vec<Span> = mention.parts.iter().map(|part| part.span()).collect();
    let common: usize = (parts.iter())
        .map(|part| {
            part.end
                .min(span.end)
                .saturating_sub(part.start.max(span.start))
        })
        .sum();
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let shorter = length.min(span.len()).max(1);
    if (common as f64) < OVERLAP * shorter as f64 {
        return None;
    }
    let (gold, found) = (tokens.ids(&[span]), tokens.ids(&parts));
    let both = (gold.len() + found.len()).max(1) as f64;
    let f1 = (2 * shared(&gold, &found)) as f64 / both;
    (f1 >= TOKEN_F1).then_some(f1)
}

/// Tells where a mention stands and what it says.
fn told(gold: &GoldMention) -> String {
    format!("{}: {}", gold.file, gold.content)
}
