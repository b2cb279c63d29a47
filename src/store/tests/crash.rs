//! A writer that is killed at any moment: every article whole or absent, and nothing to repair.
//!
//! The test runs itself a second time as the writer and kills that process.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::{add, damage, expected, fill, lines, open, sorted};
use crate::{
    lexicon::Lexicon,
    store::{Writer, files::Files, manifest::Manifest},
};

const FOLDER: &str = "CLAIMGRAPH_TEST_KILLED_WRITER";
const ARTICLES: usize = 24;
const STORES: usize = 10;
/// So many where the first kills all came too early or too late.
const MOST_STORES: usize = 60;
const KILLS_EACH: usize = 2;

#[test]
fn writer_that_gets_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return; // Not the second process.
    };
    for chunk in 0.. {
        let numbers = (chunk * 6..ARTICLES.min(chunk * 6 + 6)).collect::<Vec<_>>();
        if numbers.is_empty() {
            return;
        }
        let mut writer = Writer::open(Path::new(&folder)).unwrap();
        for number in numbers {
            add(&mut writer, number);
        }
        writer.finish(Lexicon::shipped()).unwrap();
    }
}

fn writer(dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::tests::crash::writer_that_gets_killed"])
        .env(FOLDER, dir)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_writer_leaves_every_article_whole_or_absent() {
    let undisturbed = || {
        let started = Instant::now();
        let dir = tempfile::tempdir().unwrap();
        assert!(writer(dir.path()).wait().unwrap().success());
        assert_eq!(whole_articles(dir.path()), ARTICLES);
        started.elapsed().as_micros() as u64
    };
    // The first run may be slow for want of caches.
    let usual = undisturbed().min(undisturbed());

    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut partial = BTreeSet::new();
    for store in 0..MOST_STORES {
        if store >= STORES && partial.len() > 3 {
            break;
        }
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..KILLS_EACH {
            let mut child = writer(dir.path());
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            std::thread::sleep(Duration::from_micros(random % usual));
            child.kill().unwrap();
            child.wait().unwrap();
            partial.insert(whole_articles(dir.path()));
        }
        fill(dir.path(), 0..ARTICLES);
        assert_eq!(sorted(lines(&open(dir.path()))), expected(0..ARTICLES));
    }
    assert!(partial.len() > 3, "no kill in the middle: {partial:?}");
}

/// Checks the store and returns how many articles are in it.
fn whole_articles(dir: &Path) -> usize {
    if !dir.join("FORMAT").exists() {
        return 0;
    }
    assert_eq!(damage(dir), []);
    let manifest = Manifest::read(&Files::open(dir).unwrap().manifest()).unwrap();
    let count = manifest.entries().len();
    assert_eq!(sorted(lines(&open(dir))), expected(0..count));
    count
}
