//! Paragraphs of two texts laid beside each other.

use std::{cmp::Ordering, collections::BTreeSet};

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Evidence;
use crate::span::Span;

/// A paragraph that keeps at least this share of its words was changed, not replaced.
const KEPT: f64 = 0.4;

/// The changed form of a paragraph is looked for among so many.
const AHEAD: usize = 24;

/// The words that changed are not looked for in longer paragraphs, in words.
const LONGEST: usize = 20_000;

/// Words before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// How it was.
    pub before: String,
    /// How it is.
    pub after: String,
}

/// A paragraph that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// How it was.
    pub before: Evidence,
    /// How it is.
    pub after: Evidence,
    /// The words that changed.
    pub edits: Vec<Edit>,
}

/// What two texts differ in.
#[derive(Debug, Default)]
pub(super) struct Difference {
    pub(super) added: Vec<Span>,
    pub(super) removed: Vec<Span>,
    pub(super) changed: Vec<(Span, Span)>,
}

/// Compares the paragraphs of two texts; white space does not count.
pub(super) fn compare(before: (&str, &[Span]), after: (&str, &[Span])) -> Difference {
    let words = |(text, spans): (&str, &[Span])| -> Vec<Vec<String>> {
        let words = |span: &Span| {
            span.of(text)
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        spans.iter().map(words).collect()
    };
    let (old, new) = (words(before), words(after));
    let mut found = Difference::default();
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match operation {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete {
                old_index, old_len, ..
            } => found
                .removed
                .extend(&before.1[old_index..old_index + old_len]),
            DiffOp::Insert {
                new_index, new_len, ..
            } => found.added.extend(&after.1[new_index..new_index + new_len]),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                let mut next = new_index;
                let gone = (old.iter().zip(before.1)).skip(old_index).take(old_len);
                for (words, span) in gone {
                    let like = (next..new_index + new_len)
                        .take(AHEAD)
                        .find(|other| ratio(words, &new[*other]) >= KEPT);
                    let Some(like) = like else {
                        found.removed.push(*span);
                        continue;
                    };
                    found.added.extend(&after.1[next..like]);
                    found.changed.push((*span, after.1[like]));
                    next = like + 1;
                }
                found.added.extend(&after.1[next..new_index + new_len]);
            }
        }
    }
    // What only moved neither came nor went.
    let text = |(text, span): (&str, &Span)| span.of(text).split_whitespace().collect::<String>();
    let gone: BTreeSet<String> = found
        .removed
        .iter()
        .map(|span| text((before.0, span)))
        .collect();
    let come: BTreeSet<String> = found
        .added
        .iter()
        .map(|span| text((after.0, span)))
        .collect();
    found
        .removed
        .retain(|span| !come.contains(&text((before.0, span))));
    found
        .added
        .retain(|span| !gone.contains(&text((after.0, span))));
    found
}

/// Returns the share of the words of both that stand in both, whatever their order.
fn ratio(one: &[String], other: &[String]) -> f64 {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    let (one, other) = (sorted(one), sorted(other));
    let (mut left, mut right, mut shared) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        match a.cmp(b) {
            Ordering::Less => left += 1,
            Ordering::Greater => right += 1,
            Ordering::Equal => (left, right, shared) = (left + 1, right + 1, shared + 1),
        }
    }
    2.0 * shared as f64 / (one.len() + other.len()).max(1) as f64
}

/// Lists the words that changed within a paragraph.
pub(super) fn edits(before: &str, after: &str) -> Vec<Edit> {
    let old: Vec<&str> = before.split_whitespace().collect();
    let new: Vec<&str> = after.split_whitespace().collect();
    if old.len().max(new.len()) > LONGEST {
        return Vec::new();
    }
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    (operations.iter())
        .filter(|operation| !matches!(operation, DiffOp::Equal { .. }))
        .map(|operation| Edit {
            before: old[operation.old_range()].join(" "),
            after: new[operation.new_range()].join(" "),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<Span> {
        let mut start = 0;
        (text.split_inclusive('\n'))
            .map(|line| {
                start += line.len();
                Span::new(start - line.len(), start).trim(text)
            })
            .filter(|span| !span.is_empty())
            .collect()
    }

    #[test]
    fn a_paragraph_that_changed_a_word_is_told_from_one_that_came() {
        let old = "The wall will cost four million.\nNobody objected.\nThe end.\n";
        let new = "The wall will cost nine million.\nA vote is due in May.\nThe end.\n";
        let found = compare((old, &lines(old)), (new, &lines(new)));
        let (was, is) = found.changed[0];
        let edit = Edit {
            before: "four".to_owned(),
            after: "nine".to_owned(),
        };
        assert_eq!(edits(was.of(old), is.of(new)), [edit]);
        assert_eq!(found.removed[0].of(old), "Nobody objected.");
        assert_eq!(found.added[0].of(new), "A vote is due in May.");
    }

    #[test]
    fn a_paragraph_that_moved_neither_came_nor_went() {
        let old = "One thing is sure.\nAnother is not.\nA third may be.\n";
        let new = "Another is not.\nA third may be.\nOne  thing is sure.\n";
        let found = compare((old, &lines(old)), (new, &lines(new)));
        assert!(found.added.is_empty() && found.removed.is_empty());
    }

    proptest! {
        #[test]
        fn every_paragraph_is_accounted_for(old in "([a-c ]{1,6}\n){0,6}", new in "([a-c ]{1,6}\n){0,6}") {
            let found = compare((&old, &lines(&old)), (&new, &lines(&new)));
            let changed = found.changed.len();
            prop_assert!(found.removed.len() + changed <= lines(&old).len());
            prop_assert!(found.added.len() + changed <= lines(&new).len());
            let same = compare((&old, &lines(&old)), (&old, &lines(&old)));
            prop_assert!(same.added.is_empty() && same.removed.is_empty() && same.changed.is_empty());
        }
    }
}
