//! How far reading is: a bar on a terminal, else a line now and then.
//!
//! How much there is to read is found out beside the reading; until then no time left is named.

use std::{
    fmt,
    io::IsTerminal,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use super::report::Reporter;
use crate::article::Inputs;

/// Lines are written so far apart.
const PAUSE: Duration = Duration::from_secs(20);

/// How far reading is.
pub(crate) struct Progress {
    bar: ProgressBar,
    lines: bool,
    done: Arc<AtomicU64>,
    /// Bytes of all files, 0 while that is unknown.
    total: Arc<AtomicU64>,
    articles: u64,
    started: Instant,
    told: Instant,
}

impl Progress {
    /// Starts to watch; quiet users see nothing.
    pub(crate) fn new(inputs: &Inputs, reporter: &Reporter) -> Self {
        let total = Arc::new(AtomicU64::new(0));
        let terminal = std::io::stderr().is_terminal();
        let bar = match terminal && !reporter.is_quiet() {
            true => bar(),
            false => ProgressBar::hidden(),
        };
        if !reporter.is_quiet() {
            count(inputs.clone(), Arc::clone(&total));
        }
        Self {
            bar,
            lines: !terminal && !reporter.is_quiet(),
            done: Arc::default(),
            total,
            articles: 0,
            started: Instant::now(),
            told: Instant::now(),
        }
    }

    /// Returns what counts the bytes that were read.
    pub(crate) fn done(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.done)
    }

    /// Returns the bar, under which nothing else may be written.
    pub(crate) fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Counts one article.
    pub(crate) fn tick(&mut self) {
        self.articles += 1;
        if !self.bar.is_hidden() {
            self.bar.set_length(self.total.load(Ordering::Relaxed));
            self.bar.set_position(self.done.load(Ordering::Relaxed));
            self.bar.set_message(self.state().to_string());
        } else if self.lines && self.told.elapsed() >= PAUSE {
            self.told = Instant::now();
            Reporter::line(&self.state());
        }
    }

    /// Says what is done now that all is read.
    pub(crate) fn then(&self, what: &'static str) {
        self.bar.set_message(what);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Returns how many articles were handled, and in what time.
    pub(crate) fn pace(&self) -> (u64, Duration) {
        (self.articles, self.started.elapsed())
    }

    fn state(&self) -> State {
        let (done, total) = (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        );
        State {
            articles: self.articles,
            elapsed: self.started.elapsed(),
            part: (total > 0).then(|| (done as f64 / total as f64).min(1.0)),
        }
    }
}

/// How many articles, how fast, how much is left.
struct State {
    articles: u64,
    elapsed: Duration,
    part: Option<f64>,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        let rate = self.articles as f64 / seconds.max(0.001);
        write!(f, "{} articles, {rate:.0}/s", self.articles)?;
        match self.part.filter(|part| *part > 0.0) {
            Some(part) => {
                let left = Duration::from_secs_f64(seconds * (1.0 - part) / part);
                let left = indicatif::HumanDuration(left);
                write!(f, ", {:.0} % read, {left} left", part * 100.0)
            }
            None => Ok(()),
        }
    }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

/// Adds up the sizes of all files in a thread of its own, which nobody waits for.
fn count(inputs: Inputs, total: Arc<AtomicU64>) {
    let stdin = |path: &std::path::PathBuf| path.as_os_str() == "-";
    if inputs.paths.iter().chain(&inputs.list).any(stdin) {
        return;
    }
    thread::spawn(move || {
        let sizes = inputs.files().flatten().filter_map(|found| {
            let metadata = found.path.metadata().ok()?;
            metadata.is_file().then_some(metadata.len())
        });
        total.store(sizes.sum(), Ordering::Relaxed);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_and_the_time_left_are_told() {
        let mut state = State {
            articles: 300,
            elapsed: Duration::from_secs(100),
            part: Some(0.25),
        };
        assert_eq!(
            state.to_string(),
            "300 articles, 3/s, 25 % read, 5 minutes left"
        );
        state.part = None;
        assert_eq!(state.to_string(), "300 articles, 3/s");
    }
}
