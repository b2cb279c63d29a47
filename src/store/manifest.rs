//! The list of what is in the store: one line per article, appended and never changed.
//!
//! A line is `<checksum> <json>`; the checksum covers the line and the checksum before it, so that
//! a changed, lost or moved line is found. A line is in the store when it is whole. What a crash
//! left of a line behind the last newline is ignored by readers and cut off by the next writer.
//! Lines are synchronised in batches: what a power cut leaves of the last ones, zeros in their
//! place, is ignored the same way; damage anywhere else is an error.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    files::{at, is_absent},
};
use crate::id::SnapshotId;

/// One analysis of one snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The snapshot.
    pub(super) snapshot: SnapshotId,
    /// SHA-256 of the file of its quads.
    pub(super) graph: String,
    /// Version of claimgraph that made them.
    pub(super) version: String,
    /// What names the metadata that was supplied from outside the text; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) given: String,
    /// What names the input it was made from; empty where that is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) input: String,
    /// When it came in, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) added: Option<Timestamp>,
    /// Where the article was read from.
    pub(super) path: String,
    /// How many quads.
    pub(super) quads: usize,
    /// How many mentions.
    pub(super) mentions: usize,
}

/// A state of the store: all entries up to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Position {
    /// How many entries.
    pub(super) entries: usize,
    /// Checksum of the last of them.
    pub(super) sum: u32,
}

/// The manifest as it was when it was read.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    entries: Vec<Entry>,
    sums: Vec<u32>,
    /// Bytes of whole lines.
    whole: u64,
}

impl Manifest {
    /// Reads the manifest; a store without one is empty.
    pub(super) fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if is_absent(&error) => Vec::new(),
            Err(error) => return Err(at(path)(error)),
        };
        let damaged = |line: usize| StoreError::Damaged {
            path: path.to_owned(),
            what: format!("line {} does not have the checksum it names", line + 1),
        };
        let mut manifest = Self::default();
        let mut rest = bytes.as_slice();
        for (line, parsed) in parsed(&bytes) {
            let Some((entry, sum)) = parsed else {
                if is_lost_to_power_cut(rest) {
                    return Ok(manifest);
                }
                return Err(damaged(manifest.entries.len()));
            };
            manifest.entries.push(entry);
            manifest.sums.push(sum);
            manifest.whole += line.len() as u64;
            rest = rest.get(line.len()..).unwrap_or_default();
        }
        // A whole line behind which something else stands than a newline is damage, not a crash.
        if is_lost_to_power_cut(rest) {
            return Ok(manifest);
        }
        let (_, torn) = rest.split_last().unwrap_or((&0, &[]));
        if parse(torn, manifest.last_sum()).is_some() {
            return Err(damaged(manifest.entries.len()));
        }
        Ok(manifest)
    }

    /// Says whether the manifest ends with the last entry of `position`, whose checksum stands for all
    /// before it; a reader of an index for just that position needs no more of it.
    pub(super) fn ends_at(path: &Path, position: Position) -> bool {
        let tail = || -> io::Result<Vec<u8>> {
            let mut file = File::open(path)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
            let mut tail = Vec::new();
            file.take(TAIL).read_to_end(&mut tail)?;
            Ok(tail)
        };
        let Ok(tail) = tail() else { return false };
        let mut lines = tail.rsplit(|&byte| byte == b'\n');
        let (Some(b""), Some(last), Some(before)) = (lines.next(), lines.next(), lines.next())
        else {
            return false;
        };
        // The line before may be cut in two at the start of the tail; then its checksum is no number.
        let sum = named(before).and_then(|before| Some(parse(last, before)?.1));
        position.entries > 1 && sum == Some(position.sum)
    }

    fn last_sum(&self) -> u32 {
        self.sums.last().copied().unwrap_or_default()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the state with all entries.
    pub(super) fn position(&self) -> Position {
        Position {
            entries: self.entries.len(),
            sum: self.last_sum(),
        }
    }

    /// Says whether `position` is an earlier or the present state of this manifest.
    pub(super) fn covers(&self, position: Position) -> bool {
        match position.entries.checked_sub(1) {
            None => true,
            Some(last) => self.sums.get(last) == Some(&position.sum),
        }
    }

    /// Returns all snapshots with the place of their first entry.
    pub(super) fn arrivals(&self) -> BTreeMap<SnapshotId, usize> {
        let mut arrivals = BTreeMap::new();
        for (place, entry) in self.entries.iter().enumerate() {
            arrivals.entry(entry.snapshot.clone()).or_insert(place);
        }
        arrivals
    }

    /// Returns the valid entry of each snapshot in the first `count`: the last one.
    pub(super) fn live(&self, count: usize) -> BTreeMap<&SnapshotId, &Entry> {
        self.entries
            .iter()
            .take(count)
            .map(|entry| (&entry.snapshot, entry))
            .collect()
    }
}

/// So many bytes at the end hold the last two lines, unless a path is very long.
const TAIL: u64 = 1 << 14;

/// The manifest opened for appending.
pub(super) struct Log {
    path: PathBuf,
    file: File,
    pub(super) manifest: Manifest,
}

impl Log {
    /// Opens the manifest and cuts off what a crash left of a line.
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        let manifest = Manifest::read(&path)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(at(&path))?;
        let log = Self {
            path,
            file,
            manifest,
        };
        log.cut()?;
        Ok(log)
    }

    fn cut(&self) -> Result<(), StoreError> {
        let length = self.file.metadata().map_err(at(&self.path))?.len();
        if length != self.manifest.whole {
            self.file
                .set_len(self.manifest.whole)
                .map_err(at(&self.path))?;
        }
        Ok(())
    }

    /// Appends an entry that survives the end of this process, and of the machine after
    /// [`Log::sync`]; on failure nothing of it stays.
    pub(super) fn append(&mut self, entry: Entry) -> Result<(), StoreError> {
        let (line, sum) = print(&entry, self.manifest.last_sum());
        let written = self
            .file
            .seek(SeekFrom::Start(self.manifest.whole))
            .and_then(|_| self.file.write_all(line.as_bytes()));
        if let Err(error) = written {
            let _ = self.cut();
            return Err(at(&self.path)(error));
        }
        self.manifest.whole += line.len() as u64;
        self.manifest.entries.push(entry);
        self.manifest.sums.push(sum);
        Ok(())
    }

    /// Makes all entries durable.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(at(&self.path))
    }
}

/// Says whether `tail` is what a power cut leaves of lines that were not yet synchronised: blocks of
/// zeros, which no line holds, and no line behind them that is still whole.
fn is_lost_to_power_cut(tail: &[u8]) -> bool {
    let zeros = tail.windows(ZEROS.len()).any(|window| window == ZEROS);
    let lines: Vec<&[u8]> = tail.split(|&byte| byte == b'\n').collect();
    let whole = lines.windows(2).any(|pair| {
        let named = pair[0]
            .get(..8)
            .and_then(|sum| std::str::from_utf8(sum).ok());
        named
            .and_then(|sum| u32::from_str_radix(sum, 16).ok())
            .is_some_and(|before| parse(pair[1], before).is_some())
    });
    zeros && !whole
}

/// More zeros in a row than any damage of single bytes leaves.
const ZEROS: [u8; 16] = [0; 16];

fn sum(json: &[u8], before: u32) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&before.to_le_bytes());
    hasher.update(json);
    hasher.finalize()
}

fn print(entry: &Entry, before: u32) -> (String, u32) {
    let json = serde_json::to_string(entry).expect("an entry is strings and numbers");
    let sum = sum(json.as_bytes(), before);
    (format!("{sum:08x} {json}\n"), sum)
}

/// A line with its newline, and what it says where it is whole.
type Line<'a> = (&'a [u8], Option<(Entry, u32)>);

/// Parses all lines that end, on all cores; each is held against the checksum that the line before
/// names.
fn parsed(bytes: &[u8]) -> Vec<Line<'_>> {
    let ended = |line: &&[u8]| line.ends_with(b"\n");
    let lines: Vec<&[u8]> = (bytes.split_inclusive(|&byte| byte == b'\n'))
        .filter(ended)
        .collect();
    let before = |place: usize| match place.checked_sub(1) {
        None => Some(0),
        Some(before) => named(lines[before]),
    };
    (lines.par_iter().enumerate())
        .with_min_len(LINES)
        .map(|(place, line)| {
            let whole = line.strip_suffix(b"\n").unwrap_or(line);
            let parsed = before(place).and_then(|before| parse(whole, before));
            (*line, parsed)
        })
        .collect()
}

/// Parsing fewer lines is not worth a thread.
const LINES: usize = 256;

/// The checksum that a line names.
fn named(line: &[u8]) -> Option<u32> {
    let head = std::str::from_utf8(line.get(..9)?).ok()?;
    u32::from_str_radix(head.strip_suffix(' ')?, 16).ok()
}

fn parse(line: &[u8], before: u32) -> Option<(Entry, u32)> {
    let named = named(line)?;
    let json = line.get(9..)?;
    if named != sum(json, before) {
        return None;
    }
    Some((serde_json::from_slice(json).ok()?, named))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry {
            snapshot: SnapshotId::of(name),
            graph: crate::id::sha256_hex(name.as_bytes()),
            version: "1".to_owned(),
            given: String::new(),
            input: String::new(),
            added: None,
            path: format!("{name}.txt"),
            quads: 3,
            mentions: 1,
        }
    }

    fn filled(dir: &Path) -> PathBuf {
        let path = dir.join("manifest");
        let mut log = Log::open(path.clone()).unwrap();
        for name in ["one", "two", "three"] {
            log.append(entry(name)).unwrap();
        }
        path
    }

    #[test]
    fn every_flipped_byte_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let path = filled(dir.path());
        let whole = fs::read(&path).unwrap();
        for place in 0..whole.len() {
            for flip in [1, 0x80] {
                let mut bytes = whole.clone();
                bytes[place] ^= flip;
                fs::write(&path, &bytes).unwrap();
                assert!(Manifest::read(&path).is_err(), "byte {place}");
            }
        }
    }

    #[test]
    fn the_end_alone_tells_whether_an_index_covers_everything() {
        let dir = tempfile::tempdir().unwrap();
        let path = filled(dir.path());
        let now = Manifest::read(&path).unwrap().position();
        assert!(Manifest::ends_at(&path, now));
        let mut log = Log::open(path.clone()).unwrap();
        log.append(entry("four")).unwrap();
        assert!(!Manifest::ends_at(&path, now));
        assert!(Manifest::ends_at(&path, log.manifest.position()));
        let whole = fs::read(&path).unwrap();
        for torn in 1..whole.len() {
            fs::write(&path, &whole[..torn]).unwrap();
            let position = log.manifest.position();
            assert!(!Manifest::ends_at(&path, position), "{torn}");
        }
    }

    #[test]
    fn a_torn_last_line_is_ignored_and_cut_off_by_the_next_writer() {
        let dir = tempfile::tempdir().unwrap();
        let path = filled(dir.path());
        let whole = fs::read(&path).unwrap();
        let two = whole
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n')
            .nth(1);
        let end = two.unwrap().0 + 1;
        for cut in end..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(Manifest::read(&path).unwrap().entries().len(), 2, "{cut}");
        }
        let mut log = Log::open(path.clone()).unwrap();
        log.append(entry("three")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
    }

    #[test]
    fn zeros_that_a_power_cut_left_at_the_end_are_ignored_and_elsewhere_damage() {
        let dir = tempfile::tempdir().unwrap();
        let path = filled(dir.path());
        let whole = fs::read(&path).unwrap();
        let entries = Manifest::read(&path).unwrap().entries().len();
        let second = whole.iter().position(|&byte| byte == b'\n').unwrap() + 1;

        let mut tail = whole.clone();
        tail.extend([0; 64]);
        tail.push(b'\n');
        fs::write(&path, &tail).unwrap();
        assert_eq!(Manifest::read(&path).unwrap().entries().len(), entries);

        let mut all_but_one = whole.clone();
        all_but_one[second..].fill(0);
        fs::write(&path, &all_but_one).unwrap();
        assert_eq!(Manifest::read(&path).unwrap().entries().len(), 1);
        Log::open(path.clone()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole[..second]);

        let mut middle = whole;
        middle[..20].fill(0);
        fs::write(&path, &middle).unwrap();
        assert!(Manifest::read(&path).is_err());
    }

    #[test]
    fn a_position_is_covered_only_by_the_manifest_it_was_taken_from() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = Manifest::read(&filled(dir.path())).unwrap();
        let position = manifest.position();
        assert!(manifest.covers(position) && manifest.covers(Position::default()));
        assert!(!manifest.covers(Position {
            entries: 2,
            ..position
        }));
        assert!(!Manifest::default().covers(position));
    }
}
