//! Whole articles of our own, as messy as real pages, and what becomes of their lines.

use super::*;
use crate::{article::Snapshot, id::sha256_hex};
