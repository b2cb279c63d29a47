//! Tables: comma, semicolon, tab or bar separated, with a head line that names the columns.

use std::io::BufRead;

use csv_core::{ReadRecordResult, ReaderBuilder};
use serde_json::{Map, Value};

use super::{Place, Step, Stop, Walk};
use crate::article::{
    ArticleError, decode, fields, format,
    record::{Body, Provenance},
};

/// Rows with more columns are refused.
const MAX_COLUMNS: usize = 4096;

impl Walk<'_, '_> {
    /// Takes apart a table.
    pub(super) fn csv(
        &mut self,
        input: &mut dyn BufRead,
        head: &[u8],
        place: &Place,
        mut doubtful: bool,
    ) -> Step {
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = format::delimiter(&String::from_utf8_lossy(line)).unwrap_or(b',');
        let mut rows = Rows {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            input,
            limit: usize::try_from(self.options.max_bytes).unwrap_or(usize::MAX),
            text: vec![0; 4096],
            ends: vec![0; 64],
            line: 1,
        };
        let mut names: Option<Vec<String>> = None;
        loop {
            let line = rows.line().map_err(|error| place.fail(error))?;
            let row = match rows.next().map_err(|error| place.fail(error))? {
                Row::End => return Ok(()),
                Row::Cells(cells) => cells,
                Row::TooLong => {
                    let path = format!("{}#line={line}", place.path);
                    let error = self.too_long(path);
                    self.emit(Err(error))?;
                    continue;
                }
            };
            let Some(names) = &names else {
                let bare = |name: &String| name.trim_start_matches('\u{feff}').trim().to_owned();
                names = Some(row.iter().map(bare).collect());
                continue;
            };
            let filled = names
                .iter()
                .zip(row)
                .filter(|(_, cell)| !cell.trim().is_empty());
            let object: Map<String, Value> = filled
                .map(|(name, cell)| (name.clone(), Value::String(cell)))
                .collect();
            if object.is_empty() {
                continue;
            }
            let value = Value::Object(object);
            if std::mem::take(&mut doubtful) && fields::read(&value, &self.options.map).is_none() {
                return Err(Stop::Failed(ArticleError::NoArticles {
                    path: place.path.as_str().into(),
                }));
            }
            let provenance = Provenance {
                line: Some(line),
                ..Provenance::default()
            };
            let record = place.record(
                &format!("line={line}"),
                provenance,
                Body::Value(value, "text/csv"),
            );
            self.emit(Ok(record))?;
        }
    }
}

enum Row {
    Cells(Vec<String>),
    TooLong,
    End,
}

/// The rows of a table; one that is too long is read to its end but not kept.
struct Rows<'a> {
    reader: csv_core::Reader,
    input: &'a mut dyn BufRead,
    limit: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
}

impl Rows<'_> {
    /// Passes over empty lines and returns the line at which the next row starts.
    fn line(&mut self) -> std::io::Result<u64> {
        loop {
            let input = self.input.fill_buf()?;
            let ends = input
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let count = ends.count();
            self.line += newlines(&input[..count]);
            self.input.consume(count);
            if count == 0 {
                return Ok(self.line);
            }
        }
    }

    fn next(&mut self) -> std::io::Result<Row> {
        let (mut text, mut ends, mut too_long) = (0, 0, false);
        loop {
            let input = self.input.fill_buf()?;
            let (result, taken, written, ended) =
                self.reader
                    .read_record(input, &mut self.text[text..], &mut self.ends[ends..]);
            self.line += newlines(&input[..taken]);
            self.input.consume(taken);
            text += written;
            ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() >= self.limit => {
                    (text, too_long) = (0, true);
                }
                ReadRecordResult::OutputFull => {
                    let length = (self.text.len() * 2).min(self.limit.max(1));
                    self.text.resize(length, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MAX_COLUMNS => {
                    (ends, too_long) = (0, true);
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record if too_long => return Ok(Row::TooLong),
                ReadRecordResult::Record => return Ok(Row::Cells(self.cells(ends))),
                ReadRecordResult::End if too_long => return Ok(Row::TooLong),
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }

    fn cells(&self, count: usize) -> Vec<String> {
        let mut start = 0;
        let cells = self.ends[..count].iter().map(|end| {
            let cell = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            match std::str::from_utf8(cell) {
                Ok(text) => text.to_owned(),
                Err(_) => decode::lossy(cell),
            }
        });
        cells.collect()
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
