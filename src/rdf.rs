//! Step 7: the graph's vocabulary, and the way from analyses to quads and back.
//!
//! With [`crate::store`] the only module that knows Oxigraph.

pub mod describe;
pub mod expand;
pub mod iri;
pub mod ontology;
pub mod read;
pub mod vocab;
