//! The one writer of a store.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    path::Path,
    time::Duration,
};

use oxigraph::model::Quad;

use super::{
    StoreError,
    across::Across,
    files::{self, Files},
    index::{self, Index},
    layers::{self, Layers},
    manifest::{Entry, Log},
};
use crate::{
    article::Snapshot,
    id::{SnapshotId, sha256_hex},
    lexicon::Lexicon,
    mention::Analysis,
    rdf::describe,
};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The one writer of a store; other processes wait or are told so.
pub struct Writer {
    files: Files,
    log: Log,
    live: BTreeMap<SnapshotId, Entry>,
    _lock: File,
}

/// What an insertion did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The article is now in the store.
    New,
    /// The store already held exactly this.
    Unchanged,
}

impl Writer {
    /// Opens or creates the store in `dir` and takes its writer's lock.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written, is not a store, or another process writes to it for
    /// longer than ten seconds.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_within(dir, PATIENCE)
    }

    pub(super) fn open_within(dir: &Path, patience: Duration) -> Result<Self, StoreError> {
        let (files, lock) = Files::open_to_write(dir, patience)?;
        let log = Log::open(files.manifest())?;
        let live = log
            .manifest
            .entries()
            .iter()
            .map(|entry| (entry.snapshot.clone(), entry.clone()))
            .collect();
        Ok(Self {
            files,
            log,
            live,
            _lock: lock,
        })
    }

    /// Says whether this snapshot was already analysed by this version of claimgraph, without
    /// metadata supplied from outside its text.
    #[must_use]
    pub fn holds(&self, snapshot: &SnapshotId) -> bool {
        self.holds_given(snapshot, "")
    }

    /// Says whether this snapshot was already analysed by this version of claimgraph, with the
    /// supplied metadata that `given` names, and its files are there.
    #[must_use]
    pub fn holds_given(&self, snapshot: &SnapshotId, given: &str) -> bool {
        let current =
            (self.live.get(snapshot)).is_some_and(|entry| entry.version == describe::run_id());
        current && self.given(snapshot) == Some(given)
    }

    /// Returns what names the metadata with which a snapshot was last analysed, by whichever
    /// version; `None` when it is not held or its files are gone.
    #[must_use]
    pub fn given(&self, snapshot: &SnapshotId) -> Option<&str> {
        let entry = self.live.get(snapshot)?;
        let whole =
            self.files.snapshot(snapshot).exists() && self.files.graph(&entry.graph).exists();
        whole.then_some(entry.given.as_str())
    }

    /// Adds one article: durable when this returns, absent after a crash before.
    ///
    /// # Errors
    ///
    /// When a file cannot be written; the store is then as it was.
    pub fn add(&mut self, snapshot: &Snapshot, analysis: &Analysis) -> Result<Added, StoreError> {
        self.add_given(snapshot, analysis, "")
    }

    /// Adds one article like [`Writer::add`]; `given` names the metadata that was supplied from
    /// outside its text (any string that is the same for the same metadata, empty for none).
    ///
    /// # Errors
    ///
    /// When a file cannot be written; the store is then as it was.
    pub fn add_given(
        &mut self,
        snapshot: &Snapshot,
        analysis: &Analysis,
        given: &str,
    ) -> Result<Added, StoreError> {
        let quads = describe::analysis(analysis);
        let path = &analysis.article.path;
        self.add_quads(snapshot, path, given, &quads, analysis.mentions.len())
    }

    pub(super) fn add_quads(
        &mut self,
        snapshot: &Snapshot,
        path: &str,
        given: &str,
        quads: &[Quad],
        mentions: usize,
    ) -> Result<Added, StoreError> {
        let lines: BTreeSet<String> = quads.iter().map(|quad| format!("{quad} .\n")).collect();
        let graph = String::from_iter(lines.iter().map(String::as_str));
        let entry = Entry {
            snapshot: SnapshotId::of(&snapshot.text),
            graph: sha256_hex(graph.as_bytes()),
            version: describe::run_id().to_owned(),
            given: given.to_owned(),
            path: path.to_owned(),
            quads: lines.len(),
            mentions,
        };
        let before = self.live.get(&entry.snapshot);
        let added = match before {
            Some(before) if before.graph == entry.graph => Added::Unchanged,
            _ => Added::New,
        };
        // Files that were damaged or lost since are written again.
        files::write_addressed(&[
            (
                self.files.snapshot(&entry.snapshot),
                snapshot.text.as_bytes(),
            ),
            (self.files.graph(&entry.graph), graph.as_bytes()),
        ])?;
        if added == Added::Unchanged && self.holds_given(&entry.snapshot, given) {
            return Ok(added);
        }
        self.log.append(entry.clone())?;
        self.live.insert(entry.snapshot.clone(), entry);
        Ok(added)
    }

    /// Brings claims and index up to date and gives the lock back.
    ///
    /// New articles cost what they touch. A snapshot that was analysed anew, another version of
    /// claimgraph and a damaged index make everything be rebuilt from the files.
    ///
    /// # Errors
    ///
    /// When the index cannot be written; the articles added stay added.
    pub fn finish(self, lexicon: &Lexicon) -> Result<(), StoreError> {
        let manifest = &self.log.manifest;
        let position = manifest.position();
        if let Some((index, mut across)) = usable(&self.files, manifest) {
            let (new, complete) = index::additions(manifest, index.position);
            if index.position == position {
                return Ok(());
            }
            if complete {
                let mut layers = index.layers;
                layers.grow(
                    &mut across,
                    &new,
                    |entry| layers::read_graph(&self.files, entry),
                    lexicon,
                )?;
                return index::publish(&layers, &across, position);
            }
        }
        let mut layers = Layers::in_folder(&self.files)?;
        let mut across = Across::default();
        let live: Vec<&Entry> = self.live.values().collect();
        layers.grow(
            &mut across,
            &live,
            |entry| layers::read_graph(&self.files, entry),
            lexicon,
        )?;
        index::publish(&layers, &across, position)
    }
}

/// Returns the index with what follows from all articles, when it is whole and of this manifest.
fn usable(files: &Files, manifest: &super::manifest::Manifest) -> Option<(Index, Across)> {
    let index = Index::open(files).ok()?;
    if !manifest.covers(index.position) {
        return None;
    }
    let across = postcard::from_bytes(&index.across).ok()?;
    Some((index, across))
}
