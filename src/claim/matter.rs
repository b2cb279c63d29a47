//! What figures and short statements say under what two articles are both about.
//!
//! "The figure of 2,400 is wrong" names no jobs and no steelmaker; under an article on the steelmaker
//! it speaks of the 2,400 jobs of another article on it. All decisions are about a pair alone, and
//! nothing is decided where two articles share too little.

use super::{
    RelationKind,
    decision::FAR,
    feature::Features,
    pair,
    proposition::{Amount, Core, Proposition},
    similarity::{given_differ, meet, overlap},
};
use crate::mention::Bound;

/// The names that two articles are both about are so rare together, at least.
const RARE: f32 = 14.0;

/// The words of a general statement are so rare together, at least.
const TELLING: f32 = 7.0;

/// A word of this weight tells something.
const WORD: f32 = 3.5;

/// The directions of two units that may count one kind of thing are this near.
const UNIT: f32 = 0.4;

/// Two figures of one unit are about one thing when their statements are this near.
const NEAR: f32 = 0.4;

/// A figure as large as this is seldom met twice by chance in one matter.
const LARGE: f64 = 100.0;

/// Says whether the articles of two statements are about one matter.
pub(super) fn is_one(left: &Proposition, right: &Proposition, known: &Features) -> bool {
    let mut others = right.context.iter().copied().peekable();
    let mut rarity = 0.0;
    for id in &left.context {
        while others.next_if(|other| other < id).is_some() {}
        if others.peek() == Some(id) && known.get(*id).is_name() {
            rarity += known.get(*id).rarity;
        }
    }
    rarity >= RARE
}

/// Says whether two statements of one matter give one figure of one thing.
///
/// The figure is the one that tells most in each, so that no chain leads from one figure to another.
pub(super) fn same_figure(left: &Proposition, right: &Proposition, known: &Features) -> bool {
    let Some((a, b)) = figures(&left.core, &right.core, known) else {
        return false;
    };
    if a.value != b.value || a.excludes(&b) || !may_be_one(left, right, known) {
        return false;
    }
    let (left, right) = (&left.core, &right.core);
    if !is_covered(left, right, &a) || !is_covered(right, left, &b) {
        return false;
    }
    let (alone, other) = (words(left, &a, known), words(right, &b, known));
    let shared = alone.iter().any(|word| other.contains(word));
    let fragment = alone.len().min(other.len()) <= 1;
    let stands = (left.prospect == right.prospect
        && undone(left, &a, known) == undone(right, &b, known))
        || shared && a.digits() > 1
        || fragment;
    let named = overlap(left, right, known).shared_names > 0;
    let same_unit = a.unit.is_some() && a.unit == b.unit;
    // Of a figure with few digits there are several in one matter.
    let telling = match a.digits() {
        0 | 1 => same_unit && named,
        2 => a.value >= LARGE || same_unit && !is_measure(&a, known) || named,
        _ => true,
    };
    let told = (shared || fragment && telling) && (a.digits() > 1 || a.value >= LARGE);
    stands && told
}

/// Says how two figures of one thing stand to each other, and how surely.
pub(super) fn other_figure(
    left: &Proposition,
    right: &Proposition,
    known: &Features,
) -> Option<(RelationKind, f32)> {
    let (one, two) = (&left.core, &right.core);
    let (a, b) = (telling(one)?, telling(two)?);
    let differ = a.value != b.value || a.excludes(&b);
    let tell = is_telling(&a, known) && is_telling(&b, known);
    if !differ || !tell || !units_fit(&a, &b, known) || !may_be_one(left, right, known) {
        return None;
    }
    let (alone, other) = (words(one, &a, known), words(two, &b, known));
    let shared = alone.iter().any(|word| other.contains(word));
    let near = pair::nearness(left, right);
    let counted = a.unit == b.unit && !is_measure(&a, known);
    let alike = one.prospect == two.prospect && undone(one, &a, known) == undone(two, &b, known);
    let named = alike && overlap(one, two, known).shared_names > 0;
    let unknown = a.unit.is_none() || b.unit.is_none();
    let least = if unknown { NEAR } else { FAR };
    if !(shared && near >= least || counted && (near >= NEAR || named)) {
        return None;
    }
    // What may come to so much may come to more.
    let kind = match bounds(&a, &b) {
        _ if one.prospect != two.prospect => RelationKind::VariantOf,
        RelationKind::Contradicts if one.prospect => RelationKind::VariantOf,
        kind => kind,
    };
    Some((kind, 0.5 + 0.4 * near.clamp(0.0, 1.0)))
}

/// What follows from two figures of one thing by themselves.
fn bounds(a: &Amount, b: &Amount) -> RelationKind {
    let within = |a: &Amount, b: &Amount| {
        b.bound == Bound::Min && a.bound != Bound::Max && a.value > b.value
            || b.bound == Bound::Max && a.bound == Bound::Exact && a.value < b.value
    };
    let beyond = |a: &Amount, b: &Amount| {
        a.bound == Bound::Max && b.bound != Bound::Max && a.value < b.value
    };
    if beyond(a, b) || beyond(b, a) {
        RelationKind::Contradicts
    } else if within(a, b) {
        RelationKind::Entails
    } else if within(b, a) {
        RelationKind::EntailedBy
    } else {
        RelationKind::VariantOf
    }
}

/// Says how a short statement stands to one of the same matter that says all of it, and more.
pub(super) fn general(
    left: &Proposition,
    right: &Proposition,
    known: &Features,
) -> Option<(RelationKind, f32)> {
    let (one, two) = (holds(right, left, known), holds(left, right, known));
    let opposed = left.core.negative != right.core.negative;
    if !(one || two) || one && two && !opposed || !may_stand_together(left, right, known) {
        return None;
    }
    if one && two {
        return Some((RelationKind::Contradicts, 0.8));
    }
    let (general, specific) = if one { (left, right) } else { (right, left) };
    let kind = match (general.core.negative, specific.core.negative) {
        (false, false) if one => RelationKind::EntailedBy,
        (false, false) => RelationKind::Entails,
        (true, false) => RelationKind::Contradicts,
        _ => return None,
    };
    Some((kind, 0.6))
}

/// Says whether a statement says all that another says.
fn holds(specific: &Proposition, general: &Proposition, known: &Features) -> bool {
    let said = |id: &u32| specific.all.binary_search(id).is_ok();
    let about = |id: &u32| specific.context.binary_search(id).is_ok();
    let figures = |amount: &Amount| {
        let mut others = specific.core.amounts.iter().chain(&specific.further);
        others.any(|other| amount.agrees(other))
    };
    let rarity = || -> f32 {
        let own = general.core.content.iter().map(|id| known.get(*id));
        own.filter(|feature| !(feature.is_name() || feature.is_mark() || feature.measure))
            .map(|feature| feature.rarity)
            .sum()
    };
    (general.core.content.iter()).all(|id| {
        said(id) || {
            let feature = known.get(*id);
            feature.measure || feature.is_mark() || feature.is_name() && about(id)
        }
    }) && rarity() >= TELLING
        && general.core.amounts.iter().all(figures)
        && (!general.core.prospect || specific.core.prospect)
}

/// Says whether nothing but their figures tells two statements of one matter apart.
fn may_be_one(left: &Proposition, right: &Proposition, known: &Features) -> bool {
    left.core.negative == right.core.negative && may_stand_together(left, right, known)
}

fn may_stand_together(left: &Proposition, right: &Proposition, known: &Features) -> bool {
    let (a, b) = (&left.core, &right.core);
    if !meet(&a.times, &b.times) || given_differ(a, b) || !is_one(left, right, known) {
        return false;
    }
    let common = overlap(a, b, known);
    let named = common.shared_names == 0
        && common.left_names > 0
        && common.right_names > 0
        && pair::partial(a, b, known) == 0;
    let acting = meet(&a.acting, &b.acting) || pair::partial(a, b, known) > 0;
    !common.opposed && !named && acting
}

/// The figures by which two statements are compared: those that tell most. A bare number without a
/// unit is one only where the other statement counts something.
fn figures(left: &Core, right: &Core, known: &Features) -> Option<(Amount, Amount)> {
    let bare = |core: &Core, value: f64| {
        let mut unitless = core.amounts.iter().filter(|amount| amount.unit.is_none());
        let number = || {
            let mut numbers = core.content.iter().filter_map(|id| known.get(*id).number());
            numbers.find(|number| *number == value)
        };
        let bare = |value| Amount {
            value,
            unit: None,
            bound: Bound::Exact,
        };
        (unitless.find(|amount| amount.value == value).copied()).or_else(|| {
            // "12 May", "Flight 418": a number in a longer statement may count nothing.
            let brief = core.times.is_empty() && words(core, &bare(value), known).len() <= 1;
            number().filter(|_| brief).map(bare)
        })
    };
    let (a, b) = match (left.principal, right.principal) {
        (Some(a), Some(b)) => (a, b),
        (Some(a), None) => (a, bare(right, a.value)?),
        (None, Some(b)) => (bare(left, b.value)?, b),
        (None, None) => (telling(left)?, telling(right)?),
    };
    (is_telling(&a, known) && is_telling(&b, known) && units_fit(&a, &b, known)).then_some((a, b))
}

/// Says whether a figure is more than a span of time or an order of size.
fn is_telling(figure: &Amount, known: &Features) -> bool {
    !figure.is_small()
        && !figure.is_order_of_size()
        && !figure.unit.is_some_and(|unit| known.get(unit).duration)
}

/// The figure that tells most, or the only one.
fn telling(core: &Core) -> Option<Amount> {
    let only = match core.amounts[..] {
        [only] if !only.is_small() => Some(only),
        _ => None,
    };
    core.principal.or(only)
}

/// Says whether two figures may count one kind of thing.
fn units_fit(a: &Amount, b: &Amount, known: &Features) -> bool {
    let (Some(one), Some(two)) = (a.unit, b.unit) else {
        return true;
    };
    let (one, two) = (known.get(one), known.get(two));
    one.text == two.text || !one.measure && !two.measure && pair::likeness(one, two) >= UNIT
}

/// Says whether a statement says nothing but a rounded figure and what it counts.
pub(super) fn is_rounded_alone(core: &Core, known: &Features) -> bool {
    let named = || core.content.iter().any(|id| known.get(*id).is_name());
    (core.principal)
        .is_some_and(|figure| figure.digits() < 2 && words(core, &figure, known).is_empty())
        && !named()
}

/// Says whether every figure of the unit that one side gives stands in the other, too.
fn is_covered(from: &Core, to: &Core, figure: &Amount) -> bool {
    (from.amounts.iter())
        .filter(|amount| amount.unit.is_some() && amount.unit == figure.unit)
        .all(|amount| {
            to.amounts.iter().any(|other| amount.agrees(other)) || amount.value == figure.value
        })
}

/// The words that tell something beside a figure and what it counts.
fn words(core: &Core, figure: &Amount, known: &Features) -> Vec<u32> {
    (core.content.iter().copied())
        .filter(|id| Some(*id) != figure.unit)
        .filter(|id| {
            let feature = known.get(*id);
            !(feature.is_name() || feature.is_mark() || feature.light || feature.prospect)
                && feature.number().is_none()
                && feature.weight >= WORD
        })
        .collect()
}

/// Says whether a figure measures or counts what may be anything.
fn is_measure(figure: &Amount, known: &Features) -> bool {
    figure.unit.is_none_or(|unit| known.get(unit).measure)
}

/// Says whether what a figure counts goes away or is harmed: a share or a sum does not.
fn undone(core: &Core, figure: &Amount, known: &Features) -> bool {
    !core.undoing.is_empty() && figure.unit.is_none_or(|unit| !known.get(unit).measure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// What both articles are about.
    const HERE: &str = " & @hargen-steel @vasland job";

    fn read(lines: [&str; 2], context: &str) -> ([Proposition; 2], Features) {
        let mut known = Features::default();
        let lexicon = Lexicon::shipped();
        let read = |line| Proposition::read(&format!("{line}{context}"), &mut known, lexicon);
        (lines.map(read), known)
    }

    fn is_same(left: &str, right: &str) -> bool {
        let ([a, b], known) = read([left, right], HERE);
        assert_eq!(same_figure(&a, &b, &known), same_figure(&b, &a, &known));
        same_figure(&a, &b, &known)
    }

    fn relation(left: &str, right: &str) -> Option<RelationKind> {
        let ([a, b], known) = read([left, right], HERE);
        let found = other_figure(&a, &b, &known).or_else(|| general(&a, &b, &known));
        found.map(|(kind, _)| kind)
    }

    #[test]
    fn a_figure_without_its_thing_is_the_figure_of_the_matter() {
        let jobs = "#2400:job:exact =@hargen-steel @hargen-steel job shed";
        assert!(is_same(jobs, "#2400::exact figur"));
        assert!(is_same("#2400:post:exact away plan post", "2400 figur"));
        let ([a, b], known) = read([jobs, "#2400::exact figur"], "");
        assert!(
            !same_figure(&a, &b, &known),
            "nothing says what it is about"
        );
    }

    #[test]
    fn other_things_are_other_figures() {
        let jobs = "#2400:job:exact =@hargen-steel @hargen-steel job shed";
        assert!(!is_same(jobs, "! #2400:job:exact job shed"));
        assert!(!is_same(jobs, "#1900:job:exact job shed"));
        assert!(!is_same(
            jobs,
            "#2400:job:exact =@castellan @castellan job shed"
        ));
        assert!(!is_same(
            "#18:year:exact police shoot",
            "#18:year:exact shoot"
        ));
        let (ours, theirs) = (
            "#60000:force:exact =@sarvonia @sarvonia border force mass",
            "#60000:force:exact =@kelmark @kelmark force valley",
        );
        assert!(!is_same(ours, theirs));
        assert!(
            !is_same("#60000:force:min force", theirs),
            "whose is not said"
        );
    }

    #[test]
    fn bounds_tell_how_figures_stand_to_each_other() {
        let of = |figure: &str| format!("{figure} =@vasland @vasland force border mass");
        let [more, exact, most] = ["#60000:force:min", "#85000:force:exact", "#12000:force:max"];
        let stand = |a: &str, b: &str| relation(&of(a), &of(b));
        assert_eq!(stand(exact, more), Some(RelationKind::Entails));
        assert_eq!(stand(more, exact), Some(RelationKind::EntailedBy));
        assert_eq!(stand(most, exact), Some(RelationKind::Contradicts));
        let may = format!("{} ~possible", of(most));
        let more = format!("{} ~possible", of(exact));
        assert_eq!(relation(&may, &more), Some(RelationKind::VariantOf));
        let other = "#70000:force:exact";
        assert_eq!(stand(other, exact), Some(RelationKind::VariantOf));
    }

    #[test]
    fn who_denies_the_general_denies_the_specific() {
        let specific = "=@vasland @vasland attack border march spring";
        let general = "attack march spring";
        assert_eq!(relation(specific, general), Some(RelationKind::Entails));
        assert_eq!(relation(general, specific), Some(RelationKind::EntailedBy));
        let denial = format!("! {general}");
        assert_eq!(relation(&denial, specific), Some(RelationKind::Contradicts));
        assert_eq!(relation("year", specific), None);
    }
}
