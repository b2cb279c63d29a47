//! Messages on stderr: warnings, skipped input, summaries, failures, progress.
//!
//! A message that cannot be written (stderr closed) is dropped; messages never stop a command.

use std::{
    collections::BTreeMap,
    fmt::Display,
    io::{IsTerminal, Write},
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use super::error::{Hinted, one_line};
use crate::{
    article::ArticleError,
    diagnostic::{Diagnostic, Severity},
};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const HINT: Style = AnsiColor::Green.on_default();
const FAINT: Style = Style::new().dimmed();

/// Writes messages as the user wants them.
pub(crate) struct Reporter {
    verbose: bool,
    quiet: bool,
}

impl Reporter {
    /// Makes a reporter; `quiet` leaves only errors.
    pub(crate) fn new(verbose: bool, quiet: bool) -> Self {
        Self { verbose, quiet }
    }

    /// Writes what the steps had to say: one line for each kind, or each remark when verbose.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let mut remarks = Remarks::default();
        for diagnostic in diagnostics {
            self.remark(diagnostic, &mut remarks);
        }
        self.remarks(&remarks);
    }

    /// Writes an error or, when verbose, a remark at once; others are counted.
    pub(crate) fn remark(&self, diagnostic: &Diagnostic, remarks: &mut Remarks) {
        match diagnostic.severity {
            Severity::Error => diagnostic_line(diagnostic),
            Severity::Warning | Severity::Note if self.verbose => diagnostic_line(diagnostic),
            Severity::Warning if !self.quiet => remarks.count(diagnostic),
            Severity::Warning | Severity::Note => {}
        }
    }

    /// Writes one line for each kind of remark that was only counted.
    pub(crate) fn remarks(&self, remarks: &Remarks) {
        match remarks.0.values().next() {
            Some((1, only)) if remarks.0.len() == 1 => diagnostic_line(only),
            _ => summary_by_code(remarks),
        }
    }

    /// Says whether only errors are wanted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes one warning that is not about an article.
    pub(crate) fn warning(&self, text: &dyn Display) {
        if !self.quiet {
            message(WARNING, "warning", text);
        }
    }

    /// Writes what the user can do.
    pub(crate) fn hint(&self, text: &dyn Display) {
        if !self.quiet {
            message(HINT, "hint", text);
        }
    }

    /// Writes that no claim fits what was asked for.
    pub(crate) fn not_found(&self, query: &str, others: bool) {
        message(ERROR, "not found", &format_args!("no claim fits `{query}`"));
        if others {
            self.hint(&"the nearest claims follow; name one by its id");
        }
    }

    /// Writes what was done.
    pub(crate) fn summary(&self, text: &dyn Display) {
        if !self.quiet {
            line(text);
        }
    }

    /// Writes a line on stderr.
    pub(crate) fn line(text: &dyn Display) {
        line(text);
    }

    /// Writes why the command could not run.
    pub(crate) fn failure(&self, error: &anyhow::Error) {
        message(ERROR, "error", &one_line(error));
        if let Some(hinted) = error.downcast_ref::<Hinted>() {
            message(HINT, "hint", &hinted.hint);
        }
    }

    /// Starts a progress bar, invisible unless stderr is a terminal.
    pub(crate) fn progress(&self, length: usize, what: &'static str) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(length as u64)
            .with_style(style)
            .with_message(what)
    }
}

/// So many failures of each kind are written; more are only counted.
const WRITTEN: usize = 10;

/// Input that was left out: the first of each kind is named at once, all are counted.
pub(crate) struct Skips<'a> {
    reporter: &'a Reporter,
    bar: ProgressBar,
    kinds: BTreeMap<&'static str, usize>,
    passed: usize,
}

impl<'a> Skips<'a> {
    /// Starts to count; what is written goes above `bar`.
    pub(crate) fn new(reporter: &'a Reporter, bar: ProgressBar) -> Self {
        Self {
            reporter,
            bar,
            kinds: BTreeMap::new(),
            passed: 0,
        }
    }

    /// Counts what was left out; returns whether that is a failure, and not a file beside articles
    /// that holds none.
    pub(crate) fn count(&mut self, error: &ArticleError) -> bool {
        if matches!(error, ArticleError::NoArticles { .. }) {
            self.passed += 1;
            if self.reporter.verbose {
                self.bar.suspend(|| message(NOTE, "note", error));
            }
            return false;
        }
        let count = self.kinds.entry(error.kind()).or_default();
        *count += 1;
        if *count <= WRITTEN || self.reporter.verbose {
            self.bar.suspend(|| message(ERROR, "skipped", error));
        }
        true
    }

    /// Returns how many failures there were.
    pub(crate) fn failed(&self) -> usize {
        self.kinds.values().sum()
    }

    /// Returns the progress bar, above which messages are written.
    pub(crate) fn bar(&self) -> &ProgressBar {
        &self.bar
    }

    /// Writes how many were left out for which reasons, unless a single line says so.
    pub(crate) fn summary(&self) {
        if self.failed() > 1 {
            let more = self.kinds.values().any(|count| *count > WRITTEN);
            let mut kinds: Vec<_> = self.kinds.iter().collect();
            kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let kinds = kinds.iter().map(|(kind, count)| format!("{count} {kind}"));
            let kinds = kinds.collect::<Vec<_>>().join(", ");
            let advice = match more && !self.reporter.verbose {
                true => "; -v names every one",
                false => "",
            };
            self.reporter
                .summary(&format_args!("skipped: {kinds}{advice}"));
        }
        if self.passed > 0 {
            let (count, s) = (self.passed, if self.passed == 1 { "" } else { "s" });
            let advice = if self.reporter.verbose {
                ""
            } else {
                "; -v names them"
            };
            self.reporter.summary(&format_args!(
                "{count} file{s} beside articles hold none{advice}"
            ));
        }
    }
}

/// Remarks that are not written one by one: how many there are of each code, and the first.
#[derive(Default)]
pub(crate) struct Remarks(BTreeMap<&'static str, (usize, Diagnostic)>);

impl Remarks {
    fn count(&mut self, diagnostic: &Diagnostic) {
        let first = || (0, diagnostic.clone());
        self.0.entry(diagnostic.code).or_insert_with(first).0 += 1;
    }
}

/// Writes a line on stderr, whatever becomes of it.
fn line(text: &dyn Display) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

fn message(style: Style, word: &str, text: &dyn Display) {
    let text = harmless(&text.to_string());
    line(&format_args!("{style}{word}{style:#}: {text}"));
}

fn diagnostic_line(diagnostic: &Diagnostic) {
    let (style, word) = match diagnostic.severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
        Severity::Note => (NOTE, "note"),
    };
    let place = diagnostic
        .span
        .map_or_else(String::new, |span| format!(":{}-{}", span.start, span.end));
    let subject = harmless(&diagnostic.subject);
    let text = harmless(&diagnostic.message);
    line(&format_args!(
        "{style}{word}{style:#}: {subject}{place}: {text} {FAINT}[{}]{FAINT:#}",
        diagnostic.code
    ));
    if let Some(hint) = &diagnostic.hint {
        line(&format_args!("  {HINT}hint{HINT:#}: {}", harmless(hint)));
    }
}

/// Writes one line for each code, most frequent first.
fn summary_by_code(remarks: &Remarks) {
    let mut kinds: Vec<&(usize, Diagnostic)> = remarks.0.values().collect();
    kinds.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    for (at, (count, first)) in kinds.iter().enumerate() {
        let place = match count {
            1 => harmless(&first.subject),
            more => format!("{} and {} more", harmless(&first.subject), more - 1),
        };
        let advice = if at + 1 == kinds.len() {
            "; -v shows every warning with hints"
        } else {
            ""
        };
        line(&format_args!(
            "{WARNING}warning{WARNING:#}: {place}: {} {FAINT}[{}]{advice}{FAINT:#}",
            harmless(&first.message),
            first.code
        ));
    }
}

/// Takes control characters out of text that comes from an article or a file name.
pub(crate) fn harmless(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\t' => ' ',
            control if control.is_control() || turns(control) => '\u{fffd}',
            other => other,
        })
        .collect()
}

/// Says whether a character changes the direction of the text around it.
fn turns(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_of_an_article_do_not_reach_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb c");
        assert_eq!(harmless("gpj.\u{202e}txt"), "gpj.\u{fffd}txt");
    }
}
