//! The README: every command it shows exists, and the output it shows is what comes out.
//!
//! `UPDATE_EXPECT=1 cargo test readme` writes the output anew.

use std::{collections::BTreeMap, fs};

use assert_cmd::Command;

use crate::common::{Workspace, root};

const START: &str = "<!-- output: ";
const END: &str = "<!-- end of output -->";

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Returns the arguments of every `claimgraph` command in the code blocks of the README.
fn shown_commands() -> Vec<Vec<String>> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in readme().lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside {
            let line = line
                .strip_prefix("cargo run --release -- ")
                .or(line.strip_prefix("claimgraph "));
            commands.extend(line.map(arguments));
        }
    }
    commands
}

/// Splits a command line as a shell does, as far as the README needs it.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (None, '|' | '#' | '>') => break,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            (None, ' ') => arguments.push(String::new()),
            (_, other) => arguments.last_mut().expect("one is there").push(other),
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

#[test]
fn is_short() {
    assert!(readme().lines().count() <= 150);
}

#[test]
fn shows_only_commands_and_options_that_exist() {
    let workspace = Workspace::new();
    let commands = shown_commands();
    assert!(commands.len() >= 5, "{commands:?}");
    for arguments in commands {
        let help = workspace.run([&arguments[0], "--help"]);
        assert_eq!(help.code, 0, "{arguments:?}: {help:?}");
        for option in arguments
            .iter()
            .filter(|argument| argument.starts_with('-'))
        {
            assert!(
                help.stdout.contains(option.as_str()),
                "{option} of {arguments:?}"
            );
        }
    }
}

#[test]
fn lists_every_command() {
    let help = Workspace::new().run(["--help"]).stdout;
    let listed = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    let names = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        assert!(
            readme().contains(&format!("`{name}")),
            "{name} is not in the README"
        );
    }
}

#[test]
fn shows_what_comes_out() {
    let readme = readme();
    let mut written = String::new();
    let mut rest = readme.as_str();
    while let Some(at) = rest.find(START) {
        let (before, block) = rest.split_at(at);
        let command = block[START.len()..].split(" -->").next().unwrap();
        let end = block.find(END).expect("every block of output ends");
        written.push_str(before);
        let output = output_of(command);
        written.push_str(&format!("{START}{command} -->\n```text\n{output}```\n"));
        rest = &block[end..];
    }
    written.push_str(rest);
    assert!(readme.contains(START), "the README shows no output");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(root().join("README.md"), written).unwrap();
    } else {
        assert!(
            readme == written,
            "the README shows old output; UPDATE_EXPECT=1 cargo test readme writes it anew:\n{written}"
        );
    }
}

/// Runs `claimgraph … [| head -N]` in the root of the repository.
fn output_of(command: &str) -> String {
    let (command, lines) = match command.split_once(" | head -") {
        Some((command, lines)) => (command, lines.parse().unwrap()),
        None => (command, usize::MAX),
    };
    let environment = BTreeMap::from([("COLUMNS", "100")]);
    let output = Command::new(assert_cmd::cargo::cargo_bin!("claimgraph"))
        .args(arguments(command).iter().skip(1))
        .env_clear()
        .envs(environment)
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && !text.is_empty(),
        "{command} shows nothing"
    );
    let mut shown: String = text
        .lines()
        .take(lines)
        .map(|line| format!("{line}\n"))
        .collect();
    if text.lines().count() > lines {
        shown.push_str("…\n");
    }
    shown
}
