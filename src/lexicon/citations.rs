//! Words by which an article leans on what an outlet published.
//!
//! It knows no outlets and no sentences; it only says whether the words beside a name cite it.

use std::collections::BTreeSet;

use serde::Deserialize;
use url::Url;

/// The words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citations {
    /// Most words before a noun that describes an outlet.
    modifiers: usize,
    /// Nouns that describe an outlet before its name.
    described: Vec<String>,
    /// What stands before an outlet that is cited.
    before: Vec<String>,
    /// What stands behind its name.
    after: Vec<String>,
    /// Which addresses are those of documents.
    links: Links,
    /// Sentences that test the words.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// A sentence in which an outlet is cited, or only named.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The outlet's name in it.
    pub outlet: String,
    /// Whether it is cited.
    pub cited: bool,
}

/// Which addresses are those of documents, and not of lists, profiles or shops.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Links {
    /// Steps of addresses that lead to something else.
    steps: BTreeSet<String>,
    /// Sites whose addresses of one step are profiles.
    profiles: BTreeSet<String>,
    /// Sites that hold no documents.
    others: BTreeSet<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    accepts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    rejects: Vec<String>,
}

impl Citations {
    /// Reads the data file.
    ///
    /// # Errors
    ///
    /// When it is not TOML of the expected form.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Says whether an address leads to a document: one article, report or statement.
    #[must_use]
    pub fn is_document(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else {
            return false;
        };
        let Some(host) = url.host_str() else {
            return false;
        };
        let host = host.trim_start_matches("www.");
        let under = |sites: &BTreeSet<String>| {
            let mut ends = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
            sites.contains(host) || ends.any(|end| sites.contains(end))
        };
        let path = url.path().to_lowercase();
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        if under(&self.links.others) || steps.iter().any(|step| self.links.steps.contains(*step)) {
            return false;
        }
        let Some(last) = steps.last() else {
            // "?p=1234"
            return url
                .query()
                .is_some_and(|query| query.contains(|c: char| c.is_ascii_digit()));
        };
        let telling = |step: &str| {
            step.contains(|c: char| c.is_ascii_digit()) || step.matches(['-', '_']).count() >= 2
        };
        match steps.len() {
            1 if under(&self.links.profiles) => false,
            1 => telling(last) || last.ends_with(".pdf") || url.query().is_some(),
            2 if last.len() < 5 => telling(last),
            _ => true,
        }
    }

    /// Says whether a word describes outlets and names none ("channel").
    #[must_use]
    pub fn describes(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.described.contains(&word)
    }

    /// Says whether the words right before and right behind an outlet's name cite it; both are of
    /// its sentence.
    #[must_use]
    pub fn cite(&self, before: &str, after: &str) -> bool {
        let fold = |text: &str| text.to_lowercase().replace('’', "'");
        let after = fold(after);
        let behind = after.trim_start();
        let goes_on = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        let is_behind = |words: &String| {
            // A possessive stands right behind the name.
            let text = if words.starts_with('\'') {
                &after
            } else {
                behind
            };
            text.strip_prefix(words.as_str()).is_some_and(goes_on)
        };
        if self.after.iter().any(is_behind) {
            return true;
        }
        let before = fold(before);
        let words: Vec<&str> = before.split_whitespace().collect();
        let ends = |words: &[&str]| {
            let words = match words {
                [rest @ .., "the" | "a" | "an" | "its" | "rival" | "sister"] => rest,
                words => words,
            };
            self.before.iter().any(|cue| {
                let cue: Vec<&str> = cue.split(' ').collect();
                words.ends_with(&cue)
            })
        };
        let described = words
            .last()
            .is_some_and(|last| self.described.iter().any(|noun| noun == last));
        if !described {
            return ends(&words);
        }
        let without = words.len() - 1;
        (without.saturating_sub(self.modifiers)..=without).any(|end| ends(&words[..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_data_file_hold() {
        let citations = Citations::parse(include_str!("data/citations.toml")).unwrap();
        assert!(citations.examples.len() >= 8);
        for example in &citations.examples {
            let (before, after) = example.text.split_once(&example.outlet).unwrap();
            assert_eq!(
                citations.cite(before, after),
                example.cited,
                "{}",
                example.text
            );
        }
        for address in &citations.links.accepts {
            assert!(citations.is_document(address), "{address}");
        }
        for address in &citations.links.rejects {
            assert!(!citations.is_document(address), "{address}");
        }
    }
}
