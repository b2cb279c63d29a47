//! Nodes and edges as two tables, with the column names that Gephi, Cytoscape and pandas expect.
//!
//! A cell that a spreadsheet would take for a formula is written with an apostrophe before it.

use std::io;

use super::network::Network;

const NODES: [&str; 7] = ["Id", "Label", "kind", "date", "url", "outlet", "note"];

const EDGES: [&str; 15] = [
    "Source", "Target", "Type", "Id", "Label", "Weight", "kind", "stance", "depth", "date",
    "quote", "path", "sha", "start", "end",
];

/// Writes the nodes.
pub(super) fn write_nodes(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(NODES)?;
    for (key, node) in &network.nodes {
        let date = node.dates.iter().flatten().next();
        table.write_record([
            key.clone(),
            safe(&node.label),
            node.kind.as_str().to_owned(),
            date.map(ToString::to_string).unwrap_or_default(),
            safe(node.url.as_deref().unwrap_or_default()),
            safe(node.outlet.as_deref().unwrap_or_default()),
            safe(node.note.as_deref().unwrap_or_default()),
        ])?;
    }
    table.flush()
}

/// Writes the edges, one for each link of each mention.
pub(super) fn write_edges(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(EDGES)?;
    for (number, edge) in network.edges.iter().enumerate() {
        let place = edge.places.first();
        let text = |value: Option<String>| value.unwrap_or_default();
        table.write_record([
            edge.from.clone(),
            edge.to.clone(),
            "Directed".to_owned(),
            format!("e{number}"),
            safe(&edge.label),
            "1".to_owned(),
            edge.kind.as_str().to_owned(),
            text(edge.stance.map(|stance| stance.as_str().to_owned())),
            text(edge.stance.map(|_| edge.depth.to_string())),
            text(
                place
                    .and_then(|place| place.date)
                    .map(|date| date.to_string()),
            ),
            safe(&text(place.map(|place| place.quote.clone()))),
            safe(&text(place.map(|place| place.path.clone()))),
            text(place.map(|place| place.sha.clone())),
            text(place.map(|place| place.start.to_string())),
            text(place.map(|place| place.end.to_string())),
        ])?;
    }
    table.flush()
}

/// Keeps a spreadsheet from running what an article says.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Network, safe, write_edges, write_nodes};
    use crate::trace::{assemble, story::harbour};

    #[test]
    fn every_edge_joins_nodes_of_the_other_table() {
        let network = Network::of_trace(&assemble(&harbour()));
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        write_nodes(&network, &mut nodes).expect("a Vec takes everything");
        write_edges(&network, &mut edges).expect("a Vec takes everything");
        let column = |table: &[u8], name: &str| -> Vec<String> {
            let mut table = csv::Reader::from_reader(table);
            let head = table.headers().expect("a head").clone();
            let place = head.iter().position(|head| head == name).expect("a column");
            let rows = table
                .records()
                .map(|row| row.expect("a row")[place].to_owned());
            rows.collect()
        };
        let ids: BTreeSet<String> = column(&nodes, "Id").into_iter().collect();
        for name in ["Source", "Target"] {
            let ends = column(&edges, name);
            assert!(
                ends.len() > 5 && ends.iter().all(|end| ids.contains(end)),
                "{ends:?}"
            );
        }
        assert_eq!(column(&edges, "start")[0], "100");
    }

    #[test]
    fn a_formula_is_not_run() {
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("1+1"), "1+1");
    }
}
