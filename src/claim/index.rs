//! All claims of a graph: propositions, the components they form, and how the index is kept.
//!
//! Decides nothing about a pair; [`super::decision`] does.

use std::{collections::HashMap, sync::OnceLock};

use rustc_hash::FxHashMap;

use crate::{
    id::{ArticleId, ClaimId, MentionId, seed_hash},
    lexicon::Lexicon,
};

use super::{
    Claim, Match, MentionFacts,
    candidates::{Candidates, Postings},
    feature::Features,
    image::Image,
    label,
    proposition::{self, Proposition},
    rows::Rows,
    search,
};

mod growth;
mod references;
mod relate;
mod stored;

pub use references::References;
pub use relate::AllRelations;

/// All claims of a graph, with an inverted index that keeps the cost of a new mention low.
#[derive(Debug, Clone, Default)]
pub struct ClaimIndex {
    mentions: Rows<MentionFacts>,
    by_mention: HashMap<MentionId, u32>,
    /// The proposition of each mention.
    expressed: Rows<u32>,
    propositions: Rows<Entry>,
    by_proposition: HashMap<ClaimId, u32>,
    /// The propositions of each component, sorted; empty once merged into another.
    components: Rows<Vec<u32>>,
    compared: OnceLock<Compared>,
    /// What is read row by row until something is added; then the maps are empty.
    image: Option<Image>,
}

/// A proposition as it is kept.
#[derive(Debug, Clone)]
struct Entry {
    id: ClaimId,
    /// A mention that has its signature.
    first: u32,
    mentions: Vec<u32>,
    component: u32,
}

/// What comparing needs, made from the signatures when it is first wanted.
#[derive(Debug, Clone, Default)]
pub(super) struct Compared {
    pub(super) features: Features,
    pub(super) propositions: Rows<Proposition>,
    pub(super) candidates: Candidates,
    postings: OnceLock<Postings>,
    /// What is read row by row.
    image: Option<Image>,
}

impl Compared {
    /// Adds the propositions that some signatures state, under the numbers that follow.
    fn add<'a>(&mut self, signatures: impl Iterator<Item = &'a str>, lexicon: &Lexicon) {
        let first = number(self.propositions.len());
        let new = Proposition::read_all(signatures, &mut self.features, lexicon);
        self.candidates.add(first, &new, &self.features);
        self.propositions.held().extend(new);
        self.postings.take();
    }

    /// Returns what a search asks.
    pub(super) fn postings(&self) -> &Postings {
        let make = || Postings::of(&self.propositions, &self.features);
        self.postings.get_or_init(make)
    }
}

/// What rounding adds to a score at most.
const ROUNDED: f64 = 0.001;

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("an index holds fewer than 2^32 things")
}

impl ClaimIndex {
    /// Reads all signatures.
    fn compare(&self, lexicon: &Lexicon) -> Compared {
        let mut compared = Compared::default();
        compared.add(self.signatures(0), lexicon);
        // These were crowds before.
        compared.candidates.take_crowded();
        compared
    }

    /// The signatures of the propositions from a number on.
    fn signatures(&self, from: usize) -> impl Iterator<Item = &str> {
        (from..self.propositions.len()).map(|at| {
            let first = self.propositions[at].first;
            self.mentions[first as usize].signature.as_str()
        })
    }

    fn compared(&self, lexicon: &Lexicon) -> &Compared {
        (self.compared).get_or_init(|| match &self.image {
            Some(image) => Compared::kept(image),
            None => self.compare(lexicon),
        })
    }

    /// The propositions of the component that a proposition belongs to.
    fn component(&self, proposition: u32) -> &[u32] {
        &self.components[self.component_of(proposition) as usize]
    }

    /// The id of the claim that a proposition belongs to.
    fn claim_id(&self, proposition: u32) -> ClaimId {
        let first = |a, b| if self.precedes(a, b) { a } else { b };
        let all = self.component(proposition).iter().copied();
        let first = all.reduce(first).unwrap_or(proposition);
        self.propositions[first as usize].id.clone()
    }

    /// The mentions of a claim, sorted by id.
    fn mentions_of(&self, proposition: u32) -> Vec<&MentionFacts> {
        let mut mentions: Vec<&MentionFacts> = (self.component(proposition).iter())
            .flat_map(|at| &self.propositions[*at as usize].mentions)
            .map(|at| &self.mentions[*at as usize])
            .collect();
        mentions.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        mentions
    }

    /// How many mentions a claim has.
    fn mentions_in(&self, proposition: u32) -> usize {
        (self.component(proposition).iter())
            .map(|at| self.mentions_expressing(*at))
            .sum()
    }

    /// Returns the facts of a mention.
    #[must_use]
    pub fn mention(&self, id: &MentionId) -> Option<&MentionFacts> {
        Some(&self.mentions[self.place_of_mention(id)? as usize])
    }

    /// Returns a claim by its id or by an id that forwards to it.
    #[must_use]
    pub fn claim(&self, id: &ClaimId) -> Option<Claim> {
        let proposition = self.place_of_proposition(id)?;
        let mentions = self.mentions_of(proposition);
        let id = self.claim_id(proposition);
        let mut forwards: Vec<ClaimId> = (self.component(proposition).iter())
            .map(|at| self.propositions[*at as usize].id.clone())
            .filter(|other| *other != id)
            .collect();
        forwards.sort_unstable();
        Some(Claim {
            id,
            label: label::label(&mentions),
            text: label::fullest(&mentions),
            quantities: label::shared_quantities(&mentions),
            mentions: mentions.iter().map(|facts| facts.id.clone()).collect(),
            forwards,
        })
    }

    /// Returns the claim a mention expresses.
    #[must_use]
    pub fn claim_of(&self, mention: &MentionId) -> Option<ClaimId> {
        let at = self.place_of_mention(mention)?;
        Some(self.claim_id(self.expressed[at as usize]))
    }

    /// Returns the articles of a claim's mentions, in no order, some more than once.
    pub(super) fn articles_of(&self, id: &ClaimId) -> impl Iterator<Item = &ArticleId> {
        (self.place_of_proposition(id).into_iter())
            .flat_map(|at| self.component(at))
            .flat_map(|at| &self.propositions[*at as usize].mentions)
            .map(|at| &self.mentions[*at as usize].article)
    }

    /// Returns the ids of all claims, sorted.
    #[must_use]
    pub fn ids(&self) -> Vec<ClaimId> {
        let mut ids: Vec<ClaimId> = (self.components.iter())
            .filter_map(|component| Some(self.claim_id(*component.first()?)))
            .collect();
        ids.sort_unstable();
        ids
    }

    /// Returns the ids of the claims whose ids start with some hexadecimal digits, sorted.
    #[must_use]
    pub fn ids_from(&self, prefix: &str) -> Vec<ClaimId> {
        let Some(propositions) = self.propositions_from(prefix) else {
            let ids = self.ids().into_iter();
            return ids.filter(|id| id.as_str().starts_with(prefix)).collect();
        };
        let mut ids: Vec<ClaimId> = (propositions.into_iter())
            .filter(|at| self.claim_id(*at) == self.propositions[*at as usize].id)
            .map(|at| self.propositions[at as usize].id.clone())
            .collect();
        ids.sort_unstable();
        ids
    }

    /// Finds claims by any wording, best first; unrelated words find nothing.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize, lexicon: &Lexicon) -> Vec<Match> {
        let compared = self.compared(lexicon);
        let mut best: FxHashMap<u32, (f64, u32)> = FxHashMap::default();
        for (proposition, score) in search::propositions(text, compared, lexicon) {
            let component = self.component_of(proposition);
            let entry = best.entry(component).or_insert((score, proposition));
            if score > entry.0 {
                *entry = (score, proposition);
            }
        }
        let mut best: Vec<(f64, u32)> = best.into_values().collect();
        best.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut found: Vec<Match> = Vec::new();
        for (score, at) in best {
            // What cannot come so far need not be read, and all behind it neither.
            let last = found.last().filter(|_| found.len() >= limit);
            let fails =
                |most: f64| limit == 0 || last.is_some_and(|last| last.score > most + ROUNDED);
            if fails(score) {
                break;
            }
            if fails(score * search::best_standing(self.mentions_in(at))) {
                continue;
            }
            let claim = self.claim_id(at);
            let score = score * search::standing(&self.mentions_of(at));
            let score = (score * 1000.0).round() / 1000.0;
            found.push(Match { claim, score });
            found.sort_by(|a, b| (b.score.total_cmp(&a.score)).then_with(|| a.claim.cmp(&b.claim)));
            found.truncate(limit);
        }
        found
    }
}

/// The id of a mention's proposition: its signature, and where that tells too little its article.
fn proposition_id(facts: &MentionFacts) -> ClaimId {
    let hash = if proposition::is_poor(&facts.signature) {
        seed_hash(&[
            "claim",
            &facts.signature,
            facts.snapshot.as_str(),
            &facts.text,
        ])
    } else {
        seed_hash(&["claim", &facts.signature])
    };
    ClaimId::from_local(hash)
}
