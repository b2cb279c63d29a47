//! Cue words with their constructions and stance.

mod frames;

pub use frames::Frames;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::mention::{Certainty, Denies, Polarity, Stance, Tense};

/// Which form of a verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "say".
    Base,
    /// "says".
    Third,
    /// "said", also where it is the participle too.
    Past,
    /// "written", where it differs from the past.
    Participle,
    /// "saying".
    Progressive,
}

/// A verb of attribution in one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueVerb {
    /// The base form.
    pub lemma: String,
    /// The form.
    pub form: Form,
    /// Words behind the verb that belong to it ("out" of "pointed out").
    pub particles: Vec<String>,
    /// Constructions.
    pub frames: Frames,
    /// What it makes of the content.
    pub stance: Stance,
    /// What it denies.
    pub denies: Option<Denies>,
}

/// A noun that carries a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueNoun {
    /// What it makes of the content.
    pub stance: Stance,
}

/// A sentence with what must be found in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueExample {
    /// The sentence.
    pub text: String,
    /// The source's words; absent for nouns without a source.
    pub source: Option<String>,
    /// The content's words.
    pub content: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueData {
    group: Vec<GroupData>,
    phrase: Vec<PhraseData>,
    relay: Vec<RelayData>,
    noun: Vec<NounData>,
    falsity: Falsity,
    distance: WordsData,
    hearsay: WordsData,
    occasion: WordsData,
    topics: WordsData,
    certainty: CertaintyWords,
    modality: Vec<ModalityExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupData {
    #[serde(rename = "name")]
    _name: String,
    stance: Stance,
    denies: Option<Denies>,
    frames: Vec<String>,
    verbs: Vec<String>,
    examples: Vec<CueExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseData {
    words: Vec<String>,
    #[serde(rename = "stance")]
    _stance: Stance,
    examples: Vec<CueExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelayData {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounData {
    words: Vec<String>,
    stance: Stance,
    examples: Vec<CueExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsData {
    words: Vec<String>,
}

/// A statement with its modality.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModalityExample {
    /// The statement.
    pub text: String,
    /// How certain.
    pub certainty: Certainty,
    /// Negated or not.
    pub polarity: Polarity,
    /// Future or not.
    pub tense: Tense,
    /// Whether its words set the outlet at a distance.
    pub distant: bool,
}

/// Predicates that call a statement wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Falsity {
    /// "false", "untrue".
    pub adjectives: Vec<String>,
    /// "true", behind a negation.
    pub negated: Vec<String>,
}

/// Words that tell how certain and of what time a statement is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertaintyWords {
    /// "may".
    pub possible: Vec<String>,
    /// "likely".
    pub probable: Vec<String>,
    /// "will".
    pub future: Vec<String>,
}

/// All cue words.
#[derive(Debug, Default)]
pub struct Cues {
    /// Verbs by the lower-case form they start with; several entries where senses differ.
    verbs: FxHashMap<String, Vec<CueVerb>>,
    /// "according to", as lower-case words.
    pub phrases: Vec<Vec<String>>,
    /// "seen by", as lower-case words.
    relays: FxHashMap<String, Vec<Vec<String>>>,
    nouns: FxHashMap<String, CueNoun>,
    /// Predicates that call a statement wrong.
    pub falsity: Falsity,
    /// "used" in "used the call to warn that …".
    pub occasions: FxHashSet<String>,
    /// "reportedly".
    pub hearsay: FxHashSet<String>,
    /// "purported".
    pub distance: Vec<String>,
    /// Verbs that name what was talked of, not what was said, in all forms.
    pub topics: Vec<String>,
    /// "may", "likely", "will".
    pub certainty: CertaintyWords,
    /// The examples of all groups.
    pub examples: Vec<CueExample>,
    /// Statements with their modality.
    pub modality_examples: Vec<ModalityExample>,
}

impl Cues {
    /// Reads the data file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML of the expected form or names an unknown frame.
    pub fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        let data: CueData = toml::from_str(toml)?;
        let mut cues = Self {
            falsity: data.falsity,
            occasions: data.occasion.words.into_iter().collect(),
            hearsay: data.hearsay.words.into_iter().collect(),
            distance: data.distance.words,
            topics: data.topics.words,
            certainty: data.certainty,
            modality_examples: data.modality,
            ..Self::default()
        };
        for group in data.group {
            let mut frames = Frames::default();
            for word in &group.frames {
                let frame = Frames::from_word(word)
                    .ok_or_else(|| serde::de::Error::custom(format!("unknown frame `{word}`")))?;
                frames = frames.or(frame);
            }
            for verb in &group.verbs {
                cues.add_verb(verb, frames, group.stance, group.denies);
            }
            cues.examples.extend(group.examples);
        }
        for phrase in data.phrase {
            cues.phrases
                .extend(phrase.words.iter().map(|words| split(words)));
            cues.examples.extend(phrase.examples);
        }
        for relay in data.relay {
            for words in relay.words.iter().map(|words| split(words)) {
                let first = words.first().cloned().unwrap_or_default();
                let relays = cues.relays.entry(first).or_default();
                relays.push(words);
                relays.sort_by_key(|words| std::cmp::Reverse(words.len()));
            }
        }
        cues.phrases
            .sort_by_key(|words| std::cmp::Reverse(words.len()));
        for noun in data.noun {
            let cue = CueNoun {
                stance: noun.stance,
            };
            for word in noun.words {
                cues.nouns.insert(plural(&word), cue);
                cues.nouns.insert(word, cue);
            }
            cues.examples.extend(noun.examples);
        }
        Ok(cues)
    }

    /// Returns the verbs a lower-case word may be, in all groups.
    #[must_use]
    pub fn verbs(&self, lower: &str) -> &[CueVerb] {
        self.verbs.get(lower).map_or(&[], Vec::as_slice)
    }

    /// Returns the participles that pass on and begin with a lower-case word, longest first.
    #[must_use]
    pub fn relays(&self, first: &str) -> &[Vec<String>] {
        self.relays.get(first).map_or(&[], Vec::as_slice)
    }

    /// Returns the noun a lower-case word may be.
    #[must_use]
    pub fn noun(&self, lower: &str) -> Option<CueNoun> {
        self.nouns.get(lower).copied()
    }

    fn add_verb(&mut self, verb: &str, frames: Frames, stance: Stance, denies: Option<Denies>) {
        let parts: Vec<Vec<String>> = verb.split('/').map(split).collect();
        let Some((base, particles)) = parts.first().and_then(|words| words.split_first()) else {
            return;
        };
        let first = |index: usize| parts.get(index).and_then(|words| words.first()).cloned();
        let past = first(1).unwrap_or_else(|| suffix(base, "ed"));
        let participle = first(2).unwrap_or_else(|| past.clone());
        let mut forms = vec![
            (base.clone(), Form::Base),
            (third(base), Form::Third),
            (past.clone(), Form::Past),
            (suffix(base, "ing"), Form::Progressive),
        ];
        if participle != past {
            forms.push((participle, Form::Participle));
        }
        for (word, form) in forms {
            let entry = self.verbs.entry(word).or_default();
            entry.push(CueVerb {
                lemma: base.clone(),
                form,
                particles: particles.to_vec(),
                frames,
                stance,
                denies,
            });
            // Longer verbs first, so that "call for" is tried before "call".
            entry.sort_by_key(|verb| std::cmp::Reverse(verb.particles.len()));
        }
    }
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Forms a regular past or progressive by the spelling rules of English.
fn suffix(base: &str, ending: &str) -> String {
    const DOUBLING: &[&str] = &[
        "admit", "beg", "rebut", "slam", "dub", "permit", "submit", "rebuff", "signal", "put",
        "set", "peg",
    ];
    let last = base.chars().next_back().unwrap_or_default();
    let before = base.chars().rev().nth(1).unwrap_or_default();
    if last == 'e' && (before != 'e' || ending == "ed") {
        return format!("{}{ending}", &base[..base.len() - 1]);
    }
    if last == 'y' && !is_vowel(before) && ending == "ed" {
        return format!("{}ied", &base[..base.len() - 1]);
    }
    if DOUBLING.contains(&base) && last != 'f' {
        return format!("{base}{last}{ending}");
    }
    format!("{base}{ending}")
}

fn third(base: &str) -> String {
    let before = base.chars().rev().nth(1).unwrap_or_default();
    match base.chars().next_back() {
        Some('y') if !is_vowel(before) => format!("{}ies", &base[..base.len() - 1]),
        Some('s' | 'x' | 'z') => format!("{base}es"),
        Some('h') if matches!(before, 'c' | 's') => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

fn plural(noun: &str) -> String {
    third(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected_by_spelling() {
        assert_eq!(suffix("deny", "ed"), "denied");
        assert_eq!(suffix("agree", "ing"), "agreeing");
        assert_eq!(suffix("agree", "ed"), "agreed");
        assert_eq!(suffix("admit", "ed"), "admitted");
        assert_eq!(third("stress"), "stresses");
        assert_eq!(third("deny"), "denies");
        assert_eq!(third("say"), "says");
    }
}
