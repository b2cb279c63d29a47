//! Bad input: each kind gives a message that names the file, and the right exit code.

use std::fs;

use crate::common::{Run, Workspace, files_below};

/// Ingests a bad file together with good ones: it is skipped and named, the others are taken.
#[track_caller]
fn skipped(workspace: &Workspace, bad: &str, reason: &str) {
    let run = workspace.run(["ingest", "articles", bad]);
    assert_eq!(run.code, 1, "{run:?}");
    named(&run, bad, reason);
    assert!(
        run.stderr.contains("2 new, 0 unchanged, 1 skipped"),
        "{run:?}"
    );
    assert_eq!(workspace.run(["verify"]).code, 0);

    let run = workspace.run(["mentions", "--from", "articles", bad]);
    assert_eq!(run.code, 1, "{run:?}");
    named(&run, bad, reason);
    assert!(!run.stdout.is_empty(), "{run:?}");

    let run = workspace.run(["mentions", "--from", bad]);
    assert_eq!(run.code, 2, "{run:?}");
    named(&run, bad, reason);
    assert_eq!(run.stdout, "");
}

#[track_caller]
fn named(run: &Run, file: &str, reason: &str) {
    let line = run.stderr.lines().find(|line| line.contains(file));
    let line = line.unwrap_or_else(|| panic!("{file} is not named: {run:?}"));
    assert!(line.contains(reason), "no `{reason}` in: {line}");
    assert!(!run.stderr.contains("panicked"), "{run:?}");
}

#[test]
fn an_empty_file_is_skipped() {
    let workspace = Workspace::with_articles();
    workspace.write("empty.txt", "");
    skipped(&workspace, "empty.txt", "empty");
}

#[test]
fn a_file_of_white_space_is_skipped() {
    let workspace = Workspace::with_articles();
    workspace.write("blank.txt", " \n\t\r\n \u{a0}\n");
    skipped(&workspace, "blank.txt", "empty");
}

#[test]
fn a_binary_file_is_skipped() {
    let workspace = Workspace::with_articles();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f";
    workspace.write("picture.txt", png.repeat(50));
    skipped(&workspace, "picture.txt", "text");
}

#[test]
fn a_huge_file_is_skipped_without_being_read() {
    let workspace = Workspace::with_articles();
    let huge = fs::File::create(workspace.path("huge.txt")).unwrap();
    huge.set_len(200 << 20).unwrap();
    skipped(&workspace, "huge.txt", "bytes");
}

#[test]
fn the_limit_on_size_can_be_moved() {
    let workspace = Workspace::with_articles();
    let run = workspace.run(["ingest", "articles", "--max-bytes", "100"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr.contains("0 new, 0 unchanged, 2 skipped"),
        "{run:?}"
    );
}

#[test]
fn invalid_utf_8_never_breaks_a_run() {
    let workspace = Workspace::with_articles();
    workspace.write(
        "latin.txt",
        b"The caf\xe9 in the port will close, owner Ren\xe9e Lamb said on Monday.\n",
    );
    let run = workspace.run(["ingest", "articles", "latin.txt"]);
    assert!(run.code == 0 || run.code == 1, "{run:?}");
    assert!(run.stderr.contains("latin.txt"), "{run:?}");
    assert_eq!(workspace.run(["verify"]).code, 0);
}

#[test]
fn a_missing_path_is_skipped() {
    skipped(&Workspace::with_articles(), "nosuch.txt", "nosuch.txt");
}

#[test]
fn a_path_through_a_file_is_skipped() {
    skipped(
        &Workspace::with_articles(),
        "articles/harbour.txt/inner.txt",
        "inner.txt",
    );
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_skipped() {
    let workspace = Workspace::with_articles();
    std::os::unix::fs::symlink("nowhere", workspace.path("link.txt")).unwrap();
    skipped(&workspace, "link.txt", "link.txt");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_skipped() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::with_articles();
    let path = workspace.write("secret.txt", "The port is closed, the mayor said.\n");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return; // The superuser reads everything; the two cases above need no permissions.
    }
    skipped(&workspace, "secret.txt", "ermission denied");
}

#[test]
fn a_folder_without_articles_could_not_be_read() {
    let workspace = Workspace::new();
    fs::create_dir(workspace.path("nothing")).unwrap();
    for args in [
        &["ingest", "nothing"][..],
        &["mentions", "--from", "nothing"],
    ] {
        let run = workspace.run(args);
        assert_eq!(run.code, 2, "{run:?}");
        named(&run, "nothing", "no article");
    }
}

#[test]
fn a_store_that_cannot_be_made_is_named() {
    let workspace = Workspace::with_articles();
    workspace.write("file", "not a folder");
    let run = workspace.run(["ingest", "articles", "--store", "file"]);
    assert_eq!(run.code, 2, "{run:?}");
    named(&run, "file", "file");
}

#[test]
fn a_folder_that_is_not_a_store_is_named() {
    let workspace = Workspace::with_articles();
    let run = workspace.run(["claims", "--store", "articles"]);
    assert_eq!(run.code, 2, "{run:?}");
    named(&run, "articles", "store");
}

#[test]
fn malformed_sparql_could_not_run() {
    let workspace = Workspace::with_store();
    workspace.write("broken.rq", "SELECT ?s WHERE { ?s ?p }");
    for query in ["SELECT WHERE {", "@broken.rq"] {
        let run = workspace.run(["query", query]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("SPARQL"), "{run:?}");
        assert_eq!(run.stdout, "");
    }
    let run = workspace.run(["query", "@nosuch.rq"]);
    assert_eq!(run.code, 2, "{run:?}");
    named(&run, "nosuch.rq", "cannot read");
    let run = workspace.run(["query", "nosuchquestion"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("--list"), "{run:?}");
    let run = workspace.run(["query", "ASK { ?s ?p ?o }", "--set", "nonsense"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("nonsense"), "{run:?}");
}

#[test]
fn an_update_is_not_a_query() {
    let workspace = Workspace::with_store();
    let before = workspace.run(["export", "--format", "nq"]).stdout;
    let run = workspace.run(["query", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(workspace.run(["export", "--format", "nq"]).stdout, before);
}

#[test]
fn a_flipped_byte_in_any_file_of_a_store_is_found_or_made_good() {
    let workspace = Workspace::with_store();
    let before = workspace.run(["mentions", "--format", "jsonl"]).stdout;
    let mut found = 0;
    for path in files_below(&workspace.path(".claimgraph")) {
        let good = fs::read(&path).unwrap();
        let Some(middle) = good.len().checked_sub(1).map(|last| last / 2) else {
            continue;
        };
        let mut bad = good.clone();
        bad[middle] ^= 0x01;
        fs::write(&path, &bad).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();

        let verify = workspace.run(["verify"]);
        let reading = workspace.run(["mentions", "--format", "jsonl"]);
        assert!(!verify.stderr.contains("panicked"), "{name}: {verify:?}");
        assert!(!reading.stderr.contains("panicked"), "{name}: {reading:?}");
        match verify.code {
            // What can be thrown away is made anew, or does not matter.
            0 => assert_eq!(reading.stdout, before, "{name} is damaged unnoticed"),
            _ => {
                found += 1;
                let told = format!("{}{}", verify.stdout, verify.stderr);
                let told: String = told.split_whitespace().collect();
                assert!(told.contains(&name), "{name} is not named: {verify:?}");
            }
        }
        fs::write(&path, &good).unwrap();
    }
    assert!(found >= 4, "snapshots and graphs of two articles: {found}");
    assert_eq!(workspace.run(["verify"]).code, 0);
}

#[test]
fn a_lost_snapshot_is_found() {
    let workspace = Workspace::with_store();
    let text = fs::read(workspace.path("articles/denial.txt")).unwrap();
    let snapshot = files_below(&workspace.path(".claimgraph"))
        .into_iter()
        .find(|path| fs::read(path).unwrap() == text)
        .expect("a store keeps each snapshot as it is");
    fs::remove_file(&snapshot).unwrap();
    let run = workspace.run(["verify"]);
    assert_eq!(run.code, 1, "{run:?}");
    let told: String = run.stdout.split_whitespace().collect();
    let name = snapshot.file_stem().unwrap().to_string_lossy().into_owned();
    assert!(told.contains(&name), "{run:?}");
}
