//! The clauses of a gloss: features, polarity, condition and the one who acts.

use std::collections::BTreeSet;

use crate::lexicon::Lexicon;

use super::{
    MOST_FEATURES,
    item::{Item, Kind},
};

/// One clause.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub(super) features: BTreeSet<String>,
    pub(super) negative: bool,
    /// The figures that stand in it.
    pub(super) words: BTreeSet<String>,
}

impl Clause {
    /// Joins the clauses of a speech to one bag; its polarity is that of the first.
    pub(super) fn merge(clauses: Vec<Self>) -> Self {
        let negative = clauses.first().is_some_and(|clause| clause.negative);
        let mut merged = Self {
            negative,
            ..Self::default()
        };
        for clause in clauses {
            merged.features.extend(clause.features);
            merged.words.extend(clause.words);
        }
        merged.features.retain(|feature| !feature.starts_with('='));
        merged
    }

    /// How much the clause tells.
    pub(super) fn weight(&self, lexicon: &Lexicon) -> f32 {
        (self.features.iter())
            .map(|feature| crate::claim::similarity::weight(feature, lexicon))
            .sum()
    }

    /// The clause as sorted features.
    pub(super) fn line(&self) -> String {
        let mark = self.negative.then_some("!");
        let features: Vec<&str> = (mark.into_iter())
            .chain(self.features.iter().take(MOST_FEATURES).map(String::as_str))
            .collect();
        features.join(" ")
    }
}

/// Divides the items of a gloss into clauses.
pub(super) fn clauses(items: &[Item], lexicon: &Lexicon) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut subject = BTreeSet::new();
    for (slice, continues) in divide(items) {
        let mut clause = read(slice, lexicon);
        if clause.features.is_empty() {
            continue;
        }
        if continues
            && !clause
                .features
                .iter()
                .any(|feature| feature.starts_with('='))
        {
            clause.features.extend(subject.iter().cloned());
        }
        subject = subject_phrase(slice, &clause);
        clauses.push(clause);
    }
    clauses
}

/// Cuts at sentence ends and where a conjunction starts a new predicate; the flag says that the
/// clause may lack a subject of its own.
fn divide(items: &[Item]) -> Vec<(&[Item], bool)> {
    let mut slices = Vec::new();
    let (mut start, mut continues) = (0, false);
    for (at, item) in items.iter().enumerate() {
        let next = items.get(at + 1).map(|item| item.word.as_str());
        let cut = match (&item.kind, item.word.as_str()) {
            (Kind::Break('.' | ';' | '?' | '!' | '—' | '–'), _) => Some(false),
            (_, "and" | "but" | "or") if next.is_some_and(is_auxiliary) => Some(true),
            (_, "and" | "but") if next.is_some_and(is_pronoun) => Some(true),
            (_, "and" | "but") if next.is_some_and(is_nobody) => Some(false),
            (_, "but" | "while" | "whereas" | "adding" | "although" | "though")
                if at > start
                    && matches!(items[at - 1].kind, Kind::Break(','))
                    && !matches!(
                        items.get(at + 1).map(|item| &item.kind),
                        Some(Kind::Negator)
                    ) =>
            {
                Some(true)
            }
            _ => None,
        };
        if let Some(flag) = cut {
            slices.push((&items[start..at], continues));
            (start, continues) = (at + 1, flag);
        }
    }
    slices.push((&items[start..], continues));
    slices
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "do"
            | "does"
            | "did"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "shall"
            | "should"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "cannot"
            | "never"
            | "poses"
            | "pose"
            | "posed"
    )
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "it" | "he" | "she" | "they" | "we" | "i" | "that" | "this"
    )
}

fn is_nobody(word: &str) -> bool {
    matches!(word, "nobody" | "none" | "nothing" | "neither" | "nowhere")
}

/// Says whether a clause begins that tells of a thing or a reason: what it negates is not the main clause.
fn subordinates(items: &[Item], at: usize) -> bool {
    let word = items[at].word.as_str();
    at > 0
        && (matches!(
            word,
            "which" | "who" | "whom" | "whose" | "because" | "until" | "unless"
        ) || word == "as" && items[at - 1].word == "such")
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "by"
            | "for"
            | "with"
            | "from"
            | "to"
            | "of"
            | "during"
            | "after"
            | "before"
            | "following"
            | "amid"
            | "under"
            | "within"
            | "near"
            | "against"
            | "according"
            | "despite"
            | "since"
            | "as"
            | "while"
    )
}

/// Reads one clause.
fn read(items: &[Item], lexicon: &Lexicon) -> Clause {
    let mut clause = Clause::default();
    let mut names: Vec<(usize, &str)> = Vec::new();
    let mut symmetric = false;
    let (mut conditional, mut excluded, mut subordinate) = (false, false, false);
    for (at, item) in items.iter().enumerate() {
        if starts_condition(items, at) {
            conditional = true;
        }
        if contrasts(items, at) {
            excluded = true;
        }
        subordinate |= subordinates(items, at);
        match &item.kind {
            Kind::Break(',' | ')') => {
                (conditional, excluded, subordinate) = (false, false, false);
            }
            _ if excluded => {}
            Kind::Negator => clause.negative ^= !conditional && !subordinate,
            Kind::Name(name, initial) => {
                let mark = if conditional { "?" } else { "" };
                clause.features.insert(format!("{mark}{name}"));
                if let Some(initial) = initial {
                    clause.features.insert(format!("{name}/{initial}"));
                }
                if !conditional {
                    names.push((at, name));
                }
            }
            Kind::Lemma(lemma) => {
                symmetric |= lexicon.vocabulary.is_symmetric(lemma);
                let mark = if conditional { "?" } else { "" };
                clause.features.insert(format!("{mark}{lemma}"));
            }
            Kind::Time(time) => {
                clause.features.insert(format!("%{time}"));
            }
            Kind::Empty if item.word == "between" => symmetric = true,
            Kind::Empty if !conditional && demands(items, at, lexicon) => {
                clause.features.insert("~demand".to_owned());
            }
            Kind::Empty | Kind::Break(_) => {}
        }
        if item
            .word
            .starts_with(|character: char| character.is_ascii_digit())
        {
            clause.words.insert(item.word.clone());
        }
    }
    if !symmetric {
        let acting = acting(items, &names);
        clause
            .features
            .extend(acting.iter().map(|name| format!("={name}")));
    }
    clause
}

/// "Must have been" and "should have done" look back, and demand nothing.
fn demands(items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    let looks_back = (items.get(at + 1)).is_some_and(|next| next.word == "have");
    lexicon.vocabulary.is_demand(&items[at].word) && !looks_back
}

fn starts_condition(items: &[Item], at: usize) -> bool {
    let word = |offset: usize| items.get(at + offset).map(|item| item.word.as_str());
    match word(0) {
        Some("if" | "unless") => true,
        Some("in") => {
            word(1) == Some("case") || (word(1) == Some("the") && word(2) == Some("event"))
        }
        _ => false,
    }
}

/// Says whether "…, not Belarus" or "rather than …" starts here.
fn contrasts(items: &[Item], at: usize) -> bool {
    let item = &items[at];
    let next = items.get(at + 1);
    if item.word == "rather" && next.is_some_and(|next| next.word == "than")
        || item.word == "instead" && next.is_some_and(|next| next.word == "of")
    {
        return true;
    }
    item.word == "not"
        && at.checked_sub(1).is_some_and(|before| {
            matches!(items[before].kind, Kind::Break(','))
                || matches!(items[before].word.as_str(), "and" | "but")
        })
        && next.is_some_and(|next| {
            matches!(next.kind, Kind::Name(..))
                || is_preposition(&next.word)
                || matches!(next.word.as_str(), "the" | "a" | "an")
        })
}

/// Finds the names that act: the first, with those joined to it, or the agent of a passive.
fn acting<'a>(items: &[Item], names: &[(usize, &'a str)]) -> Vec<&'a str> {
    for (at, name) in names {
        let by = (at.saturating_sub(3)..*at)
            .rev()
            .find(|index| items[*index].word == "by");
        if by.and_then(|by| by.checked_sub(1)).is_some_and(|before| {
            let word = items[before].word.as_str();
            word.ends_with("ed")
                || word.ends_with('n')
                || matches!(items[before].kind, Kind::Lemma(_)) && word.ends_with('t')
        }) {
            return vec![name];
        }
    }
    let leading = items.first().is_some_and(|item| is_preposition(&item.word));
    let from = if leading {
        (items
            .iter()
            .position(|item| matches!(item.kind, Kind::Break(','))))
        .unwrap_or(0)
    } else {
        0
    };
    let mut found: Vec<&str> = Vec::new();
    let mut end = None;
    for (at, name) in names.iter().filter(|(at, _)| *at >= from) {
        if end.is_none() && governed(items, *at) {
            break;
        }
        let joined = end.is_none_or(|end: usize| {
            at - end <= 3
                && (items[end + 1..*at].iter()).all(|item| {
                    matches!(item.word.as_str(), "and" | "the" | "")
                        || item.kind == Kind::Empty
                            && !is_auxiliary(&item.word)
                            && !is_preposition(&item.word)
                })
        });
        if !joined {
            break;
        }
        found.push(name);
        end = Some(*at);
    }
    found
}

/// Says whether a name is what a noun is directed at ("an attack on Chad"), so that it does not act.
fn governed(items: &[Item], at: usize) -> bool {
    let before = (items[..at].iter().rev())
        .take(3)
        .find(|item| !matches!(item.word.as_str(), "the" | "a" | "an" | "all"));
    before.is_some_and(|item| matches!(item.word.as_str(), "on" | "against" | "of" | "over"))
        && !items
            .get(at + 1)
            .is_some_and(|next| next.word.ends_with("ing"))
}

/// The features of what stands in front of the first auxiliary: what a further predicate is about.
fn subject_phrase(items: &[Item], clause: &Clause) -> BTreeSet<String> {
    let end =
        (items.iter().position(|item| is_auxiliary(&item.word))).unwrap_or(items.len().min(4));
    let mut subject: BTreeSet<String> = (items[..end].iter())
        .filter_map(|item| match &item.kind {
            Kind::Name(name, _) => Some(name.clone()),
            Kind::Lemma(lemma) => Some(lemma.clone()),
            _ => None,
        })
        .filter(|feature| clause.features.contains(feature))
        .collect();
    subject.extend(
        clause
            .features
            .iter()
            .filter(|feature| feature.starts_with('='))
            .cloned(),
    );
    subject
}
