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
pub(super) fn tidy(text: &str) -> String {
    let quotes = ['"', '“', '”', '‘', '«', '»', '„'];
    let mut text = text.trim();
    loop {
        let mut rest = text
            .trim_matches(quotes)
            .trim_matches([' ', ',', ';', ':', '.', '-', '–', '—']);
        for word in LEADING {
            rest = (rest.get(..word.len()))
                .filter(|start| start.eq_ignore_ascii_case(word))
                .and_then(|_| rest[word.len()..].strip_prefix([' ', ',']))
                .unwrap_or(rest);
        }
        for word in TRAILING {
            rest = (rest.len().checked_sub(word.len()))
                .and_then(|start| Some((rest.get(..start)?, rest.get(start..)?)))
                .filter(|(before, end)| {
                    end.eq_ignore_ascii_case(word) && before.ends_with([' ', ','])
                })
                .map_or(rest, |(before, _)| before);
        }
        if rest == text {
            break;
        }
        text = rest;
    }
    let joined = unbound(text.split_whitespace().collect()).join(" ");
    let mut characters = joined.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Leaves out what ties somebody's deed to the verb before: "(accused) Russia of sending arms" and
/// "(believes) Russia to be sending arms" tell of Russia sending arms.
fn unbound(mut words: Vec<&str>) -> Vec<&str> {
    let names = (words.iter())
        .take_while(|word| word.starts_with(char::is_uppercase))
        .count();
    let tie = match words.get(names..).unwrap_or_default() {
        ["of", deed, ..] if is_deed(deed) => names..names + 1,
        ["to", "be", deed, ..] if is_deed(deed) => names..names + 2,
        _ => return words,
    };
    if names > 0 && !DETERMINERS.contains(&words[0].to_lowercase().as_str()) {
        words.drain(tie);
    }
    words
}

fn is_deed(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ing") && word.starts_with(char::is_lowercase)
}

/// Words that tie a wording to what stood before it.
const LEADING: &[&str] = &[
    "that",
    "and",
    "but",
    "because",
    "so",
    "of course",
    "however",
    "meanwhile",
    "moreover",
    "furthermore",
    "nevertheless",
    "unfortunately",
    "also",
];

/// Words that tie a wording to what stood behind it.
const TRAILING: &[&str] = &[
    "though", "however", "adding", "saying", "and", "but", "or", "that", "although", "while", "as",
    "because", "who", "which", "where", "the", "a", "an", "of", "to", "with", "too",
];

/// Counts what is wrong with a wording that is to stand alone.
pub(super) fn faults(wording: &str) -> usize {
    let words: Vec<&str> = wording.split(' ').collect();
    let first = words[0].to_lowercase();
    let title_case = words.len() > 3
        && (words.iter().filter(|word| word.len() > 3))
            .all(|word| word.starts_with(|c: char| !c.is_lowercase()));
    let fragment = STARTS_A_FRAGMENT.contains(&first.as_str()) || first.ends_with("ing");
    let points = |word: &str| {
        let word = word.to_lowercase();
        POINTS_BACK.contains(&word.as_str())
    };
    // "The number could grow" does not say the number of what.
    let number = matches!(words[..], [the, what, next, ..] if the.eq_ignore_ascii_case("the")
        && matches!(what, "number" | "figure" | "total" | "sum" | "toll") && next != "of");
    let vague = number || words.iter().take(2).any(|word| points(word));
    // "The purported attack" has no verb, "Norway attacked" has one.
    let verb = (words.windows(2)).any(|pair| {
        is_verb(pair[1])
            && !(pair[1].ends_with("ed") && DETERMINERS.contains(&pair[0].to_lowercase().as_str()))
    });
    let names = (words.iter().enumerate())
        .any(|(at, word)| word.starts_with(char::is_uppercase) && (at > 0 || !points(word)));
    let unbalanced = wording.matches(['“', '”']).count() % 2 + wording.matches('"').count() % 2;
    3 * usize::from(fragment)
        + 2 * usize::from(vague)
        + 3 * usize::from(!verb)
        + 2 * usize::from(words.len() < FEWEST_WORDS)
        + usize::from(!names || points(words[0]))
        + usize::from(wording.contains(['[', '…']) || wording.contains("..."))
        + usize::from(title_case)
        + usize::from(unbalanced > 0)
        + usize::from(wording.contains(". "))
        + words.len() / 26
}

/// Says whether a word is a verb, as far as its form tells.
fn is_verb(word: &str) -> bool {
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    VERBS.contains(&word.as_str())
        || word.ends_with("ed")
        || word.ends_with("n't")
        || word.ends_with("n’t")
        || word.ends_with("ens")
        || word.ends_with("ates")
        || word.ends_with("izes")
        || word.ends_with("ises")
}

/// Words behind which a word in "ed" describes.
const DETERMINERS: &[&str] = &[
    "the",
    "a",
    "an",
    "any",
    "no",
    "its",
    "his",
    "her",
    "their",
    "so-called",
];

/// Words that stand for what was named before.
const POINTS_BACK: &[&str] = &[
    "it", "he", "she", "they", "this", "these", "we", "i", "its", "his", "her", "their", "our",
    "my", "such", "them", "those", "one", "another", "any",
];

/// Words that a clause with a subject does not begin with.
const STARTS_A_FRAGMENT: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "will",
    "would", "can", "could", "may", "might", "must", "should", "not", "to", "of", "for", "by",
    "with", "from", "about", "over", "than", "or", "nor", "as", "who", "which", "whose",
];

/// Words that are verbs whatever stands around them.
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "cannot",
    "said",
    "rose",
    "fell",
    "grew",
    "made",
    "took",
    "went",
    "won",
    "lost",
    "met",
    "plans",
    "wants",
    "seeks",
    "poses",
    "pose",
    "remains",
    "became",
    "began",
    "left",
    "shot",
    "broke",
    "sent",
    "told",
    "gave",
    "came",
    "found",
    "knew",
    "held",
    "threatens",
    "endangers",
    "fails",
    "needs",
    "says",
    "stands",
    "stand",
    "sees",
    "amounts",
    "counts",
    "escaped",
    "reached",
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
    fn what_tied_a_wording_to_its_sentence_comes_off() {
        assert_eq!(tidy("the dam is safe, though"), "The dam is safe");
        assert_eq!(
            tidy("However, the dam is safe, adding that"),
            "The dam is safe"
        );
        assert_eq!(
            tidy("Soaring prices hurt us all and"),
            "Soaring prices hurt us all"
        );
    }

    #[test]
    fn a_deed_stands_beside_its_doer() {
        assert_eq!(tidy("Norway of raising the dam"), "Norway raising the dam");
        assert_eq!(
            tidy("Norway to be raising the dam"),
            "Norway raising the dam"
        );
        for whole in [
            "The plan of raising the dam",
            "Norway to raise the dam",
            "The dam of Bering",
        ] {
            assert_eq!(tidy(whole), whole);
        }
    }

    #[test]
    fn a_name_is_better_than_a_pronoun() {
        assert!(
            faults("Norwegian ships do not threaten anyone")
                < faults("It does not threaten anyone")
        );
        assert!(faults("Norwegian ships are at home") < faults("Their ships will stay at home"));
    }

    #[test]
    fn a_clause_is_better_than_a_fragment() {
        assert!(faults("The dam is safe") < faults("Does not endanger anyone"));
        assert!(faults("The dam is safe") < faults("The safety of the dam"));
        assert!(faults("The dam is safe") < faults("It is safe"));
    }
}
