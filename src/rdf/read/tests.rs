//! Describing and reading back are inverse, in memory and through Oxigraph.

use oxigraph::store::Store;
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::{
    claim::copy::{Direction, Reprint},
    id::DocumentId,
    mention::{
        AgentKind, Bound, Certainty, Citation, CitationRole, Denies, Layer, Link, Mention,
        Modality, Polarity, Provenance, Quantity, Speech, Stance, Tense,
    },
    rdf::{describe, iri},
    sketch::Sketch,
    span::{Passage, Span},
};

const TEXT: &str = "Überraschend sagte der Sprecher der Werft am Freitag, “bis zu 1.200 Stellen” \
                    fielen weg; die Gewerkschaft bestreitet das, wie die Zeitung berichtet.";

fn span() -> impl Strategy<Value = Span> {
    let boundaries: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).collect();
    (select(boundaries.clone()), select(boundaries))
        .prop_map(|(a, b)| Span::new(a.min(b), a.max(b)))
}

fn passage() -> impl Strategy<Value = Passage> {
    span().prop_map(|span| Passage::cut(TEXT, span))
}

fn agent_id() -> impl Strategy<Value = AgentId> {
    select(vec!["Ada Okoye", "Hafenblatt", "the yard", "Ö"]).prop_map(AgentId::named)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(-0.0),
        (-1_000_000_i32..1_000_000).prop_map(f64::from),
        0.0..1.0,
        any::<f64>().prop_filter("a number", |value| !value.is_nan()),
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let numbers = (number(), option::of(number()), option::of(number()));
    let rest = (
        select(Bound::ALL),
        any::<bool>(),
        select(vec!["", "jobs", "US\"$"]),
    );
    (span(), numbers, rest).prop_map(|(span, (value, min, max), (bound, approximate, unit))| {
        Quantity {
            text: span.of(TEXT).to_owned(),
            value,
            min,
            max,
            unit: unit.to_owned(),
            bound,
            approximate,
            start: span.start,
            end: span.end,
        }
    })
}

fn link() -> impl Strategy<Value = Link> {
    let places = (option::of(passage()), option::of(passage()));
    (
        agent_id(),
        select(AgentKind::ALL),
        "\\PC{1,12}",
        places,
        (option::of(agent_id()), option::of("[a-z]{1,8}")),
    )
        .prop_map(
            |(id, kind, source, (surface, cue), (addressee, during))| Link {
                depth: 0,
                source,
                kind,
                id,
                start: surface.as_ref().map(|surface| surface.start),
                end: surface.as_ref().map(|surface| surface.end),
                surface: surface.map(|surface| surface.text),
                cue,
                addressee,
                during: during.map(EventId::from_local),
            },
        )
}

fn mention() -> impl Strategy<Value = Mention> {
    let modality = (
        select(Certainty::ALL),
        select(Polarity::ALL),
        select(Tense::ALL),
    )
        .prop_map(|(certainty, polarity, tense)| Modality {
            certainty,
            polarity,
            tense,
        });
    let terms = (
        select(Layer::ALL),
        select(Speech::ALL),
        select(Stance::ALL),
        option::of(select(Denies::ALL)),
        modality,
    );
    let places = (
        vec(passage(), 1..4),
        span(),
        vec(link(), 1..5),
        vec(quantity(), 0..4),
    );
    let rest = (
        number(),
        "\\PC{0,20}",
        "[a-z/-]{0,20}",
        vec("[a-z]{1,8}", 0..3),
    );
    (terms, places, rest).prop_map(
        |(
            (layer, speech, stance, denies, modality),
            (mut parts, sentence, mut chain, mut quantities),
            (confidence, signature, rule, events),
        )| {
            parts.sort_by_key(|part| (part.start, part.end));
            parts.dedup();
            let whole = parts.iter().map(Passage::span).reduce(Span::cover).unwrap();
            for (depth, link) in chain.iter_mut().enumerate() {
                link.depth = depth;
            }
            quantities.sort_by_key(|quantity| (quantity.start, quantity.end));
            quantities.dedup_by_key(|quantity| (quantity.start, quantity.end));
            let mut events: Vec<EventId> = events.into_iter().map(EventId::from_local).collect();
            events.sort();
            events.dedup();
            Mention {
                id: MentionId::new(&SnapshotId::of(TEXT), whole),
                layer,
                content: Passage::cut(TEXT, whole),
                parts,
                sentence,
                speech,
                chain,
                stance,
                denies,
                modality,
                quantities,
                events,
                signature,
                confidence,
                rule,
            }
        },
    )
}

/// An analysis around `mentions`, with every optional field of the article filled in.
fn analysis(mentions: Vec<Mention>) -> Analysis {
    Analysis {
        article: Article {
            id: ArticleId::from_local("a1"),
            path: "Ordner/a b.txt".to_owned(),
            outlet: Some("Hafenblatt".to_owned()),
            outlet_id: Some(AgentId::named("Hafenblatt")),
            published: Some(jiff::civil::date(2024, 3, 1)),
            headline: Some("Werft streicht “Stellen”".to_owned()),
            url: Some("https://example.org/?a=b|c d".to_owned()),
            authors: vec!["Zoe Z".to_owned(), "Ann A".to_owned()],
            credit: Some("dpa".to_owned()),
            snapshot: SnapshotId::of(TEXT),
        },
        snapshot_bytes: TEXT.len(),
        outlets: Vec::new(),
        sketch: Sketch::of(TEXT),
        paragraphs: vec![Span::new(0, 20), Span::new(21, TEXT.len())],
        encoding_format: "text/html".to_owned(),
        about: Default::default(),
        raw_sha256: Some(crate::id::sha256_hex(b"<p>")),
        provenance: Some(Provenance {
            container: "a.wacz!/archive/1.warc.gz".to_owned(),
            offset: Some(4711),
            line: Some(3),
            item: Some(2),
            id: Some("urn:uuid:1".to_owned()),
            captured: Some(jiff::Timestamp::from_millisecond(1_709_280_000_250).unwrap()),
        }),
        mentions,
        agents: vec![Agent {
            id: AgentId::named("Ada Okoye"),
            name: "Ada Okoye".to_owned(),
            kind: AgentKind::Person,
            aliases: vec!["Okoye".to_owned()],
            role: Some("spokeswoman".to_owned()),
            represents: Some(AgentId::named("the yard")),
        }],
        events: vec![Event {
            id: EventId::from_local("e1"),
            kind: "strike".to_owned(),
            label: "strike, 2024-02-29".to_owned(),
            date: Some(jiff::civil::date(2024, 2, 29)),
            participants: vec![AgentId::named("Ada Okoye")],
            place: Some("the yard".to_owned()),
            evidence: Passage::cut(TEXT, Span::new(14, 19)),
            anchors: vec![
                Passage::cut(TEXT, Span::new(14, 19)),
                Passage::cut(TEXT, Span::new(20, 23)),
            ],
        }],
        citations: vec![Citation {
            document: DocumentId::from_local("d1"),
            publisher: Some(AgentId::named("Hafenblatt")),
            title: Some("die Zeitung".to_owned()),
            role: CitationRole::Credit,
            url: Some("https://hafenblatt.example/a/1".to_owned()),
            evidence: Passage::cut(TEXT, Span::new(14, 19)),
        }],
    }
}

/// The same graph as Oxigraph keeps it, with its own spelling of numbers.
struct InStore(Store);

impl InStore {
    fn of(quads: &[Quad]) -> Self {
        let store = Store::new().unwrap();
        store.extend(quads.iter().cloned()).unwrap();
        Self(store)
    }
}

impl QuadSource for InStore {
    fn matching(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Vec<Quad> {
        self.0
            .quads_for_pattern(
                subject.map(Into::into),
                predicate.map(Into::into),
                object.map(Into::into),
                None,
            )
            .map(Result::unwrap)
            .collect()
    }
}

proptest! {
    #[test]
    fn every_field_of_a_mention_survives(mention in mention()) {
        let analysis = analysis(vec![mention.clone()]);
        let quads = describe::analysis(&analysis);
        let in_store = InStore::of(&quads);
        let in_memory: Quads = quads.into_iter().collect();
        for source in [&in_store as &dyn QuadSource, &in_memory] {
            let record = super::mention(source, &mention.id).unwrap();
            prop_assert_eq!(&record.mention, &mention);
            let signs = |mention: &Mention| -> Vec<bool> {
                mention.quantities.iter().map(|q| q.value.is_sign_negative()).collect()
            };
            prop_assert_eq!(signs(&record.mention), signs(&mention));
            prop_assert_eq!(&record.article, &analysis.article);
            prop_assert_eq!(record.claim, None);
        }
    }

    #[test]
    fn reading_survives_a_graph_with_holes(mention in mention(), keep in vec(any::<bool>(), 120)) {
        let mut kept = keep.iter().cycle();
        let quads = describe::analysis(&analysis(vec![mention.clone()]));
        let quads: Quads = quads.into_iter().filter(|_| *kept.next().unwrap()).collect();
        let _ = (super::mention(&quads, &mention.id), analyses(&quads));
    }

    #[test]
    fn any_string_makes_a_valid_iri(text in "\\PC{0,40}") {
        let node = iri::node(crate::id::AgentId::from_local(&text).iri());
        prop_assert!(NamedNode::new(node.as_str()).is_ok());
    }
}

fn sample() -> Mention {
    let unknown = AgentId::unnamed(&SnapshotId::of(TEXT), "outlet");
    let content = Passage::cut(TEXT, Span::new(59, 83));
    Mention {
        id: MentionId::new(&SnapshotId::of(TEXT), content.span()),
        layer: Layer::Body,
        parts: vec![content.clone()],
        content,
        sentence: Span::new(0, TEXT.len()),
        speech: Speech::Direct,
        chain: vec![Link {
            depth: 0,
            source: "unknown".to_owned(),
            kind: AgentKind::Outlet,
            id: unknown,
            surface: None,
            start: None,
            end: None,
            cue: None,
            addressee: None,
            during: None,
        }],
        stance: Stance::Reports,
        denies: None,
        modality: Modality {
            certainty: Certainty::Certain,
            polarity: Polarity::Positive,
            tense: Tense::NonFuture,
        },
        quantities: Vec::new(),
        events: vec![EventId::from_local("e1")],
        signature: "cut job yard".to_owned(),
        confidence: 0.9,
        rule: "test".to_owned(),
    }
}

#[test]
fn a_whole_analysis_survives() {
    let mut analysis = analysis(vec![sample()]);
    let source: Quads = describe::analysis(&analysis).into_iter().collect();
    analysis.agents.push(Agent::new(
        sample().chain[0].id.clone(),
        "unknown",
        AgentKind::Outlet,
    ));
    assert_eq!(analyses(&source), [analysis.clone()]);
    assert_eq!(
        agent(&source, &AgentId::named("Ada Okoye")),
        analysis.agents.first().cloned()
    );
    assert_eq!(
        mention_ids(&source, Some(&analysis.article.id)),
        [sample().id]
    );
    assert_eq!(mention_ids(&source, None), [sample().id]);
    assert_eq!(
        mention_ids(&source, Some(&ArticleId::from_local("other"))),
        []
    );
    assert_eq!(
        super::mention(&source, &MentionId::from_local("other")),
        None
    );
}

#[test]
fn a_chain_that_runs_in_a_circle_ends() {
    let mut mention = sample();
    mention.chain.push(Link {
        depth: 1,
        ..mention.chain[0].clone()
    });
    let mut quads = describe::analysis(&analysis(vec![mention.clone()]));
    let (first, last) = (
        iri::attribution(&mention.id, 0),
        iri::attribution(&mention.id, 1),
    );
    let graph = iri::run_graph(&SnapshotId::of(TEXT), describe::run_id());
    quads.push(Quad::new(last, cg::CONVEYS.into_owned(), first, graph));
    let source: Quads = quads.into_iter().collect();
    assert_eq!(
        super::mention(&source, &mention.id).unwrap().mention,
        mention
    );
}

#[test]
fn an_expanded_span_points_at_the_same_words_by_bytes_and_by_characters() {
    use crate::{article::Snapshot, rdf::vocab::oa};
    let quads = describe::analysis(&analysis(vec![sample()]));
    let held =
        |sha: &str| (sha == SnapshotId::of(TEXT).as_str()).then(|| Snapshot::new(TEXT.to_owned()));
    let quads: Quads = describe::expand(quads, &held).into_iter().collect();
    let content = sample().content;
    let span = iri::span(&SnapshotId::of(TEXT), content.span());
    let selector = |name| Node::of(&quads, iri::node(format!("{};{name}", span.as_str())));
    assert_eq!(selector("octets").integer(oa::START), Some(content.start));
    let characters = selector("characters");
    let (start, end) = (characters.integer(oa::START), characters.integer(oa::END));
    let length = end.unwrap() - start.unwrap();
    let words: String = TEXT.chars().skip(start.unwrap()).take(length).collect();
    assert_eq!(words, content.text);
    let quote = selector("quote");
    let (prefix, suffix) = (
        quote.text(oa::PREFIX).unwrap(),
        quote.text(oa::SUFFIX).unwrap(),
    );
    assert_eq!(quote.text(oa::EXACT), Some(content.text.clone()));
    assert!(TEXT.contains(&format!("{prefix}{}{suffix}", content.text)));
    assert_eq!(Node::of(&quads, span).text(oa::EXACT), None);
}

#[test]
fn a_claim_is_found_from_its_mention_and_closes_the_chain() {
    use crate::claim::{Claim, MentionFacts};
    let mention = sample();
    let claim = Claim {
        id: ClaimId::from_local("c1"),
        label: "jobs go".to_owned(),
        text: "Up to 1,200 jobs go".to_owned(),
        quantities: Vec::new(),
        mentions: vec![mention.id.clone()],
        forwards: vec![ClaimId::from_local("c2")],
    };
    let facts = MentionFacts {
        id: mention.id.clone(),
        article: ArticleId::from_local("a1"),
        snapshot: SnapshotId::of(TEXT),
        text: mention.content.text.clone(),
        signature: String::new(),
        layer: mention.layer,
        stance: mention.stance,
        denies: None,
        quantities: Vec::new(),
        chain_length: 1,
        ultimate_source: mention.chain[0].id.clone(),
    };
    let mut quads = describe::analysis(&analysis(vec![mention.clone()]));
    quads.extend(describe::claim(&claim, &[&facts], &[]));
    let source: Quads = quads.into_iter().collect();
    let record = super::mention(&source, &mention.id).unwrap();
    assert_eq!(record.mention, mention);
    assert_eq!(
        record.claim.map(|claim| claim.label),
        Some("jobs go".to_owned())
    );
    let last = Node::of(&source, iri::attribution(&mention.id, 0));
    assert_eq!(last.iri(cg::CONVEYS), Some(claim.id.iri().as_str()));
}

#[test]
fn a_copy_reads_back_with_what_was_cut_and_added() {
    let id = |name: &str| SnapshotId::of(name);
    let texts = [
        "The ferry stops. Nobody knew.",
        "The ferry stops. It was old.",
    ];
    for (direction, is_copy) in [
        (Direction::Credit, true),
        (Direction::Agency, true),
        (Direction::Fuller, true),
        (Direction::Unknown, true),
        (Direction::Unknown, false),
    ] {
        let reprint = Reprint {
            copy: ArticleId::from_local("b"),
            original: ArticleId::from_local("a"),
            snapshots: (id(texts[0]), id(texts[1])),
            containment: 0.5,
            words: 41,
            direction,
            is_copy,
            credit: (direction == Direction::Agency).then(|| "Harbour Agency".to_owned()),
            reordered: is_copy,
            cut: vec![Span::new(17, 28), Span::new(4, 9)],
            added: vec![Span::new(17, 29)],
        };
        let quads = describe::reprint(&reprint, &texts.map(str::to_owned));
        let source: Quads = quads.into_iter().collect();
        let mut expected = reprint.clone();
        expected.cut.sort();
        let article = ArticleId::from_local("a");
        assert_eq!(copies(&source, Some(&article)), [expected.clone()]);
        assert_eq!(copies(&source, None), [expected]);
        assert_eq!(reprints(&source, &article).len(), usize::from(is_copy));
    }
}
