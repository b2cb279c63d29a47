//! The answer for one claim, from plain records. Pure: it reads no graph.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{
    Appearance, Carriage, Copy, Denial, Evidence, Related, Relative, SingleSource, Step, Summary,
    Trace, TracedClaim, TracedRef, Voice, copies, lineage, sources,
};
use crate::{
    claim::Claim,
    id::ArticleId,
    mention::{ArticleRef, Denies, MentionRecord, Stance},
    reliance::{self, Affiliation, Covered, Material, Reliance, Reprint},
};

pub(super) use crate::reliance::outlet;

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
    pub reprints: BTreeSet<Reprint>,
    /// Who speaks for whom, and who owns whom.
    pub affiliations: Vec<Affiliation>,
    /// Who covered what the claim is about.
    pub covered: Vec<Covered>,
    /// Days within which a denial is expected.
    pub days: u16,
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
    /// Keeps the mentions, of the claim and of those that stand near, that are to count.
    pub fn keep(&mut self, counts: impl Fn(&MentionRecord) -> bool) {
        self.records.retain(&counts);
        for opposition in &mut self.oppositions {
            opposition.records.retain(&counts);
        }
        for relative in &mut self.family {
            relative.records.retain(&counts);
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
    let reliance = reliance::assess(&material(facts));
    Trace {
        query: facts.query.clone(),
        claim: traced_claim(facts),
        summary: summary(facts, &carrying, &reliance),
        sources: sources::sources(&carrying),
        related: facts.related.clone(),
        timeline: timeline(facts, &disputes),
        paths: paths(&carrying, &facts.claim.label),
        lineage: lineage::lineages(&asked(&facts.claim), &facts.records, &facts.family),
        copies: facts.copies.clone(),
        repeats,
        disputes,
        reliance,
        without: None,
    }
}

/// Hands on what the reliance on the claim is read from.
#[must_use]
pub fn material(facts: &Facts) -> Material<'_> {
    let carrying: Vec<&MentionRecord> = (facts.records.iter())
        .filter(|record| record.mention.stance.repeats())
        .collect();
    let family: Vec<&MentionRecord> = (facts.family.iter())
        .flat_map(|relative| &relative.records)
        .filter(|record| record.mention.stance.repeats())
        .collect();
    let (texts, reprints) = copies::texts(&carrying, &facts.passages, &facts.reprints);
    Material {
        denying: denials(facts)
            .into_iter()
            .map(|(record, _)| record)
            .collect(),
        carrying,
        family,
        reprints,
        texts,
        affiliations: facts.affiliations.clone(),
        covered: facts.covered.clone(),
        days: facts.days,
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

fn disputes(facts: &Facts) -> Vec<Carriage> {
    (denials(facts).into_iter())
        .map(|(record, through)| carriage(record, Some(denial(record, through))))
        .collect()
}

/// Denials of the claim itself, then those through another claim; each mention once, in order.
fn denials(facts: &Facts) -> Vec<(&MentionRecord, Option<&TracedRef>)> {
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

fn summary(facts: &Facts, carrying: &[&MentionRecord], reliance: &Reliance) -> Summary {
    let articles: BTreeSet<&ArticleId> = carrying.iter().map(|record| &record.article.id).collect();
    let outlets: BTreeSet<String> = carrying.iter().map(|record| outlet(record)).collect();
    let counts = &reliance.counts;
    Summary {
        outlets: outlets.len(),
        articles: articles.len(),
        texts: counts.texts,
        routes: counts.routes,
        origins: counts.origins,
        single_source: (counts.single_source.as_ref()).map(|party| SingleSource {
            source: party.source.clone(),
            id: party.id.clone(),
        }),
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
        let mut path: Vec<Step> = reliance::path(record)
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
