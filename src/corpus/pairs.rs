//! Pairs of articles with the share of one that stands in the other, from a table.

use std::path::Path;

use serde::Deserialize;

use super::CorpusError;

/// Two articles and the share of the shorter one's runs of words that stand in the other.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldPair {
    /// One.
    #[serde(rename = "id_a")]
    pub one: String,
    /// The other.
    #[serde(rename = "id_b")]
    pub other: String,
    /// The share.
    pub containment: f64,
}

/// Reads a table with tabs whose first line names its columns.
///
/// # Errors
///
/// When the file cannot be read, or a line lacks a column or its share is no number.
pub fn read(path: &Path) -> Result<Vec<GoldPair>, CorpusError> {
    let mut table = csv::ReaderBuilder::new();
    super::rows(path, table.delimiter(b'\t').quoting(false).flexible(true))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn columns_are_known_by_their_names_and_a_bad_line_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pairs.tsv");
        fs::write(
            &path,
            "containment\tid_a\ttitle\tid_b\n0.5\ta1\t\"Odd\tb2\n",
        )
        .unwrap();
        let pair = GoldPair {
            one: "a1".to_owned(),
            other: "b2".to_owned(),
            containment: 0.5,
        };
        assert_eq!(read(&path).unwrap(), [pair]);
        fs::write(&path, "containment\tid_a\tid_b\nmuch\ta1\tb2\n").unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("line 2"));
    }
}
