//! Every format that articles come in, and input that means harm: what is read, what is said of
//! what is not, and that nothing of it takes more than its share.

use std::{
    fs,
    io::Write,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::common::{HARBOUR, Run, Workspace};

/// Texts of our own: outlet, day, address, headline, text.
const STORIES: [[&str; 5]; 2] = [
    [
        "Coast Courier",
        "2023-03-03",
        "https://courier.example/wall",
        "Harbour wall will cost 40 million euros, mayor says",
        "The new harbour wall will cost 40 million euros, mayor Ines Calder said on Thursday. \
         “The town can carry this,” Calder told reporters.\n\nAccording to the port authority, \
         the old wall lost 300 metres in the January storms.",
    ],
    [
        "Bay Gazette",
        "2023-03-04",
        "https://gazette.example/wall",
        "Council leader rejects cost of harbour wall",
        "Council leader Piet Dorn denied that the harbour wall will cost 40 million euros. \
         The wall will cost 25 million euros, Dorn said.",
    ],
];

fn records() -> Vec<Value> {
    let record = |[outlet, date, url, headline, text]: [&str; 5]| json!({"outlet": outlet, "date": date, "url": url, "headline": headline, "text": text});
    STORIES.map(record).to_vec()
}

fn lines() -> String {
    records()
        .iter()
        .map(|record| format!("{record}\n"))
        .collect()
}

fn page([outlet, date, url, headline, text]: [&str; 5]) -> String {
    let data = json!({"@type": "NewsArticle", "headline": headline, "datePublished": date, "publisher": {"name": outlet}, "url": url});
    let paragraphs: String = text
        .split("\n\n")
        .map(|text| format!("<p>{text}</p>\n"))
        .collect();
    let more = "<p>The works are to begin in the autumn and to last for two years, the port \
                authority said in a statement, and the quay is to stay open for ships throughout.</p>";
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{headline}</title>\
         <script type=\"application/ld+json\">{data}</script></head><body><nav><a href=\"/\">Home</a></nav>\
         <article><h1>{headline}</h1>\n{paragraphs}{more}</article></body></html>"
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in entries {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn warc_record(kind: &str, url: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-1>\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2023-03-05T06:07:08Z\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn response(story: [&str; 5]) -> Vec<u8> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}",
        page(story)
    );
    warc_record(
        "response",
        story[2],
        "application/http; msgtype=response",
        answer.as_bytes(),
    )
}

/// Pages among what else lies in web archives, each record as `pack` packs it.
fn warc(pack: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>Gone";
    let http = "application/http; msgtype=response";
    [
        warc_record(
            "warcinfo",
            "",
            "application/warc-fields",
            b"software: by hand\r\n",
        ),
        warc_record(
            "request",
            STORIES[0][2],
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(STORIES[0]),
        warc_record("response", "https://courier.example/a.png", http, picture),
        warc_record("response", "https://courier.example/old", http, gone),
        response(STORIES[1]),
    ]
    .iter()
    .flat_map(|record| pack(record))
    .collect()
}

/// The articles of a run of `mentions --format jsonl`, in their order, each once.
fn articles(run: &Run) -> Vec<Value> {
    let mut articles: Vec<Value> = Vec::new();
    for line in run.stdout.lines() {
        let mention: Value = serde_json::from_str(line).unwrap();
        if articles.last() != Some(&mention["article"]) {
            articles.push(mention["article"].clone());
        }
    }
    articles
}

/// Reads input with both commands: the stories are found, and the store is sound.
#[track_caller]
fn both_stories(workspace: &Workspace, args: &[&str], paths: [&str; 2]) {
    let from: Vec<&str> = ["mentions", "--format", "jsonl", "--no-claims", "--from"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    let run = workspace.run(&from);
    assert_eq!(run.code, 0, "{run:?}");
    let found = articles(&run);
    assert_eq!(found.len(), 2, "{found:?}");
    for ((article, story), path) in found.iter().zip(STORIES).zip(paths) {
        assert_eq!(article["outlet"], story[0], "{article}");
        assert_eq!(article["published"], story[1], "{article}");
        assert_eq!(article["url"], story[2], "{article}");
        assert_eq!(article["headline"], story[3], "{article}");
        assert_eq!(article["path"], path, "{article}");
    }
    let said = "\"surface\":\"mayor Ines Calder\"";
    assert!(run.stdout.contains(said), "{run:?}");

    let ingest: Vec<&str> = ["ingest", "--store", "made"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    let _ = fs::remove_dir_all(workspace.path("made"));
    let run = workspace.run(&ingest);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stderr.contains("2 new, 0 unchanged, 0 skipped"),
        "{run:?}"
    );
    let run = workspace.run(&ingest);
    assert!(
        run.stderr.contains("0 new, 2 unchanged, 0 skipped"),
        "{run:?}"
    );
    let run = workspace.run(["verify", "--store", "made"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn json_lines_are_read_packed_or_not_and_under_any_name() {
    let workspace = Workspace::new();
    let lines = lines();
    for (name, bytes) in [
        ("a.jsonl", lines.clone().into_bytes()),
        ("anything", lines.replace('\n', "\r\n\r\n").into_bytes()),
        ("a.jsonl.gz", gzip(lines.as_bytes())),
        ("a.zst", zstd(lines.as_bytes())),
        ("a.bz2", bzip2(lines.as_bytes())),
        ("twice.gz", gzip(&gzip(lines.as_bytes()))),
    ] {
        workspace.write(name, bytes);
        let second = if name == "anything" { 3 } else { 2 };
        let paths = [format!("{name}#line=1"), format!("{name}#line={second}")];
        both_stories(&workspace, &[name], [&paths[0], &paths[1]]);
    }
}

#[test]
fn members_of_a_packed_file_are_one_text() {
    let workspace = Workspace::new();
    let lines = lines();
    let (one, two) = lines.split_at(lines.len() / 3);
    workspace.write(
        "a.gz",
        [gzip(one.as_bytes()), gzip(two.as_bytes())].concat(),
    );
    both_stories(&workspace, &["a.gz"], ["a.gz#line=1", "a.gz#line=2"]);
}

#[test]
fn json_is_read_as_a_list_an_answer_or_a_row_of_objects() {
    let workspace = Workspace::new();
    let [one, two] =
        [&records()[0], &records()[1]].map(|record| serde_json::to_string_pretty(record).unwrap());
    for (name, text) in [
        ("list.json", format!("[{one},\n{two}]")),
        (
            "answer.json",
            format!("{{\"status\": \"ok\", \"articles\": [{one}, {two}]}}"),
        ),
        ("row.json", format!("\u{feff}{one}\n{two}\n")),
    ] {
        workspace.write(name, text);
        let paths = [format!("{name}#item=1"), format!("{name}#item=2")];
        both_stories(&workspace, &[name], [&paths[0], &paths[1]]);
    }
}

#[test]
fn tables_are_read_whatever_parts_their_columns() {
    let workspace = Workspace::new();
    for delimiter in [",", ";", "\t"] {
        let mut table = ["outlet", "date", "url", "headline", "text"].join(delimiter);
        for story in STORIES {
            let cells = story.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            table.push_str(&format!("\r\n{}", cells.join(delimiter)));
        }
        workspace.write("table", table);
        // The text of the first story has an empty line in it.
        both_stories(&workspace, &["table"], ["table#line=2", "table#line=5"]);
    }
}

#[test]
fn wide_characters_are_no_hindrance() {
    let workspace = Workspace::new();
    let mut table = ["outlet", "date", "url", "headline", "text"].join("\t");
    for story in STORIES {
        table.push_str(&format!(
            "\r\n{}",
            story.map(|cell| cell.replace('\n', " ")).join("\t")
        ));
    }
    for (name, text) in [("lines", lines()), ("table", table)] {
        let wide = |bytes: fn(u16) -> [u8; 2]| {
            let text = format!("\u{feff}{text}");
            text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        let first = if name == "lines" { 1 } else { 2 };
        for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
            workspace.write(name, bytes);
            let paths = [0, 1].map(|more| format!("{name}#line={}", first + more));
            both_stories(&workspace, &[name], [&paths[0], &paths[1]]);
        }
    }
}

#[test]
fn columns_and_fields_are_where_the_user_says() {
    let workspace = Workspace::new();
    let [[outlet, date, url, headline, text], _] = STORIES;
    let record =
        json!({"x": {"words": [text]}, "paper": outlet, "t": headline, "when": date, "at": url});
    workspace.write("odd.jsonl", format!("{record}\n{record}\n"));
    let run = workspace.run(["mentions", "--from", "odd.jsonl"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.stderr.contains("has no text under a known name"),
        "{run:?}"
    );
    assert!(run.stderr.contains("--map"), "{run:?}");
    let map = [
        "text=x.words",
        "outlet=paper",
        "headline=t",
        "published=when",
        "url=at",
    ];
    let args = map.iter().flat_map(|map| ["--map", map]);
    let run = workspace.run(
        ["mentions", "--from", "odd.jsonl", "--format", "jsonl"]
            .into_iter()
            .chain(args),
    );
    let found = articles(&run);
    assert_eq!(found.len(), 1, "one text counts once: {run:?}");
    for (field, value) in [
        ("outlet", outlet),
        ("published", date),
        ("url", url),
        ("headline", headline),
    ] {
        assert_eq!(found[0][field], value, "{found:?}");
    }
    let run = workspace.run(["ingest", "odd.jsonl", "--map", "words=x"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn web_archives_are_read_with_their_addresses_times_and_offsets() {
    let workspace = Workspace::new();
    for (name, pack) in [
        ("a.warc", <[u8]>::to_vec as fn(&[u8]) -> Vec<u8>),
        ("a.warc.gz", gzip),
        ("a.warc.zst", zstd),
    ] {
        let bytes = warc(pack);
        // Where the two pages begin in the file.
        let starts: Vec<usize> = STORIES
            .map(|story| {
                let record = pack(&response(story));
                bytes
                    .windows(record.len())
                    .position(|window| window == record)
                    .unwrap()
            })
            .to_vec();
        workspace.write(name, bytes);
        let paths = [
            format!("{name}#offset={}", starts[0]),
            format!("{name}#offset={}", starts[1]),
        ];
        both_stories(&workspace, &[name], [&paths[0], &paths[1]]);
        let graph = workspace
            .run(["export", "--format", "nq", "--store", "made"])
            .stdout;
        for expected in [
            format!("ns#container> \"{name}\""),
            format!("ns#recordOffset> \"{}\"", starts[1]),
            "ns#recordId> \"urn:uuid:response-1\"".to_owned(),
            "prov#generatedAtTime> \"2023-03-05T06:07:08Z\"".to_owned(),
        ] {
            assert!(graph.contains(&expected), "{expected}");
        }
    }
}

#[test]
fn packed_web_archives_and_folders_of_articles_are_read() {
    let workspace = Workspace::new();
    let archive = warc(gzip);
    let start = |story| {
        let record = gzip(&response(story));
        archive
            .windows(record.len())
            .position(|window| window == record)
            .unwrap()
    };
    let paths =
        STORIES.map(|story| format!("a.wacz!/archive/data.warc.gz#offset={}", start(story)));
    workspace.write(
        "a.wacz",
        zip(&[
            ("datapackage.json", b"{}"),
            ("pages/pages.jsonl", b"{\"text\": \"not an article\"}\n"),
            ("archive/data.warc.gz", &archive),
        ]),
    );
    both_stories(&workspace, &["a.wacz"], [&paths[0], &paths[1]]);

    let pages = STORIES.map(page);
    workspace.write(
        "pages.zip",
        zip(&[
            ("one/a.html", pages[0].as_bytes()),
            ("one/.hidden.html", b"<html>no"),
            ("one/photo.jpg", b"\xff\xd8\xff"),
            ("two.html.gz", &gzip(pages[1].as_bytes())),
        ]),
    );
    both_stories(
        &workspace,
        &["pages.zip"],
        ["pages.zip!/one/a.html", "pages.zip!/two.html.gz"],
    );
}

#[test]
fn feeds_are_read_item_by_item() {
    let workspace = Workspace::new();
    let marked = |text: &str| {
        text.split("\n\n")
            .map(|text| format!("<p>{text}</p>"))
            .collect::<String>()
    };
    let items = STORIES.map(|[outlet, date, url, headline, text]| {
        format!(
            "<item><title>{headline}</title><link>{url}</link><pubDate>{date}</pubDate>\
             <source url=\"https://x.example\">{outlet}</source><description>Short.</description>\
             <content:encoded><![CDATA[{}]]></content:encoded></item>",
            marked(text)
        )
    });
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>All news</title>{}</channel></rss>",
        items.concat()
    );
    workspace.write("rss.xml", rss);
    both_stories(
        &workspace,
        &["rss.xml"],
        ["rss.xml#item=1", "rss.xml#item=2"],
    );

    let entries = STORIES.map(|[outlet, date, url, headline, text]| {
        format!(
            "<entry><title type=\"html\">{headline}</title><id>urn:{url}</id><published>{date}T08:00:00Z</published>\
             <link rel=\"self\" href=\"https://x.example/api\"/><link href=\"{url}\"/><source><title>{outlet}</title></source>\
             <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div></content></entry>",
            marked(text)
        )
    });
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>All news</title>{}</feed>",
        entries.concat()
    );
    workspace.write("atom", atom);
    both_stories(&workspace, &["atom"], ["atom#item=1", "atom#item=2"]);
}

#[test]
fn letters_are_read() {
    let workspace = Workspace::new();
    let [outlet, _, _, headline, text] = STORIES[0];
    let letter = format!(
        "Received: from x.example\r\nFrom: {outlet} <news@courier.example>\r\nTo: you@x.example\r\n\
         Subject: {headline}\r\nDate: Fri, 3 Mar 2023 08:00:00 +0100\r\nMessage-ID: <1@courier.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nThis letter is a page.\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--b--\r\n",
        page(STORIES[0])
    );
    workspace.write("letter", letter);
    let run = workspace.run(["mentions", "--from", "letter", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    let found = articles(&run);
    assert_eq!(found[0]["outlet"], outlet);
    assert_eq!(found[0]["headline"], headline);
    assert_eq!(found[0]["published"], "2023-03-03");
    let said = text.split_once(',').unwrap().0;
    assert!(run.stdout.contains(said), "{run:?}");
}

#[test]
fn input_comes_from_pipes_patterns_and_lists() {
    let workspace = Workspace::new();
    let run = workspace.finish(
        workspace
            .command()
            .args(["mentions", "--from", "-", "--format", "jsonl"])
            .write_stdin(gzip(lines().as_bytes())),
    );
    let found = articles(&run);
    assert_eq!(
        found
            .iter()
            .map(|article| &article["path"])
            .collect::<Vec<_>>(),
        ["-#line=1", "-#line=2"],
        "{run:?}"
    );
    for (number, story) in STORIES.into_iter().enumerate() {
        workspace.write(&format!("in/{number}/page.html"), page(story));
        workspace.write(&format!("in/{number}/other.txt"), "Not this, he said.");
    }
    both_stories(
        &workspace,
        &["in/*/page.*"],
        ["in/0/page.html", "in/1/page.html"],
    );
    workspace.write("list.txt", "in/0/page.html\n\nin/1/page.html\n");
    let run = workspace.run(["ingest", "--files-from", "list.txt"]);
    assert!(
        run.stderr.contains("2 new, 0 unchanged, 0 skipped"),
        "{run:?}"
    );
    let mut command = workspace.command();
    command
        .args(["ingest", "--files-from", "-"])
        .write_stdin("in/0/page.html\nin/1/page.html\n");
    let run = workspace.finish(&mut command);
    assert!(
        run.stderr.contains("0 new, 2 unchanged, 0 skipped"),
        "{run:?}"
    );
}

#[test]
fn the_format_can_be_said() {
    let workspace = Workspace::new();
    workspace.write("a.txt", lines());
    let run = workspace.run([
        "mentions",
        "--from",
        "a.txt",
        "--input-format",
        "text",
        "--format",
        "jsonl",
    ]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(articles(&run)[0]["path"], "a.txt", "{run:?}");
    let run = workspace.run(["mentions", "--from", "a.txt", "--input-format", "pdf"]);
    assert_eq!(run.code, 2, "{run:?}");
    let run = workspace.run(["mentions", "--from", "a.txt", "--input-format", "wacz"]);
    assert!(
        run.stderr.contains("a.txt: it is not a ZIP archive"),
        "{run:?}"
    );
}

#[test]
fn data_beside_articles_is_passed_over_and_named_on_request() {
    let workspace = Workspace::with_articles();
    workspace.write("articles/labels.json", "{\"label\": 3}");
    workspace.write("articles/counts.csv", "word,count\nport,3\n");
    workspace.write("articles/config.xml", "<config/>");
    workspace.write("articles/more.jsonl", lines());
    let run = workspace.run(["ingest", "articles"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stderr.contains("4 new, 0 unchanged, 0 skipped"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("3 files beside articles hold none"),
        "{run:?}"
    );
    let run = workspace.run(["ingest", "articles", "-v"]);
    assert!(
        run.stderr.contains("counts.csv holds no articles"),
        "{run:?}"
    );
    let run = workspace.run(["ingest", "articles/labels.json"]);
    assert_eq!(run.code, 1, "named by itself it should hold one: {run:?}");
}

#[test]
fn a_dry_run_tells_what_would_be_done_and_writes_nothing() {
    let workspace = Workspace::with_articles();
    workspace.write("more.jsonl", format!("{}{{broken\n", lines()));
    let run = workspace.run(["ingest", "articles", "--dry-run"]);
    assert!(!workspace.path(".claimgraph").exists());
    assert_eq!(
        run.stdout,
        "new\tarticles/denial.txt\nnew\tarticles/harbour.txt\n"
    );
    assert!(
        run.stderr
            .contains("2 would be new, 0 unchanged, 0 skipped"),
        "{run:?}"
    );
    assert_eq!(workspace.run(["ingest", "articles"]).code, 0);
    let run = workspace.run([
        "ingest",
        "articles",
        "more.jsonl",
        "more.jsonl",
        "--dry-run",
        "--since",
        "2023-03-04",
    ]);
    assert_eq!(run.code, 1, "{run:?}");
    let told: Vec<&str> = run
        .stdout
        .lines()
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    let expected = [
        "unchanged\tarticles/denial.txt",
        "unchanged\tarticles/harbour.txt",
        "older\tmore.jsonl#line=1",
        "new\tmore.jsonl#line=2",
        "skipped\tcannot read more.jsonl#line=3",
    ];
    assert_eq!(told, expected);
}

#[test]
fn older_articles_are_left_out_and_undated_ones_kept() {
    let workspace = Workspace::with_articles();
    workspace.write(
        "articles/undated.txt",
        "The port is closed, the mayor said.\n",
    );
    let run = workspace.run(["ingest", "articles", "--since", "2023-03-04"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stderr
            .contains("2 new, 0 unchanged, 0 skipped, 1 older"),
        "{run:?}"
    );
}

#[test]
fn of_two_records_with_one_text_the_first_counts_however_often_it_is_read() {
    let workspace = Workspace::new();
    let [(_, text), _] = HARBOUR;
    for (name, url) in [("a", "https://a.example/1"), ("b", "https://b.example/1")] {
        workspace.write(&format!("in/{name}.txt"), text);
        workspace.write(
            &format!("in/{name}.meta.json"),
            json!({"url": url}).to_string(),
        );
    }
    let run = workspace.run(["ingest", "in"]);
    assert!(
        run.stderr
            .contains("1 new, 0 unchanged, 0 skipped, 1 with a text already read"),
        "{run:?}"
    );
    let graph = workspace.run(["export", "--format", "nq"]).stdout;
    assert!(graph.contains("https://a.example/1"));
    let run = workspace.run(["ingest", "in"]);
    assert!(run.stderr.contains("0 new, 1 unchanged"), "{run:?}");
    assert_eq!(workspace.run(["export", "--format", "nq"]).stdout, graph);
}

/// Runs within bounds of time and memory; the good articles are taken, the bad one is named.
#[track_caller]
fn contained(workspace: &Workspace, bad: &str, options: &[&str], reason: &str) {
    let started = Instant::now();
    let program = assert_cmd::cargo::cargo_bin!("claimgraph");
    let mut command = assert_cmd::Command::new("sh");
    // Address space, not memory: threads ask for much more than they use.
    let script = "ulimit -v 4000000; exec \"$@\"";
    command
        .env_clear()
        .current_dir(workspace.path(""))
        .args(["-c", script, "sh"])
        .arg(program)
        .args(["ingest", "articles", bad])
        .args(options)
        .timeout(Duration::from_secs(120));
    let run = workspace.finish(&mut command);
    assert_eq!(run.code, 1, "{run:?}");
    let line = run
        .stderr
        .lines()
        .find(|line| line.contains(bad) && line.contains(reason));
    assert!(line.is_some(), "no line about {bad} says {reason}: {run:?}");
    assert!(
        run.stderr.contains(" new, ") && !run.stderr.contains("panicked"),
        "{run:?}"
    );
    assert!(
        started.elapsed() < Duration::from_secs(90),
        "{:?}",
        started.elapsed()
    );
    let run = workspace.run(["verify"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn decompression_bombs_are_contained() {
    let workspace = Workspace::with_articles();
    let zeros = vec![b' '; 8 << 20];
    let small = gzip(&zeros);
    let bomb = [lines().into_bytes(), zeros].concat();
    for (name, bytes, reason) in [
        ("bomb.txt.gz", small.clone(), "more than the 1048576 bytes"),
        ("bomb.jsonl.gz", gzip(&bomb), "bomb.jsonl.gz"),
        (
            "bomb.zip",
            zip(&[("a.jsonl", &bomb)]),
            "bomb.zip!/a.jsonl grows more than 200 times",
        ),
        (
            "nested.zip",
            zip(&[("a.zip", &zip(&[("a.txt.gz", &small)]))]),
            "nested.zip!/a.zip!/a.txt.gz",
        ),
    ] {
        workspace.write(name, bytes);
        contained(&workspace, name, &["--max-bytes", "1M"], reason);
    }
}

#[test]
fn packing_inside_packing_ends_somewhere() {
    let workspace = Workspace::with_articles();
    let mut packed = lines().into_bytes();
    for _ in 0..6 {
        packed = gzip(&packed);
    }
    workspace.write("deep.gz", packed);
    contained(&workspace, "deep.gz", &[], "lies in more than 4 containers");
    let run = workspace.run(["ingest", "deep.gz", "--max-nesting", "6"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn lines_objects_cells_and_records_without_end_are_passed_over() {
    let workspace = Workspace::with_articles();
    let long = "x".repeat(1 << 20);
    let options = ["--max-bytes", "100k"];
    let [one, two] = [0, 1].map(|at| records()[at].to_string());
    for (name, text, place) in [
        (
            "long.jsonl",
            format!("{one}\n{{\"text\": \"{long}\"}}\n{two}\n"),
            "long.jsonl#line=2",
        ),
        (
            "long.json",
            format!("[{one}, {{\"text\": \"{long}\"}}, {two}]"),
            "long.json#item=2",
        ),
        (
            "long.csv",
            format!("text,url\nShort said.,u\n\"{long}\",u\nAgain he said.,u\n"),
            "long.csv#line=3",
        ),
        (
            "open.csv",
            format!("text,url\nShort said.,u\n\"{long},u\nAgain he said.,u\n"),
            "open.csv#line=3",
        ),
        (
            "long.xml",
            format!("<rss><channel><item><title>{long}</title>"),
            "long.xml",
        ),
    ] {
        workspace.write(name, text);
        contained(
            &workspace,
            name,
            &options,
            &format!("{place} has more than the 102400 bytes allowed"),
        );
    }
    let big = warc_record(
        "response",
        "https://x.example/",
        "application/http",
        long.as_bytes(),
    );
    let bytes = [response(STORIES[0]), big, response(STORIES[1])].concat();
    let at = response(STORIES[0]).len();
    workspace.write("long.warc", bytes);
    contained(
        &workspace,
        "long.warc",
        &options,
        &format!("long.warc#offset={at} has more than"),
    );
    let run = workspace.run(["ingest", "long.warc", "--max-bytes", "100k"]);
    assert!(
        run.stderr.contains("0 new, 2 unchanged, 1 skipped"),
        "{run:?}"
    );
}

#[test]
fn a_line_as_long_as_a_disk_takes_no_memory() {
    let workspace = Workspace::with_articles();
    let path = workspace.write("line.jsonl", lines());
    let mut file = fs::File::options().append(true).open(path).unwrap();
    file.write_all(b"{\"text\": \"").unwrap();
    let length = file.metadata().unwrap().len();
    // The rest is a hole of zeros.
    file.set_len(length + (1 << 30)).unwrap();
    contained(
        &workspace,
        "line.jsonl",
        &[],
        "line.jsonl#line=3 has more than",
    );
}

#[test]
fn broken_containers_are_named_and_what_is_whole_is_read() {
    let workspace = Workspace::with_articles();
    let good = lines();
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() - 40].to_vec();
    let archive = zip(&[
        ("a.jsonl", good.as_bytes()),
        ("b.txt", b"The port is open, he said."),
    ]);
    let mut lost = warc(<[u8]>::to_vec);
    let second = lost.len() - response(STORIES[1]).len();
    lost.splice(second..second, *b"garbage\r\n\r\n");
    for (name, bytes, reason) in [
        (
            "cut.jsonl.gz",
            cut(gzip(good.repeat(50).as_bytes())),
            "cut.jsonl.gz",
        ),
        (
            "cut.jsonl.zst",
            cut(zstd(good.repeat(50).as_bytes())),
            "cut.jsonl.zst",
        ),
        ("cut.zip", cut(archive), "cannot read cut.zip"),
        (
            "cut.warc",
            warc(<[u8]>::to_vec)[..1500].to_vec(),
            "it ends inside the record",
        ),
        ("lost.warc", lost, "no record begins at byte"),
        (
            "broken.jsonl",
            format!("{good}{{\"text\": \"said\n\0\0\n[1, 2]\n{good}").into_bytes(),
            "broken.jsonl#line=3: no JSON",
        ),
        ("deep.json", "[".repeat(1 << 20).into_bytes(), "deep.json"),
        (
            "deep.jsonl",
            format!("{}\n", "{\"text\":".repeat(1 << 16)).into_bytes(),
            "deep.jsonl#line=1: no JSON",
        ),
        (
            "deep.xml",
            format!("<rss><item>{}", "<a>".repeat(1 << 16)).into_bytes(),
            "nested more than",
        ),
        (
            "deep.html",
            format!("<html><body>{}", "<div>".repeat(1 << 16)).into_bytes(),
            "nested more than",
        ),
        (
            "nul.jsonl",
            b"{\"text\": \"\\u0000\\u0000\\u0000\\u0000\"}\n{\"text\": \"\"}\n".to_vec(),
            "nul.jsonl#line=1 is not text",
        ),
    ] {
        workspace.write(name, bytes);
        contained(&workspace, name, &[], reason);
    }
}

#[test]
fn entries_that_point_elsewhere_are_only_names() {
    let workspace = Workspace::with_articles();
    let bytes = zip(&[
        ("../../escaped.txt", b"The port is open, the mayor said."),
        ("/etc/absolute.txt", b"The quay is open, the mayor said."),
        (
            "c:\\windows\\drive.txt",
            b"The pier is open, the mayor said.",
        ),
        ("gpj.\u{202e}txt.txt", b"The ferry is open, the mayor said."),
        ("bell\u{7}\u{1b}[31m.txt", b""),
    ]);
    workspace.write("inner/paths.zip", bytes);
    let run = workspace.run(["ingest", "articles", "inner/paths.zip", "-v"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stderr.contains("6 new, 0 unchanged, 1 skipped"),
        "{run:?}"
    );
    assert!(
        !workspace.path("escaped.txt").exists() && !workspace.path("inner/escaped.txt").exists()
    );
    for outputs in [
        run.stderr,
        workspace.run(["mentions"]).stdout,
        workspace.run(["verify"]).stdout,
    ] {
        assert!(
            !outputs.contains(['\u{202e}', '\u{7}', '\u{1b}']),
            "{outputs}"
        );
    }
    for format in ["graphml", "gexf"] {
        let text = workspace.run(["export", "--format", format]).stdout;
        roxmltree::Document::parse(&text).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn folders_with_loops_pipes_and_odd_names_are_walked() {
    use std::os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener};
    let workspace = Workspace::with_articles();
    let root = workspace.path("articles");
    symlink(&root, root.join("loop")).unwrap();
    symlink(root.join("b"), root.join("a")).unwrap();
    symlink(root.join("a"), root.join("b")).unwrap();
    let _socket = UnixListener::bind(root.join("socket.txt")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9\n.txt");
    fs::write(root.join(name), "The port is open, the mayor said.").unwrap();
    let run = workspace.run(["ingest", "articles"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("3 new, 0 unchanged"), "{run:?}");
    assert!(run.stderr.contains("socket.txt is not a file"), "{run:?}");
    assert_eq!(workspace.run(["verify"]).code, 0);
}

#[test]
fn each_reason_for_skipping_is_named_with_its_count() {
    let workspace = Workspace::with_articles();
    workspace.write("articles/none.txt", "");
    workspace.write("articles/blank.txt", "  \n\n");
    let page = "<html><head><title>404</title></head><body><h1>Page not found</h1>\
        <p>The page that you asked for is not here, or has never been here at all.</p></body></html>";
    workspace.write("articles/lost.html", page);
    let run = workspace.run(["ingest", "articles"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("3 skipped"), "{run:?}");
    let reasons = "skipped: 2 empty, 1 web pages without article\n";
    assert!(run.stderr.contains(reasons), "{run:?}");
}

#[test]
fn many_failures_of_a_kind_are_counted() {
    let workspace = Workspace::new();
    let broken = "{\"text\": broken}\n".repeat(30);
    workspace.write(
        "a.jsonl",
        format!("{}{broken}{{\"text\": \"\"}}\n", lines()),
    );
    let run = workspace.run(["ingest", "a.jsonl"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(
        run.stderr.matches("skipped: cannot read").count(),
        10,
        "{run:?}"
    );
    assert!(
        run.stderr.contains("2 new, 0 unchanged, 31 skipped"),
        "{run:?}"
    );
    assert!(
        run.stderr
            .contains("skipped: 30 malformed, 1 without text; -v names every one"),
        "{run:?}"
    );
    let run = workspace.run(["ingest", "a.jsonl", "-v"]);
    assert_eq!(
        run.stderr.matches("skipped: cannot read").count(),
        30,
        "{run:?}"
    );
}
