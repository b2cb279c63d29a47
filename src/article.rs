//! Step 1: files become snapshots. With [`crate::store`], [`crate::corpus`] and [`crate::cli`] the
//! only module that touches the file system; it never looks at what the text says.

use std::{
    fs,
    io::{self, BufRead, Read},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::atomic::AtomicU64,
};

use jiff::civil::Date;

use crate::{
    diagnostic::{Diagnostic, Warned},
    id::SnapshotId,
    span::Span,
};

mod container;
pub(crate) mod date;
mod decode;
mod discover;
mod fields;
mod format;
mod html;
mod markup;
pub(crate) mod moment;
mod record;
pub(crate) mod stated;
pub(crate) mod supplied;

pub use discover::{Found, Inputs, discover};
pub use fields::{Field, Mapping};
pub use format::Format;
pub use moment::Moment;
pub use record::{Provenance, Record};
pub use stated::{Hyperlink, Key, Page, Stated};

use record::Limit;

/// The immutable UTF-8 text of one capture, named by its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// SHA-256 of `text`.
    pub id: SnapshotId,
    /// The text; for a plain UTF-8 file exactly the file's bytes.
    pub text: String,
}

impl Snapshot {
    /// Names `text` by its hash.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self {
            id: SnapshotId::of(&text),
            text,
        }
    }
}

/// One article as read: its snapshot and what came with it from outside the text.
#[derive(Debug, Clone, PartialEq)]
pub struct RawArticle {
    /// Where it was read from, as the user gave it.
    pub path: String,
    /// Its text.
    pub snapshot: Snapshot,
    /// Media type of the file ("text/plain", "text/html").
    pub encoding_format: String,
    /// SHA-256 of the file's bytes, when the snapshot is derived from them.
    pub raw_sha256: Option<String>,
    /// Metadata from front matter, a sidecar or the page's markup, best first.
    pub supplied: Vec<Supplied>,
    /// Where the text that is to be analysed starts (behind front matter).
    pub text_span: Span,
    /// Where in a container it was read from.
    pub provenance: Option<Provenance>,
    /// What the markup of its page says.
    pub page: Page,
}

impl RawArticle {
    /// Makes an article of plain text that was read already; nothing is known beside it.
    #[must_use]
    pub fn plain(path: impl Into<String>, text: impl Into<String>) -> Self {
        let snapshot = Snapshot::new(text.into());
        let start = byte_order_mark(&snapshot.text);
        Self {
            path: path.into(),
            text_span: Span::new(start, snapshot.text.len()),
            snapshot,
            encoding_format: "text/plain".to_owned(),
            raw_sha256: None,
            supplied: Vec::new(),
            provenance: None,
            page: Page::default(),
        }
    }
}

/// Returns the length of the byte order mark that `text` starts with.
fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// Metadata given beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Supplied {
    /// From where: "option", "front matter", "sidecar", "record", "feed", "mail", "warc",
    /// "json-ld", "opengraph", "meta", "html".
    pub origin: &'static str,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub headline: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Language, as its source names it ("en", "en-GB", "English").
    pub language: Option<String>,
}

/// How files are read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Larger articles are refused, in bytes; a container of articles may be larger.
    pub max_bytes: u64,
    /// Packed data may grow so many times, beyond what one article may have.
    pub max_ratio: u64,
    /// Containers may lie inside each other so deep.
    pub max_nesting: usize,
    /// What the files are, where that is not to be told by their bytes.
    pub format: Option<Format>,
    /// Where records keep what an article is made of, besides the names that are known.
    pub map: Vec<Mapping>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_ratio: 200,
            max_nesting: 4,
            format: None,
            map: Vec::new(),
        }
    }
}

/// Why a file could not be read. Every message names the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleError {
    /// The path does not exist or cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is larger than allowed.
    #[error("{} has {size} bytes, more than the {limit} allowed", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// There is nothing in the file but white space.
    #[error("{} is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file holds no text.
    #[error("{} is not text but {what}", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// The article is longer than allowed; how long it is was not found out.
    #[error("{} has more than the {limit} bytes allowed", path.display())]
    TooLong {
        /// The file or record.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// Packed data grows beyond what is allowed.
    #[error("{} grows more than {limit} times when unpacked", path.display())]
    Bomb {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// Containers lie inside each other too deep.
    #[error("{} lies in more than {limit} containers", path.display())]
    TooDeep {
        /// The innermost.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// What was found is a pipe, a socket or a device.
    #[error("{} is not a file", path.display())]
    NotAFile {
        /// Its path.
        path: PathBuf,
    },
    /// The file is not what it seems to be.
    #[error("cannot read {}: {reason}", path.display())]
    Malformed {
        /// The file or record.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The record has no text under any of the names that are known.
    #[error("{} has no text under a known name", path.display())]
    NoText {
        /// The record.
        path: PathBuf,
    },
    /// What lies beside articles holds none.
    #[error("{} holds no articles", path.display())]
    NoArticles {
        /// The file.
        path: PathBuf,
    },
    /// The web page cannot be read.
    #[error("cannot read the web page {}: {reason}", path.display())]
    Html {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl ArticleError {
    /// Names the file or record of an error of reading.
    fn of(path: &str, error: io::Error) -> Self {
        let limit = |error: &io::Error| error.get_ref()?.downcast_ref::<Limit>().copied();
        let path = PathBuf::from(path);
        match limit(&error) {
            Some(Limit::Bytes(limit)) => Self::TooLong { path, limit },
            Some(Limit::Ratio(limit)) => Self::Bomb { path, limit },
            None => Self::Io {
                path,
                source: error,
            },
        }
    }

    /// Returns the file or record.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::TooLarge { path, .. }
            | Self::TooLong { path, .. }
            | Self::Bomb { path, .. }
            | Self::TooDeep { path, .. }
            | Self::Empty { path }
            | Self::NotText { path, .. }
            | Self::NotAFile { path }
            | Self::Malformed { path, .. }
            | Self::NoText { path }
            | Self::NoArticles { path }
            | Self::Html { path, .. } => path,
        }
    }

    /// Returns the kind of reason, in a few words that are the same for many files.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Io { .. } => "unreadable",
            Self::TooLarge { .. } | Self::TooLong { .. } => "too large",
            Self::Bomb { .. } => "growing too much when unpacked",
            Self::TooDeep { .. } => "packed too deep",
            Self::Empty { .. } => "empty",
            Self::NotText { .. } => "not text",
            Self::NotAFile { .. } => "not a file",
            Self::Malformed { .. } => "malformed",
            Self::NoText { .. } => "without text",
            Self::NoArticles { .. } => "without articles",
            Self::Html { .. } => "web pages without article",
        }
    }
}

/// Endings of the files that describe the file next to them.
const SIDECARS: [(&str, bool); 2] = [(".meta.json", true), (".meta.toml", false)];
/// Longest of them.
const MAX_SIDECAR: u64 = 1 << 20;

/// Hands on the records of all files in `inputs`, in their order, until `sink` wants no more.
///
/// A file or record that cannot be read is an error in its place. `done` counts the bytes of files
/// that were read.
pub fn records(
    inputs: &Inputs,
    options: &ReadOptions,
    done: &AtomicU64,
    sink: &mut dyn FnMut(Result<Record, ArticleError>) -> ControlFlow<()>,
) {
    for found in inputs.files() {
        let flow = match found {
            Ok(found) if found.is_stdin() => {
                container::stream(&mut io::stdin().lock(), "-", options, sink)
            }
            Ok(found) => container::file(&found, options, done, sink),
            Err(error) => sink(Err(error)),
        };
        if flow.is_break() {
            return;
        }
    }
}

/// Hands on the records of a stream like [`records`]; `name` stands in their paths.
pub fn records_of(
    input: &mut dyn BufRead,
    name: &str,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Record, ArticleError>) -> ControlFlow<()>,
) {
    // Whether more is wanted is no news to who says so.
    let _ = container::stream(input, name, options, sink);
}

/// Reads one file; of a container only its first article.
///
/// # Errors
///
/// When the file cannot be read, is empty, too large or not text.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Warned<RawArticle>, ArticleError> {
    let mut first = Err(ArticleError::NoArticles {
        path: path.to_owned(),
    });
    let found = Found {
        path: path.to_owned(),
        named: true,
    };
    let _ = container::file(&found, options, &AtomicU64::new(0), &mut |record| {
        first = record;
        ControlFlow::Break(())
    });
    first?.read(options)
}

/// Reads the sidecars of `path`: `name.txt.meta.json` or `name.meta.json`, and the same in TOML.
fn sidecars(path: &Path, subject: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Supplied> {
    let mut found = Vec::new();
    for (ending, json) in SIDECARS {
        for stem in [path.to_owned(), path.with_extension("")] {
            let mut name = stem.into_os_string();
            name.push(ending);
            let Some(text) = small_text(Path::new(&name)) else {
                continue;
            };
            match supplied::sidecar(&text, json) {
                Ok(supplied) => found.push(supplied),
                Err(reason) => {
                    let message = format!("{} is not used: {reason}", name.display());
                    diagnostics.push(Diagnostic::warning("W-SIDECAR", subject, message));
                }
            }
        }
    }
    found
}

/// Returns the text of a file that is no longer than a sidecar may be.
fn small_text(path: &Path) -> Option<String> {
    // A pipe would be waited for.
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut text = String::new();
    let file = fs::File::open(path).ok()?;
    file.take(MAX_SIDECAR).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn read_one(name: &str, bytes: &[u8]) -> Result<Warned<RawArticle>, ArticleError> {
        let folder = folder(&[(name, bytes)]);
        read(&folder.path().join(name), &ReadOptions::default())
    }

    #[test]
    fn a_plain_file_is_its_bytes() {
        let text = "\u{feff}Zwölf Zeilen.\r\n\r\nEnde.\n";
        let raw = read_one("a.txt", text.as_bytes()).unwrap();
        assert_eq!(raw.value.snapshot.text, text);
        assert_eq!(raw.value.raw_sha256, None);
        assert!(raw.diagnostics.is_empty());
        assert_eq!(raw.value.text_span, Span::new(3, text.len()));
        let path = &raw.value.path;
        assert_eq!(RawArticle::plain(path, text), raw.value);
    }

    #[test]
    fn bad_input_has_a_message_that_names_it() {
        let message = |bytes: &[u8]| read_one("bad.txt", bytes).unwrap_err().to_string();
        assert!(message(b"").ends_with("bad.txt is empty"));
        assert!(message(b" \n\t ").ends_with("bad.txt is empty"));
        assert!(message(b"a\0\0\0b\0\x01c").contains("is not text but binary data"));
        assert!(message(b"---\ntitle: only this\n---\n").ends_with("is empty"));
        assert!(message(b"<html><body></body></html>").contains("web page"));
        let folder = folder(&[("big.txt", &[b'a'; 100])]);
        let tight = ReadOptions {
            max_bytes: 10,
            ..ReadOptions::default()
        };
        let error = read(&folder.path().join("big.txt"), &tight)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("has 100 bytes, more than the 10 allowed"),
            "{error}"
        );
        assert!(read(folder.path(), &ReadOptions::default()).is_err());
    }

    #[test]
    fn other_encodings_are_converted_and_said() {
        let raw = read_one("a.txt", b"The caf\xe9 was closed, she said.").unwrap();
        assert_eq!(raw.value.snapshot.text, "The café was closed, she said.");
        assert!(raw.value.raw_sha256.is_some());
        assert_eq!(raw.diagnostics[0].code, "W-ENCODING");
    }

    #[test]
    fn front_matter_and_sidecars_come_along() {
        let folder = folder(&[
            ("a.txt", b"---\noutlet: Example News\n---\nText."),
            ("a.meta.json", br#"{"url": "https://example.org/a"}"#),
            ("a.txt.meta.toml", b"published = "),
        ]);
        let raw = read(&folder.path().join("a.txt"), &ReadOptions::default()).unwrap();
        let origins: Vec<_> = raw.value.supplied.iter().map(|s| s.origin).collect();
        assert_eq!(origins, ["front matter", "sidecar"]);
        assert_eq!(raw.value.text_span.of(&raw.value.snapshot.text), "Text.");
        assert_eq!(raw.diagnostics[0].code, "W-SIDECAR");
    }
}
