//! Who owns outlets, and from when until when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::read;

/// A year, month or day from which or until which something holds: "2013", "2013-12", "2013-12-09".
pub type When = String;

/// Who owns an outlet, and when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Ownership {
    /// Name of an owner or of another outlet of the registry.
    pub name: String,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<When>,
    /// When it ended; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
}

impl Ownership {
    /// Returns the first day on which it may have held; none where it is not known.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.from.as_deref().and_then(read::first_day)
    }

    /// Returns the last day on which it may have held; none while it lasts.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        let until = self.until.as_deref()?;
        let first = read::first_day(until)?;
        match until.len() {
            4 => Some(first.last_of_year()),
            7 => Some(first.last_of_month()),
            _ => Some(first),
        }
    }
}

/// Who owns outlets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Its name.
    pub name: String,
    /// Whether it is a state, or belongs to one.
    #[serde(default)]
    pub state: bool,
    /// Whether it is a person or a family.
    #[serde(default)]
    pub person: bool,
    /// ISO 3166 code of its seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}
