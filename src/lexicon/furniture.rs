//! How the lines around an article read: site furniture, captions, bylines, source lines; from
//! `data/furniture.toml`.
//!
//! It says what a line looks like; where it stands is judged by [`crate::document`].

use std::{collections::BTreeSet, sync::OnceLock};

use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// What a line that matches a pattern is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// The site speaking, not the article.
    Furniture,
    /// Byline, date line, source line.
    Meta,
    /// Text or credit of a picture.
    Caption,
}

/// Where a pattern counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Wherever it stands.
    #[default]
    Any,
    /// Before the first or behind the last paragraph.
    Edge,
    /// Behind the last paragraph.
    Tail,
}

/// What a furniture line takes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drops {
    /// The short line that follows.
    Label,
    /// The paragraphs of the plea that follows.
    Plea,
}

/// How sure it is that nothing of the article follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ends {
    /// What follows is the readers' or the site's.
    Surely,
    /// The article may go on.
    Likely,
}

/// A way in which lines outside the running text read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Stable id.
    pub id: String,
    /// What such a line is.
    pub kind: LineKind,
    /// Where it counts.
    #[serde(default)]
    pub at: Place,
    /// Whether the article ends at such a line.
    pub ends: Option<Ends>,
    /// What it takes with it.
    pub drops: Option<Drops>,
    #[serde(default = "max_words")]
    max_words: usize,
    #[serde(rename = "match")]
    expressions: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    accepts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    rejects: Vec<String>,
}

/// From so many words on a pattern is for lines of any length, which are compared with such alone.
const ENDLESS: usize = 1000;

fn max_words() -> usize {
    25
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cue {
    id: String,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Glue {
    starters: BTreeSet<String>,
}

#[derive(Deserialize)]
struct File {
    pattern: Vec<Pattern>,
    cue: Vec<Cue>,
    glue: Glue,
    biography: Biography,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Biography {
    #[serde(rename = "match")]
    expressions: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    accepts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    rejects: Vec<String>,
}

/// How often a line pleads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Plea {
    /// Phrases about money and readers.
    pub plea: usize,
    /// Phrases in which the paper speaks of itself.
    pub voice: usize,
}

impl Plea {
    /// Says whether the line pleads even when nothing around it does.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self.plea >= 1 && self.voice >= 1 && self.plea + self.voice >= 3
    }
}

/// What a line says of the article: the named groups of its pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Name of the group: "outlet", "credit", "author".
    pub group: &'static str,
    /// The words.
    pub words: String,
}

/// A line's best pattern and what its groups caught.
#[derive(Debug, Clone)]
pub struct Hit<'l> {
    /// The pattern.
    pub pattern: &'l Pattern,
    /// What it says, if anything.
    pub said: Vec<Said>,
}

/// All patterns, compiled.
#[derive(Debug, Default)]
pub struct Furniture {
    patterns: Vec<Pattern>,
    expressions: Vec<Expression>,
    /// The same expressions with all lengths left open: what few automata states tell apart.
    loose: RegexSet,
    /// The phrases, and for each whether it is one of money.
    cues: Option<(AhoCorasick, Vec<bool>)>,
    starters: BTreeSet<String>,
    /// What follows an author's name at the end of a text.
    biography: RegexSet,
    longest: usize,
}

/// An expression, compiled when a line first needs it; bytes are enough, since words with other
/// letters are only skipped over.
#[derive(Debug)]
struct Expression {
    /// The number of its pattern.
    pattern: usize,
    source: String,
    exact: OnceLock<Regex>,
}

impl Expression {
    fn exact(&self) -> &Regex {
        self.exact.get_or_init(|| {
            let regex = RegexBuilder::new(&self.source).unicode(false).build();
            regex.expect("compiled by a test")
        })
    }
}

const DATA: &str = include_str!("data/furniture.toml");
const GROUPS: [&str; 3] = ["outlet", "credit", "author"];

impl Furniture {
    /// Compiles the patterns built into the binary.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(DATA).expect("furniture.toml is parsed by a test");
        let mut expressions = Vec::new();
        for (pattern, one) in file.pattern.iter().enumerate() {
            expressions.extend(one.expressions.iter().map(|expression| Expression {
                pattern,
                source: format!("^(?:{expression})$"),
                exact: OnceLock::new(),
            }));
        }
        let lengths = Regex::new(r"\{[0-9]+,[0-9]*\}").expect("it is constant");
        let open = |one: &Expression| {
            let open = lengths.replace_all(one.source.as_bytes(), &b"*"[..]);
            String::from_utf8_lossy(&open).into_owned()
        };
        let loose = RegexSetBuilder::new(expressions.iter().map(open))
            .unicode(false)
            // Room for the automaton of all expressions, in every thread.
            .dfa_size_limit(16 << 20)
            .build();
        let cues = AhoCorasick::new(file.cue.iter().flat_map(|cue| &cue.phrases));
        let money = |cue: &Cue| vec![cue.id == "plea"; cue.phrases.len()];
        let money = file.cue.iter().flat_map(money).collect();
        Self {
            loose: loose.expect("compiled by a test"),
            cues: Some((cues.expect("compiled by a test"), money)),
            starters: file.glue.starters,
            biography: {
                let lines = file.biography.expressions.iter();
                let lines = lines.map(|line| format!("^(?:{line})$"));
                let set = RegexSetBuilder::new(lines).unicode(false).build();
                set.expect("compiled by a test")
            },
            longest: (file.pattern.iter().map(|pattern| pattern.max_words))
                .filter(|words| *words < ENDLESS)
                .max()
                .unwrap_or(0),
            patterns: file.pattern,
            expressions,
        }
    }

    /// Finds the first pattern that `line` matches, of those that count in a place.
    #[must_use]
    pub fn hit(&self, line: &str, counts: impl Fn(Place) -> bool) -> Option<Hit<'_>> {
        let words = line.split_whitespace().count();
        let counts = |pattern: &Pattern| words <= pattern.max_words && counts(pattern.at);
        let is_long = words > self.longest || line.len() > 40 * self.longest;
        if is_long && !self.patterns.iter().any(&counts) {
            return None;
        }
        let line = fold(line);
        let lower = line.to_ascii_lowercase();
        let bytes = lower.as_bytes();
        let found = match is_long {
            false => self.matching(bytes, counts)?,
            true => (self.expressions.iter())
                .find(|one| counts(&self.patterns[one.pattern]) && one.exact().is_match(bytes))?,
        };
        let mut said = Vec::new();
        if found.source.contains("?P<")
            && let Some(captures) = found.exact().captures(bytes)
        {
            for group in GROUPS {
                if let Some(words) = captures.name(group).and_then(|m| line.get(m.range())) {
                    let words = words.trim().to_owned();
                    said.push(Said { group, words });
                }
            }
        }
        Some(Hit {
            pattern: &self.patterns[found.pattern],
            said,
        })
    }

    /// Returns the first expression that a folded line matches, of the patterns that count.
    fn matching(&self, line: &[u8], counts: impl Fn(&Pattern) -> bool) -> Option<&Expression> {
        (self.loose.matches(line).into_iter())
            .filter_map(|at| self.expressions.get(at))
            .find(|one| counts(&self.patterns[one.pattern]) && one.exact().is_match(line))
    }

    /// Counts the phrases of `line`, outside quotations, that plead for money or trust.
    #[must_use]
    pub fn plea(&self, line: &str) -> Plea {
        let mut plea = Plea::default();
        let Some((cues, money)) = &self.cues else {
            return plea;
        };
        let lower = fold(line).to_ascii_lowercase();
        for part in lower.split('"').step_by(2) {
            for found in cues.find_iter(part) {
                if money[found.pattern().as_usize()] {
                    plea.plea += 1;
                } else {
                    plea.voice += 1;
                }
            }
        }
        plea
    }

    /// Says whether what follows an author's name tells who that is.
    #[must_use]
    pub fn is_biography(&self, rest: &str) -> bool {
        let rest = fold(rest).to_ascii_lowercase();
        rest.split(' ').count() <= 70 && self.biography.is_match(rest.as_bytes())
    }

    /// Says whether `word` often starts a sentence.
    #[must_use]
    pub fn starts_sentence(&self, word: &str) -> bool {
        self.starters.contains(&word.to_ascii_lowercase())
    }
}

/// Folds white space and typographic marks; the length in bytes may change.
#[must_use]
pub(crate) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(|character| match character {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' | '„' => '"',
            other => other,
        }));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_matches_what_it_accepts_and_not_what_it_rejects() {
        let furniture = Furniture::shipped();
        let hits = |index: usize, line: &str| {
            let line = fold(line).to_ascii_lowercase();
            let own = |pattern: &Pattern| pattern.id == furniture.patterns[index].id;
            line.split(' ').count() <= furniture.patterns[index].max_words
                && furniture.matching(line.as_bytes(), own).is_some()
        };
        let mut wrong = Vec::new();
        for (index, pattern) in furniture.patterns.iter().enumerate() {
            assert!(!pattern.accepts.is_empty() && !pattern.rejects.is_empty());
            for line in pattern.accepts.iter().filter(|line| !hits(index, line)) {
                wrong.push(format!("{} should accept {line}", pattern.id));
            }
            for line in pattern.rejects.iter().filter(|line| hits(index, line)) {
                wrong.push(format!("{} should reject {line}", pattern.id));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_gallery_is_known_however_long_it_is() {
        let pictures = (1..200).map(|n| format!("Nurses march. Hide Caption {n} of 200"));
        let line = format!("Photos: {}", pictures.collect::<Vec<_>>().join(" "));
        let furniture = Furniture::shipped();
        let hit = furniture.hit(&line, |_| true).unwrap();
        assert_eq!(hit.pattern.id, "photo-gallery");
        let text = line.replace("Hide Caption", "It is caption");
        assert!(furniture.hit(&text, |_| true).is_none());
    }

    #[test]
    fn what_tells_of_an_author_is_told_from_news() {
        let file: File = toml::from_str(DATA).unwrap();
        let furniture = Furniture::shipped();
        for rest in &file.biography.accepts {
            assert!(furniture.is_biography(rest), "{rest}");
        }
        for rest in &file.biography.rejects {
            assert!(!furniture.is_biography(rest), "{rest}");
        }
    }

    #[test]
    fn nothing_rejected_by_one_pattern_is_taken_by_another_anywhere() {
        let furniture = Furniture::shipped();
        let rejected = furniture.patterns.iter().flat_map(|p| &p.rejects);
        let taken: Vec<_> = rejected
            .filter(|line| furniture.hit(line, |place| place == Place::Any).is_some())
            .collect();
        assert!(taken.is_empty(), "{taken:#?}");
    }

    #[test]
    fn pleas_are_told_from_news_about_money_and_from_quotations() {
        #[derive(Deserialize)]
        struct Examples {
            accepts: Vec<String>,
            rejects: Vec<String>,
        }
        #[derive(Deserialize)]
        struct Pleas {
            plea: Examples,
        }
        let examples: Pleas = toml::from_str(DATA).unwrap();
        let furniture = Furniture::shipped();
        for line in &examples.plea.accepts {
            assert!(furniture.plea(line).is_certain(), "{line}");
        }
        for line in &examples.plea.rejects {
            assert!(!furniture.plea(line).is_certain(), "{line}");
        }
    }

    #[test]
    fn there_are_many_phrases() {
        let furniture = Furniture::shipped();
        assert!(furniture.expressions.len() >= 100);
    }
}
