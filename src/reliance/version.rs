//! How the renderings of one source's words differ.
//!
//! Compares words, never what they mean.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    graph::name_of,
    loss::{Side, side},
};
use crate::mention::{MentionRecord, Polarity, Speech};

/// How a rendering differs from the fullest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Altered {
    /// Not at all.
    Same,
    /// Words are missing at the beginning or the end.
    Cut,
    /// Words are missing within.
    Elided,
    /// Words were added.
    Expanded,
    /// Words were exchanged for others.
    Reworded,
    /// One is negated and the other is not.
    Negated,
}

impl Altered {
    /// Returns the word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Cut => "cut",
            Self::Elided => "elided",
            Self::Expanded => "expanded",
            Self::Reworded => "reworded",
            Self::Negated => "negated",
        }
    }
}

/// One rendering of a source's words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// Whose words.
    pub source: String,
    /// Where they stand.
    pub side: Side,
    /// How they differ from the fullest rendering.
    pub change: Altered,
    /// Runs of words of the fullest that are missing.
    pub dropped: Vec<String>,
    /// Runs of words that the fullest does not have.
    pub added: Vec<String>,
    /// The fullest rendering: the longest direct one, else the longest.
    pub fullest: String,
}

/// More words than these are not compared.
const MOST: usize = 400;

/// Lists the renderings of each source that has several, the fullest first.
///
/// Word by word against the fullest by a longest common subsequence, O(n·m) in their words (Wagner
/// and Fischer, "The String-to-String Correction Problem", 1974).
#[must_use]
pub fn versions(carrying: &[&MentionRecord]) -> Vec<Version> {
    let mut by_source: BTreeMap<String, Vec<&MentionRecord>> = BTreeMap::new();
    for record in carrying
        .iter()
        .filter(|record| record.mention.chain.len() > 1)
    {
        if let Some(link) = record.mention.chain.last() {
            by_source.entry(name_of(link)).or_default().push(record);
        }
    }
    let mut versions = Vec::new();
    for mut records in by_source.into_values() {
        let articles: BTreeSet<_> = records.iter().map(|record| &record.article.id).collect();
        if articles.len() < 2 {
            continue;
        }
        records.sort_by_key(|record| {
            let mention = &record.mention;
            let direct = mention.speech == Speech::Direct;
            let length = words(&mention.content.text).len();
            (
                !direct,
                std::cmp::Reverse(length),
                record.article.published,
                mention.id.clone(),
            )
        });
        let fullest = records[0];
        versions.extend(records.iter().map(|record| version(fullest, record)));
    }
    versions
}

fn version(fullest: &MentionRecord, record: &MentionRecord) -> Version {
    let (full, other) = (&fullest.mention.content.text, &record.mention.content.text);
    let (of_full, of_other) = (words(full), words(other));
    let kept = common(&of_full, &of_other);
    let held: [BTreeSet<usize>; 2] = [
        kept.iter().map(|pair| pair.0).collect(),
        kept.iter().map(|pair| pair.1).collect(),
    ];
    let (dropped, inner) = runs(&of_full, &held[0]);
    let (added, _) = runs(&of_other, &held[1]);
    let negative = |record: &MentionRecord| record.mention.modality.polarity == Polarity::Negative;
    let change = match (dropped.is_empty(), added.is_empty()) {
        _ if negative(fullest) != negative(record) => Altered::Negated,
        (true, true) => Altered::Same,
        (false, true) if inner => Altered::Elided,
        (false, true) => Altered::Cut,
        (true, false) => Altered::Expanded,
        (false, false) => Altered::Reworded,
    };
    let link = record.mention.chain.last();
    Version {
        source: link.map(|link| link.source.clone()).unwrap_or_default(),
        side: side(record),
        change,
        dropped,
        added,
        fullest: full.clone(),
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| {
        !character.is_alphanumeric() && character != '\'' && character != '’'
    })
    .filter(|word| !word.is_empty())
    .take(MOST)
    .collect()
}

/// Pairs the places of a longest common subsequence, without regard to case.
fn common(one: &[&str], other: &[&str]) -> Vec<(usize, usize)> {
    let fold =
        |words: &[&str]| -> Vec<String> { words.iter().map(|word| word.to_lowercase()).collect() };
    let (one, other) = (fold(one), fold(other));
    let width = other.len() + 1;
    let mut best = vec![0_u16; (one.len() + 1) * width];
    for at in (0..one.len()).rev() {
        for to in (0..other.len()).rev() {
            best[at * width + to] = if one[at] == other[to] {
                1 + best[(at + 1) * width + to + 1]
            } else {
                best[(at + 1) * width + to].max(best[at * width + to + 1])
            };
        }
    }
    let (mut at, mut to, mut pairs) = (0, 0, Vec::new());
    while at < one.len() && to < other.len() {
        if one[at] == other[to] {
            pairs.push((at, to));
            (at, to) = (at + 1, to + 1);
        } else if best[(at + 1) * width + to] >= best[at * width + to + 1] {
            at += 1;
        } else {
            to += 1;
        }
    }
    pairs
}

/// Joins the words that are not `held` to runs, and says whether one of them stands within.
fn runs(words: &[&str], held: &BTreeSet<usize>) -> (Vec<String>, bool) {
    let mut runs: Vec<String> = Vec::new();
    let mut inner = false;
    let mut open = false;
    for (place, word) in words.iter().enumerate() {
        if held.contains(&place) {
            open = false;
            continue;
        }
        let within = held.range(..place).next().is_some() && held.range(place..).next().is_some();
        inner |= within;
        match runs.last_mut().filter(|_| open) {
            Some(run) => {
                run.push(' ');
                run.push_str(word);
            }
            None => runs.push((*word).to_owned()),
        }
        open = true;
    }
    (runs, inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn longest(one: &[&str], other: &[&str]) -> usize {
        let (Some((first, rest)), Some((second, further))) =
            (one.split_first(), other.split_first())
        else {
            return 0;
        };
        if first == second {
            1 + longest(rest, further)
        } else {
            longest(rest, other).max(longest(one, further))
        }
    }

    proptest! {
        #[test]
        fn the_common_words_are_as_many_as_trying_all_finds(
            one in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..8),
            other in prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..8)
        ) {
            let pairs = common(&one, &other);
            prop_assert_eq!(pairs.len(), longest(&one, &other));
            prop_assert!(pairs.iter().all(|(at, to)| one[*at] == other[*to]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }
    }

    #[test]
    fn words_missing_at_the_end_are_cut_and_within_elided() {
        let of = |full: &str, other: &str| {
            let (full, other) = (words(full), words(other));
            let held = common(&full, &other).iter().map(|pair| pair.0).collect();
            runs(&full, &held)
        };
        assert_eq!(
            of("we will go on Friday", "we will go"),
            (vec!["on Friday".to_owned()], false)
        );
        assert_eq!(
            of("we will not go", "we will go"),
            (vec!["not".to_owned()], true)
        );
    }
}
