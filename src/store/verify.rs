//! Checks of a store and of a graph: nothing is believed that can be compared.

use std::{collections::BTreeMap, path::Path};

use oxigraph::{
    model::{NamedNode, NamedOrBlankNode, Term},
    sparql::QueryResults,
};
use sha2::{Digest, Sha256};

use super::{
    Graph, StoreError,
    across::Across,
    files::Files,
    index::Index,
    layers::{self, Layers},
    manifest::{Entry, Manifest},
    stack::Stack,
};
use crate::{
    article::Snapshot,
    id::{BASE, SnapshotId},
    lexicon::Lexicon,
    rdf::{ontology, read::QuadSource},
    span::Span,
};

const EXACT: &str = "http://www.w3.org/ns/oa#exact";

/// Something `verify` found wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Stable code ("V-SNAPSHOT-HASH", "V-SPAN-QUOTE", or the name of an ontology check).
    pub code: String,
    /// The file or node.
    pub subject: String,
    /// What is wrong.
    pub message: String,
}

/// How much `verify` looked at, and what it found wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Verification {
    /// Snapshots whose hash was checked.
    pub snapshots: usize,
    /// Files of quads whose hash was checked.
    pub graphs: usize,
    /// Quads of the index that were compared with the files.
    pub quads: usize,
    /// Spans that were sliced and compared.
    pub spans: usize,
    /// Checks of the ontology that were run.
    pub checks: usize,
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
}

impl Verification {
    fn find(&mut self, code: &str, subject: impl ToString, message: impl ToString) {
        self.findings.push(Finding {
            code: code.to_owned(),
            subject: subject.to_string(),
            message: message.to_string(),
        });
    }
}

/// Checks a store: files against their checksums, the index against the files, spans against the
/// snapshots, the ontology's checks.
///
/// # Errors
///
/// When there is no store to check.
pub fn verify(dir: &Path, lexicon: &Lexicon) -> Result<Verification, StoreError> {
    let files = Files::open(dir)?;
    let mut result = Verification::default();
    // The index first: the manifest may grow in between, but never shrinks.
    let index = Index::open(&files);
    let manifest = match Manifest::read(&files.manifest()) {
        Ok(manifest) => manifest,
        Err(StoreError::Damaged { path, what }) => {
            result.find("V-MANIFEST", path.display(), what);
            return Ok(result);
        }
        Err(error) => return Err(error),
    };
    check_files(&files, &manifest, &mut result);
    if !result.findings.is_empty() {
        // Nothing that is built on damaged files can be judged.
        return Ok(result);
    }
    match index {
        Ok(index) => check_index(&files, &manifest, &index, lexicon, &mut result)?,
        Err(unusable) if unusable.harmless => {}
        Err(unusable) => result.find("V-INDEX", unusable.path.display(), unusable.why),
    }
    let graph = Graph::open(dir, lexicon)?;
    check_graph(&graph, &mut result);
    Ok(result)
}

/// Checks a graph in memory: spans against the snapshots, the ontology's checks.
#[must_use]
pub fn verify_graph(graph: &Graph) -> Verification {
    let mut result = Verification::default();
    check_graph(graph, &mut result);
    result
}

fn check_files(files: &Files, manifest: &Manifest, result: &mut Verification) {
    let mut wanted = BTreeMap::new();
    for entry in manifest.entries() {
        wanted.insert(
            files.snapshot(&entry.snapshot),
            (entry.snapshot.as_str(), true),
        );
        wanted.insert(files.graph(&entry.graph), (entry.graph.as_str(), false));
    }
    for (path, (hash, is_snapshot)) in wanted {
        let code = if is_snapshot {
            result.snapshots += 1;
            "V-SNAPSHOT-HASH"
        } else {
            result.graphs += 1;
            "V-GRAPH-HASH"
        };
        match Files::read_addressed(&path, hash) {
            Ok(Some(_)) => {}
            Ok(None) => result.find(
                code,
                path.display(),
                "its SHA-256 is not the one in its name",
            ),
            Err(error) => result.find(code, path.display(), error),
        }
    }
}

/// Compares the index with an index made anew from the files.
fn check_index(
    files: &Files,
    manifest: &Manifest,
    index: &Index,
    lexicon: &Lexicon,
    result: &mut Verification,
) -> Result<(), StoreError> {
    let damaged = index.damaged_files();
    for path in &damaged {
        result.find("V-INDEX", path.display(), "a checksum does not fit");
    }
    if !damaged.is_empty() {
        return Ok(());
    }
    if !manifest.covers(index.position) {
        result.find(
            "V-INDEX",
            files.index().display(),
            "it was made for another manifest",
        );
        return Ok(());
    }
    let mut anew = Layers::default();
    let live: Vec<&Entry> = manifest
        .live(index.position.entries)
        .into_values()
        .collect();
    let mut across = Across::default();
    anew.grow(
        &mut across,
        &live,
        |entry| layers::read_graph(files, entry),
        &|id| layers::read_text(files, id),
        lexicon,
    )?;
    result.quads = index.layers.stack.len();
    if fingerprint(&index.layers.stack) != fingerprint(&anew.stack) {
        result.find(
            "V-INDEX-CONTENT",
            files.index().display(),
            format!(
                "it does not say what the files say ({} quads, {} expected); remove the folder \
                 and it is rebuilt",
                index.layers.stack.len(),
                anew.stack.len()
            ),
        );
    }
    Ok(())
}

/// Sums the hashes of all quads, so that neither order nor numbering matters.
fn fingerprint(stack: &Stack) -> (usize, u128) {
    let mut count = 0;
    let mut sum = 0u128;
    for quad in stack.scan([None; 4]) {
        let mut hasher = Sha256::new();
        for id in quad {
            let bytes = stack.term(id).unwrap_or_default();
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
        let hash = hasher.finalize();
        let half: [u8; 16] = std::array::from_fn(|place| hash[place]);
        sum = sum.wrapping_add(u128::from_le_bytes(half));
        count += 1;
    }
    (count, sum)
}

fn check_graph(graph: &Graph, result: &mut Verification) {
    check_spans(graph, result);
    let checks = ontology::checks();
    run_checks(
        graph,
        checks.iter().map(|check| (check.name, check.text)),
        result,
    );
}

/// Slices every span out of its snapshot and compares it with the stored quotation.
fn check_spans(graph: &Graph, result: &mut Verification) {
    let mut held: Option<Snapshot> = None;
    let exact = NamedNode::new_unchecked(EXACT);
    for quad in graph.matching(None, Some(&exact), None) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            continue;
        };
        let Some((id, span)) = span_of(subject.as_str()) else {
            continue;
        };
        let Term::Literal(quote) = &quad.object else {
            continue;
        };
        result.spans += 1;
        if held.as_ref().is_none_or(|snapshot| snapshot.id != id) {
            held = match graph.snapshot(&id) {
                Ok(snapshot) => snapshot,
                Err(error) => {
                    result.find("V-SNAPSHOT-HASH", subject.as_str(), error);
                    continue;
                }
            };
        }
        let slice = held.as_ref().and_then(|held| span.slice(&held.text));
        match slice {
            Some(slice) if slice == quote.value() => {}
            Some(slice) => result.find(
                "V-SPAN-QUOTE",
                subject.as_str(),
                format!(
                    "the graph quotes {:?}, the snapshot has {slice:?}",
                    quote.value()
                ),
            ),
            None => result.find(
                "V-SPAN-QUOTE",
                subject.as_str(),
                "the snapshot has no such place",
            ),
        }
    }
}

/// Reads `…/snapshot/<hash>#bytes=<start>-<end>`.
fn span_of(iri: &str) -> Option<(SnapshotId, Span)> {
    let (snapshot, bytes) = iri.strip_prefix(BASE)?.split_once("#bytes=")?;
    let (start, end) = bytes.split_once('-')?;
    let id = snapshot.strip_prefix(SnapshotId::KIND)?.strip_prefix('/')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then(|| (SnapshotId::from_local(id), Span::new(start, end)))
}

/// Runs checks that select `?focus ?severity ?message`; a row is a violation.
fn run_checks<'a>(
    graph: &Graph,
    checks: impl Iterator<Item = (&'a str, &'a str)>,
    result: &mut Verification,
) {
    for (name, sparql) in checks {
        result.checks += 1;
        let solutions = match graph.query(sparql, &[]) {
            Ok(QueryResults::Solutions(solutions)) => solutions,
            Ok(_) => {
                result.find(name, "the check", "it is not a SELECT query");
                continue;
            }
            Err(error) => {
                result.find(name, "the check", error);
                continue;
            }
        };
        for solution in solutions {
            match solution {
                Ok(row) => {
                    let text = |variable| match row.get(variable) {
                        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
                        Some(Term::Literal(literal)) => literal.value().to_owned(),
                        Some(term) => term.to_string(),
                        None => String::new(),
                    };
                    result.find(name, text("focus"), text("message"));
                }
                Err(error) => result.find(name, "the check", error),
            }
        }
    }
}
