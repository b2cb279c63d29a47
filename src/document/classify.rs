//! Tells for every line whether it is headline, running text, caption, byline or site furniture.
//!
//! When in doubt a line is running text: a lost paragraph is worse than a teaser read.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    BlockKind,
    aside::is_bar,
    lines::{Line, Script},
};
use crate::{
    article::date,
    lexicon::{
        Lexicon,
        furniture::{Drops, Ends, Hit, LineKind, Place, fold},
    },
    span::Span,
};

/// A line with what it is and why.
#[derive(Debug, Clone)]
pub(super) struct Classified<'l> {
    pub(super) line: Line,
    pub(super) kind: BlockKind,
    /// The pattern it matches.
    pub(super) hit: Option<Hit<'l>>,
    /// The outlet and width stamp that some sites put behind picture texts.
    pub(super) stamp: Option<Stamp>,
    /// Whether it is the name that follows a "Source" label.
    pub(super) labelled: bool,
    /// Whether it is a person's name in the place of a byline.
    pub(super) name: bool,
}

/// "… - Example News, 1920, 03.05.2020".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) outlet: Span,
    pub(super) date: Option<Span>,
}

/// Where the running text lies among the lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The first paragraph.
    pub(super) first: usize,
    /// The last paragraph.
    pub(super) last: usize,
    /// Number of the headline's line.
    pub(super) headline: Option<usize>,
}

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)[-–—] (?P<outlet>[^,–—@(]{2,40}), [0-9]{3,4}(?:, (?P<date>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}))?$")
        .expect("compiled by a test")
});

fn stamp(text: &str, line: &Line) -> Option<Stamp> {
    let mut tail = line.span.end.saturating_sub(120).max(line.span.start);
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    let captures = STAMP.captures(&text[tail..line.span.end])?;
    let span = |name: &str| {
        captures
            .name(name)
            .map(|m| Span::new(tail + m.start(), tail + m.end()))
    };
    let (outlet, date) = (span("outlet")?, span("date"));
    // Without a day only a line of its own is a stamp: "— Jane Doe, 2017" is none.
    let alone = outlet.start < line.span.start + 5;
    (alone || date.is_some()).then_some(Stamp { outlet, date })
}

/// Classifies the lines of an article; `headlines` are those that came with it. What was cleaned
/// already is `trusted` to be of one language, with quotations in others.
pub(super) fn classify<'l>(
    text: &str,
    lines: Vec<Line>,
    headlines: &[&str],
    trusted: bool,
    lexicon: &'l Lexicon,
) -> (Vec<Classified<'l>>, Option<Frame>) {
    let script = main_script(&lines);
    let script = (!trusted).then_some(script);
    let mut all: Vec<_> = lines
        .into_iter()
        .map(|line| first_look(text, line, script, lexicon))
        .collect();
    pleas(text, &mut all, lexicon);
    twins(text, &mut all);
    labels(&mut all);
    let given = |c: &Classified<'_>| is_given(c.line.span.of(text), headlines);
    let paragraph = |c: &Classified<'_>| {
        c.kind == BlockKind::Body && c.line.is_paragraph() && c.line.stop != Some(',')
    };
    let paragraphs: Vec<usize> = (0..all.len())
        .filter(|&i| paragraph(&all[i]) && !given(&all[i]))
        .collect();
    let end = end_of_article(&all, &paragraphs);
    let within = paragraphs.iter().copied().filter(|&i| i < end);
    let Some((first, mut last)) = within.clone().next().zip(within.clone().next_back()) else {
        short_text(text, &mut all, headlines);
        return (all, None);
    };
    drop_teasers(&mut all, first, &mut last, &within.collect::<Vec<_>>());
    let headline = find_headline(text, &all, first, headlines, lexicon);
    let frame = Frame {
        first,
        last,
        headline,
    };
    head(text, &mut all, frame, lexicon);
    body(text, &mut all, frame);
    tail(text, &mut all, frame, end, lexicon);
    (all, Some(frame))
}

/// The script most of the text is in.
fn main_script(lines: &[Line]) -> Script {
    let weight = |script: Script| {
        lines
            .iter()
            .filter(|l| l.script == script)
            .map(|l| l.span.len())
            .sum::<usize>()
    };
    let scripts = [
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::RightToLeft,
        Script::Other,
    ];
    scripts
        .into_iter()
        .rev()
        .max_by_key(|script| weight(*script))
        .unwrap_or(Script::Latin)
}

/// What the line alone tells.
fn first_look<'l>(
    text: &str,
    line: Line,
    script: Option<Script>,
    lexicon: &'l Lexicon,
) -> Classified<'l> {
    let words = line.span.of(text);
    let hit = lexicon.furniture.hit(words, |place| place == Place::Any);
    let stamp = stamp(text, &line);
    let kind = match (&hit, &stamp) {
        (_, Some(stamp)) if stamp.outlet.start < line.span.start + 5 => BlockKind::Meta,
        (_, Some(_)) => BlockKind::Caption,
        (Some(hit), _) => kind_of(hit),
        _ if script.is_some_and(|script| line.script != script) && line.script != Script::None => {
            BlockKind::Furniture
        }
        _ if line.words == 0 => BlockKind::Furniture,
        _ => BlockKind::Body,
    };
    Classified {
        line,
        kind,
        hit,
        stamp,
        labelled: false,
        name: false,
    }
}

fn kind_of(hit: &Hit<'_>) -> BlockKind {
    match hit.pattern.kind {
        LineKind::Furniture => BlockKind::Furniture,
        LineKind::Meta => BlockKind::Meta,
        LineKind::Caption => BlockKind::Caption,
    }
}

/// Marks pleas: paragraphs that certainly plead, and those that follow a plea's heading.
fn pleas(text: &str, all: &mut [Classified<'_>], lexicon: &Lexicon) {
    let found: Vec<_> = all
        .iter()
        .map(|c| lexicon.furniture.plea(c.line.span.of(text)))
        .collect();
    for at in 0..all.len() {
        if all[at].kind == BlockKind::Body && found[at].is_certain() {
            all[at].kind = BlockKind::Furniture;
        }
        let opens = all[at]
            .hit
            .as_ref()
            .is_some_and(|hit| hit.pattern.drops == Some(Drops::Plea));
        if !opens {
            continue;
        }
        // The plea ends with the last line that pleads, over gaps of one line.
        let mut end = at;
        for next in at + 1..all.len().min(at + 9) {
            let pleads =
                found[next].plea + found[next].voice >= 2 || all[next].kind == BlockKind::Furniture;
            if pleads && next <= end + 2 {
                end = next;
            }
        }
        for line in &mut all[at + 1..=end] {
            line.kind = BlockKind::Furniture;
        }
    }
}

/// A line that stands again at the start of the next caption is that caption's text.
fn twins(text: &str, all: &mut [Classified<'_>]) {
    for at in 1..all.len() {
        let words = all[at - 1].line.span.of(text);
        if all[at].kind == BlockKind::Caption
            && words.len() >= 20
            && all[at].line.span.of(text).starts_with(words)
        {
            all[at - 1].kind = BlockKind::Caption;
        }
    }
}

/// A label such as "Source" takes the short line behind it along.
fn labels(all: &mut [Classified<'_>]) {
    for at in 1..all.len() {
        let label = all[at - 1]
            .hit
            .as_ref()
            .is_some_and(|hit| hit.pattern.drops == Some(Drops::Label));
        if label && all[at].line.words <= 6 && !all[at].line.ends() {
            all[at].kind = BlockKind::Meta;
            all[at].labelled = true;
        }
    }
}

fn is_given(line: &str, headlines: &[&str]) -> bool {
    headlines.iter().any(|headline| same_words(line, headline))
}

/// Says whether two headlines are the same but for marks and case.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    if one.len() > 2 * other.len() + 20 || other.len() > 2 * one.len() + 20 {
        return false;
    }
    let bare = |s: &str| {
        fold(s)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let (one, other) = (bare(one), bare(other));
    !one.is_empty()
        && (one == other
            || one.len().min(other.len()) >= 20
                && (one.starts_with(&other) || other.starts_with(&one)))
}

/// Number of the first line that ends the article: a mark behind which little running text follows.
fn end_of_article(all: &[Classified<'_>], paragraphs: &[usize]) -> usize {
    let ends = |&at: &usize| {
        // The line that ends the article is no headline of what follows it.
        let teaser = |&next: &usize| {
            let before = &all[next - 1].line;
            next > at + 1 && before.stop.is_none() && before.words >= 4
        };
        let Some(ends) = all[at].hit.as_ref().and_then(|hit| hit.pattern.ends) else {
            return false;
        };
        let (before, behind) = paragraphs.split_at(paragraphs.partition_point(|&p| p < at));
        let little = !before.is_empty() && behind.len() * 3 <= before.len();
        little && (ends == Ends::Surely || behind.iter().all(teaser))
    };
    (0..all.len()).find(ends).unwrap_or(all.len())
}

/// Takes teasers off the end: a picture, a headline and one paragraph of another story.
fn drop_teasers(all: &mut [Classified<'_>], first: usize, last: &mut usize, paragraphs: &[usize]) {
    let headline = |c: &Classified<'_>| {
        c.kind == BlockKind::Body
            && c.line.stop.is_none()
            && (6..=25).contains(&c.line.words)
            && c.line.capitals >= 0.6
    };
    for &at in paragraphs.iter().rev().take(6) {
        let teaser = at == *last
            && at >= first + 4
            && headline(&all[at - 1])
            && all[at - 2].kind == BlockKind::Caption
            && !all[first..at - 1].iter().any(headline);
        let Some(previous) = paragraphs
            .iter()
            .copied()
            .rfind(|&p| p < at)
            .filter(|_| teaser)
        else {
            return;
        };
        all[at].kind = BlockKind::Furniture;
        all[at - 1].kind = BlockKind::Furniture;
        *last = previous;
    }
}

fn find_headline(
    text: &str,
    all: &[Classified<'_>],
    first: usize,
    headlines: &[&str],
    lexicon: &Lexicon,
) -> Option<usize> {
    let given =
        (0..all.len().min(first + 2)).find(|&at| is_given(all[at].line.span.of(text), headlines));
    let fits = |at: &usize| {
        let c = &all[*at];
        let words = c.line.span.of(text);
        c.kind == BlockKind::Body
            && (lexicon.furniture)
                .hit(words, |place| place != Place::Tail)
                .is_none()
            && !lexicon.outlets.is_name(words)
            && c.line.words <= 35
            && c.line.span.len() <= 300
            && !matches!(c.line.stop, Some('.' | ':' | ',' | ';'))
    };
    let candidates = || (0..first).filter(fits);
    let telling = candidates().find(|&at| all[at].line.words >= 4);
    given
        .or(telling)
        .or_else(|| candidates().find(|&at| all[at].line.words >= 2))
}

/// The lines before the first paragraph.
fn head<'l>(text: &str, all: &mut [Classified<'l>], frame: Frame, lexicon: &'l Lexicon) {
    if let Some(headline) = frame.headline {
        all[headline].kind = BlockKind::Headline;
    }
    let below = frame.headline.map_or(0, |headline| headline + 1);
    for (at, c) in all.iter_mut().enumerate().take(frame.first) {
        if c.kind != BlockKind::Body {
            continue;
        }
        let words = c.line.span.of(text);
        if let Some(hit) = lexicon.furniture.hit(words, |place| place != Place::Tail) {
            c.kind = kind_of(&hit);
            c.hit = Some(hit);
        } else if is_bar(words, lexicon) {
            c.kind = BlockKind::Meta;
        } else if lexicon.outlets.is_name(words) {
            c.kind = BlockKind::Meta;
            // "Metro", "Nation" and "Express" are sections as well.
            c.labelled = !lexicon.outlets.is_word(words);
        } else if c.line.words <= 14 && !date::find(words).is_empty() {
            c.kind = BlockKind::Meta;
        } else if at >= below && is_name(words) {
            c.kind = BlockKind::Meta;
            c.name = true;
        } else if at >= below && c.line.words >= 5 && !c.line.ends() {
            c.kind = BlockKind::Standfirst;
        } else if !c.line.ends() {
            c.kind = BlockKind::Heading;
        }
    }
}

/// Says whether a line reads like a person's name or several.
fn is_name(line: &str) -> bool {
    const PARTICLES: [&str; 11] = [
        "de", "van", "von", "der", "den", "la", "al", "bin", "da", "di", "and",
    ];
    let words: Vec<_> = line.split_whitespace().collect();
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | ','))
    };
    let whole = |word: &&str| word.chars().skip(1).any(char::is_lowercase);
    (2..=7).contains(&words.len())
        && words
            .iter()
            .all(|word| capital(word) || PARTICLES.contains(word))
        && words
            .iter()
            .filter(|word| capital(word) && whole(word))
            .count()
            >= 2
}

/// The lines between the first and the last paragraph.
fn body(text: &str, all: &mut [Classified<'_>], frame: Frame) {
    let short = |c: &Classified<'_>| {
        c.kind == BlockKind::Body && c.line.stop.is_none() && c.line.words <= 12
    };
    for at in frame.first..frame.last {
        let c = &all[at];
        let question = c.kind == BlockKind::Body && c.line.stop == Some('?') && c.line.words <= 8;
        if !(short(c) || question) || Some(at) == frame.headline {
            continue;
        }
        let words = c.line.span.of(text);
        let listed = at > frame.first && matches!(all[at - 1].line.stop, Some(':' | ';' | ','));
        let row = at > frame.first && short(&all[at - 1]) || short(&all[at + 1]);
        let starts = words.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '\'' | '‘' | '"' | '“')
        });
        let quotes = words.contains(['"', '“']) && c.line.words > 6;
        if starts && !listed && !row && !quotes {
            all[at].kind = BlockKind::Heading;
        }
    }
}

/// The lines behind the last paragraph.
fn tail<'l>(
    text: &str,
    all: &mut [Classified<'l>],
    frame: Frame,
    end: usize,
    lexicon: &'l Lexicon,
) {
    for (at, c) in all.iter_mut().enumerate().skip(frame.last + 1) {
        if c.kind != BlockKind::Body {
            continue;
        }
        let words = c.line.span.of(text);
        if let Some(hit) = lexicon.furniture.hit(words, |_| true) {
            c.kind = kind_of(&hit);
            c.hit = Some(hit);
        } else if is_bar(words, lexicon) {
            c.kind = BlockKind::Furniture;
        } else if lexicon
            .outlets
            .find(words.trim_matches(['-', '–', '—', ' ', '(', ')', '/']))
            .is_some()
        {
            c.kind = BlockKind::Meta;
            c.labelled = true;
        } else if at > end || c.line.stop.is_none() && c.line.words <= 20 && !runs_on(words) {
            c.kind = BlockKind::Furniture;
        }
    }
}

/// Says whether a line is a sentence cut off or a quotation, not a headline.
fn runs_on(line: &str) -> bool {
    line.starts_with(|c: char| c.is_lowercase() || matches!(c, '"' | '“' | '•' | '-' | '*'))
}

/// A text without a paragraph: a headline alone, or a few short lines.
fn short_text(text: &str, all: &mut [Classified<'_>], headlines: &[&str]) {
    let body = |c: &Classified<'_>| c.kind == BlockKind::Body;
    let count = all.iter().filter(|c| body(c)).count();
    let given = all
        .iter()
        .position(|c| is_given(c.line.span.of(text), headlines));
    let first = all
        .iter()
        .position(|c| body(c) && c.line.stop.is_none() && c.line.words >= 4);
    if let Some(at) = given.or(first.filter(|_| count >= 2)) {
        all[at].kind = BlockKind::Headline;
    }
}
