//! Metadata that stands beside the text: front matter at its start and sidecar files next to it.
//!
//! Keys that are not known are skipped, never an error.

use serde_json::Value;

use super::{Supplied, date};
use crate::span::Span;

impl Supplied {
    /// Says whether there is nothing in it.
    pub(super) fn is_blank(&self) -> bool {
        let blank = Self {
            origin: self.origin,
            ..Self::default()
        };
        *self == blank
    }

    /// Takes one value; returns whether the key is known.
    pub(super) fn set(&mut self, key: &str, value: &str) -> bool {
        let value = value.trim().trim_matches(['"', '\'']).trim();
        let filled = || (!value.is_empty()).then(|| value.to_owned());
        match key
            .trim()
            .to_ascii_lowercase()
            .replace(['-', ' '], "_")
            .as_str()
        {
            "outlet" | "publisher" | "site" | "sitename" | "site_name" => self.outlet = filled(),
            "headline" | "title" => self.headline = filled(),
            "published" | "date" | "pubdate" | "date_published" | "datepublished"
            | "publication_date" | "published_at" => self.published = date::first(value),
            "url" | "link" | "canonical" | "canonical_url" | "source_url" => self.url = filled(),
            "author" | "authors" | "byline" => {
                let list = value.trim_matches(['[', ']']);
                self.authors.extend(split_names(list));
            }
            "language" | "lang" | "inlanguage" => self.language = filled(),
            _ => return false,
        }
        true
    }

    /// Takes the known keys of a JSON or TOML table.
    fn set_all(&mut self, table: &Value) {
        for (key, value) in table.as_object().into_iter().flatten() {
            match value {
                Value::Array(items) => {
                    for item in items.iter().filter_map(Value::as_str) {
                        self.set(key, item);
                    }
                }
                Value::String(text) => {
                    self.set(key, text);
                }
                // A date of TOML is serialised as a table with one entry.
                Value::Object(parts) => {
                    if let Some(text) = parts.values().find_map(Value::as_str) {
                        self.set(key, text);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Splits a list of names at commas, semicolons and "and".
pub(crate) fn split_names(list: &str) -> impl Iterator<Item = String> {
    list.split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" и "))
        .flat_map(|part| part.split(" та "))
        .map(|name| name.trim().trim_matches(['"', '\'']).trim())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Writes what is known of an article as front matter that [`front_matter`] reads back; the
/// headline stands in the text.
pub(super) fn write_front_matter(known: &[Supplied]) -> String {
    let mut lines = String::new();
    let mut line = |key: &str, value: Option<String>| {
        let value = value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            lines.push_str(&format!("{key}: {value}\n"));
        }
    };
    line(
        "outlet",
        known.iter().find_map(|known| known.outlet.clone()),
    );
    let published = known.iter().find_map(|known| known.published);
    line("published", published.map(|day| day.to_string()));
    line("url", known.iter().find_map(|known| known.url.clone()));
    let authors = known
        .iter()
        .map(|known| &known.authors)
        .find(|names| !names.is_empty());
    line("authors", authors.map(|names| names.join(", ")));
    line(
        "language",
        known.iter().find_map(|known| known.language.clone()),
    );
    match lines.is_empty() {
        true => lines,
        false => format!("---\n{lines}---\n"),
    }
}

/// Reads a sidecar; the error is the parser's message.
pub(super) fn sidecar(text: &str, json: bool) -> Result<Supplied, String> {
    let table: Value = if json {
        serde_json::from_str(text).map_err(|error| error.to_string())?
    } else {
        toml::from_str(text).map_err(|error| error.message().to_owned())?
    };
    let mut supplied = Supplied {
        origin: "sidecar",
        ..Supplied::default()
    };
    supplied.set_all(&table);
    Ok(supplied)
}

/// Reads front matter at the start of `text` and says where the text behind it starts.
///
/// Front matter is fenced by `---` or `+++`, or is a head of at least two known `key: value` lines
/// ended by a blank line.
pub(super) fn front_matter(text: &str, start: usize) -> Option<(Supplied, usize)> {
    let body = text.get(start..)?;
    let mut lines = lines(body);
    let (_, first) = lines.next()?;
    let fence = match first.trim_end() {
        fence @ ("---" | "+++") => Some(fence),
        _ => None,
    };
    let mut supplied = Supplied {
        origin: "front matter",
        ..Supplied::default()
    };
    let head = if fence.is_some() {
        lines
    } else {
        self::lines(body)
    };
    let (mut known, mut list_key, mut inside) = (0, None, String::new());
    for (span, line) in head.take(100) {
        let ends = fence.map_or(line.trim().is_empty(), |fence| line.trim_end() == fence);
        if ends {
            if fence == Some("+++") {
                supplied.set_all(&toml::from_str(&inside).ok()?);
            }
            let enough = fence.is_some() || known >= 2;
            return (enough && !supplied.is_blank()).then_some((supplied, start + span.end));
        }
        inside.push_str(line);
        inside.push('\n');
        match (line.trim_start().strip_prefix("- "), line.split_once(':')) {
            (Some(item), _) if list_key.is_some() => {
                supplied.set(list_key.unwrap_or_default(), item);
            }
            (_, Some((key, value))) if key.len() < 30 => {
                known += usize::from(supplied.set(key, value));
                list_key = value.trim().is_empty().then_some(key);
            }
            _ if fence.is_some() => {}
            _ => return None,
        }
    }
    None
}

/// The lines of `text` with their spans; a span ends behind the line break.
fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end;
        (span, line.trim_end_matches(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_of_three_kinds_is_read() {
        for text in [
            "---\ntitle: \"Rain stops play\"\nauthors:\n  - Jane Doe\n  - John Roe\ndate: 2020-05-03\n---\nText.",
            "+++\ntitle = \"Rain stops play\"\nauthors = [\"Jane Doe\", \"John Roe\"]\ndate = 2020-05-03\n+++\nText.",
            "title: Rain stops play\nauthors: Jane Doe, John Roe\ndate: May 3, 2020\n\nText.",
        ] {
            let (supplied, start) = front_matter(text, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                supplied.headline.as_deref(),
                Some("Rain stops play"),
                "{text}"
            );
            assert_eq!(
                supplied.published,
                Some(jiff::civil::date(2020, 5, 3)),
                "{text}"
            );
            assert_eq!(supplied.authors, ["Jane Doe", "John Roe"], "{text}");
            assert_eq!(&text[start..], "Text.");
        }
    }

    #[test]
    fn front_matter_that_is_written_is_read_back() {
        let known = Supplied {
            origin: "front matter",
            outlet: Some("Example\nNews".to_owned()),
            published: Some(jiff::civil::date(2020, 5, 3)),
            url: Some("https://news.example/a:b".to_owned()),
            authors: vec!["Jane Doe".to_owned(), "John Roe".to_owned()],
            language: Some("en".to_owned()),
            headline: None,
        };
        let text = write_front_matter(std::slice::from_ref(&known));
        let read = front_matter(&text, 0).unwrap();
        let outlet = Some("Example News".to_owned());
        assert_eq!(read, (Supplied { outlet, ..known }, text.len()));
        assert_eq!(write_front_matter(&[]), "");
    }

    #[test]
    fn an_ordinary_text_has_no_front_matter() {
        for text in [
            "Headline\n\nText.",
            "Update: it rains\n\nText.",
            "---\nText without an end",
            "",
            "date: x",
        ] {
            assert_eq!(front_matter(text, 0), None, "{text}");
        }
    }

    #[test]
    fn sidecars_are_read_and_bad_ones_named() {
        let json = sidecar(
            r#"{"outlet": "Example News", "url": "https://a.example/", "n": 3}"#,
            true,
        );
        assert_eq!(json.unwrap().outlet.as_deref(), Some("Example News"));
        assert_eq!(
            sidecar("published = 2020-05-03", false).unwrap().published,
            Some(jiff::civil::date(2020, 5, 3))
        );
        assert!(sidecar("{", true).is_err());
    }
}
