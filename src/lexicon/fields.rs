//! Names under which records keep an article's text and metadata.
//!
//! It never looks at a record; that is for [`crate::article`].

use serde::Deserialize;

/// The names, in the order in which they are tried.
#[derive(Debug, Default, Deserialize)]
pub struct Fields {
    /// The text.
    pub text: Vec<String>,
    /// A whole web page.
    pub page: Vec<String>,
    /// What is taken when there is no text.
    pub summary: Vec<String>,
    /// The headline.
    pub headline: Vec<String>,
    /// The outlet.
    pub outlet: Vec<String>,
    /// The address.
    pub url: Vec<String>,
    /// The day of publication.
    pub published: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The language.
    pub language: Vec<String>,
    /// What names the record.
    pub id: Vec<String>,
    /// When it was fetched.
    pub captured: Vec<String>,
    /// Lists of articles inside one object.
    pub lists: Vec<String>,
    /// Objects inside a record that hold the article.
    pub inner: Vec<String>,
    /// What is no article.
    pub not_articles: Kinds,
    /// Records, with what is to be read from them.
    pub examples: Vec<Example>,
}

/// Kinds of objects.
#[derive(Debug, Default, Deserialize)]
pub struct Kinds {
    /// Values of `@type`.
    pub kinds: Vec<String>,
}

/// A record with what is to be read from it; without a text it is no article.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Example {
    /// The record, in JSON.
    pub record: String,
    /// Its text.
    pub text: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its day of publication.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Its language.
    pub language: Option<String>,
}

impl Fields {
    /// Returns the names that come with the program.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        toml::from_str(include_str!("data/fields.toml")).expect("tests parse the embedded fields")
    }
}
