//! Where in a container an article was read from: declarations only.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where in a container an article was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Path of the container; behind `!/` stands the entry of an archive.
    pub container: String,
    /// Byte at which the record starts: in the file where records are packed one by one (as in web
    /// archives), else in the unpacked file.
    pub offset: Option<u64>,
    /// Line at which it starts, from 1.
    pub line: Option<u64>,
    /// Its place among the items of a list or feed, from 1.
    pub item: Option<u64>,
    /// What names it in the container.
    pub id: Option<String>,
    /// When it was fetched.
    pub captured: Option<Timestamp>,
}
