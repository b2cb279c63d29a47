//! "He", "she", "they" and "it" as sources, led back to whom they stand for.

use crate::{
    attribution::{self, Line},
    id::AgentId,
    lexicon::given::Gender,
    mention::{Agent, AgentKind},
    resolve::speaker::{Before, description::head_noun},
    span::Span,
};

/// A pronoun refers to a name in one of the sentences before, this many at most.
const SENTENCES: usize = 4;
/// A name that begins a sentence, in bytes, is its subject.
const SUBJECT: usize = 60;

/// Leads a pronoun back to the nearest fitting source.
pub(super) fn antecedent(pronoun: &str, index: usize, before: Before<'_>) -> Option<AgentId> {
    let Before {
        attributions,
        earlier,
        known,
        names,
        ..
    } = before;
    if matches!(pronoun, "i" | "we" | "me" | "us" | "who") {
        return None;
    }
    let attribution = &attributions[index];
    let outer = attribution.outer.and_then(|outer| known[outer].clone());
    let start = attribution.source?.start;
    let fits =
        |agent: &Agent| stands_for(pronoun, agent, before) && Some(&agent.id) != outer.as_ref();
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
        if !fits(agent) {
            continue;
        }
        let same_level = speaker_level(other, before) == speaker_level(index, before);
        if same_level {
            let nearer = subject_between(other, index, before, &fits);
            return Some(nearer.unwrap_or_else(|| id.clone()));
        }
        nested = nested.or_else(|| Some(id.clone()));
    }
    nested.or_else(|| named_before(index, before, &fits))
}

/// Says whether a pronoun can stand for an agent.
fn stands_for(pronoun: &str, agent: &Agent, before: Before<'_>) -> bool {
    let Before { page, names, .. } = before;
    let roles = &page.lexicon.roles;
    match pronoun {
        "he" | "him" | "she" | "her" => {
            let gender = if matches!(pronoun, "he" | "him") {
                Gender::Male
            } else {
                Gender::Female
            };
            let known = match agent.kind {
                AgentKind::Person => names.gender(&agent.id),
                AgentKind::Unnamed => {
                    let Some(head) = head_noun(&agent.name, page.lexicon) else {
                        return false;
                    };
                    if !roles.persons.contains(&head) {
                        return false;
                    }
                    roles.gender(&head)
                }
                _ => return false,
            };
            known.is_none_or(|known| known == gender)
        }
        "they" | "them" => match agent.kind {
            AgentKind::Group | AgentKind::Organisation => true,
            AgentKind::Unnamed => head_noun(&agent.name, page.lexicon)
                .is_some_and(|head| !roles.persons.contains(&head)),
            _ => false,
        },
        "it" => matches!(
            agent.kind,
            AgentKind::Organisation | AgentKind::Outlet | AgentKind::Document
        ),
        _ => false,
    }
}

/// "Ms Ode again appealed for calm. “…,” she said": the person whom a sentence between two
/// attributions starts with, in the paragraph of the later one; or its own sentence, before what is
/// said ("Ode would not be drawn: asked again, she said").
fn subject_between(
    earlier: usize,
    index: usize,
    before: Before<'_>,
    fits: &dyn Fn(&Agent) -> bool,
) -> Option<AgentId> {
    let Before {
        page, attributions, ..
    } = before;
    let attribution = &attributions[index];
    let content = attribution.content_span();
    let paragraph = page.text.paragraphs.get(attribution.paragraph)?;
    let first = paragraph
        .sentences
        .start
        .max(attributions[earlier].sentence + 1);
    (first..=attribution.sentence)
        .rev()
        .filter(|&sentence| {
            sentence == attribution.sentence
                || !page.text.sentences[sentence].span.overlaps(content)
        })
        .find_map(|sentence| subject_of(sentence, index, before, fits))
}

/// Returns the first fitting name in a sentence, where its subject stands.
fn subject_of(
    sentence: usize,
    index: usize,
    before: Before<'_>,
    fits: &dyn Fn(&Agent) -> bool,
) -> Option<AgentId> {
    let Before {
        page,
        attributions,
        names,
        ..
    } = before;
    let attribution = &attributions[index];
    let span = page.text.sentences.get(sentence)?.span;
    let limit = attribution
        .source?
        .start
        .min(attribution.content_span().start)
        .min(span.end);
    names
        .between(span.start, limit.min(span.start + SUBJECT))
        .find(|id| names.agents.get(*id).is_some_and(fits))
        .cloned()
}

/// The first fitting name of the nearest sentence before that holds one.
fn named_before(
    index: usize,
    before: Before<'_>,
    fits: &dyn Fn(&Agent) -> bool,
) -> Option<AgentId> {
    let Before {
        page,
        attributions,
        names,
        ..
    } = before;
    let attribution = &attributions[index];
    let start = attribution.source?.start;
    let last = attribution.sentence;
    (last.saturating_sub(SENTENCES)..=last)
        .rev()
        .filter_map(|sentence| page.text.sentences.get(sentence))
        .find_map(|sentence| {
            names
                .between(sentence.span.start, start.min(sentence.span.end))
                .find(|id| names.agents.get(*id).is_some_and(fits))
        })
        .cloned()
}

/// "Residents met on Sunday. They say …": the words that the sentence before begins with, when they
/// name people or an institution.
pub(super) fn leading_phrase(pronoun: &str, index: usize, before: Before<'_>) -> Option<Span> {
    if !matches!(pronoun, "they" | "it") {
        return None;
    }
    let Before {
        page, attributions, ..
    } = before;
    let pronoun_of = &attributions[index];
    let paragraph = page.text.paragraphs.get(pronoun_of.paragraph)?;
    let first = paragraph
        .sentences
        .start
        .max(pronoun_of.sentence.saturating_sub(1));
    (first..pronoun_of.sentence).rev().find_map(|sentence| {
        let line = Line::new(page.snapshot, page.text, sentence, page.lexicon);
        let phrase = attribution::noun_phrase_after(&line, 0, line.len());
        let last = phrase.end.checked_sub(1)?;
        let roles = &page.lexicon.roles;
        let word = line.word(last);
        let fits = if pronoun == "they" {
            attribution::can_speak(&line, &phrase) && word.ends_with('s')
                || roles.groups.contains(word)
        } else {
            roles.organisations.contains(word) || roles.companies.contains(word)
        };
        fits.then(|| line.range(phrase.start, phrase.end))
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
