//! The features that signatures are made of, as numbers with what comparing needs to know of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;

use super::{
    image::{Image, Pairs, Table},
    rows::Rows,
    similarity,
    vector::{self, Packed, Vector, Vectors},
};

/// The features of an index, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Features {
    ids: FxHashMap<String, u32>,
    known: Rows<Feature>,
    /// Where their texts are kept, with the numbers by hash; then `ids` is empty.
    kept: Option<(Image, Table, Pairs)>,
}

/// A feature with what comparing needs to know of it.
#[derive(Debug, Clone)]
pub(super) struct Feature {
    pub(super) text: String,
    pub(super) weight: f32,
    /// How rare it is; see [`Vectors::rarity`].
    pub(super) rarity: f32,
    name: bool,
    mark: bool,
    /// The number that it is.
    number: Option<f64>,
    /// What it adds to the direction of a statement.
    pub(super) vector: Option<Box<Vector>>,
    /// Its own direction.
    pub(super) unit: Option<Box<Packed>>,
    /// Only in memory and in the index of a store: need not be the same everywhere.
    pub(super) hash: u64,
    pub(super) antonyms: Vec<String>,
    /// Whether a statement under it is not stated.
    pub(super) attitude: bool,
    /// Whether a denial of the deed denies it too.
    pub(super) intention: bool,
    /// Whether it is a unit of all kinds of things.
    pub(super) measure: bool,
    /// Whether it is a unit of time.
    pub(super) duration: bool,
    /// Whether it says only that something is to come or may be.
    pub(super) prospect: bool,
    /// Whether it may be left out beside other words: the men of a state for the state.
    pub(super) light: bool,
    /// Whether it tells only where something is.
    pub(super) setting: bool,
    /// Whether it says that what is counted goes away or is harmed.
    pub(super) undoing: bool,
    /// Whether the one who acts only counts.
    pub(super) counting: bool,
}

impl Feature {
    /// Returns what is known of a feature; of the lexicon only the vocabulary counts.
    fn of(text: &str, lexicon: &Lexicon) -> Self {
        let vector = Vectors::shipped().feature(text);
        Self {
            text: text.to_owned(),
            weight: similarity::weight(text, lexicon),
            name: text.trim_start_matches('?').starts_with('@'),
            mark: text.starts_with('~'),
            number: {
                let digits = |b: u8| b.is_ascii_digit() || b == b'.';
                let is_one = text.len() > 1 && text.bytes().all(digits);
                is_one.then(|| text.parse().ok()).flatten()
            },
            rarity: Vectors::shipped().rarity(text),
            vector: vector.map(Box::new),
            unit: vector.map(|vector| Box::new(vector::pack(&vector))),
            hash: {
                let mut hasher = DefaultHasher::new();
                text.hash(&mut hasher);
                hasher.finish()
            },
            antonyms: lexicon.vocabulary.antonyms(text).to_vec(),
            attitude: lexicon.vocabulary.is_attitude(text),
            intention: lexicon.vocabulary.is_intention(text),
            measure: lexicon.vocabulary.is_measure(text),
            duration: lexicon.vocabulary.is_duration(text),
            prospect: lexicon.vocabulary.is_prospect(text),
            setting: lexicon.vocabulary.is_setting(text),
            light: lexicon.vocabulary.is_light(text),
            undoing: lexicon.vocabulary.is_undoing(text),
            counting: lexicon.vocabulary.is_counting(text),
        }
    }

    /// Says whether it names somebody or something.
    pub(super) fn is_name(&self) -> bool {
        self.name
    }

    /// Returns the number that it is, where it is one of at least two digits.
    pub(super) fn number(&self) -> Option<f64> {
        self.number
    }

    /// Says whether it is a mark of modality.
    pub(super) fn is_mark(&self) -> bool {
        self.mark
    }
}

impl Features {
    /// Returns a feature by its number.
    pub(super) fn get(&self, id: u32) -> &Feature {
        &self.known[id as usize]
    }

    /// Returns the features whose texts are kept in a table, with the numbers by hash.
    pub(super) fn kept(image: &Image, texts: Table, by_hash: Pairs) -> Self {
        let reader = image.clone();
        let read = move |at| Feature::of(reader.text(texts, at), Lexicon::shipped());
        Self {
            ids: FxHashMap::default(),
            known: Rows::kept(image.rows(texts), read),
            kept: Some((image.clone(), texts, by_hash)),
        }
    }

    /// Returns the number of a feature, when it is known.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let Some((image, texts, by_hash)) = &self.kept else {
            return self.ids.get(text).copied();
        };
        (image.of_key(*by_hash, vector::key(text)))
            .find(|number| image.row(*texts, *number as usize) == text.as_bytes())
    }

    /// Returns the texts of all features, in the order of their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|feature| feature.text.as_str())
    }

    /// Returns how many features are known.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Returns the number of a feature, which may be new.
    pub(super) fn id(&mut self, text: &str, lexicon: &Lexicon) -> u32 {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = u32::try_from(self.known.len()).expect("an index holds fewer than 2^32 features");
        self.ids.insert(text.to_owned(), id);
        self.known.held().push(Feature::of(text, lexicon));
        id
    }
}
