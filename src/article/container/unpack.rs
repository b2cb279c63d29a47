//! Packed streams: gzip, zstd, bzip2, in one or many members, never more than a ratio allows.

use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use ruzstd::decoding::{Dictionary, FrameDecoder, StreamingDecoder};

use super::{Place, Step, Walk};
use crate::article::{
    format::{HEAD, Packing},
    record::Limit,
};

/// Longest dictionary of a zstd stream.
const MAX_DICTIONARY: u64 = 16 << 20;

/// Where members of a packed file begin: in the unpacked and in the packed bytes.
#[derive(Debug, Default)]
pub(super) struct Members(VecDeque<(u64, u64)>);

impl Members {
    /// Returns where the member begins whose first byte is `unpacked`; later calls ask for later
    /// bytes.
    pub(super) fn begin(&mut self, unpacked: u64) -> Option<u64> {
        while self.0.front().is_some_and(|(at, _)| *at < unpacked) {
            self.0.pop_front();
        }
        let (at, packed) = *self.0.front()?;
        (at == unpacked).then_some(packed)
    }
}

impl Walk<'_, '_> {
    /// Takes apart what is packed.
    pub(super) fn unpack(
        &mut self,
        packing: Packing,
        input: &mut dyn BufRead,
        place: &Place,
        depth: usize,
    ) -> Step {
        let members = Rc::new(RefCell::new(Members::default()));
        let unpacked = Unpacked {
            packing,
            decoder: Decoder::Between(Counted { input, count: 0 }),
            dictionary: None,
            out: 0,
            grace: self.options.max_bytes,
            ratio: self.options.max_ratio,
            members: Rc::clone(&members),
        };
        let place = Place {
            size: None,
            members: Some(members),
            ..place.clone()
        };
        let mut input = BufReader::with_capacity(HEAD, unpacked);
        self.source(&mut input, &place, depth + 1)
    }
}

/// A reader that counts what was taken from it.
struct Counted<'a> {
    input: &'a mut dyn BufRead,
    count: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count as u64;
        self.input.consume(count);
    }
}

enum Decoder<'a> {
    Between(Counted<'a>),
    Gzip(Box<GzDecoder<Counted<'a>>>),
    Zstd(Box<StreamingDecoder<Counted<'a>, FrameDecoder>>),
    Bzip2(BzDecoder<Counted<'a>>),
    Lost,
}

/// The unpacked bytes of all members.
struct Unpacked<'a> {
    packing: Packing,
    decoder: Decoder<'a>,
    dictionary: Option<Vec<u8>>,
    out: u64,
    /// So much may always come out, however little went in.
    grace: u64,
    ratio: u64,
    members: Rc<RefCell<Members>>,
}

impl Unpacked<'_> {
    /// Starts the next member; returns whether there is one.
    fn next(&mut self) -> io::Result<bool> {
        let mut input = match std::mem::replace(&mut self.decoder, Decoder::Lost) {
            Decoder::Between(input) => input,
            Decoder::Gzip(decoder) => decoder.into_inner(),
            Decoder::Zstd(decoder) => decoder.into_inner(),
            Decoder::Bzip2(decoder) => decoder.into_inner(),
            Decoder::Lost => return Ok(false),
        };
        // What tapes and copies leave between and behind members.
        while let Some(zeros) = {
            let buffer = input.fill_buf()?;
            let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
            (zeros > 0).then_some(zeros)
        } {
            input.consume(zeros);
        }
        if self.packing == Packing::Zstd {
            while let Some(dictionary) = skippable(&mut input)? {
                self.dictionary = dictionary.or(self.dictionary.take());
            }
        }
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.members
            .borrow_mut()
            .0
            .push_back((self.out, input.count));
        self.decoder = match self.packing {
            Packing::Gzip => Decoder::Gzip(Box::new(GzDecoder::new(input))),
            Packing::Bzip2 => Decoder::Bzip2(BzDecoder::new(input)),
            Packing::Zstd => {
                let mut decoder = FrameDecoder::new();
                if let Some(dictionary) = &self.dictionary {
                    let dictionary =
                        Dictionary::decode_dict(dictionary).map_err(io::Error::other)?;
                    decoder.add_dict(dictionary).map_err(io::Error::other)?;
                }
                let decoder = StreamingDecoder::new_with_decoder(input, decoder);
                Decoder::Zstd(Box::new(decoder.map_err(io::Error::other)?))
            }
            Packing::Zip => return Err(io::ErrorKind::Unsupported.into()),
        };
        Ok(true)
    }

    fn taken(&self) -> u64 {
        match &self.decoder {
            Decoder::Between(input) => input.count,
            Decoder::Gzip(decoder) => decoder.get_ref().count,
            Decoder::Zstd(decoder) => decoder.get_ref().count,
            Decoder::Bzip2(decoder) => decoder.get_ref().count,
            Decoder::Lost => u64::MAX,
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let count = match &mut self.decoder {
                Decoder::Between(_) => 0,
                Decoder::Gzip(decoder) => decoder.read(buffer)?,
                Decoder::Zstd(decoder) => decoder.read(buffer)?,
                Decoder::Bzip2(decoder) => decoder.read(buffer)?,
                Decoder::Lost => return Ok(0),
            };
            if count > 0 {
                self.out += count as u64;
                if self.out > self.grace && self.out / self.ratio.max(1) > self.taken() {
                    return Err(Limit::Ratio(self.ratio).into());
                }
                return Ok(count);
            }
            if !self.next()? {
                return Ok(0);
            }
        }
    }
}

/// Passes over a frame that is no data; the inner value is its content where it is a dictionary.
fn skippable(input: &mut Counted<'_>) -> io::Result<Option<Option<Vec<u8>>>> {
    let buffer = input.fill_buf()?;
    // A frame's head may be cut by the end of the buffer; then it is not seen, and the decoder
    // says what it does not know.
    let &[kind @ 0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d, ..] = buffer else {
        return Ok(None);
    };
    input.consume(8);
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    if kind == 0x5d && length <= MAX_DICTIONARY {
        let mut content = Vec::new();
        input.take(length).read_to_end(&mut content)?;
        if content.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let mut plain = Vec::new();
            let decoder = StreamingDecoder::new(content.as_slice()).map_err(io::Error::other)?;
            decoder.take(MAX_DICTIONARY).read_to_end(&mut plain)?;
            content = plain;
        }
        return Ok(Some(Some(content)));
    }
    io::copy(&mut input.take(length), &mut io::sink())?;
    Ok(Some(None))
}
