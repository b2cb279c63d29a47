//! The answer for one claim, from plain records. Pure: it reads no graph.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    Appearance, Carriage, Copy, Denial, Evidence, Related, Relative, Step, Summary, Trace,
    TracedClaim, TracedRef, Voice, copies, lineage, network::SourceGraph, sources,
};
use crate::{
    claim::Claim,
    id::{ArticleId, EventId},
    mention::{ArticleRef, Denies, MentionRecord, Stance},
};

/// How an outlet is shown that an article does not name.
pub(super) const UNKNOWN: &str = "unknown";

/// Everything an answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// What was asked.
    pub query: String,
    /// How well the claim fits what was asked.
    pub matched: f64,
    /// The claim.
    pub claim: Claim,
    /// All mentions of the claim.
    pub records: Vec<MentionRecord>,
    /// Claims through which it is disputed.
    pub oppositions: Vec<Opposition>,
    /// Claims that stand near.
    pub related: Vec<Related>,
    /// Claims about the same matter with another figure or time.
    pub family: Vec<Relative>,
    /// The text around the mentions, by article; tells reprints.
    pub passages: BTreeMap<ArticleId, String>,
    /// Copies among the articles, and of which they are copies.
    pub copies: Vec<Copy>,
    /// Articles of which one reprints the other, whole or in part.
    pub reprints: BTreeSet<(ArticleId, ArticleId)>,
}

/// Another claim, some mentions of which dispute the one asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Opposition {
    /// The other claim.
    pub claim: TracedRef,
    /// True: both cannot be true, so who carries the other disputes this one.
    /// False: this one entails the other, so who denies the other disputes this one.
    pub contradicts: bool,
    /// All mentions of the other claim.
    pub records: Vec<MentionRecord>,
}

impl Facts {
    /// Keeps the mentions that are about one of these events or were uttered during one.
    pub fn keep_at(&mut self, events: &[EventId]) {
        let at = |record: &MentionRecord| {
            let occasions = record.mention.occasions();
            occasions.iter().any(|id| events.contains(id))
        };
        self.records.retain(at);
        for opposition in &mut self.oppositions {
            opposition.records.retain(at);
        }
        for relative in &mut self.family {
            relative.records.retain(at);
        }
        let held: BTreeSet<ArticleId> = (self.records.iter())
            .map(|record| record.article.id.clone())
            .collect();
        self.passages.retain(|article, _| held.contains(article));
    }
}

/// Builds the answer.
#[must_use]
pub fn assemble(facts: &Facts) -> Trace {
    let mut carrying: Vec<&MentionRecord> = facts
        .records
        .iter()
        .filter(|record| record.mention.stance.repeats())
        .collect();
    carrying.sort_by_key(|record| order(record));
    let repeats: Vec<Carriage> = carrying
        .iter()
        .map(|record| carriage(record, None))
        .collect();
    let disputes = disputes(facts);
    Trace {
        query: facts.query.clone(),
        claim: traced_claim(facts),
        summary: summary(facts, &carrying),
        sources: sources::sources(&carrying),
        related: facts.related.clone(),
        timeline: timeline(facts, &disputes),
        paths: paths(&carrying, &facts.claim.label),
        lineage: lineage::lineages(&asked(&facts.claim), &facts.records, &facts.family),
        copies: facts.copies.clone(),
        repeats,
        disputes,
    }
}

fn asked(claim: &Claim) -> TracedRef {
    TracedRef {
        id: claim.id.clone(),
        label: claim.label.clone(),
    }
}

fn traced_claim(facts: &Facts) -> TracedClaim {
    let claim = &facts.claim;
    let mut wordings: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for record in &facts.records {
        let text = record.mention.content.text.trim();
        let (count, wording) = wordings.entry(words(text)).or_default();
        *count += 1;
        *wording = if wording.is_empty() {
            text
        } else {
            text.min(wording)
        };
    }
    let shown = words(&claim.text);
    let mut variants: Vec<(usize, &str)> = wordings
        .into_iter()
        .filter(|(words, _)| !words.is_empty() && *words != shown)
        .map(|(_, variant)| variant)
        .collect();
    variants.sort_by_key(|&(count, text)| (std::cmp::Reverse(count), text));
    TracedClaim {
        id: claim.id.clone(),
        label: claim.label.clone(),
        text: claim.text.clone(),
        variants: variants
            .into_iter()
            .map(|(_, text)| text.to_owned())
            .collect(),
        quantities: claim.quantities.clone(),
        matched: facts.matched,
    }
}

/// Returns the words of a text without what two spellings of one wording differ in.
fn words(text: &str) -> String {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Denials of the claim itself, then those through another claim; each mention once.
fn disputes(facts: &Facts) -> Vec<Carriage> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<(&MentionRecord, Option<&TracedRef>)> = Vec::new();
    let direct = facts
        .records
        .iter()
        .filter(|record| record.mention.stance.disputes())
        .map(|record| (record, None));
    let through = facts.oppositions.iter().flat_map(|opposition| {
        opposition
            .records
            .iter()
            .filter(|record| {
                let stance = record.mention.stance;
                if opposition.contradicts {
                    stance.repeats()
                } else {
                    stance.disputes()
                }
            })
            .map(|record| (record, Some(&opposition.claim)))
    });
    for (record, claim) in direct.chain(through) {
        if seen.insert(&record.mention.id) {
            found.push((record, claim));
        }
    }
    found.sort_by_key(|(record, _)| order(record));
    found
        .into_iter()
        .map(|(record, through)| carriage(record, Some(denial(record, through))))
        .collect()
}

fn denial(record: &MentionRecord, through: Option<&TracedRef>) -> Denial {
    let by = match record.mention.last_link() {
        Some(link) if record.mention.chain.len() > 1 => link.source.clone(),
        _ => outlet(record),
    };
    Denial {
        by,
        denies: record.mention.denies.unwrap_or(Denies::Content),
        through: through.cloned(),
    }
}

fn carriage(record: &MentionRecord, denial: Option<Denial>) -> Carriage {
    let mention = &record.mention;
    Carriage {
        outlet: outlet(record),
        article: ArticleRef::from(&record.article),
        stance: mention.stance,
        voice: if mention.chain.len() > 1 {
            Voice::Attributed
        } else {
            Voice::Own
        },
        chain: mention.chain.clone(),
        evidence: evidence(record),
        denial,
    }
}

fn summary(facts: &Facts, carrying: &[&MentionRecord]) -> Summary {
    let articles: BTreeSet<&ArticleId> = carrying.iter().map(|record| &record.article.id).collect();
    let outlets: BTreeSet<String> = carrying.iter().map(|record| outlet(record)).collect();
    let texts: Vec<(&ArticleId, &str)> = articles
        .iter()
        .filter_map(|id| Some((*id, facts.passages.get(*id)?.as_str())))
        .collect();
    let place = |id: &ArticleId| texts.binary_search_by_key(&id, |(article, _)| article).ok();
    let joined: Vec<(usize, usize)> = (facts.reprints.iter())
        .filter_map(|(one, other)| Some((place(one)?, place(other)?)))
        .collect();
    let passages: Vec<&str> = texts.iter().map(|(_, passage)| *passage).collect();
    let graph = SourceGraph::new(carrying);
    Summary {
        outlets: outlets.len(),
        articles: articles.len(),
        texts: articles.len() - passages.len() + copies::count_distinct(&passages, &joined),
        routes: graph.routes(),
        origins: graph.origins(),
        single_source: graph.single_source(),
        first_seen: facts
            .records
            .iter()
            .filter_map(|record| record.article.published)
            .min(),
    }
}

/// Every appearance once a day, article and stance; who states the opposite disputes.
fn timeline(facts: &Facts, disputes: &[Carriage]) -> Vec<Appearance> {
    let own = facts.records.iter().map(|record| Appearance {
        date: record.article.published,
        outlet: outlet(record),
        article: record.article.id.as_str().to_owned(),
        stance: record.mention.stance,
    });
    let through = disputes
        .iter()
        .filter(|carriage| {
            carriage
                .denial
                .as_ref()
                .is_some_and(|denial| denial.through.is_some())
        })
        .map(|carriage| Appearance {
            date: carriage.article.published,
            outlet: carriage.outlet.clone(),
            article: carriage.article.id.as_str().to_owned(),
            stance: Stance::Disputes,
        });
    let mut timeline: Vec<Appearance> = own.chain(through).collect();
    timeline.sort_by(|a, b| {
        (last(a.date), &a.outlet, &a.article, a.stance).cmp(&(
            last(b.date),
            &b.outlet,
            &b.article,
            b.stance,
        ))
    });
    timeline.dedup();
    timeline
}

fn paths(carrying: &[&MentionRecord], label: &str) -> Vec<Vec<Step>> {
    let mut paths: Vec<Vec<Step>> = Vec::new();
    for record in carrying {
        let mut path: Vec<Step> = sources::path(record)
            .into_iter()
            .map(|node| Step {
                kind: node.kind.as_str().to_owned(),
                label: node.label,
            })
            .collect();
        path.push(Step {
            kind: "claim".to_owned(),
            label: label.to_owned(),
        });
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// Returns the outlet's name, as far as it is known.
pub(super) fn outlet(record: &MentionRecord) -> String {
    record
        .article
        .outlet
        .clone()
        .unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Returns the words of a mention with their place.
pub(super) fn evidence(record: &MentionRecord) -> Evidence {
    let content = &record.mention.content;
    Evidence {
        snapshot: record.article.snapshot.clone(),
        start: content.start,
        end: content.end,
        quote: content.text.clone(),
    }
}

/// By date (unknown last), outlet, article and place.
fn order(record: &MentionRecord) -> ((bool, Option<Date>), String, String, usize, usize) {
    let content = &record.mention.content;
    (
        last(record.article.published),
        outlet(record),
        record.article.path.clone(),
        content.start,
        content.end,
    )
}

fn last(date: Option<Date>) -> (bool, Option<Date>) {
    (date.is_none(), date)
}
