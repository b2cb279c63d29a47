//! Copies among made articles of which every word stands in one place only.

use proptest::prelude::*;

use super::*;

/// Sentences of ten words that stand nowhere else, each paragraph three of them.
fn paragraphs(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    let sentence = |number: usize| {
        let words: Vec<String> = (0..10).map(|word| format!("w{number}x{word}")).collect();
        format!("W{}.", &words.join(" ")[1..])
    };
    let paragraph = |number: usize| {
        let sentences: Vec<String> = (0..3).map(|at| sentence(3 * number + at)).collect();
        sentences.join(" ")
    };
    numbers.into_iter().map(paragraph).collect()
}

fn quoted(paragraphs: Vec<String>) -> Vec<String> {
    let quote = |text: String| format!("“{text}” she said.");
    paragraphs.into_iter().map(quote).collect()
}

/// An article with its text.
struct Made {
    text: Text,
    content: String,
}

fn article(id: &str, paragraphs: &[String]) -> Made {
    let content = paragraphs.join("\n\n");
    let mut spans = Vec::new();
    let mut start = 0;
    for paragraph in paragraphs {
        spans.push(Span::new(start, start + paragraph.len()));
        start += paragraph.len() + 2;
    }
    Made {
        text: Text {
            article: ArticleId::from_local(id),
            snapshot: SnapshotId::of(&format!("{id} {content}")),
            published: None,
            outlet: Some(format!("Outlet {id}")),
            outlet_id: Some(AgentId::named(&format!("Outlet {id}"))),
            credit: None,
            paragraphs: spans,
            sketch: Sketch::of(&content),
        },
        content,
    }
}

impl Made {
    fn on(mut self, day: &str) -> Self {
        self.text.published = Some(day.parse().unwrap());
        self
    }

    fn by(mut self, outlet: &str) -> Self {
        self.text.outlet = Some(outlet.to_owned());
        self.text.outlet_id = Some(AgentId::named(outlet));
        self
    }

    fn crediting(mut self, credit: &str) -> Self {
        self.text.credit = Some(credit.to_owned());
        self
    }
}

fn found(articles: &[Made]) -> Vec<Reprint> {
    let texts = articles.iter().map(|made| made.text.clone()).collect();
    let read = |id: &SnapshotId| {
        let made = articles.iter().find(|made| made.text.snapshot == *id)?;
        Some(made.content.clone())
    };
    reprints(texts, &read, Lexicon::shipped())
}

fn copies(articles: &[Made]) -> Vec<Reprint> {
    let mut found = found(articles);
    found.retain(|reprint| reprint.is_copy);
    found
}

fn words<'a>(made: &'a Made, spans: &[Span]) -> Vec<&'a str> {
    spans.iter().map(|span| span.of(&made.content)).collect()
}

#[test]
fn cut_and_added_paragraphs_of_a_copy_are_named() {
    let original = article("a", &paragraphs(0..8)).on("2020-03-01");
    let kept = [0, 1, 3, 4, 90, 6, 7];
    let copy = article("b", &paragraphs(kept)).on("2020-03-02");
    let articles = [original, copy];
    let found = copies(&articles);
    assert_eq!(found.len(), 1);
    let reprint = &found[0];
    assert_eq!(reprint.copy.as_str(), "b");
    assert_eq!(reprint.direction, Direction::Date);
    let all = paragraphs(0..8);
    assert_eq!(words(&articles[0], &reprint.cut), [&all[2], &all[5]]);
    assert_eq!(words(&articles[1], &reprint.added), [&paragraphs([90])[0]]);
    assert!(!reprint.reordered);
}

#[test]
fn a_sentence_cut_inside_a_paragraph_is_named_alone() {
    let original = article("a", &paragraphs(0..6)).on("2020-03-01");
    let mut shorter = paragraphs(0..6);
    let end = shorter[2].find(". ").unwrap() + 2;
    let cut = shorter[2].drain(..end).as_str().trim_end().to_owned();
    let articles = [original, article("b", &shorter).on("2020-03-02")];
    let found = copies(&articles);
    assert_eq!(words(&articles[0], &found[0].cut), [cut]);
    assert_eq!(found[0].added, []);
}

#[test]
fn a_copy_in_another_order_is_found() {
    let articles = [
        article("a", &paragraphs(0..6)).on("2020-03-01"),
        article("b", &paragraphs([3, 4, 5, 0, 1, 2])).on("2020-03-03"),
    ];
    let found = copies(&articles);
    assert!(found[0].reordered);
    assert_eq!((found[0].cut.len(), found[0].added.len()), (0, 0));
}

#[test]
fn a_copy_of_which_every_ninth_word_was_changed_is_found_and_nothing_was_cut() {
    let original = paragraphs(0..8).join("\n\n");
    let mut count = 0;
    let edited: String = original
        .split_inclusive(' ')
        .map(|word| {
            count += 1;
            match count % 9 {
                0 => "changed ",
                _ => word,
            }
        })
        .collect();
    let edited: Vec<String> = edited.split("\n\n").map(str::to_owned).collect();
    let articles = [
        article("a", &paragraphs(0..8)).on("2020-03-01"),
        article("b", &edited).on("2020-03-02"),
    ];
    let found = copies(&articles);
    assert_eq!(found.len(), 1);
    assert!(found[0].containment < 0.35, "{}", found[0].containment);
    assert_eq!((found[0].cut.len(), found[0].added.len()), (0, 0));
}

#[test]
fn a_credit_tells_more_than_a_date() {
    let found = copies(&[
        article("a", &paragraphs(0..6))
            .on("2020-03-01")
            .by("Courier")
            .crediting("Herald News"),
        article("b", &paragraphs(0..7))
            .on("2020-03-02")
            .by("The Herald"),
    ]);
    assert_eq!(found[0].copy.as_str(), "a");
    assert_eq!(found[0].direction, Direction::Credit);
}

#[test]
fn two_papers_that_credit_one_agency_are_no_copies_of_each_other() {
    let found = copies(&[
        article("a", &paragraphs(0..6))
            .on("2020-03-01")
            .crediting("AP"),
        article("b", &paragraphs(0..6))
            .on("2020-03-02")
            .crediting("Associated Press"),
    ]);
    assert_eq!(found[0].direction, Direction::Agency);
    assert_eq!(found[0].credit.as_deref(), Some("AP"));
    assert!(!found[0].direction.is_known());
}

#[test]
fn of_one_day_the_text_that_only_lacks_passages_is_the_copy() {
    let day = "2020-03-01";
    let found = copies(&[
        article("a", &paragraphs(0..4)).on(day),
        article("b", &paragraphs(0..8)).on(day),
    ]);
    assert_eq!(found[0].copy.as_str(), "a");
    assert_eq!(found[0].direction, Direction::Fuller);
    let found = copies(&[
        article("a", &paragraphs(0..6)).on(day),
        article("b", &paragraphs(0..6)).on(day),
    ]);
    assert_eq!(found[0].direction, Direction::Unknown);
}

#[test]
fn a_long_quotation_in_two_articles_makes_no_copy_but_shared_passages() {
    let with_quotation = |own: std::ops::Range<usize>| {
        let mut text = paragraphs(own);
        text.extend(quoted(paragraphs(100..104)));
        text
    };
    let articles = [
        article("a", &with_quotation(0..6)),
        article("b", &with_quotation(20..26)),
    ];
    let found = found(&articles);
    assert_eq!(found.len(), 1);
    assert!(!found[0].is_copy);
    assert_eq!((found[0].cut.len(), found[0].added.len()), (0, 0));
}

#[test]
fn what_a_site_puts_below_its_articles_makes_no_copy() {
    let with_frame = |own: std::ops::Range<usize>| {
        let mut text = paragraphs(own);
        text.extend(paragraphs(100..102));
        text
    };
    let articles = |outlets: [&str; 2]| {
        [
            article("a", &with_frame(0..8)).by(outlets[0]),
            article("b", &with_frame(20..28)).by(outlets[1]),
        ]
    };
    assert_eq!(found(&articles(["Herald", "Herald"])), []);
}

#[test]
fn a_stock_phrase_makes_no_copy() {
    let phrase = "This report was written by our own staff in the capital today.";
    let with_phrase = |own: std::ops::Range<usize>| {
        let mut text = paragraphs(own);
        text.push(phrase.to_owned());
        text
    };
    let articles = [
        article("a", &with_phrase(0..5)),
        article("b", &with_phrase(20..25)),
    ];
    assert_eq!(found(&articles), []);
}

#[test]
fn captures_of_one_article_are_no_copies_and_count_once() {
    let found = copies(&[
        article("a", &paragraphs(0..6)),
        article("a", &paragraphs(0..7)),
        article("b", &paragraphs(0..5)),
    ]);
    assert_eq!(found.len(), 1);
}

#[test]
fn a_crowd_of_copies_is_found_from_its_earliest() {
    let made = |number: usize| {
        let day = format!("2020-03-{:02}", 1 + (number + 7) % 30);
        article(&format!("a{number:02}"), &paragraphs(0..5)).on(&day)
    };
    let articles: Vec<Made> = (0..30).map(made).collect();
    let found = copies(&articles);
    let copies: BTreeSet<_> = found.iter().map(|reprint| &reprint.copy).collect();
    assert_eq!(copies.len(), 29);
    assert!(
        found
            .iter()
            .all(|reprint| reprint.original.as_str() == "a23")
    );
}

#[test]
fn a_text_that_cannot_be_read_is_no_copy() {
    let texts = [
        article("a", &paragraphs(0..6)).text,
        article("b", &paragraphs(0..6)).text,
    ];
    let found = reprints(texts.to_vec(), &|_| None, Lexicon::shipped());
    assert_eq!(found, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_of_insertion_does_not_matter(
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        at_once in 1..8_usize,
    ) {
        let articles: Vec<Made> = (0..8)
            .map(|number| article(&format!("a{number}"), &paragraphs(number * 2..number * 2 + 7)))
            .collect();
        let read = |id: &SnapshotId| {
            let made = articles.iter().find(|made| made.text.snapshot == *id)?;
            Some(made.content.clone())
        };
        let all = found(&articles);
        prop_assert!(!all.is_empty());
        let mut index = CopyIndex::default();
        for numbers in order.chunks(at_once) {
            let texts = numbers.iter().map(|number| articles[*number].text.clone());
            index.insert(texts.collect(), &read);
        }
        prop_assert_eq!(index.reprints(Lexicon::shipped()), all);
    }

    #[test]
    fn cut_and_added_lie_on_characters_of_any_text(
        one in "(\\PC{1,40}[.”] ?){1,12}", shared in "([a-z]{2,7} ){60,90}", other in "\\PC{0,200}",
    ) {
        let articles = [
            article("a", &[format!("{one} {shared}")]),
            article("b", &[shared.clone(), other]),
        ];
        for reprint in found(&articles) {
            let sides = [(&reprint.copy, &reprint.added), (&reprint.original, &reprint.cut)];
            for (id, spans) in sides {
                let made = articles.iter().find(|made| made.text.article == *id).unwrap();
                prop_assert!(spans.iter().all(|span| span.slice(&made.content).is_some()));
            }
        }
    }
}
