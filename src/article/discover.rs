//! Which files are read: those named, those below folders, those that patterns and lists name.
//!
//! Files are found one by one while they are read; each is taken once.

use std::{
    collections::HashSet,
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::{ArticleError, SIDECARS, format};

/// Longest path in a list.
const MAX_PATH: u64 = 1 << 16;

/// What the user wants to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Files, folders and patterns; `-` is the standard input.
    pub paths: Vec<PathBuf>,
    /// A file that lists more of them, one a line; `-` is the standard input.
    pub list: Option<PathBuf>,
}

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its path.
    pub path: PathBuf,
    /// Whether the user named it, instead of a folder that holds it.
    pub named: bool,
}

impl Found {
    /// Says whether it is the standard input.
    #[must_use]
    pub fn is_stdin(&self) -> bool {
        self.named && self.path.as_os_str() == "-"
    }
}

impl Inputs {
    /// Takes files and folders.
    #[must_use]
    pub fn of(paths: &[PathBuf]) -> Self {
        Self {
            paths: paths.to_vec(),
            list: None,
        }
    }

    /// Finds the files, sorted within each folder, each once.
    ///
    /// Hidden files, sidecars and files whose names are not those of articles are passed over in
    /// folders. A path that does not exist is an error in its place.
    pub fn files(&self) -> impl Iterator<Item = Result<Found, ArticleError>> + use<> {
        let named = self.paths.clone().into_iter().map(Ok);
        let listed = self.list.clone().into_iter().flat_map(listed);
        let mut seen = HashSet::new();
        named.chain(listed).flat_map(below).filter(move |found| {
            let Ok(found) = found else { return true };
            let real = found
                .path
                .canonicalize()
                .unwrap_or_else(|_| found.path.clone());
            let mut hasher = DefaultHasher::new();
            real.hash(&mut hasher);
            seen.insert(hasher.finish())
        })
    }
}

/// Finds the files that `paths` name or hold.
pub fn discover(paths: &[PathBuf]) -> impl Iterator<Item = Result<PathBuf, ArticleError>> + use<> {
    Inputs::of(paths).files().map(|found| Ok(found?.path))
}

type Files = Box<dyn Iterator<Item = Result<Found, ArticleError>>>;

/// Finds the files that one path means.
fn below(path: Result<PathBuf, ArticleError>) -> Files {
    let path = match path {
        Ok(path) => path,
        Err(error) => return Box::new(std::iter::once(Err(error))),
    };
    if path.as_os_str() == "-" {
        return Box::new(std::iter::once(Ok(Found { path, named: true })));
    }
    if !path.exists()
        && let Some((root, pattern)) = pattern(&path)
    {
        return matching(root, pattern);
    }
    let root = path.clone();
    let walk = WalkDir::new(&path).follow_links(true).sort_by_file_name();
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    let files = walk
        .into_iter()
        .filter_entry(visible)
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) if entry.depth() > 0 && !is_article(entry.path()) => None,
            Ok(entry) => Some(Ok(Found {
                named: entry.depth() == 0,
                path: entry.into_path(),
            })),
            Err(error) => failed(error, &root),
        });
    Box::new(files)
}

/// Divides a pattern into the folder it starts from and what paths below it must look like.
fn pattern(path: &Path) -> Option<(PathBuf, GlobMatcher)> {
    let text = path.to_str()?;
    if !text.contains(['*', '?', '[', '{']) {
        return None;
    }
    let plain = |step: &std::path::Component<'_>| {
        !step
            .as_os_str()
            .to_string_lossy()
            .contains(['*', '?', '[', '{'])
    };
    let root: PathBuf = path.components().take_while(plain).collect();
    let glob = GlobBuilder::new(text.strip_prefix("./").unwrap_or(text));
    let mut glob = glob;
    let matcher = glob.literal_separator(true).build().ok()?.compile_matcher();
    let root = match root.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => root,
    };
    Some((root, matcher))
}

fn matching(root: PathBuf, matcher: GlobMatcher) -> Files {
    let walk = WalkDir::new(&root).follow_links(true).sort_by_file_name();
    let mut any = false;
    let nothing = ArticleError::Io {
        path: matcher.glob().glob().into(),
        source: io::Error::new(io::ErrorKind::NotFound, "no file is matched"),
    };
    let mut files = walk.into_iter();
    let mut nothing = Some(nothing);
    Box::new(std::iter::from_fn(move || {
        for entry in files.by_ref() {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let path = path.strip_prefix(".").unwrap_or(path);
                    if entry.file_type().is_dir() || !matcher.is_match(path) {
                        continue;
                    }
                    any = true;
                    let path = path.to_owned();
                    return Some(Ok(Found { path, named: true }));
                }
                Err(error) => match failed(error, &root) {
                    Some(error) => return Some(error),
                    None => continue,
                },
            }
        }
        nothing.take().filter(|_| !any).map(Err)
    }))
}

fn failed(error: walkdir::Error, root: &Path) -> Option<Result<Found, ArticleError>> {
    // A link back to a folder above it adds nothing.
    if error.loop_ancestor().is_some() {
        return None;
    }
    let path = error.path().unwrap_or(root).to_owned();
    // The cause alone: the message names the path already.
    let unknown = || io::Error::other("the folder cannot be walked");
    let source = error.into_io_error().unwrap_or_else(unknown);
    Some(Err(ArticleError::Io { path, source }))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_article(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    !SIDECARS.iter().any(|(ending, _)| name.ends_with(ending)) && format::is_taken(&name)
}

/// Reads a list of paths, one a line (or one before each zero byte, as `find -print0` writes them).
fn listed(list: PathBuf) -> Paths {
    let fail = |path: &Path, source| ArticleError::Io {
        path: path.to_owned(),
        source,
    };
    let mut input: Box<dyn BufRead> = match list.as_os_str() == "-" {
        true => Box::new(BufReader::new(io::stdin())),
        false => match File::open(&list) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return Box::new(std::iter::once(Err(fail(&list, error)))),
        },
    };
    let zeros = input.fill_buf().is_ok_and(|head| head.contains(&0));
    let end = if zeros { 0 } else { b'\n' };
    Box::new(std::iter::from_fn(move || {
        loop {
            let mut line = Vec::new();
            match (&mut input).take(MAX_PATH).read_until(end, &mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(fail(&list, error))),
            }
            if line.last() == Some(&end) {
                line.pop();
            }
            if end == b'\n' && line.last() == Some(&b'\r') {
                line.pop();
            }
            if !line.is_empty() {
                return Some(Ok(to_path(line)));
            }
        }
    }))
}

type Paths = Box<dyn Iterator<Item = Result<PathBuf, ArticleError>>>;

#[cfg(unix)]
fn to_path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn to_path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        folder
    }

    fn names(inputs: &Inputs, root: &Path) -> Vec<String> {
        let files = inputs.files().map(|found| found.unwrap().path);
        let names = files.map(|path| path.strip_prefix(root).unwrap().display().to_string());
        names.collect()
    }

    #[test]
    fn folders_are_walked_in_order_and_each_file_is_taken_once() {
        let folder = folder(&[
            "b.txt",
            "a/z.html",
            "a/y.md",
            "a/y.meta.json",
            ".hidden/x.txt",
            "picture.png",
            ".dot.txt",
        ]);
        let root = folder.path();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
        let paths = ["missing", "", "b.txt", "picture.png"].map(|name| root.join(name));
        let mut found = discover(&paths);
        let first = found.next().unwrap();
        assert!(matches!(first, Err(ArticleError::Io { path, .. }) if path.ends_with("missing")));
        let inputs = Inputs::of(&paths[1..]);
        assert_eq!(
            names(&inputs, root),
            ["a/y.md", "a/z.html", "b.txt", "picture.png"]
        );
    }

    #[test]
    fn patterns_and_lists_name_files() {
        let folder = folder(&["b.txt", "a/z.txt", "a/c/y.txt", "a/c/y.html"]);
        let root = folder.path();
        let pattern = |text: &str| names(&Inputs::of(&[root.join(text)]), root);
        assert_eq!(pattern("*.txt"), ["b.txt"]);
        assert_eq!(pattern("**/*.txt"), ["a/c/y.txt", "a/z.txt", "b.txt"]);
        assert_eq!(pattern("a/?/y.{txt,html}"), ["a/c/y.html", "a/c/y.txt"]);
        let none = Inputs::of(&[root.join("*.pdf")]).files().next().unwrap();
        assert!(none.unwrap_err().to_string().contains("no file is matched"));
        for end in ["\n", "\r\n", "\0"] {
            let list = root.join("list");
            let lines = ["b.txt", "", "a"].map(|name| match name {
                "" => end.to_owned(),
                name => format!("{}{end}", root.join(name).display()),
            });
            fs::write(&list, lines.concat()).unwrap();
            let inputs = Inputs {
                list: Some(list),
                ..Inputs::default()
            };
            assert_eq!(
                names(&inputs, root),
                ["b.txt", "a/c/y.html", "a/c/y.txt", "a/z.txt"]
            );
        }
    }
}
