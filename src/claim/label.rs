//! What a claim is called: its shortest good wording, its fullest wording, its figures.

use crate::mention::Quantity;

use super::MentionFacts;

/// Wordings shorter than this many words seldom stand alone.
const FEWEST_WORDS: usize = 4;

/// The shortest well-formed wording, capitalised; the least bad one when none is well-formed.
pub(super) fn label(mentions: &[&MentionFacts]) -> String {
    (mentions.iter())
        .map(|facts| tidy(&facts.text))
        .filter(|wording| !wording.is_empty())
        .min_by_key(|wording| (faults(wording), wording.len(), wording.clone()))
        .unwrap_or_default()
}

/// The fullest wording, as it stands in the text.
pub(super) fn fullest(mentions: &[&MentionFacts]) -> String {
    (mentions.iter())
        .map(|facts| facts.text.trim())
        .max_by(|a, b| a.len().cmp(&b.len()).then_with(|| b.cmp(a)))
        .unwrap_or_default()
        .to_owned()
}

/// The quantities that all mentions give, worded as in the first.
pub(super) fn shared_quantities(mentions: &[&MentionFacts]) -> Vec<Quantity> {
    let Some((first, rest)) = mentions.split_first() else {
        return Vec::new();
    };
    let given = |facts: &&MentionFacts, quantity: &Quantity| {
        (facts.quantities.iter()).any(|other| other.value == quantity.value)
    };
    (first.quantities.iter())
        .filter(|quantity| rest.iter().all(|facts| given(facts, quantity)))
        .cloned()
        .collect()
}

/// A wording cut to fit into a sentence about it.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 90;
    let text = tidy(text);
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &text[..cut])
        }
    }
}

/// Takes off what ties a wording to its sentence: quotation marks, conjunctions, final stops.
fn tidy(text: &str) -> String {
    let quotes = ['"', '“', '”', '‘', '«', '»', '„'];
    let mut text = text.trim();
    loop {
        let mut rest = text
            .trim_matches(quotes)
            .trim_matches([' ', ',', ';', ':', '.', '-', '–', '—']);
        for word in ["that ", "and ", "but ", "because ", "so "] {
            rest = (rest.get(..word.len()))
                .filter(|start| start.eq_ignore_ascii_case(word))
                .map_or(rest, |_| &rest[word.len()..]);
        }
        if rest == text {
            break;
        }
        text = rest;
    }
    let joined: Vec<&str> = text.split_whitespace().collect();
    let joined = joined.join(" ");
    let mut characters = joined.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Counts what is wrong with a wording that is to stand alone.
fn faults(wording: &str) -> usize {
    let words: Vec<&str> = wording.split(' ').collect();
    let first = words[0].to_lowercase();
    let fragment = STARTS_A_FRAGMENT.contains(&first.as_str()) || first.ends_with("ing");
    let vague = matches!(
        first.as_str(),
        "it" | "he" | "she" | "they" | "this" | "these" | "we" | "i"
    );
    let verb = (words.iter().skip(1)).any(|word| {
        let word = word.to_lowercase();
        VERBS.contains(&word.as_str())
            || word.ends_with("ed")
            || word.ends_with("n't")
            || word.ends_with("n’t")
    });
    2 * usize::from(fragment)
        + usize::from(vague)
        + 2 * usize::from(!verb)
        + 2 * usize::from(words.len() < FEWEST_WORDS)
        + usize::from(wording.contains('[') || wording.contains("..."))
}

/// Words that a clause with a subject does not begin with.
const STARTS_A_FRAGMENT: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "will",
    "would", "can", "could", "may", "might", "must", "should", "not", "to", "of", "for", "by",
    "with", "from", "about", "over", "than", "or", "nor", "as", "who", "which", "whose",
];

/// Words that are verbs whatever stands around them.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "will", "would", "can",
    "could", "may", "might", "must", "should", "cannot", "says", "said", "rose", "fell", "grew",
    "made", "took", "went", "won", "lost", "met", "plans", "wants", "seeks", "poses", "pose",
    "remains", "became", "began", "left", "shot", "broke", "sent", "told", "gave", "came", "found",
    "knew", "held",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conjunctions_quotation_marks_and_stops_come_off() {
        assert_eq!(tidy("“that the dam is safe”."), "The dam is safe");
        assert_eq!(tidy("and that it rained, "), "It rained");
        assert_eq!(tidy("”"), "");
    }

    #[test]
    fn a_clause_is_better_than_a_fragment() {
        assert!(faults("The dam is safe") < faults("Does not endanger anyone"));
        assert!(faults("The dam is safe") < faults("The safety of the dam"));
        assert!(faults("The dam is safe") < faults("It is safe"));
    }
}
