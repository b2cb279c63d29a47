//! What a figure counts or measures: the words behind it. It does not read the figure.

use super::figure::lower_is;
use crate::{
    lexicon::units::Units,
    resolve::word::{Kind, Words},
};

/// A unit found behind a figure.
#[derive(Debug, Clone)]
pub(super) struct FoundUnit {
    pub(super) name: String,
    /// Index behind its last word.
    pub(super) next: usize,
    /// Whether the data files know it.
    pub(super) known: bool,
    /// Whether it measures instead of counting.
    pub(super) measure: bool,
}

/// What stands behind a figure.
#[derive(Debug, Clone)]
pub(super) enum Behind {
    Unit(FoundUnit),
    Nothing,
    /// The figure is part of something else ("20th", "5G", "two-state").
    Bars,
}

/// Looks for the unit that starts at `next`.
pub(super) fn read(words: &Words<'_>, next: usize, units: &Units) -> Behind {
    if words.is_hyphen(next) {
        return compound(words, next, units);
    }
    if words.is_glued(next) && words.is(next, Kind::Word) {
        return direct(words, next, units).map_or(Behind::Bars, Behind::Unit);
    }
    if words.is(next, Kind::Symbol) {
        return symbol(words, next, units).map_or(Behind::Nothing, Behind::Unit);
    }
    let unit = direct(words, next, units)
        .map(|unit| of_compound(words, unit, units))
        .or_else(|| counted_of(words, next, units));
    match unit.or_else(|| counted(words, next, units)) {
        Some(unit) => Behind::Unit(unit),
        None => Behind::Nothing,
    }
}

/// "three-hour", "14-year-old".
fn compound(words: &Words<'_>, next: usize, units: &Units) -> Behind {
    let Some(unit) = units.units.get(&*words.lower(next + 1)) else {
        return Behind::Bars;
    };
    if !unit.measure {
        return Behind::Bars;
    }
    let old = words.is_hyphen(next + 2) && lower_is(words, next + 3, &["old", "olds"]);
    Behind::Unit(FoundUnit {
        name: unit.name.clone(),
        next: next + if old { 4 } else { 2 },
        known: true,
        measure: true,
    })
}

fn symbol(words: &Words<'_>, next: usize, units: &Units) -> Option<FoundUnit> {
    let sign = words.text(next);
    let letter = words.lower(next + 1);
    let with_letter = format!("{sign}{letter}");
    let (unit, length) = if sign == "°" && matches!(&*letter, "c" | "f") {
        (units.units.get(&with_letter)?, 2)
    } else {
        (units.units.get(sign)?, 1)
    };
    Some(FoundUnit {
        name: unit.name.clone(),
        next: next + length,
        known: true,
        measure: true,
    })
}

/// A unit of the data files right behind the figure.
fn direct(words: &Words<'_>, next: usize, units: &Units) -> Option<FoundUnit> {
    if lower_is(words, next, &["km"]) && words.text(next + 1) == "/" {
        let speed = units.named("kilometres per hour");
        return lower_is(words, next + 2, &["h"]).then_some(FoundUnit {
            name: speed.name,
            next: next + 3,
            known: true,
            measure: true,
        });
    }
    (1..=3).rev().find_map(|length| {
        if !words.is(next + length - 1, Kind::Word) {
            return None;
        }
        let unit = if length == 1 {
            units.units.get(&*words.lower(next))?
        } else {
            units.units.get(&words.phrase(next, next + length)?)?
        };
        Some(FoundUnit {
            name: unit.name.clone(),
            next: next + length,
            known: true,
            measure: unit.measure,
        })
    })
}

/// "(thousands) of people", "(12) of the students".
fn counted_of(words: &Words<'_>, next: usize, units: &Units) -> Option<FoundUnit> {
    if !lower_is(words, next, &["of"]) {
        return None;
    }
    let determined = lower_is(
        words,
        next + 1,
        &["the", "its", "their", "his", "her", "our", "these", "those"],
    );
    let noun = next + 1 + usize::from(determined);
    direct(words, noun, units).or_else(|| counted(words, noun, units))
}

/// So many words are passed between a figure and what it counts.
const ADJECTIVES: usize = 4;

/// The first plural or known noun among the next words.
fn counted(words: &Words<'_>, next: usize, units: &Units) -> Option<FoundUnit> {
    let (mut at, mut passes) = (next, 0);
    while passes < ADJECTIVES {
        if words.is_hyphen(at) {
            at += 1;
        } else {
            passes += 1;
        }
        let word = words.lower(at);
        let possessive = word.starts_with(['\'', '’']);
        let passed = units.passed.contains(&*word) || joins_names(words, at, next);
        if !words.is(at, Kind::Word)
            || possessive
            || (units.stops.contains(&*word) && !passed && !is_country(words.text(at)))
        {
            return None;
        }
        if let Some(unit) = direct(words, at, units)
            // "47 died hours later": a measure stands right behind its figure.
            && (!unit.measure || (next..at).all(|at| units.passed.contains(&*words.lower(at))))
        {
            let unit = of_compound(words, unit, units);
            return Some(of_hyphen(words, at, unit, units));
        }
        if is_plural(&word, units) && !words.text(at + 1).starts_with(['\'', '’']) {
            return Some(FoundUnit {
                name: word.into_owned(),
                next: at + 1,
                known: false,
                measure: false,
            });
        }
        at += 1;
    }
    None
}

/// "Norland and Estavian troops": says whether "and" at `at` stands between two names.
fn joins_names(words: &Words<'_>, at: usize, next: usize) -> bool {
    lower_is(words, at, &["and"])
        && at > next
        && words.is_capital(at - 1)
        && words.is_capital(at + 1)
}

/// "anti-aircraft missiles": what is glued by a hyphen gives way to the plural behind it.
fn of_hyphen(words: &Words<'_>, at: usize, unit: FoundUnit, units: &Units) -> FoundUnit {
    let next = words.lower(unit.next);
    let glued = at > 0 && words.is_hyphen(at - 1);
    if !glued || !is_plural(&next, units) || units.stops.contains(&*next) {
        return unit;
    }
    FoundUnit {
        name: next.into_owned(),
        next: unit.next + 1,
        ..unit
    }
}

/// "police cars", "civilian workers": a noun in the singular gives way to the plural behind it.
fn of_compound(words: &Words<'_>, unit: FoundUnit, units: &Units) -> FoundUnit {
    let last = words.lower(unit.next - 1);
    let next = words.lower(unit.next);
    let counts = !unit.measure && (!is_plural(&last, units) || &*last == "police");
    if !counts || !is_plural(&next, units) || units.stops.contains(&*next) {
        return unit;
    }
    FoundUnit {
        name: next.into_owned(),
        next: unit.next + 1,
        ..unit
    }
}

/// "US" among the stops is the country, "us" the pronoun.
fn is_country(word: &str) -> bool {
    word == "US"
}

fn is_plural(word: &str, units: &Units) -> bool {
    let ending = word.len() >= 4
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is");
    units.plurals.contains(word) || (ending && !units.not_plural.contains(word))
}

/// Reads "a day", "per barrel", "/year" at `next`; gives the word and the index behind it.
pub(super) fn rate(words: &Words<'_>, next: usize, units: &Units) -> Option<(String, usize)> {
    let slash = words.text(next) == "/" && words.is_glued(next + 1);
    if !slash && !lower_is(words, next, &["a", "an", "per", "each", "every"]) {
        return None;
    }
    let word = words.lower(next + 1);
    let shifted = lower_is(
        words,
        next + 2,
        &[
            "ago", "later", "earlier", "after", "before", "prior", "old", "since",
        ],
    ) || words.is_hyphen(next + 2);
    (units.rates.contains(&*word) && !shifted).then(|| (word.into_owned(), next + 2))
}
