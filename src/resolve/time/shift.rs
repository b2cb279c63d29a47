//! Days counted from another day: "two days later", "the following day", "earlier this month".

use jiff::{ToSpan as _, civil::Date};

use super::{Granularity, Read, Reader};
use crate::resolve::word::Kind;

impl Reader<'_> {
    /// "Earlier this month" ends with the day of publication, "later this month" begins with it.
    pub(super) fn half(
        &self,
        index: usize,
        published: Date,
        first: Date,
        last: Date,
    ) -> (Date, Date) {
        let before = index.checked_sub(1).map(|at| self.words.lower(at));
        match before.as_deref() {
            Some("earlier") if first <= published => (first, last.min(published)),
            Some("later") if last >= published => (first.max(published), last),
            _ => (first, last),
        }
    }

    /// "Two days later", "a day earlier", "the following day": counted from the day named last.
    pub(super) fn shifted(&self, index: usize) -> Option<Read> {
        let words = self.words;
        let (days, next) = (2..=4)
            .rev()
            .find_map(|length| {
                let phrase = words.phrase(index, index + length)?;
                let days = self.calendar.shifts.get(&phrase)?;
                Some((i64::from(*days), index + length))
            })
            .or_else(|| self.counted_shift(index))?;
        // "the day before the vote" is counted from an event that is not known here.
        let hanging = matches!(&*words.lower(next - 1), "before" | "after");
        if hanging
            && words.is(next, Kind::Word)
            && !self.calendar.closing.contains(&*words.lower(next))
        {
            return None;
        }
        let day = self
            .told
            .and_then(|told| told.checked_add(days.days()).ok());
        Some(self.unsure(index, next, day.map(|day| (day, day)), Granularity::Day))
    }

    fn counted_shift(&self, index: usize) -> Option<(i64, usize)> {
        let word = self.words.lower(index);
        let count = match self.cardinals.get(&*word) {
            Some(count) => *count as i64,
            None if matches!(&*word, "a" | "an") => 1,
            None => word
                .parse()
                .ok()
                .filter(|count| (1..1_000).contains(count))?,
        };
        let unit = match &*self.words.lower(index + 1) {
            "day" | "days" => 1,
            "week" | "weeks" => 7,
            _ => return None,
        };
        let sign = match &*self.words.lower(index + 2) {
            "later" | "after" => 1,
            "earlier" | "before" => -1,
            _ => return None,
        };
        Some((sign * unit * count, index + 3))
    }
}
