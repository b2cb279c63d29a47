//! The words of a source, and the agent they name or describe.
//!
//! What cannot be led back to a name stays what the article calls it, scoped to the article.

use crate::{
    id::AgentId,
    lexicon::{Lexicon, function::Classes},
    mention::AgentKind,
    resolve::{
        name::Names,
        speaker::{
            Page,
            institution::{known_institution, known_name},
            known::{by_role, known_document, named_person, represented},
        },
    },
    span::Span,
    text::TokenKind,
};

/// "U.S" and "US" are one word; the stop behind is no token of a name.
fn spelled(word: &str) -> &str {
    match word {
        "U.S" => "US",
        "U.K" => "UK",
        "U.N" => "UN",
        "E.U" => "EU",
        word => word,
    }
}

/// The words of a source, split.
pub(super) struct Description<'a> {
    pub(super) span: Span,
    pub(super) words: Vec<&'a str>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Description<'a> {
    pub(super) fn new(snapshot: &'a str, span: Span, lexicon: &'a Lexicon) -> Self {
        let words = crate::text::tokens(snapshot, span)
            .into_iter()
            .filter(|token| token.kind != TokenKind::Punctuation || token.span.of(snapshot) == ",")
            .map(|token| spelled(token.span.of(snapshot)))
            .collect();
        Self {
            span,
            words,
            lexicon,
        }
    }

    /// "the official", "that minister": a definite description and its last word, lower case.
    pub(super) fn definite(&self) -> Option<String> {
        let [first, .., last] = self.words.as_slice() else {
            return None;
        };
        let definite = matches!(first.to_lowercase().as_str(), "the" | "that" | "this");
        (definite && self.words.len() <= 3).then(|| last.to_lowercase())
    }

    pub(super) fn pronoun(&self) -> Option<String> {
        let [word] = self.words.as_slice() else {
            return None;
        };
        let lower = word.to_lowercase();
        let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
        (!acronym && self.lexicon.functions.classes(&lower).any(Classes::PRONOUN)).then_some(lower)
    }

    /// The capitalised words between the first comma and the next.
    fn apposition(&self) -> &[&'a str] {
        let Some(comma) = self.words.iter().position(|word| *word == ",") else {
            return &[];
        };
        let rest = &self.words[comma + 1..];
        let end = rest
            .iter()
            .position(|word| *word == ",")
            .unwrap_or(rest.len());
        let apposition = &rest[..end];
        if apposition.iter().all(|word| is_capital(word)) {
            apposition
        } else {
            &[]
        }
    }

    /// Returns the noun that an agent's description turns on.
    pub(super) fn head_of(&self, name: &str) -> Option<String> {
        head_noun(name, self.lexicon)
    }

    /// The words before an apposition, without articles and titles.
    fn head(&self) -> Vec<&'a str> {
        let end = self
            .words
            .iter()
            .position(|word| *word == ",")
            .unwrap_or(self.words.len());
        self.words[..end].to_vec()
    }
}

/// Finds or makes the agent that some words describe.
pub(super) fn described(
    description: &Description<'_>,
    page: Page<'_>,
    names: &mut Names,
) -> AgentId {
    let lexicon = page.lexicon;
    let head = description.head();
    let at = description.span.start;
    if let Some(person) = named_person(&head, at, names, lexicon) {
        return person;
    }
    let apposition = description.apposition();
    // "The bank's analyst, Vera Polk": the name stands behind the function.
    if !apposition.is_empty()
        && let Some(person) = named_person(apposition, at, names, lexicon)
    {
        names.add_role(&join(&without_articles(&head, lexicon)), &person);
        return person;
    }
    if let Some(own) = own_outlet(&head, names, lexicon) {
        return own;
    }
    if let Some(known) =
        known_name(&head, names, lexicon).or_else(|| names.institution(&join(apposition)).cloned())
    {
        return known;
    }
    if let Some(known) = short_outlet(&head, at, names) {
        return known;
    }
    if let Some(outlet) = outlet(&head, names, lexicon) {
        let (name, id) = outlet;
        return names.register(&name, AgentKind::Outlet, id);
    }
    let plain = without_articles(&head, lexicon);
    if outlet_by_form(&plain, lexicon) {
        let name = join(&plain);
        return names.register(&name, AgentKind::Outlet, AgentId::named(&name));
    }
    if let Some(known) = latter(&head, at, names)
        .or_else(|| known_institution(&head, at, names, lexicon))
        .or_else(|| known_document(&head, &plain, names, lexicon))
        .or_else(|| by_role(&head, &plain, at, names, lexicon))
    {
        return known;
    }
    make(&head, &plain, page, names)
}

/// Makes an agent of words that name nobody known; what has no name of its own stays inside the
/// article.
fn make(head: &[&str], plain: &[&str], page: Page<'_>, names: &mut Names) -> AgentId {
    let lexicon = page.lexicon;
    let name = join(plain);
    let kind = kind(head, plain, lexicon);
    let capital = |at: Option<&&str>| at.is_some_and(|word| is_capital(word));
    let scoped = match kind {
        AgentKind::Unnamed | AgentKind::Document => true,
        AgentKind::Group => !capital(plain.last()),
        AgentKind::Organisation | AgentKind::Outlet => !plain.iter().any(|word| is_capital(word)),
        AgentKind::Person => false,
    };
    let name = if name.is_empty() { join(head) } else { name };
    let agent = if scoped {
        AgentId::unnamed(page.id, &name)
    } else {
        AgentId::named(&name)
    };
    let agent = names.register(&name, kind, agent);
    represented(&agent, plain, names, lexicon);
    agent
}

/// "the latter": whoever was named last; "the former": who was named before.
fn latter(head: &[&str], at: usize, names: &Names) -> Option<AgentId> {
    let [article, word] = head else { return None };
    if !article.eq_ignore_ascii_case("the") {
        return None;
    }
    let last = names.nearest(at, |_| true)?;
    match *word {
        "latter" => Some(last.clone()),
        "former" => names.nearest(at, |id| id != last).cloned(),
        _ => None,
    }
}

/// "the Post" after "The Washington Post".
fn short_outlet(head: &[&str], at: usize, names: &Names) -> Option<AgentId> {
    let [article, word] = head else { return None };
    if !article.eq_ignore_ascii_case("the") || !is_capital(word) {
        return None;
    }
    let ends = |name: &str| name.rsplit(' ').next() == Some(word) && name.contains(' ');
    let fits = |id: &AgentId| {
        names
            .agents
            .get(id)
            .is_some_and(|agent| agent.kind == AgentKind::Outlet && ends(&agent.name))
    };
    names.nearest(at, fits).cloned()
}

/// "the Observer" on a page of the Brenning Observer.
fn own_outlet(head: &[&str], names: &Names, lexicon: &Lexicon) -> Option<AgentId> {
    let own = names.own.as_ref()?;
    let called = join(&without_articles(head, lexicon)).to_lowercase();
    let name = names.agents.get(own)?.name.to_lowercase();
    let tail = name.strip_suffix(called.as_str())?;
    (!called.is_empty() && (tail.is_empty() || tail.ends_with(' '))).then(|| own.clone())
}

fn outlet(head: &[&str], names: &Names, lexicon: &Lexicon) -> Option<(String, AgentId)> {
    let plain = join(&without_articles(head, lexicon));
    let article = head
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("the"));
    let found = names.outlet(&plain, article, false, lexicon).or_else(|| {
        // "the Russian state-run news agency Sputnik News"
        (1..head.len())
            .filter(|&at| is_capital(head[at]))
            .find_map(|at| {
                let rest = join(&head[at..]);
                let described = head[..at]
                    .iter()
                    .any(|word| lexicon.roles.outlet_nouns.contains(&word.to_lowercase()));
                if described {
                    names.outlet(&rest, false, true, lexicon)
                } else {
                    None
                }
            })
    })?;
    Some((found.name.clone(), found.agent_id()))
}

/// "Radio Lund", "the Valley Times": a name in the form of an outlet's.
fn outlet_by_form(plain: &[&str], lexicon: &Lexicon) -> bool {
    let lower: Vec<String> = plain.iter().map(|word| word.to_lowercase()).collect();
    plain.iter().all(|word| is_capital(word)) && lexicon.roles.is_outlet_name(&lower)
}

/// Returns the end of the words before the first preposition, "people" of "people familiar with …".
fn head_end(plain: &[&str], lower: &[String], lexicon: &Lexicon) -> usize {
    let end = plain
        .iter()
        .enumerate()
        .skip(1)
        .find(|(at, word)| {
            !is_capital(word)
                && lexicon
                    .functions
                    .classes(&lower[*at])
                    .any(Classes::PREPOSITION.or(Classes::SUBORDINATOR))
        })
        .map_or(plain.len(), |(at, _)| at);
    let adjectives = lower[..end]
        .iter()
        .rev()
        .take_while(|word| lexicon.roles.postposed.contains(*word))
        .count();
    if adjectives < end {
        end - adjectives
    } else {
        end
    }
}

/// Returns the noun that a description without a name turns on, lower case.
pub(super) fn head_noun(name: &str, lexicon: &Lexicon) -> Option<String> {
    let plain: Vec<&str> = name.split_whitespace().collect();
    let lower: Vec<String> = plain.iter().map(|word| word.to_lowercase()).collect();
    let end = head_end(&plain, &lower, lexicon);
    lower.into_iter().nth(end.checked_sub(1)?)
}

fn kind(head: &[&str], plain: &[&str], lexicon: &Lexicon) -> AgentKind {
    let lower: Vec<String> = plain.iter().map(|word| word.to_lowercase()).collect();
    let end = head_end(plain, &lower, lexicon);
    let Some(last) = lower.get(end.wrapping_sub(1)) else {
        return AgentKind::Unnamed;
    };
    if head
        .first()
        .is_some_and(|word| lexicon.roles.titles.contains(&word.to_lowercase()))
    {
        return AgentKind::Person;
    }
    let name = lower[..end].join(" ");
    let capital = plain.get(end - 1).is_some_and(|word| is_capital(word));
    let roles = &lexicon.roles;
    let before = end.checked_sub(2).map_or("", |at| lower[at].as_str());
    if roles.is_outlet_noun(last, before) && !capital {
        AgentKind::Outlet
    } else if roles.documents.contains(last) && !capital {
        AgentKind::Document
    } else if roles.organisations.contains(&name) || roles.organisations.contains(last) {
        AgentKind::Organisation
    } else if roles.unnamed.contains(last) {
        AgentKind::Unnamed
    } else if roles.groups.contains(last)
        || head.first().is_some_and(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "both" | "two" | "many" | "several"
            )
        })
        || plain.contains(&"and")
    {
        AgentKind::Group
    } else if roles.persons.contains(last) {
        AgentKind::Unnamed
    } else if capital {
        let acronym = plain[end - 1].chars().filter(|c| c.is_uppercase()).count() > 1;
        if acronym || plain.len() > 3 {
            AgentKind::Organisation
        } else if plain.len() > 1 {
            AgentKind::Person
        } else {
            AgentKind::Organisation
        }
    } else if last.ends_with('s') {
        AgentKind::Group
    } else {
        AgentKind::Unnamed
    }
}

pub(super) fn without_articles<'a>(words: &[&'a str], lexicon: &Lexicon) -> Vec<&'a str> {
    let mut plain: Vec<&str> = words
        .iter()
        .copied()
        .skip_while(|word| {
            let lower = word.to_lowercase();
            let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
            !acronym
                && (matches!(
                    lower.as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "that"
                        | "our"
                        | "his"
                        | "her"
                        | "its"
                        | "their"
                        | "some"
                        | "and"
                        | "but"
                ) || lexicon.functions.classes(&lower).any(Classes::ADVERB))
        })
        .collect();
    if let Some(first) = plain.first()
        && plain.len() > 1
        && matches!(
            first.to_lowercase().as_str(),
            "mr" | "mrs" | "ms" | "miss" | "dr"
        )
    {
        plain.remove(0);
    }
    plain
}

pub(super) fn join(words: &[&str]) -> String {
    words
        .join(" ")
        .replace(" ’s", "’s")
        .replace(" 's", "'s")
        .replace(" ,", ",")
}

pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

pub(super) fn is_role(word: &str, lexicon: &Lexicon) -> bool {
    let lower = word.to_lowercase();
    lexicon.roles.persons.contains(&lower)
        || lexicon.roles.titles.contains(&lower)
        || matches!(word, "'s" | "’s")
}
