//! How well events are found, joined across articles and dated, against gold stories.
//!
//! A gold anchor is found when an event of the same article is named by overlapping words. Pairs
//! of found anchors are compared: the same event in the gold, the same occasion here.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    score::Prf,
    story::{Read, Run},
};
use crate::{
    corpus::story::{GoldAnchor, GoldEvent},
    export::table::page::{BOLD, DIM, PLAIN, Page, WARN},
    id::EventId,
    lexicon::Lexicon,
    mention::Event,
    span::Span,
    trace::occasion::{Occasion, occasions},
};

/// How well the events of one story, or of all, are found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// The story; "all" for the sum.
    pub story: String,
    /// Events in the gold.
    pub events: usize,
    /// Words that name them.
    pub anchors: usize,
    /// Those that are found.
    pub found: usize,
    /// Pairs of found anchors that are one event.
    pub pairs: Prf,
    /// Found anchors whose event has the right kind.
    pub kinds: usize,
    /// Found anchors whose event has the right day, or rightly none.
    pub dates: usize,
    /// Found anchors whose event has a wrong day.
    pub wrong_dates: usize,
    /// What is missed or wrong, in words.
    pub errors: Vec<String>,
    #[serde(skip)]
    counts: Counts,
}

/// Pairs that are right, predicted and gold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    right: usize,
    predicted: usize,
    gold: usize,
}

/// Scores the stories; the last row is the sum.
#[must_use]
pub fn score(runs: &[Run<'_>], lexicon: &Lexicon) -> Vec<EventRow> {
    let mut rows: Vec<EventRow> = runs.iter().map(|run| row(run, lexicon)).collect();
    let sum = |of: fn(&EventRow) -> usize| rows.iter().map(of).sum();
    let counts = Counts {
        right: sum(|row| row.counts.right),
        predicted: sum(|row| row.counts.predicted),
        gold: sum(|row| row.counts.gold),
    };
    rows.push(EventRow {
        story: "all".to_owned(),
        events: sum(|row| row.events),
        anchors: sum(|row| row.anchors),
        found: sum(|row| row.found),
        pairs: Prf::new(counts.right, counts.predicted, counts.gold),
        kinds: sum(|row| row.kinds),
        dates: sum(|row| row.dates),
        wrong_dates: sum(|row| row.wrong_dates),
        errors: Vec::new(),
        counts,
    });
    rows
}

/// A gold anchor with the occasion that was found for it.
struct Met<'a> {
    gold: usize,
    occasion: usize,
    event: &'a Event,
}

fn row(run: &Run<'_>, lexicon: &Lexicon) -> EventRow {
    let story = run.story;
    let events: Vec<Event> = (run.articles.values())
        .flat_map(|read| read.analysis.events.clone())
        .collect();
    let all = occasions(&events, lexicon);
    let by_id: BTreeMap<&EventId, usize> = (0..)
        .zip(&all)
        .flat_map(|(number, occasion)| occasion.ids.iter().map(move |id| (id, number)))
        .collect();
    let mut errors = Vec::new();
    let mut met: Vec<Met<'_>> = Vec::new();
    let mut anchors = 0;
    for (number, gold) in story.events.iter().enumerate() {
        for anchor in &gold.anchors {
            anchors += 1;
            match find(anchor, &run.articles) {
                Some(event) => met.push(Met {
                    gold: number,
                    occasion: by_id[&event.id],
                    event,
                }),
                None => errors.push(format!(
                    "not found: {} “{}” in {}",
                    gold.id, anchor.content, anchor.file
                )),
            }
        }
    }
    let (mut kinds, mut dates, mut wrong_dates) = (0, 0, 0);
    for one in &met {
        let (gold, occasion) = (&story.events[one.gold], &all[one.occasion]);
        if is_kind(gold, occasion, lexicon) {
            kinds += 1;
        } else {
            errors.push(format!(
                "{} is a {}: {}",
                gold.id, gold.kind, occasion.label
            ));
        }
        if gold.date == occasion.date {
            dates += 1;
        } else {
            wrong_dates += usize::from(occasion.date.is_some());
            let day = gold
                .date
                .map_or("unknown".to_owned(), |day| day.to_string());
            errors.push(format!(
                "{} is dated {day}: {} “{}”",
                gold.id, occasion.label, one.event.evidence.text
            ));
        }
    }
    let counts = pairs(&met);
    EventRow {
        story: story.name.clone(),
        events: story.events.len(),
        anchors,
        found: met.len(),
        pairs: Prf::new(counts.right, counts.predicted, counts.gold),
        kinds,
        dates,
        wrong_dates,
        errors,
        counts,
    }
}

fn pairs(met: &[Met<'_>]) -> Counts {
    let mut counts = Counts::default();
    for (place, one) in met.iter().enumerate() {
        for other in &met[place + 1..] {
            let (gold, found) = (one.gold == other.gold, one.occasion == other.occasion);
            counts.gold += usize::from(gold);
            counts.predicted += usize::from(found);
            counts.right += usize::from(gold && found);
        }
    }
    counts
}

/// The event whose words overlap the anchor most.
fn find<'a>(anchor: &GoldAnchor, articles: &'a BTreeMap<String, Read>) -> Option<&'a Event> {
    let told = articles.get(&anchor.file)?;
    let nth = anchor.nth.unwrap_or(1).checked_sub(1)?;
    let (start, words) = told.text.match_indices(&anchor.content).nth(nth)?;
    let span = Span::new(start, start + words.len());
    let shared = |event: &Event| {
        let spans = event.anchors.iter().map(crate::span::Passage::span);
        let length = |other: Span| {
            let (from, to) = (span.start.max(other.start), span.end.min(other.end));
            to.saturating_sub(from)
        };
        spans.map(length).max().unwrap_or(0)
    };
    (told.analysis.events.iter())
        .filter(|event| shared(event) > 0)
        .max_by_key(|event| (shared(event), std::cmp::Reverse(&event.id)))
}

/// "Telephone call" is right where the gold says "call", and the other way round.
fn is_kind(gold: &GoldEvent, occasion: &Occasion, lexicon: &Lexicon) -> bool {
    let events = &lexicon.events;
    let wanted = gold.kind.replace('-', " ");
    let at = |name: &str| {
        let kind =
            |kind: &crate::lexicon::events::EventKind| kind.label == name || kind.name == name;
        events.kinds.iter().position(kind)
    };
    let wanted = at(&wanted).or_else(|| events.nouns.get(&wanted).copied());
    match (wanted, at(&occasion.kind)) {
        (Some(a), Some(b)) => events.may_be(a, b) || events.may_be(b, a),
        _ => false,
    }
}

/// Renders the rows as text; with errors, so many of each story.
#[must_use]
pub fn render(rows: &[EventRow], errors: usize, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let head = format!(
        "{:22}{:>7}{:>8}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}",
        "story", "events", "anchors", "found", "pair P", "R", "F1", "kinds", "dates"
    );
    page.whole(0, BOLD, &head);
    for row in rows {
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        let of_found = |count: usize| percent(count as f64 / row.found.max(1) as f64);
        let line = format!(
            "{:22}{:>7}{:>8}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}",
            row.story,
            row.events,
            row.anchors,
            row.found,
            percent(row.pairs.precision),
            percent(row.pairs.recall),
            percent(row.pairs.f1),
            of_found(row.kinds),
            of_found(row.dates),
        );
        page.whole(0, PLAIN, &line);
    }
    page.flow(
        0,
        &[(
            DIM,
            "found: anchors that overlap an event; pairs, kinds and dates are of those found",
        )],
    );
    for row in rows.iter().filter(|_| errors > 0) {
        for error in row.errors.iter().take(errors) {
            page.flow(0, &[(WARN, &row.story), (PLAIN, ": "), (PLAIN, error)]);
        }
    }
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::RawArticle,
        claim::ClaimIndex,
        corpus::story::Story,
        pipeline::{self, Options},
    };

    const ARTICLES: [(&str, &str); 2] = [
        (
            "01.txt",
            "Leaders talk\nAlpha Post, 12 May 2031\n\nIlan Voss and Mara Keld held a video call on 6 May 2031. The call was short, Voss said.\n",
        ),
        (
            "02.txt",
            "After the call\nBeta Post, 14 May 2031\n\nThe video conference between Ilan Voss and Mara Keld on 6 May 2031 changed little, Keld said.\n",
        ),
    ];

    fn run(story: &Story) -> Run<'_> {
        let lexicon = Lexicon::shipped();
        let articles = ARTICLES.iter().map(|(file, text)| {
            let raw = RawArticle::plain(*file, *text);
            let read = Read {
                text: raw.snapshot.text.clone(),
                analysis: pipeline::analyse(&raw, lexicon, &Options::default()).value,
            };
            ((*file).to_owned(), read)
        });
        Run {
            story,
            articles: articles.collect(),
            claims: ClaimIndex::default(),
            partner: Vec::new(),
        }
    }

    fn gold(id: &str, anchors: &[(&str, &str)]) -> GoldEvent {
        GoldEvent {
            id: id.to_owned(),
            kind: "video call".to_owned(),
            date: Some(jiff::civil::date(2031, 5, 6)),
            participants: Vec::new(),
            anchors: (anchors.iter())
                .map(|(file, content)| GoldAnchor {
                    file: (*file).to_owned(),
                    content: (*content).to_owned(),
                    nth: None,
                })
                .collect(),
        }
    }

    fn story(events: Vec<GoldEvent>) -> Story {
        Story {
            name: "calls".to_owned(),
            articles: "articles".into(),
            claims: Vec::new(),
            relations: Vec::new(),
            mentions: Vec::new(),
            events,
        }
    }

    #[test]
    fn one_call_in_two_articles_scores_full_marks() {
        let event = gold(
            "call",
            &[
                ("01.txt", "a video call on 6 May"),
                ("01.txt", "The call was"),
                ("02.txt", "The video conference"),
            ],
        );
        let story = story(vec![event]);
        let rows = score(&[run(&story)], Lexicon::shipped());
        let row = &rows[0];
        assert_eq!(
            (row.anchors, row.found, row.kinds, row.dates),
            (3, 3, 3, 3),
            "{row:?}"
        );
        assert_eq!(row.pairs.f1, 1.0);
        assert_eq!(rows[1].story, "all");
    }

    #[test]
    fn what_is_missed_or_joined_wrongly_costs() {
        let one = gold(
            "one",
            &[
                ("01.txt", "a video call on 6 May"),
                ("01.txt", "Leaders talk"),
            ],
        );
        let two = gold("two", &[("02.txt", "The video conference")]);
        let story = story(vec![one, two]);
        let rows = score(&[run(&story)], Lexicon::shipped());
        assert_eq!((rows[0].anchors, rows[0].found), (3, 2));
        assert_eq!(rows[0].pairs.precision, 0.0);
        assert!(
            rows[0].errors[0].starts_with("not found: one"),
            "{:?}",
            rows[0].errors
        );
    }
}
