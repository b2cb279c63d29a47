//! One article on its way out of a container: its bytes, and what came with them.
//!
//! Everything that costs time per article happens here, where it can be done in parallel.

use std::{fmt, io};

use serde_json::Value;

use super::{
    ArticleError, RawArticle, ReadOptions, Snapshot, Supplied, byte_order_mark,
    container::read_mail,
    decode,
    fields::{self, Fielded},
    format::Format,
    html, markup,
    stated::{self, Page},
    supplied,
};
use crate::{
    diagnostic::{Diagnostic, Warned},
    id::{seed_hash, sha256_hex},
    span::Span,
};

pub use crate::mention::Provenance;

/// One article as it lies in a file or container, not yet read.
#[derive(Debug, Clone)]
pub struct Record {
    /// Where it lies: the file, and behind `#` the place in it.
    pub path: String,
    pub(super) body: Body,
    pub(super) supplied: Vec<Supplied>,
    pub(super) provenance: Option<Provenance>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a record holds.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// A text or page.
    Document {
        bytes: Vec<u8>,
        /// What it is, where that need not be told by its bytes.
        format: Option<Format>,
        /// Its encoding, as its server named it.
        charset: Option<String>,
    },
    /// A JSON object.
    Json(Vec<u8>),
    /// An object or row, with the media type of what it is from.
    Value(Value, &'static str),
    /// An item of a feed.
    Item(Box<Fielded>),
    /// A letter.
    Mail(Vec<u8>),
}

/// What input may not exceed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    Bytes(u64),
    Ratio(u64),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(limit) => write!(f, "it has more than the {limit} bytes allowed"),
            Self::Ratio(limit) => write!(f, "it grows more than {limit} times when unpacked"),
        }
    }
}

impl std::error::Error for Limit {}

impl From<Limit> for io::Error {
    fn from(limit: Limit) -> Self {
        Self::other(limit)
    }
}

impl Record {
    /// Returns about how much memory it takes, in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.body {
            Body::Document { bytes, .. } | Body::Json(bytes) | Body::Mail(bytes) => bytes.len(),
            Body::Value(value, _) => size(value),
            Body::Item(item) => item.text.len(),
        }
    }

    /// Says whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names what the record holds: the same for the same content and metadata, wherever it lies.
    #[must_use]
    pub fn key(&self) -> String {
        let about = format!("{:?}", self.supplied);
        match &self.body {
            Body::Document {
                bytes,
                format,
                charset,
            } => {
                let how = format!("{format:?} {charset:?}");
                seed_hash(&["document", &sha256_hex(bytes), &how, &about])
            }
            Body::Json(bytes) => seed_hash(&["json", &sha256_hex(bytes), &about]),
            Body::Mail(bytes) => seed_hash(&["mail", &sha256_hex(bytes), &about]),
            Body::Value(value, media) => seed_hash(&["value", media, &value.to_string(), &about]),
            Body::Item(item) => seed_hash(&["item", &format!("{item:?}"), &about]),
        }
    }

    /// Reads the article.
    ///
    /// # Errors
    ///
    /// When it is empty, is not text, or holds no article.
    pub fn read(mut self, options: &ReadOptions) -> Result<Warned<RawArticle>, ArticleError> {
        let json = "application/json";
        match std::mem::replace(&mut self.body, Body::Json(Vec::new())) {
            Body::Document {
                bytes,
                format,
                charset,
            } => self.document(bytes, format, charset.as_deref()),
            Body::Json(bytes) => {
                let hash = sha256_hex(&bytes);
                let value = match serde_json::from_slice(&bytes) {
                    Err(_) if std::str::from_utf8(&bytes).is_err() => {
                        self.warn(
                            "W-ENCODING",
                            "is not valid UTF-8; some bytes had no meaning",
                        );
                        serde_json::from_str(&decode::lossy(&bytes))
                    }
                    read => read,
                };
                let value = value.map_err(|error| self.malformed(format!("no JSON: {error}")))?;
                self.value(&value, json, Some(hash), options)
            }
            Body::Value(value, media) => self.value(&value, media, None, options),
            Body::Item(item) => self.fielded(*item, "application/rss+xml", None),
            Body::Mail(bytes) => {
                let hash = sha256_hex(&bytes);
                let read = read_mail(&bytes, &mut self.provenance, &self.path);
                let item = read.map_err(|reason| self.malformed(reason.to_owned()))?;
                self.fielded(item, "message/rfc822", Some(hash))
            }
        }
    }

    fn malformed(&self, reason: String) -> ArticleError {
        ArticleError::Malformed {
            path: self.path.as_str().into(),
            reason,
        }
    }

    fn empty(&self) -> ArticleError {
        ArticleError::Empty {
            path: self.path.as_str().into(),
        }
    }

    fn warn(&mut self, code: &'static str, message: impl Into<String>) {
        let diagnostic = Diagnostic::warning(code, &self.path, message.into());
        self.diagnostics.push(diagnostic);
    }

    fn document(
        mut self,
        bytes: Vec<u8>,
        format: Option<Format>,
        charset: Option<&str>,
    ) -> Result<Warned<RawArticle>, ArticleError> {
        let hash = sha256_hex(&bytes);
        let decoded = decode::decode(bytes, charset).map_err(|what| ArticleError::NotText {
            path: self.path.as_str().into(),
            what,
        })?;
        let mut raw_sha256 = None;
        if let Some(encoding) = decoded.converted_from {
            raw_sha256 = Some(hash.clone());
            let loss = match decoded.lossy {
                true => ", some bytes had no meaning",
                false => "",
            };
            let message = format!("is not valid UTF-8; read as {encoding}{loss}");
            self.warn("W-ENCODING", message);
        }
        let text = decoded.text;
        if is_empty(&text) {
            return Err(self.empty());
        }
        let is_page = match format {
            None => html::sniff(&text),
            Some(format) => format == Format::Html,
        };
        if is_page {
            let page = html::read(text).map_err(|reason| self.html(reason))?;
            let text = page.text;
            return self.finish(text, 0, "text/html", Some(hash), page.markings);
        }
        let mut start = byte_order_mark(&text);
        if let Some((front, behind)) = supplied::front_matter(&text, start) {
            self.supplied.insert(0, front);
            start = behind;
        }
        let media = match format {
            Some(Format::Markdown) => "text/markdown",
            _ => "text/plain",
        };
        self.finish(text, start, media, raw_sha256, Page::default())
    }

    fn html(&self, reason: String) -> ArticleError {
        ArticleError::Html {
            path: self.path.as_str().into(),
            reason,
        }
    }

    fn value(
        mut self,
        value: &Value,
        media: &'static str,
        raw_sha256: Option<String>,
        options: &ReadOptions,
    ) -> Result<Warned<RawArticle>, ArticleError> {
        let Some(mut item) = fields::read(value, &options.map) else {
            return Err(ArticleError::NoText {
                path: self.path.as_str().into(),
            });
        };
        if let Some(provenance) = &mut self.provenance {
            provenance.id = provenance.id.take().or(item.id.take());
            provenance.captured = provenance.captured.or(item.captured);
        }
        self.fielded(item, media, raw_sha256)
    }

    /// An article of parts: what is known of it stands at its head as front matter, so that copies
    /// in several outlets are several snapshots and each says itself where it is from.
    fn fielded(
        mut self,
        item: Fielded,
        media: &'static str,
        raw_sha256: Option<String>,
    ) -> Result<Warned<RawArticle>, ArticleError> {
        let Fielded {
            text,
            summary,
            page,
            supplied,
            ..
        } = item;
        let mut known = vec![supplied];
        let body = if page {
            match html::read(text.clone()) {
                Ok(page) => {
                    known.extend(stated::supplied(&page.markings.stated));
                    page.text
                }
                Err(reason) => markup::plain(&text).map_err(|_| self.html(reason))?,
            }
        } else if markup::is_marked(&text) {
            markup::plain(&text).map_err(|reason| self.html(reason))?
        } else {
            decode::check(&text).map_err(|what| ArticleError::NotText {
                path: self.path.as_str().into(),
                what,
            })?;
            text
        };
        if is_empty(&body) {
            return Err(self.empty());
        }
        if summary {
            self.warn("W-SUMMARY", "gives no text but a summary of it");
        }
        let mut text = supplied::write_front_matter(&known);
        let start = text.len();
        let headline = known.iter().find_map(|known| known.headline.as_deref());
        if let Some(headline) =
            headline.filter(|headline| !body.trim_start().starts_with(*headline))
        {
            text.push_str(headline);
            text.push_str("\n\n");
        }
        text.push_str(body.trim());
        text.push('\n');
        self.supplied.splice(0..0, known);
        self.finish(text, start, media, raw_sha256, Page::default())
    }

    fn finish(
        self,
        text: String,
        start: usize,
        media: &'static str,
        raw_sha256: Option<String>,
        page: Page,
    ) -> Result<Warned<RawArticle>, ArticleError> {
        if text.get(start..).is_none_or(is_empty) {
            return Err(self.empty());
        }
        let value = RawArticle {
            text_span: Span::new(start, text.len()),
            path: self.path,
            snapshot: Snapshot::new(text),
            encoding_format: media.to_owned(),
            raw_sha256,
            supplied: self.supplied,
            provenance: self.provenance,
            page,
        };
        Ok(Warned {
            value,
            diagnostics: self.diagnostics,
        })
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(object) => object.values().map(size).sum(),
        _ => 8,
    }
}

fn is_empty(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}
