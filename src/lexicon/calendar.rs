//! Loader of `data/calendar.toml`: the words of dates. Decides nothing.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// Whether a word in front of "week" or a weekday points back, here or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// "last".
    Last,
    /// "this".
    This,
    /// "next".
    Next,
}

/// Which part of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// "early".
    Early,
    /// "mid".
    Mid,
    /// "late".
    Late,
}

/// The words of dates.
#[derive(Debug, Default)]
pub struct Calendar {
    months: FxHashMap<String, i8>,
    weekdays: FxHashMap<String, i8>,
    /// "today" = 0, in days from the day of publication.
    pub days: FxHashMap<String, i32>,
    /// "the following day" = 1, in days from the day named last.
    pub shifts: FxHashMap<String, i32>,
    /// "and", behind "the day before" that stands alone.
    pub closing: FxHashSet<String>,
    /// "night": behind a weekday.
    pub day_parts: FxHashSet<String>,
    /// In front of a month or year that stands alone.
    pub cues: FxHashSet<String>,
    /// "last", "this", "next".
    pub directions: FxHashMap<String, Direction>,
    /// "early", "mid", "late".
    pub parts: FxHashMap<String, Part>,
    /// Verbs of the future.
    pub future: FxHashSet<String>,
    /// Verbs of the past.
    pub past: FxHashSet<String>,
}

#[derive(Deserialize)]
struct File {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    days: FxHashMap<String, i32>,
    shifts: FxHashMap<String, i32>,
    closing: FxHashSet<String>,
    day_parts: FxHashSet<String>,
    cues: FxHashSet<String>,
    last: Vec<String>,
    this: Vec<String>,
    next: Vec<String>,
    early: Vec<String>,
    mid: Vec<String>,
    late: Vec<String>,
    future: FxHashSet<String>,
    past: FxHashSet<String>,
}

pub(crate) const DATA: &str = include_str!("data/calendar.toml");

impl Calendar {
    /// Parses the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(DATA).expect("a test parses the embedded calendar");
        Self {
            months: numbered(file.months),
            weekdays: numbered(file.weekdays),
            days: file.days,
            shifts: file.shifts,
            closing: file.closing,
            day_parts: file.day_parts,
            cues: file.cues,
            directions: tagged([
                (file.last, Direction::Last),
                (file.this, Direction::This),
                (file.next, Direction::Next),
            ]),
            parts: tagged([
                (file.early, Part::Early),
                (file.mid, Part::Mid),
                (file.late, Part::Late),
            ]),
            future: file.future,
            past: file.past,
        }
    }

    /// Returns the number of a month, 1 for January; the word is in lower case.
    #[must_use]
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(word).copied()
    }

    /// Returns the number of a weekday, 1 for Monday; the word is in lower case.
    #[must_use]
    pub fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(word).copied()
    }
}

fn numbered(names: Vec<Vec<String>>) -> FxHashMap<String, i8> {
    (1..)
        .zip(names)
        .flat_map(|(number, names)| names.into_iter().map(move |name| (name, number)))
        .collect()
}

fn tagged<T: Copy>(groups: [(Vec<String>, T); 3]) -> FxHashMap<String, T> {
    groups
        .into_iter()
        .flat_map(|(words, tag)| words.into_iter().map(move |word| (word, tag)))
        .collect()
}
