//! All integration tests, one binary, so that the library is linked once.
//!
//! `common` holds the helpers; every other module is a topic. A test of `tidy` fails when a file
//! of this folder is not listed here.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

mod bad_input;
mod cli;
mod denials;
mod evaluate;
mod events;
mod fixtures;
mod formats;
mod fuzz;
mod kill;
mod links;
mod ontology;
mod page;
mod pages;
mod pictures;
mod queries;
mod readme;
mod reliance;
mod stories;
mod tidy;
