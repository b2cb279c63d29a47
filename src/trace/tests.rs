//! Traces of small hand-made stories.

use serde_json::{Value, json};

use super::{
    Role, Trace, Voice, assemble,
    story::{Telling, facts, harbour, tell},
};
use crate::mention::{AgentKind, Denies, MentionLine, Stance};

const CLAIM: &str = "No threat";

fn traced(tellings: Vec<Telling>) -> Trace {
    assemble(&facts(CLAIM, tellings))
}

fn reports(outlet: &str, date: &str) -> Telling {
    tell(CLAIM, outlet, date, Stance::Reports, "poses no threat")
}

fn source_names(trace: &Trace) -> Vec<&str> {
    trace
        .sources
        .iter()
        .map(|source| source.source.as_str())
        .collect()
}

fn counts(trace: &Trace) -> (usize, usize, usize, usize, usize) {
    let summary = &trace.summary;
    (
        summary.outlets,
        summary.articles,
        summary.texts,
        summary.routes,
        summary.origins,
    )
}

#[test]
fn a_chain_leads_to_its_last_source() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02")
            .cites("Beta", "reported")
            .person("Cy", "said")
            .person("Di", "told"),
    ]);
    assert_eq!(source_names(&trace), ["Di", "Cy", "Beta"]);
    assert_eq!(trace.sources[0].role, Role::Origin);
    assert_eq!(trace.sources[2].role, Role::Relay);
    let path: Vec<&str> = trace.paths[0]
        .iter()
        .map(|step| step.label.as_str())
        .collect();
    assert_eq!(path, ["Alpha", "Beta", "Cy", "Di", CLAIM]);
    assert_eq!(
        trace
            .summary
            .single_source
            .as_ref()
            .map(|s| s.source.as_str()),
        Some("Di")
    );
}

#[test]
fn two_outlets_with_one_source_are_one_route() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02")
            .cites("Beta", "reported")
            .person("Cy", "said"),
        reports("Beta", "2023-01-01").person("Cy", "said"),
    ]);
    assert_eq!(counts(&trace), (2, 2, 2, 1, 1));
    assert_eq!(trace.summary.first_seen, "2023-01-01".parse().ok());
    assert_eq!(trace.repeats[0].outlet, "Beta", "earliest first");
}

#[test]
fn independent_sources_are_independent_routes() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02").person("Cy", "said"),
        reports("Beta", "2023-01-02").person("Di", "said"),
    ]);
    assert_eq!(counts(&trace), (2, 2, 2, 2, 2));
    assert_eq!(trace.summary.single_source, None);
}

#[test]
fn spellings_of_one_name_are_named_and_kept_apart() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02").person("Yury Ushakov", "said"),
        reports("Beta", "2023-01-02").person("Yuri Ushakov", "said"),
        reports("Gamma", "2023-01-03").person("Anna Ushakov", "said"),
    ]);
    assert_eq!(trace.summary.origins, 3);
    let namesakes: Vec<Vec<&str>> = trace
        .sources
        .iter()
        .map(|source| {
            source
                .may_be
                .iter()
                .map(|other| other.source.as_str())
                .collect()
        })
        .collect();
    assert_eq!(
        namesakes,
        [vec![], vec!["Yury Ushakov"], vec!["Yuri Ushakov"]]
    );
}

#[test]
fn an_outlet_in_its_own_voice_is_a_source_only_when_there_is_no_other() {
    let own = || tell(CLAIM, "Alpha", "2023-01-02", Stance::Asserts, "no threat");
    let alone = traced(vec![own()]);
    assert_eq!(source_names(&alone), ["Alpha"]);
    assert_eq!(alone.repeats[0].voice, Voice::Own);
    let with_other = traced(vec![
        own(),
        reports("Beta", "2023-01-02").person("Cy", "said"),
    ]);
    assert_eq!(source_names(&with_other), ["Cy"]);
}

#[test]
fn persons_stand_before_organisations_before_unnamed_sources() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02").says(AgentKind::Unnamed, "an official", "said"),
        reports("Alpha", "2023-01-03").says(AgentKind::Organisation, "Port Authority", "said"),
        reports("Beta", "2023-01-03").says(AgentKind::Document, "a draft", "shows"),
        reports("Beta", "2023-01-04").person("Cy", "said"),
    ]);
    assert_eq!(
        source_names(&trace),
        ["Cy", "Port Authority", "a draft", "an official"]
    );
}

#[test]
fn unknown_outlet_and_date_sort_last_and_stay_unknown() {
    let trace = traced(vec![
        reports("", "").person("Cy", "said"),
        reports("Zeta", "2023-05-05").person("Cy", "said"),
    ]);
    let outlets: Vec<&str> = trace
        .timeline
        .iter()
        .map(|entry| entry.outlet.as_str())
        .collect();
    assert_eq!(outlets, ["Zeta", "unknown"]);
    assert_eq!(trace.timeline[1].date, None);
    assert_eq!(trace.repeats[1].article.outlet, None);
}

#[test]
fn two_articles_without_outlet_are_not_one_outlet_on_the_routes() {
    let mut second = reports("", "2023-05-06").person("Di", "said").done();
    second.article.id = crate::id::ArticleId::from_local("second");
    let mut facts = facts(CLAIM, vec![reports("", "").person("Cy", "said")]);
    facts.records.push(second);
    assert_eq!(assemble(&facts).summary.routes, 2);
}

#[test]
fn a_denial_is_a_dispute_by_its_speaker() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02").person("Cy", "said"),
        tell(CLAIM, "Alpha", "2023-01-02", Stance::Disputes, "no threat")
            .at(500)
            .person("Di", "denied")
            .denies(Denies::Attribution),
    ]);
    assert_eq!((trace.repeats.len(), trace.disputes.len()), (1, 1));
    let denial = trace.disputes[0]
        .denial
        .as_ref()
        .expect("a dispute says who denies");
    assert_eq!(
        (denial.by.as_str(), denial.denies),
        ("Di", Denies::Attribution)
    );
    assert_eq!(denial.through, None);
    assert_eq!(source_names(&trace), ["Cy"], "who denies is no source");
}

#[test]
fn a_refutation_in_the_own_voice_is_by_the_outlet() {
    let trace = traced(vec![tell(
        CLAIM,
        "Alpha",
        "2023-01-02",
        Stance::Refutes,
        "no threat",
    )]);
    assert_eq!(
        trace.disputes[0].denial.as_ref().map(|d| d.by.as_str()),
        Some("Alpha")
    );
    assert!(trace.repeats.is_empty() && trace.sources.is_empty());
}

#[test]
fn stating_the_opposite_disputes_but_denying_the_opposite_does_not() {
    let trace = assemble(
        &facts(
            CLAIM,
            vec![reports("Alpha", "2023-01-02").person("Cy", "said")],
        )
        .opposed(
            "A threat",
            true,
            vec![
                tell(
                    "A threat",
                    "Beta",
                    "2023-01-03",
                    Stance::Asserts,
                    "it is a threat",
                ),
                tell(
                    "A threat",
                    "Gamma",
                    "2023-01-03",
                    Stance::Disputes,
                    "it is a threat",
                ),
            ],
        ),
    );
    let by: Vec<&str> = trace
        .disputes
        .iter()
        .map(|carriage| carriage.outlet.as_str())
        .collect();
    assert_eq!(by, ["Beta"]);
    let through = trace.disputes[0]
        .denial
        .as_ref()
        .and_then(|d| d.through.as_ref());
    assert_eq!(through.map(|claim| claim.label.as_str()), Some("A threat"));
    assert_eq!(trace.timeline[1].stance, Stance::Disputes);
}

#[test]
fn denying_what_the_claim_entails_disputes_but_repeating_it_does_not() {
    let trace = assemble(&facts(CLAIM, Vec::new()).opposed(
        "Any attack",
        false,
        vec![
                tell(
                    "Any attack",
                    "Beta",
                    "2023-01-03",
                    Stance::Disputes,
                    "any attack is planned",
                )
                .person("Di", "denied"),
                tell(
                    "Any attack",
                    "Gamma",
                    "2023-01-03",
                    Stance::Reports,
                    "an attack is planned",
                ),
            ],
    ));
    assert_eq!(trace.disputes.len(), 1);
    assert_eq!(
        trace.disputes[0].denial.as_ref().map(|d| d.by.as_str()),
        Some("Di")
    );
}

#[test]
fn speaking_about_a_claim_is_neither_but_is_on_the_timeline() {
    let trace = traced(vec![tell(
        CLAIM,
        "Alpha",
        "2023-01-02",
        Stance::Discusses,
        "the threat",
    )]);
    assert!(trace.repeats.is_empty() && trace.disputes.is_empty());
    assert_eq!(trace.timeline.len(), 1);
    assert_eq!(counts(&trace), (0, 0, 0, 0, 0));
}

#[test]
fn a_credited_outlet_stands_behind_the_one_that_reprints() {
    let trace = traced(vec![
        reports("Alpha", "2023-01-02")
            .credit("Beta Agency")
            .person("Cy", "said"),
    ]);
    let path: Vec<&str> = trace.paths[0]
        .iter()
        .map(|step| step.label.as_str())
        .collect();
    assert_eq!(path, ["Alpha", "Beta Agency", "Cy", CLAIM]);
    assert_eq!(trace.sources[1].role, Role::Reprinted);
    let itself = traced(vec![
        reports("Beta Agency", "2023-01-02").credit("Beta Agency"),
    ]);
    assert_eq!(itself.paths[0].len(), 2, "its own credit is no source");
}

#[test]
fn reprints_are_one_text() {
    let mut facts = facts(
        CLAIM,
        vec![
            reports("Alpha", "2023-01-02"),
            reports("Beta", "2023-01-03"),
        ],
    );
    for record in &facts.records {
        let text = "Officials told the council that the old bridge poses no threat to shipping.";
        facts
            .passages
            .insert(record.article.id.clone(), text.to_owned());
    }
    assert_eq!(counts(&assemble(&facts)), (2, 2, 1, 1, 1));
    facts.passages.clear();
    assert_eq!(
        assemble(&facts).summary.texts,
        2,
        "without text nothing is joined"
    );
}

#[test]
fn wordings_are_listed_most_frequent_first() {
    let says = |outlet, quote| tell(CLAIM, outlet, "", Stance::Reports, quote);
    let trace = traced(vec![
        says("A", "harmless"),
        says("B", "no danger"),
        says("C", "no danger"),
        says("D", "“no” threat"),
    ]);
    assert_eq!(trace.claim.variants, ["no danger", "harmless"]);
}

#[test]
fn the_order_of_the_mentions_does_not_matter() {
    let facts = harbour();
    let mut turned = facts.clone();
    turned.records.reverse();
    assert_eq!(assemble(&facts), assemble(&turned));
}

#[test]
fn json_is_that_of_the_contract() {
    let json = serde_json::to_value(assemble(&harbour())).expect("a trace serialises");
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .map(|object| object.keys().cloned().collect())
            .unwrap_or_default()
    };
    for key in [
        "query", "claim", "summary", "repeats", "disputes", "sources", "related", "timeline",
        "paths",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert!(!keys(&json["repeats"][0]).contains(&"through".to_owned()));
    let direct = &json["disputes"][0];
    assert_eq!(direct["through"], Value::Null);
    assert!(keys(direct).contains(&"through".to_owned()));
    assert_eq!(
        (&direct["by"], &direct["denies"]),
        (&json!("Bo Lind"), &json!("number"))
    );
    assert_eq!(
        json["disputes"][1]["through"]["label"],
        json!("All ferries keep running through the winter")
    );
    assert_eq!(
        keys(&json["repeats"][0]["article"]),
        ["headline", "id", "outlet", "path", "published", "url"]
    );
    assert_eq!(
        keys(&json["repeats"][0]["evidence"]),
        ["end", "quote", "snapshot", "start"]
    );
    assert_eq!(
        json["timeline"]
            .as_array()
            .and_then(|t| t.last())
            .map(|t| &t["date"]),
        Some(&Value::Null)
    );
    assert_eq!(
        json["paths"][0][0],
        json!({"kind": "outlet", "label": "Coast Wire"})
    );
}

#[test]
fn a_mention_line_has_the_fields_of_the_contract() {
    let record = reports("", "").person("Cy", "said").done();
    let line = serde_json::to_value(MentionLine::from(&record)).expect("a mention serialises");
    assert_eq!(line["article"]["url"], Value::Null);
    assert_eq!(line["chain"][1]["cue"]["text"], json!("said"));
    assert_eq!(line["claim"]["label"], json!(CLAIM));
    assert!(line.get("signature").is_none() && line.get("denies").is_none());
}
