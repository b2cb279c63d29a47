//! Tables and columns in one piece of memory, read in place.
//!
//! Every access is checked against the bounds, so that a damaged file can give wrong answers until
//! `verify` names it, but never a panic.

use std::{
    fmt,
    ops::{Range, RangeInclusive},
    sync::Arc,
};

const MAGIC: &[u8; 8] = b"cgclms3\0";

/// Bytes that may be mapped from a file.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Rows of bytes; two sections: where each row ends, and the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table(pub(super) usize);

/// Numbers by a key of 64 bits, sorted; two sections: keys and numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pairs(pub(super) usize);

/// One number of each row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column(pub(super) usize);

/// What was written by an [`ImageWriter`].
#[derive(Clone)]
pub(super) struct Image {
    bytes: Bytes,
    sections: Arc<[Range<usize>]>,
}

impl fmt::Debug for Image {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.bytes.as_ref().as_ref().len())
    }
}

impl Image {
    /// Reads the header; nothing where the bytes are of another kind or too short.
    pub(super) fn of(bytes: Bytes, sections: usize) -> Option<Self> {
        let whole = bytes.as_ref().as_ref();
        let header = whole.strip_prefix(MAGIC)?.get(..sections * 8)?;
        let (ends, _) = header.as_chunks::<8>();
        let mut start = MAGIC.len() + header.len();
        let mut ranges = Vec::with_capacity(sections);
        for end in ends {
            let end = usize::try_from(u64::from_le_bytes(*end)).ok()?;
            (start <= end).then(|| ranges.push(start..end))?;
            start = end;
        }
        (start == whole.len()).then(|| Self {
            sections: ranges.into(),
            bytes: Arc::clone(&bytes),
        })
    }

    fn section(&self, section: usize) -> &[u8] {
        (self.sections.get(section))
            .and_then(|range| (*self.bytes).as_ref().get(range.clone()))
            .unwrap_or_default()
    }

    fn wide(&self, section: usize, at: usize) -> Option<u64> {
        let (numbers, _) = self.section(section).as_chunks();
        numbers.get(at).copied().map(u64::from_le_bytes)
    }

    fn narrow(&self, section: usize, at: usize) -> Option<u32> {
        let (numbers, _) = self.section(section).as_chunks();
        numbers.get(at).copied().map(u32::from_le_bytes)
    }

    /// How many rows a table has.
    pub(super) fn rows(&self, table: Table) -> usize {
        self.section(table.0).len() / 8
    }

    /// Returns a row of a table; nothing where there is none.
    pub(super) fn row(&self, table: Table, at: usize) -> &[u8] {
        let end = |at: usize| usize::try_from(self.wide(table.0, at)?).ok();
        let start = at.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(at)).map(|(start, end)| start..end);
        range
            .and_then(|range| self.section(table.0 + 1).get(range))
            .unwrap_or_default()
    }

    /// Returns a row that is text.
    pub(super) fn text(&self, table: Table, at: usize) -> &str {
        std::str::from_utf8(self.row(table, at)).unwrap_or_default()
    }

    /// Returns a row that is numbers.
    pub(super) fn list(&self, table: Table, at: usize) -> Vec<u32> {
        let (numbers, _) = self.row(table, at).as_chunks();
        numbers.iter().copied().map(u32::from_le_bytes).collect()
    }

    /// How many numbers a row has.
    pub(super) fn length(&self, table: Table, at: usize) -> usize {
        self.row(table, at).len() / 4
    }

    /// Returns the number that a column has in a row.
    pub(super) fn number(&self, column: Column, at: usize) -> Option<u32> {
        self.narrow(column.0, at)
    }

    /// How many pairs there are.
    pub(super) fn pairs(&self, pairs: Pairs) -> usize {
        self.section(pairs.0).len() / 8
    }

    /// Returns the number and the key of a pair.
    pub(super) fn pair(&self, pairs: Pairs, at: usize) -> Option<(u64, u32)> {
        self.wide(pairs.0, at).zip(self.narrow(pairs.0 + 1, at))
    }

    /// Returns the numbers of a key.
    pub(super) fn of_key(&self, pairs: Pairs, key: u64) -> impl Iterator<Item = u32> {
        self.between(pairs, key..=key)
    }

    /// Returns the numbers of some keys, in the order of the keys.
    pub(super) fn between(
        &self,
        pairs: Pairs,
        keys: RangeInclusive<u64>,
    ) -> impl Iterator<Item = u32> {
        let (all, _) = self.section(pairs.0).as_chunks();
        let start = all.partition_point(|key| u64::from_le_bytes(*key) < *keys.start());
        (all.iter().enumerate().skip(start))
            .take_while(move |(_, key)| keys.contains(&u64::from_le_bytes(**key)))
            .filter_map(move |(at, _)| self.narrow(pairs.0 + 1, at))
    }
}

/// Writes tables and columns, in the order of their sections.
pub(super) struct ImageWriter {
    bytes: Vec<u8>,
    section: usize,
}

impl ImageWriter {
    pub(super) fn new(sections: usize) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.resize(MAGIC.len() + sections * 8, 0);
        Self { bytes, section: 0 }
    }

    fn end_section(&mut self) {
        let end = (self.bytes.len() as u64).to_le_bytes();
        let place = MAGIC.len() + self.section * 8;
        self.bytes[place..place + 8].copy_from_slice(&end);
        self.section += 1;
    }

    /// Adds a table.
    pub(super) fn table<R: AsRef<[u8]>>(&mut self, table: Table, rows: impl Iterator<Item = R>) {
        debug_assert_eq!(table.0, self.section, "sections come in their order");
        let mut whole = Vec::new();
        for row in rows {
            whole.extend_from_slice(row.as_ref());
            self.bytes.extend((whole.len() as u64).to_le_bytes());
        }
        self.end_section();
        self.bytes.append(&mut whole);
        self.end_section();
    }

    /// Adds a table of lists of numbers.
    pub(super) fn lists<'a>(&mut self, table: Table, rows: impl Iterator<Item = &'a [u32]>) {
        let row = |row: &[u32]| -> Vec<u8> { row.iter().flat_map(|n| n.to_le_bytes()).collect() };
        self.table(table, rows.map(row));
    }

    /// Adds pairs, sorted.
    pub(super) fn pairs(&mut self, pairs: Pairs, sorted: &[(u64, u32)]) {
        debug_assert_eq!(pairs.0, self.section, "sections come in their order");
        self.bytes
            .extend(sorted.iter().flat_map(|(key, _)| key.to_le_bytes()));
        self.end_section();
        self.bytes
            .extend(sorted.iter().flat_map(|(_, number)| number.to_le_bytes()));
        self.end_section();
    }

    /// Adds a column.
    pub(super) fn column(&mut self, column: Column, numbers: impl Iterator<Item = u32>) {
        debug_assert_eq!(column.0, self.section, "sections come in their order");
        self.bytes.extend(numbers.flat_map(u32::to_le_bytes));
        self.end_section();
    }

    /// Returns the bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: Table = Table(0);
    const LISTS: Table = Table(2);
    const PLACES: Pairs = Pairs(4);
    const SIZES: Column = Column(6);
    const SECTIONS: usize = 7;

    fn written() -> Vec<u8> {
        let mut writer = ImageWriter::new(SECTIONS);
        writer.table(WORDS, ["one", "", "three"].iter());
        writer.lists(LISTS, [&[1, 2][..], &[], &[7]].into_iter());
        writer.pairs(PLACES, &[(3, 9), (5, 1), (5, 2), (8, 0)]);
        writer.column(SIZES, [4, 6].into_iter());
        writer.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let image = Image::of(Arc::new(written()), SECTIONS).unwrap();
        assert_eq!((image.rows(WORDS), image.text(WORDS, 2)), (3, "three"));
        assert_eq!((image.text(WORDS, 1), image.text(WORDS, 3)), ("", ""));
        assert_eq!(image.list(LISTS, 0), [1, 2]);
        assert_eq!(image.of_key(PLACES, 5).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(image.of_key(PLACES, 6).count(), 0);
        assert_eq!(image.pair(PLACES, 3), Some((8, 0)));
        assert_eq!((image.pairs(PLACES), image.number(SIZES, 1)), (4, Some(6)));
    }

    proptest! {
        #[test]
        fn no_damage_makes_it_panic(at in 0_usize..200, byte: u8, cut in 0_usize..200) {
            let mut bytes = written();
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            bytes.truncate(bytes.len().saturating_sub(cut % 3));
            if let Some(image) = Image::of(Arc::new(bytes), SECTIONS) {
                for at in 0..5 {
                    let _ = (image.text(WORDS, at), image.list(LISTS, at), image.pair(PLACES, at));
                }
                let _ = image.of_key(PLACES, 5).count();
            }
        }
    }
}
