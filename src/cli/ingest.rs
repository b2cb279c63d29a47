//! `ingest`: articles into the store.
//!
//! Articles are read and analysed in parallel and added in the order of their paths, so that a
//! store does not depend on which thread was faster.

use std::thread;

use indicatif::ProgressBar;

use super::{
    Outcome,
    args::IngestArgs,
    graph::{advise, nothing_to_read, store_dir},
    load::{self, Analysed, Found},
    report::Reporter,
};
use crate::{
    article::{self, RawArticle, ReadOptions},
    diagnostic::Diagnostic,
    lexicon::Lexicon,
    pipeline,
    store::{Added, Writer},
};

/// Runs the command.
pub(crate) fn run(args: &IngestArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let files = article::discover(&args.paths);
    if files.is_empty() {
        return Err(nothing_to_read(&args.paths));
    }
    let progress = reporter.progress(files.len(), "reading");
    let mut ingest = Ingest {
        writer: Writer::open(&store_dir(&args.store)).map_err(advise)?,
        lexicon: Lexicon::shipped(),
        read: ReadOptions {
            max_bytes: args.max_bytes,
        },
        options: load::options(&args.supplied),
        tally: Tally::default(),
    };
    ingest.all(files, &progress)?;
    let Ingest {
        writer,
        lexicon,
        tally,
        ..
    } = ingest;
    progress.set_message("joining claims");
    writer.finish(lexicon)?;
    progress.finish_and_clear();

    reporter.diagnostics(&tally.diagnostics);
    for reason in &tally.skipped {
        reporter.skipped(reason);
    }
    reporter.summary(&format_args!(
        "{} new, {} unchanged, {} skipped",
        tally.new,
        tally.unchanged,
        tally.skipped.len()
    ));
    Ok(Outcome::incomplete_if(!tally.skipped.is_empty()))
}

/// What has happened so far.
#[derive(Default)]
struct Tally {
    new: usize,
    unchanged: usize,
    skipped: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

/// A run of the command.
struct Ingest {
    writer: Writer,
    lexicon: &'static Lexicon,
    read: ReadOptions,
    options: pipeline::Options,
    tally: Tally,
}

impl Ingest {
    /// Adds all files, batch by batch.
    fn all(&mut self, files: Vec<Found>, progress: &ProgressBar) -> anyhow::Result<()> {
        let mut files = files.into_iter().peekable();
        let mut finished = Vec::new();
        while files.peek().is_some() {
            let batch = files.by_ref().take(load::BATCH).collect();
            finished = self.batch(batch, finished, progress)?;
        }
        self.add(finished)
    }

    /// Analyses one batch while the one before it is written.
    fn batch(
        &mut self,
        batch: Vec<Found>,
        finished: Vec<Analysed>,
        progress: &ProgressBar,
    ) -> anyhow::Result<Vec<Analysed>> {
        let mut articles = Vec::new();
        for read in load::read(batch, &self.read) {
            match read {
                Ok(article) if self.holds(&article.value) => {
                    self.tally.unchanged += 1;
                    progress.inc(1);
                }
                Ok(article) => articles.push(article),
                Err(reason) => {
                    self.tally.skipped.push(reason.to_string());
                    progress.inc(1);
                }
            }
        }
        let lexicon = self.lexicon;
        let options = self.options.clone();
        thread::scope(|scope| {
            let analysis =
                scope.spawn(move || load::analyse(articles, lexicon, &options, progress));
            self.add(finished)?;
            Ok(analysis
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    /// Says whether analysing the article again would change nothing.
    fn holds(&self, article: &RawArticle) -> bool {
        let (snapshot, given) = (&article.snapshot.id, load::given(article, &self.options));
        match self.writer.given(snapshot) {
            // Analysed anew, it would lose what was known of it.
            Some(held) if held != given && load::says_nothing_new(&given, held) => true,
            _ => self.writer.holds_given(snapshot, &given),
        }
    }

    /// Writes articles in their order.
    fn add(&mut self, articles: Vec<Analysed>) -> anyhow::Result<()> {
        let parts: Vec<_> = (articles.iter())
            .map(|article| (&article.snapshot, &article.analysis, article.given.as_str()))
            .collect();
        let added = self.writer.add_all(&parts)?;
        for (article, added) in articles.into_iter().zip(added) {
            match added {
                Added::New => {
                    self.tally.new += 1;
                    self.tally.diagnostics.extend(article.diagnostics);
                }
                Added::Unchanged => self.tally.unchanged += 1,
            }
        }
        Ok(())
    }
}
