//! Lines beside the text that more than one pattern tells: bars of parts, and what is said of the
//! author.
//!
//! It knows the words of a line, never where it stands.

use super::{BlockKind, Found, classify::Classified};
use crate::lexicon::{Lexicon, furniture::Place};

/// Says whether a line is parts side by side, one of them furniture: "Jane Doe · May 3 · 3 min read".
pub(super) fn is_bar(line: &str, lexicon: &Lexicon) -> bool {
    let parts = || line.split(['·', '•', '|']).map(str::trim);
    line.len() <= 160
        && parts().count() >= 2
        && parts().any(|part| {
            let hit = || lexicon.furniture.hit(part, |place| place != Place::Tail);
            !part.is_empty() && hit().is_some()
        })
}

/// Takes out what the last paragraphs tell of the author: "Jane Doe is a columnist."
pub(super) fn biography(
    text: &str,
    all: &mut [Classified<'_>],
    authors: &[Found<String>],
    lexicon: &Lexicon,
) {
    let body = all.iter_mut().rev().filter(|c| c.kind == BlockKind::Body);
    for c in body.take(3) {
        let line = c.line.span.of(text);
        let rest = authors
            .iter()
            .find_map(|author| line.strip_prefix(author.value.as_str()));
        match rest {
            Some(rest) if lexicon.furniture.is_biography(rest) => c.kind = BlockKind::Furniture,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_has_parts_of_which_one_is_furniture() {
        let lexicon = Lexicon::shipped();
        assert!(is_bar("Jane Doe · May 3 · 3 min read", lexicon));
        assert!(!is_bar("The vote was 5 | 4 on Monday", lexicon));
        assert!(!is_bar("3 min read", lexicon));
    }
}
