//! What an article is about: the names and words under which its statements are to be read.
//!
//! "The number rose to 214" says little by itself; two articles on one town's wells mean the same
//! number. The context of an article is the same for all its mentions.

use std::collections::BTreeMap;

use crate::lexicon::Lexicon;

use super::{item, token};

/// Marks the context in a signature.
pub(crate) const MARK: &str = " & ";

/// Names of an article that its statements are read under.
const NAMES: usize = 6;

/// Words of its headline.
const WORDS: usize = 5;

/// Puts the context of an article behind the signatures of its mentions.
pub fn add<'a>(
    signatures: impl Iterator<Item = &'a mut String>,
    headline: Option<&str>,
    lexicon: &Lexicon,
) {
    let mut signatures: Vec<&mut String> = signatures.collect();
    let lines = signatures.iter().map(|line| line.as_str());
    let context = of(lines, headline, lexicon);
    if context.is_empty() {
        return;
    }
    for line in &mut signatures {
        line.push_str(MARK);
        line.push_str(&context);
    }
}

/// Returns the context as sorted features.
fn of<'a>(
    signatures: impl Iterator<Item = &'a str>,
    headline: Option<&str>,
    lexicon: &Lexicon,
) -> String {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for feature in signatures.flat_map(str::split_whitespace) {
        if let Some(name) = name(feature) {
            *names.entry(name.to_owned()).or_default() += 1;
        }
    }
    let headline = token::tokens(headline.unwrap_or_default());
    let mut words = Vec::new();
    for item in item::items(&headline, &[], lexicon) {
        match item.kind {
            item::Kind::Name(name, _) => *names.entry(name).or_default() += 2,
            item::Kind::Lemma(lemma) if !lemma.starts_with(|c: char| c.is_ascii_digit()) => {
                words.push((lexicon.vocabulary.weight(&lemma), lemma));
            }
            _ => {}
        }
    }
    let mut names: Vec<(usize, String)> = names.into_iter().map(|(name, n)| (n, name)).collect();
    names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    words.dedup();
    let names = names.into_iter().take(NAMES).map(|(_, name)| name);
    let words = words.into_iter().take(WORDS).map(|(_, word)| word);
    let mut context: Vec<String> = names.chain(words).collect();
    context.sort_unstable();
    context.dedup();
    context.join(" ")
}

fn name(feature: &str) -> Option<&str> {
    let feature = feature.trim_start_matches('?');
    (feature.starts_with('@') && !feature.contains('/')).then_some(feature)
}
