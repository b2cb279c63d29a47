//! What all fuzz targets do, and `tests/fuzz.rs` on a stable toolchain: read bytes as an article or
//! a container of articles, each within its limits.

use std::ops::ControlFlow;

use claimgraph::{
    article::{self, ReadOptions},
    document::{self, CleanOptions},
    lexicon::Lexicon,
};

/// Longest article.
const MAX_BYTES: u64 = 64 << 10;
/// So many records are read of one input.
const MAX_RECORDS: usize = 64;

/// Reads `bytes` in a format ("auto" where it is told by them) and returns how many articles there
/// are; whatever they are, what comes out keeps what the library promises.
pub(crate) fn read(format: &str, bytes: &[u8]) -> usize {
    let options = ReadOptions {
        max_bytes: MAX_BYTES,
        max_ratio: 20,
        format: format.parse().ok(),
        ..ReadOptions::default()
    };
    let (mut records, mut articles) = (0, 0);
    let mut input = bytes;
    article::records_of(&mut input, "fuzz", &options, &mut |record| {
        records += 1;
        match record.and_then(|record| {
            assert!(record.len() as u64 <= MAX_BYTES + 4096, "{}", record.len());
            assert!(!record.key().is_empty());
            record.read(&options)
        }) {
            Ok(article) => {
                articles += 1;
                check(&article.value);
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.kind().is_empty()),
        }
        match records < MAX_RECORDS {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
    articles
}

/// The text is there, the spans lie in it, and its blocks can be told apart.
fn check(article: &article::RawArticle) {
    let text = article.text_span.slice(&article.snapshot.text);
    assert!(text.is_some_and(|text| !text.trim().is_empty()));
    let document = document::clean(article, Lexicon::shipped(), &CleanOptions::default());
    let mut end = 0;
    for block in &document.value.blocks {
        assert!(block.span.start >= end && block.span.slice(&article.snapshot.text).is_some());
        end = block.span.end;
    }
}
