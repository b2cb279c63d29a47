//! Links between documents from text to answer: copies, citations, and captures of one address.

use serde_json::Value;

use crate::common::{Run, Workspace, root};

const WIRE: &str = "---\n\
outlet: Coast Wire\n\
published: 2023-05-02\n\
---\n\
Ferry line to drop two islands\n\
\n\
LINDHAVN — The ferry line Norsund will drop the islands of Aske and Tove from its timetable in autumn, the company told its staff in a letter on Tuesday morning.\n\
\n\
The two stops carried 4,100 passengers last year, fewer than any other on the northern route. Repairs to the quay at Tove alone would take three winters, engineers found in March.\n\
\n\
\u{201c}Nobody wanted this, but the quay is falling into the sea,\u{201d} Norsund director Mette Krag said.\n\
\n\
Fishermen on Aske plan to block the harbour on Saturday with a dozen boats. They were last without a ferry in the storm year of 1987, when the mail came by helicopter for five weeks.\n\
\n\
The transport ministry has asked the company for its books and expects to decide about a subsidy before the summer break begins.\n";

const COPY: &str = "---\n\
outlet: Bay Courier\n\
published: 2023-05-03\n\
---\n\
Islanders lose their boat\n\
\n\
By Coast Wire\n\
\n\
Aske is the home of the poet Lise Bern, whose house draws visitors from all over the country every August.\n\
\n\
The ferry line Norsund will drop the islands of Aske and Tove from its timetable in autumn, the company told its staff in a letter on Tuesday.\n\
\n\
Fishermen on Aske plan to block the harbour on Saturday with a dozen boats. They were last without a ferry in the storm year of 1987, when the mail came by helicopter for five weeks.\n\
\n\
The two stops carried 4,100 passengers last year, fewer than any other on the northern route. Repairs to the quay at Tove alone would take three winters, engineers found in March.\n\
\n\
Source: Coast Wire\n";

const OTHER: &str = "---\n\
outlet: Harbour Gazette\n\
published: 2023-05-04\n\
---\n\
Krag defends the cut\n\
\n\
Norsund will drop the islands of Aske and Tove from its timetable in autumn, Coast Wire reported.\n\
\n\
\u{201c}Nobody wanted this, but the quay is falling into the sea,\u{201d} director Mette Krag said. A letter seen by the Norland Tribune names the day.\n\
\n\
The council of Tove meets on Friday in the school, where parents hope for a bus over the dam at low tide.\n";

const FIRST: &str = "---\n\
outlet: Bay Courier\n\
url: https://courier.example.org/depot\n\
published: 2023-06-01\n\
---\n\
Fire at the depot\n\
\n\
The fire at the oil depot killed 12 people, fire chief Ole Brandt said on Thursday.\n\
\n\
Residents of the old town were told to keep their windows shut until the evening.\n\
\n\
The owner of the depot had been warned twice, according to the labour inspectorate.\n";

fn second(note: &str) -> String {
    format!(
        "---\n\
outlet: Bay Courier\n\
url: https://courier.example.org/depot\n\
published: 2023-06-01\n\
---\n\
Fire at the depot\n\
\n\
The fire at the oil depot killed 17 people, fire chief Ole Brandt said on Thursday.\n\
\n\
The harbour stays closed to tankers for a week.\n\
\n\
The owner of the depot had been warned twice, according to a former guard.\n{note}"
    )
}

fn json(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

fn quotes(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|passage| passage["quote"].as_str().unwrap())
        .collect()
}

fn ferry() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("articles/wire.md", WIRE);
    workspace.write("articles/copy.md", COPY);
    workspace.write("articles/other.md", OTHER);
    workspace
}

#[test]
fn a_credited_copy_is_shown_with_what_was_cut_and_added() {
    let workspace = ferry();
    let copies = json(&workspace.run(["copies", "--from", "articles", "--format", "json"]));
    assert_eq!(copies.as_array().unwrap().len(), 1, "{copies:#}");
    let copy = &copies[0];
    assert_eq!(copy["relation"], "copy");
    assert_eq!(copy["direction"], "credit");
    assert_eq!(copy["copy"]["path"], "articles/copy.md");
    assert_eq!(copy["original"]["path"], "articles/wire.md");
    assert_eq!(copy["reordered"], true);
    let cut = quotes(&copy["cut"]);
    assert_eq!(cut.len(), 2, "{cut:?}");
    assert!(cut[0].starts_with("\u{201c}Nobody wanted") && cut[1].starts_with("The transport"));
    let added = quotes(&copy["added"]);
    assert_eq!(added.len(), 1, "{added:?}");
    assert!(added[0].starts_with("Aske is the home"));
    let start = usize::try_from(copy["added"][0]["start"].as_u64().unwrap()).unwrap();
    assert!(COPY[start..].starts_with(added[0]));

    let table = workspace.run(["copies", "articles/wire.md", "--from", "articles"]);
    assert!(table.stdout.contains("is a copy of"), "{table:?}");
    assert!(
        table.stdout.contains("+ \u{201c}Aske is the home"),
        "{table:?}"
    );
    let traced = json(&workspace.run([
        "trace",
        "drop the islands of Aske and Tove",
        "--from",
        "articles",
        "--format",
        "json",
    ]));
    assert_eq!(traced["copies"][0]["cut"], copy["cut"]);
}

#[test]
fn a_cited_document_is_linked_when_it_arrives_and_keeps_its_node() {
    let workspace = ferry();
    let held = "PREFIX cg: <https://w3id.org/claimgraph/ns#> \
        PREFIX schema: <https://schema.org/> \
        SELECT ?document ?publisher ?held ?why WHERE { ?document a cg:UnlocatedDocument ; \
        schema:publisher/schema:name ?publisher . OPTIONAL { ?document cg:locatedAs ?held . \
        ?record <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ?document ; a \
        cg:DocumentLocation ; <http://www.w3.org/2000/01/rdf-schema#comment> ?why } } \
        ORDER BY ?document";
    let ask = || {
        let run = workspace.run(["query", held, "--format", "json"]);
        json(&run)["results"]["bindings"]
            .as_array()
            .unwrap()
            .clone()
    };
    for file in ["articles/other.md", "articles/copy.md"] {
        assert_eq!(workspace.run(["ingest", file]).code, 0);
    }
    let before = ask();
    assert!(
        before.iter().all(|row| row.get("held").is_none()),
        "{before:?}"
    );
    let publishers: Vec<&str> = before
        .iter()
        .map(|row| row["publisher"]["value"].as_str().unwrap())
        .collect();
    assert!(publishers.contains(&"Coast Wire") && publishers.contains(&"Norland Tribune"));

    assert_eq!(workspace.run(["ingest", "articles/wire.md"]).code, 0);
    let after = ask();
    for row in &before {
        assert!(
            after.iter().any(|now| now["document"] == row["document"]),
            "{row:?}"
        );
    }
    for row in &after {
        let wire = row["publisher"]["value"] == "Coast Wire";
        assert_eq!(row.get("held").is_some(), wire, "{row:?}");
    }
    assert_eq!(workspace.run(["verify"]).code, 0);

    // All at once, in another order, says the same.
    let at_once = workspace.run(["query", held, "--format", "json", "--from", "articles"]);
    assert_eq!(
        json(&at_once)["results"]["bindings"].as_array().unwrap(),
        &after
    );
}

#[test]
fn figures_and_attributions_that_were_changed_silently_are_named() {
    let workspace = Workspace::new();
    workspace.write("a/first.md", FIRST);
    workspace.write("b/second.md", second(""));
    for folder in ["a", "b"] {
        assert_eq!(workspace.run(["ingest", folder]).code, 0);
    }
    let url = "http://www.courier.example.org/depot/";
    let histories = json(&workspace.run(["revisions", url, "--format", "json"]));
    let revision = &histories[0]["revisions"][0];
    assert_eq!(histories[0]["captures"][0]["path"], "a/first.md");
    assert_eq!(revision["announced"], false);
    assert_eq!(quotes(&revision["removed"]).len(), 1);
    assert_eq!(
        quotes(&revision["added"]),
        ["The harbour stays closed to tankers for a week."]
    );
    assert_eq!(
        revision["changed"].as_array().unwrap().len(),
        2,
        "{revision:#}"
    );
    let edits = revision["edits"].as_array().unwrap();
    let of = |kind: &str| edits.iter().find(|edit| edit["kind"] == kind).unwrap();
    assert!(of("number")["before"].as_str().unwrap().contains("12"));
    assert!(of("number")["after"].as_str().unwrap().contains("17"));
    assert!(
        of("attribution")["before"]
            .as_str()
            .unwrap()
            .contains("labour inspectorate")
    );
    assert!(edits.iter().all(|edit| edit["stealth"] == true));
    assert!(!revision["vanished"].as_array().unwrap().is_empty());
    assert!(!revision["appeared"].as_array().unwrap().is_empty());
    let table = workspace.run(["revisions"]);
    assert!(table.stdout.contains("silently, figure: "), "{table:?}");
}

#[test]
fn a_change_that_the_article_owns_up_to_is_not_silent() {
    let workspace = Workspace::new();
    workspace.write("a/first.md", FIRST);
    let note = "\nCorrection: An earlier version of this article gave a lower toll.\n";
    workspace.write("a/second.md", second(note));
    let run = workspace.run(["revisions", "--from", "a", "--format", "json"]);
    let revision = &json(&run)[0]["revisions"][0];
    assert_eq!(revision["announced"], true);
    let edits = revision["edits"].as_array().unwrap();
    assert!(!edits.is_empty() && edits.iter().all(|edit| edit["stealth"] == false));
}

#[test]
fn what_was_captured_once_has_no_revisions() {
    let workspace = Workspace::with_articles();
    let run = workspace.run(["revisions", "harbour.txt", "--from", "articles"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("was captured once"), "{run:?}");
    let run = workspace.run(["copies", "--from", "articles"]);
    assert!(run.stderr.contains("no article is a copy"), "{run:?}");
}

#[test]
fn copies_are_compared_with_listed_pairs() {
    let workspace = Workspace::new();
    let line = |id: &str, article: &str| {
        let text = article.rsplit_once("---\n").unwrap().1;
        serde_json::json!({"id": id, "outlet": id, "headline": "Ferry", "text": text}).to_string()
    };
    let lines = [line("w", WIRE), line("c", COPY), line("o", OTHER)];
    workspace.write("articles.jsonl", lines.join("\n"));
    workspace.write(
        "pairs.tsv",
        "containment\tid_a\tid_b\n0.6\tw\tc\n0.2\tw\tabsent\n",
    );
    let args = [
        "eval",
        "copies",
        "--pairs",
        "pairs.tsv",
        "--articles",
        "articles.jsonl",
    ];
    let found = json(&workspace.run(args.iter().chain(&["--format", "json"])));
    assert_eq!(found["copies"], 1, "{found:#}");
    assert_eq!(found["levels"][0]["listed"], 1);
    assert_eq!(found["levels"][0]["scores"]["recall"], 1.0);
    let table = workspace.run(args);
    assert!(table.stdout.contains("containment"), "{table:?}");
}

#[test]
fn links_in_the_text_cite_documents_that_are_found_by_their_address() {
    let workspace = Workspace::new();
    for page in ["report.html", "follow-up.html"] {
        let html = std::fs::read_to_string(root().join("fixtures/linked").join(page)).unwrap();
        workspace.write(&format!("pages/{page}"), html);
    }
    let rows = |from: &[&str]| {
        let query = ["query", "citations", "--format", "json"];
        let found = json(&workspace.run(query.iter().chain(from)));
        let all = found["results"]["bindings"].as_array().unwrap().clone();
        let links = all.into_iter().filter(|row| row.get("url").is_some());
        links.collect::<Vec<Value>>()
    };
    let held = |row: &Value| row.get("held").is_some();
    assert_eq!(workspace.run(["ingest", "pages/follow-up.html"]).code, 0);
    let before = rows(&[]);
    let words: Vec<&str> = before
        .iter()
        .map(|row| row["words"]["value"].as_str().unwrap())
        .collect();
    // Neither menus nor topic pages nor profiles; minutes that say something are cited anyway.
    assert_eq!(
        words,
        [
            "The council's minutes of Wednesday",
            "a new dredger was not used for months"
        ]
    );
    let roles: Vec<&Value> = before.iter().map(|row| &row["role"]["value"]).collect();
    assert_eq!(roles, ["cites", "links to"]);
    assert!(!before.iter().any(held), "{before:?}");

    // The article at the address arrives later, under another spelling of it.
    assert_eq!(workspace.run(["ingest", "pages/report.html"]).code, 0);
    let after = rows(&[]);
    assert_eq!(after.len(), 2);
    assert!(!held(&after[0]) && held(&after[1]), "{after:#?}");
    let why = after[1]["why"]["value"].as_str().unwrap();
    assert!(why.contains("address"), "{why}");
    let minutes = "https://haldane.example/council/minutes-2023-04-12.pdf";
    assert_eq!(after[0]["url"]["value"], minutes);
    assert_eq!(workspace.run(["verify"]).code, 0);
    assert_eq!(rows(&["--from", "pages"]), after);
}

#[test]
fn an_outlet_named_like_a_word_is_cited_where_the_text_says_what_it_is() {
    let workspace = Workspace::new();
    let cited = |text: &str| {
        workspace.write("a/valley.txt", text);
        let query = [
            "query",
            "citations",
            "--format",
            "json",
            "--from",
            "a/valley.txt",
        ];
        let found = json(&workspace.run(query));
        let rows = found["results"]["bindings"].as_array().unwrap().clone();
        rows.iter()
            .any(|row| row["publisherName"]["value"] == "Bild")
    };
    assert!(cited(
        "The rumour grew until German tabloid Bild offered a chart of the flooded valley.\n"
    ));
    assert!(!cited(
        "The rumour grew until Ada Bild offered a chart of the flooded valley.\n"
    ));
}
