//! Events of different articles that are one and the same, and the events that some words mean.
//!
//! Pure. The answer depends on the set of events alone, never on their order. What the articles do
//! not let one know stays apart: an event that fits two others which are not one is joined with
//! neither, and an undated one joins only those with the same people or, of what happens seldom,
//! the same place.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::unionfind::UnionFind;
use serde::Serialize;

use crate::{
    id::{AgentId, EventId, slug},
    lexicon::{Lexicon, events::Events},
    mention::Event,
};

/// Something that happened, as one or more articles tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occasion {
    /// The ids it has in the articles, sorted.
    pub ids: Vec<EventId>,
    /// The most particular kind an article gives.
    pub kind: String,
    /// The label of that event.
    pub label: String,
    /// The day.
    pub date: Option<Date>,
    /// Everybody an article names as taking part, sorted.
    pub participants: Vec<AgentId>,
    /// Where, as an article has it.
    pub place: Option<String>,
}

impl Occasion {
    fn of(event: &Event) -> Self {
        let mut participants = event.participants.clone();
        participants.sort();
        participants.dedup();
        Self {
            ids: vec![event.id.clone()],
            kind: event.kind.clone(),
            label: event.label.clone(),
            date: event.date,
            participants,
            place: event.place.clone(),
        }
    }

    /// Takes in another event; the more particular kind, a date and then the lesser label win.
    fn join(&mut self, other: Self, events: &Events) {
        let rank = |one: &Self| {
            let vague = is_general(&one.kind, events);
            (vague, one.date.is_none(), one.label.clone())
        };
        if rank(&other) < rank(self) {
            (self.kind, self.label) = (other.kind, other.label);
        }
        self.place = match (self.place.take(), other.place) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.date = self.date.or(other.date);
        self.ids.extend(other.ids);
        self.ids.sort();
        self.ids.dedup();
        self.participants.extend(other.participants);
        self.participants.sort();
        self.participants.dedup();
    }
}

/// Events that share a day, a place or people with more than so many others are not compared by it.
const COMMON: usize = 500;
/// An event that fits more than so many others is joined with none.
const MOST_FITS: usize = 60;

/// How far two events can be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// They are.
    Sure,
    /// Where nothing else fits.
    Likely,
    /// They are not, or nobody can know.
    No,
}

/// Joins the events of all articles to occasions, sorted by date (unknown last) and id.
#[must_use]
pub fn occasions(events: &[Event], lexicon: &Lexicon) -> Vec<Occasion> {
    let kinds = &lexicon.events;
    let mut by_id: BTreeMap<&EventId, Vec<&Event>> = BTreeMap::new();
    for event in events {
        by_id.entry(&event.id).or_default().push(event);
    }
    let single: Vec<Occasion> = (by_id.into_values())
        .filter_map(|same| merged(same.into_iter().map(Occasion::of), kinds))
        .collect();
    let sure = grouped(single, kinds, |one, other| {
        fit(one, other, kinds) == Fit::Sure
    });
    let fits = fits(&sure, kinds);
    let agree = |one: usize, other: usize| one == other || fits[one].contains(&other);
    let mut groups = UnionFind::<usize>::new(sure.len());
    for (one, others) in fits.iter().enumerate() {
        for &other in others.iter().filter(|other| **other > one) {
            // They join when whatever fits one of them fits everything that does.
            let near: BTreeSet<usize> = others.union(&fits[other]).copied().collect();
            let clear = near.len() <= MOST_FITS
                && (near.iter()).all(|a| near.iter().all(|b| agree(*a, *b)));
            if clear {
                groups.union(one, other);
            }
        }
    }
    let mut found = collected(sure, groups, kinds);
    found.sort_by(|a, b| {
        (a.date.is_none(), a.date, &a.ids).cmp(&(b.date.is_none(), b.date, &b.ids))
    });
    found
}

/// For each occasion those that it may be one with. Only what shares a day, a place or two people
/// is compared; what thousands share tells nothing.
fn fits(all: &[Occasion], kinds: &Events) -> Vec<BTreeSet<usize>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, one) in all.iter().enumerate() {
        let day = one.date.map(|day| format!("day {day}"));
        let place = one
            .place
            .as_deref()
            .map(|place| format!("place {}", slug(place)));
        let people = (one.participants.iter().enumerate()).flat_map(|(at, a)| {
            let rest = one.participants[at + 1..].iter();
            rest.map(move |b| format!("people {a} {b}"))
        });
        for key in people.chain(day).chain(place) {
            index.entry(key).or_default().push(number);
        }
    }
    let mut found = vec![BTreeSet::new(); all.len()];
    for held in index.values().filter(|held| held.len() <= COMMON) {
        for (at, &one) in held.iter().enumerate() {
            for &other in &held[at + 1..] {
                if fit(&all[one], &all[other], kinds) != Fit::No {
                    found[one].insert(other);
                    found[other].insert(one);
                }
            }
        }
    }
    found
}

fn merged(events: impl Iterator<Item = Occasion>, kinds: &Events) -> Option<Occasion> {
    events.reduce(|mut one, other| {
        one.join(other, kinds);
        one
    })
}

/// Joins by day, so that the cost stays near linear.
fn grouped(
    single: Vec<Occasion>,
    kinds: &Events,
    same: impl Fn(&Occasion, &Occasion) -> bool,
) -> Vec<Occasion> {
    let mut groups = UnionFind::<usize>::new(single.len());
    let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (number, occasion) in single.iter().enumerate() {
        if let Some(day) = occasion.date {
            by_day.entry(day).or_default().push(number);
        }
    }
    for numbers in by_day.values() {
        for (place, &one) in numbers.iter().enumerate() {
            for &other in &numbers[place + 1..] {
                if same(&single[one], &single[other]) {
                    groups.union(one, other);
                }
            }
        }
    }
    collected(single, groups, kinds)
}

fn collected(all: Vec<Occasion>, groups: UnionFind<usize>, kinds: &Events) -> Vec<Occasion> {
    let mut by_group: BTreeMap<usize, Vec<Occasion>> = BTreeMap::new();
    for (occasion, group) in all.into_iter().zip(groups.into_labeling()) {
        by_group.entry(group).or_default().push(occasion);
    }
    (by_group.into_values())
        .filter_map(|same| merged(same.into_iter(), kinds))
        .collect()
}

fn fit(one: &Occasion, other: &Occasion, events: &Events) -> Fit {
    let (Some(a), Some(b)) = (kind(&one.kind, events), kind(&other.kind, events)) else {
        return Fit::No;
    };
    let kinds = events.may_be(a, b) || events.may_be(b, a);
    let days = one.date.zip(other.date).map(|(a, b)| a == b);
    if days == Some(false) || !kinds {
        return Fit::No;
    }
    let shared = (one.participants.iter())
        .filter(|id| other.participants.contains(id))
        .count();
    let fewer = one.participants.len().min(other.participants.len());
    let people = shared > 1 || (fewer > 0 && shared == fewer);
    let places =
        (one.place.as_deref().zip(other.place.as_deref())).map(|(a, b)| slug(a) == slug(b));
    if !people && (fewer > 0 || places == Some(false)) {
        return Fit::No;
    }
    let rare = events.kinds[a].rare && events.kinds[b].rare;
    let told = people && fewer > 1 || places == Some(true);
    let dated = days == Some(true);
    // Who told of it on an unknown day may tell of the only one there is.
    let undated = shared > 1 || (rare && places == Some(true));
    if dated && a == b && told {
        Fit::Sure
    } else if dated && (told || people || rare) || !dated && undated {
        Fit::Likely
    } else {
        Fit::No
    }
}

fn kind(name: &str, events: &Events) -> Option<usize> {
    events.kinds.iter().position(|kind| kind.name == name)
}

fn is_general(name: &str, events: &Events) -> bool {
    kind(name, events).is_none_or(|at| !events.kinds[at].may_be.is_empty())
}

/// Finds the occasions that an id, a kind ("call") or words of a label mean; all that fit.
#[must_use]
pub fn meant<'a>(text: &str, all: &'a [Occasion], lexicon: &Lexicon) -> Vec<&'a Occasion> {
    let events = &lexicon.events;
    let by_id = |occasion: &&Occasion| {
        let mut ids = occasion.ids.iter();
        ids.any(|id| id.as_str() == text || id.iri() == text)
    };
    let found: Vec<&Occasion> = all.iter().filter(by_id).collect();
    if !found.is_empty() {
        return found;
    }
    let wanted = text.trim().to_lowercase();
    let named = (events.kinds.iter()).position(|kind| kind.label == wanted || kind.name == wanted);
    let general = named.or_else(|| events.nouns.get(&wanted).copied());
    if let Some(general) = general {
        let found: Vec<&Occasion> = (all.iter())
            .filter(|occasion| {
                kind(&occasion.kind, events).is_some_and(|own| {
                    own == general || events.kinds[own].label.ends_with(&format!(" {wanted}"))
                })
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let wanted = words(text);
    (all.iter())
        .filter(|occasion| !wanted.is_empty() && wanted.is_subset(&words(&occasion.label)))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::span::Passage;

    fn event(id: &str, kind: &str, day: i8, who: &[&str], place: Option<&str>) -> Event {
        let evidence = Passage {
            text: String::new(),
            start: 0,
            end: 0,
        };
        Event {
            id: EventId::from_local(id),
            kind: kind.to_owned(),
            label: format!("{} {kind}", who.join("–")).replace('-', " "),
            date: (day > 0).then(|| date(2031, 5, day)),
            participants: who.iter().map(|name| AgentId::from_local(*name)).collect(),
            place: place.map(str::to_owned),
            anchors: vec![evidence.clone()],
            evidence,
        }
    }

    fn sizes(events: &[Event]) -> Vec<usize> {
        let found = occasions(events, Lexicon::shipped());
        found.iter().map(|one| one.ids.len()).collect()
    }

    #[test]
    fn one_call_under_two_names_is_one() {
        let call = event("a", "video-call", 6, &["keld", "voss"], None);
        let talks = event("b", "talks", 6, &["keld", "voss"], None);
        assert_eq!(sizes(&[call.clone(), talks.clone()]), [2]);
        let found = occasions(&[talks, call], Lexicon::shipped());
        assert_eq!(found[0].kind, "video-call");
    }

    #[test]
    fn other_days_media_or_people_are_other_events() {
        let call = || event("a", "video-call", 6, &["keld", "voss"], None);
        for other in [
            event("b", "video-call", 7, &["keld", "voss"], None),
            event("b", "telephone-call", 6, &["keld", "voss"], None),
            event("b", "video-call", 6, &["brandt", "osei"], None),
            event("b", "video-call", 0, &["keld"], None),
        ] {
            assert_eq!(sizes(&[call(), other]), [1, 1]);
        }
    }

    #[test]
    fn talks_that_may_have_been_either_call_are_neither() {
        assert_eq!(
            sizes(&[
                event("a", "video-call", 6, &["keld", "voss"], None),
                event("b", "telephone-call", 6, &["keld", "voss"], None),
                event("c", "talks", 6, &["keld", "voss"], None),
            ]),
            [1, 1, 1]
        );
    }

    #[test]
    fn an_undated_call_is_the_only_dated_one_or_stays_apart() {
        let dated = |id, day| event(id, "video-call", day, &["keld", "voss"], None);
        assert_eq!(sizes(&[dated("a", 6), dated("b", 0)]), [2]);
        assert_eq!(
            sizes(&[dated("a", 6), dated("b", 7), dated("c", 0)]),
            [1, 1, 1]
        );
        assert_eq!(sizes(&[dated("b", 0), dated("c", 0)]), [2]);
    }

    #[test]
    fn what_happens_seldom_needs_only_a_day_but_a_statement_needs_a_speaker() {
        let crash = |id, place| event(id, "crash", 6, &[], place);
        assert_eq!(
            sizes(&[crash("a", Some("Lorn")), crash("b", None), crash("c", None)]),
            [3]
        );
        assert_eq!(
            sizes(&[crash("a", Some("Lorn")), crash("b", Some("Osk"))]),
            [1, 1]
        );
        let spoken = |id| event(id, "press-conference", 6, &[], None);
        assert_eq!(sizes(&[spoken("a"), spoken("b")]), [1, 1]);
    }

    #[test]
    fn events_are_found_by_id_kind_and_label() {
        let all = occasions(
            &[
                event("a", "video-call", 6, &["keld", "voss"], None),
                event("b", "telephone-call", 7, &["keld", "osei"], None),
                event("c", "crash", 7, &[], None),
            ],
            Lexicon::shipped(),
        );
        let found = |text: &str| -> Vec<&str> {
            let found = meant(text, &all, Lexicon::shipped());
            found.iter().map(|one| one.ids[0].as_str()).collect()
        };
        assert_eq!(found("b"), ["b"]);
        assert_eq!(found("call"), ["a", "b"]);
        assert_eq!(found("video call"), ["a"]);
        assert_eq!(found("Keld"), ["a", "b"]);
        assert_eq!(found("keld osei"), ["b"]);
        assert!(found("earthquake").is_empty() && found("").is_empty());
    }

    proptest! {
        #[test]
        fn the_order_of_events_does_not_matter(
            picks in prop::collection::vec((0..5_usize, 0..3_i8, 0..4_usize, 0..3_usize), 1..9)
        ) {
            let kinds = ["video-call", "telephone-call", "talks", "crash", "meeting"];
            let people: [&[&str]; 4] = [&[], &["keld"], &["keld", "voss"], &["osei", "voss"]];
            let events: Vec<Event> = picks.iter().enumerate()
                .map(|(number, (kind, day, who, place))| {
                    let place = [None, Some("Lorn"), Some("Osk")][*place];
                    event(&format!("e{number}"), kinds[*kind], *day, people[*who], place)
                })
                .collect();
            let mut turned = events.clone();
            turned.reverse();
            let lexicon = Lexicon::shipped();
            prop_assert_eq!(occasions(&events, lexicon), occasions(&turned, lexicon));
            let count: usize = occasions(&events, lexicon).iter().map(|one| one.ids.len()).sum();
            prop_assert_eq!(count, events.len());
        }
    }
}
