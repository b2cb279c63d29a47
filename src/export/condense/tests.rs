//! A picture shows what counts, and says how much it does not show.

use super::{Limits, condense};
use crate::{
    export::{
        columns::{columns, is_start},
        network::{EdgeKind, Network},
    },
    mention::{AgentKind, Stance},
    trace::{
        assemble,
        story::{Telling, facts, harbour, tell},
    },
};

/// Outlets with sources without a name; so many of them share a description.
fn many(outlets: usize, what: &str, every: usize) -> Network {
    let mut tellings: Vec<Telling> = (0..outlets)
        .map(|number| {
            let outlet = format!("Outlet {number}");
            let date = format!("2023-10-{:02}", 1 + number / 2);
            tell("c", &outlet, &date, Stance::Reports, "the ferries stop").says(
                AgentKind::Unnamed,
                &format!("{what} {}", number / every),
                "said",
            )
        })
        .collect();
    tellings.push(
        tell(
            "c",
            "The Last",
            "2023-11-30",
            Stance::Disputes,
            "the ferries stop",
        )
        .person("Bo Lind", "denied"),
    );
    Network::of_trace(&assemble(&facts("c", tellings)))
}

#[test]
fn forty_outlets_are_shown_as_sixteen_at_most_and_the_rest_is_counted() {
    let network = many(40, "official", 1);
    let shown = condense(&network, &Limits::READABLE);
    let starts: Vec<_> = shown.nodes.values().filter(|node| is_start(node)).collect();
    assert!(starts.len() <= Limits::READABLE.starts, "{}", starts.len());
    let named = starts.iter().filter(|node| !node.rest).count();
    let hidden: usize = starts
        .iter()
        .filter(|node| node.rest)
        .map(|node| node.note.as_deref().map_or(0, |note| note.lines().count()))
        .sum();
    assert_eq!(named + hidden, 41);
    assert!(
        starts.iter().any(|node| node.label == "The Last"),
        "who disputes stays"
    );
    let sources = (shown.nodes.values()).find(|node| node.label.contains("more sources"));
    assert!(sources.is_some(), "forty officials are too many");
    let shown = condense(&many(40, "an official", 40), &Limits::READABLE);
    let joined = (shown.nodes.values())
        .find(|node| node.label == "an official 0 (in 40 articles, perhaps not one person)");
    assert!(joined.is_some_and(|node| {
        node.note
            .as_deref()
            .is_some_and(|note| note.contains("Outlet 7"))
    }));
}

#[test]
fn a_picture_with_everything_loses_nobody() {
    let network = many(40, "official", 1);
    let shown = condense(&network, &Limits::NONE);
    assert_eq!(shown.nodes.len(), network.nodes.len());
}

#[test]
fn no_edge_leads_to_what_is_not_shown() {
    for network in [
        many(40, "official", 1),
        Network::of_trace(&assemble(&harbour())),
    ] {
        let tight = Limits {
            starts: 2,
            sources: 2,
            claims: 1,
            columns: 2,
        };
        for limits in [Limits::READABLE, Limits::NONE, tight] {
            let shown = condense(&network, &limits);
            for edge in &shown.edges {
                assert!(shown.nodes.contains_key(&edge.from), "{edge:?}");
                assert!(shown.nodes.contains_key(&edge.to), "{edge:?}");
                assert_ne!(edge.from, edge.to);
            }
        }
    }
}

#[test]
fn days_share_columns_when_there_are_too_many_and_stay_in_order() {
    let network = many(20, "official", 1);
    let columns = columns(&network, 4);
    assert_eq!(columns.len(), 4);
    let days: Vec<_> = columns.iter().filter_map(|column| column.days).collect();
    assert!(
        days.windows(2).all(|pair| pair[0].1 < pair[1].0),
        "{days:?}"
    );
    // The last day stands alone, the others are near one another.
    assert_eq!(columns[3].label(), "2023-11-30");
    let held: usize = columns.iter().map(|column| column.keys.len()).sum();
    assert_eq!(held, 21);
}

#[test]
fn sources_of_one_name_are_told_apart_and_edges_are_joined() {
    let shown = condense(&many(2, "an official", 2), &Limits::READABLE);
    let labels: Vec<&str> = shown
        .nodes
        .values()
        .map(|node| node.label.as_str())
        .collect();
    assert!(
        labels.contains(&"an official 0 (in Outlet 0)"),
        "{labels:?}"
    );
    let carried = shown
        .edges
        .iter()
        .filter(|edge| edge.kind == EdgeKind::Carries);
    assert_eq!(carried.count(), 3);
}
