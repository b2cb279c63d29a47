//! Names in running text: who is a person, with which roles, and what stands for what.
//!
//! Nothing here is guessed across articles; a name means what this article makes of it.

use std::collections::BTreeMap;

use crate::{
    id::AgentId,
    lexicon::{Lexicon, function::Classes},
    mention::{Agent, AgentKind},
    span::Span,
    text::{Text, TokenKind},
};

/// One occurrence of a capitalised name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Occurrence {
    span: Span,
    words: Vec<String>,
    /// Words of function before the name, with their modifiers: "Kremlin spokesman".
    role: Option<String>,
    titled: bool,
    starts_sentence: bool,
}

/// The names of an article and the agents they stand for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Agents by id.
    pub(super) agents: BTreeMap<AgentId, Agent>,
    /// Every occurrence of a name of an agent, in the order of the text.
    pub(super) occurrences: Vec<(Span, AgentId)>,
    /// Roles of persons, lower case, in the order of the text.
    pub(super) roles: Vec<(String, AgentId)>,
    surnames: BTreeMap<String, AgentId>,
}

impl Names {
    /// Finds the names of an article.
    pub(super) fn find(snapshot: &str, text: &Text, lexicon: &Lexicon) -> Self {
        let occurrences = occurrences(snapshot, text, lexicon);
        let mut names = Self::default();
        // Full names first, so that surnames can be told to belong to them.
        for occurrence in occurrences.iter().filter(|o| o.words.len() > 1 || o.titled) {
            names.add_person(occurrence, lexicon);
        }
        for occurrence in &occurrences {
            if let Some(id) = names.identify(occurrence, lexicon) {
                names.occurrences.push((occurrence.span, id.clone()));
                if let Some(role) = &occurrence.role {
                    names.add_role(&counterpart(role, names.roles.last(), lexicon), &id);
                }
            }
        }
        names
    }

    /// Returns the person a surname or full name stands for.
    pub(super) fn person(&self, words: &[&str]) -> Option<&AgentId> {
        let last = words.last()?.to_lowercase();
        let id = self.surnames.get(&last)?;
        let agent = self.agents.get(id)?;
        let first = words.first()?.to_lowercase();
        let fits = words.len() == 1
            || agent
                .name
                .to_lowercase()
                .split_whitespace()
                .any(|word| word == first);
        fits.then_some(id)
    }

    /// Registers an agent, or returns the one already known under its id.
    pub(super) fn register(&mut self, name: &str, kind: AgentKind, id: AgentId) -> AgentId {
        self.agents.entry(id.clone()).or_insert_with(|| Agent {
            id: id.clone(),
            name: name.to_owned(),
            kind,
            aliases: Vec::new(),
            role: None,
            represents: None,
        });
        id
    }

    /// Notes a role of a person: "Kremlin spokesman".
    pub(super) fn add_role(&mut self, role: &str, id: &AgentId) {
        let lower = role.to_lowercase();
        if !self
            .roles
            .iter()
            .any(|(known, who)| *known == lower && who == id)
        {
            self.roles.push((lower, id.clone()));
        }
        if let Some(agent) = self.agents.get_mut(id)
            && agent.kind == AgentKind::Person
            && agent.role.is_none()
        {
            agent.role = Some(role.to_owned());
        }
    }

    fn add_person(&mut self, occurrence: &Occurrence, lexicon: &Lexicon) {
        if !is_person(occurrence, lexicon) {
            return;
        }
        let name = occurrence.words.join(" ");
        let Some(last) = occurrence.words.last().map(|word| word.to_lowercase()) else {
            return;
        };
        if let Some(known) = self
            .surnames
            .get(&last)
            .and_then(|id| self.agents.get_mut(id))
        {
            // "Putin" after "Vladimir Putin"; "V. Putin" is an alias; another first name another person.
            if occurrence.words.len() == 1 || known.name == name {
                return;
            }
            let initial = |name: &str| name.chars().next();
            if known.name.contains(' ') && initial(&known.name) == initial(&name) {
                known.aliases.push(name);
                known.aliases.sort();
                known.aliases.dedup();
                return;
            }
            if !known.name.contains(' ') {
                let id = AgentId::named(&name);
                let old = known.id.clone();
                self.agents.remove(&old);
                self.surnames.insert(last, id.clone());
                self.register(&name, AgentKind::Person, id);
                return;
            }
        }
        let id = self.register(&name, AgentKind::Person, AgentId::named(&name));
        self.surnames.entry(last).or_insert(id);
    }

    fn identify(&mut self, occurrence: &Occurrence, lexicon: &Lexicon) -> Option<AgentId> {
        let words: Vec<&str> = occurrence.words.iter().map(String::as_str).collect();
        if let Some(id) = self.person(&words) {
            return Some(id.clone());
        }
        let name = words.join(" ");
        let lower = name.to_lowercase();
        if let Some(outlet) = lexicon.outlets.find(&name) {
            let id = AgentId::named(&outlet.name);
            return Some(self.register(&outlet.name.clone(), AgentKind::Outlet, id));
        }
        if lexicon.roles.organisations.contains(&lower)
            || words
                .last()
                .is_some_and(|last| lexicon.roles.organisations.contains(&last.to_lowercase()))
            || (name.len() > 1 && name.chars().all(|c| c.is_uppercase() || c.is_numeric()))
        {
            return Some(self.register(&name, AgentKind::Organisation, AgentId::named(&name)));
        }
        if occurrence.starts_sentence && words.len() == 1 {
            return None;
        }
        None
    }
}

/// "the Russian president and his US counterpart": a counterpart has the role named before.
fn counterpart(role: &str, before: Option<&(String, AgentId)>, lexicon: &Lexicon) -> String {
    let head = before.and_then(|(role, _)| {
        role.split_whitespace()
            .find(|word| lexicon.roles.persons.contains(*word))
    });
    match (role.strip_suffix("counterpart"), head) {
        (Some(modifiers), Some(head)) => format!("{modifiers}{head}"),
        _ => role.to_owned(),
    }
}

/// Says whether a name is a person's, by its title, role or form.
fn is_person(occurrence: &Occurrence, lexicon: &Lexicon) -> bool {
    if occurrence.titled {
        return true;
    }
    let words = &occurrence.words;
    let name = words.join(" ");
    let institutional = words.iter().any(|word| {
        let lower = word.to_lowercase();
        lexicon.roles.organisations.contains(&lower)
            || lexicon.roles.documents.contains(&lower)
            || lexicon.roles.groups.contains(&lower)
            || lexicon.roles.outlet_words.contains(&lower)
            || word.len() > 1 && word.chars().all(char::is_uppercase)
            || lexicon
                .functions
                .classes(&lower)
                .any(Classes::DAY.or(Classes::MONTH))
    });
    if institutional || lexicon.outlets.find(&name).is_some() || words.len() > 4 {
        return false;
    }
    if words.len() < 2 {
        return occurrence.role.is_some();
    }
    occurrence.role.is_some() || words.len() <= 3
}

/// Collects the capitalised runs of all sentences, headlines left out (there all is capital).
fn occurrences(snapshot: &str, text: &Text, lexicon: &Lexicon) -> Vec<Occurrence> {
    let mut occurrences = Vec::new();
    for sentence in &text.sentences {
        if sentence.layer == crate::mention::Layer::Headline {
            continue;
        }
        let words: Vec<(&str, Span)> = sentence
            .tokens
            .iter()
            .map(|token| (token.span.of(snapshot), token.span))
            .collect();
        let is_name = |at: usize| {
            words.get(at).is_some_and(|(word, _)| {
                sentence.tokens[at].kind == TokenKind::Word
                    && word.chars().next().is_some_and(char::is_uppercase)
            })
        };
        let closed = |at: usize| {
            !lexicon
                .functions
                .classes(&words[at].0.to_lowercase())
                .is_open()
        };
        let mut at = 0;
        while at < words.len() {
            let acronym = words[at].0.len() > 1
                && words[at]
                    .0
                    .chars()
                    .all(|c| c.is_uppercase() || c.is_numeric());
            if !is_name(at) || (closed(at) && !acronym) {
                at += 1;
                continue;
            }
            let start = at;
            while at < words.len() {
                let adjacent = at == start || words[at - 1].1.end + 2 > words[at].1.start;
                let hyphen = words[at].0 == "-" && is_name(at + 1);
                let initial = words[at].0 == "." && at > start && words[at - 1].0.len() == 1;
                if !(adjacent
                    && ((is_name(at) && !(closed(at) && at > start && !is_initial(words[at].0)))
                        || hyphen
                        || initial))
                {
                    break;
                }
                at += 1;
            }
            push(&words, start, at, lexicon, &mut occurrences);
        }
    }
    occurrences
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Splits titles and roles off the front of a run and pushes what is left.
fn push(
    words: &[(&str, Span)],
    start: usize,
    end: usize,
    lexicon: &Lexicon,
    occurrences: &mut Vec<Occurrence>,
) {
    let lower = |at: usize| words[at].0.to_lowercase();
    let mut first = start;
    let mut titled = false;
    let mut role = None;
    // "Secretary of State Antony Blinken": the office ends with the first word of the run.
    let office = start >= 2
        && words[start - 1].0 == "of"
        && lexicon.roles.persons.contains(&lower(start - 2))
        && end - start >= 3;
    if office {
        role = Some(format!(
            "{} of {}",
            role_before(words, start - 2, lexicon),
            words[start].0
        ));
        titled = true;
        first = start + 1;
    }
    // "President Putin", "Mr Putin", "Foreign Ministry spokeswoman Maria Zakharova"
    if office {
        // The role is known already.
    } else if let Some(at) = (start..end).rev().find(|&at| {
        lexicon.roles.titles.contains(&lower(at)) || lexicon.roles.persons.contains(&lower(at))
    }) && at + 1 < end
    {
        titled =
            lexicon.roles.titles.contains(&lower(at)) || lexicon.roles.persons.contains(&lower(at));
        if lexicon.roles.persons.contains(&lower(at)) {
            role = Some(role_before(words, at, lexicon));
        }
        first = at + 1;
        if words[first].0 == "." {
            first += 1;
        }
    } else if start > 0 && lexicon.roles.persons.contains(&lower(start - 1)) {
        role = Some(role_before(words, start - 1, lexicon));
        titled = true;
    }
    if first >= end {
        return;
    }
    // An apposition behind: "Yuri Ushakov, an aide to …".
    if role.is_none() && words.get(end).is_some_and(|(word, _)| *word == ",") {
        role = role_behind(words, end + 1, lexicon);
    }
    let span = words[first].1.cover(words[end - 1].1);
    let name: Vec<String> = words[first..end]
        .iter()
        .filter(|(word, _)| !matches!(*word, "-" | "."))
        .map(|(word, _)| (*word).to_owned())
        .collect();
    let hyphenated = words[first..end].iter().any(|(word, _)| *word == "-");
    if name.is_empty() || (hyphenated && name.len() == 2 && !titled) {
        return;
    }
    occurrences.push(Occurrence {
        span,
        words: name,
        role,
        titled,
        starts_sentence: first == 0,
    });
}

/// Returns the role that ends at `at` with its modifiers: "Russia’s Foreign Ministry spokeswoman".
fn role_before(words: &[(&str, Span)], at: usize, lexicon: &Lexicon) -> String {
    let mut start = at;
    while start > 0 {
        let word = words[start - 1].0;
        let lower = word.to_lowercase();
        let modifier = word.chars().next().is_some_and(char::is_uppercase)
            && lexicon.functions.classes(&lower).is_open()
            || (word.chars().all(char::is_uppercase) && word.len() > 1)
            || lexicon.roles.organisations.contains(&lower)
            || lexicon.roles.persons.contains(&lower)
            || matches!(
                word,
                "'s" | "’s"
                    | "former"
                    | "chief"
                    | "deputy"
                    | "senior"
                    | "vice"
                    | "prime"
                    | "foreign"
            );
        if !modifier {
            break;
        }
        start -= 1;
    }
    words[start..=at]
        .iter()
        .map(|(word, _)| *word)
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" ’s", "’s")
        .replace(" 's", "'s")
}

/// Returns the role in an apposition that starts at `start`: "an aide to Russian President …".
fn role_behind(words: &[(&str, Span)], start: usize, lexicon: &Lexicon) -> Option<String> {
    let end = (start..words.len().min(start + 14))
        .find(|&at| matches!(words[at].0, "," | ";" | "."))
        .unwrap_or(words.len().min(start + 14));
    // An apposition closes with a comma: "…, the Kremlin spokesman said" is none.
    if words.get(end).is_some_and(|(word, _)| *word != ",") {
        return None;
    }
    let head = (start..end.min(start + 6))
        .find(|&at| lexicon.roles.persons.contains(&words[at].0.to_lowercase()))?;
    let opens = words.get(start).is_some_and(|(word, _)| {
        matches!(
            *word,
            "a" | "an" | "the" | "former" | "chief" | "deputy" | "senior" | "acting"
        ) || word.chars().next().is_some_and(char::is_uppercase)
            || lexicon.roles.persons.contains(*word)
    });
    if !opens {
        return None;
    }
    let plain = (start..head).all(|at| {
        let lower = words[at].0.to_lowercase();
        matches!(lower.as_str(), "a" | "an" | "the")
            || words[at].0.chars().next().is_some_and(char::is_uppercase)
            || (lexicon.functions.classes(&lower).is_open()
                && lexicon.cues.verbs(&lower).is_empty())
    });
    if !plain {
        return None;
    }
    let from = if matches!(words[start].0, "a" | "an" | "the") {
        start + 1
    } else {
        start
    };
    let goes_on = words
        .get(head + 1)
        .is_some_and(|(word, _)| matches!(*word, "of" | "for" | "to" | "at" | "in"));
    if !goes_on && head + 1 != end {
        return None;
    }
    let to = if goes_on { end } else { head + 1 };
    (from < to).then(|| {
        words[from..to]
            .iter()
            .map(|(word, _)| *word)
            .collect::<Vec<_>>()
            .join(" ")
    })
}
