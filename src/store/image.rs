//! One immutable layer of the index: a sorted dictionary of terms and quads in four sort orders.
//!
//! The same bytes serve mapped from a file and held in memory. Every access is checked against the
//! bounds, so that a damaged file can give wrong answers until `verify` names it, but never a panic.

use std::{
    fs::File,
    io::{self, Seek, SeekFrom, Write},
    ops::Range,
    path::Path,
};

use bytemuck::{Pod, Zeroable};
use memmap2::Mmap;

use super::term::{Id, Ids};

const MAGIC: [u8; 8] = *b"cgindex\0";
const VERSION: u32 = 1;
const BYTE_ORDER: u32 = 0x0102_0304;
const HEADER: usize = size_of::<Header>();

/// A sort order of quads. The graph stands last wherever it is not looked up first, so that one
/// triple in several graphs stands in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Spog,
    Posg,
    Ospg,
    Gpos,
}

impl Order {
    pub(super) const ALL: [Self; 4] = [Self::Spog, Self::Posg, Self::Ospg, Self::Gpos];

    /// Which place of the quad stands in each place of the key.
    pub(super) fn places(self) -> [usize; 4] {
        match self {
            Self::Spog => [0, 1, 2, 3],
            Self::Posg => [1, 2, 0, 3],
            Self::Ospg => [2, 0, 1, 3],
            Self::Gpos => [3, 1, 2, 0],
        }
    }

    pub(super) fn key(self, quad: Ids) -> Ids {
        self.places().map(|place| quad[place])
    }

    pub(super) fn quad(self, key: Ids) -> Ids {
        let mut quad = [0; 4];
        for (value, place) in key.into_iter().zip(self.places()) {
            quad[place] = value;
        }
        quad
    }
}

const SECTIONS: usize = 7;
const TERM_BYTES: usize = 0;
const TERM_ENDS: usize = 1;
const FIRST_ORDER: usize = 2;
const REMOVED: usize = 6;

#[repr(C)]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
struct Header {
    magic: [u8; 8],
    version: u32,
    byte_order: u32,
    first_id: u32,
    terms: u32,
    quads: u64,
    removed: u64,
    term_bytes: u64,
    sums: [u32; SECTIONS],
    own_sum: u32,
}

impl Header {
    fn sum(&self) -> u32 {
        let unsummed = Header {
            own_sum: 0,
            ..*self
        };
        crc32fast::hash(bytemuck::bytes_of(&unsummed))
    }

    /// Where the sections lie; `None` when the counts are absurd.
    fn sections(&self) -> Option<[Range<usize>; SECTIONS]> {
        let quads = usize::try_from(self.quads).ok()?.checked_mul(16)?;
        let lengths = [
            usize::try_from(self.term_bytes).ok()?,
            (self.terms as usize).checked_mul(8)?,
            quads,
            quads,
            quads,
            quads,
            usize::try_from(self.removed).ok()?.checked_mul(16)?,
        ];
        let mut start = HEADER;
        let mut sections = [const { 0..0 }; SECTIONS];
        for (section, length) in sections.iter_mut().zip(lengths) {
            let end = start.checked_add(length)?;
            *section = start..end;
            start = end.checked_next_multiple_of(8)?;
        }
        Some(sections)
    }
}

enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u64>),
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(words) => bytemuck::cast_slice(words),
        }
    }
}

/// Maps a file of the index.
pub(super) fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    #[expect(
        unsafe_code,
        reason = "these files are written once, renamed into place and never changed afterwards"
    )]
    let map = unsafe { Mmap::map(&file) };
    map
}

/// A layer that can be searched.
pub(super) struct Image {
    bytes: Bytes,
    header: Header,
    sections: [Range<usize>; SECTIONS],
}

impl Image {
    /// Maps a layer's file and checks its header and length, not its content.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Self::of(Bytes::Mapped(map(path)?))
    }

    /// Takes a layer that was written to memory.
    pub(super) fn in_memory(bytes: &[u8]) -> io::Result<Self> {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        if let Some(target) = bytemuck::cast_slice_mut::<u64, u8>(&mut words).get_mut(..bytes.len())
        {
            target.copy_from_slice(bytes);
        }
        Self::of(Bytes::Owned(words))
    }

    fn of(bytes: Bytes) -> io::Result<Self> {
        let damaged = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what);
        let header: Header = bytes
            .get(..HEADER)
            .map(bytemuck::pod_read_unaligned)
            .ok_or_else(|| damaged("the index file is too short"))?;
        if header.magic != MAGIC || header.byte_order != BYTE_ORDER || header.version != VERSION {
            return Err(damaged("the index file is of another version"));
        }
        if header.own_sum != header.sum() {
            return Err(damaged("the header of the index file is damaged"));
        }
        let sections = header
            .sections()
            .filter(|sections| sections[REMOVED].end == bytes.len())
            .ok_or_else(|| damaged("the index file has the wrong length"))?;
        Ok(Self {
            bytes,
            header,
            sections,
        })
    }

    /// Compares every section with its checksum.
    pub(super) fn is_intact(&self) -> bool {
        (0..SECTIONS)
            .all(|section| crc32fast::hash(self.section(section)) == self.header.sums[section])
    }

    fn section(&self, section: usize) -> &[u8] {
        self.sections
            .get(section)
            .and_then(|range| self.bytes.get(range.clone()))
            .unwrap_or_default()
    }

    /// Number of the first term of this layer.
    pub(super) fn first_id(&self) -> Id {
        self.header.first_id
    }

    /// How many terms this layer adds.
    pub(super) fn terms(&self) -> u32 {
        self.header.terms
    }

    /// Returns the bytes of the layer's `local`-th term.
    pub(super) fn term(&self, local: u32) -> Option<&[u8]> {
        let ends = self.ends();
        let local = local as usize;
        let start = match local.checked_sub(1) {
            Some(before) => usize::try_from(*ends.get(before)?).ok()?,
            None => 0,
        };
        let end = usize::try_from(*ends.get(local)?).ok()?;
        self.section(TERM_BYTES).get(start..end)
    }

    fn ends(&self) -> &[u64] {
        bytemuck::try_cast_slice(self.section(TERM_ENDS)).unwrap_or_default()
    }

    /// Finds the number of a term by its bytes.
    pub(super) fn find(&self, term: &[u8]) -> Option<Id> {
        let (mut low, mut high) = (0, self.header.terms);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.term(middle)?.cmp(term) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return self.header.first_id.checked_add(middle),
            }
        }
        None
    }

    /// Returns the quads this layer adds, as keys of `order`, sorted.
    pub(super) fn keys(&self, order: Order) -> &[Ids] {
        bytemuck::try_cast_slice(self.section(FIRST_ORDER + order as usize)).unwrap_or_default()
    }

    /// Returns the quads of lower layers that this layer takes away, sorted.
    pub(super) fn removed(&self) -> &[Ids] {
        bytemuck::try_cast_slice(self.section(REMOVED)).unwrap_or_default()
    }
}

/// Writes a layer section by section, in the order of its methods.
pub(super) struct ImageWriter<W> {
    out: W,
    header: Header,
    section: usize,
    sum: crc32fast::Hasher,
    written: u64,
    /// What was written and is not summed yet: keys and terms are short.
    waiting: Vec<u8>,
    ends: Vec<u64>,
}

/// So many bytes are summed at a time.
const WAITING: usize = 1 << 16;

impl<W: Write + Seek> ImageWriter<W> {
    /// Starts a layer whose first term gets the number `first_id`.
    pub(super) fn new(mut out: W, first_id: Id) -> io::Result<Self> {
        out.write_all(&[0; HEADER])?;
        Ok(Self {
            out,
            header: Header {
                magic: MAGIC,
                version: VERSION,
                byte_order: BYTE_ORDER,
                first_id,
                ..Header::zeroed()
            },
            section: 0,
            sum: crc32fast::Hasher::new(),
            written: 0,
            waiting: Vec::with_capacity(WAITING),
            ends: Vec::new(),
        })
    }

    /// Adds a term; terms come sorted.
    pub(super) fn term(&mut self, term: &[u8]) -> io::Result<()> {
        self.write(term)?;
        self.ends.push(self.written);
        Ok(())
    }

    /// Ends the dictionary.
    pub(super) fn end_terms(&mut self) -> io::Result<()> {
        self.header.term_bytes = self.written;
        self.header.terms = u32::try_from(self.ends.len())
            .ok()
            .filter(|terms| self.header.first_id.checked_add(*terms).is_some())
            .ok_or_else(|| io::Error::other("more than four thousand million terms"))?;
        self.end_section()?;
        let ends = std::mem::take(&mut self.ends);
        self.write(bytemuck::cast_slice(&ends))?;
        self.end_section()
    }

    /// Adds the quads in the next order of [`Order::ALL`], as sorted keys.
    pub(super) fn keys(&mut self, keys: impl Iterator<Item = Ids>) -> io::Result<()> {
        for key in keys {
            self.write(bytemuck::bytes_of(&key))?;
        }
        self.header.quads = self.written / 16;
        self.end_section()
    }

    /// Adds the quads taken away, sorted, and completes the file.
    pub(super) fn finish(mut self, removed: &[Ids]) -> io::Result<W> {
        self.write(bytemuck::cast_slice(removed))?;
        self.header.removed = removed.len() as u64;
        self.end_section()?;
        self.header.own_sum = self.header.sum();
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(bytemuck::bytes_of(&self.header))?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.waiting.extend_from_slice(bytes);
        match self.waiting.len() < WAITING {
            true => Ok(()),
            false => self.pass_on(),
        }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.sum.update(&self.waiting);
        self.out.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    fn end_section(&mut self) -> io::Result<()> {
        self.pass_on()?;
        let padding = (self.written.next_multiple_of(8) - self.written) as usize;
        self.out.write_all(&[0; 8][..padding])?;
        self.header.sums[self.section] = std::mem::take(&mut self.sum).finalize();
        self.section += 1;
        self.written = 0;
        Ok(())
    }
}
