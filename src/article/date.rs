//! Days of the calendar as articles and markup write them.
//!
//! It never guesses: `3/4/2021` has two readings and gives none.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::span::Span;

/// A day found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateFound {
    /// The day, or `None` when day and month cannot be told apart.
    pub(crate) date: Option<Date>,
    /// Where it stands in the text given.
    pub(crate) span: Span,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?:19|20)[0-9]{2}";
    let forms = [
        format!("(?P<y1>{year})(?:-|/|\\.)(?P<m1>[0-9]{{1,2}})(?:-|/|\\.)(?P<d1>[0-9]{{1,2}})"),
        format!("(?P<d2>[0-9]{{1,2}})\\.(?P<m2>[0-9]{{1,2}})\\.(?P<y2>{year})"),
        format!("(?P<a3>[0-9]{{1,2}})[/-](?P<b3>[0-9]{{1,2}})[/-](?P<y3>{year})"),
        format!(
            "(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<m4>{MONTH})[.,]?[ -](?P<y4>{year})"
        ),
        format!("(?P<m5>{MONTH})\\.? (?P<d5>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y5>{year})"),
    ];
    Regex::new(&format!("(?i)\\b(?:{})", forms.join("|"))).expect("compiled by a test")
});

static IN_URL: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(?P<m>0[1-9]|1[0-2]|[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
    let apart = format!("(?P<y>(?:19|20)[0-9]{{2}})[/_-]{month}[/_-](?P<d>[0-3]?[0-9])");
    let together = "(?P<y2>(?:19|20)[0-9]{2})(?P<m2>[01][0-9])(?P<d2>[0-3][0-9])";
    Regex::new(&format!("(?i)[/_-](?:{apart}|{together})(?:[^0-9]|$)")).expect("compiled by a test")
});

/// Finds the days written in `text`, in order.
pub(crate) fn find(text: &str) -> Vec<DateFound> {
    let mut found = Vec::new();
    for captures in WRITTEN.captures_iter(text) {
        let whole = captures.get(0).expect("group 0 always matches");
        let next = text.as_bytes().get(whole.end());
        if next.is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let get = |name: &str| captures.name(name).map(|m| m.as_str());
        let day = (1..=5).find_map(|form| {
            let year = get(&format!("y{form}"))?;
            if form != 3 {
                return Some(civil(
                    year,
                    get(&format!("m{form}"))?,
                    get(&format!("d{form}"))?,
                ));
            }
            let readings = [
                civil(year, get("b3")?, get("a3")?),
                civil(year, get("a3")?, get("b3")?),
            ];
            match readings {
                [Some(one), Some(other)] if one != other => Some(None),
                [Some(one), _] | [None, Some(one)] => Some(Some(one)),
                [None, None] => None,
            }
        });
        let span = Span::new(whole.start(), whole.end());
        match day {
            Some(None) if get("y3").is_none() => {}
            Some(date) => found.push(DateFound { date, span }),
            None => {}
        }
    }
    found
}

/// Returns the first day of `text` that can be told.
pub(crate) fn first(text: &str) -> Option<Date> {
    find(text).into_iter().find_map(|found| found.date)
}

/// Returns the day that the path of a web address carries.
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let captures = IN_URL.captures(url)?;
    let get = |name: &str| captures.name(name).map(|m| m.as_str());
    civil(
        get("y").or(get("y2"))?,
        get("m").or(get("m2"))?,
        get("d").or(get("d2"))?,
    )
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let named = || {
        let head = month.get(..3)?.to_ascii_lowercase();
        let at = MONTHS.iter().position(|name| *name == head)?;
        i8::try_from(at + 1).ok()
    };
    let month = month.parse::<i8>().ok().or_else(named)?;
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
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
