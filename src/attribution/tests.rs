//! Attribution on sentences of our own, and on text made to break it.

use proptest::prelude::*;

use super::*;
use crate::{
    article::{RawArticle, Snapshot},
    document::{Block, BlockKind, Document, Metadata},
    text,
};

/// Attributes each line of `body` as a paragraph.
fn found(body: &str) -> Vec<Attribution> {
    let raw = RawArticle {
        path: "test.txt".to_owned(),
        snapshot: Snapshot::new(body.to_owned()),
        encoding_format: "text/plain".to_owned(),
        raw_sha256: None,
        supplied: Vec::new(),
        text_span: Span::new(0, body.len()),
        provenance: None,
        page: Default::default(),
    };
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(body);
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block {
                span,
                kind: BlockKind::Body,
            });
        }
    }
    let document = Document {
        raw: &raw,
        blocks,
        metadata: Metadata::default(),
    };
    let lexicon = Lexicon::shipped();
    attribute(body, &text::segment(&document, lexicon), lexicon, None)
}

fn words(body: &str, span: Option<Span>) -> Option<String> {
    span.map(|span| span.of(body).to_owned())
}

/// Asserts that one attribution has this source and content.
#[track_caller]
fn check(body: &str, source: Option<&str>, content: &str) {
    let all = found(body);
    let hit = all.iter().any(|attribution| {
        words(body, attribution.source).as_deref() == source
            && attribution
                .content
                .iter()
                .map(|part| part.of(body))
                .collect::<Vec<_>>()
                .join(" … ")
                == content
    });
    let listing: Vec<_> = all
        .iter()
        .map(|a| {
            (
                words(body, a.source),
                a.content.iter().map(|p| p.of(body)).collect::<Vec<_>>(),
                a.rule,
            )
        })
        .collect();
    assert!(
        hit,
        "{body}\n wanted {source:?} / {content}\n found {listing:#?}"
    );
}

#[test]
fn every_example_of_the_cue_lexicon_holds() {
    for example in &Lexicon::shipped().cues.examples {
        check(&example.text, example.source.as_deref(), &example.content);
    }
}

#[test]
fn outer_speaker_behind_the_content_of_the_inner_one() {
    let body = "The prince told the envoy during their walk that the fleet was no danger to anyone, palace spokesman Ivo Lund said on Friday.";
    check(
        body,
        Some("The prince"),
        "the fleet was no danger to anyone",
    );
    let all = found(body);
    let inner = all
        .iter()
        .find(|a| words(body, a.source).as_deref() == Some("The prince"))
        .unwrap();
    let outer = &all[inner.outer.unwrap()];
    assert_eq!(
        words(body, outer.source).as_deref(),
        Some("palace spokesman Ivo Lund")
    );
}

#[test]
fn participle_inherits_the_source() {
    let body = "Ms Ode said the pipe was old, adding that repairs had been delayed.";
    check(body, Some("Ms Ode"), "the pipe was old");
    check(body, Some("Ms Ode"), "repairs had been delayed");
}

#[test]
fn document_seen_by_an_agency_is_two_hops() {
    let body =
        "The ferry had passed its inspection, according to a draft report seen by Coastal Wire.";
    let all = found(body);
    let inner = all
        .iter()
        .find(|a| words(body, a.source).as_deref() == Some("a draft report"))
        .unwrap();
    assert_eq!(
        words(body, all[inner.outer.unwrap()].source).as_deref(),
        Some("Coastal Wire")
    );
}

#[test]
fn quotation_over_two_sentences_is_one_content() {
    let body = "\"We counted the boats. Two were gone\", Lund explained.";
    check(body, Some("Lund"), "We counted the boats. Two were gone");
}

#[test]
fn quotation_without_cue_goes_on_with_its_speaker() {
    let body = "“The valve failed at noon,” Ms Ode said. “Nobody was told about it for hours.”";
    check(body, Some("Ms Ode"), "Nobody was told about it for hours.");
}

#[test]
fn brackets_behind_a_name_are_passed_over() {
    check(
        "Councillor Ines Dalby (Greens, Tarn) said the footbridge would open in May.",
        Some("Councillor Ines Dalby"),
        "the footbridge would open in May",
    );
}

#[test]
fn two_apostrophes_open_and_close_a_quotation() {
    check(
        "''The footbridge isn't safe,'' the engineer said.",
        Some("the engineer"),
        "The footbridge isn't safe",
    );
}

#[test]
fn words_that_only_look_like_cues_are_left_alone() {
    for body in [
        "The annual report is due in May.",
        "He has a strong claim to the title.",
        "She told jokes.",
        "The bus stops at every village on the way.",
    ] {
        assert!(found(body).is_empty(), "{body}: {:?}", found(body));
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_that_slice(
        body in "([A-Za-z]{1,9}|said|told|that|according to|claims|“|”|\"|'s|,|\\.|:| |\\n|é|Mr\\. X|, adding){0,60}"
    ) {
        for attribution in found(&body) {
            for span in attribution.content.iter().chain(&attribution.cue).chain(&attribution.source) {
                prop_assert!(span.slice(&body).is_some());
            }
        }
    }
}

#[test]
fn quoted_as_saying_is_two_hops() {
    for body in [
        "Harbour Radio quoted the mayor as saying that the quay would close in May.",
        "Soon the quay would close in May, Harbour Radio quoted the mayor as saying.",
    ] {
        let all = found(body);
        let inner = all
            .iter()
            .find(|a| words(body, a.source).as_deref() == Some("the mayor"))
            .unwrap();
        assert_eq!(
            words(body, all[inner.outer.unwrap()].source).as_deref(),
            Some("Harbour Radio")
        );
    }
}

#[test]
fn another_statement_in_contrast_is_not_part_of_the_first() {
    let body = "Keepers say the dam has nine cracks, though the ministry has said for years that it is sound.";
    check(body, Some("Keepers"), "the dam has nine cracks");
    check(body, Some("the ministry"), "it is sound");
}
