//! Verbs that name an event: "met", "crashed", "spoke with the mayor by telephone".

use super::{Anchor, Introduction, Reader};

/// How many words behind "spoke" its "by telephone" may stand.
const MEDIUM_REACH: usize = 10;

impl Reader<'_> {
    pub(super) fn verb(&self, index: usize) -> Option<Anchor> {
        let words = self.words;
        let known = self.events().verb_starts.contains(&*words.lower(index));
        let (length, kind) = (known.then(|| {
            [4, 3, 2, 1].into_iter().find_map(|length| {
                let phrase = words.phrase(index, index + length)?;
                Some((length, *self.events().verbs.get(&phrase)?))
            })
        }))
        .flatten()
        .or_else(|| self.talked(index))?;
        let doubted = (index.saturating_sub(3)..index)
            .any(|at| self.events().words.doubting.contains(&*words.lower(at)));
        if doubted {
            return None;
        }
        Some(Anchor {
            span: words.cover(index, index + length),
            sentence: self.sentence,
            kind,
            introduction: Introduction::Bare,
            unreal: None,
            names: Vec::new(),
            day: None,
            participants: Vec::new(),
            place: None,
            pair: false,
            verb: true,
            verbal: !self.events().kinds[kind].conversation
                || self.events().kinds[kind].may_be.is_empty(),
            from: index,
            head: index + length - 1,
        })
    }

    /// "Spoke with the mayor by telephone": how many words it is long, and the kind.
    fn talked(&self, index: usize) -> Option<(usize, usize)> {
        let words = self.words;
        if !self.events().words.talking.contains(&*words.lower(index)) {
            return None;
        }
        for at in index + 1..index + 1 + MEDIUM_REACH {
            if matches!(words.text(at), "." | ";" | "“" | "\"" | "!" | "?") {
                break;
            }
            let found = [3, 2].into_iter().find_map(|length| {
                let phrase = words.phrase(at, at + length)?;
                Some((at + length - index, *self.events().by_medium.get(&phrase)?))
            });
            if found.is_some() {
                return found;
            }
        }
        None
    }
}
