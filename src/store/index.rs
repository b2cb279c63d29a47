//! The index over the store's files: layers and claims, bound to a position of the manifest.
//!
//! Everything here can be thrown away and is rebuilt from snapshots, graph files and manifest.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{NamedNode, NamedOrBlankNode, Quad, Term},
};
use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    across::{Across, Change},
    batch::{self, Batch},
    dataset::View,
    files::{self, Files, at, is_absent},
    image::{Image, Order},
    manifest::{Entry, Manifest, Position},
    stack::Stack,
};
use crate::{
    claim::MentionFacts,
    lexicon::Lexicon,
    rdf::read::{self, QuadSource},
};

/// A layer is written when this many quads have come together; bounds the memory of a rebuild.
const BATCH_QUADS: usize = 2_000_000;

/// A layer at least this many times as large as all above it together is left alone.
const LAYER_RATIO: usize = 8;

/// What the file `index/CURRENT` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Current {
    /// Version of claimgraph that wrote the index; another one rebuilds it.
    version: String,
    position: Position,
    layers: Vec<String>,
    across: String,
}

/// An index that was read.
pub(super) struct Index {
    pub(super) layers: Layers,
    /// What follows from all articles, still as bytes.
    pub(super) across: Vec<u8>,
    pub(super) position: Position,
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
        let path = folder.join(&current.across);
        let across = fs::read(&path).map_err(|error| Unusable::at(&path, error))?;
        let across =
            unsealed(&across).ok_or_else(|| Unusable::at(&path, "the checksum does not fit"))?;
        Ok(Self {
            layers: Layers {
                stack,
                home: Some(Home {
                    folder: folder.to_owned(),
                    names: current.layers.clone(),
                }),
            },
            across: across.to_owned(),
            position: current.position,
        })
    }

    /// Compares every layer with its checksums.
    pub(super) fn damaged_layers(&self) -> Vec<PathBuf> {
        let names = self
            .layers
            .home
            .iter()
            .flat_map(|home| home.names.iter().map(|name| home.folder.join(name)));
        names
            .zip(self.layers.stack.layers())
            .filter(|(_, layer)| !layer.is_intact())
            .map(|(path, _)| path)
            .collect()
    }
}

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
        .ok_or_else(|| Unusable::at(&path, "the checksum does not fit"))?;
    if current.version != env!("CARGO_PKG_VERSION") {
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

/// Where layers are written.
struct Home {
    folder: PathBuf,
    names: Vec<String>,
}

/// A stack that grows, in memory or in a folder.
#[derive(Default)]
pub(super) struct Layers {
    pub(super) stack: Stack,
    home: Option<Home>,
}

impl Layers {
    /// Starts an empty stack in the store's folder.
    pub(super) fn in_folder(files: &Files) -> Result<Self, StoreError> {
        let folder = files.index();
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(Self {
            stack: Stack::default(),
            home: Some(Home {
                folder,
                names: Vec::new(),
            }),
        })
    }

    /// Goes on in memory; the folder stays as it is.
    pub(super) fn leave_folder(&mut self) {
        self.home = None;
    }

    fn push(&mut self, batch: Batch) -> Result<(), StoreError> {
        if batch.len() == 0 {
            return Ok(());
        }
        let layer = match &mut self.home {
            None => batch.to_image().map_err(at(Path::new("memory")))?,
            Some(home) => home.write(|out| batch.write(out).map(drop))?,
        };
        self.stack.push(layer);
        self.settle()
    }

    /// Merges layers until each is much larger than all above it together.
    fn settle(&mut self) -> Result<(), StoreError> {
        let Some(home) = &mut self.home else {
            return Ok(());
        };
        let layers = self.stack.layers();
        let size = |layer: &Image| layer.keys(Order::Spog).len() + layer.removed().len();
        let mut above = 0;
        let mut lowest = layers.len();
        for (height, layer) in layers.iter().enumerate().rev() {
            if height + 1 < layers.len() && size(layer) < above * LAYER_RATIO {
                lowest = height;
            }
            above += size(layer);
        }
        if lowest < layers.len() {
            let merged = home.write(|out| batch::merge(&self.stack, lowest, out).map(drop))?;
            self.stack.truncate(lowest);
            self.stack.push(merged);
            let name = home.names.pop();
            home.names.truncate(lowest);
            home.names.extend(name);
        }
        Ok(())
    }

    /// Adds articles and what follows from them.
    pub(super) fn grow(
        &mut self,
        across: &mut Across,
        articles: impl Iterator<Item = Result<Vec<Quad>, StoreError>>,
        lexicon: &Lexicon,
    ) -> Result<(), StoreError> {
        let mut batch = Batch::new(self.stack.clone());
        let mut facts = Vec::new();
        for quads in articles {
            let quads = quads?;
            facts.extend(read_facts(&quads)?);
            for quad in &quads {
                batch.add(quad.as_ref());
            }
            self.flush(&mut batch)?;
        }
        across.insert(facts, lexicon, |change| {
            match &change {
                Change::Gone(quad) => batch.remove(quad.as_ref()),
                Change::Come(quad) => batch.add(quad.as_ref()),
            }
            self.flush(&mut batch)
        })?;
        self.push(batch)
    }

    fn flush(&mut self, batch: &mut Batch) -> Result<(), StoreError> {
        if batch.len() < BATCH_QUADS {
            return Ok(());
        }
        let next = Batch::new(Stack::default());
        self.push(std::mem::replace(batch, next))?;
        *batch = Batch::new(self.stack.clone());
        Ok(())
    }

    /// Makes this the store's current index and removes what it replaces.
    pub(super) fn publish(&self, across: &Across, position: Position) -> Result<(), StoreError> {
        let Some(home) = &self.home else {
            return Ok(());
        };
        let name = home.next_name("across")?;
        let path = home.folder.join(&name);
        let damaged = |error: &dyn std::fmt::Display| StoreError::Damaged {
            path: path.clone(),
            what: error.to_string(),
        };
        let bytes = postcard::to_stdvec(across).map_err(|error| damaged(&error))?;
        files::write_whole(&path, &sealed(&bytes))?;
        let current = Current {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            position,
            layers: home.names.clone(),
            across: name,
        };
        let json = serde_json::to_vec(&current).map_err(|error| damaged(&error))?;
        files::write_whole(&home.folder.join("CURRENT"), &sealed(&json))?;
        home.remove_all_but(&current);
        Ok(())
    }
}

impl Home {
    /// Writes one layer to a file of its own and maps it.
    fn write(
        &mut self,
        layer: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<Image, StoreError> {
        let name = self.next_name("layer")?;
        let path = self.folder.join(&name);
        let written = File::create(&path).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 20, file);
            layer(&mut out)?;
            out.flush()?;
            out.get_ref().sync_all()
        });
        let opened = written.and_then(|()| Image::open(&path));
        if opened.is_err() {
            // Nothing names this file yet; the next writer removes it if this does not.
            let _ = fs::remove_file(&path);
        }
        let image = opened.map_err(at(&path))?;
        self.names.push(name);
        Ok(image)
    }

    /// A name that no file in the folder has had since the oldest that is still there.
    fn next_name(&self, extension: &str) -> Result<String, StoreError> {
        let mut highest = 0;
        for name in self.present()? {
            let number = name.split('.').next().and_then(|n| n.parse::<u64>().ok());
            highest = highest.max(number.unwrap_or_default());
        }
        Ok(format!("{:08}.{extension}", highest + 1))
    }

    fn present(&self) -> Result<Vec<String>, StoreError> {
        fs::read_dir(&self.folder)
            .and_then(Iterator::collect::<io::Result<Vec<_>>>)
            .map(|entries| {
                entries
                    .iter()
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .collect()
            })
            .map_err(at(&self.folder))
    }

    /// Readers that have mapped an old layer keep it; the rest is only tidiness.
    fn remove_all_but(&self, current: &Current) {
        let kept: BTreeSet<&str> = current
            .layers
            .iter()
            .chain([&current.across])
            .map(String::as_str)
            .chain(["CURRENT"])
            .collect();
        for name in self.present().unwrap_or_default() {
            if !kept.contains(name.as_str()) {
                let _ = fs::remove_file(self.folder.join(name));
            }
        }
    }
}

/// Reads the quads of an article's file.
pub(super) fn read_graph(files: &Files, entry: &Entry) -> Result<Vec<Quad>, StoreError> {
    let path = files.graph(&entry.graph);
    let bytes = Files::read_addressed(&path, &entry.graph)?.ok_or_else(|| StoreError::Damaged {
        path: path.clone(),
        what: "its SHA-256 is not the one in its name".to_owned(),
    })?;
    RdfParser::from_format(RdfFormat::NQuads)
        .for_reader(BufReader::new(bytes.as_slice()))
        .collect::<Result<_, _>>()
        .map_err(|error| StoreError::Damaged {
            path,
            what: error.to_string(),
        })
}

/// Reads the facts of an article from its quads: the only way facts come into the index, so that
/// it can be rebuilt from the files with the same result.
fn read_facts(quads: &[Quad]) -> Result<Vec<MentionFacts>, StoreError> {
    struct Article(Stack);
    impl QuadSource for Article {
        fn matching(
            &self,
            subject: Option<&NamedOrBlankNode>,
            predicate: Option<&NamedNode>,
            object: Option<&Term>,
        ) -> Vec<Quad> {
            View(&self.0).matching(subject, predicate, object)
        }
    }
    let mut batch = Batch::new(Stack::default());
    for quad in quads {
        batch.add(quad.as_ref());
    }
    let mut stack = Stack::default();
    stack.push(batch.to_image().map_err(at(Path::new("memory")))?);
    Ok(read::facts(&Article(stack)))
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
