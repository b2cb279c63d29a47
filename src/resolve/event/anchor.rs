//! Words that name an event, with what stands around them. Which of them are one event is decided
//! elsewhere.

use jiff::civil::Date;

use super::EventContext;
use crate::{
    id::AgentId,
    lexicon::{Lexicon, events::Events},
    resolve::{
        time::{Time, times_of},
        word::{Kind, Words},
    },
    span::Span,
};

mod verb;

/// How the words introduce the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Introduction {
    /// "the call", "their call", "Tuesday's call".
    Definite,
    /// "a call".
    Indefinite,
    /// "call", or a verb.
    Bare,
}

/// Words that name an event.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    pub(super) span: Span,
    /// Number of the sentence.
    pub(super) sentence: usize,
    /// Index of the kind.
    pub(super) kind: usize,
    pub(super) introduction: Introduction,
    /// "alleged", "possible", "planned".
    pub(super) unreal: Option<String>,
    /// Capitalised words of the noun phrase that are not dates.
    pub(super) names: Vec<String>,
    pub(super) day: Option<Date>,
    /// Who takes part, with the weight of the evidence.
    pub(super) participants: Vec<(AgentId, u32)>,
    pub(super) place: Option<String>,
    /// Whether the sentence speaks of "the two leaders".
    pub(super) pair: bool,
    /// Whether a verb names it.
    pub(super) verb: bool,
    /// Whether the verb is enough to introduce it ("crashed", "phoned", but not "met").
    pub(super) verbal: bool,
    /// Words in front of and behind the noun phrase: indices.
    from: usize,
    head: usize,
}

/// How many words behind an anchor its day may stand, and how many in front of it.
const DAY_BEHIND: usize = 16;
const DAY_BEFORE: usize = 12;
/// How many sentences back the day may stand from which "two days later" is counted.
const TOLD_REACH: usize = 1;
/// How many words in front of its head a noun phrase is read.
const PHRASE: usize = 9;
/// How many words behind "met" those who were met may stand.
const OBJECT_REACH: usize = 6;
/// "Rowe warns Keld in video call": so many words at most, in which the only two named take part.
const SHORT: usize = 16;
/// How many bytes away from an anchor participants are looked for.
const AGENT_REACH: usize = 300;
/// Evidence that somebody takes part: grammar says so, or merely named in the sentence.
pub(super) const STRONG: u32 = 100;
const WEAK: u32 = 1;

/// Finds the anchors of all sentences.
pub(super) fn anchors(context: &EventContext<'_>, lexicon: &Lexicon) -> Vec<Anchor> {
    let mut found = Vec::new();
    // The day named last, and the sentence it stands in.
    let mut told: Option<(Date, usize)> = None;
    for (number, sentence) in context.sentences.iter().enumerate() {
        let words = Words::scan(context.text, sentence.span);
        let first = found.len();
        let reader = Reader {
            words: &words,
            lexicon,
            sentence: number,
        };
        found.extend(
            (0..words.len()).filter_map(|index| reader.noun(index).or_else(|| reader.verb(index))),
        );
        let recent = told.filter(|(_, at)| number - at <= TOLD_REACH);
        let times = times_of(
            &words,
            context.published,
            recent.map(|(day, _)| day),
            lexicon,
        );
        told = (times.iter().rev().find_map(Time::day))
            .map(|day| (day, number))
            .or(told);
        if found.len() == first {
            continue;
        }
        let here = &mut found[first..];
        reader.attach_days(here, &times);
        let pair = reader.names_pair();
        for anchor in here {
            let near = Span::new(
                anchor
                    .span
                    .start
                    .saturating_sub(AGENT_REACH)
                    .max(sentence.span.start),
                (anchor.span.end + AGENT_REACH).min(sentence.span.end),
            );
            let agents = agents_in(context, near);
            anchor.participants = reader.participants(anchor, agents);
            if words.len() <= SHORT && lexicon.events.kinds[anchor.kind].conversation {
                the_only_two(&mut anchor.participants);
            }
            anchor.place = reader.place(anchor);
            anchor.pair = pair;
        }
    }
    found
}

fn agents_in<'a>(context: &EventContext<'a>, span: Span) -> &'a [(Span, AgentId)] {
    let from = context
        .agents
        .partition_point(|(agent, _)| agent.start < span.start);
    let to = context
        .agents
        .partition_point(|(agent, _)| agent.start < span.end);
    &context.agents[from..to.max(from)]
}

struct Reader<'a> {
    words: &'a Words<'a>,
    lexicon: &'a Lexicon,
    sentence: usize,
}

impl Reader<'_> {
    fn events(&self) -> &Events {
        &self.lexicon.events
    }

    /// Reads a noun phrase whose head stands at `head`.
    fn noun(&self, head: usize) -> Option<Anchor> {
        let words = self.words;
        if !words.is(head, Kind::Word) {
            return None;
        }
        let noun = words.lower(head);
        let single = self.events().nouns.get(&*noun).copied();
        if single.is_none() && !self.events().second_words.contains(&*noun) {
            return None;
        }
        let mut pair_kind = None;
        let mut from = head;
        if let Some(pair) = head
            .checked_sub(1)
            .and_then(|before| words.phrase(before, head + 1))
            && let Some(two) = self.events().nouns.get(&pair)
        {
            pair_kind = Some(*two);
            from = head - 1;
        }
        let mut kind = pair_kind.or(single)?;
        // "attack helicopters", "call centre", "trial-and-error": the noun is not the head.
        if words.is_hyphen(head + 1) || self.is_compound(head) {
            return None;
        }
        let conversation = self.events().kinds[kind].conversation;
        let mut introduction = Introduction::Bare;
        let (mut unreal, mut medium, mut names) = (None, pair_kind.is_some(), Vec::new());
        let mut adjectives = 0;
        let mut settled = from;
        while let Some(at) = from.checked_sub(1).filter(|at| head - at <= PHRASE) {
            let word = words.lower(at);
            match words.get(at)?.kind {
                Kind::Symbol
                    if words.is_hyphen(at)
                        || matches!(&*word, "“" | "”" | "\"" | "'" | "‘" | "’") => {}
                Kind::Symbol => break,
                Kind::Number => break,
                Kind::Word => {
                    if word.starts_with(['\'', '’']) {
                        introduction = Introduction::Definite;
                        let possessor = self.possessor(at);
                        for name in possessor..at {
                            self.name(name, &mut names);
                        }
                        settled = possessor;
                        break;
                    } else if self.events().words.none.contains(&*word) {
                        return None;
                    } else if self.events().words.definite.contains(&*word) {
                        introduction = Introduction::Definite;
                        settled = at;
                        break;
                    } else if self.events().words.indefinite.contains(&*word) {
                        introduction = Introduction::Indefinite;
                        settled = at;
                        break;
                    } else if conversation && let Some(particular) = self.events().media.get(&*word)
                    {
                        kind = *particular;
                        medium = true;
                        settled = at;
                    } else if let Some(label) = self.events().unreal.get(&*word) {
                        unreal = Some(label.clone());
                        settled = at;
                    } else if self.events().words.ordinals.contains(&*word) {
                        settled = at;
                    } else if (self.lexicon.units.stops.contains(&*word) && words.text(at) != "US")
                        || self.events().words.holding.contains(&*word)
                        || self.events().words.reporting.contains(&*word)
                    {
                        break;
                    } else if words.is_capital(at) {
                        self.name(at, &mut names);
                        settled = at;
                    } else {
                        adjectives += 1;
                        if adjectives > 3 {
                            break;
                        }
                    }
                }
            }
            from = at;
        }
        names.reverse();
        let before = settled
            .checked_sub(1)
            .map(|at| words.lower(at))
            .unwrap_or_default();
        let behind = words.lower(head + 1);
        let bare_noun = medium
            || unreal.is_some()
            || (!names.is_empty() && settled < head)
            || (conversation && self.events().words.during.contains(&*before))
            || self.events().words.partners.contains(&*behind) && &*noun != "call"
            || (!conversation && matches!(&*behind, "on" | "in"));
        if introduction == Introduction::Bare && !bare_noun {
            return None;
        }
        Some(Anchor {
            span: words.cover(settled, head + 1),
            sentence: self.sentence,
            kind,
            introduction,
            unreal,
            names,
            day: None,
            participants: Vec::new(),
            place: None,
            pair: false,
            verb: false,
            verbal: false,
            from: settled,
            head,
        })
    }

    /// Says whether the noun at `head` only qualifies the noun behind it.
    fn is_compound(&self, head: usize) -> bool {
        let words = self.words;
        let next = words.lower(head + 1);
        words.is(head + 1, Kind::Word)
            && !words.is_capital(head + 1)
            && !next.starts_with(['\'', '’'])
            && next.len() > 3
            && !self.lexicon.units.stops.contains(&*next)
            && !next.ends_with("ed")
            && !next.ends_with("ing")
            && !next.ends_with("ly")
            && !self.events().words.holding.contains(&*next)
            && !self.events().words.reporting.contains(&*next)
            && !self.lexicon.calendar.days.contains_key(&*next)
            && !self.lexicon.units.cardinals.contains_key(&*next)
            && next.ends_with(['s', 'r', 'e', 't', 'n', 'm', 'k', 'y'])
    }

    /// First word of the possessor whose "'s" stands at `at`.
    fn possessor(&self, at: usize) -> usize {
        let mut from = at.saturating_sub(1);
        while from > 0
            && at - from < 3
            && self.words.is(from - 1, Kind::Word)
            && self.words.is_capital(from - 1)
            && self.words.is_capital(from)
        {
            from -= 1;
        }
        from
    }

    fn name(&self, index: usize, names: &mut Vec<String>) {
        let word = self.words.lower(index);
        let calendar = &self.lexicon.calendar;
        let dated = calendar.weekday(&word).is_some()
            || calendar.month(&word).is_some()
            || calendar.days.contains_key(&*word);
        // The first word of a sentence may be capitalised for that alone.
        if self.words.is_capital(index) && !dated && index > 0 {
            names.push(self.words.text(index).to_owned());
        }
    }

    /// Gives each anchor the nearest day that is not the day of a report.
    fn attach_days(&self, anchors: &mut [Anchor], times: &[Time]) {
        for time in times {
            let Some(day) = time.day() else { continue };
            let start = self.words.index_at(time.span.start);
            let end = self.words.index_at(time.span.end);
            let reported = (start.saturating_sub(4)..start).any(|at| {
                self.events()
                    .words
                    .reporting
                    .contains(&*self.words.lower(at))
            });
            let inside = |anchor: &Anchor| anchor.from <= start && end <= anchor.head + 1;
            let distance = |anchor: &Anchor| {
                if inside(anchor) {
                    Some(0)
                } else if reported {
                    None
                } else if start > anchor.head {
                    Some(start - anchor.head).filter(|far| *far <= DAY_BEHIND)
                } else {
                    Some(anchor.from.saturating_sub(end) + 1).filter(|far| *far <= DAY_BEFORE)
                }
            };
            // Heads ascend: only anchors near the day are looked at.
            let near = anchors.partition_point(|anchor| anchor.head + DAY_BEHIND < start);
            let best = anchors[near..]
                .iter_mut()
                .take_while(|anchor| anchor.head <= end + DAY_BEFORE + PHRASE)
                .filter(|anchor| anchor.day.is_none())
                .filter_map(|anchor| Some((distance(anchor)?, anchor)))
                .min_by_key(|(far, _)| *far);
            if let Some((_, anchor)) = best {
                anchor.day = Some(day);
            }
        }
    }

    fn participants(&self, anchor: &Anchor, agents: &[(Span, AgentId)]) -> Vec<(AgentId, u32)> {
        let words = self.words;
        let words_of = &self.events().words;
        let holding = (0..anchor.from)
            .rev()
            .take(12)
            .find(|at| words_of.holding.contains(&*words.lower(*at)));
        let verbal = anchor.introduction == Introduction::Bare
            && words_of.holding.contains(&*words.lower(anchor.from));
        let partner = (anchor.head + 1..words.len())
            .take(14)
            .find(|at| words_of.partners.contains(&*words.lower(*at)));
        agents
            .iter()
            .filter(|(_, id)| !id.as_str().starts_with("unnamed-"))
            .filter_map(|(span, id)| {
                let start = words.index_at(span.start);
                let end = words.index_at(span.end);
                let speaks = |at: usize| {
                    let word = words.lower(at);
                    words_of.reporting.contains(&*word) && !matches!(&*word, "told" | "warned")
                };
                let kind = &self.events().kinds[anchor.kind];
                let after = (end..end + 2).any(speaks);
                let before = start.checked_sub(1).is_some_and(speaks)
                    || start > 1 && &*words.lower(start - 1) == "to" && speaks(start - 2);
                if kind.spoken && (after || told_by(words, end, words_of)) {
                    return Some((id.clone(), STRONG));
                }
                if after || before {
                    return None;
                }
                let subject = holding.is_some_and(|verb| end <= verb && verb - end <= 12)
                    || (verbal && end <= anchor.from);
                let inside = anchor.from <= start && end <= anchor.head + 1;
                let partners = partner.is_some_and(|at| {
                    let most = 1 + usize::from(&*words.lower(at) != "with");
                    let between = agents.iter().filter(|(other, _)| {
                        words.index_at(other.start) > at && other.start < span.start
                    });
                    at < start && start - at <= 10 && between.count() < most
                });
                let object = verbal && start > anchor.head && start - anchor.head <= OBJECT_REACH;
                let weight = if inside || partners || subject || object {
                    STRONG
                } else {
                    WEAK
                };
                Some((id.clone(), weight))
            })
            .collect()
    }

    /// Says whether the sentence speaks of "the two leaders".
    fn names_pair(&self) -> bool {
        (1..self.words.len()).any(|at| {
            matches!(&*self.words.lower(at - 1), "two" | "both")
                && self.events().words.pair.contains(&*self.words.lower(at))
        })
    }

    /// "in Geneva" behind the anchor.
    fn place(&self, anchor: &Anchor) -> Option<String> {
        let words = self.words;
        let at = (anchor.head + 1..words.len()).take(6).find(|at| {
            matches!(&*words.lower(*at), "in" | "near" | "on" | "of") && words.is_capital(at + 1)
        })?;
        let mut end = at + 1;
        while end < at + 4
            && words.is(end, Kind::Word)
            && words.is_capital(end)
            && !words.text(end).starts_with(['\'', '’'])
        {
            end += 1;
        }
        let word = words.lower(at + 1);
        let calendar = &self.lexicon.calendar;
        let dated = calendar.weekday(&word).is_some() || calendar.month(&word).is_some();
        let preposition = &*words.lower(at);
        let kind = &self.events().kinds[anchor.kind];
        let fits = match preposition {
            "in" => true,
            "near" => !kind.conversation,
            _ => kind.aimed,
        };
        (fits && !dated && end > at + 1 && !words.is_hyphen(end)).then(|| {
            let span = words.cover(at + 1, end);
            span.of(words.source()).to_owned()
        })
    }
}

/// Makes the only two who are named those who take part.
fn the_only_two(participants: &mut [(AgentId, u32)]) {
    if let [(a, _), (b, _)] = participants
        && a != b
    {
        for (_, weight) in participants {
            *weight = STRONG;
        }
    }
}

/// Says whether "told" or another verb of telling stands right behind a name.
fn told_by(words: &Words<'_>, end: usize, of: &crate::lexicon::events::EventWords) -> bool {
    (end..end + 2).any(|at| of.reporting.contains(&*words.lower(at)))
}
