//! Whole articles of our own, as messy as real pages, and what becomes of their lines.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::article::Snapshot;

fn raw(text: &str) -> RawArticle {
    RawArticle {
        path: "a.txt".to_owned(),
        snapshot: Snapshot::new(text.to_owned()),
        encoding_format: "text/plain".to_owned(),
        raw_sha256: None,
        supplied: Vec::new(),
        text_span: Span::new(0, text.len()),
        provenance: None,
        page: Default::default(),
    }
}

/// The lines of a text with the first letters of their kinds, and the metadata and codes.
fn look(raw: &RawArticle, options: &CleanOptions) -> (Vec<String>, Metadata, Vec<&'static str>) {
    let Warned { value, diagnostics } = clean(raw, Lexicon::shipped(), options);
    let text = &raw.snapshot.text;
    let line = |block: &Block| {
        let words: Vec<_> = block.span.of(text).split_whitespace().take(3).collect();
        format!("{:?}: {}", block.kind, words.join(" "))
    };
    let codes = diagnostics.iter().map(|d| d.code).collect();
    (
        value.blocks.iter().map(line).collect(),
        value.metadata,
        codes,
    )
}

fn value<T: Clone>(found: &Option<Found<T>>) -> Option<T> {
    found.as_ref().map(|found| found.value.clone())
}

fn day(metadata: &Metadata) -> Option<jiff::civil::Date> {
    value(&metadata.published).map(|moment| moment.date)
}

const P1: &str = "The port of Example was closed on Sunday because of the coming storm, harbour master Ann Smith said.";
const P2: &str = "\"No ship will leave before Tuesday,\" she told Reuters, adding that the ferry to the islands would stop too.";
const P3: &str = "Fishermen in the town said on 3 May 2019 that a similar order had cost them a week of work, The Guardian reported.";
const P4: &str = "The weather service expects winds of up to 120 kilometres an hour along the whole of the northern coast.";

#[test]
fn a_newspaper_page_keeps_its_text_and_loses_its_furniture() {
    let page = format!(
        "Get breaking news alerts from The Guardian\n\nStorm shuts the port of Example as ferries stop\n\n\
        Harbour master says that nobody will sail before Tuesday\n\nJane Doe\nSunday 3 May 2020 10:24 BST\nComments\n\
        A wave breaks over the harbour wall of Example on Saturday\n\
        A wave breaks over the harbour wall of Example on Saturday (Getty)\n\n\
        Your support helps us to tell the story\n\nFrom the coast to the capital, our reporters are where news is made.\n\n\
        Your donation keeps our journalism free for all, and we need it.\n\n{P1}\n\n{P2}\n\nA week without fish\n\n{P3}\n\n{P4}\n\n\
        Additional reporting by agencies\n\nJoin our commenting forum\n\nThank you for registering"
    );
    let (lines, metadata, codes) = look(&raw(&page), &CleanOptions::default());
    assert_eq!(
        lines,
        [
            "Furniture: Get breaking news",
            "Headline: Storm shuts the",
            "Standfirst: Harbour master says",
            "Meta: Jane Doe",
            "Meta: Sunday 3 May",
            "Furniture: Comments",
            "Caption: A wave breaks",
            "Caption: A wave breaks",
            "Furniture: Your support helps",
            "Furniture: From the coast",
            "Furniture: Your donation keeps",
            "Body: The port of",
            "Body: \"No ship will",
            "Heading: A week without",
            "Body: Fishermen in the",
            "Body: The weather service",
            "Meta: Additional reporting by",
            "Furniture: Join our commenting",
            "Furniture: Thank you for",
        ]
    );
    assert_eq!(day(&metadata), Some(date(2020, 5, 3)));
    assert_eq!(metadata.authors[0].value, "Jane Doe");
    // An outlet that the running text mentions is never the publisher.
    assert_eq!((metadata.outlet, codes), (None, vec!["W-OUTLET-MISSING"]));
}

#[test]
fn picture_stamps_give_outlet_and_day_and_teasers_at_the_end_go() {
    let page = format!(
        "- Example Times, 1920\nStorm Shuts Port As Ferries Stop\n\n© Example / Jane Doe / Go to the picturesA wave.\n\
        A wave breaks. - Example Times, 1920, 03.05.2020\n{P1}\n{P2}\n{P3}\n{P4}\n\
        A lorry on a bridge. - Example Times, 1920, 01.05.2020\nLorry Hangs From Bridge After Night Of Heavy Rain\n{P4}\n\
        To participate in the discussion\nlog in or register\nЗаголовок материала"
    );
    let (lines, metadata, codes) = look(&raw(&page), &CleanOptions::default());
    let kinds: Vec<_> = lines
        .iter()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(
        kinds[..5],
        ["Meta", "Headline", "Caption", "Caption", "Body"]
    );
    assert_eq!(
        kinds[8..],
        [
            "Caption",
            "Furniture",
            "Furniture",
            "Furniture",
            "Furniture",
            "Furniture"
        ]
    );
    assert_eq!(value(&metadata.outlet).as_deref(), Some("Example Times"));
    assert_eq!(day(&metadata), Some(date(2020, 5, 3)));
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn a_reprint_names_whose_text_it_is_and_not_who_published_it() {
    let page = format!(
        "World\n\nStorm shuts the port of Example\n\nby Xinhua News\n\n{P1}\n{P2}\n{P4}\n\nRead the full story on Xinhua\n\n\
        Source\nXinhua News\nShow More\n\nRelated Articles\n\nLeave a Reply"
    );
    let (lines, metadata, codes) = look(&raw(&page), &CleanOptions::default());
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("Body")).count(),
        3
    );
    assert_eq!(value(&metadata.credit).as_deref(), Some("Xinhua News"));
    assert_eq!((metadata.outlet, metadata.authors), (None, vec![]));
    assert_eq!(codes, ["W-OUTLET-MISSING", "W-DATE-MISSING"]);
}

#[test]
fn an_agency_in_the_dateline_is_credited() {
    let page = format!("Storm shuts the port\n\nEXAMPLE, May 3 (Reuters) - {P1}\n\n{P4}\n");
    let raw = raw(&page);
    let (_, metadata, _) = look(&raw, &CleanOptions::default());
    let credit = metadata.credit.unwrap();
    assert_eq!(credit.value, "Reuters");
    assert_eq!(credit.span.unwrap().of(&page), "Reuters");
}

#[test]
fn an_address_above_the_text_gives_outlet_and_day() {
    for (url, outlet) in [
        (
            "https://www.bbc.co.uk/news/2020/05/03/storm.html",
            "BBC News",
        ),
        (
            "https://news.harbour-gazette.co.uk/20200503/storm-1.html",
            "harbour-gazette.co.uk",
        ),
    ] {
        let page = format!("{url}\n\nStorm shuts the port\n\n{P1}\n\n{P4}\n");
        let (_, metadata, codes) = look(&raw(&page), &CleanOptions::default());
        assert_eq!(value(&metadata.url).as_deref(), Some(url));
        assert_eq!(value(&metadata.outlet).as_deref(), Some(outlet));
        assert_eq!(day(&metadata), Some(date(2020, 5, 3)));
        assert!(codes.is_empty(), "{codes:?}");
    }
}

#[test]
fn doubtful_days_are_unknown_and_conflicts_are_said() {
    let page = format!("Storm shuts the port\n\nPublished: 3/4/2021\n\n{P1}\n\n{P4}\n");
    let (_, metadata, codes) = look(&raw(&page), &CleanOptions::default());
    assert_eq!((metadata.published, codes[0]), (None, "W-DATE-AMBIGUOUS"));
    let page = format!(
        "https://apnews.com/2020/05/03/storm\nStorm shuts the port\n\nPublished: 9 June 2020\n\n{P1}\n\n{P4}\n"
    );
    let (_, metadata, codes) = look(&raw(&page), &CleanOptions::default());
    assert_eq!(day(&metadata), Some(date(2020, 6, 9)));
    assert_eq!(codes, ["W-DATE-CONFLICT"]);
}

#[test]
fn options_fill_what_is_missing_and_replace_only_when_told() {
    let raw = raw(&format!(
        "Storm shuts the port\n\nPublished: 9 June 2020\n\n{P1}\n\n{P4}\n"
    ));
    let supplied = Supplied {
        outlet: Some("Example News".to_owned()),
        published: Some(date(2020, 1, 1)),
        ..Supplied::default()
    };
    let mut options = CleanOptions {
        supplied,
        override_text: false,
    };
    let (_, metadata, codes) = look(&raw, &options);
    assert_eq!(metadata.outlet.as_ref().unwrap().origin, "option");
    assert_eq!(day(&metadata), Some(date(2020, 6, 9)));
    assert!(codes.is_empty());
    options.override_text = true;
    assert_eq!(day(&look(&raw, &options).1), Some(date(2020, 1, 1)));
}

#[test]
fn plain_paragraphs_are_all_kept() {
    let text = format!(
        "{P1}\n\n\"We lost,\" she said.\n\n{P2}\n\nHe nodded.\n\n{P4}\n\nThe rest of the report was never rel"
    );
    let (lines, metadata, _) = look(&raw(&text), &CleanOptions::default());
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("Body")).count(),
        5,
        "{lines:?}"
    );
    assert_eq!(metadata.headline, None);
    let (lines, ..) = look(&raw("Ann Smith said no."), &CleanOptions::default());
    assert_eq!(lines, ["Body: Ann Smith said"]);
}

#[test]
fn hostile_texts_take_no_longer_than_their_length() {
    for text in [
        "a.B".repeat(70_000),
        "\n".repeat(200_000),
        "\"A.\" ".repeat(40_000),
        "Source\n".repeat(10_000),
        "- ".repeat(100_000),
        "ab.\" ".repeat(40_000),
        "aB".repeat(100_000) + "ab.Abc. ab.Abc",
    ] {
        let start = std::time::Instant::now();
        let blocks = clean(&raw(&text), Lexicon::shipped(), &CleanOptions::default())
            .value
            .blocks
            .len();
        assert!(start.elapsed().as_secs() < 20, "{blocks} blocks");
    }
}

proptest! {
    #[test]
    fn blocks_are_in_order_trimmed_and_inside_any_text(text in "(\\PC{0,40}[\n\r ]{0,3}|©|Source\n|By [A-Z][a-z]+ [A-Z][a-z]+\n|[a-z]{3}\\.[A-Z][a-z]{2}|, 1920, 1\\.1\\.2020\n){0,30}") {
        let raw = raw(&text);
        let document = clean(&raw, Lexicon::shipped(), &CleanOptions::default()).value;
        let mut end = 0;
        for block in &document.blocks {
            prop_assert!(block.span.start >= end && !block.span.is_empty());
            prop_assert_eq!(block.span.trim(&text), block.span);
            prop_assert!(block.span.slice(&text).is_some());
            end = block.span.end;
        }
        // What lies between the blocks is white space, or the marks of a heading: nothing is dropped
        // without a label.
        let words = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '#').count();
        let kept: usize = document.blocks.iter().map(|b| words(b.span.of(&text))).sum();
        prop_assert_eq!(kept, words(&text));
    }
}
