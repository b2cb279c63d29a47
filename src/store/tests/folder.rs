//! The store's folder: growth, repetition, several processes, damage.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{add, article, damage, expected, fill, lines, open, sorted};
use crate::{
    article::Snapshot,
    id::SnapshotId,
    lexicon::Lexicon,
    store::{Added, Graph, StoreError, Writer, verify},
};

fn check(dir: &Path) -> Vec<String> {
    damage(dir)
        .iter()
        .map(|finding| format!("{} {}: {}", finding.code, finding.subject, finding.message))
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

#[test]
fn a_store_grown_step_by_step_equals_one_filled_at_once() {
    let grown = tempfile::tempdir().unwrap();
    for number in 0..40 {
        fill(grown.path(), [number]);
        assert_eq!(open(grown.path()).len(), expected(0..=number).len());
    }
    let at_once = tempfile::tempdir().unwrap();
    fill(at_once.path(), (0..40).rev());
    assert_eq!(lines(&open(grown.path())), lines(&open(at_once.path())));
    assert_eq!(sorted(lines(&open(grown.path()))), expected(0..40));
    assert_eq!(check(grown.path()), [""; 0]);

    let layers = files(&grown.path().join("index"));
    assert!(layers.len() <= 6, "{layers:?}");
    fs::remove_dir_all(grown.path().join("index")).unwrap();
    assert_eq!(lines(&open(grown.path())), lines(&open(at_once.path())));
}

#[test]
fn adding_the_same_again_changes_no_file() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..5);
    let before: Vec<_> = files(dir.path())
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    let mut writer = Writer::open(dir.path()).unwrap();
    for number in 0..5 {
        assert!(writer.holds(&article(number, 5).0.id));
        assert_eq!(add(&mut writer, number), Added::Unchanged);
    }
    assert!(!writer.holds(&SnapshotId::of("another")));
    writer.finish(Lexicon::shipped()).unwrap();
    for (path, bytes) in before {
        assert_eq!(fs::read(&path).unwrap(), bytes, "{}", path.display());
    }
}

#[test]
fn other_supplied_metadata_counts_as_another_analysis() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(dir.path()).unwrap();
    let (snapshot, quads) = article(1, 5);
    let given = "outlet=Daily Example";
    assert_eq!(
        writer.add_quads(&snapshot, "1", given, &quads, 1).unwrap(),
        Added::New
    );
    assert!(writer.catalog().holds_given(&snapshot.id, given));
    assert!(!writer.holds(&snapshot.id));
}

#[test]
fn a_new_analysis_takes_the_place_of_the_older_one() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..5);
    let (snapshot, quads) = article(2, 3);
    let mut writer = Writer::open(dir.path()).unwrap();
    let added = writer
        .add_quads(&snapshot, "2.txt", "x", &quads, 1)
        .unwrap();
    assert_eq!(added, Added::New);
    // Until the writer has finished readers see the older one.
    assert_eq!(open(dir.path()).len(), expected(0..5).len());
    writer.finish(Lexicon::shipped()).unwrap();
    let graph = open(dir.path());
    assert_eq!(graph.len(), expected(0..5).len() - 2);
    assert_eq!(check(dir.path()), [""; 0]);
}

#[test]
fn articles_of_a_writer_that_died_are_seen_and_indexed_by_the_next() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..3);
    let mut writer = Writer::open(dir.path()).unwrap();
    add(&mut writer, 3);
    // A reader beside a working writer is not blocked.
    assert_eq!(sorted(lines(&open(dir.path()))), expected(0..4));
    drop(writer);
    assert_eq!(sorted(lines(&open(dir.path()))), expected(0..4));
    assert_eq!(check(dir.path()), [""; 0]);
    fill(dir.path(), []);
    assert_eq!(sorted(lines(&open(dir.path()))), expected(0..4));
}

#[test]
fn a_reader_keeps_its_view_while_the_index_is_replaced() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..3);
    let old = open(dir.path());
    for number in 3..30 {
        fill(dir.path(), [number]);
    }
    assert_eq!(sorted(lines(&old)), expected(0..3));
}

#[test]
fn a_second_writer_is_told_so() {
    let dir = tempfile::tempdir().unwrap();
    let writer = Writer::open(dir.path()).unwrap();
    let second = Writer::open_within(dir.path(), Duration::from_millis(120));
    let Err(error @ StoreError::Busy { .. }) = second else {
        panic!("two writers");
    };
    assert!(
        error
            .to_string()
            .contains(&dir.path().display().to_string())
    );
    drop(writer);
    assert!(Writer::open_within(dir.path(), Duration::ZERO).is_ok());
}

#[test]
fn folders_that_are_no_stores_are_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let absent = dir.path().join("absent");
    assert!(matches!(
        Graph::open(&absent, Lexicon::shipped()),
        Err(StoreError::NoStore { .. })
    ));
    assert!(verify(&absent, Lexicon::shipped()).is_err());
    assert!(!absent.exists());
    fs::write(dir.path().join("holiday.txt"), "x").unwrap();
    assert!(matches!(
        Writer::open(dir.path()),
        Err(StoreError::NotAStore { .. })
    ));
    assert_eq!(files(dir.path()).len(), 1);
    let other = tempfile::tempdir().unwrap();
    fill(other.path(), [1]);
    fs::write(other.path().join("FORMAT"), "claimgraph store 99\n").unwrap();
    assert!(matches!(
        Writer::open(other.path()),
        Err(StoreError::Format { .. })
    ));
}

#[test]
fn an_article_that_cannot_be_written_leaves_the_store_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..3);
    // A file stands where the folder of the new graph has to be made.
    fs::rename(dir.path().join("graphs"), dir.path().join("away")).unwrap();
    fs::write(dir.path().join("graphs"), "").unwrap();
    let mut writer = Writer::open(dir.path()).unwrap();
    let (snapshot, quads) = article(7, 5);
    let error = writer
        .add_quads(&snapshot, "7.txt", "", &quads, 1)
        .unwrap_err();
    assert!(error.to_string().contains("graphs"), "{error}");
    drop(writer);
    fs::remove_file(dir.path().join("graphs")).unwrap();
    fs::rename(dir.path().join("away"), dir.path().join("graphs")).unwrap();
    assert_eq!(sorted(lines(&open(dir.path()))), expected(0..3));
    assert_eq!(check(dir.path()), [""; 0]);
}

#[test]
fn snapshots_are_read_back_and_checked() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..2);
    let graph = open(dir.path());
    let (snapshot, _) = article(1, 5);
    assert_eq!(
        graph.snapshot(&snapshot.id).unwrap(),
        Some(snapshot.clone())
    );
    assert_eq!(graph.snapshot(&SnapshotId::of("another")).unwrap(), None);
    let path = files(&dir.path().join("snapshots"))
        .into_iter()
        .find(|path| path.to_string_lossy().contains(snapshot.id.as_str()))
        .unwrap();
    fs::write(&path, "changed").unwrap();
    let error = graph.snapshot(&snapshot.id).unwrap_err().to_string();
    assert!(error.contains(snapshot.id.as_str()), "{error}");
}

#[test]
fn every_flipped_byte_is_found_and_its_file_named() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..30);
    fill(dir.path(), [30]);
    let all = files(dir.path());
    assert!(
        all.iter()
            .filter(|p| p.extension().is_some_and(|e| e == "layer"))
            .count()
            > 1
    );
    let mut kinds = std::collections::BTreeSet::new();
    for path in all {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "lock" {
            continue;
        }
        let kind = path
            .extension()
            .map_or(name.clone(), |e| e.to_string_lossy().into_owned());
        if matches!(kind.as_str(), "txt" | "nq") && !kinds.insert(kind) {
            continue; // One of each kind is enough.
        }
        let whole = fs::read(&path).unwrap();
        let step = (whole.len() / 9).max(1);
        for place in (0..whole.len()).step_by(step).chain([whole.len() - 1]) {
            let mut bytes = whole.clone();
            bytes[place] ^= 0x04;
            fs::write(&path, &bytes).unwrap();
            let named = match verify(dir.path(), Lexicon::shipped()) {
                Ok(result) => result.findings.iter().any(|f| f.subject.contains(&name)),
                Err(error) => error.to_string().contains(&name),
            };
            assert!(named, "{name}, byte {place}: {:?}", check(dir.path()));
            // Reading a damaged store may fail, but not panic.
            let _ = Graph::open(dir.path(), Lexicon::shipped()).map(|graph| graph.quads());
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(check(dir.path()), [""; 0]);
}

#[test]
fn missing_files_are_found_and_named() {
    for folder in ["snapshots", "graphs"] {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), 0..3);
        let path = files(&dir.path().join(folder)).remove(1);
        fs::remove_file(&path).unwrap();
        let findings = check(dir.path());
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains(&path.display().to_string()),
            "{findings:?}"
        );
        // Adding the articles again brings the file back.
        let mut writer = Writer::open(dir.path()).unwrap();
        assert!((0..3).any(|number| !writer.holds(&article(number, 5).0.id)));
        for number in 0..3 {
            assert_eq!(add(&mut writer, number), Added::Unchanged);
        }
        assert_eq!(check(dir.path()), [""; 0]);
    }
}

#[test]
fn graphs_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Graph>();
}

#[test]
fn a_damaged_index_is_rebuilt_by_the_next_writer() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0..3);
    for path in files(&dir.path().join("index")) {
        fs::write(&path, "no index").unwrap();
    }
    assert_eq!(sorted(lines(&open(dir.path()))), expected(0..3));
    fill(dir.path(), [3]);
    assert_eq!(check(dir.path()), [""; 0]);
    assert_eq!(sorted(lines(&open(dir.path()))), expected(0..4));
}

#[test]
fn a_quotation_that_is_not_in_the_snapshot_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(dir.path()).unwrap();
    let (snapshot, quads) = article(1, 9);
    let other = Snapshot::new(snapshot.text.replace("Article", "Artikel"));
    let quads: Vec<_> = quads
        .into_iter()
        .map(|quad| {
            let text = quad
                .to_string()
                .replace(snapshot.id.as_str(), other.id.as_str());
            text.parse().unwrap()
        })
        .collect();
    writer.add_quads(&other, "1.txt", "", &quads, 1).unwrap();
    writer.finish(Lexicon::shipped()).unwrap();
    let findings = check(dir.path());
    // "icle" and "ikel" differ in three places.
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert!(findings[0].starts_with("V-SPAN-QUOTE"), "{findings:?}");
}
