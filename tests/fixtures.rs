//! What must come out of the fixtures: metadata, mentions, traces.
//!
//! Runs the library, not the binary. Says what is expected only through the files in `fixtures/`.
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use claimgraph::{
    article::{self, ReadOptions},
    lexicon::Lexicon,
    pipeline::{self, Options},
    store::Graph,
    trace::{self, Lookup, Trace},
};

#[test]
fn zz_dump() {
    for dir in [
        "fixtures/articles",
        "fixtures/stories/orvane-leak/articles",
        "../../shared/articles",
    ] {
        let files = article::discover(&[PathBuf::from(dir)]);
        let mut list = Vec::new();
        for f in files {
            let f = f.unwrap();
            let raw = article::read(&f, &ReadOptions::default()).unwrap().value;
            let a = pipeline::analyse(&raw, Lexicon::shipped(), &Options::default()).value;
            list.push((raw.snapshot, a));
        }
        let paths: BTreeMap<_, _> = list
            .iter()
            .map(|(s, a)| (s.id.clone(), format!("{:?}", a.article.path)))
            .collect();
        let graph = Graph::in_memory(list, Lexicon::shipped());
        let index = graph.claims();
        println!("######## {dir} {}", index.ids().len());
        let mut claims: Vec<_> = index
            .ids()
            .iter()
            .map(|i| index.claim(i).unwrap())
            .collect();
        claims.sort_by_key(|c| std::cmp::Reverse(c.mentions.len()));
        for c in claims {
            println!("{} [{}] {}", c.mentions.len(), c.id, c.label);
            for m in &c.mentions {
                let f = index.mention(m).unwrap();
                let p = &paths[&f.snapshot];
                let p = p.rsplit('/').next().unwrap_or("");
                println!(
                    "    {:.6} {:?} {:?} | {:.160} || {}",
                    p,
                    f.stance,
                    f.denies,
                    f.text.replace('\n', " "),
                    f.signature
                );
            }
        }
    }
}
