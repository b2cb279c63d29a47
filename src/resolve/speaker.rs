//! Who a source is: surnames, roles and pronouns are led back to names inside one article.
//!
//! It never looks beyond the article.

mod description;
mod known;

use crate::{
    attribution::Attribution,
    id::{AgentId, SnapshotId},
    lexicon::Lexicon,
    mention::{Agent, AgentKind},
    resolve::name::Names,
    span::Span,
    text::Text,
};
use description::{Description, described};
use known::role_stem;

/// Resolves the sources of an article, one entry per attribution, in their order.
pub(super) fn resolve(
    snapshot: &str,
    text: &Text,
    id: &SnapshotId,
    attributions: &[Attribution],
    names: &mut Names,
    lexicon: &Lexicon,
) -> Vec<AgentId> {
    let mut resolved: Vec<AgentId> = Vec::with_capacity(attributions.len());
    // Outer attributions may stand behind inner ones; pronouns need the outer speaker first.
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&index| {
        (
            attributions[index].sentence,
            depth(attributions, index),
            index,
        )
    });
    let mut known: Vec<Option<AgentId>> = vec![None; attributions.len()];
    for (position, &index) in order.iter().enumerate() {
        let attribution = &attributions[index];
        let agent = match attribution.source {
            None => unknown(id, names),
            Some(source) => {
                let words = Description::new(snapshot, source, lexicon);
                let before = Before {
                    text,
                    attributions,
                    earlier: &order[..position],
                    known: &known,
                    names,
                };
                let found = match words.pronoun() {
                    Some(pronoun) => antecedent(&pronoun, index, before, lexicon),
                    None => issuer(snapshot, &words, index, before)
                        .or_else(|| named_before(&words, index, before)),
                };
                found.unwrap_or_else(|| described(&words, id, names, lexicon))
            }
        };
        known[index] = Some(agent);
    }
    for agent in known {
        resolved.push(agent.unwrap_or_else(|| unknown(id, names)));
    }
    resolved
}

/// What is known of the speakers when a source is resolved.
#[derive(Clone, Copy)]
struct Before<'a> {
    text: &'a Text,
    attributions: &'a [Attribution],
    /// The attributions resolved already, in the order of text and depth.
    earlier: &'a [usize],
    known: &'a [Option<AgentId>],
    names: &'a Names,
}

/// "The White House said in a statement … According to the statement": the issuer speaks on.
fn issuer(
    snapshot: &str,
    description: &Description<'_>,
    index: usize,
    before: Before<'_>,
) -> Option<AgentId> {
    let Before {
        attributions,
        known,
        ..
    } = before;
    let [article, noun] = description.words.as_slice() else {
        return None;
    };
    if !article.eq_ignore_ascii_case("the")
        || !description
            .lexicon
            .roles
            .documents
            .contains(&noun.to_lowercase())
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
            let behind = snapshot.get(cue.end..attribution.content_span().start)?;
            let issued = behind.contains(&format!("in a {noun}"))
                || behind.contains(&format!("in an {noun}"));
            issued.then(|| known[other].clone()).flatten()
        })
}

/// Resolves words that name somebody outside an attribution's source, such as a hearer.
pub(super) fn resolve_words(
    snapshot: &str,
    span: Span,
    id: &SnapshotId,
    names: &mut Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let words = Description::new(snapshot, span, lexicon);
    if words.pronoun().is_some() {
        return None;
    }
    Some(described(&words, id, names, lexicon))
}

fn depth(attributions: &[Attribution], index: usize) -> usize {
    let mut depth = 0;
    let mut at = index;
    while let Some(outer) = attributions[at].outer.filter(|_| depth < 16) {
        depth += 1;
        at = outer;
    }
    depth
}

/// The agent of attributions that leave their source out ("is said to").
fn unknown(id: &SnapshotId, names: &mut Names) -> AgentId {
    names.register(
        "unnamed source",
        AgentKind::Unnamed,
        AgentId::unnamed(id, "source"),
    )
}

/// "the official", "the minister": the last speaker before whom the article calls so.
fn named_before(
    description: &Description<'_>,
    index: usize,
    before: Before<'_>,
) -> Option<AgentId> {
    let Before {
        attributions,
        earlier,
        known,
        names,
        ..
    } = before;
    let head = description.definite()?;
    if !description.lexicon.roles.persons.contains(&head) {
        return None;
    }
    if description.words.len() != 2 {
        return None;
    }
    let attribution = &attributions[index];
    let stem = role_stem(&head);
    let called = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| role_stem(&word.to_lowercase()) == stem)
    };
    let speakers = || {
        earlier
            .iter()
            .rev()
            .take_while(|&&other| attributions[other].paragraph + 3 > attribution.paragraph)
            .filter_map(|&other| Some((other, names.agents.get(known[other].as_ref()?)?)))
            .filter(|(_, agent)| {
                attribution.outer.and_then(|outer| known[outer].as_ref()) != Some(&agent.id)
            })
    };
    let has_role = |agent: &Agent, fits: &dyn Fn(&str) -> bool| {
        names
            .roles
            .iter()
            .any(|(role, who)| *who == agent.id && fits(role))
    };
    speakers()
        .find(|(_, agent)| match agent.kind {
            AgentKind::Unnamed => called(&agent.name),
            AgentKind::Person => has_role(agent, &called),
            _ => false,
        })
        .or_else(|| {
            // Any person with an office may be called "the official" where no other is.
            speakers().find(|(other, agent)| {
                head == "official"
                    && attributions[*other].outer.is_none()
                    && agent.kind == AgentKind::Person
                    && has_role(agent, &|_| true)
            })
        })
        .map(|(_, agent)| agent.id.clone())
}

/// Leads a pronoun back to the nearest fitting source.
fn antecedent(
    pronoun: &str,
    index: usize,
    before: Before<'_>,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let Before {
        attributions,
        earlier,
        known,
        names,
        ..
    } = before;
    let attribution = &attributions[index];
    let outer = attribution.outer.and_then(|outer| known[outer].clone());
    let start = attribution.source?.start;
    let fits = |agent: &Agent| match pronoun {
        "he" | "she" | "him" | "her" => {
            agent.kind == AgentKind::Person
                && gender_fits(agent, pronoun == "he" || pronoun == "him", lexicon)
        }
        "they" | "them" => matches!(
            agent.kind,
            AgentKind::Group | AgentKind::Organisation | AgentKind::Unnamed
        ),
        "it" => matches!(
            agent.kind,
            AgentKind::Organisation | AgentKind::Outlet | AgentKind::Document
        ),
        _ => false,
    };
    if matches!(pronoun, "i" | "we" | "me" | "us" | "who") {
        return None;
    }
    // A speaker inside another's statement is not that speaker, unless nobody else was named.
    let candidates = earlier
        .iter()
        .rev()
        .take_while(|&&other| attributions[other].paragraph + 3 > attribution.paragraph)
        .filter(|&&other| attributions[other].cover().start < start)
        .filter_map(|&other| Some((other, known[other].as_ref()?)));
    let mut nested = None;
    for (other, id) in candidates {
        let Some(agent) = names.agents.get(id) else {
            continue;
        };
        if !fits(agent) || Some(id) == outer.as_ref() {
            continue;
        }
        let same_level = speaker_level(other, before) == speaker_level(index, before);
        if same_level {
            let nearer = subject_between(other, index, before, &fits);
            return Some(nearer.unwrap_or_else(|| id.clone()));
        }
        nested = nested.or_else(|| Some(id.clone()));
    }
    nested.or_else(|| {
        let before = names
            .occurrences
            .partition_point(|(span, _)| span.end <= start);
        names.occurrences[..before]
            .iter()
            .rev()
            .take_while(|(span, _)| start - span.end < 400)
            .map(|(_, id)| id)
            .find(|id| names.agents.get(*id).is_some_and(fits) && Some(*id) != outer.as_ref())
            .cloned()
    })
}

/// "Ms Ode again appealed for calm. “…,” she said": the person whom a sentence between two
/// attributions starts with, in the paragraph of the later one.
fn subject_between(
    earlier: usize,
    index: usize,
    before: Before<'_>,
    fits: &dyn Fn(&Agent) -> bool,
) -> Option<AgentId> {
    let Before {
        text,
        attributions,
        names,
        ..
    } = before;
    let attribution = &attributions[index];
    let content = attribution.content_span();
    let paragraph = text.paragraphs.get(attribution.paragraph)?;
    let first = paragraph
        .sentences
        .start
        .max(attributions[earlier].sentence + 1);
    (first..attribution.sentence)
        .rev()
        .map(|sentence| text.sentences[sentence].span)
        .filter(|span| !span.overlaps(content))
        .find_map(|sentence| {
            let at = names
                .occurrences
                .partition_point(|(span, _)| span.start < sentence.start);
            names.occurrences[at..]
                .iter()
                .take_while(|(span, _)| {
                    span.start - sentence.start < 60 && span.end <= sentence.end
                })
                .map(|(_, id)| id)
                .find(|id| names.agents.get(*id).is_some_and(fits))
                .cloned()
        })
}

/// Counts the speakers outside an attribution; relaying outlets are none.
fn speaker_level(index: usize, before: Before<'_>) -> usize {
    let Before {
        attributions,
        known,
        names,
        ..
    } = before;
    let mut level = 0;
    let mut at = attributions[index].outer;
    while let Some(outer) = at.filter(|_| level < 16) {
        let agent = known[outer].as_ref().and_then(|id| names.agents.get(id));
        if agent.is_none_or(|agent| agent.kind != AgentKind::Outlet) {
            level += 1;
        }
        at = attributions[outer].outer;
    }
    level
}

fn gender_fits(agent: &Agent, male: bool, lexicon: &Lexicon) -> bool {
    let role = agent.role.as_deref().unwrap_or_default().to_lowercase();
    let other = if male {
        &lexicon.roles.female
    } else {
        &lexicon.roles.male
    };
    !role.split_whitespace().any(|word| other.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_lexicon_is_of_its_kind() {
        let lexicon = Lexicon::shipped();
        let text = "Priya Nair left early, but Ms Nair came back.";
        let segmented = Text::default();
        for example in &lexicon.roles.examples {
            let mut names = Names::find(text, &segmented, lexicon);
            names.register(
                "Priya Nair",
                AgentKind::Person,
                AgentId::named("Priya Nair"),
            );
            let span = Span::new(0, example.source.len());
            let snapshot = SnapshotId::of(&example.source);
            let id = resolve_words(&example.source, span, &snapshot, &mut names, lexicon);
            let kind = id.and_then(|id| names.agents.get(&id).map(|agent| agent.kind));
            assert_eq!(kind, Some(example.kind), "{}", example.source);
        }
    }
}
