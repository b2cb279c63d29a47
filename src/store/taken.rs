//! What the index takes from one article: facts for the claims, and its quads with each term once.
//! Quads that follow from many articles come in the same form, without facts.
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
    term::{self, DEFAULT_GRAPH, Id, Ids},
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
    /// Takes quads, each once.
    pub(super) fn of<'a>(quads: impl IntoIterator<Item = &'a Quad>) -> Self {
        let mut taken = Self::default();
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
        taken.quads.sort_unstable();
        taken.quads.dedup();
        taken
    }

    /// Takes these facts, too.
    pub(super) fn with(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// Returns the quads as N-Quads, one a line, the lines sorted by their bytes.
    ///
    /// A term that begins another is followed by a space, which is less than what follows in the
    /// other: so the order of the terms is the order of the lines, and each term is written once.
    pub(super) fn nquads(&self) -> String {
        let texts: Vec<String> = (self.terms())
            .map(|term| term::decode(term).map_or_else(String::new, |term| term.to_string()))
            .collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_unstable_by_key(|place| &texts[*place]);
        // The default graph has no name and comes first.
        let mut ranks = vec![0; texts.len()];
        for (rank, place) in (1..).zip(&order) {
            ranks[*place] = rank;
        }
        let rank = |place: Id| ranks.get(place as usize).copied().unwrap_or(0);
        let mut lines: Vec<[usize; 4]> = self.quads.iter().map(|quad| quad.map(rank)).collect();
        lines.sort_unstable();
        let text = |rank: usize| texts[order[rank - 1]].as_str();
        let length = |line: &[usize; 4]| -> usize {
            let named = line.iter().filter(|rank| **rank > 0);
            named.map(|rank| text(*rank).len() + 1).sum::<usize>() + 2
        };
        let mut out = String::with_capacity(lines.iter().map(length).sum());
        for line in lines {
            for rank in line.into_iter().filter(|rank| *rank > 0) {
                out.push_str(text(rank));
                out.push(' ');
            }
            out.push_str(".\n");
        }
        out
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
        batch.add(&Taken::of(quads));
        let mut stack = Stack::default();
        stack.push(batch.into_image().map_err(at(Path::new("memory")))?);
        Ok(Self::of(&read::analyses(&View(&stack))))
    }
}
