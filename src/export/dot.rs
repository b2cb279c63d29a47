//! The Graphviz writer: escaped, deterministic, one profile to look at and one for Gephi.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io,
};

use petgraph::unionfind::UnionFind;

use super::network::{Edge, EdgeKind, Network, Node, NodeKind};
use crate::{
    claim::RelationKind,
    mention::{AgentKind, Stance},
};

/// For which reader a DOT file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DotProfile {
    /// For Graphviz: shapes, colours, tooltips, a legend.
    #[default]
    Rich,
    /// For Gephi, whose importer silently loses everything behind default statements, subgraphs and
    /// graph attributes: nodes and edges with one attribute list each, nothing else.
    Gephi,
}

// The palette of Okabe and Ito ("Color Universal Design", 2008), told apart by readers with any
// colour vision; line style says the same again.
const BLUE: &str = "#0072B2";
const ORANGE: &str = "#B87A00";
const RED: &str = "#D55E00";
const PURPLE: &str = "#A5578A";
const GREY: &str = "#5B6B7B";
const LIGHT: &str = "#AEB8C2";

/// Columns at which labels are wrapped.
const WRAP: usize = 28;
/// Longer labels are cut; the tooltip has the whole.
const LONGEST: usize = 160;
/// Quotations in one tooltip.
const QUOTES: usize = 8;

/// Writes a network.
pub(super) fn write(
    network: &Network,
    profile: DotProfile,
    title: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match profile {
        DotProfile::Rich => write_rich(network, title, out),
        DotProfile::Gephi => write_gephi(network, out),
    }
}

fn write_rich(network: &Network, title: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let edges = network.merged();
    writeln!(out, "digraph claimgraph {{")?;
    writeln!(
        out,
        "  graph [rankdir=LR, ranksep=0.55, nodesep=0.28, pad=0.3, splines=true, newrank=true, \
         fontname=\"Helvetica\", fontsize=15, fontcolor=\"#333333\", labelloc=t, labeljust=l, \
         label=\"{}\", tooltip=\"{}\"];",
        label(title, 90),
        escape(title)
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica\", fontsize=11, margin=\"0.14,0.08\", penwidth=1.2, \
         color=\"{GREY}\", fontcolor=\"#1A1A1A\"];"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7, color=\"{GREY}\", \
         fontcolor=\"{GREY}\"];"
    )?;
    for (key, node) in &network.nodes {
        writeln!(out, "  \"{}\" [{}];", escape_id(key), node_style(node))?;
    }
    for edge in &edges {
        writeln!(
            out,
            "  \"{}\" -> \"{}\" [{}];",
            escape_id(&edge.from),
            escape_id(&edge.to),
            edge_style(edge)
        )?;
    }
    write_columns(network, &edges, out)?;
    let legend = legend(network, &edges);
    if !legend.is_empty() {
        writeln!(
            out,
            "  \"legend\" [shape=plain, tooltip=\"legend\", label=<{legend}>];"
        )?;
    }
    writeln!(out, "}}")
}

/// Puts the outlets that nobody cites into the first column, in the order of time, and the claims
/// into one column, those that are related in one frame.
fn write_columns(network: &Network, edges: &[Edge], out: &mut dyn io::Write) -> io::Result<()> {
    let quoted = |key: &str| format!("\"{}\"", escape_id(key));
    let cited: BTreeSet<&str> = edges.iter().map(|edge| edge.to.as_str()).collect();
    let mut first: Vec<(&String, &Node)> = network
        .nodes
        .iter()
        .filter(|(key, node)| {
            node.kind == NodeKind::Agent(AgentKind::Outlet) && !cited.contains(key.as_str())
        })
        .collect();
    first.sort_by_key(|(key, node)| {
        let date = node.dates.first().copied().flatten();
        (date.is_none(), date, *key)
    });
    let column = |keys: Vec<String>| keys.join("; ");
    if first.len() > 1 {
        let in_time = first.iter().any(|(_, node)| !node.dates.is_empty());
        let keys: Vec<String> = first.iter().map(|(key, _)| quoted(key)).collect();
        if in_time {
            let keys = keys.join(" -> ");
            writeln!(out, "  {{ rank=same; edge [style=invis]; {keys}; }}")?;
        } else {
            writeln!(out, "  {{ rank=same; {}; }}", column(keys))?;
        }
    }
    let claims: Vec<&str> = network
        .nodes
        .iter()
        .filter(|(_, node)| node.kind == NodeKind::Claim)
        .map(|(key, _)| key.as_str())
        .collect();
    if claims.len() > 1 {
        let keys = column(claims.iter().map(|key| quoted(key)).collect());
        writeln!(out, "  {{ rank=same; {keys}; }}")?;
    }
    for (number, family) in families(&claims, edges).iter().enumerate() {
        let keys = column(family.iter().map(|key| quoted(key)).collect());
        writeln!(
            out,
            "  subgraph \"cluster_{number}\" {{ style=\"rounded,dotted\"; color=\"{LIGHT}\"; \
             label=\"\"; tooltip=\"related claims\"; {keys}; }}"
        )?;
    }
    Ok(())
}

/// Groups the claims that relations join; a claim without relations is in no group.
fn families<'a>(claims: &[&'a str], edges: &[Edge]) -> Vec<Vec<&'a str>> {
    let numbers: BTreeMap<&str, usize> = claims
        .iter()
        .enumerate()
        .map(|(number, key)| (*key, number))
        .collect();
    let mut joined = UnionFind::<usize>::new(claims.len());
    for edge in edges {
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

fn node_style(node: &Node) -> String {
    let mut style = format!("label=\"{}\"", label(&node.label, WRAP));
    let dates: Vec<String> = node
        .dates
        .iter()
        .map(|date| date.map_or_else(|| "date unknown".to_owned(), |date| date.to_string()))
        .collect();
    let shape = match node.kind {
        NodeKind::Claim if node.focus => {
            "shape=box, style=\"rounded,filled,bold\", penwidth=2.4, fillcolor=\"#FFE98A\", \
             color=\"#8A6D00\", fontsize=13"
        }
        NodeKind::Claim => {
            "shape=box, style=\"rounded,filled\", fillcolor=\"#FFF6CF\", color=\"#8A6D00\""
        }
        NodeKind::Article => "shape=note, style=filled, fillcolor=\"#F4F6F8\"",
        NodeKind::Event => "shape=hexagon, style=filled, fillcolor=\"#F6E3EF\", color=\"#A5578A\"",
        NodeKind::Agent(AgentKind::Outlet) => {
            "shape=box, style=\"filled,bold\", penwidth=2, fillcolor=\"#DCEBF7\", \
             color=\"#0072B2\", fontname=\"Helvetica-Bold\""
        }
        NodeKind::Agent(AgentKind::Document) => {
            "shape=note, style=\"filled,dashed\", fillcolor=white"
        }
        NodeKind::Agent(AgentKind::Unnamed) => {
            "shape=ellipse, style=\"filled,dashed\", fillcolor=white, fontname=\"Helvetica-Oblique\""
        }
        NodeKind::Agent(AgentKind::Organisation | AgentKind::Group) => {
            "shape=ellipse, style=filled, fillcolor=\"#E4F2EC\", color=\"#00775A\""
        }
        NodeKind::Agent(AgentKind::Person) => {
            "shape=ellipse, style=filled, fillcolor=\"#F1F8F5\", color=\"#00775A\""
        }
    };
    if !dates.is_empty() {
        // Inside the label's quotes.
        style.truncate(style.len() - 1);
        let _ = write!(style, "\\n{}\"", dates.join("\\n"));
    }
    let _ = write!(style, ", {shape}");
    let mut tooltip = vec![node.kind.as_str().to_owned(), node.label.clone()];
    tooltip.extend(node.note.clone());
    let _ = write!(style, ", tooltip=\"{}\"", escape(&tooltip.join("\n")));
    if let Some(url) = node.url.as_deref().filter(|url| is_web(url)) {
        let _ = write!(style, ", URL=\"{}\"", escape(url));
    }
    style
}

fn edge_style(edge: &Edge) -> String {
    let (colour, line) = match (edge.kind, edge.stance) {
        (EdgeKind::Publishes, _) => (LIGHT, "style=solid, arrowhead=none, weight=4"),
        (EdgeKind::About, _) => (PURPLE, "style=dotted, arrowhead=vee, constraint=true"),
        (EdgeKind::Relates(RelationKind::Contradicts), _) => (
            RED,
            "style=bold, penwidth=2, dir=both, arrowhead=tee, arrowtail=tee",
        ),
        (EdgeKind::Relates(RelationKind::VariantOf), _) => (GREY, "style=dashed, dir=none"),
        (EdgeKind::Relates(_), _) => (GREY, "style=dashed, arrowhead=onormal"),
        (kind, Some(stance)) => return chain_style(edge, kind, stance),
        (_, None) => (GREY, "style=solid"),
    };
    let words = match edge.kind {
        EdgeKind::Publishes | EdgeKind::About => String::new(),
        _ => edge.kind.as_str().to_owned(),
    };
    format!(
        "label=\"{}\", color=\"{colour}\", fontcolor=\"{colour}\", {line}, tooltip=\"{}\"",
        label(&words, WRAP),
        escape(&tooltip(edge))
    )
}

/// Styles an edge of a chain: colour says the stance, dotted lines are what sources say to others.
fn chain_style(edge: &Edge, kind: EdgeKind, stance: Stance) -> String {
    let (colour, line) = look(stance);
    let line = if kind == EdgeKind::Attributes && !stance.disputes() {
        "style=dotted, penwidth=1.6"
    } else {
        line
    };
    let mut words = if kind == EdgeKind::Attributes {
        format!("{} {}", edge.depth, edge.label)
    } else {
        edge.label.clone()
    };
    if edge.places.len() > 1 {
        let _ = write!(words, " ×{}", edge.places.len());
    }
    format!(
        "label=\"{}\", color=\"{colour}\", fontcolor=\"{colour}\", {line}, tooltip=\"{}\"",
        label(words.trim(), 22),
        escape(&tooltip(edge))
    )
}

fn look(stance: Stance) -> (&'static str, &'static str) {
    if stance.disputes() {
        (RED, "style=bold, penwidth=2")
    } else if stance == Stance::Hedges {
        (ORANGE, "style=dashed, penwidth=1.6")
    } else if stance == Stance::Discusses {
        (GREY, "style=solid, penwidth=0.8")
    } else {
        (BLUE, "style=solid, penwidth=1.6")
    }
}

/// Says what bears an edge out: quotation, file and bytes.
fn tooltip(edge: &Edge) -> String {
    let mut lines: Vec<String> = edge
        .places
        .iter()
        .take(QUOTES)
        .map(|place| {
            format!(
                "“{}” {}:{}-{}",
                place.quote, place.path, place.start, place.end
            )
        })
        .collect();
    if edge.places.len() > QUOTES {
        lines.push(format!("and {} more", edge.places.len() - QUOTES));
    }
    if lines.is_empty() {
        lines.push(edge.label.clone());
    }
    lines.join("\n")
}

/// Explains what occurs in the picture.
fn legend(network: &Network, edges: &[Edge]) -> String {
    let mut rows = String::new();
    let mut row = |colour: &str, sign: &str, meaning: &str| {
        let _ = write!(
            rows,
            "<TR><TD ALIGN=\"CENTER\"><FONT COLOR=\"{colour}\">{sign}</FONT></TD>\
             <TD ALIGN=\"LEFT\">{meaning}</TD></TR>"
        );
    };
    let stance =
        |wanted: fn(Stance) -> bool| edges.iter().any(|edge| edge.stance.is_some_and(wanted));
    let repeats: fn(Stance) -> bool = |stance| stance.repeats() && stance != Stance::Hedges;
    let lines: [(bool, &str, &str, &str); 7] = [
        (stance(repeats), BLUE, "━━▶", "repeats"),
        (stance(|stance| stance == Stance::Hedges), ORANGE, "╍╍▶", "hedges"),
        (stance(Stance::disputes), RED, "<B>━━▶</B>", "disputes"),
        (stance(|stance| stance == Stance::Discusses), GREY, "──▶", "discusses"),
        (
            edges.iter().any(|edge| edge.kind == EdgeKind::Attributes),
            GREY,
            "┈1┈▶",
            "has it from (order in the chain)",
        ),
        (
            edges.iter().any(|edge| matches!(edge.kind, EdgeKind::Relates(kind) if kind != RelationKind::Contradicts)),
            GREY,
            "╌╌▷",
            "claim related to claim",
        ),
        (
            edges.iter().any(|edge| edge.kind == EdgeKind::Relates(RelationKind::Contradicts)),
            RED,
            "┣━┫",
            "both cannot be true",
        ),
    ];
    for (_, colour, sign, meaning) in lines.iter().filter(|line| line.0) {
        row(colour, sign, meaning);
    }
    let has = |kind: NodeKind| network.nodes.values().any(|node| node.kind == kind);
    let named = [AgentKind::Person, AgentKind::Organisation, AgentKind::Group];
    let nodes: [(bool, &str, &str, &str); 7] = [
        (has(NodeKind::Agent(AgentKind::Outlet)), BLUE, "■", "outlet"),
        (has(NodeKind::Article), GREY, "▤", "article"),
        (
            named.iter().any(|&kind| has(NodeKind::Agent(kind))),
            "#00775A",
            "●",
            "speaker",
        ),
        (
            has(NodeKind::Agent(AgentKind::Unnamed)),
            GREY,
            "◌",
            "source without a name",
        ),
        (
            has(NodeKind::Agent(AgentKind::Document)),
            GREY,
            "▱",
            "document that is not held",
        ),
        (has(NodeKind::Claim), "#8A6D00", "▢", "claim"),
        (has(NodeKind::Event), PURPLE, "⬡", "event"),
    ];
    for (_, colour, sign, meaning) in nodes.iter().filter(|line| line.0) {
        row(colour, sign, meaning);
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "<TABLE BORDER=\"1\" COLOR=\"#C8CED4\" CELLBORDER=\"0\" CELLSPACING=\"0\" \
         CELLPADDING=\"2\">{rows}</TABLE>"
    )
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
    for edge in &network.merged() {
        let stance = edge.stance.map_or_else(String::new, |stance| {
            let colour = if stance.disputes() { "red" } else { "blue" };
            format!(", stance=\"{}\", color=\"{colour}\"", stance.as_str())
        });
        let place = edge.places.first().map_or_else(String::new, |place| {
            format!(
                ", quote=\"{}\", bytes=\"{}-{}\", sha=\"{}\"",
                flat(&place.quote),
                place.start,
                place.end,
                place.sha
            )
        });
        writeln!(
            out,
            "\"{}\" -> \"{}\" [label=\"{}\", kind=\"{}\"{stance}, weight=\"{}\"{place}];",
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
