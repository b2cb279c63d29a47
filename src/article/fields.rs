//! From a record (a JSON object, a row of a table) to the article in it.
//!
//! Which names mean what stands in the lexicon's data and in the user's `--map`; nothing else of
//! the record is looked at.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::{Supplied, date, supplied::split_names};
use crate::lexicon::{Lexicon, fields::Fields};

/// Lists inside objects inside lists are followed so far.
const MAX_DEPTH: usize = 8;

/// One `field=path` of the user: where records keep a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The field.
    pub field: Field,
    /// Its name in the records; dots lead into objects.
    pub path: String,
}

/// What a record can say of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The text.
    Text,
    /// The headline.
    Headline,
    /// The outlet.
    Outlet,
    /// The address.
    Url,
    /// The day of publication.
    Published,
    /// The authors.
    Authors,
    /// The language.
    Language,
    /// What names the record.
    Id,
    /// When it was fetched.
    Captured,
}

impl Field {
    const ALL: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("headline", Self::Headline),
        ("outlet", Self::Outlet),
        ("url", Self::Url),
        ("published", Self::Published),
        ("authors", Self::Authors),
        ("language", Self::Language),
        ("id", Self::Id),
        ("captured", Self::Captured),
    ];
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::ALL.iter().find(|(_, field)| field == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Field::ALL.map(|(name, _)| name).join(", ");
        let expected = || format!("expected FIELD=NAME, where FIELD is one of {names}");
        let (field, path) = text.split_once('=').ok_or_else(expected)?;
        let field = Field::ALL.iter().find(|(name, _)| *name == field.trim());
        let (_, field) = field.ok_or_else(expected)?;
        match path.trim() {
            "" => Err(expected()),
            path => Ok(Self {
                field: *field,
                path: path.to_owned(),
            }),
        }
    }
}

/// An article as a record has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fielded {
    /// The text, which may be marked up.
    pub(super) text: String,
    /// Whether `text` is only a summary.
    pub(super) summary: bool,
    /// Whether `text` is a whole web page.
    pub(super) page: bool,
    /// What else it says.
    pub(super) supplied: Supplied,
    /// What names it.
    pub(super) id: Option<String>,
    /// When it was fetched.
    pub(super) captured: Option<Timestamp>,
}

/// Reads the article of a record; `None` when it holds no text.
pub(super) fn read(record: &Value, map: &[Mapping]) -> Option<Fielded> {
    let fields = &Lexicon::shipped().fields;
    let kind = record.get("@type").and_then(Value::as_str);
    if kind.is_some_and(|kind| fields.not_articles.kinds.iter().any(|other| other == kind)) {
        return None;
    }
    let own = Reader {
        records: vec![record],
        map,
    };
    let with_inner = || {
        let inner = fields
            .inner
            .iter()
            .filter_map(|name| own_value(record, name));
        let inner = inner.filter(|value| value.is_object());
        Reader {
            records: inner.chain([record]).collect(),
            map,
        }
    };
    own.read(fields).or_else(|| with_inner().read(fields))
}

/// Returns the records in `value`: itself if it is an article, else those of its lists.
pub(super) fn records(value: Value, map: &[Mapping]) -> Vec<Value> {
    if let Value::Array(items) = value {
        return items;
    }
    if read(&value, map).is_some() {
        return vec![value];
    }
    let lists = Lexicon::shipped().fields.lists.iter();
    let items = lists
        .filter_map(|path| find(&value, path, 0)?.as_array())
        .find(|items| items.iter().any(|item| read(item, map).is_some()));
    match items {
        Some(items) => items.clone(),
        None => vec![value],
    }
}

/// A record and the objects inside it that are looked through first.
struct Reader<'a> {
    records: Vec<&'a Value>,
    map: &'a [Mapping],
}

impl Reader<'_> {
    fn read(&self, fields: &Fields) -> Option<Fielded> {
        let whole = |names: &[String]| {
            let text = self.texts(Field::Text, names).join("\n\n");
            (!text.trim().is_empty()).then_some(text)
        };
        let text = whole(&fields.text).map(|text| (text, false, false));
        let page = || Some((whole(&fields.page)?, false, true));
        let summary = || Some((whole(&fields.summary)?, true, false));
        let (text, summary, page) = text.or_else(page).or_else(summary)?;
        let one = |field, names: &[String]| self.texts(field, names).into_iter().next();
        let outlet = one(Field::Outlet, &fields.outlet).map(|name| outlet(&name));
        let published = self.texts(Field::Published, &fields.published);
        let authors = self.texts(Field::Authors, &fields.authors);
        let url = self.all(Field::Url, &fields.url);
        Some(Fielded {
            page: page || super::html::sniff(&text),
            text,
            summary,
            supplied: Supplied {
                origin: "record",
                outlet,
                headline: one(Field::Headline, &fields.headline).map(|text| one_line(&text)),
                published: published.iter().find_map(|text| day(text)),
                url: url.into_iter().find(|url| is_address(url)),
                authors: authors
                    .iter()
                    .flat_map(|names| split_names(names))
                    .collect(),
                language: one(Field::Language, &fields.language),
            },
            id: one(Field::Id, &fields.id),
            captured: one(Field::Captured, &fields.captured).and_then(|text| moment(&text)),
        })
    }

    /// The texts under the first name that is filled.
    fn texts(&self, field: Field, names: &[String]) -> Vec<String> {
        self.values(field, names).next().unwrap_or_default()
    }

    /// The texts under all names.
    fn all(&self, field: Field, names: &[String]) -> Vec<String> {
        self.values(field, names).flatten().collect()
    }

    fn values<'n>(
        &'n self,
        field: Field,
        names: &'n [String],
    ) -> impl Iterator<Item = Vec<String>> + 'n {
        let mapped = self
            .map
            .iter()
            .filter(move |mapping| mapping.field == field);
        let mapped = mapped.map(|mapping| mapping.path.as_str());
        let known = names.iter().map(String::as_str);
        mapped.chain(known).filter_map(|name| {
            let mut texts = Vec::new();
            let records = self.records.iter();
            let value = records.filter_map(|record| find(record, name, 0)).next()?;
            collect(value, &mut texts, 0);
            texts.retain(|text| !text.trim().is_empty());
            (!texts.is_empty()).then_some(texts)
        })
    }
}

/// Finds the value under a name, else along its dots.
fn find<'v>(value: &'v Value, path: &str, depth: usize) -> Option<&'v Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(found) = own_value(value, path) {
        return Some(found);
    }
    let (first, rest) = path.split_once('.')?;
    let inner = match value {
        Value::Array(items) => items.get(first.parse::<usize>().ok()?)?,
        _ => own_value(value, first)?,
    };
    find(inner, rest, depth + 1)
}

fn own_value<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let object = value.as_object()?;
    let filled = |value: &&Value| !value.is_null();
    object.get(name).filter(filled).or_else(|| {
        let alike = |(key, _): &(&String, &Value)| letters(key).eq(letters(name));
        object
            .iter()
            .filter(alike)
            .map(|(_, value)| value)
            .find(filled)
    })
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '@'))
        .map(|letter| letter.to_ascii_lowercase())
}

/// The texts of a value: itself, what names it, or those of its items.
fn collect(value: &Value, texts: &mut Vec<String>, depth: usize) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Number(number) => texts.push(number.to_string()),
        Value::Array(items) if depth < MAX_DEPTH => {
            for item in items {
                collect(item, texts, depth + 1);
            }
        }
        Value::Object(object) if depth < MAX_DEPTH => {
            const NAMES: [&str; 9] = [
                "name", "rendered", "@value", "$t", "#text", "text", "value", "title", "@id",
            ];
            if let Some(value) = NAMES.iter().find_map(|name| object.get(*name)) {
                collect(value, texts, depth + 1);
            }
        }
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A known outlet is named as such where only its domain is given.
fn outlet(name: &str) -> String {
    let name = one_line(name);
    let is_domain = name.contains('.') && !name.contains(' ');
    let host = name.strip_prefix("www.").unwrap_or(&name);
    let known = || Lexicon::shipped().outlets.by_domain(host);
    match is_domain.then(known).flatten() {
        Some(known) => known.name.clone(),
        None if is_domain => host.to_owned(),
        None => name,
    }
}

fn is_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// The day that a text or a number of seconds names.
fn day(text: &str) -> Option<jiff::civil::Date> {
    match text.trim().parse::<i64>() {
        Ok(seconds) if text.trim().len() != 8 => {
            epoch(seconds).map(|time| time.to_zoned(TimeZone::UTC).date())
        }
        _ => date::first(text),
    }
}

/// The moment that a text or a number of seconds names.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return epoch(seconds);
    }
    let civil = || text.parse::<jiff::civil::DateTime>().ok();
    let utc = || {
        civil()?
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    text.parse().ok().or_else(utc)
}

/// Seconds or milliseconds since 1970; small numbers are no time.
fn epoch(number: i64) -> Option<Timestamp> {
    match number {
        100_000_000..100_000_000_000 => Timestamp::from_second(number).ok(),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_data_are_read_as_they_say() {
        let fields = &Lexicon::shipped().fields;
        assert!(fields.examples.len() > 5);
        for example in &fields.examples {
            let record: Value = serde_json::from_str(&example.record).unwrap();
            let record = records(record, &[]).remove(0);
            let Some(text) = &example.text else {
                assert_eq!(read(&record, &[]), None, "{}", example.record);
                continue;
            };
            let found = read(&record, &[]).unwrap_or_else(|| panic!("{}", example.record));
            assert_eq!(&found.text, text, "{}", example.record);
            let supplied = found.supplied;
            assert_eq!(supplied.headline, example.headline, "{}", example.record);
            assert_eq!(supplied.outlet, example.outlet, "{}", example.record);
            assert_eq!(supplied.url, example.url, "{}", example.record);
            assert_eq!(supplied.authors, example.authors, "{}", example.record);
            assert_eq!(supplied.language, example.language, "{}", example.record);
            let published = supplied.published.map(|day| day.to_string());
            assert_eq!(published, example.published, "{}", example.record);
        }
    }

    #[test]
    fn the_user_says_where_a_field_is() {
        let record = serde_json::json!({"a": {"b": ["One.", "Two."]}, "text": "other", "t.x": "T"});
        let map = ["text=a.b", "headline = t.x"].map(|text| text.parse().unwrap());
        let found = read(&record, &map).unwrap();
        assert_eq!(found.text, "One.\n\nTwo.");
        assert_eq!(found.supplied.headline.as_deref(), Some("T"));
        assert!("words=a".parse::<Mapping>().is_err());
        assert!("text".parse::<Mapping>().is_err());
        assert!("text=".parse::<Mapping>().is_err());
    }

    #[test]
    fn lists_inside_an_answer_are_its_records() {
        let answer =
            serde_json::json!({"status": "ok", "articles": [{"text": "a"}, {"text": "b"}]});
        assert_eq!(records(answer, &[]).len(), 2);
        let one = serde_json::json!({"text": "a", "data": [{"text": "comment"}]});
        assert_eq!(records(one.clone(), &[]), [one]);
    }

    #[test]
    fn times_are_read_in_seconds_milliseconds_and_words() {
        let moments = [
            "1588500000",
            "1588500000000",
            "2020-05-03T10:00:00Z",
            "2020-05-03 10:00:00",
        ];
        for text in moments {
            assert_eq!(moment(text).unwrap().as_second(), 1_588_500_000, "{text}");
        }
        assert_eq!(day("20200503"), date::first("20200503"));
        assert_eq!(moment("14"), None);
    }
}
