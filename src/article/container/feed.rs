//! Feeds: RSS 0.9 to 2.0 and Atom, item by item.
//!
//! Entities that a feed defines itself are never expanded.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
};

use encoding_rs::{Encoding, UTF_8};
use quick_xml::{
    Reader,
    escape::unescape,
    events::{BytesStart, Event},
};

use super::{Place, Step, Stop, Walk};
use crate::{
    article::{
        ArticleError, Supplied, date,
        fields::Fielded,
        record::{Body, Limit, Provenance},
        supplied::split_names,
    },
    lexicon::Lexicon,
};

/// Deeper elements are refused.
const MAX_DEPTH: usize = 256;
/// A shorter text is a summary.
const SHORT: usize = 400;

impl Walk<'_, '_> {
    /// Takes apart a feed.
    pub(super) fn feed(&mut self, input: &mut dyn BufRead, place: &Place) -> Step {
        let left = Cell::new(0);
        let limit = self.options.max_bytes;
        let budget = Budget {
            input,
            left: &left,
            limit,
        };
        let mut reader = Reader::from_reader(budget);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let mut feed = Feed::default();
        let (mut buffer, mut item) = (Vec::new(), 0);
        left.set(limit);
        loop {
            buffer.clear();
            let event = match reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(quick_xml::Error::Io(error)) => {
                    let limit = error
                        .get_ref()
                        .and_then(|error| error.downcast_ref::<Limit>());
                    let plain = || io::Error::new(error.kind(), error.to_string());
                    return Err(place.fail(limit.map_or_else(plain, |limit| (*limit).into())));
                }
                Err(error) => return Err(place.malformed(error.to_string())),
            };
            if matches!(event, Event::Eof) {
                break;
            }
            if feed.stack.len() > MAX_DEPTH {
                return Err(
                    place.malformed(format!("elements are nested more than {MAX_DEPTH} deep"))
                );
            }
            let Some(found) = feed.take(&event) else {
                continue;
            };
            item += 1;
            left.set(limit);
            let fragment = format!("item={item}");
            let provenance = Provenance {
                item: Some(item),
                id: found.id.clone(),
                ..Provenance::default()
            };
            let record = match found.text.trim().is_empty() {
                true => Err(ArticleError::NoText {
                    path: format!("{}#{fragment}", place.path).into(),
                }),
                false => Ok(place.record(&fragment, provenance, Body::Item(Box::new(found)))),
            };
            self.emit(record)?;
        }
        match item {
            0 => Err(Stop::Failed(ArticleError::NoArticles {
                path: place.path.as_str().into(),
            })),
            _ => Ok(()),
        }
    }
}

/// Lets so many bytes through for each item.
struct Budget<'a, 'c> {
    input: &'a mut dyn BufRead,
    left: &'c Cell<u64>,
    limit: u64,
}

impl Read for Budget<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for Budget<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left.get() == 0 {
            return Err(Limit::Bytes(self.limit).into());
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left.set(self.left.get().saturating_sub(count as u64));
        self.input.consume(count);
    }
}

/// What was read of a feed so far.
#[derive(Default)]
struct Feed {
    stack: Vec<String>,
    encoding: Option<&'static Encoding>,
    title: String,
    language: Option<String>,
    /// The item, and how deep it lies.
    item: Option<(usize, Item)>,
    /// The element whose text is taken, and how deep it lies.
    open: Option<(usize, String)>,
    text: String,
    /// How much of the text stood before the last element inside.
    mark: usize,
}

#[derive(Default)]
struct Item {
    title: String,
    link: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    content: String,
    summary: String,
    id: Option<String>,
    source: Option<String>,
}

impl Feed {
    /// Takes one event; returns an item when it is complete.
    fn take(&mut self, event: &Event<'_>) -> Option<Fielded> {
        match event {
            Event::Decl(decl) => {
                let label = decl.encoding().and_then(Result::ok);
                self.encoding = label.and_then(|label| Encoding::for_label(&label));
            }
            Event::Start(start) => self.start(start),
            Event::Text(text) if self.open.is_some() => {
                let raw = self.decode(text);
                match unescape(&raw) {
                    Ok(text) => self.text.push_str(&text),
                    // What only pages know is left to who reads them.
                    Err(_) => self.text.push_str(&raw),
                }
            }
            Event::CData(text) if self.open.is_some() => {
                let raw = self.decode(text);
                self.text.push_str(&raw);
            }
            Event::End(_) => return self.end(),
            _ => {}
        }
        None
    }

    fn decode(&self, bytes: &[u8]) -> String {
        self.encoding.unwrap_or(UTF_8).decode(bytes).0.into_owned()
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = self.decode(start.name().as_ref());
        self.stack.push(name.clone());
        let depth = self.stack.len();
        if let Some((_, open)) = &self.open {
            self.mark = self.text.len();
            if !is_named(open) {
                // Markup that was not escaped.
                let local = name.rsplit(':').next().unwrap_or_default();
                self.text.push_str(&format!("<{local}>"));
            }
            return;
        }
        let attribute = |wanted: &str| {
            let mut found = start.attributes().flatten();
            let found = found.find(|one| one.key.as_ref() == wanted.as_bytes())?;
            let raw = self.decode(&found.value);
            Some(unescape(&raw).map(Into::into).unwrap_or(raw))
        };
        match (&name[..], &self.item) {
            ("item" | "entry" | "atom:entry" | "rss:item", None) => {
                self.item = Some((depth, Item::default()));
                return;
            }
            ("feed" | "rss", None) => self.language = attribute("xml:lang"),
            ("link" | "atom:link", Some(_)) => {
                let rel = attribute("rel");
                let href = attribute("href").filter(|_| rel.is_none_or(|rel| rel == "alternate"));
                if let Some((_, item)) = &mut self.item {
                    item.link = item.link.take().or(href);
                }
            }
            _ => {}
        }
        let inside = self.item.as_ref().map(|(depth, _)| *depth);
        let wanted = match inside {
            None => depth <= 3 && matches!(&name[..], "title" | "language" | "dc:language"),
            Some(item) => depth == item + 1,
        };
        if wanted {
            self.open = Some((depth, name));
            self.text.clear();
        }
    }

    fn end(&mut self) -> Option<Fielded> {
        let depth = self.stack.len();
        let name = self.stack.pop()?;
        if let Some((at, open)) = self.open.take() {
            if at < depth {
                let local = name.rsplit(':').next().unwrap_or_default();
                if !is_named(&open) {
                    self.text.push_str(&format!("</{local}>"));
                } else if !matches!(local, "name" | "title") {
                    self.text.truncate(self.mark);
                }
                self.open = Some((at, open));
                return None;
            }
            let text = std::mem::take(&mut self.text);
            self.field(&open, text.trim());
            return None;
        }
        let (at, _) = self.item.as_ref()?;
        if *at < depth {
            return None;
        }
        let (_, item) = self.item.take()?;
        Some(self.finish(item))
    }

    fn field(&mut self, name: &str, text: &str) {
        let filled = || (!text.is_empty()).then(|| text.to_owned());
        let Some((_, item)) = &mut self.item else {
            match name {
                "title" if self.title.is_empty() => self.title = text.to_owned(),
                "title" => {}
                _ => self.language = self.language.take().or(filled()),
            }
            return;
        };
        let longest = |old: &mut String| {
            if text.len() > old.len() {
                *old = text.to_owned();
            }
        };
        match name.trim_start_matches("atom:") {
            "title" | "rss:title" => item.title = text.to_owned(),
            "link" => item.link = item.link.take().or(filled()),
            "content:encoded" | "content" | "xhtml:body" | "body" => longest(&mut item.content),
            "description" | "summary" => longest(&mut item.summary),
            "pubDate" | "published" | "dc:date" | "issued" => item.published = filled(),
            "updated" | "modified" => item.updated = filled(),
            "author" | "dc:creator" | "creator" => item.authors.push(untagged(text)),
            "guid" | "id" => item.id = filled(),
            "source" => item.source = filled().map(|text| untagged(&text)),
            _ => {}
        }
    }

    fn finish(&self, item: Item) -> Fielded {
        let link = item.link.or_else(|| item.id.clone());
        let url = link.filter(|link| link.starts_with("http://") || link.starts_with("https://"));
        let outlets = &Lexicon::shipped().outlets;
        let host = url.as_deref().and_then(|url| {
            let host = url::Url::parse(url).ok()?.host_str()?.to_owned();
            outlets.by_domain(&host)
        });
        let title = untagged(&self.title);
        let outlet = match (item.source, host) {
            (Some(source), _) => Some(source),
            // The address names the outlet better than the title of one of its feeds.
            (None, Some(known)) => Some(known.name.clone()),
            (None, None) => (!title.is_empty()).then_some(title),
        };
        let days = [item.published, item.updated];
        let text = match item.content.len() < item.summary.len() {
            true => item.summary,
            false => item.content,
        };
        Fielded {
            summary: text.len() < SHORT,
            text,
            page: false,
            supplied: Supplied {
                origin: "feed",
                outlet,
                headline: Some(untagged(&item.title)).filter(|title| !title.is_empty()),
                published: days.iter().flatten().find_map(|text| date::first(text)),
                url,
                authors: item
                    .authors
                    .iter()
                    .flat_map(|names| split_names(names))
                    .collect(),
                language: self.language.clone(),
            },
            id: item.id,
            captured: None,
        }
    }
}

/// Says whether of an element only what names it is taken.
fn is_named(element: &str) -> bool {
    matches!(element.trim_start_matches("atom:"), "author" | "source")
}

/// A short text without its markup, on one line.
fn untagged(text: &str) -> String {
    let plain = match text.contains(['<', '&']) {
        true => crate::article::markup::plain(text).unwrap_or_default(),
        false => text.to_owned(),
    };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
