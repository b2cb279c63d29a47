//! From whom a claim came: the links of the chains of those who carry it.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Evidence, Namesake, Role, Source, assemble};
use crate::{
    id::AgentId,
    mention::{AgentKind, MentionRecord},
    reliance::{Vertex, path},
    resolve::name::spelling,
};

/// Of more persons than these no names are compared.
const MOST_NAMESAKES: usize = 200;

/// Lists the sources: persons first, those at the far end of a chain before those in between,
/// those whom more outlets cite first.
///
/// An outlet in its own voice is a source only if there is no other.
pub(super) fn sources(carrying: &[&MentionRecord]) -> Vec<Source> {
    let mut cited: BTreeMap<AgentId, Source> = BTreeMap::new();
    let mut own: BTreeMap<AgentId, Source> = BTreeMap::new();
    for record in carrying {
        let outlet = assemble::outlet(record);
        let evidence = assemble::evidence(record);
        let path = path(record);
        if let [node] = path.as_slice() {
            add(&mut own, node, Role::Origin, &outlet, &evidence);
        }
        for (depth, node) in path.iter().enumerate().skip(1) {
            let role = if node.credited {
                Role::Reprinted
            } else if depth + 1 == path.len() {
                Role::Origin
            } else {
                Role::Relay
            };
            add(&mut cited, node, role, &outlet, &evidence);
        }
    }
    let chosen = if cited.is_empty() { own } else { cited };
    let mut sources: Vec<Source> = chosen.into_values().collect();
    for source in &mut sources {
        source.outlets.sort();
    }
    sources.sort_by(|a, b| {
        let key = |source: &Source| {
            (
                rank(source.kind),
                source.role,
                Reverse(source.outlets.len()),
            )
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.source, &a.id).cmp(&(&b.source, &b.id)))
    });
    note_namesakes(&mut sources);
    sources
}

/// Notes which persons may be one under two spellings ("Yury Ushakov", "Yuri Ushakov").
fn note_namesakes(sources: &mut [Source]) {
    let persons: Vec<(String, AgentId)> = sources
        .iter()
        .filter(|source| source.kind == AgentKind::Person)
        .take(MOST_NAMESAKES)
        .map(|source| (source.source.clone(), source.id.clone()))
        .collect();
    for source in sources.iter_mut().filter(|s| s.kind == AgentKind::Person) {
        source.may_be = persons
            .iter()
            .filter(|(_, id)| *id != source.id)
            .map(|(name, id)| Namesake {
                source: name.clone(),
                id: id.clone(),
                score: spelling::same_person(&source.source, name),
            })
            .filter(|namesake| namesake.score >= spelling::LIKELY)
            .collect();
    }
}

fn add(
    sources: &mut BTreeMap<AgentId, Source>,
    node: &Vertex,
    role: Role,
    outlet: &str,
    evidence: &Evidence,
) {
    let source = sources.entry(node.id.clone()).or_insert_with(|| Source {
        source: node.label.clone(),
        kind: node.kind,
        id: node.id.clone(),
        role,
        outlets: Vec::new(),
        may_be: Vec::new(),
        evidence: Vec::new(),
    });
    source.role = source.role.min(role);
    if node.label.len() > source.source.len() {
        source.source.clone_from(&node.label);
    }
    if !source.outlets.iter().any(|known| known == outlet) {
        source.outlets.push(outlet.to_owned());
    }
    if !source.evidence.contains(evidence) {
        source.evidence.push(evidence.clone());
    }
}

fn rank(kind: AgentKind) -> usize {
    match kind {
        AgentKind::Person => 0,
        AgentKind::Organisation => 1,
        AgentKind::Group => 2,
        AgentKind::Document => 3,
        AgentKind::Outlet => 4,
        AgentKind::Unnamed => 5,
    }
}
