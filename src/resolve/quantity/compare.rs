//! How two quantities stand to each other. It does not say whether they are of the same thing.

use crate::{
    lexicon::{Lexicon, units::Units},
    mention::{Bound, Quantity},
};

/// How two quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// The same figure with the same bound, in units that mean the same.
    Same,
    /// Both can be true of one thing ("more than 100,000", "up to 175,000").
    Compatible,
    /// They cannot both be true of one thing.
    Conflict,
    /// They do not measure the same.
    Incomparable,
}

/// How far "about 100" reaches to either side.
const TOLERANCE: f64 = 0.1;

/// Compares two quantities by the unit classes of the shipped lexicon.
///
/// A quantity without a unit can be compatible with any, and is otherwise incomparable.
#[must_use]
pub fn comparable(a: &Quantity, b: &Quantity) -> Comparison {
    let units = &Lexicon::shipped().units;
    let ((class_a, factor_a), (class_b, factor_b)) = (class(&a.unit, units), class(&b.unit, units));
    let unitless = a.unit.is_empty() || b.unit.is_empty();
    let kin = kinship(&a.unit, &b.unit) == Kinship::Family;
    if !unitless && !kin && class_a != class_b {
        return Comparison::Incomparable;
    }
    let (factor_a, factor_b) = if unitless {
        (1.0, 1.0)
    } else {
        (factor_a, factor_b)
    };
    let (a_low, a_high) = interval(a, factor_a);
    let (b_low, b_high) = interval(b, factor_b);
    let same_figure = close(a.value * factor_a, b.value * factor_b)
        && close(
            a.max.unwrap_or(0.0) * factor_a,
            b.max.unwrap_or(0.0) * factor_b,
        );
    if same_figure && !kin && a.bound == b.bound && a.unit.is_empty() == b.unit.is_empty() {
        Comparison::Same
    } else if a_low <= b_high && b_low <= a_high {
        Comparison::Compatible
    } else if unitless || kin {
        Comparison::Incomparable
    } else {
        Comparison::Conflict
    }
}

/// How two units stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// They measure or count the same: "troops" and "soldiers", hours and minutes.
    Same,
    /// They count things that can be the same: "people" and "dead".
    Family,
    /// Neither.
    None,
}

/// Says how two units stand to each other.
#[must_use]
pub fn kinship(a: &str, b: &str) -> Kinship {
    let units = &Lexicon::shipped().units;
    if class(a, units).0 == class(b, units).0 {
        return Kinship::Same;
    }
    let family = &units.named(a).family;
    if !family.is_empty() && *family == units.named(b).family {
        Kinship::Family
    } else {
        Kinship::None
    }
}

/// Returns what a figure of this unit is multiplied by to be compared inside its class.
#[must_use]
pub fn factor(unit: &str) -> f64 {
    class(unit, &Lexicon::shipped().units).1
}

fn class(unit: &str, units: &Units) -> (String, f64) {
    match unit.split_once(" per ") {
        Some((unit, rate)) if !units.by_name.contains_key(unit) || units.rates.contains(rate) => {
            let unit = units.named(unit);
            (format!("{} per {rate}", unit.class), unit.factor)
        }
        _ => {
            let unit = units.named(unit);
            (unit.class, unit.factor)
        }
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

fn interval(quantity: &Quantity, factor: f64) -> (f64, f64) {
    let slack = if quantity.approximate {
        quantity.value.abs() * TOLERANCE
    } else {
        quantity.value.abs() * 1e-9
    };
    let (low, high) = match quantity.bound {
        Bound::Exact => (quantity.value, quantity.value),
        Bound::Min => (quantity.value, f64::INFINITY),
        Bound::Max => (f64::NEG_INFINITY, quantity.value),
        Bound::Range => (
            quantity.min.unwrap_or(quantity.value),
            quantity.max.unwrap_or(quantity.value),
        ),
    };
    ((low - slack) * factor, (high + slack) * factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{resolve::quantity::quantities, span::Span};

    fn compare(a: &str, b: &str) -> Comparison {
        let read = |text: &str| {
            let found = quantities(text, Span::new(0, text.len()), Lexicon::shipped());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            found[0].clone()
        };
        let (a, b) = (read(a), read(b));
        assert_eq!(comparable(&a, &b), comparable(&b, &a));
        comparable(&a, &b)
    }

    #[test]
    fn synonyms_and_converted_units_are_the_same() {
        assert_eq!(
            compare("up to 9,500 troops", "as many as 9,500 soldiers"),
            Comparison::Same
        );
        assert_eq!(compare("two hours", "120 minutes"), Comparison::Same);
        assert_eq!(compare("one in five", "20 percent"), Comparison::Same);
    }

    #[test]
    fn things_of_one_family_can_be_the_same_and_never_conflict() {
        assert_eq!(compare("47 people", "47 dead"), Comparison::Compatible);
        assert_eq!(compare("60 people", "12 injured"), Comparison::Incomparable);
        assert_eq!(kinship("troops", "soldiers"), Kinship::Same);
        assert_eq!(kinship("hours", "minutes"), Kinship::Same);
        assert_eq!(kinship("dead", "people"), Kinship::Family);
        assert_eq!(kinship("tanks", "troops"), Kinship::None);
    }

    #[test]
    fn overlapping_bounds_are_compatible_and_others_conflict() {
        assert_eq!(
            compare("more than 4,000 troops", "up to 9,500 troops"),
            Comparison::Compatible
        );
        assert_eq!(
            compare("about 100 people", "95 people"),
            Comparison::Compatible
        );
        assert_eq!(compare("12 people", "13 people"), Comparison::Conflict);
        assert_eq!(
            compare("between 5 and 7 percent", "8 percent"),
            Comparison::Conflict
        );
        assert_eq!(compare("$5 million", "12 people"), Comparison::Incomparable);
        assert_eq!(
            compare("more than 4,000", "5,000 people"),
            Comparison::Compatible
        );
    }
}
