//! The model as a whole: it learns, survives a round through its file, and nothing breaks it.

use proptest::prelude::*;

use super::{
    train::{Annotated, TrainOptions, train},
    *,
};
use crate::{article::RawArticle, document, text};

fn segmented(raw: &RawArticle) -> Text {
    let lexicon = Lexicon::shipped();
    let document = document::clean(raw, lexicon, &document::CleanOptions::default()).value;
    text::segment(&document, lexicon)
}

/// Returns source, cue and content of what a model finds.
fn found(model: &Model, body: &str) -> Vec<[String; 3]> {
    let raw = RawArticle::plain("a", body);
    let text = segmented(&raw);
    let mut scratch = Scratch::default();
    let words = |spans: &[Span]| {
        let words: Vec<&str> = spans.iter().map(|span| span.of(body)).collect();
        words.join("|")
    };
    (0..text.paragraphs.len())
        .flat_map(|number| {
            let finds = model.find(body, &text, number, Lexicon::shipped(), &mut scratch);
            finds.certain
        })
        .map(|find| [&find.source, &find.cue, &find.content].map(|part| words(part)))
        .collect()
}

#[test]
fn the_shipped_model_finds_who_said_what() {
    let body = "Night on the harbour\n\nThe old crane will stay, port engineer Lena Orth has said repeatedly this week.\n";
    let all = found(Model::shipped(), body);
    let [source, cue, content] = &all[0];
    assert_eq!(source, "port engineer Lena Orth");
    assert!(cue.starts_with("has said"), "{cue}");
    assert_eq!(content, "The old crane will stay");
}

/// Fifteen short articles with one attribution each.
fn lessons() -> Vec<(String, [Vec<Span>; 3])> {
    let names = ["Ada Holm", "Ben Ruiz", "Cleo Marsh", "Dov Lind", "Eva Pohl"];
    let events = [
        "the bridge is open",
        "the mill has closed",
        "the ferry ran late",
    ];
    (0..15)
        .map(|at| {
            let (name, event) = (names[at % 5], events[at % 3]);
            let start = format!("News of the day\n\n{name} ");
            let text = format!("{start}whispered {event} on Monday.\n");
            let source = Span::new(start.len() - name.len() - 1, start.len() - 1);
            let cue = Span::new(start.len(), start.len() + "whispered".len());
            let content = Span::new(cue.end + 1, cue.end + 1 + event.len());
            (text, [vec![cue], vec![source], vec![content]])
        })
        .collect()
}

fn learnt(seed: u64, epochs: usize) -> Model {
    let lessons = lessons();
    let articles: Vec<Annotated<'_>> = lessons
        .iter()
        .map(|(snapshot, parts)| Annotated {
            snapshot,
            text: segmented(&RawArticle::plain("a", snapshot)),
            attributions: vec![parts.clone()],
        })
        .collect();
    let options = TrainOptions {
        epochs,
        seed,
        note: "lessons".to_owned(),
    };
    train(&articles, Lexicon::shipped(), &options, |_| {})
}

#[test]
fn learning_is_repeatable_and_survives_its_file() {
    let bytes = learnt(1, 3).to_bytes();
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let again = one_thread.unwrap().install(|| learnt(1, 3));
    assert_eq!(bytes, again.to_bytes());
    assert_ne!(bytes, learnt(2, 3).to_bytes());
    let model = learnt(1, 70);
    let bytes = model.to_bytes();
    let read = Model::from_bytes(&bytes).unwrap();
    assert_eq!(read.to_bytes(), bytes);
    let (text, _) = &lessons()[7];
    assert_eq!(found(&read, text), found(&model, text));
    assert_eq!(
        found(&model, text),
        [["Cleo Marsh", "whispered", "the mill has closed"].map(str::to_owned)]
    );
}

#[test]
fn nothing_to_learn_from_still_gives_a_model_that_can_be_read() {
    let model = train(&[], Lexicon::shipped(), &TrainOptions::default(), |_| {});
    let bytes = model.to_bytes();
    assert_eq!(Model::from_bytes(&bytes).unwrap().to_bytes(), bytes);
}

#[test]
fn other_bytes_are_refused() {
    let refused = |bytes: &[u8]| Model::from_bytes(bytes).unwrap_err();
    assert_eq!(refused(b"something else"), ModelError::Magic);
    let bytes = learnt(1, 1).to_bytes();
    for cut in [8, 12, 40, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(refused(&bytes[..cut]), ModelError::Damaged, "{cut}");
    }
    let mut older = bytes.clone();
    older[8] = 99;
    assert_eq!(refused(&older), ModelError::Revision { found: 99 });
    let mut changed = bytes;
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    assert_eq!(refused(&changed), ModelError::Damaged);
}

#[test]
fn rows_are_found_by_their_keys_only() {
    let keys: Vec<u64> = (0..500).map(|at| at * 0x1_0000_0001).collect();
    let table = Table::new(keys.clone(), vec![1.0; 500], vec![0; 500 * EMBEDDING]);
    for (row, key) in keys.iter().enumerate() {
        assert_eq!(table.row(*key), Some(row));
        assert_eq!(table.row(*key + 1), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_text_is_read_and_every_span_slices(
        body in "([A-Za-z]{1,9}|said|told|that|[“”\"'‘’.?!, ]|é|ß|\\n\\n|\\PC){0,60}"
    ) {
        let raw = RawArticle::plain("a", body.as_str());
        let text = segmented(&raw);
        let mut scratch = Scratch::default();
        for number in 0..text.paragraphs.len() {
            let model = Model::shipped();
            let finds = model.find(&body, &text, number, Lexicon::shipped(), &mut scratch);
            for find in finds.certain {
                let parts = find.cue.iter().chain(&find.source).chain(&find.content);
                for span in parts.chain([&find.anchor]) {
                    prop_assert!(span.slice(&body).is_some() && !span.is_empty());
                }
                prop_assert!((0.0..=1.0).contains(&find.confidence));
            }
        }
    }
}
