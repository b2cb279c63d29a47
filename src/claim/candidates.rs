//! Which propositions are worth comparing: those that share a key.
//!
//! The keys of a proposition depend on it alone, so that the pairs compared to join claims never
//! depend on the order in which propositions came, nor on how many there are; their number grows with
//! what is written about one matter. To relate claims, a key that a crowd shares counts no more: what
//! is worth telling of two claims shows in rarer keys, too, and the cost of a claim is bounded however
//! large the graph is.

use std::{
    borrow::Cow,
    collections::{BTreeMap, hash_map::Entry},
};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    feature::{Feature, Features},
    image::{Image, Pairs, Table},
    proposition::{Amount, Core, Proposition},
    rows::Rows,
};

/// Propositions by key. Those that tell too little are compared with none and have no key.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    by_key: FxHashMap<u64, Having>,
    /// The propositions of keys that several have, each sorted.
    lists: Vec<Vec<u32>>,
    /// Where keys of several propositions are kept.
    kept: Option<(Image, Pairs)>,
    /// Propositions with a key that a crowd shares since [`Candidates::take_crowded`] was called.
    crowded: Vec<u32>,
}

/// Who has a key.
#[derive(Debug, Clone, Copy)]
enum Having {
    One(u32),
    /// A place in the lists.
    Several(u32),
}

impl Candidates {
    /// Returns the candidates whose shared keys are kept.
    pub(super) fn kept(image: &Image, keys: Pairs) -> Self {
        Self {
            kept: Some((image.clone(), keys)),
            ..Self::default()
        }
    }

    /// Returns the keys of several propositions with their propositions, sorted.
    pub(super) fn shared(&self) -> Vec<(u64, u32)> {
        if let Some((image, keys)) = &self.kept {
            return (0..image.pairs(*keys))
                .filter_map(|at| image.pair(*keys, at))
                .collect();
        }
        let mut keys: Vec<(u64, u32)> = (self.by_key.iter())
            .filter_map(|(key, having)| match having {
                Having::One(_) => None,
                Having::Several(list) => Some((*key, *list)),
            })
            .collect();
        keys.par_sort_unstable();
        keys.into_iter()
            .flat_map(|(key, list)| (self.lists[list as usize].iter()).map(move |at| (key, *at)))
            .collect()
    }

    /// Adds propositions, of which the first has a number higher than all before.
    pub(super) fn add(&mut self, first: u32, propositions: &[Proposition], features: &Features) {
        let keys: Vec<Vec<u64>> = (propositions.par_iter())
            .map(|proposition| keys(proposition, features))
            .collect();
        for (number, keys) in (first..).zip(keys) {
            keys.into_iter().for_each(|key| self.take(key, number));
        }
    }

    fn take(&mut self, key: u64, number: u32) {
        match self.by_key.entry(key) {
            Entry::Vacant(place) => {
                place.insert(Having::One(number));
            }
            Entry::Occupied(mut place) => match *place.get() {
                Having::One(other) => {
                    let list = u32::try_from(self.lists.len()).expect("fewer than 2^32 keys");
                    self.lists.push(vec![other, number]);
                    place.insert(Having::Several(list));
                }
                Having::Several(list) => {
                    let list = &mut self.lists[list as usize];
                    list.push(number);
                    if list.len() == CROWD + 1 {
                        self.crowded.extend_from_slice(list);
                    }
                }
            },
        }
    }

    /// Returns the propositions that share a key with this one and have a number below `number`,
    /// sorted.
    pub(super) fn below(
        &self,
        number: u32,
        proposition: &Proposition,
        features: &Features,
    ) -> Vec<u32> {
        let mut found = Vec::new();
        for key in keys(proposition, features) {
            let all = self.of_key(key);
            found.extend_from_slice(&all[..all.partition_point(|other| *other < number)]);
        }
        sorted(found)
    }

    /// Returns the propositions that share a key with this one that no crowd shares, sorted.
    pub(super) fn of(&self, proposition: &Proposition, features: &Features) -> Vec<u32> {
        let mut found = Vec::new();
        for key in keys(proposition, features) {
            let all = self.of_key(key);
            if all.len() <= CROWD {
                found.extend_from_slice(&all);
            }
        }
        sorted(found)
    }

    /// Returns the propositions with a key that came to be shared by a crowd, in no order.
    pub(super) fn take_crowded(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.crowded)
    }

    /// The propositions that have a key, sorted.
    fn of_key(&self, key: u64) -> Cow<'_, [u32]> {
        if let Some((image, keys)) = &self.kept {
            return Cow::Owned(image.of_key(*keys, key).collect());
        }
        Cow::Borrowed(match self.by_key.get(&key) {
            None => &[],
            Some(Having::One(number)) => std::slice::from_ref(number),
            Some(Having::Several(list)) => &self.lists[*list as usize],
        })
    }
}

/// A key that more propositions share tells nothing of how two of them stand to each other; so few
/// in tests that they have crowds.
const CROWD: usize = if cfg!(test) { 6 } else { 256 };

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Propositions by what they speak of in any clause; what a search asks.
#[derive(Debug, Clone)]
pub(super) enum Postings {
    Made {
        features: Vec<Vec<u32>>,
        /// Figures by their bits.
        figures: BTreeMap<u64, Vec<u32>>,
    },
    /// By feature, by figure, and the figures by their bits.
    Kept(Image, Table, Table, Pairs),
}

impl Postings {
    /// Indexes propositions under the numbers of their places.
    pub(super) fn of(propositions: &Rows<Proposition>, known: &Features) -> Self {
        let mut features = vec![Vec::new(); known.len()];
        let mut figures: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for (number, proposition) in (0..).zip(propositions.iter()) {
            for feature in &proposition.all {
                features[*feature as usize].push(number);
            }
            let amounts = proposition.core.amounts.iter().chain(&proposition.further);
            let mut values: Vec<u64> = amounts.map(|amount| amount.value.to_bits()).collect();
            values.sort_unstable();
            values.dedup();
            for value in values {
                figures.entry(value).or_default().push(number);
            }
        }
        Self::Made { features, figures }
    }

    /// Returns the propositions by feature and by figure; none where they are kept.
    pub(super) fn lists(self) -> (Vec<Vec<u32>>, BTreeMap<u64, Vec<u32>>) {
        match self {
            Self::Made { features, figures } => (features, figures),
            Self::Kept(..) => Default::default(),
        }
    }

    /// Returns the propositions that speak of a feature, sorted.
    pub(super) fn feature(&self, feature: u32) -> Cow<'_, [u32]> {
        match self {
            Self::Made { features, .. } => {
                Cow::Borrowed((features.get(feature as usize)).map_or(&[], Vec::as_slice))
            }
            Self::Kept(image, by_feature, ..) => {
                Cow::Owned(image.list(*by_feature, feature as usize))
            }
        }
    }

    /// Returns the propositions that give a figure, sorted.
    pub(super) fn figure(&self, value: f64) -> Cow<'_, [u32]> {
        let value = value.to_bits();
        match self {
            Self::Made { figures, .. } => {
                Cow::Borrowed(figures.get(&value).map_or(&[], Vec::as_slice))
            }
            Self::Kept(image, _, by_figure, places) => {
                let place = image.of_key(*places, value).next();
                Cow::Owned(place.map_or_else(Vec::new, |at| image.list(*by_figure, at as usize)))
            }
        }
    }
}

/// The keys of a proposition: what its core says, three things at a time, and every two things it
/// says that are rare together.
fn keys(proposition: &Proposition, features: &Features) -> Vec<u64> {
    if proposition.poor {
        return Vec::new();
    }
    let mut keys = core_keys(&proposition.core, features);
    rare_keys(proposition, features, &mut keys);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Every three of the most telling features of the core, all of a short one, what is counted
/// together with each name and the one who acts with each word where that is unusual, and the figure
/// that tells most.
fn core_keys(core: &Core, features: &Features) -> Vec<u64> {
    let mut telling: Vec<u32> = (core.content.iter().copied())
        .filter(|id| !features.get(*id).is_mark())
        .collect();
    telling.sort_by(|a, b| {
        let (a, b) = (features.get(*a), features.get(*b));
        (b.weight.total_cmp(&a.weight)).then_with(|| a.text.cmp(&b.text))
    });
    telling.truncate(CORE);
    let hash = |id: &u32| features.get(*id).hash;
    let mut keys = Vec::new();
    if telling.len() < 3 {
        keys.push(key(ALL, telling.iter().map(hash)));
    }
    for (at, first) in telling.iter().enumerate() {
        for (to, second) in telling.iter().enumerate().skip(at + 1) {
            for third in &telling[to + 1..] {
                keys.push(key(ALL, [first, second, third].map(hash)));
            }
        }
    }
    let mut two = |kind: u64, first: &u32, second: &u32| {
        let rarity = features.get(*first).rarity + features.get(*second).rarity;
        if rarity >= UNUSUAL {
            keys.push(key(kind, [first, second].map(hash)));
        }
    };
    for name in telling.iter().filter(|id| features.get(**id).is_name()) {
        for unit in core.amounts.iter().filter_map(|amount| amount.unit) {
            two(COUNTED, name, &unit);
        }
    }
    for actor in &core.acting {
        let words = core.bare.iter().filter(|id| !features.get(**id).is_name());
        words.take(CORE).for_each(|word| two(ACTING, actor, word));
    }
    if let Some(Amount {
        value,
        unit: Some(unit),
        ..
    }) = &core.principal
    {
        keys.push(key(FIGURE, [value.to_bits(), hash(unit)]));
    }
    keys
}

/// Every two things said that are rare together. A name that the article is about stands in for
/// one that the statement does not say.
fn rare_keys(proposition: &Proposition, features: &Features, keys: &mut Vec<u64>) {
    let said = said(proposition, features);
    let mut about: Vec<Telling> = (proposition.context.iter())
        .map(|id| features.get(*id))
        .filter(|feature| feature.is_name())
        .map(Telling::of)
        .filter(|name| said.iter().all(|said| said.hash != name.hash))
        .collect();
    rarest(&mut about, ABOUT);
    for (at, first) in said.iter().enumerate() {
        for second in said[at + 1..].iter().chain(&about) {
            if first.rarity + second.rarity >= RARE {
                keys.push(key(TWO, [first.hash, second.hash]));
            }
        }
    }
}

/// Something said, and how rare it is.
#[derive(Debug, Clone, Copy)]
struct Telling {
    hash: u64,
    rarity: f32,
}

impl Telling {
    fn of(feature: &Feature) -> Self {
        Self {
            hash: feature.hash,
            rarity: feature.rarity,
        }
    }

    /// A figure tells the more the less it is rounded.
    fn of_amount(amount: &Amount) -> Self {
        Self {
            rarity: if amount.digits() > 1 { 9.0 } else { 5.0 },
            ..Self::of_value(amount.value)
        }
    }

    /// A number that counts nothing.
    fn of_value(value: f64) -> Self {
        Self {
            hash: mix(value.to_bits()),
            rarity: 9.0,
        }
    }
}

/// The rarest things a proposition says.
fn said(proposition: &Proposition, features: &Features) -> Vec<Telling> {
    let words = (proposition.all.iter())
        .map(|id| features.get(*id))
        .filter(|feature| !feature.is_mark() && feature.rarity > 0.0)
        .map(|feature| match feature.number() {
            Some(value) => Telling::of_value(value),
            None => Telling::of(feature),
        });
    let amounts = proposition.core.amounts.iter().chain(&proposition.further);
    let mut said: Vec<Telling> = words
        .chain(
            amounts
                .filter(|amount| !amount.is_small())
                .map(Telling::of_amount),
        )
        .collect();
    rarest(&mut said, SAID);
    said
}

fn rarest(tellings: &mut Vec<Telling>, most: usize) {
    tellings.sort_by(|a, b| (b.rarity.total_cmp(&a.rarity)).then(a.hash.cmp(&b.hash)));
    tellings.dedup_by_key(|telling| telling.hash);
    tellings.truncate(most);
}

/// A sum does not depend on the order of its parts.
fn key(kind: u64, parts: impl IntoIterator<Item = u64>) -> u64 {
    mix(parts.into_iter().fold(0, u64::wrapping_add) ^ kind)
}

/// Keep the kinds of keys apart.
const ALL: u64 = 0;
const COUNTED: u64 = u32::MAX as u64;
const ACTING: u64 = 1 << 40;
const FIGURE: u64 = 1 << 41;
const TWO: u64 = 1 << 42;

/// So many features of a core make keys.
const CORE: usize = 6;

/// One statement of e to this many has both of two rare things, if they have nothing to do with
/// each other.
const RARE: f32 = 13.0;

/// The same for two that stand together in the core of a statement: "the president says" is no key.
const UNUSUAL: f32 = 8.0;

/// So many things that a statement says make keys.
const SAID: usize = 7;

/// So many names that its article is about.
const ABOUT: usize = 4;

fn mix(sum: u64) -> u64 {
    let mixed = (sum ^ (sum >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}
