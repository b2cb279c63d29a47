//! What a denial denies that only points back: "that is pure invention", "it never happened".
//!
//! The statement is looked for in the few sentences before; where none fits, the denial stays
//! unlinked. The span of a denial stays its own words, only its proposition is that of the denied.

use std::collections::BTreeSet;

use crate::{
    lexicon::Lexicon,
    mention::{Denies, Layer, Mention, Speech, Stance},
    resolve::{Assembly, gloss},
    span::Span,
};

/// So many sentences before a denial the denied can stand.
const REACH: usize = 4;

/// A denial with more words than that says itself what it denies.
const TELLING: usize = 2;

/// A longer sentence is no verdict, in bytes.
const LONGEST_VERDICT: usize = 60;

/// Links every denial that only points back to the statement that it denies, and passes the verdict
/// of the outlet on to the statement it judges.
pub(in crate::resolve) fn link(assembly: &Assembly<'_>, mentions: &mut [Mention]) {
    verdicts(assembly, mentions);
    for at in 0..mentions.len() {
        let mention = &mentions[at];
        if !mention.stance.disputes() {
            continue;
        }
        if !points_back(mention, assembly.lexicon) {
            let short = features(mention).count() <= TELLING;
            if let Some(found) = kin(mentions, at).filter(|_| short) {
                mentions[at].signature = mentions[found].signature.clone();
            }
            continue;
        }
        let Some(found) = antecedent(assembly, mentions, at) else {
            continue;
        };
        mentions[at].signature = mentions[found].signature.clone();
        // The outlet puts a statement between quotation marks and denies it next.
        let (stance, denies) = (mentions[at].stance, mentions[at].denies);
        let judged = &mut mentions[found];
        if stance == Stance::Refutes && judged.rule == "quotation/goes-on" {
            (judged.stance, judged.denies) = (stance, denies);
        }
    }
}

/// Says whether the words of a denial say too little of what they deny.
fn points_back(mention: &Mention, lexicon: &Lexicon) -> bool {
    let words = mention.content.text.as_str();
    if lexicon.denials.points_back(words) {
        return true;
    }
    if features(mention).next().is_none() {
        return true;
    }
    let what = lexicon.denials.find(words).map(|denial| {
        let what = denial.what.map_or("", |(start, end)| &words[start..end]);
        what.trim().is_empty()
            || lexicon.denials.points_back(what)
            || (denial.form.denies == Denies::Event && what.split_whitespace().count() <= 2)
    });
    what.unwrap_or_else(|| lexicon.denials.contempt(words).is_some())
}

/// Returns the words of a proposition, without names, figures, times and marks.
fn features(mention: &Mention) -> impl Iterator<Item = &str> {
    let marks = mention.signature.split_whitespace();
    marks.filter(|mark| mark.starts_with(char::is_alphabetic))
}

/// "There was no threat": returns the nearest statement of the article that says all that a denial
/// says in few words, and more; one before it rather than one behind.
fn kin(mentions: &[Mention], at: usize) -> Option<usize> {
    let denial: BTreeSet<&str> = features(&mentions[at]).collect();
    let says = |other: &usize| {
        let other = &mentions[*other];
        let words: BTreeSet<&str> = features(other).collect();
        !other.stance.disputes() && words.len() > denial.len() && words.is_superset(&denial)
    };
    let mut before = (0..at).rev().chain(at + 1..mentions.len());
    before.find(|other| !denial.is_empty() && says(other))
}

/// Returns the nearest statement before a denial that it can deny.
fn antecedent(assembly: &Assembly<'_>, mentions: &[Mention], at: usize) -> Option<usize> {
    let denial = &mentions[at];
    let sentences = &assembly.text.sentences;
    let place = |offset: usize| sentences.partition_point(|s| s.span.end <= offset);
    let here = place(denial.content.start);
    let source = |mention: &Mention| mention.last_link().map(|link| link.id.clone());
    let own = source(denial);
    let fits = |other: &Mention| {
        let headline = other.layer == Layer::Headline;
        let numbers = denial.denies != Some(Denies::Number)
            || !other.quantities.is_empty()
            || other.stance.disputes();
        let telling = other.signature.split_whitespace().count() > 1;
        // Who denies does not deny what he says himself, but what he denied before.
        let others =
            source(other) != own || other.stance.disputes() || other.rule == "quotation/goes-on";
        !headline && telling && numbers && others
    };
    let near = (0..at)
        .rev()
        .take_while(|&other| here.saturating_sub(place(mentions[other].content.start)) <= REACH);
    let mut before: Vec<usize> = near.filter(|&other| fits(&mentions[other])).collect();
    // A statement that is passed on is rather denied than what the outlet says itself.
    before.sort_by_key(|&other| mentions[other].stance == Stance::Asserts);
    before.first().copied()
}

/// "“The pier is sold.” False.": the outlet judges what it quoted.
fn verdicts(assembly: &Assembly<'_>, mentions: &mut [Mention]) {
    for pair in assembly.text.sentences.windows(2) {
        let [stated, verdict] = pair else { continue };
        let words = verdict.span.of(assembly.snapshot);
        if words.len() > LONGEST_VERDICT || !assembly.lexicon.denials.is_verdict(words) {
            continue;
        }
        let first = mentions.partition_point(|mention| mention.content.end <= stated.span.start);
        for mention in &mut mentions[first..] {
            if mention.content.start >= stated.span.end {
                break;
            }
            if !mention.stance.disputes() && mention.speech != Speech::None {
                mention.stance = Stance::Refutes;
                mention.denies = Some(Denies::Content);
            }
        }
    }
}

/// Says whether the article passes on a statement that shares the words of `stated`.
pub(in crate::resolve) fn is_claimed(assembly: &Assembly<'_>, stated: Span) -> bool {
    let wanted = words(assembly, stated);
    let attributions = assembly.attributions.iter();
    let mut contents = attributions.flat_map(|attribution| &attribution.content);
    let least = wanted.len().min(2);
    least > 0
        && contents.any(|content| {
            !content.overlaps(stated)
                && words(assembly, *content).intersection(&wanted).count() >= least
        })
}

/// The open words of a span, cut to their first letters so that inflected forms agree.
fn words(assembly: &Assembly<'_>, span: Span) -> BTreeSet<String> {
    let words = span.of(assembly.snapshot).split_whitespace();
    let words = words.map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.to_lowercase()
    });
    words
        .filter(|word| gloss::is_open(word, assembly.lexicon))
        .map(|word| word.chars().take(5).collect())
        .collect()
}
