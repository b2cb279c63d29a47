//! Whether two sentences say the same, as people judge paraphrases: the numbers of a pair of
//! propositions and of how alike their wording is, with trees learnt from judged pairs.
//!
//! Only evaluation uses this: it shows what the numbers carry. Claims are joined by
//! [`super::Decider`], which is stricter than those who judge paraphrases.

use std::collections::BTreeMap;

use super::{
    boost::{Boost, Row},
    feature::Features,
    headline::key,
    pair,
    proposition::Proposition,
    similarity::share,
    train::Example,
    vector::{self, Vector},
    wording::{Table, Wording, nearest, sorted},
};
use crate::lexicon::Lexicon;

/// Numbers of each side of a wording.
const SIDE: usize = 14;
/// Numbers of both together.
const BOTH: usize = 12;
/// The lesser of both sides, the greater, and those of both.
const WORDING: usize = 2 * SIDE + BOTH;
const N: usize = pair::NUMBERS + WORDING;

/// Trees that are learnt.
const TREES: usize = 240;
const SEED: u64 = 1;

/// A pair of sentences as numbers.
#[derive(Debug, Clone)]
pub struct Pair {
    proposition: [f32; pair::NUMBERS],
    wording: [f32; WORDING],
}

impl Pair {
    /// Reads two sentences, whose signatures an example holds.
    #[must_use]
    pub fn read(left: &str, right: &str, example: &Example, lexicon: &Lexicon) -> Self {
        let mut known = Features::default();
        let one = Proposition::read(&example.left, &mut known, lexicon);
        let other = Proposition::read(&example.right, &mut known, lexicon);
        let mut table = Table::default();
        let left = table.read(left, lexicon);
        let right = table.read(right, lexicon);
        Self {
            proposition: pair::numbers(&one, &other, &known),
            wording: wording(&left, &right, &table),
        }
    }

    /// The numbers as they stand and those of the mirrored pair.
    fn both(&self) -> [[f32; N]; 2] {
        [self.proposition, pair::mirrored(&self.proposition)].map(|proposition| {
            let mut numbers = [0.0; N];
            numbers[..pair::NUMBERS].copy_from_slice(&proposition);
            numbers[pair::NUMBERS..].copy_from_slice(&self.wording);
            numbers
        })
    }
}

/// What was learnt of judged pairs.
#[derive(Debug, Clone)]
pub struct Judge(Boost);

impl Judge {
    /// Learns from pairs and whether they say the same; the same pairs give the same judge.
    #[must_use]
    pub fn learn<'a>(pairs: impl Iterator<Item = (&'a Pair, bool)>) -> Self {
        let rows =
            pairs.flat_map(|(pair, holds)| pair.both().map(|numbers| Row { numbers, holds }));
        Self(Boost::learn(&rows.collect::<Vec<_>>(), TREES, SEED))
    }

    /// Says whether two sentences say the same.
    #[must_use]
    pub fn is_same(&self, pair: &Pair) -> bool {
        let sum: f32 = pair.both().map(|row| self.0.probability(&row)).iter().sum();
        sum > 1.0
    }
}

fn wording(left: &Wording, right: &Wording, table: &Table) -> [f32; WORDING] {
    let sides = [side(left, right, table), side(right, left, table)];
    let mut numbers = [0.0; WORDING];
    for at in 0..SIDE {
        numbers[at] = sides[0][at].min(sides[1][at]);
        numbers[SIDE + at] = sides[0][at].max(sides[1][at]);
    }
    numbers[2 * SIDE..].copy_from_slice(&both(left, right, table));
    numbers
}

/// How much of one wording stands in the other, and what does not.
fn side(from: &Wording, to: &Wording, table: &Table) -> [f32; SIDE] {
    let all = [from, to].map(|wording| wording.set(|_| true));
    let alone = without(&all[0], &all[1]);
    let rarity = |keys: &[u64]| keys.iter().map(|key| table.rarity(*key)).sum::<f32>();
    let whole = rarity(&all[0]);
    let rarest = alone
        .iter()
        .map(|key| table.rarity(*key))
        .fold(0.0, f32::max);
    let [mine, others] = [from, to].map(|wording| wording.set(|word| word.is_figure));
    let names = [from, to].map(|wording| {
        let capitals = wording.words.iter().skip(1).filter(|word| word.is_capital);
        sorted(capitals.map(|word| word.key).collect())
    });
    let units = table.units(&all[1]);
    let near = |key: &u64| {
        let unit = table.get(*key).and_then(|known| known.unit.as_deref());
        table.rarity(*key) * unit.map_or(0.0, |unit| nearest(unit, &units))
    };
    let runs = [1, 2, 3, 4].map(|length| {
        let [mine, others] = [from, to].map(|wording| runs(wording, length));
        share(common(&mine, &others), mine.values().sum())
    });
    let count = |keys: &[u64]| keys.len() as f32;
    [
        runs[0],
        runs[1],
        runs[2],
        runs[3],
        share(whole - rarity(&alone), whole),
        rarest,
        rarity(&alone),
        count(&alone),
        count(&without(&mine, &others)),
        count(&mine) - count(&without(&mine, &others)),
        count(&without(&names[0], &names[1])),
        count(&without(&names[0], &all[1])),
        share(
            whole - rarity(&alone) + alone.iter().map(near).sum::<f32>(),
            whole,
        ),
        from.words.len() as f32,
    ]
}

/// What is the same from both sides.
fn both(left: &Wording, right: &Wording, table: &Table) -> [f32; BOTH] {
    let [a, b] = [left, right].map(|wording| wording.words.iter().map(|word| word.key).collect());
    let [a, b]: [Vec<u64>; 2] = [a, b];
    let [sum_a, sum_b] = [&a, &b].map(|keys| table.sum(keys));
    let telling = [left, right].map(|wording| sorted(wording.telling()));
    let only_a = table.sum(&without(&telling[0], &telling[1]));
    let only_b = table.sum(&without(&telling[1], &telling[0]));
    let between: Vector = std::array::from_fn(|at| sum_a[at] - sum_b[at]);
    let (short, long) = (a.len().min(b.len()) as f32, a.len().max(b.len()) as f32);
    let sequence = in_order(&a, &b) as f32;
    let letters = [left, right].map(letters);
    let differ = |holds: fn(&Wording) -> bool| f32::from(u8::from(holds(left) != holds(right)));
    [
        cosine(&sum_a, &sum_b),
        cosine(&only_a, &only_b),
        share(sequence, long),
        share(sequence, short),
        share(short, long),
        long - short,
        // Longer and shorter rest: the pair has no left and right here.
        length(&only_a).max(length(&only_b)),
        length(&only_a).min(length(&only_b)),
        length(&between),
        share(
            2.0 * common(&letters[0], &letters[1]),
            letters.iter().flat_map(BTreeMap::values).sum(),
        ),
        differ(|wording| wording.words.iter().any(|word| word.is_negator)),
        differ(|wording| wording.is_quoting),
    ]
}

fn without(keys: &[u64], others: &[u64]) -> Vec<u64> {
    let alone = keys.iter().filter(|key| others.binary_search(key).is_err());
    alone.copied().collect()
}

/// Runs of lemmas, with how often each stands there.
fn runs(wording: &Wording, length: usize) -> BTreeMap<Vec<u64>, f32> {
    let keys: Vec<u64> = wording.words.iter().map(|word| word.key).collect();
    count(keys.windows(length).map(<[u64]>::to_vec))
}

/// Runs of four letters.
fn letters(wording: &Wording) -> BTreeMap<u64, f32> {
    let characters: Vec<char> = wording.lower.chars().collect();
    count(
        characters
            .windows(4)
            .map(|run| key(&run.iter().collect::<String>())),
    )
}

fn count<T: Ord>(things: impl Iterator<Item = T>) -> BTreeMap<T, f32> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1.0;
    }
    counts
}

/// How many both have.
fn common<T: Ord>(left: &BTreeMap<T, f32>, right: &BTreeMap<T, f32>) -> f32 {
    let both = left
        .iter()
        .filter_map(|(thing, n)| Some(n.min(*right.get(thing)?)));
    both.sum()
}

/// Length of the longest sequence that stands in both in the same order.
fn in_order(left: &[u64], right: &[u64]) -> usize {
    let mut row = vec![0; right.len() + 1];
    for a in left {
        let mut corner = 0;
        for (at, b) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b {
                corner + 1
            } else {
                above.max(row[at])
            };
            corner = above;
        }
    }
    row[right.len()]
}

fn length(vector: &Vector) -> f32 {
    vector.iter().map(|value| value * value).sum::<f32>().sqrt()
}

fn cosine(left: &Vector, right: &Vector) -> f32 {
    vector::cosine(&vector::pack(left), &vector::pack(right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{claim::train, corpus::judged::Judgement};

    fn pair(left: &str, right: &str) -> Pair {
        let lexicon = Lexicon::shipped();
        let example = train::example(left, right, Judgement::Same, lexicon);
        Pair::read(left, right, &example, lexicon)
    }

    #[test]
    fn a_pair_and_its_mirror_image_have_one_wording() {
        let texts = [
            "The dam at Orl broke in 1921",
            "In 1922 Orl's old dam burst, they say",
        ];
        let one = pair(texts[0], texts[1]);
        assert_eq!(one.wording, pair(texts[1], texts[0]).wording);
        assert!(one.wording.iter().all(|number| number.is_finite()));
        assert!(pair("", "").wording.iter().all(|number| number.is_finite()));
    }

    #[test]
    fn what_is_shared_and_what_is_not_is_counted() {
        let numbers = pair("Nine crates of tea sank", "Nine crates of tea sank").wording;
        assert!((numbers[0] - 1.0).abs() < 1e-6 && numbers[SIDE + 7].abs() < 1e-6);
        let numbers = pair("Ten crates sank in 1903", "Ten crates sank in 1904").wording;
        assert!(
            (numbers[8] - 1.0).abs() < 1e-6,
            "each has a figure of its own"
        );
        assert!(numbers[0] < 0.9);
    }

    #[test]
    fn the_longest_common_sequence_is_the_one_a_search_finds() {
        assert_eq!(in_order(&[1, 2, 3, 4, 5], &[2, 9, 4, 5, 1]), 3);
        assert_eq!(in_order(&[1, 1, 1], &[1]), 1);
        assert_eq!(in_order(&[], &[1]), 0);
    }

    #[test]
    fn likeness_is_learnt() {
        let things = ["ferry", "bridge", "school", "tower", "orchard", "tunnel"];
        let (mut same, mut different) = (Vec::new(), Vec::new());
        for (at, thing) in things.iter().enumerate() {
            for year in 1950..1956 {
                let other = things[(at + 1) % things.len()];
                let left = format!("The {thing} of Mordun was closed in {year}");
                same.push(pair(&left, &format!("In {year} Mordun's {thing} closed")));
                different.push(pair(
                    &left,
                    &format!("Nobody used the {other} in {}", year + 1),
                ));
            }
        }
        let pairs = || {
            let same = same.iter().map(|pair| (pair, true));
            same.chain(different.iter().map(|pair| (pair, false)))
        };
        let judge = Judge::learn(pairs().step_by(2));
        let right = pairs().filter(|(pair, is)| judge.is_same(pair) == *is);
        assert!(right.count() > 65);
    }
}
