//! The program on one page: the steps from a raw article to its mentions, in order.

use crate::{
    article::RawArticle,
    diagnostic::Warned,
    document::{self, CleanOptions},
    lexicon::Lexicon,
    mention::Analysis,
    text,
};

/// What the user can set about the analysis.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Metadata from the command line.
    pub clean: CleanOptions,
}

/// Analyses one article; never fails.
#[must_use]
pub fn analyse(raw: &RawArticle, lexicon: &Lexicon, options: &Options) -> Warned<Analysis> {
    let document = document::clean(raw, lexicon, &options.clean);
    let sentences = text::segment(&document.value, lexicon);
    let _ = sentences;
    unimplemented!()
}
