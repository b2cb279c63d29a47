//! Who speaks for whom and who owns whom, for those in the chains of a claim.
//!
//! From what articles say of a speaker's office, and from the lists of the program. Nothing is
//! guessed from a name alone but a state's own ("Moscow", "the Kremlin").

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    id::{AgentId, SnapshotId},
    lexicon::{Lexicon, outlets::Ownership},
    mention::{AgentKind, MentionRecord},
    rdf::read,
    reliance::{Affiliation, Bond, path},
    store::Graph,
};

/// Of more speakers than these no offices are looked up.
const MOST: usize = 400;

/// Finds to whom everybody in the chains belongs, and they in turn.
pub(super) fn affiliations(
    graph: &Graph,
    records: &[&MentionRecord],
    lexicon: &Lexicon,
) -> Vec<Affiliation> {
    let mut days: BTreeMap<&SnapshotId, Option<Date>> = BTreeMap::new();
    let mut parties: BTreeMap<AgentId, (String, AgentKind)> = BTreeMap::new();
    for record in records {
        days.insert(&record.article.snapshot, record.article.published);
        for vertex in path(record) {
            parties
                .entry(vertex.id)
                .or_insert((vertex.label, vertex.kind));
        }
    }
    let mut found: Vec<Affiliation> = Vec::new();
    let mut next: Vec<(AgentId, String, AgentKind)> = (parties.into_iter())
        .map(|(id, (name, kind))| (id, name, kind))
        .take(MOST)
        .collect();
    let mut seen: BTreeSet<AgentId> = BTreeSet::new();
    while let Some((id, name, kind)) = next.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let mut of = match kind {
            AgentKind::Outlet => owners(&id, &name, lexicon),
            AgentKind::Organisation => {
                let mut of = state(&id, &name, &name, Bond::PartOf, lexicon);
                of.extend(owners(&id, &name, lexicon));
                of
            }
            AgentKind::Person | AgentKind::Group | AgentKind::Unnamed => {
                offices(graph, &id, &name, &days, lexicon)
            }
            AgentKind::Document => Vec::new(),
        };
        of.retain(|affiliation| affiliation.principal != id);
        for affiliation in &of {
            let (id, name) = (&affiliation.principal, &affiliation.principal_name);
            next.push((id.clone(), name.clone(), AgentKind::Organisation));
        }
        found.extend(of);
    }
    found.sort_by(|a, b| (&a.agent, &a.principal, a.since).cmp(&(&b.agent, &b.principal, b.since)));
    found
}

/// Finds for whom somebody speaks or which office he holds, as these articles say it, else as most
/// others do.
fn offices(
    graph: &Graph,
    id: &AgentId,
    name: &str,
    days: &BTreeMap<&SnapshotId, Option<Date>>,
    lexicon: &Lexicon,
) -> Vec<Affiliation> {
    let mut said: BTreeMap<AgentId, (usize, Vec<Date>)> = BTreeMap::new();
    for (snapshot, principal) in read::represents(graph, id) {
        let (count, stated) = said.entry(principal).or_default();
        *count += 1;
        stated.extend(days.get(&snapshot).copied().flatten());
    }
    let here = said.values().any(|(_, stated)| !stated.is_empty());
    let most = said.values().map(|(count, _)| *count).max();
    said.retain(|_, (count, stated)| {
        if here {
            !stated.is_empty()
        } else {
            Some(*count) == most
        }
    });
    let mut found: Vec<Affiliation> = (said.into_iter())
        .filter_map(|(principal, (_, mut stated))| {
            stated.sort();
            stated.dedup();
            Some(Affiliation {
                agent: id.clone(),
                name: name.to_owned(),
                bond: Bond::SpeaksFor,
                principal_name: read::name(graph, &principal)?,
                principal,
                since: None,
                until: None,
                stated,
            })
        })
        .collect();
    if found.is_empty() {
        for title in read::titles(graph, id) {
            found.extend(state(id, name, &title, Bond::SpeaksFor, lexicon));
        }
        found.dedup_by(|a, b| a.principal == b.principal);
    }
    found
}

/// Finds the state that a body's name or a title belongs to.
fn state(id: &AgentId, name: &str, title: &str, bond: Bond, lexicon: &Lexicon) -> Vec<Affiliation> {
    let state = lexicon.bodies.state(title, &lexicon.concepts);
    let affiliation = |(principal, label): (&str, &str)| Affiliation {
        agent: id.clone(),
        name: name.to_owned(),
        bond,
        principal: AgentId::named(principal),
        principal_name: label.to_owned(),
        since: None,
        until: None,
        stated: Vec::new(),
    };
    state.map(affiliation).into_iter().collect()
}

/// Finds who owned an outlet, or one that owns outlets, at any time.
///
/// What belongs to a state belongs to it without a date where no owner is listed.
fn owners(id: &AgentId, name: &str, lexicon: &Lexicon) -> Vec<Affiliation> {
    let (outlets, concepts) = (&lexicon.outlets, &lexicon.concepts);
    let outlet = outlets.by_id(id).or_else(|| outlets.find(name));
    let owned_by = |principal: AgentId, principal_name: &str, ownership: Option<&Ownership>| {
        let state = concepts.state(principal_name);
        Affiliation {
            agent: id.clone(),
            name: outlet.map_or(name, |outlet| &outlet.name).to_owned(),
            bond: Bond::OwnedBy,
            principal: state.map_or(principal, |(id, _)| AgentId::named(id)),
            principal_name: state.map_or(principal_name, |(_, label)| label).to_owned(),
            since: ownership.and_then(Ownership::since),
            until: ownership.and_then(Ownership::until),
            stated: Vec::new(),
        }
    };
    if let Some(outlet) = outlet.filter(|outlet| !outlet.owners.is_empty()) {
        return (outlet.owners.iter().zip(outlets.profile(outlet).owners))
            .map(|(ownership, (id, owner))| owned_by(id, &owner.name, Some(ownership)))
            .collect();
    }
    let country = match (outlet, outlets.owner(name)) {
        (Some(outlet), _) if outlet.state => Some(&outlet.country),
        (_, Some(owner)) if owner.state => owner.country.as_ref(),
        _ => None,
    };
    let state = country.and_then(|country| concepts.country(country));
    (state.into_iter())
        .map(|(id, label)| owned_by(AgentId::named(id), label, None))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last in the row of owners on a day.
    fn house(outlet: &str, day: &str) -> String {
        let lexicon = Lexicon::shipped();
        let day = Some(day.parse().unwrap());
        let mut name = outlet.to_owned();
        for _ in 0..8 {
            let known = owners(&AgentId::named(&name), &name, lexicon);
            match known.into_iter().find(|owner| owner.held_on(day)) {
                Some(owner) => name = owner.principal_name,
                None => break,
            }
        }
        name
    }

    #[test]
    fn outlets_belong_to_houses_and_houses_to_states() {
        assert_eq!(house("Sputnik International", "2021-12-12"), "Russia");
        assert_eq!(house("RIA Novosti", "2012-01-01"), "Russia");
        assert_eq!(house("CGTN", "2021-12-12"), "China");
        assert_eq!(house("The Wall Street Journal", "2021-12-12"), "News Corp");
        assert_eq!(
            house("A Paper of Nobody", "2021-12-12"),
            "A Paper of Nobody"
        );
    }

    #[test]
    fn before_a_sale_an_outlet_has_another_owner() {
        let buyer = house("The Washington Post", "2021-12-12");
        assert_ne!(house("The Washington Post", "2010-01-01"), buyer);
        assert_ne!(buyer, "The Washington Post");
    }
}
