//! All integration tests, one binary.
mod ontology;
