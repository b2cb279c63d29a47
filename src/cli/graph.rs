//! The graph a command reads: the store's, or one made on the spot from articles.
//!
//! It never changes a store.

use std::path::{Path, PathBuf};

use super::{
    args::{GraphArgs, StoreArgs},
    error::hinted,
    extractor, load,
    report::Reporter,
};
use crate::{
    article::{self, ReadOptions},
    lexicon::Lexicon,
    pipeline,
    store::{Graph, StoreError},
};

/// A graph, and whether some input did not make it there.
pub(crate) struct Opened {
    pub(crate) graph: Graph,
    pub(crate) skipped: bool,
}

/// Opens the store or analyses the articles of `--from`.
pub(crate) fn open(args: &GraphArgs, reporter: &Reporter) -> anyhow::Result<Opened> {
    let lexicon = Lexicon::shipped();
    if args.from.is_empty() {
        let graph = Graph::open(&store_dir(&args.store), lexicon).map_err(advise)?;
        return Ok(Opened {
            graph,
            skipped: false,
        });
    }
    let files = article::discover(&args.from);
    let mut skipped = false;
    let mut articles = Vec::new();
    for read in load::read(files, &ReadOptions::default()) {
        match read {
            Ok(article) => articles.push(article),
            Err(reason) => {
                reporter.skipped(&reason);
                skipped = true;
            }
        }
    }
    if articles.is_empty() {
        return Err(nothing_to_read(&args.from));
    }
    let progress = reporter.progress(articles.len(), "analysing");
    let options = pipeline::Options {
        extractor: extractor::chosen(),
        ..pipeline::Options::default()
    };
    let analysed = load::analyse(articles, lexicon, &options, &progress);
    progress.finish_and_clear();
    let mut diagnostics = Vec::new();
    let mut articles = Vec::new();
    for article in analysed {
        diagnostics.extend(article.diagnostics);
        articles.push((article.snapshot, article.analysis));
    }
    reporter.diagnostics(&diagnostics);
    Ok(Opened {
        graph: Graph::in_memory(articles, lexicon),
        skipped,
    })
}

/// Returns the folder of the store: the option, else $CLAIMGRAPH_STORE, else ./.claimgraph.
pub(crate) fn store_dir(args: &StoreArgs) -> PathBuf {
    let from_environment = || {
        std::env::var_os("CLAIMGRAPH_STORE")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    args.store
        .clone()
        .or_else(from_environment)
        .unwrap_or_else(|| PathBuf::from(".claimgraph"))
}

/// Adds to an error of the store what the user can do about it.
pub(crate) fn advise(error: StoreError) -> anyhow::Error {
    let hint = match &error {
        StoreError::NoStore { .. } => {
            "`claimgraph ingest PATH...` makes one; `--from PATH...` analyses articles without a store"
        }
        StoreError::NotAStore { .. } => "name a new or empty folder with --store",
        StoreError::Format { .. } => "ingest the articles into a new store",
        StoreError::Busy { .. } => "wait until it has finished, and try again",
        StoreError::Damaged { .. } => "`claimgraph verify` names everything that is damaged",
        _ => return error.into(),
    };
    hinted(error, hint)
}

/// The error for paths below which no article could be read.
pub(crate) fn nothing_to_read<P: AsRef<Path>>(paths: &[P]) -> anyhow::Error {
    let paths: Vec<String> = paths
        .iter()
        .map(|path| path.as_ref().display().to_string())
        .collect();
    hinted(
        format_args!("no article could be read from {}", paths.join(", ")),
        "articles are text (.txt, .md) and HTML (.html, .htm) files, or folders of them",
    )
}
