//! Whether two propositions are one, and how they stand to each other: a decision about the pair
//! alone, by what a model learnt from pairs that people judged.
//!
//! A rule that says that two are one is believed; the model finds those in other words. What no
//! wording can outweigh is not left to it: a statement and its negation, two figures
//! of one thing, two given names, two times, two who act, a demand and a deed, and a rise and a fall
//! are never one claim.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{
    RelationKind,
    boost::Boost,
    feature::Features,
    matter,
    pair::{self, NUMBERS},
    proposition::{Amount, Core, Proposition},
    similarity,
};

/// Two propositions are one from this probability on.
const SAME: f32 = 0.5;

/// The directions of two statements of one matter are this near, whatever the model says: in a
/// large collection most pairs that share a figure are about two things.
const NEAR: f32 = 0.7;

/// The same where the articles are about one matter, too.
const NEAR_IN_MATTER: f32 = 0.5;

/// Two statements whose directions are farther apart than this are about two things, whatever figure
/// they share.
pub(super) const FAR: f32 = 0.25;

/// The same for an order of size: "millions of Americans" stand in thousands of statements.
const APART: f32 = 0.5;

/// One claim stands in a relation to another from this probability on.
const RELATED: f32 = 0.5;

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"cg-clms\0";

static SHIPPED: LazyLock<Decider> = LazyLock::new(|| {
    let bytes = include_bytes!("../../models/claims.bin");
    Decider::from_bytes(bytes).expect("the shipped model is whole; a test reads it")
});

/// What was learnt of pairs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Decider {
    /// What it was learnt from.
    pub note: String,
    pub(super) same: Boost,
    pub(super) contradicts: Boost,
    pub(super) variant: Boost,
    /// Asks whether the left one entails the right one.
    pub(super) entails: Boost,
}

impl Decider {
    /// Returns the model that comes with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a model; nothing where the bytes are none, or damaged.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (whole, checksum) = bytes.strip_prefix(MAGIC)?.split_last_chunk()?;
        if crc32fast::hash(whole) != u32::from_le_bytes(*checksum) {
            return None;
        }
        postcard::from_bytes(whole).ok()
    }

    /// Returns the model as bytes.
    ///
    /// # Panics
    ///
    /// Never: writing to memory does not fail.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let whole = postcard::to_stdvec(self).expect("trees can be written");
        let checksum = crc32fast::hash(&whole).to_le_bytes();
        [MAGIC, whole.as_slice(), &checksum].concat()
    }

    /// Says whether two propositions are one.
    pub(super) fn is_same(
        &self,
        left: &Proposition,
        right: &Proposition,
        known: &Features,
    ) -> bool {
        if !may_be_same(left, right) {
            return false;
        }
        if matter::same_figure(left, right, known) {
            return true;
        }
        let vague = (left.core.principal).is_some_and(|amount| amount.is_order_of_size());
        let least = if vague { APART } else { FAR };
        pair::nearness(left, right) >= least
            && (similarity::same(&left.core, &right.core, known)
                || figure(&left.core) == figure(&right.core)
                    && self.same(left, right, known) >= SAME)
    }

    /// Returns how probable it is that two propositions are one.
    pub(super) fn same(&self, left: &Proposition, right: &Proposition, known: &Features) -> f32 {
        if !is_asked(left, right, known) {
            0.0
        } else if same_words(left, right) {
            1.0
        } else {
            let numbers = pair::numbers(left, right, known);
            of_both(&self.same, &numbers, &pair::mirrored(&numbers))
        }
    }

    /// Says how `left` stands to `right`, and how probably; nothing where it stands in no relation.
    pub(super) fn relation(
        &self,
        left: &Proposition,
        right: &Proposition,
        known: &Features,
    ) -> Option<(RelationKind, f32)> {
        if pair::nearness(left, right) < NEAR {
            return None;
        }
        let numbers = pair::numbers(left, right, known);
        let mirrored = pair::mirrored(&numbers);
        let found = [
            (
                RelationKind::Contradicts,
                of_both(&self.contradicts, &numbers, &mirrored),
            ),
            (
                RelationKind::VariantOf,
                of_both(&self.variant, &numbers, &mirrored),
            ),
            (RelationKind::Entails, self.entails.probability(&numbers)),
            (
                RelationKind::EntailedBy,
                self.entails.probability(&mirrored),
            ),
        ];
        let (kind, probability) =
            (found.into_iter()).reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        (probability >= RELATED).then_some((kind, probability))
    }
}

/// Says whether two may be one: quick, for most that share a key are not.
pub(super) fn may_be_same(left: &Proposition, right: &Proposition) -> bool {
    left.core.negative == right.core.negative
        && left.core.demand == right.core.demand
        && (left.core.numeric && right.core.numeric || pair::nearness(left, right) >= FAR)
}

/// The mean of a pair and its mirror image.
fn of_both(boost: &Boost, numbers: &[f32; NUMBERS], mirrored: &[f32; NUMBERS]) -> f32 {
    f32::midpoint(boost.probability(numbers), boost.probability(mirrored))
}

/// Says whether two are the same words about the same things.
fn same_words(left: &Proposition, right: &Proposition) -> bool {
    let (a, b) = (&left.context, &right.context);
    left.core.content == right.core.content
        && left.core.amounts == right.core.amounts
        && left.core.acting == right.core.acting
        && (a.is_empty() || b.is_empty() || a.iter().any(|id| b.binary_search(id).is_ok()))
}

/// Says whether two cannot be one, whatever their words.
///
/// What must be equal here is what each says by itself, so that no chain of pairs leads from a
/// statement to its negation, from a plan to a deed or from one figure to another.
pub(super) fn forbidden(left: &Core, right: &Core, known: &Features) -> bool {
    let figures = [left, right].map(figure);
    left.negative != right.negative
        || left.prospect != right.prospect
        || undone(left) != undone(right)
        || figures[0].is_some() && figures[1].is_some() && figures[0] != figures[1]
        || !similarity::meet(&left.times, &right.times)
        || similarity::given_differ(left, right)
        || figures_differ(left, right)
        || swapped(left, right)
        || similarity::overlap(left, right, known).opposed
}

/// The figure that tells most, as bits.
pub(super) fn figure(core: &Core) -> Option<u64> {
    core.principal.map(|amount| amount.value.to_bits())
}

/// Says whether what is counted goes away or is harmed.
fn undone(core: &Core) -> bool {
    core.principal.is_some() && !core.undoing.is_empty()
}

/// Says whether another acts in one than in the other, which speaks of both.
fn swapped(left: &Core, right: &Core) -> bool {
    let told = |from: &Core, to: &Core| {
        let mut acting = from.acting.iter();
        acting.any(|id| to.content.binary_search(id).is_ok())
    };
    let meet = left.acting.iter().any(|id| right.acting.contains(id));
    !meet && told(left, right) && told(right, left)
}

/// Says whether a pair is put to the model.
pub(super) fn is_asked(left: &Proposition, right: &Proposition, known: &Features) -> bool {
    let near = pair::nearness(left, right);
    // Of a rounded figure there are several in one matter.
    let rounded = (left.core.principal).is_some_and(|amount| amount.digits() < 2);
    let alone = |core: &Core| matter::is_rounded_alone(core, known);
    if left.core.content != right.core.content && (alone(&left.core) || alone(&right.core)) {
        return false;
    }
    (near >= NEAR || near >= NEAR_IN_MATTER && !rounded && matter::is_one(left, right, known))
        && !forbidden(&left.core, &right.core, known)
}

/// Says whether both give a telling figure of what may be one thing, and not the same.
fn figures_differ(left: &Core, right: &Core) -> bool {
    let clash = |a: &Amount, to: &Core| {
        let mut others = to.amounts.iter().filter(|b| a.comparable(b)).peekable();
        others.peek().is_some() && others.all(|b| !a.agrees(b))
    };
    left.amounts.iter().any(|a| clash(a, right)) || right.amounts.iter().any(|b| clash(b, left))
}
