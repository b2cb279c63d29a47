//! Loader of `data/events.toml`: kinds of events and the words that name them. Decides nothing.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// A kind of event.
#[derive(Debug, Clone, Deserialize)]
pub struct EventKind {
    /// Its name in ids and in the graph.
    pub name: String,
    /// How labels call it.
    pub label: String,
    /// Whether it is a call, meeting or talks with participants.
    #[serde(default)]
    pub conversation: bool,
    /// Whether somebody speaks to the public there ("press conference").
    #[serde(default)]
    pub spoken: bool,
    /// Whether two of them on one day are hardly ever told of ("crash").
    #[serde(default)]
    pub rare: bool,
    /// Whether "on" and "of" behind the noun name the place ("invasion of").
    #[serde(default)]
    pub aimed: bool,
    /// The nouns, one or two words each.
    pub nouns: Vec<String>,
    /// Names of the more particular kinds its noun can point back to.
    #[serde(default)]
    pub may_be: Vec<String>,
}

/// Small words around an event.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct EventWords {
    /// "the".
    pub definite: FxHashSet<String>,
    /// "a".
    pub indefinite: FxHashSet<String>,
    /// "no": nothing happened.
    pub none: FxHashSet<String>,
    /// "during".
    pub during: FxHashSet<String>,
    /// "held": the subject takes part.
    pub holding: FxHashSet<String>,
    /// "said": a day behind them is the day of the report.
    pub reporting: FxHashSet<String>,
    /// "leaders", behind "two": the pair the article is about.
    pub pair: FxHashSet<String>,
    /// "first": between "its" and the noun.
    pub ordinals: FxHashSet<String>,
    /// "not", "would": in front of a verb, it did not happen or nobody says so.
    pub doubting: FxHashSet<String>,
    /// "spoke", of which "by telephone" makes a call.
    pub talking: FxHashSet<String>,
    /// "during", "in": in front of an event at which something was said.
    pub setting: FxHashSet<String>,
    /// "with", "between".
    pub partners: FxHashSet<String>,
}

/// The words of events.
#[derive(Debug, Default)]
pub struct Events {
    /// All kinds.
    pub kinds: Vec<EventKind>,
    /// Indices of kinds by noun.
    pub nouns: FxHashMap<String, usize>,
    /// Last words of nouns of two words.
    pub second_words: FxHashSet<String>,
    /// Indices of kinds by verb phrase.
    pub verbs: FxHashMap<String, usize>,
    /// First words of the verb phrases.
    pub verb_starts: FxHashSet<String>,
    /// Indices of kinds by qualifying word ("video").
    pub media: FxHashMap<String, usize>,
    /// Indices of kinds by what stands behind "spoke" ("by telephone").
    pub by_medium: FxHashMap<String, usize>,
    /// "alleged", "possible", "planned".
    pub unreal: FxHashMap<String, String>,
    /// Small words.
    pub words: EventWords,
}

#[derive(Deserialize)]
struct File {
    media: FxHashMap<String, String>,
    unreal: FxHashMap<String, String>,
    kind: Vec<EventKind>,
    verbs: FxHashMap<String, String>,
    by_medium: FxHashMap<String, String>,
    words: EventWords,
}

const DATA: &str = include_str!("data/events.toml");

impl Events {
    /// Parses the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(DATA).expect("a test parses the embedded events");
        let index = |name: &String| file.kind.iter().position(|kind| kind.name == *name);
        let indexed = |names: &FxHashMap<String, String>| -> FxHashMap<String, usize> {
            names
                .iter()
                .filter_map(|(word, name)| Some((word.clone(), index(name)?)))
                .collect()
        };
        let nouns: FxHashMap<String, usize> = (0..)
            .zip(&file.kind)
            .flat_map(|(index, kind)| kind.nouns.iter().map(move |noun| (noun.clone(), index)))
            .collect();
        let verbs = indexed(&file.verbs);
        Self {
            second_words: file
                .kind
                .iter()
                .flat_map(|kind| &kind.nouns)
                .filter_map(|noun| Some(noun.split_once(' ')?.1.to_owned()))
                .collect(),
            nouns,
            verb_starts: verbs
                .keys()
                .filter_map(|verb| verb.split(' ').next())
                .map(str::to_owned)
                .collect(),
            verbs,
            media: indexed(&file.media),
            by_medium: indexed(&file.by_medium),
            unreal: file.unreal,
            words: file.words,
            kinds: file.kind,
        }
    }

    /// Says whether a noun of kind `general` can point back to an event of kind `particular`.
    #[must_use]
    pub fn may_be(&self, general: usize, particular: usize) -> bool {
        general == particular
            || self.kinds[general]
                .may_be
                .contains(&self.kinds[particular].name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_referred_to_exists() {
        let file: File = toml::from_str(DATA).unwrap();
        let events = Events::shipped();
        assert_eq!(events.verbs.len(), file.verbs.len());
        assert_eq!(events.media.len(), file.media.len());
        assert_eq!(events.by_medium.len(), file.by_medium.len());
        for name in events.kinds.iter().flat_map(|kind| &kind.may_be) {
            assert!(events.kinds.iter().any(|kind| kind.name == *name), "{name}");
        }
    }
}
