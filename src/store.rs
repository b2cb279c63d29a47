//! Step 8: the graph in memory or on disk, checked and queried.
//!
//! The files are the truth, the index can be thrown away.
//!
//! A store's folder holds `FORMAT`, `lock`, `manifest`, the snapshots, one immutable file of quads
//! per analysed article, and `index`. Writers append; nothing is edited. Readers take no lock and
//! see the last state that was complete when they opened the store.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use oxigraph::{
    model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term},
    sparql::{CancellationToken, QueryResults},
};

use crate::{
    article::Snapshot,
    claim::ClaimIndex,
    id::SnapshotId,
    lexicon::Lexicon,
    mention::Analysis,
    rdf::{describe, read::QuadSource},
};

mod across;
mod batch;
mod catalog;
mod dataset;
mod files;
mod image;
mod index;
mod layers;
mod manifest;
mod query;
mod spool;
mod stack;
mod taken;
mod term;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

pub use catalog::Catalog;
pub use verify::{Finding, Verification, verify, verify_graph};
pub use writer::{Added, Known, Writer};

use across::{Across, Facts};
use dataset::View;
use files::Files;
use index::Index;
use layers::Layers;
use manifest::{Entry, Manifest};
use stack::Stack;
use taken::Taken;

/// Why the store could not be used. Every message names the file and the reason.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file system refused.
    #[error("cannot use {path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// There is nothing to read.
    #[error("there is no store in {path}")]
    NoStore {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds other things; nothing was written to it.
    #[error("{path} holds other files and is not a store")]
    NotAStore {
        /// The folder.
        path: PathBuf,
    },
    /// The store was made by a version that this one does not know.
    #[error("{path} names a store format that this version does not read")]
    Format {
        /// The file that says so.
        path: PathBuf,
    },
    /// Another process writes to the store.
    #[error("another process is writing to the store in {path}")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A file does not have the content it is meant to have.
    #[error("{path} is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How it shows.
        what: String,
    },
}

/// Why a query could not be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is not SPARQL.
    #[error("the query is not valid SPARQL: {0}")]
    Syntax(String),
    /// A variable was given a value that the query does not use.
    #[error("the query has no variable ?{0}")]
    NoSuchVariable(String),
    /// A variable was given a blank node, which names nothing.
    #[error("?{0} cannot be bound to a blank node")]
    BlankBinding(String),
    /// The query could not be answered.
    #[error("the query failed: {0}")]
    Evaluation(String),
}

/// A graph that can be read: in memory, or a consistent view of a store on disk.
pub struct Graph {
    stack: Stack,
    snapshots: Snapshots,
    claims: ClaimIndex,
}

enum Snapshots {
    Memory(BTreeMap<SnapshotId, Snapshot>),
    /// The folder, and the place at which each came first, read when it is first asked for.
    Folder(Files, OnceLock<BTreeMap<SnapshotId, usize>>),
}

impl Graph {
    /// Builds a graph in memory; the order of `articles` does not matter.
    #[must_use]
    pub fn in_memory(articles: Vec<(Snapshot, Analysis)>, lexicon: &Lexicon) -> Self {
        let mut snapshots = BTreeMap::new();
        let mut analyses = BTreeMap::new();
        for (snapshot, analysis) in articles {
            analyses.insert(snapshot.id.clone(), analysis);
            snapshots.insert(snapshot.id.clone(), snapshot);
        }
        let analyses: Vec<Analysis> = analyses.into_values().collect();
        let describe = |analysis: &Analysis| {
            let facts = Facts::of(std::slice::from_ref(analysis));
            Ok(Taken::of(&describe::in_no_order(analysis)).with(facts))
        };
        let mut layers = Layers::default();
        let mut across = Across::default();
        layers
            .grow(
                &mut across,
                &analyses,
                describe,
                &|id| snapshots.get(id).map(|snapshot| snapshot.text.clone()),
                lexicon,
            )
            .expect("writing to memory does not fail");
        Self {
            stack: layers.stack,
            snapshots: Snapshots::Memory(snapshots),
            claims: across.claims,
        }
    }

    /// Opens the store in `dir` for reading, as it is at this moment.
    ///
    /// Articles behind the index are indexed in memory. A snapshot that is being analysed anew
    /// shows as it was until the writer has finished. Without an index that can be used all is
    /// indexed in memory.
    ///
    /// # Errors
    ///
    /// When there is no store in `dir` or its files are damaged.
    pub fn open(dir: &Path, lexicon: &Lexicon) -> Result<Self, StoreError> {
        let files = Files::open(dir)?;
        // The index before the manifest: the manifest only grows.
        let index = Index::open(&files).ok();
        let all = || Snapshots::Folder(files.clone(), OnceLock::new());
        let of_index = |index: Index| Self {
            stack: index.layers.stack,
            snapshots: all(),
            claims: index.claims,
        };
        let path = files.manifest();
        let index = match index {
            Some(index) if Manifest::ends_at(&path, index.position) => return Ok(of_index(index)),
            other => other,
        };
        let manifest = Manifest::read(&path)?;
        let Some(index) = index.filter(|index| manifest.covers(index.position)) else {
            return Self::index_in_memory(&files, &manifest, all(), lexicon);
        };
        let (new, _) = index::additions(&manifest, index.position);
        if new.is_empty() {
            return Ok(of_index(index));
        }
        let Ok(mut across) = index.across() else {
            return Self::index_in_memory(&files, &manifest, all(), lexicon);
        };
        let mut layers = index.layers;
        layers.leave_folder();
        layers.grow(
            &mut across,
            &new,
            |entry| layers::read_graph(&files, entry),
            &|id| layers::read_text(&files, id),
            lexicon,
        )?;
        Ok(Self {
            stack: layers.stack,
            snapshots: all(),
            claims: across.claims,
        })
    }

    fn index_in_memory(
        files: &Files,
        manifest: &Manifest,
        snapshots: Snapshots,
        lexicon: &Lexicon,
    ) -> Result<Self, StoreError> {
        let live: Vec<&Entry> = manifest.live(usize::MAX).into_values().collect();
        let mut layers = Layers::default();
        let mut across = Across::default();
        layers.grow(
            &mut across,
            &live,
            |entry| layers::read_graph(files, entry),
            &|id| layers::read_text(files, id),
            lexicon,
        )?;
        Ok(Self {
            stack: layers.stack,
            snapshots,
            claims: across.claims,
        })
    }

    /// Returns the claims.
    #[must_use]
    pub fn claims(&self) -> &ClaimIndex {
        &self.claims
    }

    /// Returns the place at which a snapshot came into the store, from 0; a graph in memory has no
    /// order, nor has a store whose manifest is damaged, which `verify` tells.
    #[must_use]
    pub fn arrival(&self, id: &SnapshotId) -> Option<usize> {
        match &self.snapshots {
            Snapshots::Memory(_) => None,
            Snapshots::Folder(files, arrivals) => {
                let read = || Manifest::read(&files.manifest()).map(|read| read.arrivals());
                let arrivals = arrivals.get_or_init(|| read().unwrap_or_default());
                arrivals.get(id).copied()
            }
        }
    }

    /// Returns the text of a snapshot, checked against its hash; `None` when the graph has none of
    /// that name.
    ///
    /// # Errors
    ///
    /// When the snapshot's file is missing or damaged.
    pub fn snapshot(&self, id: &SnapshotId) -> Result<Option<Snapshot>, StoreError> {
        let files = match &self.snapshots {
            Snapshots::Memory(snapshots) => return Ok(snapshots.get(id).cloned()),
            Snapshots::Folder(files, _) => files,
        };
        let path = files.snapshot(id);
        if !path.exists() && self.arrival(id).is_none() {
            return Ok(None);
        }
        let text = Files::read_addressed(&path, id.as_str())?
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or(StoreError::Damaged {
                path,
                what: "its SHA-256 is not the one in its name".to_owned(),
            })?;
        Ok(Some(Snapshot {
            id: id.clone(),
            text,
        }))
    }

    /// Returns all quads, sorted by graph, subject, predicate and object.
    #[must_use]
    pub fn quads(&self) -> Vec<Quad> {
        self.matching(None, None, None)
    }

    /// Returns how many quads there are, without reading them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stack.len()
    }

    /// Says whether the graph holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Answers a SPARQL 1.1 query over the union of all named graphs.
    ///
    /// The union is a set: a triple in two graphs is one triple in the default graph. `bindings`
    /// are variables bound before evaluation, wherever the query uses them.
    ///
    /// # Errors
    ///
    /// When the query is malformed, does not use a variable of `bindings`, or its evaluation fails.
    pub fn query(
        &self,
        sparql: &str,
        bindings: &[(String, Term)],
    ) -> Result<QueryResults<'_>, QueryError> {
        self.query_until(sparql, bindings, CancellationToken::new())
    }

    /// Answers like [`Graph::query`] until `cancel` is cancelled, from another thread for instance.
    ///
    /// # Errors
    ///
    /// As [`Graph::query`].
    pub fn query_until(
        &self,
        sparql: &str,
        bindings: &[(String, Term)],
        cancel: CancellationToken,
    ) -> Result<QueryResults<'_>, QueryError> {
        query::run(View(&self.stack), sparql, bindings, cancel)
    }
}

impl QuadSource for Graph {
    fn matching(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Vec<Quad> {
        View(&self.stack).matching(subject, predicate, object)
    }

    fn in_graph(&self, subject: &NamedOrBlankNode, graph: &GraphName) -> Vec<Quad> {
        View(&self.stack).in_graph(subject, graph)
    }
}
