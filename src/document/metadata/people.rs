//! Who wrote an article, and whose text it is.

use super::{BlockKind, Claim, Found, Key, Outlet, Reader, split_names, text_found};
use crate::span::Span;

impl Reader<'_, '_> {
    /// The authors, and the agencies and outlets credited, best first.
    pub(super) fn authors_and_credits(
        &mut self,
        outlet: Option<&Found<String>>,
    ) -> (Vec<Found<String>>, Vec<Found<String>>) {
        let mut credits: Vec<Found<String>> = Vec::new();
        let given = self
            .raw
            .supplied
            .iter()
            .find(|supplied| !supplied.authors.is_empty());
        let given = given.iter().flat_map(|supplied| {
            let claim = Claim::new(String::new(), supplied.origin, "");
            supplied
                .authors
                .iter()
                .map(move |name| claim.found(name.clone()))
        });
        let given: Vec<_> = given.collect();
        let mut groups: Vec<Vec<Found<String>>> = Vec::new();
        let agencies = self.stated(Key::Agency);
        for found in given.into_iter().chain(self.stated(Key::Authors)) {
            if found.place == "line" && agencies.iter().any(|a| a.value == found.value) {
                continue;
            }
            if self.agency(&found.value).is_some() || self.as_outlet(found.clone()).is_some() {
                credits.push(found);
                continue;
            }
            // "AP Auto Writer", one of its people.
            let first = found.value.split(' ').next().unwrap_or_default();
            let short = first.len() <= 5 && first.chars().all(char::is_uppercase);
            if short && self.agency(first).is_some_and(Outlet::is_wire) {
                let value = first.to_owned();
                credits.push(Found { value, ..found });
                continue;
            }
            let Some(name) = person(&found.value, &self.lexicon.markup.bylines.jobs) else {
                continue;
            };
            let found = Found {
                value: name,
                ..found
            };
            match groups.last_mut() {
                Some(group) if group[0].source() == found.source() => group.push(found),
                _ => groups.push(vec![found]),
            }
        }
        credits.extend(agencies);
        let mut shown: Vec<Found<String>> = Vec::new();
        for found in self.said("author") {
            let outlet =
                self.agency(&found.value).is_some() || self.as_outlet(found.clone()).is_some();
            match outlet {
                true => credits.push(found),
                false if shown.is_empty() => shown.extend(self.people(&found)),
                false => {}
            }
        }
        if shown.is_empty() {
            let names = self.all.iter().filter(|c| c.name).take(1);
            let names = names.map(|c| text_found(self.of(c).to_owned(), c.line.span));
            let names: Vec<_> = names.collect();
            shown.extend(names.iter().flat_map(|name| self.people(name)));
        }
        let reporter = self.reporter();
        if shown.is_empty() && groups.is_empty() {
            shown.extend(reporter.clone());
        }
        if !shown.is_empty() {
            groups.push(shown);
        }
        let apart = |one: &[Found<String>], other: &[Found<String>]| {
            !one.iter()
                .any(|a| other.iter().any(|b| same_person(&a.value, &b.value)))
        };
        if let Some(first) = groups.first()
            && let Some(other) = groups.iter().find(|other| apart(first, other))
        {
            let (first, other) = (first[0].clone(), other[0].clone());
            self.contradiction(Key::Authors, "W-AUTHOR-CONFLICT", &first, &other);
        }
        let mut authors: Vec<Found<String>> = Vec::new();
        for found in groups.into_iter().next().unwrap_or_default() {
            if !authors
                .iter()
                .any(|author| same_person(&author.value, &found.value))
            {
                authors.push(found);
            }
        }
        credits.extend(self.credit_lines());
        let labelled = self.all.iter().filter(|c| c.labelled);
        let labelled = labelled.map(|c| text_found(self.of(c).to_owned(), c.line.span));
        credits.extend(labelled.filter_map(|found| self.as_outlet(found)));
        credits.extend(self.source_lines());
        if reporter.is_none() {
            credits.extend(self.dateline());
        }
        let mut kept: Vec<Found<String>> = Vec::new();
        for credit in credits {
            let own = credit.origin == "json-ld"
                && outlet.is_some_and(|outlet| self.same_outlet(&outlet.value, &credit.value));
            let again = kept
                .iter()
                .any(|other| self.same_outlet(&other.value, &credit.value));
            if !own && !again && credit.value.split_whitespace().count() <= 12 {
                kept.push(credit);
            }
        }
        (authors, kept)
    }

    /// Who a line credits: "Source: Example News". Who contributed is a person unless known.
    fn credit_lines(&self) -> Vec<Found<String>> {
        let contributed: Vec<Span> = self
            .all
            .iter()
            .filter(|c| {
                c.hit
                    .as_ref()
                    .is_some_and(|hit| hit.pattern.id == "contributed")
            })
            .map(|c| c.line.span)
            .collect();
        let person = |found: &Found<String>| {
            let span = found.span;
            span.is_some_and(|span| contributed.iter().any(|line| line.contains(span)))
        };
        let kept = |found: Found<String>| {
            let title = is_title(&found.value) && !person(&found);
            self.as_outlet(found.clone())
                .or_else(|| title.then_some(found))
        };
        self.said("credit").into_iter().filter_map(kept).collect()
    }

    /// "Additional reporting by agencies": nobody by name, but not the outlet alone.
    fn source_lines(&self) -> Vec<Found<String>> {
        let lines = self.all.iter().filter(|c| c.kind == BlockKind::Meta);
        let lines = lines.filter(|c| {
            let hit = c.hit.as_ref();
            hit.is_some_and(|hit| hit.pattern.id == "source-line" && hit.said.is_empty())
        });
        let by = |line: &str| {
            let lower = line.to_lowercase();
            let start = [" by ", " from "]
                .iter()
                .filter_map(|by| Some(lower.find(by)? + by.len()))
                .min()?;
            Some(start)
        };
        lines
            .filter_map(|c| {
                let line = self.of(c);
                let start = by(line).unwrap_or(0);
                let words = line.get(start..)?.trim_end_matches([')', '.', ' ']);
                let generic =
                    words.to_lowercase().contains("agenc") || words.to_lowercase().contains("wire");
                let named = self.lexicon.outlets.is_name(words);
                let at = c.line.span.start + start;
                (generic || named).then(|| {
                    text_found(
                        words.trim_start_matches('(').to_owned(),
                        Span::new(at, at + words.len()),
                    )
                })
            })
            .collect()
    }

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
            let name = person(&name, &self.lexicon.markup.bylines.jobs)?;
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

    /// The reporter in a dateline: "OSLO, May 3. /Corr. Jane Doe/. …".
    fn reporter(&self) -> Option<Found<String>> {
        let found = self.dateline()?;
        let first = found.value.split_whitespace().next()?.to_lowercase();
        let job = first.trim_end_matches('.');
        if !self.lexicon.markup.bylines.reporters.contains(job) {
            return None;
        }
        let shouted = |word: &&str| !word.chars().any(char::is_lowercase);
        let words = found.value.split_whitespace().skip(1);
        let name: Vec<&str> = words.skip_while(shouted).collect();
        let value = name.join(" ");
        (name.len() >= 2).then_some(Found { value, ..found })
    }

    /// "MOSCOW (Reuters) - …" and "MOSCOW, May 3. /TASS/. …" at the start of the text.
    fn dateline(&self) -> Option<Found<String>> {
        let c = self.all.get(self.frame?.first)?;
        let line = self.of(c);
        let near = |at: &usize| *at <= 60;
        let (open, close, dash) = match line.find('(').filter(near) {
            Some(open) => {
                let close = open + line[open..].find(')')?;
                let behind = line[close + 1..].trim_start();
                (open, close, behind.starts_with(['-', '–', '—', ':']))
            }
            None => {
                let open = line.find('/').filter(near)?;
                let close = open + 1 + line[open + 1..].find('/')?;
                let behind = &line[close + 1..];
                (
                    open,
                    close,
                    behind.starts_with(['.', ' ']) && line[..open].ends_with(". "),
                )
            }
        };
        let place = line[..open].split([',', '/']).next()?;
        let mut letters = place.chars().filter(|c| c.is_alphabetic()).peekable();
        let shouted = letters.peek().is_some() && letters.all(char::is_uppercase);
        let name = line.get(open + 1..close)?.trim();
        let capital = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 4;
        let known = self.lexicon.outlets.is_name(name);
        let slashes = line[open..].starts_with('/');
        let fits = dash && (shouted && capital || known || slashes && capital && name.len() <= 24);
        let start = c.line.span.start + open + 1;
        fits.then(|| text_found(name.to_owned(), Span::new(start, start + name.len())))
    }
}

/// Says whether words are written like a name: "Korsten Morgenblatt".
fn is_title(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase))
}

/// A name without the title of "By" and without what stands behind it, if it is one of a person.
fn person(name: &str, jobs: &std::collections::BTreeSet<String>) -> Option<String> {
    let name = name.split([',', '|', '/', '(', '•', '\u{2014}']).next()?;
    let name = name
        .split(" in ")
        .next()?
        .split(" for ")
        .next()?
        .split(" avec ")
        .next()?;
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let title = |word: &&str| {
        matches!(
            word.trim_end_matches('.'),
            "Dr" | "Prof" | "Mr" | "Mrs" | "Ms"
        )
    };
    while words.len() > 2 && words.first().is_some_and(title) {
        words.remove(0);
    }
    while words.len() > 2
        && words
            .last()
            .is_some_and(|word| jobs.contains(&word.to_lowercase()))
    {
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim();
    let words = name.split_whitespace().count();
    let fits = (1..=6).contains(&words)
        && name.chars().next().is_some_and(char::is_alphabetic)
        && !name.contains(['@', '<', '{'])
        && !name.contains(|c: char| c.is_ascii_digit());
    fits.then(|| name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn same_person(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.to_lowercase().replace(['.', '-', ' '], "");
    let (one, other) = (bare(one), bare(other));
    one == other || one.contains(&other) || other.contains(&one)
}
