//! Whether two mentions express one proposition: a decision about the pair alone.
//!
//! Strict on purpose: mentions are joined by chains of such decisions, so a wrong one joins more
//! than two. Polarity, figures, times, actors and names must agree before words are weighed. Where
//! a telling figure, or the words without "plans" and "may", decide alone, what must be equal
//! depends on each mention by itself, so that no chain leads out of it.

use crate::lexicon::Lexicon;

use super::{
    feature::Features,
    proposition::{Amount, Core, Proposition},
};

/// Both must have this share of their weight in common.
const ALIKE: f32 = 0.68;

/// The same where one word may be put for another, or one names what the other does not.
const EXCHANGED: f32 = 0.8;

/// A short proposition that stands wholly in a longer one must make this share of it.
const CONTAINED: f32 = 0.45;

/// A contained proposition needs this weight to be more than a fragment.
const COMPLETE: f32 = 14.0;

/// What two share that say the same in other words about what is to come must weigh this much.
const BARE: f32 = 9.0;

/// One of two that give a figure of an everyday thing must say nearly all it says in the other too.
const NEAR: f32 = 0.65;

/// A word of this weight tells what a figure counts.
const TELLING: f32 = 3.5;

/// How telling a feature is; 0 for those that only forbid or describe others.
pub(super) fn weight(feature: &str, lexicon: &Lexicon) -> f32 {
    let feature = feature.trim_start_matches('?');
    match feature.as_bytes().first() {
        None | Some(b'!' | b'#' | b'%' | b'=') => 0.0,
        Some(b'~') => 1.0,
        Some(b'@') if feature.contains('/') => 0.0,
        Some(b'@') => match feature {
            "@usa" | "@russia" | "@china" | "@united-kingdom" | "@eu" | "@un" => 6.0,
            _ => 7.0,
        },
        Some(_) => lexicon.vocabulary.weight(feature),
    }
}

/// What two cores have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Overlap {
    /// Share of the left core's weight that the right one has too.
    pub(super) left: f32,
    /// Share of the right core's weight that the left one has too.
    pub(super) right: f32,
    pub(super) shared: f32,
    pub(super) shared_names: usize,
    pub(super) shared_words: usize,
    pub(super) left_names: usize,
    pub(super) right_names: usize,
    /// Words that the left one alone has.
    pub(super) left_words: usize,
    /// Words that the right one alone has.
    pub(super) right_words: usize,
    /// Whether one says what the other excludes ("rise", "fall").
    pub(super) opposed: bool,
    /// Whether the left one alone is about a fear, doubt or plan.
    pub(super) left_veiled: bool,
    /// Whether the right one alone is about a fear, doubt or plan.
    pub(super) right_veiled: bool,
    /// Whether all that veils is a plan or the like.
    pub(super) intended: bool,
}

impl Overlap {
    /// The same seen from the other side.
    pub(super) fn mirrored(&self) -> Self {
        Self {
            left: self.right,
            right: self.left,
            left_names: self.right_names,
            right_names: self.left_names,
            left_words: self.right_words,
            right_words: self.left_words,
            left_veiled: self.right_veiled,
            right_veiled: self.left_veiled,
            ..*self
        }
    }
}

/// Weighs two cores against each other.
pub(super) fn overlap(left: &Core, right: &Core, features: &Features) -> Overlap {
    overlap_of(
        &left.content,
        &right.content,
        left.total,
        right.total,
        features,
    )
}

/// Weighs everything that two propositions speak of.
pub(super) fn overlap_all(left: &Proposition, right: &Proposition, features: &Features) -> Overlap {
    let (left_total, right_total) = (left.all_total, right.all_total);
    overlap_of(&left.all, &right.all, left_total, right_total, features)
}

/// Weighs two cores, without what says only that something is to come where both say so.
pub(super) fn overlap_bare(left: &Core, right: &Core, features: &Features) -> Overlap {
    if !left.prospect || !right.prospect {
        return overlap(left, right, features);
    }
    let total = |core: &Core| (core.bare.iter().map(|id| features.get(*id).weight)).sum();
    overlap_of(&left.bare, &right.bare, total(left), total(right), features)
}

/// Weighs what two lists share: quick, for those that share too little for more.
fn shared_weight(left: &[u32], right: &[u32], features: &Features) -> f32 {
    let mut right = right.iter().copied().peekable();
    let mut shared = 0.0;
    for id in left {
        while right.next_if(|other| other < id).is_some() {}
        if right.peek() == Some(id) {
            shared += features.get(*id).weight;
        }
    }
    shared
}

/// Says whether what two cores share weighs less.
pub(super) fn share_less(left: &Core, right: &Core, least: f32, features: &Features) -> bool {
    shared_weight(&left.content, &right.content, features) < least
}

fn overlap_of(
    left: &[u32],
    right: &[u32],
    left_total: f32,
    right_total: f32,
    features: &Features,
) -> Overlap {
    let mut overlap = Overlap {
        intended: true,
        ..Overlap::default()
    };
    let (mut i, mut j) = (0, 0);
    loop {
        let (a, b) = (left.get(i), right.get(j));
        match (a, b) {
            (None, None) => break,
            (Some(a), Some(b)) if a == b => {
                let feature = features.get(*a);
                overlap.shared += feature.weight;
                if feature.is_name() {
                    overlap.shared_names += 1;
                } else if !feature.is_mark() {
                    overlap.shared_words += 1;
                }
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), other) if other.is_none_or(|b| a < b) => {
                let feature = features.get(*a);
                if feature.is_name() {
                    overlap.left_names += 1;
                } else if !feature.is_mark() {
                    overlap.left_words += 1;
                }
                overlap.left_veiled |= feature.attitude;
                overlap.intended &= feature.intention || !feature.attitude;
                overlap.opposed |= (feature.antonyms.iter()).any(|antonym| {
                    let mut others = right
                        .iter()
                        .filter(|id| features.get(**id).text == *antonym);
                    others.any(|id| left.binary_search(id).is_err())
                });
                i += 1;
            }
            (_, Some(b)) => {
                let feature = features.get(*b);
                if feature.is_name() {
                    overlap.right_names += 1;
                } else if !feature.is_mark() {
                    overlap.right_words += 1;
                }
                overlap.right_veiled |= feature.attitude;
                overlap.intended &= feature.intention || !feature.attitude;
                j += 1;
            }
            (Some(_), None) => unreachable!("taken by the arm for the left side"),
        }
    }
    overlap.left = share(overlap.shared, left_total);
    overlap.right = share(overlap.shared, right_total);
    overlap
}

/// Part of a whole; nothing of nothing.
pub(super) fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Says whether two propositions are one.
pub(super) fn same(left: &Core, right: &Core, features: &Features) -> bool {
    if left.negative != right.negative {
        return false;
    }
    if same_figure(left, right, features) {
        return true;
    }
    if !quantities_agree(left, right) || !nothing_forbids(left, right) {
        return false;
    }
    if bare_is_same(left, right, features) {
        return true;
    }
    let shared = shared_weight(&left.content, &right.content, features);
    if share(shared, left.total).min(share(shared, right.total)) < CONTAINED {
        return false;
    }
    let overlap = overlap(left, right, features);
    if overlap.opposed || overlap.left_veiled || overlap.right_veiled {
        return false;
    }
    if overlap.left_names > 0 && overlap.right_names > 0 {
        return false;
    }
    let exchanged = overlap.left_words > 0 && overlap.right_words > 0;
    let named = overlap.left_names + overlap.right_names > 0;
    let alike = if exchanged || named { EXCHANGED } else { ALIKE };
    let whole = overlap.left >= 0.999 && overlap.right >= 0.999;
    if whole || (overlap.shared >= COMPLETE && overlap.left.min(overlap.right) >= alike) {
        return true;
    }
    // The extra words of the longer one may say where or how, not who.
    let (least, most) = (
        overlap.left.min(overlap.right),
        overlap.left.max(overlap.right),
    );
    most > 0.999
        && least >= CONTAINED
        && overlap.shared >= COMPLETE
        && overlap.shared_words >= 2
        && overlap.shared_names >= 1
        && overlap.left_names + overlap.right_names == 0
        && (left.negative || least >= ALIKE)
}

/// Says whether two say the same but for words such as "plans", "may" and "is expected".
pub(super) fn bare_is_same(left: &Core, right: &Core, features: &Features) -> bool {
    let weight = || -> f32 { (left.bare.iter()).map(|id| features.get(*id).weight).sum() };
    left.prospect == right.prospect
        && left.bare == right.bare
        && left.bare.len() > 1
        && (left.bare.iter()).any(|id| !features.get(*id).is_name())
        && weight() >= BARE
}

/// Says whether two give one telling figure of one thing, and nothing tells them apart.
///
/// The figure that tells most must be the same in both, and so must whether it is to come and
/// whether what is counted goes away: none of this depends on a third proposition, so that no
/// chain leads from one figure to another or from an attack to a withdrawal.
pub(super) fn same_figure(left: &Core, right: &Core, features: &Features) -> bool {
    let (Some(figure), Some(other)) = (left.principal, right.principal) else {
        return false;
    };
    let unit = |amount: &Amount| amount.unit == figure.unit;
    let values_agree = |a: &Core, b: &Core| {
        (a.amounts.iter().filter(|amount| unit(amount)))
            .all(|amount| b.amounts.iter().any(|other| amount.agrees(other)))
    };
    if figure.unit != other.unit
        || !figure.agrees(&other)
        || left.prospect != right.prospect
        || left.undoing != right.undoing
        || !values_agree(left, right)
        || !values_agree(right, left)
    {
        return false;
    }
    let counts = |core: &Core| (core.content.iter()).any(|id| features.get(*id).counting);
    let forbidden = !agree_beside_actors(left, right)
        || !(counts(left) || counts(right) || actors_meet(left, right));
    let common = overlap(left, right, features);
    let apart = common.shared_names == 0 && common.left_names > 0 && common.right_names > 0;
    if forbidden || common.opposed || apart {
        return false;
    }
    let shared = (left.content.iter())
        .filter(|id| right.content.binary_search(id).is_ok())
        .map(|id| features.get(*id))
        .filter(|feature| !(feature.is_name() || feature.prospect || feature.light))
        .filter(|feature| {
            figure
                .unit
                .is_none_or(|unit| features.get(unit).text != feature.text)
        })
        .filter(|feature| feature.weight >= TELLING)
        .count();
    let exact = figure.digits() >= 2;
    if figure.is_specific(features) {
        let nameless = common.left_names == 0 || common.right_names == 0;
        common.shared_names > 0 || (exact && (nameless || shared > 0))
    } else {
        let near = common.left.max(common.right) >= NEAR;
        near && shared + usize::from(exact && common.shared_names > 0) >= 2
    }
}

/// Says whether time, actor and given names leave room for the two to be one.
pub(super) fn nothing_forbids(left: &Core, right: &Core) -> bool {
    agree_beside_actors(left, right) && actors_meet(left, right)
}

fn actors_meet(left: &Core, right: &Core) -> bool {
    meet(&left.acting, &right.acting)
}

/// Says whether two lists share something, where both say anything.
pub(super) fn meet(left: &[u32], right: &[u32]) -> bool {
    left.is_empty() || right.is_empty() || left.iter().any(|id| right.contains(id))
}

fn agree_beside_actors(left: &Core, right: &Core) -> bool {
    meet(&left.times, &right.times) && !given_differ(left, right)
}

/// Says whether one surname stands with two given names.
pub(super) fn given_differ(left: &Core, right: &Core) -> bool {
    (left.given.iter()).any(|(name, initial)| {
        let mut others = right
            .given
            .iter()
            .filter(|(other, _)| other == name)
            .peekable();
        others.peek().is_some() && others.all(|(_, other)| other != initial)
    })
}

/// Says whether the figures are the same figures; small ones may be left out.
fn quantities_agree(left: &Core, right: &Core) -> bool {
    let covered = |a: &Core, b: &Core| {
        (a.amounts.iter()).all(|amount| {
            b.amounts.iter().any(|other| amount.agrees(other))
                || (amount.is_small() && b.amounts.iter().all(|other| other.unit != amount.unit))
        })
    };
    covered(left, right) && covered(right, left)
}
