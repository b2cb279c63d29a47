//! How long the stages of the pipeline take on the fixtures: `cargo bench`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench")]

use std::{hint::black_box, path::PathBuf, time::Instant};

use claimgraph::{
    article::{self, RawArticle, ReadOptions, Snapshot},
    attribution,
    claim::copy,
    document,
    lexicon::Lexicon,
    mention::Analysis,
    pipeline,
    rdf::describe,
    store::Graph,
    text, trace,
};

const ROUNDS: u32 = 20;

fn main() {
    let lexicon = Lexicon::shipped();
    let articles = articles();
    let options = pipeline::Options::default();
    let words: usize = (articles.iter())
        .map(|raw| raw.snapshot.text.split_whitespace().count())
        .sum();
    println!("{} articles, {words} words", articles.len());

    measure("blocks and metadata", || {
        for raw in &articles {
            black_box(document::clean(raw, lexicon, &options.clean));
        }
    });
    measure("… and sentences", || {
        for raw in &articles {
            let document = document::clean(raw, lexicon, &options.clean).value;
            black_box(text::segment(&document, lexicon));
        }
    });
    measure("… and attributions", || {
        for raw in &articles {
            let document = document::clean(raw, lexicon, &options.clean).value;
            let text = text::segment(&document, lexicon);
            let snapshot = raw.snapshot.text.as_str();
            black_box(attribution::attribute(snapshot, &text, lexicon));
        }
    });
    let analyse = || -> Vec<(Snapshot, Analysis)> {
        (articles.iter())
            .map(|raw| {
                let analysis = pipeline::analyse(raw, lexicon, &options).value;
                (raw.snapshot.clone(), analysis)
            })
            .collect()
    };
    measure("the whole analysis", || {
        black_box(analyse());
    });
    let analysed = analyse();
    measure("analyses as quads", || {
        for (_, analysis) in &analysed {
            black_box(describe::analysis(analysis));
        }
    });
    measure("reprints", || {
        let texts = analysed.iter().map(|(_, analysis)| copy::text(analysis));
        black_box(copy::reprints(texts.collect()));
    });
    measure("a graph in memory", || {
        black_box(Graph::in_memory(analysed.clone(), lexicon).len());
    });
    let graph = Graph::in_memory(analysed, lexicon);
    if let trace::Lookup::Claim { id, matched, .. } = trace::find(&graph, "175,000 troops", lexicon)
    {
        measure("a trace", || {
            black_box(trace::trace(
                &graph,
                &id,
                "175,000 troops",
                matched,
                lexicon,
            ));
        });
    }
}

fn articles() -> Vec<RawArticle> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    (article::discover(&[folder]).into_iter())
        .map(|path| {
            article::read(&path.unwrap(), &ReadOptions::default())
                .unwrap()
                .value
        })
        .collect()
}

fn measure(what: &str, work: impl Fn()) {
    work();
    let started = Instant::now();
    for _ in 0..ROUNDS {
        work();
    }
    let each = started.elapsed() / ROUNDS;
    println!("{what:24}{:>10.2} ms", each.as_secs_f64() * 1000.0);
}
