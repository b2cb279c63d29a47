//! Numbers, bounds and units in sentences of our own.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    found: Vec<[String; 4]>,
}

fn read(text: &str) -> Vec<Quantity> {
    quantities(text, Span::new(0, text.len()), Lexicon::shipped())
}

#[test]
fn examples_of_the_data_file_hold() {
    let data: Examples = toml::from_str(crate::lexicon::units::DATA).unwrap();
    assert!(data.example.len() > 10);
    for example in data.example {
        let found: Vec<[String; 4]> = read(&example.text)
            .into_iter()
            .map(|quantity| {
                let mark = if quantity.approximate { "!" } else { "" };
                let bound = format!("{}{mark}", quantity.bound.as_str());
                [
                    quantity.text,
                    quantity.value.to_string(),
                    quantity.unit,
                    bound,
                ]
            })
            .collect();
        assert_eq!(found, example.found, "{}", example.text);
    }
}

#[test]
fn bounds_set_min_and_max() {
    let limits = |text: &str| {
        let quantity = &read(text)[0];
        (quantity.min, quantity.max)
    };
    assert_eq!(limits("up to 12 people"), (None, Some(12.0)));
    assert_eq!(limits("at least 12 people"), (Some(12.0), None));
    assert_eq!(limits("5 to 7 people"), (Some(5.0), Some(7.0)));
    assert_eq!(limits("12 people"), (None, None));
}

#[test]
fn offsets_count_from_the_start_of_the_text() {
    let text = "Ünlü said 40 dogs bark";
    let found = quantities(text, Span::new(7, text.len()), Lexicon::shipped());
    assert_eq!(&text[found[0].start..found[0].end], "40 dogs");
}

#[test]
fn long_runs_of_number_words_stay_cheap() {
    for unit in [
        "one hundred and ",
        "thousands of ",
        "5-",
        "a ",
        "between 1 and ",
    ] {
        let text = unit.repeat(20_000);
        read(&text);
    }
}

proptest! {
    #[test]
    fn spans_slice_and_bounds_are_ordered(
        text in "([a-zé€$£%°’'.,:/–\\- 0-9]{0,3}|up to |between |and |one in |half a |million |hours |thousands |of |troops |\\$|5-7){0,24}"
    ) {
        let mut last = 0;
        for quantity in read(&text) {
            let slice = Span::new(quantity.start, quantity.end).slice(&text);
            prop_assert_eq!(slice, Some(quantity.text.as_str()));
            prop_assert!(quantity.start >= last && quantity.end > quantity.start);
            last = quantity.end;
            if let (Some(min), Some(max)) = (quantity.min, quantity.max) {
                prop_assert!(min <= max);
            }
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        read(&text);
    }
}
