//! The index over the store's files: layers and claims, bound to a position of the manifest.
//!
//! Everything here can be thrown away and is rebuilt from snapshots, graph files and manifest.

use std::{
    collections::BTreeSet,
    fmt::Display,
    fs::{self, File},
    io::{Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    across::Across,
    files::{self, Files, is_absent},
    image::{self, Image},
    layers::{Home, Layers},
    manifest::{Entry, Manifest, Position},
    stack::Stack,
};
use crate::{
    claim::{Bytes, ClaimIndex},
    lexicon::Lexicon,
    rdf::describe,
};

/// What the file `index/CURRENT` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Current {
    /// Version of claimgraph that wrote the index; another one rebuilds it.
    version: String,
    position: Position,
    layers: Vec<String>,
    across: String,
    claims: String,
    /// Checksum of the claims.
    claims_sum: u32,
}

/// An index that was read.
pub(super) struct Index {
    pub(super) layers: Layers,
    pub(super) position: Position,
    /// The claims, read row by row.
    pub(super) claims: ClaimIndex,
    claims_bytes: Bytes,
    claims_sum: u32,
    claims_path: PathBuf,
    /// What follows from all articles beside the claims.
    across: File,
    across_path: PathBuf,
}

impl Index {
    /// Opens the current index; the error says why there is none that can be used.
    pub(super) fn open(files: &Files) -> Result<Self, Unusable> {
        let folder = files.index();
        loop {
            let current = read_current(&folder)?;
            let opened = Self::open_files(&folder, &current);
            // A writer may have replaced the index between the two reads.
            if opened.is_ok() || read_current(&folder)?.across == current.across {
                return opened;
            }
        }
    }

    fn open_files(folder: &Path, current: &Current) -> Result<Self, Unusable> {
        let mut stack = Stack::default();
        for name in &current.layers {
            let path = folder.join(name);
            let layer = Image::open(&path).map_err(|error| Unusable::at(&path, error))?;
            if layer.first_id() != stack.next_id() {
                return Err(Unusable::at(&path, "does not belong on the layer below it"));
            }
            stack.push(layer);
        }
        let across_path = folder.join(&current.across);
        let across = File::open(&across_path).map_err(|error| Unusable::at(&across_path, error))?;
        let claims_path = folder.join(&current.claims);
        let claims_bytes: Bytes =
            Arc::new(image::map(&claims_path).map_err(|error| Unusable::at(&claims_path, error))?);
        let claims = ClaimIndex::from_bytes(Arc::clone(&claims_bytes))
            .ok_or_else(|| Unusable::at(&claims_path, "its header is damaged"))?;
        Ok(Self {
            layers: Layers {
                stack,
                home: Some(Home {
                    folder: folder.to_owned(),
                    names: current.layers.clone(),
                    unpublished: BTreeSet::new(),
                }),
            },
            position: current.position,
            claims,
            claims_bytes,
            claims_sum: current.claims_sum,
            claims_path,
            across,
            across_path,
        })
    }

    /// Reads what follows from all articles, the claims among it, after a look at the checksums.
    pub(super) fn across(&self) -> Result<Across, Unusable> {
        if !self.has_intact_claims() {
            return Err(Unusable::at(&self.claims_path, SUM));
        }
        let at = |why: &dyn Display| Unusable::at(&self.across_path, why);
        let mut bytes = Vec::new();
        let mut file = &self.across;
        file.rewind().map_err(|error| at(&error))?;
        file.read_to_end(&mut bytes).map_err(|error| at(&error))?;
        let bytes = unsealed(&bytes).ok_or_else(|| at(&SUM))?;
        let mut across: Across = postcard::from_bytes(bytes).map_err(|error| at(&error))?;
        across.claims = self.claims.clone();
        Ok(across)
    }

    fn has_intact_claims(&self) -> bool {
        crc32fast::hash((*self.claims_bytes).as_ref()) == self.claims_sum
    }

    /// Compares every file with its checksums.
    pub(super) fn damaged_files(&self) -> Vec<PathBuf> {
        let names = self
            .layers
            .home
            .iter()
            .flat_map(|home| home.names.iter().map(|name| home.folder.join(name)));
        names
            .zip(self.layers.stack.layers())
            .filter(|(_, layer)| !layer.is_intact())
            .map(|(path, _)| path)
            .chain(self.across().err().map(|unusable| unusable.path))
            .collect()
    }
}

/// What is wrong with a file whose checksum is another.
const SUM: &str = "the checksum does not fit";

/// Why an index cannot be used.
#[derive(Debug)]
pub(super) struct Unusable {
    pub(super) path: PathBuf,
    pub(super) why: String,
    /// There is none, or another version wrote it: nothing to worry about.
    pub(super) harmless: bool,
}

impl Unusable {
    fn at(path: &Path, why: impl ToString) -> Self {
        Self {
            path: path.to_owned(),
            why: why.to_string(),
            harmless: false,
        }
    }
}

fn read_current(folder: &Path) -> Result<Current, Unusable> {
    let path = folder.join("CURRENT");
    let harmless = |why: &str| Unusable {
        harmless: true,
        ..Unusable::at(&path, why)
    };
    let bytes = fs::read(&path).map_err(|error| match is_absent(&error) {
        true => harmless("there is none"),
        false => Unusable::at(&path, error),
    })?;
    let current: Current = unsealed(&bytes)
        .and_then(|json| serde_json::from_slice(json).ok())
        .ok_or_else(|| Unusable::at(&path, SUM))?;
    if current.version != describe::run_id() {
        return Err(harmless("another version of claimgraph wrote it"));
    }
    Ok(current)
}

/// Puts a checksum before some bytes.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    [&crc32fast::hash(bytes).to_le_bytes(), bytes].concat()
}

fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (sum, rest) = bytes.split_first_chunk::<4>()?;
    (u32::from_le_bytes(*sum) == crc32fast::hash(rest)).then_some(rest)
}

/// Makes this the store's current index and removes what it replaces.
pub(super) fn publish(
    layers: &Layers,
    across: &Across,
    position: Position,
    lexicon: &Lexicon,
) -> Result<(), StoreError> {
    let Some(home) = &layers.home else {
        return Ok(());
    };
    let name = home.next_name("across")?;
    let path = home.folder.join(&name);
    let damaged = |error: &dyn Display| StoreError::Damaged {
        path: path.clone(),
        what: error.to_string(),
    };
    let bytes = postcard::to_stdvec(across).map_err(|error| damaged(&error))?;
    files::write_whole(&path, &sealed(&bytes))?;
    let claims_name = home.next_name("claims")?;
    let claims = across.claims.to_bytes(lexicon);
    files::write_whole(&home.folder.join(&claims_name), &claims)?;
    let current = Current {
        version: describe::run_id().to_owned(),
        position,
        layers: home.names.clone(),
        across: name,
        claims: claims_name,
        claims_sum: crc32fast::hash(&claims),
    };
    let json = serde_json::to_vec(&current).map_err(|error| damaged(&error))?;
    files::write_whole(&home.folder.join("CURRENT"), &sealed(&json))?;
    remove_all_but(home, &current);
    Ok(())
}

/// Readers that have mapped an old layer keep it; the rest is only tidiness.
fn remove_all_but(home: &Home, current: &Current) {
    let kept: BTreeSet<&str> = current
        .layers
        .iter()
        .chain([&current.across, &current.claims])
        .map(String::as_str)
        .chain(["CURRENT"])
        .collect();
    for name in home.present().unwrap_or_default() {
        if !kept.contains(name.as_str()) {
            let _ = fs::remove_file(home.folder.join(name));
        }
    }
}

/// Returns the entries behind `position` that only add articles, and whether these are all.
pub(super) fn additions(manifest: &Manifest, position: Position) -> (Vec<&Entry>, bool) {
    let mut live = manifest.live(position.entries);
    let mut new = Vec::new();
    for entry in manifest.entries().iter().skip(position.entries) {
        match live.insert(&entry.snapshot, entry) {
            None => new.push(entry),
            Some(before) if before.graph == entry.graph => {}
            Some(_) => return (new, false),
        }
    }
    (new, true)
}
