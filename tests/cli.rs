//! The command line: help, exit codes, colours, pipes, formats. It never judges an answer.

use std::{fs, io, process::Stdio};

use serde_json::Value;

use crate::common::{Workspace, root};

const COMMANDS: [&str; 12] = [
    "ingest",
    "mentions",
    "claims",
    "trace",
    "report",
    "ask",
    "query",
    "export",
    "verify",
    "eval",
    "completions",
    "man",
];

/// Commands that read a graph, with the arguments they need.
const READERS: [&[&str]; 8] = [
    &["mentions"],
    &["claims"],
    &["trace", "harbour wall"],
    &["report", "harbour wall"],
    &["ask", "origins"],
    &["query", "ASK { GRAPH ?g { ?s ?p ?o } }"],
    &["export", "--format", "nq"],
    &["verify"],
];

#[test]
fn help_of_every_command() {
    let workspace = Workspace::new();
    let mut reference = workspace.run(["--help"]).stdout;
    for command in COMMANDS.into_iter().chain([
        "eval attribution",
        "eval claims",
        "eval stance",
        "eval events",
    ]) {
        let run = workspace.run(command.split(' ').chain(["--help"]));
        assert_eq!(run.code, 0, "{run:?}");
        assert!(
            run.stdout.contains("Examples:"),
            "{command} shows no examples"
        );
        reference.push_str(&format!("\n======== {command}\n\n{}", run.stdout));
    }
    insta::assert_snapshot!(reference);
}

#[test]
fn help_lists_every_command() {
    let help = Workspace::new().run(["--help"]).stdout;
    for command in COMMANDS {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command}: {help}"
        );
    }
}

#[test]
fn usage_errors_end_with_2() {
    let workspace = Workspace::new();
    for args in [
        &[][..],
        &["nosuchcommand"],
        &["trace"],
        &["mentions", "--nosuchoption"],
        &["mentions", "--format", "nosuchformat"],
        &["mentions", "--store", "a", "--from", "b"],
        &["ingest", "a.txt", "--published", "yesterday"],
        &["ingest", "a.txt", "--max-bytes", "lots"],
        &["ingest", "a.txt", "--url", "not an address"],
        &["ingest", "a.txt", "--outlet", ""],
        &["export", "--format", "gexf", "--gephi"],
        &["export", "--format", "gexf", "--profile", "gephi"],
        &["export", "--format", "csv", "--render", "a.svg"],
        &["export"],
        &["trace", "a", "--profile", "gephi"],
        &["trace", "a", "--profile", "gephi", "--render", "a.svg"],
        &["trace", "a", "--render", "a.svg", "-o", "b.svg"],
        &["mentions", "-v", "-q"],
        &["eval"],
        &["eval", "attribution"],
        &["eval", "attribution", "--gold", "a", "--errors", "few"],
    ] {
        let run = workspace.run(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert_eq!(run.stdout, "", "{args:?}");
        assert!(!run.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_missing_store_ends_with_2_and_says_what_to_do() {
    let workspace = Workspace::new();
    for args in READERS {
        let run = workspace.run(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert_eq!(run.stdout, "", "{args:?}");
        assert!(
            run.stderr.contains("there is no store in .claimgraph"),
            "{run:?}"
        );
        assert!(run.stderr.contains("claimgraph ingest"), "{run:?}");
        assert!(run.stderr.contains("--from"), "{run:?}");
    }
    assert!(
        !workspace.path(".claimgraph").exists(),
        "reading makes no store"
    );
}

#[test]
fn the_store_is_named_by_option_before_environment() {
    let workspace = Workspace::new();
    let named = |args: &[&str]| {
        let mut command = workspace.command();
        command
            .env("CLAIMGRAPH_STORE", "from-environment")
            .args(args);
        workspace.finish(&mut command).stderr
    };
    assert!(named(&["verify"]).contains("from-environment"));
    assert!(named(&["verify", "--store", "from-option"]).contains("from-option"));
    assert!(named(&["verify", "--from", "nosuch.txt"]).contains("nosuch.txt"));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let workspace = Workspace::new();
    for args in [
        &["completions", "zsh"][..],
        &["man"],
        &["--help"],
        &["query", "--list"],
    ] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("claimgraph"))
            .args(args)
            .current_dir(workspace.path(""))
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn a_closed_pipe_is_not_an_error_in_the_middle_of_data() {
    let workspace = Workspace::with_articles();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("claimgraph"))
        .args(["mentions", "--from", "articles", "--format", "jsonl", "-q"])
        .current_dir(workspace.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn messages_that_nobody_reads_do_not_matter() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("claimgraph"))
        .args(["verify", "--store", "/nowhere"])
        .stderr(writer)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn colour_is_used_only_where_it_is_wanted() {
    let workspace = Workspace::new();
    let coloured = |args: &[&str], environment: &[(&str, &str)]| {
        let mut command = workspace.command();
        command.args(args).envs(environment.iter().copied());
        workspace.finish(&mut command).stderr.contains('\u{1b}')
    };
    assert!(!coloured(&["verify"], &[]), "not a terminal");
    assert!(coloured(&["verify", "--color", "always"], &[]));
    assert!(coloured(
        &["verify", "--color", "always"],
        &[("NO_COLOR", "1")]
    ));
    assert!(coloured(&["verify"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(
        &["verify", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn completions_know_every_command_in_every_shell() {
    let workspace = Workspace::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = workspace.run(["completions", shell]);
        assert_eq!(run.code, 0, "{shell}");
        for command in COMMANDS {
            assert!(
                run.stdout.contains(command),
                "{shell} does not know {command}"
            );
        }
    }
    assert_eq!(workspace.run(["completions", "nosuchshell"]).code, 2);
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let workspace = Workspace::new();
    let page = workspace.run(["man"]).stdout;
    assert!(page.contains(".TH claimgraph 1"), "{page}");
    for command in COMMANDS {
        let run = workspace.run(["man", command]);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(
            run.stdout.contains(&format!(".TH claimgraph-{command} 1")),
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains("Examples"), "{command}");
    }
    let run = workspace.run(["man", "nosuchcommand"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("ingest"), "{run:?}");
}

#[test]
fn ingesting_twice_changes_nothing() {
    let workspace = Workspace::with_articles();
    let first = workspace.run(["ingest", "articles"]);
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(first.stdout, "");
    assert!(
        first.stderr.contains("2 new, 0 unchanged, 0 skipped"),
        "{first:?}"
    );
    let quads = workspace.run(["export", "--format", "nq"]).stdout;
    let second = workspace.run(["ingest", "articles"]);
    assert_eq!(second.code, 0, "{second:?}");
    assert!(
        second.stderr.contains("0 new, 2 unchanged, 0 skipped"),
        "{second:?}"
    );
    assert_eq!(workspace.run(["export", "--format", "nq"]).stdout, quads);
}

#[test]
fn quiet_leaves_only_data() {
    let workspace = Workspace::with_articles();
    workspace.write(
        "articles/undated.txt",
        "A ferry ran aground, the coast guard said.\n",
    );
    workspace.write(
        "articles/page.html",
        "<html><head><title>Ferry aground</title></head><body><article><h1>Ferry aground</h1>\
         <p>A ferry ran aground off the harbour, the coast guard said on Monday.</p></article>",
    );
    let run = workspace.run(["ingest", "articles", "-q"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn a_missing_date_is_a_warning_with_its_code() {
    let workspace = Workspace::new();
    workspace.write(
        "undated.txt",
        "A ferry ran aground, the coast guard said on Monday.\n",
    );
    let run = workspace.run(["mentions", "--from", "undated.txt"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("W-DATE-MISSING"), "{run:?}");
    assert!(run.stderr.contains("undated.txt"), "{run:?}");
}

#[test]
fn options_tell_what_an_article_does_not() {
    let workspace = Workspace::new();
    workspace.write(
        "undated.txt",
        "A ferry ran aground, the coast guard said on Monday.\n",
    );
    let run = workspace.run([
        "ingest",
        "undated.txt",
        "--outlet",
        "Harbour Post",
        "--published",
        "2023-03-06",
    ]);
    assert_eq!(run.code, 0, "{run:?}");
    for line in json_lines(&workspace.run(["mentions", "--format", "jsonl"]).stdout) {
        assert_eq!(line["article"]["outlet"], "Harbour Post");
        assert_eq!(line["article"]["published"], "2023-03-06");
    }
}

#[test]
fn what_was_told_of_an_article_stays_until_something_else_is_told() {
    let workspace = Workspace::new();
    workspace.write(
        "undated.txt",
        "Ferry runs aground near the old harbour\n\n\
         A ferry ran aground near the old harbour on Sunday night, and 40 people were taken off.\n\n\
         The coast guard said on Monday that the ferry had lost its way in thick fog. Nobody was \
         hurt, according to the coast guard.\n",
    );
    let ingest = |more: &[&str]| {
        let run = workspace.run(["ingest", "undated.txt"].iter().chain(more));
        assert_eq!(run.code, 0, "{run:?}");
        run.stderr
    };
    let outlets = || -> Vec<String> {
        let run = workspace.run(["mentions", "--format", "jsonl"]);
        let lines = json_lines(&run.stdout);
        (lines.iter())
            .map(|line| line["article"]["outlet"].to_string())
            .collect()
    };
    ingest(&["--outlet", "Harbour Post"]);
    assert!(ingest(&[]).contains("0 new, 1 unchanged"));
    assert!(!outlets().is_empty());
    assert!(outlets().iter().all(|name| name == "\"Harbour Post\""));
    assert!(ingest(&["--outlet", "Coast Courier"]).contains("1 new"));
    assert!(outlets().iter().all(|name| name == "\"Coast Courier\""));
}

#[test]
fn mentions_stand_where_they_say() {
    let workspace = Workspace::with_articles();
    let run = workspace.run(["mentions", "--from", "articles", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    let lines = json_lines(&run.stdout);
    assert!(lines.len() >= 4, "{}", run.stdout);
    for line in &lines {
        let text = fs::read_to_string(workspace.path(line["article"]["path"].as_str().unwrap()));
        let text = text.unwrap();
        let slice = |passage: &Value| {
            let at = |key: &str| usize::try_from(passage[key].as_u64().unwrap()).unwrap();
            text[at("start")..at("end")].to_owned()
        };
        assert_eq!(slice(&line["content"]), line["content"]["text"]);
        assert_eq!(line["chain"][0]["kind"], "outlet");
        for link in line["chain"].as_array().unwrap().iter().skip(1) {
            if let Some(surface) = link["surface"].as_str() {
                assert_eq!(slice(link), surface);
            }
        }
    }
}

#[test]
fn lists_tell_the_same_in_every_format() {
    let workspace = Workspace::with_store();
    for list in ["mentions", "claims"] {
        let run = |format: &str| {
            let run = workspace.run([list, "--format", format]);
            assert_eq!(run.code, 0, "{run:?}");
            run.stdout
        };
        let lines = json_lines(&run("jsonl"));
        assert!(!lines.is_empty(), "{list}");
        let array: Vec<Value> = serde_json::from_str(&run("json")).unwrap();
        assert_eq!(array, lines, "{list}");
        assert_eq!(csv_rows(&run("csv")), lines.len(), "{list}");
        assert!(!run("table").contains('\u{1b}'), "{list}");
    }
}

#[test]
fn mentions_of_one_article_are_found_by_path_and_by_id() {
    let workspace = Workspace::with_store();
    let of = |article: &str| {
        let run = workspace.run(["mentions", "--article", article, "--format", "jsonl"]);
        assert_eq!(run.code, 0, "{run:?}");
        json_lines(&run.stdout)
    };
    let by_path = of("articles/denial.txt");
    assert!(!by_path.is_empty());
    let id = by_path[0]["article"]["id"].as_str().unwrap();
    assert_eq!(of(id), by_path);
    assert_eq!(of("denial.txt"), by_path);
    let unknown = workspace.run(["mentions", "--article", "nosuch.txt"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert!(unknown.stderr.contains("nosuch.txt"), "{unknown:?}");
}

#[test]
fn a_trace_is_a_table_json_or_dot() {
    let workspace = Workspace::with_store();
    let run = |format: &str| {
        let run = workspace.run([
            "trace",
            "harbour wall cost 40 million euros",
            "--format",
            format,
        ]);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    assert!(run("table").contains("Coast Courier"));
    assert!(run("dot").starts_with("digraph"));
    let answer: Value = serde_json::from_str(&run("json")).unwrap();
    for key in [
        "query", "claim", "summary", "repeats", "disputes", "sources", "related", "timeline",
        "paths",
    ] {
        assert!(answer.get(key).is_some(), "{key} is missing: {answer}");
    }
}

#[test]
fn an_unknown_claim_ends_with_1_and_never_with_another_claim() {
    let workspace = Workspace::with_store();
    let run = workspace.run(["trace", "penguins on the moon"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr.contains("no claim fits `penguins on the moon`"),
        "{run:?}"
    );
    let run = workspace.run(["trace", "penguins on the moon", "--format", "json"]);
    assert_eq!(run.code, 1, "{run:?}");
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(answer["claim"].is_null(), "{answer}");
    assert!(answer["nearest"].is_array(), "{answer}");
}

#[test]
fn a_file_given_with_o_is_the_same_as_stdout() {
    let workspace = Workspace::with_store();
    for format in [
        "dot",
        "graphml",
        "gexf",
        "cytoscape",
        "mermaid",
        "csv",
        "nodes",
        "edges",
        "jsonld",
        "trig",
        "nq",
    ] {
        let stdout = workspace.run(["export", "--format", format]);
        assert_eq!(stdout.code, 0, "{stdout:?}");
        assert!(!stdout.stdout.is_empty(), "{format}");
        let file = workspace.run(["export", "--format", format, "-o", "out"]);
        assert_eq!((file.code, file.stdout.as_str()), (0, ""), "{file:?}");
        assert_eq!(
            fs::read_to_string(workspace.path("out")).unwrap(),
            stdout.stdout
        );
    }
}

#[test]
fn a_part_of_the_graph_is_chosen_by_name() {
    let workspace = Workspace::with_store();
    let rows = |args: &[&str]| {
        let mut all = vec!["export", "--format", "csv"];
        all.extend(args);
        let run = workspace.run(all);
        assert_eq!(run.code, 0, "{run:?}");
        csv_rows(&run.stdout)
    };
    let all = rows(&[]);
    let courier = rows(&["--outlet", "coast courier"]);
    assert!(0 < courier && courier < all, "{courier} of {all}");
    assert_eq!(rows(&["--until", "2023-03-03"]), courier);
    assert_eq!(rows(&["--since", "2024-01-01"]), 0);
    let dorn = rows(&["--speaker", "Dorn"]);
    assert!(0 < dorn && dorn < all, "{dorn} of {all}");
    for option in ["--outlet", "--speaker", "--event"] {
        let run = workspace.run(["export", "--format", "csv", option, "Nobody"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("`Nobody`"), "{run:?}");
    }
    let run = workspace.run([
        "export",
        "--format",
        "csv",
        "--claim",
        "penguins on the moon",
    ]);
    assert_eq!(run.code, 1, "{run:?}");
}

#[test]
fn every_answer_to_a_query_has_its_formats() {
    let workspace = Workspace::with_store();
    let run = |query: &str, format: &str| workspace.run(["query", query, "--format", format]);
    let select = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }";
    let construct = "CONSTRUCT { ?s a ?c } WHERE { GRAPH ?g { ?s a ?c } }";
    for format in ["table", "json", "csv", "tsv", "xml"] {
        assert_eq!(run(select, format).code, 0, "{format}");
        let mismatch = run(construct, format);
        assert_eq!(mismatch.code, 2, "{mismatch:?}");
        assert!(mismatch.stderr.contains("turtle"), "{mismatch:?}");
    }
    for format in ["turtle", "trig", "nt", "nq", "jsonld"] {
        assert_eq!(run(construct, format).code, 0, "{format}");
        let mismatch = run(select, format);
        assert_eq!(mismatch.code, 2, "{mismatch:?}");
        assert!(mismatch.stderr.contains("csv"), "{mismatch:?}");
    }
    let table = workspace.run(["query", "ASK { GRAPH ?g { ?s ?p ?o } }"]);
    assert_eq!((table.code, table.stdout.as_str()), (0, "true\n"));
}

#[test]
fn a_query_is_read_from_a_file_and_takes_bindings() {
    let workspace = Workspace::with_store();
    workspace.write("kind.rq", "ASK { GRAPH ?g { ?s a ?kind } }");
    let ask = |value: &str| {
        let run = workspace.run(["query", "@kind.rq", "--set", &format!("kind={value}")]);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    assert_eq!(ask("<https://schema.org/Claim>"), "true\n");
    assert_eq!(ask("<https://example.org/Nothing>"), "false\n");
}

#[test]
fn every_shipped_question_is_listed_and_runs() {
    let workspace = Workspace::with_store();
    let list = workspace.run(["query", "--list", "--format", "json"]);
    assert_eq!(list.code, 0, "{list:?}");
    let questions: Vec<Value> = serde_json::from_str(&list.stdout).unwrap();
    assert!(!questions.is_empty());
    for question in questions {
        let name = question["name"].as_str().unwrap();
        let run = workspace.run(["query", name]);
        assert_eq!(run.code, 0, "{name}: {run:?}");
    }
}

#[test]
fn verify_passes_on_what_was_ingested() {
    let workspace = Workspace::with_store();
    let run = workspace.run(["verify", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let verification: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(verification["snapshots"], 2);
    assert!(
        verification["spans"].as_u64().unwrap() > 10,
        "{verification}"
    );
    assert_eq!(verification["findings"], Value::Array(Vec::new()));
    let on_the_spot = workspace.run(["verify", "--from", "articles"]);
    assert_eq!(on_the_spot.code, 0, "{on_the_spot:?}");
}

#[test]
fn store_and_articles_on_the_spot_give_the_same_graph() {
    let workspace = Workspace::with_store();
    let stored = workspace.run(["mentions", "--format", "jsonl"]);
    let on_the_spot = workspace.run(["mentions", "--from", "articles", "--format", "jsonl"]);
    assert!(!stored.stdout.is_empty());
    assert_eq!(stored.stdout, on_the_spot.stdout);
}

#[test]
fn mentions_of_the_fixtures_are_the_same_from_store_and_from_files() {
    let workspace = Workspace::new();
    let articles = root().join("fixtures/articles");
    let articles = articles.to_str().unwrap();
    assert_eq!(workspace.run(["ingest", articles]).code, 0);
    for format in ["table", "json", "jsonl", "csv"] {
        let stored = workspace.run(["mentions", "--format", format]);
        let on_the_spot = workspace.run(["mentions", "--from", articles, "--format", format]);
        assert!(stored.stdout.len() > 1000, "{format}");
        assert!(stored.stdout == on_the_spot.stdout, "{format}");
    }
}

#[test]
fn mentions_without_claims_are_the_same_in_the_order_of_the_paths() {
    let workspace = Workspace::new();
    let articles = root().join("fixtures/articles");
    let articles = articles.to_str().unwrap();
    let run = |more: &[&str]| {
        let arguments = [&["mentions", "--from", articles, "--format", "jsonl"], more].concat();
        let run = workspace.run(arguments);
        assert_eq!(run.code, 0, "{run:?}");
        json_lines(&run.stdout)
    };
    let mut with = run(&[]);
    assert!(with.iter().all(|line| line["claim"]["id"].is_string()));
    for line in &mut with {
        line["claim"] = Value::Null;
    }
    let mut without = run(&["--no-claims"]);
    let path = |line: &Value| line["article"]["path"].as_str().unwrap().to_owned();
    assert!(without.is_sorted_by_key(path));
    let key = |line: &Value| {
        (
            path(line),
            line["content"]["start"].as_u64(),
            line["id"].to_string(),
        )
    };
    with.sort_by_cached_key(key);
    without.sort_by_cached_key(key);
    assert_eq!(with, without);
}

#[test]
fn a_list_of_no_articles_prints_no_head() {
    let workspace = Workspace::new();
    workspace.write("empty.txt", "");
    for format in ["json", "jsonl", "csv"] {
        let from = [
            "mentions",
            "--from",
            "empty.txt",
            "--no-claims",
            "--format",
            format,
        ];
        let run = workspace.run(from);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{format}");
    }
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn csv_rows(text: &str) -> usize {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .count()
}

#[test]
fn a_partial_reprint_is_in_the_graph_with_its_original() {
    let workspace = Workspace::new();
    workspace.write(
        "reprints.rq",
        "PREFIX cg: <https://w3id.org/claimgraph/ns#>\n\
         SELECT ?copy ?original WHERE {\n\
         ?a cg:syndicatedFrom ?b . ?a cg:path ?copy . ?b cg:path ?original }\n",
    );
    let articles = root().join("fixtures/articles");
    for name in [
        "07-trt-world.txt",
        "11-aggregator-reprint.txt",
        "13-common-dreams.txt",
    ] {
        workspace.write(
            &format!("articles/{name}"),
            fs::read(articles.join(name)).unwrap(),
        );
    }
    let sidecar = "07-trt-world.txt.meta.json";
    workspace.write(
        &format!("articles/{sidecar}"),
        fs::read(articles.join(sidecar)).unwrap(),
    );
    let query = [
        "query",
        "@reprints.rq",
        "--from",
        "articles",
        "--format",
        "csv",
    ];
    let run = workspace.run(query);
    assert_eq!(
        run.stdout.replace('\r', ""),
        "copy,original\narticles/11-aggregator-reprint.txt,articles/07-trt-world.txt\n",
        "{run:?}"
    );
}
