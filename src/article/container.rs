//! Files, archives and streams taken apart into records, one after the other, in little memory.
//!
//! What costs time (decoding, parsing) is left to [`Record::read`], so that it can be done in
//! parallel. Nothing is ever unpacked to disk under a name that an archive gives.

use std::{
    cell::RefCell,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    ops::ControlFlow,
    path::Path,
    rc::Rc,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    ArticleError, Found, ReadOptions,
    format::{self, Format, HEAD, Packing},
    record::{Body, Provenance, Record},
    sidecars,
};

mod csv;
mod eml;
mod feed;
mod http;
mod json;
mod lines;
mod unpack;
mod warc;
mod zip;

pub(super) use eml::read as read_mail;

/// Where records go; it says when no more are wanted.
pub(super) type Sink<'a> = dyn FnMut(Result<Record, ArticleError>) -> ControlFlow<()> + 'a;

/// Why a source is read no further.
pub(super) enum Stop {
    /// No more records are wanted.
    Closed,
    /// It cannot be read.
    Failed(ArticleError),
}

type Step = Result<(), Stop>;

/// Where a source lies.
#[derive(Clone)]
struct Place {
    /// As messages name it.
    path: String,
    /// Whether the user named it, instead of a folder or an archive that holds it.
    named: bool,
    /// Its size, where it is a file that is not packed.
    size: Option<u64>,
    /// Where members of a packed file begin.
    members: Option<Rc<RefCell<unpack::Members>>>,
}

impl Place {
    fn inner(&self, name: &str) -> Self {
        Self {
            path: format!("{}!/{name}", self.path),
            named: false,
            size: None,
            members: None,
        }
    }

    fn fail(&self, error: io::Error) -> Stop {
        Stop::Failed(ArticleError::of(&self.path, error))
    }

    fn malformed(&self, reason: impl Into<String>) -> Stop {
        Stop::Failed(ArticleError::Malformed {
            path: self.path.as_str().into(),
            reason: reason.into(),
        })
    }

    /// A record of this container.
    fn record(&self, fragment: &str, provenance: Provenance, body: Body) -> Record {
        Record {
            path: format!("{}#{fragment}", self.path),
            body,
            supplied: Vec::new(),
            provenance: Some(Provenance {
                container: self.path.clone(),
                ..provenance
            }),
            diagnostics: Vec::new(),
        }
    }
}

/// Takes one file apart.
pub(super) fn file(
    found: &Found,
    options: &ReadOptions,
    done: &AtomicU64,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut walk = Walk { options, sink };
    match walk.file(found, done) {
        Ok(()) => ControlFlow::Continue(()),
        Err(Stop::Closed) => ControlFlow::Break(()),
        Err(Stop::Failed(error)) => (walk.sink)(Err(error)),
    }
}

/// Takes a stream apart; its name stands in the paths of its records.
pub(super) fn stream(
    input: &mut dyn BufRead,
    name: &str,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let place = Place {
        path: name.to_owned(),
        named: true,
        size: None,
        members: None,
    };
    let mut walk = Walk { options, sink };
    match walk.source(input, &place, 0) {
        Ok(()) => ControlFlow::Continue(()),
        Err(Stop::Closed) => ControlFlow::Break(()),
        Err(Stop::Failed(error)) => (walk.sink)(Err(error)),
    }
}

struct Walk<'a, 'b> {
    options: &'a ReadOptions,
    sink: &'a mut Sink<'b>,
}

impl Walk<'_, '_> {
    fn emit(&mut self, record: Result<Record, ArticleError>) -> Step {
        match (self.sink)(record) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Closed),
        }
    }

    fn too_long(&self, path: String) -> ArticleError {
        ArticleError::TooLong {
            path: path.into(),
            limit: self.options.max_bytes,
        }
    }

    fn file(&mut self, found: &Found, done: &AtomicU64) -> Step {
        let path = &found.path;
        let place = Place {
            path: path.display().to_string(),
            named: found.named,
            size: None,
            members: None,
        };
        let metadata = path.metadata().map_err(|error| place.fail(error))?;
        let regular = metadata.is_file();
        if !regular && !found.named {
            return Err(Stop::Failed(ArticleError::NotAFile { path: path.clone() }));
        }
        let opened = File::open(path).map_err(|error| place.fail(error))?;
        let place = Place {
            size: regular.then_some(metadata.len()),
            ..place
        };
        let mut counted = BufReader::with_capacity(HEAD, Done(&opened, done));
        let (head, input) = peek(&mut counted).map_err(|error| place.fail(error))?;
        // Archives are read from their end, where their list of contents is.
        if regular && format::packing(&head) == Some(Packing::Zip) {
            let archive = File::open(path).map_err(|error| place.fail(error))?;
            let result = self.zip(BufReader::new(archive), &place, 0);
            done.fetch_add(
                metadata.len().saturating_sub(head.len() as u64),
                Ordering::Relaxed,
            );
            return result;
        }
        self.known(&head, input, &place, 0, Some(path))
    }

    /// Takes apart whatever comes.
    fn source(&mut self, input: &mut dyn BufRead, place: &Place, depth: usize) -> Step {
        if depth > self.options.max_nesting {
            return Err(Stop::Failed(ArticleError::TooDeep {
                path: place.path.as_str().into(),
                limit: self.options.max_nesting,
            }));
        }
        let (head, input) = peek(input).map_err(|error| place.fail(error))?;
        self.known(&head, input, place, depth, None)
    }

    /// Takes apart what starts with `head`.
    fn known(
        &mut self,
        head: &[u8],
        input: impl BufRead,
        place: &Place,
        depth: usize,
        file: Option<&Path>,
    ) -> Step {
        let mut input = input;
        match format::packing(head) {
            Some(Packing::Zip) => return self.spooled_zip(&mut input, place, depth),
            Some(packing) => return self.unpack(packing, &mut input, place, depth),
            None => {}
        }
        // Texts and pages are decoded later, all else as it comes.
        let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
        if wide && depth <= self.options.max_nesting {
            let plain = encoding_rs_io::DecodeReaderBytes::new(head);
            let mut plain_head = Vec::new();
            let decoded = plain.take(HEAD as u64).read_to_end(&mut plain_head);
            decoded.map_err(|error| place.fail(error))?;
            let told = format::detect(&plain_head, &place.path);
            if !matches!(told, Format::Text | Format::Html | Format::Markdown) {
                let decoded = encoding_rs_io::DecodeReaderBytes::new(input);
                let mut decoded = BufReader::with_capacity(HEAD, decoded);
                return self.source(&mut decoded, place, depth + 1);
            }
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let forced = self.options.format;
        let format = forced.unwrap_or_else(|| format::detect(head, &place.path));
        // What lies beside articles in a folder is no failure, unless the user says what it is.
        let doubtful = !place.named && forced.is_none() && format::is_data(&place.path);
        match format {
            Format::Jsonl => self.lines(&mut input, place, doubtful),
            Format::Json => self.json(&mut input, place, doubtful),
            Format::Csv => self.csv(&mut input, head, place, doubtful),
            Format::Warc => self.warc(&mut input, place),
            Format::Feed => self.feed(&mut input, place),
            Format::Wacz => Err(place.malformed("it is not a ZIP archive")),
            Format::Eml => {
                let bytes = self.whole(&mut input, place)?;
                self.emit(Ok(document(place, Body::Mail(bytes), file)))
            }
            Format::Text | Format::Html | Format::Markdown if doubtful => {
                Err(Stop::Failed(ArticleError::NoArticles {
                    path: place.path.as_str().into(),
                }))
            }
            Format::Text | Format::Html | Format::Markdown => {
                let bytes = self.whole(&mut input, place)?;
                let body = Body::Document {
                    bytes,
                    // What the page is called is no reason to doubt what it is.
                    format: forced.or((format == Format::Markdown).then_some(format)),
                    charset: None,
                };
                self.emit(Ok(document(place, body, file)))
            }
        }
    }

    /// Reads all of a source that is one article.
    fn whole(&mut self, input: &mut dyn BufRead, place: &Place) -> Result<Vec<u8>, Stop> {
        let limit = self.options.max_bytes;
        if let Some(size) = place.size.filter(|size| *size > limit) {
            return Err(Stop::Failed(ArticleError::TooLarge {
                path: place.path.as_str().into(),
                size,
                limit,
            }));
        }
        let mut bytes = Vec::new();
        let read = input.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| place.fail(error))?;
        if bytes.len() as u64 > limit {
            return Err(Stop::Failed(self.too_long(place.path.clone())));
        }
        Ok(bytes)
    }
}

/// A source that is one article.
fn document(place: &Place, body: Body, file: Option<&Path>) -> Record {
    let mut diagnostics = Vec::new();
    let supplied = file.map(|path| sidecars(path, &place.path, &mut diagnostics));
    Record {
        path: place.path.clone(),
        body,
        supplied: supplied.unwrap_or_default(),
        provenance: None,
        diagnostics,
    }
}

/// Returns the first bytes and the whole input.
fn peek<R: BufRead>(mut input: R) -> io::Result<(Vec<u8>, impl BufRead)> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(input)))
}

/// Counts what was read, for those who watch.
struct Done<'a>(&'a File, &'a AtomicU64);

impl Read for Done<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
