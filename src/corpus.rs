//! Articles annotated by people: what training and evaluation read.
//!
//! It never knows what an extractor finds. Offsets are bytes of the text, whatever the files count.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use crate::span::Span;

pub mod headline;
pub mod judged;
pub mod pairs;
pub mod paraphrase;
pub mod retrieval;
pub mod standoff;
pub mod story;

/// An article with the attributions that a person marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldArticle {
    /// Name of its text file, without the ending.
    pub name: String,
    /// The text, byte for byte as in the file.
    pub text: String,
    /// What was marked, in the order of the annotation.
    pub attributions: Vec<GoldAttribution>,
}

/// The three parts of a marked attribution; each is sorted and may be empty or in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoldAttribution {
    /// The words that name the source.
    pub source: Vec<Span>,
    /// The words that mark it.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// Why annotated articles could not be read. Every message names the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file or folder cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is not UTF-8.
    #[error("{} is not valid UTF-8 behind byte {valid}", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Number of bytes before the first wrong one.
        valid: usize,
    },
    /// The name of a file of annotations does not say who made them.
    #[error("{} is not named ARTICLE_ANNOTATOR.ann", path.display())]
    Name {
        /// The file.
        path: PathBuf,
    },
    /// A line of annotations does not say what it should.
    #[error("{}, line {line}: {reason}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Number of the line, from 1.
        line: usize,
        /// What is the matter.
        reason: String,
    },
    /// A file of claims does not say what it should.
    #[error("{}: {reason}", path.display())]
    Story {
        /// The file.
        path: PathBuf,
        /// What is the matter.
        reason: String,
    },
    /// A folder holds no story.
    #[error("no story lies in {}: none has expected/claims.toml", path.display())]
    NoStory {
        /// The folder.
        path: PathBuf,
    },
    /// A folder holds no posts.
    #[error("no posts lie in {}: it has neither train nor dev with any", path.display())]
    NoPosts {
        /// The folder.
        path: PathBuf,
    },
    /// No text has annotations.
    #[error("no text below {} has annotations", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// Reads the rows of a table.
fn rows<T: DeserializeOwned>(
    path: &Path,
    table: &mut csv::ReaderBuilder,
) -> Result<Vec<T>, CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Io {
        path: path.to_owned(),
        source,
    })?;
    let rows = table.from_reader(bytes.as_slice()).into_deserialize();
    (rows.enumerate())
        .map(|(at, row)| {
            row.map_err(|error| {
                let line = error.position().map(csv::Position::line);
                CorpusError::Line {
                    path: path.to_owned(),
                    line: line.map_or(at + 1, |line| usize::try_from(line).unwrap_or(usize::MAX)),
                    reason: error.to_string(),
                }
            })
        })
        .collect()
}
