//! The terms of `ontology/` as constants.
