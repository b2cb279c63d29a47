//! What a post on a social network is made of: addresses, tags in one word, a byline behind a dash.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::{Captures, Regex};

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:https?://|pic\.twitter\.com/)\S*"));
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"#(\w+)"));
static HUMP: LazyLock<Regex> = LazyLock::new(|| regex(r"(\p{Ll})(\p{Lu})"));
static BYLINE: LazyLock<Regex> = LazyLock::new(|| regex(r"—[^—]*\(@\w+\)[^—]*$"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is right; a test uses it")
}

/// Longest word, in letters, that a tag is divided into.
const LONGEST: usize = 18;

/// How often words stand in a collection.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    words: BTreeMap<String, usize>,
    texts: usize,
}

impl Counts {
    /// Counts the words of a text, in lower case and divided by spaces, once each.
    pub(super) fn add(&mut self, lower: &str) {
        let mut words: Vec<&str> = lower.split(' ').filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        self.texts += 1;
        for word in words {
            *self.words.entry(word.to_owned()).or_default() += 1;
        }
    }

    /// What a word costs a division: little where it is frequent.
    fn cost(&self, word: &str) -> f64 {
        match self.words.get(word) {
            Some(n) if *n >= 2 && word.len() > 1 => (self.texts as f64 / *n as f64).ln() + 2.0,
            _ => 12.0 + 2.0 * word.chars().count() as f64,
        }
    }

    /// Divides a word that the collection lacks into words that it has.
    fn divide(&self, word: &str) -> String {
        let marks: Vec<usize> = (word.char_indices().map(|(at, _)| at))
            .chain([word.len()])
            .collect();
        let mut best = vec![(0.0, 0)];
        for end in 1..marks.len() {
            let from = end.saturating_sub(LONGEST);
            let ways = (from..end).map(|start| {
                let cost = self.cost(&word[marks[start]..marks[end]]);
                (best[start].0 + cost, start)
            });
            best.push(ways.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default());
        }
        let (mut end, mut words) = (marks.len() - 1, Vec::new());
        while end > 0 {
            let start = best[end].1;
            words.push(&word[marks[start]..marks[end]]);
            end = start;
        }
        words.reverse();
        words.join(" ")
    }

    /// Leaves out addresses and spells tags out in words.
    pub(super) fn spell_out(&self, post: &str) -> String {
        let spelt = |tag: &Captures<'_>| {
            let humps = HUMP.replace_all(&tag[1], "$1 $2").replace('_', " ");
            let words = humps.split(' ').map(|word| {
                let lower = word.to_lowercase();
                if self.words.contains_key(&lower) {
                    word.to_owned()
                } else {
                    self.divide(&lower)
                }
            });
            format!(" {} ", words.collect::<Vec<_>>().join(" "))
        };
        let bare = ADDRESS.replace_all(post, " ");
        TAG.replace_all(&bare, spelt).into_owned()
    }
}

/// Leaves out who posted it and when; what has nothing else is kept.
pub(super) fn without_byline(post: &str) -> &str {
    let end = BYLINE.find(post).map_or(post.len(), |found| found.start());
    match post[..end].trim() {
        "" => post,
        own => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts() -> Counts {
        let mut counts = Counts::default();
        for text in [
            "harbour fire at night",
            "fire in the harbour",
            "the night train",
        ] {
            counts.add(text);
        }
        counts
    }

    #[test]
    fn tags_are_spelt_out_and_addresses_left_out() {
        let spelt = counts().spell_out("Look #harbourfire #NightTrain https://example.org/a?b");
        let words: Vec<&str> = spelt.split_whitespace().collect();
        assert_eq!(words, ["Look", "harbour", "fire", "Night", "Train"]);
        assert_eq!(counts().spell_out("no tag here"), "no tag here");
    }

    #[test]
    fn a_tag_of_unknown_letters_stays_whole() {
        let spelt = counts().spell_out("#zzyxq #Ünïcödé");
        assert_eq!(
            spelt.split_whitespace().collect::<Vec<_>>(),
            ["zzyxq", "ünïcödé"]
        );
    }

    #[test]
    fn a_byline_is_left_out_where_there_is_something_else() {
        let post = "The pier burns — Ada Brook (@adabrook) May 2, 2019";
        assert_eq!(without_byline(post), "The pier burns");
        assert_eq!(without_byline("— Ada (@ada) May"), "— Ada (@ada) May");
        assert_eq!(without_byline("A pier — in 1902"), "A pier — in 1902");
    }
}
