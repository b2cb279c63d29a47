//! The ontology folder: it parses, fits the Rust vocabulary, and its checks find what they should.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use claimgraph::{
    claim::{Claim, MentionFacts, Relation, RelationKind},
    id::{AgentId, ArticleId, ClaimId, DocumentId, EventId, MentionId, SnapshotId},
    mention::{
        Agent, AgentKind, Analysis, Article, Bound, Certainty, Citation, CitationRole, Event,
        Layer, Link, Mention, Modality, Polarity, Provenance, Quantity, Speech, Stance, Tense,
    },
    rdf::{describe, ontology, vocab},
    sketch::Sketch,
    span::{Passage, Span},
};
use oxigraph::{
    io::{RdfFormat, RdfParser, RdfSerializer},
    model::{GraphName, NamedNode, Quad, Term},
    sparql::{QueryResults, QuerySolution, SparqlEvaluator},
    store::Store,
};

fn files(folder: &str, extension: &str) -> BTreeMap<String, PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("ontology")
        .join(folder);
    fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let name = path
                .file_name()?
                .to_str()?
                .strip_suffix(extension)?
                .to_owned();
            Some((name, path))
        })
        .collect()
}

fn parse(path: &Path) -> Vec<Quad> {
    let format = RdfFormat::from_extension(path.extension().unwrap().to_str().unwrap()).unwrap();
    RdfParser::from_format(format)
        .for_reader(fs::File::open(path).unwrap())
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn load(path: &Path) -> Store {
    let store = Store::new().unwrap();
    store.extend(parse(path)).unwrap();
    store
}

/// Runs a query over the union of the named graphs.
fn select(store: &Store, text: &str) -> Vec<QuerySolution> {
    let mut prepared = SparqlEvaluator::new().parse_query(text).unwrap();
    prepared.dataset_mut().set_default_graph_as_union();
    match prepared.on_store(store).execute().unwrap() {
        QueryResults::Solutions(rows) => rows.map(Result::unwrap).collect(),
        _ => panic!("not a SELECT"),
    }
}

/// Names the checks that find something, with what they find.
fn violations(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for check in ontology::checks() {
        for row in select(store, check.text) {
            let text = |name: &str| row.get(name).map(ToString::to_string).unwrap_or_default();
            assert!(["\"error\"", "\"warning\""].contains(&text("severity").as_str()));
            let line = format!("{}: {}", text("focus"), text("message"));
            found.entry(check.name).or_default().push(line);
        }
    }
    found
}

fn own_terms(turtle: &str) -> BTreeSet<String> {
    parse(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("ontology")
            .join(turtle),
    )
    .iter()
    .filter(|quad| quad.predicate.as_ref() == vocab::rdf::TYPE)
    .map(|quad| quad.subject.to_string())
    .filter(|subject| subject.starts_with(&format!("<{}", vocab::cg::NAMESPACE)))
    .collect()
}

#[test]
fn every_turtle_and_json_ld_file_parses() {
    let folders = [
        ("", ".ttl"),
        ("shapes", ".ttl"),
        ("examples", ".trig"),
        ("examples/invalid", ".trig"),
    ];
    for (folder, extension) in folders {
        let files = files(folder, extension);
        assert!(!files.is_empty(), "{folder}");
        for path in files.values() {
            assert!(!parse(path).is_empty(), "{}", path.display());
        }
    }
    let context: serde_json::Value = serde_json::from_str(ontology::CONTEXT).unwrap();
    let document = serde_json::json!({
        "@context": context["@context"], "id": "https://example.org/m", "type": "Mention",
        "stance": "cg:Reports", "confidence": "0.5",
    });
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::from_extension("jsonld").unwrap())
        .for_slice(document.to_string().as_bytes())
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(
        quads
            .iter()
            .any(|quad| quad.predicate.as_ref() == vocab::cg::STANCE
                && quad.object == Term::from(vocab::Concept::iri(Stance::Reports)))
    );
    assert_eq!(quads.len(), 3);
}

#[test]
fn every_constant_is_a_term_and_every_term_a_constant() {
    let constants: BTreeSet<String> = vocab::cg::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(constants, own_terms("core.ttl"));
    for term in vocab::cg::ALL {
        let name = term.as_str().trim_start_matches(vocab::cg::NAMESPACE);
        assert!(
            ontology::CONTEXT.contains(&format!("\"{name}\":")),
            "{name} is not in the context"
        );
    }
}

#[test]
fn every_concept_is_a_term_of_an_enum_and_every_term_a_concept() {
    let mut expected = BTreeSet::new();
    for (scheme, concepts) in vocab::schemes() {
        expected.insert(format!("<{}{scheme}>", vocab::cg::NAMESPACE));
        expected.extend(concepts.iter().map(ToString::to_string));
    }
    assert_eq!(expected, own_terms("concepts.ttl"));
    assert!(expected.is_disjoint(&own_terms("core.ttl")));
}

#[test]
fn every_term_says_what_it_is() {
    for (file, comment, label) in [
        ("core.ttl", "rdf-schema#comment", "rdf-schema#label"),
        (
            "concepts.ttl",
            "skos/core#definition",
            "skos/core#prefLabel",
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("ontology")
            .join(file);
        let quads = parse(&path);
        for term in own_terms(file) {
            let has = |end: &str| {
                quads.iter().any(|quad| {
                    quad.subject.to_string() == term && quad.predicate.as_str().ends_with(end)
                })
            };
            assert!(has(label), "{term} has no label");
            assert!(
                has(comment) || term.ends_with("s>"),
                "{term} has no definition"
            );
        }
    }
}

#[test]
fn turtle_is_sorted_below_each_heading() {
    for file in ["core.ttl", "concepts.ttl", "mappings.ttl"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("ontology")
            .join(file);
        let text = fs::read_to_string(path).unwrap();
        let prefixes: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("@prefix"))
            .collect();
        assert!(prefixes.is_sorted(), "{file}");
        for section in text.split("\n# ") {
            let scheme = |line: &&str| line.contains(" a skos:ConceptScheme");
            let subjects: Vec<&str> = section
                .lines()
                .filter(|line| line.starts_with("cg:") && !scheme(line))
                .filter_map(|line| line.split(' ').next())
                .collect();
            assert!(subjects.is_sorted(), "{file}: {subjects:?}");
        }
    }
}

#[test]
fn every_query_and_check_file_is_built_in() {
    let names: Vec<&str> = ontology::queries().iter().map(|query| query.name).collect();
    assert_eq!(
        names,
        files("queries", ".rq").into_keys().collect::<Vec<_>>()
    );
    let names: Vec<&str> = ontology::checks().iter().map(|check| check.name).collect();
    assert_eq!(
        names,
        files("checks", ".rq").into_keys().collect::<Vec<_>>()
    );
}

#[test]
fn every_query_says_what_it_asks_and_returns() {
    let store = load(&files("examples", ".trig")["chain"]);
    for query in ontology::queries() {
        assert!(query.question.ends_with('?'), "{}", query.name);
        let prepared = SparqlEvaluator::new().parse_query(query.text).unwrap();
        let QueryResults::Solutions(rows) = prepared.on_store(&store).execute().unwrap() else {
            panic!("{} is not a SELECT", query.name)
        };
        let columns: Vec<&str> = rows
            .variables()
            .iter()
            .map(|column| column.as_str())
            .collect();
        assert_eq!(columns, query.columns, "{}", query.name);
        for parameter in &query.parameters {
            assert!(
                query.text.contains(&format!("?{}", parameter.name)),
                "{}",
                query.name
            );
            assert!(
                parameter.term(parameter.example).is_some(),
                "{}",
                query.name
            );
            // Bound the way the store binds it, the query must still be well formed.
            let value = parameter.term(parameter.example).unwrap();
            select(&store, &bound(query.text, parameter.name, &value));
        }
        let declared = query.text.matches("# parameters: ").count();
        let none = usize::from(query.text.contains("# parameters: none"));
        assert_eq!(query.parameters.len(), declared - none, "{}", query.name);
        assert!(query.text.contains("\n# graphs: "), "{}", query.name);
    }
}

fn bound(text: &str, name: &str, value: &Term) -> String {
    text.replacen(
        "WHERE {",
        &format!("WHERE {{ VALUES ?{name} {{ {value} }}"),
        1,
    )
}

fn query(name: &str) -> &'static ontology::NamedQuery {
    ontology::queries()
        .iter()
        .find(|query| query.name == name)
        .unwrap()
}

#[test]
fn good_examples_pass_every_check() {
    for path in files("examples", ".trig").values() {
        assert_eq!(
            violations(&load(path)),
            BTreeMap::new(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_check_is_fired_by_its_invalid_example_alone() {
    let examples = files("examples/invalid", ".trig");
    let checks: Vec<&str> = ontology::checks().iter().map(|check| check.name).collect();
    assert_eq!(checks, examples.keys().collect::<Vec<_>>());
    for (name, path) in &examples {
        let found = violations(&load(path));
        assert_eq!(found.keys().collect::<Vec<_>>(), [name], "{found:?}");
    }
}

#[test]
fn every_shape_has_a_check() {
    let checks: Vec<&str> = ontology::checks().iter().map(|check| check.name).collect();
    for (name, path) in files("shapes", ".shapes.ttl") {
        let prefix = format!("{name}-");
        assert!(
            checks.iter().any(|check| check.starts_with(&prefix)),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_example_answers_who_carried_and_who_said() {
    let store = load(&files("examples", ".trig")["chain"]);
    let rows = select(&store, query("carriers").text);
    assert!(!rows.is_empty());
    let column = |name: &str, row: &QuerySolution| match row.get(name) {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(column("outletName", &rows[0]), "Harbour Herald");
    assert_eq!(column("sourceName", &rows[0]), "Ada Okoye");
    let chain: Vec<String> = select(&store, query("chain").text)
        .iter()
        .map(|row| column("sourceName", row))
        .collect();
    assert_eq!(chain, ["Harbour Herald", "Coast News", "Ada Okoye"]);
    let numbers = query("numbers");
    let unit = |unit: &str| {
        let value = numbers.parameters[0].term(unit).unwrap();
        select(&store, &bound(numbers.text, "unit", &value)).len()
    };
    assert_eq!((unit("JOBS"), unit("ships")), (1, 0));
    let carriers = query("carriers");
    let outlet = |outlet: &str| {
        let value = carriers.parameters[1].term(outlet).unwrap();
        select(&store, &bound(carriers.text, "outlet", &value)).len()
    };
    assert_eq!((outlet("harbour-herald"), outlet("other")), (1, 0));
}

#[test]
fn examples_use_only_terms_that_exist() {
    let known: BTreeSet<String> = own_terms("core.ttl")
        .union(&own_terms("concepts.ttl"))
        .cloned()
        .collect();
    for path in files("examples", ".trig").values() {
        for quad in parse(path) {
            let own = |node: &NamedNode| {
                !node.as_str().starts_with(vocab::cg::NAMESPACE)
                    || known.contains(&node.to_string())
            };
            assert!(own(&quad.predicate), "{}", quad.predicate);
            if let Term::NamedNode(node) = &quad.object {
                assert!(own(node), "{node}");
            }
            assert_ne!(quad.graph_name, GraphName::DefaultGraph);
        }
    }
}

/// The example article, analysed by hand.
fn example() -> (Analysis, Claim) {
    let text = "Up to 1,200 jobs will go at the yard, its spokeswoman Ada Okoye said after a \
                meeting with the union, Coast News reported.";
    let snapshot = SnapshotId::of(text);
    let cut = |words: &str| {
        let start = text.find(words).unwrap();
        Passage::cut(text, Span::new(start, start + words.len()))
    };
    let agent = |name: &str, kind| Agent {
        id: AgentId::named(name),
        name: name.to_owned(),
        kind,
        aliases: Vec::new(),
        role: None,
        represents: None,
    };
    let link = |depth, agent: &Agent, words: Option<(&str, &str)>| {
        let surface = words.map(|(surface, _)| cut(surface));
        Link {
            depth,
            source: agent.name.clone(),
            kind: agent.kind,
            id: agent.id.clone(),
            start: surface.as_ref().map(|surface| surface.start),
            end: surface.as_ref().map(|surface| surface.end),
            surface: surface.map(|surface| surface.text),
            cue: words.map(|(_, cue)| cut(cue)),
            addressee: None,
            during: None,
        }
    };
    let herald = agent("Harbour Herald", AgentKind::Outlet);
    let coast = agent("Coast News", AgentKind::Outlet);
    let yard = agent("The yard", AgentKind::Organisation);
    let mut okoye = agent("Ada Okoye", AgentKind::Person);
    okoye.role = Some("spokeswoman".to_owned());
    okoye.represents = Some(yard.id.clone());

    let event = Event {
        id: EventId::from_local("meeting-yard"),
        kind: "meeting".to_owned(),
        label: "meeting".to_owned(),
        date: None,
        participants: vec![yard.id.clone()],
        place: None,
        evidence: cut("meeting with the union"),
        anchors: vec![cut("meeting with the union")],
    };
    let words = cut("Up to 1,200 jobs");
    let quantity = Quantity {
        text: words.text.clone(),
        value: 1200.0,
        min: None,
        max: Some(1200.0),
        unit: "jobs".to_owned(),
        bound: Bound::Max,
        approximate: false,
        start: words.start,
        end: words.end,
    };
    let content = cut("Up to 1,200 jobs will go at the yard");
    let mention = Mention {
        id: MentionId::new(&snapshot, content.span()),
        layer: Layer::Body,
        parts: vec![content.clone()],
        content: content.clone(),
        sentence: Span::new(0, text.len()),
        speech: Speech::Indirect,
        chain: vec![
            link(0, &herald, None),
            link(1, &coast, Some(("Coast News", "reported"))),
            link(2, &okoye, Some(("its spokeswoman Ada Okoye", "said"))),
        ],
        stance: Stance::Reports,
        denies: None,
        modality: Modality {
            certainty: Certainty::Certain,
            polarity: Polarity::Positive,
            tense: Tense::Future,
        },
        quantities: vec![quantity.clone()],
        events: vec![event.id.clone()],
        signature: "1200 go job yard".to_owned(),
        confidence: 0.9,
        rule: "attribution/example".to_owned(),
    };
    let claim = Claim {
        id: ClaimId::from_local("0123456789abcdef"),
        label: "up to 1,200 jobs will go".to_owned(),
        text: content.text,
        quantities: vec![quantity],
        mentions: vec![mention.id.clone()],
        forwards: vec![ClaimId::from_local("fedcba9876543210")],
    };
    let analysis = Analysis {
        outlets: Vec::new(),
        article: Article {
            id: ArticleId::from_local("example"),
            path: "yard.txt".to_owned(),
            outlet: Some(herald.name.clone()),
            outlet_id: Some(herald.id.clone()),
            published: Some(jiff::civil::date(2024, 3, 1)),
            headline: Some("Yard to cut jobs".to_owned()),
            url: Some("https://example.org/yard".to_owned()),
            authors: vec!["Ann Author".to_owned()],
            credit: Some("Coast News".to_owned()),
            snapshot,
        },
        snapshot_bytes: text.len(),
        sketch: Sketch::of(text),
        paragraphs: vec![Span::new(0, text.len())],
        encoding_format: "text/plain".to_owned(),
        about: Default::default(),
        raw_sha256: None,
        provenance: Some(Provenance {
            container: "coast.jsonl.gz".to_owned(),
            offset: Some(48_211),
            line: Some(17),
            item: Some(17),
            id: Some("yard-1".to_owned()),
            captured: "2024-03-02T06:30:00Z".parse().ok(),
        }),
        citations: vec![Citation {
            document: DocumentId::from_local("coast-news-report"),
            publisher: Some(coast.id.clone()),
            title: None,
            role: CitationRole::Source,
            url: None,
            evidence: cut("Coast News reported"),
        }],
        mentions: vec![mention],
        agents: vec![okoye, coast, herald, yard],
        events: vec![event],
    };
    (analysis, claim)
}

/// Describes the example with its claim and a relation to another claim's node.
fn described_example() -> Vec<Quad> {
    let (analysis, claim) = example();
    let mention = &analysis.mentions[0];
    let facts = MentionFacts {
        id: mention.id.clone(),
        article: analysis.article.id.clone(),
        snapshot: analysis.article.snapshot.clone(),
        text: mention.content.text.clone(),
        signature: mention.signature.clone(),
        layer: mention.layer,
        stance: mention.stance,
        denies: mention.denies,
        quantities: mention.quantities.clone(),
        chain_length: mention.chain.len(),
        ultimate_source: mention.chain[2].id.clone(),
    };
    let relation = Relation {
        to: claim.id.clone(),
        kind: RelationKind::VariantOf,
        why: "the same words".to_owned(),
        score: 0.5,
    };
    let mut quads = describe::analysis(&analysis);
    quads.extend(describe::claim(&claim, &[&facts], &[relation]));
    quads
}

fn trig(quads: &[Quad]) -> String {
    let mut serializer = RdfSerializer::from_format(RdfFormat::TriG);
    for (name, namespace) in [
        ("cg", vocab::cg::NAMESPACE),
        ("cito", vocab::cito::NAMESPACE),
        ("grasp", vocab::grasp::NAMESPACE),
        ("oa", vocab::oa::NAMESPACE),
        ("prov", vocab::prov::NAMESPACE),
        ("rdf", vocab::rdf::NAMESPACE),
        ("rdfs", vocab::rdfs::NAMESPACE),
        ("schema", vocab::schema::NAMESPACE),
        ("sem", vocab::sem::NAMESPACE),
        ("xsd", vocab::xsd::NAMESPACE),
    ] {
        serializer = serializer.with_prefix(name, namespace).unwrap();
    }
    let mut serializer = serializer.for_writer(Vec::new());
    for quad in quads {
        serializer.serialize_quad(quad).unwrap();
    }
    String::from_utf8(serializer.finish().unwrap()).unwrap()
}

#[test]
fn the_example_is_what_describing_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/examples/chain.trig");
    // The run id changes with every word list.
    let described = trig(&described_example()).replace(describe::run_id(), "example");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &described).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), described);
}

#[test]
fn a_mention_costs_at_most_25_quads_beside_its_claim() {
    let (mut analysis, _) = example();
    let full = describe::analysis(&analysis).len();
    analysis.mentions[0].chain.truncate(2);
    analysis.mentions[0].quantities.clear();
    analysis.mentions[0].events.clear();
    let plain = describe::analysis(&analysis).len();
    analysis.mentions.clear();
    let without = describe::analysis(&analysis).len();
    assert!(plain - without <= 25, "{}", plain - without);
    assert!(full - without <= 38, "{}", full - without);
}
