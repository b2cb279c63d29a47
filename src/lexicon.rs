//! Typed loaders of the data files in `lexicon/data`: words are data, not code.
//!
//! Every file carries examples that test it. Nothing here decides anything.

use std::sync::LazyLock;

pub mod concepts;
pub mod vocabulary;

/// All lexicons, parsed once.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Names that stand for one thing.
    pub concepts: concepts::Concepts,
    /// Words that mean the same, and words that mean nothing.
    pub vocabulary: vocabulary::Vocabulary,
}

impl Lexicon {
    /// Returns the lexicon built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses every embedded file.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
            concepts: concepts::Concepts::shipped(),
            vocabulary: vocabulary::Vocabulary::shipped(),
        });
        &SHIPPED
    }
}
