//! How many different texts there are among articles that may be reprints of one another.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use crate::id::seed_hash;

/// Words in a shingle: runs of this length seldom agree by chance.
const SHINGLE: usize = 5;
/// Share of the shorter passage's shingles that makes two passages one text.
const CONTAINED: f64 = 0.6;
/// Shingles in more passages than this are common phrases and are not compared.
const COMMON: usize = 200;

/// Counts the passages, counting those that copy each other, or are `joined`, once.
///
/// Two passages are copies when at least three fifths of the word 5-shingles of the shorter one
/// occur in the other (Broder's containment, "On the resemblance and containment of documents",
/// 1997). An inverted index over the shingles keeps the cost near linear in the length of the text.
pub(super) fn count_distinct(passages: &[&str], joined: &[(usize, usize)]) -> usize {
    let shingles: Vec<BTreeSet<String>> = passages.iter().map(|text| shingles(text)).collect();
    let mut index: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, set) in shingles.iter().enumerate() {
        for shingle in set {
            index.entry(shingle).or_default().push(number);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut groups = UnionFind::<usize>::new(passages.len());
    let mut same: BTreeMap<&BTreeSet<String>, usize> = BTreeMap::new();
    for (number, set) in shingles.iter().enumerate() {
        groups.union(*same.entry(set).or_insert(number), number);
    }
    for &(first, second) in joined {
        groups.union(first, second);
    }
    for holders in index.values().filter(|holders| holders.len() <= COMMON) {
        for (place, &first) in holders.iter().enumerate() {
            for &second in &holders[place + 1..] {
                *shared.entry((first, second)).or_default() += 1;
            }
        }
    }
    for ((first, second), count) in shared {
        let shorter = shingles[first].len().min(shingles[second].len());
        if count as f64 >= CONTAINED * shorter as f64 {
            groups.union(first, second);
        }
    }
    groups
        .into_labeling()
        .into_iter()
        .collect::<BTreeSet<_>>()
        .len()
}

/// Returns the hashed shingles of a text; a text shorter than a shingle is one shingle.
fn shingles(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.len() < SHINGLE {
        return BTreeSet::from([seed_hash(&words)]);
    }
    words.windows(SHINGLE).map(seed_hash).collect()
}

#[cfg(test)]
mod tests {
    use super::count_distinct;

    const REPORT: &str = "The harbour master said on Tuesday that nine ferries would stop running \
        before the winter, and that the crews had been told by letter.";

    #[test]
    fn a_reprint_with_another_start_is_the_same_text() {
        let reprint = format!("From our partners. {REPORT}");
        assert_eq!(count_distinct(&[REPORT, &reprint], &[]), 1);
    }

    #[test]
    fn sharing_one_quotation_does_not_make_one_text() {
        let other = "Asked about the timetable, the mayor replied in the council chamber that nine \
            ferries would stop running, which she called a scandal for the islands.";
        assert_eq!(count_distinct(&[REPORT, other], &[]), 2);
    }

    #[test]
    fn texts_known_as_reprints_are_joined_whatever_the_passages() {
        assert_eq!(count_distinct(&["One.", "Two.", "Three."], &[(0, 2)]), 2);
    }

    #[test]
    fn very_short_passages_are_compared_whole() {
        assert_eq!(
            count_distinct(&["No threat.", "no threat", "A threat", ""], &[]),
            3
        );
        assert_eq!(count_distinct(&[], &[]), 0);
    }
}
