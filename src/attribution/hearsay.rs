//! Statements that an adverb gives to nobody in particular: "the tenor has reportedly cancelled".

use crate::{
    attribution::{Attribution, Line, boundary},
    lexicon::function::Classes,
    mention::Stance,
};

/// Finds what adverbs of hearsay mark outside the attributions found; `first` is the index of the
/// first attribution of this sentence.
pub(super) fn find(line: &Line<'_>, first: usize, found: &mut Vec<Attribution>) {
    for at in 1..line.len() {
        // Adverbs all end so; the rest need no look-up.
        let adverb = line.word(at).ends_with("ly");
        if !adverb
            || !line.lexicon.cues.hearsay.contains(line.word(at))
            || line.quotation(at).is_some()
        {
            continue;
        }
        let cue = line.span(at);
        // Inside what somebody says the word only shows the distance of whoever says it.
        let taken = found[first..]
            .iter()
            .any(|other| other.content_span().overlaps(cue) || other.cover().overlaps(cue));
        let limit = (at..line.body_end())
            .find(|&t| {
                // A comma closes it only where another clause begins.
                let clause = Classes::COORDINATOR.or(Classes::SUBORDINATOR);
                matches!(line.word(t), ";" | "—" | "–")
                    || (line.word(t) == ","
                        && (line.class(t + 1, clause) || line.word(t + 1).ends_with("ing")))
            })
            .unwrap_or_else(|| line.body_end());
        // "a reportedly forged pass": beside an adjective it marks no statement.
        let adjective = line.class(at - 1, Classes::DETERMINER);
        if taken || adjective || boundary::n_words(line, at + 1, limit) < 2 {
            continue;
        }
        let mut group = at;
        while group > 0 && line.class(group - 1, Classes::AUXILIARY.or(Classes::ADVERB)) {
            group -= 1;
        }
        let Some(subject) = boundary::subject(line, group) else {
            continue;
        };
        let content = vec![
            line.range(subject.tokens.start, at),
            line.range(at + 1, limit),
        ];
        let made = Attribution::new(line, cue, None, content, 0.8, "adverb/hearsay");
        found.push(Attribution {
            stance: Stance::Hedges,
            ..made
        });
    }
}
