//! Words by which an article says itself that it was changed.

use serde::Deserialize;

/// The words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// What starts a note or stands in it.
    notes: Vec<String>,
    /// Texts that test the words.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// A text that is a note, or is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Whether it is a note.
    pub is: bool,
}

impl Corrections {
    /// Reads the data file.
    ///
    /// # Errors
    ///
    /// When it is not TOML of the expected form.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Says whether a line says that the article was changed.
    #[must_use]
    pub fn is_note(&self, line: &str) -> bool {
        let line = line.trim().to_lowercase().replace('’', "'");
        (self.notes.iter()).any(|note| match note.ends_with(':') {
            true => line.starts_with(note),
            false => line.contains(note),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_data_file_hold() {
        let corrections = Corrections::parse(include_str!("data/corrections.toml")).unwrap();
        for example in &corrections.examples {
            assert_eq!(
                corrections.is_note(&example.text),
                example.is,
                "{}",
                example.text
            );
        }
    }
}
