//! How claims stand to each other: the best of what is found between their propositions.
//!
//! Decides nothing about a pair; [`super::super::relation`] does.

use std::cmp::{Ordering, Reverse};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    claim::{MentionFacts, Relation, RelationKind, relation},
    id::ClaimId,
    lexicon::Lexicon,
};

use super::{ClaimIndex, number};

/// A claim keeps this many relations, the best.
const MOST: usize = 20;

/// So many propositions of a claim are compared with those of others to relate the claims.
const WORDINGS: usize = 32;

/// So many are compared on one core before another is worth asking.
const TOGETHER: usize = 64;

/// How a proposition stands to another.
#[derive(Debug, Clone, Copy)]
struct Standing {
    other: u32,
    kind: RelationKind,
    score: f64,
}

impl Standing {
    /// How that other stands to the proposition with a number.
    fn mirrored(&self, at: u32) -> Self {
        Self {
            other: at,
            kind: self.kind.mirrored(),
            score: self.score,
        }
    }
}

/// The best of how the propositions of two claims stand to each other, and which stand so.
struct Best {
    score: f64,
    kind: RelationKind,
    pairs: Vec<(u32, u32)>,
}

/// The relations of all claims.
pub struct AllRelations<'a> {
    index: &'a ClaimIndex,
    /// By proposition.
    standings: Vec<Vec<Standing>>,
}

impl AllRelations<'_> {
    /// Returns what [`ClaimIndex::relations`] returns.
    #[must_use]
    pub fn of(&self, id: &ClaimId) -> Vec<Relation> {
        let Some(proposition) = self.index.place_of_proposition(id) else {
            return Vec::new();
        };
        let wordings = self.index.usual_wordings(proposition).into_iter();
        let found = wordings.map(|at| (at, self.standings[at as usize].clone()));
        self.index.best(found)
    }
}

impl ClaimIndex {
    /// Returns how a claim stands to others, best first.
    #[must_use]
    pub fn relations(&self, id: &ClaimId, lexicon: &Lexicon) -> Vec<Relation> {
        let Some(proposition) = self.place_of_proposition(id) else {
            return Vec::new();
        };
        let stands = |at: &u32| (*at, self.stands(*at, u32::MAX, lexicon));
        let wordings = self.usual_wordings(proposition);
        let found: Vec<_> = wordings.par_iter().map(stands).collect();
        self.best(found.into_iter())
    }

    /// The propositions of a claim that most mentions express: enough to tell how it stands to
    /// others, and no more the more often it is repeated.
    fn usual_wordings(&self, proposition: u32) -> Vec<u32> {
        let mut all = self.component(proposition).to_vec();
        if all.len() > WORDINGS {
            let mentions = |at: &u32| Reverse(self.mentions_expressing(*at));
            let first = |a: &u32, b: &u32| match self.precedes(*a, *b) {
                true if a == b => Ordering::Equal,
                true => Ordering::Less,
                false => Ordering::Greater,
            };
            let order = |a: &u32, b: &u32| mentions(a).cmp(&mentions(b)).then_with(|| first(a, b));
            all.select_nth_unstable_by(WORDINGS, order);
            all.truncate(WORDINGS);
        }
        all
    }

    /// The claims that a proposition has a relation to, some more than once.
    pub(super) fn neighbours(&self, at: u32, lexicon: &Lexicon) -> impl Iterator<Item = ClaimId> {
        let found = self.stands(at, u32::MAX, lexicon).into_iter();
        found.map(|standing| self.claim_id(standing.other))
    }

    /// How a proposition stands to those of other claims whose numbers are lower than `below`.
    fn stands(&self, at: u32, below: u32, lexicon: &Lexicon) -> Vec<Standing> {
        let compared = self.compared(lexicon);
        let (mine, left) = (self.component_of(at), &compared.propositions[at as usize]);
        let standing = |other: u32| {
            if self.component_of(other) == mine {
                return None;
            }
            let right = &compared.propositions[other as usize];
            // A pair is always compared in one direction, whoever asks.
            let (kind, score) = match self.precedes(at, other) {
                true => relation::between(left, right, &compared.features),
                false => relation::between(right, left, &compared.features)
                    .map(|(kind, score)| (kind.mirrored(), score)),
            }?;
            Some(Standing { other, kind, score })
        };
        let mut near = compared.candidates.of(left, &compared.features);
        near.truncate(near.partition_point(|other| *other < below));
        near.into_par_iter()
            .with_min_len(TOGETHER)
            .filter_map(standing)
            .collect()
    }

    /// The best relations of a claim, best first, from how some of its propositions stand to others.
    fn best(&self, found: impl Iterator<Item = (u32, Vec<Standing>)>) -> Vec<Relation> {
        let mut best: FxHashMap<u32, Best> = FxHashMap::default();
        for (at, standings) in found {
            for Standing { other, kind, score } in standings {
                let component = self.component_of(other);
                let known = best.entry(component).or_insert_with(|| Best {
                    score,
                    kind,
                    pairs: Vec::new(),
                });
                match known.score.total_cmp(&score).then(kind.cmp(&known.kind)) {
                    Ordering::Less => {
                        let pairs = vec![(at, other)];
                        *known = Best { score, kind, pairs };
                    }
                    Ordering::Equal => known.pairs.push((at, other)),
                    Ordering::Greater => {}
                }
            }
        }
        let mut best: Vec<Best> = best.into_values().collect();
        best.sort_by(|a, b| b.score.total_cmp(&a.score));
        // Those that are as good as the last stay until their ids decide.
        if let Some(last) = best.get(MOST).map(|one| one.score) {
            best.truncate(best.partition_point(|one| one.score >= last));
        }
        let mut best: Vec<(ClaimId, Best)> = (best.into_iter())
            .map(|one| (self.claim_id(one.pairs[0].1), one))
            .collect();
        best.sort_by(|(a, one), (b, two)| two.score.total_cmp(&one.score).then_with(|| a.cmp(b)));
        best.truncate(MOST);
        let why = |kind, (at, other)| {
            relation::why(kind, self.least_mention(at), self.least_mention(other))
        };
        (best.into_iter())
            .map(|(to, Best { score, kind, pairs })| Relation {
                to,
                kind,
                why: (pairs.into_iter().map(|pair| why(kind, pair)).min()).unwrap_or_default(),
                score,
            })
            .collect()
    }

    /// Compares every pair once, where that is quicker for those who ask for the relations of so
    /// many claims.
    #[must_use]
    pub fn all_relations(&self, asked: usize, lexicon: &Lexicon) -> Option<AllRelations<'_>> {
        if 2 * asked < self.components.len() {
            return None;
        }
        let all = 0..number(self.propositions.len());
        let mut standings: Vec<Vec<Standing>> = (all.clone().into_par_iter())
            .map(|at| self.stands(at, at, lexicon))
            .collect();
        let mirrored: Vec<(u32, Standing)> = (all.zip(&standings))
            .flat_map(|(at, lower)| lower.iter().map(move |one| (one.other, one.mirrored(at))))
            .collect();
        for (at, standing) in mirrored {
            standings[at as usize].push(standing);
        }
        Some(AllRelations {
            index: self,
            standings,
        })
    }

    /// The mention of a proposition with the least id.
    fn least_mention(&self, proposition: u32) -> &MentionFacts {
        let entry = &self.propositions[proposition as usize];
        (entry.mentions.iter())
            .map(|at| &self.mentions[*at as usize])
            .min_by(|a, b| a.id.cmp(&b.id))
            .unwrap_or(&self.mentions[entry.first as usize])
    }
}
