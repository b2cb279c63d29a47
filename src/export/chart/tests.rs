//! A chart is SVG that a parser takes, with every node in a place of its own.

use std::collections::BTreeMap;

use proptest::prelude::*;
use roxmltree::Document;

use super::{LIMITS, columns, condense, draw, layout, measure};
use crate::{
    export::network::Network,
    mention::Stance,
    trace::{
        assemble,
        story::{facts, harbour, tell},
    },
};

fn chart(network: &Network) -> String {
    draw(network, &BTreeMap::new())
}

#[test]
fn outlets_sources_and_claims_are_drawn_with_their_stance() {
    let svg = chart(&Network::of_trace(&assemble(&harbour())));
    let document = Document::parse(&svg).expect("well-formed");
    let texts: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.text())
        .collect();
    for words in [
        "Coast Wire",
        "Ada Holm",
        "2023-10-02",
        "published by, in time →",
    ] {
        assert!(
            texts.iter().any(|text| text.contains(words)),
            "{words} is missing: {svg}"
        );
    }
    let edges = |class: &str| {
        let classes = document
            .descendants()
            .filter_map(|node| node.attribute("class"));
        classes
            .filter(|found| found.contains("edge") && found.contains(class))
            .count()
    };
    assert!(
        edges("disputes") > 0 && edges("repeats") > 0 && edges("hedges") > 0,
        "{svg}"
    );
}

#[test]
fn later_outlets_stand_further_right_and_nothing_overlaps() {
    let network = condense(&Network::of_trace(&assemble(&harbour())), &LIMITS);
    let columns = columns(&network, 6);
    let cues = measure::cues(&network);
    let height = |key: &str| measure::measure(&network.nodes[key], cues.get(key)).height;
    let layout = layout::layout(&network, &columns, &height);
    assert_eq!(layout.nodes.len(), network.nodes.len());
    for (one, (layer, y)) in &layout.nodes {
        for (other, (beside, below)) in &layout.nodes {
            let least = f64::midpoint(height(one), height(other));
            let apart = one == other || layer != beside || (y - below).abs() >= least;
            assert!(apart, "{one} and {other} overlap");
        }
    }
    let svg = chart(&network);
    let document = Document::parse(&svg).expect("well-formed");
    let x = |label: &str| -> f64 {
        let node = document
            .descendants()
            .find(|node| node.has_tag_name("text") && node.text() == Some(label));
        let x = node.and_then(|node| node.attribute("x")).expect("a place");
        x.parse().expect("a number")
    };
    assert!(x("Coast Wire") < x("Island Post"));
    assert!(x("Island Post") < x("Harbour Radio"));
    assert!(x("Ada Holm") < x("Coast Wire"));
}

#[test]
fn nothing_is_drawn_without_trouble() {
    Document::parse(&chart(&Network::default())).expect("well-formed");
}

proptest! {
    #[test]
    fn words_of_an_article_stay_words(words in any::<String>()) {
        let story = facts(&words, vec![
            tell(&words, &words, "2023-01-02", Stance::Reports, &words).person(&words, &words),
            tell(&words, "Beta", "", Stance::Disputes, &words).cites(&words, &words),
        ]);
        let svg = chart(&Network::of_trace(&assemble(&story)));
        let document = Document::parse(&svg);
        prop_assert!(document.is_ok(), "{:?}", document.err());
        prop_assert!(!svg.contains("<script"));
    }
}
