//! What the index takes from one article: facts for the claims, and its quads with each term once.
//!
//! Made of an analysis that is at hand, or of the quads of a file: both give the same.

use std::path::Path;

use oxigraph::model::Quad;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    across::Facts,
    batch::Batch,
    dataset::View,
    files::at,
    stack::Stack,
    term::{self, DEFAULT_GRAPH, Ids},
};
use crate::rdf::read;

/// What the index takes from one article.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Taken {
    pub(super) facts: Facts,
    /// The terms one behind the other, and where each ends.
    terms: String,
    ends: Vec<u32>,
    /// Quads by the places of their terms.
    quads: Vec<Ids>,
}

impl Taken {
    /// Takes facts and the quads that they stand in.
    pub(super) fn of<'a>(facts: Facts, quads: impl IntoIterator<Item = &'a Quad>) -> Self {
        let mut taken = Self {
            facts,
            ..Self::default()
        };
        let mut places: FxHashMap<Box<[u8]>, u32> = FxHashMap::default();
        let mut buffer = Vec::new();
        for quad in quads {
            let places = term::terms(quad.as_ref()).map(|term| {
                let Some(term) = term else {
                    return DEFAULT_GRAPH;
                };
                term::encode(term, &mut buffer);
                if let Some(place) = places.get(buffer.as_slice()) {
                    return *place;
                }
                let place = places.len() as u32;
                places.insert(buffer.as_slice().into(), place);
                taken.terms.push_str(&String::from_utf8_lossy(&buffer));
                taken.ends.push(taken.terms.len() as u32);
                place
            });
            taken.quads.push(places);
        }
        taken
    }

    /// Returns the bytes of all terms.
    pub(super) fn terms(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        (starts.zip(&self.ends)).map(|(start, end)| {
            let range = *start as usize..*end as usize;
            self.terms.as_bytes().get(range).unwrap_or_default()
        })
    }

    /// Returns the quads by the places of their terms.
    pub(super) fn quads(&self) -> &[Ids] {
        &self.quads
    }
}

impl Facts {
    /// Reads the facts of an article from its quads.
    pub(super) fn read(quads: &[Quad]) -> Result<Self, StoreError> {
        let mut batch = Batch::new(Stack::default());
        for quad in quads {
            batch.add(quad.as_ref());
        }
        let mut stack = Stack::default();
        stack.push(batch.into_image().map_err(at(Path::new("memory")))?);
        Ok(Self::of(&read::analyses(&View(&stack))))
    }
}
