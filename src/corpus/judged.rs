//! Statements that people judged: pairs with what they are to each other, and stories whose
//! statements are sorted by the claim they make.

use std::{fs, path::Path};

use serde::Deserialize;

use super::CorpusError;

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    /// Pairs.
    #[serde(default, rename = "pair")]
    pub pairs: Vec<JudgedPair>,
    /// Stories.
    #[serde(default, rename = "story")]
    pub stories: Vec<JudgedStory>,
}

/// Two statements.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JudgedPair {
    /// One.
    pub left: String,
    /// The other.
    pub right: String,
    /// What they are to each other.
    pub is: Judgement,
    /// What they are about; pairs of one topic are near each other.
    #[serde(default)]
    pub topic: String,
}

/// What two statements are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Judgement {
    /// One claim.
    Same,
    /// Both cannot be true.
    Contradicts,
    /// The same matter with another figure, time or scope.
    VariantOf,
    /// Who says the left one says the right one too.
    Entails,
    /// The other way round.
    EntailedBy,
    /// Two claims.
    #[serde(alias = "none")]
    Different,
}

/// What several outlets say of one event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JudgedStory {
    /// What it is about.
    #[serde(default)]
    pub topic: String,
    /// Its articles.
    #[serde(default, rename = "article")]
    pub articles: Vec<JudgedArticle>,
    /// What they say.
    #[serde(rename = "statement")]
    pub statements: Vec<Statement>,
    /// How its claims stand to each other.
    #[serde(default, rename = "relation")]
    pub relations: Vec<JudgedRelation>,
}

/// An article of a story.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JudgedArticle {
    /// Its key in the story.
    pub id: String,
    /// Its headline.
    pub headline: String,
}

/// A statement of an article.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Statement {
    /// The article's key.
    pub article: String,
    /// The claim's key.
    pub claim: String,
    /// The words.
    pub text: String,
}

/// How one claim of a story stands to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JudgedRelation {
    /// One claim.
    pub from: String,
    /// The other.
    pub to: String,
    /// What they are to each other.
    pub is: Judgement,
}

/// Reads a file, or all `.toml` files of a folder in the order of their names.
///
/// # Errors
///
/// Fails where a file cannot be read or is not laid out so.
pub fn read(path: &Path) -> Result<Judged, CorpusError> {
    let io = |source| CorpusError::Io {
        path: path.to_path_buf(),
        source,
    };
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(io)?;
        files = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
    }
    let mut judged = Judged::default();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|source| CorpusError::Io {
            path: file.clone(),
            source,
        })?;
        let more: Judged = toml::from_str(&text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start);
            CorpusError::Line {
                line: text[..before.min(text.len())].matches('\n').count() + 1,
                reason: error.message().to_owned(),
                path: file,
            }
        })?;
        judged.pairs.extend(more.pairs);
        judged.stories.extend(more.stories);
    }
    Ok(judged)
}
