//! DOT files are what Graphviz takes and say what they should.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use proptest::prelude::*;

use super::{DotProfile, escape, label, write};
use crate::{
    claim::{Relation, RelationKind},
    export::network::Network,
    id::ClaimId,
    trace::{
        assemble,
        story::{facts, harbour, tell},
    },
};

fn dot(network: &Network, profile: DotProfile) -> String {
    let mut out = Vec::new();
    write(network, profile, "a \"title\" & more", &mut out).expect("a Vec takes everything");
    String::from_utf8(out).expect("DOT is UTF-8")
}

fn harbour_network() -> Network {
    Network::of_trace(&assemble(&harbour()))
}

fn whole_network() -> Network {
    let story = harbour();
    let mut records = story.records.clone();
    for opposition in &story.oppositions {
        records.extend(opposition.records.iter().cloned());
    }
    let relations = [(
        ClaimId::from_local("all"),
        Relation {
            to: ClaimId::from_local("stop"),
            kind: RelationKind::Contradicts,
            why: "by hand".to_owned(),
            score: 1.0,
        },
    )];
    Network::of_records(&records, &relations, &std::collections::BTreeMap::new())
}

/// Undoes what Graphviz undoes: the lexer's `\"`, then escString and entities.
fn unescape(escaped: &str) -> String {
    let mut text = String::new();
    let mut characters = escaped.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => panic!("a lone backslash at the end"),
            },
            '"' => panic!("an open quotation mark"),
            other => text.push(other),
        }
    }
    text.replace("&amp;", "&")
}

proptest! {
    #[test]
    fn escaped_text_reads_back(text in "(\\PC|\\n|\"|\\\\|&amp;|&){0,60}") {
        prop_assert_eq!(unescape(&escape(&text)), text);
    }

    #[test]
    fn labels_never_panic_and_stay_inside_their_quotes(text in "\\PC{0,400}", width in 0_usize..40) {
        unescape(&label(&text, width));
    }
}

/// Runs Graphviz, unless the environment says that it is not there.
fn graphviz(dot: &str) {
    if std::env::var_os("CLAIMGRAPH_WITHOUT_GRAPHVIZ").is_some() {
        return;
    }
    let child = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        assert!(
            std::env::var_os("CLAIMGRAPH_GRAPHVIZ").is_none(),
            "CLAIMGRAPH_GRAPHVIZ is set, but `dot` cannot be run"
        );
        return;
    };
    child
        .stdin
        .take()
        .expect("stdin is piped")
        .write_all(dot.as_bytes())
        .expect("dot reads its input");
    let output = child.wait_with_output().expect("dot ends");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert!(!messages.contains("Error"), "{messages}");
}

#[test]
fn graphviz_takes_every_profile() {
    for network in [harbour_network(), whole_network(), Network::default()] {
        graphviz(&dot(&network, DotProfile::Rich));
        graphviz(&dot(&network, DotProfile::Gephi));
    }
}

#[test]
fn graphviz_takes_hostile_words() {
    let hostile = "a \"b\\\" ]; }\n<b>&lt;\u{0}\u{7} -> \\N \\";
    let story = facts(
        hostile,
        vec![
            tell(
                hostile,
                hostile,
                "2023-01-02",
                crate::mention::Stance::Reports,
                hostile,
            )
            .person(hostile, hostile)
            .headline(hostile, "javascript:alert(1)"),
        ],
    );
    let text = dot(&Network::of_trace(&assemble(&story)), DotProfile::Rich);
    assert!(!text.contains("URL="), "only web addresses are links");
    graphviz(&text);
}

#[test]
fn stance_is_told_by_colour_and_line() {
    let text = dot(&harbour_network(), DotProfile::Rich);
    for sign in [
        "#D55E00",
        "style=bold",
        "style=dashed",
        "style=dotted",
        "rank=same",
    ] {
        assert!(text.contains(sign), "{sign} is missing in {text}");
    }
    assert!(
        text.contains("articles/coast-wire-2023-10-02.txt:100-145"),
        "{text}"
    );
    assert!(text.contains("URL=\"https://coast.example/ferries?id=1&amp;x=\\\"2\\\"\""));
}

#[test]
fn output_is_the_same_every_time() {
    assert_eq!(
        dot(&harbour_network(), DotProfile::Rich),
        dot(&harbour_network(), DotProfile::Rich)
    );
}

#[test]
fn the_gephi_profile_has_nothing_that_gephi_stumbles_over() {
    let text = dot(&whole_network(), DotProfile::Gephi);
    for line in text.lines().skip(1).filter(|line| *line != "}") {
        assert!(line.starts_with('"') && line.ends_with("];"), "{line}");
        assert!(!line.contains("] ["), "{line}");
    }
    assert!(text.contains("\" -> \"") && !text.contains('#'));
}
