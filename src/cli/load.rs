//! Articles from files and containers: found, read and analysed in parallel, handed on in their
//! order.
//!
//! It never writes and never drops an article silently. Memory does not grow with the number of
//! articles: so many records and so many bytes of them are on their way at once, no more.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use jiff::civil::Date;

use super::{
    args::{ReadArgs, SuppliedArgs},
    extractor,
    progress::Progress,
};
use crate::{
    article::{self, ArticleError, Inputs, RawArticle, ReadOptions, Record, Snapshot, Supplied},
    diagnostic::{Diagnostic, Warned},
    document::CleanOptions,
    id::{SnapshotId, seed_hash},
    lexicon::Lexicon,
    mention::Analysis,
    pipeline,
    store::Catalog,
};

/// So many records are on their way at once.
const IN_FLIGHT: usize = 64;
/// Records of so many bytes are on their way at once, or a single longer one.
const BYTES_IN_FLIGHT: usize = 128 << 20;

/// What is read, and how.
pub(crate) struct Job<'a> {
    pub(crate) inputs: Inputs,
    pub(crate) read: ReadOptions,
    pub(crate) analyse: pipeline::Options,
    /// Articles that were published before are left out.
    pub(crate) since: Option<Date>,
    /// What need not be analysed again.
    pub(crate) held: Option<&'a Catalog>,
    /// Whether articles are only read.
    pub(crate) dry: bool,
}

/// What became of one record.
pub(crate) enum Item {
    /// It was read and analysed.
    Analysed(Box<Analysed>),
    /// It would be analysed.
    Readable(SnapshotId),
    /// The store holds it.
    Held(SnapshotId),
    /// It was published before the day from which on articles are wanted.
    Older,
    /// It cannot be read.
    Failed(ArticleError),
}

/// One article with everything found in it.
pub(crate) struct Analysed {
    pub(crate) snapshot: Snapshot,
    pub(crate) analysis: Analysis,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What [`given`] says of it.
    pub(crate) given: String,
    /// What names the record and the options it was read with.
    pub(crate) input: String,
}

impl<'a> Job<'a> {
    /// A job for articles that are analysed on the spot.
    pub(crate) fn on_the_spot(paths: &[PathBuf], args: &ReadArgs) -> Self {
        Self {
            inputs: inputs(paths, args),
            read: read_options(args),
            analyse: pipeline::Options {
                extractor: extractor::chosen(),
                ..pipeline::Options::default()
            },
            since: None,
            held: None,
            dry: false,
        }
    }

    /// Reads and analyses, and hands on each record's path and what became of it, in their order.
    pub(crate) fn run(
        &self,
        progress: &mut Progress,
        mut take: impl FnMut(&str, Item) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let lexicon = extractor::lexicon();
        let room = Room::default();
        let done = progress.done();
        let workers = rayon::current_num_threads().max(1);
        let (ordered, order) = sync_channel::<Receiver<Finished>>(IN_FLIGHT);
        let (hand_out, tasks) = sync_channel::<Task>(IN_FLIGHT);
        let tasks = Mutex::new(tasks);
        let (room, tasks) = (&room, &tasks);
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(move || {
                    loop {
                        let task = lock(tasks).recv();
                        let Ok(task) = task else { break };
                        self.work(task, lexicon);
                    }
                });
            }
            scope.spawn(move || {
                let mut sink = |record: Result<Record, ArticleError>| {
                    let bytes = record.as_ref().map_or(0, Record::len);
                    if !room.enter(bytes) {
                        return ControlFlow::Break(());
                    }
                    let (answer, answers) = sync_channel(1);
                    let task = Task {
                        record,
                        bytes,
                        answer,
                    };
                    match (ordered.send(answers), hand_out.send(task)) {
                        (Ok(()), Ok(())) => ControlFlow::Continue(()),
                        _ => ControlFlow::Break(()),
                    }
                };
                article::records(&self.inputs, &self.read, &done, &mut sink);
            });
            let result = (order.iter()).try_for_each(|answers| {
                // Workers always answer: a panic is caught and told.
                let Ok(finished) = answers.recv() else {
                    return Ok(());
                };
                room.leave(finished.bytes);
                progress.tick();
                take(&finished.path, finished.item)
            });
            room.close();
            drop(order);
            result
        })
    }

    fn work(&self, task: Task, lexicon: &Lexicon) {
        let Task {
            record,
            bytes,
            answer,
        } = task;
        let path = match &record {
            Ok(record) => record.path.clone(),
            Err(error) => error.path().display().to_string(),
        };
        let one = || match record {
            Ok(record) => self.one(record, lexicon),
            Err(error) => Item::Failed(error),
        };
        let item = catch_unwind(AssertUnwindSafe(one)).unwrap_or_else(|_| {
            Item::Failed(ArticleError::Malformed {
                path: path.as_str().into(),
                reason: "claimgraph has a fault that this article brings out".to_owned(),
            })
        });
        // Nobody listens any more after a failure.
        let _ = answer.send(Finished { path, item, bytes });
    }

    fn one(&self, record: Record, lexicon: &Lexicon) -> Item {
        let input = match self.held {
            None => String::new(),
            Some(held) => {
                let how = format!(
                    "{:?} {:?} {:?}",
                    self.read.format, self.read.map, self.analyse.clean
                );
                let input = seed_hash(&[&record.key(), &how]);
                if let Some(snapshot) = held.made_of(&input) {
                    return Item::Held(snapshot);
                }
                input
            }
        };
        let article = match record.read(&self.read) {
            Ok(article) => article,
            Err(error) => return Item::Failed(error),
        };
        let is_older = |day: Option<Date>| match (day, self.since) {
            (Some(day), Some(since)) => day < since,
            _ => false,
        };
        let supplied = article
            .value
            .supplied
            .iter()
            .find_map(|supplied| supplied.published);
        if is_older(supplied) {
            return Item::Older;
        }
        let given = given(&article.value, &self.analyse);
        let snapshot = &article.value.snapshot.id;
        if self
            .held
            .is_some_and(|held| is_held(held, snapshot, &given))
        {
            return Item::Held(snapshot.clone());
        }
        if self.dry {
            return Item::Readable(snapshot.clone());
        }
        let Warned {
            value: analysis,
            diagnostics,
        } = pipeline::analyse(&article.value, lexicon, &self.analyse);
        if is_older(analysis.article.published) {
            return Item::Older;
        }
        let diagnostics = article.diagnostics.into_iter().chain(diagnostics);
        Item::Analysed(Box::new(Analysed {
            snapshot: article.value.snapshot,
            analysis,
            diagnostics: diagnostics.collect(),
            given,
            input,
        }))
    }
}

/// A record on its way to be read.
struct Task {
    record: Result<Record, ArticleError>,
    bytes: usize,
    answer: SyncSender<Finished>,
}

/// A record that was worked on.
struct Finished {
    path: String,
    item: Item,
    bytes: usize,
}

/// Room for the bytes of records on their way.
#[derive(Default)]
struct Room {
    taken: Mutex<(usize, bool)>,
    freed: Condvar,
}

impl Room {
    /// Waits for room; returns whether there will ever be any.
    fn enter(&self, bytes: usize) -> bool {
        let full = |(taken, closed): &mut (usize, bool)| {
            !*closed && *taken > 0 && taken.saturating_add(bytes) > BYTES_IN_FLIGHT
        };
        let guard = self.freed.wait_while(lock(&self.taken), full);
        let mut guard = guard.unwrap_or_else(PoisonError::into_inner);
        guard.0 += bytes;
        !guard.1
    }

    fn leave(&self, bytes: usize) {
        lock(&self.taken).0 -= bytes;
        self.freed.notify_all();
    }

    fn close(&self) {
        lock(&self.taken).1 = true;
        self.freed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says whether analysing an article again would change nothing.
fn is_held(held: &Catalog, snapshot: &SnapshotId, given: &str) -> bool {
    match held.given(snapshot) {
        // Analysed anew, it would lose what was known of it.
        Some(before) if before != given && says_nothing_new(given, &before) => true,
        _ => held.holds_given(snapshot, given),
    }
}

/// Names what is known of an article beside its text: from its files, a slash, from the user. What
/// nothing is known from is empty. With other knowledge the same text is analysed anew.
fn given(article: &RawArticle, options: &pipeline::Options) -> String {
    let Supplied {
        outlet,
        published,
        url,
        ..
    } = &options.clean.supplied;
    let by_user = outlet.is_some() || published.is_some() || url.is_some();
    let from_files = match (article.supplied.is_empty(), article.page.stated.is_empty()) {
        (true, true) => String::new(),
        (false, true) => seed_hash(&[&format!("{:?}", article.supplied)]),
        (_, false) => seed_hash(&[&format!("{:?} {:?}", article.supplied, article.page.stated)]),
    };
    let from_user = match by_user {
        true => seed_hash(&[&format!("{:?}", options.clean)]),
        false => String::new(),
    };
    match from_files.is_empty() && from_user.is_empty() {
        true => String::new(),
        false => format!("{from_files}/{from_user}"),
    }
}

/// Says whether `given` says nothing that differs from what was `held`; that something is not
/// said again takes nothing back.
fn says_nothing_new(given: &str, held: &str) -> bool {
    let parts = |text: &str| {
        text.split_once('/')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    let (files, user) = parts(given).unwrap_or_default();
    let (held_files, held_user) = parts(held).unwrap_or_default();
    (files.is_empty() || files == held_files) && (user.is_empty() || user == held_user)
}

/// Returns what the user wants to be read.
pub(crate) fn inputs(paths: &[PathBuf], args: &ReadArgs) -> Inputs {
    Inputs {
        paths: paths.to_vec(),
        list: args.files_from.clone(),
    }
}

/// Returns how the user wants it to be read.
pub(crate) fn read_options(args: &ReadArgs) -> ReadOptions {
    ReadOptions {
        max_bytes: args.max_bytes,
        max_ratio: args.max_ratio,
        max_nesting: args.max_nesting,
        format: args.input_format.0,
        map: args.map.clone(),
    }
}

/// Returns the options that the user's knowledge of the articles makes.
pub(crate) fn options(supplied: &SuppliedArgs) -> pipeline::Options {
    pipeline::Options {
        clean: CleanOptions {
            supplied: Supplied {
                origin: "option",
                outlet: supplied.outlet.clone(),
                published: supplied.published,
                url: supplied.url.clone(),
                ..Supplied::default()
            },
            override_text: supplied.override_text,
        },
        extractor: extractor::chosen(),
    }
}
