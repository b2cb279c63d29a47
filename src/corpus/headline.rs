//! Headlines with what bodies make of them, as in the Fake News Challenge: two CSV files.
//!
//! A part can be held out, the same on every machine: see [`HeldOut`].

use std::{collections::BTreeMap, path::Path};

use csv::ReaderBuilder;
use serde::Deserialize;

use super::{CorpusError, rows};

/// A headline with what a body makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The headline.
    pub headline: String,
    /// Place of the body in [`Pairs::bodies`].
    pub body: usize,
    /// The word for what the body makes of it.
    pub stance: String,
}

/// Pairs with the bodies they speak of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs {
    /// Ids and texts.
    pub bodies: Vec<(String, String)>,
    /// In the order of the file.
    pub pairs: Vec<Pair>,
}

/// What is held out from learning and measured on, by FNV-1a hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldOut {
    /// All pairs of a tenth of the headlines; their bodies are known from other headlines.
    Headlines,
    /// All pairs of a tenth of the bodies; their headlines are known from other bodies.
    Bodies,
    /// The pairs of a third of the headlines with a third of the bodies; no other pair of these
    /// headlines or bodies is learnt from.
    Both,
}

#[derive(Deserialize)]
struct BodyRow {
    #[serde(rename = "Body ID")]
    id: String,
    #[serde(rename = "articleBody")]
    text: String,
}

#[derive(Deserialize)]
struct PairRow {
    #[serde(rename = "Headline")]
    headline: String,
    #[serde(rename = "Body ID")]
    body: String,
    #[serde(rename = "Stance")]
    stance: String,
}

impl Pairs {
    /// Says whether a pair is measured on.
    #[must_use]
    pub fn is_held_out(&self, pair: &Pair, what: HeldOut) -> bool {
        let (headline, body) = self.hashes(pair);
        match what {
            HeldOut::Headlines => headline.is_multiple_of(10),
            HeldOut::Bodies => body.is_multiple_of(10),
            HeldOut::Both => headline.is_multiple_of(3) && body.is_multiple_of(3),
        }
    }

    /// Says whether a pair is learnt from.
    #[must_use]
    pub fn is_learnt(&self, pair: &Pair, what: HeldOut) -> bool {
        let (headline, body) = self.hashes(pair);
        match what {
            HeldOut::Both => !headline.is_multiple_of(3) && !body.is_multiple_of(3),
            _ => !self.is_held_out(pair, what),
        }
    }

    fn hashes(&self, pair: &Pair) -> (u64, u64) {
        (fnv(&pair.headline), fnv(&self.bodies[pair.body].0))
    }
}

/// FNV-1a of the bytes of a text.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Reads `train_bodies.csv` and `train_stances.csv` or `train_stances.rebuilt.csv` of a folder.
///
/// # Errors
///
/// When a file cannot be read, or a pair speaks of no body.
pub fn read(folder: &Path) -> Result<Pairs, CorpusError> {
    let mut found = Pairs::default();
    let mut places = BTreeMap::new();
    for row in rows::<BodyRow>(&folder.join("train_bodies.csv"), &mut ReaderBuilder::new())? {
        places.insert(row.id.clone(), found.bodies.len());
        found.bodies.push((row.id, row.text));
    }
    let rebuilt = folder.join("train_stances.rebuilt.csv");
    let path = if rebuilt.exists() {
        rebuilt
    } else {
        folder.join("train_stances.csv")
    };
    for (at, row) in rows::<PairRow>(&path, &mut ReaderBuilder::new())?
        .into_iter()
        .enumerate()
    {
        let body = *places.get(&row.body).ok_or_else(|| CorpusError::Line {
            path: path.clone(),
            line: at + 2,
            reason: format!("no body has the id `{}`", row.body),
        })?;
        found.pairs.push(Pair {
            headline: row.headline,
            body,
            stance: row.stance,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const BODIES: &str = "Body ID,articleBody\n7,\"A whale swam, then\nleft.\"\n";

    #[test]
    fn pairs_are_read_with_their_bodies() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("train_bodies.csv", BODIES);
        write(
            "train_stances.csv",
            "Headline,Body ID,Stance\nWhale seen,7,agree\n",
        );
        let found = read(folder.path()).unwrap();
        assert_eq!(
            found.bodies[found.pairs[0].body].1,
            "A whale swam, then\nleft."
        );
        assert_eq!(found.pairs[0].stance, "agree");
        write(
            "train_stances.csv",
            "Headline,Body ID,Stance\nWhale seen,8,agree\n",
        );
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(error.ends_with("line 2: no body has the id `8`"), "{error}");
    }

    #[test]
    fn about_a_tenth_is_held_out_and_always_the_same() {
        let pair = |at: usize| Pair {
            headline: format!("headline {at}"),
            body: 0,
            stance: String::new(),
        };
        let pairs = Pairs {
            bodies: vec![("1".to_owned(), String::new())],
            pairs: Vec::new(),
        };
        let held = |at: &usize| pairs.is_held_out(&pair(*at), HeldOut::Headlines);
        let count = (0..2000).filter(held).count();
        assert!((150..250).contains(&count), "{count}");
    }
}
