//! Learning from judged statements which pairs are one claim and which are about one matter.
//!
//! The same data and seed give the same model.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Deserialize;

use super::{
    Decider,
    boost::{Boost, Row},
    candidates::Candidates,
    decision,
    feature::Features,
    pair::{self, NUMBERS},
    proposition::Proposition,
    signature::{context, signature},
};
use crate::{
    corpus::judged::{Judged, JudgedStory, Judgement},
    lexicon::Lexicon,
    resolve::{modality, quantity},
    span::Span,
};

/// Trees of each model.
const TREES: usize = 240;

/// Statements of other topics that each statement is held against.
const FAR: usize = 2;

/// Statements of other pairs of its topic that each statement is held against.
const NEAR: usize = 4;

/// A pair of statements, each with what its article is about, and what they are to each other.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Example {
    /// The signature of one.
    pub left: String,
    /// The signature of the other.
    pub right: String,
    /// What they are to each other.
    pub is: Judgement,
}

/// Makes examples of judged statements: what was judged, and what is seen to be different because
/// it stands in other stories.
#[must_use]
pub fn examples(judged: &Judged, lexicon: &Lexicon, seed: u64) -> Vec<Example> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut examples = Vec::new();
    let mut topics: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut statements: Vec<[String; 2]> = Vec::new();
    for (at, pair) in judged.pairs.iter().enumerate() {
        topics.entry(&pair.topic).or_default().push(at);
        let mut lines = [&pair.left, &pair.right].map(|text| plain(text, lexicon));
        let [left, right] = lines.clone();
        examples.push(Example {
            left,
            right,
            is: pair.is,
        });
        context::add(lines.iter_mut(), None, lexicon);
        let [left, right] = lines.clone();
        examples.push(Example {
            left,
            right,
            is: pair.is,
        });
        statements.push(lines);
    }
    for (at, pair) in judged.pairs.iter().enumerate() {
        let topic = &topics[pair.topic.as_str()];
        for n in 0..NEAR + FAR {
            let other = if n < NEAR {
                topic[random.usize(..topic.len())]
            } else {
                random.usize(..judged.pairs.len())
            };
            if other != at {
                examples.push(Example {
                    left: statements[at][0].clone(),
                    right: statements[other][random.usize(..2)].clone(),
                    is: Judgement::Different,
                });
            }
        }
    }
    let stories: Vec<Vec<String>> = (judged.stories.iter())
        .map(|story| story_signatures(story, lexicon))
        .collect();
    for (story, lines) in judged.stories.iter().zip(&stories) {
        for (at, left) in story.statements.iter().enumerate() {
            for (to, right) in story.statements.iter().enumerate().skip(at + 1) {
                examples.push(Example {
                    left: lines[at].clone(),
                    right: lines[to].clone(),
                    is: story_judgement(story, &left.claim, &right.claim),
                });
            }
            for _ in 0..FAR {
                let other = &stories[random.usize(..stories.len())];
                if !std::ptr::eq(other, lines) {
                    examples.push(Example {
                        left: lines[at].clone(),
                        right: other[random.usize(..other.len())].clone(),
                        is: Judgement::Different,
                    });
                }
            }
        }
    }
    examples
}

/// What two claims of a story are to each other.
fn story_judgement(story: &JudgedStory, left: &str, right: &str) -> Judgement {
    if left == right {
        return Judgement::Same;
    }
    let related = |from: &str, to: &str| {
        let mut relations = story.relations.iter();
        relations
            .find(|relation| relation.from == from && relation.to == to)
            .map(|relation| relation.is)
    };
    match (related(left, right), related(right, left)) {
        (Some(is), _) => is,
        (_, Some(Judgement::Entails)) => Judgement::EntailedBy,
        (_, Some(Judgement::EntailedBy)) => Judgement::Entails,
        (_, Some(is)) => is,
        (None, None) => Judgement::Different,
    }
}

/// The signatures of a story's statements, each under what its article is about.
fn story_signatures(story: &JudgedStory, lexicon: &Lexicon) -> Vec<String> {
    let mut lines: Vec<String> = (story.statements.iter())
        .map(|statement| plain(&statement.text, lexicon))
        .collect();
    for article in &story.articles {
        let own = (lines.iter_mut().zip(&story.statements))
            .filter(|(_, statement)| statement.article == article.id)
            .map(|(line, _)| line);
        context::add(own, Some(&article.headline), lexicon);
    }
    lines
}

/// Makes an example of two statements by themselves.
#[must_use]
pub fn example(left: &str, right: &str, is: Judgement, lexicon: &Lexicon) -> Example {
    Example {
        left: plain(left, lexicon),
        right: plain(right, lexicon),
        is,
    }
}

/// Returns the signature of a statement by itself.
#[must_use]
pub fn plain(text: &str, lexicon: &Lexicon) -> String {
    let whole = Span::new(0, text.len());
    let quantities = quantity::quantities(text, whole, lexicon);
    let modality = modality::read(text, &[whole], lexicon);
    signature(text, &quantities, modality, lexicon)
}

/// Learns from examples.
#[must_use]
pub fn learn(examples: &[Example], lexicon: &Lexicon, seed: u64, note: &str) -> Decider {
    let mut known = Features::default();
    let pairs: Vec<_> = (examples.iter())
        .map(|example| {
            let left = Proposition::read(&example.left, &mut known, lexicon);
            let right = Proposition::read(&example.right, &mut known, lexicon);
            let numbers = pair::numbers(&left, &right, &known);
            let asked = !decision::forbidden(&left.core, &right.core, &known);
            (numbers, example.is, asked)
        })
        .collect();
    // Each pair and its mirror image.
    let learn = |kind: Judgement, image: Judgement, only_asked: bool| {
        let rows: Vec<Row<NUMBERS>> = (pairs.iter())
            .filter(|(_, _, asked)| *asked || !only_asked)
            .flat_map(|(numbers, is, _)| {
                let row = |numbers, holds| Row { numbers, holds };
                [
                    row(*numbers, *is == kind),
                    row(pair::mirrored(numbers), *is == image),
                ]
            })
            .collect();
        Boost::learn(&rows, TREES, seed)
    };
    let both = |kind, only_asked| learn(kind, kind, only_asked);
    Decider {
        note: note.to_owned(),
        same: both(Judgement::Same, true),
        contradicts: both(Judgement::Contradicts, false),
        variant: both(Judgement::VariantOf, false),
        entails: learn(Judgement::Entails, Judgement::EntailedBy, false),
    }
}

/// Returns the pairs of statements that a model would be asked about, by their places: what is
/// worth labelling, as it comes in articles.
#[must_use]
pub fn proposed(signatures: &[String], lexicon: &Lexicon) -> Vec<[usize; 2]> {
    let mut known = Features::default();
    let propositions =
        Proposition::read_all(signatures.iter().map(String::as_str), &mut known, lexicon);
    let mut candidates = Candidates::default();
    candidates.add(0, &propositions, &known);
    let of_one = |(at, left): (usize, &Proposition)| {
        let found = candidates
            .of(left, &known)
            .into_iter()
            .map(|to| to as usize);
        let asked = found.filter(|to| {
            *to > at
                && signatures[at] != signatures[*to]
                && decision::is_asked(left, &propositions[*to], &known)
        });
        asked.map(|to| [at, to]).collect::<Vec<_>>()
    };
    (propositions.par_iter().enumerate())
        .flat_map_iter(of_one)
        .collect()
}

/// How well a model judges examples.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Judging {
    /// Pairs judged.
    pub n: usize,
    /// Pairs that are one claim.
    pub same: usize,
    /// Pairs that the model calls one claim.
    pub called: usize,
    /// Those of them that are.
    pub right: usize,
}

impl Judging {
    /// Share of the pairs called one claim that are.
    #[must_use]
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.called.max(1) as f64
    }

    /// Share of the pairs that are one claim which are called so.
    #[must_use]
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.same.max(1) as f64
    }
}

/// Judges examples by a model.
#[must_use]
pub fn judge(decider: &Decider, examples: &[Example], lexicon: &Lexicon) -> Judging {
    let one = |example: &Example| {
        let mut known = Features::default();
        let left = Proposition::read(&example.left, &mut known, lexicon);
        let right = Proposition::read(&example.right, &mut known, lexicon);
        let (is, called) = (
            example.is == Judgement::Same,
            decider.is_same(&left, &right, &known),
        );
        Judging {
            n: 1,
            same: usize::from(is),
            called: usize::from(called),
            right: usize::from(is && called),
        }
    };
    let add = |a: Judging, b: Judging| Judging {
        n: a.n + b.n,
        same: a.same + b.same,
        called: a.called + b.called,
        right: a.right + b.right,
    };
    examples.par_iter().map(one).reduce(Judging::default, add)
}
