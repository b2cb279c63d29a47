//! The program on one page: the steps from a raw article to its mentions, in order.
//!
//! Reading is step 1 and stands in [`crate::article`]; joining claims across articles, storing,
//! tracing and exporting are steps 6 to 10 and need all articles.

use crate::{
    article::RawArticle,
    attribution,
    diagnostic::Warned,
    document::{self, CleanOptions},
    lexicon::Lexicon,
    mention::Analysis,
    resolve, text,
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
    // 2. Blocks and metadata.
    let Warned {
        value: document,
        diagnostics,
    } = document::clean(raw, lexicon, &options.clean);
    // 3. Sentences, tokens, quotations.
    let text = text::segment(&document, lexicon);
    // 4. Who is said to have said what.
    let attributions = attribution::attribute(&raw.snapshot.text, &text, lexicon);
    // 5. Sources, quantities, events: mentions with chains.
    let value = resolve::resolve(&document, &text, &attributions, lexicon);
    Warned { value, diagnostics }
}
