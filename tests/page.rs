//! The page of a claim: it asks for nothing, quotes bytes, and shows hostile words as words.

use std::fs;

use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

use crate::common::Workspace;

const CLAIM: &str = "harbour wall cost 40 million euros";

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect()
}

/// Makes the page and checks that it stands for itself.
fn page(workspace: &Workspace, args: &[&str]) -> Html {
    let mut all = vec!["report"];
    all.extend(args);
    let run = workspace.run(all);
    assert_eq!(run.code, 0, "{run:?}");
    let page = Html::parse_document(&run.stdout);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    for element in select(&page, "*") {
        let name = element.value().name();
        let fetched = [
            "script", "link", "img", "iframe", "object", "embed", "base", "form",
        ];
        assert!(!fetched.contains(&name), "{}", element.html());
        for (attribute, value) in element.value().attrs() {
            assert!(
                !attribute.starts_with("on") && attribute != "src" && attribute != "style",
                "{name} {attribute}"
            );
            if attribute == "href" {
                let link = value.starts_with('#')
                    || value.starts_with("https://")
                    || value.starts_with("http://");
                assert!(name == "a" && link, "{value}");
            }
        }
    }
    let anchors: Vec<&str> = (select(&page, "[id]").iter())
        .filter_map(|element| element.value().id())
        .collect();
    let mut once = anchors.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(
        once.len(),
        anchors.len(),
        "an id is given twice: {anchors:?}"
    );
    for link in select(&page, "a[href^='#']") {
        let to = &link.value().attr("href").unwrap()[1..];
        assert!(anchors.contains(&to), "nothing is called {to}");
    }
    page
}

/// Checks that every quotation is the bytes it says it is; returns how many there are.
fn check_quotations(page: &Html, workspace: &Workspace, files: &[&str]) -> usize {
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|file| fs::read_to_string(workspace.path(file)).unwrap())
        .map(|text| {
            (
                Sha256::digest(&text)
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                text,
            )
        })
        .collect();
    let quotations = select(page, "blockquote");
    for quotation in &quotations {
        let attribute = |name: &str| quotation.value().attr(name).unwrap();
        let number = |name: &str| attribute(name).parse::<usize>().unwrap();
        let found = texts
            .iter()
            .find(|(hash, _)| hash == attribute("data-snapshot"));
        let (_, snapshot) =
            found.unwrap_or_else(|| panic!("no text has {}", attribute("data-snapshot")));
        let bytes = &snapshot[number("data-start")..number("data-end")];
        let marked: String = quotation
            .select(&Selector::parse("mark.content").unwrap())
            .map(text)
            .collect();
        assert!(!marked.is_empty());
        // Parts of a discontinuous content leave out what stands between them.
        assert!(
            marked == bytes
                || (bytes.starts_with(&marked[..1])
                    && bytes.ends_with(&marked[marked.len() - 1..])),
            "{marked} is not {bytes}"
        );
        let shown = text(*quotation);
        let shown = shown.trim_start_matches("… ").trim_end_matches(" …");
        assert!(snapshot.contains(shown), "{shown}");
    }
    quotations.len()
}

#[test]
fn a_page_says_who_repeats_and_who_disputes_with_the_bytes() {
    let workspace = Workspace::with_store();
    let page = page(&workspace, &[CLAIM]);
    let files = ["articles/harbour.txt", "articles/denial.txt"];
    assert!(check_quotations(&page, &workspace, &files) >= 2);
    let section = |id: &str| text(select(&page, &format!("section#{id}"))[0]);
    assert!(section("repeats").contains("Coast Courier"));
    assert!(section("repeats").contains("Ines Calder"));
    assert!(section("disputes").contains("Bay Gazette"));
    assert!(section("disputes").contains("Piet Dorn"));
    assert!(section("sources").contains("person"));
    assert!(section("timeline").contains("2023-03-04"));
    assert!(section("counts").contains("outlet") && section("counts").contains("origin"));
    assert_eq!(select(&page, "html[lang]").len(), 1);
    for landmark in [
        "header",
        "nav[aria-label]",
        "main",
        "footer",
        "h1",
        "svg.chart title",
    ] {
        assert_eq!(
            select(&page, landmark).iter().take(1).count(),
            1,
            "{landmark}"
        );
    }
    let boxes = text(select(&page, "svg.chart")[0]);
    assert!(
        boxes.contains("Coast Courier") && boxes.contains("2023-03-03"),
        "{boxes}"
    );
}

#[test]
fn a_page_is_the_same_from_a_store_and_from_articles_and_every_time() {
    let workspace = Workspace::with_store();
    let run = |args: &[&str]| workspace.run(["report", CLAIM].iter().chain(args)).stdout;
    let stored = run(&[]);
    assert_eq!(stored, run(&[]));
    assert_eq!(stored, run(&["--from", "articles"]));
    assert_eq!(run(&["-o", "page.html"]), "");
    assert_eq!(
        fs::read_to_string(workspace.path("page.html")).unwrap(),
        stored
    );
}

#[test]
fn hostile_words_stay_words() {
    let workspace = Workspace::new();
    let hostile = "</style><script>alert(1)</script>";
    workspace.write(
        "a.txt",
        format!(
            "---\noutlet: Evil & \"Sons\" <b>\npublished: 2023-03-03\nurl: https://evil.example/?q=\"><script>\n---\n\
             Dam {hostile} will burst\n\nThe \u{202e}dam{hostile}\u{202c} will burst on Sunday, said Ann O'Neil <img src=x onerror=alert(2)>.\n\n\
             The dam will burst on Sunday, warned the engineer \"{{{{ 7919 * 7927 }}}}\" Jo Lee.\n"
        ),
    );
    let run = workspace.run(["report", "dam will burst", "--from", "a.txt"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        !run.stdout.contains("<script") && !run.stdout.contains("<img"),
        "{}",
        run.stdout
    );
    assert!(
        !run.stdout.contains('\u{202e}') && !run.stdout.contains("62773913"),
        "{}",
        run.stdout
    );
    page(&workspace, &["dam will burst", "--from", "a.txt"]);
}

#[test]
fn an_unknown_claim_makes_no_page() {
    let workspace = Workspace::with_store();
    let run = workspace.run(["report", "penguins on the moon", "-o", "page.html"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
    assert!(run.stderr.contains("no claim fits"), "{run:?}");
    assert!(!workspace.path("page.html").exists());
}
