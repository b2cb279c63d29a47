//! A model as bytes: eight-bit rows with a scale each, their keys, flat weights, calibration.
//!
//! All numbers are little-endian. A file is checked as a whole (CRC-32) before a number is used.

use super::{Model, Table, network};

/// First bytes of every file.
const MAGIC: &[u8; 8] = b"cg-attr\0";

/// Changes whenever features, shapes or layout do: older files cannot be read then.
const REVISION: u32 = 1;

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// Something else.
    #[error("not a claimgraph attribution model")]
    Magic,
    /// Made by another version.
    #[error("a model of revision {found}, this version reads {REVISION}")]
    Revision {
        /// The file's.
        found: u32,
    },
    /// Cut off or changed.
    #[error("a damaged model: its checksum does not match")]
    Damaged,
}

pub(super) fn write(model: &Model) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    let number = |bytes: &mut Vec<u8>, number: u32| bytes.extend(number.to_le_bytes());
    number(&mut bytes, REVISION);
    number(&mut bytes, model.note.len() as u32);
    number(&mut bytes, model.table.keys.len() as u32);
    bytes.extend(model.note.as_bytes());
    for key in &model.table.keys {
        bytes.extend(key.to_le_bytes());
    }
    let settings = [model.threshold].into_iter().chain(model.calibration);
    for value in settings
        .chain(model.table.scales.iter().copied())
        .chain(model.dense.iter().copied())
    {
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(model.table.rows.iter().map(|byte| byte.cast_unsigned()));
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

pub(super) fn read(bytes: &[u8]) -> Result<Model, ModelError> {
    let mut rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)?;
    let found = u32::from_le_bytes(take(&mut rest)?);
    if found != REVISION {
        return Err(ModelError::Revision { found });
    }
    let (whole, checksum) = bytes.split_last_chunk().ok_or(ModelError::Damaged)?;
    if crc32fast::hash(whole) != u32::from_le_bytes(*checksum) {
        return Err(ModelError::Damaged);
    }
    let n_note = u32::from_le_bytes(take(&mut rest)?) as usize;
    let n_rows = u32::from_le_bytes(take(&mut rest)?) as usize;
    let (note, after) = rest.split_at_checked(n_note).ok_or(ModelError::Damaged)?;
    rest = after;
    let mut keys = Vec::new();
    for _ in 0..n_rows {
        keys.push(u64::from_le_bytes(take(&mut rest)?));
    }
    let mut floats = |n: usize| -> Result<Vec<f32>, ModelError> {
        (0..n)
            .map(|_| take(&mut rest).map(f32::from_le_bytes))
            .collect()
    };
    let settings = floats(4)?;
    let scales = floats(n_rows)?;
    let dense = floats(network::SIZE)?;
    let rows: Vec<i8> = rest
        .strip_suffix(checksum)
        .unwrap_or_default()
        .iter()
        .map(|byte| byte.cast_signed())
        .collect();
    if rows.len() != n_rows * network::EMBEDDING {
        return Err(ModelError::Damaged);
    }
    Ok(Model {
        note: String::from_utf8_lossy(note).into_owned(),
        threshold: settings[0],
        calibration: [settings[1], settings[2], settings[3]],
        table: Table::new(keys, scales, rows),
        dense,
    })
}

/// Takes the next `N` bytes off the front.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], ModelError> {
    let (first, after) = rest.split_first_chunk().ok_or(ModelError::Damaged)?;
    *rest = after;
    Ok(*first)
}
