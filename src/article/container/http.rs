//! What a web server sent, as web archives keep it: head, body, and how the body is packed.

use std::io::Read;

use crate::article::record::Limit;

/// Longest head of an answer.
const MAX_HEAD: usize = 256 << 10;

/// An answer of a web server.
pub(super) struct Answer<'a> {
    pub(super) status: u16,
    /// Media type in small letters, without parameters.
    pub(super) media: String,
    pub(super) charset: Option<String>,
    chunked: bool,
    encoding: Option<String>,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Divides an answer; `None` when it is none.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (head, body) = divide(bytes)?;
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/")?;
        let status = status.split_whitespace().nth(1)?.parse().ok()?;
        let mut answer = Self {
            status,
            media: String::new(),
            charset: None,
            chunked: false,
            encoding: None,
            body,
        };
        for line in lines {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => (answer.media, answer.charset) = media(value),
                "transfer-encoding" => answer.chunked = value.eq_ignore_ascii_case("chunked"),
                "content-encoding" => answer.encoding = Some(value.to_ascii_lowercase()),
                _ => {}
            }
        }
        Some(answer)
    }

    /// Unpacks the body; the error says why that cannot be done.
    pub(super) fn body(&self, limit: u64) -> Result<Vec<u8>, String> {
        // Many archives keep the head as it was and the body unpacked.
        let joined = self.chunked.then(|| unchunked(self.body)).flatten();
        let body = joined.as_deref().unwrap_or(self.body);
        let mut plain = Vec::new();
        let cause = |error: std::io::Error| error.to_string();
        let read = match self.encoding.as_deref() {
            Some("gzip" | "x-gzip") if body.starts_with(&[0x1f, 0x8b]) => {
                let decoder = flate2::read::MultiGzDecoder::new(body);
                decoder.take(limit + 1).read_to_end(&mut plain)
            }
            Some("deflate") => match body {
                [first, ..] if first & 0x0f == 8 => {
                    let decoder = flate2::read::ZlibDecoder::new(body);
                    decoder.take(limit + 1).read_to_end(&mut plain)
                }
                _ => {
                    let decoder = flate2::read::DeflateDecoder::new(body);
                    decoder.take(limit + 1).read_to_end(&mut plain)
                }
            },
            Some("br") => {
                let decoder = brotli_decompressor::Decompressor::new(body, 4096);
                match decoder.take(limit + 1).read_to_end(&mut plain) {
                    // Nothing marks brotli: what does not unpack was unpacked already.
                    Err(_) if plain.is_empty() => return Ok(body.to_vec()),
                    read => read,
                }
            }
            Some("zstd") if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
                let decoder = ruzstd::decoding::StreamingDecoder::new(body);
                let decoder = decoder.map_err(|error| error.to_string())?;
                decoder.take(limit + 1).read_to_end(&mut plain)
            }
            _ => return Ok(body.to_vec()),
        };
        match read {
            Ok(_) if plain.len() as u64 > limit => Err(Limit::Bytes(limit).to_string()),
            // An answer that was cut off is read as far as it goes.
            Err(error) if plain.is_empty() => Err(cause(error)),
            _ => Ok(plain),
        }
    }
}

/// Divides a media type from its character set.
pub(super) fn media(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset")).then(|| value.to_owned())
    });
    (media, charset)
}

/// Divides at the first empty line.
fn divide(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let head = &bytes[..bytes.len().min(MAX_HEAD)];
    let end = |mark: &[u8]| {
        let at = head.windows(mark.len()).position(|window| window == mark)?;
        Some((at, at + mark.len()))
    };
    let (end, start) = match (end(b"\r\n\r\n"), end(b"\n\n")) {
        (Some(one), Some(other)) => one.min(other),
        (one, other) => one.or(other)?,
    };
    Some((&bytes[..end], &bytes[start..]))
}

/// Joins chunks; `None` when there are none.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = line.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        // The last chunk may have been cut off.
        let chunk = &rest[..size.min(rest.len())];
        joined.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        if rest.is_empty() {
            return Some(joined);
        }
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &[u8]) -> Result<Vec<u8>, String> {
        Answer::parse(bytes).unwrap().body(1 << 20)
    }

    #[test]
    fn heads_are_read_however_they_are_written() {
        let answer = Answer::parse(
            b"HTTP/1.1 200 OK\nCONTENT-TYPE:  Text/HTML; Charset=\"windows-1251\"\n\nbody",
        );
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.media.as_str()), (200, "text/html"));
        assert_eq!(answer.charset.as_deref(), Some("windows-1251"));
        assert_eq!(answer.body(10).unwrap(), b"body");
        for bad in [
            &b"HTTP/1.1 200 OK"[..],
            b"",
            b"GET / HTTP/1.1\r\n\r\n",
            b"HTTP/1.1 x\r\n\r\n",
        ] {
            assert!(Answer::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn chunks_are_joined_and_what_only_says_so_is_left_alone() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunked = format!("{head}3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assert_eq!(body(chunked.as_bytes()).unwrap(), b"abcde");
        let cut = format!("{head}ff\r\nabc");
        assert_eq!(body(cut.as_bytes()).unwrap(), b"abc");
        let plain = format!("{head}<p>No chunks.</p>");
        assert_eq!(body(plain.as_bytes()).unwrap(), b"<p>No chunks.</p>");
    }

    #[test]
    fn packed_bodies_are_unpacked_within_the_limit() {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec(),
            flate2::Compression::fast(),
        );
        packer.write_all(&[b'a'; 5000]).unwrap();
        let bytes = packer.finish().unwrap();
        assert_eq!(body(&bytes).unwrap(), [b'a'; 5000]);
        let answer = Answer::parse(&bytes).unwrap();
        assert!(answer.body(4999).unwrap_err().contains("4999"));
        for encoding in ["gzip", "br", "zstd"] {
            let text = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n<p>Plain.");
            assert_eq!(body(text.as_bytes()).unwrap(), b"<p>Plain.", "{encoding}");
        }
    }
}
