//! A Mermaid flowchart, for documents that draw it: the same picture as for Graphviz.
//!
//! Everything an article says is escaped; it cannot become a directive.

use std::{collections::BTreeMap, fmt::Write as _, io};

use super::{
    columns::columns,
    condense::{Limits, condense},
    network::{Edge, EdgeKind, Network, Node, NodeKind},
};
use crate::{
    claim::RelationKind,
    mention::{AgentKind, Stance},
};

/// Longer labels are cut.
const LONGEST: usize = 120;

/// Writes what a reader takes in of a network.
pub(super) fn write(network: &Network, title: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let network = condense(network, &Limits::READABLE);
    let names: BTreeMap<&str, String> = (network.nodes.keys().enumerate())
        .map(|(number, key)| (key.as_str(), format!("n{number}")))
        .collect();
    if !title.is_empty() {
        writeln!(
            out,
            "%% {}",
            title.split_whitespace().collect::<Vec<_>>().join(" ")
        )?;
    }
    writeln!(out, "flowchart RL")?;
    let columns = columns(&network, Limits::READABLE.columns);
    for (number, column) in columns.iter().enumerate() {
        writeln!(out, "  subgraph d{number}[\"{}\"]", text(&column.label()))?;
        for key in &column.keys {
            writeln!(
                out,
                "    {}{}",
                names[key.as_str()],
                shape(&network.nodes[key])
            )?;
        }
        writeln!(out, "  end")?;
    }
    let in_time = |key: &String| columns.iter().any(|column| column.keys.contains(key));
    for (key, node) in network.nodes.iter().filter(|(key, _)| !in_time(key)) {
        writeln!(out, "  {}{}", names[key.as_str()], shape(node))?;
    }
    for edge in &network.edges {
        let (from, to) = (&names[edge.from.as_str()], &names[edge.to.as_str()]);
        writeln!(out, "  {from} {} {to}", arrow(edge))?;
    }
    // Days in their order; these lines are not drawn and come behind those that have a style.
    for number in 1..columns.len() {
        writeln!(out, "  d{number} ~~~ d{}", number - 1)?;
    }
    for (number, edge) in network.edges.iter().enumerate() {
        let colour = match edge.stance {
            Some(stance) if stance.disputes() => "#D55E00",
            Some(Stance::Hedges) => "#B87A00",
            Some(Stance::Discusses) => "#5B6B7B",
            Some(_) => "#0072B2",
            None if edge.kind == EdgeKind::Relates(RelationKind::Contradicts) => "#D55E00",
            None => "#5B6B7B",
        };
        writeln!(out, "  linkStyle {number} stroke:{colour},color:{colour}")?;
    }
    for (key, node) in &network.nodes {
        let url = node
            .url
            .as_deref()
            .and_then(|url| url::Url::parse(url).ok());
        if let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https")) {
            // What Mermaid would read as the end of the address is not in a normal form.
            let url = url.as_str().replace('"', "%22").replace('\'', "%27");
            writeln!(out, "  click {} href \"{url}\"", names[key.as_str()])?;
        }
    }
    for (class, style) in [
        (
            "focus",
            "fill:#FFE98A,stroke:#8A6D00,stroke-width:3px,color:#1A1A1A",
        ),
        ("claim", "fill:#FFF6CF,stroke:#8A6D00,color:#1A1A1A"),
        (
            "outlet",
            "fill:#DCEBF7,stroke:#0072B2,stroke-width:2px,color:#1A1A1A",
        ),
        ("speaker", "fill:#F1F8F5,stroke:#00775A,color:#1A1A1A"),
        (
            "unnamed",
            "fill:#FFFFFF,stroke:#5B6B7B,stroke-dasharray:4,color:#1A1A1A",
        ),
        ("event", "fill:#F6E3EF,stroke:#A5578A,color:#1A1A1A"),
    ] {
        writeln!(out, "  classDef {class} {style}")?;
    }
    Ok(())
}

fn shape(node: &Node) -> String {
    let mut label = String::new();
    if let Some(outlet) = &node.outlet {
        let _ = write!(label, "{}<br/>", text(outlet));
    }
    label.push_str(&text(&node.label));
    if let Some(day) = node.dates.iter().flatten().min().filter(|_| !node.rest) {
        let _ = write!(label, "<br/>{day}");
    }
    let (open, close, class) = match node.kind {
        _ if node.rest => ("[[", "]]", "unnamed"),
        NodeKind::Claim if node.focus => ("(", ")", "focus"),
        NodeKind::Claim => ("(", ")", "claim"),
        NodeKind::Event => ("{{", "}}", "event"),
        NodeKind::Article | NodeKind::Agent(AgentKind::Outlet) => ("[", "]", "outlet"),
        NodeKind::Agent(AgentKind::Document) => ("[/", "/]", "unnamed"),
        NodeKind::Agent(AgentKind::Unnamed) => ("([", "])", "unnamed"),
        NodeKind::Agent(_) => ("([", "])", "speaker"),
    };
    format!("{open}\"{label}\"{close}:::{class}")
}

fn arrow(edge: &Edge) -> String {
    let (line, head) = match (edge.kind, edge.stance) {
        (EdgeKind::Relates(RelationKind::Contradicts), _) => ("<-- ", " -->"),
        (EdgeKind::Relates(_) | EdgeKind::About, _) => ("-. ", " .->"),
        (_, Some(stance)) if stance.disputes() => ("== ", " ==>"),
        (EdgeKind::Attributes, _) | (_, Some(Stance::Hedges)) => ("-. ", " .->"),
        _ => ("-- ", " -->"),
    };
    let mut words = match edge.kind {
        EdgeKind::Relates(kind) => EdgeKind::Relates(kind).as_str().to_owned(),
        EdgeKind::Publishes | EdgeKind::About => edge.kind.as_str().to_owned(),
        EdgeKind::Carries | EdgeKind::Attributes => edge.label.clone(),
    };
    if edge.places.len() > 1 && edge.stance.is_some() {
        let _ = write!(words, " ×{}", edge.places.len());
    }
    match text(words.trim()) {
        words if words.is_empty() => format!("{}{}", line.trim_end(), head.trim_start()),
        words => format!("{line}\"{words}\"{head}"),
    }
}

/// Escapes text as Mermaid's entities; on one line.
fn text(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        if at == LONGEST {
            escaped.push('…');
            break;
        }
        let plain = character.is_alphanumeric() || " .,:!?()/–—’‘“”…×%$€£+-".contains(character);
        if plain {
            escaped.push(character);
        } else if !character.is_control() {
            let _ = write!(escaped, "#{};", u32::from(character));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{text, write};
    use crate::{
        export::network::Network,
        mention::Stance,
        trace::{
            assemble,
            story::{facts, harbour, tell},
        },
    };

    fn mermaid(network: &Network) -> String {
        let mut out = Vec::new();
        write(network, "counts", &mut out).expect("a Vec takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_story_is_a_flowchart_in_columns_of_days() {
        let chart = mermaid(&Network::of_trace(&assemble(&harbour())));
        assert!(chart.starts_with("%% counts\nflowchart RL\n"), "{chart}");
        for part in [
            "[\"2023-10-02\"]",
            "(\"Up to 40 ferries will stop running before the winter\"):::focus",
            "([\"Ada Holm\"]):::speaker",
            "== \"disputes\" ==>",
            "click n",
        ] {
            assert!(chart.contains(part), "{part} is missing in {chart}");
        }
    }

    proptest! {
        #[test]
        fn words_of_an_article_stay_inside_their_quotes(words in any::<String>()) {
            let steering = ['"', '<', '>', '`', '\n', '[', ']', '{', '}', '|'];
            prop_assert!(!text(&words).contains(steering));
            let story = facts(&words, vec![tell(&words, &words, "2023-01-02", Stance::Reports, &words)]);
            let chart = mermaid(&Network::of_trace(&assemble(&story)));
            for line in chart.lines() {
                prop_assert!(line.matches('"').count() % 2 == 0, "{}", line);
            }
        }
    }
}
