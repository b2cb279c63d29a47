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

/// Phrases by what they are about, with the quantities that must be read in them.
#[derive(Deserialize)]
struct Phrases {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    about: String,
    phrases: Vec<Vec<String>>,
}

#[test]
fn phrases_are_read_as_people_read_them() {
    let data: Phrases = toml::from_str(include_str!("../../../fixtures/quantities.toml")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for group in data.group {
        for phrase in group.phrases {
            count += 1;
            let found: Vec<String> = read(&phrase[0]).iter().flat_map(described).collect();
            if found != phrase[1..] {
                wrong.push(format!("{}: {:?} read as {found:?}", group.about, phrase));
            }
        }
    }
    assert!(count >= 200);
    assert_eq!(wrong, Vec::<String>::new());
}

/// Wording, value or range, unit, bound with "!" where approximate.
fn described(quantity: &Quantity) -> [String; 4] {
    let mark = if quantity.approximate { "!" } else { "" };
    let value = match (quantity.min, quantity.max) {
        (Some(min), Some(max)) => format!("{min}..{max}"),
        _ => quantity.value.to_string(),
    };
    [
        quantity.text.clone(),
        value,
        quantity.unit.clone(),
        format!("{}{mark}", quantity.bound.as_str()),
    ]
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

/// Writes a number in English words.
fn spelled(number: u64) -> String {
    const ONES: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let ones = |at: u64| ONES[usize::try_from(at).unwrap()];
    let scaled = |scale: u64, name: &str| {
        let (head, rest) = (spelled(number / scale), number % scale);
        let and = if rest > 0 && rest < 100 { " and " } else { " " };
        format!("{head} {name}{and}{}", spelled(rest))
            .trim_end()
            .to_owned()
    };
    match number {
        0..20 => ones(number).to_owned(),
        20..100 if number.is_multiple_of(10) => {
            TENS[usize::try_from(number / 10).unwrap()].to_owned()
        }
        20..100 => format!(
            "{}-{}",
            TENS[usize::try_from(number / 10).unwrap()],
            ones(number % 10)
        ),
        100..1_000 => scaled(100, "hundred"),
        1_000..1_000_000 => scaled(1_000, "thousand"),
        1_000_000..1_000_000_000 => scaled(1_000_000, "million"),
        _ => scaled(1_000_000_000, "billion"),
    }
}

proptest! {
    #[test]
    fn spelled_numbers_are_read_back(number in prop_oneof![2_u64..1_000, 1_000_u64..1_000_000, 1_000_000_u64..900_000_000_000]) {
        let text = format!("{} soldiers", spelled(number));
        let found = read(&text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(found[0].value, number as f64, "{}", text);
        prop_assert_eq!(&found[0].text, &text);
    }

    #[test]
    fn written_numbers_are_read_back(number in 2_u64..1_000_000_000, digits in 0_usize..3) {
        let grouped: Vec<String> = (number.to_string().as_bytes().rchunks(3).rev())
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        let fraction = &".25"[..if digits == 0 { 0 } else { digits + 1 }];
        let text = format!("up to {}{fraction} tonnes", grouped.join(","));
        let found = read(&text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        let fraction: f64 = format!("0{fraction}").parse().unwrap();
        prop_assert!((found[0].value - number as f64 - fraction).abs() < 1e-3, "{}", text);
        prop_assert_eq!(found[0].bound, Bound::Max);
    }

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
