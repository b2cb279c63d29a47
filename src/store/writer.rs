//! The one writer of a store.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    path::Path,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use oxigraph::model::Quad;
use rayon::prelude::*;

use super::{
    StoreError,
    across::{Across, Facts},
    catalog::Catalog,
    files::{self, Files},
    index::{self, Index},
    layers::{self, Layers},
    manifest::{Entry, Log},
    spool::{self, Spool},
    taken::Taken,
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

/// The disk is asked to make the files of so many articles durable at the same time.
const WRITES_AT_ONCE: usize = 16;

/// The one writer of a store; other processes wait or are told so.
pub struct Writer {
    files: Files,
    log: Log,
    catalog: Catalog,
    spool: Spool,
    _lock: File,
}

/// An article on its way into the store.
struct Prepared<'a> {
    entry: Entry,
    text: &'a str,
    graph: String,
    /// What the index takes from it, as bytes.
    taken: Vec<u8>,
}

impl Prepared<'_> {
    /// Makes the files durable; such as were damaged or lost since are written again.
    fn write(&self, files: &Files) -> Result<(), StoreError> {
        let snapshot = files.snapshot(&self.entry.snapshot);
        let graph = files.graph(&self.entry.graph);
        files::write_addressed(&[
            (snapshot, self.text.as_bytes()),
            (graph, self.graph.as_bytes()),
        ])
    }
}

/// What is known of an article from elsewhere than its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Names the metadata that was supplied from outside its text: any string that is the same for
    /// the same metadata, empty for none.
    pub given: &'a str,
    /// Names the input it was read from, with all that decides what is read from it; empty when
    /// nobody will ask for it.
    pub input: &'a str,
    /// When it comes into the store; nothing is said of that where it is left out.
    pub added: Option<jiff::Timestamp>,
}

fn prepare<'a>(
    snapshot: &'a Snapshot,
    path: &str,
    known: Known<'_>,
    quads: &[Quad],
    mentions: usize,
    facts: Facts,
) -> Prepared<'a> {
    let taken = Taken::of(quads).with(facts);
    let graph = taken.nquads();
    let entry = Entry {
        snapshot: SnapshotId::of(&snapshot.text),
        graph: sha256_hex(graph.as_bytes()),
        version: describe::run_id().to_owned(),
        given: known.given.to_owned(),
        input: known.input.to_owned(),
        added: known.added,
        path: path.to_owned(),
        quads: taken.quads().len(),
        mentions,
    };
    Prepared {
        entry,
        text: &snapshot.text,
        graph,
        taken: spool::encode(&taken),
    }
}

/// Names an article in the manifest, unless it stands there already.
fn log_entry(log: &mut Log, catalog: &Catalog, entry: &Entry) -> Result<Added, StoreError> {
    let mut live = catalog.entries_mut();
    let before = live.get(&entry.snapshot);
    let added = match before {
        Some(before) if before.graph == entry.graph => Added::Unchanged,
        _ => Added::New,
    };
    let same = |before: &Entry| before.version == entry.version && before.given == entry.given;
    if added == Added::New || !before.is_some_and(same) {
        log.append(entry.clone())?;
        live.insert(entry.snapshot.clone(), entry.clone());
    }
    Ok(added)
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
        let catalog = Catalog::of(files.clone(), &log.manifest);
        Ok(Self {
            files,
            log,
            catalog,
            spool: Spool::default(),
            _lock: lock,
        })
    }

    /// Returns what the store holds, now and while it is written to.
    #[must_use]
    pub fn catalog(&self) -> Catalog {
        self.catalog.clone()
    }

    /// Says whether this snapshot was already analysed by this version of claimgraph, without
    /// metadata supplied from outside its text.
    #[must_use]
    pub fn holds(&self, snapshot: &SnapshotId) -> bool {
        self.catalog.holds_given(snapshot, "")
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
        let known = Known {
            given,
            ..Known::default()
        };
        let added = self.add_all(&[(snapshot, analysis, known)])?;
        Ok(added.first().copied().unwrap_or(Added::Unchanged))
    }

    /// Adds articles in their order, like [`Writer::add_given`] one by one, but waits for the disk
    /// for many of them at the same time. All are durable when this returns; a crash before leaves
    /// the first of them, each whole.
    ///
    /// # Errors
    ///
    /// When a file cannot be written; the articles before it stay added.
    pub fn add_all(
        &mut self,
        articles: &[(&Snapshot, &Analysis, Known<'_>)],
    ) -> Result<Vec<Added>, StoreError> {
        let prepared: Vec<Prepared> = articles
            .par_iter()
            .map(|(snapshot, analysis, known)| {
                let quads = describe::in_no_order(analysis);
                let mentions = analysis.mentions.len();
                let facts = Facts::of(std::slice::from_ref(*analysis));
                let path = &analysis.article.path;
                prepare(snapshot, path, *known, &quads, mentions, facts)
            })
            .collect();
        self.commit(&prepared)
    }

    #[cfg(test)]
    pub(super) fn add_quads(
        &mut self,
        snapshot: &Snapshot,
        path: &str,
        given: &str,
        quads: &[Quad],
        mentions: usize,
    ) -> Result<Added, StoreError> {
        let added = self.commit(&[prepare(
            snapshot,
            path,
            Known {
                given,
                ..Known::default()
            },
            quads,
            mentions,
            Facts::read(quads)?,
        )])?;
        Ok(added.first().copied().unwrap_or(Added::Unchanged))
    }

    /// Writes the files of many articles at once and names each in the manifest as soon as its
    /// files and those of all before it are durable.
    fn commit(&mut self, articles: &[Prepared<'_>]) -> Result<Vec<Added>, StoreError> {
        let files = &self.files;
        let mut seen = BTreeSet::new();
        // Two threads must not write the same files: the second of the same text waits its turn.
        let again: Vec<bool> = (articles.iter())
            .map(|article| !seen.insert(&article.entry.snapshot))
            .collect();
        let next = AtomicUsize::new(0);
        let (done, results) = mpsc::channel();
        let mut added = Vec::with_capacity(articles.len());
        let outcome = thread::scope(|scope| {
            for _ in 0..WRITES_AT_ONCE.min(articles.len()) {
                let (done, next, again) = (done.clone(), &next, &again);
                scope.spawn(move || {
                    loop {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let Some(article) = articles.get(place) else {
                            break;
                        };
                        let written = match again[place] {
                            true => Ok(()),
                            false => article.write(files),
                        };
                        // Nobody listens any more after a failure.
                        if done.send((place, written)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(done);
            let mut waiting = BTreeMap::new();
            for (place, written) in results {
                waiting.insert(place, written);
                while let Some(written) = waiting.remove(&added.len()) {
                    written?;
                    let article = &articles[added.len()];
                    if again[added.len()] {
                        article.write(files)?;
                    }
                    let entry = &article.entry;
                    let now = log_entry(&mut self.log, &self.catalog, entry)?;
                    if now == Added::New {
                        let folder = files.root();
                        self.spool.keep(folder, &entry.graph, &article.taken);
                    }
                    added.push(now);
                }
            }
            Ok(())
        });
        self.log.sync()?;
        outcome.map(|()| added)
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
        let load = |entry: &&Entry| match self.spool.taken(&entry.graph) {
            Some(taken) => Ok(taken),
            None => layers::read_graph(&self.files, entry),
        };
        let read = |id: &SnapshotId| layers::read_text(&self.files, id);
        if let Some((index, mut across)) = usable(&self.files, manifest) {
            let (new, complete) = index::additions(manifest, index.position);
            if index.position == position {
                return Ok(());
            }
            if complete {
                let mut layers = index.layers;
                layers.grow(&mut across, &new, load, &read, lexicon)?;
                return index::publish(&layers, &across, position, lexicon);
            }
        }
        let mut layers = Layers::in_folder(&self.files)?;
        let mut across = Across::default();
        let live = self.catalog.entries();
        let live: Vec<&Entry> = live.values().collect();
        layers.grow(&mut across, &live, load, &read, lexicon)?;
        index::publish(&layers, &across, position, lexicon)
    }
}

/// Returns the index with what follows from all articles, when it is whole and of this manifest.
fn usable(files: &Files, manifest: &super::manifest::Manifest) -> Option<(Index, Across)> {
    let index = Index::open(files).ok()?;
    if !manifest.covers(index.position) {
        return None;
    }
    let across = index.across().ok()?;
    Some((index, across))
}
