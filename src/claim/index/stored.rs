//! How the claim index is kept: tables that are read in place, row by row, when they are asked for.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::{
    claim::{
        MentionFacts,
        candidates::{Candidates, Postings},
        feature::Features,
        image::{Bytes, Column, Image, ImageWriter, Pairs, Table},
        proposition::Proposition,
        rows::Rows,
        search::Gist,
        vector::key,
    },
    id::{AgentId, ArticleId, ClaimId, MentionId, SnapshotId},
    lexicon::Lexicon,
    mention::{Denies, Layer, Quantity, Stance},
};

use super::{ClaimIndex, Compared, Entry, number};

// Names that many mentions share stand once.
const ARTICLES: Table = Table(0);
const SNAPSHOTS: Table = Table(2);
const SOURCES: Table = Table(4);
const SIGNATURES: Table = Table(6);
const MENTIONS: Table = Table(8);
/// The mentions of each proposition.
const EXPRESSING: Table = Table(10);
/// The propositions of each component.
const COMPONENTS: Table = Table(12);
const FEATURES: Table = Table(14);
/// The propositions that speak of each feature.
const SPEAKING: Table = Table(16);
/// The propositions that give each figure.
const GIVING: Table = Table(18);
const BY_MENTION: Pairs = Pairs(20);
/// Propositions by their ids, which are numbers.
const BY_ID: Pairs = Pairs(22);
const BY_FEATURE: Pairs = Pairs(24);
/// Rows of `GIVING` by the bits of the figure.
const BY_FIGURE: Pairs = Pairs(26);
/// Propositions by what makes them worth comparing.
const BY_KEY: Pairs = Pairs(28);
/// The proposition of each mention.
const EXPRESSED: Column = Column(30);
/// The component of each proposition.
const COMPONENT: Column = Column(31);
/// The row of each proposition in `BY_ID`.
const ID: Column = Column(32);
/// The signature of each proposition.
const SIGNATURE: Column = Column(33);
/// What a search asks of each proposition first.
const GIST: Column = Column(34);
const SECTIONS: usize = 35;

#[derive(Serialize, Deserialize)]
struct Row {
    id: MentionId,
    article: u32,
    snapshot: u32,
    source: u32,
    signature: u32,
    text: String,
    layer: Layer,
    stance: Stance,
    denies: Option<Denies>,
    quantities: Vec<Quantity>,
    chain_length: usize,
}

/// Numbers equal values with one number, in the order of their first use.
#[derive(Default)]
struct Names<'a> {
    values: Vec<&'a str>,
    numbers: rustc_hash::FxHashMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn number(&mut self, value: &'a str) -> u32 {
        *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            number(self.values.len() - 1)
        })
    }
}

/// The id of a proposition as the number it is.
fn id_number(id: &ClaimId) -> u64 {
    u64::from_str_radix(id.as_str(), 16).unwrap_or_default()
}

impl ClaimIndex {
    /// Returns the index as bytes.
    ///
    /// # Panics
    ///
    /// Never: writing to memory does not fail.
    #[must_use]
    pub fn to_bytes(&self, lexicon: &Lexicon) -> Vec<u8> {
        let (mut articles, mut snapshots) = (Names::default(), Names::default());
        let (mut sources, mut signatures) = (Names::default(), Names::default());
        let rows: Vec<Vec<u8>> = (self.mentions.iter())
            .map(|facts| {
                let row = Row {
                    id: facts.id.clone(),
                    article: articles.number(facts.article.as_str()),
                    snapshot: snapshots.number(facts.snapshot.as_str()),
                    source: sources.number(facts.ultimate_source.as_str()),
                    signature: signatures.number(&facts.signature),
                    text: facts.text.clone(),
                    layer: facts.layer,
                    stance: facts.stance,
                    denies: facts.denies,
                    quantities: facts.quantities.clone(),
                    chain_length: facts.chain_length,
                };
                postcard::to_stdvec(&row).expect("a row can be written")
            })
            .collect();
        let signed: Vec<u32> = (self.propositions.iter())
            .map(|entry| signatures.number(&self.mentions[entry.first as usize].signature))
            .collect();
        let mut writer = ImageWriter::new(SECTIONS);
        writer.table(ARTICLES, articles.values.iter());
        writer.table(SNAPSHOTS, snapshots.values.iter());
        writer.table(SOURCES, sources.values.iter());
        writer.table(SIGNATURES, signatures.values.iter());
        writer.table(MENTIONS, rows.iter());
        let expressing = self.propositions.iter().map(|entry| &entry.mentions[..]);
        writer.lists(EXPRESSING, expressing);
        writer.lists(COMPONENTS, self.components.iter().map(Vec::as_slice));

        let compared = self.compared(lexicon);
        let features: Vec<&str> = compared.features.texts().collect();
        writer.table(FEATURES, features.iter());
        let postings = Postings::of(&compared.propositions, &compared.features);
        let (speaking, giving) = postings.lists();
        writer.lists(SPEAKING, speaking.iter().map(Vec::as_slice));
        writer.lists(GIVING, giving.values().map(Vec::as_slice));

        let mentions = self.mentions.iter().map(|facts| key(facts.id.as_str()));
        writer.pairs(BY_MENTION, &sorted(mentions));
        let ids = sorted(self.propositions.iter().map(|entry| id_number(&entry.id)));
        writer.pairs(BY_ID, &ids);
        writer.pairs(BY_FEATURE, &sorted(features.iter().map(|text| key(text))));
        writer.pairs(BY_FIGURE, &sorted(giving.keys().copied()));
        writer.pairs(BY_KEY, &compared.candidates.shared());

        writer.column(EXPRESSED, self.expressed.iter().copied());
        writer.column(
            COMPONENT,
            self.propositions.iter().map(|entry| entry.component),
        );
        let mut places = vec![0; ids.len()];
        for (place, (_, proposition)) in (0..).zip(&ids) {
            places[*proposition as usize] = place;
        }
        writer.column(ID, places.into_iter());
        writer.column(SIGNATURE, signed.into_iter());
        let propositions = compared.propositions.iter();
        writer.column(GIST, propositions.map(|one| Gist::of(one).to_number()));
        writer.finish()
    }

    /// Returns the index whose bytes these are, which reads from them what it is asked for; nothing
    /// where they are of another kind.
    #[must_use]
    pub fn from_bytes(bytes: Bytes) -> Option<Self> {
        let image = Image::of(bytes, SECTIONS)?;
        let reader = || image.clone();
        let (facts, expressed, entries, components) = (reader(), reader(), reader(), reader());
        Some(Self {
            mentions: Rows::kept(image.rows(MENTIONS), move |at| mention(&facts, at)),
            expressed: Rows::kept(image.rows(MENTIONS), move |at| {
                expressed.number(EXPRESSED, at).unwrap_or_default()
            }),
            propositions: Rows::kept(image.rows(EXPRESSING), move |at| entry(&entries, at)),
            components: Rows::kept(image.rows(COMPONENTS), move |at| {
                components.list(COMPONENTS, at)
            }),
            image: Some(image),
            ..Self::default()
        })
    }

    /// Reads everything, so that more can come.
    pub(super) fn hold(&mut self) {
        if self.image.take().is_none() {
            return;
        }
        self.expressed.held();
        self.components.held();
        let mentions = self.mentions.held().iter().map(|facts| facts.id.clone());
        self.by_mention = mentions.zip(0..).collect();
        let propositions = self.propositions.held().iter();
        let ids = propositions.map(|entry| entry.id.clone());
        self.by_proposition = ids.zip(0..).collect();
        self.compared = OnceLock::new();
    }

    /// Returns the component that a proposition belongs to.
    pub(super) fn component_of(&self, proposition: u32) -> u32 {
        match &self.image {
            Some(image) => (image.number(COMPONENT, proposition as usize)).unwrap_or(u32::MAX),
            None => self.propositions[proposition as usize].component,
        }
    }

    /// Says whether a proposition's id comes before another's, or is it.
    pub(super) fn precedes(&self, one: u32, other: u32) -> bool {
        let [one, other] = [one, other].map(|at| at as usize);
        match &self.image {
            Some(image) => image.number(ID, one) <= image.number(ID, other),
            None => self.propositions[one].id <= self.propositions[other].id,
        }
    }

    /// Returns how many mentions express a proposition.
    pub(super) fn mentions_expressing(&self, proposition: u32) -> usize {
        let at = proposition as usize;
        match &self.image {
            Some(image) => image.length(EXPRESSING, at),
            None => self.propositions[at].mentions.len(),
        }
    }

    /// Returns the number of a mention.
    pub(super) fn place_of_mention(&self, id: &MentionId) -> Option<u32> {
        let Some(image) = &self.image else {
            return self.by_mention.get(id).copied();
        };
        (image.of_key(BY_MENTION, key(id.as_str())))
            .find(|at| self.mentions[*at as usize].id == *id)
    }

    /// Returns the number of a proposition.
    pub(super) fn place_of_proposition(&self, id: &ClaimId) -> Option<u32> {
        let Some(image) = &self.image else {
            return self.by_proposition.get(id).copied();
        };
        (image.of_key(BY_ID, id_number(id))).find(|at| self.propositions[*at as usize].id == *id)
    }

    /// Returns the propositions whose ids start with some digits, where ids are kept sorted.
    pub(super) fn propositions_from(&self, prefix: &str) -> Option<Vec<u32>> {
        let image = self.image.as_ref()?;
        let first = u64::from_str_radix(&format!("{prefix:0<16}"), 16).ok()?;
        let last = u64::from_str_radix(&format!("{prefix:f<16}"), 16).ok()?;
        Some(image.between(BY_ID, first..=last).collect())
    }
}

impl Compared {
    /// Returns what is compared of an index that is read row by row.
    pub(super) fn kept(image: &Image) -> Self {
        let features = Features::kept(image, FEATURES, BY_FEATURE);
        let (reader, known) = (image.clone(), features.clone());
        let read = move |at| {
            let signature = reader.number(SIGNATURE, at).unwrap_or(u32::MAX);
            Proposition::known(reader.text(SIGNATURES, signature as usize), &known)
        };
        Self {
            propositions: Rows::kept(image.rows(EXPRESSING), read),
            image: Some(image.clone()),
            candidates: Candidates::kept(image, BY_KEY),
            postings: Postings::Kept(image.clone(), SPEAKING, GIVING, BY_FIGURE).into(),
            features,
        }
    }

    /// Returns what a search asks of a proposition first.
    pub(in crate::claim) fn gist(&self, at: usize) -> Gist {
        match &self.image {
            Some(image) => Gist::from_number(image.number(GIST, at).unwrap_or_default()),
            None => Gist::of(&self.propositions[at]),
        }
    }
}

/// Numbers keys and sorts them.
fn sorted(keys: impl Iterator<Item = u64>) -> Vec<(u64, u32)> {
    let mut pairs: Vec<(u64, u32)> = keys.zip(0..).collect();
    pairs.sort_unstable();
    pairs
}

fn entry(image: &Image, at: usize) -> Entry {
    let mentions = image.list(EXPRESSING, at);
    let id = image
        .number(ID, at)
        .and_then(|at| image.pair(BY_ID, at as usize));
    let (id, _) = id.unwrap_or_default();
    Entry {
        id: ClaimId::from_local(format!("{id:016x}")),
        first: mentions.first().copied().unwrap_or(u32::MAX),
        component: image.number(COMPONENT, at).unwrap_or(u32::MAX),
        mentions,
    }
}

fn mention(image: &Image, at: usize) -> MentionFacts {
    let row: Row = postcard::from_bytes(image.row(MENTIONS, at)).unwrap_or_else(|_| Row {
        id: MentionId::from_local(""),
        article: u32::MAX,
        snapshot: u32::MAX,
        source: u32::MAX,
        signature: u32::MAX,
        text: String::new(),
        layer: Layer::Body,
        stance: Stance::Discusses,
        denies: None,
        quantities: Vec::new(),
        chain_length: 0,
    });
    MentionFacts {
        id: row.id,
        article: ArticleId::from_local(image.text(ARTICLES, row.article as usize)),
        snapshot: SnapshotId::from_local(image.text(SNAPSHOTS, row.snapshot as usize)),
        text: row.text,
        signature: image.text(SIGNATURES, row.signature as usize).to_owned(),
        layer: row.layer,
        stance: row.stance,
        denies: row.denies,
        quantities: row.quantities,
        chain_length: row.chain_length,
        ultimate_source: AgentId::from_local(image.text(SOURCES, row.source as usize)),
    }
}
