//! Dates and intervals in sentences of our own.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    published: Option<String>,
    text: String,
    found: Vec<[String; 3]>,
}

fn read(text: &str, published: Option<Date>) -> Vec<Time> {
    times(
        text,
        Span::new(0, text.len()),
        published,
        Lexicon::shipped(),
    )
}

#[test]
fn examples_of_the_data_file_hold() {
    let data: Examples = toml::from_str(crate::lexicon::calendar::DATA).unwrap();
    assert!(data.example.len() > 5);
    for example in data.example {
        let published = example.published.map(|day| day.parse().unwrap());
        let found: Vec<[String; 3]> = read(&example.text, published)
            .into_iter()
            .map(|time| {
                let words = time.span.of(&example.text).to_owned();
                [words, time.start.to_string(), time.end.to_string()]
            })
            .collect();
        assert_eq!(found, example.found, "{}", example.text);
    }
}

#[test]
fn slash_dates_that_read_two_ways_are_left_alone() {
    assert_eq!(read("12/07/2021", Some(date(2021, 12, 12))), []);
    assert_eq!(read("25/12/2021", None)[0].start, date(2021, 12, 25));
}

#[test]
fn weekday_of_publication_is_that_day() {
    let found = read("He spoke on Sunday.", Some(date(2021, 12, 12)));
    assert_eq!(found[0].start, date(2021, 12, 12));
}

proptest! {
    #[test]
    fn spans_slice_and_days_are_ordered(
        text in "([a-zé ’.,/-]{0,3}|[0-9]{1,4}|on |Tuesday |December |Feb\\. |last |next |week |year |ago |mid-|will |in ){0,20}",
        year in -9999_i16..=9999,
    ) {
        for time in read(&text, Date::new(year, 12, 31).ok()) {
            prop_assert!(time.span.slice(&text).is_some_and(|words| !words.is_empty()));
            prop_assert!(time.start <= time.end);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        read(&text, Some(Date::MIN));
        read(&text, Some(Date::MAX));
    }
}
