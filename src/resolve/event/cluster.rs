//! Anchors of one event are joined, and events that nobody would name are dropped.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    EventContext, FoundEvent,
    anchor::{Anchor, Introduction, STRONG},
};
use crate::{
    id::{AgentId, EventId, slug},
    lexicon::events::Events,
    mention::Event,
    span::{Passage, Span},
};

/// At most this many participants are kept.
const MOST_PARTICIPANTS: usize = 6;
/// At most this many agents are weighed as participants of an event.
const MOST_WEIGHED: usize = 64;
/// An anchor is compared with this many of the latest clusters, so that the cost stays linear.
const REACH: usize = 24;

/// Anchors that speak of one event.
#[derive(Debug)]
struct Cluster {
    kind: usize,
    unreal: Option<String>,
    names: Vec<String>,
    day: Option<Date>,
    place: Option<String>,
    weights: BTreeMap<AgentId, u32>,
    introduced: bool,
    /// Whether "met" names it: then they were in one place.
    met: bool,
    pair: bool,
    last_sentence: usize,
    anchors: Vec<Span>,
}

/// Joins anchors to events, sorted by id.
pub(super) fn join(
    anchors: Vec<Anchor>,
    context: &EventContext<'_>,
    events: &Events,
) -> Vec<FoundEvent> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for anchor in anchors {
        let start = clusters.len().saturating_sub(REACH);
        let best = clusters[start..]
            .iter_mut()
            .filter(|cluster| cluster.takes(&anchor, events))
            .max_by_key(|cluster| {
                let particular = events.kinds[cluster.kind].may_be.is_empty();
                let same = cluster.kind == anchor.kind;
                let strong = cluster.n_strong().min(2);
                (
                    cluster.introduced,
                    same,
                    particular,
                    strong,
                    cluster.last_sentence,
                )
            });
        match best {
            Some(cluster) => cluster.add(anchor, events),
            None => clusters.push(Cluster::new(anchor)),
        }
    }
    let surfaces = surfaces(context);
    let leaders = leaders(&surfaces);
    for cluster in &mut clusters {
        cluster.fill_pair(leaders, events);
    }
    let clusters = merge(clusters, events);
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found: BTreeMap<EventId, FoundEvent> = BTreeMap::new();
    for cluster in clusters {
        if !cluster.is_worth_naming(events) {
            continue;
        }
        let number = numbers.entry(cluster.kind).or_default();
        *number += 1;
        let event = cluster.describe(*number, context, events, &surfaces);
        found
            .entry(event.event.id.clone())
            .and_modify(|held| held.anchors.extend(&event.anchors))
            .or_insert(event);
    }
    found
        .into_values()
        .map(|mut event| {
            event.anchors.sort_unstable();
            event.anchors.dedup();
            let cut = |anchor: &Span| Passage::cut(context.text, *anchor);
            event.event.anchors = event.anchors.iter().map(cut).collect();
            if let Some(first) = event.event.anchors.first() {
                event.event.evidence = first.clone();
            }
            event
        })
        .collect()
}

/// Merges each undated conversation into the only other one that the same people had.
fn merge(mut clusters: Vec<Cluster>, events: &Events) -> Vec<Cluster> {
    let mut index = 0;
    while index < clusters.len() && clusters.len() <= REACH {
        let cluster = &clusters[index];
        let fits = |other: &Cluster| {
            let kinds = events.may_be(cluster.kind, other.kind)
                && events.kinds[other.kind].may_be.is_empty();
            let shared = cluster.weights.keys().filter(|id| {
                other
                    .weights
                    .get(*id)
                    .is_some_and(|weight| *weight >= STRONG)
            });
            kinds
                && shared.count() > 1
                && cluster
                    .names
                    .iter()
                    .all(|name| other.knows(std::slice::from_ref(name)))
        };
        let others: Vec<usize> = (0..clusters.len())
            .filter(|at| *at != index && fits(&clusters[*at]))
            .collect();
        match others[..] {
            [other]
                if (cluster.day.is_none() || cluster.day == clusters[other].day)
                    && events.kinds[cluster.kind].conversation =>
            {
                let cluster = clusters.remove(index);
                let other = &mut clusters[if other > index { other - 1 } else { other }];
                other.anchors.extend(cluster.anchors);
                other.introduced |= cluster.introduced;
            }
            _ => index += 1,
        }
    }
    clusters
}

/// The longest surface of each agent: its last word stands in labels.
fn surfaces<'a>(context: &EventContext<'a>) -> BTreeMap<&'a AgentId, (usize, &'a str)> {
    let mut surfaces: BTreeMap<&AgentId, (usize, &str)> = BTreeMap::new();
    for (span, id) in context.agents {
        let surface = span.of(context.text);
        let entry = surfaces.entry(id).or_insert((0, surface));
        entry.0 += 1;
        if surface.len() > entry.1.len() && surface.len() < 60 {
            entry.1 = surface;
        }
    }
    surfaces
}

/// "The two leaders" are the two whom the article names more often than anybody else.
fn leaders<'a>(surfaces: &BTreeMap<&'a AgentId, (usize, &str)>) -> Option<[&'a AgentId; 2]> {
    let mut counts: Vec<(usize, &AgentId)> = surfaces
        .iter()
        .filter(|(id, _)| !id.as_str().starts_with("unnamed-"))
        .map(|(id, (count, _))| (*count, *id))
        .collect();
    counts.sort_by(|a, b| b.cmp(a));
    let third = counts.get(2).map_or(0, |(count, _)| *count);
    match counts[..] {
        [(_, first), (second, other), ..] if second > 1 && second > third => Some([first, other]),
        _ => None,
    }
}

impl Cluster {
    fn new(anchor: Anchor) -> Self {
        Self {
            kind: anchor.kind,
            unreal: anchor.unreal,
            introduced: anchor.introduction != Introduction::Bare || anchor.verbal,
            met: anchor.verb,
            pair: anchor.pair,
            names: anchor.names,
            day: anchor.day,
            place: anchor.place,
            weights: weights(anchor.participants),
            last_sentence: anchor.sentence,
            anchors: vec![anchor.span],
        }
    }

    /// Says whether the anchor can speak of this event.
    fn takes(&self, anchor: &Anchor, events: &Events) -> bool {
        let kind = &events.kinds[self.kind];
        let fits = events.may_be(anchor.kind, self.kind) || events.may_be(self.kind, anchor.kind);
        let far = |kind: usize| events.media.values().any(|medium| *medium == kind);
        if self.kind != anchor.kind
            && (anchor.verb && far(self.kind) || self.met && far(anchor.kind))
        {
            return false;
        }
        let apart = self.day.zip(anchor.day).is_some_and(|(a, b)| a != b);
        if !fits
            || apart
            || (!kind.conversation
                && self.unreal.is_some() != anchor.unreal.is_some()
                && (anchor.introduction == Introduction::Indefinite || self.day != anchor.day))
        {
            return false;
        }
        let same_day = self.day.is_some() && self.day == anchor.day;
        if !kind.conversation {
            let places = self.place.as_ref().zip(anchor.place.as_ref());
            return places.is_none_or(|(a, b)| a == b)
                && (same_day
                    || anchor.introduction != Introduction::Indefinite
                    || self.unreal.is_some())
                && share_name(&self.names, &anchor.names);
        }
        if !self.knows(&anchor.names) || self.has_other_people(anchor) {
            return false;
        }
        let particular = self.kind == anchor.kind && events.kinds[self.kind].may_be.is_empty();
        match anchor.introduction {
            Introduction::Definite => true,
            Introduction::Indefinite | Introduction::Bare => {
                same_day
                    || particular
                    || anchor.sentence == self.last_sentence
                    || (anchor.introduction == Introduction::Bare && !anchor.names.is_empty())
            }
        }
    }

    /// Names in the noun phrase must be those of participants ("the Putin-Biden call").
    fn knows(&self, names: &[String]) -> bool {
        let known = |name: &String| {
            let name = slug(name);
            self.names.iter().any(|held| slug(held) == name)
                || self
                    .weights
                    .keys()
                    .any(|id| id.as_str().split('-').any(|part| part == name))
        };
        names.is_empty() || names.iter().any(known)
    }

    fn has_other_people(&self, anchor: &Anchor) -> bool {
        let theirs: Vec<&AgentId> = anchor
            .participants
            .iter()
            .filter(|(_, weight)| *weight >= STRONG)
            .map(|(id, _)| id)
            .collect();
        let ours = self.weights.values().any(|weight| *weight >= STRONG);
        ours && !theirs.is_empty() && !theirs.iter().any(|id| self.weights.contains_key(*id))
    }

    fn add(&mut self, anchor: Anchor, events: &Events) {
        if events.may_be(self.kind, anchor.kind) && events.kinds[anchor.kind].may_be.is_empty() {
            self.kind = anchor.kind;
        }
        self.met |= anchor.verb;
        self.pair |= anchor.pair;
        self.introduced |= anchor.introduction != Introduction::Bare || anchor.verbal;
        self.day = self.day.or(anchor.day);
        self.place = self.place.take().or(anchor.place);
        if self.names.is_empty() {
            self.names = anchor.names;
        }
        for (id, weight) in weights(anchor.participants) {
            if self.weights.len() < MOST_WEIGHED || self.weights.contains_key(&id) {
                *self.weights.entry(id).or_default() += weight;
            }
        }
        self.last_sentence = anchor.sentence;
        self.anchors.push(anchor.span);
    }

    fn n_strong(&self) -> usize {
        self.weights
            .values()
            .filter(|weight| **weight >= STRONG)
            .count()
    }

    /// Gives "the two leaders" as participants, where the sentences name no others.
    fn fill_pair(&mut self, leaders: Option<[&AgentId; 2]>, events: &Events) {
        if !self.pair || self.n_strong() > 1 || !events.kinds[self.kind].conversation {
            return;
        }
        for id in leaders.into_iter().flatten() {
            *self.weights.entry(id.clone()).or_default() += STRONG;
        }
    }

    /// Participants by the weight of the evidence, then by how often the article names them.
    fn participants<'a>(
        &'a self,
        surfaces: &BTreeMap<&AgentId, (usize, &str)>,
    ) -> Vec<&'a AgentId> {
        let mut strong: Vec<_> = self
            .weights
            .iter()
            .filter(|(_, weight)| **weight >= STRONG)
            .collect();
        strong.sort_by_key(|(id, weight)| {
            let count = surfaces.get(id).map_or(0, |(count, _)| *count);
            (
                std::cmp::Reverse((**weight / STRONG).min(2)),
                std::cmp::Reverse(count),
                *id,
            )
        });
        strong
            .into_iter()
            .map(|(id, _)| id)
            .take(MOST_PARTICIPANTS)
            .collect()
    }

    fn is_worth_naming(&self, events: &Events) -> bool {
        let kind = &events.kinds[self.kind];
        let strong = self.n_strong();
        if kind.conversation {
            let particular =
                kind.may_be.is_empty() && (self.introduced || strong > 1 || self.anchors.len() > 1);
            let dated = self.day.is_some() && (self.introduced || strong > 1);
            particular
                || dated
                || (strong > 1 && self.introduced)
                || !self.names.is_empty() && self.introduced
        } else {
            (self.day.is_some() && self.introduced)
                || (kind.spoken && self.introduced && strong > 0)
                || (self.introduced && self.anchors.len() > 1)
                || (kind.rare && self.introduced && self.place.is_some())
                || (self.unreal.is_some() && (self.place.is_some() || !self.names.is_empty()))
                || (self.introduced && self.place.is_some() && self.anchors.len() > 1)
                || (self.introduced && !self.names.is_empty() && !kind.aimed)
        }
    }

    fn describe(
        &self,
        number: usize,
        context: &EventContext<'_>,
        events: &Events,
        surfaces: &BTreeMap<&AgentId, (usize, &str)>,
    ) -> FoundEvent {
        let kind = &events.kinds[self.kind];
        let participants = if kind.conversation || kind.spoken {
            self.participants(surfaces)
        } else {
            Vec::new()
        };
        let mut pair: Vec<&AgentId> = participants.iter().copied().take(2).collect();
        pair.sort_unstable();
        let mut who: Vec<String> = pair.iter().map(|id| id.as_str().to_owned()).collect();
        if who.is_empty() {
            who.extend(self.place.as_deref().map(slug));
        }
        if who.is_empty() && !self.names.is_empty() {
            who.push(slug(&self.names.join(" ")));
        }
        let id = match self.day {
            Some(day) if !who.is_empty() => format!("{}-{day}-{}", kind.name, who.join("-")),
            Some(day) => format!("{}-{day}-{}", kind.name, context.snapshot.short()),
            None => format!("{}-{}-{number}", kind.name, context.snapshot.short()),
        };
        let mut sorted: Vec<AgentId> = participants.into_iter().cloned().collect();
        sorted.sort_unstable();
        FoundEvent {
            event: Event {
                id: EventId::from_local(id),
                kind: kind.name.clone(),
                label: self.label(&kind.label, &pair, surfaces),
                date: self.day,
                participants: sorted,
                place: self.place.clone(),
                evidence: Passage::cut(
                    context.text,
                    self.anchors.first().copied().unwrap_or_default(),
                ),
                anchors: Vec::new(),
            },
            anchors: self.anchors.clone(),
        }
    }

    /// "Putin–Biden video call, 7 December 2021", "possible attack on Ukraine".
    fn label(
        &self,
        kind: &str,
        pair: &[&AgentId],
        surfaces: &BTreeMap<&AgentId, (usize, &str)>,
    ) -> String {
        let mut label = String::new();
        if let Some(unreal) = &self.unreal {
            label = format!("{unreal} ");
        }
        let people: Vec<&str> = pair
            .iter()
            .filter_map(|id| surfaces.get(*id)?.1.split_whitespace().next_back())
            .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
            .collect();
        if !people.is_empty() {
            label += &people.join("–");
            label.push(' ');
        } else if !self.names.is_empty() {
            label += &self.names.join(" ");
            label.push(' ');
        }
        label += kind;
        if let Some(place) = self.place.as_ref().filter(|_| people.is_empty()) {
            label += &format!(", {place}");
        }
        if let Some(day) = self.day {
            label += &format!(", {}", day.strftime("%-d %B %Y"));
        }
        label
    }
}

/// "Russia’s" and "Russian" name the same; a phrase without names fits any.
fn share_name(a: &[String], b: &[String]) -> bool {
    let stem = |name: &str| name.chars().take(4).collect::<String>();
    a.is_empty() || b.is_empty() || a.iter().any(|a| b.iter().any(|b| stem(a) == stem(b)))
}

fn weights(participants: Vec<(AgentId, u32)>) -> BTreeMap<AgentId, u32> {
    let mut weights = BTreeMap::new();
    for (id, weight) in participants {
        let held: &mut u32 = weights.entry(id).or_default();
        *held = (*held).max(weight);
    }
    weights
}
