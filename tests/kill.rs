//! `ingest` disturbed: killed at random moments, next to other processes, out of space. Every
//! article is whole or absent, nothing needs repair, and the next run completes the same graph.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use claimgraph::{
    lexicon::Lexicon,
    rdf::read,
    store::{Graph, verify},
};

const ARTICLES: usize = 24;
const STORES: usize = 17;
const KILLS_EACH: usize = 3;

/// After this long no further store is begun, once a kill came in the middle: a busy machine tests
/// fewer.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn a_killed_ingest_leaves_every_article_whole_or_absent() {
    let started = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    write_articles(&articles);

    let undisturbed = folder.path().join("undisturbed");
    let status = ingest(&undisturbed, &articles).status().unwrap();
    assert!(status.success());
    let usual = started.elapsed();
    let expected = quads(&undisturbed);
    assert!(expected.len() > ARTICLES);

    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut partial = 0;
    for round in 0..STORES {
        if round > 2 && partial > 0 && started.elapsed() > PATIENCE {
            break;
        }
        let store = folder.path().join(format!("store-{round}"));
        for kill in 0..KILLS_EACH {
            let mut child = ingest(&store, &articles).spawn().unwrap();
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            if kill == 0 {
                sleep_until_written(&mut child, &store, random as usize % ARTICLES);
                std::thread::sleep(Duration::from_micros(random % 3_000));
            } else {
                std::thread::sleep(Duration::from_micros(random % usual.as_micros() as u64));
            }
            child.kill().unwrap();
            child.wait().unwrap();
            if store.join("FORMAT").exists() {
                let count = articles_held(&store, &expected);
                partial += usize::from(count > 0 && count < ARTICLES);
                if kill + 1 == KILLS_EACH {
                    check(&store);
                }
            }
        }
        assert!(ingest(&store, &articles).status().unwrap().success());
        assert_eq!(quads(&store), expected);
    }
    check(&undisturbed);
    assert!(partial > 0, "no kill came in the middle");
}

/// A container is read again from its start, but what is held is neither parsed nor analysed; of
/// records with one text the first counts, whichever of them a killed run came to.
#[test]
fn a_container_killed_ten_times_ends_in_the_same_graph() {
    let folder = tempfile::tempdir().unwrap();
    let container = folder.path().join("articles.jsonl.gz");
    let mut lines = String::new();
    for number in 0..3 * ARTICLES {
        let text = article(number % (2 * ARTICLES));
        let record = serde_json::json!({"id": number, "text": text});
        lines.push_str(&format!("{record}\n"));
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, lines.as_bytes()).unwrap();
    fs::write(&container, packer.finish().unwrap()).unwrap();

    let undisturbed = folder.path().join("undisturbed");
    let started = Instant::now();
    assert!(ingest(&undisturbed, &container).status().unwrap().success());
    let usual = started.elapsed();
    assert_eq!(check(&undisturbed), 2 * ARTICLES);

    let store = folder.path().join("store");
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..10 {
        let mut child = ingest(&store, &container).spawn().unwrap();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_micros(random % usual.as_micros() as u64));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(ingest(&store, &container).status().unwrap().success());
    assert_eq!(quads(&store), quads(&undisturbed));
    check(&store);
    // Nothing is left to do.
    let manifest = fs::read(store.join("manifest")).unwrap();
    assert!(ingest(&store, &container).status().unwrap().success());
    assert_eq!(fs::read(store.join("manifest")).unwrap(), manifest);
}

/// What is in memory of the articles of a run counts in its index as their files do.
#[test]
fn an_index_made_anew_from_the_files_has_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let index = || -> BTreeMap<_, Vec<u8>> {
        (fs::read_dir(store.join("index")).unwrap())
            .map(|file| file.unwrap().path())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect()
    };
    assert!(ingest(&store, &articles).status().unwrap().success());
    let written = index();
    assert!(written.len() > 3);
    fs::remove_dir_all(store.join("index")).unwrap();
    assert!(ingest(&store, &articles).status().unwrap().success());
    assert!(index() == written);
}

#[test]
fn readers_see_whole_states_while_one_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    write_articles(&articles);
    let store = folder.path().join("store");
    let mut writer = ingest(&store, &articles).spawn().unwrap();
    let mut counts = Vec::new();
    let status = loop {
        if store.join("FORMAT").exists() {
            let graph = Graph::open(&store, Lexicon::shipped()).unwrap();
            counts.push(read::articles(&graph).len());
        }
        if let Some(status) = writer.try_wait().unwrap() {
            break status;
        }
    };
    assert!(status.success());
    assert!(counts.is_sorted(), "{counts:?}");
    assert_eq!(check(&store), ARTICLES);
}

#[test]
fn a_second_writer_waits_for_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    write_articles(&articles);
    let store = folder.path().join("store");
    let writers: Vec<Child> = (0..2)
        .map(|_| (ingest(&store, &articles).stderr(Stdio::piped()).spawn()).unwrap())
        .collect();
    let outputs: Vec<Output> = (writers.into_iter())
        .map(|writer| writer.wait_with_output().unwrap())
        .collect();
    assert!(outputs.iter().any(|output| output.status.success()));
    // On a busy machine the first may need more time than the second waits.
    for output in outputs.iter().filter(|output| !output.status.success()) {
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(message.contains("another process"), "{message}");
    }
    assert_eq!(check(&store), ARTICLES);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_named_and_the_store_is_unharmed() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    write_articles(&articles);
    let store = folder.path().join("store");
    let first = articles.join("00.txt");
    assert!(ingest(&store, &first).status().unwrap().success());
    let before = quads(&store);

    // Files may be at most 512 bytes long, as if the disk were full; the signal would kill.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_claimgraph"))
        .args(["ingest", "--store"])
        .args([&store, &articles])
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("File too large"), "{message}");
    assert!(message.contains("store"), "{message}");
    assert_eq!(quads(&store), before);
    assert_eq!(check(&store), 1);

    assert!(ingest(&store, &articles).status().unwrap().success());
    assert_eq!(check(&store), ARTICLES);
}

/// Waits until the manifest names some articles, or the process has ended.
fn sleep_until_written(child: &mut Child, store: &Path, articles: usize) {
    let lines = || {
        let manifest = fs::read(store.join("manifest")).unwrap_or_default();
        manifest.iter().filter(|byte| **byte == b'\n').count()
    };
    while lines() < articles.max(1) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
}

fn ingest(store: &Path, articles: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimgraph"));
    command
        .args(["ingest", "--quiet", "--store"])
        .args([store, articles])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Checks the store and returns how many snapshots it holds.
fn check(store: &Path) -> usize {
    let result = verify(store, Lexicon::shipped()).unwrap();
    assert_eq!(result.findings, []);
    result.snapshots
}

fn quads(store: &Path) -> Vec<String> {
    let graph = Graph::open(store, Lexicon::shipped()).unwrap();
    graph.quads().iter().map(ToString::to_string).collect()
}

/// Compares each article in the store with the same in an undisturbed one; returns how many.
fn articles_held(store: &Path, expected: &[String]) -> usize {
    let of_articles = |quads: &[String]| -> BTreeMap<String, BTreeSet<String>> {
        let mut graphs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for quad in quads {
            let graph = quad.rsplit(' ').next().unwrap();
            if !graph.ends_with("/claims>") && !graph.ends_with("/derived>") {
                let quads = graphs.entry(graph.to_owned()).or_default();
                quads.insert(quad.clone());
            }
        }
        graphs
    };
    let (held, expected) = (of_articles(&quads(store)), of_articles(expected));
    for (graph, quads) in &held {
        assert_eq!(Some(quads), expected.get(graph), "{graph}");
    }
    assert_eq!(held.len() % 3, 0, "capture, run and provenance");
    held.len() / 3
}

fn write_articles(folder: &Path) {
    fs::create_dir(folder).unwrap();
    for number in 0..ARTICLES {
        let text = article(number);
        fs::write(folder.join(format!("{number:02}.txt")), text).unwrap();
    }
}

fn article(number: usize) -> String {
    let (town, jobs) = (number % 5, 100 * (number % 9 + 1));
    format!(
        "Harbour of Town {town} faces cuts, day {number}\n\n\
         The mayor of Town {town} said on Monday that the yard would lose {jobs} jobs.\n\n\
         “Nothing has been decided,” said Ada Okoye, who speaks for the yard. According to \
         the union, at least {jobs} workers have already been told to leave.\n\n\
         The ministry denied that the harbour would close.\n"
    )
}
