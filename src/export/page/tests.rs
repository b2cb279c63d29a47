//! The style sheet is readable in both schemes, and words that steer text are shown.

use std::collections::BTreeMap;

use super::{STYLE, visible};

/// Reads the colours of the first rule behind `from`.
fn colours(from: &str) -> BTreeMap<String, [f64; 3]> {
    let rules = &STYLE[STYLE.find(from).expect("it is in the style sheet")..];
    let rules = &rules[rules.find(":root {").expect("it sets colours")..];
    let rules = &rules[..rules.find('}').expect("it ends")];
    let colour = |part: &str| {
        let (name, value) = part.trim().strip_prefix("--")?.split_once(": #")?;
        let value = if value.len() == 3 {
            value.chars().flat_map(|digit| [digit, digit]).collect()
        } else {
            value.to_owned()
        };
        let channel = |at: usize| {
            let level = u8::from_str_radix(&value[at..at + 2], 16).expect("hexadecimal");
            let level = f64::from(level) / 255.0;
            if level <= 0.040_45 {
                level / 12.92
            } else {
                ((level + 0.055) / 1.055).powf(2.4)
            }
        };
        Some((name.to_owned(), [channel(0), channel(2), channel(4)]))
    };
    rules.split([';', '{', '\n']).filter_map(colour).collect()
}

/// Contrast as the Web Content Accessibility Guidelines define it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

#[test]
fn every_scheme_has_the_contrast_that_reading_needs() {
    for scheme in [":root {", "prefers-color-scheme: dark", "@media print"] {
        let found = colours(scheme);
        let text = [
            "ink",
            "faint",
            "link",
            "repeats",
            "hedges",
            "disputes",
            "discusses",
        ];
        for colour in text {
            for ground in ["paper", "panel"] {
                let ratio = contrast(found[colour], found[ground]);
                assert!(ratio >= 4.5, "{scheme} {colour} on {ground}: {ratio:.2}");
            }
        }
        for ground in ["content", "claim", "focus", "outlet", "named"] {
            let ratio = contrast(found["ink"], found[ground]);
            assert!(ratio >= 4.5, "{scheme} ink on {ground}: {ratio:.2}");
        }
    }
}

#[test]
fn characters_that_turn_text_around_are_shown_as_numbers() {
    assert_eq!(visible("a\u{202E}b".to_owned()), "a[U+202E]b");
    assert_eq!(visible("a\u{0}\nb".to_owned()), "a[U+0000]\nb");
    assert_eq!(visible("naïve “word”".to_owned()), "naïve “word”");
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    for word in ["url(", "@import", "http:", "https:", "expression("] {
        assert!(!STYLE.contains(word), "{word}");
    }
}
