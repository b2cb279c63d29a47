//! Whether two places of an article say the same: names, headlines, addresses.
//!
//! It compares words and knows no outlets.

use url::Url;

use super::same_words;
use crate::id::address;

/// Says whether two names have a longer word in common.
pub(super) fn share_a_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split_whitespace().filter(|word| word.len() > 3);
        words.map(str::to_lowercase).collect()
    };
    let other = words(other);
    words(one).iter().any(|word| other.contains(word))
}

/// The address of a whole site names no article.
pub(super) fn is_root(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.path().len() <= 1 && url.query().is_none())
}

/// What tells addresses apart, without the query.
pub(super) fn bare_address(url: &str) -> String {
    let address = address(url).to_ascii_lowercase();
    address.split('?').next().unwrap_or_default().to_owned()
}

/// Says whether two headlines tell the same: one holds the other, or they share most words.
pub(super) fn alike(one: &str, other: &str) -> bool {
    if same_words(one, other) {
        return true;
    }
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    least > 0 && one.intersection(&other).count() * 4 >= least * 3
}
