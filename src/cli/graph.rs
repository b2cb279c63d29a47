//! The graph a command reads: the store's, or one made on the spot from articles.
//!
//! It never changes a store.

use std::{collections::HashSet, path::PathBuf};

use super::{
    args::{GraphArgs, ReadArgs, StoreArgs},
    error::hinted,
    extractor,
    load::{Analysed, Item, Job},
    progress::Progress,
    report::{Remarks, Reporter, Skips},
};
use crate::{
    article::Inputs,
    store::{Graph, StoreError},
};

/// A graph, and whether some input did not make it there.
pub(crate) struct Opened {
    /// Not dropped: the process ends with the command, and to give back piece by piece what was read
    /// of a large store takes as long as finding a claim in it.
    pub(crate) graph: &'static Graph,
    pub(crate) skipped: bool,
}

/// Opens the store or analyses the articles of `--from`.
pub(crate) fn open(args: &GraphArgs, reporter: &Reporter) -> anyhow::Result<Opened> {
    let lexicon = extractor::lexicon();
    if !args.is_on_the_spot() {
        lexicon.read_ahead();
        let graph = Graph::open(&store_dir(&args.store), lexicon).map_err(advise)?;
        return Ok(Opened {
            graph: Box::leak(Box::new(graph)),
            skipped: false,
        });
    }
    let mut articles = Vec::new();
    let skipped = analyse(&args.from, &args.read, reporter, &mut |article| {
        articles.push((article.snapshot, article.analysis));
        Ok(())
    })?;
    Ok(Opened {
        graph: Box::leak(Box::new(Graph::in_memory(articles, lexicon))),
        skipped,
    })
}

/// Hands on the articles of `--from`, each text once, and says whether some input was left out.
pub(crate) fn analyse(
    paths: &[PathBuf],
    args: &ReadArgs,
    reporter: &Reporter,
    take: &mut dyn FnMut(Analysed) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    let job = Job::on_the_spot(paths, args);
    let mut progress = Progress::new(&job.inputs, reporter);
    let mut skips = Skips::new(reporter, progress.bar());
    let mut remarks = Remarks::default();
    // A part of the hash is as good as the whole and smaller.
    let mut seen: HashSet<String> = HashSet::new();
    job.run(&mut progress, |_, item| {
        let article = match item {
            Item::Analysed(article) => article,
            Item::Failed(error) => {
                skips.count(&error);
                return Ok(());
            }
            Item::Held(_) | Item::Readable(_) | Item::Older => return Ok(()),
        };
        if !seen.insert(article.snapshot.id.as_str().chars().take(16).collect()) {
            return Ok(());
        }
        skips.bar().suspend(|| {
            for diagnostic in &article.diagnostics {
                reporter.remark(diagnostic, &mut remarks);
            }
        });
        take(*article)
    })?;
    progress.finish();
    if seen.is_empty() {
        return Err(nothing_to_read(&job.inputs));
    }
    reporter.remarks(&remarks);
    skips.summary();
    Ok(skips.failed() > 0)
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

/// The error for input in which no article could be read.
pub(crate) fn nothing_to_read(inputs: &Inputs) -> anyhow::Error {
    let paths = inputs.paths.iter().chain(&inputs.list);
    let paths: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    hinted(
        format_args!("no article could be read from {}", paths.join(", ")),
        "articles are texts, web pages, JSON, tables, web archives, feeds and letters, or folders of \
         them; --map says where records keep the text, --input-format what the input is",
    )
}
