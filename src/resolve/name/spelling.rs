//! How alike two spellings of a name are: "Yury" and "Yuri", "Zelensky" and "Zelenskiy".
//!
//! Spellings are compared by how they sound in English; a score below 1 is a guess.

use deunicode::deunicode;

/// Names at least this alike may be one, when everything else agrees.
pub const LIKELY: f64 = 0.85;

/// Letters that transliterations exchange, longest first.
const SOUNDS: &[(&str, &str)] = &[
    ("schtsch", "s"),
    ("shch", "s"),
    ("tsch", "s"),
    ("sch", "s"),
    ("kh", "h"),
    ("zh", "z"),
    ("sh", "s"),
    ("ch", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "c"),
    ("tz", "c"),
    ("cz", "s"),
    ("ck", "k"),
    ("ks", "x"),
    ("ou", "u"),
    ("oo", "u"),
    ("yu", "u"),
    ("iu", "u"),
    ("ju", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
    ("yo", "o"),
    ("io", "o"),
    ("ye", "e"),
    ("ie", "e"),
    ("je", "e"),
    ("iy", "i"),
    ("yy", "i"),
    ("ii", "i"),
    ("ij", "i"),
    ("yi", "i"),
    ("ee", "i"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("q", "k"),
    ("g", "h"),
];

/// Returns a word as it sounds: transliterations of one name give one sound.
#[must_use]
pub fn sound(word: &str) -> String {
    let lower = deunicode(word).to_lowercase();
    let mut rest: &str = &lower;
    let mut sound = String::with_capacity(lower.len());
    while let Some(first) = rest.chars().next() {
        let found = SOUNDS.iter().find(|(from, _)| rest.starts_with(from));
        let (length, to) = match found {
            Some((from, to)) => (from.len(), (*to).chars().next()),
            None => (first.len_utf8(), first.is_alphanumeric().then_some(first)),
        };
        if let Some(to) = to.filter(|to| !sound.ends_with(*to)) {
            sound.push(to);
        }
        rest = &rest[length..];
    }
    sound
}

/// Returns how alike two words are, from 0 to 1; one that they sound the same.
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (sound(one), sound(other));
    if one == other {
        return if one.is_empty() { 0.0 } else { 1.0 };
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = one.len().max(other.len());
    // Short names differ by one sound and are others: "Lee", "Leo".
    if one.len().min(other.len()) < 4 || longest > 40 {
        return 0.0;
    }
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let change = |a: char, b: char| match (a == b, vowel(a) && vowel(b)) {
        (true, _) => 0.0,
        (false, true) => 0.5,
        (false, false) => 1.0,
    };
    let gap = |c: char| if vowel(c) { 0.5 } else { 1.0 };
    let mut row: Vec<f64> = std::iter::once(0.0)
        .chain(other.iter().scan(0.0, |sum, &c| {
            *sum += gap(c);
            Some(*sum)
        }))
        .collect();
    for &a in &one {
        let mut diagonal = row[0];
        row[0] += gap(a);
        for (at, &b) in other.iter().enumerate() {
            let best = (diagonal + change(a, b))
                .min(row[at + 1] + gap(a))
                .min(row[at] + gap(b));
            diagonal = std::mem::replace(&mut row[at + 1], best);
        }
    }
    let distance = row.last().copied().unwrap_or(0.0);
    let longest = f64::from(u32::try_from(longest).unwrap_or(u32::MAX));
    (1.0 - distance / longest).max(0.0)
}

/// Returns how likely two full names are spellings of one person's; 0 when they are not.
///
/// Given name and surname must both be alike, or the given name be an initial; a surname alone is
/// no full name.
#[must_use]
pub fn same_person(one: &str, other: &str) -> f64 {
    let split = |name: &str| -> Option<(String, String)> {
        let mut words = name.split([' ', '-']).filter(|word| !word.is_empty());
        let first = words.next()?.trim_end_matches('.').to_owned();
        Some((first, words.next_back()?.to_owned()))
    };
    let (Some((first, last)), Some((other_first, other_last))) = (split(one), split(other)) else {
        return 0.0;
    };
    let initial = first.chars().count() == 1 || other_first.chars().count() == 1;
    let given = if initial {
        let same = sound(&first).chars().next() == sound(&other_first).chars().next();
        if same { 0.9 } else { 0.0 }
    } else {
        likeness(&first, &other_first)
    };
    let family = likeness(&last, &other_last);
    // One of the two may be doubtful, not both.
    if given < LIKELY || family < LIKELY || given.max(family) < 1.0 {
        return 0.0;
    }
    given * family
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_of_one_name_are_one_person() {
        for (one, other) in [
            ("Yury Ushakov", "Yuri Ushakov"),
            ("Yuri Ushakov", "Yuri Oshakov"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
            ("Oleksii Reznikov", "Oleksiy Reznikov"),
            ("Sergey Lavrov", "Sergei Lavrov"),
            ("Alexei Navalny", "Aleksey Navalny"),
            ("José Ibáñez", "Jose Ibanez"),
            ("V. Putin", "Vladimir Putin"),
            ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
        ] {
            assert!(same_person(one, other) >= LIKELY, "{one}, {other}");
        }
    }

    #[test]
    fn other_people_stay_apart() {
        for (one, other) in [
            ("Anna Berg", "Lars Berg"),
            ("Anna Berg", "Adam Berg"),
            ("Jan Lee", "Jan Leo"),
            ("Vladimir Petrov", "Viktor Petrov"),
            ("Putin", "Vladimir Putin"),
            ("Petra Olsen", "Peter Olsen"),
        ] {
            assert!(same_person(one, other) < LIKELY, "{one}, {other}");
        }
    }
}
