//! What a person is, read from the words beside the name: "Kremlin spokesman", "an aide to …".

use crate::{
    lexicon::{Lexicon, function::Classes},
    resolve::name::occurrence::Word,
};

/// An apposition is not longer, in words.
const LONGEST: usize = 14;

fn join(words: &[Word<'_>]) -> String {
    words
        .iter()
        .map(|word| word.text)
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" ’s", "’s")
        .replace(" 's", "'s")
}

/// Returns the function that ends at `at` with its modifiers: "Russia’s Foreign Ministry spokeswoman".
pub(super) fn before(words: &[Word<'_>], at: usize, lexicon: &Lexicon) -> String {
    let mut start = at;
    while start > 0 {
        let word = &words[start - 1];
        let lower = &word.lower;
        let modifier = word.text.chars().next().is_some_and(char::is_uppercase)
            && lexicon.functions.classes(lower).is_open()
            || (word.text.chars().all(char::is_uppercase) && word.text.len() > 1)
            || lexicon.roles.organisations.contains(lower)
            || lexicon.roles.persons.contains(lower)
            || lexicon.roles.ranks.contains(lower)
            || matches!(
                word.text,
                "'s" | "’s" | "former" | "chief" | "senior" | "prime" | "foreign"
            );
        if !modifier {
            break;
        }
        start -= 1;
    }
    join(&words[start..=at])
}

/// Returns the function in an apposition that starts at `start`: "an aide to Russian President …".
pub(super) fn behind(words: &[Word<'_>], start: usize, lexicon: &Lexicon) -> Option<String> {
    let end = (start..words.len().min(start + LONGEST))
        .find(|&at| matches!(words[at].text, "," | ";" | "."))
        .unwrap_or(words.len().min(start + LONGEST));
    // An apposition closes with a comma: "…, the Kremlin spokesman said" is none.
    if words
        .get(end)
        .is_some_and(|word| !matches!(word.text, "," | "."))
    {
        return None;
    }
    let is_person = |at: usize| lexicon.roles.persons.contains(&words[at].lower);
    let opens = words.get(start).is_some_and(|word| {
        matches!(
            word.text,
            "a" | "an"
                | "the"
                | "former"
                | "chief"
                | "deputy"
                | "senior"
                | "acting"
                | "its"
                | "his"
                | "her"
                | "their"
        ) || word.text.chars().next().is_some_and(char::is_uppercase)
            || lexicon.roles.persons.contains(word.text)
    });
    if !opens {
        return None;
    }
    phrase(words, start, end, &is_person, lexicon)
}

/// Returns the function before a comma and a name: "The bank's deputy head of research, Ann Lee,".
pub(super) fn across(words: &[Word<'_>], comma: usize, lexicon: &Lexicon) -> Option<String> {
    let is_person = |at: usize| lexicon.roles.persons.contains(&words[at].lower);
    let from = comma.saturating_sub(9);
    let head = (from..comma).rev().find(|&at| is_person(at))?;
    // The phrase begins with its article or possessor, as far back as only its own words stand.
    let start = (from..=head)
        .rev()
        .take_while(|&at| {
            let word = &words[at];
            lexicon.functions.classes(&word.lower).is_open()
                || lexicon
                    .functions
                    .classes(&word.lower)
                    .any(Classes::DETERMINER)
                || matches!(word.text, "'s" | "’s" | "'" | "’" | "-")
        })
        .find(|&at| {
            lexicon
                .functions
                .classes(&words[at].lower)
                .any(Classes::DETERMINER)
                && !(at > from && matches!(words[at - 1].text, "'s" | "’s"))
                || at == 0
                || (words[at]
                    .text
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
                    && words
                        .get(at + 1)
                        .is_some_and(|word| matches!(word.text, "'s" | "’s")))
        })?;
    phrase(words, start, comma, &is_person, lexicon)
}

/// Returns the words from `start` to `end` without their article if they name a function.
fn phrase(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    is_person: &dyn Fn(usize) -> bool,
    lexicon: &Lexicon,
) -> Option<String> {
    let head = (start..end.min(start + 7))
        .find(|&at| is_person(at) && !(at + 1 < end && is_person(at + 1)))?;
    let plain = (start..head).all(|at| {
        let word = &words[at];
        let classes = lexicon.functions.classes(&word.lower);
        classes.any(Classes::DETERMINER)
            || matches!(word.text, "'s" | "’s" | "'" | "’" | "-")
            || word.text.chars().next().is_some_and(char::is_uppercase)
            || (classes.is_open()
                && (lexicon.cues.verbs(&word.lower).is_empty()
                    || word.lower.ends_with("ed") && at > start))
    });
    if !plain {
        return None;
    }
    let goes_on = words
        .get(head + 1)
        .is_some_and(|word| matches!(word.text, "of" | "for" | "to" | "at" | "in"));
    if !goes_on && head + 1 != end {
        return None;
    }
    let to = if goes_on { end } else { head + 1 };
    let article = lexicon
        .functions
        .classes(&words[start].lower)
        .any(Classes::DETERMINER);
    let from = start + usize::from(article);
    (from < to).then(|| join(&words[from..to]))
}
