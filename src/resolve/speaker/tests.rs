//! Who speaks, on texts of our own.

use super::*;
use crate::{
    article::{RawArticle, Snapshot},
    attribution,
    document::{Block, BlockKind, Document, Metadata},
    mention::Analysis,
    resolve, text,
};

/// Analyses a body of one paragraph.
fn analysed(body: &str) -> Analysis {
    let span = Span::new(0, body.len());
    let raw = RawArticle {
        path: "test.txt".to_owned(),
        snapshot: Snapshot::new(body.to_owned()),
        encoding_format: "text/plain".to_owned(),
        raw_sha256: None,
        supplied: Vec::new(),
        text_span: span,
        provenance: None,
        page: Default::default(),
    };
    let document = Document {
        raw: &raw,
        blocks: vec![Block {
            span,
            kind: BlockKind::Body,
        }],
        metadata: Metadata::default(),
    };
    let lexicon = Lexicon::shipped();
    let text = text::segment(&document, lexicon);
    let attributions = attribution::attribute(body, &text, lexicon, None);
    resolve::resolve(&document, &text, &attributions, lexicon)
}

/// The chain of the last mention that somebody is said to have made, without the outlet.
fn last_chain(body: &str) -> Vec<String> {
    let analysis = analysed(body);
    let last = analysis
        .mentions
        .iter()
        .filter(|mention| mention.chain.len() > 1)
        .max_by_key(|mention| mention.content.start);
    last.map(|mention| {
        mention.chain[1..]
            .iter()
            .map(|link| link.source.clone())
            .collect()
    })
    .unwrap_or_default()
}

#[test]
fn a_description_leads_to_whom_the_article_calls_so() {
    for (body, speaker) in [
        (
            "Airline Birch Ltd grew, and Alder Bank shrank. The airline said it would hire pilots.",
            "Birch Ltd",
        ),
        (
            "Alder Bank lost money, and the Port Authority paid. The bank said no jobs would go.",
            "Alder Bank",
        ),
        (
            "The head of the choir, Ola Brandt, wept. The choir chief said the roof was leaking.",
            "Ola Brandt",
        ),
        (
            "Mayor Ann Lee met her rival, Tom Rask. He said that the vote would be close.",
            "Tom Rask",
        ),
        (
            "Dana Whit has run the yard since May. The manager said that two cranes were broken.",
            "Dana Whit",
        ),
        (
            "A nurse at the clinic said beds were short. The wards were full, she said. The nurse said nobody came.",
            "nurse at the clinic",
        ),
        (
            "Passengers waited for hours. They said that no bus had come.",
            "Passengers",
        ),
        (
            "Author Ida Moss thanked editor Jon Pell. The latter said the book was late.",
            "Jon Pell",
        ),
    ] {
        assert_eq!(last_chain(body), [speaker], "{body}");
    }
}

#[test]
fn in_doubt_a_description_stays_what_it_is() {
    for (body, speaker) in [
        (
            "Deputy mayor Ann Lee left early. The mayor said the bridge was safe.",
            "mayor",
        ),
        (
            "Spokesman Jon Pell was away. A spokesman said the shop would close.",
            "spokesman",
        ),
        (
            "Minister Ida Moss and Minister Jon Pell met. The minister said the law would pass.",
            "minister",
        ),
    ] {
        assert_eq!(last_chain(body), [speaker], "{body}");
    }
}

#[test]
fn whoever_is_told_passes_it_on_only_as_an_outlet() {
    for (body, chain) in [
        (
            "The agency Belmar broke the news. Engineer Otto Prang told the agency that it rained.",
            vec!["Belmar", "Otto Prang"],
        ),
        (
            "Radio Lund asked. Engineer Otto Prang told the station that the dam was dry.",
            vec!["Radio Lund", "Otto Prang"],
        ),
        (
            "The Rail Agency paid. Engineer Otto Prang told the agency that the dam was dry.",
            vec!["Otto Prang"],
        ),
        (
            "Engineer Otto Prang told this newspaper that the dam was dry.",
            vec!["Otto Prang"],
        ),
        (
            "Engineer Otto Prang told the press that the dam was dry.",
            vec!["Otto Prang"],
        ),
    ] {
        assert_eq!(last_chain(body), chain, "{body}");
    }
}

#[test]
fn a_hearer_is_recorded_and_is_no_source() {
    let analysis = analysed("The mayor told engineer Rita Falk that the bridge must open.");
    let [mention] = analysis.mentions.as_slice() else {
        panic!("{:?}", analysis.mentions);
    };
    let hearer = mention.chain[1].addressee.as_ref();
    assert_eq!(hearer.map(crate::id::AgentId::as_str), Some("rita-falk"));
    assert_eq!(mention.chain.len(), 2);
}

#[test]
fn spellings_of_one_name_are_one_speaker_in_an_article() {
    let analysis = analysed(
        "Yury Ushakov spoke first. Yuri Ushakov said that the call was long. \
         Yuri Oshakov said that it was short.",
    );
    let speakers: Vec<&str> = analysis
        .mentions
        .iter()
        .filter_map(|mention| Some(mention.chain.get(1)?.source.as_str()))
        .collect();
    assert_eq!(speakers, ["Yury Ushakov", "Yury Ushakov"]);
    let agent = analysis
        .agents
        .iter()
        .find(|agent| agent.name == "Yury Ushakov");
    assert_eq!(
        agent.map(|agent| agent.aliases.clone()),
        Some(vec!["Yuri Oshakov".to_owned(), "Yuri Ushakov".to_owned()])
    );
}

#[test]
fn every_example_of_the_lexicon_is_of_its_kind() {
    let lexicon = Lexicon::shipped();
    let text = "Priya Nair left early, but Ms Nair came back.";
    let segmented = Text::default();
    for example in &lexicon.roles.examples {
        let mut names = Names::find(text, &segmented, None, lexicon);
        names.register(
            "Priya Nair",
            AgentKind::Person,
            AgentId::named("Priya Nair"),
        );
        let span = Span::new(0, example.source.len());
        let page = Page {
            snapshot: &example.source,
            text: &segmented,
            id: &SnapshotId::of(&example.source),
            lexicon,
        };
        let id = hearer(span, page, &mut names);
        let kind = id.and_then(|id| names.agents.get(&id).map(|agent| agent.kind));
        assert_eq!(kind, Some(example.kind), "{}", example.source);
    }
}
