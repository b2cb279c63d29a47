//! Posts with the checked claims that they repeat, as in task 2 of CheckThat! 2020: tables with tabs.

use std::{collections::BTreeMap, path::Path};

use serde::de::DeserializeOwned;

use super::CorpusError;

/// A collection of checked claims and posts that repeat some of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posts {
    /// What is claimed, and the headline of the check.
    pub claims: Vec<[String; 2]>,
    /// Posts to learn from; may be none.
    pub train: Vec<Post>,
    /// Posts to measure on; may be none.
    pub dev: Vec<Post>,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// What it says.
    pub text: String,
    /// Places of the claims that it repeats; at least one.
    pub right: Vec<usize>,
}

/// Reads `verified_claims.docs.tsv` (id, claim, title), and of the folders `train` and `dev` what is
/// there: `tweets.queries.tsv` (id, post) and `tweet-vclaim-pairs.qrels` (post, 0, claim, 1).
///
/// # Errors
///
/// When a file cannot be read, none of the folders is there, or a pair speaks of no claim.
pub fn read(folder: &Path) -> Result<Posts, CorpusError> {
    let mut posts = Posts::default();
    let mut places = BTreeMap::new();
    for row in rows::<Vec<String>>(&folder.join("verified_claims.docs.tsv"), true)? {
        let mut row = row.into_iter();
        places.insert(row.next().unwrap_or_default(), posts.claims.len());
        let claim = [row.next(), row.next()].map(Option::unwrap_or_default);
        posts.claims.push(claim);
    }
    for (name, into) in [("train", &mut posts.train), ("dev", &mut posts.dev)] {
        let part = folder.join(name);
        if part.exists() {
            *into = part_of(&part, &places)?;
        }
    }
    if posts.train.is_empty() && posts.dev.is_empty() {
        return Err(CorpusError::NoPosts {
            path: folder.to_owned(),
        });
    }
    Ok(posts)
}

fn part_of(folder: &Path, places: &BTreeMap<String, usize>) -> Result<Vec<Post>, CorpusError> {
    let path = folder.join("tweet-vclaim-pairs.qrels");
    let mut right: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (post, _, claim, judged)) in rows::<(String, u8, String, u8)>(&path, false)?
        .into_iter()
        .enumerate()
    {
        let place = *places.get(&claim).ok_or_else(|| CorpusError::Line {
            path: path.clone(),
            line: at + 1,
            reason: format!("no claim has the id `{claim}`"),
        })?;
        if judged > 0 {
            right.entry(post).or_default().push(place);
        }
    }
    let posts = rows::<(String, String)>(&folder.join("tweets.queries.tsv"), true)?;
    // A post that repeats no claim of the collection measures nothing.
    Ok((posts.into_iter())
        .filter_map(|(id, text)| {
            let right = right.remove(&id)?;
            Some(Post { text, right })
        })
        .collect())
}

fn rows<T: DeserializeOwned>(path: &Path, has_head: bool) -> Result<Vec<T>, CorpusError> {
    super::rows(
        path,
        csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .has_headers(has_head),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("dev")).unwrap();
        write(
            "verified_claims.docs.tsv",
            "\tvclaim\ttitle\n4\tTea heals.\tTea?\n7\t\"He said \"\"no\"\".\"\tNo?\n",
        );
        write(
            "dev/tweets.queries.tsv",
            "\ttweet_content\na\tTea!\nb\tother\n",
        );
        write("dev/tweet-vclaim-pairs.qrels", "a\t0\t7\t1\n");
        folder
    }

    #[test]
    fn posts_are_read_with_the_claims_they_repeat() {
        let posts = read(folder().path()).unwrap();
        assert_eq!(posts.claims[1], ["He said \"no\".", "No?"]);
        assert!(posts.train.is_empty());
        let text = "Tea!".to_owned();
        assert_eq!(
            posts.dev,
            [Post {
                text,
                right: vec![1]
            }]
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let folder = folder();
        let pairs = folder.path().join("dev/tweet-vclaim-pairs.qrels");
        fs::write(&pairs, "a\t0\t8\t1\n").unwrap();
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(
            error.ends_with("line 1: no claim has the id `8`"),
            "{error}"
        );
        fs::remove_dir_all(folder.path().join("dev")).unwrap();
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with("no posts lie in"), "{error}");
    }
}
