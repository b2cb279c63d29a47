//! Rules of the repository that the compiler does not know: layers, sizes, forgotten files.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::common::{files_below, root};

/// The steps in the order in which data flows; a step uses only those before it.
const STEPS: [&str; 11] = [
    "article",
    "document",
    "text",
    "attribution",
    "resolve",
    "claim",
    "rdf",
    "store",
    "reliance",
    "trace",
    "export",
];

/// Modules that every step may use; they use no step.
const BASE: [&str; 7] = [
    "corpus",
    "diagnostic",
    "id",
    "lexicon",
    "mention",
    "sketch",
    "span",
];

/// Modules that put steps together; no step uses them.
const WHOLE: [&str; 3] = ["pipeline", "evaluate", "cli"];

/// What only some modules may mention: the words, and the beginnings of their files' paths.
const FENCES: [(&str, &[&str], &[&str]); 7] = [
    (
        "the RDF library",
        &["oxigraph::", "spareval::"],
        &["rdf", "store", "export", "cli/query.rs", "cli/results.rs"],
    ),
    (
        "the graph library",
        &["petgraph"],
        &["reliance", "trace", "export"],
    ),
    ("the argument parser", &["clap"], &["cli"]),
    ("untyped errors", &["anyhow"], &["cli"]),
    ("progress bars", &["indicatif"], &["cli"]),
    (
        "the file system",
        &["std::fs", "fs::", "File::"],
        &["article", "corpus", "store", "cli"],
    ),
    (
        "clock and environment",
        &[
            "SystemTime",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "std::env",
            "env::var",
        ],
        &["cli"],
    ),
];

/// Uses of a later step, with the reason.
const USES_LATER: [(&str, &str, &str); 1] = [(
    "resolve",
    "claim",
    "a mention carries its signature, which is read from the words while they are at hand",
)];

/// Longest file, in lines before its tests.
const MOST_LINES: usize = 400;

/// Longer files, with their limit and the reason.
const LONGER: [(&str, usize, &str); 14] = [
    (
        "reliance/graph.rs",
        440,
        "one builder of vertices and edges",
    ),
    (
        "trace/ask.rs",
        490,
        "declarations of questions and their rows",
    ),
    ("cli/args.rs", 420, "declarations only"),
    ("rdf/vocab.rs", 510, "declarations only"),
    (
        "attribution/verb.rs",
        500,
        "one reading of a verb, shared by all patterns",
    ),
    ("document/classify.rs", 470, "rules in the order they apply"),
    (
        "document/metadata.rs",
        540,
        "one reader, one method for each kind of metadata",
    ),
    (
        "export/dot.rs",
        490,
        "everything that decides how a picture looks",
    ),
    ("export/network.rs", 450, "one builder of nodes and edges"),
    ("resolve/event/anchor.rs", 460, "one reader of anchors"),
    (
        "resolve/event/cluster.rs",
        440,
        "what makes two anchors one event, in one place",
    ),
    (
        "resolve/quantity.rs",
        490,
        "one reader of numbers; comparing, figures and units are apart",
    ),
    (
        "resolve/time.rs",
        600,
        "one reader of times, one method for each form",
    ),
    ("mention.rs", 570, "declarations only"),
];

/// Longest `src/main.rs`.
const MOST_LINES_OF_MAIN: usize = 40;

/// One Rust file of the library.
struct Source {
    /// Path below `src`.
    path: String,
    text: String,
}

impl Source {
    /// Returns the lines before the file's tests.
    fn own_lines(&self) -> Vec<&str> {
        let is_test = self.path.ends_with("tests.rs") || self.path.contains("/tests/");
        let lines = self.text.lines();
        lines
            .take_while(|line| !is_test && line.trim() != "#[cfg(test)]")
            .collect()
    }

    /// Returns the code before the file's tests, without comments.
    fn code(&self) -> String {
        self.own_lines()
            .into_iter()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect()
    }

    /// Returns the module directly below the crate that the file belongs to.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let sources: Vec<Source> = files_below(&src)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| Source {
            text: fs::read_to_string(&path).unwrap(),
            path: relative(&path, &src),
        })
        .collect();
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

fn relative(path: &Path, base: &Path) -> String {
    let path = path.strip_prefix(base).unwrap();
    path.to_string_lossy().replace('\\', "/")
}

/// Returns the modules of the crate that `code` names, as `crate::name` or in `use crate::{…}`.
fn crate_modules(code: &str) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        if !rest.starts_with('{') {
            modules.insert(word(rest));
            continue;
        }
        let (mut depth, mut fresh) = (0, false);
        for (at, character) in rest.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            let starts = matches!(character, '{' | ',') && depth == 1;
            if fresh && depth == 1 && character.is_alphabetic() {
                modules.insert(word(&rest[at..]));
            }
            fresh = starts || (fresh && character.is_whitespace());
        }
    }
    modules
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .collect()
}

#[test]
fn modules_are_read_from_both_kinds_of_use() {
    let code =
        "use crate::{\n    article::{self, read},\n    id::Id,\n};\nlet x = crate::span::Span;";
    let expected = ["article", "id", "span"].map(str::to_owned);
    assert_eq!(crate_modules(code), BTreeSet::from(expected));
}

#[test]
fn a_step_uses_only_the_steps_before_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module().to_owned();
        let allowed = if BASE.contains(&module.as_str()) {
            0
        } else if let Some(at) = STEPS.iter().position(|step| *step == module) {
            at + 1
        } else {
            continue; // lib, main and those of WHOLE put the steps together.
        };
        for used in crate_modules(&source.code()) {
            let excepted = USES_LATER
                .iter()
                .any(|(user, later, _)| *user == module && *later == used);
            let later = STEPS[allowed..].contains(&used.as_str()) && !excepted;
            if later || WHOLE.contains(&used.as_str()) {
                wrong.push(format!("src/{} uses {used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_behind_their_fences() {
    let mut wrong = Vec::new();
    for source in sources() {
        let code = source.code();
        for (what, words, places) in FENCES {
            let inside = places
                .iter()
                .any(|place| source.module() == *place || source.path == *place);
            if !inside && words.iter().any(|word| names(&code, word)) {
                wrong.push(format!("src/{} uses {what}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Says whether `code` has `word` at the beginning of a word.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|character| character.is_alphanumeric() || character == '_')
    })
}

#[test]
fn only_the_map_of_the_index_and_the_kernels_are_unsafe() {
    let unsafe_files: Vec<String> = sources()
        .into_iter()
        .filter(|source| names(&source.code(), "unsafe "))
        .map(|source| source.path)
        .collect();
    assert_eq!(
        unsafe_files,
        ["attribution/model/kernel.rs", "store/image.rs"]
    );
}

#[test]
fn files_are_short() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.own_lines().len();
        let most = if source.path == "main.rs" {
            MOST_LINES_OF_MAIN
        } else {
            let longer = LONGER.iter().find(|(path, ..)| *path == source.path);
            longer.map_or(MOST_LINES, |(_, most, _)| *most)
        };
        if lines > most {
            wrong.push(format!(
                "src/{}: {lines} lines, at most {most}",
                source.path
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_holds() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "src/{}", source.path);
    }
    for path in files_below(&root().join("tests")) {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{}", path.display());
        }
    }
}

#[test]
fn no_source_file_is_forgotten() {
    for source in sources() {
        if matches!(source.path.as_str(), "lib.rs" | "main.rs") {
            continue;
        }
        let (folder, name) = source
            .path
            .rsplit_once('/')
            .unwrap_or(("lib", &source.path));
        let name = name.strip_suffix(".rs").unwrap();
        let parent = fs::read_to_string(root().join(format!("src/{folder}.rs"))).unwrap();
        assert!(
            names(&parent, &format!("mod {name};")),
            "src/{} is no module",
            source.path
        );
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            assert!(
                names(&main, &format!("mod {name};")),
                "tests/{name}.rs is no module"
            );
        }
    }
}

#[test]
fn steps_and_base_are_the_modules_of_the_library() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    for module in STEPS.iter().chain(&BASE) {
        assert!(
            declared.contains(module),
            "{module} is no module of the library"
        );
    }
    for module in declared {
        let known = STEPS.contains(&module) || BASE.contains(&module);
        assert!(
            known || WHOLE.contains(&module),
            "{module} has no place among the steps"
        );
    }
}

#[test]
fn no_text_names_a_machine() {
    let here = env!("CARGO_MANIFEST_DIR");
    for path in text_files() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        for place in [here, "/home/", "/Users/"] {
            // The list above is the one exception.
            let allowed = path.ends_with("tests/tidy.rs") && place != here;
            assert!(
                allowed || !text.contains(place),
                "{} names {place}",
                path.display()
            );
        }
    }
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    let mut wrong = Vec::new();
    for path in text_files() {
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1) {
            let link = link.split([')', '#', ' ']).next().unwrap_or_default();
            let outside = link.is_empty() || link.contains("://");
            if !outside && !path.parent().unwrap().join(link).exists() {
                wrong.push(format!("{}: {link}", relative(&path, root())));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lists the text files of the repository, apart from the locked dependencies.
fn text_files() -> Vec<PathBuf> {
    const TEXT: [&str; 8] = ["md", "rs", "toml", "ttl", "rq", "json", "jsonld", "txt"];
    files_below(root())
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| TEXT.iter().any(|text| extension == *text))
        })
        .collect()
}

#[test]
fn words_of_the_glossary_stand_there_once() {
    let glossary = fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let words: Vec<&str> = glossary
        .lines()
        .filter_map(|line| line.strip_prefix("| **")?.split("**").next())
        .collect();
    let unique: BTreeSet<&&str> = words.iter().collect();
    assert_eq!(unique.len(), words.len(), "{words:?}");
    for word in [
        "Outlet",
        "Article",
        "Snapshot",
        "Cue",
        "Source",
        "Content",
        "Attribution",
        "Mention",
        "Speaker",
        "Claim",
        "Stance",
        "Event",
        "Origin",
        "Route",
    ] {
        assert!(words.contains(&word), "{word} is not in the glossary");
    }
}
