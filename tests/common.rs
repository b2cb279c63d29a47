//! A temporary folder in which the binary is run, cut off from the machine it runs on.
//!
//! It never looks at what the binary prints; that is for the tests.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use tempfile::TempDir;

/// Two short articles of our own: a claim, whom it comes from, and who denies it.
pub(crate) const HARBOUR: [(&str, &str); 2] = [
    (
        "harbour.txt",
        "---\n\
         outlet: Coast Courier\n\
         published: 2023-03-03\n\
         ---\n\
         Harbour wall will cost 40 million euros, mayor says\n\
         \n\
         The new harbour wall will cost 40 million euros, mayor Ines Calder said on Thursday. \
         \u{201c}The town can carry this,\u{201d} Calder told reporters.\n\
         \n\
         According to the port authority, the old wall lost 300 metres in the January storms.\n",
    ),
    (
        "denial.txt",
        "---\n\
         outlet: Bay Gazette\n\
         published: 2023-03-04\n\
         ---\n\
         Council leader rejects cost of harbour wall\n\
         \n\
         Council leader Piet Dorn denied that the harbour wall will cost 40 million euros. \
         The wall will cost 25 million euros, Dorn said.\n",
    ),
];

/// A temporary folder with the binary in it, so to speak.
pub(crate) struct Workspace {
    folder: TempDir,
}

/// How a run of the binary ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Workspace {
    /// Makes an empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// Makes a folder with the articles of [`HARBOUR`] in `articles/`.
    pub(crate) fn with_articles() -> Self {
        let workspace = Self::new();
        for (name, text) in HARBOUR {
            workspace.write(&format!("articles/{name}"), text);
        }
        workspace
    }

    /// Makes a folder with a store in `.claimgraph` that holds the articles of [`HARBOUR`].
    pub(crate) fn with_store() -> Self {
        let workspace = Self::with_articles();
        let run = workspace.run(["ingest", "articles"]);
        assert_eq!(run.code, 0, "{run:?}");
        workspace
    }

    /// Returns the path of `name` in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Returns the binary, to be run in the folder with nothing of the machine's environment.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("claimgraph"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "100")
            .current_dir(self.folder.path());
        command
    }

    /// Runs the binary; the folder's path in its output becomes `[DIR]`.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        self.finish(self.command().args(args))
    }

    /// Runs a command that was made with [`Workspace::command`].
    pub(crate) fn finish(&self, command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let folder = self.folder.path().display().to_string();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&folder, "[DIR]");
        Run {
            code: output.status.code().expect("the binary ends by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// Returns the root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Lists the files below `folder`, sorted, without hidden folders and build output.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0
                || !(matches!(name.as_ref(), ".git" | ".claimgraph" | "target")
                    && entry.depth() == 1)
        })
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files
}
