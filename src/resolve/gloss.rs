//! Contents that can stand alone: trimmed of connectives, with pronouns replaced.
//!
//! A gloss is only compared with others; it is never shown as evidence.

use crate::{
    lexicon::{Lexicon, function::Classes},
    mention::AgentKind,
    resolve::Assembly,
    span::Span,
    text::{self, TokenKind},
};

/// Counts the words of a span that are in no closed class.
pub(super) fn n_open_words(snapshot: &str, span: Span, lexicon: &Lexicon) -> usize {
    span.of(snapshot)
        .split_whitespace()
        .filter(|word| {
            let word = word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            is_open(&word, lexicon)
        })
        .count()
}

/// Says whether a lower-case word is in no closed class.
pub(super) fn is_open(lower: &str, lexicon: &Lexicon) -> bool {
    !lower.is_empty() && lexicon.functions.classes(lower).is_open()
}

/// Cuts "and that", "but", commas and the like off both ends.
pub(super) fn trim_connectives(snapshot: &str, span: Span) -> Span {
    const WORDS: &[&str] = &["and", "but", "that", "or", "while", "as"];
    let mut span = trim_signs(snapshot, span);
    loop {
        let slice = span.of(snapshot);
        let lower = slice.to_lowercase();
        let front = WORDS.iter().find(|word| {
            lower
                .strip_prefix(**word)
                .is_some_and(|rest| rest.starts_with([' ', ',']))
        });
        let back = WORDS.iter().find(|word| {
            lower
                .strip_suffix(**word)
                .is_some_and(|rest| rest.ends_with([' ', ',']))
        });
        let next = if let Some(word) = front {
            Span::new(span.start + word.len(), span.end)
        } else if let Some(word) = back.filter(|_| lower.len() == slice.len()) {
            Span::new(span.start, span.end - word.len())
        } else {
            return span;
        };
        span = trim_signs(snapshot, next);
    }
}

fn trim_signs(snapshot: &str, span: Span) -> Span {
    let slice = span.of(snapshot);
    let is_sign = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—');
    let start = span.start + (slice.len() - slice.trim_start_matches(is_sign).len());
    Span::new(start, start + slice.trim_matches(is_sign).len())
}

/// Splits "that A and that B" into A and B; each is a statement of its own.
pub(super) fn split_coordinated(snapshot: &str, span: Span) -> Vec<Span> {
    let slice = span.of(snapshot);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut from = 0;
    let joined = |from: usize| {
        let at = slice[from..].find(" that ")? + from;
        Some((at, at + " that ".len()))
    };
    while let Some((that, behind)) = joined(from) {
        let Some(at) = [" and", " but"]
            .iter()
            .find_map(|word| Some(slice[..that].strip_suffix(word)?.len()))
        else {
            from = behind;
            continue;
        };
        let next = slice[behind..]
            .split_whitespace()
            .next()
            .unwrap_or_default();
        // "and that is why": a pronoun, no conjunction.
        let clause = !matches!(
            next,
            "is" | "was" | "has" | "will" | "would" | "can" | "should"
        );
        if clause && slice[start..at].split_whitespace().count() >= 3 {
            pieces.push(Span::new(span.start + start, span.start + at));
            start = behind;
        }
        from = behind;
    }
    pieces.push(Span::new(span.start + start, span.end));
    pieces
        .into_iter()
        .map(|piece| trim_signs(snapshot, piece))
        .filter(|p| !p.is_empty())
        .collect()
}

/// Returns the words of a content with its leading pronoun replaced by what it stands for, and a
/// bare "the plan" by what the article said of the plan before.
pub(super) fn gloss(assembly: &Assembly<'_>, index: usize, parts: &[Span]) -> String {
    let text = parts
        .iter()
        .map(|part| part.of(assembly.snapshot))
        .collect::<Vec<_>>()
        .join(" ");
    let Some(first) = parts.first() else {
        return text;
    };
    if let Some(longer) = antecedent_of_noun(assembly, *first) {
        return longer;
    }
    let Some(pronoun) = text::tokens(assembly.snapshot, *first)
        .into_iter()
        .find(|token| token.kind == TokenKind::Word)
        .map(|token| token.span)
    else {
        return text;
    };
    let lower = pronoun.of(assembly.snapshot).to_lowercase();
    let speaker = assembly.names.agents.get(&assembly.sources[index]);
    let replacement = match lower.as_str() {
        "he" | "she" | "i" | "his" | "her" | "my" => speaker.map(|agent| agent.name.clone()),
        // A person who says "we" does not act alone.
        "we" | "our" => speaker
            .filter(|agent| agent.kind != AgentKind::Person)
            .map(|agent| agent.name.clone()),
        "it" | "they" | "these" | "this" => sibling_subject(assembly, index),
        _ => None,
    };
    match replacement {
        Some(name) => {
            let offset = pronoun.end - first.start;
            format!("{name}{}", text.get(offset..).unwrap_or_default())
        }
        None => text,
    }
}

/// Returns a denial without its negator: "there was no leak" as "there was leak".
pub(super) fn affirmed(gloss: &str) -> String {
    let word = |word: &&str| {
        let bare = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        !matches!(
            bare.as_str(),
            "no" | "not" | "never" | "nobody" | "nothing" | "none"
        )
    };
    let kept: Vec<&str> = gloss.split_whitespace().filter(word).collect();
    kept.join(" ").replace("n't", "").replace("n’t", "")
}

/// Returns the subject of what the same speaker said before in the sentence.
fn sibling_subject(assembly: &Assembly<'_>, index: usize) -> Option<String> {
    let attribution = &assembly.attributions[index];
    let start = attribution.content_span().start;
    let sibling = assembly
        .in_paragraph(attribution.paragraph)
        .map(|other| &assembly.attributions[other])
        .filter(|other| other.sentence == attribution.sentence)
        .filter(|other| other.content_span().start < start && other.outer == attribution.outer)
        .max_by_key(|other| other.content_span().start)?;
    let span = *sibling.content.first()?;
    let words: Vec<&str> = span.of(assembly.snapshot).split_whitespace().collect();
    let verb = words
        .iter()
        .position(|word| {
            assembly
                .lexicon
                .functions
                .classes(&word.to_lowercase())
                .any(Classes::AUXILIARY)
        })
        .filter(|at| (1..8).contains(at))?;
    let pronoun = assembly
        .lexicon
        .functions
        .classes(&words[0].to_lowercase())
        .any(Classes::PRONOUN);
    (!pronoun).then(|| words[..verb].join(" "))
}

/// "rejected the “plan”": returns the words in which the article introduced the plan.
fn antecedent_of_noun(assembly: &Assembly<'_>, span: Span) -> Option<String> {
    let text = assembly.snapshot;
    let words: Vec<String> = text::tokens(text, span)
        .into_iter()
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| token.span.of(text).to_lowercase())
        .collect();
    let definite = words.first().is_some_and(|word| {
        matches!(
            word.as_str(),
            "the" | "this" | "that" | "these" | "those" | "such"
        )
    });
    // "the plan as nothing but fantasies": the object ends where its predicate starts.
    let object: Vec<&String> = words.iter().take_while(|word| *word != "as").collect();
    if !definite || object.len() > 3 || object.len() < 2 {
        return None;
    }
    let noun = *object.last()?;
    let before = assembly
        .text
        .sentences
        .partition_point(|s| s.span.end <= span.start);
    assembly.text.sentences[before.saturating_sub(6)..before]
        .iter()
        .rev()
        .find_map(|sentence| {
            let tokens = &sentence.tokens;
            let at = tokens
                .iter()
                .position(|t| t.span.of(text).to_lowercase() == *noun)?;
            let rest = tokens
                .iter()
                .skip(at + 1)
                .find(|t| t.kind == TokenKind::Word)?;
            let complement = matches!(
                rest.span.of(text),
                "to" | "of" | "that" | "by" | "about" | "for"
            );
            complement.then(|| {
                Span::new(tokens[at].span.start, sentence.span.end)
                    .of(text)
                    .to_owned()
            })
        })
}
