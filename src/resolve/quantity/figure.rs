//! Figures without their units: "175,000", "3.5bn", "twenty-five", "half a million", "tens of
//! thousands". Whether a figure is a quantity is decided elsewhere.

use super::unit::{self, Behind};
use crate::{
    lexicon::units::Units,
    resolve::word::{Kind, Words},
};

/// A number as the text has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) value: f64,
    /// What it was multiplied by ("million"), 1 without.
    pub(super) scale: f64,
    /// Index of the word behind it.
    pub(super) next: usize,
    /// Whether it only gives a least value ("thousands").
    pub(super) vague: bool,
    /// Whether it is written in digits.
    pub(super) digits: bool,
    /// Whether its digits are grouped ("175,000").
    pub(super) grouped: bool,
}

impl Figure {
    /// Says whether it is a bare figure that might as well be a date or a name.
    pub(super) fn is_plain(&self) -> bool {
        self.digits && !self.grouped && self.scale == 1.0
    }

    /// Says whether it is a number word up to ten.
    pub(super) fn is_small_word(&self) -> bool {
        !self.digits && !self.vague && self.value <= 10.0
    }
}

/// Reads the figure that starts at `index`.
pub(super) fn read(words: &Words<'_>, index: usize, units: &Units) -> Option<Figure> {
    let figure = match words.get(index)?.kind {
        Kind::Number => digits(words, index, units),
        Kind::Word => few(words, index, units)
            .or_else(|| vague(words, index, units))
            .or_else(|| spelled(words, index, units)),
        Kind::Symbol => None,
    }?;
    figure.value.is_finite().then_some(figure)
}

fn digits(words: &Words<'_>, index: usize, units: &Units) -> Option<Figure> {
    let (value, grouped) = parse(words.text(index))?;
    let mut figure = Figure {
        value,
        scale: 1.0,
        next: index + 1,
        vague: false,
        digits: true,
        grouped,
    };
    // "2B" is a door, "4K" a camera; "$2B", "2bn" and "175K troops" are not.
    let money = index > 0 && words.is_glued(index);
    let counted = || {
        value >= 11.0
            && lower_is(words, figure.next, &["k", "m", "bn"])
            && matches!(unit::read(words, figure.next + 1, units), Behind::Unit(_))
    };
    if words.is_glued(figure.next)
        && (money || !words.is_capital(figure.next) || counted())
        && let Some(scale) = units.short_scales.get(&*words.lower(figure.next))
    {
        figure.scale = *scale;
        figure.next += 1;
    }
    if lower_is(words, figure.next, &["and"])
        && lower_is(words, figure.next + 1, &["a"])
        && lower_is(words, figure.next + 2, &["half"])
    {
        figure.value += 0.5;
        figure.next += 3;
    }
    // At most two scale words: "2 hundred thousand".
    for _ in 0..2 {
        let at = figure.next + usize::from(words.is_hyphen(figure.next));
        let Some(scale) = units.scales.get(&*words.lower(at)) else {
            break;
        };
        figure.scale *= scale;
        figure.next = at + 1;
    }
    figure.value *= figure.scale;
    Some(figure)
}

/// Reads digits with English separators; what could be a date, an address or a score is refused.
fn parse(text: &str) -> Option<(f64, bool)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let padded = whole.len() > 1 && whole.starts_with('0');
    if text.len() > 20 || padded || fraction.contains(['.', ',']) {
        return None;
    }
    let grouped = whole.contains(',');
    if grouped {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default().len();
        if !(1..=3).contains(&first) || groups.any(|group| group.len() != 3) {
            return None;
        }
    }
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    Some((plain.parse().ok()?, grouped))
}

fn few(words: &Words<'_>, index: usize, units: &Units) -> Option<Figure> {
    if !matches!(&*words.lower(index), "a" | "several" | "few" | "many") {
        return None;
    }
    let (length, least) = (1..=3).rev().find_map(|length| {
        let phrase = words.phrase(index, index + length)?;
        Some((length, *units.few.get(&phrase)?))
    })?;
    let word = words.lower(index + length);
    let scale = *units
        .scales
        .get(&*word)
        .or_else(|| units.vague.get(&*word))?;
    Some(Figure {
        value: least * scale,
        scale,
        next: index + length + 1,
        vague: true,
        digits: false,
        grouped: false,
    })
}

fn vague(words: &Words<'_>, index: usize, units: &Units) -> Option<Figure> {
    let first = words.lower(index);
    let mut value = *units.vague.get(&*first)?;
    let mut next = index + 1;
    while value < 1e9
        && lower_is(words, next, &["of"])
        && let Some(scale) = units.vague.get(&*words.lower(next + 1))
    {
        value *= scale;
        next += 2;
    }
    let alone = next == index + 1;
    if alone && matches!(&*first, "tens" | "scores") && !lower_is(words, next, &["of"]) {
        return None;
    }
    Some(Figure {
        value,
        scale: value,
        next,
        vague: true,
        digits: false,
        grouped: false,
    })
}

/// "a quarter of a million", "three-quarters of a million".
fn part_of_scale(words: &Words<'_>, index: usize, units: &Units) -> Option<Figure> {
    let first = words.lower(index);
    let part = match &*first {
        "a" | "an" | "one" => 1.0,
        _ => *units.cardinals.get(&*first)?,
    };
    let at = index + 1 + usize::from(words.is_hyphen(index + 1));
    let whole = *units.fractions.get(&*words.lower(at))?;
    let of = lower_is(words, at + 1, &["of"]) && lower_is(words, at + 2, &["a", "one"]);
    let scale = *units.scales.get(&*words.lower(at + 3)).filter(|_| of)?;
    Some(Figure {
        value: part * scale / whole,
        scale,
        next: at + 4,
        vague: false,
        digits: false,
        grouped: false,
    })
}

/// Reads the digits of "point five" at `next`.
fn decimals(words: &Words<'_>, mut next: usize, units: &Units) -> Option<(f64, usize)> {
    if !lower_is(words, next, &["point"]) {
        return None;
    }
    let (mut value, mut place) = (0.0, 0.1);
    while let Some(digit) = units.cardinals.get(&*words.lower(next + 1)) {
        if *digit >= 10.0 || place < 1e-6 {
            break;
        }
        value += digit * place;
        place /= 10.0;
        next += 1;
    }
    (place < 0.1).then_some((value, next + 1))
}

fn spelled(words: &Words<'_>, index: usize, units: &Units) -> Option<Figure> {
    if let Some(figure) = part_of_scale(words, index, units) {
        return Some(figure);
    }
    let first = words.lower(index);
    let (mut current, mut next) =
        if lower_is(words, index, &["half"]) && lower_is(words, index + 1, &["a", "an"]) {
            (0.5, index + 2)
        } else if matches!(&*first, "a" | "an") {
            let scaled = units.scales.contains_key(&*words.lower(index + 1));
            (scaled.then_some(1.0)?, index + 1)
        } else {
            (*units.cardinals.get(&*first)?, index + 1)
        };
    let (mut total, mut scale, mut last, mut after_scale) = (0.0, 1.0_f64, 1.0_f64, false);
    if let Some((part, behind)) = decimals(words, next, units) {
        current += part;
        next = behind;
    }
    // A spelled number has few words; the bound keeps hostile text cheap.
    for _ in 0..24 {
        let hyphen = usize::from(words.is_hyphen(next));
        let word = words.lower(next + hyphen);
        if let Some(&value) = units.cardinals.get(&*word) {
            let tens = current % 100.0;
            let units_digit = tens >= 20.0 && tens % 10.0 == 0.0;
            let fits = (units_digit && (1.0..10.0).contains(&value))
                || (after_scale && value < 100.0 && hyphen == 0);
            if !fits {
                break;
            }
            current += value;
            after_scale = false;
            next += hyphen + 1;
        } else if let Some(&value) = units.scales.get(&*word) {
            if current == 0.0 {
                break;
            }
            if value <= 100.0 {
                current *= value;
            } else {
                total += current * value;
                current = 0.0;
            }
            scale = scale.max(value);
            last = value;
            after_scale = true;
            next += hyphen + 1;
        } else if &*word == "and" && hyphen == 0 {
            let following = words.lower(next + 1);
            if &*following == "a" && lower_is(words, next + 2, &["half"]) {
                // "a million and a half" is half a million more.
                current += if after_scale { 0.5 * last } else { 0.5 };
                next += 3;
            } else if after_scale
                && units.cardinals.contains_key(&*following)
                && !units.scales.contains_key(&*words.lower(next + 2))
                || after_scale && last == 100.0 && units.cardinals.contains_key(&*following)
            {
                next += 1;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    Some(Figure {
        value: total + current,
        scale,
        next,
        vague: false,
        digits: false,
        grouped: false,
    })
}

/// Says whether the word at `index` is one of `these`, whatever its case.
pub(super) fn lower_is(words: &Words<'_>, index: usize, these: &[&str]) -> bool {
    these
        .iter()
        .any(|word| words.text(index).eq_ignore_ascii_case(word))
}
