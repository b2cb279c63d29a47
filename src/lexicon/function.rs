//! Closed-class words: determiners, pronouns, auxiliaries, prepositions and their like.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionData {
    determiners: Vec<String>,
    pronouns: Vec<String>,
    auxiliaries: Vec<String>,
    factual_auxiliaries: Vec<String>,
    adverbs: Vec<String>,
    prepositions: Vec<String>,
    subordinators: Vec<String>,
    coordinators: Vec<String>,
    negators: Vec<String>,
    irregular_pasts: Vec<String>,
    days: Vec<String>,
    months: Vec<String>,
    sentence_starters: Vec<String>,
    abbreviations: Vec<String>,
    example: Vec<SentenceExample>,
}

/// A text with the number of its sentences.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceExample {
    /// The text.
    pub text: String,
    /// How many sentences it has.
    pub sentences: usize,
}

/// The classes a word belongs to, as bits; a word may be in several ("that", "after").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u16);

impl Classes {
    /// "the", "his", "three".
    pub const DETERMINER: Self = Self(1);
    /// "he", "who".
    pub const PRONOUN: Self = Self(1 << 1);
    /// "has", "would".
    pub const AUXILIARY: Self = Self(1 << 2);
    /// "also", "repeatedly".
    pub const ADVERB: Self = Self(1 << 3);
    /// "of", "during".
    pub const PREPOSITION: Self = Self(1 << 4);
    /// "that", "while".
    pub const SUBORDINATOR: Self = Self(1 << 5);
    /// "and", "but".
    pub const COORDINATOR: Self = Self(1 << 6);
    /// "not", "no".
    pub const NEGATOR: Self = Self(1 << 7);
    /// "tuesday".
    pub const DAY: Self = Self(1 << 8);
    /// "december".
    pub const MONTH: Self = Self(1 << 9);

    /// Says whether the word is in one of `classes`.
    #[must_use]
    pub fn any(self, classes: Self) -> bool {
        self.0 & classes.0 != 0
    }

    /// Says whether the word is in no class at all.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.0 == 0
    }

    /// Joins two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the set as bits.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }
}

/// The closed-class words.
#[derive(Debug, Default)]
pub struct Functions {
    classes: FxHashMap<String, Classes>,
    irregular_pasts: FxHashSet<String>,
    factual: FxHashSet<String>,
    starters: Vec<String>,
    abbreviations: Vec<String>,
    /// Texts with the number of their sentences.
    pub examples: Vec<SentenceExample>,
}

impl Functions {
    /// Reads the data file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML of the expected form.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        let data: FunctionData = toml::from_str(toml)?;
        let mut classes: FxHashMap<String, Classes> = FxHashMap::default();
        for (words, class) in [
            (data.determiners, Classes::DETERMINER),
            (data.pronouns, Classes::PRONOUN),
            (data.auxiliaries, Classes::AUXILIARY),
            (data.adverbs, Classes::ADVERB),
            (data.prepositions, Classes::PREPOSITION),
            (data.subordinators, Classes::SUBORDINATOR),
            (data.coordinators, Classes::COORDINATOR),
            (data.negators, Classes::NEGATOR),
            (data.days, Classes::DAY),
            (data.months, Classes::MONTH),
        ] {
            for word in words {
                let entry = classes.entry(word).or_default();
                *entry = entry.or(class);
            }
        }
        let mut abbreviations = data.abbreviations;
        abbreviations.sort_unstable();
        Ok(Self {
            classes,
            irregular_pasts: data.irregular_pasts.into_iter().collect(),
            factual: data.factual_auxiliaries.into_iter().collect(),
            starters: data.sentence_starters,
            abbreviations,
            examples: data.example,
        })
    }

    /// Returns the classes of a lower-case word.
    #[must_use]
    pub fn classes(&self, lower: &str) -> Classes {
        self.classes.get(lower).copied().unwrap_or_default()
    }

    /// Says whether an auxiliary states that something happened: "has", not "would".
    #[must_use]
    pub fn is_factual(&self, lower: &str) -> bool {
        self.factual.contains(lower)
    }

    /// Says whether a lower-case word is a past tense without "-ed" ("met", "fell").
    #[must_use]
    pub fn is_irregular_past(&self, lower: &str) -> bool {
        self.irregular_pasts.contains(lower)
    }

    /// Says whether `word`, without its stop, is an abbreviation that does not end a sentence.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations
            .binary_search_by(|known| known.as_str().cmp(word))
            .is_ok()
    }

    /// Says whether a sentence is likely to start with `word`.
    #[must_use]
    pub fn starts_sentence(&self, word: &str) -> bool {
        self.starters.iter().any(|starter| starter == word)
    }
}
