//! The words of a node and how much room they take.
//!
//! Widths are estimated, a little too wide: no font is at hand.

use std::{collections::BTreeMap, fmt::Write as _};

use unicode_width::UnicodeWidthStr;

use super::LINE;
use crate::{
    export::network::{EdgeKind, Network, Node},
    mention::Stance,
};

const LETTER: f64 = 6.7;
const WRAP: usize = 23;
const LONGEST: usize = 90;

/// A node with its words, size and corner.
pub(super) struct Drawn {
    pub(super) lines: Vec<String>,
    pub(super) small: String,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Collects what sources are said to do ("told", "warned"), and what outlets do beyond reporting.
pub(super) fn cues(network: &Network) -> BTreeMap<&str, String> {
    let mut cues: BTreeMap<&str, (Vec<&str>, usize)> = BTreeMap::new();
    for edge in &network.edges {
        let says = match edge.kind {
            EdgeKind::Attributes => true,
            EdgeKind::Carries => edge.label != Stance::Reports.as_str(),
            _ => false,
        };
        let (words, count) = cues.entry(&edge.from).or_default();
        if says {
            for word in edge.label.split(" / ").filter(|word| !word.is_empty()) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        if edge.kind == EdgeKind::Attributes {
            *count += edge.places.len();
        }
    }
    let text = |(words, count): (Vec<&str>, usize)| {
        let mut text = words.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        if count > 1 {
            let _ = write!(text, " ×{count}");
        }
        text
    };
    cues.into_iter()
        .map(|(key, found)| (key, text(found)))
        .collect()
}

pub(super) fn measure(node: &Node, cue: Option<&String>) -> Drawn {
    let label: String = node.label.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = label.chars().take(LONGEST).collect();
    if cut.len() < label.len() {
        cut.push('…');
    }
    let mut lines: Vec<String> = textwrap::wrap(&cut, WRAP)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect();
    if lines.is_empty() {
        lines.push("—".to_owned());
    }
    let mut small: Vec<String> = Vec::new();
    let days: Vec<String> = node
        .dates
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    match days.as_slice() {
        [] => {}
        [day] => small.push(day.clone()),
        [first, .., last] if node.rest => small.push(format!("{first} – {last}")),
        [first, rest @ ..] => small.push(format!("{first} +{}", rest.len())),
    }
    small.extend(cue.filter(|cue| !cue.is_empty()).map(|cue| short(cue, 30)));
    let small = small.join(" · ");
    let widest = lines
        .iter()
        .map(|line| line.width())
        .max()
        .unwrap_or_default() as f64
        * LETTER;
    let width = widest.max(small.width() as f64 * 5.6) + 22.0;
    let rows = lines.len() as f64 + if small.is_empty() { 0.0 } else { 0.9 };
    Drawn {
        lines,
        small,
        width: width.max(54.0),
        height: rows * LINE + 12.0,
        x: 0.0,
        y: 0.0,
    }
}

pub(super) fn short(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
