//! Options of reading: what the input is, and how much of it.

use std::{path::PathBuf, str::FromStr};

use clap::Args;

use crate::article::{Format, Mapping};

/// Heading of these options.
const READING: &str = "Reading options";

/// How input is read.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Read the paths in this file too, one a line; `-` is the standard input
    #[arg(long, value_name = "FILE", help_heading = READING)]
    pub(crate) files_from: Option<PathBuf>,
    /// Take the input as auto (told by its content), text, html, markdown, jsonl, json, csv, warc,
    /// wacz, feed or eml; packed input is unpacked first
    #[arg(long, value_name = "FORMAT", default_value = "auto", help_heading = READING)]
    pub(crate) input_format: InputFormat,
    /// Find a field of records under this name (text, headline, outlet, url, published, authors,
    /// language, id or captured; dots lead into objects; can be repeated)
    #[arg(long, value_name = "FIELD=NAME", help_heading = READING)]
    pub(crate) map: Vec<Mapping>,
    /// Refuse articles larger than this many bytes (K, M and G are understood)
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = parse_size, help_heading = READING)]
    pub(crate) max_bytes: u64,
    /// Refuse packed input that grows more than so many times, beyond what one article may have
    #[arg(long, value_name = "N", default_value_t = 200, help_heading = READING)]
    pub(crate) max_ratio: u64,
    /// Refuse archives that lie inside each other deeper than this
    #[arg(long, value_name = "N", default_value_t = 4, help_heading = READING)]
    pub(crate) max_nesting: usize,
}

/// A format, or none where it is told by the content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InputFormat(pub(crate) Option<Format>);

impl FromStr for InputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self(None)),
            other => other.parse().map(|format| Self(Some(format))),
        }
    }
}

/// Reads a size such as `200000` or `64M`.
fn parse_size(text: &str) -> Result<u64, String> {
    let (digits, shift) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&text[..at], 10),
        Some((at, 'm' | 'M')) => (&text[..at], 20),
        Some((at, 'g' | 'G')) => (&text[..at], 30),
        _ => (text, 0),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|size| size.checked_mul(1 << shift))
        .ok_or_else(|| "expected a number of bytes such as 200000 or 64M".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_take_a_unit() {
        assert_eq!(parse_size("12"), Ok(12));
        assert_eq!(parse_size("3k"), Ok(3 << 10));
        assert_eq!(parse_size("64M"), Ok(64 << 20));
        assert!(parse_size("").is_err());
        assert!(parse_size("12 apples").is_err());
        assert!(parse_size("99999999999999999999G").is_err());
    }
}
