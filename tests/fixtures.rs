//! What must come out of the fixtures: metadata, mentions, traces, attributions.
//!
//! Runs the library, not the binary. What is expected stands in `fixtures/`, not here.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use claimgraph::{
    article::{self, RawArticle, ReadOptions, Snapshot},
    lexicon::Lexicon,
    mention::{AgentKind, Link, Mention, Stance},
    pipeline::{self, Options},
    store::Graph,
    trace::{self, Carriage, Lookup, Trace},
};
use serde::Deserialize;

/// Least share of the metadata that must be right, in percent.
const METADATA: usize = 74;
/// Mentions in furniture lines that are still found.
const IN_FURNITURE: usize = 5;
/// Attributions still found in sentences that hold none.
const FROM_NOTHING: usize = 1;
/// Least shares, in percent: found, with the right chain, on the right side of those found.
/// A little below what was measured: 93, 83, 91; 91, 87, 94; 95, 94, 99; 92, 86, 97; 100, 94, 100.
const STORY_FLOORS: [(f64, f64, f64); 3] =
    [(90.0, 80.0, 88.0), (87.0, 83.0, 90.0), (92.0, 90.0, 95.0)];
const SENTENCE_FLOORS: [(&str, f64, f64, f64); 2] = [
    ("attribution.toml", 89.0, 83.0, 94.0),
    ("unseen.toml", 96.0, 90.0, 96.0),
];

/// Folders with articles and what is expected of them.
const STORIES: [&str; 3] = [
    "fixtures",
    "fixtures/stories/orvane-leak",
    "fixtures/stories/unseen",
];

static GRAPHS: LazyLock<Vec<Story>> =
    LazyLock::new(|| STORIES.iter().map(|dir| Story::read(dir)).collect());

/// A folder of articles, analysed.
struct Story {
    dir: &'static str,
    mentions: BTreeMap<String, Vec<Mention>>,
    articles: BTreeMap<String, RawArticle>,
    metadata: BTreeMap<String, Metadata>,
    graph: Graph,
}

/// The metadata that a page gives of itself; a field it does not give is absent.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
struct Metadata {
    outlet: Option<String>,
    published: Option<String>,
    headline: Option<String>,
    url: Option<String>,
}

impl Story {
    fn read(dir: &'static str) -> Self {
        let (mut mentions, mut articles) = (BTreeMap::new(), BTreeMap::new());
        let mut metadata = BTreeMap::new();
        let mut analyses = Vec::new();
        for path in article::discover(&[Path::new(dir).join("articles")]) {
            let path = path.unwrap();
            let raw = article::read(&path, &ReadOptions::default()).unwrap().value;
            let analysis = pipeline::analyse(&raw, Lexicon::shipped(), &Options::default()).value;
            let name = file_name(&path.to_string_lossy());
            mentions.insert(name.clone(), analysis.mentions.clone());
            metadata.insert(
                name.clone(),
                Metadata {
                    outlet: analysis.article.outlet.as_ref().map(ToString::to_string),
                    published: analysis.article.published.map(|date| date.to_string()),
                    headline: analysis.article.headline.clone(),
                    url: analysis.article.url.clone(),
                },
            );
            analyses.push((raw.snapshot.clone(), analysis));
            articles.insert(name, raw);
        }
        let graph = Graph::in_memory(analyses, Lexicon::shipped());
        Self {
            dir,
            mentions,
            articles,
            metadata,
            graph,
        }
    }

    fn expected<T: serde::de::DeserializeOwned>(&self, file: &str) -> T {
        let path = Path::new(self.dir).join("expected").join(file);
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The words of a text in lower case, with how often they stand in it.
fn words(texts: &[String]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for text in texts {
        let text = text.to_lowercase().replace('’', "'");
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            *found.entry(word.to_owned()).or_insert(0) += 1;
        }
    }
    found
}

/// Says whether two texts are mostly the same words, or the second holds the first.
fn overlap(expected: &[String], found: &[String]) -> bool {
    let (expected, found) = (words(expected), words(found));
    let count = |words: &BTreeMap<String, usize>| words.values().sum::<usize>();
    let common: usize = expected
        .iter()
        .map(|(word, times)| (*times).min(*found.get(word).unwrap_or(&0)))
        .sum();
    let (wanted, given) = (count(&expected), count(&found));
    4 * common >= wanted + given || (5 * common >= 4 * wanted && given <= 2 * wanted)
}

/// Says whether a name in the output is the expected one: the same last word, or one holds the other.
fn same_name(expected: &str, found: &str) -> bool {
    let (expected, found) = (expected.to_lowercase(), found.to_lowercase());
    if let Some(unnamed) = expected.strip_prefix("unnamed ") {
        let last = unnamed.rsplit(' ').next().unwrap_or_default();
        return found.contains("unnamed") || found.contains("unknown") || found.contains(last);
    }
    let last = |name: &str| {
        let word = name.rsplit([' ', '-']).next().unwrap_or_default();
        word.trim_end_matches('s').to_owned()
    };
    found.contains(&expected)
        || (!found.is_empty() && expected.contains(&found))
        || last(&expected) == last(&found)
        || [
            "ushakov oshakov",
            "us states america american washington u.s.",
        ]
        .iter()
        .any(|same| {
            let same: Vec<&str> = same.split(' ').collect();
            let is = |name: &str| {
                same.iter()
                    .any(|one| name.split(' ').any(|word| word == *one))
            };
            is(&expected) && is(&found)
        })
}

/// Says whether the links of a mention behind the outlet are those expected.
fn same_chain(wanted: &[String], found: &[Link]) -> bool {
    wanted.len() == found.len()
        && wanted.iter().zip(found).all(|(wanted, link)| {
            let unnamed = wanted.starts_with("unnamed") && link.kind == AgentKind::Unnamed;
            unnamed || same_name(wanted, &link.source)
        })
}

/// A text or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Texts {
    fn list(&self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text.clone()],
            Self::Many(texts) => texts.clone(),
        }
    }
}

/// A mention a careful reader finds.
#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    file: String,
    #[serde(alias = "content")]
    parts: Option<Texts>,
    chain: Vec<String>,
    /// Other chains that are as good.
    #[serde(default)]
    also: Vec<Vec<String>>,
    stance: Stance,
}

impl Wanted {
    fn texts(&self) -> Vec<String> {
        self.parts.as_ref().map(Texts::list).unwrap_or_default()
    }
}

/// How many of the expected mentions were found, with the right chain, with the right side.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    expected: usize,
    found: usize,
    chain: usize,
    side: usize,
}

impl Score {
    /// Counts one expected mention; `outlet` says whether its chain begins with the outlet.
    fn count(&mut self, wanted: &Wanted, mentions: &[Mention], outlet: usize) {
        self.expected += 1;
        let links = wanted.chain.len() + 1 - outlet;
        let texts = wanted.texts();
        let near: Vec<&Mention> = mentions
            .iter()
            .filter(|mention| (mention.chain.len() == 1) == (links == 1))
            .filter(|mention| {
                let parts: Vec<String> =
                    mention.parts.iter().map(|part| part.text.clone()).collect();
                overlap(&texts, &parts)
            })
            .collect();
        let Some(first) = near.first() else { return };
        self.found += 1;
        let right = near.iter().find(|mention| {
            std::iter::once(&wanted.chain)
                .chain(&wanted.also)
                .any(|chain| same_chain(&chain[outlet..], &mention.chain[1..]))
        });
        self.chain += usize::from(right.is_some());
        let disputes = |stance: Stance| matches!(stance, Stance::Disputes | Stance::Refutes);
        let stance = right.unwrap_or(first).stance;
        self.side += usize::from(disputes(stance) == disputes(wanted.stance));
    }

    fn share(part: usize, whole: usize) -> f64 {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
    }

    /// Fails when a share is below its floor, given in percent.
    fn holds(&self, what: &str, found: f64, chain: f64, side: f64) {
        let shares = [
            Self::share(self.found, self.expected),
            Self::share(self.chain, self.expected),
            Self::share(self.side, self.found),
        ];
        for (share, floor) in shares.into_iter().zip([found, chain, side]) {
            assert!(share * 100.0 >= floor, "{what}: {shares:.3?} of {self:?}");
        }
    }
}

#[derive(Deserialize)]
struct Mentions {
    mention: Vec<Wanted>,
}

#[derive(Deserialize)]
struct Pages {
    article: Vec<Page>,
}

#[derive(Deserialize)]
struct Page {
    file: String,
    #[serde(flatten)]
    metadata: Metadata,
    #[serde(default)]
    furniture: Vec<String>,
}

#[test]
fn what_is_expected_stands_in_the_files() {
    for story in GRAPHS.iter() {
        for wanted in story.expected::<Mentions>("mentions.toml").mention {
            let text = &story.articles[&wanted.file].snapshot.text;
            for part in wanted.texts() {
                assert!(text.contains(&part), "{}: {part}", wanted.file);
            }
        }
        for trace in story.expected::<Traces>("traces.toml").trace {
            for line in trace.repeats.iter().chain(&trace.disputes) {
                assert!(
                    story.articles.contains_key(&line.article),
                    "{}",
                    line.article
                );
            }
        }
    }
}

#[test]
fn pages_say_what_they_are() {
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for story in GRAPHS.iter() {
        for page in story.expected::<Pages>("metadata.toml").article {
            let (wanted, found) = (&page.metadata, &story.metadata[&page.file]);
            for (what, wanted, found) in [
                ("outlet", &wanted.outlet, &found.outlet),
                ("published", &wanted.published, &found.published),
                ("headline", &wanted.headline, &found.headline),
                ("url", &wanted.url, &found.url),
            ] {
                all += 1;
                if wanted == found {
                    right += 1;
                } else {
                    wrong.push(format!("{} {what}: {found:?}, not {wanted:?}", page.file));
                }
            }
        }
    }
    assert!(
        right * 100 >= all * METADATA,
        "{right}/{all}\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_mention_starts_in_a_furniture_line() {
    let mut inside = Vec::new();
    for story in GRAPHS.iter() {
        for page in story.expected::<Pages>("metadata.toml").article {
            let text = &story.articles[&page.file].snapshot.text;
            for mention in &story.mentions[&page.file] {
                let start = text[..mention.content.start]
                    .rfind('\n')
                    .map_or(0, |at| at + 1);
                let line = text[start..].lines().next().unwrap_or_default().trim();
                if page
                    .furniture
                    .iter()
                    .any(|furniture| furniture.trim() == line)
                {
                    inside.push(format!("{}: {}", page.file, mention.content.text));
                }
            }
        }
    }
    assert!(inside.len() <= IN_FURNITURE, "{inside:#?}");
}

#[test]
fn most_of_what_a_reader_finds_is_found() {
    for (story, (found, chain, side)) in GRAPHS.iter().zip(STORY_FLOORS) {
        let mut score = Score::default();
        for wanted in story.expected::<Mentions>("mentions.toml").mention {
            score.count(&wanted, &story.mentions[&wanted.file], 1);
        }
        score.holds(story.dir, found, chain, side);
    }
}

#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    phenomenon: String,
    text: String,
    #[serde(default)]
    attributions: Vec<Wanted>,
}

#[test]
fn sentences_yield_their_attributions_and_the_others_none() {
    let mut yielded = Vec::new();
    for (file, found, chain, side) in SENTENCE_FLOORS {
        let text = fs::read_to_string(Path::new("fixtures").join(file)).unwrap();
        let examples: Examples = toml::from_str(&text).unwrap();
        let mut score = Score::default();
        for example in examples.example {
            let page = format!("Notes from the region\n\n2024-05-14\n\n{}\n", example.text);
            let raw = raw(page);
            let mentions = pipeline::analyse(&raw, Lexicon::shipped(), &Options::default())
                .value
                .mentions;
            for wanted in &example.attributions {
                score.count(wanted, &mentions, 0);
            }
            if example.attributions.is_empty() {
                let attributed = mentions.iter().filter(|mention| mention.chain.len() > 1);
                yielded
                    .extend(attributed.map(|mention| {
                        format!("{}: {}", example.phenomenon, mention.content.text)
                    }));
            }
        }
        score.holds(file, found, chain, side);
    }
    assert!(yielded.len() <= FROM_NOTHING, "{yielded:#?}");
}

fn raw(text: String) -> RawArticle {
    RawArticle {
        path: "page.txt".to_owned(),
        encoding_format: "text/plain".to_owned(),
        raw_sha256: None,
        supplied: Vec::new(),
        text_span: claimgraph::span::Span::new(0, text.len()),
        provenance: None,
        page: Default::default(),
        snapshot: Snapshot::new(text),
    }
}

#[derive(Deserialize)]
struct Traces {
    trace: Vec<Expected>,
}

/// What a trace must hold.
#[derive(Deserialize)]
struct Expected {
    query: String,
    #[serde(default)]
    repeats: Vec<Line>,
    #[serde(default)]
    disputes: Vec<Line>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    not_merged: Vec<String>,
    #[serde(default)]
    no_match: bool,
    /// What is not reached yet, with the reason.
    #[serde(default)]
    known_gaps: Vec<Gap>,
}

#[derive(Debug, Deserialize)]
struct Line {
    article: String,
    #[serde(alias = "by")]
    source: String,
}

/// Something expected that is not reached yet.
#[derive(Debug, Deserialize)]
struct Gap {
    /// "repeats", "disputes" or "sources".
    of: String,
    /// The article's file, or the source.
    what: String,
    reason: String,
}

impl Line {
    /// Says whether a line of an answer is this one.
    fn is(&self, carriage: &Carriage) -> bool {
        let path = file_name(&carriage.article.path);
        let own = self.source == "own voice";
        path == self.article
            && (if own {
                carriage.chain.len() == 1
            } else {
                carriage
                    .chain
                    .iter()
                    .any(|link| same_name(&self.source, &link.source))
                    || carriage
                        .denial
                        .as_ref()
                        .is_some_and(|denial| same_name(&self.source, &denial.by))
            })
    }
}

/// What of a trace is missing, as (part, what).
fn missing(expected: &Expected, trace: &Trace) -> Vec<(&'static str, String)> {
    let lines = |part, wanted: &[Line], found: &[Carriage]| {
        let missing = wanted
            .iter()
            .filter(|line| !found.iter().any(|carriage| line.is(carriage)));
        missing
            .map(|line| (part, line.article.clone()))
            .collect::<Vec<_>>()
    };
    let sources = expected.sources.iter().filter(|wanted| {
        !trace
            .sources
            .iter()
            .any(|source| same_name(wanted, &source.source))
    });
    [
        lines("repeats", &expected.repeats, &trace.repeats),
        lines("disputes", &expected.disputes, &trace.disputes),
        sources.map(|source| ("sources", source.clone())).collect(),
    ]
    .concat()
}

#[test]
fn traces_hold_what_is_expected_but_for_the_known_gaps() {
    let lexicon = Lexicon::shipped();
    let mut wrong = Vec::new();
    for story in GRAPHS.iter() {
        for expected in story.expected::<Traces>("traces.toml").trace {
            let query = &expected.query;
            let Lookup::Claim { id, matched, .. } = trace::find(&story.graph, query, lexicon)
            else {
                if !expected.no_match {
                    wrong.push(format!("{query}: nothing found"));
                }
                continue;
            };
            if expected.no_match {
                wrong.push(format!(
                    "{query}: {}",
                    story.graph.claims().claim(&id).unwrap().label
                ));
                continue;
            }
            let trace = trace::trace(&story.graph, &id, query, matched, lexicon);
            for phrase in &expected.not_merged {
                let held = trace
                    .repeats
                    .iter()
                    .any(|line| line.evidence.quote.contains(phrase));
                if held {
                    wrong.push(format!("{query}: holds {phrase}"));
                }
            }
            for (part, what) in missing(&expected, &trace) {
                let known = expected
                    .known_gaps
                    .iter()
                    .any(|gap| gap.of == part && gap.what == what && !gap.reason.is_empty());
                if !known {
                    wrong.push(format!(
                        "{query} ({}): {part} without {what}",
                        trace.claim.label
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
