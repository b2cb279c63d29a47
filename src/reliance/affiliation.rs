//! Who speaks for whom and who owns whom, so that two voices of one house count once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{RelianceGraph, graph::NodeKind, skeleton::Party};
use crate::id::AgentId;

/// What ties one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bond {
    /// A spokesman and his principal.
    SpeaksFor,
    /// An outlet and its owner.
    OwnedBy,
    /// An office or institution and the body it is a part of.
    PartOf,
}

/// One who belongs to another, from a day to a day as far as it is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Affiliation {
    /// Who belongs.
    pub agent: AgentId,
    /// What he is called.
    pub name: String,
    /// What ties them.
    pub bond: Bond,
    /// To whom.
    pub principal: AgentId,
    /// What it is called.
    pub principal_name: String,
    /// First day, where it is known.
    pub since: Option<Date>,
    /// Last day, where it is known.
    pub until: Option<Date>,
    /// Days on which an article says so; empty where it comes from the lists of the program.
    pub stated: Vec<Date>,
}

impl Affiliation {
    /// Says whether it held on a day; on an unknown day it did.
    #[must_use]
    pub fn held_on(&self, day: Option<Date>) -> bool {
        let Some(day) = day else {
            return true;
        };
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Days between `day` and the nearest on which it was stated; lists come last.
    fn distance(&self, day: Option<Date>) -> i32 {
        let Some(day) = day else {
            return i32::from(self.stated.is_empty());
        };
        let days = |stated: &Date| {
            let span = stated.since((jiff::Unit::Day, day));
            span.map_or(i32::MAX, |span| span.get_days().abs())
        };
        self.stated.iter().map(days).min().unwrap_or(i32::MAX)
    }
}

/// Longest way from a spokesman over his office and its body; what is longer goes in a circle.
const LONGEST: usize = 8;

/// Chooses for everybody in the graph to whom he belonged when he was quoted, over as many steps as
/// are known; returns what was used, and the last of those steps.
///
/// Of several principals the one stated nearest to the day counts, then the first by id.
pub(super) fn applied(
    graph: &RelianceGraph,
    known: &[Affiliation],
) -> (Vec<Affiliation>, BTreeMap<AgentId, Party>) {
    let mut by_agent: BTreeMap<&AgentId, Vec<&Affiliation>> = BTreeMap::new();
    for affiliation in known {
        by_agent
            .entry(&affiliation.agent)
            .or_default()
            .push(affiliation);
    }
    let mut days: BTreeMap<&AgentId, Option<Date>> = BTreeMap::new();
    for (from, to, edge) in graph.edges() {
        for node in [from, to] {
            let day = days.entry(&node.owner).or_insert(edge.date);
            *day = day.iter().chain(&edge.date).min().copied();
        }
    }
    let mut used: Vec<&Affiliation> = Vec::new();
    let mut principals = BTreeMap::new();
    for (agent, day) in days {
        let mut at = agent;
        let mut seen = BTreeSet::from([agent]);
        for _ in 0..LONGEST {
            let nearest = (by_agent.get(at).into_iter().flatten())
                .filter(|known| known.held_on(day) && !seen.contains(&known.principal))
                .min_by_key(|known| (known.distance(day), &known.principal));
            let Some(nearest) = nearest else {
                break;
            };
            at = &nearest.principal;
            seen.insert(at);
            if !used.contains(nearest) {
                used.push(nearest);
            }
            let party = Party {
                source: nearest.principal_name.clone(),
                kind: NodeKind::Organisation,
                id: nearest.principal.clone(),
            };
            principals.insert(agent.clone(), party);
        }
    }
    let mut used: Vec<Affiliation> = used.into_iter().cloned().collect();
    used.sort_by(|a, b| (&a.agent, &a.principal).cmp(&(&b.agent, &b.principal)));
    (used, principals)
}
