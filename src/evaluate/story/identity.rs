//! Claim identity and relations between claims, over the marked mentions that were found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Run, Wrong, WrongKind, told};
use crate::{
    claim::RelationKind,
    corpus::story::{GoldMention, GoldRelation, GoldRelationKind},
    evaluate::score::Prf,
    id::ClaimId,
    lexicon::Lexicon,
    mention::Mention,
};

/// How well mentions are joined to claims.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimsEvaluation {
    /// One row a story.
    pub stories: Vec<ClaimsRow>,
    /// All stories together.
    pub total: ClaimsRow,
    /// What goes wrong.
    pub errors: Vec<WrongKind>,
}

/// The measures of one story, or of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimsRow {
    /// Name of the story.
    pub story: String,
    /// Number of articles.
    pub articles: usize,
    /// Number of marked mentions.
    pub gold: usize,
    /// Number of those that were found.
    pub found: usize,
    /// Pairs of found mentions: those of one claim against those joined.
    pub pairs: Prf,
    /// The same over mentions that deny nothing.
    pub pairs_without_denials: Prf,
    /// B-cubed over all found mentions.
    pub b_cubed: Prf,
    /// Number of marked relations.
    pub relations: usize,
    /// Number of those that were found, in the right direction.
    pub relations_found: usize,
}

/// Sums from which a row is made.
#[derive(Default)]
struct Tally {
    articles: usize,
    gold: usize,
    found: usize,
    pairs: Pairs,
    without_denials: Pairs,
    precision: f64,
    recall: f64,
    relations: usize,
    relations_found: usize,
}

#[derive(Default, Clone, Copy)]
struct Pairs {
    right: usize,
    joined: usize,
    marked: usize,
}

impl Pairs {
    fn add(&mut self, same: bool, joined: bool) {
        self.right += usize::from(same && joined);
        self.joined += usize::from(joined);
        self.marked += usize::from(same);
    }

    fn sum(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            joined: self.joined + other.joined,
            marked: self.marked + other.marked,
        }
    }

    fn prf(self) -> Prf {
        Prf::new(self.right, self.joined, self.marked)
    }
}

impl Tally {
    fn sum(self, other: &Self) -> Self {
        Self {
            articles: self.articles + other.articles,
            gold: self.gold + other.gold,
            found: self.found + other.found,
            pairs: self.pairs.sum(other.pairs),
            without_denials: self.without_denials.sum(other.without_denials),
            precision: self.precision + other.precision,
            recall: self.recall + other.recall,
            relations: self.relations + other.relations,
            relations_found: self.relations_found + other.relations_found,
        }
    }

    fn row(&self, story: &str) -> ClaimsRow {
        let n = self.found.max(1) as f64;
        ClaimsRow {
            story: story.to_owned(),
            articles: self.articles,
            gold: self.gold,
            found: self.found,
            pairs: self.pairs.prf(),
            pairs_without_denials: self.without_denials.prf(),
            b_cubed: Prf::of(self.precision / n, self.recall / n),
            relations: self.relations,
            relations_found: self.relations_found,
        }
    }
}

/// A marked mention that was found, with the claim it was joined to.
struct Pair<'a> {
    gold: &'a GoldMention,
    claim: ClaimId,
}

/// Compares the claims of stories with those that were marked; of every kind of error, the
/// `examples` worst are told.
#[must_use]
pub fn claims(runs: &[Run<'_>], examples: usize, lexicon: &Lexicon) -> ClaimsEvaluation {
    let mut total = Tally::default();
    let mut stories = Vec::new();
    let [mut missed, mut parted, mut joined, mut unrelated] = [const { Vec::new() }; 4];
    for run in runs {
        let pairs: Vec<Pair<'_>> = (run.pairs())
            .filter_map(|(gold, mention)| {
                let claim = run.claim_of(mention)?;
                Some(Pair { gold, claim })
            })
            .collect();
        missed.extend(misses(run));
        parted.extend(partings(run, &pairs));
        joined.extend(joinings(run, &pairs));
        let lost = lost_relations(run, &pairs, lexicon);
        let tally = tally(run, &pairs, lost.len());
        unrelated.extend(lost);
        stories.push(tally.row(&run.story.name));
        total = total.sum(&tally);
    }
    ClaimsEvaluation {
        stories,
        total: total.row("total"),
        errors: vec![
            WrongKind::worst("mention not found", missed, examples),
            WrongKind::worst("one claim parted", parted, examples),
            WrongKind::worst("several claims joined", joined, examples),
            WrongKind::worst("relation not found", unrelated, examples),
        ],
    }
}

fn tally(run: &Run<'_>, pairs: &[Pair<'_>], lost: usize) -> Tally {
    let mut tally = Tally {
        articles: run.articles.len(),
        gold: run.story.mentions.len(),
        found: pairs.len(),
        relations: run.story.relations.len(),
        relations_found: run.story.relations.len() - lost,
        ..Tally::default()
    };
    for (at, a) in pairs.iter().enumerate() {
        for b in &pairs[at + 1..] {
            let (same, joined) = (a.gold.claim == b.gold.claim, a.claim == b.claim);
            tally.pairs.add(same, joined);
            if !a.gold.stance.disputes() && !b.gold.stance.disputes() {
                tally.without_denials.add(same, joined);
            }
        }
        let count = |fits: &dyn Fn(&Pair<'_>) -> bool| pairs.iter().filter(|b| fits(b)).count();
        let both = count(&|b| b.gold.claim == a.gold.claim && b.claim == a.claim) as f64;
        tally.precision += both / count(&|b| b.claim == a.claim) as f64;
        tally.recall += both / count(&|b| b.gold.claim == a.gold.claim) as f64;
    }
    tally
}

fn misses(run: &Run<'_>) -> Vec<Wrong> {
    let marked = run.story.mentions.iter().zip(&run.partner);
    let lost = marked.filter(|(_, partner)| partner.is_none());
    lost.map(|(gold, _)| {
        let span = run.place(&gold.file, &gold.content, gold.nth);
        let near = span.and_then(|span| {
            let mentions = run.articles[&gold.file].analysis.mentions.iter();
            mentions
                .filter(|mention| mention.content.span().overlaps(span))
                .min_by_key(|mention| mention.content.text.len())
        });
        let near = near.map_or("nothing there".to_owned(), |mention| {
            format!("there is `{}` ({})", mention.content.text, mention.rule)
        });
        Wrong {
            story: run.story.name.clone(),
            subject: gold.claim.clone(),
            cost: 1,
            lines: vec![told(gold), near],
        }
    })
    .collect()
}

/// Number of pairs with members in two of several groups.
fn pairs_across(groups: impl Iterator<Item = usize>) -> usize {
    let (mut sum, mut across) = (0, 0);
    for size in groups {
        across += sum * size;
        sum += size;
    }
    across
}

/// Claims whose mentions were joined to several.
fn partings(run: &Run<'_>, pairs: &[Pair<'_>]) -> Vec<Wrong> {
    let mut claims: BTreeMap<&str, BTreeMap<&ClaimId, Vec<&GoldMention>>> = BTreeMap::new();
    for pair in pairs {
        let groups = claims.entry(&pair.gold.claim).or_default();
        groups.entry(&pair.claim).or_default().push(pair.gold);
    }
    (claims.into_iter())
        .filter(|(_, groups)| groups.len() > 1)
        .map(|(claim, groups)| Wrong {
            story: run.story.name.clone(),
            subject: claim.to_owned(),
            cost: pairs_across(groups.values().map(Vec::len)),
            lines: lines(groups.values().map(|mentions| ("", &mentions[..]))),
        })
        .collect()
}

/// Found claims that hold several of those that were marked.
fn joinings(run: &Run<'_>, pairs: &[Pair<'_>]) -> Vec<Wrong> {
    let mut claims: BTreeMap<&ClaimId, BTreeMap<&str, Vec<&GoldMention>>> = BTreeMap::new();
    for pair in pairs {
        let groups = claims.entry(&pair.claim).or_default();
        groups.entry(&pair.gold.claim).or_default().push(pair.gold);
    }
    (claims.into_values())
        .filter(|groups| groups.len() > 1)
        .map(|groups| Wrong {
            story: run.story.name.clone(),
            subject: groups.keys().copied().collect::<Vec<_>>().join(" + "),
            cost: pairs_across(groups.values().map(Vec::len)),
            lines: lines(
                groups
                    .iter()
                    .map(|(claim, mentions)| (*claim, &mentions[..])),
            ),
        })
        .collect()
}

fn lines<'a>(groups: impl Iterator<Item = (&'a str, &'a [&'a GoldMention])>) -> Vec<String> {
    let line = |(name, mentions): (&str, &[&GoldMention])| {
        let told: Vec<String> = mentions.iter().map(|gold| told(gold)).collect();
        let parted = if name.is_empty() { "- " } else { ": " };
        format!("{name}{parted}{}", told.join(" · "))
    };
    groups.map(line).collect()
}

/// Relations that no two mentions of their claims have.
fn lost_relations(run: &Run<'_>, pairs: &[Pair<'_>], lexicon: &Lexicon) -> Vec<Wrong> {
    let holding = |id: &str| -> BTreeSet<&ClaimId> {
        let of_claim = pairs.iter().filter(|pair| pair.gold.claim == id);
        of_claim.map(|pair| &pair.claim).collect()
    };
    let lost = run.story.relations.iter().filter_map(|relation| {
        let (from, to) = (holding(&relation.from), holding(&relation.to));
        let mut found = BTreeSet::new();
        for (one, others, forth) in [(&from, &to, true), (&to, &from, false)] {
            for claim in one {
                for related in run.claims.relations(claim, lexicon) {
                    if !others.contains(&related.to) {
                        continue;
                    }
                    if is(relation, related.kind, forth) {
                        return None;
                    }
                    let way = if forth { "" } else { " (backwards)" };
                    found.insert(format!("{:?}{way}", related.kind));
                }
            }
        }
        let line = if from.is_empty() || to.is_empty() {
            "a claim is not found".to_owned()
        } else if from.intersection(&to).next().is_some() {
            "one claim".to_owned()
        } else {
            let found: Vec<String> = found.into_iter().collect();
            format!("found: {}", found.join(", "))
        };
        Some(Wrong {
            story: run.story.name.clone(),
            subject: format!("{} {:?} {}", relation.from, relation.is, relation.to),
            cost: 1,
            lines: vec![line],
        })
    });
    lost.collect()
}

/// Says whether a found relation, forth or back, is the one that was marked.
fn is(gold: &GoldRelation, kind: RelationKind, forth: bool) -> bool {
    match (gold.is, kind) {
        (GoldRelationKind::VariantOf, RelationKind::VariantOf)
        | (GoldRelationKind::Contradicts, RelationKind::Contradicts) => true,
        (GoldRelationKind::Entails, RelationKind::Entails) => forth,
        (GoldRelationKind::Entails, RelationKind::EntailedBy) => !forth,
        _ => false,
    }
}

/// Says whether a found denial hits what it was marked to deny, as a trace shows it: it disputes a
/// claim that others were found to make, or what that one entails, or contradicts one of them.
/// Nothing where nobody was found to make it.
pub(super) fn hits(
    run: &Run<'_>,
    gold: &GoldMention,
    found: &Mention,
    lexicon: &Lexicon,
) -> Option<bool> {
    let targets: BTreeSet<ClaimId> = (run.pairs())
        .filter(|(other, _)| other.claim == gold.claim && !other.stance.disputes())
        .filter_map(|(_, mention)| run.claim_of(mention))
        .collect();
    if targets.is_empty() {
        return None;
    }
    let Some(claim) = run.claim_of(found) else {
        return Some(false);
    };
    let related = |from: &ClaimId, kind: RelationKind| -> BTreeSet<ClaimId> {
        let relations = run.claims.relations(from, lexicon).into_iter();
        let of_kind = relations.filter(|relation| relation.kind == kind);
        of_kind.map(|relation| relation.to).collect()
    };
    let mut denied = targets.clone();
    for target in &targets {
        denied.extend(related(target, RelationKind::Entails));
    }
    let disputes = found.stance.disputes() && denied.contains(&claim);
    let contradicts = || !related(&claim, RelationKind::Contradicts).is_disjoint(&denied);
    Some(disputes || contradicts())
}
