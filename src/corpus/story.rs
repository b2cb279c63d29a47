//! Gold stories: what people say that the articles of a story claim, and who says it.
//!
//! A story is a folder with `articles/` and `expected/claims.toml`, as `fixtures/README.md`
//! describes. The articles themselves are not read here.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use serde::Deserialize;

use super::CorpusError;
use crate::mention::{Denies, Layer, Stance};

/// Where a story keeps what people say of it.
const CLAIMS: &str = "expected/claims.toml";

/// One story with everything that was marked in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Name of its folder.
    pub name: String,
    /// The folder of its articles.
    pub articles: PathBuf,
    /// Its claims.
    pub claims: Vec<GoldClaim>,
    /// How they stand to each other, where that is clear.
    pub relations: Vec<GoldRelation>,
    /// Where the claims are made, repeated and denied.
    pub mentions: Vec<GoldMention>,
    /// What happened in it.
    pub events: Vec<GoldEvent>,
}

/// A proposition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldClaim {
    /// Its name in the file.
    pub id: String,
    /// A canonical wording.
    pub text: String,
}

/// How a claim stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum GoldRelationKind {
    /// The same matter with another number, scope or wording that changes what is claimed.
    #[serde(rename = "variantOf")]
    VariantOf,
    /// Both cannot be true.
    #[serde(rename = "contradicts")]
    Contradicts,
    /// If the one is true, so is the other.
    #[serde(rename = "entails")]
    Entails,
}

/// A relation between two claims.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldRelation {
    /// The one claim.
    pub from: String,
    /// The other.
    pub to: String,
    /// How the one stands to the other.
    pub is: GoldRelationKind,
}

/// A place where a claim is made, repeated, denied or spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldMention {
    /// Name of the article's file.
    pub file: String,
    /// The words of the page.
    pub content: String,
    /// Which of several occurrences of these words, from 1.
    #[serde(default)]
    pub nth: Option<usize>,
    /// The claim; of a denial, the one that is denied.
    pub claim: String,
    /// The source nearest to the claim; none in the outlet's own voice.
    #[serde(default)]
    pub source: Option<String>,
    /// What the outlet does with the claim.
    pub stance: Stance,
    /// What is denied.
    #[serde(default)]
    pub denies: Option<Denies>,
    /// The part of the article.
    #[serde(default = "body")]
    pub layer: Layer,
}

fn body() -> Layer {
    Layer::Body
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldEvent {
    /// Its name in the file.
    pub id: String,
    /// What kind of event it is.
    pub kind: String,
    /// The day, where it can be known.
    #[serde(default)]
    pub date: Option<Date>,
    /// Who took part.
    #[serde(default)]
    pub participants: Vec<String>,
    /// The words that name it.
    #[serde(default, rename = "anchor")]
    pub anchors: Vec<GoldAnchor>,
}

/// Words that name an event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldAnchor {
    /// Name of the article's file.
    pub file: String,
    /// The words of the page.
    pub content: String,
    /// Which of several occurrences of these words, from 1.
    #[serde(default)]
    pub nth: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<GoldClaim>,
    #[serde(default)]
    relation: Vec<GoldRelation>,
    mention: Vec<GoldMention>,
    #[serde(default)]
    event: Vec<GoldEvent>,
}

/// Reads a story, or every story of a folder, sorted by name.
///
/// Folders without `expected/claims.toml` are no stories and are passed over.
///
/// # Errors
///
/// When a file cannot be read or says what it may not, and when there is no story.
pub fn read(folder: &Path) -> Result<Vec<Story>, CorpusError> {
    if folder.join(CLAIMS).is_file() {
        return Ok(vec![read_one(folder)?]);
    }
    let io = |source| CorpusError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut folders = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        folders.insert(entry.map_err(io)?.path());
    }
    let stories: Vec<Story> = (folders.iter())
        .filter(|folder| folder.join(CLAIMS).is_file())
        .map(|folder| read_one(folder))
        .collect::<Result<_, _>>()?;
    if stories.is_empty() {
        let path = folder.to_owned();
        return Err(CorpusError::NoStory { path });
    }
    Ok(stories)
}

fn read_one(folder: &Path) -> Result<Story, CorpusError> {
    let path = folder.join(CLAIMS);
    let wrong = |reason: String| CorpusError::Story {
        path: path.clone(),
        reason,
    };
    let text = super::standoff::read_text(&path)?;
    let file: File = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let mut ids = BTreeSet::new();
    if let Some(twice) = file.claim.iter().find(|claim| !ids.insert(&claim.id)) {
        return Err(wrong(format!("there are two claims `{}`", twice.id)));
    }
    let named = (file.relation.iter())
        .flat_map(|relation| [&relation.from, &relation.to])
        .chain(file.mention.iter().map(|mention| &mention.claim));
    if let Some(unknown) = named.into_iter().find(|id| !ids.contains(id)) {
        return Err(wrong(format!("there is no claim `{unknown}`")));
    }
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    Ok(Story {
        name: name.to_string_lossy().into_owned(),
        articles: folder.join("articles"),
        claims: file.claim,
        relations: file.relation,
        mentions: file.mention,
        events: file.event,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        [[claim]]
        id = "ferry-sank"
        text = "The ferry sank."
        [[claim]]
        id = "ferry-afloat"
        text = "The ferry is afloat."
        [[relation]]
        from = "ferry-afloat"
        to = "ferry-sank"
        is = "contradicts"
        [[mention]]
        file = "01.txt"
        content = "the ferry had gone down"
        claim = "ferry-sank"
        source = "Ada Holm"
        stance = "disputes"
        denies = "event"
        layer = "lead"
        [[mention]]
        file = "02.txt"
        content = "afloat"
        nth = 2
        claim = "ferry-afloat"
        stance = "asserts"
        [[event]]
        id = "sinking"
        kind = "crash"
        date = "2031-05-06"
        [[event.anchor]]
        file = "01.txt"
        content = "the sinking"
    "#;

    fn folder(stories: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, file) in stories {
            let expected = folder.path().join(name).join("expected");
            fs::create_dir_all(&expected).unwrap();
            fs::write(expected.join("claims.toml"), file).unwrap();
        }
        folder
    }

    #[test]
    fn a_story_is_read_whole() {
        let folder = folder(&[("ferry", FILE)]);
        let story = &read(&folder.path().join("ferry")).unwrap()[0];
        assert_eq!((story.name.as_str(), story.claims.len()), ("ferry", 2));
        assert_eq!(story.relations[0].is, GoldRelationKind::Contradicts);
        let [denial, second] = &story.mentions[..] else {
            panic!("{story:?}")
        };
        assert_eq!(
            (denial.stance, denial.denies, denial.layer),
            (Stance::Disputes, Some(Denies::Event), Layer::Lead)
        );
        assert_eq!((second.nth, second.layer), (Some(2), Layer::Body));
        assert_eq!(story.events[0].date, Some(jiff::civil::date(2031, 5, 6)));
        assert_eq!(story.events[0].anchors[0].content, "the sinking");
    }

    #[test]
    fn the_stories_of_a_folder_are_read_in_order() {
        let folder = folder(&[("b", FILE), ("a", FILE)]);
        fs::create_dir(folder.path().join("no-story")).unwrap();
        let names: Vec<String> = (read(folder.path()).unwrap().into_iter())
            .map(|story| story.name)
            .collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |file: &str| {
            let folder = folder(&[("a", file)]);
            read(folder.path()).unwrap_err().to_string()
        };
        let unknown = FILE.replacen("claim = \"ferry-sank\"", "claim = \"ferry\"", 1);
        assert!(error(&unknown).ends_with("there is no claim `ferry`"));
        let twice = FILE.replacen("id = \"ferry-afloat\"", "id = \"ferry-sank\"", 1);
        assert!(error(&twice).ends_with("there are two claims `ferry-sank`"));
        assert!(error("claim = 1").contains("claims.toml"));
        assert!(error(&FILE.replace("disputes", "doubts")).contains("doubts"));
        let empty = tempfile::tempdir().unwrap();
        let message = read(empty.path()).unwrap_err().to_string();
        assert!(message.contains("no story"), "{message}");
    }
}
