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
    MentionFacts, index::Compared, label, proposition::Proposition, signature, similarity,
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
    figures: Vec<Figure>,
}

/// A figure a question asks for.
#[derive(Debug)]
struct Figure {
    value: f64,
    /// The propositions that give it, sorted.
    found: Vec<u32>,
}

impl Figure {
    fn of(value: f64) -> Self {
        Self {
            value,
            found: Vec::new(),
        }
    }
}

/// A feature a question asks for.
#[derive(Debug)]
struct Wanted {
    /// The feature, and other forms it may stand in.
    forms: Vec<String>,
    weight: f32,
    /// The propositions that speak of it, sorted.
    found: Vec<u32>,
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
        let known = || (wanted.forms.iter()).filter_map(|form| compared.features.find(form));
        wanted.found = known()
            .flat_map(|feature| compared.postings().feature(feature).into_owned())
            .collect();
        wanted.found.sort_unstable();
        wanted.found.dedup();
        asked.extend(known());
        add(&wanted.found, wanted.weight);
    }
    asked.sort_unstable();
    for figure in &mut question.figures {
        figure.found = compared.postings().figure(figure.value).into_owned();
        let bare = compared.features.find(&figure.value.to_string());
        let bare = bare.map(|feature| compared.postings().feature(feature));
        let mut found = figure.found.clone();
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
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            let candidate = Candidate {
                number,
                gist: compared.gist(at),
                covered: weight,
            };
            let told = told(&asked, &candidate, total, compared);
            let told = told * f64::from(polarity(&question, candidate.gist));
            let score = score(&question, &candidate, total).max(told);
            let score = (score * 1000.0).round() / 1000.0;
            (number, score)
        })
        .filter(|(_, score)| *score >= FLOOR)
        .collect()
}

/// What a search asks of a proposition: it reads few.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gist(u32);

impl Gist {
    const NEGATIVE: u32 = 1;
    const FIGURES: u32 = 2;
    const MARKS: u32 = Self::NEGATIVE | Self::FIGURES;

    pub(super) fn of(proposition: &Proposition) -> Self {
        let figures = proposition.core.amounts.len() + proposition.further.len();
        let whole = proposition.all_total + FIGURE * figures as f32;
        // The last digits of a weight mean nothing.
        let mut number = whole.to_bits() & !Self::MARKS;
        if proposition.core.negative {
            number |= Self::NEGATIVE;
        }
        if figures > 0 {
            number |= Self::FIGURES;
        }
        Self(number)
    }

    pub(super) fn to_number(self) -> u32 {
        self.0
    }

    pub(super) fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The weight of everything that the proposition says.
    fn whole(self) -> f32 {
        f32::from_bits(self.0 & !Self::MARKS)
    }

    fn is_negative(self) -> bool {
        self.0 & Self::NEGATIVE != 0
    }

    fn has_figures(self) -> bool {
        self.0 & Self::FIGURES != 0
    }
}

/// A proposition that has something of the question.
struct Candidate {
    number: u32,
    gist: Gist,
    /// The weight of what it has.
    covered: f32,
}

impl Candidate {
    fn is_in(&self, found: &[u32]) -> bool {
        found.binary_search(&self.number).is_ok()
    }
}

/// Scores a proposition by how much of it a text tells that says more; 0 where it tells too little.
fn told(asked: &[u32], candidate: &Candidate, total: f32, compared: &Compared) -> f64 {
    let (whole, covered) = (candidate.gist.whole(), candidate.covered);
    let share = covered / whole;
    if total <= whole || covered < ENOUGH || share < TOLD {
        return 0.0;
    }
    let proposition = &compared.propositions[candidate.number as usize];
    let names = (proposition.all.iter()).filter(|id| compared.features.get(**id).is_name());
    let missing = names.filter(|id| asked.binary_search(id).is_err()).count();
    let missing = i32::try_from(missing).unwrap_or(i32::MAX);
    let score = UNSURE * share.min(1.0).sqrt() * covered / (covered + CAUTION);
    f64::from(score) * NAME_MISSING.powi(missing)
}

fn polarity(question: &Question, gist: Gist) -> f32 {
    match (question.negative, gist.is_negative()) {
        (true, false) => 0.5,
        (false, true) => 0.9,
        _ => 1.0,
    }
}

fn score(question: &Question, candidate: &Candidate, total: f32) -> f64 {
    let Candidate { gist, covered, .. } = candidate;
    let other_figure = (question.figures.iter())
        .filter(|figure| gist.has_figures() && !candidate.is_in(&figure.found))
        .count();
    let covered = covered + FIGURE * OTHER_FIGURE * other_figure as f32;
    let coverage = (covered / total).min(1.0);
    let brevity = (covered / gist.whole().max(covered)).sqrt();
    // One word asks for what is said about it, not for the shortest that holds it.
    let single = question.wanted.len() + question.figures.len() == 1;
    let spread = if single { 0.1 } else { 0.3 };
    let missing = (question.wanted.iter())
        .filter(|wanted| wanted.forms[0].starts_with('@'))
        .filter(|wanted| !candidate.is_in(&wanted.found));
    let missing = i32::try_from(missing.count()).unwrap_or(i32::MAX);
    let fit = coverage * (1.0 - spread * (1.0 - brevity));
    f64::from(fit * polarity(question, *gist)) * NAME_MISSING.powi(missing)
}

/// How much a claim's standing takes off its score: of claims that fit about as well, the one
/// that more articles carry is meant, and a whole statement rather than a fragment.
pub(super) fn standing(mentions: &[&MentionFacts]) -> f64 {
    let articles: BTreeSet<&ArticleId> = mentions.iter().map(|facts| &facts.article).collect();
    let attributed = mentions.iter().any(|facts| facts.chain_length > 1);
    let label = label::label(mentions);
    let repeated = best_standing(articles.len());
    let voice = if attributed { 1.0 } else { 0.96 };
    let faults = u32::try_from(label::faults(&label).min(6)).unwrap_or(6);
    let whole = 1.0 - 0.04 * f64::from(faults);
    repeated * voice * whole
}

/// The best standing that a claim of so many mentions can have.
pub(super) fn best_standing(mentions: usize) -> f64 {
    1.0 - 0.1 / f64::from(u32::try_from(mentions).unwrap_or(u32::MAX).max(1))
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
        figures: quantities
            .iter()
            .map(|quantity| Figure::of(quantity.value))
            .collect(),
        ..Question::default()
    };
    for (at, feature) in line.split(' ').enumerate() {
        match feature.as_bytes().first() {
            Some(b'!') => question.negative |= at == 0,
            None | Some(b'|' | b'#' | b'~' | b'=') => {}
            Some(b'@') if feature.contains('/') => {}
            Some(b'%') => question.wanted.push(Wanted {
                forms: vec![feature.to_owned()],
                weight: TIME,
                found: Vec::new(),
            }),
            Some(_) => {
                if let Ok(value) = feature.parse::<f64>() {
                    question.figures.push(Figure::of(value));
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
                    weight,
                    found: Vec::new(),
                });
            }
        }
    }
    question.figures.sort_by(|a, b| a.value.total_cmp(&b.value));
    question.figures.dedup_by(|a, b| a.value == b.value);
    question
}
