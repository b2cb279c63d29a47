//! What a picture shows of a network: edges between the same two nodes as one, nodes that say
//! nothing left out, and where there is too much for one picture the rest as a node that says so.
//!
//! It knows no format; formats that carry data write the network as it is.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    columns::{columns, first_day, is_start},
    network::{Edge, EdgeKind, Network, Node, NodeKind},
};
use crate::mention::AgentKind;

/// How much a picture holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Outlets or articles.
    pub(super) starts: usize,
    /// Speakers, documents and outlets that others cite.
    pub(super) sources: usize,
    /// Claims.
    pub(super) claims: usize,
    /// Columns of days.
    pub(super) columns: usize,
}

impl Limits {
    /// What a reader takes in.
    pub(super) const READABLE: Self = Self {
        starts: 16,
        sources: 16,
        claims: 12,
        columns: 6,
    };

    /// Everything.
    pub(super) const NONE: Self = Self {
        starts: usize::MAX,
        sources: usize::MAX,
        claims: usize::MAX,
        columns: 12,
    };
}

/// So many sources of one description are shown as one.
const SAME: usize = 4;

/// Makes what a picture shows.
pub(super) fn condense(network: &Network, limits: &Limits) -> Network {
    let mut shown = network.clone();
    pass_over_nameless(&mut shown);
    limit_claims(&mut shown, limits.claims);
    leave_out_publishers(&mut shown);
    if limits.sources < usize::MAX {
        join_namesakes(&mut shown);
    }
    limit_sources(&mut shown, limits.sources);
    limit_starts(&mut shown, limits);
    tell_namesakes_apart(&mut shown);
    shown.edges = merged(&shown.edges);
    shown
}

/// Lets chains skip a source of which the text says nothing at all.
fn pass_over_nameless(network: &mut Network) {
    let nameless: BTreeSet<String> = (network.nodes.iter())
        .filter(|(_, node)| node.nameless)
        .map(|(key, _)| key.clone())
        .collect();
    if nameless.is_empty() {
        return;
    }
    // Edges of one chain follow each other.
    let mut edges: Vec<Edge> = Vec::new();
    for edge in std::mem::take(&mut network.edges) {
        let joins = edges.last().is_some_and(|before| {
            nameless.contains(&before.to) && before.to == edge.from && before.places == edge.places
        });
        match edges.last_mut() {
            Some(before) if joins => {
                before.to = edge.to;
                before.label = edge.label;
            }
            _ => edges.push(edge),
        }
    }
    network.edges = edges;
    drop_unused(network, &nameless);
}

/// Leaves out outlets that only publish an article, which names its outlet itself.
fn leave_out_publishers(network: &mut Network) {
    let used: BTreeSet<String> = (network.edges.iter())
        .filter(|edge| edge.kind != EdgeKind::Publishes)
        .flat_map(|edge| [edge.from.clone(), edge.to.clone()])
        .collect();
    network
        .edges
        .retain(|edge| edge.kind != EdgeKind::Publishes || used.contains(&edge.from));
    let outlets = |node: &Node| node.kind == NodeKind::Agent(AgentKind::Outlet) && !is_start(node);
    network
        .nodes
        .retain(|key, node| !outlets(node) || used.contains(key));
}

/// Drops those of `keys` that no edge touches.
fn drop_unused(network: &mut Network, keys: &BTreeSet<String>) {
    let used: BTreeSet<&str> = (network.edges.iter())
        .flat_map(|edge| [edge.from.as_str(), edge.to.as_str()])
        .collect();
    network
        .nodes
        .retain(|key, _| !keys.contains(key) || used.contains(key.as_str()));
}

/// Keeps the claims that most articles mention, and of the others only how many they are.
fn limit_claims(network: &mut Network, most: usize) {
    let claims: BTreeSet<String> = keys(network, |node| node.kind == NodeKind::Claim);
    if claims.len() <= most {
        return;
    }
    let mut mentioning: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut disputed: BTreeSet<&str> = BTreeSet::new();
    for edge in &network.edges {
        if let Some(claim) = edge.about.as_deref() {
            let paths = edge.places.iter().map(|place| place.path.as_str());
            mentioning.entry(claim).or_default().extend(paths);
            if edge.stance.is_some_and(|stance| stance.disputes()) {
                disputed.insert(claim);
            }
        }
    }
    let mut order: Vec<&String> = claims.iter().collect();
    order.sort_by_key(|key| {
        let articles = mentioning.get(key.as_str()).map_or(0, BTreeSet::len);
        let focus = network.nodes[*key].focus;
        let disputed = disputed.contains(key.as_str());
        (Reverse((focus, articles + usize::from(disputed))), *key)
    });
    let hidden: BTreeSet<String> = order.into_iter().skip(most).cloned().collect();
    let labels = labels(network, &hidden);
    network.edges.retain(|edge| {
        let about = edge.about.as_ref();
        !about.is_some_and(|claim| hidden.contains(claim))
            && !hidden.contains(&edge.from)
            && !hidden.contains(&edge.to)
    });
    network.nodes.retain(|key, _| !hidden.contains(key));
    let others = keys(network, |node| node.kind != NodeKind::Claim);
    drop_unused(network, &others);
    let left = keys(network, |node| node.kind != NodeKind::Claim);
    let mut text = format!("and {} more claims", hidden.len());
    if left.len() < others.len() {
        text.push_str(&format!(
            ", with {} sources and articles",
            others.len() - left.len()
        ));
    }
    let rest = rest(NodeKind::Claim, text, &labels);
    network.nodes.insert("rest:claims".to_owned(), rest);
}

/// Joins sources without a name that are called the same in many articles ("an official"), and
/// says that they need not be one.
fn join_namesakes(network: &mut Network) {
    let unnamed = |node: &Node| node.kind == NodeKind::Agent(AgentKind::Unnamed);
    let mut called: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (key, node) in network.nodes.iter().filter(|(_, node)| unnamed(node)) {
        let words = node.label.to_lowercase();
        called.entry(words).or_default().insert(key.clone());
    }
    for (number, keys) in called.into_values().enumerate() {
        let Some(first) = keys.first().filter(|_| keys.len() >= SAME) else {
            continue;
        };
        let text = format!(
            "{} (in {} articles, perhaps not one person)",
            network.nodes[first].label,
            keys.len()
        );
        let mut outlets: Vec<String> = (network.edges.iter())
            .filter(|edge| keys.contains(&edge.from))
            .filter_map(|edge| edge.places.first()?.outlet.clone())
            .collect();
        outlets.sort();
        outlets.dedup();
        let mut node = rest(NodeKind::Agent(AgentKind::Unnamed), text, &outlets);
        node.rest = false;
        join(network, &keys, &format!("rest:called-{number}"), node);
    }
}

/// Keeps the sources that most outlets have, and joins the others into one node.
fn limit_sources(network: &mut Network, most: usize) {
    let sources = keys(network, |node| {
        matches!(node.kind, NodeKind::Agent(_)) && !is_start(node)
    });
    if sources.len() <= most {
        return;
    }
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for edge in &network.edges {
        if sources.contains(&edge.to) {
            let paths = edge.places.iter().map(|place| place.path.as_str());
            reached.entry(&edge.to).or_default().extend(paths);
        }
    }
    let mut order: Vec<&String> = sources.iter().collect();
    order.sort_by_key(|key| {
        let named = network.nodes[*key].kind != NodeKind::Agent(AgentKind::Unnamed);
        let count = reached.get(key.as_str()).map_or(0, BTreeSet::len);
        (Reverse((count, named)), *key)
    });
    let hidden: BTreeSet<String> = order
        .into_iter()
        .skip(most.saturating_sub(1))
        .cloned()
        .collect();
    let text = format!("and {} more sources", hidden.len());
    let rest = rest(
        NodeKind::Agent(AgentKind::Group),
        text,
        &labels(network, &hidden),
    );
    join(network, &hidden, "rest:sources", rest);
}

/// Keeps the outlets that others cite, that dispute, or that come first; joins those of one column
/// beyond them.
fn limit_starts(network: &mut Network, limits: &Limits) {
    let starts = keys(network, is_start);
    if starts.len() <= limits.starts {
        return;
    }
    let cited: BTreeSet<&str> = (network.edges.iter())
        .filter(|edge| edge.kind != EdgeKind::Publishes)
        .map(|edge| edge.to.as_str())
        .collect();
    let disputing: BTreeSet<&str> = (network.edges.iter())
        .filter(|edge| edge.stance.is_some_and(|stance| stance.disputes()))
        .map(|edge| edge.from.as_str())
        .collect();
    let mut order: Vec<&String> = starts.iter().collect();
    order.sort_by_key(|key| {
        let weight = usize::from(cited.contains(key.as_str()))
            + usize::from(disputing.contains(key.as_str()));
        (Reverse(weight), first_day(&network.nodes[*key]), *key)
    });
    let columns = columns(network, limits.columns);
    let room = limits.starts.saturating_sub(columns.len()).max(1);
    let hidden: BTreeSet<String> = order.into_iter().skip(room).cloned().collect();
    for (number, column) in columns.iter().enumerate() {
        let part: BTreeSet<String> = (column.keys.iter())
            .filter(|key| hidden.contains(*key))
            .cloned()
            .collect();
        let Some(first) = part.first().filter(|_| part.len() > 1) else {
            continue;
        };
        let kind = network.nodes[first].kind;
        let noun = if kind == NodeKind::Article {
            "articles"
        } else {
            "outlets"
        };
        let text = format!("and {} more {noun}", part.len());
        let mut node = rest(kind, text, &labels(network, &part));
        node.dates = column.days.map_or_else(
            || vec![None],
            |(first, last)| {
                let mut days = vec![Some(first), Some(last)];
                days.dedup();
                days
            },
        );
        join(network, &part, &format!("rest:starts-{number}"), node);
    }
}

/// Makes the node that stands for several.
fn rest(kind: NodeKind, label: String, labels: &[String]) -> Node {
    Node {
        kind,
        label,
        dates: Vec::new(),
        url: None,
        note: Some(labels.join("\n")),
        focus: false,
        outlet: None,
        nameless: false,
        rest: true,
    }
}

fn labels(network: &Network, keys: &BTreeSet<String>) -> Vec<String> {
    let mut labels: Vec<String> = keys
        .iter()
        .map(|key| network.nodes[key].label.clone())
        .collect();
    labels.sort();
    labels
}

fn keys(network: &Network, wanted: impl Fn(&Node) -> bool) -> BTreeSet<String> {
    (network.nodes.iter())
        .filter(|(_, node)| wanted(node))
        .map(|(key, _)| key.clone())
        .collect()
}

/// Replaces nodes by one; edges among them go.
fn join(network: &mut Network, keys: &BTreeSet<String>, key: &str, node: Node) {
    network.nodes.retain(|key, _| !keys.contains(key));
    network.nodes.insert(key.to_owned(), node);
    for edge in &mut network.edges {
        for end in [&mut edge.from, &mut edge.to] {
            if keys.contains(end) {
                key.clone_into(end);
            }
        }
    }
    network.edges.retain(|edge| edge.from != edge.to);
}

/// Names the outlet behind sources that are called the same and are not known to be the same.
fn tell_namesakes_apart(network: &mut Network) {
    let speaks = |node: &Node| matches!(node.kind, NodeKind::Agent(_)) && !is_start(node);
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, node) in network.nodes.iter().filter(|(_, node)| speaks(node)) {
        named
            .entry(node.label.to_lowercase())
            .or_default()
            .push(key.clone());
    }
    for key in named.into_values().filter(|keys| keys.len() > 1).flatten() {
        let outlet = network
            .edges
            .iter()
            .find(|edge| edge.to == key || edge.from == key)
            .and_then(|edge| edge.places.first()?.outlet.clone());
        if let (Some(outlet), Some(node)) = (outlet, network.nodes.get_mut(&key)) {
            node.label = format!("{} (in {outlet})", node.label);
        }
    }
}

/// Joins edges between the same nodes with the same stance.
pub(super) fn merged(edges: &[Edge]) -> Vec<Edge> {
    let mut merged: Vec<Edge> = Vec::new();
    let mut known = BTreeMap::new();
    for edge in edges {
        let name = (&edge.from, &edge.to, edge.kind, edge.stance);
        let Some(&place) = known.get(&name) else {
            known.insert(name, merged.len());
            merged.push(edge.clone());
            continue;
        };
        let joined: &mut Edge = &mut merged[place];
        for place in &edge.places {
            if !joined.places.contains(place) {
                joined.places.push(place.clone());
            }
        }
        let words: Vec<&str> = joined.label.split(" / ").collect();
        let new = !edge.label.is_empty() && !words.contains(&edge.label.as_str());
        if words.len() < 3 && new {
            if !joined.label.is_empty() {
                joined.label.push_str(" / ");
            }
            joined.label.push_str(&edge.label);
        }
    }
    merged
}

#[cfg(test)]
mod tests;
