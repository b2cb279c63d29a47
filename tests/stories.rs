//! Gold stories: `eval claims`, `eval stance` and `eval events`, and floors under what they measure.
//!
//! The floors of `floors.toml` may only rise.

use std::{collections::BTreeMap, fs};

use claimgraph::{
    corpus::story,
    evaluate::{
        events,
        story::{Run, claims, run, stance},
    },
    lexicon::Lexicon,
    pipeline,
};
use serde::Deserialize;
use serde_json::Value;

use crate::common::{Workspace, root};

/// A small story: a claim in two articles and its denial in a third.
const FERRY: [(&str, &str); 4] = [
    (
        "articles/01.txt",
        "---\noutlet: Coast Courier\npublished: 2031-05-06\n---\n\
         A quiet morning at the quay\n\n\
         The ferry Albatross sank on Monday, harbour master Ada Holm said.\n",
    ),
    (
        "articles/02.txt",
        "---\noutlet: Bay Gazette\npublished: 2031-05-07\n---\n\
         What the port told us\n\n\
         Harbour master Ada Holm said that the ferry Albatross sank on Monday. \
         \u{201c}The divers start tomorrow,\u{201d} Holm said.\n",
    ),
    (
        "articles/03.txt",
        "---\noutlet: Island Post\npublished: 2031-05-07\n---\n\
         The owner speaks\n\n\
         Ship owner Piet Dorn denied that the ferry Albatross sank on Monday.\n",
    ),
    (
        "expected/claims.toml",
        "[[claim]]\nid = \"sank\"\ntext = \"The ferry Albatross sank.\"\n\
         [[claim]]\nid = \"divers\"\ntext = \"Divers will start tomorrow.\"\n\
         [[relation]]\nfrom = \"divers\"\nto = \"sank\"\nis = \"entails\"\n\
         [[mention]]\nfile = \"01.txt\"\ncontent = \"The ferry Albatross sank on Monday\"\n\
         claim = \"sank\"\nsource = \"Ada Holm\"\nstance = \"reports\"\n\
         [[mention]]\nfile = \"02.txt\"\ncontent = \"the ferry Albatross sank on Monday\"\n\
         claim = \"sank\"\nsource = \"Ada Holm\"\nstance = \"endorses\"\n\
         [[mention]]\nfile = \"02.txt\"\ncontent = \"The divers start tomorrow\"\n\
         claim = \"divers\"\nsource = \"Ada Holm\"\nstance = \"reports\"\n\
         [[mention]]\nfile = \"03.txt\"\ncontent = \"the ferry Albatross sank on Monday\"\n\
         claim = \"sank\"\nsource = \"Piet Dorn\"\nstance = \"disputes\"\ndenies = \"content\"\n\
         [[mention]]\nfile = \"03.txt\"\ncontent = \"The owner speaks\"\n\
         claim = \"divers\"\nstance = \"discusses\"\nlayer = \"headline\"\n\
         [[mention]]\nfile = \"03.txt\"\ncontent = \"words that nobody wrote\"\n\
         claim = \"divers\"\nstance = \"asserts\"\n",
    ),
];

fn ferry() -> Workspace {
    let workspace = Workspace::new();
    for (name, text) in FERRY {
        workspace.write(&format!("ferry/{name}"), text);
    }
    workspace
}

fn json(what: &str) -> Value {
    let args = ["eval", what, "--gold", "ferry", "--format", "json"];
    let run = ferry().run(args.into_iter().chain(["--errors", "9"]));
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("W-GOLD-WORDS"), "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn claims_are_compared_in_pairs() {
    let shown = json("claims");
    let total = &shown["total"];
    assert_eq!(total["articles"], 3, "{total}");
    assert_eq!((&total["gold"], &total["found"]), (&6.into(), &4.into()));
    // Of six pairs three are one claim: the two reports and the denial.
    assert_eq!(total["pairs"]["f1"], 1.0, "{shown:#}");
    assert_eq!(total["b_cubed"]["recall"], 1.0);
    let relations = (&total["relations"], &total["relations_found"]);
    assert_eq!(relations, (&1.into(), &0.into()));
    let counts: Vec<u64> = (shown["errors"].as_array().unwrap().iter())
        .map(|kind| kind["count"].as_u64().unwrap())
        .collect();
    assert_eq!(counts, [2, 0, 0, 1]);
}

#[test]
fn stances_and_targets_of_denials_are_compared() {
    let shown = json("stance");
    let total = &shown["total"];
    assert_eq!(total["accuracy"], 0.75, "{shown:#}");
    assert_eq!(shown["confusion"]["endorses"]["reports"], 1);
    // Reports: two thirds precise, wholly recalled; disputes: right; endorses: none.
    let mean = (0.8 + 1.0 + 0.0) / 3.0;
    assert!((total["macro_f1"].as_f64().unwrap() - mean).abs() < 1e-12);
    assert_eq!(
        (&total["denials"], &total["targets"]),
        (&1.into(), &1.into())
    );
    assert_eq!(total["denies_accuracy"], 1.0);
    assert_eq!(total["target_accuracy"], 1.0);
    let wrong = &shown["errors"][0]["examples"][0];
    assert_eq!(wrong["lines"][2], "endorses, not reports");
}

#[test]
fn tables_show_every_story_and_the_worst_errors() {
    let workspace = ferry();
    for (what, title) in [
        ("claims", "MENTION NOT FOUND: 1 OF 2"),
        ("stance", "WRONG STANCE: 1 OF 1"),
    ] {
        let plain = workspace.run(["eval", what, "--gold", "."]);
        assert_eq!(plain.code, 0, "{plain:?}");
        assert!(plain.stdout.contains("\n  ferry "), "{plain:?}");
        assert!(plain.stdout.contains("\n  total "), "{plain:?}");
        assert!(!plain.stdout.contains(title), "{plain:?}");
        let listed = workspace.run(["eval", what, "--gold", ".", "--errors", "1"]);
        assert!(listed.stdout.contains(title), "{}", listed.stdout);
    }
}

#[test]
fn a_folder_without_a_story_ends_with_2() {
    let run = Workspace::with_articles().run(["eval", "claims", "--gold", "articles"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(run.stderr.contains("no story lies in articles"), "{run:?}");
}

/// What a story must reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    found: usize,
    pairs_precision: f64,
    pairs_f1: f64,
    b_cubed_f1: f64,
    relations_found: usize,
    /// Mentions with the right stance.
    stance_right: usize,
    /// Denials of which it is right what is denied.
    denies_right: usize,
    /// Denials that reach the claim they deny.
    targets_hit: usize,
    events_found: usize,
    event_pairs_precision: f64,
    event_pairs_f1: f64,
    event_kinds: f64,
    event_dates: f64,
    /// At most; may only fall.
    event_wrong_dates: usize,
}

#[test]
fn gold_stories_stay_above_their_floors() {
    let floors = fs::read_to_string(root().join("tests/floors.toml")).unwrap();
    let floors: BTreeMap<String, Floors> = toml::from_str(&floors).unwrap();
    let stories = story::read(&root().join("fixtures/stories")).unwrap();
    let names: Vec<&str> = stories.iter().map(|story| story.name.as_str()).collect();
    assert_eq!(names, floors.keys().collect::<Vec<_>>());
    let lexicon = Lexicon::shipped();
    let options = pipeline::Options::default();
    let runs: Vec<Run<'_>> = (stories.iter())
        .map(|story| {
            let run = run(story, &options, lexicon).unwrap();
            assert!(run.diagnostics.is_empty(), "{:?}", run.diagnostics);
            run.value
        })
        .collect();
    let identity = claims(&runs, 0, lexicon).stories;
    let stances = stance(&runs, 0, lexicon).stories;
    let events = events::score(&runs, lexicon);
    let mut below = Vec::new();
    for ((row, stance), event) in identity.iter().zip(&stances).zip(&events) {
        let floor = &floors[&row.story];
        let right = |share: f64, of: usize| (share * of as f64).round();
        let of_found = |count: usize| count as f64 / event.found.max(1) as f64;
        assert_eq!(event.story, row.story);
        let wrong = (event.wrong_dates, floor.event_wrong_dates);
        assert!(wrong.0 <= wrong.1, "{}: {:?}", row.story, event.errors);
        let measured = [
            ("found", row.found as f64, floor.found as f64),
            (
                "pairs_precision",
                row.pairs.precision,
                floor.pairs_precision,
            ),
            ("pairs_f1", row.pairs.f1, floor.pairs_f1),
            ("b_cubed_f1", row.b_cubed.f1, floor.b_cubed_f1),
            (
                "relations_found",
                row.relations_found as f64,
                floor.relations_found as f64,
            ),
            (
                "stance_right",
                right(stance.accuracy, stance.found),
                floor.stance_right as f64,
            ),
            (
                "denies_right",
                right(stance.denies_accuracy, stance.denials),
                floor.denies_right as f64,
            ),
            (
                "targets_hit",
                right(stance.target_accuracy, stance.targets),
                floor.targets_hit as f64,
            ),
            (
                "events_found",
                event.found as f64,
                floor.events_found as f64,
            ),
            (
                "event_pairs_precision",
                event.pairs.precision,
                floor.event_pairs_precision,
            ),
            ("event_pairs_f1", event.pairs.f1, floor.event_pairs_f1),
            ("event_kinds", of_found(event.kinds), floor.event_kinds),
            ("event_dates", of_found(event.dates), floor.event_dates),
        ];
        for (name, reached, floor) in measured {
            if reached < floor {
                below.push(format!(
                    "{}: {name} is {reached:.3}, below {floor}",
                    row.story
                ));
            }
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
