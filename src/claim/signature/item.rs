//! Tokens with their meaning: names, lemmas, negators, words that tell nothing.

use std::borrow::Cow;

use crate::{
    claim::vector::{UNSEEN, Vectors},
    lexicon::{Lexicon, vocabulary::Vocabulary},
    mention::Quantity,
};

use super::token::Token;

/// What a token means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, as the feature `@name`; of a person the initial of the given name is kept.
    Name(String, Option<char>),
    /// A word that tells something, as its lemma.
    Lemma(String),
    /// A year or month.
    Time(String),
    /// A word that negates.
    Negator,
    /// A word that tells nothing.
    Empty,
    /// The end of a phrase.
    Break(char),
}

/// A token with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: Kind,
    /// The word in lower case.
    pub(super) word: String,
    /// Whether it is a title or role.
    role: bool,
}

impl Item {
    fn new(kind: Kind, word: String) -> Self {
        Self {
            kind,
            word,
            role: false,
        }
    }
}

/// Gives every token its meaning.
pub(super) fn items(tokens: &[Token<'_>], quantities: &[Quantity], lexicon: &Lexicon) -> Vec<Item> {
    let reader = Reader {
        tokens,
        quantities,
        lexicon,
        title_case: is_title_case(tokens, lexicon),
    };
    let mut items = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        at += reader.read(at, &mut items).max(1);
    }
    items
}

/// Says whether nearly all words are capitalised, as in many headlines.
fn is_title_case(tokens: &[Token<'_>], lexicon: &Lexicon) -> bool {
    let (mut telling, mut capital) = (0_usize, 0_usize);
    for token in tokens {
        if let Token::Word(word) = token
            && word.len() > 3
            && word.chars().all(char::is_alphabetic)
            && lexicon.concepts.longest(&[word]).is_none()
        {
            telling += 1;
            capital += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    telling >= 3 && capital * 4 >= telling * 3
}

/// Small words inside names.
const PARTICLES: [&str; 14] = [
    "de", "van", "von", "der", "den", "la", "bin", "al", "el", "da", "dos", "du", "le", "ibn",
];

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    quantities: &'a [Quantity],
    lexicon: &'a Lexicon,
    title_case: bool,
}

impl<'a> Reader<'a> {
    /// Reads what stands at `at`, returns how many tokens were read.
    fn read(&self, at: usize, items: &mut Vec<Item>) -> usize {
        let word = match self.tokens[at] {
            Token::Break(mark) => {
                items.push(Item::new(Kind::Break(mark), String::new()));
                return 1;
            }
            Token::Not => {
                items.push(Item::new(Kind::Negator, "not".to_owned()));
                return 1;
            }
            Token::Word(word) => word,
        };
        if word.starts_with(|c: char| c.is_ascii_digit()) && self.figure(word, items) {
            return 1;
        }
        if word.chars().any(char::is_uppercase) {
            let words = self.words(at, 6);
            if let Some((concept, length)) = self.lexicon.concepts.longest(&words) {
                items.push(Item::new(
                    Kind::Name(format!("@{concept}"), None),
                    word.to_lowercase(),
                ));
                return length;
            }
            let length = self.name(at, items);
            if length > 0 {
                return length;
            }
        }
        self.common(at, word, items)
    }

    /// The words from `at` on, up to the next break.
    fn words(&self, at: usize, most: usize) -> Vec<&'a str> {
        (self.tokens[at..].iter())
            .take(most)
            .map_while(|token| match token {
                Token::Word(word) => Some(*word),
                _ => None,
            })
            .collect()
    }

    /// The same in lower case.
    fn lowered(&self, at: usize, most: usize) -> Vec<String> {
        let words = self.words(at, most);
        words.iter().map(|word| word.to_lowercase()).collect()
    }

    /// Reads a figure; a figure that a quantity covers tells nothing by itself.
    fn figure(&self, word: &str, items: &mut Vec<Item>) -> bool {
        if word.chars().any(char::is_alphabetic) {
            return false;
        }
        let covered = (self.quantities.iter()).any(|quantity| quantity.text.contains(word));
        let kind = if covered {
            Kind::Empty
        } else if word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) {
            Kind::Time(word.to_owned())
        } else {
            Kind::Lemma(word.replace([',', '&', '\'', '’'], ""))
        };
        items.push(Item::new(kind, word.to_owned()));
        true
    }

    /// Says whether a word is a number ("forty", "sixty-four"): quantities tell what it counts.
    fn is_cardinal(&self, lower: &str) -> bool {
        let cardinals = &self.lexicon.units.cardinals;
        lower.split('-').all(|part| {
            cardinals.contains_key(part) || matches!(part, "hundred" | "hundreds" | "dozen")
        })
    }

    /// Says whether a word is the number of a quantity ("Nineteen patients").
    fn counts(&self, word: &str) -> bool {
        let begins =
            |quantity: &Quantity| quantity.text.split_whitespace().any(|part| part == word);
        self.lexicon
            .units
            .cardinals
            .contains_key(&word.to_lowercase())
            && self.quantities.iter().any(begins)
    }

    /// "Fifteen were pulled out": says whether a sentence begins with a number in words.
    fn begins_number(&self, at: usize, lower: &str) -> bool {
        let small = |word: &&&str| word.starts_with(char::is_lowercase);
        self.is_cardinal(lower)
            && (lower.contains('-') || self.words(at, 2).get(1).as_ref().is_some_and(small))
    }

    /// Reads a run of capitalised words as a name, returns its length, 0 when it is none.
    fn name(&self, at: usize, items: &mut Vec<Item>) -> usize {
        let vocabulary = &self.lexicon.vocabulary;
        let starts = at == 0 || matches!(self.tokens[at - 1], Token::Break('.' | '?' | '!' | ':'));
        let mut run = Vec::new();
        let mut length = 0;
        let words = self.words(at, 8);
        for (offset, word) in words.iter().copied().enumerate() {
            if !word.chars().any(char::is_uppercase) {
                let particle = PARTICLES.contains(&word);
                if particle && !run.is_empty() {
                    continue;
                }
                break;
            }
            let lower = word.to_lowercase();
            if offset == 0 && starts && (self.counts(word) || self.begins_number(at, &lower)) {
                break;
            }
            let surname = |word: &&str| {
                word.starts_with(char::is_uppercase) && !vocabulary.is_common(&word.to_lowercase())
            };
            let given =
                vocabulary.is_given_name(&lower) && words.get(offset + 1).is_some_and(surname);
            let weak = !given && (self.title_case || (starts && offset == 0));
            let taken = vocabulary.is_stop_word(&lower)
                || vocabulary.is_month(&lower)
                || (weak && (vocabulary.is_common(&lower) || is_everyday(&lower, vocabulary)))
                || (offset > 0 && self.lexicon.concepts.longest(&[word]).is_some());
            if taken {
                break;
            }
            run.push(lower);
            length = offset + 1;
        }
        let institution = run.iter().any(|word| vocabulary.is_institution(word));
        let peeled = if institution {
            0
        } else {
            (run.iter().take(run.len().saturating_sub(1)))
                .take_while(|word| vocabulary.is_role(word))
                .count()
        };
        let (titles, name) = run.split_at(peeled);
        match name {
            [] => return 0,
            [only] if vocabulary.is_common(only) => return 0,
            _ => {}
        }
        let after_role = !titles.is_empty() || items.last().is_some_and(|item| item.role);
        let everyday = !vocabulary.is_given_name(&name[0])
            && name.iter().any(|word| vocabulary.is_common(word));
        let person = !institution && name.len() <= 4 && (after_role || name.len() > 1 && !everyday);
        if after_role && !institution {
            self.drop_roles(items);
        }
        let last = name.last().map(String::as_str).unwrap_or_default();
        let last = &*of_people(last, vocabulary);
        let (feature, initial) = if person {
            let initial = (name.len() > 1)
                .then(|| plain(&name[0]).chars().next())
                .flatten();
            (plain(last), initial)
        } else if let [_] = name {
            (plain(last), None)
        } else {
            (plain(&name.join("-")), None)
        };
        if feature.is_empty() {
            return 0;
        }
        items.push(Item::new(
            Kind::Name(format!("@{feature}"), initial),
            last.to_owned(),
        ));
        length
    }

    /// Takes the titles in front of a person's name back, with the state or body they belong to.
    fn drop_roles(&self, items: &mut [Item]) {
        let mut any = false;
        for item in items.iter_mut().rev() {
            let link = any && matches!(item.word.as_str(), "of" | "for" | "and" | "the" | "to");
            match item.kind {
                _ if item.role => any = true,
                Kind::Empty if link => {}
                Kind::Name(_, None) => {
                    item.kind = Kind::Empty;
                    return;
                }
                _ => return,
            }
            item.kind = Kind::Empty;
        }
    }

    /// Reads an everyday word or phrase.
    fn common(&self, at: usize, word: &str, items: &mut Vec<Item>) -> usize {
        let vocabulary = &self.lexicon.vocabulary;
        let lower = word.to_lowercase();
        if vocabulary.is_negator(&lower) {
            let words = self.lowered(at, 4);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let skipped = vocabulary.not_negating(&words);
            if skipped > 0 {
                items.push(Item::new(Kind::Empty, lower));
                return skipped;
            }
            items.push(Item::new(Kind::Negator, lower));
            return 1;
        }
        if vocabulary.is_falsity(&lower) && predicated(items) {
            // "Reports of a landing are false" denies the landing, not the reports.
            for item in items
                .iter_mut()
                .filter(|item| vocabulary.is_said(&item.word))
            {
                item.kind = Kind::Empty;
            }
            items.push(Item::new(Kind::Negator, lower));
            return 1;
        }
        if vocabulary.starts_phrase(&lower) {
            let words = self.lowered(at, 3);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some((lemma, length)) = vocabulary.phrase(&words) {
                items.push(Item::new(Kind::Lemma(lemma.to_owned()), lower));
                return length;
            }
        }
        let month = vocabulary.is_month(&lower)
            && word.starts_with(char::is_uppercase)
            && !(self.title_case && matches!(lower.as_str(), "may" | "march"));
        // "Close to the border" says where, "to close the border" what.
        let next = || self.lowered(at, 2).pop().unwrap_or_default();
        let near = lower == "close" && matches!(next().as_str(), "to" | "by");
        let kind = if month {
            Kind::Time(lower.clone())
        } else if near
            || vocabulary.is_stop_word(&lower)
            || lower.chars().count() < 2
            || self.is_cardinal(&lower)
        {
            Kind::Empty
        } else {
            let lemma = plain(&vocabulary.lemma(&lower));
            if lemma.is_empty() {
                Kind::Empty
            } else {
                Kind::Lemma(lemma)
            }
        };
        let mut item = Item::new(kind, lower);
        item.role = vocabulary.is_role(&item.word);
        items.push(item);
        1
    }
}

/// Says whether a word is more often written small than as a name.
fn is_everyday(lower: &str, vocabulary: &Vocabulary) -> bool {
    let vectors = Vectors::shipped();
    let common = vectors.rarity(&vocabulary.lemma(lower));
    common < UNSEEN && common < vectors.rarity(&format!("@{lower}"))
}

/// Returns the land for the name of its people ("Sarvonians", "Sarvonian"), which no list of ours holds.
fn of_people<'a>(name: &'a str, vocabulary: &Vocabulary) -> Cow<'a, str> {
    let one = name.strip_suffix('s').unwrap_or(name);
    let known = Vectors::shipped().rarity(&format!("@{one}")) < UNSEEN;
    match one.strip_suffix('n') {
        Some(land) if land.ends_with("ia") && !known && !vocabulary.is_given_name(one) => {
            Cow::Owned(land.to_owned())
        }
        _ => Cow::Borrowed(name),
    }
}

/// Says whether what follows is said of something ("is false"), rather than put before it ("a false claim").
fn predicated(items: &[Item]) -> bool {
    (items.iter().rev().take(2)).any(|item| {
        matches!(
            item.word.as_str(),
            "is" | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "being"
                | "as"
                | "not"
                | "proved"
                | "proven"
        )
    })
}

/// Reduces a word to ASCII letters, digits and hyphens where it can be transliterated.
fn plain(word: &str) -> String {
    let clean = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
    if word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    {
        return word.to_owned();
    }
    let transliterated = deunicode::deunicode(word).to_lowercase();
    transliterated.chars().filter(clean).collect()
}
