//! The command line: arguments in, library calls, printing. The only module that prints.
//!
//! Data goes to stdout, messages and progress to stderr. It never decides anything about an
//! article or a claim: each command is a library call and a way to show its result.

use std::{io, process::ExitCode};

use anstream::ColorChoice;
use clap::Parser;

mod args;
mod ask;
mod claims;
mod copies;
mod error;
mod eval;
mod export;
mod extractor;
mod graph;
mod headlines;
mod ingest;
mod load;
mod manual;
mod mentions;
mod outlets;
mod output;
mod page;
mod progress;
mod query;
mod render;
mod report;
mod results;
mod revisions;
mod select;
mod spot;
mod table;
mod text;
mod trace;
mod train;
mod verify;

use args::{Cli, Color, Command};
use report::Reporter;

/// How a command that ran ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// All is well.
    Done,
    /// Some input was skipped, a check found something or nothing was found.
    Incomplete,
}

impl Outcome {
    /// Returns `Incomplete` if there is something to complain about.
    fn incomplete_if(complaint: bool) -> Self {
        if complaint {
            Self::Incomplete
        } else {
            Self::Done
        }
    }
}

/// Runs the command line and returns the exit code: 0 done, 1 incomplete, 2 could not run.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A reader that has gone away does not want the help text either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match cli.common.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
    let mut reporter = Reporter::new(cli.common.verbose, cli.common.quiet);
    let chosen = extractor::choose(cli.common.model.as_deref(), cli.common.outlets.as_deref());
    match chosen.and_then(|()| run(&cli.command, &mut reporter)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            reporter.failure(&error);
            ExitCode::from(2)
        }
    }
}

/// Hands over to the command's own file.
fn run(command: &Command, reporter: &mut Reporter) -> anyhow::Result<Outcome> {
    match command {
        Command::Ingest(args) => ingest::run(args, reporter),
        Command::Text(args) => text::run(args, reporter),
        Command::Mentions(args) => mentions::run(args, reporter),
        Command::Claims(args) => claims::run(args, reporter),
        Command::Copies(args) => copies::run(args, reporter),
        Command::Revisions(args) => revisions::run(args, reporter),
        Command::Trace(args) => trace::run(args, reporter),
        Command::Report(args) => page::run(args, reporter),
        Command::Ask(args) => ask::run(args, reporter),
        Command::Query(args) => query::run(args, reporter),
        Command::Export(args) => export::run(args, reporter),
        Command::Verify(args) => verify::run(args, reporter),
        Command::Eval(args) => eval::run(args, reporter),
        Command::Train(args) => train::run(args, reporter),
        Command::Outlets(args) => outlets::run(args, reporter),
        Command::Completions(args) => manual::completions(args),
        Command::Man(args) => manual::man(args),
    }
}

/// Says whether the reader of stdout went away (`claimgraph … | head`), which is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
