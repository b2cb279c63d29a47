//! Typed loaders of the data files in `lexicon/data`: words are data, not code.
//!
//! Every file carries examples that test it. Nothing here decides anything.

use std::sync::LazyLock;

pub mod furniture;
pub mod outlets;

/// All lexicons, parsed once.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Phrases of site furniture, captions, bylines and source lines.
    pub furniture: furniture::Furniture,
    /// News organisations by name and domain.
    pub outlets: outlets::Outlets,
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
            furniture: furniture::Furniture::shipped(),
            outlets: outlets::Outlets::shipped(),
        });
        &SHIPPED
    }
}
