//! What a denial denies that only points back: "that is pure invention", "it never happened".
//!
//! The statement is looked for in the few sentences before; where none fits, the denial stays
//! unlinked. The span of a denial stays its own words, only its proposition is that of the denied.

use std::collections::BTreeSet;

use crate::{
    claim::signature::signature,
    id::AgentId,
    lexicon::Lexicon,
    mention::{Certainty, Denies, Layer, Mention, Modality, Polarity, Speech, Stance, Tense},
    resolve::{Assembly, gloss, modality},
    span::Span,
    text::Sentence,
};

/// So many sentences before a denial the denied can stand.
const REACH: usize = 4;

/// A denial with more words than that says itself what it denies.
const TELLING: usize = 2;

/// So many sentences before and behind a negation its matter is looked for.
const AROUND: usize = 200;

/// Words of one stem share so many letters.
const STEM: usize = 4;

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
        if let Some(signature) = asked(assembly, mention) {
            mentions[at].signature = signature;
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
    let light = || features(mention).count() <= TELLING + 1;
    what.unwrap_or_else(|| light() && lexicon.denials.contempt(words).is_some())
}

/// "Asked about talks, she said there had been none": returns the proposition of the talks.
fn asked(assembly: &Assembly<'_>, denial: &Mention) -> Option<String> {
    let denials = &assembly.lexicon.denials;
    let found = denials.find(&denial.content.text)?;
    let sentence = Span::new(denial.sentence.start, denial.content.start);
    let what = denials.answered(sentence.slice(assembly.snapshot)?)?;
    let plain = Modality {
        certainty: Certainty::Certain,
        polarity: Polarity::Positive,
        tense: Tense::NonFuture,
    };
    (found.form.asked).then(|| signature(what, &[], plain, assembly.lexicon))
}

/// Returns who is at the far end of a mention's chain.
fn source(mention: &Mention) -> Option<&AgentId> {
    mention.last_link().map(|link| &link.id)
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
    let own = source(&mentions[at]);
    let says = |other: &usize| {
        let other = &mentions[*other];
        let words: BTreeSet<&str> = features(other).collect();
        !other.stance.disputes()
            && other.modality.polarity == Polarity::Positive
            && source(other) != own
            && agree_in_figures(other, &mentions[at])
            && words.len() > denial.len()
            && words.is_superset(&denial)
    };
    let mut before = (0..at).rev().chain(at + 1..mentions.len());
    before.find(|other| !denial.is_empty() && says(other))
}

/// Says whether two mentions give the same figures: who denies an attack says nothing of the number
/// of soldiers that another gave for it.
fn agree_in_figures(one: &Mention, other: &Mention) -> bool {
    let gives = |mention: &Mention, value: f64| mention.quantities.iter().any(|q| q.value == value);
    let within = |a: &Mention, b: &Mention| a.quantities.iter().all(|q| gives(b, q.value));
    within(one, other) && within(other, one)
}

/// Returns the nearest statement before a denial that it can deny.
fn antecedent(assembly: &Assembly<'_>, mentions: &[Mention], at: usize) -> Option<usize> {
    let denial = &mentions[at];
    let sentences = &assembly.text.sentences;
    let place = |offset: usize| sentences.partition_point(|s| s.span.end <= offset);
    let here = place(denial.content.start);
    let own = source(denial);
    let named: BTreeSet<&str> = match denial.denies {
        Some(Denies::Event) => features(denial).collect(),
        _ => BTreeSet::new(),
    };
    let answers = (assembly.lexicon.denials)
        .find(&denial.content.text)
        .is_some_and(|found| found.form.asked);
    let fits = |other: &Mention| {
        let headline = other.layer == Layer::Headline;
        let numbers = denial.denies != Some(Denies::Number)
            || !other.quantities.is_empty()
            || other.denies == denial.denies;
        let telling = other.signature.split_whitespace().count() > 1;
        // Who denies does not deny what he says himself, but what he denied before, or what
        // another has him say.
        let others = match denial.denies {
            Some(Denies::Attribution) => {
                denial.chain.len() > 1
                    && (source(other) == own && other.chain.len() > 2
                        || other.denies == denial.denies)
            }
            _ => {
                source(other) != own || other.stance.disputes() || other.rule == "quotation/goes-on"
            }
        };
        let same = named.is_empty() || features(other).any(|word| named.contains(word));
        !answers && !headline && telling && numbers && others && same
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
        let attributed = (assembly.in_paragraph(verdict.block))
            .filter_map(|index| assembly.attributions[index].cue)
            .any(|cue| cue.overlaps(verdict.span));
        let Some(denies) = verdict_of(words, assembly.lexicon).filter(|_| !attributed) else {
            continue;
        };
        let first = mentions.partition_point(|mention| mention.content.end <= stated.span.start);
        for mention in &mut mentions[first..] {
            if mention.content.start >= stated.span.end {
                break;
            }
            if !mention.stance.disputes() && mention.speech != Speech::None {
                mention.stance = Stance::Refutes;
                mention.denies = Some(denies);
            }
        }
    }
}

/// "False.", "The meeting did not take place.": returns what a short sentence denies of the one
/// before.
fn verdict_of(sentence: &str, lexicon: &Lexicon) -> Option<Denies> {
    let denials = &lexicon.denials;
    if sentence.len() > LONGEST_VERDICT {
        return None;
    }
    if denials.is_verdict(sentence) {
        return Some(Denies::Content);
    }
    let found = denials.find(sentence).filter(|denial| denial.form.own)?;
    let (start, end) = found.what?;
    let back = denials.points_back(&sentence[start..end])
        || (found.form.denies == Denies::Event
            && sentence[start..end].split_whitespace().count() <= 2);
    back.then_some(found.form.denies)
}

/// Says whether another sentence speaks of a matter without a negation.
pub(in crate::resolve) fn is_raised(assembly: &Assembly<'_>, matter: Span) -> bool {
    let wanted = stems(assembly, matter);
    let least = (2 * wanted.len()).div_ceil(3).max(wanted.len().min(2));
    let raises = |sentence: &Sentence| {
        !sentence.span.overlaps(matter)
            && modality::read(assembly.snapshot, &[sentence.span], assembly.lexicon).polarity
                == Polarity::Positive
            && stems(assembly, sentence.span).intersection(&wanted).count() >= least
    };
    let sentences = &assembly.text.sentences;
    let here = sentences.partition_point(|sentence| sentence.span.end <= matter.start);
    let near = here.saturating_sub(AROUND)..sentences.len().min(here + AROUND);
    least > 0 && sentences[near].iter().any(raises)
}

/// The open words of a span that are no names, cut to their first letters so that inflected forms agree.
fn stems(assembly: &Assembly<'_>, span: Span) -> BTreeSet<String> {
    let words = span.of(assembly.snapshot).split_whitespace();
    words
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.starts_with(char::is_uppercase))
        .filter(|word| gloss::is_open(word, assembly.lexicon))
        .map(|word| word.chars().take(STEM).collect())
        .collect()
}
