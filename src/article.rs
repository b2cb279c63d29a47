//! Step 1: files become snapshots. With [`crate::store`], [`crate::corpus`] and [`crate::cli`] the
//! only module that touches the file system; it never looks at what the text says.

use std::{
    collections::BTreeSet,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use walkdir::{DirEntry, WalkDir};

use crate::{
    diagnostic::{Diagnostic, Warned},
    id::{SnapshotId, sha256_hex},
    span::Span,
};

pub(crate) mod date;
mod decode;
mod html;
pub(crate) mod supplied;

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
    /// From where: "option", "front matter", "sidecar", "json-ld", "opengraph", "meta", "html".
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
}

/// How files are read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Larger files are refused, in bytes.
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
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
    /// The web page cannot be read.
    #[error("cannot read the web page {}: {reason}", path.display())]
    Html {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// Endings of the files that are taken from folders; a file named by itself may have any.
const EXTENSIONS: [&str; 5] = ["txt", "text", "md", "html", "htm"];
/// Endings of the files that describe the file next to them.
const SIDECARS: [(&str, bool); 2] = [(".meta.json", true), (".meta.toml", false)];

/// Finds the article files below `paths`, sorted, each once.
///
/// Hidden files, sidecars and files that do not look like text are skipped in folders. A path that
/// does not exist is an error in its place.
#[must_use]
pub fn discover(paths: &[PathBuf]) -> Vec<Result<PathBuf, ArticleError>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in paths {
        let walk = WalkDir::new(path).follow_links(true).sort_by_file_name();
        let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
        for entry in walk.into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.depth() > 0 && !is_article(entry.path()) => {}
                Ok(entry) => {
                    let file = entry.into_path();
                    let real = file.canonicalize().unwrap_or_else(|_| file.clone());
                    if seen.insert(real) {
                        found.push(Ok(file));
                    }
                }
                // A link back to a folder above it adds nothing.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().unwrap_or(path).to_owned();
                    // The cause alone: the message names the path already.
                    let unknown = || std::io::Error::other("the folder cannot be walked");
                    let source = error.into_io_error().unwrap_or_else(unknown);
                    found.push(Err(ArticleError::Io { path, source }));
                }
            }
        }
    }
    found
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_article(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    !SIDECARS.iter().any(|(ending, _)| name.ends_with(ending))
        && EXTENSIONS.iter().any(|known| {
            path.extension()
                .is_some_and(|e| e.eq_ignore_ascii_case(known))
        })
}

/// Reads one file.
///
/// # Errors
///
/// When the file cannot be read, is empty, too large or not text.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Warned<RawArticle>, ArticleError> {
    let io = |source| ArticleError::Io {
        path: path.to_owned(),
        source,
    };
    let subject = path.display().to_string();
    let size = fs::metadata(path).map_err(io)?.len();
    if size > options.max_bytes {
        return Err(ArticleError::TooLarge {
            path: path.to_owned(),
            size,
            limit: options.max_bytes,
        });
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(io)?;
    file.take(options.max_bytes)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    let mut diagnostics = Vec::new();
    let mut supplied = sidecars(path, &subject, &mut diagnostics);
    let mut raw_sha256 = None;

    let hash = sha256_hex(&bytes);
    let decoded = decode::decode(bytes).map_err(|what| ArticleError::NotText {
        path: path.to_owned(),
        what,
    })?;
    if let Some(encoding) = decoded.converted_from {
        raw_sha256 = Some(hash.clone());
        let loss = if decoded.lossy {
            ", some bytes had no meaning"
        } else {
            ""
        };
        let message = format!("is not valid UTF-8; read as {encoding}{loss}");
        diagnostics.push(Diagnostic::warning("W-ENCODING", &subject, message));
    }
    let mut text = decoded.text;
    let is_empty = |text: &str| text.trim_start_matches('\u{feff}').trim().is_empty();
    let empty = || ArticleError::Empty {
        path: path.to_owned(),
    };
    if is_empty(&text) {
        return Err(empty());
    }
    let mut start = byte_order_mark(&text);
    let encoding_format = if html::sniff(&text) {
        let page = html::read(text).map_err(|reason| ArticleError::Html {
            path: path.to_owned(),
            reason,
        })?;
        text = page.text;
        start = 0;
        supplied.extend(page.supplied);
        raw_sha256 = Some(hash);
        "text/html"
    } else {
        if let Some((front, behind)) = supplied::front_matter(&text, start) {
            supplied.insert(0, front);
            start = behind;
        }
        "text/plain"
    };
    if is_empty(&text[start..]) {
        return Err(empty());
    }
    let text_span = Span::new(start, text.len());
    let value = RawArticle {
        path: subject,
        snapshot: Snapshot::new(text),
        encoding_format: encoding_format.to_owned(),
        raw_sha256,
        supplied,
        text_span,
    };
    Ok(Warned { value, diagnostics })
}

/// Reads the sidecars of `path`: `name.txt.meta.json` or `name.meta.json`, and the same in TOML.
fn sidecars(path: &Path, subject: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Supplied> {
    let mut found = Vec::new();
    for (ending, json) in SIDECARS {
        for stem in [path.to_owned(), path.with_extension("")] {
            let mut name = stem.into_os_string();
            name.push(ending);
            let Ok(text) = fs::read_to_string(&name) else {
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
    fn folders_are_walked_in_order_and_each_file_is_taken_once() {
        let folder = folder(&[
            ("b.txt", b"B"),
            ("a/z.html", b"Z"),
            ("a/y.md", b"Y"),
            ("a/y.meta.json", b"{}"),
            (".hidden/x.txt", b"X"),
            ("data.csv", b"1"),
            (".dot.txt", b"D"),
        ]);
        let root = folder.path();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
        let paths = [
            root.join("missing"),
            root.to_owned(),
            root.join("b.txt"),
            root.join("data.csv"),
        ];
        let found = discover(&paths);
        assert!(
            matches!(&found[0], Err(ArticleError::Io { path, .. }) if path.ends_with("missing"))
        );
        let names: Vec<_> = found[1..]
            .iter()
            .map(|path| {
                path.as_ref()
                    .unwrap()
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
            })
            .collect();
        assert_eq!(names, ["a/y.md", "a/z.html", "b.txt", "data.csv"]);
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
        let tight = ReadOptions { max_bytes: 10 };
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
