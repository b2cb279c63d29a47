//! Who a source is: surnames, roles and pronouns are led back to names inside one article.
//!
//! It never looks beyond the article.

mod description;
mod institution;
mod known;
mod pronoun;

use crate::{
    attribution::Attribution,
    id::{AgentId, SnapshotId},
    lexicon::Lexicon,
    mention::{Agent, AgentKind, NOT_NAMED},
    resolve::name::Names,
    span::Span,
    text::Text,
};
use description::{Description, described};
use known::is_called_so;
use pronoun::antecedent;

/// What sources are resolved against.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) snapshot: &'a str,
    pub(super) text: &'a Text,
    pub(super) id: &'a SnapshotId,
    pub(super) lexicon: &'a Lexicon,
}

/// Whom the attributions name, one entry each, in their order.
pub(super) struct Speakers {
    pub(super) sources: Vec<AgentId>,
    pub(super) addressees: Vec<Option<AgentId>>,
}

/// Resolves the sources and hearers of an article's attributions.
pub(super) fn resolve(page: Page<'_>, attributions: &[Attribution], names: &mut Names) -> Speakers {
    // Outer attributions may stand behind inner ones; pronouns need the outer speaker first.
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&index| {
        let (sentence, depth) = place(attributions, index);
        (sentence, depth, index)
    });
    let mut known: Vec<Option<AgentId>> = vec![None; attributions.len()];
    let mut addressees: Vec<Option<AgentId>> = vec![None; attributions.len()];
    for (position, &index) in order.iter().enumerate() {
        let attribution = &attributions[index];
        let agent = match attribution.source {
            None => unknown(page.id, names),
            Some(source) => {
                let words = Description::new(page.snapshot, source, page.lexicon);
                let before = Before {
                    page,
                    attributions,
                    earlier: &order[..position],
                    known: &known,
                    names,
                };
                let mut subject = None;
                let found = match words.pronoun() {
                    Some(pronoun) => antecedent(&pronoun, index, before).or_else(|| {
                        subject = pronoun::leading_phrase(&pronoun, index, before);
                        None
                    }),
                    None => issuer(&words, index, before)
                        .or_else(|| called_before(&words, index, before))
                        .or_else(|| possessed(&words, index, before)),
                };
                let words = subject.map_or(words, |span| {
                    Description::new(page.snapshot, span, page.lexicon)
                });
                let agent = found.unwrap_or_else(|| described(&words, page, names));
                names.add_described(source, &agent);
                agent
            }
        };
        known[index] = Some(agent);
        addressees[index] = attribution
            .addressee
            .and_then(|span| hearer(span, page, names));
    }
    let sources = known
        .into_iter()
        .map(|agent| agent.unwrap_or_else(|| unknown(page.id, names)))
        .collect();
    Speakers {
        sources,
        addressees,
    }
}

/// What is known of the speakers when a source is resolved.
#[derive(Clone, Copy)]
struct Before<'a> {
    page: Page<'a>,
    attributions: &'a [Attribution],
    /// The attributions resolved already, in the order of text and depth.
    earlier: &'a [usize],
    known: &'a [Option<AgentId>],
    names: &'a Names,
}

/// "The White House said in a statement … According to the statement": the issuer speaks on.
fn issuer(description: &Description<'_>, index: usize, before: Before<'_>) -> Option<AgentId> {
    let Before {
        page,
        attributions,
        known,
        ..
    } = before;
    let [article, noun] = description.words.as_slice() else {
        return None;
    };
    if !article.eq_ignore_ascii_case("the")
        || !page.lexicon.roles.documents.contains(&noun.to_lowercase())
    {
        return None;
    }
    attributions[..index]
        .iter()
        .enumerate()
        .rev()
        .take_while(|(_, other)| other.paragraph + 3 > attributions[index].paragraph)
        .find_map(|(other, attribution)| {
            let cue = attribution.cue?;
            let behind = page
                .snapshot
                .get(cue.end..attribution.content_span().start)?;
            let issued = behind.contains(&format!("in a {noun}"))
                || behind.contains(&format!("in an {noun}"));
            issued.then(|| known[other].clone()).flatten()
        })
}

/// Resolves the words that name a hearer; a pronoun is left alone.
fn hearer(span: Span, page: Page<'_>, names: &mut Names) -> Option<AgentId> {
    let words = Description::new(page.snapshot, span, page.lexicon);
    if words.pronoun().is_some() {
        return None;
    }
    let agent = described(&words, page, names);
    names.add_described(span, &agent);
    Some(agent)
}

/// Returns when an attribution is resolved: in the sentence of its cue or of one around it that
/// stands further on, and how deep it is nested there.
fn place(attributions: &[Attribution], index: usize) -> (usize, usize) {
    let mut depth = 0;
    let mut at = index;
    let mut sentence = attributions[index].sentence;
    while let Some(outer) = attributions[at].outer.filter(|_| depth < 16) {
        depth += 1;
        at = outer;
        sentence = sentence.max(attributions[at].sentence);
    }
    (sentence, depth)
}

/// The agent of attributions that leave their source out ("is said to").
fn unknown(id: &SnapshotId, names: &mut Names) -> AgentId {
    names.register(
        NOT_NAMED,
        AgentKind::Unnamed,
        AgentId::unnamed(id, "source"),
    )
}

/// "the official", "the researchers": who was last called so, beside the speaker outside.
fn called_before(
    description: &Description<'_>,
    index: usize,
    before: Before<'_>,
) -> Option<AgentId> {
    let Before {
        page,
        attributions,
        earlier,
        known,
        names,
    } = before;
    let head = description.definite()?;
    let roles = &page.lexicon.roles;
    let group = roles.groups.contains(&head) || head.ends_with("ers") || head.ends_with("ors");
    if !roles.persons.contains(&head) && !group {
        return None;
    }
    // "the two leaders" are whom the article says they are, not who was called so before.
    let modifiers: Vec<String> = description.words[1..description.words.len() - 1]
        .iter()
        .map(|word| word.to_lowercase())
        .filter(|word| word != "same")
        .collect();
    let attribution = &attributions[index];
    let outside = attribution.outer.and_then(|outer| known[outer].as_ref());
    let function = roles.function(&head);
    let called = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        let mut heads = words.clone().map(str::to_lowercase);
        heads.any(|word| roles.function(&word) == function)
            && modifiers
                .iter()
                .all(|modifier| words.any(|word| word.to_lowercase() == *modifier))
    };
    let wanted = description.words[1..].join(" ").to_lowercase();
    let has_role = |agent: &Agent, fits: &dyn Fn(&str) -> bool| {
        names
            .roles
            .iter()
            .any(|(role, who)| *who == agent.id && fits(role))
    };
    let fits = |id: &AgentId| {
        Some(id) != outside
            && names.agents.get(id).is_some_and(|agent| match agent.kind {
                AgentKind::Unnamed | AgentKind::Group => {
                    description
                        .head_of(&agent.name)
                        .as_deref()
                        .map(|head| roles.function(head))
                        == Some(function)
                        && called(&agent.name)
                }
                AgentKind::Person => {
                    has_role(agent, &|role| is_called_so(&wanted, role, page.lexicon))
                }
                _ => false,
            })
    };
    let speakers = || {
        earlier
            .iter()
            .rev()
            .take_while(|&&other| attributions[other].paragraph + 3 > attribution.paragraph)
            .filter_map(|&other| Some((other, names.agents.get(known[other].as_ref()?)?)))
            .filter(|(_, agent)| Some(&agent.id) != outside)
    };
    speakers()
        .map(|(_, agent)| &agent.id)
        .find(|id| fits(id))
        .or_else(|| {
            names.nearest_described(description.span.start, |id| {
                fits(id)
                    && names
                        .agents
                        .get(id)
                        .is_some_and(|agent| agent.kind != AgentKind::Person)
            })
        })
        .or_else(|| {
            // Any person with an office may be called "the official" where no other is.
            speakers()
                .find(|(other, agent)| {
                    head == "official"
                        && attributions[*other].outer.is_none()
                        && agent.kind == AgentKind::Person
                        && has_role(agent, &|_| true)
                })
                .map(|(_, agent)| &agent.id)
        })
        .or_else(|| subject_before(description, index, before))
        .cloned()
}

/// "Fatima Zahri has led the port since 2016. The director said …": the person whom the sentence
/// before is about, when the article gives that person no other function.
fn subject_before<'a>(
    description: &Description<'_>,
    index: usize,
    before: Before<'a>,
) -> Option<&'a AgentId> {
    let Before {
        page,
        attributions,
        names,
        ..
    } = before;
    let attribution = &attributions[index];
    let roles = &page.lexicon.roles;
    let function = description.definite()?;
    if !roles.persons.contains(&function) || roles.unnamed.contains(&function) {
        return None;
    }
    let sentence = attribution.sentence.checked_sub(1)?;
    let span = page.text.sentences.get(sentence)?;
    let mut named = names.between(span.span.start, span.span.end);
    let first = named.next()?;
    let alone = named.all(|other| other == first);
    let free = names.agents.get(first).is_some_and(|agent| {
        agent.kind == AgentKind::Person && !names.roles.iter().any(|(_, who)| who == first)
    });
    (span.block == attribution.paragraph && alone && free).then_some(first)
}

/// "Our president" in the mouth of a Russian official: whose function the speaker's own words share.
fn possessed(description: &Description<'_>, index: usize, before: Before<'_>) -> Option<AgentId> {
    let Before {
        page,
        attributions,
        known,
        names,
        ..
    } = before;
    let (first, rest) = description.words.split_first()?;
    if rest.is_empty() || !matches!(first.to_lowercase().as_str(), "our" | "my") {
        return None;
    }
    let speaker = known[attributions[index].outer?].as_ref()?;
    let roles_of = |who: &AgentId| {
        let who = who.clone();
        names
            .roles
            .iter()
            .filter(move |(_, id)| *id == who)
            .map(|(role, _)| role.as_str())
    };
    let wanted = rest.join(" ").to_lowercase();
    let mut fitting: Vec<&AgentId> = names
        .roles
        .iter()
        .filter(|(role, id)| {
            id != speaker
                && is_called_so(&wanted, role, page.lexicon)
                && roles_of(speaker).any(|own| known::share_modifier(own, role, page.lexicon))
        })
        .map(|(_, id)| id)
        .collect();
    fitting.dedup();
    match fitting.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
