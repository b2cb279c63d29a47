//! Articles from paths: found, read and analysed in parallel, handed on in the order given.
//!
//! It never writes and never drops an article silently.

use std::{path::PathBuf, thread};

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::{args::SuppliedArgs, extractor};
use crate::{
    article::{self, ArticleError, RawArticle, ReadOptions, Snapshot, Supplied},
    diagnostic::{Diagnostic, Warned},
    document::CleanOptions,
    id::seed_hash,
    lexicon::Lexicon,
    mention::Analysis,
    pipeline,
};

/// So many articles are held in memory at once, twice: while one batch is analysed the last is
/// handed on.
pub(crate) const BATCH: usize = 32;

/// A file that was found, or why not.
pub(crate) type Found = Result<PathBuf, ArticleError>;

/// A file that was read, or why not.
pub(crate) type Read = Result<Warned<RawArticle>, ArticleError>;

/// One article with everything found in it.
pub(crate) struct Analysed {
    pub(crate) snapshot: Snapshot,
    pub(crate) analysis: Analysis,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What [`given`] says of it.
    pub(crate) given: String,
}

/// Reads files in parallel; the results stand in the order of `files`.
pub(crate) fn read(files: Vec<Found>, options: &ReadOptions) -> Vec<Read> {
    files
        .into_par_iter()
        .map(|file| article::read(&file?, options))
        .collect()
}

/// Analyses articles in parallel; the results stand in the order of `articles`.
pub(crate) fn analyse(
    articles: Vec<Warned<RawArticle>>,
    lexicon: &Lexicon,
    options: &pipeline::Options,
    progress: &ProgressBar,
) -> Vec<Analysed> {
    articles
        .into_par_iter()
        .map(|article| analyse_one(article, lexicon, options, progress))
        .collect()
}

fn analyse_one(
    article: Warned<RawArticle>,
    lexicon: &Lexicon,
    options: &pipeline::Options,
    progress: &ProgressBar,
) -> Analysed {
    let analysis = pipeline::analyse(&article.value, lexicon, options);
    progress.inc(1);
    let mut diagnostics = article.diagnostics;
    diagnostics.extend(analysis.diagnostics);
    Analysed {
        given: given(&article.value, options),
        snapshot: article.value.snapshot,
        analysis: analysis.value,
        diagnostics,
    }
}

/// Reads and analyses files batch by batch and hands the articles on in the order of `files`; while
/// one batch is handed on, the next is analysed.
pub(crate) fn stream(
    files: Vec<Found>,
    options: &pipeline::Options,
    progress: &ProgressBar,
    mut take: impl FnMut(Result<Analysed, ArticleError>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let lexicon = Lexicon::shipped();
    let mut files = files.into_iter();
    let mut finished = Vec::new();
    loop {
        let batch: Vec<Found> = files.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return finished.into_iter().try_for_each(take);
        }
        finished = thread::scope(|scope| {
            let analysis = scope.spawn(|| {
                (batch.into_par_iter())
                    .map(|file| {
                        let article = article::read(&file?, &ReadOptions::default())?;
                        Ok(analyse_one(article, lexicon, options, progress))
                    })
                    .collect()
            });
            finished.into_iter().try_for_each(&mut take)?;
            Ok::<_, anyhow::Error>(
                analysis
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            )
        })?;
    }
}

/// Names what is known of an article beside its text: from its files, a slash, from the user. What
/// nothing is known from is empty. With other knowledge the same text is analysed anew.
pub(crate) fn given(article: &RawArticle, options: &pipeline::Options) -> String {
    let Supplied {
        outlet,
        published,
        url,
        ..
    } = &options.clean.supplied;
    let by_user = outlet.is_some() || published.is_some() || url.is_some();
    let from_files = match article.supplied.is_empty() {
        true => String::new(),
        false => seed_hash(&[&format!("{:?}", article.supplied)]),
    };
    let from_user = match by_user {
        true => seed_hash(&[&format!("{:?}", options.clean)]),
        false => String::new(),
    };
    match from_files.is_empty() && from_user.is_empty() {
        true => String::new(),
        false => format!("{from_files}/{from_user}"),
    }
}

/// Says whether `given` says nothing that differs from what was `held`; that something is not
/// said again takes nothing back.
pub(crate) fn says_nothing_new(given: &str, held: &str) -> bool {
    let parts = |text: &str| {
        text.split_once('/')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    let (files, user) = parts(given).unwrap_or_default();
    let (held_files, held_user) = parts(held).unwrap_or_default();
    (files.is_empty() || files == held_files) && (user.is_empty() || user == held_user)
}

/// Returns the options that the user's knowledge of the articles makes.
pub(crate) fn options(supplied: &SuppliedArgs) -> pipeline::Options {
    pipeline::Options {
        clean: CleanOptions {
            supplied: Supplied {
                origin: "option",
                outlet: supplied.outlet.clone(),
                published: supplied.published,
                url: supplied.url.clone(),
                ..Supplied::default()
            },
            override_text: supplied.override_text,
        },
        extractor: extractor::chosen(),
    }
}
