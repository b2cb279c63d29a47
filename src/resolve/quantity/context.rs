//! What the words around a figure say of it where no unit stands behind it: what a toll counts,
//! what the next figure counts, which way "or so" bounds it.

use super::{
    Read, Reader,
    figure::{self, Figure, lower_is},
    unit::{self, Behind, FoundUnit},
};
use crate::{lexicon::units::Modifier, mention::Bound, resolve::word::Kind};

/// How many words in front of a figure "toll" and "rose" are looked for.
const REACH: usize = 7;

impl Reader<'_> {
    /// Takes "+", "-plus", "-odd", "or so", "or more" between figure and noun.
    pub(super) fn beside(&self, figure: &mut Figure) -> Option<Modifier> {
        let words = self.words;
        let least = Modifier {
            bound: Bound::Min,
            approximate: false,
        };
        let near = Modifier {
            bound: Bound::Exact,
            approximate: true,
        };
        if words.text(figure.next) == "+" && words.is_glued(figure.next) {
            figure.next += 1;
            return Some(least);
        }
        if words.is_hyphen(figure.next) {
            let found = match &*words.lower(figure.next + 1) {
                "plus" => least,
                "odd" => near,
                _ => return None,
            };
            figure.next += 2;
            return Some(found);
        }
        if !lower_is(words, figure.next, &["or"]) {
            return None;
        }
        let phrase = words.phrase(figure.next, figure.next + 2)?;
        let found = *self.units.trailing.get(&phrase)?;
        figure.next += 2;
        Some(found)
    }

    /// Returns the unit of the second figure in "rose from 12 to 19 people", "12 of their 40 planes".
    pub(super) fn borrowed(&self, from: usize, first: &Figure) -> Option<String> {
        let words = self.words;
        let second = if lower_is(words, first.next, &["of"]) {
            let determined = words.lower(first.next + 1);
            let owned = matches!(
                &*determined,
                "its" | "their" | "his" | "her" | "our" | "the"
            );
            first.next + 1 + usize::from(owned)
        } else if self.is_change(from) {
            self.changed_to(first.next)?
        } else {
            return None;
        };
        figure::read(words, second, self.units)
            .filter(|figure| !figure.vague)
            .or_else(|| figure::read(words, second + 1, self.units))?;
        match self.read_with(second, second, false) {
            Read::Found(second, _) if !second.unit.is_empty() => Some(second.unit),
            _ => None,
        }
    }

    /// Says whether "from" in front of the figure is where something rose or fell from.
    pub(super) fn is_change(&self, from: usize) -> bool {
        from > 0
            && lower_is(self.words, from - 1, &["from"])
            && (from.saturating_sub(1 + REACH)..from - 1)
                .any(|at| self.units.changes.contains(&*self.words.lower(at)))
    }

    /// Finds the figure behind "to", which may stand behind the first figure's own unit.
    fn changed_to(&self, next: usize) -> Option<usize> {
        (next..next + 4)
            .find(|at| lower_is(self.words, *at, &["to"]))
            .map(|at| at + 1)
    }

    /// Says whether a word in front of the figure names its unit ("magnitude 6.1").
    pub(super) fn is_labelled(&self, from: usize) -> bool {
        from > 0 && self.units.labelled.contains(&*self.words.lower(from - 1))
    }

    pub(super) fn labelled(&self, from: usize, is: bool, next: usize) -> Option<FoundUnit> {
        is.then(|| FoundUnit {
            name: self.words.lower(from - 1).into_owned(),
            next,
            known: true,
            measure: true,
        })
    }

    /// "47 were killed", "killing 47", "the death toll rose to 47".
    pub(super) fn toll(&self, from: usize, next: usize) -> Option<FoundUnit> {
        let name = self
            .suffered(next)
            .or_else(|| self.inflicted(from, next))
            .or_else(|| self.tolled(from))
            .map(str::to_owned)
            .or_else(|| self.numbered(from))?;
        Some(FoundUnit {
            name,
            next,
            known: true,
            measure: false,
        })
    }

    /// Returns the first word of the modifiers in front of `from`.
    fn unmodified(&self, mut from: usize) -> usize {
        while let Some((length, _)) = self.modifier_before(from, 0) {
            from -= length;
        }
        from
    }

    fn suffered(&self, next: usize) -> Option<&str> {
        let words = self.words;
        let mut at = next;
        while at < next + 4 && self.units.auxiliaries.contains(&*words.lower(at)) {
            at += 1;
        }
        let what = self.units.suffered.get(&*words.lower(at))?;
        // "47 died", but "47 injured" is a unit and "12 missing links" are none.
        (at > next || &*words.lower(at) == "died").then_some(what.as_str())
    }

    fn inflicted(&self, from: usize, next: usize) -> Option<&str> {
        let words = self.words;
        let before = self.unmodified(from);
        let verb = before.checked_sub(1)?;
        let what = self.units.inflicted.get(&*words.lower(verb))?;
        let passive = verb > 0 && self.units.auxiliaries.contains(&*words.lower(verb - 1));
        let noun = words.is(next, Kind::Word) && !self.units.stops.contains(&*words.lower(next));
        (!noun && !passive).then_some(what.as_str())
    }

    /// "The number of people taken ill has climbed to 214".
    fn numbered(&self, from: usize) -> Option<String> {
        let words = self.words;
        let before = self.led(from)?;
        let of = (before.saturating_sub(2 * REACH)..before)
            .rev()
            .take_while(|at| words.is(*at, Kind::Word))
            .find(|at| {
                let whole = ["number", "tally", "total", "count"];
                *at > 0 && lower_is(words, *at, &["of"]) && lower_is(words, at - 1, &whole)
            })?;
        match unit::read(words, of + 1, self.units) {
            Behind::Unit(unit) => Some(unit.name),
            _ => None,
        }
    }

    /// Returns where the modifiers of a figure begin that something is said to come to.
    fn led(&self, from: usize) -> Option<usize> {
        let before = self.unmodified(from);
        let lead = before.checked_sub(1)?;
        let leads = self.units.tolled.contains(&*self.words.lower(lead));
        (leads || before != from).then_some(before)
    }

    fn tolled(&self, from: usize) -> Option<&str> {
        let words = self.words;
        let before = self.led(from)?;
        (before.saturating_sub(REACH)..before)
            .rev()
            .take_while(|at| words.is(*at, Kind::Word))
            .any(|at| lower_is(words, at, &["toll"]))
            .then_some("dead")
    }
}
