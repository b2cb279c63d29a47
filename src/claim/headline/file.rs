//! A model as bytes: magic, revision, note, spread, layers, eight-bit rows with a scale each, CRC-32.

use super::{
    Model, ModelError, Rows,
    network::{DENSE, ROWS, Spread, WIDTH},
    numbers::N,
};

/// First bytes of every file.
const MAGIC: &[u8; 8] = b"cg-head\0";

/// Changes whenever numbers, shapes or layout do.
pub(super) const REVISION: u32 = 1;

pub(super) fn write(model: &Model) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(REVISION.to_le_bytes());
    bytes.extend((model.note.len() as u32).to_le_bytes());
    bytes.extend(model.note.as_bytes());
    let spread = model.spread.means.iter().chain(&model.spread.deviations);
    for value in spread.chain(&model.dense).chain(&model.rows.scales) {
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(model.rows.values.iter().map(|value| value.cast_unsigned()));
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

pub(super) fn read(bytes: &[u8]) -> Result<Model, ModelError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)?;
    let (found, rest) = rest.split_first_chunk().ok_or(ModelError::Damaged)?;
    let found = u32::from_le_bytes(*found);
    if found != REVISION {
        return Err(ModelError::Revision { found });
    }
    let (whole, checksum) = bytes.split_last_chunk().ok_or(ModelError::Damaged)?;
    if crc32fast::hash(whole) != u32::from_le_bytes(*checksum) {
        return Err(ModelError::Damaged);
    }
    let (n_note, rest) = rest.split_first_chunk().ok_or(ModelError::Damaged)?;
    let n_note = u32::from_le_bytes(*n_note) as usize;
    let (note, rest) = rest.split_at_checked(n_note).ok_or(ModelError::Damaged)?;
    let n_floats = 2 * N + DENSE + 2 * ROWS;
    let (floats, rest) = (rest.split_at_checked(n_floats * 4)).ok_or(ModelError::Damaged)?;
    let values = rest.strip_suffix(checksum).unwrap_or_default();
    if values.len() != 2 * ROWS * WIDTH {
        return Err(ModelError::Damaged);
    }
    let (floats, _) = floats.as_chunks();
    let floats: Vec<f32> = floats
        .iter()
        .map(|chunk| f32::from_le_bytes(*chunk))
        .collect();
    Ok(Model {
        note: String::from_utf8_lossy(note).into_owned(),
        spread: Spread {
            means: std::array::from_fn(|at| floats[at]),
            deviations: std::array::from_fn(|at| floats[N + at]),
        },
        dense: floats[2 * N..2 * N + DENSE].to_vec(),
        rows: Rows {
            scales: floats[2 * N + DENSE..].to_vec(),
            values: values.iter().map(|byte| byte.cast_signed()).collect(),
        },
    })
}
