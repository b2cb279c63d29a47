//! What an article says of itself: outlet, day, address, authors and whose text it is.
//!
//! Outlets and days that the running text merely mentions are never taken.

use jiff::civil::Date;
use url::Url;

use super::{
    BlockKind, CleanOptions, Found, Metadata,
    classify::{Classified, Frame, same_words},
};
use crate::{
    article::{RawArticle, date, supplied::split_names},
    diagnostic::Diagnostic,
    lexicon::{Lexicon, outlets::Outlet},
    span::Span,
};

/// What is read from, in one hand.
struct Reader<'a, 'l> {
    raw: &'a RawArticle,
    text: &'a str,
    all: &'a [Classified<'l>],
    frame: Option<Frame>,
    lexicon: &'l Lexicon,
    diagnostics: Vec<Diagnostic>,
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
    };
    let mut metadata = reader.own();
    reader.options(&mut metadata, options);
    reader.missing(&metadata);
    (metadata, reader.diagnostics)
}

impl Reader<'_, '_> {
    /// What the article, its markup, front matter, sidecar and address say.
    fn own(&mut self) -> Metadata {
        let url = self.url();
        let (authors, credit) = self.authors_and_credit();
        Metadata {
            outlet: self.outlet(url.as_ref()),
            headline: self.headline(),
            published: self.published(url.as_ref()),
            url,
            authors,
            credit,
        }
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

    fn supplied<T>(
        &self,
        value: impl Fn(&crate::article::Supplied) -> Option<T>,
    ) -> Option<Found<T>> {
        self.raw.supplied.iter().find_map(|supplied| {
            Some(Found {
                value: value(supplied)?,
                origin: supplied.origin,
                span: None,
            })
        })
    }

    fn url(&self) -> Option<Found<String>> {
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
        self.supplied(|s| s.url.clone().filter(|url| Url::parse(url).is_ok()))
            .or_else(in_text)
    }

    fn headline(&mut self) -> Option<Found<String>> {
        let line = self.all.iter().find(|c| c.kind == BlockKind::Headline);
        let in_text = line.map(|c| text_found(self.of(c).to_owned(), c.line.span));
        let given = self.supplied(|s| s.headline.clone());
        match (given, in_text) {
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
            let host = Url::parse(&url.value).ok()?.host_str()?.to_owned();
            let known = self
                .lexicon
                .outlets
                .by_domain(&host)
                .map(|outlet| outlet.name.clone());
            Some(Found {
                value: known.or_else(|| psl::domain_str(&host).map(str::to_owned))?,
                origin: "url",
                span: None,
            })
        });
        let given = self.supplied(|s| s.outlet.clone());
        let all: Vec<_> = given.into_iter().chain(own).chain(from_url).collect();
        let best = all.first()?.clone();
        if let Some(other) = all
            .iter()
            .find(|found| !self.same_outlet(&found.value, &best.value))
        {
            let message = format!(
                "outlet is {} by its {}, {} by its {}",
                best.value, best.origin, other.value, other.origin
            );
            self.diagnostics.push(Diagnostic::warning(
                "W-OUTLET-CONFLICT",
                &self.raw.path,
                message,
            ));
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

    fn published(&mut self, url: Option<&Found<String>>) -> Option<Found<Date>> {
        let mut found: Vec<Found<Date>> = self.supplied(|s| s.published).into_iter().collect();
        let mut ambiguous = None;
        // Bylines and date lines: those above the text before those below it.
        let metas = self
            .all
            .iter()
            .enumerate()
            .filter(|(_, c)| c.kind == BlockKind::Meta && c.stamp.is_none());
        let (top, bottom): (Vec<_>, Vec<_>) = metas.partition(|(at, _)| self.is_top(*at));
        for (_, c) in top.into_iter().chain(bottom) {
            for day in date::find(self.of(c)) {
                let start = c.line.span.start;
                let span = Span::new(start + day.span.start, start + day.span.end);
                match day.date {
                    Some(date) if !self.in_url(c, span) => found.push(text_found(date, span)),
                    None => ambiguous = ambiguous.or(Some(span)),
                    Some(_) => {}
                }
            }
        }
        found.extend(self.stamped());
        let by_url = url.and_then(|url| date::in_url(&url.value));
        found.extend(by_url.map(|value| Found {
            value,
            origin: "url",
            span: None,
        }));
        if let Some(span) = ambiguous.filter(|_| found.is_empty()) {
            let message = format!(
                "day and month of \"{}\" cannot be told apart",
                span.of(self.text)
            );
            let diagnostic = Diagnostic::warning("W-DATE-AMBIGUOUS", &self.raw.path, message);
            self.diagnostics.push(
                diagnostic
                    .with_span(span)
                    .with_hint("give `--published YYYY-MM-DD`"),
            );
        }
        let best = found.first()?.clone();
        let apart = |other: &&Found<Date>| {
            let days = best
                .value
                .until(other.value)
                .map_or(0, |span| span.get_days().abs());
            days > 1 && other.origin != best.origin
        };
        if let Some(other) = found.iter().find(apart) {
            let message = format!(
                "published {} by its {}, {} by its {}",
                best.value, best.origin, other.value, other.origin
            );
            self.diagnostics.push(Diagnostic::warning(
                "W-DATE-CONFLICT",
                &self.raw.path,
                message,
            ));
        }
        Some(best)
    }

    /// A day inside an address is judged with the address.
    fn in_url(&self, c: &Classified<'_>, span: Span) -> bool {
        let before = &self.text[c.line.span.start..span.start];
        before
            .rfind("http")
            .is_some_and(|at| !before[at..].contains(' '))
    }

    /// The day stamped on the article's own picture: the first one above the text, else the newest.
    fn stamped(&self) -> Option<Found<Date>> {
        let days = self.all.iter().enumerate().filter_map(|(at, c)| {
            let span = c.stamp.as_ref()?.date?;
            Some((at, text_found(date::first(span.of(self.text))?, span)))
        });
        let days: Vec<_> = days.collect();
        let top = days.iter().find(|(at, _)| self.is_top(*at));
        let newest = || {
            days.iter()
                .max_by_key(|(at, day)| (day.value, usize::MAX - at))
        };
        top.or_else(newest).map(|(_, day)| day.clone())
    }

    fn authors_and_credit(&self) -> (Vec<Found<String>>, Option<Found<String>>) {
        let mut authors: Vec<Found<String>> = Vec::new();
        let mut credits = Vec::new();
        for supplied in self
            .raw
            .supplied
            .iter()
            .filter(|s| !s.authors.is_empty())
            .take(1)
        {
            let origin = supplied.origin;
            authors.extend(supplied.authors.iter().map(|name| Found {
                value: name.clone(),
                origin,
                span: None,
            }));
        }
        for found in self.said("author") {
            match self.agency(&found.value) {
                Some(_) => credits.push(found),
                None if authors.is_empty() => authors.extend(self.people(&found)),
                None => {}
            }
        }
        if authors.is_empty() {
            let names = self.all.iter().filter(|c| c.name).take(1);
            authors.extend(
                names.flat_map(|c| self.people(&text_found(self.of(c).to_owned(), c.line.span))),
            );
        }
        credits.extend(
            self.said("credit")
                .into_iter()
                .filter_map(|found| self.as_outlet(found)),
        );
        let labelled = self.all.iter().filter(|c| c.labelled);
        let labelled = labelled.map(|c| text_found(self.of(c).to_owned(), c.line.span));
        credits.extend(labelled.filter_map(|found| self.as_outlet(found)));
        credits.extend(self.dateline());
        (authors, credits.into_iter().next())
    }

    /// The outlet a byline names instead of a person.
    fn agency(&self, name: &str) -> Option<&Outlet> {
        self.lexicon.outlets.find(name)
    }

    /// The names of a byline without places and offices.
    fn people(&self, byline: &Found<String>) -> Vec<Found<String>> {
        let line = byline
            .value
            .split([',', '|', '/', '(', '•'])
            .next()
            .unwrap_or_default();
        let all = if byline.value.contains(" and ") {
            &byline.value
        } else {
            line
        };
        let base = byline.span.map_or(0, |span| span.start);
        let named = split_names(all).filter_map(|name| {
            let name = name
                .split(" in ")
                .next()
                .unwrap_or_default()
                .split(" for ")
                .next()?
                .trim()
                .to_owned();
            let capital =
                name.split_whitespace().count() >= 2 && name.starts_with(char::is_uppercase);
            if !capital
                || name.split_whitespace().count() > 5
                || name.contains(|c: char| c.is_ascii_digit())
            {
                return None;
            }
            let at = base + byline.value.find(&name)?;
            Some(text_found(name.clone(), Span::new(at, at + name.len())))
        });
        named.collect()
    }

    /// "MOSCOW (Reuters) - …" at the start of the text.
    fn dateline(&self) -> Option<Found<String>> {
        let c = self.all.get(self.frame?.first)?;
        let line = self.of(c);
        let open = line.find('(').filter(|at| *at <= 60)?;
        let close = open + line[open..].find(')')?;
        let place = &line[..open];
        let dash = line[close + 1..]
            .trim_start()
            .starts_with(['-', '–', '—', ':']);
        let shouted = place
            .split([',', '/'])
            .next()?
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase);
        let name = &line[open + 1..close];
        self.lexicon
            .outlets
            .find(name)
            .filter(|_| dash && shouted)?;
        let start = c.line.span.start + open + 1;
        Some(text_found(
            name.to_owned(),
            Span::new(start, start + name.len()),
        ))
    }

    /// Fills in, or replaces by, what the user said.
    fn options(&self, metadata: &mut Metadata, options: &CleanOptions) {
        fn put<T: Clone>(place: &mut Option<Found<T>>, value: &Option<T>, wins: bool) {
            if let Some(value) = value.clone().filter(|_| wins || place.is_none()) {
                *place = Some(Found {
                    value,
                    origin: "option",
                    span: None,
                });
            }
        }
        let (given, wins) = (&options.supplied, options.override_text);
        put(&mut metadata.outlet, &given.outlet, wins);
        put(&mut metadata.headline, &given.headline, wins);
        put(&mut metadata.published, &given.published, wins);
        put(&mut metadata.url, &given.url, wins);
        if !given.authors.is_empty() && (wins || metadata.authors.is_empty()) {
            let authors = given.authors.iter().cloned();
            metadata.authors = authors
                .map(|value| Found {
                    value,
                    origin: "option",
                    span: None,
                })
                .collect();
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
        span: Some(span),
    }
}
