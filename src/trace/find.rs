//! From what the user typed to a claim; never to an unrelated one.

use super::Lookup;
use crate::{
    claim::{ClaimIndex, Match},
    id::{ClaimId, MentionId},
    lexicon::Lexicon,
    store::Graph,
};

/// Least score of a search result that is taken as what was meant.
pub const MATCHES: f64 = 0.5;
/// Claims whose score is at most this much below the best are shown as others that may be meant.
pub const NEARLY: f64 = 0.1;
/// How many claims are looked at.
const LIMIT: usize = 20;
/// Least digits of an id prefix.
const PREFIX: usize = 4;
/// A prefix with as many digits is taken for an id before it is taken for words or a number.
const SURE_PREFIX: usize = 8;

/// Finds the claim that an IRI, an id prefix or some words mean.
///
/// The IRI or id of a mention stands for its claim. An ambiguous prefix leads to
/// [`Lookup::Nearest`] with all claims it fits.
#[must_use]
pub fn find(graph: &Graph, query: &str, lexicon: &Lexicon) -> Lookup {
    let index = graph.claims();
    let query = query.trim();
    let named = by_name(index, query);
    if let Some(id) = named {
        return certain(id);
    }
    let prefixed = by_prefix(index, query);
    let sure = query.len() >= SURE_PREFIX || mixes_letters_and_digits(query);
    if sure && !prefixed.is_empty() {
        return by_id(prefixed);
    }
    match best(index.search(query, LIMIT, lexicon)) {
        Lookup::Nearest(_) if !prefixed.is_empty() => by_id(prefixed),
        lookup => lookup,
    }
}

/// Reads an IRI or a whole id of a claim or mention.
fn by_name(index: &ClaimIndex, query: &str) -> Option<ClaimId> {
    let claim = ClaimId::from_iri(query).unwrap_or_else(|| ClaimId::from_local(query));
    let mention = MentionId::from_iri(query).unwrap_or_else(|| MentionId::from_local(query));
    index
        .claim(&claim)
        .map(|claim| claim.id)
        .or_else(|| index.claim_of(&mention))
}

fn by_prefix(index: &ClaimIndex, query: &str) -> Vec<ClaimId> {
    let prefix = query.to_ascii_lowercase();
    if prefix.len() < PREFIX || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Vec::new();
    }
    index.ids_from(&prefix)
}

fn mixes_letters_and_digits(query: &str) -> bool {
    query.bytes().any(|byte| byte.is_ascii_digit())
        && query.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn certain(id: ClaimId) -> Lookup {
    Lookup::Claim {
        id,
        matched: 1.0,
        others: Vec::new(),
    }
}

fn by_id(ids: Vec<ClaimId>) -> Lookup {
    match <[ClaimId; 1]>::try_from(ids) {
        Ok([id]) => certain(id),
        Err(ids) => Lookup::Nearest(
            ids.into_iter()
                .map(|claim| Match { claim, score: 1.0 })
                .collect(),
        ),
    }
}

/// Takes the best of search results, if it is good enough.
fn best(mut matches: Vec<Match>) -> Lookup {
    matches.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.claim.cmp(&b.claim))
    });
    match matches.split_first() {
        Some((first, rest)) if first.score >= MATCHES => Lookup::Claim {
            id: first.claim.clone(),
            matched: first.score,
            others: rest
                .iter()
                .filter(|other| other.score >= (first.score - NEARLY).max(MATCHES))
                .cloned()
                .collect(),
        },
        _ => Lookup::Nearest(matches),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str, score: f64) -> Match {
        Match {
            claim: ClaimId::from_local(id),
            score,
        }
    }

    #[test]
    fn weak_matches_are_only_the_nearest() {
        let matches = vec![found("b", 0.2), found("a", 0.49)];
        let Lookup::Nearest(nearest) = best(matches) else {
            panic!("took a weak match");
        };
        assert_eq!(nearest[0].claim.as_str(), "a");
    }

    #[test]
    fn claims_that_fit_nearly_as_well_are_others() {
        let matches = vec![found("c", 0.6), found("b", 0.85), found("a", 0.9)];
        let Lookup::Claim { id, others, .. } = best(matches) else {
            panic!("took nothing");
        };
        assert_eq!(id.as_str(), "a");
        assert_eq!(others, [found("b", 0.85)]);
    }

    #[test]
    fn nothing_found_is_nearest_to_nothing() {
        assert_eq!(best(Vec::new()), Lookup::Nearest(Vec::new()));
    }

    #[test]
    fn an_ambiguous_prefix_lists_all() {
        let ids = vec![ClaimId::from_local("ab12"), ClaimId::from_local("ab34")];
        assert_eq!(
            by_id(ids),
            Lookup::Nearest(vec![found("ab12", 1.0), found("ab34", 1.0)])
        );
        assert_eq!(
            by_id(vec![ClaimId::from_local("ab12")]),
            certain(ClaimId::from_local("ab12"))
        );
    }

    #[test]
    fn a_number_is_words_before_it_is_an_id() {
        assert!(!mixes_letters_and_digits("175000"));
        assert!(mixes_letters_and_digits("1750ab"));
    }
}
