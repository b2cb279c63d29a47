//! GraphML and GEXF 1.3: one typed table of attributes, two spellings.

use std::{collections::BTreeMap, io};

use jiff::civil::Date;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::network::{Edge, Network, Node};

/// Type of an attribute, as both formats name it.
type Type = &'static str;

const NODE_ATTRIBUTES: [(&str, Type); 4] = [
    ("kind", "string"),
    ("date", "string"),
    ("url", "string"),
    ("note", "string"),
];

const EDGE_ATTRIBUTES: [(&str, Type); 9] = [
    ("kind", "string"),
    ("stance", "string"),
    ("depth", "long"),
    ("date", "string"),
    ("quote", "string"),
    ("path", "string"),
    ("sha", "string"),
    ("start", "long"),
    ("end", "long"),
];

fn node_values(node: &Node) -> [Option<String>; 4] {
    [
        Some(node.kind.as_str().to_owned()),
        node.dates.iter().flatten().next().map(ToString::to_string),
        node.url.clone(),
        node.note.clone(),
    ]
}

fn edge_values(edge: &Edge) -> [Option<String>; 9] {
    let place = edge.places.first();
    [
        Some(edge.kind.as_str().to_owned()),
        edge.stance.map(|stance| stance.as_str().to_owned()),
        edge.stance.map(|_| edge.depth.to_string()),
        place
            .and_then(|place| place.date)
            .map(|date| date.to_string()),
        place.map(|place| place.quote.clone()),
        place.map(|place| place.path.clone()),
        place.map(|place| place.sha.clone()),
        place.map(|place| place.start.to_string()),
        place.map(|place| place.end.to_string()),
    ]
}

/// Writes GraphML, one edge for each link of each mention.
pub(super) fn write_graphml(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let mut xml = Xml::start(out)?;
    xml.open(
        "graphml",
        &[("xmlns", "http://graphml.graphdrawing.org/xmlns")],
    )?;
    xml.key("node", "label", "string")?;
    xml.key("edge", "label", "string")?;
    for (name, kind) in NODE_ATTRIBUTES {
        xml.key("node", name, kind)?;
    }
    for (name, kind) in EDGE_ATTRIBUTES {
        xml.key("edge", name, kind)?;
    }
    xml.open(
        "graph",
        &[("id", "claimgraph"), ("edgedefault", "directed")],
    )?;
    for (key, node) in &network.nodes {
        xml.open("node", &[("id", key)])?;
        xml.text("data", &[("key", "node-label")], &node.label)?;
        for ((name, _), value) in NODE_ATTRIBUTES.iter().zip(node_values(node)) {
            if let Some(value) = value {
                xml.text("data", &[("key", &format!("node-{name}"))], &value)?;
            }
        }
        xml.close("node")?;
    }
    for (number, edge) in network.edges.iter().enumerate() {
        let id = format!("e{number}");
        xml.open(
            "edge",
            &[("id", &id), ("source", &edge.from), ("target", &edge.to)],
        )?;
        xml.text("data", &[("key", "edge-label")], &edge.label)?;
        for ((name, _), value) in EDGE_ATTRIBUTES.iter().zip(edge_values(edge)) {
            if let Some(value) = value {
                xml.text("data", &[("key", &format!("edge-{name}"))], &value)?;
            }
        }
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

fn first_day(edge: &Edge) -> Option<Date> {
    edge.places.iter().filter_map(|place| place.date).min()
}

/// Returns the day on which each node first occurs in an edge.
fn first_days(network: &Network) -> BTreeMap<&String, Date> {
    let mut days = BTreeMap::new();
    for edge in &network.edges {
        for end in [&edge.from, &edge.to] {
            if let Some(day) = first_day(edge) {
                let known = days.entry(end).or_insert(day);
                *known = day.min(*known);
            }
        }
    }
    days
}

/// Writes GEXF 1.3, one edge for each link of each mention; nodes and edges are there from the day
/// of the first article that has them.
pub(super) fn write_gexf(network: &Network, out: &mut dyn io::Write) -> io::Result<()> {
    let mut xml = Xml::start(out)?;
    xml.open(
        "gexf",
        &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")],
    )?;
    xml.open(
        "graph",
        &[
            ("defaultedgetype", "directed"),
            ("mode", "dynamic"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ],
    )?;
    let seen = first_days(network);
    xml.attributes("node", &NODE_ATTRIBUTES)?;
    xml.attributes("edge", &EDGE_ATTRIBUTES)?;
    xml.open("nodes", &[])?;
    for (key, node) in &network.nodes {
        let start = (node.dates.iter().flatten().min().copied()).or(seen.get(key).copied());
        let start = start.map(|day| day.to_string());
        let mut attributes = vec![("id", key.as_str()), ("label", node.label.as_str())];
        attributes.extend(start.as_deref().map(|day| ("start", day)));
        xml.open("node", &attributes)?;
        xml.values(&NODE_ATTRIBUTES, &node_values(node))?;
        xml.close("node")?;
    }
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    for (number, edge) in network.edges.iter().enumerate() {
        let attributes = [
            ("id", number.to_string()),
            ("source", edge.from.clone()),
            ("target", edge.to.clone()),
            ("label", edge.label.clone()),
        ];
        let start = first_day(edge).map(|day| day.to_string());
        let mut attributes: Vec<(&str, &str)> = attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        attributes.extend(start.as_deref().map(|day| ("start", day)));
        xml.open("edge", &attributes)?;
        xml.values(&EDGE_ATTRIBUTES, &edge_values(edge))?;
        xml.close("edge")?;
    }
    for name in ["edges", "graph", "gexf"] {
        xml.close(name)?;
    }
    xml.finish()
}

struct Xml<'a>(Writer<&'a mut dyn io::Write>);

impl<'a> Xml<'a> {
    fn start(out: &'a mut dyn io::Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
        let mut element = BytesStart::new(name);
        for (name, value) in attributes {
            element.push_attribute((*name, legal(value).as_str()));
        }
        element
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0
            .write_event(Event::Start(Self::element(name, attributes)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0
            .write_event(Event::Empty(Self::element(name, attributes)))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0
            .write_event(Event::Text(BytesText::new(&legal(text))))?;
        self.close(name)
    }

    fn key(&mut self, of: &str, name: &str, kind: Type) -> io::Result<()> {
        let id = format!("{of}-{name}");
        let attributes = [
            ("id", id.as_str()),
            ("for", of),
            ("attr.name", name),
            ("attr.type", kind),
        ];
        self.empty("key", &attributes)
    }

    fn attributes(&mut self, of: &str, attributes: &[(&str, Type)]) -> io::Result<()> {
        self.open("attributes", &[("class", of)])?;
        for (name, kind) in attributes {
            self.empty(
                "attribute",
                &[("id", name), ("title", name), ("type", kind)],
            )?;
        }
        self.close("attributes")
    }

    fn values(&mut self, names: &[(&str, Type)], values: &[Option<String>]) -> io::Result<()> {
        self.open("attvalues", &[])?;
        for ((name, _), value) in names.iter().zip(values) {
            if let Some(value) = value {
                self.empty("attvalue", &[("for", name), ("value", value)])?;
            }
        }
        self.close("attvalues")
    }

    fn finish(self) -> io::Result<()> {
        writeln!(self.0.into_inner())
    }
}

/// Replaces the characters that XML 1.0 forbids by U+FFFD.
fn legal(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' | '\n' | '\r' => character,
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::{write_gexf, write_graphml};
    use crate::{
        export::network::Network,
        mention::Stance,
        trace::{
            assemble,
            story::{facts, harbour, tell},
        },
    };

    fn graphml(network: &Network) -> String {
        let mut out = Vec::new();
        write_graphml(network, &mut out).expect("a Vec takes everything");
        String::from_utf8(out).expect("XML is UTF-8")
    }

    #[test]
    fn graphml_holds_every_mention_with_its_bytes() {
        let records = harbour().records;
        let text = graphml(&Network::of_records(
            &records,
            &[],
            &std::collections::BTreeMap::new(),
        ));
        let document = Document::parse(&text).expect("well-formed");
        let count = |name| {
            document
                .descendants()
                .filter(|n| n.has_tag_name(name))
                .count()
        };
        let links: usize = records
            .iter()
            .map(|record| record.mention.chain.len())
            .sum();
        // Three known outlets publish one article each.
        assert_eq!(count("edge"), links + 3);
        let starts: Vec<&str> = document
            .descendants()
            .filter(|node| node.attribute("key") == Some("edge-start"))
            .filter_map(|node| node.text())
            .collect();
        assert_eq!((starts.len(), starts[0]), (links, "100"));
        let key = document
            .descendants()
            .find(|node| node.attribute("id") == Some("edge-start"))
            .and_then(|node| node.attribute("attr.type"));
        assert_eq!(key, Some("long"));
    }

    #[test]
    fn every_edge_joins_nodes_that_are_there() {
        let text = graphml(&Network::of_trace(&assemble(&harbour())));
        let document = Document::parse(&text).expect("well-formed");
        let ids: Vec<&str> = document
            .descendants()
            .filter(|node| node.has_tag_name("node"))
            .filter_map(|node| node.attribute("id"))
            .collect();
        for edge in document
            .descendants()
            .filter(|node| node.has_tag_name("edge"))
        {
            for end in ["source", "target"] {
                assert!(edge.attribute(end).is_some_and(|id| ids.contains(&id)));
            }
        }
    }

    #[test]
    fn gexf_is_well_formed() {
        let mut out = Vec::new();
        write_gexf(&Network::of_trace(&assemble(&harbour())), &mut out)
            .expect("a Vec takes everything");
        let text = String::from_utf8(out).expect("XML is UTF-8");
        let document = Document::parse(&text).expect("well-formed");
        assert!(
            document
                .descendants()
                .any(|node| node.attribute("label") == Some("Ada Holm"))
        );
    }

    proptest! {
        #[test]
        fn any_words_read_back(words in "[^\\x00-\\x1F\\x7F-\\x9F\\u{FFFE}\\u{FFFF}]{1,40}") {
            let story = facts("c", vec![tell("c", "Alpha", "", Stance::Reports, &words)]);
            let text = graphml(&Network::of_trace(&assemble(&story)));
            let document = Document::parse(&text).expect("well-formed");
            let quote = document
                .descendants()
                .find(|node| node.attribute("key") == Some("edge-quote"))
                .and_then(|node| node.text());
            prop_assert_eq!(quote, Some(words.as_str()));
        }

        #[test]
        fn control_characters_do_not_break_the_file(words in any::<String>()) {
            let story = facts(&words, vec![tell(&words, &words, "", Stance::Reports, &words)]);
            let text = graphml(&Network::of_trace(&assemble(&story)));
            prop_assert!(Document::parse(&text).is_ok());
        }
    }
}
