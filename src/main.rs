//! The `claimgraph` binary: parses the command line and hands over to [`claimgraph::cli`].

fn main() -> std::process::ExitCode {
    claimgraph::cli::main()
}
