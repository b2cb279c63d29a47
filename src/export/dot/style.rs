//! How nodes and edges look: shape says what a node is, colour and line what an outlet does.
//!
//! It writes attribute lists and decides nothing about what is shown.

use std::fmt::Write as _;

use super::{escape, is_web, label};
use crate::{
    claim::RelationKind,
    export::network::{Edge, EdgeKind, Node, NodeKind},
    mention::{AgentKind, Stance},
};

// The palette of Okabe and Ito ("Color Universal Design", 2008), told apart by readers with any
// colour vision; line style says the same again.
pub(super) const BLUE: &str = "#0072B2";
pub(super) const ORANGE: &str = "#B87A00";
pub(super) const RED: &str = "#D55E00";
pub(super) const PURPLE: &str = "#A5578A";
pub(super) const GREEN: &str = "#00775A";
pub(super) const GREY: &str = "#5B6B7B";
pub(super) const LIGHT: &str = "#AEB8C2";
pub(super) const GOLD: &str = "#8A6D00";

/// Columns at which labels are wrapped.
const WRAP: usize = 28;
/// Quotations in one tooltip.
const QUOTES: usize = 8;

/// Writes the attributes of a node.
pub(super) fn node(node: &Node) -> String {
    let mut text = label(&node.label, WRAP);
    if let Some(outlet) = &node.outlet {
        text = format!("{}\\n{text}", label(outlet, WRAP));
    }
    let dates: Vec<String> = node
        .dates
        .iter()
        .filter(|date| date.is_some() || node.kind != NodeKind::Event)
        .map(|date| date.map_or_else(|| "date unknown".to_owned(), |date| date.to_string()))
        .collect();
    match (node.rest, dates.as_slice()) {
        (_, []) => {}
        (true, [first, .., last]) => {
            let _ = write!(text, "\\n{first} – {last}");
        }
        (_, [first, second, third, fourth, ..]) => {
            let more = dates.len() - 3;
            let _ = write!(text, "\\n{first}, {second},\\n{third}");
            let _ = if more == 1 {
                write!(text, ", {fourth}")
            } else {
                write!(text, " and {more} more days")
            };
        }
        _ => {
            let _ = write!(text, "\\n{}", dates.join("\\n"));
        }
    }
    let mut style = format!("label=\"{text}\", {}", shape(node));
    let mut tooltip = vec![node.kind.as_str().to_owned(), node.label.clone()];
    tooltip.extend(node.note.clone());
    let _ = write!(style, ", tooltip=\"{}\"", escape(&tooltip.join("\n")));
    if let Some(url) = node.url.as_deref().filter(|url| is_web(url)) {
        let _ = write!(style, ", URL=\"{}\"", escape(url));
    }
    style
}

fn shape(node: &Node) -> &'static str {
    match node.kind {
        _ if node.rest => {
            "shape=box, style=\"rounded,filled,dashed\", fillcolor=\"#F4F6F8\", \
             fontname=\"Helvetica-Oblique\", peripheries=2"
        }
        NodeKind::Claim if node.focus => {
            "shape=box, style=\"rounded,filled,bold\", penwidth=2.4, fillcolor=\"#FFE98A\", \
             color=\"#8A6D00\", fontsize=13"
        }
        NodeKind::Claim => {
            "shape=box, style=\"rounded,filled\", fillcolor=\"#FFF6CF\", color=\"#8A6D00\""
        }
        NodeKind::Article => "shape=note, style=filled, fillcolor=\"#DCEBF7\", color=\"#0072B2\"",
        NodeKind::Event => "shape=hexagon, style=filled, fillcolor=\"#F6E3EF\", color=\"#A5578A\"",
        NodeKind::Agent(AgentKind::Outlet) if node.dates.is_empty() => {
            "shape=box, style=\"filled,dashed\", fillcolor=white, color=\"#0072B2\", \
             fontname=\"Helvetica-Bold\""
        }
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
    }
}

/// Writes the attributes of an edge.
pub(super) fn edge(edge: &Edge) -> String {
    let (colour, line) = match (edge.kind, edge.stance) {
        (EdgeKind::Publishes, _) => (LIGHT, "style=solid, arrowhead=none"),
        (EdgeKind::About, _) => (PURPLE, "style=dotted, arrowhead=vee"),
        (EdgeKind::Relates(RelationKind::Contradicts), _) => (
            RED,
            "style=bold, penwidth=2, dir=both, arrowhead=tee, arrowtail=tee",
        ),
        (EdgeKind::Relates(RelationKind::VariantOf), _) => (GREY, "style=dashed, dir=none"),
        (EdgeKind::Relates(_), _) => (GREY, "style=dashed, arrowhead=onormal"),
        (kind, Some(stance)) => chain(kind, stance),
        (_, None) => (GREY, "style=solid"),
    };
    let mut words = match edge.kind {
        EdgeKind::Publishes | EdgeKind::About => String::new(),
        EdgeKind::Relates(RelationKind::VariantOf) => "variant of".to_owned(),
        EdgeKind::Relates(RelationKind::EntailedBy) => "entailed by".to_owned(),
        EdgeKind::Relates(kind) => EdgeKind::Relates(kind).as_str().to_owned(),
        // The colour says it.
        EdgeKind::Carries if edge.label == Stance::Reports.as_str() => String::new(),
        EdgeKind::Carries | EdgeKind::Attributes => edge.label.clone(),
    };
    if edge.stance.is_some() && edge.places.len() > 1 {
        let _ = write!(words, " ×{}", edge.places.len());
    }
    let mut style = format!(
        "label=\"{}\", color=\"{colour}\", fontcolor=\"{colour}\", {line}, tooltip=\"{}\"",
        label(words.trim(), 22),
        escape(&tooltip(edge))
    );
    let url = edge.places.iter().find_map(|place| place.url.as_deref());
    if let Some(url) = url.filter(|url| is_web(url)) {
        let _ = write!(style, ", URL=\"{}\"", escape(url));
    }
    style
}

/// Styles an edge of a chain: colour says the stance, dotted lines are what sources say to others.
fn chain(kind: EdgeKind, stance: Stance) -> (&'static str, &'static str) {
    let (colour, line) = if stance.disputes() {
        return (RED, "style=bold, penwidth=2");
    } else if stance == Stance::Hedges {
        (ORANGE, "style=dashed, penwidth=1.6")
    } else if stance == Stance::Discusses {
        (GREY, "style=solid, penwidth=0.8")
    } else {
        (BLUE, "style=solid, penwidth=1.6")
    };
    if kind == EdgeKind::Attributes {
        (colour, "style=dotted, penwidth=1.6")
    } else {
        (colour, line)
    }
}

/// Says what bears an edge out: quotation, outlet, day, file and bytes.
fn tooltip(edge: &Edge) -> String {
    let mut lines: Vec<String> = edge
        .places
        .iter()
        .take(QUOTES)
        .map(|place| {
            let outlet = place.outlet.as_deref().unwrap_or("unknown outlet");
            let day = place
                .date
                .map_or_else(|| "date unknown".to_owned(), |date| date.to_string());
            let quote = &place.quote;
            format!(
                "“{quote}” {outlet}, {day}, {}:{}-{}",
                place.path, place.start, place.end
            )
        })
        .collect();
    if edge.places.len() > QUOTES {
        lines.push(format!("and {} more", edge.places.len() - QUOTES));
    }
    if edge.depth > 0 {
        lines.insert(0, format!("{}. {}", edge.depth, edge.label));
    } else if lines.is_empty() || edge.stance.is_none() {
        lines.insert(0, edge.label.clone());
    }
    lines.join("\n")
}
