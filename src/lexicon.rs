//! Typed loaders of the data files in `lexicon/data`: words are data, not code.
//!
//! Every file carries examples that test it. Nothing here decides anything.

use std::sync::LazyLock;

/// All lexicons, parsed once.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// Returns the lexicon built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses every embedded file.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
        &SHIPPED
    }
}
