//! The picture of an answer as SVG for a page, drawn without any other program.
//!
//! Colours are classes that the page's style sheet sets, so that it follows light, dark and print;
//! every word of an article is escaped.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    columns::{Column, columns, is_start},
    condense::{Limits, condense},
    network::{Edge, EdgeKind, Network, Node, NodeKind},
};
use crate::{
    claim::RelationKind,
    mention::{AgentKind, Stance},
};

mod layout;
mod measure;

use layout::{Layout, layout};
use measure::{Drawn, cues, measure, short};

/// What a chart in a page holds.
const LIMITS: Limits = Limits {
    starts: 16,
    sources: 14,
    claims: 8,
    columns: 6,
};

/// Height of a line.
const LINE: f64 = 15.0;
/// Space between layers.
const BETWEEN: f64 = 64.0;
/// From one column of days to the next; boxes of neighbouring days stand in rows of their own.
const DAY: f64 = 92.0;
const TOP: f64 = 46.0;
const EDGE: f64 = 10.0;
/// How far a line around nodes keeps away from them.
const AROUND: f64 = 22.0;

/// Draws a network; `links` are places in the page that nodes lead to.
pub(super) fn draw(network: &Network, links: &BTreeMap<String, String>) -> String {
    let network = condense(network, &LIMITS);
    let columns = columns(&network, LIMITS.columns);
    let cues = cues(&network);
    let mut drawn: BTreeMap<&str, Drawn> = (network.nodes.iter())
        .map(|(key, node)| (key.as_str(), measure(node, cues.get(key.as_str()))))
        .collect();
    let height = |key: &str| drawn[key].height;
    let layout = layout(&network, &columns, &height);
    let edges_of_layers = spread(&mut drawn, &layout, &columns);
    // Ways around the right of two outlets need some room beside them.
    let width = drawn
        .values()
        .map(|node| node.x + node.width)
        .fold(0.0, f64::max)
        + AROUND
        + EDGE;
    let tall = layout.height + TOP + EDGE;
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg class=\"chart\" viewBox=\"0 0 {width:.0} {tall:.0}\" width=\"{width:.0}\" height=\"{tall:.0}\" \
         role=\"group\" aria-labelledby=\"chart-title\" xmlns=\"http://www.w3.org/2000/svg\">\
         <title id=\"chart-title\">Claims on the left, who said them, and in time who carried them</title>\
         <defs>"
    );
    for colour in ["repeats", "hedges", "disputes", "discusses", "plain"] {
        let _ = write!(
            svg,
            "<marker id=\"to-{colour}\" class=\"{colour}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" \
             markerWidth=\"7\" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">\
             <path d=\"M0 0L8 4L0 8z\"/></marker>"
        );
    }
    svg.push_str("</defs>");
    axis(&mut svg, &columns, &drawn, &edges_of_layers, tall);
    for (number, (edge, way)) in network.edges.iter().zip(&layout.ways).enumerate() {
        draw_edge(
            &mut svg,
            (number, edge),
            &drawn,
            &layout,
            way,
            &edges_of_layers,
        );
    }
    for (key, node) in &network.nodes {
        draw_node(&mut svg, node, &drawn[key.as_str()], links.get(key));
    }
    svg.push_str("</svg>");
    svg
}

/// Gives every node its corner, and returns for each layer where it begins and ends.
fn spread(
    drawn: &mut BTreeMap<&str, Drawn>,
    layout: &Layout,
    columns: &[Column],
) -> Vec<(f64, f64)> {
    let mut layers = Vec::new();
    let mut x = EDGE;
    for number in 0..layout.layers {
        let members = || {
            layout
                .nodes
                .iter()
                .filter(move |(_, (layer, _))| *layer == number)
        };
        let in_time = number + 1 == layout.layers;
        let widest = members()
            .map(|(key, _)| drawn[key.as_str()].width)
            .fold(0.0, f64::max);
        for (key, (_, y)) in members() {
            let Some(node) = drawn.get_mut(key.as_str()) else {
                continue;
            };
            node.y = y + TOP - node.height / 2.0;
            node.x = if in_time {
                let column = columns.iter().position(|column| column.keys.contains(key));
                x + DAY * column.unwrap_or_default() as f64
            } else {
                x + (widest - node.width) / 2.0
            };
        }
        layers.push((x, x + widest));
        if widest > 0.0 {
            x += widest + BETWEEN;
        }
    }
    layers
}

fn axis(
    svg: &mut String,
    columns: &[Column],
    drawn: &BTreeMap<&str, Drawn>,
    layers: &[(f64, f64)],
    tall: f64,
) {
    let Some((start, _)) = layers.last() else {
        return;
    };
    let head = |svg: &mut String, x: f64, anchor: &str, text: &str| {
        let _ = write!(
            svg,
            "<text class=\"head\" x=\"{x:.1}\" y=\"14\" text-anchor=\"{anchor}\">{}</text>",
            escape(text)
        );
    };
    if let Some((left, right)) = layers.first() {
        head(svg, f64::midpoint(*left, *right), "middle", "claims");
    }
    let sources: Vec<&(f64, f64)> = layers[1..layers.len() - 1].iter().collect();
    if let (Some((left, _)), Some((_, right))) = (sources.first(), sources.last()) {
        head(svg, f64::midpoint(*left, *right), "middle", "said by");
    }
    head(svg, *start, "start", "published by, in time →");
    for (number, column) in columns.iter().enumerate() {
        let x = column
            .keys
            .iter()
            .filter_map(|key| drawn.get(key.as_str()))
            .map(|node| node.x)
            .fold(start + DAY * number as f64, f64::min);
        let label = match column.days {
            None => "undated".to_owned(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) if first.first_of_month() == last.first_of_month() => {
                format!("{first}–{:02}", last.day())
            }
            Some((first, last)) if first.year() == last.year() => {
                format!("{first}–{:02}-{:02}", last.month(), last.day())
            }
            Some((first, last)) => format!("{}–{}", first.year(), last.year()),
        };
        let _ = write!(
            svg,
            "<path class=\"guide\" d=\"M{x:.1} 36V{tall:.1}\"/><text class=\"day\" x=\"{x:.1}\" y=\"30\">{}</text>",
            escape(&label)
        );
    }
}

fn class(edge: &Edge) -> &'static str {
    match (edge.kind, edge.stance) {
        (_, Some(stance)) if stance.disputes() => "disputes",
        (_, Some(Stance::Hedges)) => "hedges",
        (_, Some(Stance::Discusses)) => "discusses",
        (_, Some(_)) => "repeats",
        (EdgeKind::Relates(RelationKind::Contradicts), None) => "disputes",
        _ => "plain",
    }
}

fn draw_edge(
    svg: &mut String,
    (number, edge): (usize, &Edge),
    drawn: &BTreeMap<&str, Drawn>,
    layout: &Layout,
    way: &[(usize, f64)],
    layers: &[(f64, f64)],
) {
    let (Some(from), Some(to)) = (drawn.get(edge.from.as_str()), drawn.get(edge.to.as_str()))
    else {
        return;
    };
    let layer = |key: &String| layout.nodes.get(key).map_or(0, |(layer, _)| *layer);
    let (right, left) = (layer(&edge.from), layer(&edge.to));
    let colour = class(edge);
    let line = match edge.kind {
        EdgeKind::Attributes => " said",
        EdgeKind::Relates(_) => " related",
        _ => "",
    };
    let mut d = String::new();
    if left == right {
        // Beside each other: around the right of both for claims, from the later to the earlier
        // for outlets.
        let (y, end) = (middle(from), middle(to));
        if left == 0 {
            let x = from.x + from.width;
            let far = x.max(to.x + to.width) + 1.5 * AROUND;
            let _ = write!(
                d,
                "M{x:.1} {y:.1}C{far:.1} {y:.1} {far:.1} {end:.1} {:.1} {end:.1}",
                to.x + to.width
            );
        } else {
            d = around(from, to, drawn, layers[left].0, number);
        }
    } else {
        let (mut x, mut y) = (from.x, middle(from));
        let _ = write!(d, "M{x:.1} {y:.1}");
        if right + 1 == layout.layers {
            // A row is its outlet's own.
            x = layers[right].0 - 6.0;
            let _ = write!(d, "H{x:.1}");
        }
        let curve = |d: &mut String, x: f64, y: f64, goal: f64, end: f64| {
            let bend = f64::midpoint(x, goal);
            let _ = write!(d, "C{bend:.1} {y:.1} {bend:.1} {end:.1} {goal:.1} {end:.1}");
        };
        for (layer, end) in way {
            let (begin, stop) = layers[*layer];
            let end = end + TOP;
            curve(&mut d, x, y, stop, end);
            let _ = write!(d, "H{begin:.1}");
            (x, y) = (begin, end);
        }
        curve(&mut d, x, y, to.x + to.width, middle(to));
    }
    let ends = match edge.kind {
        EdgeKind::Relates(RelationKind::VariantOf) | EdgeKind::Publishes => String::new(),
        EdgeKind::Relates(RelationKind::Contradicts) => {
            format!(" marker-start=\"url(#to-{colour})\" marker-end=\"url(#to-{colour})\"")
        }
        _ => format!(" marker-end=\"url(#to-{colour})\""),
    };
    let _ = write!(
        svg,
        "<path class=\"edge {colour}{line}\" d=\"{d}\"{ends}><title>{}</title></path>",
        escape(&title(edge))
    );
}

fn middle(node: &Drawn) -> f64 {
    node.y + node.height / 2.0
}

/// Leads from an outlet to another through the free room beside the boxes of the rows between, on
/// the left of the first where that is far enough to the right, else around all of them.
fn around(
    from: &Drawn,
    to: &Drawn,
    drawn: &BTreeMap<&str, Drawn>,
    layer: f64,
    number: usize,
) -> String {
    let (y, end) = (middle(from), middle(to));
    let goal = to.x + to.width;
    let between = drawn.values().filter(|node| {
        let row = middle(node);
        node.x >= layer && y.min(end) < row && row < y.max(end)
    });
    let free = between.map(|node| node.x + node.width).fold(goal, f64::max);
    // Ways beside one another do not hide each other.
    let aside = 8.0 + (number % 4) as f64 * 3.5;
    let (x, side) = if free + AROUND + 6.0 <= from.x {
        (from.x, free + aside)
    } else {
        let right = from.x + from.width;
        (right, free.max(right) + aside)
    };
    let (turn, leave) = (
        if end < y { -6.0 } else { 6.0 },
        if side < x { 6.0 } else { -6.0 },
    );
    format!(
        "M{x:.1} {y:.1}H{:.1}Q{side:.1} {y:.1} {side:.1} {:.1}V{:.1}Q{side:.1} {end:.1} {:.1} {end:.1}H{goal:.1}",
        side + leave,
        y + turn,
        end - turn,
        side - 6.0
    )
}

fn title(edge: &Edge) -> String {
    let word = match edge.stance {
        Some(stance) => stance.as_str(),
        None => edge.kind.as_str(),
    };
    let mut lines = vec![if edge.label == word || edge.label.is_empty() {
        word.to_owned()
    } else {
        format!("{word}: {}", edge.label)
    }];
    let quotes = edge.places.iter().take(4);
    lines.extend(quotes.map(|place| format!("“{}”", short(&place.quote, 200))));
    if edge.places.len() > 4 {
        lines.push(format!("and {} more", edge.places.len() - 4));
    }
    lines.join("\n")
}

fn draw_node(svg: &mut String, node: &Node, drawn: &Drawn, link: Option<&String>) {
    let kind = match node.kind {
        _ if node.rest => "rest",
        NodeKind::Claim if node.focus => "claim focus",
        NodeKind::Agent(AgentKind::Outlet) if !is_start(node) => "outlet cited",
        NodeKind::Agent(kind) => kind.as_str(),
        other => other.as_str(),
    };
    let Drawn {
        x,
        y,
        width,
        height,
        ..
    } = drawn;
    if let Some(link) = link {
        let _ = write!(svg, "<a href=\"#{}\">", escape(link));
    }
    let round = match node.kind {
        NodeKind::Claim => 10.0,
        NodeKind::Agent(AgentKind::Outlet | AgentKind::Document) | NodeKind::Article => 2.0,
        _ => height / 2.0,
    };
    let note = node.note.as_deref().unwrap_or_default();
    let _ = write!(
        svg,
        "<g class=\"node {kind}\"><title>{}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
         height=\"{height:.1}\" rx=\"{round:.1}\"/>",
        escape(short(&format!("{}\n{note}", node.label), 600).trim())
    );
    let centre = x + width / 2.0;
    let mut line_y = y + 6.0 + LINE * 0.75;
    for line in &drawn.lines {
        let _ = write!(
            svg,
            "<text x=\"{centre:.1}\" y=\"{line_y:.1}\">{}</text>",
            escape(line)
        );
        line_y += LINE;
    }
    if !drawn.small.is_empty() {
        let _ = write!(
            svg,
            "<text class=\"small\" x=\"{centre:.1}\" y=\"{:.1}\">{}</text>",
            line_y - 1.5,
            escape(&drawn.small)
        );
    }
    svg.push_str("</g>");
    if link.is_some() {
        svg.push_str("</a>");
    }
}

/// Escapes text for SVG inside HTML; what steers the direction of text is left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push('\n'),
            other if super::page::is_steering(other) => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
