//! Identifiers: deterministic, derived from content, the same on every machine.
//!
//! An id is the local part of an IRI below [`BASE`]; `ontology/iri-patterns.md` lists the seeds.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::span::Span;

/// Every IRI of data starts with this.
pub const BASE: &str = "https://w3id.org/claimgraph/id/";

/// Every IRI of a named graph starts with this.
pub const GRAPH_BASE: &str = "https://w3id.org/claimgraph/graph/";

/// Returns the SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Hashes the parts of a seed to 16 hexadecimal digits; parts cannot run into each other.
#[must_use]
pub fn seed_hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize()[..8])
}

/// What tells addresses apart, in one form: without protocol, "www", fragment, the slash at the end
/// and the parts of a query by which visitors are counted.
#[must_use]
pub fn address(url: &str) -> String {
    const COUNTERS: [&str; 12] = [
        "utm_", "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "cmp", "cmpid", "ref",
        "smid", "igshid",
    ];
    let Ok(parsed) = url::Url::parse(url) else {
        return url.to_owned();
    };
    let host = parsed.host_str().unwrap_or_default();
    let host = ["www.", "m.", "amp.", "mobile."]
        .iter()
        .find_map(|start| host.strip_prefix(start))
        .unwrap_or(host);
    let counts = |name: &str| {
        COUNTERS
            .iter()
            .any(|counter| match counter.strip_suffix('_') {
                Some(_) => name.starts_with(counter),
                None => name == *counter,
            })
    };
    let mut query: Vec<(String, String)> = (parsed.query_pairs())
        .filter(|(name, _)| !counts(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    query.sort();
    let mut address = format!("{host}{}", parsed.path().trim_end_matches('/'));
    for (at, (name, value)) in query.iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(&format!("{name}={value}"));
    }
    address
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    (bytes.iter())
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Turns a name into the readable part of an IRI: ASCII letters and digits, joined by hyphens.
///
/// A name in which nothing can be transliterated gets a hash.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in deunicode::deunicode(name).chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !matches!(character, '\'' | '.') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        format!("x-{}", seed_hash(&[name]))
    } else {
        slug.to_owned()
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The first step of the IRI's path behind [`BASE`].
            pub const KIND: &'static str = $kind;

            /// Takes a local id as it stands in JSON.
            #[must_use]
            pub fn from_local(local: impl Into<String>) -> Self {
                Self(local.into())
            }

            /// Reads the id from its IRI; `None` when the IRI is of another kind.
            #[must_use]
            pub fn from_iri(iri: &str) -> Option<Self> {
                let local = iri.strip_prefix(BASE)?.strip_prefix($kind)?.strip_prefix('/')?;
                (!local.is_empty()).then(|| Self(local.to_owned()))
            }

            /// Returns the local id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the IRI.
            #[must_use]
            pub fn iri(&self) -> String {
                format!("{BASE}{}/{}", $kind, self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A snapshot: the SHA-256 of its bytes, 64 hexadecimal digits.
    SnapshotId = "snapshot";
    /// An article: by its URL, else by outlet, headline and date, else by its snapshot.
    ArticleId = "article";
    /// A speaker or outlet, by its name; an unnamed source by its snapshot and description.
    AgentId = "agent";
    /// A mention: snapshot (first 16 digits) and byte range of its content.
    MentionId = "mention";
    /// A claim: hash of the proposition of one of its mentions.
    ClaimId = "claim";
    /// An event: by kind, date and participants.
    EventId = "event";
    /// A document that is cited but not held: by who cites it and what it is.
    DocumentId = "document";
}

impl SnapshotId {
    /// Names the snapshot whose text is `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(sha256_hex(text.as_bytes()))
    }

    /// Returns the first 16 digits, enough to tell snapshots apart in IRIs of their parts.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..16).unwrap_or(&self.0)
    }
}

impl MentionId {
    /// Names the mention whose content covers `span`: same snapshot, same span, same id.
    #[must_use]
    pub fn new(snapshot: &SnapshotId, span: Span) -> Self {
        Self(format!("{}-{}-{}", snapshot.short(), span.start, span.end))
    }
}

impl AgentId {
    /// Names an agent that has a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(slug(name))
    }

    /// Names a source without a name; it stays inside its article until a person merges it.
    #[must_use]
    pub fn unnamed(snapshot: &SnapshotId, description: &str) -> Self {
        Self(format!(
            "unnamed-{}-{}",
            snapshot.short(),
            slug(description)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_shared() {
        let one = address("https://www.ledger.example/2023/idle/?utm_source=x&id=7#top");
        assert_eq!(one, "ledger.example/2023/idle?id=7");
        assert_eq!(one, address("http://m.ledger.example/2023/idle?id=7"));
        assert_ne!(one, address("https://ledger.example/2023/idle?id=8"));
        assert_eq!(address("no address"), "no address");
    }
}
