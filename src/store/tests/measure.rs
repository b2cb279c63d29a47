//! Measures the store on a million quads; run by hand:
//! `cargo test --release --lib store::tests::measure -- --ignored --nocapture`.

use std::time::Instant;

use oxigraph::{model::Literal, sparql::QueryResults};

use super::{damage, node, open, quad};
use crate::{article::Snapshot, lexicon::Lexicon, store::Writer};

const ARTICLES: usize = 8_000;

/// About 125 quads with 30 terms of their own.
fn large_article(number: usize) -> (Snapshot, Vec<oxigraph::model::Quad>) {
    let snapshot = Snapshot::new(format!("Large article {number}\n"));
    let graph = format!("graph/{}", snapshot.id);
    let mut quads = Vec::new();
    for mention in 0..12 {
        let subject = format!("mention/{}-{mention}", snapshot.id);
        let claim = (number * 7919 + mention * 104_729) % 30_000;
        for (property, value) in [
            ("type", node("Mention")),
            ("article", node(&format!("article/{number}"))),
            ("claim", node(&format!("claim/{claim}"))),
            ("speaker", node(&format!("speaker/{}", claim % 2_000))),
            (
                "stance",
                node(&format!("stance/{}", (number + mention) % 8)),
            ),
            ("layer", node("body")),
            ("outlet", node(&format!("outlet/{}", number % 300))),
            ("cue", node(&format!("cue/{}", claim % 90))),
        ] {
            quads.push(quad(&subject, property, value, &graph));
        }
        let words = format!("what was said in article {number} at place {mention} about {claim}");
        quads.push(quad(&subject, "quote", Literal::from(words), &graph));
        let start = Literal::from((mention * 97) as i64);
        quads.push(quad(&subject, "start", start, &graph));
    }
    (snapshot, quads)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let value = work();
    println!(
        "{what:<44} {:>10.3} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    value
}

#[test]
#[ignore = "a measurement, not a check"]
fn a_million_quads() {
    let dir = tempfile::tempdir().unwrap();
    let lexicon = Lexicon::shipped();
    let add = |writer: &mut Writer, number| {
        let (snapshot, quads) = large_article(number);
        writer.add_quads(&snapshot, "x", "", &quads, 12).unwrap();
    };
    let mut writer = Writer::open(dir.path()).unwrap();
    timed("8,000 articles written and synchronised", || {
        (0..ARTICLES).for_each(|number| add(&mut writer, number));
    });
    peak("before the index");
    timed("index built", || writer.finish(lexicon).unwrap());
    peak("after the index");
    for number in ARTICLES..ARTICLES + 3 {
        let mut writer = timed("writer opened", || Writer::open(dir.path()).unwrap());
        timed("one article more", || add(&mut writer, number));
        timed("its index", || writer.finish(lexicon).unwrap());
    }
    for _ in 0..2 {
        let graph = timed("store opened", || open(dir.path()));
        println!(
            "{} quads in {} layers",
            graph.len(),
            graph.stack.layers().len()
        );
        for (what, sparql) in [
            (
                "one claim with speaker and stance",
                "SELECT * { ?m <https://example.org/claim> <https://example.org/claim/77> ; <https://example.org/speaker> ?s ; <https://example.org/stance> ?t }",
            ),
            (
                "count of everything",
                "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            ),
            (
                "claims by mentions",
                "SELECT ?c (COUNT(?m) AS ?n) { ?m <https://example.org/stance> <https://example.org/stance/3> ; <https://example.org/claim> ?c } GROUP BY ?c ORDER BY DESC(?n) LIMIT 10",
            ),
            (
                "CONTAINS over all quotations",
                "SELECT (COUNT(*) AS ?n) { ?m <https://example.org/quote> ?q FILTER(CONTAINS(?q, \"777\")) }",
            ),
        ] {
            timed(what, || match graph.query(sparql, &[]).unwrap() {
                QueryResults::Solutions(rows) => assert!(rows.count() > 0),
                _ => panic!(),
            });
        }
    }
    peak("after the queries");
    let graph = open(dir.path());
    let quads = timed("all quads, sorted", || graph.quads());
    timed("the same in Oxigraph's memory", || {
        let store = oxigraph::store::Store::new().unwrap();
        let mut loader = store.bulk_loader();
        loader.load_quads(quads).unwrap();
        loader.commit().unwrap();
    });
    let findings = timed("verify", || damage(dir.path()));
    assert_eq!(findings, []);
    let bytes: u64 = walkdir::WalkDir::new(dir.path().join("index"))
        .into_iter()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    println!("index: {} MB", bytes >> 20);
}

/// Prints the most memory that was in use so far, where the system tells.
fn peak(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    println!("{when}: {}", line.unwrap_or_default());
}
