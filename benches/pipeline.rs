//! How long the stages of the pipeline take on the fixtures, in words a second: `cargo bench`.
#![expect(clippy::unwrap_used, reason = "a bench")]

use std::{hint::black_box, path::PathBuf, time::Duration};

use claimgraph::{
    article::{self, RawArticle, ReadOptions},
    attribution,
    claim::{self, ClaimIndex, copy},
    document,
    id::SnapshotId,
    lexicon::Lexicon,
    mention::Analysis,
    pipeline,
    rdf::describe,
    resolve,
    store::Graph,
    text, trace,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn stages(criterion: &mut Criterion) {
    let lexicon = Lexicon::shipped();
    let options = pipeline::Options::default();
    let paths: Vec<PathBuf> = article::discover(&[fixtures()])
        .map(Result::unwrap)
        .collect();
    let read = |path: &PathBuf| article::read(path, &ReadOptions::default()).unwrap().value;
    let articles: Vec<RawArticle> = paths.iter().map(read).collect();
    let words: usize = (articles.iter())
        .map(|raw| raw.snapshot.text.split_whitespace().count())
        .sum();
    let mut group = criterion.benchmark_group("pipeline");
    group
        .throughput(Throughput::Elements(words as u64))
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));

    group.bench_function("read", |bench| {
        bench.iter(|| paths.iter().for_each(|path| drop(black_box(read(path)))));
    });
    let clean = |raw| document::clean(raw, lexicon, &options.clean).value;
    group.bench_function("blocks and metadata", |bench| {
        bench.iter(|| articles.iter().for_each(|raw| drop(black_box(clean(raw)))));
    });
    let documents: Vec<_> = articles.iter().map(clean).collect();
    let segment = |document| text::segment(document, lexicon);
    group.bench_function("sentences and tokens", |bench| {
        bench.iter(|| {
            documents
                .iter()
                .for_each(|document| drop(black_box(segment(document))))
        });
    });
    let texts: Vec<_> = documents.iter().map(segment).collect();
    let attribute = |(raw, text): (&RawArticle, &text::Text)| {
        let model = attribution::Model::shipped();
        attribution::attribute(&raw.snapshot.text, text, lexicon, Some(model))
    };
    group.bench_function("attributions", |bench| {
        bench.iter(|| {
            (articles.iter().zip(&texts)).for_each(|pair| drop(black_box(attribute(pair))));
        });
    });
    let attributions: Vec<_> = articles.iter().zip(&texts).map(attribute).collect();
    group.bench_function("sources, events, mentions", |bench| {
        bench.iter(|| {
            for ((document, text), found) in documents.iter().zip(&texts).zip(&attributions) {
                black_box(resolve::resolve(document, text, found, lexicon));
            }
        });
    });
    let analyse = |raw| pipeline::analyse(raw, lexicon, &options).value;
    group.bench_function("the whole analysis", |bench| {
        bench.iter(|| {
            articles
                .iter()
                .for_each(|raw| drop(black_box(analyse(raw))))
        });
    });
    let analyses: Vec<Analysis> = articles.iter().map(analyse).collect();
    group.bench_function("joining claims", |bench| {
        bench.iter(|| {
            let mut claims = ClaimIndex::default();
            claims.join(analyses.iter().flat_map(claim::facts).collect(), lexicon);
            claims
        });
    });
    group.bench_function("analyses as quads", |bench| {
        bench.iter(|| {
            (analyses.iter()).for_each(|analysis| drop(black_box(describe::analysis(analysis))));
        });
    });
    group.bench_function("reprints", |bench| {
        let read = |id: &SnapshotId| {
            let article = articles.iter().find(|raw| raw.snapshot.id == *id)?;
            Some(article.snapshot.text.clone())
        };
        bench.iter(|| copy::reprints(analyses.iter().map(copy::text).collect(), &read, lexicon));
    });
    let snapshots = || articles.iter().map(|raw| raw.snapshot.clone());
    let graph = || Graph::in_memory(snapshots().zip(analyses.clone()).collect(), lexicon);
    group.bench_function("a graph in memory", |bench| bench.iter(graph));
    let graph = graph();
    let trace::Lookup::Claim { id, matched, .. } = trace::find(&graph, QUESTION, lexicon) else {
        return;
    };
    group.bench_function("a trace", |bench| {
        bench.iter(|| trace::trace(&graph, &id, QUESTION, matched, lexicon));
    });
}

const QUESTION: &str = "175,000 troops";

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles")
}

criterion_group!(benches, stages);
criterion_main!(benches);
