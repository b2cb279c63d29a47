//! The fuzz targets on a stable toolchain: the seeds of `fuzz/seeds`, and for a bounded time what
//! comes of them when bytes are changed, cut, doubled and mixed.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::common::root;

#[path = "../fuzz/entry.rs"]
mod entry;

const FORMATS: [&str; 11] = [
    "auto", "text", "html", "markdown", "jsonl", "json", "csv", "warc", "wacz", "feed", "eml",
];

/// What breaks readers.
const PIECES: [&[u8]; 22] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\"",
    b"{",
    b"[",
    b"]}",
    b"<",
    b"<div>",
    b"</p>",
    b"<![CDATA[",
    b"\r\n\r\n",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
    b"Content-Length: -1\r\n",
    b"&#x110000;",
    "\u{202e}".as_bytes(),
    b"\xed\xa0\x80",
    b"18446744073709551615",
];

/// How long to go on; `.ci/run` asks for more.
fn patience() -> Duration {
    let seconds = std::env::var("CLAIMGRAPH_FUZZ_SECONDS").ok();
    Duration::from_secs(
        seconds
            .and_then(|seconds| seconds.parse().ok())
            .unwrap_or(5),
    )
}

fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<_> = fs::read_dir(root().join("fuzz/seeds"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    seeds.sort();
    assert!(seeds.len() > 12);
    seeds
}

#[test]
fn every_seed_holds_an_article_and_is_no_harm_in_another_format() {
    for (name, bytes) in seeds() {
        assert!(entry::read("auto", &bytes) > 0, "{name}");
        for format in FORMATS {
            entry::read(format, &bytes);
        }
    }
}

#[test]
fn changed_seeds_are_read_without_harm() {
    let seeds = seeds();
    let mut random = fastrand::Rng::with_seed(7);
    let started = Instant::now();
    while started.elapsed() < patience() {
        let mut bytes = seeds[random.usize(..seeds.len())].1.clone();
        for _ in 0..random.usize(1..6) {
            change(&mut bytes, &seeds, &mut random);
        }
        let format = match random.bool() {
            true => "auto",
            false => FORMATS[random.usize(..FORMATS.len())],
        };
        let one = Instant::now();
        let read = std::panic::catch_unwind(|| entry::read(format, &bytes));
        let slow = one.elapsed() > Duration::from_secs(20);
        if read.is_err() || slow {
            let path = std::env::temp_dir().join("claimgraph-fuzz-input");
            fs::write(&path, &bytes).unwrap();
            panic!("as {format}, slow: {slow}: {}", path.display());
        }
    }
}

/// Changes the bytes in one way.
fn change(bytes: &mut Vec<u8>, seeds: &[(String, Vec<u8>)], random: &mut fastrand::Rng) {
    let at = random.usize(..=bytes.len());
    let end = random.usize(at..=bytes.len());
    match random.u8(..8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
        1 if at < bytes.len() => bytes[at] = random.u8(..),
        2 => drop(bytes.drain(at..end)),
        3 => bytes.truncate(at),
        4 => {
            let piece = PIECES[random.usize(..PIECES.len())];
            let piece = piece.repeat(random.usize(1..4).pow(random.u32(1..7)));
            bytes.splice(at..at, piece);
        }
        5 if bytes.len() < 1 << 17 => {
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        6 => {
            let other = &seeds[random.usize(..seeds.len())].1;
            let from = random.usize(..=other.len());
            bytes.splice(at..end, other[from..].iter().copied());
        }
        _ => bytes.rotate_left(at),
    }
}
