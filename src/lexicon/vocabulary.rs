//! Words that mean the same, words that mean nothing, and words that turn a statement round.
//!
//! Knows words only; nothing here looks at a text.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// How telling a word is that the list of frequent words does not know.
const RARE: f32 = 9.0;

/// The common words of news, with what they mean for comparing statements.
#[derive(Default)]
pub struct Vocabulary {
    stop_words: FxHashSet<String>,
    roles: FxHashSet<String>,
    institutions: FxHashSet<String>,
    said: FxHashSet<String>,
    falsities: FxHashSet<String>,
    given_names: FxHashSet<String>,
    negators: FxHashSet<String>,
    months: FxHashSet<String>,
    not_negating: Vec<Vec<String>>,
    /// Base forms of irregular and of frequent words.
    bases: FxHashMap<String, String>,
    groups: FxHashMap<String, String>,
    starters: FxHashSet<String>,
    antonyms: FxHashMap<String, Vec<String>>,
    symmetric: FxHashSet<String>,
    attitudes: FxHashSet<String>,
    intentions: FxHashSet<String>,
    measures: FxHashSet<String>,
    durations: FxHashSet<String>,
    prospects: FxHashSet<String>,
    demands: FxHashSet<String>,
    light: FxHashSet<String>,
    settings: FxHashSet<String>,
    undoing: FxHashSet<String>,
    counting: FxHashSet<String>,
    weights: FxHashMap<String, f32>,
}

#[derive(Deserialize)]
struct File {
    stop_words: String,
    roles: String,
    institutions: String,
    said: String,
    falsities: String,
    given_names: String,
    negators: String,
    not_negating: Vec<String>,
    irregular: Vec<String>,
    groups: Vec<String>,
    antonyms: Vec<String>,
    symmetric: String,
    attitudes: String,
    intentions: String,
    measures: String,
    durations: String,
    prospects: String,
    demands: String,
    light: String,
    settings: String,
    undoing: String,
    counting: String,
    months: String,
}

#[derive(Deserialize)]
struct Weights {
    weights: BTreeMap<String, String>,
}

fn set(words: &str) -> FxHashSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

impl Vocabulary {
    /// Parses the data built into the binary.
    pub(crate) fn shipped() -> Self {
        let file: File = toml::from_str(include_str!("data/vocabulary.toml"))
            .expect("the embedded data is parsed by a test");
        let weights: Weights = toml::from_str(include_str!("data/weights.toml"))
            .expect("the embedded data is parsed by a test");
        let mut vocabulary = Self {
            stop_words: set(&file.stop_words),
            roles: set(&file.roles),
            institutions: set(&file.institutions),
            said: set(&file.said),
            falsities: set(&file.falsities),
            given_names: set(&file.given_names),
            negators: set(&file.negators),
            months: set(&file.months),
            not_negating: (file.not_negating.iter())
                .map(|phrase| phrase.split(' ').map(str::to_owned).collect())
                .collect(),
            ..Self::default()
        };
        for line in &file.irregular {
            let mut forms = line.split(' ');
            let lemma = stem(forms.next().unwrap_or_default()).into_owned();
            for form in forms {
                vocabulary.bases.insert(form.to_owned(), lemma.clone());
            }
        }
        for word in weights.weights.values().flat_map(|w| w.split_whitespace()) {
            if !word.contains('-') && !vocabulary.bases.contains_key(word) {
                let base = stem(word).into_owned();
                vocabulary.bases.insert(word.to_owned(), base);
            }
        }
        for line in &file.groups {
            let mut members = line.split(' ').peekable();
            let name = members.peek().copied().unwrap_or_default().to_owned();
            for member in members {
                let key = vocabulary.base(member).into_owned();
                if let Some((first, _)) = key.split_once('-') {
                    vocabulary.starters.insert(first.to_owned());
                }
                vocabulary.groups.entry(key).or_insert_with(|| name.clone());
            }
        }
        for pair in &file.antonyms {
            if let Some((left, right)) = pair.split_once(' ') {
                let lemma = |word| vocabulary.lemma(word).into_owned();
                let (left, right) = (lemma(left), lemma(right));
                let of = &mut vocabulary.antonyms;
                of.entry(left.clone()).or_default().push(right.clone());
                of.entry(right).or_default().push(left);
            }
        }
        vocabulary.symmetric = vocabulary.lemmas(&file.symmetric);
        vocabulary.attitudes = vocabulary.lemmas(&file.attitudes);
        vocabulary.intentions = vocabulary.lemmas(&file.intentions);
        vocabulary.measures = vocabulary.lemmas(&file.measures);
        vocabulary.durations = vocabulary.lemmas(&file.durations);
        vocabulary.prospects = vocabulary.lemmas(&file.prospects);
        vocabulary.demands = set(&file.demands);
        vocabulary.light = vocabulary.lemmas(&file.light);
        vocabulary.settings = vocabulary.lemmas(&file.settings);
        vocabulary.undoing = vocabulary.lemmas(&file.undoing);
        vocabulary.counting = vocabulary.lemmas(&file.counting);
        for (weight, words) in &weights.weights {
            let weight: f32 = weight.parse().unwrap_or(RARE);
            for word in words.split_whitespace() {
                let lemma = vocabulary.lemma(word).into_owned();
                let least = vocabulary.weights.entry(lemma).or_insert(weight);
                *least = least.min(weight);
            }
        }
        vocabulary
    }

    fn lemmas(&self, words: &str) -> FxHashSet<String> {
        (words.split_whitespace())
            .map(|word| self.lemma(word).into_owned())
            .collect()
    }

    /// Returns the base form of a lower-case word; of a hyphenated one, part by part.
    fn base<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        if word.contains('-') {
            let parts: Vec<_> = word.split('-').map(|part| self.base(part)).collect();
            return Cow::Owned(parts.join("-"));
        }
        match self.bases.get(word) {
            Some(base) => Cow::Borrowed(base),
            None => stem(word),
        }
    }

    /// Returns the lemma of a lower-case word: the name of its group, else its base form.
    #[must_use]
    pub fn lemma<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        let base = self.base(word);
        match self.groups.get(base.as_ref()) {
            Some(group) => Cow::Borrowed(group),
            None => base,
        }
    }

    /// Says whether a phrase may start with a lower-case word.
    #[must_use]
    pub fn starts_phrase(&self, word: &str) -> bool {
        self.starters.contains(self.base(word).as_ref())
    }

    /// Finds a phrase of two or three lower-case words that has one meaning: its lemma and length.
    #[must_use]
    pub fn phrase(&self, words: &[&str]) -> Option<(&str, usize)> {
        let (first, rest) = words.split_first()?;
        let mut key = self.base(first).into_owned();
        if !self.starters.contains(&key) {
            return None;
        }
        let mut found = None;
        for (index, word) in rest.iter().take(2).enumerate() {
            key.push('-');
            key.push_str(&self.base(word));
            if let Some(group) = self.groups.get(&key) {
                found = Some((group.as_str(), index + 2));
            }
        }
        found
    }

    /// Says whether a lower-case word tells nothing.
    #[must_use]
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }

    /// Says whether a lower-case word is a title or role of a person.
    #[must_use]
    pub fn is_role(&self, word: &str) -> bool {
        self.roles.contains(word)
    }

    /// Says whether a lower-case word in a name shows it to be no person's.
    #[must_use]
    pub fn is_institution(&self, word: &str) -> bool {
        self.institutions.contains(word)
    }

    /// Says whether a lower-case word negates.
    #[must_use]
    pub fn is_negator(&self, word: &str) -> bool {
        self.negators.contains(word)
    }

    /// Says whether a lower-case word is a given name.
    #[must_use]
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// Says whether a lower-case word calls false what it is said of.
    #[must_use]
    pub fn is_falsity(&self, word: &str) -> bool {
        self.falsities.contains(word)
    }

    /// Says whether a lower-case word is what is called false in place of the statement itself.
    #[must_use]
    pub fn is_said(&self, word: &str) -> bool {
        self.said.contains(word)
    }

    /// Says whether a lower-case word is a month.
    #[must_use]
    pub fn is_month(&self, word: &str) -> bool {
        self.months.contains(word)
    }

    /// Returns the length of a phrase with a negator that negates nothing, 0 when there is none.
    #[must_use]
    pub fn not_negating(&self, words: &[&str]) -> usize {
        (self.not_negating.iter())
            .filter(|phrase| {
                phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a == b)
            })
            .map(Vec::len)
            .max()
            .unwrap_or(0)
    }

    /// Returns the lemmas that cannot hold of one matter together with this one.
    #[must_use]
    pub fn antonyms(&self, lemma: &str) -> &[String] {
        self.antonyms.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Says whether it does not matter who is named first beside this lemma.
    #[must_use]
    pub fn is_symmetric(&self, lemma: &str) -> bool {
        self.symmetric.contains(lemma)
    }

    /// Says whether a statement under this lemma is not stated.
    #[must_use]
    pub fn is_attitude(&self, lemma: &str) -> bool {
        self.attitudes.contains(lemma)
    }

    /// Says whether this lemma says only that something is to come or may be.
    #[must_use]
    pub fn is_prospect(&self, lemma: &str) -> bool {
        self.prospects.contains(lemma)
    }

    /// Says whether this word tells what is to be done.
    #[must_use]
    pub fn is_demand(&self, word: &str) -> bool {
        self.demands.contains(word)
    }

    /// Says whether this lemma may be left out beside other words.
    #[must_use]
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Says whether this lemma tells only where something is.
    #[must_use]
    pub fn is_setting(&self, lemma: &str) -> bool {
        self.settings.contains(lemma)
    }

    /// Returns the lemmas that say only that something is to come or may be.
    pub(crate) fn prospects(&self) -> impl Iterator<Item = &str> {
        self.prospects.iter().map(String::as_str)
    }

    /// Says whether under this lemma what is counted goes away or is harmed.
    #[must_use]
    pub fn is_undoing(&self, lemma: &str) -> bool {
        self.undoing.contains(lemma)
    }

    /// Says whether who does this only gives the figure.
    #[must_use]
    pub fn is_counting(&self, lemma: &str) -> bool {
        self.counting.contains(lemma)
    }

    /// Says whether a denial of the deed denies this too.
    #[must_use]
    pub fn is_intention(&self, lemma: &str) -> bool {
        self.intentions.contains(lemma)
    }

    /// Says whether a unit measures all kinds of things.
    #[must_use]
    pub fn is_measure(&self, lemma: &str) -> bool {
        self.measures.contains(lemma)
    }

    /// Says whether a unit is one of time.
    #[must_use]
    pub fn is_duration(&self, lemma: &str) -> bool {
        self.durations.contains(lemma)
    }

    /// Returns how telling a lemma is, from 2 (frequent) to 9.
    #[must_use]
    pub fn weight(&self, lemma: &str) -> f32 {
        self.weights.get(lemma).copied().unwrap_or(RARE)
    }

    /// Says whether a lower-case word is an everyday one, and so no name.
    #[must_use]
    pub fn is_common(&self, word: &str) -> bool {
        self.is_stop_word(word)
            || self.is_role(word)
            || self.weights.contains_key(self.lemma(word).as_ref())
    }
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary")
            .field("groups", &self.groups.len())
            .field("weights", &self.weights.len())
            .finish_non_exhaustive()
    }
}

fn stem(word: &str) -> Cow<'_, str> {
    if word.is_ascii() && word.len() > 3 {
        Stemmer::create(Algorithm::English).stem(word)
    } else {
        Cow::Borrowed(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Examples {
        example: Vec<Example>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Example {
        Same([String; 2]),
        Different([String; 2]),
    }

    fn of(vocabulary: &Vocabulary, words: &str) -> String {
        let parts: Vec<&str> = words.split(' ').collect();
        match vocabulary.phrase(&parts) {
            Some((lemma, length)) if length == parts.len() => lemma.to_owned(),
            _ => vocabulary.lemma(words).into_owned(),
        }
    }

    #[test]
    fn examples_in_the_data_hold() {
        let vocabulary = Vocabulary::shipped();
        let file: Examples = toml::from_str(include_str!("data/vocabulary.toml")).unwrap();
        for example in file.example {
            match example {
                Example::Same([left, right]) => {
                    assert_eq!(of(&vocabulary, &left), of(&vocabulary, &right));
                }
                Example::Different([left, right]) => {
                    assert_ne!(of(&vocabulary, &left), of(&vocabulary, &right));
                }
            }
        }
    }

    #[test]
    fn there_are_at_least_two_hundred_and_fifty_groups() {
        let file: File = toml::from_str(include_str!("data/vocabulary.toml")).unwrap();
        assert!(file.groups.len() >= 250, "{}", file.groups.len());
    }

    #[test]
    fn frequent_words_weigh_less_than_rare_ones() {
        let vocabulary = Vocabulary::shipped();
        assert!(vocabulary.weight("people") < vocabulary.weight("uranium"));
        assert!(vocabulary.weight("uranium") <= vocabulary.weight("zyzzyva"));
    }

    #[test]
    fn a_phrase_that_holds_a_negator_need_not_negate() {
        let vocabulary = Vocabulary::shipped();
        assert_eq!(vocabulary.not_negating(&["not", "only", "that"]), 2);
        assert_eq!(vocabulary.not_negating(&["not", "true"]), 0);
    }
}
