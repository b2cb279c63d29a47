//! Calls into parts of the library that are still being built; each becomes a plain call.
//!
//! Nothing here decides anything.

use std::io::Write;

use crate::{article::RawArticle, diagnostic::Warned, rdf::read::MentionRecord};

/// What `article::read` gives back, with or without remarks.
pub(crate) trait IntoWarned {
    /// Returns the article with its remarks.
    fn into_warned(self) -> Warned<RawArticle>;
}

impl IntoWarned for RawArticle {
    fn into_warned(self) -> Warned<RawArticle> {
        Warned::clean(self)
    }
}

impl IntoWarned for Warned<RawArticle> {
    fn into_warned(self) -> Warned<RawArticle> {
        self
    }
}

/// Writes mentions as CSV.
pub(crate) fn mentions_csv(records: &[MentionRecord], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["id"])?;
    for record in records {
        csv.write_record([record.mention.id.as_str()])?;
    }
    Ok(csv.flush()?)
}

/// Prefixes for output.
pub(crate) const PREFIXES: [(&str, &str); 4] = [
    ("cg", "https://w3id.org/claimgraph/ns#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("schema", "https://schema.org/"),
    ("id", crate::id::BASE),
];
