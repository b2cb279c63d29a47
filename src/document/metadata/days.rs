//! When an article was published and changed, from all that says so.
//!
//! Where day and month cannot be told apart, the page's other days, its outlet's country and its
//! language decide, else nothing is told.

use super::{Claim, Conflict, Reader};
use crate::{
    article::{
        Key, Moment,
        date::{self, DateFound, Reading},
    },
    diagnostic::Diagnostic,
    document::{BlockKind, Found},
    lexicon::dates::{DateOrder, DayOf},
    span::Span,
};

/// A day with where it was found, not yet told apart.
struct Day {
    reading: Reading,
    zone: Option<String>,
    claim: Claim,
    key: Key,
}

/// What was found of days.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub(super) published: Option<Found<Moment>>,
    pub(super) modified: Option<Found<Moment>>,
}

impl Reader<'_, '_> {
    /// Reads the days; the outlet's country is evidence for the order of numbers.
    pub(super) fn days(&mut self, url: Option<&Found<String>>, country: Option<&str>) -> Days {
        let mut all = self.supplied_days();
        all.extend(self.stated_days());
        all.extend(self.shown_days());
        all.extend(self.stamped());
        let by_url = url.and_then(|url| date::in_url(&url.value));
        let order = self.order(&all, by_url.map(Moment::from), url, country);
        let mut found: Vec<(Key, Found<Moment>)> = Vec::new();
        let mut doubtful: Vec<Day> = Vec::new();
        for day in all {
            match (day.reading, order) {
                (Reading::One(moment), _) => found.push((day.key, day.claim.found(moment))),
                (reading, Some(order)) => {
                    found.push((day.key, day.claim.found(reading.in_order(order))))
                }
                // With dots the day comes first nearly everywhere.
                (
                    Reading::Either {
                        day_first,
                        dots: true,
                        ..
                    },
                    None,
                ) => {
                    found.push((day.key, day.claim.found(day_first)));
                }
                (Reading::Either { .. }, None) => doubtful.push(day),
            }
        }
        let of = |key: Key| -> Vec<&Found<Moment>> {
            let own = found.iter().filter(|(own, _)| *own == key);
            own.map(|(_, found)| found).collect()
        };
        let mut published = of(Key::Published);
        let modified = of(Key::Modified);
        // An element for days that says nothing else shows the day of the last change too.
        let changes = |day: &&Found<Moment>| {
            let loose = day.place == "time" || day.place == "line";
            loose && modified.iter().any(|other| other.value.agrees(&day.value))
        };
        if published.iter().any(|day| !changes(day)) {
            published.retain(|day| !changes(day));
        }
        let by_url = by_url.map(|day| Found {
            value: Moment::from(day),
            origin: "url",
            place: "path".to_owned(),
            span: None,
        });
        let best = published.first().map(|best| exact(best, &published));
        let best = best.or_else(|| by_url.clone());
        if let Some(best) = &best {
            let other = published.iter().find(|day| apart(best, day));
            let other = other
                .copied()
                .or_else(|| by_url.as_ref().filter(|day| apart(best, day)));
            if let Some(other) = other {
                self.conflict(Key::Published, best, other);
            }
        } else if let Some(day) = doubtful.iter().find(|day| day.key == Key::Published) {
            self.doubt(&day.claim);
        }
        let changed = modified.first().map(|best| exact(best, &modified));
        if let Some(changed) = &changed
            && let Some(other) = modified.iter().find(|day| apart(changed, day))
        {
            self.conflict(Key::Modified, changed, other);
        }
        Days {
            published: best,
            modified: changed,
        }
    }

    fn doubt(&mut self, claim: &Claim) {
        let message = format!("day and month of \"{}\" cannot be told apart", claim.words);
        let mut diagnostic = Diagnostic::warning("W-DATE-AMBIGUOUS", &self.raw.path, message);
        diagnostic.span = claim.span;
        self.diagnostics
            .push(diagnostic.with_hint("give `--published YYYY-MM-DD`"));
        self.unknown.push((Key::Published, claim.words.clone()));
    }

    fn conflict(&mut self, key: Key, one: &Found<Moment>, other: &Found<Moment>) {
        let message = format!(
            "{} {} by its {}, {} by its {}",
            key.name(),
            one.value,
            one.source(),
            other.value,
            other.source()
        );
        let diagnostic = Diagnostic::warning("W-DATE-CONFLICT", &self.raw.path, message);
        self.diagnostics.push(diagnostic);
        self.conflicts.push(Conflict {
            key,
            values: vec![one.as_text(), other.as_text()],
        });
    }

    fn supplied_days(&self) -> Vec<Day> {
        let days = self.raw.supplied.iter();
        days.filter_map(|supplied| {
            let date = supplied.published?;
            Some(Day {
                reading: Reading::One(date.into()),
                zone: None,
                claim: Claim::new(date.to_string(), supplied.origin, "published"),
                key: Key::Published,
            })
        })
        .collect()
    }

    /// What the markup says, in its order.
    fn stated_days(&self) -> Vec<Day> {
        let stated = self.raw.page.stated.iter();
        let days = stated.filter(|stated| matches!(stated.key, Key::Published | Key::Modified));
        days.filter_map(|stated| {
            let found = date::machine(&stated.value)?;
            Some(Day {
                reading: found.reading,
                zone: found.zone,
                claim: Claim::new(
                    found
                        .span
                        .slice(stated.value.trim())
                        .unwrap_or(&stated.value)
                        .to_owned(),
                    stated.origin,
                    &stated.place,
                ),
                key: stated.key,
            })
        })
        .collect()
    }

    /// Bylines and date lines: those above the text before those below it.
    fn shown_days(&self) -> Vec<Day> {
        let metas = self.all.iter().enumerate();
        let metas = metas.filter(|(_, c)| c.kind == BlockKind::Meta && c.stamp.is_none());
        let (top, bottom): (Vec<_>, Vec<_>) = metas.partition(|(at, _)| self.is_top(*at));
        let mut days = Vec::new();
        for (_, c) in top.into_iter().chain(bottom) {
            let line = self.of(c);
            let mut before = 0;
            for DateFound {
                reading,
                span,
                zone,
                ..
            } in date::find(line)
            {
                let label = self.lexicon.dates.label(&line[before..span.start]);
                before = span.end;
                let start = c.line.span.start;
                let span = Span::new(start + span.start, start + span.end);
                if self.in_url(c, span) {
                    continue;
                }
                let key = match label {
                    Some(DayOf::Change) => Key::Modified,
                    _ => Key::Published,
                };
                days.push(Day {
                    reading,
                    zone,
                    claim: Claim::at(span, self.text),
                    key,
                });
            }
        }
        // "Updated" alone says no other day than that of publication.
        if !days.iter().any(|day| day.key == Key::Published) && self.raw.page.stated.is_empty() {
            for day in &mut days {
                day.key = Key::Published;
            }
        }
        days
    }

    /// A day inside an address is judged with the address.
    fn in_url(&self, c: &super::Classified<'_>, span: Span) -> bool {
        let before = &self.text[c.line.span.start..span.start];
        let address = before.rfind("http");
        address.is_some_and(|at| !before[at..].contains(' '))
    }

    /// The day stamped on the article's own picture: the first one above the text, else the newest.
    fn stamped(&self) -> Option<Day> {
        let days = self.all.iter().enumerate().filter_map(|(at, c)| {
            let span = c.stamp.as_ref()?.date?;
            let found = date::find(span.of(self.text)).into_iter().next()?;
            Some((
                at,
                found.reading.in_order(DateOrder::DayFirst),
                found.reading,
                span,
            ))
        });
        let days: Vec<_> = days.collect();
        let top = days.iter().find(|(at, ..)| self.is_top(*at));
        let newest = || {
            days.iter()
                .max_by_key(|(at, day, ..)| (*day, usize::MAX - at))
        };
        let (_, _, reading, span) = top.or_else(newest)?;
        Some(Day {
            reading: *reading,
            zone: None,
            claim: Claim::at(*span, self.text),
            key: Key::Published,
        })
    }

    /// In which order the page writes day and month.
    fn order(
        &self,
        days: &[Day],
        by_url: Option<Moment>,
        url: Option<&Found<String>>,
        country: Option<&str>,
    ) -> Option<DateOrder> {
        let known: Vec<Moment> = days
            .iter()
            .filter_map(|day| match day.reading {
                Reading::One(moment) => Some(moment),
                Reading::Either { .. } => None,
            })
            .chain(by_url)
            .collect();
        for day in days {
            let Reading::Either {
                day_first,
                month_first,
                ..
            } = day.reading
            else {
                continue;
            };
            // The same day elsewhere on the page.
            let fits = |moment: Moment| known.iter().any(|other| other.agrees(&moment));
            match (fits(day_first), fits(month_first)) {
                (true, false) => return Some(DateOrder::DayFirst),
                (false, true) => return Some(DateOrder::MonthFirst),
                _ => {}
            }
        }
        // A day in numbers that can be read in one way only.
        let habit = days
            .iter()
            .filter(|day| matches!(day.reading, Reading::One(_)));
        if let Some(order) = habit.filter_map(|day| numbers(&day.claim.words)).next() {
            return Some(order);
        }
        let dates = &self.lexicon.dates;
        let zone = days
            .iter()
            .filter_map(|day| dates.order_of_zone(day.zone.as_deref()?))
            .next();
        let region = self
            .raw
            .page
            .stated
            .iter()
            .filter(|stated| stated.key == Key::Language);
        let region = region
            .filter_map(|stated| order_of_language(&stated.value, dates))
            .next();
        country
            .and_then(|country| dates.order_of_country(country))
            .or(zone)
            .or(region)
            .or_else(|| {
                let host = url::Url::parse(&url?.value).ok()?;
                let end = host.host_str()?.rsplit('.').next()?.to_owned();
                let country = match end.as_str() {
                    "uk" => "GB",
                    end if end.len() == 2
                        && !matches!(end, "io" | "co" | "tv" | "me" | "ai" | "eu") =>
                    {
                        end
                    }
                    _ => return None,
                };
                dates.order_of_country(country)
            })
    }
}

/// "25/12/2021" has its day first.
fn numbers(words: &str) -> Option<DateOrder> {
    let mut parts = words.split(['/', '.', '-']);
    let (one, two) = (parts.next()?.trim(), parts.next()?.trim());
    let (one, two): (u32, u32) = (one.parse().ok()?, two.parse().ok()?);
    match (one, two) {
        (13..=31, 1..=12) => Some(DateOrder::DayFirst),
        (1..=12, 13..=31) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// "en-US" writes the month first; "de" the day; "en" either.
fn order_of_language(code: &str, dates: &crate::lexicon::dates::Dates) -> Option<DateOrder> {
    let code = code.replace('_', "-");
    match code.split_once('-') {
        Some((_, region)) if region.len() == 2 => dates.order_of_country(region),
        _ => {
            let plain = code.len() == 2 && !code.eq_ignore_ascii_case("en");
            plain.then_some(DateOrder::DayFirst)
        }
    }
}

/// The same moment as another place tells it, where that tells the time too.
fn exact(best: &Found<Moment>, all: &[&Found<Moment>]) -> Found<Moment> {
    let fuller =
        |other: &&&Found<Moment>| other.value.date == best.value.date && other.value.time.is_some();
    match best.value.time {
        None => (*all.iter().find(fuller).unwrap_or(&best)).clone(),
        Some(_) => best.clone(),
    }
}

fn apart(best: &Found<Moment>, other: &Found<Moment>) -> bool {
    if best.value.agrees(&other.value) || best.source() == other.source() && best.place == "time" {
        return false;
    }
    let days = best
        .value
        .date
        .until(other.value.date)
        .map_or(0, |span| span.get_days().abs());
    // Addresses carry the day on which a text was begun; what is only shown may be of another zone.
    days > 1 || other.origin != "url"
}
