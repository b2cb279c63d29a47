//! What one more mention costs as a graph grows: time to join it to claims and to relate it, and
//! memory. `cargo bench --bench growth`.
//!
//! `CLAIMGRAPH_ARTICLES` names what to read (the fixtures, if not set), `CLAIMGRAPH_MENTIONS` how
//! many to reach (100,000). When the articles are used up they come again with changes: most as
//! another story, in which every name is another, some as the same story with other figures.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench")]

use std::{
    collections::BTreeSet,
    env, fs,
    hash::{Hash, Hasher},
    path::PathBuf,
    thread,
    time::Instant,
};

use claimgraph::{
    article::{self, RawArticle, ReadOptions, Snapshot},
    claim::{self, ClaimIndex, MentionFacts},
    id::MentionId,
    lexicon::Lexicon,
    pipeline,
    span::Span,
};

/// One curve point in each quarter of a doubling.
const POINTS: f64 = 4.0;
/// So many mentions are timed at each point, as an ingestion of some articles.
const BATCH: usize = 500;

fn main() {
    let lexicon = Lexicon::shipped();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let articles = env::var_os("CLAIMGRAPH_ARTICLES").map_or(fixtures.into(), PathBuf::from);
    let wanted = env::var("CLAIMGRAPH_MENTIONS").map_or(100_000, |text| text.parse().unwrap());
    let facts = facts(&articles, lexicon);
    assert!(!facts.is_empty());
    // Each word as often as it occurs.
    let plain = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<String> = (facts.iter())
        .flat_map(|facts| facts.signature.split(' ').filter(plain).map(str::to_owned))
        .collect();
    println!("{} mentions read, then again with changes", facts.len());
    println!("  mentions    claims  join µs/mention  relate µs/mention  memory MB");

    let mut claims = ClaimIndex::default();
    let mut grown = (0..)
        .flat_map(|round| facts.iter().map(move |facts| (facts, round)))
        .map(|(facts, round)| changed(facts, round, &words))
        .take(wanted);
    let (mut held, mut next) = (0, 1000.0);
    let mut joining = Instant::now();
    let mut since = 0;
    loop {
        let batch: Vec<MentionFacts> = grown.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let ids: Vec<MentionId> = batch.iter().map(|facts| facts.id.clone()).collect();
        held += batch.len();
        since += batch.len();
        claims.join(batch, lexicon);
        if (held as f64) < next && held < wanted {
            continue;
        }
        let join = joining.elapsed().as_micros() as f64 / since as f64;
        let relating = Instant::now();
        let touched = ids.iter().filter_map(|id| claims.claim_of(id));
        let touched: BTreeSet<_> = touched.collect();
        for claim in &touched {
            std::hint::black_box(claims.relations(claim, lexicon));
        }
        let relate = relating.elapsed().as_micros() as f64 / ids.len() as f64;
        let all = claims.ids().len();
        println!(
            "{held:>10} {all:>9} {join:>16.0} {relate:>18.0} {:>10}",
            memory()
        );
        next = held as f64 * 2_f64.powf(1.0 / POINTS);
        (joining, since) = (Instant::now(), 0);
    }
}

/// Analyses articles on two threads.
fn facts(path: &PathBuf, lexicon: &Lexicon) -> Vec<MentionFacts> {
    let options = pipeline::Options::default();
    let paths: Vec<PathBuf> = article::discover(std::slice::from_ref(path))
        .filter_map(Result::ok)
        .collect();
    let read = |path: &PathBuf| -> Vec<MentionFacts> {
        let Ok(raw) = article::read(path, &ReadOptions::default()) else {
            return Vec::new();
        };
        let raw: RawArticle = raw.value;
        claim::facts(&pipeline::analyse(&raw, lexicon, &options).value)
    };
    let halves = paths.split_at(paths.len() / 2);
    thread::scope(|scope| {
        let first = scope.spawn(|| halves.0.iter().flat_map(read).collect::<Vec<_>>());
        let second: Vec<_> = halves.1.iter().flat_map(read).collect();
        [first.join().unwrap(), second].concat()
    })
}

/// The same mention in another round: in a quarter of the articles the same story with other
/// figures, else another story, with other names and, for a third of the words, other words.
fn changed(facts: &MentionFacts, round: usize, words: &[String]) -> MentionFacts {
    let mut facts = facts.clone();
    if round == 0 {
        return facts;
    }
    facts.snapshot = Snapshot::new(format!("{round} {}", facts.id)).id;
    facts.id = MentionId::new(&facts.snapshot, Span::new(0, 1));
    let hash = |text: &str| {
        let mut hasher = rustc_hash::FxHasher::default();
        (text, round).hash(&mut hasher);
        hasher.finish() as usize
    };
    let same = hash(facts.article.as_str()).is_multiple_of(4);
    let word = |word: &str| {
        let plain = word.chars().all(|c| c.is_ascii_lowercase());
        match word.split_once('#') {
            Some((before, figure)) if same => format!("{before}#{round}{figure}"),
            None if !same && word.contains('@') => match word.split_once('/') {
                Some((name, initial)) => format!("{name}-{round}/{initial}"),
                None => format!("{word}-{round}"),
            },
            None if !same && plain && hash(word).is_multiple_of(3) => {
                words[hash(word) / 3 % words.len()].clone()
            }
            _ => word.to_owned(),
        }
    };
    let signature: Vec<String> = facts.signature.split(' ').map(word).collect();
    facts.signature = signature.join(" ");
    facts
}

/// Resident memory in megabytes, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "-".to_owned(), |kb| (kb / 1024).to_string())
}
