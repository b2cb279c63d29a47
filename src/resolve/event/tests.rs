//! Events in sentences of our own.

use jiff::civil::date;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;
use crate::mention::Layer;

const NAMES: [(&str, &str); 4] = [
    ("Ana Ruiz", "ana-ruiz"),
    ("Ruiz", "ana-ruiz"),
    ("Tom Berg", "tom-berg"),
    ("Berg", "tom-berg"),
];

fn sentences(text: &str) -> Vec<Sentence> {
    text.split_sentence_bound_indices()
        .map(|(start, words)| Sentence {
            span: Span::new(start, start + words.len()).trim(text),
            layer: Layer::Body,
            block: 0,
            tokens: Vec::new(),
        })
        .collect()
}

fn agents(text: &str) -> Vec<(Span, AgentId)> {
    let mut agents: Vec<(Span, AgentId)> = Vec::new();
    for (name, id) in NAMES {
        for (start, words) in text.match_indices(name) {
            let span = Span::new(start, start + words.len());
            if agents.iter().all(|(held, _)| !held.overlaps(span)) {
                agents.push((span, AgentId::from_local(id)));
            }
        }
    }
    agents.sort();
    agents
}

fn find(text: &str, published: Option<Date>) -> Vec<FoundEvent> {
    let snapshot = SnapshotId::of(text);
    let context = EventContext {
        text,
        snapshot: &snapshot,
        sentences: &sentences(text),
        published,
        agents: &agents(text),
    };
    events(&context, Lexicon::shipped())
}

fn ids(found: &[FoundEvent]) -> Vec<&str> {
    found.iter().map(|found| found.event.id.as_str()).collect()
}

const MONDAY: Date = date(2024, 3, 11);

#[test]
fn later_mentions_join_the_event_that_was_introduced() {
    let text = "Ana Ruiz and Tom Berg held a video conference on Friday. The call was short, \
                Berg said on Sunday. During the conversation Ruiz smiled.";
    let found = find(text, Some(MONDAY));
    assert_eq!(ids(&found), ["video-call-2024-03-08-ana-ruiz-tom-berg"]);
    let anchors: Vec<&str> = found[0].anchors.iter().map(|span| span.of(text)).collect();
    assert_eq!(
        anchors,
        ["a video conference", "The call", "the conversation"]
    );
    assert_eq!(found[0].event.label, "Ruiz–Berg video call, 8 March 2024");
}

#[test]
fn two_articles_name_one_dated_event_alike() {
    let one = find(
        "Tom Berg met Ana Ruiz for a virtual summit on Friday.",
        Some(MONDAY),
    );
    let other = find(
        "The video call between Berg and Ruiz on March 8, 2024 lasted long.",
        Some(date(2024, 5, 1)),
    );
    assert!(
        ids(&one).contains(&"video-call-2024-03-08-ana-ruiz-tom-berg"),
        "{one:?}"
    );
    assert_eq!(ids(&other), ["video-call-2024-03-08-ana-ruiz-tom-berg"]);
}

#[test]
fn undated_event_stays_inside_its_snapshot() {
    let text = "On Saturday evening Ana Ruiz and Tom Berg had a telephone conversation.";
    let found = find(text, None);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].event.date, None);
    let scope = SnapshotId::of(text);
    assert!(found[0].event.id.as_str().contains(scope.short()));
}

#[test]
fn day_of_a_report_is_not_the_day_of_the_event() {
    let found = find(
        "The video call between Ruiz and Berg went well, an aide said on Sunday.",
        Some(MONDAY),
    );
    assert_eq!(found[0].event.date, None);
}

#[test]
fn the_two_leaders_are_the_two_most_named() {
    let text = "Ana Ruiz is in Oslo. Tom Berg is at home. Berg waits for Ruiz. \
                The two leaders held a video call on Friday.";
    assert_eq!(
        ids(&find(text, Some(MONDAY))),
        ["video-call-2024-03-08-ana-ruiz-tom-berg"]
    );
}

#[test]
fn an_alleged_attack_is_called_so() {
    let found = find(
        "He spoke of a purported invasion of Norland, and the invasion never came.",
        None,
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].event.label, "alleged attack, Norland");
    assert_eq!(found[0].anchors.len(), 2);
}

#[test]
fn verbs_name_events_with_their_day() {
    for (text, id) in [
        (
            "Ana Ruiz spoke with Tom Berg by telephone on Friday.",
            "telephone-call-2024-03-08-ana-ruiz-tom-berg",
        ),
        (
            "Ana Ruiz phoned Tom Berg on Friday.",
            "telephone-call-2024-03-08-ana-ruiz-tom-berg",
        ),
        (
            "Ana Ruiz discussed the tankers with Tom Berg on the phone on Friday.",
            "telephone-call-2024-03-08-ana-ruiz-tom-berg",
        ),
        (
            "Ana Ruiz and Tom Berg spoke by video link on Friday.",
            "video-call-2024-03-08-ana-ruiz-tom-berg",
        ),
        (
            "A train crashed into a lorry near Oslo on Friday.",
            "crash-2024-03-08-oslo",
        ),
        (
            "Tom Berg told a press conference on Friday that all was well.",
            "press-conference-2024-03-08-tom-berg",
        ),
    ] {
        assert_eq!(ids(&find(text, Some(MONDAY))), [id], "{text}");
    }
}

#[test]
fn what_did_not_happen_is_no_event() {
    for text in [
        "Ana Ruiz never phoned Tom Berg on Friday.",
        "Ana Ruiz would not have resigned on Friday.",
        "If the train crashed on Friday, nobody saw it.",
    ] {
        assert_eq!(find(text, Some(MONDAY)), [], "{text}");
    }
}

#[test]
fn a_day_is_counted_from_the_day_that_was_named_last() {
    let text = "Ana Ruiz phoned Tom Berg on 6 March 2024. Two days later the two leaders, \
                Ana Ruiz and Tom Berg, held a video call.";
    assert_eq!(
        ids(&find(text, None)),
        [
            "telephone-call-2024-03-06-ana-ruiz-tom-berg",
            "video-call-2024-03-08-ana-ruiz-tom-berg",
        ]
    );
}

#[test]
fn what_nobody_would_name_is_no_event() {
    for text in [
        "They call for calm and talk to no one.",
        "No meeting took place.",
        "The call centre is closed.",
        "He held a meeting.",
    ] {
        assert_eq!(find(text, Some(MONDAY)), [], "{text}");
    }
}

#[test]
fn long_articles_stay_cheap() {
    for unit in [
        "a video call ",
        "\"",
        "the Ruiz call with Berg on Friday. ",
        "met ",
        "two leaders held talks with Ruiz ",
    ] {
        find(&unit.repeat(2_000), Some(MONDAY));
    }
}

proptest! {
    #[test]
    fn anchors_slice_and_ids_are_sorted(
        text in "([a-zé ’.,“-]{0,4}|Ruiz |Berg |held |a |the |video |call |talks |with |between |on Friday|invasion of |Oslo|[0-9]{1,4}){0,24}"
    ) {
        let found = find(&text, Some(MONDAY));
        prop_assert!(ids(&found).is_sorted());
        for event in found {
            prop_assert!(!event.anchors.is_empty());
            prop_assert!(event.anchors.iter().all(|span| span.slice(&text).is_some_and(|words| !words.is_empty())));
            prop_assert_eq!(event.event.evidence.span().of(&text), event.event.evidence.text);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        find(&text, None);
    }
}
