//! JSON that is not one object a line: a list of objects, or objects one after the other.
//!
//! Values are cut out by their brackets and strings and parsed later; a value that is too long is
//! named and passed over.

use std::io::{self, BufRead};

use serde_json::Value;

use super::{Place, Step, Stop, Walk};
use crate::article::{
    ArticleError, fields,
    record::{Body, Provenance},
};

impl Walk<'_, '_> {
    /// Takes apart JSON.
    pub(super) fn json(&mut self, input: &mut dyn BufRead, place: &Place, doubtful: bool) -> Step {
        let mut cutter = Cutter {
            input,
            offset: 0,
            limit: self.options.max_bytes,
        };
        let fail = |error| place.fail(error);
        let mut item = 0;
        let mut doubtful = doubtful;
        while let Some(first) = cutter.skip_blank(b"").map_err(fail)? {
            if first == b'[' {
                cutter.bump().map_err(fail)?;
                while let Some(first) = cutter.skip_blank(b",").map_err(fail)? {
                    if first == b']' {
                        cutter.bump().map_err(fail)?;
                        break;
                    }
                    item += 1;
                    let offset = cutter.offset;
                    let value = cutter.value().map_err(fail)?;
                    self.item(value, place, item, offset, &mut doubtful)?;
                }
                continue;
            }
            let offset = cutter.offset;
            let value = cutter.value().map_err(fail)?;
            let parsed = value.as_deref().map(serde_json::from_slice::<Value>);
            match parsed {
                Some(Ok(value)) => {
                    for value in fields::records(value, &self.options.map) {
                        item += 1;
                        self.known_item(value, place, item, offset, &mut doubtful)?;
                    }
                }
                _ => {
                    item += 1;
                    self.item(value, place, item, offset, &mut doubtful)?;
                }
            }
        }
        match item {
            0 => Err(nothing(place)),
            _ => Ok(()),
        }
    }

    fn item(
        &mut self,
        value: Option<Vec<u8>>,
        place: &Place,
        item: u64,
        offset: u64,
        doubtful: &mut bool,
    ) -> Step {
        let fragment = format!("item={item}");
        let Some(bytes) = value else {
            let error = self.too_long(format!("{}#{fragment}", place.path));
            return self.emit(Err(error));
        };
        if std::mem::take(doubtful) {
            let value = serde_json::from_slice(&bytes).ok();
            if value.is_none_or(|value| fields::read(&value, &self.options.map).is_none()) {
                return Err(nothing(place));
            }
        }
        self.emit(Ok(place.record(
            &fragment,
            provenance(item, offset),
            Body::Json(bytes),
        )))
    }

    fn known_item(
        &mut self,
        value: Value,
        place: &Place,
        item: u64,
        offset: u64,
        doubtful: &mut bool,
    ) -> Step {
        if std::mem::take(doubtful) && fields::read(&value, &self.options.map).is_none() {
            return Err(nothing(place));
        }
        let fragment = format!("item={item}");
        let body = Body::Value(value, "application/json");
        self.emit(Ok(place.record(&fragment, provenance(item, offset), body)))
    }
}

fn provenance(item: u64, offset: u64) -> Provenance {
    Provenance {
        item: Some(item),
        offset: Some(offset),
        ..Provenance::default()
    }
}

fn nothing(place: &Place) -> Stop {
    Stop::Failed(ArticleError::NoArticles {
        path: place.path.as_str().into(),
    })
}

/// Cuts values out of a stream.
struct Cutter<'a> {
    input: &'a mut dyn BufRead,
    offset: u64,
    limit: u64,
}

impl Cutter<'_> {
    /// Passes over white space, the mark of byte order and `also`; returns the byte behind them.
    fn skip_blank(&mut self, also: &[u8]) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let blank = |byte: &u8| {
                byte.is_ascii_whitespace()
                    || matches!(byte, 0xef | 0xbb | 0xbf | 0x1e)
                    || also.contains(byte)
            };
            let count = buffer.iter().position(|byte| !blank(byte));
            let next = count.map(|count| buffer[count]);
            let count = count.unwrap_or(buffer.len());
            self.input.consume(count);
            self.offset += count as u64;
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    fn bump(&mut self) -> io::Result<()> {
        self.input.fill_buf()?;
        self.input.consume(1);
        self.offset += 1;
        Ok(())
    }

    /// Cuts out one value; `None` when it is too long. What is no value ends at the next comma,
    /// bracket or line.
    fn value(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut value, mut length) = (Vec::new(), 0u64);
        let (mut depth, mut quoted, mut escaped) = (0u64, false, false);
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut end = None;
            for (at, &byte) in buffer.iter().enumerate() {
                if quoted {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => quoted = false,
                        _ => {}
                    }
                    continue;
                }
                match byte {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 1 => depth -= 1,
                    b'}' | b']' if depth == 1 => {
                        end = Some(at + 1);
                        break;
                    }
                    // At least one byte is taken, so that this comes to an end.
                    b',' | b'}' | b']' | b'\n' if depth == 0 => {
                        end = Some(if length == 0 { at.max(1) } else { at });
                        break;
                    }
                    _ => {}
                }
            }
            let count = end.unwrap_or(buffer.len());
            length += count as u64;
            if length > self.limit {
                value = Vec::new();
            } else {
                value.extend_from_slice(&buffer[..count]);
            }
            self.input.consume(count);
            self.offset += count as u64;
            if end.is_some() {
                break;
            }
        }
        Ok((length <= self.limit).then_some(value))
    }
}
