//! Names in running text: who is a person, with which roles, and what stands for what.
//!
//! Nothing here is guessed across articles; a name means what this article makes of it.

mod function;
mod kind;
mod occurrence;
mod outlet;
pub mod spelling;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    id::AgentId,
    lexicon::{Lexicon, given::Gender},
    mention::{Agent, AgentKind},
    span::Span,
    text::Text,
};
use kind::{alias, counterpart, is_alias, is_institution, is_person};
use occurrence::{Noun, Occurrence, occurrences};

/// Of persons with one surname no more are told apart by the spelling of their given names.
const MOST_NAMESAKES: usize = 20;
/// So many names back at most is anything referred to.
const MOST_NAMES: usize = 400;
/// A name read this far back, in bytes, is still in mind.
const IN_MIND: usize = 600;

/// The names of an article and the agents they stand for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Agents by id.
    pub(super) agents: BTreeMap<AgentId, Agent>,
    /// Every occurrence of a name of an agent, in the order of the text.
    pub(super) occurrences: Vec<(Span, AgentId)>,
    /// Words that describe an agent without naming it, in the order in which they are resolved.
    described: Vec<(Span, AgentId)>,
    /// Roles of persons, lower case, in the order of the text.
    pub(super) roles: Vec<(String, AgentId)>,
    /// Which pronouns stand for a person, where the article or the given name tells.
    genders: BTreeMap<AgentId, Gender>,
    /// Persons by surname, lower case.
    surnames: BTreeMap<String, Vec<AgentId>>,
    /// Persons by the sound of their given name.
    given: BTreeMap<String, Vec<AgentId>>,
    /// Institutions and outlets by name, lower case.
    by_name: BTreeMap<String, AgentId>,
    /// The page's own outlet: "this newspaper".
    pub(super) own: Option<AgentId>,
    /// Country of the page's own outlet.
    country: Option<String>,
    /// What the article calls an institution: "magazine", "firm".
    nouns: BTreeMap<AgentId, BTreeSet<String>>,
}

impl Names {
    /// Finds the names of an article.
    pub(super) fn find(
        snapshot: &str,
        text: &Text,
        own: Option<&AgentId>,
        lexicon: &Lexicon,
    ) -> Self {
        let occurrences = occurrences(snapshot, text, lexicon);
        // Who has a function or is named by surname alone is a person, whatever else is said.
        let persons: BTreeSet<&str> = occurrences
            .iter()
            .filter(|occurrence| occurrence.titled || occurrence.words.len() == 1)
            .filter_map(|occurrence| Some(occurrence.words.last()?.as_str()))
            .collect();
        let called: BTreeSet<String> = occurrences
            .iter()
            .filter(|occurrence| occurrence.noun.is_some() && occurrence.words.len() > 1)
            .filter(|occurrence| {
                occurrence
                    .words
                    .last()
                    .is_none_or(|last| !persons.contains(last.as_str()))
            })
            .map(|occurrence| occurrence.words.join(" "))
            .collect();
        let own = own.and_then(|id| lexicon.outlets.by_id(id));
        let mut names = Self {
            country: own.map(|outlet| outlet.country.clone()),
            ..Self::default()
        };
        // Full names first, so that surnames can be told to belong to them.
        for occurrence in occurrences.iter().filter(|o| o.words.len() > 1 || o.titled) {
            if occurrence.titled || !called.contains(&occurrence.words.join(" ")) {
                names.add_person(occurrence, lexicon);
            }
        }
        for occurrence in &occurrences {
            let Some(id) = names.identify(occurrence, lexicon) else {
                continue;
            };
            names.occurrences.push((occurrence.span, id.clone()));
            for role in &occurrence.roles {
                names.add_role(&counterpart(role, names.roles.last(), lexicon), &id);
            }
            if let Some(title) = &occurrence.title {
                names.note_gender(title, &id, lexicon);
            }
        }
        names.guess_genders(lexicon);
        names
    }

    /// Returns the person a surname or full name stands for, when it is read at `at`.
    pub(super) fn person(&self, words: &[&str], at: usize) -> Option<&AgentId> {
        let namesakes = self.surnames.get(&words.last()?.to_lowercase())?;
        if words.len() == 1 {
            return match namesakes.as_slice() {
                [one] => Some(one),
                several => self
                    .nearest(at, |id| several.contains(id))
                    .or(several.first()),
            };
        }
        let first = words.first()?.to_lowercase();
        let name = words.join(" ");
        namesakes.iter().find(|id| {
            self.agents.get(*id).is_some_and(|agent| {
                agent.aliases.contains(&name)
                    || agent
                        .name
                        .to_lowercase()
                        .split_whitespace()
                        .any(|word| word == first)
            })
        })
    }

    /// Returns the institution or outlet of a name.
    pub(super) fn institution(&self, name: &str) -> Option<&AgentId> {
        self.by_name.get(&name.to_lowercase())
    }

    /// Returns the agent whose name stands nearest before `at` among those that fit.
    pub(super) fn nearest(&self, at: usize, fits: impl Fn(&AgentId) -> bool) -> Option<&AgentId> {
        self.nearest_span(at, fits).map(|(_, id)| id)
    }

    fn nearest_span(&self, at: usize, fits: impl Fn(&AgentId) -> bool) -> Option<(Span, &AgentId)> {
        [&self.occurrences, &self.described]
            .into_iter()
            .filter_map(|list| last_fitting(list, at, &fits))
            .max_by_key(|(span, _)| span.end)
    }

    /// Returns the agent that words describe nearest before `at` among those that fit.
    pub(super) fn nearest_described(
        &self,
        at: usize,
        fits: impl Fn(&AgentId) -> bool,
    ) -> Option<&AgentId> {
        last_fitting(&self.described, at, &fits).map(|(_, id)| id)
    }

    /// Returns the agents named from `start` to `end`, in the order of the text.
    pub(super) fn between(&self, start: usize, end: usize) -> impl Iterator<Item = &AgentId> {
        let first = self
            .occurrences
            .partition_point(|(span, _)| span.start < start);
        self.occurrences[first..]
            .iter()
            .take_while(move |(span, _)| span.end <= end)
            .map(|(_, id)| id)
    }

    /// Of several agents that fit some words, the one in mind when they are read at `at`: the only
    /// one, or the one named last when no other was named shortly before.
    pub(super) fn in_mind(&self, at: usize, fitting: &BTreeSet<&AgentId>) -> Option<AgentId> {
        if fitting.len() < 2 {
            return fitting.first().map(|id| (*id).clone());
        }
        let (_, last) = self.nearest_span(at, |id| fitting.contains(id))?;
        let other = self.nearest_span(at, |id| id != last && fitting.contains(id));
        other
            .is_none_or(|(span, _)| span.end + IN_MIND < at)
            .then(|| last.clone())
    }

    /// Returns which pronouns stand for an agent.
    pub(super) fn gender(&self, id: &AgentId) -> Option<Gender> {
        self.genders.get(id).copied()
    }

    /// Says whether the article calls an institution by a noun: "the magazine", "the firm".
    pub(super) fn is_called(&self, id: &AgentId, noun: &str) -> bool {
        self.nouns.get(id).is_some_and(|nouns| nouns.contains(noun))
    }

    /// Returns what the article calls an institution.
    pub(super) fn nouns(&self, id: &AgentId) -> impl Iterator<Item = &str> {
        self.nouns.get(id).into_iter().flatten().map(String::as_str)
    }

    /// Registers an agent, or returns the one already known under its id.
    pub(super) fn register(&mut self, name: &str, kind: AgentKind, id: AgentId) -> AgentId {
        if matches!(kind, AgentKind::Organisation | AgentKind::Outlet) {
            self.by_name
                .entry(name.to_lowercase())
                .or_insert_with(|| id.clone());
        }
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

    /// Notes what the article calls an institution.
    pub(super) fn add_noun(&mut self, noun: &str, id: &AgentId) {
        self.nouns
            .entry(id.clone())
            .or_default()
            .insert(noun.to_owned());
    }

    /// Notes that words at `span` describe an agent.
    pub(super) fn add_described(&mut self, span: Span, id: &AgentId) {
        // Resolved outside the order of the text, it would hide what stands behind it.
        if self
            .described
            .last()
            .is_none_or(|(last, _)| last.end <= span.end)
        {
            self.described.push((span, id.clone()));
        }
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

    /// Learns from a word such as "ms" or "spokeswoman" which pronouns stand for a person.
    pub(super) fn note_gender(&mut self, word: &str, id: &AgentId, lexicon: &Lexicon) {
        if let Some(gender) = lexicon.roles.gender(word) {
            self.genders.insert(id.clone(), gender);
        }
    }

    fn guess_genders(&mut self, lexicon: &Lexicon) {
        let told: Vec<(AgentId, Gender)> = self
            .roles
            .iter()
            .filter_map(|(role, id)| {
                let head = role
                    .split(' ')
                    .find_map(|word| lexicon.roles.gender(word))?;
                Some((id.clone(), head))
            })
            .collect();
        for (id, gender) in told {
            self.genders.entry(id).or_insert(gender);
        }
        for (id, agent) in &self.agents {
            let first = agent.name.split([' ', '-']).next().unwrap_or_default();
            if agent.kind == AgentKind::Person
                && agent.name.contains(' ')
                && let Some(gender) = lexicon.given.gender(first)
            {
                self.genders.entry(id.clone()).or_insert(gender);
            }
        }
    }

    fn add_person(&mut self, occurrence: &Occurrence, lexicon: &Lexicon) {
        if !is_person(occurrence, lexicon) {
            return;
        }
        let name = occurrence.words.join(" ");
        let (Some(first), Some(last)) = (occurrence.words.first(), occurrence.words.last()) else {
            return;
        };
        let surname = last.to_lowercase();
        let namesakes = self.surnames.get(&surname).cloned().unwrap_or_default();
        // "Putin" after "Vladimir Putin"; "V. Putin" is an alias; another first name another person.
        let full = occurrence.words.len() > 1;
        if !full && !namesakes.is_empty() {
            return;
        }
        for id in namesakes.iter().take(MOST_NAMESAKES) {
            let Some(known) = self.agents.get_mut(id) else {
                continue;
            };
            if known.name == name {
                return;
            }
            if !known.name.contains(' ') {
                let id = id.clone();
                self.agents.remove(&id);
                self.forget(&surname, &id);
                break;
            }
            if is_alias(&known.name, &name, lexicon) {
                alias(known, name);
                return;
            }
        }
        let sound = spelling::sound(first);
        let id = if full {
            // "Yuri Oshakov" after "Yury Ushakov"
            let similar = self.given.get(&sound).and_then(|ids| {
                ids.iter().take(MOST_NAMESAKES).find(|id| {
                    self.agents.get(*id).is_some_and(|agent| {
                        spelling::same_person(&agent.name, &name) >= spelling::LIKELY
                    })
                })
            });
            if let Some(id) = similar.cloned() {
                if let Some(known) = self.agents.get_mut(&id) {
                    alias(known, name);
                }
                id
            } else {
                let id = self.register(&name, AgentKind::Person, AgentId::named(&name));
                self.given.entry(sound).or_default().push(id.clone());
                id
            }
        } else {
            self.register(&name, AgentKind::Person, AgentId::named(&name))
        };
        let namesakes = self.surnames.entry(surname).or_default();
        if !namesakes.contains(&id) {
            namesakes.push(id);
        }
    }

    fn forget(&mut self, surname: &str, id: &AgentId) {
        if let Some(namesakes) = self.surnames.get_mut(surname) {
            namesakes.retain(|known| known != id);
        }
    }

    fn identify(&mut self, occurrence: &Occurrence, lexicon: &Lexicon) -> Option<AgentId> {
        let words: Vec<&str> = occurrence.words.iter().map(String::as_str).collect();
        let name = words.join(" ");
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        if let Some(id) = self.person(&words, occurrence.span.start) {
            return Some(id.clone());
        }
        let called = occurrence.noun.as_ref().is_some_and(|noun| noun.is_outlet);
        let outlet = self.outlet(&name, occurrence.article, called, lexicon);
        let id = if let Some(outlet) = outlet {
            self.register(&outlet.name, AgentKind::Outlet, outlet.agent_id())
        } else if let Some(known) = self.institution(&name) {
            known.clone()
        } else if called || lexicon.roles.is_outlet_name(&lower) {
            self.register(&name, AgentKind::Outlet, AgentId::named(&name))
        } else if occurrence.noun.is_some()
            || is_institution(&words, lexicon)
            || (name.len() > 1 && name.chars().all(|c| c.is_uppercase() || c.is_numeric()))
        {
            self.register(&name, AgentKind::Organisation, AgentId::named(&name))
        } else {
            return None;
        };
        if let Some(Noun { word, .. }) = &occurrence.noun {
            self.add_noun(word, &id);
        }
        Some(id)
    }
}

/// Returns the last of the words before `at` whose agent fits.
fn last_fitting<'a>(
    words: &'a [(Span, AgentId)],
    at: usize,
    fits: &dyn Fn(&AgentId) -> bool,
) -> Option<(Span, &'a AgentId)> {
    let before = words.partition_point(|(span, _)| span.end <= at);
    words[before.saturating_sub(MOST_NAMES)..before]
        .iter()
        .rev()
        .find(|(_, id)| fits(id))
        .map(|(span, id)| (*span, id))
}
