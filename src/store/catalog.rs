//! What a store holds, for those who ask before they do work in vain.
//!
//! It never writes, and says that something is held only when its files are there.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use jiff::Timestamp;

use super::{
    StoreError,
    files::Files,
    manifest::{Entry, Manifest},
};
use crate::{id::SnapshotId, rdf::describe};

/// What a store holds.
#[derive(Clone)]
pub struct Catalog {
    files: Option<Files>,
    live: Arc<RwLock<BTreeMap<SnapshotId, Entry>>>,
    /// Snapshots by the input they were made from, by this version, as it was at the beginning.
    inputs: Arc<HashMap<String, SnapshotId>>,
    /// When each snapshot came in first, as it was at the beginning; `None` where nobody said.
    came: Arc<BTreeMap<SnapshotId, Option<Timestamp>>>,
}

impl Catalog {
    /// Reads what the store in `dir` holds; where there is none, nothing is held.
    ///
    /// # Errors
    ///
    /// When the store is damaged or of another format.
    pub fn read(dir: &Path) -> Result<Self, StoreError> {
        match Files::open(dir) {
            Ok(files) => {
                let manifest = Manifest::read(&files.manifest())?;
                Ok(Self::of(files, &manifest))
            }
            Err(StoreError::NoStore { .. }) => Ok(Self {
                files: None,
                live: Arc::default(),
                inputs: Arc::default(),
                came: Arc::default(),
            }),
            Err(error) => Err(error),
        }
    }

    pub(super) fn of(files: Files, manifest: &Manifest) -> Self {
        let entries = manifest.entries().iter();
        let live: BTreeMap<_, _> = entries
            .map(|entry| (entry.snapshot.clone(), entry.clone()))
            .collect();
        let current = (live.values())
            .filter(|entry| !entry.input.is_empty() && entry.version == describe::run_id());
        let inputs = current
            .map(|entry| (entry.input.clone(), entry.snapshot.clone()))
            .collect();
        let mut came = BTreeMap::new();
        for entry in manifest.entries() {
            came.entry(entry.snapshot.clone()).or_insert(entry.added);
        }
        Self {
            files: Some(files),
            live: Arc::new(RwLock::new(live)),
            inputs: Arc::new(inputs),
            came: Arc::new(came),
        }
    }

    /// Returns the snapshots that came in before a moment; those of which nobody said when are older.
    #[must_use]
    pub fn held_before(&self, moment: Timestamp) -> BTreeSet<SnapshotId> {
        (self.came.iter())
            .filter(|(_, came)| came.is_none_or(|came| came < moment))
            .map(|(snapshot, _)| snapshot.clone())
            .collect()
    }

    pub(super) fn entries(&self) -> RwLockReadGuard<'_, BTreeMap<SnapshotId, Entry>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn entries_mut(&self) -> RwLockWriteGuard<'_, BTreeMap<SnapshotId, Entry>> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the snapshot that this version of claimgraph made of an input.
    #[must_use]
    pub fn made_of(&self, input: &str) -> Option<SnapshotId> {
        let snapshot = self.inputs.get(input)?;
        let live = self.entries();
        let entry = live.get(snapshot)?;
        (entry.input == input && self.is_whole(entry)).then(|| snapshot.clone())
    }

    /// Says whether this snapshot was already analysed by this version of claimgraph, with the
    /// supplied metadata that `given` names, and its files are there.
    #[must_use]
    pub fn holds_given(&self, snapshot: &SnapshotId, given: &str) -> bool {
        (self.entries().get(snapshot)).is_some_and(|entry| {
            entry.version == describe::run_id() && entry.given == given && self.is_whole(entry)
        })
    }

    /// Returns what names the metadata with which a snapshot was last analysed, by whichever
    /// version; `None` when it is not held or its files are gone.
    #[must_use]
    pub fn given(&self, snapshot: &SnapshotId) -> Option<String> {
        let live = self.entries();
        let entry = live.get(snapshot)?;
        self.is_whole(entry).then(|| entry.given.clone())
    }

    fn is_whole(&self, entry: &Entry) -> bool {
        self.files.as_ref().is_some_and(|files| {
            files.snapshot(&entry.snapshot).exists() && files.graph(&entry.graph).exists()
        })
    }
}
