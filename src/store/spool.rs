//! What was taken from the articles that this process has just written, in a file without a name:
//! the index need not read their graph files again.
//!
//! It is gone when the process ends, however that ends; what is not in it is read from the files.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::{Mutex, PoisonError},
};

use super::taken::Taken;

/// A file without a name, and where in it each article stands.
#[derive(Default)]
pub(super) struct Spool {
    file: Option<Mutex<File>>,
    /// Start and length, by the name of the graph's file.
    places: HashMap<String, (u64, usize)>,
    end: u64,
}

impl Spool {
    /// Keeps what was taken from an article, as [`encode`] gives it; where the disk refuses, nothing
    /// is kept any more.
    pub(super) fn keep(&mut self, folder: &Path, graph: &str, taken: &[u8]) {
        if self.append(folder, taken).is_ok() {
            let place = (self.end, taken.len());
            self.places.insert(graph.to_owned(), place);
            self.end += taken.len() as u64;
        } else {
            self.places.clear();
        }
    }

    fn append(&mut self, folder: &Path, taken: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(Mutex::new(tempfile::tempfile_in(folder)?)),
        };
        let file = file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(taken)
    }

    /// Returns what was taken from the article whose graph file has this name, if it was kept.
    pub(super) fn taken(&self, graph: &str) -> Option<Taken> {
        let (start, length) = self.places.get(graph)?;
        let mut bytes = vec![0; *length];
        {
            let file = self.file.as_ref()?.lock();
            let mut file = file.unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(*start)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        postcard::from_bytes(&bytes).ok()
    }
}

/// Returns what was taken from an article as bytes.
pub(super) fn encode(taken: &Taken) -> Vec<u8> {
    postcard::to_stdvec(taken).expect("writing to memory does not fail")
}
