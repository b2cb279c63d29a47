//! `completions` and `man`: what can be typed, for shells and for `man`.
//!
//! Both are made from the same definition as the command line itself.

use clap::CommandFactory;

use super::{
    Outcome,
    args::{Cli, CompletionsArgs, ManArgs},
    error::hinted,
    output,
};

/// Runs `completions`.
pub(crate) fn completions(args: &CompletionsArgs) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "claimgraph", &mut script);
    output::write(None, |out| Ok(out.write_all(&script)?))?;
    Ok(Outcome::Done)
}

/// Runs `man`.
pub(crate) fn man(args: &ManArgs) -> anyhow::Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    if let Some(name) = &args.command {
        let Some(found) = command.find_subcommand(name) else {
            let names: Vec<&str> = command
                .get_subcommands()
                .map(clap::Command::get_name)
                .collect();
            return Err(hinted(
                format_args!("there is no command `{name}`"),
                format!("the commands are {}", names.join(", ")),
            ));
        };
        command = found.clone().name(format!("claimgraph-{name}"));
    }
    output::write(None, |out| Ok(clap_mangen::Man::new(command).render(out)?))?;
    Ok(Outcome::Done)
}
