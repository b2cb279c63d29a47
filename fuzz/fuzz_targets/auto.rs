//! Reads whatever the bytes are taken for.
#![no_main]

#[path = "../entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    entry::read("auto", bytes);
});
