//! The Graphviz writer: escaped, deterministic, one profile to look at and one for Gephi.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use petgraph::unionfind::UnionFind;

use super::{
    columns::{Column, columns, is_start},
    condense::{Limits, condense, merged},
    network::{EdgeKind, Network, NodeKind},
};

mod legend;
mod style;

use style::{GREY, LIGHT};

/// For which reader a DOT file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DotProfile {
    /// For Graphviz: shapes, colours, tooltips, a legend; as much as a reader takes in.
    #[default]
    Rich,
    /// The same with everything, however large.
    Full,
    /// For Gephi, whose importer silently loses everything behind default statements, subgraphs and
    /// graph attributes: nodes and edges with one attribute list each, nothing else.
    Gephi,
}

/// Longer labels are cut; the tooltip has the whole.
const LONGEST: usize = 160;

/// Writes a network.
pub(super) fn write(
    network: &Network,
    profile: DotProfile,
    title: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match profile {
        DotProfile::Rich => write_rich(network, &Limits::READABLE, title, out),
        DotProfile::Full => write_rich(network, &Limits::NONE, title, out),
        DotProfile::Gephi => write_gephi(network, out),
    }
}

/// Writes a picture that is read from left to right: the claims, who said them, and in columns of
/// time who carried them. Edges lead to the left, from who has it to whom they have it from.
fn write_rich(
    network: &Network,
    limits: &Limits,
    title: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let network = &condense(network, limits);
    let columns = columns(network, limits.columns);
    let head = match legend::head(network, title) {
        head if head.is_empty() => "\"\"".to_owned(),
        head => format!("<{head}>"),
    };
    writeln!(out, "digraph claimgraph {{")?;
    writeln!(
        out,
        "  graph [rankdir=RL, ranksep=0.5, nodesep=0.18, pad=0.3, splines=true, newrank=true, \
         outputorder=edgesfirst, fontname=\"Helvetica\", fontcolor=\"#333333\", labelloc=t, \
         labeljust=l, label={head}, tooltip=\"{}\"];",
        escape(title)
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica\", fontsize=11, margin=\"0.14,0.08\", penwidth=1.2, \
         color=\"{GREY}\", fontcolor=\"#1A1A1A\"];"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"Helvetica\", fontsize=10, arrowsize=0.7, color=\"{GREY}\", \
         fontcolor=\"{GREY}\"];"
    )?;
    for (key, node) in &network.nodes {
        writeln!(out, "  {} [{}];", quoted(key), style::node(node))?;
    }
    let place = places(&columns);
    for edge in &network.edges {
        // Who cites an article of the same day or a later one does not move in time.
        let against = match (place.get(edge.from.as_str()), place.get(edge.to.as_str())) {
            (Some(from), Some(to)) if from <= to => ", constraint=false",
            _ => "",
        };
        writeln!(
            out,
            "  {} -> {} [{}{against}];",
            quoted(&edge.from),
            quoted(&edge.to),
            style::edge(edge)
        )?;
    }
    write_axis(network, &columns, out)?;
    write_claims(network, out)?;
    writeln!(out, "}}")
}

fn quoted(key: &str) -> String {
    format!("\"{}\"", escape_id(key))
}

fn places(columns: &[Column]) -> BTreeMap<&str, usize> {
    let places = columns
        .iter()
        .enumerate()
        .flat_map(|(place, column)| column.keys.iter().map(move |key| (key.as_str(), place)));
    places.collect()
}

/// Writes the days as a row, each over its column, and keeps sources before the first of them.
fn write_axis(network: &Network, columns: &[Column], out: &mut dyn io::Write) -> io::Result<()> {
    if columns.len() < 2 {
        return Ok(());
    }
    for (place, column) in columns.iter().enumerate() {
        writeln!(
            out,
            "  \"day:{place}\" [shape=plaintext, fontsize=12, fontcolor=\"{GREY}\", group=days, \
             label=\"{}\", tooltip=\"published\"];",
            label(&column.label(), 14)
        )?;
        let keys: Vec<String> = column.keys.iter().map(|key| quoted(key)).collect();
        writeln!(
            out,
            "  {{ rank=same; \"day:{place}\"; {}; }}",
            keys.join("; ")
        )?;
    }
    let axis: Vec<String> = (0..columns.len())
        .rev()
        .map(|place| format!("\"day:{place}\""))
        .collect();
    writeln!(
        out,
        "  {} [style=dashed, color=\"{LIGHT}\", dir=none, weight=20, tooltip=\"time\"];",
        axis.join(" -> ")
    )?;
    let first: BTreeSet<&str> = columns[0].keys.iter().map(String::as_str).collect();
    let late: BTreeSet<&str> = (network.edges.iter())
        .filter(|edge| !first.contains(edge.from.as_str()))
        .map(|edge| edge.to.as_str())
        .collect();
    for (key, node) in &network.nodes {
        if !is_start(node) && late.contains(key.as_str()) {
            writeln!(
                out,
                "  \"day:0\" -> {} [style=invis, weight=0];",
                quoted(key)
            )?;
        }
    }
    Ok(())
}

/// Puts the claims into one column, those that are related in one frame.
fn write_claims(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let claims: Vec<&str> = network
        .nodes
        .iter()
        .filter(|(_, node)| node.kind == NodeKind::Claim)
        .map(|(key, _)| key.as_str())
        .collect();
    let list = |keys: &[&str]| {
        let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
        keys.join("; ")
    };
    if claims.len() > 1 {
        writeln!(out, "  {{ rank=same; {}; }}", list(&claims))?;
    }
    for (number, family) in families(&claims, network).iter().enumerate() {
        writeln!(
            out,
            "  subgraph \"cluster_{number}\" {{ style=\"rounded,dotted\"; color=\"{LIGHT}\"; \
             label=\"\"; tooltip=\"related claims\"; {}; }}",
            list(family)
        )?;
    }
    Ok(())
}

/// Groups the claims that relations join; a claim without relations is in no group.
fn families<'a>(claims: &[&'a str], network: &Network) -> Vec<Vec<&'a str>> {
    let numbers: BTreeMap<&str, usize> = claims
        .iter()
        .enumerate()
        .map(|(number, key)| (*key, number))
        .collect();
    let mut joined = UnionFind::<usize>::new(claims.len());
    for edge in &network.edges {
        if let (EdgeKind::Relates(_), Some(&from), Some(&to)) = (
            edge.kind,
            numbers.get(edge.from.as_str()),
            numbers.get(edge.to.as_str()),
        ) {
            joined.union(from, to);
        }
    }
    let mut families: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (number, key) in claims.iter().enumerate() {
        families.entry(joined.find(number)).or_default().push(key);
    }
    families
        .into_values()
        .filter(|family| family.len() > 1)
        .collect()
}

fn write_gephi(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let flat = |text: &str| escape_id(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    writeln!(out, "digraph claimgraph {{")?;
    for (key, node) in &network.nodes {
        let date = node.dates.iter().flatten().next();
        let date = date.map_or_else(String::new, |date| format!(", date=\"{date}\""));
        let url = node
            .url
            .as_deref()
            .map_or_else(String::new, |url| format!(", url=\"{}\"", flat(url)));
        writeln!(
            out,
            "\"{}\" [label=\"{}\", kind=\"{}\"{date}{url}];",
            escape_id(key),
            flat(&node.label),
            node.kind.as_str()
        )?;
    }
    for edge in &merged(&network.edges) {
        let stance = edge.stance.map_or_else(String::new, |stance| {
            let colour = if stance.disputes() { "red" } else { "blue" };
            format!(", stance=\"{}\", color=\"{colour}\"", stance.as_str())
        });
        let place = edge.places.first().map_or_else(String::new, |place| {
            format!(
                ", quote=\"{}\", bytes=\"{}-{}\", sha=\"{}\", path=\"{}\"",
                flat(&place.quote),
                place.start,
                place.end,
                place.sha,
                flat(&place.path)
            )
        });
        let date = edge.places.iter().filter_map(|place| place.date).min();
        let date = date.map_or_else(String::new, |date| format!(", date=\"{date}\""));
        let depth = edge
            .stance
            .map_or_else(String::new, |_| format!(", depth=\"{}\"", edge.depth));
        writeln!(
            out,
            "\"{}\" -> \"{}\" [label=\"{}\", kind=\"{}\"{stance}{depth}{date}, weight=\"{}\"{place}];",
            escape_id(&edge.from),
            escape_id(&edge.to),
            flat(&edge.label),
            edge.kind.as_str(),
            edge.places.len().max(1)
        )?;
    }
    writeln!(out, "}}")
}

/// Wraps, cuts and escapes a label.
fn label(text: &str, width: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    escape(&textwrap::wrap(&cut, width).join("\n"))
}

/// Escapes text for a quoted Graphviz `escString`: there `\` starts an escape and `&` an entity.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push_str("\\n"),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Escapes text for a quoted identifier; control characters become spaces.
fn escape_id(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Says whether a viewer may follow the address; an article may give any.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests;
