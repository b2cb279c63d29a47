//! How an index grows: a proposition that is new joins the components of those that it is one with.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::{
    claim::{Decider, MentionFacts, Touched, decision},
    id::ClaimId,
    lexicon::Lexicon,
};

use super::{ClaimIndex, Compared, Entry, number, proposition_id};

/// So many propositions are compared before the components that they belong to are made one.
const TOGETHER: usize = 4096;

impl ClaimIndex {
    /// Adds mentions and joins them to claims; mentions already held are passed over.
    pub fn insert(&mut self, mentions: Vec<MentionFacts>, lexicon: &Lexicon) -> Touched {
        let held = self.propositions.len();
        let mut before = Some(BTreeSet::new());
        let touched = self.add(mentions, &mut before, lexicon);
        let before = before.unwrap_or_default();
        let changed: BTreeSet<ClaimId> = touched.iter().map(|at| self.claim_id(*at)).collect();
        // A claim that came and went within this insertion was never seen by anybody.
        let merged: BTreeSet<ClaimId> = (before.difference(&changed))
            .filter(|id| (self.by_proposition.get(id)).is_some_and(|at| (*at as usize) < held))
            .cloned()
            .collect();
        // In what held nothing before, all is changed.
        let touched = match held {
            0 => BTreeSet::new(),
            _ => self.renamed(&merged).chain(touched).collect(),
        };
        let mut crowded = self.take_crowded();
        crowded.retain(|_| held > 0);
        let related = (touched.par_iter())
            .flat_map_iter(|at| self.neighbours(*at, lexicon))
            .chain(crowded.par_iter().map(|at| self.claim_id(*at)))
            .filter(|id| !changed.contains(id))
            .collect();
        Touched {
            changed,
            merged,
            related,
        }
    }

    /// Adds mentions like [`ClaimIndex::insert`], for those who do not ask what that touches.
    pub fn join(&mut self, mentions: Vec<MentionFacts>, lexicon: &Lexicon) {
        self.add(mentions, &mut None, lexicon);
    }

    /// Adds mentions; returns the propositions they express, and the claims these belonged to in
    /// `before`.
    fn add(
        &mut self,
        mentions: Vec<MentionFacts>,
        before: &mut Option<BTreeSet<ClaimId>>,
        lexicon: &Lexicon,
    ) -> BTreeSet<u32> {
        self.hold();
        let mut compared = match self.compared.take() {
            Some(compared) => compared,
            None => self.compare(lexicon),
        };
        let held = self.propositions.len();
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        for facts in mentions {
            if self.by_mention.contains_key(&facts.id) {
                continue;
            }
            let mention = number(self.mentions.len());
            self.by_mention.insert(facts.id.clone(), mention);
            let id = proposition_id(&facts);
            self.mentions.held().push(facts);
            let proposition = self.take_in(id, mention);
            if let (Some(before), true) = (before.as_mut(), (proposition as usize) < held) {
                before.insert(self.claim_id(proposition));
            }
            touched.insert(proposition);
        }
        compared.add(self.signatures(held), lexicon);
        let new: Vec<u32> = (number(held)..number(self.propositions.len())).collect();
        for some in new.chunks(TOGETHER) {
            let pairs: Vec<(u32, u32)> = (some.par_iter())
                .flat_map_iter(|at| self.same(*at, &compared).into_iter().map(|to| (*at, to)))
                .collect();
            for (at, to) in pairs {
                if let Some(before) = before {
                    before.insert(self.claim_id(to));
                }
                self.merge(at, to);
            }
        }
        let _ = self.compared.set(compared);
        touched
    }

    /// Takes in the proposition of a mention, a component by itself if it is new.
    fn take_in(&mut self, id: ClaimId, mention: u32) -> u32 {
        let proposition = match self.by_proposition.get(&id) {
            Some(proposition) => *proposition,
            None => {
                let new = number(self.propositions.len());
                let component = number(self.components.len());
                self.components.held().push(vec![new]);
                self.by_proposition.insert(id.clone(), new);
                self.propositions.held().push(Entry {
                    id,
                    first: mention,
                    mentions: Vec::new(),
                    component,
                });
                new
            }
        };
        self.expressed.held().push(proposition);
        let entry = &mut self.propositions.held()[proposition as usize];
        entry.mentions.push(mention);
        proposition
    }

    /// Of the propositions with lower numbers, one of each component that holds some that are one
    /// with this.
    fn same(&self, at: u32, compared: &Compared) -> Vec<u32> {
        let (known, decider) = (&compared.features, Decider::shipped());
        let component = |at: u32| self.component_of(at);
        let proposition = &compared.propositions[at as usize];
        let mut found: Vec<u32> = Vec::new();
        let mut near = compared.candidates.below(at, proposition, known);
        near.retain(|other| {
            decision::may_be_same(proposition, &compared.propositions[*other as usize])
        });
        for other in near {
            let candidate = &compared.propositions[other as usize];
            let is_found = || (found.iter()).any(|found| component(*found) == component(other));
            if !is_found() && decider.is_same(proposition, candidate, known) {
                found.push(other);
            }
        }
        found
    }

    /// The propositions of the claims that took in others.
    fn renamed(&self, merged: &BTreeSet<ClaimId>) -> impl Iterator<Item = u32> {
        let components: BTreeSet<u32> = (merged.iter())
            .filter_map(|id| self.by_proposition.get(id))
            .map(|at| self.propositions[*at as usize].component)
            .collect();
        (components.into_iter()).flat_map(|at| self.components[at as usize].iter().copied())
    }

    /// Returns propositions that may have relations no longer, in no order.
    fn take_crowded(&mut self) -> Vec<u32> {
        (self.compared.get_mut())
            .map_or_else(Vec::new, |compared| compared.candidates.take_crowded())
    }

    /// Makes the components of two propositions one.
    fn merge(&mut self, one: u32, other: u32) {
        let [one, other] = [one, other].map(|at| self.propositions[at as usize].component);
        if one == other {
            return;
        }
        let size = |component: u32| self.components[component as usize].len();
        let (from, to) = if size(one) < size(other) {
            (one, other)
        } else {
            (other, one)
        };
        let components = self.components.held();
        let moved = std::mem::take(&mut components[from as usize]);
        let propositions = self.propositions.held();
        for proposition in &moved {
            propositions[*proposition as usize].component = to;
        }
        components[to as usize].extend(moved);
        components[to as usize].sort();
    }
}
