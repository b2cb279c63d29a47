//! The command line: arguments in, library calls, printing. The only module that prints.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line prints"
)]

use std::process::ExitCode;

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    println!("claimgraph");
    eprintln!();
    ExitCode::SUCCESS
}
