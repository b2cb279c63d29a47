//! Reprints: articles that share runs of words, whole or in part.
//!
//! Two sketches tell how much of the shorter text stands in the other; an index of their hashes
//! finds the pairs.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    id::{ArticleId, SnapshotId, slug},
    mention::Analysis,
    sketch::Sketch,
};

/// Share of the shorter text that must stand in the other.
const COPIED: f64 = 0.3;

/// Fewer hashes in common than this are chance or a stock phrase.
const FEWEST_SHARED: usize = 4;

/// A hash that stands in more articles than this is compared with the first of them only.
const CROWD: usize = 24;

/// What is known of an article that may be, or have, a reprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The article.
    pub article: ArticleId,
    /// Its capture.
    pub snapshot: SnapshotId,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Whom it credits.
    pub credit: Option<String>,
    /// Its body.
    pub sketch: Sketch,
}

/// Returns what an analysis says of its article as a text that may be, or have, a reprint.
#[must_use]
pub fn text(analysis: &Analysis) -> Text {
    let article = &analysis.article;
    Text {
        article: article.id.clone(),
        snapshot: article.snapshot.clone(),
        published: article.published,
        outlet: article.outlet.clone(),
        credit: article.credit.clone(),
        sketch: analysis.sketch.clone(),
    }
}

/// What says which of two articles is the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The copy credits the outlet of the original.
    Credit,
    /// The copy was published later.
    Date,
    /// Nothing; the order is that of the ids.
    Unknown,
}

/// Two articles of which one stands, whole or in part, in the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reprint {
    /// The one that reprints.
    pub copy: ArticleId,
    /// The one that is reprinted.
    pub original: ArticleId,
    /// Share of the shorter text that stands in the other, from 0 to 1.
    pub containment: f64,
    /// What tells copy from original.
    pub direction: Direction,
}

impl Reprint {
    fn is_surer_than(&self, other: &Self) -> bool {
        let share = self.containment.total_cmp(&other.containment);
        let direction = other.direction.cmp(&self.direction);
        share
            .then(direction)
            .then_with(|| other.copy.cmp(&self.copy))
            .is_gt()
    }
}

/// The sketches of all captures.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CopyIndex {
    texts: BTreeMap<SnapshotId, Text>,
}

impl CopyIndex {
    /// Adds a capture of an article; one already held is replaced.
    pub fn insert(&mut self, text: Text) {
        self.texts.insert(text.snapshot.clone(), text);
    }

    /// Finds all pairs of reprint and original, sorted; the order of insertion does not matter.
    #[must_use]
    pub fn reprints(&self) -> Vec<Reprint> {
        let mut texts: Vec<&Text> = self.texts.values().collect();
        texts.sort_by_key(|text| (&text.article, &text.snapshot));
        let mut places: Vec<(u32, usize)> = (texts.iter().enumerate())
            .flat_map(|(at, text)| text.sketch.hashes().iter().map(move |hash| (*hash, at)))
            .collect();
        places.sort_unstable();
        let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for run in places.chunk_by(|a, b| a.0 == b.0) {
            // In a crowd each is compared with the first alone, so that the cost stays linear.
            let firsts = if run.len() > CROWD { 1 } else { run.len() };
            for (index, (_, left)) in run.iter().take(firsts).enumerate() {
                for (_, right) in &run[index + 1..] {
                    *pairs.entry((*left, *right)).or_default() += 1;
                }
            }
        }
        // Of two articles with several captures the captures that share most count.
        let mut found: BTreeMap<(ArticleId, ArticleId), Reprint> = BTreeMap::new();
        for ((left, right), shared) in pairs {
            if shared < FEWEST_SHARED {
                continue;
            }
            let Some(new) = reprint(texts[left], texts[right]) else {
                continue;
            };
            let (copy, original) = (new.copy.clone(), new.original.clone());
            let key = (copy.clone().min(original.clone()), copy.max(original));
            match found.entry(key) {
                Entry::Vacant(place) => drop(place.insert(new)),
                Entry::Occupied(mut place) if new.is_surer_than(place.get()) => {
                    place.insert(new);
                }
                Entry::Occupied(_) => {}
            }
        }
        let mut found: Vec<Reprint> = found.into_values().collect();
        found.sort_by(|a, b| (&a.copy, &a.original).cmp(&(&b.copy, &b.original)));
        found
    }
}

/// Finds all pairs of reprint and original among some articles.
#[must_use]
pub fn reprints(texts: Vec<Text>) -> Vec<Reprint> {
    let mut index = CopyIndex::default();
    for text in texts {
        index.insert(text);
    }
    index.reprints()
}

/// Compares two articles.
#[must_use]
pub fn reprint(left: &Text, right: &Text) -> Option<Reprint> {
    if left.article == right.article {
        return None;
    }
    let (containment, shared) = left.sketch.containment(&right.sketch);
    if containment < COPIED || shared < FEWEST_SHARED {
        return None;
    }
    let (left, right) = if left.article <= right.article {
        (left, right)
    } else {
        (right, left)
    };
    let (copy, original, direction) = match (credits(left, right), credits(right, left)) {
        (true, false) => (left, right, Direction::Credit),
        (false, true) => (right, left, Direction::Credit),
        _ => match (left.published, right.published) {
            (Some(a), Some(b)) if a > b => (left, right, Direction::Date),
            (Some(a), Some(b)) if a < b => (right, left, Direction::Date),
            _ => (right, left, Direction::Unknown),
        },
    };
    Some(Reprint {
        copy: copy.article.clone(),
        original: original.article.clone(),
        containment: (containment * 1000.0).round() / 1000.0,
        direction,
    })
}

/// Says whether an article credits the outlet of another: "Sputnik News" is "Sputnik International".
fn credits(one: &Text, other: &Text) -> bool {
    let words = |name: &Option<String>| -> BTreeSet<String> {
        let slug = name.as_deref().map(slug).unwrap_or_default();
        let general = [
            "the",
            "news",
            "international",
            "agency",
            "com",
            "press",
            "online",
            "media",
        ];
        (slug.split('-'))
            .filter(|word| !word.is_empty() && !general.contains(word))
            .map(str::to_owned)
            .collect()
    };
    let (credit, outlet) = (words(&one.credit), words(&other.outlet));
    !outlet.is_empty() && outlet.is_subset(&credit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(from: usize, to: usize) -> String {
        let words: Vec<String> = (from..to).map(|number| format!("word{number}")).collect();
        words.join(" ")
    }

    fn text(id: &str, day: Option<&str>, outlet: &str, credit: Option<&str>, body: &str) -> Text {
        Text {
            article: ArticleId::from_local(id),
            snapshot: SnapshotId::of(&format!("{id} {body}")),
            published: day.map(|day| day.parse().unwrap()),
            outlet: Some(outlet.to_owned()),
            credit: credit.map(str::to_owned),
            sketch: Sketch::of(body),
        }
    }

    #[test]
    fn a_partial_reprint_is_found_with_its_share() {
        let found = reprints(vec![
            text("a", None, "Herald", None, &body(0, 400)),
            text("b", None, "Courier", None, &body(200, 600)),
            text("c", None, "Gazette", None, &body(1000, 1400)),
        ]);
        assert_eq!(found.len(), 1);
        assert!(
            (found[0].containment - 0.5).abs() < 0.12,
            "{}",
            found[0].containment
        );
        assert_eq!(found[0].direction, Direction::Unknown);
    }

    #[test]
    fn a_credit_tells_more_than_a_date() {
        let found = reprints(vec![
            text(
                "a",
                Some("2020-03-01"),
                "Courier",
                Some("Herald News"),
                &body(0, 300),
            ),
            text("b", Some("2020-03-02"), "The Herald", None, &body(0, 320)),
        ]);
        assert_eq!(found[0].copy, ArticleId::from_local("a"));
        assert_eq!(found[0].direction, Direction::Credit);
    }

    #[test]
    fn the_later_of_two_is_the_copy() {
        let found = reprints(vec![
            text("a", Some("2020-03-05"), "Courier", None, &body(0, 300)),
            text("b", Some("2020-03-02"), "Herald", None, &body(0, 300)),
        ]);
        assert_eq!(found[0].copy, ArticleId::from_local("a"));
        assert_eq!(found[0].direction, Direction::Date);
    }

    #[test]
    fn a_stock_phrase_makes_no_reprint() {
        let phrase = "this report was written by our own staff in the capital today";
        let found = reprints(vec![
            text(
                "a",
                None,
                "Herald",
                None,
                &format!("{} {phrase}", body(0, 300)),
            ),
            text(
                "b",
                None,
                "Courier",
                None,
                &format!("{} {phrase}", body(500, 800)),
            ),
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn captures_of_one_article_are_no_reprints_and_count_once() {
        let found = reprints(vec![
            text("a", None, "Herald", None, &body(0, 300)),
            text("a", None, "Herald", None, &body(0, 310)),
            text("b", None, "Courier", None, &body(0, 200)),
        ]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_crowd_of_reprints_is_found_from_its_first() {
        let texts = (0..40).map(|number| {
            text(
                &format!("a{number:02}"),
                None,
                "Herald",
                None,
                &body(0, 200),
            )
        });
        let found = reprints(texts.collect());
        let copies: BTreeSet<_> = found.iter().map(|reprint| &reprint.copy).collect();
        assert_eq!(copies.len(), 39);
    }

    proptest! {
        #[test]
        fn the_order_of_insertion_does_not_matter(
            order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let of = |number: usize| {
                let body = body(number * 60, number * 60 + 200);
                text(&format!("a{number}"), None, "Herald", None, &body)
            };
            let sorted = reprints((0..8).map(of).collect());
            prop_assert!(!sorted.is_empty());
            prop_assert_eq!(reprints(order.into_iter().map(of).collect()), sorted);
        }
    }
}
