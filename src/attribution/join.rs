//! Joins what the rules and the network found in a paragraph into one list.
//!
//! The network is the better judge of where source and content begin and end; the rules know what a
//! construction means: stance, hearer, relays and who stands nearer to the claim.

use std::ops::Range;

use super::{
    Attribution, Line, boundary,
    model::{Find, Finds},
    negate,
};
use crate::{
    lexicon::{
        cue::{Form, Frames},
        function::Classes,
    },
    mention::{Denies, Stance},
    span::Span,
};

/// Constructions whose parts the rules know better: several attributions share their words.
const RULED: &[&str] = &["relay/", "headline/", "noun/"];

/// Constructions the network has learnt: where it sees none, a rule has erred.
const LEARNT: &[&str] = &["verb/", "passive/"];

/// Words that open an indirect question.
const QUESTIONS: &[&str] = &[
    "whether", "if", "when", "where", "why", "how", "who", "whom", "what", "which",
];

/// Joins what the rules found in the sentences of `lines` with the finds of the network.
pub(super) fn join(
    lines: &[Line<'_>],
    finds: &Finds,
    mut found: Vec<Attribution>,
) -> Vec<Attribution> {
    let mut news = Vec::new();
    for find in &finds.certain {
        let Some(line) = lines.iter().find(|line| line.index == find.sentence) else {
            continue;
        };
        let same = |other: &Attribution| {
            other.sentence == find.sentence
                && other.cue.is_some_and(|cue| cue.overlaps(find.anchor))
        };
        if !found.iter().any(same)
            && !is_relay(line, &found, find)
            && let Some(made) = made(line, find)
        {
            go_on(line, &made, find, &mut news);
            news.push(made);
        }
        for at in 0..found.len() {
            if same(&found[at]) {
                found[at].confidence = f64::from(find.confidence);
                if !shares_content(&found, at) {
                    adopt(line, &mut found[at], find, &finds.certain);
                    if found[at].learnt {
                        go_on(line, &found[at], find, &mut news);
                    }
                }
            }
        }
    }
    let kept: Vec<bool> = (0..found.len())
        .map(|at| !is_error(&found, at, finds))
        .collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
    found.extend(news);
    found
}

fn is_of(attribution: &Attribution, families: &[&str]) -> bool {
    families
        .iter()
        .any(|family| attribution.rule.starts_with(family))
}

/// Says whether the rules know the parts of an attribution better: those of a relay, and of whom it
/// shares its content with.
fn shares_content(found: &[Attribution], at: usize) -> bool {
    is_of(&found[at], RULED)
        || found.iter().any(|other| {
            other.rule.starts_with("relay/")
                && other.sentence == found[at].sentence
                && other.content == found[at].content
        })
}

/// "adding that Y had told Z": all that the network takes for content is who relayed what stands
/// before.
fn is_relay(line: &Line<'_>, found: &[Attribution], find: &Find) -> bool {
    let content = content(line, find);
    let relays = found
        .iter()
        .filter(|other| other.rule.starts_with("relay/"));
    let mut relays = relays.filter(|other| other.sentence == find.sentence);
    relays.any(|relay| {
        let parts = [relay.source, relay.cue, relay.addressee];
        let words = parts.into_iter().flatten().reduce(Span::cover);
        words.is_some_and(|words| content.iter().all(|part| words.contains(*part)))
    })
}

/// Says whether a rule took something for an attribution that the network knows and sees none in.
/// What stands inside another's content it was not taught to see.
fn is_error(found: &[Attribution], at: usize, finds: &Finds) -> bool {
    let attribution = &found[at];
    let Some(cue) = attribution.cue.filter(|_| is_of(attribution, LEARNT)) else {
        return false;
    };
    let possible = finds.possible.iter().any(|anchor| anchor.overlaps(cue));
    let nested = || {
        found.iter().enumerate().any(|(number, other)| {
            number != at && other.content.iter().any(|part| part.contains(cue))
        })
    };
    !possible && !nested()
}

/// "“…,” X said. “…”": every piece in another sentence is a statement of its own, with the same cue.
fn go_on(line: &Line<'_>, attribution: &Attribution, find: &Find, news: &mut Vec<Attribution>) {
    let elsewhere = find.content.iter().filter(|part| {
        let mut own = attribution.content.iter();
        !part.overlaps(line.sentence.span) && !own.any(|own| own.overlaps(**part))
    });
    news.extend(elsewhere.map(|part| Attribution {
        content: vec![*part],
        rule: "quotation/goes-on",
        ..attribution.clone()
    }));
}

/// Takes over the parts as the network found them, unless it reads the sentence quite differently.
fn adopt(line: &Line<'_>, attribution: &mut Attribution, find: &Find, all: &[Find]) {
    let overlaps = |parts: &[Span], span: Span| parts.iter().any(|part| part.overlaps(span));
    let shared = find
        .content
        .iter()
        .any(|part| overlaps(&attribution.content, *part));
    // "A told B that …, C said": what C said holds what A told.
    let nested = all.iter().any(|other| {
        other != find
            && overlaps(&attribution.content, other.anchor)
            && !overlaps(&find.content, other.anchor)
            && other
                .content
                .iter()
                .any(|part| overlaps(&find.content, *part))
    });
    if !shared || nested {
        return;
    }
    let mut content = content(line, find);
    if let (Some(hearer), Some(first)) = (attribution.addressee, content.first_mut())
        && first.start <= hearer.start
        && hearer.end < first.end
        && let Some(own) = attribution.content.first()
        && own.start >= hearer.end
    {
        first.start = own.start.min(first.end);
    }
    let source = cover(&find.source).or(attribution.source);
    content.retain(|part| !source.is_some_and(|source| source.overlaps(*part)));
    if content.is_empty() {
        return;
    }
    attribution.content = content;
    if let Some(cue) = cover(&find.cue) {
        attribution.cue = Some(cue);
    }
    attribution.source = source;
    attribution.learnt = true;
}

/// Makes the attribution that only the network found.
fn made(line: &Line<'_>, find: &Find) -> Option<Attribution> {
    if find.content.is_empty() {
        return None;
    }
    let cue = cover(&find.cue)?;
    let anchor = tokens(line, find.anchor)?.start;
    if is_no_cue(line, anchor, find) {
        return None;
    }
    let content = content(line, find);
    let mut topics = line.lexicon.cues.topics.iter();
    // "has not said when she will go": a question, no statement.
    let first = content.first().and_then(|first| tokens(line, *first));
    let asks = first.is_some_and(|first| QUESTIONS.contains(&line.word(first.start)));
    let states = !asks
        && !is_thing(line, anchor, find)
        && !topics.any(|word| word == line.word(anchor))
        && content
            .iter()
            .filter_map(|part| tokens(line, *part))
            .any(|part| boundary::has_verb(line, part.start, part.end));
    let rule = if states {
        "network/clause"
    } else {
        "network/object"
    };
    let made = Attribution::new(line, cue, None, content, f64::from(find.confidence), rule);
    let negated =
        tokens(line, cue).is_some_and(|mut cue| cue.any(|at| line.class(at, Classes::NEGATOR)));
    let (stance, denies) = stance(line, anchor);
    let (stance, denies) = negate(negated, stance, denies);
    Some(Attribution {
        source: cover(&find.source),
        addressee: hearer(line, anchor, find),
        stance,
        denies,
        learnt: true,
        ..made
    })
}

/// Says what the word a cue is named by makes of the content.
fn stance(line: &Line<'_>, anchor: usize) -> (Stance, Option<Denies>) {
    let cues = &line.lexicon.cues;
    let word = line.word(anchor);
    match (cues.verbs(word).first(), cues.noun(word)) {
        (Some(verb), _) => (verb.stance, verb.denies),
        (None, Some(noun)) => {
            let denies = (noun.stance == Stance::Disputes).then_some(Denies::Content);
            (noun.stance, denies)
        }
        (None, None) => (Stance::Reports, None),
    }
}

/// The pieces of the content in the cue's sentence, if there are any, without the "that" that opens a
/// clause. A quotation that goes on in a sentence of its own is a statement of its own.
fn content(line: &Line<'_>, find: &Find) -> Vec<Span> {
    let mut content = find.content.clone();
    let here = |part: &Span| part.overlaps(line.sentence.span);
    if content.iter().any(here) {
        content.retain(here);
    }
    let token = |part: &Span| (0..line.len()).find(|&at| line.span(at).start == part.start);
    if content.len() > 1 && token(&content[0]).is_some_and(|at| is_hearer(line, at)) {
        content.remove(0);
    }
    if let Some(first) = content.first_mut()
        && let Some(at) = token(first)
        && let Some(start) = opening(line, at, first.end)
    {
        first.start = line.span(start).start;
    }
    content
}

/// Returns where the statement starts that "that …" or "to the mayor on Sunday that …" opens.
fn opening(line: &Line<'_>, at: usize, end: usize) -> Option<usize> {
    let that = match line.word(at) {
        "that" => at,
        "to" if is_hearer(line, at) => (at + 2..line.len()).find(|&at| line.word(at) == "that")?,
        _ => return None,
    };
    let start = that + 1;
    (line.span(start).start < end && !line.class(start, Classes::AUXILIARY)).then_some(start)
}

/// Says whether "to" and whom something is told stand at `at`.
fn is_hearer(line: &Line<'_>, at: usize) -> bool {
    line.word(at) == "to"
        && (line.is_capitalised(at + 1)
            || line.class(at + 1, Classes::DETERMINER.or(Classes::PRONOUN)))
}

/// "told jokes": what a verb that takes a hearer is followed by is a thing, not a statement, where
/// nothing opens one.
fn is_thing(line: &Line<'_>, anchor: usize, find: &Find) -> bool {
    let verbs = line.lexicon.cues.verbs(line.word(anchor));
    let hearer = verbs
        .iter()
        .any(|verb| verb.frames.any(Frames::ADDRESSEE) && !verb.frames.any(Frames::CLAUSE));
    let next = line.span(anchor + 1);
    let bare = line.is_word(anchor + 1) && !matches!(line.word(anchor + 1), "that" | "how");
    hearer && bare && find.content.iter().any(|part| part.start == next.start)
}

/// Says whether the words that the network takes for a cue are none: a name ("Edward Said"), or "according
/// to" before what cannot speak ("paid according to age").
fn is_no_cue(line: &Line<'_>, anchor: usize, find: &Find) -> bool {
    let name = anchor > 0
        && line.is_capitalised(anchor)
        && !line.is_headline()
        && !line.is_punctuation(anchor - 1);
    let mut phrases = line.lexicon.cues.phrases.iter();
    let phrase = phrases.any(|words| line.matches(anchor, words));
    let source = || {
        let source = find.source.first().and_then(|source| tokens(line, *source));
        source.unwrap_or_default()
    };
    // "Mill said to be closing": who is spoken of is not who speaks.
    let spoken_of = line.word(anchor + 1) == "to"
        && line
            .lexicon
            .cues
            .verbs(line.word(anchor))
            .iter()
            .any(|verb| {
                let takes = Frames::TO.or(Frames::ADDRESSEE_TO).or(Frames::ADDRESSEE);
                matches!(verb.form, Form::Past | Form::Participle) && !verb.frames.any(takes)
            })
        && matches!(line.word(anchor + 2), "be" | "have");
    name || spoken_of || phrase && !boundary::can_speak(line, &source())
}

/// "told reporters": the phrase behind a verb that takes a hearer, outside the content.
fn hearer(line: &Line<'_>, anchor: usize, find: &Find) -> Option<Span> {
    let verbs = line.lexicon.cues.verbs(line.word(anchor));
    if !verbs.iter().any(|verb| verb.frames.any(Frames::ADDRESSEE)) {
        return None;
    }
    let tokens = boundary::noun_phrase_after(line, anchor + 1, line.body_end());
    let span = line.range(tokens.start, tokens.end);
    let taken = find.content.iter().chain(&find.source).chain(&find.cue);
    let mut taken = taken.filter(|part| part.overlaps(span));
    (!tokens.is_empty() && taken.next().is_none()).then_some(span)
}

/// Returns the tokens of the sentence that a span touches.
fn tokens(line: &Line<'_>, span: Span) -> Option<Range<usize>> {
    let from = (0..line.len()).find(|&at| line.span(at).end > span.start)?;
    let to = (0..line.len()).rfind(|&at| line.span(at).start < span.end)?;
    (from <= to).then_some(from..to + 1)
}

fn cover(spans: &[Span]) -> Option<Span> {
    spans.iter().copied().reduce(Span::cover)
}
