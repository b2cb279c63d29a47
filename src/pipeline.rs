//! The program on one page: the steps from a raw article to its mentions, in order.
//!
//! Reading is step 1 and stands in [`crate::article`]; joining claims across articles, storing,
//! tracing and exporting are steps 6 to 11 and need all articles.

use std::sync::Arc;

use crate::{
    article::RawArticle,
    attribution::{self, Model},
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
    /// What finds attributions.
    pub extractor: Extractor,
}

/// What finds attributions.
#[derive(Debug, Clone, Default)]
pub enum Extractor {
    /// Rules and the model that comes with the program.
    #[default]
    Shipped,
    /// Rules and another model.
    Model(Arc<Model>),
    /// Rules alone.
    Rules,
}

impl Extractor {
    /// Returns the model, if one is used.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        match self {
            Self::Shipped => Some(Model::shipped()),
            Self::Model(model) => Some(model),
            Self::Rules => None,
        }
    }
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
    let text = match document.metadata.is_analysed() {
        true => text::segment(&document, lexicon),
        // The words of another language would be taken for English ones.
        false => text::Text::default(),
    };
    // 4. Who is said to have said what.
    let attributions = attribution::attribute(
        &raw.snapshot.text,
        &text,
        lexicon,
        options.extractor.model(),
    );
    // 5. Sources, quantities, events: mentions with chains.
    let value = resolve::resolve(&document, &text, &attributions, lexicon);
    Warned { value, diagnostics }
}
