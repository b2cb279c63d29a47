//! `ingest`: articles into the store.
//!
//! Articles are read and analysed in parallel and added in the order of their paths, so that a
//! store does not depend on which thread was faster, nor on how often a run was cut short: of two
//! records with one text the first counts, and what is held is not analysed again.

use std::collections::HashSet;

use super::{
    Outcome,
    args::IngestArgs,
    extractor,
    graph::{advise, nothing_to_read, store_dir},
    load::{self, Analysed, Item, Job},
    output,
    progress::Progress,
    report::{Remarks, Reporter, Skips},
};
use crate::{
    id::SnapshotId,
    store::{Added, Catalog, Known, Writer},
};

/// So many articles are made durable at a time.
const BATCH: usize = 32;

/// Runs the command.
pub(crate) fn run(args: &IngestArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let inputs = load::inputs(&args.paths, &args.read);
    let lists_stdin = inputs
        .list
        .as_ref()
        .is_some_and(|list| list.as_os_str() == "-");
    if !lists_stdin && inputs.files().next().is_none() {
        return Err(nothing_to_read(&inputs));
    }
    let dir = store_dir(&args.store);
    let writer = match args.dry_run {
        true => None,
        false => Some(Writer::open(&dir).map_err(advise)?),
    };
    let held = match &writer {
        Some(writer) => writer.catalog(),
        None => Catalog::read(&dir).map_err(advise)?,
    };
    let mut progress = Progress::new(&inputs, reporter);
    let job = Job {
        inputs,
        read: load::read_options(&args.read),
        analyse: load::options(&args.supplied),
        since: args.since,
        held: Some(&held),
        dry: args.dry_run,
    };
    let mut ingest = Ingest {
        writer,
        reporter,
        skips: Skips::new(reporter, progress.bar()),
        seen: HashSet::new(),
        waiting: Vec::new(),
        tally: Tally::default(),
        remarks: Remarks::default(),
    };
    job.run(&mut progress, |path, item| ingest.take(path, item))?;
    ingest.flush()?;
    let Ingest {
        writer,
        skips,
        tally,
        remarks,
        ..
    } = ingest;
    if let Some(writer) = writer {
        progress.then("joining claims");
        writer.finish(extractor::lexicon())?;
    }
    progress.finish();
    if tally.all() + skips.failed() == 0 {
        return Err(nothing_to_read(&job.inputs));
    }
    reporter.remarks(&remarks);
    let new = if args.dry_run { "would be new" } else { "new" };
    let mut summary = format!(
        "{} {new}, {} unchanged, {} skipped",
        tally.new,
        tally.unchanged,
        skips.failed()
    );
    for (count, what) in [
        (tally.again, "with a text already read"),
        (tally.older, "older"),
    ] {
        if count > 0 {
            summary.push_str(&format!(", {count} {what}"));
        }
    }
    let (articles, time) = progress.pace();
    if time.as_secs() >= 10 {
        let rate = articles as f64 / time.as_secs_f64();
        summary.push_str(&format!(" ({rate:.0}/s)"));
    }
    reporter.summary(&summary);
    skips.summary();
    Ok(Outcome::incomplete_if(skips.failed() > 0))
}

/// What has happened so far.
#[derive(Default)]
struct Tally {
    new: usize,
    unchanged: usize,
    again: usize,
    older: usize,
}

impl Tally {
    fn all(&self) -> usize {
        self.new + self.unchanged + self.again + self.older
    }
}

/// A run of the command.
struct Ingest<'a> {
    /// Nothing is written without it.
    writer: Option<Writer>,
    reporter: &'a Reporter,
    skips: Skips<'a>,
    /// The beginnings of the hashes of the snapshots that were seen in this run.
    seen: HashSet<u64>,
    waiting: Vec<Analysed>,
    tally: Tally,
    remarks: Remarks,
}

impl Ingest<'_> {
    fn take(&mut self, path: &str, item: Item) -> anyhow::Result<()> {
        let what = match item {
            Item::Failed(error) => {
                let what = if self.skips.count(&error) {
                    "skipped"
                } else {
                    "passed over"
                };
                return self.plan(what, &error.to_string());
            }
            Item::Older => {
                self.tally.older += 1;
                "older"
            }
            Item::Held(snapshot) if self.is_new(&snapshot) => {
                self.tally.unchanged += 1;
                "unchanged"
            }
            Item::Readable(snapshot) if self.is_new(&snapshot) => {
                self.tally.new += 1;
                "new"
            }
            Item::Analysed(article) if self.is_new(&article.snapshot.id) => {
                self.waiting.push(*article);
                return match self.waiting.len() < BATCH {
                    true => Ok(()),
                    false => self.flush(),
                };
            }
            Item::Held(_) | Item::Readable(_) | Item::Analysed(_) => {
                self.tally.again += 1;
                "again"
            }
        };
        self.plan(what, path)
    }

    fn is_new(&mut self, snapshot: &SnapshotId) -> bool {
        let start = snapshot.as_str().get(..16).unwrap_or_default();
        self.seen
            .insert(u64::from_str_radix(start, 16).unwrap_or_default())
    }

    /// Says what would be done.
    fn plan(&self, what: &str, of: &str) -> anyhow::Result<()> {
        if self.writer.is_some() {
            return Ok(());
        }
        let of = super::report::harmless(of);
        output::write(None, |out| Ok(writeln!(out, "{what}\t{of}")?))
    }

    /// Writes the articles that wait, in their order.
    fn flush(&mut self) -> anyhow::Result<()> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let articles = std::mem::take(&mut self.waiting);
        let now = jiff::Timestamp::now();
        let parts: Vec<_> = (articles.iter())
            .map(|article| {
                let known = Known {
                    given: &article.given,
                    input: &article.input,
                    added: Some(now),
                };
                (&article.snapshot, &article.analysis, known)
            })
            .collect();
        let added = writer.add_all(&parts)?;
        for (article, added) in articles.iter().zip(added) {
            match added {
                Added::New => self.tally.new += 1,
                Added::Unchanged => self.tally.unchanged += 1,
            }
            if added == Added::New {
                self.skips.bar().suspend(|| {
                    for diagnostic in &article.diagnostics {
                        self.reporter.remark(diagnostic, &mut self.remarks);
                    }
                });
            }
        }
        Ok(())
    }
}
