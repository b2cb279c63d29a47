//! Quantities with unit and bound. Dates, times and names with figures are passed over.
//!
//! What the fields of a [`Quantity`] hold: `value` is the figure named; a minimum sets `min` to
//! it and a maximum `max`; a range sets both and `value` to its lower end; otherwise both are
//! absent. Vague plurals ("tens of thousands") are approximate minima. Shares ("one in five",
//! "two-thirds of voters") are given in percent.

use crate::{
    lexicon::{Lexicon, calendar::Calendar, units::Units},
    mention::{Bound, Quantity},
    span::Span,
};

use super::word::{Kind, Words};
use figure::{Figure, lower_is};
use unit::{Behind, FoundUnit};

mod compare;
mod context;
mod figure;
mod share;
mod unit;

pub use compare::{Comparison, Kinship, comparable, factor, kinship};

/// Finds the quantities inside `span` of `text`, in the order of the text.
///
/// Dates, years, times, ages written as names of people ("G7") and ordinals are not quantities.
#[must_use]
pub fn quantities(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Quantity> {
    let words = Words::scan(text, span);
    let reader = Reader {
        text,
        words: &words,
        units: &lexicon.units,
        calendar: &lexicon.calendar,
    };
    let mut found = Vec::new();
    let (mut index, mut floor) = (0, 0);
    while index < words.len() {
        match reader.read(index, floor) {
            Read::Found(quantity, next) => {
                found.push(quantity);
                index = next.max(index + 1);
                floor = index;
            }
            Read::Skip(next) => index = next.max(index + 1),
        }
    }
    found
}

/// What was read at a word.
enum Read {
    /// A quantity, and the index behind it.
    Found(Quantity, usize),
    /// Nothing; go on at the index.
    Skip(usize),
}

/// A quantity in the making.
struct Draft {
    /// Index of the first word.
    from: usize,
    /// Index behind the last word.
    to: usize,
    low: f64,
    high: Option<f64>,
    unit: String,
    bound: Bound,
    /// Whether the figure is a plural that only gives a least value ("thousands").
    vague: bool,
    approximate: bool,
}

struct Reader<'a> {
    text: &'a str,
    words: &'a Words<'a>,
    units: &'a Units,
    calendar: &'a Calendar,
}

impl Reader<'_> {
    /// Reads what starts at `index`; nothing in front of `floor` is taken into it.
    fn read(&self, index: usize, floor: usize) -> Read {
        self.read_with(index, floor, true)
    }

    /// A figure may take the unit of the one behind it ("from 12 to 19 people"), which then takes
    /// none itself, so that the cost of a long row stays linear.
    fn read_with(&self, index: usize, floor: usize, borrows: bool) -> Read {
        if let Some(draft) = self.share(index) {
            return self.finish(draft, floor, true);
        }
        let (from, at, currency) = self.currency(index);
        if let Some(draft) = self.single(index) {
            return self.finish(draft, floor, true);
        }
        let Some(mut figure) = figure::read(self.words, at, self.units) else {
            return Read::Skip(index + 1);
        };
        let beside = self.beside(&mut figure);
        let money = currency.is_some();
        let borrowed = (borrows && beside.is_none())
            .then(|| self.borrowed(from, &figure))
            .flatten();
        let range = match borrowed {
            Some(_) => None,
            None => self.range(from, &mut figure, money),
        };
        let end = range.map_or(figure.next, |(_, next)| next);
        let behind = match &currency {
            Some(_) => Behind::Nothing,
            None => unit::read(self.words, end, self.units),
        };
        let mut found = match behind {
            Behind::Bars => return Read::Skip(figure.next),
            Behind::Unit(unit) => Some(unit),
            Behind::Nothing => None,
        };
        if let Some(unit) = borrowed {
            found = found.filter(|unit| unit.known).or(Some(FoundUnit {
                next: end,
                name: unit,
                known: true,
                measure: false,
            }));
        }
        if currency.is_none() && self.is_barred(at, &figure, found.as_ref()) {
            return Read::Skip(figure.next);
        }
        let label = currency.is_none() && found.is_none() && self.is_labelled(from);
        if currency.is_none() && !found.as_ref().is_some_and(|unit| unit.known) {
            found = self.labelled(from, label, end).or(found);
            found = self.toll(from, end).or(found);
        }
        let known = found.as_ref().is_some_and(|unit| unit.known);
        let measure = money || found.as_ref().is_some_and(|unit| unit.measure);
        let (unit, to) = match (currency, found) {
            (Some(currency), found) => (currency, found.map_or(end, |unit| unit.next)),
            (None, Some(found)) => (found.name, found.next),
            (None, None) => (String::new(), end),
        };
        if range.is_some() && unit.is_empty() && !figure.grouped && figure.scale == 1.0 {
            return Read::Skip(figure.next);
        }
        if lower_is(self.words, to, &["ago"]) {
            return Read::Skip(to);
        }
        let negative = measure && self.is_negative(from);
        let opening =
            range.is_some() && from > floor && lower_is(self.words, from - 1, &["between", "from"]);
        let bound = match (range, beside) {
            (Some(_), _) => Bound::Range,
            (None, Some(beside)) => beside.bound,
            (None, None) => Bound::Exact,
        };
        let draft = Draft {
            from: from - usize::from(negative || opening || label),
            to,
            low: if negative {
                -figure.value
            } else {
                figure.value
            },
            high: range.map(|(high, _)| high),
            unit,
            bound,
            vague: figure.vague,
            approximate: figure.vague || beside.is_some_and(|beside| beside.approximate),
        };
        let strong = figure.grouped || figure.scale != 1.0 || !draft.unit.is_empty();
        let weak_modifier = figure.is_small_word() && !measure && !known;
        self.settle(draft, floor, strong, weak_modifier, figure.digits)
    }

    /// Adds modifiers; a bare figure needs one to be a quantity.
    fn settle(
        &self,
        mut draft: Draft,
        floor: usize,
        strong: bool,
        weak_modifier: bool,
        digits: bool,
    ) -> Read {
        let next = draft.to;
        let modified = !weak_modifier && self.modifiers(&mut draft, floor);
        if strong || (modified && digits) {
            self.finish(draft, floor, false)
        } else {
            Read::Skip(next)
        }
    }

    fn finish(&self, mut draft: Draft, floor: usize, modify: bool) -> Read {
        if modify {
            self.modifiers(&mut draft, floor);
        }
        self.trailing(&mut draft);
        if let Some((rate, next)) = unit::rate(self.words, draft.to, self.units)
            && !draft.unit.is_empty()
        {
            draft.unit = format!("{} per {rate}", draft.unit);
            draft.to = next;
        }
        self.trailing(&mut draft);
        if draft.vague && draft.bound == Bound::Exact {
            draft.bound = Bound::Min;
        }
        let span = self.words.cover(draft.from, draft.to);
        let (min, max) = match draft.bound {
            Bound::Exact => (None, None),
            Bound::Min => (Some(draft.low), None),
            Bound::Max => (None, Some(draft.low)),
            Bound::Range => (Some(draft.low), draft.high),
        };
        let quantity = Quantity {
            text: span.of(self.text).to_owned(),
            value: draft.low,
            min,
            max,
            unit: draft.unit,
            bound: draft.bound,
            approximate: draft.approximate,
            start: span.start,
            end: span.end,
        };
        Read::Found(quantity, draft.to)
    }

    /// Reads a currency sign or code in front of a figure: first word, figure, ISO code.
    fn currency(&self, index: usize) -> (usize, usize, Option<String>) {
        let words = self.words;
        let bare = (index, index, None);
        if !words.is(index + 1, Kind::Number) {
            return bare;
        }
        let sign = words.text(index);
        if let Some(code) = self.units.signs.get(sign) {
            let prefix = (index > 0 && words.is_glued(index) && sign == "$")
                .then(|| self.units.dollars.get(&*words.lower(index - 1)))
                .flatten();
            let from = index - usize::from(prefix.is_some());
            return (from, index + 1, Some(prefix.unwrap_or(code).clone()));
        }
        let code = sign.len() == 3 && sign.bytes().all(|byte| byte.is_ascii_uppercase());
        let unit = self.units.units.get(&*words.lower(index));
        match unit.filter(|unit| code && unit.name == sign) {
            Some(unit) => (index, index + 1, Some(unit.name.clone())),
            None => bare,
        }
    }

    /// Reads the second figure of a range; gives its value and the index behind it.
    fn range(&self, from: usize, first: &mut Figure, money: bool) -> Option<(f64, usize)> {
        let words = self.words;
        let between = from > 0 && lower_is(words, from - 1, &["between"]);
        let mut join = first.next;
        if between
            && !lower_is(words, join, &["and"])
            && let Behind::Unit(unit) = unit::read(words, join, self.units)
        {
            join = unit.next;
        }
        let hyphen = words.is_hyphen(join);
        let joined = (hyphen && !lower_is(words, join + 1, &["odd", "plus"]))
            || (between && lower_is(words, join, &["and"]))
            || (!between && lower_is(words, join, &["to", "or"]));
        if !joined || first.vague {
            return None;
        }
        let sign = usize::from(money && self.units.signs.contains_key(words.text(join + 1)));
        let second = figure::read(words, join + 1 + sign, self.units)?;
        // "555-12-34", "1-2-3"
        if hyphen && (words.is_hyphen(second.next) && words.is(second.next + 1, Kind::Number)) {
            return None;
        }
        let low = if first.scale == 1.0 && second.scale > 1.0 {
            first.value * second.scale
        } else {
            first.value
        };
        (low < second.value && !second.vague).then(|| {
            first.value = low;
            (second.value, second.next)
        })
    }

    /// Says whether the figure is a date, a time, a year, a name, or takes up what was named.
    fn is_barred(&self, at: usize, figure: &Figure, unit: Option<&FoundUnit>) -> bool {
        let words = self.words;
        let next = figure.next;
        let known = unit.is_some_and(|unit| unit.known);
        let before = at.checked_sub(1);
        let previous = before.map(|at| words.lower(at)).unwrap_or_default();
        let symbol_before = before.is_some_and(|at| words.is(at, Kind::Symbol));
        if words.is_glued(at) && symbol_before {
            let after_word = at > 1 && words.is_glued(at - 1) && !words.is(at - 2, Kind::Symbol);
            let joins = matches!(&*previous, "-" | "‐" | "‑" | "–" | "'" | "’" | ".");
            if (joins && after_word)
                || matches!(
                    &*previous,
                    "#" | "№" | "@" | "/" | ":" | "_" | "=" | "&" | "*"
                )
            {
                return true;
            }
        }
        let glued_sign = words.is_glued(next) && words.is_glued(next + 1);
        if glued_sign && matches!(words.text(next), ":" | "/" | "_" | "=" | "@") && !known {
            return true;
        }
        if self.units.definite.contains(&*previous) && figure.is_small_word() {
            return true;
        }
        if figure.value == 1.0 && !figure.digits {
            let names = matches!(
                &*previous,
                "no" | "the" | "this" | "that" | "each" | "any" | "every" | "which" | "another"
            );
            let day = unit.is_some_and(|unit| unit.name == "days" || unit.next > next + 2);
            let article = matches!(&*words.lower(at), "a" | "an");
            return !article && (!known || day || names || lower_is(words, next, &["of"]));
        }
        if self.units.labels.contains(&*previous) && !known {
            return true;
        }
        if !figure.is_plain() {
            return false;
        }
        let month = |index: usize| {
            words.is_capital(index) && self.calendar.month(&words.lower(index)).is_some()
        };
        let dot = usize::from(before.is_some_and(|at| words.text(at) == "."));
        let month_before = before.is_some_and(|at| at >= dot && month(at - dot));
        if month_before || month(next) || self.units.clock.contains(&*words.lower(next)) {
            return true;
        }
        if (1900.0..2100.0).contains(&figure.value) && figure.value.fract() == 0.0 {
            return !known || self.units.year_cues.contains(&*previous);
        }
        let starts = at < 2 || matches!(words.text(at - 2), "." | "!" | "?" | ":" | "“" | "\"");
        let name_before = before.is_some_and(|at| words.is(at, Kind::Word) && words.is_capital(at))
            && !starts
            && !self.units.stops.contains(&*previous);
        name_before && !known
    }

    fn is_negative(&self, from: usize) -> bool {
        let Some(at) = from.checked_sub(1) else {
            return false;
        };
        let sign = self.words.text(at);
        let minus =
            matches!(sign, "-" | "−") && self.words.is_glued(from) && !self.words.is_glued(at);
        let margin = at > 0 && lower_is(self.words, at - 1, &["or"]);
        minus || (lower_is(self.words, at, &["minus"]) && !margin)
    }

    /// Takes up to two modifiers in front of the draft; says whether there was one.
    fn modifiers(&self, draft: &mut Draft, floor: usize) -> bool {
        let mut found = false;
        for _ in 0..2 {
            let Some((length, modifier)) = self.modifier_before(draft.from, floor) else {
                break;
            };
            found = true;
            draft.from -= length;
            draft.approximate |= modifier.approximate;
            if draft.bound == Bound::Exact {
                draft.bound = modifier.bound;
            }
        }
        found
    }

    fn modifier_before(
        &self,
        from: usize,
        floor: usize,
    ) -> Option<(usize, crate::lexicon::units::Modifier)> {
        if from == 0
            || !self.words.is(from - 1, Kind::Word)
            || self.words.is_glued(from) && !self.words.is(from, Kind::Word)
        {
            return None;
        }
        (1..=4).rev().find_map(|length| {
            let start = from.checked_sub(length).filter(|start| *start >= floor)?;
            let phrase = self.words.phrase(start, from)?;
            Some((length, *self.units.modifiers.get(&phrase)?))
        })
    }

    /// Takes "or more", "or so" behind the draft.
    fn trailing(&self, draft: &mut Draft) {
        let found = [2, 1].into_iter().find_map(|length| {
            let phrase = self.words.phrase(draft.to, draft.to + length)?;
            Some((length, *self.units.trailing.get(&phrase)?))
        });
        if let Some((length, modifier)) = found {
            draft.to += length;
            draft.approximate |= modifier.approximate;
            if draft.bound == Bound::Exact {
                draft.bound = modifier.bound;
            }
        }
    }
}

#[cfg(test)]
mod tests;
