//! Pairs of sentences of which people say whether they mean the same, as in Microsoft's research
//! paraphrase corpus: a table with tabs and without quotation.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    path::Path,
};

use super::CorpusError;

/// Two sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentencePair {
    /// One.
    pub left: String,
    /// The other.
    pub right: String,
    /// Whether they mean the same.
    pub is_same: bool,
    /// Number of its group, from 0 in the order of the file: pairs that share a sentence, directly
    /// or through others, are in one group.
    pub group: usize,
}

/// Reads `msr_paraphrase_train.txt` of a folder: judgement (1 or 0), two ids, two sentences.
///
/// # Errors
///
/// When the file cannot be read, or a judgement is something else.
pub fn read(folder: &Path) -> Result<Vec<SentencePair>, CorpusError> {
    let path = folder.join("msr_paraphrase_train.txt");
    let mut table = csv::ReaderBuilder::new();
    let rows: Vec<(String, String, String, String, String)> =
        super::rows(&path, table.delimiter(b'\t').quoting(false))?;
    let groups = groups(rows.iter().map(|row| [row.1.as_str(), row.2.as_str()]));
    (rows.into_iter().zip(groups).enumerate())
        .map(|(at, ((is_same, _, _, left, right), group))| {
            let is_same = match is_same.as_str() {
                "1" => true,
                "0" => false,
                other => {
                    return Err(CorpusError::Line {
                        path: path.clone(),
                        line: at + 2,
                        reason: format!("`{other}` is neither 1 nor 0"),
                    });
                }
            };
            Ok(SentencePair {
                left,
                right,
                is_same,
                group,
            })
        })
        .collect()
}

/// Numbers pairs so that those which share something, directly or through others, have one number.
fn groups<'a>(pairs: impl Iterator<Item = [&'a str; 2]>) -> Vec<usize> {
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    // The group that a group was joined to; itself where to none.
    let mut joined: Vec<usize> = Vec::new();
    let root = |joined: &[usize], mut group: usize| {
        while joined[group] != group {
            group = joined[group];
        }
        group
    };
    let mut found = Vec::new();
    for pair in pairs {
        let mut group = joined.len();
        joined.push(group);
        for sentence in pair {
            match of.entry(sentence) {
                Entry::Vacant(entry) => {
                    entry.insert(group);
                }
                Entry::Occupied(entry) => {
                    let other = root(&joined, *entry.get());
                    let (least, most) = (group.min(other), group.max(other));
                    joined[most] = least;
                    group = least;
                }
            }
        }
        found.push(group);
    }
    let mut numbers = BTreeMap::new();
    (found.into_iter())
        .map(|group| {
            let next = numbers.len();
            *numbers.entry(root(&joined, group)).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn pairs_are_read_as_they_stand() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("msr_paraphrase_train.txt");
        let head = "\u{feff}Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\r\n";
        let rows = "1\t5\t6\tHe said \"no.\tHis \"no\" came.\r\n0\t6\t9\tOne.\tTwo.\r\n";
        fs::write(&path, format!("{head}{rows}")).unwrap();
        let found = read(folder.path()).unwrap();
        assert_eq!(found[0].left, "He said \"no.");
        assert_eq!([found[0].is_same, found[1].is_same], [true, false]);
        assert_eq!(found[0].group, found[1].group);
        fs::write(&path, format!("{head}maybe\t5\t6\tOne.\tTwo.\r\n")).unwrap();
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(
            error.ends_with("line 2: `maybe` is neither 1 nor 0"),
            "{error}"
        );
    }

    #[test]
    fn what_shares_a_sentence_is_one_group() {
        let pairs = [["a", "b"], ["c", "d"], ["e", "f"], ["d", "b"], ["g", "g"]];
        assert_eq!(groups(pairs.into_iter()), [0, 0, 1, 0, 2]);
    }
}
