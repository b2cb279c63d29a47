//! What a file is, told by its first bytes; its name only decides between what looks alike.
//!
//! It never reads further than the bytes it is given.

use std::{fmt, str::FromStr};

use super::html;

/// So many bytes are looked at.
pub(super) const HEAD: usize = 64 << 10;

/// What holds articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with or without front matter.
    Text,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// One JSON object a line.
    Jsonl,
    /// JSON: an object, a list of them, or several one after the other.
    Json,
    /// A table with a head line; commas, semicolons, tabs or bars part the columns.
    Csv,
    /// A web archive.
    Warc,
    /// A ZIP archive: packed web archives (WACZ) or a folder of articles.
    Wacz,
    /// A feed: RSS or Atom.
    Feed,
    /// A letter (MIME).
    Eml,
}

impl Format {
    /// All formats with their names.
    pub const ALL: [(&'static str, Self); 10] = [
        ("text", Self::Text),
        ("html", Self::Html),
        ("markdown", Self::Markdown),
        ("jsonl", Self::Jsonl),
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("warc", Self::Warc),
        ("wacz", Self::Wacz),
        ("feed", Self::Feed),
        ("eml", Self::Eml),
    ];
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::ALL.iter().find(|(_, format)| format == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(name, _)| *name == text);
        let names = Self::ALL.map(|(name, _)| name).join(", ");
        known
            .map(|(_, format)| *format)
            .ok_or_else(|| format!("expected auto or one of {names}"))
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Bzip2,
    Zip,
}

/// Endings of the files that are taken from folders; one named by itself may have any.
const ENDINGS: [&str; 19] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv",
    "tsv", "warc", "wacz", "zip", "rss", "atom", "xml", "eml",
];
/// Endings of packed files; what stands before them decides, where something does.
const PACKED: [&str; 4] = ["gz", "zst", "bz2", "zstd"];
/// Endings of files that often hold something else; in a folder they are taken if they hold articles.
const DATA: [&str; 7] = ["json", "jsonl", "ndjson", "csv", "tsv", "xml", "zip"];

/// Says whether a file with this name is taken from a folder or an archive.
pub(super) fn is_taken(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let bare = PACKED.iter().find_map(|ending| without(&name, ending));
    let bare = bare.unwrap_or(&name);
    ENDINGS.iter().any(|ending| without(bare, ending).is_some())
}

/// Says whether a file with this name is likely to hold something else than articles.
pub(super) fn is_data(name: &str) -> bool {
    ends_with(name, &DATA)
}

fn without<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    name.strip_suffix(ending)?.strip_suffix('.')
}

/// Says whether `name`, without the endings of packing, has one of the endings.
fn ends_with(name: &str, endings: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    let bare = PACKED.iter().find_map(|ending| without(&name, ending));
    let bare = bare.unwrap_or(&name);
    endings.iter().any(|ending| without(bare, ending).is_some())
}

/// Tells how the bytes are packed.
pub(super) fn packing(head: &[u8]) -> Option<Packing> {
    match head {
        [0x1f, 0x8b, ..] => Some(Packing::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Packing::Zstd),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, ..] => Some(Packing::Bzip2),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Packing::Zip),
        _ => None,
    }
}

/// Tells what the unpacked bytes hold; what nothing is known of is text.
pub(super) fn detect(head: &[u8], name: &str) -> Format {
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Format::Warc;
    }
    let text = String::from_utf8_lossy(head.get(..HEAD).unwrap_or(head));
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let whole = head.len() < HEAD;
    match text.as_bytes().first() {
        Some(b'{') => json_object(text, whole, name),
        Some(b'[') if matches!(text[1..].trim_start().as_bytes().first(), Some(b'{' | b']')) => {
            Format::Json
        }
        Some(b'[') if ends_with(name, &["json"]) => Format::Json,
        Some(b'<') if is_feed(text) => Format::Feed,
        Some(b'<') if html::sniff(text) => Format::Html,
        _ if is_letter(text) => Format::Eml,
        _ if is_table(text, name) => Format::Csv,
        _ if ends_with(name, &["md", "markdown"]) => Format::Markdown,
        _ => Format::Text,
    }
}

/// One object a line, or objects over several lines.
fn json_object(text: &str, whole: bool, name: &str) -> Format {
    let (line, more) = match text.split_once('\n') {
        Some((line, rest)) => (line, !rest.trim().is_empty() || !whole),
        None => (text, false),
    };
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    let by_name = ends_with(name, &["jsonl", "ndjson"]);
    // A first line longer than what is seen here is no object laid out for people.
    let long = !text.contains('\n') && !whole;
    match () {
        () if by_name || more && is_json() || long && !ends_with(name, &["json"]) => Format::Jsonl,
        // `{curly} words` are text.
        () if text[1..].trim_start().starts_with(['"', '}']) => Format::Json,
        () => Format::Text,
    }
}

fn is_feed(text: &str) -> bool {
    let root = text
        .split('<')
        .skip(1)
        .find(|tag| !tag.starts_with(['?', '!']));
    let root = root.unwrap_or_default();
    let name = root
        .split(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .next();
    match name.unwrap_or_default() {
        "rss" | "feed" | "rdf:RDF" | "channel" => true,
        name => name.ends_with(":feed") || name.ends_with(":rss"),
    }
}

/// A letter starts with header fields, some of which only letters have.
fn is_letter(text: &str) -> bool {
    const OWN: [&str; 8] = [
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "delivered-to",
        "dkim-signature",
        "content-transfer-encoding",
        "list-unsubscribe",
    ];
    const COMMON: [&str; 5] = ["from", "to", "date", "subject", "content-type"];
    let (mut own, mut common) = (0, 0);
    for (at, line) in text.lines().take(200).enumerate() {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) || at == 0 && line.starts_with("From ") {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        let name = name.to_ascii_lowercase();
        own += usize::from(OWN.contains(&name.as_str()));
        common += usize::from(COMMON.contains(&name.as_str()));
    }
    own >= 1 && common >= 2
}

/// A table's head line has names of columns in which articles are kept.
fn is_table(text: &str, name: &str) -> bool {
    if ends_with(name, &["csv", "tsv"]) {
        return true;
    }
    let line = text.lines().next().unwrap_or_default();
    let Some(delimiter) = delimiter(line) else {
        return false;
    };
    let cells: Vec<&str> = line.split(char::from(delimiter)).collect();
    let bare = |cell: &&str| cell.trim().trim_matches('"').to_lowercase();
    let words = |cell: &&str| cell.split_whitespace().count() <= 3 && cell.len() < 40;
    const TEXTS: [&str; 7] = [
        "text",
        "content",
        "body",
        "article",
        "article_text",
        "maintext",
        "articlebody",
    ];
    const OTHERS: [&str; 12] = [
        "title",
        "headline",
        "url",
        "link",
        "date",
        "published",
        "outlet",
        "source",
        "publisher",
        "author",
        "authors",
        "id",
    ];
    let known = |names: &[&str]| {
        let cells = cells.iter().map(bare);
        cells.filter(|cell| names.contains(&cell.as_str())).count()
    };
    cells.len() >= 2 && cells.iter().all(words) && known(&TEXTS) > 0 && known(&OTHERS) > 0
}

/// Tells what parts the columns of a head line: what there is most of outside quotation marks.
pub(super) fn delimiter(line: &str) -> Option<u8> {
    let count = |delimiter: u8| {
        let (mut quoted, mut count) = (false, 0usize);
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            count += usize::from(byte == delimiter && !quoted);
        }
        count
    };
    let best = *b",;\t|"
        .iter()
        .rev()
        .max_by_key(|delimiter| count(**delimiter))?;
    (count(best) > 0).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        for (text, format) in [
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::Jsonl),
            ("{\"text\": \"a\"}\n", Format::Json),
            ("\u{feff}{\n  \"text\": \"a\"\n}\n", Format::Json),
            ("[\n {\"text\": 1}]", Format::Json),
            ("[Editor's note] The mayor said", Format::Text),
            ("{curly} words, he said", Format::Text),
            (
                "<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>",
                Format::Feed,
            ),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
            ("<?xml version='1.0'?><!DOCTYPE html><html>", Format::Html),
            ("WARC/1.0\r\nWARC-Type: warcinfo", Format::Warc),
            ("url,title,text\n1,2,3", Format::Csv),
            ("url\ttitle\ttext\n1\t2\t3", Format::Csv),
            (
                "Title, text and url of the story, he said.\nMore",
                Format::Text,
            ),
            (
                "From: a@b.example\nDate: x\nMIME-Version: 1.0\n\nText",
                Format::Eml,
            ),
            (
                "From: the port\nDate: Monday\nSubject: ships\n\nText",
                Format::Text,
            ),
            ("The harbour is closed.", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(detect(text.as_bytes(), "x"), format, "{text}");
        }
        assert_eq!(detect(b"# Title", "a.md"), Format::Markdown);
        assert_eq!(detect(b"{\"a\"\n{}", "a.jsonl.gz"), Format::Jsonl);
        let long = format!("{{\"text\": \"{}\"}}", "x".repeat(2 * HEAD));
        assert_eq!(detect(&long.as_bytes()[..HEAD], "x"), Format::Jsonl);
    }

    #[test]
    fn names_are_taken_by_their_endings() {
        for name in ["a.TXT", "a.html.gz", "a.jsonl.zst", "a.warc.gz", "b.wacz"] {
            assert!(is_taken(name), "{name}");
        }
        for name in ["a.png", "a.tar.gz", "gz", "txt", "a.bin.gz"] {
            assert!(!is_taken(name), "{name}");
        }
        assert!(is_data("a.csv.gz") && !is_data("a.html"));
    }

    #[test]
    fn every_format_has_a_name() {
        for (name, format) in Format::ALL {
            assert_eq!(name.parse(), Ok(format));
            assert_eq!(format.to_string(), name);
        }
        assert!("pdf".parse::<Format>().is_err());
    }
}
