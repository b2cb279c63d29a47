//! Dates in the text, resolved against the day of publication. Nothing is guessed: without that
//! day only dates with day, month and year (or a plain year) are resolved.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday, date},
};

use crate::{
    lexicon::{
        Lexicon,
        calendar::{Calendar, Direction, Part},
    },
    span::Span,
};

use super::word::{Kind, Words};

mod shift;

/// How long a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Granularity {
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A third of a month or year ("mid-November").
    Part,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// A time the text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The words that name it.
    pub span: Span,
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
    /// How long it is.
    pub granularity: Granularity,
}

impl Time {
    /// Returns the day, when it is one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        (self.granularity == Granularity::Day).then_some(self.start)
    }
}

/// How many words a verb may stand in front of a weekday to decide its tense.
const TENSE_REACH: usize = 8;

/// Finds the times inside `span` of `text`, in the order of the text.
#[must_use]
pub fn times(text: &str, span: Span, published: Option<Date>, lexicon: &Lexicon) -> Vec<Time> {
    times_of(&Words::scan(text, span), published, None, lexicon)
}

/// Finds the times among scanned words; `told` is the day that was named last in front of them,
/// from which "two days later" is counted.
pub(crate) fn times_of(
    words: &Words<'_>,
    published: Option<Date>,
    told: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<Time> {
    let mut reader = Reader {
        told,
        words,
        calendar: &lexicon.calendar,
        cardinals: &lexicon.units.cardinals,
        published,
    };
    let mut found: Vec<Time> = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let Some(read) = reader.read(index) else {
            index += 1;
            continue;
        };
        index = read.next.max(index + 1);
        if let Some((start, end)) = read.days {
            if read.granularity == Granularity::Day {
                reader.told = Some(start);
            }
            found.push(Time {
                span: words.cover(read.from, read.next),
                start,
                end,
                granularity: read.granularity,
            });
        }
    }
    found
}

/// A time among the words; `days` is absent when it cannot be resolved.
struct Read {
    from: usize,
    next: usize,
    days: Option<(Date, Date)>,
    granularity: Granularity,
}

struct Reader<'a> {
    words: &'a Words<'a>,
    calendar: &'a Calendar,
    cardinals: &'a rustc_hash::FxHashMap<String, f64>,
    published: Option<Date>,
    /// The day named last.
    told: Option<Date>,
}

impl Reader<'_> {
    fn read(&self, index: usize) -> Option<Read> {
        match self.words.get(index)?.kind {
            Kind::Number => self
                .numeric(index)
                .or_else(|| self.day_first(index))
                .or_else(|| self.shifted(index))
                .or_else(|| self.ago(index))
                .or_else(|| self.year(index)),
            Kind::Word => {
                let word = self.words.lower(index);
                self.month_first(index, &word)
                    .or_else(|| self.shifted(index))
                    .or_else(|| self.relative(index, &word))
                    .or_else(|| self.weekday(index, &word))
                    .or_else(|| self.ago(index))
            }
            Kind::Symbol => None,
        }
    }

    /// "07.12.2021", "2021-12-07", "12/25/2021".
    fn numeric(&self, index: usize) -> Option<Read> {
        let words = self.words;
        if words.is_glued(index) && matches!(words.text(index.wrapping_sub(1)), "-" | "/" | ".") {
            return None;
        }
        let text = words.text(index);
        let mut dotted = text.split('.');
        let dots = [dotted.next(), dotted.next(), dotted.next(), dotted.next()];
        if let [Some(day), Some(month), Some(year), None] = dots {
            let day = civil(number(year, 4)?, number(month, 2)?, number(day, 2)?)?;
            return Some(self.found(index, index + 1, day, day, Granularity::Day));
        }
        let sign = words.text(index + 1);
        let glued = (1..5).all(|step| words.is_glued(index + step));
        if !glued || words.text(index + 3) != sign || !matches!(sign, "-" | "/") {
            return None;
        }
        let (first, second, third) = (text, words.text(index + 2), words.text(index + 4));
        let day = if first.len() == 4 {
            civil(number(first, 4)?, number(second, 2)?, number(third, 2)?)?
        } else {
            let (a, b, year) = (number(first, 2)?, number(second, 2)?, number(third, 4)?);
            // Day and month first are both in use: only what can be read one way is taken.
            match (a > 12, b > 12) {
                (true, false) => civil(year, b, a)?,
                (false, true) => civil(year, a, b)?,
                _ if a == b => civil(year, a, b)?,
                _ => return None,
            }
        };
        Some(self.found(index, index + 5, day, day, Granularity::Day))
    }

    /// "7 December 2021", "16th of June".
    fn day_first(&self, index: usize) -> Option<Read> {
        let day = number(self.words.text(index), 2)?;
        let mut next = index + 1 + self.ordinal(index + 1);
        next += usize::from(&*self.words.lower(next) == "of");
        let month = self.month_at(next)?;
        let (year, next) = self.year_behind(next + 1);
        self.day_of(index, next, day, month, year)
    }

    /// "December 7, 2021", "Dec. 7", "December 2021", "mid-November", "in November".
    fn month_first(&self, index: usize, word: &str) -> Option<Read> {
        let month = self.calendar.month(word)?;
        if !self.words.is_capital(index) {
            return None;
        }
        let next = index + 1 + self.abbreviation_dot(index + 1);
        let day = number(self.words.text(next), 2);
        if let Some(day) = day.filter(|_| self.words.is(next, Kind::Number)) {
            let next = next + 1 + self.ordinal(next + 1);
            let (year, next) = self.year_behind(next);
            return self.day_of(index, next, day, month, year);
        }
        let (year, after) = self.year_behind(next);
        let (from, part) = self.part_before(index);
        let cue = from.checked_sub(1).is_some_and(|at| {
            let word = self.words.lower(at);
            self.calendar.cues.contains(&*word) || self.calendar.directions.contains_key(&*word)
        });
        if year.is_none() && part.is_none() && !cue {
            return None;
        }
        let start = match year {
            Some(year) => civil(year, month, 1),
            None => self.published.and_then(|day| nearest(day, month, 1)),
        };
        let days = start.and_then(|start| interval(start, start.last_of_month(), part));
        Some(Read {
            from,
            next: if year.is_some() { after } else { index + 1 },
            days,
            granularity: if part.is_some() {
                Granularity::Part
            } else {
                Granularity::Month
            },
        })
    }

    /// "in 2021", "late 2020".
    fn year(&self, index: usize) -> Option<Read> {
        let year = number(self.words.text(index), 4).filter(|year| (1000..2200).contains(year))?;
        if self.words.text(index).len() != 4
            || self.words.is_glued(index + 1) && self.words.is(index + 1, Kind::Word)
        {
            return None;
        }
        let (from, part) = self.part_before(index);
        let cue = from
            .checked_sub(1)
            .is_some_and(|at| self.calendar.cues.contains(&*self.words.lower(at)));
        if !cue && part.is_none() {
            return None;
        }
        let days = civil(year, 1, 1).and_then(|start| interval(start, start.last_of_year(), part));
        Some(Read {
            from,
            next: index + 1,
            days,
            granularity: if part.is_some() {
                Granularity::Part
            } else {
                Granularity::Year
            },
        })
    }

    /// "today", "last week", "this weekend", "next Tuesday", "this morning".
    fn relative(&self, index: usize, word: &str) -> Option<Read> {
        if let Some(days) = self.calendar.days.get(word) {
            let day = self
                .published
                .and_then(|day| day.checked_add(days.days()).ok());
            return Some(self.unsure(
                index,
                index + 1,
                day.map(|day| (day, day)),
                Granularity::Day,
            ));
        }
        if word == "the" && &*self.words.lower(index + 1) == "weekend" {
            return Some(self.weekend(index, None));
        }
        let direction = *self.calendar.directions.get(word)?;
        let noun = self.words.lower(index + 1);
        if let Some(weekday) = self
            .calendar
            .weekday(&noun)
            .filter(|_| self.words.is_capital(index + 1))
        {
            let days = self.published.and_then(|day| match direction {
                Direction::Last => on_or_before(day.yesterday().ok()?, weekday),
                Direction::Next => on_or_after(day.tomorrow().ok()?, weekday),
                Direction::This => self.by_tense(index, day, weekday),
            });
            let next = index + 2 + self.day_part(index + 2);
            return Some(self.unsure(index, next, days.map(|day| (day, day)), Granularity::Day));
        }
        let step = match direction {
            Direction::Last => -1_i64,
            Direction::This => 0,
            Direction::Next => 1,
        };
        let published = self.published;
        let (days, granularity) = match &*noun {
            "week" => (
                published.and_then(|day| {
                    let (first, last) = week(day.checked_add(step.weeks()).ok()?)?;
                    Some(self.half(index, day, first, last))
                }),
                Granularity::Week,
            ),
            "weekend" => return Some(self.weekend(index, Some(direction))),
            "month" => (
                published.and_then(|day| {
                    let first = day.first_of_month().checked_add(step.months()).ok()?;
                    Some(self.half(index, day, first, first.last_of_month()))
                }),
                Granularity::Month,
            ),
            "year" => (
                published.and_then(|day| {
                    let first = day.first_of_year().checked_add(step.years()).ok()?;
                    Some(self.half(index, day, first, first.last_of_year()))
                }),
                Granularity::Year,
            ),
            part if self.calendar.day_parts.contains(part) => {
                let back = if direction == Direction::Last { -1 } else { 0 };
                let day = published.and_then(|day| day.checked_add(back.days()).ok());
                (day.map(|day| (day, day)), Granularity::Day)
            }
            _ => return None,
        };
        Some(self.unsure(index, index + 2, days, granularity))
    }

    fn weekend(&self, index: usize, direction: Option<Direction>) -> Read {
        let days = self.published.and_then(|day| {
            let on_it = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let here = if on_it {
                on_or_before(day, 6)?
            } else {
                on_or_after(day, 6)?
            };
            let ahead = match direction {
                Some(Direction::Next) => on_it.then_some(7).or(Some(0)),
                Some(Direction::Last) => Some(-7),
                _ if on_it || self.is_ahead(index) == Some(true) => Some(0),
                Some(Direction::This) if self.is_ahead(index).is_none() => Some(0),
                _ => Some(-7),
            }?;
            let start = here.checked_add(ahead.days()).ok()?;
            Some((start, start.tomorrow().ok()?))
        });
        self.unsure(index, index + 2, days, Granularity::Weekend)
    }

    /// "Tuesday", "Saturday night", "Sunday 12 December".
    fn weekday(&self, index: usize, word: &str) -> Option<Read> {
        let weekday = self.calendar.weekday(word)?;
        if !self.words.is_capital(index) || (word.len() < 4 && !self.short_weekday(index)) {
            return None;
        }
        let comma = usize::from(self.words.text(index + 1) == ",");
        let dated = self.day_first(index + 1 + comma).or_else(|| {
            let word = self.words.lower(index + 1 + comma);
            self.month_first(index + 1 + comma, &word)
        });
        if let Some(dated) = dated.filter(|dated| dated.granularity == Granularity::Day) {
            return Some(Read {
                from: index,
                ..dated
            });
        }
        let next = index + 1 + self.day_part(index + 1);
        let day = self
            .published
            .and_then(|day| self.by_tense(index, day, weekday));
        Some(self.unsure(index, next, day.map(|day| (day, day)), Granularity::Day))
    }

    /// "three days ago", "two weeks ago".
    fn ago(&self, index: usize) -> Option<Read> {
        if &*self.words.lower(index + 2) != "ago" {
            return None;
        }
        let word = self.words.lower(index);
        let count = match self.cardinals.get(&*word) {
            Some(count) => *count as i64,
            None if matches!(&*word, "a" | "an") => 1,
            None => word
                .parse()
                .ok()
                .filter(|count| (0..10_000).contains(count))?,
        };
        let published = self.published;
        let (days, granularity) = match self.words.lower(index + 1).trim_end_matches('s') {
            "day" => (
                published
                    .and_then(|day| day.checked_sub(count.days()).ok())
                    .map(|day| (day, day)),
                Granularity::Day,
            ),
            "week" => (
                published.and_then(|day| week(day.checked_sub(count.weeks()).ok()?)),
                Granularity::Week,
            ),
            "month" => (
                published.and_then(|day| {
                    let day = day.first_of_month().checked_sub(count.months()).ok()?;
                    Some((day, day.last_of_month()))
                }),
                Granularity::Month,
            ),
            "year" => (
                published.and_then(|day| {
                    let day = day.first_of_year().checked_sub(count.years()).ok()?;
                    Some((day, day.last_of_year()))
                }),
                Granularity::Year,
            ),
            _ => return None,
        };
        Some(self.unsure(index, index + 3, days, granularity))
    }

    fn day_of(
        &self,
        from: usize,
        next: usize,
        day: i16,
        month: i8,
        year: Option<i16>,
    ) -> Option<Read> {
        let day = i8::try_from(day)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        let resolved = match year {
            Some(year) => civil(year, month, day.into()),
            None => self
                .published
                .and_then(|published| nearest(published, month, day)),
        };
        Some(self.unsure(from, next, resolved.map(|day| (day, day)), Granularity::Day))
    }

    fn found(
        &self,
        from: usize,
        next: usize,
        start: Date,
        end: Date,
        granularity: Granularity,
    ) -> Read {
        self.unsure(from, next, Some((start, end)), granularity)
    }

    fn unsure(
        &self,
        from: usize,
        next: usize,
        days: Option<(Date, Date)>,
        granularity: Granularity,
    ) -> Read {
        Read {
            from,
            next,
            days,
            granularity,
        }
    }

    fn month_at(&self, index: usize) -> Option<i8> {
        self.words
            .is_capital(index)
            .then(|| self.calendar.month(&self.words.lower(index)))?
    }

    fn ordinal(&self, index: usize) -> usize {
        let suffix = matches!(&*self.words.lower(index), "st" | "nd" | "rd" | "th");
        usize::from(suffix && self.words.is_glued(index))
    }

    fn abbreviation_dot(&self, index: usize) -> usize {
        usize::from(self.words.text(index) == "." && self.words.is_glued(index))
    }

    /// Reads ", 2021" or "2021" at `index`; without a year the index stays.
    fn year_behind(&self, index: usize) -> (Option<i16>, usize) {
        let at = index + self.abbreviation_dot(index);
        let at = at + usize::from(self.words.text(at) == ",");
        let text = self.words.text(at);
        match number(text, 4).filter(|year| text.len() == 4 && (1000..2200).contains(year)) {
            Some(year) => (Some(year), at + 1),
            None => (None, index),
        }
    }

    /// "mid-", "early", "late" in front of `index`.
    fn part_before(&self, index: usize) -> (usize, Option<Part>) {
        let hyphen = index > 1 && self.words.is_hyphen(index - 1);
        let Some(at) = index.checked_sub(1 + usize::from(hyphen)) else {
            return (index, None);
        };
        match self.calendar.parts.get(&*self.words.lower(at)) {
            Some(part) => (at, Some(*part)),
            None => (index, None),
        }
    }

    fn day_part(&self, index: usize) -> usize {
        usize::from(self.calendar.day_parts.contains(&*self.words.lower(index)))
    }

    /// "Sun", "Sat", "Mon" are weekdays only behind "on" or before a dot.
    fn short_weekday(&self, index: usize) -> bool {
        self.words.text(index + 1) == "." && self.words.is_glued(index + 1)
            || index
                .checked_sub(1)
                .is_some_and(|at| &*self.words.lower(at) == "on")
    }

    fn by_tense(&self, index: usize, published: Date, weekday: i8) -> Option<Date> {
        if self.is_ahead(index) == Some(true) {
            on_or_after(published, weekday)
        } else {
            on_or_before(published, weekday)
        }
    }

    /// The nearest verb in front decides whether a time lies ahead.
    fn is_ahead(&self, index: usize) -> Option<bool> {
        let mut participle = false;
        for at in (index.saturating_sub(TENSE_REACH)..index).rev() {
            if !self.words.is(at, Kind::Word) {
                if matches!(self.words.text(at), "." | ";" | "!" | "?") {
                    break;
                }
                continue;
            }
            let word = self.words.lower(at);
            if self.calendar.future.contains(&*word) {
                return Some(true);
            }
            if matches!(&*word, "be" | "to") {
                // "will be held", "due to be opened": the verb behind it says nothing.
                participle = false;
                continue;
            }
            if participle {
                return Some(false);
            }
            participle =
                self.calendar.past.contains(&*word) || (word.len() > 4 && word.ends_with("ed"));
        }
        participle.then_some(false)
    }
}

fn number(text: &str, digits: usize) -> Option<i16> {
    let plain =
        !text.is_empty() && text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn civil<M: TryInto<i8>>(year: i16, month: M, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The day in the year that brings it nearest to `published`.
fn nearest(published: Date, month: i8, day: i8) -> Option<Date> {
    (-1..=1)
        .filter_map(|step| Date::new(published.year() + step, month, day).ok())
        .min_by_key(|day| (*day - published).get_days().abs())
}

fn on_or_before(day: Date, weekday: i8) -> Option<Date> {
    let back = (day.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    day.checked_sub(i64::from(back).days()).ok()
}

fn on_or_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    day.checked_add(i64::from(ahead).days()).ok()
}

fn week(day: Date) -> Option<(Date, Date)> {
    let monday = on_or_before(day, 1)?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// Narrows a month or year to its part.
fn interval(start: Date, end: Date, part: Option<Part>) -> Option<(Date, Date)> {
    let year = start.month() != end.month();
    let at = |month: i8, day: i8| {
        if year {
            date(start.year(), month, 1)
        } else {
            date(start.year(), start.month(), day)
        }
    };
    let days = match part {
        None => (start, end),
        Some(Part::Early) => (start, at(5, 11).yesterday().ok()?),
        Some(Part::Mid) => (at(5, 11), at(9, 21).yesterday().ok()?),
        Some(Part::Late) => (at(9, 21), end),
    };
    Some(days)
}

#[cfg(test)]
mod tests;
