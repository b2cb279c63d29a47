//! A day, and the time of the day and its zone where they are written too.
//!
//! It never fills in what is not written.

use std::fmt;

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::Offset,
};
use serde::{Serialize, Serializer};

/// A day, with as much of the time as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day, as it is written.
    pub date: Date,
    /// The time of the day.
    pub time: Option<Time>,
    /// How far that time is from UTC.
    pub offset: Option<Offset>,
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self {
            date,
            time: None,
            offset: None,
        }
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        let at = Offset::UTC.to_datetime(at);
        Self {
            date: at.date(),
            time: Some(at.time()),
            offset: Some(Offset::UTC),
        }
    }
}

impl Moment {
    /// Returns the instant, when the zone is known.
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        let at = self.date.to_datetime(self.time?);
        self.offset?.to_timestamp(at).ok()
    }

    /// Says whether both can be the same moment, told more or less exactly, in any zone.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        match (self.instant(), other.instant()) {
            (Some(one), Some(other)) => (one.as_second() - other.as_second()).abs() < 86_400,
            (Some(_), None) => self.can_be_on(other.date),
            (None, Some(_)) => other.can_be_on(self.date),
            (None, None) => self.date == other.date,
        }
    }

    /// Says whether it is that day somewhere on earth.
    fn can_be_on(&self, day: Date) -> bool {
        let Some(instant) = self.instant() else {
            return self.date == day;
        };
        // The day as written, and what clocks from twelve hours behind to fourteen ahead show.
        self.date == day
            || (-12..=14).any(|hours| {
                let offset = Offset::constant(hours);
                offset.to_datetime(instant).date() == day
            })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            let (hour, minute, second) = (time.hour(), time.minute(), time.second());
            write!(f, "T{hour:02}:{minute:02}:{second:02}")?;
            match self.offset {
                Some(offset) if offset.is_zero() => write!(f, "Z")?,
                Some(offset) => {
                    let seconds = offset.seconds();
                    let sign = if seconds < 0 { '-' } else { '+' };
                    let minutes = seconds.abs() / 60;
                    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)?;
                }
                None => {}
            }
        }
        Ok(())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn moments_agree_when_they_can_be_one() {
        let day = |d| Moment::from(date(2021, 12, d));
        let at = |d, hour, offset| Moment {
            time: Some(time(hour, 0, 0, 0)),
            offset: Some(Offset::constant(offset)),
            ..day(d)
        };
        assert!(day(12).agrees(&day(12)) && !day(12).agrees(&day(13)));
        assert!(at(12, 23, 0).agrees(&day(13)));
        assert!(!at(12, 12, 0).agrees(&day(14)));
        assert!(at(13, 1, 3).agrees(&at(12, 22, 0)));
        assert_eq!(at(12, 9, -5).to_string(), "2021-12-12T09:00:00-05:00");
    }
}
