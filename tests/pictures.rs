//! Pictures and networks for other tools, as a user asks for them: what is in the files, what
//! Graphviz draws of them, and what is said where it is not installed.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use crate::common::{Run, Workspace};

const CLAIM: &str = "harbour wall cost 40 million euros";

fn trace(workspace: &Workspace, args: &[&str]) -> Run {
    workspace.run(["trace", CLAIM].iter().chain(args))
}

/// Forty outlets with sources of their own, over forty days, and one that denies.
fn crowd(workspace: &Workspace) {
    for number in 0..40 {
        let (month, day) = (1 + number / 28, 1 + number % 28);
        let text = format!(
            "---\noutlet: Paper {number}\npublished: 2023-{month:02}-{day:02}\n---\n\
             Tower to cost 90 million euros\n\nThe new tower will cost 90 million euros, \
             council member Ida Holm{number} said on Monday.\n"
        );
        workspace.write(&format!("crowd/{number}.txt"), text);
    }
    let text = "---\noutlet: The Last\npublished: 2023-05-01\n---\nNo\n\n\
                Mayor Bo Lind denied that the new tower will cost 90 million euros.\n";
    workspace.write("crowd/last.txt", text);
}

#[test]
fn a_trace_is_written_for_every_tool() {
    let workspace = Workspace::with_store();
    let text = |format: &str| {
        let run = trace(&workspace, &["--format", format]);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    for format in ["graphml", "gexf"] {
        let text = text(format);
        let document = roxmltree::Document::parse(&text).unwrap();
        let nodes = document
            .descendants()
            .filter(|node| node.has_tag_name("node"));
        assert!(nodes.count() >= 4, "{text}");
    }
    assert!(text("gexf").contains("start=\"2023-03-03\""));
    let network: Value = serde_json::from_str(&text("cytoscape")).unwrap();
    assert!(network["elements"]["edges"].as_array().unwrap().len() >= 3);
    assert!(text("mermaid").contains("flowchart RL"));
    let mut nodes = csv::Reader::from_reader(text("nodes").into_bytes().leak() as &[u8]);
    let ids: BTreeSet<String> = nodes
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect();
    let mut edges = csv::Reader::from_reader(text("edges").into_bytes().leak() as &[u8]);
    for row in edges.records() {
        let row = row.unwrap();
        assert!(ids.contains(&row[0]) && ids.contains(&row[1]), "{row:?}");
    }
}

#[test]
fn gephi_reads_what_its_profile_writes() {
    let workspace = Workspace::with_store();
    let run = workspace.run(["export", "--format", "dot", "--profile", "gephi"]);
    assert_eq!(run.code, 0, "{run:?}");
    let old = workspace.run(["export", "--format", "dot", "--gephi"]);
    assert_eq!(run.stdout, old.stdout);
    let mut lines = run.stdout.lines();
    assert_eq!(lines.next(), Some("digraph claimgraph {"));
    // What Gephi's importer reads: a quoted id, or two with an arrow, and one list of attributes.
    let statement = regex::Regex::new(
        r#"^"(?:[^"\\]|\\.)+"(?: -> "(?:[^"\\]|\\.)+")? \[(?:\w+="(?:[^"\\]|\\.)*"(?:, )?)+\];$"#,
    )
    .unwrap();
    let (mut nodes, mut edges) = (0, 0);
    for line in lines.filter(|line| *line != "}") {
        assert!(statement.is_match(line), "{line}");
        if line.contains("\" -> \"") {
            edges += 1
        } else {
            nodes += 1
        }
    }
    assert!(nodes >= 5 && edges >= 5, "{}", run.stdout);
}

#[test]
fn a_crowd_is_counted_and_a_full_picture_names_everybody() {
    let workspace = Workspace::new();
    crowd(&workspace);
    let dot = |profile: &str| {
        let args = [
            "trace",
            "tower cost 90 million euros",
            "--from",
            "crowd",
            "--format",
            "dot",
        ];
        let run = workspace.run(args.iter().copied().chain(["--profile", profile]));
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    let outlets = |text: &str| text.matches("fontname=\"Helvetica-Bold\"").count();
    let rich = dot("rich");
    assert!(
        rich.contains("more outlets") && rich.contains("more sources"),
        "{rich}"
    );
    assert!(rich.contains("The Last"), "who disputes is shown");
    assert!(outlets(&rich) <= 16, "{rich}");
    assert_eq!(outlets(&dot("full")), 41);
}

#[test]
fn graphviz_draws_into_a_file_or_is_said_to_be_missing() {
    let workspace = Workspace::with_store();
    for (name, magic) in [
        ("a.svg", &b"<?xml"[..]),
        ("a.PNG", b"\x89PNG"),
        ("a.pdf", b"%PDF"),
    ] {
        let run = trace(&workspace, &["--render", name]);
        if run.code == 2 {
            assert!(run.stderr.contains("Graphviz is not installed"), "{run:?}");
            assert!(std::env::var_os("CLAIMGRAPH_GRAPHVIZ").is_none(), "{run:?}");
            continue;
        }
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
        assert!(fs::read(workspace.path(name)).unwrap().starts_with(magic));
    }
    let whole = workspace.run(["export", "--render", "whole.svg"]);
    assert!(
        whole.code == 0 || whole.stderr.contains("Graphviz"),
        "{whole:?}"
    );

    let mut command = workspace.command();
    command
        .env("PATH", "")
        .args(["trace", CLAIM, "--render", "b.svg"]);
    let run = workspace.finish(&mut command);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    for words in [
        "Graphviz is not installed",
        "apt install graphviz",
        "claimgraph report",
    ] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    assert!(!workspace.path("b.svg").exists());
    let odd = trace(&workspace, &["--render", "picture.bmp"]);
    assert!(
        odd.code == 2 && odd.stderr.contains(".svg, .png or .pdf"),
        "{odd:?}"
    );
}
