//! Loader of `data/dates.toml`: how pages write days and times. Decides nothing about a page.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::Deserialize;

/// What a word in front of a day says it is the day of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOf {
    /// "Published".
    Publication,
    /// "Updated".
    Change,
}

/// Which number comes first where a day is written in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12.
    DayFirst,
    /// 12/31.
    MonthFirst,
}

/// The words of dates.
#[derive(Debug, Default)]
pub struct Dates {
    /// Month by name.
    months: BTreeMap<String, i8>,
    zones: BTreeMap<String, TimeZone>,
    month_first: Places,
    either_first: Places,
    day_first: Places,
    labels: Vec<(String, DayOf)>,
    /// What is to be read from a text.
    pub examples: Vec<DateExample>,
}

/// Places that share a habit.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Places {
    countries: BTreeSet<String>,
    zones: BTreeSet<String>,
}

/// A text with the day in it, both readings of it, or none.
#[derive(Debug, Deserialize)]
pub struct DateExample {
    /// The text.
    pub text: String,
    /// The day.
    pub day: Option<String>,
    /// Day first, then month first.
    pub either: Option<[String; 2]>,
}

#[derive(Deserialize)]
struct File {
    months: Vec<Vec<String>>,
    zones: BTreeMap<String, String>,
    month_first: Places,
    either_first: Places,
    day_first: Places,
    labels: Labels,
    #[serde(rename = "example")]
    examples: Vec<DateExample>,
}

#[derive(Deserialize)]
struct Labels {
    published: Vec<String>,
    modified: Vec<String>,
}

impl Dates {
    /// Parses the words built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(include_str!("data/dates.toml"))
            .expect("tests parse the embedded dates");
        let months = (1i8..).zip(file.months);
        let zone = |(name, rule): (String, String)| {
            let zone = TimeZone::posix(&rule).expect("a test parses every zone");
            (name, zone)
        };
        let labels = |words: Vec<String>, what| words.into_iter().map(move |word| (word, what));
        let mut labels: Vec<_> = labels(file.labels.published, DayOf::Publication)
            .chain(labels(file.labels.modified, DayOf::Change))
            .collect();
        labels.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self {
            months: months
                .flat_map(|(month, names)| names.into_iter().map(move |name| (name, month)))
                .collect(),
            zones: file.zones.into_iter().map(zone).collect(),
            month_first: file.month_first,
            either_first: file.either_first,
            day_first: file.day_first,
            labels,
            examples: file.examples,
        }
    }

    /// Returns the number of a month by its name in lower case.
    #[must_use]
    pub fn month(&self, name: &str) -> Option<i8> {
        self.months.get(name).copied()
    }

    /// Returns the names of the months, longest first.
    #[must_use]
    pub fn month_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.months.keys().map(String::as_str).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// Returns the zone of a short name.
    #[must_use]
    pub fn zone(&self, name: &str) -> Option<&TimeZone> {
        self.zones.get(&name.to_lowercase())
    }

    /// Returns the short names of zones, longest first.
    #[must_use]
    pub fn zone_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.zones.keys().map(String::as_str).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// Returns the order of numbers in a country; places that write both have none.
    #[must_use]
    pub fn order_of_country(&self, country: &str) -> Option<DateOrder> {
        let country = country.to_ascii_uppercase();
        if self.either_first.countries.contains(&country) {
            None
        } else if self.month_first.countries.contains(&country) {
            Some(DateOrder::MonthFirst)
        } else {
            Some(DateOrder::DayFirst)
        }
    }

    /// Returns the order of numbers where a zone's name is used.
    #[must_use]
    pub fn order_of_zone(&self, zone: &str) -> Option<DateOrder> {
        let zone = zone.to_lowercase();
        if self.month_first.zones.contains(&zone) {
            Some(DateOrder::MonthFirst)
        } else {
            let known = self.day_first.zones.contains(&zone);
            known.then_some(DateOrder::DayFirst)
        }
    }

    /// Says what the words in front of a day say it is the day of.
    #[must_use]
    pub fn label(&self, before: &str) -> Option<DayOf> {
        let before = before.to_lowercase();
        let ends = |word: &str| {
            let at = before.rfind(word)?;
            let apart = !before[..at].ends_with(char::is_alphanumeric);
            let rest = &before[at + word.len()..];
            (apart && !rest.starts_with(char::is_alphanumeric)).then_some(at + word.len())
        };
        let found = self
            .labels
            .iter()
            .filter_map(|(word, what)| Some((ends(word)?, *what)));
        found.max_by_key(|(end, _)| *end).map(|(_, what)| what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_read() {
        let dates = Dates::shipped();
        assert_eq!(dates.month("декабря"), Some(12));
        assert!(dates.zone("ET").is_some() && dates.zone("XYZ").is_none());
        assert_eq!(dates.order_of_country("us"), Some(DateOrder::MonthFirst));
        assert_eq!(dates.order_of_country("DE"), Some(DateOrder::DayFirst));
        assert_eq!(dates.order_of_country("CA"), None);
        assert_eq!(dates.label("First published on "), Some(DayOf::Publication));
        assert_eq!(
            dates.label("Published 1 May, updated: "),
            Some(DayOf::Change)
        );
        assert_eq!(dates.label("unpublished "), None);
    }
}
