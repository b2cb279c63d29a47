//! JSON Lines: one object a line. A line that is too long or no JSON is named and passed over.

use std::io::{self, BufRead};

use super::{Place, Step, Stop, Walk};
use crate::article::{
    ArticleError, fields,
    record::{Body, Provenance},
};

impl Walk<'_, '_> {
    /// Takes apart JSON Lines.
    pub(super) fn lines(
        &mut self,
        input: &mut dyn BufRead,
        place: &Place,
        mut doubtful: bool,
    ) -> Step {
        let mut buffer = Vec::new();
        let (mut line, mut offset) = (0, 0);
        loop {
            line += 1;
            let read = read_line(input, &mut buffer, self.options.max_bytes);
            let (length, whole) = read.map_err(|error| place.fail(error))?;
            if length == 0 {
                return Ok(());
            }
            let at = offset;
            offset += length;
            let bytes = buffer.trim_ascii();
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            if bytes.is_empty() && whole {
                continue;
            }
            if std::mem::take(&mut doubtful) {
                let value = serde_json::from_slice(bytes).ok();
                if value.is_none_or(|value| fields::read(&value, &self.options.map).is_none()) {
                    return Err(Stop::Failed(ArticleError::NoArticles {
                        path: place.path.as_str().into(),
                    }));
                }
            }
            let fragment = format!("line={line}");
            if !whole {
                let path = format!("{}#{fragment}", place.path);
                let error = self.too_long(path);
                self.emit(Err(error))?;
                continue;
            }
            let provenance = Provenance {
                line: Some(line),
                offset: Some(at),
                ..Provenance::default()
            };
            let body = Body::Json(bytes.to_vec());
            self.emit(Ok(place.record(&fragment, provenance, body)))?;
        }
    }
}

/// Reads a line with its end; returns its length, and whether `buffer` has all of it.
pub(super) fn read_line(
    input: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    limit: u64,
) -> io::Result<(u64, bool)> {
    buffer.clear();
    let (mut length, mut whole) = (0u64, true);
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok((length, whole));
        }
        let end = memchr::memchr(b'\n', available);
        let part = end.map_or(available, |end| &available[..=end]);
        length += part.len() as u64;
        if length > limit {
            whole = false;
            *buffer = Vec::new();
        } else {
            buffer.extend_from_slice(part);
        }
        let count = part.len();
        input.consume(count);
        if end.is_some() {
            return Ok((length, whole));
        }
    }
}
