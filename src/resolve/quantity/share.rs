//! Shares of a whole and single units: "one in five", "two-thirds of voters", "half an hour".

use super::{
    Draft, Reader,
    figure::{self, lower_is},
    unit::{self, Behind},
};
use crate::{mention::Bound, resolve::word::Kind};

impl Reader<'_> {
    /// "over an hour": a single unit that needs a modifier to be a quantity.
    pub(super) fn single(&self, index: usize) -> Option<Draft> {
        let half = lower_is(self.words, index, &["half"]);
        let article = index + usize::from(half);
        if !lower_is(self.words, article, &["a", "an"]) {
            return None;
        }
        let unit = self.units.units.get(&*self.words.lower(article + 1))?;
        let more = lower_is(self.words, article + 2, &["and"])
            && lower_is(self.words, article + 3, &["a"])
            && lower_is(self.words, article + 4, &["half"]);
        let draft = Draft {
            from: index,
            to: article + if more { 5 } else { 2 },
            low: if half { 0.5 } else { 1.0 } + if more { 0.5 } else { 0.0 },
            high: None,
            unit: unit.name.clone(),
            bound: Bound::Exact,
            vague: false,
            approximate: false,
        };
        let modified = index > 0 && self.modifier_before(index, 0).is_some();
        let vague = lower_is(
            self.words,
            index.wrapping_sub(1),
            &["about", "some", "only", "just"],
        ) && unit.class != "duration";
        (unit.measure && (half || more || (modified && !vague))).then_some(draft)
    }

    /// "one in five", "two out of three", "two-thirds of", "half of the".
    pub(super) fn share(&self, index: usize) -> Option<Draft> {
        let words = self.words;
        let part = match words.get(index)?.kind {
            Kind::Symbol => return None,
            Kind::Number => words.text(index).parse().ok()?,
            Kind::Word => {
                let word = words.lower(index);
                match &*word {
                    "half" | "a" | "an" | "one" => 1.0,
                    _ => *self.units.cardinals.get(&*word)?,
                }
            }
        };
        let digits = words.is(index, Kind::Number);
        let mut next = index + 1;
        let whole = if lower_is(words, index, &["half"]) {
            (!lower_is(words, next, &["a", "an"])).then_some(2.0)?
        } else {
            let out = lower_is(words, next, &["out"]) && lower_is(words, next + 1, &["of"]);
            let hyphen = usize::from(words.is_hyphen(next));
            if let Some(whole) = self.units.fractions.get(&*words.lower(next + hyphen)) {
                next += hyphen + 1;
                *whole
            } else if out || lower_is(words, next, &["in"]) {
                let whole = figure::read(words, next + if out { 2 } else { 1 }, self.units)?;
                let clear =
                    out || (whole.digits == digits && part == 1.0) || !(digits || whole.digits);
                if !clear || lower_is(words, index, &["a", "an"]) || whole.vague {
                    return None;
                }
                next = whole.next;
                return self.share_of(index, next, part * 100.0 / whole.value);
            } else {
                return None;
            }
        };
        // "a quarter of a million" is a number.
        let scaled = lower_is(words, next, &["of"])
            && lower_is(words, next + 1, &["a"])
            && self.units.scales.contains_key(&*words.lower(next + 2));
        if digits || scaled || !lower_is(words, next, &["of", "the", "all"]) {
            return None;
        }
        let half_the = lower_is(words, index, &["half"]) || lower_is(words, next, &["of"]);
        half_the.then(|| self.share_of(index, next, part * 100.0 / whole))?
    }

    fn share_of(&self, from: usize, next: usize, share: f64) -> Option<Draft> {
        let of = lower_is(self.words, next, &["of"]);
        let to = match unit::read(self.words, next, self.units) {
            Behind::Unit(unit) if !unit.measure && (of || unit.known) => unit.next,
            Behind::Unit(unit) if unit.measure => return None,
            _ => next,
        };
        (share > 0.0 && share <= 100.0).then(|| Draft {
            from,
            to,
            low: share,
            high: None,
            unit: "percent".to_owned(),
            bound: Bound::Exact,
            vague: false,
            approximate: false,
        })
    }
}
