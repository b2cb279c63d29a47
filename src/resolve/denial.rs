//! Denials: what exactly is denied in "reports that … were untrue" or "there was no leak".
//!
//! The wordings are data, [`crate::lexicon::denials`]; what a denial that only points back denies
//! is found in [`antecedent`].

pub(super) mod antecedent;

use crate::{
    attribution::Attribution,
    lexicon::{Lexicon, denials::Denial},
    mention::{Denies, Stance},
    span::Span,
    text::{self, Token},
};

/// A denied statement.
pub(super) struct Denied {
    /// The statement itself, or the words of the denial where these say both.
    pub(super) content: Span,
    /// What states the denied, where the words of the denial do not.
    pub(super) proposition: Option<Span>,
    /// Whether the denied is what the content says without its negator.
    pub(super) affirm: bool,
    /// Always of the disputing kind.
    pub(super) stance: Stance,
    /// What is denied.
    pub(super) denies: Denies,
}

/// Recognises a denial in a content, or narrows the content of a cue of denial to what is denied;
/// `raised` says whether the article speaks elsewhere of a matter.
pub(super) fn read(
    snapshot: &str,
    parts: &[Span],
    attribution: &Attribution,
    lexicon: &Lexicon,
    raised: impl Fn(Span) -> bool,
) -> Option<Denied> {
    let part = match parts {
        [part] => part,
        // "Nor is it true, she said, that P."
        [first, .., last] => {
            let denied = by_form(snapshot, first.cover(*last), lexicon, &raised)?;
            return last.contains(denied.content).then_some(denied);
        }
        [] => return None,
    };
    let tokens = text::tokens(snapshot, *part);
    let view = View {
        snapshot,
        tokens: &tokens,
        lexicon,
    };
    let content = if is_refusal(snapshot, parts, attribution, lexicon) {
        return None;
    } else if attribution.stance == Stance::Disputes && attribution.denies.is_some() {
        // "rejected the plan as fantasies": the predicate belongs to the evidence.
        match view.find_as() {
            Some(_) => view.range(0, tokens.len())?,
            None => view
                .statement(0, tokens.len())
                .or_else(|| view.range(0, tokens.len()))?,
        }
    } else if let Some(denied) = by_form(snapshot, *part, lexicon, &raised) {
        return Some(denied);
    } else {
        (view.called_false(attribution))
            .or_else(|| called(snapshot, *part, attribution, lexicon))?
    };
    let words = content.of(snapshot);
    Some(Denied {
        content,
        proposition: None,
        affirm: false,
        stance: Stance::Disputes,
        denies: aspect(words, lexicon).unwrap_or(Denies::Content),
    })
}

/// "rejected the request": what was refused was never stated.
pub(super) fn is_refusal(
    snapshot: &str,
    parts: &[Span],
    attribution: &Attribution,
    lexicon: &Lexicon,
) -> bool {
    let object = |part: &Span| {
        let words = part.of(snapshot);
        lexicon.denials.is_refused(words) && !words.contains(" as ")
    };
    attribution.stance.disputes() && parts.first().is_some_and(object)
}

/// Recognises a denial that the outlet makes itself.
pub(super) fn own(
    snapshot: &str,
    part: Span,
    lexicon: &Lexicon,
    raised: impl Fn(Span) -> bool,
) -> Option<Denied> {
    let form = lexicon.denials.find(part.of(snapshot))?.form;
    let mut denied = by_form(snapshot, part, lexicon, &raised)?;
    let stated = denied.proposition.unwrap_or(denied.content);
    let denies = form.own || form.affirm && raised(stated);
    if !denies {
        return None;
    }
    let words = denied.content.of(snapshot);
    let figures = words.matches(char::is_numeric).count();
    let behind = match words.find(';') {
        Some(end) => &words[end..],
        None => Span::new(denied.content.end, part.end).of(snapshot),
    };
    // "The figure of 40 is wrong; there were 12."
    let instead = denied.denies == Denies::Number
        && behind.chars().any(char::is_numeric)
        && (figures > 0 || lexicon.denials.find(words).is_some());
    denied.stance = if instead {
        Stance::Corrects
    } else {
        Stance::Refutes
    };
    Some(denied)
}

fn by_form(
    snapshot: &str,
    part: Span,
    lexicon: &Lexicon,
    raised: &impl Fn(Span) -> bool,
) -> Option<Denied> {
    let Denial { form, what } = lexicon.denials.find(part.of(snapshot))?;
    let what = what.map(|(start, end)| Span::new(part.start + start, part.start + end));
    let what = what
        .map(|what| what.trim(snapshot))
        .filter(|what| !lexicon.denials.points_back(what.of(snapshot)));
    if form.raised && !what.is_some_and(raised) {
        return None;
    }
    let denies = what
        .and_then(|what| aspect(what.of(snapshot), lexicon))
        .or_else(|| aspect(&lead(part.of(snapshot)), lexicon))
        .filter(|_| form.denies == Denies::Content)
        .unwrap_or(form.denies);
    let whole = form.affirm || form.denies != Denies::Content || what.is_none();
    let stated = what.map(|what| {
        let tokens = text::tokens(snapshot, what);
        let view = View {
            snapshot,
            tokens: &tokens,
            lexicon,
        };
        view.statement(0, tokens.len()).unwrap_or(what)
    });
    Some(Denied {
        content: if whole { part } else { stated? },
        proposition: stated.filter(|_| whole && !form.affirm),
        affirm: form.affirm,
        stance: Stance::Disputes,
        denies,
    })
}

/// The first words of a statement, which name what it is about.
fn lead(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().take(3).collect();
    words.join(" ")
}

/// "called that “slander of a dead man”": making light of a statement denies it.
fn called(
    snapshot: &str,
    part: Span,
    attribution: &Attribution,
    lexicon: &Lexicon,
) -> Option<Span> {
    let cue = attribution.cue?;
    let is_verb = |word: &&str| !lexicon.cues.verbs(&word.to_lowercase()).is_empty();
    // "said on a conference call" calls nothing anything.
    let verb = cue.of(snapshot).split_whitespace().find(is_verb)?;
    let verbs = lexicon.cues.verbs(&verb.to_lowercase());
    let calls = (verbs.iter()).any(|verb| lexicon.denials.calling.contains(&verb.lemma));
    let words = part.of(snapshot);
    let contempt = lexicon.denials.contempt(words).filter(|_| calls)?;
    let quote = words[..contempt].rfind(['“', '"', '‘']);
    let article = [" a ", " an ", " as "]
        .iter()
        .filter_map(|word| words[..contempt].rfind(word))
        .min();
    let end = quote.or(article).unwrap_or(contempt);
    let object = Span::new(part.start, part.start + end).trim(snapshot);
    let bare = object.of(snapshot).trim_end_matches(" as");
    let object = Span::new(object.start, object.start + bare.len());
    let points = object.is_empty() || lexicon.denials.points_back(object.of(snapshot));
    Some(if points { part } else { object })
}

fn aspect(content: &str, lexicon: &Lexicon) -> Option<Denies> {
    let lower = content.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if holds(&[
        "having said",
        "ever said",
        "ever saying",
        "making the remark",
        "the quote",
        "the words",
        "those words",
        "having told",
        "ever told",
    ]) {
        Some(Denies::Attribution)
    } else if holds(&[
        "took place",
        "taken place",
        "taking place",
        "happened",
        "occurred",
    ]) {
        Some(Denies::Event)
    } else if begins(&["figure", "number", "count"])
        || holds(&[
            "the figure",
            "that figure",
            "the number",
            "that number",
            "death toll",
            "forecast",
        ])
        || begins_with_figure(&lower, lexicon)
    {
        Some(Denies::Number)
    } else {
        None
    }
}

/// "the alleged 60,000 troops": a bare count is denied for its number.
fn begins_with_figure(lower: &str, lexicon: &Lexicon) -> bool {
    let mut words = lower.split_whitespace().skip_while(|word| {
        matches!(*word, "the" | "these" | "those" | "an" | "of" | "all")
            || lexicon.cues.distance.iter().any(|distant| distant == word)
    });
    let figure = |word: &str| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_digit());
    words.next().is_some_and(figure) && lower.split_whitespace().count() <= 6
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
