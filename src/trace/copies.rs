//! Which articles carry one text.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::unionfind::UnionFind;

use crate::{
    id::{AgentId, ArticleId, seed_hash},
    mention::MentionRecord,
    reliance::Reprint,
};

/// Words in a shingle: runs of this length seldom agree by chance.
const SHINGLE: usize = 5;
/// Share of the shorter passage's shingles that makes two passages one text.
const CONTAINED: f64 = 0.6;
/// Shingles in more passages than this are common phrases and are not compared.
const COMMON: usize = 200;

/// Numbers the texts of the articles, and adds to the known reprints those that the passages around
/// the claim show: who credits the other's outlet copied, else the later one.
pub(super) fn texts(
    carrying: &[&MentionRecord],
    passages: &BTreeMap<ArticleId, String>,
    known: &BTreeSet<Reprint>,
) -> (BTreeMap<ArticleId, usize>, BTreeSet<Reprint>) {
    let days: BTreeMap<&ArticleId, Option<Date>> = (carrying.iter())
        .map(|record| (&record.article.id, record.article.published))
        .collect();
    let outlets: BTreeSet<AgentId> = (carrying.iter())
        .filter_map(|record| record.article.outlet_id.clone())
        .collect();
    // Those who credit another outlet that carries it for their text.
    let crediting: BTreeSet<&ArticleId> = (carrying.iter().map(|record| &record.article))
        .filter(|article| {
            let credit = article.credit.as_deref().map(AgentId::named);
            credit
                .is_some_and(|id| article.outlet_id.as_ref() != Some(&id) && outlets.contains(&id))
        })
        .map(|article| &article.id)
        .collect();
    let held: Vec<(&ArticleId, &str)> = (passages.iter())
        .filter(|(article, _)| days.contains_key(article))
        .map(|(article, passage)| (article, passage.as_str()))
        .collect();
    let place = |id: &ArticleId| held.binary_search_by_key(&id, |(article, _)| article).ok();
    let joined: Vec<(usize, usize)> = (known.iter())
        .filter_map(|reprint| Some((place(&reprint.copy)?, place(&reprint.original)?)))
        .collect();
    let texts: Vec<&str> = held.iter().map(|(_, passage)| *passage).collect();
    let numbers = group(&texts, &joined);
    let mut reprints = known.clone();
    let mut first: BTreeMap<usize, (Option<Date>, &ArticleId)> = BTreeMap::new();
    let credits = |article: &ArticleId| crediting.contains(article);
    for (number, (article, _)) in numbers.iter().zip(&held) {
        let day = days[*article];
        let key =
            |(day, article): (Option<Date>, _)| (day.is_none(), day, credits(article), article);
        let this = (day, *article);
        let held = first.entry(*number).or_insert(this);
        if key(this) < key(*held) {
            *held = this;
        }
    }
    for (number, (article, _)) in numbers.iter().zip(&held) {
        let (day, original) = first[number];
        let is_known = (known.iter()).any(|one| one.copy == **article || one.original == **article);
        if original != *article && !is_known {
            reprints.insert(Reprint {
                copy: (*article).clone(),
                original: original.clone(),
                directed: (credits(article) && !credits(original))
                    || (day.is_some() && days[*article].is_some_and(|own| Some(own) > day)),
            });
        }
    }
    let articles = held.into_iter().map(|(article, _)| article.clone());
    (articles.zip(numbers).collect(), reprints)
}

/// Numbers the passages: those that copy each other, or are `joined`, have one number.
///
/// Two passages are copies when at least three fifths of the word 5-shingles of the shorter one
/// occur in the other (Broder's containment, "On the resemblance and containment of documents",
/// 1997). An inverted index over the shingles keeps the cost near linear in the length of the text.
fn group(passages: &[&str], joined: &[(usize, usize)]) -> Vec<usize> {
    let shingles: Vec<BTreeSet<String>> = passages.iter().map(|text| shingles(text)).collect();
    let mut index: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, set) in shingles.iter().enumerate() {
        for shingle in set {
            index.entry(shingle).or_default().push(number);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut groups = UnionFind::<usize>::new(passages.len());
    let mut same: BTreeMap<&BTreeSet<String>, usize> = BTreeMap::new();
    for (number, set) in shingles.iter().enumerate() {
        groups.union(*same.entry(set).or_insert(number), number);
    }
    for &(first, second) in joined {
        groups.union(first, second);
    }
    for holders in index.values().filter(|holders| holders.len() <= COMMON) {
        for (place, &first) in holders.iter().enumerate() {
            for &second in &holders[place + 1..] {
                *shared.entry((first, second)).or_default() += 1;
            }
        }
    }
    for ((first, second), count) in shared {
        let shorter = shingles[first].len().min(shingles[second].len());
        if count as f64 >= CONTAINED * shorter as f64 {
            groups.union(first, second);
        }
    }
    groups.into_labeling()
}

/// Returns the hashed shingles of a text; a text shorter than a shingle is one shingle.
fn shingles(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.len() < SHINGLE {
        return BTreeSet::from([seed_hash(&words)]);
    }
    words.windows(SHINGLE).map(seed_hash).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    fn count_distinct(passages: &[&str], joined: &[(usize, usize)]) -> usize {
        let numbers = super::group(passages, joined);
        numbers.into_iter().collect::<BTreeSet<_>>().len()
    }

    const REPORT: &str = "The harbour master said on Tuesday that nine ferries would stop running \
        before the winter, and that the crews had been told by letter.";

    #[test]
    fn a_reprint_with_another_start_is_the_same_text() {
        let reprint = format!("From our partners. {REPORT}");
        assert_eq!(count_distinct(&[REPORT, &reprint], &[]), 1);
    }

    #[test]
    fn sharing_one_quotation_does_not_make_one_text() {
        let other = "Asked about the timetable, the mayor replied in the council chamber that nine \
            ferries would stop running, which she called a scandal for the islands.";
        assert_eq!(count_distinct(&[REPORT, other], &[]), 2);
    }

    #[test]
    fn texts_known_as_reprints_are_joined_whatever_the_passages() {
        assert_eq!(count_distinct(&["One.", "Two.", "Three."], &[(0, 2)]), 2);
    }

    #[test]
    fn very_short_passages_are_compared_whole() {
        assert_eq!(
            count_distinct(&["No threat.", "no threat", "A threat", ""], &[]),
            3
        );
        assert_eq!(count_distinct(&[], &[]), 0);
    }
}
