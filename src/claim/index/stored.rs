//! How the claim index is kept: compact, and checked when it is read back.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    claim::MentionFacts,
    id::{AgentId, ArticleId, MentionId, SnapshotId},
    mention::{Denies, Layer, Quantity, Stance},
};

use super::{ClaimIndex, Entry, number, proposition_id};

/// The index on disk: names that many mentions share stand once, what can be derived not at all.
#[derive(Serialize, Deserialize)]
struct Stored {
    articles: Vec<ArticleId>,
    snapshots: Vec<SnapshotId>,
    sources: Vec<AgentId>,
    signatures: Vec<String>,
    rows: Vec<Row>,
    /// The component of each proposition, in the order in which their first mentions came.
    components: Vec<u32>,
}

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
struct Table<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash> Table<T> {
    fn new() -> Self {
        Self {
            values: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    fn number(&mut self, value: &T) -> u32 {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let next = number(self.values.len());
        self.values.push(value.clone());
        self.numbers.insert(value.clone(), next);
        next
    }
}

impl Serialize for ClaimIndex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mut articles, mut snapshots) = (Table::new(), Table::new());
        let (mut sources, mut signatures) = (Table::new(), Table::new());
        let rows = (self.mentions.iter())
            .map(|facts| Row {
                id: facts.id.clone(),
                article: articles.number(&facts.article),
                snapshot: snapshots.number(&facts.snapshot),
                source: sources.number(&facts.ultimate_source),
                signature: signatures.number(&facts.signature),
                text: facts.text.clone(),
                layer: facts.layer,
                stance: facts.stance,
                denies: facts.denies,
                quantities: facts.quantities.clone(),
                chain_length: facts.chain_length,
            })
            .collect();
        Stored {
            articles: articles.values,
            snapshots: snapshots.values,
            sources: sources.values,
            signatures: signatures.values,
            rows,
            components: (self.propositions.iter())
                .map(|entry| entry.component)
                .collect(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClaimIndex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        Self::restore(stored).ok_or_else(|| serde::de::Error::custom("the claim index is damaged"))
    }
}

impl ClaimIndex {
    fn restore(stored: Stored) -> Option<Self> {
        let mut index = Self::default();
        index.mentions.reserve(stored.rows.len());
        for row in stored.rows {
            let facts = MentionFacts {
                id: row.id,
                article: stored.articles.get(row.article as usize)?.clone(),
                snapshot: stored.snapshots.get(row.snapshot as usize)?.clone(),
                text: row.text,
                signature: stored.signatures.get(row.signature as usize)?.clone(),
                layer: row.layer,
                stance: row.stance,
                denies: row.denies,
                quantities: row.quantities,
                chain_length: row.chain_length,
                ultimate_source: stored.sources.get(row.source as usize)?.clone(),
            };
            let mention = number(index.mentions.len());
            index.by_mention.insert(facts.id.clone(), mention);
            let id = proposition_id(&facts);
            index.mentions.push(facts);
            if let Some(proposition) = index.by_proposition.get(&id) {
                index.expressed.push(*proposition);
                index.propositions[*proposition as usize]
                    .mentions
                    .push(mention);
                continue;
            }
            let proposition = number(index.propositions.len());
            index.expressed.push(proposition);
            index.by_proposition.insert(id.clone(), proposition);
            let component = *stored.components.get(proposition as usize)?;
            // A component has at least one proposition, so no number can exceed theirs.
            if component as usize >= stored.components.len() {
                return None;
            }
            if index.components.len() <= component as usize {
                index
                    .components
                    .resize_with(component as usize + 1, Vec::new);
            }
            index.components[component as usize].push(proposition);
            index.propositions.push(Entry {
                id,
                first: mention,
                mentions: vec![mention],
                component,
            });
        }
        (index.propositions.len() == stored.components.len()).then(|| {
            // Components that were merged away keep their empty place.
            index
                .components
                .resize_with(stored.components.len(), Vec::new);
            index
        })
    }
}
