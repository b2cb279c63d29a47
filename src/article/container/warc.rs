//! Web archives: the pages that servers sent, with their addresses and times.
//!
//! Requests, pictures, redirects and the like are passed over: they are no articles.

use std::io::{self, BufRead, Read};

use super::{
    Place, Step, Stop, Walk,
    http::{self, Answer},
    lines::read_line,
};
use crate::article::{
    ArticleError, Supplied, fields,
    format::Format,
    record::{Body, Provenance},
};

/// Longest head of a record.
const MAX_HEAD: u64 = 64 << 10;
/// Plain texts of these names are for machines.
const NO_ARTICLES: [&str; 7] = [
    "robots.txt",
    "ads.txt",
    "app-ads.txt",
    "humans.txt",
    "security.txt",
    "llms.txt",
    "sellers.json",
];

/// The head of a record.
#[derive(Debug, Default, PartialEq)]
struct Head {
    kind: String,
    id: Option<String>,
    url: Option<String>,
    date: Option<String>,
    media: String,
    length: Option<u64>,
}

impl Walk<'_, '_> {
    /// Takes apart a web archive.
    pub(super) fn warc(&mut self, input: &mut dyn BufRead, place: &Place) -> Step {
        let mut reader = Reader { input, offset: 0 };
        let mut any = false;
        loop {
            let next = reader.head().map_err(|error| place.fail(error))?;
            let (start, head) = match next {
                Next::End if any => return Ok(()),
                Next::End => return Err(place.malformed("it has no whole record")),
                Next::Lost => {
                    let error =
                        place.malformed(format!("no record begins at byte {}", reader.offset));
                    if let Stop::Failed(error) = error {
                        self.emit(Err(error))?;
                    }
                    if !reader.resync().map_err(|error| place.fail(error))? {
                        return Ok(());
                    }
                    continue;
                }
                Next::Head(start, head) => (start, head),
            };
            any = true;
            let Some(length) = head.length else {
                return Err(place.malformed(format!("the record at byte {start} has no length")));
            };
            let packed = place
                .members
                .as_ref()
                .and_then(|members| members.borrow_mut().begin(start));
            let offset = packed.unwrap_or(start);
            let wanted = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
            let fragment = format!("offset={offset}");
            let path = format!("{}#{fragment}", place.path);
            if !wanted || length > self.options.max_bytes {
                let passed = reader.pass(length).map_err(|error| place.fail(error))?;
                if wanted && !is_other(&head) {
                    let error = self.too_long(path);
                    self.emit(Err(error))?;
                }
                if !passed {
                    return Ok(());
                }
                continue;
            }
            let bytes = reader.take(length).map_err(|error| place.fail(error))?;
            let cut = (bytes.len() as u64) < length;
            let provenance = Provenance {
                offset: Some(offset),
                id: head.id.clone(),
                captured: head.date.as_deref().and_then(fields::moment),
                ..Provenance::default()
            };
            match page(&head, &bytes, self.options.max_bytes) {
                Ok(Some(body)) => {
                    let mut record = place.record(&fragment, provenance, body);
                    record.supplied.push(Supplied {
                        origin: "warc",
                        url: head.url,
                        ..Supplied::default()
                    });
                    self.emit(Ok(record))?;
                }
                Ok(None) => {}
                Err(reason) => {
                    let path = path.into();
                    self.emit(Err(ArticleError::Malformed { path, reason }))?;
                }
            }
            if cut {
                return Err(place.malformed(format!("it ends inside the record at byte {start}")));
            }
        }
    }
}

/// Returns the page in a record, if it is one.
fn page(head: &Head, bytes: &[u8], limit: u64) -> Result<Option<Body>, String> {
    if head.kind == "response" && head.media.starts_with("application/http") {
        let Some(answer) = Answer::parse(bytes) else {
            return Err("the server's answer has no head".to_owned());
        };
        if answer.status != 200 || !is_page(&answer.media, head.url.as_deref()) {
            return Ok(None);
        }
        return Ok(Some(Body::Document {
            bytes: answer.body(limit)?,
            format: of(&answer.media),
            charset: answer.charset,
        }));
    }
    let (media, charset) = http::media(&head.media);
    if !is_page(&media, head.url.as_deref()) {
        return Ok(None);
    }
    Ok(Some(Body::Document {
        bytes: bytes.to_vec(),
        format: of(&media),
        charset,
    }))
}

fn of(media: &str) -> Option<Format> {
    media.contains("html").then_some(Format::Html)
}

fn is_page(media: &str, url: Option<&str>) -> bool {
    match media {
        "text/html" | "application/xhtml+xml" => true,
        "text/plain" => {
            let name = url
                .and_then(|url| url.rsplit('/').next())
                .unwrap_or_default();
            !NO_ARTICLES.contains(&name)
        }
        _ => false,
    }
}

/// Says whether a record that is too long is something else than a page, as far as its head tells.
fn is_other(head: &Head) -> bool {
    head.kind == "resource" && !is_page(&http::media(&head.media).0, head.url.as_deref())
}

enum Next {
    Head(u64, Head),
    /// Something else stands where a record should begin.
    Lost,
    End,
}

struct Reader<'a> {
    input: &'a mut dyn BufRead,
    offset: u64,
}

impl Reader<'_> {
    fn line(&mut self, buffer: &mut Vec<u8>) -> io::Result<(u64, bool)> {
        let (length, whole) = read_line(self.input, buffer, MAX_HEAD)?;
        self.offset += length;
        Ok((length, whole))
    }

    /// Reads the next head and says where it began.
    fn head(&mut self) -> io::Result<Next> {
        let mut line = Vec::new();
        let start = loop {
            let start = self.offset;
            if self.line(&mut line)?.0 == 0 {
                return Ok(Next::End);
            }
            if !line.trim_ascii().is_empty() {
                break start;
            }
        };
        if !line.starts_with(b"WARC/") {
            return Ok(Next::Lost);
        }
        let mut head = Head::default();
        while self.offset - start <= MAX_HEAD {
            let (length, whole) = self.line(&mut line)?;
            if length == 0 || !whole {
                return Ok(if length == 0 { Next::End } else { Next::Lost });
            }
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                return Ok(Next::Head(start, head));
            }
            if let Some((name, value)) = text.split_once(':') {
                head.set(&name.trim().to_ascii_lowercase(), value.trim());
            }
        }
        Ok(Next::Lost)
    }

    /// Passes over bytes to where a record begins.
    fn resync(&mut self) -> io::Result<bool> {
        let mut line = Vec::new();
        loop {
            if self.input.fill_buf()?.starts_with(b"WARC/1") {
                return Ok(true);
            }
            if self.line(&mut line)?.0 == 0 {
                return Ok(false);
            }
        }
    }

    fn take(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        (&mut *self.input).take(length).read_to_end(&mut bytes)?;
        self.offset += bytes.len() as u64;
        Ok(bytes)
    }

    /// Passes over bytes; says whether all were there.
    fn pass(&mut self, length: u64) -> io::Result<bool> {
        let passed = io::copy(&mut (&mut *self.input).take(length), &mut io::sink())?;
        self.offset += passed;
        Ok(passed == length)
    }
}

impl Head {
    fn set(&mut self, name: &str, value: &str) {
        let bare = || value.trim_matches(['<', '>']).to_owned();
        match name {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-record-id" => self.id = Some(bare()),
            "warc-target-uri" => self.url = Some(bare()),
            "warc-date" => self.date = Some(value.to_owned()),
            "content-type" => self.media = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }
}
