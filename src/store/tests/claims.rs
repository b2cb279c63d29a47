//! Claims across articles: however a store grew, it says what a graph made at once says.

use proptest::prelude::*;

use super::{lines, open};
use crate::{
    article::Snapshot,
    claim::signature::signature,
    id::{AgentId, ArticleId, MentionId},
    lexicon::Lexicon,
    mention::{
        AgentKind, Analysis, Article, Bound, Certainty, Layer, Link, Mention, Modality, Polarity,
        Quantity, Speech, Stance, Tense,
    },
    sketch::Sketch,
    span::{Passage, Span},
    store::{Graph, Writer, verify, verify_graph},
};

type Figure = (&'static str, f64, Bound);

/// Contents with the figure in them, if there is one.
const CONTENTS: &[(&str, Option<Figure>)] = &[
    ("the harbour will close in March", None),
    ("the harbour will be closed in March", None),
    ("the harbour will not close in March", None),
    (
        "up to 1,200 jobs will be lost at the Okoye yard",
        Some(("up to 1,200 jobs", 1200.0, Bound::Max)),
    ),
    (
        "the Okoye yard will lose up to 1,200 jobs",
        Some(("up to 1,200 jobs", 1200.0, Bound::Max)),
    ),
    (
        "more than 900 jobs will be lost at the Okoye yard",
        Some(("more than 900 jobs", 900.0, Bound::Min)),
    ),
    ("no jobs will be lost at the Okoye yard", None),
    ("the union rejects the plan for the harbour", None),
];

fn modality(content: &str) -> Modality {
    let negative = content.contains(" not ") || content.starts_with("no ");
    Modality {
        certainty: Certainty::Certain,
        polarity: [Polarity::Positive, Polarity::Negative][usize::from(negative)],
        tense: Tense::Future,
    }
}

/// The article that carries the contents whose bits are set in `number`.
fn analysed(number: u8) -> (Snapshot, Analysis) {
    let chosen = || (CONTENTS.iter().enumerate()).filter(|(bit, _)| number >> bit & 1 == 1);
    let text: String = chosen()
        .map(|(_, (content, _))| format!("The mayor said {content}.\n"))
        .chain([format!("Article {number}.\n")])
        .collect();
    let snapshot = Snapshot::new(text);
    let mut mentions = Vec::new();
    let mut at = 0;
    for (bit, (content, figure)) in chosen() {
        let start = at + "The mayor said ".len();
        let span = Span::new(start, start + content.len());
        at = span.end + 2;
        mentions.push(mention(
            &snapshot,
            span,
            content,
            *figure,
            bit + usize::from(number),
        ));
    }
    let article = Article {
        id: ArticleId::from_local(format!("a{number}")),
        path: format!("{number}.txt"),
        outlet: None,
        outlet_id: None,
        published: None,
        headline: None,
        url: None,
        authors: Vec::new(),
        credit: None,
        snapshot: snapshot.id.clone(),
    };
    let analysis = Analysis {
        article,
        snapshot_bytes: snapshot.text.len(),
        encoding_format: "text/plain".to_owned(),
        about: Default::default(),
        raw_sha256: None,
        provenance: None,
        mentions,
        agents: Vec::new(),
        events: Vec::new(),
        citations: Vec::new(),
        outlets: Vec::new(),
        sketch: Sketch::of(&snapshot.text),
        paragraphs: vec![Span::new(0, snapshot.text.len())],
    };
    (snapshot, analysis)
}

fn mention(
    snapshot: &Snapshot,
    span: Span,
    content: &str,
    figure: Option<Figure>,
    kind: usize,
) -> Mention {
    let passage = |span| Passage::cut(&snapshot.text, span);
    let quantities: Vec<Quantity> = figure
        .into_iter()
        .map(|(text, value, bound)| {
            let start = span.start + content.find(text).unwrap();
            Quantity {
                text: text.to_owned(),
                value,
                min: (bound == Bound::Min).then_some(value),
                max: (bound == Bound::Max).then_some(value),
                unit: "jobs".to_owned(),
                bound,
                approximate: false,
                start,
                end: start + text.len(),
            }
        })
        .collect();
    let modality = modality(content);
    Mention {
        id: MentionId::new(&snapshot.id, span),
        layer: Layer::Body,
        content: passage(span),
        parts: vec![passage(span)],
        sentence: Span::new(span.start - "The mayor said ".len(), span.end + 1),
        speech: Speech::Indirect,
        chain: vec![Link {
            depth: 0,
            source: "unknown".to_owned(),
            kind: AgentKind::Outlet,
            id: AgentId::unnamed(&snapshot.id, "outlet"),
            surface: None,
            start: None,
            end: None,
            cue: None,
            addressee: None,
            during: None,
        }],
        stance: Stance::ALL[kind % Stance::ALL.len()],
        denies: None,
        modality,
        signature: signature(content, &quantities, modality, Lexicon::shipped()),
        quantities,
        events: Vec::new(),
        confidence: 0.5,
        rule: "test".to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_grown_store_says_what_a_graph_made_at_once_says(
        rounds in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..4), 1..6)
    ) {
        let lexicon = Lexicon::shipped();
        let dir = tempfile::tempdir().unwrap();
        for (round, numbers) in rounds.iter().enumerate() {
            let mut writer = Writer::open(dir.path()).unwrap();
            for number in numbers {
                let (snapshot, analysis) = analysed(*number);
                writer.add(&snapshot, &analysis).unwrap();
            }
            if round % 3 == 1 {
                drop(writer); // It died; the next one catches up.
            } else {
                writer.finish(lexicon).unwrap();
            }
            let articles = rounds[..=round].iter().flatten().map(|number| analysed(*number));
            let at_once = Graph::in_memory(articles.collect(), lexicon);
            let grown = open(dir.path());
            prop_assert_eq!(lines(&grown), lines(&at_once));
            prop_assert_eq!(grown.claims().ids(), at_once.claims().ids());
        }
        let result = verify(dir.path(), lexicon).unwrap();
        let index: Vec<_> = result.findings.iter().filter(|f| f.code.starts_with("V-")).collect();
        prop_assert!(index.is_empty(), "{:?}", index);
        prop_assert!(result.spans > 0 || rounds.iter().flatten().all(|number| *number == 0));
    }
}

#[test]
fn the_contents_of_this_test_become_claims_with_relations() {
    let graph = Graph::in_memory(vec![analysed(0xff), analysed(0x09)], Lexicon::shipped());
    let claims = graph.claims();
    let ids = claims.ids();
    // Ten mentions; those of the same words are one claim.
    assert!((2..=CONTENTS.len()).contains(&ids.len()), "{}", ids.len());
    let relations = |id| claims.relations(id, Lexicon::shipped()).len();
    assert!(ids.iter().map(relations).sum::<usize>() > 0);
    assert!(
        verify_graph(&graph)
            .findings
            .iter()
            .all(|f| !f.code.starts_with("V-"))
    );
}
