//! All integration tests in one binary, so that Oxigraph is linked once.

mod bad_input;
mod cli;
mod common;
mod ontology;
mod readme;
mod tidy;
