//! Capitalised names in running text, with the titles, functions and nouns around them.

use crate::{
    lexicon::{Lexicon, function::Classes},
    mention::Layer,
    resolve::name::function,
    span::Span,
    text::{Text, TokenKind},
};

/// One occurrence of a capitalised name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Occurrence {
    pub(super) span: Span,
    pub(super) words: Vec<String>,
    /// Functions beside the name, with their modifiers: "Kremlin spokesman".
    pub(super) roles: Vec<String>,
    /// "ms", lower case.
    pub(super) title: Option<String>,
    /// Whether a title or a function stands right before the name.
    pub(super) titled: bool,
    /// Whether "the" stands right before the name.
    pub(super) article: bool,
    /// What the words beside the name call it, lower case: "magazine", "firm".
    pub(super) noun: Option<Noun>,
}

/// A noun beside the name of an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) word: String,
    pub(super) is_outlet: bool,
}

/// A word of a sentence.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) lower: String,
    pub(super) span: Span,
    pub(super) kind: TokenKind,
}

impl Word<'_> {
    pub(super) fn is_capital(&self) -> bool {
        self.kind == TokenKind::Word && self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn is_acronym(&self) -> bool {
        self.text.len() > 1
            && self
                .text
                .chars()
                .all(|c| c.is_uppercase() || c.is_numeric())
    }

    fn is_initial(&self) -> bool {
        self.text.chars().count() == 1
    }
}

/// Collects the capitalised runs of all sentences, headlines left out (there all is capital).
pub(super) fn occurrences(snapshot: &str, text: &Text, lexicon: &Lexicon) -> Vec<Occurrence> {
    let mut occurrences = Vec::new();
    for sentence in &text.sentences {
        if sentence.layer == Layer::Headline {
            continue;
        }
        let words: Vec<Word<'_>> = sentence
            .tokens
            .iter()
            .map(|token| {
                let text = token.span.of(snapshot);
                Word {
                    text,
                    lower: text.to_lowercase(),
                    span: token.span,
                    kind: token.kind,
                }
            })
            .collect();
        let mut at = 0;
        while at < words.len() {
            let start = at;
            at = run_end(&words, start, lexicon);
            if at > start {
                occurrences.extend(occurrence(&words, start, at, lexicon));
            } else {
                at += 1;
            }
        }
    }
    occurrences
}

/// Returns where the name that begins at `start` ends; `start` itself when none begins there.
fn run_end(words: &[Word<'_>], start: usize, lexicon: &Lexicon) -> usize {
    let is_name = |at: usize| words.get(at).is_some_and(Word::is_capital);
    let closed = |at: usize| !lexicon.functions.classes(&words[at].lower).is_open();
    if !is_name(start) || (closed(start) && !words[start].is_acronym()) {
        return start;
    }
    let mut at = start;
    while at < words.len() {
        let adjacent = at == start || words[at - 1].span.end + 2 > words[at].span.start;
        let word = &words[at];
        let named = is_name(at) && !(closed(at) && at > start && !word.is_initial());
        let joined = at > start
            && match word.text {
                "-" | "&" => is_name(at + 1),
                "." => words[at - 1].is_initial(),
                // "Ministry of Fisheries", "Bank of the North"
                "of" => {
                    let article = words.get(at + 1).is_some_and(|next| next.text == "the");
                    let next = at + 1 + usize::from(article);
                    is_name(next)
                        && !closed(next)
                        && lexicon.roles.organisations.contains(&words[at - 1].lower)
                }
                "the" => words[at - 1].text == "of",
                _ => false,
            };
        if !(adjacent && (named || joined)) {
            break;
        }
        at += 1;
    }
    at
}

/// Splits titles, functions and nouns off the front of a run and returns what is left.
fn occurrence(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    lexicon: &Lexicon,
) -> Option<Occurrence> {
    let roles = &lexicon.roles;
    let mut found = Occurrence::default();
    let mut first = start;
    // "Secretary of State Antony Blinken": the office ends with the first word of the run.
    let office = start >= 2
        && words[start - 1].text == "of"
        && roles.persons.contains(&words[start - 2].lower)
        && end - start >= 3;
    if office {
        let before = function::before(words, start - 2, lexicon);
        found
            .roles
            .push(format!("{before} of {}", words[start].text));
        found.titled = true;
        first = start + 1;
    } else if let Some(at) = (start..end)
        .rev()
        .find(|&at| {
            roles.titles.contains(&words[at].lower) || roles.persons.contains(&words[at].lower)
        })
        .filter(|&at| at + 1 < end)
    {
        // "President Putin", "Mr Putin", "Foreign Ministry spokeswoman Maria Zakharova"
        found.titled = true;
        if roles.titles.contains(&words[at].lower) {
            found.title = Some(words[at].lower.clone());
        }
        if roles.persons.contains(&words[at].lower) {
            found.roles.push(function::before(words, at, lexicon));
        }
        first = at + 1 + usize::from(words[at + 1].text == ".");
    } else if start > 0 && roles.persons.contains(&words[start - 1].lower) {
        found
            .roles
            .push(function::before(words, start - 1, lexicon));
        found.titled = true;
    } else {
        (found.noun, first) = noun_before(words, start, end, lexicon);
    }
    if first >= end {
        return None;
    }
    // An apposition behind or before: "Yuri Ushakov, an aide to …", "The mayor, Ann Lee, …".
    let comma_behind = words.get(end).is_some_and(|word| word.text == ",");
    if found.roles.is_empty() && comma_behind {
        found
            .roles
            .extend(function::behind(words, end + 1, lexicon));
    }
    let closes = words
        .get(end)
        .is_none_or(|word| matches!(word.text, "," | "." | ";"));
    if closes && let Some(comma) = comma_before(words, first, lexicon) {
        found.roles.extend(function::across(words, comma, lexicon));
        if found.roles.is_empty() && found.noun.is_none() {
            found.noun = institution(words, comma, lexicon);
        }
    }
    let span = words[first].span.cover(words[end - 1].span);
    let hyphenated = words[first..end].iter().any(|word| word.text == "-");
    found.words = words[first..end]
        .iter()
        .filter(|word| !matches!(word.text, "-" | "."))
        .map(|word| word.text.to_owned())
        .collect();
    found.span = span;
    found.article = first > 0 && words[first - 1].lower == "the";
    let compound = hyphenated && found.words.len() == 2 && !found.titled;
    (!found.words.is_empty() && !compound).then_some(found)
}

/// "the parcel firm Swiftbox", "Retailer Fenwick & Dole": the noun, and where the name begins.
fn noun_before(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    lexicon: &Lexicon,
) -> (Option<Noun>, usize) {
    let roles = &lexicon.roles;
    let noun = |at: usize| {
        let word = &words[at];
        let before = at.checked_sub(1).map_or("", |at| words[at].lower.as_str());
        // "the agency Litora": with its name behind, a vague noun is enough, but "space agency Orbis".
        let article = lexicon.functions.classes(before).any(Classes::DETERMINER);
        let is_outlet = roles.is_outlet_noun(&word.lower, before)
            || (article && roles.outlet_nouns.contains(&word.lower));
        (is_outlet
            || roles.organisations.contains(&word.lower)
            || roles.companies.contains(&word.lower))
        .then(|| Noun {
            word: word.lower.clone(),
            is_outlet,
        })
    };
    let opens = start == 0 || words[start - 1].kind != TokenKind::Word;
    if opens && end - start > 1 && !words[start].is_acronym() {
        let lower = &words[start].lower;
        let common = roles.companies.contains(lower) || roles.is_outlet_noun(lower, "");
        if common && lower != "bank" && lower != "radio" {
            return (noun(start), start + 1);
        }
    }
    // "in an interview with Le Phare"
    let interview = (2..4).any(|back| {
        start
            .checked_sub(back)
            .is_some_and(|at| words[at].lower == "interview" && words[at + 1].lower == "with")
    });
    if interview {
        let noun = Noun {
            word: "outlet".to_owned(),
            is_outlet: true,
        };
        return (Some(noun), start);
    }
    let before = start
        .checked_sub(1)
        .filter(|&at| words[at].kind == TokenKind::Word && !words[at].is_capital());
    (before.and_then(noun), start)
}

/// "Its chairwoman, the retired judge Ann Lee": the comma before the noun phrase of the name.
fn comma_before(words: &[Word<'_>], first: usize, lexicon: &Lexicon) -> Option<usize> {
    (first.saturating_sub(5)..first)
        .rev()
        .take_while(|&at| {
            let word = &words[at];
            word.text == ","
                || (word.kind == TokenKind::Word
                    && (lexicon.functions.classes(&word.lower).is_open()
                        || matches!(word.lower.as_str(), "the" | "a" | "an")))
        })
        .find(|&at| words[at].text == ",")
}

/// "The continental body, UFK, said": the noun of an institution before the comma.
fn institution(words: &[Word<'_>], comma: usize, lexicon: &Lexicon) -> Option<Noun> {
    let last = comma.checked_sub(1)?;
    let opens = (comma.saturating_sub(4)..last).any(|at| {
        lexicon
            .functions
            .classes(&words[at].lower)
            .any(Classes::DETERMINER)
    });
    let word = &words[last];
    let before = last
        .checked_sub(1)
        .map_or("", |at| words[at].lower.as_str());
    let is_outlet = lexicon.roles.is_outlet_noun(&word.lower, before);
    let known = is_outlet
        || lexicon.roles.organisations.contains(&word.lower)
        || lexicon.roles.companies.contains(&word.lower);
    (opens && known && !word.is_capital()).then(|| Noun {
        word: word.lower.clone(),
        is_outlet,
    })
}
