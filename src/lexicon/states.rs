//! How a text shows that it is masked or cut, from `data/states.toml`. Decides nothing.

use regex::{Regex, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use super::furniture::fold;

/// Signs of texts that are not whole.
#[derive(Debug, Default)]
pub struct States {
    masks: Option<Regex>,
    cuts: RegexSet,
    ends: RegexSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(rename = "match")]
    expressions: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    accepts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    rejects: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    masks: Group,
    cuts: Group,
    ends: Group,
}

const DATA: &str = include_str!("data/states.toml");

impl States {
    /// Compiles the signs built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test compiles the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(DATA).expect("tests parse the embedded signs");
        let whole = |group: &Group| {
            let lines = group.expressions.iter().map(|line| format!("^(?:{line})$"));
            let set = RegexSetBuilder::new(lines).unicode(true).build();
            set.expect("compiled by a test")
        };
        let masks = format!("(?i)(?:^|[^\\w@])(?:{})", file.masks.expressions.join("|"));
        Self {
            masks: Some(Regex::new(&masks).expect("compiled by a test")),
            cuts: whole(&file.cuts),
            ends: whole(&file.ends),
        }
    }

    /// Counts the places where words are masked.
    #[must_use]
    pub fn masks(&self, text: &str) -> usize {
        let masks = self.masks.as_ref();
        masks.map_or(0, |masks| masks.find_iter(text).count())
    }

    /// Says whether a line keeps the rest of a text back.
    #[must_use]
    pub fn cuts(&self, line: &str) -> bool {
        line.len() < 300 && self.cuts.is_match(&fold(line).to_lowercase())
    }

    /// Says whether a paragraph ends where the text was cut.
    #[must_use]
    pub fn ends(&self, paragraph: &str) -> bool {
        let mut start = paragraph.len().saturating_sub(300);
        while !paragraph.is_char_boundary(start) {
            start += 1;
        }
        self.ends
            .is_match(&fold(&paragraph[start..]).to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_matches_what_it_accepts_and_not_what_it_rejects() {
        let (states, file) = (States::shipped(), toml::from_str::<File>(DATA).unwrap());
        let check = |group: Group, matches: &dyn Fn(&str) -> bool| {
            for line in &group.accepts {
                assert!(matches(line), "{line}");
            }
            for line in &group.rejects {
                assert!(!matches(line), "{line}");
            }
        };
        check(file.masks, &|line| states.masks(line) > 0);
        check(file.cuts, &|line| states.cuts(line));
        check(file.ends, &|line| states.ends(line));
    }
}
