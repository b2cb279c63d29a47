//! Days of the calendar as articles and markup write them.
//!
//! It never guesses: `3/4/2021` has two readings and gives both.

use std::sync::LazyLock;

use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
    tz::Offset,
};
use regex::{Captures, Regex};

use super::moment::Moment;
use crate::{
    lexicon::{
        Lexicon,
        dates::{DateOrder, Dates},
    },
    span::Span,
};

/// A day found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateFound {
    /// The day, or `None` when day and month cannot be told apart; with dots the day comes first.
    pub(crate) date: Option<Date>,
    /// What it can be.
    pub(crate) reading: Reading,
    /// Where it stands in the text given, without its time.
    pub(crate) span: Span,
    /// The short name of the zone that its time is of.
    pub(crate) zone: Option<String>,
}

/// What a written day can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// One day.
    One(Moment),
    /// Two days.
    Either {
        /// If the day comes first.
        day_first: Moment,
        /// If the month comes first.
        month_first: Moment,
        /// Whether dots stand between the numbers.
        dots: bool,
    },
}

impl Reading {
    /// Returns the moment, in the order of numbers given.
    pub(crate) fn in_order(self, order: DateOrder) -> Moment {
        match (self, order) {
            (Self::One(moment), _) => moment,
            (Self::Either { day_first, .. }, DateOrder::DayFirst) => day_first,
            (Self::Either { month_first, .. }, DateOrder::MonthFirst) => month_first,
        }
    }
}

/// The shapes of days and times.
struct Shapes {
    day: Regex,
    time_behind: Regex,
    time_before: Regex,
    weekday: Regex,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let dates = &Lexicon::shipped().dates;
    let (month, zone) = (dates.month_names().join("|"), dates.zone_names().join("|"));
    let year = "(?:19|20)[0-9]{2}";
    let forms = [
        format!("(?P<y1>{year})(?:-|/|\\.)(?P<m1>[0-9]{{1,2}})(?:-|/|\\.)(?P<d1>[0-9]{{1,2}})"),
        format!("(?P<a2>[0-9]{{1,2}})\\.(?P<b2>[0-9]{{1,2}})\\.(?P<y2>{year})"),
        format!("(?P<a3>[0-9]{{1,2}})(?: ?/ ?|-)(?P<b3>[0-9]{{1,2}})(?: ?/ ?|-)(?P<y3>{year})"),
        format!(
            "(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th|er|º|\\.)?[ -](?:of |de )?(?P<m4>{month})[.,]?(?: de| del)?,?[ -](?P<y4>{year})"
        ),
        format!("(?P<m5>{month})\\.? (?P<d5>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y5>{year})"),
        format!("(?P<y6>{year})年(?P<m6>[0-9]{{1,2}})月(?P<d6>[0-9]{{1,2}})日"),
    ];
    let clock =
        "(?P<h>[0-2]?[0-9])(?:[:.h]|時)(?P<n>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?:[.,][0-9]{1,9})?";
    let half = "(?: ?(?P<half>[ap]\\.?m)\\b\\.?)?";
    let offset = format!(
        "(?: ?\\(?(?:(?:GMT|UTC)?(?P<sign>[+\u{2212}-])(?P<oh>[0-9]{{1,2}})(?::?(?P<om>[0-9]{{2}}))?|(?P<zone>{zone})\\b))?"
    );
    let behind = format!(
        "(?i)^(?:T|[ ,;|•·–—-]*(?:at |um |à |às |a las |alle |в |о |godz\\. ?)?){clock}{half}{offset}"
    );
    let before = format!(
        "(?i)(?:^|[^0-9:.]){clock}{half}{offset}\\)?[ ,|•·–—-]*(?:on )?(?:\\p{{L}}{{3,9}}\\.?,? )?$"
    );
    let weekday = "(?i)\\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? ?$";
    let compile = |source: &str| Regex::new(source).expect("compiled by a test");
    Shapes {
        day: compile(&format!("(?i)(?:^|\\b|T)(?:{})", forms.join("|"))),
        time_behind: compile(&behind),
        time_before: compile(&before),
        weekday: compile(weekday),
    }
});

static IN_URL: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(?P<m>0[1-9]|1[0-2]|[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
    let apart = format!("(?P<y>(?:19|20)[0-9]{{2}})[/_-]{month}[/_-](?P<d>[0-3]?[0-9])");
    let together = "(?P<y2>(?:19|20)[0-9]{2})(?P<m2>[01][0-9])(?P<d2>[0-3][0-9])";
    Regex::new(&format!("(?i)[/_-](?:{apart}|{together})(?:[^0-9]|$)")).expect("compiled by a test")
});

/// Finds the days written in `text`, in order.
pub(crate) fn find(text: &str) -> Vec<DateFound> {
    // Nearly all lines have no year in them.
    let digits = |window: &[u8]| window.iter().all(u8::is_ascii_digit);
    if !text.as_bytes().windows(4).any(digits) {
        return Vec::new();
    }
    let dates = &Lexicon::shipped().dates;
    let mut found = Vec::new();
    for captures in SHAPES.day.captures_iter(text) {
        let whole = captures.get(0).expect("group 0 always matches");
        let next = text.as_bytes().get(whole.end());
        if next.is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let span = Span::new(whole.start(), whole.end());
        let weekday = SHAPES.weekday.captures(tail(&text[..span.start], 14));
        let weekday = weekday.and_then(|captures| weekday_named(&captures[1]));
        let (time, offset_of, zone) = time_near(text, span, dates);
        let moment = |date: Date| Moment {
            date,
            time,
            offset: time.and_then(|time| offset_of.at(date, time)),
        };
        let Some(reading) = reading(&captures, weekday, dates, moment) else {
            continue;
        };
        let date = match reading {
            Reading::One(moment) => Some(moment.date),
            Reading::Either {
                day_first, dots, ..
            } => dots.then_some(day_first.date),
        };
        found.push(DateFound {
            date,
            reading,
            span,
            zone,
        });
    }
    found
}

fn reading(
    captures: &Captures<'_>,
    weekday: Option<Weekday>,
    dates: &Dates,
    moment: impl Fn(Date) -> Moment,
) -> Option<Reading> {
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    for form in [1, 4, 5, 6] {
        let Some(year) = get(&format!("y{form}")) else {
            continue;
        };
        let (month, day) = (get(&format!("m{form}"))?, get(&format!("d{form}"))?);
        let number = || dates.month(&month.to_lowercase());
        let month = month.parse::<i8>().ok().or_else(number)?;
        let date = Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        return Some(Reading::One(moment(date)));
    }
    let dots = get("y2").is_some();
    let form = if dots { 2 } else { 3 };
    let year = get(&format!("y{form}"))?.parse().ok()?;
    let number = |side: char| get(&format!("{side}{form}"))?.parse::<i8>().ok();
    let (one, two) = (number('a')?, number('b')?);
    let fits = |day: &Date| weekday.is_none_or(|weekday| day.weekday() == weekday);
    let day_first = Date::new(year, two, one).ok();
    let month_first = Date::new(year, one, two).ok();
    let (first, second) = match (day_first.filter(fits), month_first.filter(fits)) {
        // A weekday that fits neither is no evidence.
        (None, None) => (day_first, month_first),
        fitting => fitting,
    };
    match (first, second) {
        (Some(one), Some(two)) if one != two => Some(Reading::Either {
            day_first: moment(one),
            month_first: moment(two),
            dots,
        }),
        (Some(day), _) | (None, Some(day)) => Some(Reading::One(moment(day))),
        (None, None) => None,
    }
}

/// How far from UTC a time is: as written, or by the rule of a named zone.
enum OffsetOf<'d> {
    Unknown,
    Written(Offset),
    Named(&'d jiff::tz::TimeZone),
}

impl OffsetOf<'_> {
    fn at(&self, date: Date, time: Time) -> Option<Offset> {
        match self {
            Self::Unknown => None,
            Self::Written(offset) => Some(*offset),
            Self::Named(zone) => {
                let zoned = date.to_datetime(time).to_zoned((*zone).clone()).ok()?;
                Some(zoned.offset())
            }
        }
    }
}

/// The time that stands behind or before a day.
fn time_near<'d>(
    text: &str,
    span: Span,
    dates: &'d Dates,
) -> (Option<Time>, OffsetOf<'d>, Option<String>) {
    let behind = head(&text[span.end..], 60);
    let before = tail(&text[..span.start], 60);
    let captures = SHAPES
        .time_behind
        .captures(behind)
        .or_else(|| SHAPES.time_before.captures(before));
    let none = (None, OffsetOf::Unknown, None);
    let Some(captures) = captures else {
        return none;
    };
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    let number = |name: &str| get(name).and_then(|digits| digits.parse::<i8>().ok());
    let (Some(hour), Some(minute)) = (number("h"), number("n")) else {
        return none;
    };
    let hour = match get("half").map(str::to_ascii_lowercase) {
        Some(half) if half.starts_with('p') && hour < 12 => hour + 12,
        Some(half) if half.starts_with('a') && hour == 12 => 0,
        _ => hour,
    };
    let Ok(time) = Time::new(hour, minute, number("s").unwrap_or(0), 0) else {
        return none;
    };
    let zone = get("zone").map(str::to_owned);
    let offset = if let (Some(sign), Some(hours)) = (get("sign"), number("oh")) {
        let minutes = i32::from(hours) * 60 + i32::from(number("om").unwrap_or(0));
        let minutes = if sign == "+" { minutes } else { -minutes };
        match Offset::from_seconds(minutes * 60) {
            Ok(offset) => OffsetOf::Written(offset),
            Err(_) => OffsetOf::Unknown,
        }
    } else {
        let named = zone.as_deref().and_then(|zone| dates.zone(zone));
        named.map_or(OffsetOf::Unknown, OffsetOf::Named)
    };
    (Some(time), offset, zone)
}

fn head(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn tail(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn weekday_named(name: &str) -> Option<Weekday> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = days.iter().position(|day| name.eq_ignore_ascii_case(day))?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// Returns the first day of `text` that can be told.
pub(crate) fn first(text: &str) -> Option<Date> {
    find(text).into_iter().find_map(|found| found.date)
}

/// Reads a day written for machines: as people write it, as one number, or as seconds since 1970.
pub(crate) fn machine(text: &str) -> Option<DateFound> {
    let text = text.trim();
    if let Some(found) = find(text).into_iter().next() {
        return Some(found);
    }
    let digits = || text.bytes().all(|byte| byte.is_ascii_digit());
    let moment = match text.len() {
        10 | 13 if digits() => {
            let number: i64 = text.parse().ok()?;
            let at = match text.len() {
                13 => Timestamp::from_millisecond(number).ok()?,
                _ => Timestamp::from_second(number).ok()?,
            };
            // Before news was on the web it is no time but a number.
            (at.as_second() > 600_000_000).then(|| Moment::from(at))?
        }
        8 if digits() => Moment::from(compact(text)?),
        15 | 16 if text.as_bytes().get(8) == Some(&b'T') => Moment {
            date: compact(text.get(..8)?)?,
            time: Time::strptime("%H%M%S", text.get(9..15)?).ok(),
            offset: text.ends_with('Z').then_some(Offset::UTC),
        },
        _ => return None,
    };
    Some(DateFound {
        date: Some(moment.date),
        reading: Reading::One(moment),
        span: Span::new(0, text.len()),
        zone: None,
    })
}

fn compact(digits: &str) -> Option<Date> {
    let year = digits.get(..4)?.parse().ok()?;
    let date = Date::new(
        year,
        digits.get(4..6)?.parse().ok()?,
        digits.get(6..8)?.parse().ok()?,
    );
    date.ok().filter(|_| (1900..2100).contains(&year))
}

/// Returns the day that the path of a web address carries.
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let captures = IN_URL.captures(url)?;
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    let month = get("m").or(get("m2"))?;
    let named = || Lexicon::shipped().dates.month(&month.to_ascii_lowercase());
    let month = month.parse::<i8>().ok().or_else(named)?;
    let year = get("y").or(get("y2"))?.parse().ok()?;
    Date::new(year, month, get("d").or(get("d2"))?.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ways_days_are_written() {
        let day = Some(jiff::civil::date(2021, 12, 7));
        for text in [
            "2021-12-07",
            "2021-12-07T10:24:00Z",
            "07.12.2021",
            "7 Dec 2021",
            "December 7, 2021",
            "Tuesday 7 December 2021 10:24 EST",
            "Dec. 7th, 2021",
            "7th of December, 2021",
            "2021/12/07",
            "a - Outlet, 1920, 07.12.2021",
            "07-Dec-2021",
        ] {
            assert_eq!(first(text), day, "{text}");
        }
        assert_eq!(first("25/12/2021"), first("12/25/2021"));
        assert_eq!(first("5/5/2021"), Some(jiff::civil::date(2021, 5, 5)));
    }

    #[test]
    fn examples_of_the_data_file_hold() {
        for example in &Lexicon::shipped().dates.examples {
            let found = find(&example.text).into_iter().next();
            let reading = found.map(|found| found.reading);
            let (day, either) = match reading {
                Some(Reading::One(moment)) => (Some(moment.to_string()), None),
                Some(Reading::Either {
                    day_first,
                    month_first,
                    ..
                }) => (None, Some([day_first, month_first].map(|m| m.to_string()))),
                None => (None, None),
            };
            assert_eq!(
                (day, either),
                (example.day.clone(), example.either.clone()),
                "{}",
                example.text
            );
        }
    }

    #[test]
    fn never_guesses() {
        assert_eq!(find("3/4/2021")[0].date, None);
        for text in [
            "31.02.2021",
            "December 2021",
            "7 December",
            "1920",
            "2021-13-40",
            "12.12.20211",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn days_for_machines_are_numbers_too() {
        let day = |text: &str| machine(text).map(|found| found.reading);
        let one = |text: &str| match day(text) {
            Some(Reading::One(moment)) => moment.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(one("1638869040"), "2021-12-07T09:24:00Z");
        assert_eq!(one("1638869040000"), "2021-12-07T09:24:00Z");
        assert_eq!(one("20211207"), "2021-12-07");
        assert_eq!(one("20211207T092400Z"), "2021-12-07T09:24:00Z");
        assert_eq!(day("1234567"), None);
        assert_eq!(day("20211399"), None);
    }

    #[test]
    fn reads_days_in_addresses() {
        let day = Some(jiff::civil::date(2021, 12, 7));
        for url in [
            "https://a.example/2021/12/07/story.html",
            "https://a.example/20211207/story-109.html",
            "https://a.example/news/2021/dec/07/story",
            "https://a.example/story-2021-12-07",
        ] {
            assert_eq!(in_url(url), day, "{url}");
        }
        assert_eq!(in_url("https://a.example/story-1091324165.html"), None);
        assert_eq!(in_url("https://a.example/2021/12/story"), None);
    }
}
