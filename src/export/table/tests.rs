//! What a terminal shows of small stories.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{ClaimRow, claim_rows, render_claims, render_mentions, render_trace};
use crate::{
    mention::Stance,
    trace::{
        assemble,
        story::{facts, harbour, tell},
    },
};

#[test]
fn figures_are_shown_with_what_changed() {
    let claim = "The crash killed 47 people";
    let says = |outlet, date, quote| {
        tell(claim, outlet, date, Stance::Reports, quote)
            .person("Ann Lo", "said")
            .figures()
    };
    let trace = assemble(&facts(
        claim,
        vec![
            says("Alpha", "2031-05-01", "dozens of people died"),
            says("Beta", "2031-05-02", "47 people died"),
            says("Gamma", "2031-05-03", "47 people died"),
            says("Delta", "", "nearly 50 people died"),
        ],
    ));
    let text = render_trace(&trace, 80, false);
    let start = text.find("NUMBERS").expect("the figures are shown");
    let end = text.find("RELIANCE").expect("who relies on whom follows");
    insta::assert_snapshot!(text[start..end].trim_end(), @r"
    NUMBERS 4
      2031-05-01    “dozens of people” · Alpha · reports
      2031-05-02    “47 people” · Beta · reports
        more precise, hedge dropped, bound became exact since “dozens of people”
        in Alpha
      2031-05-03    “47 people” · Gamma · reports
        as before
      date unknown  “nearly 50 people” · Delta · reports
        rounded, hedge added since “47 people” in Gamma
    ");
}

#[test]
fn a_trace_reads_well_at_eighty_columns() {
    insta::assert_snapshot!(render_trace(&assemble(&harbour()), 80, false), @r"
    Up to 40 ferries will stop running before the winter
    4 outlets · 4 articles · 2 routes · 2 origins · first seen 2023-10-02
    claim Up to 40 ferries will stop running before the winter

    WORDINGS 5
      “40 ferries may be taken out of service”
      “Up to 40 ferries will stop running”
      “as many as 40 ferries will stop before winter”
      “forty ferries will be stopped”
      “up to 40 ferries would stop running before the winter”

    REPEATS 4
      Coast Wire · 2023-10-02 · reports
        Coast Wire ← Ada Holm
        “as many as 40 ferries will stop before winter”
        articles/coast-wire-2023-10-02.txt:100-145

      Island Post · 2023-10-03 · reports
        Island Post ← Coast Wire ← Ada Holm ← a draft timetable
        “up to 40 ferries would stop running before the winter”
        articles/island-post-2023-10-03.txt:100-153

      Daily Anchor · 2023-10-04 · hedges
        Daily Anchor ← a senior port official
        “40 ferries may be taken out of service”
        articles/daily-anchor-2023-10-04.txt:100-138

      unknown · date unknown · asserts
        unknown, in its own voice
        “Up to 40 ferries will stop running”
        articles/x-af5570f5a1810b7a-.txt:100-134

    DISPUTES 3
      Daily Anchor · 2023-10-04 · disputes (the number)
        Daily Anchor ← Bo Lind
        “forty ferries will be stopped”
        articles/daily-anchor-2023-10-04.txt:900-929

      Harbour Radio · 2023-10-05 · reports the opposite: “All ferries keep running
        through the winter”
        Harbour Radio ← Port Authority
        “every ferry keeps running all winter long, whatever the papers print about
        it this week”
        articles/harbour-radio-2023-10-05.txt:100-187

      Harbour Radio · 2023-10-05 · disputes what follows from it: “Ferries will
        stop running”
        Harbour Radio ← Port Authority
        “any ferry would be stopped”
        articles/harbour-radio-2023-10-05.txt:400-426

    SOURCES 4
      Ada Holm · person · in Coast Wire, Island Post
      a draft timetable · document · in Island Post
      Coast Wire · outlet, passing it on · in Island Post, unknown
      a senior port official · unnamed · in Daily Anchor

    RELIANCE 6
      3 of 4 outlets pass through Ada Holm
      3 of 4 outlets pass through a draft timetable
      2 of 3 outlets pass through Coast Wire
      Coast Wire → unknown, date unknown: attribution dropped
      carried a denial within 7 days: Daily Anchor
      never carried a denial: Coast Wire, Island Post, unknown

    TIMELINE 6
      2023-10-02    Coast Wire · reports
      2023-10-03    Island Post · reports
      2023-10-04    Daily Anchor · hedges
      2023-10-04    Daily Anchor · disputes
      2023-10-05    Harbour Radio · disputes
      date unknown  unknown · asserts

    RELATED 2
      contradicts All ferries keep running through the winter
        All ferries keep running through the winter · by hand
      entails Ferries will stop running
        Ferries will stop running · by hand
    ");
}

#[test]
fn mentions_are_listed_by_article() {
    insta::assert_snapshot!(render_mentions(&harbour().records, 72, false), @r"
    Coast Wire · 2023-10-02 · Ferries to stop, port official warns
    articles/coast-wire-2023-10-02.txt
      reports · Coast Wire ← Ada Holm · 100-145
        “as many as 40 ferries will stop before winter”

    Island Post · 2023-10-03
    articles/island-post-2023-10-03.txt
      reports · Island Post ← Coast Wire ← Ada Holm ← a draft timetable
        · 100-153
        “up to 40 ferries would stop running before the winter”

    Daily Anchor · 2023-10-04
    articles/daily-anchor-2023-10-04.txt
      hedges · Daily Anchor ← a senior port official · 100-138
        “40 ferries may be taken out of service”

    unknown outlet · date unknown
    articles/x-af5570f5a1810b7a-.txt
      asserts · unknown, in its own voice · 100-134
        “Up to 40 ferries will stop running”

    Daily Anchor · 2023-10-04
    articles/daily-anchor-2023-10-04.txt
      disputes · Daily Anchor ← Bo Lind · 900-929
        “forty ferries will be stopped”
    ");
}

#[test]
fn claims_are_listed_most_repeated_first() {
    let story = harbour();
    let mut records = story.records;
    for opposition in story.oppositions {
        records.extend(opposition.records);
    }
    let rows = claim_rows(&records);
    let labels: Vec<(usize, usize, usize)> = rows
        .iter()
        .map(|row: &ClaimRow| (row.outlets, row.repeats, row.disputes))
        .collect();
    assert_eq!(labels, [(4, 4, 1), (2, 1, 1), (2, 1, 1)]);
    insta::assert_snapshot!(render_claims(&rows, 80, false), @r"
    claim                         outlets  repeats  disputes  first seen  id
    Up to 40 ferries will stop          4        4         1  2023-10-02  Up to 40
    running before the winter
    all                                 2        1         1  2023-10-05  all
    stop                                2        1         1  2023-10-05  stop
    ");
}

#[test]
fn colour_only_adds_escapes() {
    let trace = assemble(&harbour());
    let plain = render_trace(&trace, 80, false);
    let coloured = render_trace(&trace, 80, true);
    assert!(coloured.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

proptest! {
    #[test]
    fn words_of_an_article_cannot_steer_the_terminal(words in any::<String>(), width in 0_usize..200) {
        let story = facts(&words, vec![tell(&words, &words, "", Stance::Disputes, &words).person(&words, &words)]);
        let text = render_trace(&assemble(&story), width, false);
        prop_assert!(text.chars().all(|character| character == '\n' || !character.is_control()));
        let records = render_mentions(&story.records, width, true);
        prop_assert!(!records.is_empty());
        let _ = render_claims(&claim_rows(&story.records), width, true);
    }

    #[test]
    fn lines_keep_within_the_width(words in "([a-z]{1,9}|[а-я]{1,9}|[漢字]{1,3})( ([a-z]{1,9}|[漢字]{1,3})){0,40}", width in 60_usize..130) {
        let story = facts(&words, vec![tell(&words, "Alpha", "", Stance::Reports, &words).person(&words, "said")]);
        for line in render_trace(&assemble(&story), width, false).lines() {
            prop_assert!(line.width() <= width, "{line}");
        }
    }
}
