//! Claims by words: how well a proposition covers what was asked.
//!
//! The score is the share of the question's weight that a proposition covers, less a little for
//! everything else it says. A text that says more than a proposition (a post, a pasted paragraph)
//! asks for what it tells: there the share of the proposition counts that the text covers.

use std::collections::BTreeSet;

use crate::{
    id::ArticleId,
    lexicon::Lexicon,
    mention::{Certainty, Modality, Polarity, Tense},
    resolve::quantity,
    span::Span,
};

use super::{
    MentionFacts, feature::Features, index::Compared, label, proposition::Proposition, signature,
    similarity,
};

/// A proposition that fits worse than this is not found.
pub const FLOOR: f64 = 0.3;

/// A proposition that fits at least this well answers the question.
pub const GOOD: f64 = 0.5;

/// A figure in a question tells more than any word.
const FIGURE: f32 = 14.0;

/// A year or month in a question tells about as much as a common word.
const TIME: f32 = 5.0;

/// Part of a figure's weight that another figure of the same thing is worth.
const OTHER_FIGURE: f32 = 0.1;

/// What is left of the score for each name of the question that a proposition lacks.
const NAME_MISSING: f64 = 0.7;

/// Share of a proposition that a longer text must tell.
const TOLD: f32 = 0.4;

/// The same as weight: three or four words that mean something.
const ENOUGH: f32 = 20.0;

/// How far a text that tells little of anything is held back.
const CAUTION: f32 = 10.0;

/// A question that is put shortly is sure of what it asks for; a longer text is not.
const UNSURE: f32 = 0.9;

/// What a question asks for.
#[derive(Debug, Default)]
struct Question {
    negative: bool,
    wanted: Vec<Wanted>,
    figures: Vec<f64>,
}

/// A feature a question asks for.
#[derive(Debug)]
struct Wanted {
    /// The feature, and other forms it may stand in.
    forms: Vec<String>,
    /// The numbers of those forms that the index knows.
    known: Vec<u32>,
    weight: f32,
}

impl Wanted {
    fn found_in(&self, proposition: &Proposition) -> bool {
        self.known
            .iter()
            .any(|feature| proposition.all.binary_search(feature).is_ok())
    }
}

/// Scores the propositions that fit the words, in the order of their numbers.
pub(super) fn propositions(text: &str, compared: &Compared, lexicon: &Lexicon) -> Vec<(u32, f64)> {
    let mut question = read(text, lexicon);
    let total: f32 = question
        .wanted
        .iter()
        .map(|wanted| wanted.weight)
        .sum::<f32>()
        + FIGURE * question.figures.len() as f32;
    if total <= 0.0 {
        return Vec::new();
    }
    let mut asked = Vec::new();
    let mut covered = vec![0.0_f32; compared.propositions.len()];
    let mut add = |found: &[u32], weight: f32| {
        for at in found {
            if let Some(covered) = covered.get_mut(*at as usize) {
                *covered += weight;
            }
        }
    };
    for wanted in &mut question.wanted {
        wanted.known = (wanted.forms.iter())
            .filter_map(|form| compared.features.find(form))
            .collect();
        let mut found: Vec<u32> = (wanted.known.iter())
            .flat_map(|feature| compared.postings().feature(*feature).into_owned())
            .collect();
        found.sort_unstable();
        found.dedup();
        add(&found, wanted.weight);
        asked.extend(&wanted.known);
    }
    asked.sort_unstable();
    for value in &question.figures {
        let bare = compared.features.find(&value.to_string());
        let bare = bare.map(|feature| compared.postings().feature(feature));
        let mut found = compared.postings().figure(*value).into_owned();
        found.extend(bare.iter().flat_map(|bare| bare.iter()));
        found.sort_unstable();
        found.dedup();
        add(&found, FIGURE);
    }
    // No score is higher than the share that is covered, unless a longer text tells enough.
    let figures = FIGURE * OTHER_FIGURE * question.figures.len() as f32;
    let least = (FLOOR as f32 * 0.99 * total - figures).min(ENOUGH);
    (covered.into_iter().enumerate())
        .filter(|(_, weight)| *weight > 0.0 && *weight >= least)
        .map(|(at, weight)| {
            let proposition = &compared.propositions[at];
            let told = told(&asked, proposition, weight, total, &compared.features);
            let told = told * f64::from(polarity(&question, proposition));
            let score = score(&question, proposition, weight, total).max(told);
            let score = (score * 1000.0).round() / 1000.0;
            (u32::try_from(at).unwrap_or(u32::MAX), score)
        })
        .filter(|(_, score)| *score >= FLOOR)
        .collect()
}

/// Scores a proposition by how much of it a text tells that says more; 0 where it tells too little.
fn told(
    asked: &[u32],
    proposition: &Proposition,
    covered: f32,
    total: f32,
    features: &Features,
) -> f64 {
    let whole = whole(proposition);
    let share = covered / whole;
    if total <= whole || covered < ENOUGH || share < TOLD {
        return 0.0;
    }
    let names = proposition
        .all
        .iter()
        .filter(|id| features.get(**id).is_name());
    let missing = names.filter(|id| asked.binary_search(id).is_err()).count();
    let missing = i32::try_from(missing).unwrap_or(i32::MAX);
    let score = UNSURE * share.min(1.0).sqrt() * covered / (covered + CAUTION);
    f64::from(score) * NAME_MISSING.powi(missing)
}

fn polarity(question: &Question, proposition: &Proposition) -> f32 {
    match (question.negative, proposition.core.negative) {
        (true, false) => 0.5,
        (false, true) => 0.9,
        _ => 1.0,
    }
}

/// The weight of everything that a proposition says.
fn whole(proposition: &Proposition) -> f32 {
    let figures = proposition.core.amounts.len() + proposition.further.len();
    proposition.all_total + FIGURE * figures as f32
}

fn score(question: &Question, proposition: &Proposition, covered: f32, total: f32) -> f64 {
    let amounts = || proposition.core.amounts.iter().chain(&proposition.further);
    let other_figure = (question.figures.iter())
        .filter(|value| amounts().count() > 0 && !amounts().any(|amount| amount.value == **value))
        .count();
    let covered = covered + FIGURE * OTHER_FIGURE * other_figure as f32;
    let coverage = (covered / total).min(1.0);
    let brevity = (covered / whole(proposition).max(covered)).sqrt();
    // One word asks for what is said about it, not for the shortest that holds it.
    let single = question.wanted.len() + question.figures.len() == 1;
    let spread = if single { 0.1 } else { 0.3 };
    let missing = (question.wanted.iter())
        .filter(|wanted| wanted.forms[0].starts_with('@'))
        .filter(|wanted| !wanted.found_in(proposition));
    let missing = i32::try_from(missing.count()).unwrap_or(i32::MAX);
    let fit = coverage * (1.0 - spread * (1.0 - brevity));
    f64::from(fit * polarity(question, proposition)) * NAME_MISSING.powi(missing)
}

/// How much a claim's standing takes off its score: of claims that fit about as well, the one
/// that more articles carry is meant, and a whole statement rather than a fragment.
pub(super) fn standing(mentions: &[&MentionFacts]) -> f64 {
    let articles: BTreeSet<&ArticleId> = mentions.iter().map(|facts| &facts.article).collect();
    let attributed = mentions.iter().any(|facts| facts.chain_length > 1);
    let label = label::label(mentions);
    let repeated = 1.0 - 0.1 / f64::from(u32::try_from(articles.len()).unwrap_or(u32::MAX).max(1));
    let voice = if attributed { 1.0 } else { 0.96 };
    let faults = u32::try_from(label::faults(&label).min(6)).unwrap_or(6);
    let whole = 1.0 - 0.04 * f64::from(faults);
    repeated * voice * whole
}

/// Reads a question; names need not be capitalised in it.
fn read(text: &str, lexicon: &Lexicon) -> Question {
    const PLAIN: Modality = Modality {
        certainty: Certainty::Certain,
        polarity: Polarity::Positive,
        tense: Tense::NonFuture,
    };
    let text: Vec<String> = (text.split_whitespace())
        .map(|word| match lexicon.concepts.longest(&[word]) {
            Some(_) => {
                let mut characters = word.chars();
                let first = characters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(characters).collect()
            }
            None => word.to_owned(),
        })
        .collect();
    let text = text.join(" ");
    let quantities = quantity::quantities(&text, Span::new(0, text.len()), lexicon);
    let line = signature::signature(&text, &quantities, PLAIN, lexicon);
    let mut question = Question {
        figures: quantities.iter().map(|quantity| quantity.value).collect(),
        ..Question::default()
    };
    for (at, feature) in line.split(' ').enumerate() {
        match feature.as_bytes().first() {
            Some(b'!') => question.negative |= at == 0,
            None | Some(b'|' | b'#' | b'~' | b'=') => {}
            Some(b'@') if feature.contains('/') => {}
            Some(b'%') => question.wanted.push(Wanted {
                forms: vec![feature.to_owned()],
                known: Vec::new(),
                weight: TIME,
            }),
            Some(_) => {
                if let Ok(value) = feature.parse::<f64>() {
                    question.figures.push(value);
                    continue;
                }
                let weight = similarity::weight(feature, lexicon);
                let base = feature.trim_start_matches('?');
                let mut forms = vec![base.to_owned(), format!("?{base}")];
                if lexicon.vocabulary.is_prospect(base) {
                    // "Plans to attack" and "may attack" answer each other.
                    forms.extend(lexicon.vocabulary.prospects().map(str::to_owned));
                    forms.extend(["~future".to_owned(), "~possible".to_owned()]);
                    forms[2..].sort_unstable();
                }
                if !base.starts_with('@') {
                    forms.extend([format!("@{base}"), format!("?@{base}")]);
                }
                question.wanted.push(Wanted {
                    forms,
                    known: Vec::new(),
                    weight,
                });
            }
        }
    }
    question.figures.sort_by(f64::total_cmp);
    question.figures.dedup();
    question
}
