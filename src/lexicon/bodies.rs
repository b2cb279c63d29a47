//! Which bodies and officials are parts of which state, by `data/bodies.toml`.

use serde::Deserialize;

use super::concepts::Concepts;

/// Words for parts of a state.
#[derive(Debug, Default, Deserialize)]
pub struct Bodies {
    bodies: Vec<String>,
    officials: Vec<String>,
}

impl Bodies {
    /// Parses the data built into the binary.
    pub(crate) fn shipped() -> Self {
        toml::from_str(include_str!("data/bodies.toml"))
            .expect("the embedded data is parsed by a test")
    }

    /// Finds the state that a body ("Russian Defence Ministry", "Moscow") or a title ("US president")
    /// belongs to: its id and its name.
    #[must_use]
    pub fn state<'a>(&self, name: &str, concepts: &'a Concepts) -> Option<(&'a str, &'a str)> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_part = |word: &str| {
            let word = word.to_lowercase();
            self.bodies.contains(&word) || self.officials.contains(&word)
        };
        if let [before @ .., last] = words.as_slice()
            && is_part(last)
        {
            // "Russian foreign minister": what stands between says which part.
            return (1..=before.len())
                .rev()
                .find_map(|end| concepts.state(&before[..end].join(" ")));
        }
        if let [first, rest @ ..] = words.as_slice()
            && is_part(first)
        {
            let of = rest.iter().rposition(|word| *word == "of")?;
            let state = match &rest[of + 1..] {
                ["the", state @ ..] => state,
                state => state,
            };
            return concepts.state(&state.join(" "));
        }
        concepts.state(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_in_the_data_hold() {
        #[derive(Deserialize)]
        struct Examples {
            example: Vec<Example>,
        }
        #[derive(Deserialize)]
        struct Example {
            name: String,
            state: String,
        }
        let (bodies, concepts) = (Bodies::shipped(), Concepts::shipped());
        let examples: Examples = toml::from_str(include_str!("data/bodies.toml")).unwrap();
        for Example { name, state } in examples.example {
            let found = bodies.state(&name, &concepts).map(|(id, _)| id);
            assert_eq!(found.unwrap_or_default(), state, "{name}");
        }
    }
}
