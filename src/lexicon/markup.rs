//! How the markup of pages names its parts, from `data/markup.toml`.
//!
//! It says what a name means; what becomes of an element is for [`crate::article`].

use std::collections::BTreeSet;

use regex::RegexSet;
use serde::Deserialize;

/// The names of parts.
#[derive(Debug, Default)]
pub struct Markup {
    /// Elements whose text is no text.
    pub silent: BTreeSet<String>,
    /// Elements that hold what is beside the article.
    pub beside: BTreeSet<String>,
    /// Names of `meta` elements, best first.
    pub meta: Meta,
    /// Values that say nothing.
    pub nothing: Nothing,
    /// Kinds of JSON-LD objects.
    pub articles: Kinds,
    /// Words around authors' names.
    pub bylines: Bylines,
    /// Words in the names that papers have at the top of their pages.
    pub mastheads: BTreeSet<String>,
    /// Sections as addresses name them.
    pub sections: BTreeSet<String>,
    no_article: RegexSet,
    parts: Vec<Part>,
    set: RegexSet,
    /// For every expression the number of its part.
    owners: Vec<usize>,
}

/// A part of a page that is no running text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    id: String,
    #[serde(rename = "match")]
    expressions: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    accepts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    rejects: Vec<String>,
}

/// Names of `meta` elements that say something of the article.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named after what they say")]
pub struct Meta {
    pub headline: Vec<String>,
    pub outlet: Vec<String>,
    pub authors: Vec<String>,
    pub published: Vec<String>,
    pub modified: Vec<String>,
    pub canonical: Vec<String>,
    pub language: Vec<String>,
    pub section: Vec<String>,
}

/// Values that say nothing, in lower case.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {
    /// Of authors.
    pub authors: BTreeSet<String>,
    /// Of headlines.
    pub headlines: BTreeSet<String>,
    /// Of outlets, in a title: "Opinion", "Print".
    pub outlets: BTreeSet<String>,
    /// Of sections, on the way to an article: "Home".
    pub sections: BTreeSet<String>,
}

/// Words around authors' names, in lower case.
#[derive(Debug, Default, Deserialize)]
pub struct Bylines {
    /// In front of a name.
    pub words: Vec<String>,
    /// Behind it.
    pub jobs: BTreeSet<String>,
    /// What reporters are called in front of their names, in datelines.
    pub reporters: BTreeSet<String>,
    /// Before an agency that helped.
    pub with: Vec<String>,
    /// Before the name of an agency, with what parts them.
    pub articles: Vec<String>,
    /// Small words inside names.
    pub particles: BTreeSet<String>,
}

/// Kinds of JSON-LD objects that are articles.
#[derive(Debug, Default, Deserialize)]
pub struct Kinds {
    /// Surely.
    pub kinds: BTreeSet<String>,
    /// Where nothing else is.
    pub perhaps: BTreeSet<String>,
}

#[derive(Deserialize)]
struct NoArticle {
    #[serde(rename = "match")]
    expressions: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    accepts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests read them"))]
    rejects: Vec<String>,
}

const DATA: &str = include_str!("data/markup.toml");

#[derive(Deserialize)]
struct File {
    silent: BTreeSet<String>,
    beside: BTreeSet<String>,
    mastheads: BTreeSet<String>,
    sections: BTreeSet<String>,
    meta: Meta,
    nothing: Nothing,
    articles: Kinds,
    bylines: Bylines,
    no_article: NoArticle,
    part: Vec<Part>,
}

impl Markup {
    /// Compiles the names built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test compiles the embedded file.
    #[must_use]
    pub fn shipped() -> Self {
        let file: File = toml::from_str(DATA).expect("tests parse the embedded names");
        let expressions = file.part.iter().flat_map(|part| &part.expressions);
        let owners = file.part.iter().enumerate();
        let no_article = file.no_article.expressions.iter();
        let no_article = no_article.map(|line| format!("(?i)^(?:{line})$"));
        Self {
            set: RegexSet::new(expressions).expect("compiled by a test"),
            owners: owners
                .flat_map(|(index, part)| vec![index; part.expressions.len()])
                .collect(),
            meta: file.meta,
            nothing: file.nothing,
            articles: file.articles,
            bylines: file.bylines,
            no_article: RegexSet::new(no_article).expect("compiled by a test"),
            parts: file.part,
            silent: file.silent,
            mastheads: file.mastheads,
            sections: file.sections,
            beside: file.beside,
        }
    }

    /// Says whether a headline is that of a page without an article.
    #[must_use]
    pub fn is_no_article(&self, headline: &str) -> bool {
        self.no_article.is_match(headline.trim())
    }

    /// Names the part that an element's classes and id say it is.
    #[must_use]
    pub fn part(&self, names: &str) -> Option<&str> {
        let first = self.set.matches(names).into_iter().next()?;
        Some(&self.parts[self.owners[first]].id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_names_and_no_others() {
        let markup = Markup::shipped();
        for (index, part) in markup.parts.iter().enumerate() {
            let has = |names: &str| {
                let mut found = markup.set.matches(names).into_iter();
                found.any(|at| markup.owners[at] == index)
            };
            for names in &part.accepts {
                assert!(has(names), "{} should accept {names}", part.id);
            }
            for names in &part.rejects {
                assert!(
                    markup.part(names).is_none(),
                    "{} should reject {names}",
                    part.id
                );
            }
        }
        let file: File = toml::from_str(DATA).unwrap();
        assert!(
            file.no_article
                .accepts
                .iter()
                .all(|line| markup.is_no_article(line))
        );
        for line in &file.no_article.rejects {
            assert!(!markup.is_no_article(line), "{line}");
        }
        assert!(markup.silent.contains("script") && markup.beside.contains("aside"));
    }
}
