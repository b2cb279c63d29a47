//! Denials: what exactly is denied in "reports that … were untrue" or "called the plan a fantasy".

use crate::{
    attribution::Attribution,
    lexicon::Lexicon,
    mention::{Denies, Stance},
    span::Span,
    text::{self, Token},
};

/// A denied statement.
pub(super) struct Denied {
    /// The statement itself, without the words that deny it.
    pub(super) content: Span,
    /// Always of the disputing kind.
    pub(super) stance: Stance,
    /// What is denied.
    pub(super) denies: Denies,
}

/// Recognises a denial in a content, or narrows the content of a cue of denial to what is denied.
pub(super) fn read(
    snapshot: &str,
    parts: &[Span],
    attribution: &Attribution,
    lexicon: &Lexicon,
) -> Option<Denied> {
    let [part] = parts else { return None };
    let tokens = text::tokens(snapshot, *part);
    let view = View {
        snapshot,
        tokens: &tokens,
        lexicon,
    };
    let disputing = attribution.stance == Stance::Disputes && attribution.denies.is_some();
    let content = if disputing {
        // "rejected the plan as fantasies": the predicate belongs to the evidence.
        match view.find_as() {
            Some(_) => view.range(0, tokens.len())?,
            None => view
                .statement(0, tokens.len())
                .or_else(|| view.range(0, tokens.len()))?,
        }
    } else {
        view.predicated_false()
            .or_else(|| view.called_false(attribution))?
    };
    let denies = denied_aspect(content.of(snapshot));
    Some(Denied {
        content,
        stance: Stance::Disputes,
        denies,
    })
}

fn denied_aspect(content: &str) -> Denies {
    let lower = content.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if holds(&[
        "having said",
        "ever said",
        "ever saying",
        "making the remark",
        "the quote",
        "having told",
        "ever told",
    ]) {
        Denies::Attribution
    } else if holds(&[
        "took place",
        "taken place",
        "taking place",
        "happened",
        "occurred",
    ]) {
        Denies::Event
    } else if holds(&["figure", "the number", "death toll"]) {
        Denies::Number
    } else {
        Denies::Content
    }
}

struct View<'a> {
    snapshot: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
}

impl View<'_> {
    fn word(&self, at: usize) -> String {
        self.tokens
            .get(at)
            .map(|token| token.span.of(self.snapshot).to_lowercase())
            .unwrap_or_default()
    }

    fn range(&self, start: usize, end: usize) -> Option<Span> {
        let first = self.tokens.get(start)?;
        let last = self.tokens.get(end.checked_sub(1)?)?;
        (start < end).then(|| first.span.cover(last.span))
    }

    fn is_false_word(&self, at: usize) -> bool {
        let word = self.word(at);
        self.lexicon.cues.falsity.adjectives.contains(&word)
    }

    /// "rejected the plan as …": what stands before "as".
    fn find_as(&self) -> Option<usize> {
        (1..self.tokens.len()).find(|&at| self.word(at) == "as")
    }

    /// "reports that P were not true", "claims about P are false": returns P.
    fn predicated_false(&self) -> Option<Span> {
        let end = self.tokens.len();
        let mark = (end.saturating_sub(5)..end).find(|&at| {
            let negated = (at.saturating_sub(2)..at).any(|b| {
                matches!(self.word(b).as_str(), "not" | "n't")
                    || self.word(b).ends_with("n't")
                    || self.word(b).ends_with("n’t")
            });
            self.is_false_word(at)
                || (negated && self.lexicon.cues.falsity.negated.contains(&self.word(at)))
        })?;
        let be = (0..mark).rev().take(5).find(|&at| {
            matches!(
                self.word(at).as_str(),
                "is" | "are"
                    | "was"
                    | "were"
                    | "isn't"
                    | "aren't"
                    | "wasn't"
                    | "weren't"
                    | "isn’t"
                    | "aren’t"
                    | "wasn’t"
                    | "weren’t"
                    | "be"
                    | "been"
            )
        })?;
        let group = if be > 0 && matches!(self.word(be - 1).as_str(), "has" | "have" | "had") {
            be - 1
        } else {
            be
        };
        if group == 0 {
            return None;
        }
        self.statement(0, group).or_else(|| self.range(0, group))
    }

    /// "called “false” reports of P", "called the plan a fantasy": returns P.
    fn called_false(&self, attribution: &Attribution) -> Option<Span> {
        if !matches!(attribution.rule, "verb/object" | "verb/as") {
            return None;
        }
        let at = (0..self.tokens.len()).find(|&at| self.is_false_word(at))?;
        let mut start = at + 1;
        while matches!(self.word(start).as_str(), "\"" | "”" | "’" | "'") {
            start += 1;
        }
        let quoted_first = at <= 1;
        if quoted_first {
            return self
                .statement(start, self.tokens.len())
                .or_else(|| self.range(start, self.tokens.len()));
        }
        // "called the talk an empty and groundless threat": the predicate begins with its article.
        let article = (at.saturating_sub(5)..at)
            .rev()
            .find(|&at| matches!(self.word(at).as_str(), "a" | "an"));
        let mut end = article.unwrap_or(at);
        // "called them an invention": without what "them" stands for, the words themselves.
        if end <= 1 {
            return self.range(0, self.tokens.len());
        }
        while end > 0
            && matches!(
                self.word(end - 1).as_str(),
                "\"" | "“" | "‘" | "a" | "an" | "as" | "pure" | "complete" | "nothing" | "but"
            )
        {
            end -= 1;
        }
        self.statement(0, end).or_else(|| self.range(0, end))
    }

    /// Returns what a noun of hearsay is about: P in "reports that P", "a story about P".
    fn statement(&self, start: usize, end: usize) -> Option<Span> {
        let noun = (start..end.min(start + 12)).find(|&at| {
            let word = self.word(at);
            self.lexicon.cues.noun(&word).is_some()
                || matches!(word.as_str(), "idea" | "media" | "news")
        })?;
        let link = (noun + 1..end)
            .find(|&at| matches!(self.word(at).as_str(), "that" | "about" | "of"))?;
        let that = (link..end)
            .find(|&at| self.word(at) == "that")
            .unwrap_or(link);
        // "scary stories fuelled by the media that P": the last link before the statement counts.
        let link = if that < end && that != link && self.word(link) == "of" {
            link
        } else {
            that
        };
        self.range(link + 1, end)
    }
}
