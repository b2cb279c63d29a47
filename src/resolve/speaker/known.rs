//! Agents that the article has named: by full name, surname, role or the last word of their name.

use std::collections::BTreeSet;

use crate::{
    id::AgentId,
    lexicon::{Lexicon, function::Classes},
    mention::AgentKind,
    resolve::{
        name::Names,
        speaker::description::{is_capital, is_role, join, without_articles},
    },
};

/// "Kremlin spokesman Dmitry Peskov", "Peskov", "Mr Putin", "Russia's president Vladimir Putin".
pub(super) fn named_person(
    head: &[&str],
    at: usize,
    names: &mut Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let preposition = head.iter().position(|word| {
        let lower = word.to_lowercase();
        !is_capital(word) && lexicon.functions.classes(&lower).any(Classes::PREPOSITION)
    });
    // "Secretary of State Antony Blinken": the name stands behind the office.
    let office = preposition
        .filter(|&of| head[of] == "of" && head.len() > of + 3)
        .filter(|&of| of > 0 && is_role(head[of - 1], lexicon))
        .and_then(|of| {
            let name = &head[of + 2..];
            let person = names.person(name, at)?.clone();
            Some((join(&without_articles(&head[..of + 2], lexicon)), person))
        });
    if let Some((role, person)) = office {
        names.add_role(&role, &person);
        return Some(person);
    }
    let end = preposition.unwrap_or(head.len());
    let run: Vec<&str> = head[..end]
        .iter()
        .rev()
        .take_while(|word| is_capital(word) && !is_role(word, lexicon))
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    if run.is_empty()
        || head
            .get(end.wrapping_sub(run.len() + 1))
            .is_some_and(|word| word.to_lowercase() == "the" && run.len() == 1)
    {
        return None;
    }
    let person = names.person(&run, at).cloned().or_else(|| {
        (run.len() > 1)
            .then(|| names.person(&run[run.len() - 1..], at).cloned())
            .flatten()
            .filter(|id| {
                // "Russia’s Vladimir Putin": the last two words are the name.
                names.agents.get(id).is_some_and(|agent| {
                    let name: Vec<&str> = agent.name.split_whitespace().collect();
                    run.ends_with(&name)
                })
            })
    })?;
    let before = &head[..end - run.len()];
    if before
        .iter()
        .any(|word| lexicon.roles.persons.contains(&word.to_lowercase()))
    {
        let role = join(&without_articles(before, lexicon));
        names.add_role(&role, &person);
    }
    represented(&person, &without_articles(before, lexicon), names, lexicon);
    Some(person)
}

/// Notes for whom a spokesperson speaks: "Kremlin" for "Kremlin spokesman".
pub(super) fn represented(agent: &AgentId, words: &[&str], names: &mut Names, lexicon: &Lexicon) {
    let Some(at) = words
        .iter()
        .position(|word| lexicon.roles.spokespersons.contains(&word.to_lowercase()))
    else {
        return;
    };
    let before: Vec<&str> = words[..at]
        .iter()
        .copied()
        .filter(|word| is_capital(word) && !matches!(*word, "'s" | "’s"))
        .collect();
    if before.is_empty() {
        return;
    }
    let name = join(&before);
    let represented = match names.person(&before, usize::MAX).cloned() {
        Some(person) => person,
        None => names.register(&name, AgentKind::Organisation, AgentId::named(&name)),
    };
    if represented == *agent {
        return;
    }
    if let Some(agent) = names.agents.get_mut(agent) {
        agent.represents.get_or_insert(represented);
    }
}

/// "the Kremlin spokesman", "the US president", "Putin's aide": a person known by that function.
///
/// What has an indefinite article is somebody new, and a deputy is not the minister.
pub(super) fn by_role(
    head: &[&str],
    plain: &[&str],
    at: usize,
    names: &Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let indefinite = head.first().is_some_and(|word| {
        ["a", "an", "another", "one", "some"].contains(&word.to_lowercase().as_str())
    });
    if indefinite || plain.len() > 6 {
        return None;
    }
    let wanted = Function::read(&join(plain).to_lowercase(), lexicon)?;
    let mut best: BTreeSet<&AgentId> = BTreeSet::new();
    let mut least = usize::MAX;
    for (role, id) in &names.roles {
        let Some(extra) = Function::read(role, lexicon).and_then(|role| wanted.fits(&role)) else {
            continue;
        };
        // "the Danish minister" is the foreign minister if there is one only, but the president
        // rather than the former president.
        let extra = usize::from(extra > 0);
        if extra < least {
            least = extra;
            best.clear();
        }
        if extra == least {
            best.insert(id);
        }
    }
    names.in_mind(at, &best)
}

/// Says whether somebody with a function is called so by other words, both lower case.
pub(super) fn is_called_so(wanted: &str, role: &str, lexicon: &Lexicon) -> bool {
    Function::read(wanted, lexicon)
        .zip(Function::read(role, lexicon))
        .is_some_and(|(wanted, role)| wanted.fits(&role).is_some())
}

/// Says whether two functions share a modifier: "Russian president" and "aide to the Russian …".
pub(super) fn share_modifier(one: &str, other: &str, lexicon: &Lexicon) -> bool {
    let modifiers = |words: &str| Function::read(words, lexicon).map(|read| read.modifiers);
    let place = |word: &str| {
        lexicon
            .concepts
            .longest(&[word])
            .map(|(id, _)| id.to_owned())
    };
    let alike = |one: &String, other: &String| {
        akin(one, other) || place(one).is_some_and(|id| place(other) == Some(id))
    };
    modifiers(one)
        .zip(modifiers(other))
        .is_some_and(|(one, other)| {
            one.iter()
                .any(|one| other.iter().any(|other| alike(one, other)))
        })
}

/// What somebody is, taken apart.
struct Function {
    /// "minister", as one word for all that mean the same.
    noun: String,
    /// "Danish", "foreign".
    modifiers: Vec<String>,
    /// "deputy".
    ranks: Vec<String>,
    former: bool,
}

impl Function {
    fn read(words: &str, lexicon: &Lexicon) -> Option<Self> {
        let roles = &lexicon.roles;
        let words: Vec<&str> = words
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
            .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
            .filter(|word| !word.is_empty())
            .collect();
        let end = words
            .iter()
            .position(|word| matches!(*word, "of" | "for" | "to" | "at" | "in" | "on"))
            .unwrap_or(words.len());
        let at = words[..end]
            .iter()
            .rposition(|word| roles.persons.contains(*word))?;
        let rest = || words.iter().enumerate().filter(|(other, _)| *other != at);
        Some(Self {
            noun: roles.function(words[at]).to_owned(),
            modifiers: rest()
                .map(|(_, word)| *word)
                .filter(|word| {
                    word.len() > 1
                        && !roles.ranks.contains(*word)
                        && !is_former(word)
                        // "US" in lower case is no pronoun beside a function.
                        && (*word == "us" || lexicon.functions.classes(word).is_open())
                })
                .map(str::to_owned)
                .collect(),
            ranks: rest()
                .map(|(_, word)| (*word).to_owned())
                .filter(|word| roles.ranks.contains(word))
                .collect(),
            former: words.iter().any(|word| is_former(word)),
        })
    }

    /// Says how many of the other's words are not wanted; `None` when it is another function.
    fn fits(&self, other: &Self) -> Option<usize> {
        let held = self
            .modifiers
            .iter()
            .all(|wanted| other.modifiers.iter().any(|word| akin(word, wanted)));
        (self.noun == other.noun
            && held
            && self.ranks == other.ranks
            && (!self.former || other.former))
            .then(|| usize::from(self.former != other.former))
    }
}

fn is_former(word: &str) -> bool {
    matches!(word, "former" | "ex" | "then" | "late")
}

/// "the draft" after "a draft statement": the one document of the article that is called so.
pub(super) fn known_document(
    head: &[&str],
    plain: &[&str],
    names: &Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let [noun] = plain else { return None };
    let noun = noun.to_lowercase();
    let definite = head
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("the"));
    if !definite || !lexicon.roles.documents.contains(&noun) {
        return None;
    }
    let mut fitting = names.agents.values().filter(|agent| {
        agent.kind == AgentKind::Document
            && agent
                .name
                .split_whitespace()
                .any(|word| word.to_lowercase() == noun)
    });
    let first = fitting.next()?;
    fitting.next().is_none().then(|| first.id.clone())
}

/// "Russia" and "Russian", "US" and "American" modify a role alike.
pub(super) fn akin(one: &str, other: &str) -> bool {
    let american = |word: &str| matches!(word, "us" | "u.s" | "usa" | "american" | "america");
    one == other
        || (american(one) && american(other))
        || (one.len() > 4 && other.len() > 4 && one.chars().take(5).eq(other.chars().take(5)))
}
