//! How well the checked claim is found that a post repeats.

use std::{collections::BTreeMap, time::Duration};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    claim::{
        ClaimIndex, MentionFacts,
        retrieve::{Collection, Entry, Judged, Ranking},
        signature::context,
        train,
    },
    corpus::retrieval::{Post, Posts},
    export::table::page::{BOLD, DIM, PLAIN, Page},
    id::{AgentId, ArticleId, ClaimId, MentionId, SnapshotId},
    lexicon::Lexicon,
    mention::{Layer, Stance},
    span::Span,
};

/// Parts of the cross-validation where there is nothing else to learn from.
const FOLDS: usize = 10;
/// So many entries are looked at.
const DEEP: usize = 20;

/// How well checked claims are found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RetrievalEvaluation {
    /// Number of checked claims.
    pub claims: usize,
    /// Number of posts that were measured on.
    pub posts: usize,
    /// Number of posts that were learnt from; by cross-validation where it is 0.
    pub learnt_from: usize,
    /// Posts ranked in a second of one core.
    pub posts_per_second: f64,
    /// Each way to rank.
    pub methods: Vec<MethodRow>,
}

/// How well one way to rank does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MethodRow {
    /// Which: `claims TEXT` (what the command finds), `words` (BM25), `learnt here`.
    pub method: &'static str,
    /// Mean average precision of the first entry.
    pub map_1: f64,
    /// Of the first three.
    pub map_3: f64,
    /// Of the first five.
    pub map_5: f64,
    /// Share of what is right that stands among the first five.
    pub recall_5: f64,
    /// Among the first twenty.
    pub recall_20: f64,
}

/// Measures rankings of the posts of the development part, learnt from those of the training part.
#[must_use]
pub fn score(
    posts: &Posts,
    elapsed: impl Fn() -> Duration,
    lexicon: &Lexicon,
) -> RetrievalEvaluation {
    let entries: Vec<Entry> = (posts.claims.iter())
        .map(|[text, title]| Entry {
            text: text.clone(),
            title: title.clone(),
        })
        .collect();
    let collection = Collection::read(&entries, lexicon);
    let judged = |posts: &[Post]| -> Vec<Judged> {
        let judged = posts.par_iter().map(|post| Judged {
            candidates: collection.candidates(&post.text, lexicon),
            right: post.right.clone(),
        });
        judged.collect()
    };
    let train = judged(&posts.train);
    let (measured, learnt) = match (posts.train.as_slice(), posts.dev.as_slice()) {
        (train, []) => (train, 0),
        (train, dev) => (dev, train.len()),
    };
    let start = elapsed();
    let asked = judged(measured);
    let spent = elapsed().saturating_sub(start);
    let rankings: Vec<Ranking> = if learnt > 0 {
        vec![Ranking::learn(train.iter())]
    } else {
        let others = |fold: usize| {
            let others = asked
                .iter()
                .enumerate()
                .filter(move |(at, _)| at % FOLDS != fold);
            others.map(|(_, judged)| judged)
        };
        let folds = (0..FOLDS).into_par_iter();
        folds.map(|fold| Ranking::learn(others(fold))).collect()
    };
    let ranked = |at: usize| rankings[at % rankings.len()].rank(&asked[at].candidates);
    let search = Search::of(&posts.claims, lexicon);
    RetrievalEvaluation {
        claims: posts.claims.len(),
        posts: measured.len(),
        learnt_from: learnt,
        posts_per_second: measured.len() as f64 / spent.as_secs_f64().max(1e-9),
        methods: vec![
            row("claims TEXT", measured, |at| {
                search.find(&measured[at].text, lexicon)
            }),
            row("words", measured, |at| {
                collection.by_words(&measured[at].text, lexicon)
            }),
            row("learnt here", measured, ranked),
        ],
    }
}

/// The checked claims as statements of articles, each under its headline.
struct Search {
    index: ClaimIndex,
    places: BTreeMap<ClaimId, Vec<usize>>,
}

impl Search {
    fn of(claims: &[[String; 2]], lexicon: &Lexicon) -> Self {
        let facts: Vec<MentionFacts> = (claims.par_iter().enumerate())
            .map(|(at, [text, title])| {
                let mut signature = train::plain(text, lexicon);
                context::add([&mut signature].into_iter(), Some(title), lexicon);
                let snapshot = SnapshotId::of(&at.to_string());
                MentionFacts {
                    id: MentionId::new(&snapshot, Span::new(0, text.len())),
                    article: ArticleId::from_local(format!("claim-{at}")),
                    snapshot,
                    text: text.clone(),
                    signature,
                    layer: Layer::Body,
                    stance: Stance::Reports,
                    denies: None,
                    quantities: Vec::new(),
                    chain_length: 2,
                    ultimate_source: AgentId::named("somebody"),
                }
            })
            .collect();
        let ids: Vec<MentionId> = facts.iter().map(|facts| facts.id.clone()).collect();
        let mut index = ClaimIndex::default();
        index.join(facts, lexicon);
        let mut places: BTreeMap<ClaimId, Vec<usize>> = BTreeMap::new();
        for (at, id) in ids.iter().enumerate() {
            if let Some(claim) = index.claim_of(id) {
                places.entry(claim).or_default().push(at);
            }
        }
        Self { index, places }
    }

    fn find(&self, text: &str, lexicon: &Lexicon) -> Vec<usize> {
        let found = self.index.search(text, DEEP, lexicon);
        let places = found
            .iter()
            .filter_map(|found| self.places.get(&found.claim));
        places.flatten().copied().collect()
    }
}

fn row(
    method: &'static str,
    posts: &[Post],
    rank: impl Fn(usize) -> Vec<usize> + Sync,
) -> MethodRow {
    let one = |(at, post): (usize, &Post)| {
        let ranked = rank(at);
        let precision = |depth| average_precision(&ranked, &post.right, depth);
        let recall = |depth| {
            let first = &ranked[..ranked.len().min(depth)];
            let found = post.right.iter().filter(|right| first.contains(right));
            found.count() as f64 / post.right.len() as f64
        };
        [
            precision(1),
            precision(3),
            precision(5),
            recall(5),
            recall(DEEP),
        ]
    };
    // Summed in one order, whatever the threads.
    let rows: Vec<[f64; 5]> = posts.par_iter().enumerate().map(one).collect();
    let mean =
        |number: usize| rows.iter().map(|row| row[number]).sum::<f64>() / rows.len().max(1) as f64;
    MethodRow {
        method,
        map_1: mean(0),
        map_3: mean(1),
        map_5: mean(2),
        recall_5: mean(3),
        recall_20: mean(4),
    }
}

/// Mean precision at the places of what is right, as far as `depth`.
fn average_precision(ranked: &[usize], right: &[usize], depth: usize) -> f64 {
    let (mut found, mut sum) = (0.0, 0.0);
    for (place, entry) in (1..).zip(ranked.iter().take(depth)) {
        if right.contains(entry) {
            found += 1.0;
            sum += found / f64::from(place);
        }
    }
    sum / right.len().max(1) as f64
}

/// Renders an evaluation.
#[must_use]
pub fn render(evaluation: &RetrievalEvaluation, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.section("Checked claims that posts repeat", evaluation.posts);
    let head = ["", "MAP@1", "MAP@3", "MAP@5", "R@5", "R@20"];
    let [name, rest @ ..] = head;
    let head: String = rest.iter().map(|head| format!("{head:>8}")).collect();
    page.whole(2, BOLD, &format!("{name:14}{head}"));
    for row in &evaluation.methods {
        let numbers = [row.map_1, row.map_3, row.map_5, row.recall_5, row.recall_20];
        let numbers: String = numbers
            .iter()
            .map(|n| format!("{:>8.1}", 100.0 * n))
            .collect();
        page.whole(2, PLAIN, &format!("{:14}{numbers}", row.method));
    }
    let learnt = match evaluation.learnt_from {
        0 => format!("by cross-validation in {FOLDS} parts"),
        n => format!("learnt from {n} other posts"),
    };
    let note = format!(
        "{} checked claims; {learnt}; {:.0} posts a second of one core",
        evaluation.claims, evaluation.posts_per_second
    );
    page.flow(2, &[(DIM, &note)]);
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_averaged_as_far_as_the_depth() {
        assert!((average_precision(&[4, 7, 9], &[7], 5) - 0.5).abs() < 1e-9);
        assert!((average_precision(&[4, 7, 9], &[9, 4], 5) - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-9);
        assert!(average_precision(&[4, 7, 9], &[9], 2).abs() < 1e-9);
        assert!(average_precision(&[], &[1], 5).abs() < 1e-9);
    }

    #[test]
    fn without_a_training_part_posts_are_cross_validated() {
        let things = ["goats", "canal", "bakery", "comet", "tram", "quarry"];
        let post = |(at, thing): (usize, &&str)| Post {
            text: format!("just saw this: {thing} sold!"),
            right: vec![at],
        };
        let posts = Posts {
            claims: things
                .map(|thing| [format!("The {thing} of Ulm was sold."), String::new()])
                .into(),
            train: Vec::new(),
            dev: things.iter().enumerate().map(post).collect(),
        };
        let found = score(&posts, || Duration::ZERO, Lexicon::shipped());
        assert_eq!((found.posts, found.learnt_from), (6, 0));
        assert!(found.methods[2].map_1 > 0.9, "{found:?}");
        assert!(render(&found, 80, false).contains("cross-validation"));
    }
}
