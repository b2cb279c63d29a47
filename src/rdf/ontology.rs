//! The queries, checks and JSON-LD context of `ontology/`, built into the binary.
