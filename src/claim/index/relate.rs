//! How claims stand to each other: the best of what is found between their propositions.
//!
//! Decides nothing about a pair; [`super::super::relation`] does.

use std::{cmp::Reverse, collections::BTreeMap};

use rayon::prelude::*;

use crate::{
    claim::{MentionFacts, Relation, RelationKind, relation},
    id::ClaimId,
    lexicon::Lexicon,
};

use super::{ClaimIndex, number};

/// So many propositions of a claim are compared with those of others to relate the claims.
const WORDINGS: usize = 32;

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
        relation::rank(self.index.best(found).into_values().collect())
    }
}

impl ClaimIndex {
    /// Returns how a claim stands to others, best first.
    #[must_use]
    pub fn relations(&self, id: &ClaimId, lexicon: &Lexicon) -> Vec<Relation> {
        let Some(proposition) = self.place_of_proposition(id) else {
            return Vec::new();
        };
        let wordings = self.usual_wordings(proposition);
        relation::rank(self.neighbours(&wordings, lexicon).into_values().collect())
    }

    /// The propositions of a claim that most mentions express: enough to tell how it stands to
    /// others, and no more the more often it is repeated.
    fn usual_wordings(&self, proposition: u32) -> Vec<u32> {
        let mut all = self.component(proposition).to_vec();
        if all.len() > WORDINGS {
            let key = |at: &u32| {
                let entry = &self.propositions[*at as usize];
                (Reverse(entry.mentions.len()), &entry.id)
            };
            all.select_nth_unstable_by(WORDINGS, |one, other| key(one).cmp(&key(other)));
            all.truncate(WORDINGS);
        }
        all
    }

    /// The best relation of some propositions of one claim to every claim that they have one to.
    pub(super) fn neighbours(
        &self,
        propositions: &[u32],
        lexicon: &Lexicon,
    ) -> BTreeMap<ClaimId, Relation> {
        let stands = |at: &u32| (*at, self.stands(*at, u32::MAX, lexicon));
        self.best(propositions.iter().map(stands))
    }

    /// How a proposition stands to those of other claims whose numbers are lower than `below`.
    fn stands(&self, at: u32, below: u32, lexicon: &Lexicon) -> Vec<Standing> {
        let compared = self.compared(lexicon);
        let (mine, left) = (
            &self.propositions[at as usize],
            &compared.propositions[at as usize],
        );
        let mut found = Vec::new();
        for other in compared.candidates.of(left, &compared.features) {
            let theirs = &self.propositions[other as usize];
            if other >= below || theirs.component == mine.component {
                continue;
            }
            let right = &compared.propositions[other as usize];
            // A pair is always compared in one direction, whoever asks.
            let relation = match mine.id <= theirs.id {
                true => relation::between(left, right, &compared.features),
                false => relation::between(right, left, &compared.features)
                    .map(|(kind, score)| (kind.mirrored(), score)),
            };
            found.extend(relation.map(|(kind, score)| Standing { other, kind, score }));
        }
        found
    }

    /// The best of the relations of some propositions to each other claim.
    fn best(
        &self,
        found: impl Iterator<Item = (u32, Vec<Standing>)>,
    ) -> BTreeMap<ClaimId, Relation> {
        let mut best: BTreeMap<ClaimId, Relation> = BTreeMap::new();
        for (at, standings) in found {
            for Standing { other, kind, score } in standings {
                let to = self.claim_id(other);
                if best.get(&to).is_some_and(|known| known.score > score) {
                    continue;
                }
                let why = relation::why(kind, self.least_mention(at), self.least_mention(other));
                let relation = Relation {
                    to: to.clone(),
                    kind,
                    why,
                    score,
                };
                match best.get_mut(&to) {
                    Some(known) if relation::precedes(&relation, known) => *known = relation,
                    Some(_) => {}
                    None => {
                        best.insert(to, relation);
                    }
                }
            }
        }
        best
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
