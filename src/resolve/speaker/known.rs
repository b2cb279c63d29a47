//! Agents that the article has named: by full name, surname, role or the last word of their name.

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
pub(super) fn named_person(head: &[&str], names: &mut Names, lexicon: &Lexicon) -> Option<AgentId> {
    let end = head
        .iter()
        .position(|word| {
            let lower = word.to_lowercase();
            !is_capital(word) && lexicon.functions.classes(&lower).any(Classes::PREPOSITION)
        })
        .unwrap_or(head.len());
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
    let person = names.person(&run).cloned().or_else(|| {
        (run.len() > 1)
            .then(|| names.person(&run[run.len() - 1..]).cloned())
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
    let represented = match names.person(&before).cloned() {
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

/// "the Kremlin spokesman", "the US president", "Putin's aide": a person known by that role.
pub(super) fn by_role(plain: &[&str], names: &Names, lexicon: &Lexicon) -> Option<AgentId> {
    let words: Vec<String> = plain.iter().map(|word| word.to_lowercase()).collect();
    let head_at = words
        .iter()
        .position(|word| lexicon.roles.persons.contains(word))?;
    if words[head_at].ends_with('s') || plain.len() > 6 {
        return None;
    }
    let head = role_stem(&words[head_at]);
    let modifiers: Vec<&String> = words
        .iter()
        .enumerate()
        .filter(|(at, w)| {
            *at != head_at && w.len() > 1 && !matches!(w.as_str(), "'s" | "’s" | "of" | "the")
        })
        .map(|(_, w)| w)
        .collect();
    let mut fitting: Vec<&AgentId> = names
        .roles
        .iter()
        .filter(|(role, _)| {
            let role: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).collect();
            role.iter().any(|word| role_stem(word) == head)
                && modifiers
                    .iter()
                    .all(|modifier| role.iter().any(|word| akin(word, modifier)))
        })
        .map(|(_, id)| id)
        .collect();
    fitting.sort();
    fitting.dedup();
    match fitting.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

/// "the ministry" after "the Environment Ministry": the one organisation that is called so.
pub(super) fn known_organisation(head: &[&str], names: &Names) -> Option<AgentId> {
    let [article, noun] = head else { return None };
    if !article.eq_ignore_ascii_case("the") {
        return None;
    }
    let noun = noun.to_lowercase();
    let mut fitting = names.agents.values().filter(|agent| {
        agent.kind == AgentKind::Organisation
            && agent.name.contains(' ')
            && agent.name.to_lowercase().split_whitespace().last() == Some(noun.as_str())
    });
    let first = fitting.next()?;
    fitting.next().is_none().then(|| first.id.clone())
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

/// "spokesman", "spokeswoman" and "spokesperson" are one role.
pub(super) fn role_stem(word: &str) -> String {
    word.trim_end_matches("woman")
        .trim_end_matches("person")
        .trim_end_matches("man")
        .to_owned()
}

/// "Russia" and "Russian", "US" and "American" modify a role alike.
fn akin(one: &str, other: &str) -> bool {
    let american = |word: &str| matches!(word, "us" | "u.s" | "usa" | "american" | "america");
    one == other
        || (american(one) && american(other))
        || (one.len() > 4 && other.len() > 4 && one.chars().take(5).eq(other.chars().take(5)))
}
