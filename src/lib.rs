//! claimgraph reads news articles, finds who says what, joins the mentions of one claim across
//! articles and traces each claim back to its sources.
//!
//! # Steps
//!
//! The modules stand in the order in which data flows.
//!
//! 1. [`article`]: files and folders become immutable [snapshots](article::Snapshot).
//! 2. [`document`]: the snapshot is divided into blocks (headline, body, caption, site furniture)
//!    and gives its own metadata.
//! 3. [`text`]: sentences, tokens and quotations.
//! 4. [`attribution`]: cue, source and content of everything somebody is said to have said.
//! 5. [`resolve`]: who the sources are, quantities, dates and events; attributions become
//!    [mentions](mention::Mention) with chains.
//! 6. [`claim`]: mentions of one proposition are joined across articles.
//! 7. [`rdf`]: all of it as RDF quads, and back.
//! 8. [`store`]: the quads on disk, checked and queried.
//! 9. [`reliance`]: who relies on whom for a claim, and what follows from it.
//! 10. [`trace`]: who repeats, disputes and sources a claim.
//! 11. [`export`]: DOT, GraphML, CSV, JSON-LD and tables.
//!
//! [`pipeline`] calls steps 2 to 5 in order for one article and is the place to start reading;
//! [`evaluate`] compares what step 4 finds with what people marked.

pub mod corpus;
pub mod diagnostic;
pub mod id;
pub mod lexicon;
pub mod mention;
pub mod sketch;
pub mod span;

pub mod article;
pub mod attribution;
pub mod claim;
pub mod document;
pub mod export;
pub mod rdf;
pub mod reliance;
pub mod resolve;
pub mod store;
pub mod text;
pub mod trace;

pub mod evaluate;
pub mod pipeline;

pub mod cli;
