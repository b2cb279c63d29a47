//! What a name stands for, told by its form: a person, an institution, another spelling.

use crate::{
    id::AgentId,
    lexicon::{Lexicon, function::Classes},
    mention::Agent,
    resolve::name::{occurrence::Occurrence, spelling},
};

/// Notes another spelling of an agent's name.
pub(super) fn alias(agent: &mut Agent, name: String) {
    if agent.name != name {
        agent.aliases.push(name);
        agent.aliases.sort();
        agent.aliases.dedup();
    }
}

/// Says whether two full names with one surname are one person's: "Vladimir" and "V.", "Yury" and
/// "Yuri", "Joe" and "Joseph", a name with a middle name more.
pub(super) fn is_alias(known: &str, name: &str, lexicon: &Lexicon) -> bool {
    let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    let given = (first(known), first(name));
    let within = |one: &str, other: &str| other.split(' ').any(|word| word == one);
    let gender = |name: &str| lexicon.given.gender(name);
    let differ = gender(&given.0)
        .zip(gender(&given.1))
        .is_some_and(|(one, other)| one != other);
    within(&given.0, name)
        || within(&given.1, known)
        || spelling::same_person(known, name) > 0.0
        || (!differ && (is_short_for(&given.0, &given.1) || is_short_for(&given.1, &given.0)))
}

/// "Joe" for "Joseph", "Dany" for "Daniel".
fn is_short_for(short: &str, long: &str) -> bool {
    let stem = short.to_lowercase();
    let stem = stem.trim_end_matches(['e', 'y', 'i']);
    stem.len() > 1 && short.len() < long.len() && long.to_lowercase().starts_with(stem)
}

/// Says whether a name ends or, before "of", goes on from the head of an institution's name.
pub(super) fn is_institution(words: &[&str], lexicon: &Lexicon) -> bool {
    let known = |word: &str| lexicon.roles.organisations.contains(&word.to_lowercase());
    lexicon
        .roles
        .organisations
        .contains(&words.join(" ").to_lowercase())
        || words.last().is_some_and(|last| known(last))
        || words
            .windows(2)
            .any(|pair| pair[1] == "of" && known(pair[0]))
        || words.contains(&"&")
}

/// "the Russian president and his US counterpart": a counterpart has the role named before.
pub(super) fn counterpart(
    role: &str,
    before: Option<&(String, AgentId)>,
    lexicon: &Lexicon,
) -> String {
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
pub(super) fn is_person(occurrence: &Occurrence, lexicon: &Lexicon) -> bool {
    let words = &occurrence.words;
    if words.iter().any(|word| word == "&") {
        return false;
    }
    if occurrence.titled {
        return true;
    }
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
    if institutional || lexicon.outlets.find_anywhere(&name).is_some() || words.len() > 4 {
        return false;
    }
    if words.len() < 2 {
        return !occurrence.roles.is_empty();
    }
    !occurrence.roles.is_empty() || words.len() <= 3
}
