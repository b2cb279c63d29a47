//! How denials are worded, and how a text sets itself apart from what it passes on.
//!
//! Patterns see the words of one statement; what they mean for a mention is the caller's business.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::mention::Denies;

/// A wording that denies.
#[derive(Debug)]
pub struct Form {
    pattern: Regex,
    unless: Option<Regex>,
    /// What it denies.
    pub denies: Denies,
    /// Whether the statement without its negator is what is denied.
    pub affirm: bool,
    /// Whether it denies only what the article speaks of.
    pub raised: bool,
    /// Whether it denies in the outlet's own voice too.
    pub own: bool,
    judges: bool,
    /// Whether it answers what somebody was asked in the same sentence.
    pub asked: bool,
    #[cfg(test)]
    examples: Vec<Example>,
}

/// A wording found in a statement.
#[derive(Debug, Clone, Copy)]
pub struct Denial<'a> {
    /// The wording.
    pub form: &'a Form,
    /// Where the words for what is denied stand, if there are any.
    pub what: Option<(usize, usize)>,
}

/// All wordings.
#[derive(Debug)]
pub struct Denials {
    forms: Vec<Form>,
    anaphor: Regex,
    statement: Regex,
    refused: Regex,
    contempt: Regex,
    verdict: Regex,
    question: Regex,
    answered: Regex,
    hearsay: Regex,
    scare: Regex,
    /// Base forms of verbs that say what somebody calls something.
    pub calling: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    anaphor: String,
    contempt: Vec<String>,
    falsity: Vec<String>,
    faulty: Vec<String>,
    statement: String,
    refused: String,
    calling: Vec<String>,
    verdict: String,
    question: String,
    answered: String,
    hearsay: String,
    scare: String,
    form: Vec<FormData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormData {
    pattern: String,
    unless: Option<String>,
    denies: Denies,
    #[serde(default)]
    affirm: bool,
    #[serde(default)]
    own: bool,
    #[serde(default)]
    raised: bool,
    #[serde(default)]
    judges: bool,
    #[serde(default)]
    asked: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "tests read them"))]
    examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "tests read them"))]
struct Example {
    text: String,
    what: String,
}

impl Denials {
    /// Parses the data built into the binary; `falsity` are words that call a statement wrong.
    pub(crate) fn shipped(falsity: &[String]) -> Self {
        let file: File = toml::from_str(include_str!("data/denials.toml"))
            .expect("the embedded data is parsed by a test");
        let words = |words: &mut dyn Iterator<Item = &String>| {
            let words: Vec<String> = words.map(|word| regex::escape(word)).collect();
            format!("(?:{})", words.join("|"))
        };
        let untrue = words(
            &mut (falsity.iter().chain(&file.falsity)).filter(|word| !file.faulty.contains(word)),
        );
        let contempt = words(&mut falsity.iter().chain(&file.contempt));
        let falsity = words(&mut falsity.iter().chain(&file.falsity));
        let compile = |pattern: &str| {
            let pattern = pattern
                .replace("{falsity}", &falsity)
                .replace("{untrue}", &untrue)
                .replace("{be}", "(?:is|are|was|were|be)")
                .replace("{open}", r"^\W*(?:fact check: )?");
            (RegexBuilder::new(&pattern).case_insensitive(true))
                .dot_matches_new_line(true)
                .build()
                .expect("a test compiles every pattern")
        };
        let form = |data: FormData| Form {
            pattern: compile(&data.pattern),
            unless: data.unless.as_deref().map(compile),
            denies: data.denies,
            affirm: data.affirm,
            own: data.own,
            raised: data.raised,
            judges: data.judges,
            asked: data.asked,
            #[cfg(test)]
            examples: data.examples,
        };
        Self {
            anaphor: compile(&file.anaphor),
            statement: compile(&file.statement),
            refused: compile(&file.refused),
            contempt: compile(&format!(r"\b{contempt}\b")),
            verdict: compile(&file.verdict),
            question: compile(&file.question),
            answered: compile(&file.answered),
            hearsay: compile(&file.hearsay),
            scare: compile(&file.scare),
            calling: file.calling,
            forms: file.form.into_iter().map(form).collect(),
        }
    }

    /// Finds the first wording that denies.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Denial<'_>> {
        // What follows in a sentence of its own does not take a denial back.
        let ends = |at: &usize| {
            let next = text[*at..].trim_start_matches(['.', '!', '?', ';', ' ', '”', '"', '“']);
            text[*at..].starts_with(';') || next.starts_with(char::is_uppercase)
        };
        let marks = text.match_indices(['.', '!', '?', ';']).map(|(at, _)| at);
        let end = marks.filter(|at| *at + 1 < text.len()).find(ends);
        let text = &text[..end.unwrap_or(text.len())];
        let fits = |form: &Form| !form.unless.as_ref().is_some_and(|no| no.is_match(text));
        // Few forms match anything: what takes a match back is asked last.
        self.forms
            .iter()
            .filter(|form| form.pattern.is_match(text) && fits(form))
            .find_map(|form| {
                let found = form.pattern.captures(text)?;
                let what = found.name("what");
                if form.judges && !what.is_some_and(|what| self.is_statement(what.as_str())) {
                    return None;
                }
                Some(Denial {
                    form,
                    what: what.map(|what| (what.start(), what.end())),
                })
            })
    }

    /// Says whether words only point back to a statement ("that", "the allegation").
    #[must_use]
    pub fn points_back(&self, words: &str) -> bool {
        self.anaphor.is_match(words)
    }

    /// Says whether words name what is granted or refused, and neither true nor false.
    #[must_use]
    pub fn is_refused(&self, words: &str) -> bool {
        self.refused.is_match(words)
    }

    fn is_statement(&self, words: &str) -> bool {
        self.points_back(words) || self.statement.is_match(words)
    }

    /// Returns where the first word stands that makes light of something.
    #[must_use]
    pub fn contempt(&self, words: &str) -> Option<usize> {
        self.contempt.find(words).map(|found| found.start())
    }

    /// Says whether a sentence is a verdict on what stands before it.
    #[must_use]
    pub fn is_verdict(&self, sentence: &str) -> bool {
        self.verdict.is_match(sentence)
    }

    /// Says whether the words before a statement leave open whether it is so.
    #[must_use]
    pub fn asks(&self, before: &str) -> bool {
        self.question.is_match(before)
    }

    /// Returns what a sentence says somebody was asked.
    #[must_use]
    pub fn answered<'a>(&self, sentence: &'a str) -> Option<&'a str> {
        let found = self.answered.captures(sentence)?;
        Some(found.name("what")?.as_str())
    }

    /// Says whether the words pass on what nobody is named for.
    #[must_use]
    pub fn is_hearsay(&self, words: &str) -> bool {
        self.hearsay.is_match(words)
    }

    /// Says whether a word stands in quotation marks that set the writer apart from it.
    #[must_use]
    pub fn is_scare_quoted(&self, words: &str) -> bool {
        self.scare.is_match(words)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn every_form_finds_what_its_examples_deny() {
        let denials = &Lexicon::shipped().denials;
        let examples = denials.forms.iter().flat_map(|form| {
            let examples = form.examples.iter();
            examples.map(move |example| (form.denies, example))
        });
        for (denies, example) in examples {
            let found = denials.find(&example.text);
            let found = found.unwrap_or_else(|| panic!("{}", example.text));
            let what = found.what.map_or("", |(a, b)| example.text[a..b].trim());
            let what = if denials.points_back(what) && example.what.is_empty() {
                ""
            } else {
                what
            };
            assert_eq!((found.form.denies, what), (denies, example.what.as_str()));
        }
    }

    #[test]
    fn plain_negations_are_no_denials() {
        let denials = &Lexicon::shipped().denials;
        for text in [
            "We have no intention of leaving the valley",
            "No more than nine people came",
            "The army does not threaten anyone",
            "Nobody will be dismissed before spring",
            "There is no reason for concern",
            "The way we think of harbours is wrong",
            "It is a mistake to sell the pier",
            "That was a deal which never happened",
            "I was wrong",
            "That would never happen in winter",
            "The merger did not happen without a quarrel",
        ] {
            assert!(denials.find(text).is_none(), "{text}");
        }
    }

    #[test]
    fn requests_are_refused_and_reports_are_denied() {
        let denials = &Lexicon::shipped().denials;
        for text in [
            "a request from the miners",
            "the harbour master’s motion to adjourn",
        ] {
            assert!(denials.is_refused(text), "{text}");
        }
        for text in ["the plan", "that he had ever made such a request"] {
            assert!(!denials.is_refused(text), "{text}");
        }
    }

    #[test]
    fn words_that_only_point_back_are_known() {
        let denials = &Lexicon::shipped().denials;
        for text in [
            "that",
            "The allegation",
            "those reports,",
            "his accusation",
            "any such thing",
        ] {
            assert!(denials.points_back(text), "{text}");
        }
        for text in ["the report of a strike", "that bread is dear"] {
            assert!(!denials.points_back(text), "{text}");
        }
    }
}
