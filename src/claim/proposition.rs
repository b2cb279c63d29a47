//! Signatures read back: the features of a proposition as numbers that are quick to compare.
//!
//! Decides nothing; [`super::similarity`] and [`super::relation`] do.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::{lexicon::Lexicon, mention::Bound};

use super::{
    feature::{Feature, Features},
    signature::context,
    vector::{self, Packed},
};

/// A quantity of a proposition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    /// The unit's feature, when the text names one.
    pub(super) unit: Option<u32>,
    pub(super) bound: Bound,
}

impl Amount {
    /// Small numbers count what a text also says without them ("the two leaders").
    pub(super) fn is_small(&self) -> bool {
        self.value.abs() <= 3.0
    }

    /// Says whether both may count one kind of thing.
    pub(super) fn comparable(&self, other: &Self) -> bool {
        self.unit == other.unit || self.unit.is_none() || other.unit.is_none()
    }

    /// Says whether one is a least and the other a greatest value.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        matches!(
            (self.bound, other.bound),
            (Bound::Min, Bound::Max) | (Bound::Max, Bound::Min)
        )
    }

    /// Says whether two figures are one: same value, same unit as far as known, and bounds that
    /// do not exclude each other.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.value == other.value && self.comparable(other) && !self.excludes(other)
    }

    /// Counts the digits in front of the zeros at the end: how little the figure is rounded.
    pub(super) fn digits(&self) -> usize {
        let digits: String = (self.value.abs().to_string().chars())
            .filter(char::is_ascii_digit)
            .collect();
        digits.trim_start_matches('0').trim_end_matches('0').len()
    }

    /// Says whether it may tell no more than an order of size ("millions").
    pub(super) fn is_order_of_size(&self) -> bool {
        self.bound == Bound::Min && self.value >= 1000.0 && self.value.log10().fract() == 0.0
    }

    /// Says whether it counts one kind of thing, and more of them than anybody has at hand.
    pub(super) fn is_specific(&self, features: &Features) -> bool {
        self.value.abs() >= 1000.0 && self.unit.is_some_and(|unit| !features.get(unit).measure)
    }
}

/// The clause that makes a proposition.
#[derive(Debug, Clone, Default)]
#[repr(C)]
pub(super) struct Core {
    pub(super) negative: bool,
    /// Whether it has a figure or any other number.
    pub(super) numeric: bool,
    /// Whether its words say that it is to come.
    pub(super) future: bool,
    /// Whether its words say that it may be.
    pub(super) possible: bool,
    /// Whether its words say what is to be done.
    pub(super) demand: bool,
    /// Names, lemmas and marks, sorted.
    pub(super) content: Vec<u32>,
    pub(super) total: f32,
    pub(super) acting: Vec<u32>,
    pub(super) given: Vec<(u32, char)>,
    pub(super) times: Vec<u32>,
    pub(super) amounts: Vec<Amount>,
    /// The content without what says only that it is to come, and without light words, sorted.
    pub(super) bare: Vec<u32>,
    /// Whether it tells of what is planned, possible or to come.
    pub(super) prospect: bool,
    /// Words that say that what is counted goes away or is harmed, sorted.
    pub(super) undoing: Vec<u32>,
    /// The figure that tells most.
    pub(super) principal: Option<Amount>,
}

/// A proposition: its core, and everything it speaks of.
///
/// What most comparisons need stands first and together: memory is what comparing waits for.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
pub(super) struct Proposition {
    /// The direction of everything.
    pub(super) direction: Packed,
    pub(super) core: Core,
    /// Names, lemmas and times of all clauses, sorted.
    pub(super) all: Vec<u32>,
    /// The quantities of further clauses.
    pub(super) further: Vec<Amount>,
    /// What its article is about, sorted.
    pub(super) context: Vec<u32>,
    pub(super) all_total: f32,
    /// The directions of the core and of the context; few propositions get so near to another that
    /// they are asked for.
    directions: OnceLock<Box<[Packed; 2]>>,
    /// Whether it tells too little to be recognised elsewhere.
    pub(super) poor: bool,
}

impl Proposition {
    /// Reads a signature and takes in the features that are new.
    pub(super) fn read(signature: &str, features: &mut Features, lexicon: &Lexicon) -> Self {
        let mut read = Self::numbered(signature, &mut |text| features.id(text, lexicon));
        read.derive(features);
        read
    }

    /// Reads signatures and takes in the features that are new.
    pub(super) fn read_all<'a>(
        signatures: impl Iterator<Item = &'a str>,
        features: &mut Features,
        lexicon: &Lexicon,
    ) -> Vec<Self> {
        let mut number = |text: &str| features.id(text, lexicon);
        let mut all: Vec<Self> = signatures
            .map(|signature| Self::numbered(signature, &mut number))
            .collect();
        all.par_iter_mut().for_each(|one| one.derive(features));
        all
    }

    /// Reads a signature of which all features are known.
    pub(super) fn known(signature: &str, features: &Features) -> Self {
        // Only a damaged file lacks one; that number has a row, too.
        let mut number = |text: &str| features.find(text).unwrap_or(u32::MAX);
        let mut read = Self::numbered(signature, &mut number);
        read.derive(features);
        read
    }

    /// Reads what needs no more than the numbers of the features.
    fn numbered(signature: &str, number: &mut impl FnMut(&str) -> u32) -> Self {
        let (signature, context) = divided(signature);
        let mut clauses = signature.split('|');
        let core = Core::numbered(clauses.next().unwrap_or_default(), number);
        let mut all = [core.content.as_slice(), &core.times].concat();
        let mut further = Vec::new();
        for clause in clauses {
            let clause = Core::numbered(clause, number);
            all.extend(clause.content);
            all.extend(clause.times);
            further.extend(clause.amounts);
        }
        all.sort_unstable();
        all.dedup();
        let mut context: Vec<u32> = context.split_whitespace().map(number).collect();
        context.sort_unstable();
        Self {
            direction: [0; vector::SIZE],
            directions: OnceLock::new(),
            core,
            all,
            further,
            context,
            all_total: 0.0,
            poor: is_poor(signature),
        }
    }

    /// Fills in what follows from the features.
    fn derive(&mut self, features: &Features) {
        self.core.derive(features);
        self.all_total = total(&self.all, features);
        self.direction = direction(&self.all, features);
    }

    /// Returns the directions of the core and of the context.
    pub(super) fn directions(&self, features: &Features) -> &[Packed; 2] {
        self.directions.get_or_init(|| {
            [&self.core.content, &self.context]
                .map(|ids| direction(ids, features))
                .into()
        })
    }
}

impl Core {
    fn numbered(clause: &str, number: &mut impl FnMut(&str) -> u32) -> Self {
        let mut core = Self::default();
        let mut counted = None;
        for text in clause.split_whitespace() {
            match text.as_bytes()[0] {
                b'!' => core.negative = true,
                b'#' => core.amounts.extend(amount(text, number)),
                b'%' => core.times.push(number(text)),
                b'=' => core.acting.push(number(&text[1..])),
                b'@' if text.contains('/') => {
                    if let Some((name, initial)) = text.split_once('/') {
                        let initial = initial.chars().next().unwrap_or('?');
                        core.given.push((number(name), initial));
                    }
                }
                _ => {
                    let id = number(text);
                    core.content.push(id);
                    counted = counted.or((text == "force").then_some(id));
                }
            }
        }
        core.content.sort_unstable();
        core.content.dedup();
        for amount in &mut core.amounts {
            // "The force will reach 175,000" counts what the force is made of.
            amount.unit = amount.unit.or(counted);
        }
        core
    }

    /// Fills in what follows from the features.
    fn derive(&mut self, features: &Features) {
        let is = |test: fn(&Feature) -> bool| {
            let found = self.content.iter().copied();
            found.filter(move |id| test(features.get(*id)))
        };
        self.total = total(&self.content, features);
        self.prospect = is(|feature| feature.is_mark() || feature.prospect).count() > 0;
        self.future = is(|feature| feature.text == "~future").count() > 0;
        self.possible = is(|feature| feature.text == "~possible").count() > 0;
        self.demand = is(|feature| feature.text == "~demand").count() > 0;
        self.undoing = is(|feature| feature.undoing).collect();
        self.numeric =
            !self.amounts.is_empty() || is(|feature| feature.number().is_some()).count() > 0;
        let words = |ids: &[u32]| {
            let words = ids.iter().map(|id| features.get(*id));
            words.filter(|feature| !feature.is_name()).count()
        };
        let firm: Vec<u32> = is(|feature| !feature.is_mark() && !feature.prospect).collect();
        let firm = if words(&firm) > 0 {
            firm
        } else {
            is(|feature| !feature.is_mark()).collect()
        };
        let bare: Vec<u32> = (firm.iter().copied())
            .filter(|id| !features.get(*id).light)
            .filter(|id| !(self.negative && features.get(*id).setting))
            .collect();
        let enough = words(&bare) > 0 && bare.len() > 1;
        self.bare = if enough { bare } else { firm };
        let telling = |amount: &Amount| (amount.is_specific(features), amount.digits().min(3));
        self.principal = (self.amounts.iter().copied())
            .filter(|amount| amount.unit.is_some() && !amount.is_small())
            .max_by(|a, b| {
                let unit = |amount: &Amount| amount.unit.map(|unit| &features.get(unit).text);
                (telling(a).cmp(&telling(b)))
                    .then(a.value.total_cmp(&b.value))
                    .then_with(|| unit(a).cmp(&unit(b)))
            });
    }
}

/// Returns the statement and the context of a signature.
fn divided(signature: &str) -> (&str, &str) {
    signature
        .split_once(context::MARK)
        .unwrap_or((signature, ""))
}

/// What some features weigh.
fn total(ids: &[u32], features: &Features) -> f32 {
    ids.iter().map(|id| features.get(*id).weight).sum()
}

/// The direction of some features.
fn direction(ids: &[u32], features: &Features) -> Packed {
    let mut sum = [0.0; vector::SIZE];
    for vector in ids
        .iter()
        .filter_map(|id| features.get(*id).vector.as_ref())
    {
        for (sum, value) in sum.iter_mut().zip(vector.iter()) {
            *sum += value;
        }
    }
    vector::pack(&sum)
}

/// Says whether a signature tells too little to be recognised elsewhere ("it was right").
pub(super) fn is_poor(signature: &str) -> bool {
    let telling = (divided(signature).0.split_whitespace())
        .filter(|feature| !feature.starts_with(['!', '~', '%', '=', '|', '?']))
        .filter(|feature| !feature.contains('/'));
    telling.clone().count() < 2 && !telling.clone().any(|feature| feature.starts_with('#'))
}

fn amount(text: &str, number: &mut impl FnMut(&str) -> u32) -> Option<Amount> {
    let mut parts = text.get(1..)?.splitn(3, ':');
    let value = parts.next()?.parse().ok()?;
    let unit = parts.next()?;
    let unit = (!unit.is_empty()).then(|| number(unit));
    let bound = Bound::from_word(parts.next()?)?;
    Some(Amount { value, unit, bound })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_read_back() {
        let lexicon = Lexicon::shipped();
        let mut features = Features::default();
        let line = "! #175000:force:max %2014 =@russia @putin/v attack | ~future threat";
        let read = Proposition::read(line, &mut features, lexicon);
        assert!(read.core.negative);
        assert_eq!(read.core.amounts[0].value, 175_000.0);
        assert_eq!(
            features.get(read.core.amounts[0].unit.unwrap()).text,
            "force"
        );
        assert_eq!(features.get(read.core.acting[0]).text, "@russia");
        assert_eq!(read.core.given[0].1, 'v');
        assert_eq!(read.core.content.len(), 1);
        assert_eq!(read.all.len(), 4);
    }
}
