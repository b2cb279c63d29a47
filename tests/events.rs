//! Events from the text to the command line: said during, joined across articles, filtered by.

use claimgraph::{
    article::RawArticle,
    lexicon::Lexicon,
    mention::Analysis,
    pipeline::{self, Options},
};

use crate::common::Workspace;

/// Two articles about one call, one of which tells of another.
const CALLS: [(&str, &str); 2] = [
    (
        "articles/01.md",
        "---\noutlet: Coast Courier\npublished: 2031-05-07\ntitle: Leaders talk\n---\n\
         Ilan Voss and Mara Keld held a video call on Tuesday.\n\n\
         During the video call Voss told Keld that the border would stay open all summer.\n",
    ),
    (
        "articles/02.md",
        "---\noutlet: Bay Gazette\npublished: 2031-05-12\ntitle: Second talk\n---\n\
         Ilan Voss phoned Mara Keld on Saturday.\n\n\
         In the video call between Ilan Voss and Mara Keld on 6 May, Voss said that the border \
         would stay open all summer.\n\n\
         \u{201c}The harbour will be closed for repairs,\u{201d} Mara Keld said on Sunday.\n",
    ),
];

fn analyse(text: &str) -> Analysis {
    let raw = RawArticle::plain("page.txt", text);
    pipeline::analyse(&raw, Lexicon::shipped(), &Options::default()).value
}

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    for (name, text) in CALLS {
        workspace.write(name, text);
    }
    workspace
}

#[test]
fn what_was_said_at_an_event_is_linked_to_it() {
    for text in [
        "In a telephone call with Mara Keld on 6 May 2031, Ilan Voss said that the border was open.",
        "Ilan Voss told a press conference on 6 May 2031 that the border was open.",
        "Ilan Voss said at a press conference on 6 May 2031 that the border was open.",
    ] {
        let analysis = analyse(text);
        let during: Vec<&str> = (analysis.mentions.iter())
            .flat_map(|mention| &mention.chain)
            .filter_map(|link| Some(link.during.as_ref()?.as_str()))
            .collect();
        assert_eq!(during.len(), 1, "{text}: {:?}", analysis.events);
        let event = (analysis.events.iter()).find(|event| event.id.as_str() == during[0]);
        assert_eq!(
            event.unwrap().date,
            Some(jiff::civil::date(2031, 5, 6)),
            "{text}"
        );
    }
}

#[test]
fn what_a_claim_is_about_is_not_where_it_was_said() {
    let analysis = analyse("Ilan Voss said that the attack on Norland in May 2031 was a mistake.");
    assert!(
        (analysis.mentions.iter())
            .all(|mention| { mention.chain.iter().all(|link| link.during.is_none()) })
    );
}

#[test]
fn trace_and_export_are_filtered_by_event() {
    let workspace = workspace();
    let trace = |event: &str| {
        let run = workspace.run([
            "trace",
            "border stay open",
            "--from",
            "articles",
            "--event",
            event,
            "--format",
            "json",
        ]);
        assert_eq!(run.code, 0, "{run:?}");
        let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        answer["summary"]["articles"].as_u64().unwrap()
    };
    assert_eq!((trace("video call"), trace("call")), (2, 2));
    assert_eq!(trace("telephone call"), 0);
    let export = |event: &str| {
        let run = workspace.run([
            "export", "--from", "articles", "--event", event, "--format", "csv",
        ]);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    let calls = export("Voss call");
    assert!(
        calls.contains("border") && !calls.contains("harbour"),
        "{calls}"
    );
}

#[test]
fn an_unknown_event_is_an_error_that_names_those_there_are() {
    let run = workspace().run([
        "trace",
        "border stay open",
        "--from",
        "articles",
        "--event",
        "earthquake",
    ]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("video call"), "{run:?}");
}
