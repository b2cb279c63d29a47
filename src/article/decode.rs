//! From the bytes of a file to text: what is no text is refused, other encodings are converted.
//!
//! Valid UTF-8 is never changed by a byte.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// Name of the encoding, when the text is not the file's bytes.
    pub(super) converted_from: Option<&'static str>,
    /// Whether some bytes had no meaning and became U+FFFD.
    pub(super) lossy: bool,
}

/// First bytes of files that are no text, with what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{\\rtf", "an RTF file"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"SQLite format 3", "a database"),
];

/// Decodes `bytes`; the error says what they are instead of text.
///
/// What is valid UTF-8 is never read as anything else; else the encoding that the server named
/// (`charset`) or the page itself names is believed before one is guessed.
pub(super) fn decode(bytes: Vec<u8>, charset: Option<&str>) -> Result<Decoded, &'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(what);
    }
    let bytes = match utf16(&bytes) {
        Some(encoding) => return checked(convert(&bytes, encoding)),
        None if bytes.contains(&0) => return Err("binary data"),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => checked(Decoded {
            text,
            converted_from: None,
            lossy: false,
        }),
        Err(error) => {
            let bytes = error.into_bytes();
            let named = charset.map(str::to_owned).or_else(|| named_inside(&bytes));
            let named = named.and_then(|label| Encoding::for_label(label.as_bytes()));
            let encoding = match (guess(&bytes), named) {
                // UTF-8 it is not, whoever says so, unless it is damaged UTF-8.
                (guessed, Some(named)) if guessed != UTF_8 && named != UTF_8 => named,
                (guessed, _) => guessed,
            };
            checked(convert(&bytes, encoding))
        }
    }
}

fn convert(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, encoding, lossy) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        converted_from: Some(encoding.name()),
        lossy,
    }
}

/// Tells UTF-16 by its mark or by zero bytes on one side only.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |side: usize| {
        head.iter()
            .skip(side)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if pairs < 4 => None,
        () if even == 0 && odd * 10 > pairs * 7 => Some(UTF_16LE),
        () if odd == 0 && even * 10 > pairs * 7 => Some(UTF_16BE),
        () => None,
    }
}

/// Guesses the encoding of bytes that are not valid UTF-8; damaged UTF-8 stays UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut damaged, mut intact) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        intact += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if intact > 4 * damaged {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns the encoding that a page names in its head.
fn named_inside(bytes: &[u8]) -> Option<String> {
    static NAMED: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        let pattern =
            r#"(?i-u)<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?([a-z0-9_:.-]+)"#;
        regex::bytes::Regex::new(pattern).expect("the pattern is a constant")
    });
    let head = &bytes[..bytes.len().min(4096)];
    let label = NAMED.captures(head)?.get(1)?.as_bytes();
    Some(String::from_utf8_lossy(label).into_owned())
}

/// Decodes a part of a file, whatever it is.
pub(super) fn lossy(bytes: &[u8]) -> String {
    guess(bytes)
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

fn checked(decoded: Decoded) -> Result<Decoded, &'static str> {
    check(&decoded.text).map(|()| decoded)
}

/// Refuses text that is mostly control characters.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    let strange = |c: &char| c.is_control() && !c.is_whitespace() && *c != '\u{1b}';
    let controls = text.chars().filter(strange).count();
    match controls * 50 > text.len() {
        true => Err("binary data"),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_utf8_is_not_touched_and_others_are_converted() {
        let text = "\u{feff}Ein Satz über Öl.\r\n";
        let decoded = decode(text.as_bytes().to_vec(), None).unwrap();
        assert_eq!((&*decoded.text, decoded.converted_from), (text, None));

        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("Москва заявила, что войска останутся.")
            .0;
        let decoded = decode(cyrillic.into_owned(), None).unwrap();
        assert_eq!(decoded.text, "Москва заявила, что войска останутся.");
        assert_eq!(decoded.converted_from, Some("windows-1251"));

        let wide: Vec<u8> = "Plain words"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(wide, None).unwrap().text, "Plain words");
    }

    #[test]
    fn what_server_or_page_name_is_believed_unless_it_is_utf8() {
        let page = "<meta charset=\"koi8-r\"><p>Москва";
        let bytes = encoding_rs::KOI8_R.encode(page).0.into_owned();
        let decoded = decode(bytes.clone(), None).unwrap();
        assert_eq!(
            (&*decoded.text, decoded.converted_from),
            (page, Some("KOI8-R"))
        );
        let decoded = decode(bytes, Some("windows-1251")).unwrap();
        assert_eq!(decoded.converted_from, Some("windows-1251"));
        let decoded = decode("Öl".into(), Some("latin1")).unwrap();
        assert_eq!((&*decoded.text, decoded.converted_from), ("Öl", None));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "“Für” “é” “ö” said".repeat(3).into_bytes();
        bytes.push(0xe2);
        let decoded = decode(bytes, None).unwrap();
        assert_eq!(decoded.converted_from, Some("UTF-8"));
        assert!(decoded.lossy && decoded.text.starts_with("“Für”"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"%PDF-1.7 rest".to_vec(), None), Err("a PDF file"));
        assert_eq!(
            decode(b"ab\0cd\0\0\0\x01".to_vec(), None),
            Err("binary data")
        );
        assert_eq!(
            decode(vec![1, 2, 3, 4, 5, 6, 7, 8], None),
            Err("binary data")
        );
    }
}
