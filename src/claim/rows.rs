//! Rows that are all there, or read one by one when they are first asked for.

use std::{
    fmt,
    ops::Index,
    sync::{Arc, OnceLock},
};

/// A list of values by number.
pub(super) enum Rows<T> {
    /// All are there, and more may come.
    Held(Vec<T>),
    /// Each is read when it is first asked for.
    Kept(Arc<Kept<T>>),
}

/// So many rows get their cells together: most are never asked for.
const BLOCK: usize = 64;

/// Rows that are kept elsewhere.
pub(super) struct Kept<T> {
    length: usize,
    blocks: Box<[OnceLock<Block<T>>]>,
    read: Box<dyn Fn(usize) -> T + Send + Sync>,
}

type Block<T> = Box<[OnceLock<Box<T>>; BLOCK]>;

impl<T> Kept<T> {
    fn get(&self, at: usize) -> &T {
        // A number out of bounds, which only a damaged file has, leads to the row after the last.
        let cell = at.min(self.length);
        let block = self.blocks[cell / BLOCK]
            .get_or_init(|| Box::new(std::array::from_fn(|_| OnceLock::new())));
        block[cell % BLOCK].get_or_init(|| Box::new((self.read)(at)))
    }
}

impl<T> Rows<T> {
    /// Returns rows that `read` reads; it must answer for any number.
    pub(super) fn kept(length: usize, read: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        Self::Kept(Arc::new(Kept {
            length,
            blocks: (0..=length / BLOCK).map(|_| OnceLock::new()).collect(),
            read: Box::new(read),
        }))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Held(rows) => rows.len(),
            Self::Kept(kept) => kept.length,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.len()).map(|at| &self[at])
    }

    /// Returns the rows to be changed; reads those that are kept elsewhere.
    pub(super) fn held(&mut self) -> &mut Vec<T> {
        if let Self::Kept(kept) = self {
            *self = Self::Held((0..kept.length).map(&kept.read).collect());
        }
        match self {
            Self::Held(rows) => rows,
            Self::Kept(_) => unreachable!("they were read"),
        }
    }
}

impl<T> Index<usize> for Rows<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        match self {
            Self::Held(rows) => &rows[at],
            Self::Kept(kept) => kept.get(at),
        }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl<T: Clone> Clone for Rows<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Held(rows) => Self::Held(rows.clone()),
            Self::Kept(kept) => Self::Kept(Arc::clone(kept)),
        }
    }
}

impl<T> fmt::Debug for Rows<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} rows", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_once_and_then_held() {
        let mut rows = Rows::kept(3, |at| at.to_string());
        assert_eq!((rows.len(), rows[1].as_str()), (3, "1"));
        assert!(std::ptr::eq(&rows[1], &rows.clone()[1]));
        assert_eq!(rows[7], "7", "out of bounds there is a row, too");
        rows.held().push("3".to_owned());
        assert_eq!(
            rows.iter().map(String::as_str).collect::<Vec<_>>(),
            ["0", "1", "2", "3"]
        );
    }
}
