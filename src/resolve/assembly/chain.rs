//! The chain of an attribution: who passes it on, from the outlet to the source.

use super::Assembly;
use crate::{
    attribution::Attribution,
    id::EventId,
    mention::{AgentKind, Layer, Link},
    resolve::UNKNOWN_OUTLET,
    span::{Passage, Span},
};

/// No masthead stands further down, in lines.
const MASTHEAD: usize = 30;
/// So many statements back at most a source without a name is looked for.
const MOST_STATEMENTS: usize = 200;

impl Assembly<'_> {
    /// Returns the chain of an attribution, outermost first.
    pub(super) fn chain(&self, index: usize) -> Vec<Link> {
        let mut hops = Vec::new();
        let mut at = Some(index);
        while let Some(current) = at.filter(|_| hops.len() < 12) {
            hops.push(current);
            at = self.attributions[current].outer;
        }
        if let Some(relay) = hops.last().and_then(|root| self.continued_relay(*root)) {
            hops.push(relay);
        }
        let mut chain = vec![self.outlet.clone()];
        if let Some(root) = hops.last()
            && let Some(relay) = self.relay_before(*root)
        {
            chain.push(Link { depth: 1, ..relay });
        }
        for &hop in hops.iter().rev() {
            let id = &self.sources[hop];
            // An outlet that names itself ("told this paper") adds no hop, nor does a repetition.
            if chain.last().is_some_and(|link| link.id == *id) {
                if let Some(last) = chain.last_mut().filter(|last| last.depth > 0) {
                    *last = self.link(hop, last.depth);
                }
                continue;
            }
            if let Some(told) = self
                .told_outlet(hop)
                .filter(|told| chain.iter().all(|l| l.id != told.id))
            {
                chain.push(Link {
                    depth: chain.len(),
                    ..told
                });
            }
            let depth = chain.len();
            chain.push(self.link(hop, depth));
        }
        chain
    }

    fn link(&self, hop: usize, depth: usize) -> Link {
        let attribution = &self.attributions[hop];
        let id = self.sources[hop].clone();
        let agent = self.names.agents.get(&id);
        let surface = attribution
            .source
            .map(|span| Passage::cut(self.snapshot, span));
        Link {
            depth,
            source: agent.map_or_else(|| UNKNOWN_OUTLET.to_owned(), |agent| agent.name.clone()),
            kind: agent.map_or(AgentKind::Unnamed, |agent| agent.kind),
            id,
            start: surface.as_ref().map(|passage| passage.start),
            end: surface.as_ref().map(|passage| passage.end),
            surface: surface.map(|passage| passage.text),
            cue: attribution
                .cue
                .map(|span| Passage::cut(self.snapshot, span)),
            addressee: self.addressees[hop].clone(),
            during: self.during(attribution),
        }
    }

    /// "… said in the call that", "At a press conference on Monday …": the event it was said during.
    fn during(&self, attribution: &Attribution) -> Option<EventId> {
        let sentence = self.text.sentences.get(attribution.sentence)?.span;
        let cue = attribution.cue?;
        let said = |anchor: Span| attribution.content.iter().any(|part| part.overlaps(anchor));
        let first = (self.anchors).partition_point(|(anchor, _)| anchor.start < sentence.start);
        (self.anchors[first..].iter())
            .take_while(|(anchor, _)| anchor.start < sentence.end)
            .filter(|(anchor, _)| !said(*anchor) && self.is_setting(sentence, *anchor))
            .min_by_key(|(anchor, _)| anchor.start.abs_diff(cue.start))
            .map(|(_, event)| self.events[*event].event.id.clone())
    }

    /// Says whether "in", "during" or the like stands in front of the words that name an event.
    fn is_setting(&self, sentence: Span, anchor: Span) -> bool {
        let before = Span::new(sentence.start, anchor.start).of(self.snapshot);
        let word = before.split_whitespace().next_back().unwrap_or_default();
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        self.lexicon
            .events
            .words
            .setting
            .contains(&*word.to_lowercase())
    }

    /// "… told Kanal Nord": the outlet that was told passes it on.
    fn told_outlet(&self, hop: usize) -> Option<Link> {
        let agent = self.names.agents.get(self.addressees[hop].as_ref()?)?;
        let span = self.attributions[hop].addressee?;
        let surface = Passage::cut(self.snapshot, span);
        let relays = agent.kind == AgentKind::Outlet
            && agent.id != self.outlet.id
            && !self.is_masthead(&agent.name);
        relays.then(|| Link {
            depth: 0,
            source: agent.name.clone(),
            kind: agent.kind,
            id: agent.id.clone(),
            start: Some(surface.start),
            end: Some(surface.end),
            surface: Some(surface.text),
            cue: self.attributions[hop]
                .cue
                .map(|cue| Passage::cut(self.snapshot, cue)),
            addressee: None,
            during: None,
        })
    }

    /// Says whether a name stands at the top of the page, above its text and not in its headline:
    /// then it is the page's own outlet, even where nothing else says so.
    fn is_masthead(&self, name: &str) -> bool {
        let text = self
            .text
            .sentences
            .iter()
            .find(|sentence| sentence.layer != Layer::Headline);
        let end = text.map_or(self.snapshot.len(), |sentence| sentence.span.start);
        let name = name.to_lowercase();
        let headline = self.article.headline.as_deref().unwrap_or_default();
        let above = Span::new(0, end).of(self.snapshot);
        above.lines().take(MASTHEAD).any(|line| {
            let lower = line.trim().to_lowercase();
            lower
                .strip_prefix("the ")
                .unwrap_or(&lower)
                .starts_with(&name)
                || (lower.contains(&name) && line.trim() != headline)
        })
    }

    fn is_relay(&self, index: usize) -> bool {
        self.names
            .agents
            .get(&self.sources[index])
            .is_some_and(|agent| agent.kind == AgentKind::Outlet)
            && self.attributions[index].outer.is_none()
    }

    /// Finds the relay that an attribution without one shares with its neighbours: a paragraph
    /// between two that the same outlet relays, when the next one goes on with the same speaker.
    fn continued_relay(&self, root: usize) -> Option<usize> {
        let attribution = &self.attributions[root];
        if self.is_relay(root) || attribution.outer.is_some() {
            return None;
        }
        let relay_in = |wanted: usize| {
            self.in_paragraph(wanted)
                .find(|&index| self.is_relay(index))
        };
        let after = relay_in(attribution.paragraph + 1)?;
        let before = relay_in(attribution.paragraph.checked_sub(1)?)?;
        let same_outlet = self.sources[after] == self.sources[before];
        let same_speaker = self.in_paragraph(attribution.paragraph + 1).any(|index| {
            self.attributions[index].outer == Some(after)
                && self.sources[index] == self.sources[root]
        });
        (same_outlet && same_speaker && relay_in(attribution.paragraph).is_none()).then_some(after)
    }

    /// "…, the official told the wire. He added that …": who goes on speaking does so through the
    /// same outlet; a source without a name does so wherever the article comes back to it.
    fn relay_before(&self, root: usize) -> Option<Link> {
        let attribution = &self.attributions[root];
        let speaker = &self.sources[root];
        let kind = self.names.agents.get(speaker)?.kind;
        let nameless = kind == AgentKind::Unnamed && attribution.source.is_some();
        if self.is_relay(root) || attribution.outer.is_some() || attribution.addressee.is_some() {
            return None;
        }
        let paragraph = self.in_paragraph(attribution.paragraph).start;
        let first = if nameless {
            root.saturating_sub(MOST_STATEMENTS)
        } else {
            paragraph
        };
        let goes_on = (nameless || kind == AgentKind::Person) && self.leans_back(root);
        if !goes_on {
            return None;
        }
        let before = (first..root).rev().find(|&other| {
            let said = &self.attributions[other];
            self.sources[other] == *speaker
                && said.sentence < attribution.sentence
                && (said.addressee.is_some() || said.outer.is_some() || !self.leans_back(other))
        })?;
        if let Some(told) = self.told_outlet(before) {
            return Some(told);
        }
        let outer = self.attributions[before].outer?;
        self.is_relay(outer).then(|| self.link(outer, 1))
    }

    /// Says whether a source is named by a pronoun or a definite description.
    fn leans_back(&self, index: usize) -> bool {
        let Some(source) = self.attributions[index].source else {
            return false;
        };
        let words = source.of(self.snapshot).to_lowercase();
        let pronoun = matches!(words.as_str(), "he" | "she");
        pronoun || (words.starts_with("the ") && words.split(' ').count() == 2)
    }
}
