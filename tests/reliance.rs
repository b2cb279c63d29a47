//! Small stories of which it is known who relies on whom: the answer is exact.

use std::{collections::BTreeSet, fs};

use claimgraph::{
    article::{self, ReadOptions},
    id::AgentId,
    lexicon::Lexicon,
    pipeline,
    rdf::ontology,
    reliance::{self, Reliance},
    store::Graph,
    trace::{self, Lookup, Scope, ask},
};
use serde::Deserialize;

use crate::common::{Workspace, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    claim: String,
    outlets: Vec<String>,
    texts: usize,
    routes: usize,
    origins: Vec<String>,
    joined: Option<Joined>,
    #[serde(default)]
    reprints: Vec<Reprint>,
    #[serde(default)]
    circles: Vec<Vec<String>>,
    #[serde(default)]
    echoes: Vec<Echo>,
    #[serde(default)]
    losses: Vec<Loss>,
    #[serde(default)]
    passages: Vec<Passage>,
    #[serde(default)]
    reached: Vec<String>,
    #[serde(default)]
    late: Vec<String>,
    #[serde(default)]
    never_denied: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    without: Vec<Without>,
    #[serde(default)]
    as_of: Vec<AsOf>,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Joined {
    routes: usize,
    origins: usize,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Reprint {
    copy: String,
    of: String,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Echo {
    outlet: String,
    cites: String,
    rests_on: String,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Loss {
    before: String,
    after: String,
    drifts: Vec<String>,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Passage {
    through: String,
    outlets: Vec<String>,
}

#[derive(Deserialize)]
struct Without {
    source: String,
    fate: String,
    lost: Vec<String>,
}

#[derive(Deserialize)]
struct AsOf {
    day: toml::value::Datetime,
    outlets: usize,
    origins: usize,
}

fn graph(story: &str) -> Graph {
    let lexicon = Lexicon::shipped();
    let analysed = article::discover(&[root().join(story)])
        .map(|path| {
            let raw = article::read(&path.unwrap(), &ReadOptions::default()).unwrap();
            let analysis = pipeline::analyse(&raw.value, lexicon, &pipeline::Options::default());
            (raw.value.snapshot, analysis.value)
        })
        .collect();
    Graph::in_memory(analysed, lexicon)
}

fn file(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

fn outlets(reliance: &Reliance) -> Vec<String> {
    let published = reliance
        .graph
        .edges()
        .filter(|(.., edge)| edge.relation.as_str() == "publishes");
    let names: BTreeSet<String> = published.map(|(from, ..)| from.label.clone()).collect();
    names.into_iter().collect()
}

fn check(story: &str) {
    let lexicon = Lexicon::shipped();
    let folder = root().join("fixtures/reliance").join(story);
    let text = fs::read_to_string(folder.join("expected.toml")).unwrap();
    let expected: Expected = toml::from_str(&text).unwrap();
    let graph = graph(&format!("fixtures/reliance/{story}/articles"));
    let Lookup::Claim { id, .. } = trace::find(&graph, &expected.claim, lexicon) else {
        panic!("{story}: no claim fits");
    };
    let scope = Scope::default();
    let facts = trace::facts(&graph, &id, &expected.claim, 1.0, &scope, lexicon);
    let found = trace::assemble(&facts).reliance;

    assert_eq!(outlets(&found), expected.outlets, "{story}");
    assert_eq!(found.counts.texts, expected.texts, "{story}: texts");
    assert_eq!(found.counts.routes, expected.routes, "{story}: routes");
    let mut origins: Vec<String> = (found.origins.iter())
        .map(|origin| {
            let names: Vec<&str> = origin
                .sources
                .iter()
                .map(|one| one.source.as_str())
                .collect();
            names.join(" + ")
        })
        .collect();
    origins.sort();
    assert_eq!(origins, expected.origins, "{story}: origins");
    assert_eq!(found.counts.origins, origins.len());
    if let Some(joined) = expected.joined {
        let (routes, origins) = (found.joined.routes, found.joined.origins);
        assert_eq!(Joined { routes, origins }, joined, "{story}: joined");
    }
    let mut reprints: Vec<Reprint> = (found.graph.edges())
        .filter(|(.., edge)| edge.relation.as_str() == "reprints")
        .map(|(copy, original, _)| {
            let path = |article: Option<&claimgraph::id::ArticleId>| {
                let held = facts
                    .records
                    .iter()
                    .find(|one| Some(&one.article.id) == article);
                held.map(|record| file(&record.article.path))
                    .unwrap_or_default()
            };
            Reprint {
                copy: path(copy.article()),
                of: path(original.article()),
            }
        })
        .collect();
    reprints.sort();
    assert_eq!(reprints, expected.reprints, "{story}: reprints");
    let circles: Vec<Vec<String>> = (found.circles.iter())
        .map(|circle| {
            circle
                .members
                .iter()
                .map(|one| one.source.clone())
                .collect()
        })
        .collect();
    assert_eq!(circles, expected.circles, "{story}: circles");
    let echoes: Vec<Echo> = (found.echoes.iter())
        .map(|echo| Echo {
            outlet: echo.outlet.clone(),
            cites: echo.cites.source.clone(),
            rests_on: echo.rests_on.source.clone(),
        })
        .collect();
    assert_eq!(echoes, expected.echoes, "{story}: echoes");
    let losses: Vec<Loss> = (found.losses.iter())
        .map(|loss| Loss {
            before: loss.before.outlet.clone(),
            after: loss.after.outlet.clone(),
            drifts: loss
                .drifts
                .iter()
                .map(|drift| drift.describe().to_owned())
                .collect(),
        })
        .collect();
    assert_eq!(losses, expected.losses, "{story}: losses");
    let passages: Vec<Passage> = (found.passages.iter())
        .map(|passage| Passage {
            through: passage.through.source.clone(),
            outlets: passage.outlets.clone(),
        })
        .collect();
    assert_eq!(passages, expected.passages, "{story}: passages");
    let reach = |list: fn(&reliance::Correction) -> &Vec<reliance::Reached>| -> Vec<String> {
        let mut names: Vec<String> = (found.correction.iter().flat_map(list))
            .map(|one| one.outlet.clone())
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        reach(|one| &one.reached),
        expected.reached,
        "{story}: reached"
    );
    assert_eq!(reach(|one| &one.late), expected.late, "{story}: late");
    assert_eq!(
        reach(|one| &one.never),
        expected.never_denied,
        "{story}: never"
    );
    let silent: BTreeSet<String> = (found.silence.claim.iter())
        .map(|one| one.outlet.clone())
        .collect();
    assert_eq!(
        silent.into_iter().collect::<Vec<_>>(),
        expected.silent,
        "{story}: silent"
    );
    for without in expected.without {
        let source = AgentId::named(&without.source);
        let answer = reliance::without(&trace::material(&facts), &source);
        let fate = serde_json::to_value(answer.fate).unwrap();
        assert_eq!(
            fate,
            without.fate.as_str(),
            "{story}: without {}",
            without.source
        );
        assert_eq!(
            answer.lost, without.lost,
            "{story}: without {}",
            without.source
        );
    }
    for at in expected.as_of {
        let scope = Scope {
            as_of: at.day.to_string().parse().ok(),
            ..Scope::default()
        };
        let facts = trace::facts(&graph, &id, "", 1.0, &scope, lexicon);
        let found = trace::assemble(&facts).reliance;
        let counts = (found.counts.outlets, found.counts.origins);
        assert_eq!(
            counts,
            (at.outlets, at.origins),
            "{story}: as of {}",
            at.day
        );
    }
}

#[test]
fn a_wire_report_its_reprint_and_a_second_route() {
    check("wire-two-routes");
}

#[test]
fn two_outlets_that_have_it_from_each_other() {
    check("citation-loop");
}

#[test]
fn a_president_his_spokesman_and_a_farmer() {
    check("spokesman");
}

#[test]
fn a_hedge_is_lost_and_a_denial_comes_late() {
    check("lost-hedge");
}

#[test]
fn every_question_has_an_answer_somewhere_in_the_fixtures() {
    let lexicon = Lexicon::shipped();
    let graphs: Vec<Graph> = [
        "fixtures/reliance/wire-two-routes/articles",
        "fixtures/reliance/citation-loop/articles",
        "fixtures/reliance/lost-hedge/articles",
        "fixtures/articles",
    ]
    .into_iter()
    .map(graph)
    .collect();
    let source = AgentId::named("Quick Line");
    for question in ask::QUESTIONS {
        let mut answered = 0;
        for graph in &graphs {
            let claims = ask::most_told(graph);
            let scope = Scope::default();
            let rows = ask::ask(graph, question, &claims, Some(&source), &scope, lexicon);
            for row in &rows {
                assert_eq!(row.len(), question.columns.len(), "{}", question.name);
            }
            answered += rows.len();
        }
        // An echo stands in the unit tests alone.
        assert!(
            answered > 0 || question.name == "echoes",
            "{} has no answer",
            question.name
        );
        assert!(question.example.starts_with(question.name));
    }
}

#[test]
fn all_twenty_questions_name_what_answers_them() {
    let text = fs::read_to_string(root().join("docs/questions.md")).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    let mut numbers = BTreeSet::new();
    for row in &rows {
        let number = row[2..].split(' ').next().unwrap_or_default();
        let Ok(number) = number.parse::<usize>() else {
            continue;
        };
        numbers.insert(number);
        let mut named = 0;
        for command in row.split("`claimgraph ").skip(1) {
            let mut words = command.split(['`', ' ']);
            let (verb, name) = (words.next(), words.next().unwrap_or_default());
            let known = match verb {
                Some("query") => ontology::queries().iter().any(|query| query.name == name),
                Some("ask") => ask::question(name).is_some(),
                _ => false,
            };
            assert!(known, "{number}: {command}");
            named += 1;
        }
        assert!(named > 0, "{number}");
    }
    assert_eq!(numbers, (1..=20).collect());
}

#[test]
fn ask_prints_tables_objects_and_rows() {
    let workspace = Workspace::new();
    let articles = root().join("fixtures/reliance/citation-loop/articles");
    let from = articles.to_str().unwrap();
    let ask = |arguments: &[&str]| {
        let run = workspace.run(
            ["-q", "ask"]
                .iter()
                .chain(arguments)
                .chain(&["--from", from]),
        );
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    let table = ask(&["circles", "ferry sold to a shipyard"]);
    assert!(table.contains("Quay Times"), "{table}");
    let csv = ask(&["circles", "--format", "csv"]);
    assert!(
        csv.starts_with("claim,label,from,relation,to,date,quote"),
        "{csv}"
    );
    let json: serde_json::Value = serde_json::from_str(&ask(&[
        "without",
        "--source",
        "Gull Blog",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(json[0]["fate"], "loses all support");
    let explained = workspace.run(["ask", "circles", "--explain"]);
    assert!(explained.stdout.contains("Tarjan"), "{explained:?}");
    let without = workspace.run(["ask", "without", "--from", from]);
    assert_eq!(without.code, 2);
    let explained = workspace.run(["query", "silence", "--explain"]);
    assert!(
        explained.stdout.contains("SELECT DISTINCT ?event"),
        "{explained:?}"
    );
    assert!(
        explained.stdout.contains("event=5d0c0c8fb2a1e3f4"),
        "{explained:?}"
    );
}

#[test]
fn a_store_knows_what_it_held_on_a_day() {
    let workspace = Workspace::new();
    let articles = root().join("fixtures/reliance/citation-loop/articles");
    let run = workspace.run(["-q", "ingest", articles.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:?}");
    let outlets = |arguments: &[&str]| {
        let words = [
            "-q",
            "trace",
            "ferry sold to a shipyard",
            "--format",
            "json",
        ];
        let run = workspace.run(words.iter().chain(arguments));
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        json["summary"]["outlets"].as_u64()
    };
    assert_eq!(outlets(&[]), Some(4));
    assert_eq!(outlets(&["--known-on", "2001-01-01"]), Some(0));
    assert_eq!(outlets(&["--known-on", "2999-01-01"]), Some(4));
    assert_eq!(outlets(&["--as-of", "2032-06-02"]), Some(2));
}
