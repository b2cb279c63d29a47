//! Who speaks for whom and who owns whom, for those in the chains of a claim.
//!
//! From what articles say of a speaker's office, and from the lists of the program. Nothing is
//! guessed from a name alone but a state's own ("Moscow", "the Kremlin").

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    id::{AgentId, SnapshotId},
    lexicon::Lexicon,
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
    let state = lexicon.owners.state(title, &lexicon.concepts);
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

/// Finds who owned an outlet, at any time.
fn owners(id: &AgentId, name: &str, lexicon: &Lexicon) -> Vec<Affiliation> {
    let known = lexicon.outlets.find(name);
    let name = known.map_or(name, |outlet| outlet.name.as_str());
    (lexicon.owners.of(name))
        .map(|owner| {
            let state = lexicon.concepts.state(&owner.owner);
            Affiliation {
                agent: id.clone(),
                name: name.to_owned(),
                bond: Bond::OwnedBy,
                principal: AgentId::named(state.map_or(owner.owner.as_str(), |(id, _)| id)),
                principal_name: owner.owner.clone(),
                since: owner.since,
                until: owner.until,
                stated: Vec::new(),
            }
        })
        .collect()
}
