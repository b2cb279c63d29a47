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
fn a_trace_reads_well_at_eighty_columns() {
    insta::assert_snapshot!(render_trace(&assemble(&harbour()), 80, false), @"");
}

#[test]
fn mentions_are_listed_by_article() {
    insta::assert_snapshot!(render_mentions(&harbour().records, 72, false), @"");
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
    insta::assert_snapshot!(render_claims(&rows, 80, false), @"");
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
        render_claims(&claim_rows(&story.records), width, true);
    }

    #[test]
    fn lines_keep_within_the_width(words in "([a-z]{1,9}|[а-я]{1,9}|[漢字]{1,3})( ([a-z]{1,9}|[漢字]{1,3})){0,40}", width in 60_usize..130) {
        let story = facts(&words, vec![tell(&words, "Alpha", "", Stance::Reports, &words).person(&words, "said")]);
        for line in render_trace(&assemble(&story), width, false).lines() {
            prop_assert!(line.width() <= width, "{line}");
        }
    }
}
