//! Pages of our own in the manner of real sites: main text and metadata, field by field.

use std::{collections::BTreeMap, fs, path::Path};

use claimgraph::{
    article::{self, ReadOptions},
    document::{self, CleanOptions},
    lexicon::Lexicon,
};
use serde::Deserialize;
use serde_json::Value;

use crate::common::root;

/// What a page says.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct Expected {
    about: String,
    headline: Option<String>,
    outlet: Option<String>,
    authors: Vec<String>,
    published: Option<toml::Value>,
    modified: Option<toml::Value>,
    canonical: Option<String>,
    language: Option<String>,
    section: Option<String>,
    agency: Vec<String>,
    conflicts: Vec<String>,
    unknown: Vec<String>,
    state: Option<String>,
    contains: Vec<String>,
    lacks: Vec<String>,
    links: Vec<String>,
}

/// Right and all of a field, and what is wrong.
#[derive(Default)]
struct Scores {
    counts: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<String>,
}

impl Scores {
    fn add(&mut self, field: &'static str, page: &str, right: bool, what: impl FnOnce() -> String) {
        let count = self.counts.entry(field).or_default();
        count.0 += usize::from(right);
        count.1 += 1;
        if !right {
            self.wrong.push(format!("{field} | {page} | {}", what()));
        }
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Compares moments as written, whole seconds and either sign of UTC.
fn moment(value: &str) -> String {
    let value = value
        .trim_matches('"')
        .replace(' ', "T")
        .replace("+00:00", "Z");
    match value.split_once('.') {
        Some((head, tail)) => {
            head.to_owned() + tail.trim_start_matches(|c: char| c.is_ascii_digit())
        }
        None => value,
    }
}

fn check(page: &str, expected: &Expected, html: &Path, scores: &mut Scores) {
    let read = article::read(html, &ReadOptions::default());
    let state = expected.state.as_deref().unwrap_or("whole");
    let raw = match read {
        Err(error) => {
            scores.add("state", page, state == "none", || error.to_string());
            return;
        }
        Ok(raw) => raw.value,
    };
    let document = document::clean(&raw, Lexicon::shipped(), &CleanOptions::default()).value;
    let found = serde_json::to_value(document.portrait(true)).unwrap();
    let own = found["state"].as_str().unwrap();
    scores.add("state", page, own == state, || {
        format!("{state}, got {own}")
    });
    if state == "none" {
        return;
    }
    let value = |key: &str| found[key]["value"].as_str().map(str::to_owned);
    let open = |key: &str| expected.conflicts.iter().any(|conflict| conflict == key);
    let day = |value: &Option<toml::Value>| value.as_ref().map(|value| moment(&value.to_string()));
    let fields: [(&'static str, Option<String>); 7] = [
        ("headline", expected.headline.clone()),
        ("outlet", expected.outlet.clone()),
        ("published", day(&expected.published)),
        ("modified", day(&expected.modified)),
        ("canonical", expected.canonical.clone()),
        ("language", expected.language.clone()),
        ("section", expected.section.clone()),
    ];
    for (key, right) in fields {
        let mut got = value(key).map(|value| fold(&value));
        if matches!(key, "published" | "modified") {
            got = got.map(|got| moment(&got));
        }
        // What the places of a page disagree on may be told either way.
        let said = right.is_some()
            || got.is_some() && key != "language"
            || expected.unknown.iter().any(|field| field == key);
        if said && !(open(key) && right.is_none()) {
            scores.add(key, page, got == right, || {
                format!("{right:?}, got {got:?} by {}", found[key]["place"])
            });
        }
    }
    let names = |key: &str| -> Vec<String> {
        let all = found[key].as_array().unwrap().iter();
        all.filter_map(|one| Some(one["value"].as_str()?.to_owned()))
            .collect()
    };
    for (key, right) in [("authors", &expected.authors), ("agency", &expected.agency)] {
        let got = names(key);
        if !(open(key) || right.is_empty() && got.is_empty()) {
            scores.add(key, page, got == *right, || {
                format!("{right:?}, got {got:?}")
            });
        }
    }
    let conflicts: Vec<&String> = found["conflicts"].as_object().unwrap().keys().collect();
    for conflict in &expected.conflicts {
        scores.add(
            "conflicts found",
            page,
            conflicts.contains(&conflict),
            || conflict.clone(),
        );
    }
    for conflict in conflicts {
        scores.add(
            "conflicts right",
            page,
            expected.conflicts.contains(conflict),
            || format!("{conflict}: {}", found["conflicts"][conflict]),
        );
    }
    let text = fold(found["text"].as_str().unwrap());
    for words in &expected.contains {
        scores.add("text has", page, text.contains(&fold(words)), || {
            words.clone()
        });
    }
    for words in &expected.lacks {
        scores.add("text lacks", page, !text.contains(&fold(words)), || {
            words.clone()
        });
    }
    let links = |url: &Value| url["url"].as_str().unwrap().to_owned();
    let links: Vec<String> = found["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(links)
        .collect();
    for link in &expected.links {
        scores.add("links", page, links.contains(link), || {
            format!("{link} in {links:?}")
        });
    }
    for link in &raw.page.links {
        let words = link.span.slice(&raw.snapshot.text);
        scores.add(
            "spans",
            page,
            words.is_some_and(|words| words.trim() == words && !words.is_empty()),
            || link.url.clone(),
        );
    }
}

#[test]
fn text_and_metadata_of_pages_in_the_manner_of_real_sites_are_read() {
    let mut scores = Scores::default();
    let mut pages: Vec<_> = fs::read_dir(root().join("fixtures/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    pages.sort();
    for path in &pages {
        let name = path.file_stem().unwrap().to_string_lossy();
        let expected: Expected = toml::from_str(&fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!expected.about.is_empty(), "{name}");
        check(&name, &expected, &path.with_extension("html"), &mut scores);
    }
    // Read with `--nocapture`.
    let mut report = String::new();
    for (field, (right, all)) in &scores.counts {
        report.push_str(&format!("{field:<16} {right:>4} of {all:>4}\n"));
    }
    report.push_str(&scores.wrong.join("\n"));
    println!("{} pages\n{report}", pages.len());
    for (field, least) in FLOORS {
        let (right, all) = scores.counts.get(field).copied().unwrap_or((0, 1));
        assert!(
            right * 100 >= least * all,
            "{field}: {right} of {all}\n{report}"
        );
    }
}

/// Of so many in a hundred each field must be right.
const FLOORS: [(&str, usize); 16] = [
    ("text has", 100),
    ("text lacks", 100),
    ("spans", 100),
    ("state", 100),
    ("headline", 100),
    ("outlet", 98),
    ("published", 100),
    ("modified", 100),
    ("canonical", 100),
    ("language", 100),
    ("authors", 97),
    ("section", 100),
    ("agency", 100),
    ("conflicts found", 100),
    ("conflicts right", 100),
    ("links", 100),
];
