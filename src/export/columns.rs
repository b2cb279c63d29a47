//! Outlets and articles in columns of days, the earliest first: what lays a picture out in time.
//!
//! It knows no format.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::network::{Network, Node, NodeKind};
use crate::mention::AgentKind;

/// Outlets or articles of one day, or of days in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// First and last day; unknown in the last column.
    pub(super) days: Option<(Date, Date)>,
    pub(super) keys: Vec<String>,
}

impl Column {
    /// Returns the days as a reader writes them.
    pub(super) fn label(&self) -> String {
        match self.days {
            None => "date unknown".to_owned(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} – {last}"),
        }
    }
}

/// Says whether a node is an outlet or article whose days are known to the network.
pub(super) fn is_start(node: &Node) -> bool {
    let published = matches!(
        node.kind,
        NodeKind::Article | NodeKind::Agent(AgentKind::Outlet)
    );
    published && !node.dates.is_empty()
}

/// Returns the first day of a node, unknown last.
pub(super) fn first_day(node: &Node) -> (bool, Option<Date>) {
    let day = node.dates.iter().flatten().min().copied();
    (day.is_none(), day)
}

/// Lays outlets and articles into columns by their first day; days that lie nearest share a column
/// when there are too many.
pub(super) fn columns(network: &Network, most: usize) -> Vec<Column> {
    let mut by_day: BTreeMap<(bool, Option<Date>), Vec<String>> = BTreeMap::new();
    for (key, node) in network.nodes.iter().filter(|(_, node)| is_start(node)) {
        by_day.entry(first_day(node)).or_default().push(key.clone());
    }
    let mut columns: Vec<Column> = by_day
        .into_iter()
        .map(|((_, day), keys)| Column {
            // A node that stands for several has their first and last day.
            days: day.map(|day| {
                let rest = keys
                    .iter()
                    .map(|key| &network.nodes[key])
                    .filter(|node| node.rest);
                let last = rest
                    .flat_map(|node| node.dates.iter().flatten().copied())
                    .max();
                (day, last.unwrap_or(day))
            }),
            keys,
        })
        .collect();
    let dated = |columns: &[Column]| {
        columns
            .iter()
            .filter(|column| column.days.is_some())
            .count()
    };
    while dated(&columns) > most.max(1) {
        let gap = |at: &usize| match (columns[*at].days, columns[*at + 1].days) {
            (Some((first, _)), Some((_, last))) => {
                // The stretch that would result, and how full it would be.
                let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
                (days, columns[*at].keys.len() + columns[*at + 1].keys.len())
            }
            _ => (i32::MAX, usize::MAX),
        };
        let Some(at) = (0..columns.len() - 1).min_by_key(gap) else {
            break;
        };
        let next = columns.remove(at + 1);
        let column = &mut columns[at];
        if let (Some((_, last)), Some((_, later))) = (&mut column.days, next.days) {
            *last = later.max(*last);
        }
        column.keys.extend(next.keys);
    }
    columns
}
