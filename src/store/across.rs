//! What follows from all articles together: the claims, and who reprints whom.
//!
//! A pure function of the set of assertion graphs, kept beside the index so that one more article
//! costs only what it touches. Whatever else is found across articles belongs here as a field.

use std::collections::BTreeSet;

use oxigraph::model::Quad;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::taken::Taken;
use crate::{
    claim::{
        self, ClaimIndex, MentionFacts, Relation, Touched,
        copy::{self, CopyIndex, Reader, Reprint, Text},
        locate::{Library, Location},
    },
    id::{ClaimId, SnapshotId},
    lexicon::Lexicon,
    mention::Analysis,
    rdf::describe,
};

/// So many claims are described at the same time.
const CLAIMS_AT_ONCE: usize = 4096;

/// So many are handed over together.
const CLAIMS_TOGETHER: usize = 64;

/// What follows from all articles together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Across {
    /// The claims, which have a file of their own.
    #[serde(skip)]
    pub(super) claims: ClaimIndex,
    /// The sketches of all captures.
    copies: CopyIndex,
    /// The reprints found with them, sorted.
    reprints: Vec<Reprint>,
    /// What articles cite.
    cited: Library,
    /// The cited documents that are held, by document.
    locations: Vec<Location>,
}

/// What is taken from an article.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Facts {
    mentions: Vec<MentionFacts>,
    texts: Vec<Text>,
    cited: Library,
}

impl Facts {
    /// Takes from analyses what counts across articles.
    pub(super) fn of(analyses: &[Analysis]) -> Self {
        Self {
            mentions: analyses.iter().flat_map(claim::facts).collect(),
            texts: analyses.iter().map(copy::text).collect(),
            cited: Library::of(analyses),
        }
    }

    pub(super) fn extend(&mut self, more: Self) {
        self.mentions.extend(more.mentions);
        self.texts.extend(more.texts);
        self.cited.extend(more.cited);
    }
}

/// Quads that hold no longer, or hold now.
pub(super) enum Change {
    Gone(Taken),
    Come(Taken),
}

impl Across {
    /// Takes in the mentions of more articles and reports what changes: first all that goes, then
    /// all that comes; a quad may do both. `read` gives the text of a capture.
    pub(super) fn insert<E>(
        &mut self,
        facts: Facts,
        lexicon: &Lexicon,
        read: &Reader<'_>,
        report: impl Fn(Change) -> Result<(), E>,
    ) -> Result<(), E> {
        let Facts {
            mentions,
            texts,
            cited,
        } = facts;
        self.copies.insert(texts, read);
        let reprints = self.copies.reprints(lexicon);
        let before = self.claims.clone();
        let Touched {
            changed,
            merged,
            related,
        } = self.claims.insert(mentions, lexicon);
        self.cited.extend(cited);
        let locations = self.cited.locations(&self.claims, &reprints);
        let touched: Vec<&ClaimId> = changed.iter().chain(&merged).chain(&related).collect();
        all_described(&before, &touched, lexicon, |quads| {
            report(Change::Gone(quads))
        })?;
        let gone = missing(&self.reprints, &reprints);
        let unlocated = self.locations.iter().filter(|one| !holds(&locations, one));
        report(Change::Gone(described(&gone, unlocated, read)))?;
        all_described(&self.claims, &touched, lexicon, |quads| {
            report(Change::Come(quads))
        })?;
        let mut come = missing(&reprints, &self.reprints);
        // The words of one passage may belong to several pairs, of which only one is gone.
        let lost: BTreeSet<&SnapshotId> = (gone.iter())
            .flat_map(|reprint| [&reprint.snapshots.0, &reprint.snapshots.1])
            .collect();
        come.extend((reprints.iter()).filter(|reprint| {
            let (copy, original) = &reprint.snapshots;
            lost.contains(copy) || lost.contains(original)
        }));
        let located = locations.iter().filter(|one| !holds(&self.locations, one));
        report(Change::Come(described(&come, located, read)))?;
        self.reprints = reprints;
        self.locations = locations;
        Ok(())
    }
}

/// Returns the reprints of `one` that `other` does not hold; both are sorted.
fn missing<'a>(one: &'a [Reprint], other: &[Reprint]) -> Vec<&'a Reprint> {
    let held = |reprint: &Reprint| {
        let key = |reprint: &Reprint| (reprint.copy.clone(), reprint.original.clone());
        other
            .binary_search_by_key(&key(reprint), key)
            .is_ok_and(|place| other[place] == *reprint)
    };
    (one.iter()).filter(|reprint| !held(reprint)).collect()
}

/// Says whether a list, sorted by document, holds a location.
fn holds(list: &[Location], location: &Location) -> bool {
    let place = list.binary_search_by_key(&&location.document, |one| &one.document);
    place.is_ok_and(|place| list[place] == *location)
}

/// Describes reprints and locations.
fn described<'a>(
    reprints: &[&Reprint],
    locations: impl Iterator<Item = &'a Location>,
    read: &Reader<'_>,
) -> Taken {
    let quads = |reprint: &&Reprint| {
        let texts = [read(&reprint.snapshots.0), read(&reprint.snapshots.1)];
        describe::reprint(reprint, &texts.map(Option::unwrap_or_default))
    };
    let quads: Vec<Quad> = (reprints.iter().flat_map(quads))
        .chain(locations.flat_map(describe::location))
        .collect();
    Taken::of(&quads)
}

/// Describes claims on all cores and reports the quads in the order of the claims.
fn all_described<E>(
    claims: &ClaimIndex,
    ids: &[&ClaimId],
    lexicon: &Lexicon,
    mut report: impl FnMut(Taken) -> Result<(), E>,
) -> Result<(), E> {
    let all = claims.all_relations(ids.len(), lexicon);
    let relations = |id: &ClaimId| match &all {
        Some(all) => all.of(id),
        None => claims.relations(id, lexicon),
    };
    let quads = |id: &&ClaimId| claim_described(claims, id, &relations);
    for ids in ids.chunks(CLAIMS_AT_ONCE) {
        let taken: Vec<Taken> = (ids.par_chunks(CLAIMS_TOGETHER))
            .map(|ids| Taken::of(&ids.iter().flat_map(quads).collect::<Vec<Quad>>()))
            .collect();
        taken.into_iter().try_for_each(&mut report)?;
    }
    Ok(())
}

fn claim_described(
    claims: &ClaimIndex,
    id: &ClaimId,
    relations: &impl Fn(&ClaimId) -> Vec<Relation>,
) -> Vec<Quad> {
    let Some(claim) = claims.claim(id).filter(|claim| claim.id == *id) else {
        return Vec::new();
    };
    let mentions: Vec<&MentionFacts> = claim
        .mentions
        .iter()
        .filter_map(|mention| claims.mention(mention))
        .collect();
    describe::claim(&claim, &mentions, &relations(id))
}
