//! Which propositions are worth comparing: those that share a key.
//!
//! The keys of a proposition depend on it alone, so that the pairs compared never depend on the
//! order in which propositions came, nor on how many there are.

use rustc_hash::FxHashMap;

use super::proposition::{Amount, Core, Features, Proposition};

/// Keys are made of this many of the most telling features.
const TELLING: usize = 6;

/// Propositions by key. Those that tell too little are compared with none and have no key.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    /// Keys and propositions that were there from the start, sorted.
    settled: Vec<(u64, u32)>,
    /// For each key the last entry in `links`.
    last: FxHashMap<u64, u32>,
    /// Propositions that came later, each with the entry before it of the same key.
    links: Vec<(u32, Option<u32>)>,
}

impl Candidates {
    /// Indexes many propositions at once, under the numbers of their places.
    pub(super) fn settle(propositions: &[Proposition], features: &Features) -> Self {
        let mut candidates = Self::default();
        for (number, proposition) in (0..).zip(propositions) {
            let keys = keys(proposition, features).into_iter();
            candidates.settled.extend(keys.map(|key| (key, number)));
        }
        candidates.settled.sort_unstable();
        candidates
    }

    /// Adds a proposition under its number, which is higher than all before, and returns those that
    /// share a key with it, sorted.
    pub(super) fn add(
        &mut self,
        number: u32,
        proposition: &Proposition,
        features: &Features,
    ) -> Vec<u32> {
        let keys = keys(proposition, features);
        let found = self.sharing(&keys);
        for key in keys {
            let entry =
                u32::try_from(self.links.len()).expect("fewer than 2^32 keys fit into memory");
            let before = self.last.insert(key, entry);
            self.links.push((number, before));
        }
        found
    }

    /// Returns the propositions that share a key with this one, sorted.
    pub(super) fn of(&self, proposition: &Proposition, features: &Features) -> Vec<u32> {
        self.sharing(&keys(proposition, features))
    }

    fn sharing(&self, keys: &[u64]) -> Vec<u32> {
        let mut found = Vec::new();
        for key in keys {
            if !self.settled.is_empty() {
                let start = self.settled.partition_point(|(settled, _)| settled < key);
                let settled = self.settled[start..]
                    .iter()
                    .take_while(|(settled, _)| settled == key);
                found.extend(settled.map(|(_, number)| *number));
            }
            let mut next = self.last.get(key).copied();
            while let Some(entry) = next {
                let (number, before) = self.links[entry as usize];
                found.push(number);
                next = before;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Propositions by what they speak of in any clause; what a search asks.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    features: Vec<Vec<u32>>,
    figures: FxHashMap<u64, Vec<u32>>,
}

impl Postings {
    /// Indexes propositions under the numbers of their places.
    pub(super) fn of(propositions: &[Proposition], features: &Features) -> Self {
        let mut postings = Self::default();
        postings.features.resize_with(features.len(), Vec::new);
        for (number, proposition) in (0..).zip(propositions) {
            for feature in &proposition.all {
                postings.features[*feature as usize].push(number);
            }
            let amounts = proposition.core.amounts.iter().chain(&proposition.further);
            let mut values: Vec<u64> = amounts.map(|amount| amount.value.to_bits()).collect();
            values.sort_unstable();
            values.dedup();
            for value in values {
                postings.figures.entry(value).or_default().push(number);
            }
        }
        postings
    }

    /// Returns the propositions that speak of a feature, sorted.
    pub(super) fn feature(&self, feature: u32) -> &[u32] {
        (self.features.get(feature as usize)).map_or(&[], Vec::as_slice)
    }

    /// Returns the propositions that give a figure, sorted.
    pub(super) fn figure(&self, value: f64) -> &[u32] {
        (self.figures.get(&value.to_bits())).map_or(&[], Vec::as_slice)
    }
}

/// The keys of a proposition: every three of its most telling features, all of a short one, and
/// what is counted together with each name.
fn keys(proposition: &Proposition, features: &Features) -> Vec<u64> {
    if proposition.poor {
        return Vec::new();
    }
    let core: &Core = &proposition.core;
    let mut telling: Vec<u32> = (core.content.iter().copied())
        .filter(|id| !features.get(*id).is_mark())
        .collect();
    telling.sort_by(|a, b| {
        let (a, b) = (features.get(*a), features.get(*b));
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.text.cmp(&b.text))
    });
    telling.truncate(TELLING);
    let hash = |id: &u32| features.get(*id).hash;
    let mut keys = Vec::new();
    if telling.len() < 3 {
        keys.push(mix(telling.iter().map(hash).fold(0, u64::wrapping_add)));
    }
    for (i, first) in telling.iter().enumerate() {
        for (j, second) in telling.iter().enumerate().skip(i + 1) {
            for third in &telling[j + 1..] {
                // A sum does not depend on the order of its parts.
                let sum = hash(first)
                    .wrapping_add(hash(second))
                    .wrapping_add(hash(third));
                keys.push(mix(sum));
            }
        }
    }
    let names = telling.iter().filter(|id| features.get(**id).is_name());
    for name in names {
        for unit in core.amounts.iter().filter_map(|amount| amount.unit) {
            keys.push(mix(
                hash(name).wrapping_add(hash(&unit)) ^ u64::from(u32::MAX)
            ));
        }
    }
    // The one who acts with each word, and the figure that tells most.
    for actor in &core.acting {
        let words = core.bare.iter().filter(|id| !features.get(**id).is_name());
        for word in words.take(TELLING) {
            keys.push(mix(hash(actor).wrapping_add(hash(word)) ^ ACTING));
        }
    }
    if let Some(Amount {
        value,
        unit: Some(unit),
        ..
    }) = &core.principal
    {
        keys.push(mix(value.to_bits().wrapping_add(hash(unit)) ^ FIGURE));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keep the kinds of keys apart.
const ACTING: u64 = 1 << 40;
const FIGURE: u64 = 1 << 41;

fn mix(sum: u64) -> u64 {
    let mixed = (sum ^ (sum >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}
