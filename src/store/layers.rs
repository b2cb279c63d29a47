//! A stack of layers that grows, in memory or in the store's folder, and what follows from it.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufWriter, Write},
    panic::resume_unwind,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    thread,
};

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::Quad,
};
use rayon::prelude::*;

use super::{
    StoreError,
    across::{Across, Change, Facts},
    batch::{self, Batch},
    files::{Files, at},
    image::{Image, Order},
    manifest::Entry,
    stack::Stack,
    taken::Taken,
};
use crate::{claim::copy::Reader, id::SnapshotId, lexicon::Lexicon};

/// A layer is written when this many quads have come together; bounds the memory of a rebuild.
const BATCH_QUADS: usize = 8_000_000;

/// So many articles are read at the same time.
const ARTICLES_AT_ONCE: usize = 64;

/// So many changes wait to be written.
const WAITING: usize = 64;

/// A layer at least this many times as large as all above it together is left alone.
const LAYER_RATIO: usize = 8;

/// The same while more is to come: less is written again and again.
const RATIO_BETWEEN: usize = 2;

/// Where layers are written.
pub(super) struct Home {
    pub(super) folder: PathBuf,
    pub(super) names: Vec<String>,
    /// Layers that no reader knows yet.
    pub(super) unpublished: BTreeSet<String>,
}

/// A stack that grows, in memory or in a folder.
#[derive(Default)]
pub(super) struct Layers {
    pub(super) stack: Stack,
    pub(super) home: Option<Home>,
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
                unpublished: BTreeSet::new(),
            }),
        })
    }

    /// Goes on in memory; the folder stays as it is.
    pub(super) fn leave_folder(&mut self) {
        self.home = None;
    }

    fn push(&mut self, batch: Batch, ratio: usize) -> Result<(), StoreError> {
        if batch.len() == 0 {
            return self.settle(ratio);
        }
        let layer = match &mut self.home {
            None => batch.into_image().map_err(at(Path::new("memory")))?,
            Some(home) => home.write(|out| batch.write(out).map(drop))?,
        };
        self.stack.push(layer);
        self.settle(ratio)
    }

    /// Merges layers until each is `ratio` times as large as all above it together.
    fn settle(&mut self, ratio: usize) -> Result<(), StoreError> {
        let Some(home) = &mut self.home else {
            return Ok(());
        };
        let layers = self.stack.layers();
        let size = |layer: &Image| layer.keys(Order::Spog).len() + layer.removed().len();
        let mut above = 0;
        let mut lowest = layers.len();
        for (height, layer) in layers.iter().enumerate().rev() {
            if height + 1 < layers.len() && size(layer) < above * ratio {
                lowest = height;
            }
            above += size(layer);
        }
        if lowest < layers.len() {
            let merged = home.write(|out| batch::merge(&self.stack, lowest, out).map(drop))?;
            self.stack.truncate(lowest);
            self.stack.push(merged);
            let name = home.names.pop();
            for replaced in home.names.split_off(lowest) {
                if home.unpublished.remove(&replaced) {
                    // Only tidiness, as when an index is published; but a large index would else
                    // need its room several times.
                    let _ = fs::remove_file(home.folder.join(replaced));
                }
            }
            home.names.extend(name);
        }
        Ok(())
    }

    /// Adds articles and what follows from them; `load` gives what is taken from one, `read` the
    /// text of a capture.
    ///
    /// Layers are written while claims are joined: neither needs what the other does.
    pub(super) fn grow<A: Sync>(
        &mut self,
        across: &mut Across,
        articles: &[A],
        load: impl Fn(&A) -> Result<Taken, StoreError> + Sync,
        read: &Reader<'_>,
        lexicon: &Lexicon,
    ) -> Result<(), StoreError> {
        let (hand_over, changes) = mpsc::sync_channel(WAITING);
        thread::scope(|scope| {
            let written = scope.spawn(move || self.take(changes));
            // Dropped with what hands over: then no more come.
            let hand_over = move |change| hand_over.send(change).map_err(|_| None);
            let found = found(across, articles, load, read, lexicon, hand_over);
            let written = written.join().unwrap_or_else(|panic| resume_unwind(panic));
            // Who cannot hand over any more stopped for what went wrong in writing.
            written.and(found.or_else(|error| error.map_or(Ok(()), Err)))
        })
    }

    /// Writes changes in layers, in their order, until no more come.
    fn take(&mut self, changes: Receiver<Change>) -> Result<(), StoreError> {
        // Threads of its own: those that compare claims are busy for long.
        let threads = rayon::ThreadPoolBuilder::new().build();
        let threads = threads.map_err(|error| at(Path::new("threads"))(io::Error::other(error)))?;
        threads.install(|| {
            let mut batch = Batch::new(self.stack.clone());
            for change in changes {
                match change {
                    Change::Gone(quads) => batch.remove(&quads),
                    Change::Come(quads) => batch.add(&quads),
                }
                if batch.len() >= BATCH_QUADS {
                    self.push(batch, RATIO_BETWEEN)?;
                    batch = Batch::new(self.stack.clone());
                }
            }
            self.push(batch, LAYER_RATIO)
        })
    }
}

/// Hands over the quads of articles and of what follows from them; `None` is the error of
/// `hand_over`.
fn found<A: Sync>(
    across: &mut Across,
    articles: &[A],
    load: impl Fn(&A) -> Result<Taken, StoreError> + Sync,
    read: &Reader<'_>,
    lexicon: &Lexicon,
    hand_over: impl Fn(Change) -> Result<(), Option<StoreError>>,
) -> Result<(), Option<StoreError>> {
    let mut facts = Facts::default();
    for articles in articles.chunks(ARTICLES_AT_ONCE) {
        let loaded: Result<Vec<Taken>, _> = articles.par_iter().map(&load).collect();
        for mut taken in loaded? {
            facts.extend(std::mem::take(&mut taken.facts));
            hand_over(Change::Come(taken))?;
        }
    }
    across.insert(facts, lexicon, read, hand_over)
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
        self.unpublished.insert(name.clone());
        self.names.push(name);
        Ok(image)
    }

    /// A name that no file in the folder has had since the oldest that is still there.
    pub(super) fn next_name(&self, extension: &str) -> Result<String, StoreError> {
        let mut highest = 0;
        for name in self.present()? {
            let number = name.split('.').next().and_then(|n| n.parse::<u64>().ok());
            highest = highest.max(number.unwrap_or_default());
        }
        Ok(format!("{:08}.{extension}", highest + 1))
    }

    pub(super) fn present(&self) -> Result<Vec<String>, StoreError> {
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
}

/// Reads the text of a capture; `None` when its file is gone or damaged.
pub(super) fn read_text(files: &Files, id: &SnapshotId) -> Option<String> {
    let bytes = Files::read_addressed(&files.snapshot(id), id.as_str());
    String::from_utf8(bytes.ok()??).ok()
}

/// Reads what the index takes from an article's file.
pub(super) fn read_graph(files: &Files, entry: &Entry) -> Result<Taken, StoreError> {
    let path = files.graph(&entry.graph);
    let bytes = Files::read_addressed(&path, &entry.graph)?.ok_or_else(|| StoreError::Damaged {
        path: path.clone(),
        what: "its SHA-256 is not the one in its name".to_owned(),
    })?;
    // Its hash says that it is as it was written, so its IRIs need no second look.
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
        .lenient()
        .for_slice(&bytes)
        .collect::<Result<_, _>>()
        .map_err(|error| StoreError::Damaged {
            path,
            what: error.to_string(),
        })?;
    Ok(Taken::of(&quads).with(Facts::read(&quads)?))
}
