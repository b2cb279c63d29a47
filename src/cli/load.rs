//! Articles from paths: found, read and analysed in parallel, handed on in the order given.
//!
//! It never writes and never drops an article silently.

use std::path::PathBuf;

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::args::SuppliedArgs;
use crate::{
    article::{self, ArticleError, RawArticle, ReadOptions, Snapshot, Supplied},
    diagnostic::{Diagnostic, Warned},
    document::CleanOptions,
    id::seed_hash,
    lexicon::Lexicon,
    mention::Analysis,
    pipeline,
};

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
        .map(|article| {
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
        })
        .collect()
}

/// Names what is known of an article beside its text, from the user or from its file; empty when
/// nothing is. With other knowledge the same text is analysed anew.
pub(crate) fn given(article: &RawArticle, options: &pipeline::Options) -> String {
    let Supplied {
        outlet,
        published,
        url,
        ..
    } = &options.clean.supplied;
    let by_user = outlet.is_some() || published.is_some() || url.is_some();
    if article.supplied.is_empty() && !by_user {
        return String::new();
    }
    seed_hash(&[&format!("{:?} {:?}", article.supplied, options.clean)])
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
    }
}
