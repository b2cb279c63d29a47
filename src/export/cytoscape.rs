//! JSON of Cytoscape and Cytoscape.js: every node and edge with its data.
//!
//! Its members are also those that networkx reads.

use std::io;

use serde_json::{Value, json};

use super::network::{Edge, Network, Node};

/// Writes a network, one edge for each link of each mention.
pub(super) fn write(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let nodes: Vec<Value> = (network.nodes.iter())
        .map(|(key, node)| json!({ "data": node_data(key, node) }))
        .collect();
    let edges: Vec<Value> = (network.edges.iter().enumerate())
        .map(|(number, edge)| json!({ "data": edge_data(number, edge) }))
        .collect();
    let document = json!({
        "format_version": "1.0",
        "target_cytoscapejs_version": "~3",
        "data": { "name": "claimgraph" },
        "directed": true,
        "multigraph": true,
        "elements": { "nodes": nodes, "edges": edges },
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn node_data(key: &str, node: &Node) -> Value {
    let dates: Vec<String> = node
        .dates
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    json!({
        "id": key,
        // Cytoscape shows the name, Cytoscape.js the label; networkx names a node by its value.
        "name": node.label,
        "label": node.label,
        "value": key,
        "kind": node.kind.as_str(),
        "date": dates.first(),
        "url": node.url,
        "note": node.note,
    })
}

fn edge_data(number: usize, edge: &Edge) -> Value {
    let place = edge.places.first();
    json!({
        "id": format!("e{number}"),
        // By which networkx tells edges between the same two nodes apart.
        "key": number,
        "source": edge.from,
        "target": edge.to,
        "label": edge.label,
        "interaction": edge.kind.as_str(),
        "kind": edge.kind.as_str(),
        "stance": edge.stance.map(|stance| stance.as_str()),
        "depth": edge.stance.map(|_| edge.depth),
        "date": place.and_then(|place| place.date).map(|date| date.to_string()),
        "quote": place.map(|place| &place.quote),
        "path": place.map(|place| &place.path),
        "url": place.and_then(|place| place.url.as_ref()),
        "sha": place.map(|place| &place.sha),
        "start": place.map(|place| place.start),
        "end": place.map(|place| place.end),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::{
        export::network::Network,
        trace::{assemble, story::harbour},
    };

    #[test]
    fn every_edge_joins_elements_that_are_there_and_keeps_its_bytes() {
        let mut out = Vec::new();
        super::write(&Network::of_trace(&assemble(&harbour())), &mut out)
            .expect("a Vec takes everything");
        let document: Value = serde_json::from_slice(&out).expect("JSON");
        let elements = |name: &str| {
            document["elements"][name]
                .as_array()
                .expect("a list")
                .clone()
        };
        let ids: Vec<Value> = elements("nodes")
            .iter()
            .map(|node| node["data"]["id"].clone())
            .collect();
        for edge in elements("edges") {
            assert!(ids.contains(&edge["data"]["source"]), "{edge}");
            assert!(ids.contains(&edge["data"]["target"]), "{edge}");
        }
        assert_eq!(elements("edges")[0]["data"]["start"], 100);
    }
}
