//! What follows from all articles together: the claims, and who reprints whom.
//!
//! A pure function of the set of assertion graphs, kept beside the index so that one more article
//! costs only what it touches. Whatever else is found across articles belongs here as a field.

use std::collections::BTreeSet;

use oxigraph::model::Quad;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

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

/// A quad that holds no longer, or holds now.
pub(super) enum Change {
    Gone(Quad),
    Come(Quad),
}

impl Across {
    /// Takes in the mentions of more articles and reports what changes: first all that goes, then
    /// all that comes; a quad may do both. `read` gives the text of a capture.
    pub(super) fn insert<E>(
        &mut self,
        facts: Facts,
        lexicon: &Lexicon,
        read: &Reader<'_>,
        mut report: impl FnMut(Change) -> Result<(), E>,
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
        all_described(&before, &touched, lexicon, |quad| {
            report(Change::Gone(quad))
        })?;
        let gone = missing(&self.reprints, &reprints);
        for quad in gone.iter().flat_map(|reprint| quads(reprint, read)) {
            report(Change::Gone(quad))?;
        }
        let unlocated = self.locations.iter().filter(|one| !holds(&locations, one));
        for quad in unlocated.flat_map(describe::location) {
            report(Change::Gone(quad))?;
        }
        all_described(&self.claims, &touched, lexicon, |quad| {
            report(Change::Come(quad))
        })?;
        let come = missing(&reprints, &self.reprints);
        // The words of one passage may belong to several pairs, of which only one is gone.
        let lost: BTreeSet<&SnapshotId> = (gone.iter())
            .flat_map(|reprint| [&reprint.snapshots.0, &reprint.snapshots.1])
            .collect();
        let kept = (reprints.iter()).filter(|reprint| {
            let (copy, original) = &reprint.snapshots;
            lost.contains(copy) || lost.contains(original)
        });
        for quad in (come.into_iter().chain(kept)).flat_map(|reprint| quads(reprint, read)) {
            report(Change::Come(quad))?;
        }
        let located = locations.iter().filter(|one| !holds(&self.locations, one));
        for quad in located.flat_map(describe::location) {
            report(Change::Come(quad))?;
        }
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

fn quads(reprint: &Reprint, read: &Reader<'_>) -> Vec<Quad> {
    let texts = [read(&reprint.snapshots.0), read(&reprint.snapshots.1)];
    describe::reprint(reprint, &texts.map(Option::unwrap_or_default))
}

/// Describes claims on all cores and reports the quads in the order of the claims.
fn all_described<E>(
    claims: &ClaimIndex,
    ids: &[&ClaimId],
    lexicon: &Lexicon,
    mut report: impl FnMut(Quad) -> Result<(), E>,
) -> Result<(), E> {
    let all = claims.all_relations(ids.len(), lexicon);
    let relations = |id: &ClaimId| match &all {
        Some(all) => all.of(id),
        None => claims.relations(id, lexicon),
    };
    for ids in ids.chunks(CLAIMS_AT_ONCE) {
        let quads: Vec<Vec<Quad>> = (ids.par_iter())
            .map(|id| described(claims, id, &relations))
            .collect();
        quads.into_iter().flatten().try_for_each(&mut report)?;
    }
    Ok(())
}

fn described(
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
