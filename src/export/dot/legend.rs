//! The head of a picture: what it is of, and what its shapes and lines mean.
//!
//! Only what occurs in the picture is explained.

use std::fmt::Write as _;

use super::style::{BLUE, GOLD, GREEN, GREY, ORANGE, PURPLE, RED};
use crate::{
    claim::RelationKind,
    export::network::{EdgeKind, Network, NodeKind},
    mention::{AgentKind, Stance},
};

/// Signs in one row.
const ROW: usize = 7;

/// Writes title and legend as Graphviz's kind of HTML; empty when there is nothing to say.
pub(super) fn head(network: &Network, title: &str) -> String {
    let mut rows = String::new();
    if !title.is_empty() {
        let _ = write!(
            rows,
            "<TR><TD COLSPAN=\"{ROW}\" ALIGN=\"LEFT\"><FONT POINT-SIZE=\"15\">{}</FONT></TD></TR>",
            html(title)
        );
    }
    for signs in [lines(network), shapes(network)] {
        for row in signs.chunks(ROW) {
            rows.push_str("<TR>");
            for (colour, sign, meaning) in row {
                let _ = write!(
                    rows,
                    "<TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\"><FONT COLOR=\"{colour}\">{sign}\
                     </FONT> {meaning}</FONT></TD>"
                );
            }
            rows.push_str("</TR>");
        }
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\" CELLPADDING=\"3\">{rows}</TABLE>"
    )
}

type Sign = (&'static str, &'static str, &'static str);

fn chosen<const N: usize>(signs: [(bool, Sign); N]) -> Vec<Sign> {
    let there = signs.into_iter().filter(|(there, _)| *there);
    there.map(|(_, sign)| sign).collect()
}

fn lines(network: &Network) -> Vec<Sign> {
    let edges = &network.edges;
    let stance =
        |wanted: fn(Stance) -> bool| edges.iter().any(|edge| edge.stance.is_some_and(wanted));
    let kind = |wanted: fn(EdgeKind) -> bool| edges.iter().any(|edge| wanted(edge.kind));
    chosen([
        (
            stance(|stance| stance.repeats() && stance != Stance::Hedges),
            (BLUE, "◀━━", "repeats"),
        ),
        (
            stance(|stance| stance == Stance::Hedges),
            (ORANGE, "◀╍╍", "hedges"),
        ),
        (stance(Stance::disputes), (RED, "<B>◀━━</B>", "disputes")),
        (
            stance(|stance| stance == Stance::Discusses),
            (GREY, "◀──", "discusses"),
        ),
        (
            kind(|kind| kind == EdgeKind::Attributes),
            (GREY, "◀┈┈", "what a source says"),
        ),
        (
            kind(
                |kind| matches!(kind, EdgeKind::Relates(kind) if kind != RelationKind::Contradicts),
            ),
            (GREY, "◁╌╌", "claim related to claim"),
        ),
        (
            kind(|kind| kind == EdgeKind::Relates(RelationKind::Contradicts)),
            (RED, "┣━┫", "both cannot be true"),
        ),
    ])
}

fn shapes(network: &Network) -> Vec<Sign> {
    let nodes = || network.nodes.values().filter(|node| !node.rest);
    let has = |kind: NodeKind| nodes().any(|node| node.kind == kind);
    let outlet = |held: bool| {
        nodes().any(|node| {
            node.kind == NodeKind::Agent(AgentKind::Outlet) && node.dates.is_empty() != held
        })
    };
    let named = [AgentKind::Person, AgentKind::Organisation, AgentKind::Group];
    chosen([
        (has(NodeKind::Claim), (GOLD, "▢", "claim")),
        (outlet(true), (BLUE, "■", "outlet")),
        (outlet(false), (BLUE, "□", "outlet that is only cited")),
        (has(NodeKind::Article), (BLUE, "▤", "article")),
        (
            named.iter().any(|&kind| has(NodeKind::Agent(kind))),
            (GREEN, "●", "speaker"),
        ),
        (
            has(NodeKind::Agent(AgentKind::Unnamed)),
            (GREY, "◌", "source without a name"),
        ),
        (
            has(NodeKind::Agent(AgentKind::Document)),
            (GREY, "▱", "document that is not held"),
        ),
        (has(NodeKind::Event), (PURPLE, "⬡", "event")),
    ])
}

/// Escapes text for Graphviz's HTML, on one line.
fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
