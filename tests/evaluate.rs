//! `eval attribution`: the scores, the listing, the files it writes, and folders it refuses.
//!
//! The numbers of `fixtures/standoff/scores.json` were made by the scorer published results on
//! PolNeAR were made with, from `fixtures/standoff/predictions.jsonl`.

use std::{collections::BTreeMap, fs, path::PathBuf};

use claimgraph::{
    corpus::{GoldArticle, GoldAttribution, standoff},
    evaluate::{Evaluation, Prediction, evaluate, predictions::line, render},
    lexicon::Lexicon,
    span::Span,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::common::{Run, Workspace, root};

fn folder() -> PathBuf {
    root().join("fixtures/standoff")
}

fn gold() -> Vec<GoldArticle> {
    let read = standoff::read(&folder()).unwrap();
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value
}

/// Reads predictions; their offsets count characters.
fn predictions(lines: &str, gold: &[GoldArticle], confidence: f64) -> Vec<Vec<Prediction>> {
    let lines: BTreeMap<String, Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| (line["doc"].as_str().unwrap().to_owned(), line))
        .collect();
    let read = |article: &GoldArticle| {
        let byte = |place: &Value| {
            let place = usize::try_from(place.as_u64().unwrap()).unwrap();
            let mut bytes = article.text.char_indices().map(|(at, _)| at);
            bytes.nth(place).unwrap_or(article.text.len())
        };
        let spans = |part: &Value| -> Vec<Span> {
            let spans = part.as_array().unwrap().iter();
            spans
                .map(|span| Span::new(byte(&span[0]), byte(&span[1])))
                .collect()
        };
        let entries = lines[&article.name]["preds"].as_array().unwrap().iter();
        entries
            .map(|entry| Prediction {
                parts: GoldAttribution {
                    source: spans(&entry["source"]),
                    cue: spans(&entry["cue"]),
                    content: spans(&entry["content"]),
                },
                confidence,
                rule: "by-hand".to_owned(),
            })
            .collect()
    };
    gold.iter().map(read).collect()
}

fn by_hand(examples: usize) -> Evaluation {
    let gold = gold();
    let lines = fs::read_to_string(folder().join("predictions.jsonl")).unwrap();
    let predictions = predictions(&lines, &gold, 0.75);
    evaluate(&gold, &predictions, examples, Lexicon::shipped())
}

/// Says where two documents of numbers differ.
fn differences(ours: &Value, theirs: &Value, path: &str, found: &mut Vec<String>) {
    match theirs {
        Value::Object(fields) => {
            for (name, value) in fields {
                differences(&ours[name], value, &format!("{path}.{name}"), found);
            }
        }
        _ if (ours.as_f64().unwrap() - theirs.as_f64().unwrap()).abs() < 1e-12 => {}
        _ => found.push(format!("{path}: {ours} is not {theirs}")),
    }
}

#[test]
fn the_scores_are_those_of_the_published_scorer() {
    let ours = serde_json::to_value(by_hand(0).scores).unwrap();
    let theirs = fs::read_to_string(folder().join("scores.json")).unwrap();
    let mut found = Vec::new();
    differences(
        &ours,
        &serde_json::from_str(&theirs).unwrap(),
        "",
        &mut found,
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn recall_is_told_by_speech() {
    let recall = by_hand(0).recall_by_speech;
    let row = |row: claimgraph::evaluate::SpeechRow| {
        let found = |share: f64| (share * row.gold as f64).round() as usize;
        (row.gold, found(row.exact), found(row.soft))
    };
    // Two wholly in quotation marks; of one the source lacks its clause.
    assert_eq!(row(recall.direct), (2, 1, 2));
    assert_eq!(row(recall.mixed), (1, 0, 1));
    // Exact: the claim without a source. Of one nothing of the content is found.
    assert_eq!(row(recall.indirect), (6, 1, 5));
}

#[test]
fn errors_are_counted_by_kind_and_the_worst_are_shown() {
    let errors = by_hand(1).errors;
    let counts: Vec<(&str, usize)> = (errors.kinds.iter())
        .map(|row| (row.kind.as_str(), row.count))
        .collect();
    let expected = [
        ("missed", 1),
        ("spurious", 3),
        ("wrong cue", 4),
        ("wrong source", 3),
        ("content too short", 2),
        ("content too long", 2),
        ("content wrong", 1),
    ];
    assert_eq!(counts, expected);
    assert_eq!(errors.right, 1);
    for row in &errors.kinds {
        assert_eq!(row.examples.len(), row.count.min(1), "{row:?}");
    }
    let cues: Vec<(&str, usize)> = (errors.kinds[1].cues.iter())
        .map(|row| (row.cue.as_str(), row.count))
        .collect();
    assert_eq!(cues, [("claimed", 1), ("declined", 1), ("rained", 1)]);
    let longest = &errors.kinds[5].examples[0];
    assert_eq!((longest.article.as_str(), longest.wrong), ("market", 8));
    assert!(
        longest.passage.text.starts_with("Council leader"),
        "{longest:?}"
    );
    assert!(
        longest.passage.text.ends_with("would not rise."),
        "{longest:?}"
    );
    let content = &longest.gold.as_ref().unwrap().content[0].text;
    assert_eq!(content, "that the night market would move to the mill");
}

#[test]
fn confidences_are_compared_with_what_is_right() {
    let reliability = by_hand(0).reliability;
    let filled: Vec<_> = reliability
        .bins
        .iter()
        .filter(|bin| bin.count > 0)
        .collect();
    assert_eq!(filled.len(), 1);
    let bin = filled[0];
    assert_eq!((bin.from, bin.to, bin.count), (0.7, 0.8, 12));
    assert!((bin.confidence - 0.75).abs() < 1e-12);
    assert!((bin.soft - 8.0 / 12.0).abs() < 1e-12 && (bin.exact - 1.0 / 12.0).abs() < 1e-12);
    assert!((reliability.calibration_error_soft - (0.75 - 8.0 / 12.0)).abs() < 1e-12);
    assert!((reliability.calibration_error_exact - (0.75 - 1.0 / 12.0)).abs() < 1e-12);
    assert_eq!(reliability.rules.len(), 1);
    assert_eq!(reliability.rules[0].rule, "by-hand");
}

/// Runs the command on a folder of gold annotations.
fn run(workspace: &Workspace, more: &[&str]) -> Run {
    let folder = folder();
    let mut args = vec!["eval", "attribution", "--gold", folder.to_str().unwrap()];
    args.extend(more);
    workspace.run(args)
}

#[test]
fn json_holds_everything_that_is_measured() {
    let run = run(&Workspace::new(), &["--format", "json", "--errors", "1"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let shown: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&shown["articles"], &shown["gold"]),
        (&3.into(), &10.into())
    );
    for part in ["source", "cue", "content", "quote"] {
        for measure in ["exact", "overlap", "soft"] {
            for number in ["precision", "recall", "f1"] {
                let number = shown["scores"][part][measure][number].as_f64().unwrap();
                assert!((0.0..=1.0).contains(&number));
            }
        }
    }
    for speech in ["direct", "mixed", "indirect"] {
        assert!(shown["recall_by_speech"][speech]["soft"].is_number());
    }
    assert_eq!(shown["reliability"]["bins"].as_array().unwrap().len(), 10);
    assert!(shown["reliability"]["calibration_error_soft"].is_number());
    assert_eq!(shown["errors"]["kinds"][0]["kind"], "missed");
    assert!(shown["speed"]["words_per_cpu_second"].as_f64().unwrap() > 0.0);
    let words: usize = (gold().iter())
        .map(|a| a.text.split_whitespace().count())
        .sum();
    assert_eq!(shown["speed"]["words"], words);
}

#[test]
fn predictions_can_be_read_again() {
    let workspace = Workspace::new();
    let run = run(
        &workspace,
        &["--format", "json", "--predictions", "found.jsonl"],
    );
    assert_eq!(run.code, 0, "{run:?}");
    let shown: Value = serde_json::from_str(&run.stdout).unwrap();
    let lines = fs::read_to_string(workspace.path("found.jsonl")).unwrap();
    let gold = gold();
    let read = predictions(&lines, &gold, 0.5);
    let count: usize = read.iter().map(Vec::len).sum();
    assert!(count >= 4, "{lines}");
    assert_eq!(shown["predicted"], count);
    let again = evaluate(&gold, &read, 0, Lexicon::shipped());
    let again = serde_json::to_value(again.scores).unwrap();
    let mut found = Vec::new();
    differences(&again, &shown["scores"], "", &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_table_shows_the_worst_errors_when_asked() {
    let workspace = Workspace::new();
    let plain = run(&workspace, &[]);
    assert_eq!(plain.code, 0, "{plain:?}");
    for title in [
        "SCORES",
        "RECALL OF CONTENT AND SOURCE",
        "BY CONFIDENCE",
        "ERRORS",
    ] {
        assert!(plain.stdout.contains(title), "{plain:?}");
    }
    assert!(!plain.stdout.contains("[cue "), "{plain:?}");
    let listed = run(&workspace, &["--errors", "1"]);
    assert!(listed.stdout.contains("MISSED: 1 OF"), "{}", listed.stdout);
    assert!(listed.stdout.contains("[cue "), "{}", listed.stdout);
}

#[test]
fn folders_that_cannot_be_read_end_with_2() {
    let workspace = Workspace::new();
    let refused = |reason: &str| {
        let run = workspace.run(["eval", "attribution", "--gold", "gold"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains("gold"), "{run:?}");
        assert!(run.stderr.contains(reason), "no `{reason}` in {run:?}");
    };
    refused("cannot read gold/text");
    workspace.write("gold/text/a.txt", "It rains, she said.\n");
    refused("cannot read gold/attributions");
    workspace.write("gold/attributions/b_x.ann", "");
    refused("has annotations");
    workspace.write("gold/attributions/a_x.ann", "T1\tCue 14 99\tsaid\n");
    refused("a_x.ann, line 1: `14 99` lies outside the text of 20 characters");
    workspace.write(
        "gold/attributions/a_x.ann",
        "T1\tCue 14 18\tsaid\nE1\tCue:T1\n",
    );
    let run = workspace.run(["eval", "attribution", "--gold", "gold"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("W-GOLD-UNPAIRED"), "{run:?}");
}

proptest! {
    #[test]
    fn any_spans_are_measured_without_a_panic(
        text in "([A-Za-zéЖ“”]{1,6}|[ .,\n]){0,30}",
        spans in proptest::collection::vec((0usize..80, 0usize..80), 12),
        confidence in proptest::num::f64::ANY,
    ) {
        let spans: Vec<Span> = spans.iter().map(|&(a, b)| Span::new(a, b)).collect();
        let parts = |at: usize| GoldAttribution {
            source: spans[at..at + 1].to_vec(),
            cue: spans[at + 1..at + 2].to_vec(),
            content: spans[at + 2..at + 4].to_vec(),
        };
        let gold = [GoldArticle {
            name: "a".to_owned(),
            attributions: vec![parts(0), parts(4)],
            text,
        }];
        let found = [0, 4, 8].map(|at| Prediction {
            parts: parts(at),
            confidence,
            rule: "any".to_owned(),
        });
        let evaluation = evaluate(&gold, &[found.to_vec()], 9, Lexicon::shipped());
        prop_assert_eq!(evaluation.predicted, 3);
        prop_assert!(render(&evaluation, 80, true).contains("ERRORS"));
        prop_assert_eq!(line(&gold[0], &found).preds.len(), 3);
        let shares = evaluation.reliability;
        prop_assert!((0.0..=1.0).contains(&shares.calibration_error_soft), "{:?}", shares);
    }
}

/// Headlines with what bodies make of them, as the Fake News Challenge has them.
fn headlines() -> Workspace {
    let workspace = Workspace::new();
    let things = [
        "whale swims in the harbour",
        "tiger leaves the circus",
        "comet passes a star",
    ];
    let mut bodies = "Body ID,articleBody\n".to_owned();
    let mut stances = "Headline,Body ID,Stance\n".to_owned();
    for (at, thing) in things.iter().enumerate() {
        let other = (at + 1) % things.len();
        bodies.push_str(&format!(
            "{at},\"The {thing}, it was told. It was a hoax and false.\"\n"
        ));
        for copy in 0..9 {
            stances.push_str(&format!("{thing} {copy},{at},disagree\n"));
            stances.push_str(&format!("{thing} {copy},{other},unrelated\n"));
        }
    }
    workspace.write("pairs/train_bodies.csv", &bodies);
    workspace.write("pairs/train_stances.csv", &stances);
    workspace
}

#[test]
fn what_bodies_make_of_headlines_is_learnt_and_measured() {
    let workspace = headlines();
    let train = [
        "train", "stance", "--data", "pairs", "--out", "own.bin", "--epochs", "40",
    ];
    let learnt = workspace.run(train);
    assert_eq!(learnt.code, 0, "{learnt:?}");
    let eval = [
        "eval",
        "stance",
        "--headlines",
        "pairs",
        "--weights",
        "own.bin",
    ];
    let run = workspace.run(eval.into_iter().chain(["--format", "json"]));
    assert_eq!(run.code, 0, "{run:?}");
    let shown: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(shown["pairs"], 54, "{shown:#}");
    assert!(shown["accuracy"].as_f64().unwrap() > 0.9, "{shown:#}");
    let held = workspace.run(eval.into_iter().chain(["--held-out", "--format", "json"]));
    let held: Value = serde_json::from_str(&held.stdout).unwrap();
    assert!(held["pairs"].as_u64().unwrap() < 54, "{held:#}");
}

#[test]
fn a_stance_that_is_none_is_named() {
    let workspace = headlines();
    workspace.write(
        "pairs/train_stances.csv",
        "Headline,Body ID,Stance\nwhale seen,0,perhaps\n",
    );
    let run = workspace.run(["eval", "stance", "--headlines", "pairs"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("`perhaps` is no stance"), "{run:?}");
}

fn yardstick(option: &str, folder: &str) -> Value {
    let folder = root().join("fixtures/yardsticks").join(folder);
    let folder = folder.to_string_lossy();
    let run = Workspace::new().run(["eval", "claims", option, &folder, "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn checked_claims_are_found_for_posts() {
    let shown = yardstick("--retrieval", "retrieval");
    assert_eq!(
        [&shown["learnt_from"], &shown["posts"]],
        [10, 5],
        "{shown:#}"
    );
    let of = |method: usize| shown["methods"][method]["map_5"].as_f64().unwrap();
    assert!(of(2) >= 0.95 && of(1) >= 0.8, "{shown:#}");
}

#[test]
fn pairs_of_sentences_are_judged_by_what_others_teach() {
    let shown = yardstick("--pairs", "pairs");
    assert_eq!([&shown["pairs"], &shown["same"]], [24, 12], "{shown:#}");
    let of = |method: usize| shown["methods"][method]["accuracy"].as_f64().unwrap();
    assert!((of(0) - 0.5).abs() < 1e-9 && of(2) >= 0.8, "{shown:#}");
}

#[test]
fn a_claim_is_compared_with_one_thing_at_a_time() {
    let workspace = Workspace::new();
    for extra in [["--gold", "b"], ["--errors", "3"]] {
        let run = workspace.run(["eval", "claims", "--pairs", "a"].into_iter().chain(extra));
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("cannot be used with"), "{run:?}");
    }
    let run = workspace.run(["eval", "claims", "--retrieval", "nowhere"]);
    assert!(
        run.code == 2 && run.stderr.contains("verified_claims.docs.tsv"),
        "{run:?}"
    );
}
