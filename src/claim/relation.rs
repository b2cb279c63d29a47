//! How one proposition stands to another: variant, contradiction, entailment.
//!
//! A decision about the pair alone; the mirror image of a pair gives the mirrored relation.

use crate::mention::Polarity;

use super::{
    Decider, MentionFacts, RelationKind,
    decision::FAR,
    feature::Features,
    label, matter, pair,
    proposition::{Amount, Core, Proposition},
    similarity::{Overlap, nothing_forbids, overlap_bare, share_less},
};

/// Nearly everything of a proposition.
const WHOLE: f32 = 0.95;

/// What two propositions must have in common to be about one matter.
const MATTER: f32 = 10.0;

/// Says how `left` stands to `right`, and how surely.
pub(super) fn between(
    left: &Proposition,
    right: &Proposition,
    features: &Features,
) -> Option<(RelationKind, f64)> {
    if left.poor || right.poor {
        return None;
    }
    let near = || {
        (pair::nearness(left, right) >= FAR)
            .then(|| by_rule(&left.core, &right.core, features))
            .flatten()
            .or_else(|| matter::general(left, right, features))
            .or_else(|| Decider::shipped().relation(left, right, features))
    };
    let found = matter::other_figure(left, right, features).or_else(near);
    found.map(|(kind, score)| (kind, f64::from((score * 100.0).round()) / 100.0))
}

/// What a rule says of two propositions.
fn by_rule(a: &Core, b: &Core, features: &Features) -> Option<(RelationKind, f32)> {
    if share_less(a, b, MATTER, features) {
        return None;
    }
    let common = overlap_bare(a, b, features);
    if common.shared < MATTER || common.shared_words == 0 {
        return None;
    }
    if a.negative != b.negative {
        contradiction(a, b, &common)
    } else if common.opposed {
        opposition(a, b, &common)
    } else {
        variant(a, b, &common, features).or_else(|| entailment(a, b, &common))
    }
}

/// A denial and what it denies: denying the weaker statement denies every stronger one.
fn contradiction(a: &Core, b: &Core, common: &Overlap) -> Option<(RelationKind, f32)> {
    let (denial, denied, of_denial, of_denied) = if a.negative {
        (a, b, common.left, common.right)
    } else {
        (b, a, common.right, common.left)
    };
    let veiled = (common.left_veiled || common.right_veiled) && !common.intended;
    let figures = (denial.amounts.iter())
        .all(|amount| denied.amounts.iter().any(|other| amount.agrees(other)));
    let stronger = of_denial >= WHOLE && of_denied >= 0.25 && common.shared_names > 0;
    let telling = common.shared_names > 0 || (common.shared >= 18.0 && common.shared_words > 2);
    // Who denies more than is said denies something else: "is at home and harms nobody" leaves
    // "is at home" alone.
    let further = of_denied >= WHOLE && of_denial < WHOLE;
    let alike = of_denial >= 0.7 && of_denied >= 0.7 && telling && !further;
    (!veiled && figures && (stronger || alike) && nothing_forbids(a, b)).then_some((
        RelationKind::Contradicts,
        0.5 + 0.5 * of_denied.min(of_denial),
    ))
}

/// "Rose" against "fell".
fn opposition(a: &Core, b: &Core, common: &Overlap) -> Option<(RelationKind, f32)> {
    let alike = common.left.min(common.right);
    let named = common.left_names + common.right_names == 0;
    (alike >= 0.5 && named && !common.left_veiled && !common.right_veiled && nothing_forbids(a, b))
        .then_some((RelationKind::Contradicts, 0.4 + 0.5 * alike))
}

/// The same matter with another figure or time.
fn variant(
    a: &Core,
    b: &Core,
    common: &Overlap,
    features: &Features,
) -> Option<(RelationKind, f32)> {
    let (least, most) = (common.left.min(common.right), common.left.max(common.right));
    let differing = [(a, b), (b, a)].into_iter().find_map(|(one, other)| {
        let differs = |amount: &&Amount| {
            !amount.is_small()
                && other.amounts.iter().any(|other| other.unit == amount.unit)
                && !other.amounts.iter().any(|other| amount.agrees(other))
        };
        one.amounts.iter().find(differs)
    });
    let matter = match differing.map(|amount| amount.unit) {
        Some(Some(unit)) if !features.get(unit).measure => {
            common.shared_names > 0 && most >= 0.5 && least >= 0.3
        }
        Some(_) => least >= 0.6 && (common.left_words == 0 || common.right_words == 0),
        None => false,
    };
    let times = |core: &Core| !core.times.is_empty();
    let other_time = least >= 0.72 && times(a) && times(b) && a.times != b.times;
    let actors = Core {
        times: Vec::new(),
        ..a.clone()
    };
    ((matter || other_time) && nothing_forbids(&actors, b))
        .then_some((RelationKind::VariantOf, 0.3 + 0.6 * least))
}

/// One says all that the other says, and more.
fn entailment(a: &Core, b: &Core, common: &Overlap) -> Option<(RelationKind, f32)> {
    let held = |general: &Core, specific: &Core| {
        (general.amounts.iter())
            .all(|amount| specific.amounts.iter().any(|other| amount.agrees(other)))
    };
    if common.shared_names == 0
        || common.left_veiled
        || common.right_veiled
        || !nothing_forbids(a, b)
    {
        return None;
    }
    let right_general = common.right >= WHOLE && held(b, a);
    let left_general = common.left >= WHOLE && held(a, b);
    let share = common.left.min(common.right);
    if share < 0.35 || right_general == left_general {
        return None;
    }
    // A denial of the general is the stronger statement.
    let kind = if right_general != a.negative {
        RelationKind::Entails
    } else {
        RelationKind::EntailedBy
    };
    Some((kind, 0.4 + 0.5 * share))
}

/// Says in words why two mentions' claims are related.
pub(super) fn why(kind: RelationKind, left: &MentionFacts, right: &MentionFacts) -> String {
    let (a, b) = (label::short(&left.text), label::short(&right.text));
    let denies = |facts: &MentionFacts| polarity(facts) == Polarity::Negative;
    match kind {
        RelationKind::VariantOf => match differing(left, right) {
            Some((mine, other)) => format!("{mine} / {other}"),
            None => format!("another time or figure: {a} / {b}"),
        },
        RelationKind::Contradicts if denies(left) != denies(right) => {
            format!("one denies what the other states: {a} / {b}")
        }
        RelationKind::Contradicts => format!("both cannot be true: {a} / {b}"),
        RelationKind::Entails => format!("says all that the other says, and more: {a} / {b}"),
        RelationKind::EntailedBy => entailed_by(&a, &b),
    }
}

/// Says in words that a statement is entailed by another.
pub(crate) fn entailed_by(statement: &str, other: &str) -> String {
    format!("the other says all of this, and more: {statement} / {other}")
}

fn polarity(facts: &MentionFacts) -> Polarity {
    if facts.signature.starts_with('!') {
        Polarity::Negative
    } else {
        Polarity::Positive
    }
}

/// The words of the first two figures with one unit that differ.
fn differing<'a>(left: &'a MentionFacts, right: &'a MentionFacts) -> Option<(&'a str, &'a str)> {
    let pairs = (left.quantities.iter()).flat_map(|a| right.quantities.iter().map(move |b| (a, b)));
    let mut pairs = pairs.filter(|(a, b)| a.value != b.value || a.bound != b.bound);
    let same_unit = pairs.clone().find(|(a, b)| a.unit == b.unit);
    same_unit
        .or_else(|| pairs.next())
        .map(|(a, b)| (a.text.as_str(), b.text.as_str()))
}
