//! What an article says of itself: outlet, days, address, authors and whose text it is.
//!
//! Outlets and days that the running text merely mentions are never taken. Where places contradict
//! each other, the first in the order of trust counts and the contradiction is said.

use url::Url;

use super::{
    BlockKind, CleanOptions, Conflict, Found, Metadata,
    classify::{Classified, Frame, same_words},
};
use crate::{
    article::{Key, Moment, RawArticle, Supplied, supplied::split_names},
    diagnostic::Diagnostic,
    lexicon::{Lexicon, outlets::Outlet},
    span::Span,
};

mod days;
mod likeness;
mod people;

use likeness::{alike, bare_address, is_root, share_a_word};

/// What is read from, in one hand.
struct Reader<'a, 'l> {
    raw: &'a RawArticle,
    text: &'a str,
    all: &'a [Classified<'l>],
    frame: Option<Frame>,
    lexicon: &'l Lexicon,
    diagnostics: Vec<Diagnostic>,
    conflicts: Vec<Conflict>,
    unknown: Vec<(Key, String)>,
}

/// Words that say something, with where they stand.
#[derive(Debug, Clone)]
struct Claim {
    words: String,
    origin: &'static str,
    place: String,
    span: Option<Span>,
}

impl Claim {
    fn new(words: String, origin: &'static str, place: &str) -> Self {
        Self {
            words,
            origin,
            place: place.to_owned(),
            span: None,
        }
    }

    fn at(span: Span, text: &str) -> Self {
        Self {
            words: span.of(text).to_owned(),
            origin: "text",
            place: String::new(),
            span: Some(span),
        }
    }

    fn found<T>(&self, value: T) -> Found<T> {
        Found {
            value,
            origin: self.origin,
            place: self.place.clone(),
            span: self.span,
        }
    }
}

/// Reads the metadata of a classified article.
pub(super) fn read(
    raw: &RawArticle,
    all: &[Classified<'_>],
    frame: Option<Frame>,
    lexicon: &Lexicon,
    options: &CleanOptions,
) -> (Metadata, Vec<Diagnostic>) {
    let mut reader = Reader {
        raw,
        text: &raw.snapshot.text,
        all,
        frame,
        lexicon,
        diagnostics: Vec::new(),
        conflicts: Vec::new(),
        unknown: Vec::new(),
    };
    let mut metadata = reader.own();
    reader.options(&mut metadata, options);
    reader.missing(&metadata);
    metadata.conflicts = reader.conflicts;
    metadata.unknown = reader.unknown;
    (metadata, reader.diagnostics)
}

impl Reader<'_, '_> {
    /// What the article, its markup, front matter, sidecar and address say.
    fn own(&mut self) -> Metadata {
        let url = self.url();
        let outlet = self.outlet(url.as_ref());
        let known = outlet
            .as_ref()
            .and_then(|outlet| self.lexicon.outlets.find(&outlet.value));
        let country = known.map(|outlet| outlet.country.clone());
        let days = self.days(url.as_ref(), country.as_deref());
        let headline = self.headline();
        let (authors, credits) = self.authors_and_credits(outlet.as_ref());
        let section = self.stated(Key::Section).into_iter().next();
        let section = section.or_else(|| self.section_in_url(url.as_ref()?));
        Metadata {
            outlet,
            headline,
            published: days.published,
            modified: days.modified,
            url,
            authors,
            credit: credits.first().cloned(),
            credits,
            section,
            ..Metadata::default()
        }
    }

    /// The section that an address starts with: "/culture/2022/03/09/…".
    fn section_in_url(&self, url: &Found<String>) -> Option<Found<String>> {
        let address = Url::parse(&url.value).ok()?;
        let mut steps = address.path_segments()?.filter(|step| step.len() != 2);
        let (first, next) = (steps.next()?, steps.next()?);
        let year = next.len() == 4 && (next.starts_with("19") || next.starts_with("20"));
        let markup = &self.lexicon.markup;
        let words = first.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        let fits = words
            && (3..=24).contains(&first.len())
            && !markup.nothing.sections.contains(first)
            && (year || markup.sections.contains(first));
        fits.then(|| Claim::new(String::new(), "url", "path").found(first.replace('-', " ")))
    }

    /// What the markup states of a key, in its order.
    fn stated(&self, key: Key) -> Vec<Found<String>> {
        let stated = self
            .raw
            .page
            .stated
            .iter()
            .filter(|stated| stated.key == key);
        stated
            .map(|stated| {
                Claim::new(String::new(), stated.origin, &stated.place).found(stated.value.clone())
            })
            .collect()
    }

    /// Notes a contradiction.
    fn contradiction(
        &mut self,
        key: Key,
        code: &'static str,
        one: &Found<String>,
        other: &Found<String>,
    ) {
        let message = format!(
            "{} is \"{}\" by its {}, \"{}\" by its {}",
            key.name(),
            one.value,
            one.source(),
            other.value,
            other.source()
        );
        self.diagnostics
            .push(Diagnostic::warning(code, &self.raw.path, message));
        self.conflicts.push(Conflict {
            key,
            values: vec![one.clone(), other.clone()],
        });
    }

    fn of(&self, c: &Classified<'_>) -> &str {
        c.line.span.of(self.text)
    }

    fn is_top(&self, at: usize) -> bool {
        self.frame.is_none_or(|frame| at < frame.first)
    }

    /// The words of a pattern's group, with where they stand.
    fn said(&self, group: &str) -> Vec<Found<String>> {
        let mut found = Vec::new();
        for c in self.all {
            for said in c
                .hit
                .iter()
                .flat_map(|hit| &hit.said)
                .filter(|said| said.group == group)
            {
                let words = said.words.trim_end_matches([',', '.', ' ']);
                let at = self.of(c).find(words);
                let span = at.map_or(c.line.span, |at| {
                    let start = c.line.span.start + at;
                    Span::new(start, start + words.len())
                });
                found.push(text_found(words.to_owned(), span));
            }
        }
        found
    }
    fn supplied<T>(&self, value: impl Fn(&Supplied) -> Option<T>) -> Option<Found<T>> {
        self.raw.supplied.iter().find_map(|supplied| {
            Some(Claim::new(String::new(), supplied.origin, "").found(value(supplied)?))
        })
    }

    fn url(&mut self) -> Option<Found<String>> {
        let is_address = |url: &String| Url::parse(url).is_ok_and(|url| url.has_host());
        let mut stated = self.stated(Key::Canonical);
        stated.retain(|found| is_address(&found.value) && !is_root(&found.value));
        // What a page itself links as its address counts more than what its data says.
        stated.sort_by_key(|found| found.place != "link canonical");
        let best = stated.first().cloned();
        if let Some(best) = &best
            && let Some(other) = stated
                .iter()
                .find(|other| bare_address(&other.value) != bare_address(&best.value))
        {
            let (best, other) = (best.clone(), other.clone());
            self.contradiction(Key::Canonical, "W-URL-CONFLICT", &best, &other);
        }
        let in_text = || {
            let metas = self.all.iter().enumerate();
            metas
                .filter(|(at, c)| c.kind == BlockKind::Meta && self.is_top(*at))
                .find_map(|(_, c)| {
                    let line = self.of(c);
                    let at = line.find("https://").or_else(|| line.find("http://"))?;
                    let end = line[at..]
                        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')'));
                    let start = c.line.span.start + at;
                    let span = Span::new(start, end.map_or(c.line.span.end, |end| start + end));
                    Url::parse(span.of(self.text)).ok()?;
                    Some(text_found(span.of(self.text).to_owned(), span))
                })
        };
        best.or_else(|| self.supplied(|s| s.url.clone().filter(is_address)))
            .or_else(in_text)
    }

    fn headline(&mut self) -> Option<Found<String>> {
        let line = self.all.iter().find(|c| c.kind == BlockKind::Headline);
        let in_text = line.map(|c| text_found(self.of(c).to_owned(), c.line.span));
        let stated = self.stated(Key::Headline);
        let shown = in_text
            .as_ref()
            .filter(|_| !stated.is_empty())
            .map(|text| text.value.clone());
        let place = stated
            .iter()
            .find(|found| Some(&found.value) == shown.as_ref());
        let first = place.or(stated.first()).cloned();
        if let Some(first) = &first {
            // What is meant for a list of results is shorter, or adds the site.
            let counts = |found: &&Found<String>| {
                !matches!(
                    found.place.as_str(),
                    "title" | "twitter:title" | "sailthru.title" | "line"
                )
            };
            let differs = |found: &&Found<String>| !alike(&found.value, &first.value);
            if let Some(other) = stated.iter().filter(counts).find(differs).cloned() {
                self.contradiction(Key::Headline, "W-HEADLINE-CONFLICT", first, &other);
            }
        }
        let given = self.supplied(|s| s.headline.clone());
        let span = in_text.as_ref().and_then(|text| text.span);
        let first = first.map(|first| Found {
            span: span.filter(|_| {
                shown
                    .as_ref()
                    .is_some_and(|shown| same_words(shown, &first.value))
            }),
            ..first
        });
        match (given, first.or_else(|| in_text.clone())) {
            (Some(given), Some(text)) if same_words(&given.value, &text.value) => Some(text),
            (given, text) => given.or(text),
        }
    }

    fn outlet(&mut self, url: Option<&Found<String>>) -> Option<Found<String>> {
        let stamps = self.all.iter().filter_map(|c| c.stamp.as_ref());
        let stamps =
            stamps.map(|stamp| text_found(stamp.outlet.of(self.text).to_owned(), stamp.outlet));
        let said = self
            .said("outlet")
            .into_iter()
            .filter_map(|found| self.as_outlet(found));
        let mut own: Vec<_> = stamps.chain(said).collect();
        if let Some(site) = self.headline_suffix() {
            own.push(site);
        }
        own.extend(self.masthead());
        own.sort_by_key(|found| found.span);
        let from_url = url.and_then(|url| {
            let outlets = &self.lexicon.outlets;
            let known = outlets.by_address(&url.value);
            let name =
                (known.map(|outlet| outlet.name.clone())).or_else(|| outlets.site(&url.value))?;
            Some(Claim::new(String::new(), "url", "host").found(name))
        });
        let given = self.supplied(|s| s.outlet.clone());
        let stated = self.stated(Key::Outlet).into_iter().map(|found| {
            // A page that names its outlet by the address means the outlet.
            let known = self.lexicon.outlets.by_domain(&found.value);
            let value = known.map_or(found.value.clone(), |outlet| outlet.name.clone());
            Found { value, ..found }
        });
        let stated: Vec<_> = stated
            .filter(|found| found.place != "twitter:site")
            .collect();
        let all: Vec<_> = given
            .into_iter()
            .chain(stated)
            .chain(own)
            .chain(from_url)
            .collect();
        let mut best = all.first()?.clone();
        // What is only shown may be the name of a company or of an agency; a known address tells.
        let shown = matches!(best.place.as_str(), "copyright line" | "masthead" | "title");
        let outlets = &self.lexicon.outlets;
        if shown
            && outlets.find(&best.value).is_none_or(Outlet::is_wire)
            && let Some(known) = url.and_then(|url| outlets.by_address(&url.value))
        {
            let by_url = all.iter().find(|found| found.origin == "url");
            best = by_url.unwrap_or(&best).clone();
            best.value.clone_from(&known.name);
        }
        // "The Times" at an address of one of several: the address tells which.
        let outlets = &self.lexicon.outlets;
        let by_url = url.and_then(|url| outlets.by_address(&url.value));
        if let Some(known) = by_url
            && outlets.claimants(&best.value).contains(&known)
        {
            best.value.clone_from(&known.name);
        }
        let differs = |found: &&Found<String>| {
            // A bare domain or a part of the title is a name only where nothing better is.
            let weak = match (found.origin, found.place.as_str()) {
                ("url", _) => !self.lexicon.outlets.is_name(&found.value),
                ("html", _) => !share_a_word(&found.value, &best.value),
                _ => false,
            };
            !weak && !self.same_outlet(&found.value, &best.value)
        };
        if let Some(other) = all.iter().find(differs).cloned() {
            self.contradiction(Key::Outlet, "W-OUTLET-CONFLICT", &best, &other);
        }
        Some(best)
    }

    /// The name at the very top of a page, above its headline: "The Valley Times".
    fn masthead(&self) -> Option<Found<String>> {
        let headline = self
            .all
            .iter()
            .position(|c| c.kind == BlockKind::Headline)?;
        self.all[..headline]
            .iter()
            .take(2)
            .filter(|c| c.stamp.is_none())
            .filter(|c| !matches!(c.kind, BlockKind::Body | BlockKind::Headline))
            .find_map(|c| {
                let line = self.of(c);
                let short = line.split_whitespace().count() <= 5;
                let found = text_found(line.to_owned(), c.line.span);
                short.then(|| self.as_outlet(found)).flatten()
            })
    }

    /// Keeps what is a known outlet, by its own name, or is written like one.
    fn as_outlet(&self, found: Found<String>) -> Option<Found<String>> {
        if let Some(known) = self.lexicon.outlets.find(&found.value) {
            // A slogan or a cut name stands for the name; "Sputnik International" stays as it is.
            let kin = known.name.split_whitespace().any(|word| {
                found
                    .value
                    .split_whitespace()
                    .any(|other| other.eq_ignore_ascii_case(word))
            });
            let value = if !kin || known.name.ends_with(&found.value) {
                known.name.clone()
            } else {
                found.value
            };
            return Some(Found { value, ..found });
        }
        let words: Vec<_> = found.value.split_whitespace().collect();
        let capital = |word: &&str| {
            word.starts_with(char::is_uppercase) || matches!(*word, "of" | "the" | "and" | "&")
        };
        let media = &self.lexicon.roles.outlet_words;
        let named = words.iter().all(capital)
            && words.len() <= 5
            && words
                .iter()
                .any(|word| media.contains(&word.to_lowercase()));
        named.then_some(found)
    }

    fn same_outlet(&self, one: &str, other: &str) -> bool {
        let find = |name: &str| {
            self.lexicon
                .outlets
                .find(name)
                .or_else(|| self.lexicon.outlets.by_domain(name))
        };
        match (find(one), find(other)) {
            (Some(one), Some(other)) => one.name == other.name,
            _ => {
                let bare = |s: &str| s.to_lowercase().replace([' ', '-'], "");
                let (one, other) = (bare(one), bare(other));
                one.contains(&other)
                    || other.contains(&one)
                    || one.split('.').next() == other.split('.').next()
            }
        }
    }

    /// "Headline | Example News".
    fn headline_suffix(&self) -> Option<Found<String>> {
        let c = self.all.iter().find(|c| c.kind == BlockKind::Headline)?;
        let line = self.of(c);
        let suffix = [" | ", " - ", " – ", " — "]
            .iter()
            .filter_map(|mark| Some(line.rsplit_once(mark)?.1))
            .next()?;
        self.lexicon.outlets.find(suffix)?;
        Some(text_found(
            suffix.to_owned(),
            Span::new(c.line.span.end - suffix.len(), c.line.span.end),
        ))
    }

    /// Fills in, or replaces by, what the user said.
    fn options(&self, metadata: &mut Metadata, options: &CleanOptions) {
        fn put<T: Clone>(place: &mut Option<Found<T>>, value: &Option<T>, wins: bool) {
            if let Some(value) = value.clone().filter(|_| wins || place.is_none()) {
                *place = Some(Claim::new(String::new(), "option", "").found(value));
            }
        }
        let (given, wins) = (&options.supplied, options.override_text);
        put(&mut metadata.outlet, &given.outlet, wins);
        put(&mut metadata.headline, &given.headline, wins);
        put(
            &mut metadata.published,
            &given.published.map(Moment::from),
            wins,
        );
        put(&mut metadata.url, &given.url, wins);
        if !given.authors.is_empty() && (wins || metadata.authors.is_empty()) {
            let authors = given.authors.iter().cloned();
            let author = |value| Claim::new(String::new(), "option", "").found(value);
            metadata.authors = authors.map(author).collect();
        }
    }

    /// Says what nobody told.
    fn missing(&mut self, metadata: &Metadata) {
        let path = &self.raw.path;
        let ambiguous = self
            .diagnostics
            .iter()
            .any(|d| d.code == "W-DATE-AMBIGUOUS");
        if metadata.outlet.is_none() {
            let diagnostic = Diagnostic::warning(
                "W-OUTLET-MISSING",
                path,
                "does not say which outlet published it",
            );
            self.diagnostics
                .push(diagnostic.with_hint("give `--outlet NAME`"));
        }
        if metadata.published.is_none() && !ambiguous {
            let diagnostic =
                Diagnostic::warning("W-DATE-MISSING", path, "does not say when it was published");
            self.diagnostics
                .push(diagnostic.with_hint("give `--published DATE`"));
        }
        if metadata.headline.is_none() {
            self.diagnostics.push(Diagnostic::warning(
                "W-HEADLINE-MISSING",
                path,
                "has no headline",
            ));
        }
    }
}

fn text_found<T>(value: T, span: Span) -> Found<T> {
    Found {
        value,
        origin: "text",
        place: String::new(),
        span: Some(span),
    }
}
