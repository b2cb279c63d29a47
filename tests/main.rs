//! All integration tests, one binary.

mod kill;
mod ontology;
