//! Layers against a plain set of quads, and SPARQL over them against Oxigraph's own dataset.

use std::{collections::BTreeMap, io::Cursor};

use oxigraph::{
    model::{Dataset, GraphName, Literal, Quad, Term, vocab::xsd},
    sparql::{QueryResults, SparqlEvaluator},
};
use proptest::prelude::*;

use super::{node, quad};
use crate::{
    rdf::read::QuadSource,
    store::{
        batch::{self, Batch},
        dataset::View,
        image::Image,
        stack::Stack,
        taken::Taken,
    },
};

fn any_term() -> impl Strategy<Value = Term> {
    prop_oneof![
        4 => (0..5usize).prop_map(|n| node(&format!("n{n}")).into()),
        1 => Just(Literal::from("a").into()),
        1 => Just(Literal::new_typed_literal("1", xsd::INTEGER).into()),
        1 => Just(Literal::new_typed_literal("01", xsd::INTEGER).into()),
        1 => Just(Literal::new_typed_literal("2.5", xsd::DECIMAL).into()),
        1 => Just(Literal::new_language_tagged_literal_unchecked("a", "en").into()),
        1 => Just(Literal::new_language_tagged_literal_unchecked("a", "en-gb").into()),
        1 => Just(Literal::from("a \"quoted\"\nline").into()),
    ]
}

fn any_quad() -> impl Strategy<Value = Quad> {
    let graph = prop_oneof![Just(""), Just("g1"), Just("g2"), Just("n1")];
    (0..5usize, 0..3usize, any_term(), graph)
        .prop_map(|(s, p, o, g)| quad(&format!("n{s}"), &format!("p{p}"), o, g))
}

/// One layer to come: what goes, what comes, and at which height to merge afterwards.
type Step = (Vec<Quad>, Vec<Quad>, Option<usize>);

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let quads = || proptest::collection::vec(any_quad(), 0..14);
    let step = (quads(), quads(), proptest::option::of(0..4usize));
    proptest::collection::vec(step, 1..6)
}

fn build(steps: &[Step]) -> (Stack, BTreeMap<String, Quad>) {
    let mut stack = Stack::default();
    let mut model = BTreeMap::new();
    for (gone, come, merge_at) in steps {
        let mut batch = Batch::new(stack.clone());
        batch.remove(&Taken::of(gone));
        for quad in gone {
            model.remove(&quad.to_string());
        }
        batch.add(&Taken::of(come));
        for quad in come {
            model.insert(quad.to_string(), quad.clone());
        }
        stack.push(batch.into_image().unwrap());
        if let Some(height) = merge_at.filter(|height| *height < stack.layers().len()) {
            let bytes = batch::merge(&stack, height, Cursor::new(Vec::new())).unwrap();
            stack.truncate(height);
            let image = Image::in_memory(&bytes.into_inner()).unwrap();
            assert!(image.is_intact());
            stack.push(image);
        }
    }
    (stack, model)
}

const QUERIES: &[&str] = &[
    "SELECT * { ?s ?p ?o }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT DISTINCT ?g { GRAPH ?g { } }",
    "SELECT * { GRAPH <https://example.org/g1> { ?s <https://example.org/p1> ?o } }",
    "SELECT * { GRAPH <https://example.org/none> { ?s ?p ?o } }",
    "SELECT * { ?s <https://example.org/p0> ?o . ?o ?q ?r }",
    "SELECT * { <https://example.org/n1> ?p ?o OPTIONAL { ?o ?q ?r } }",
    "SELECT * { ?s ?p 1 }",
    "SELECT * { ?s ?p ?o FILTER(?o = 1) }",
    "SELECT * { ?s ?p ?o BIND(?o + 1 AS ?more) }",
    "SELECT ?p (SUM(?o) AS ?sum) { ?s ?p ?o FILTER(isNumeric(?o)) } GROUP BY ?p",
    "SELECT * { ?s (<https://example.org/p0>|<https://example.org/p1>)+ ?o }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?o ?q ?s } }",
    "SELECT * { ?s ?p ?o MINUS { ?s <https://example.org/p2> ?o } }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER(?g != ?h) }",
    "SELECT * { GRAPH ?g { ?g ?p ?o } }",
    "SELECT * FROM <https://example.org/g1> { ?s ?p ?o }",
    "SELECT * FROM NAMED <https://example.org/g2> { GRAPH ?g { ?s ?p ?o } }",
    "ASK { <https://example.org/n0> ?p \"a\"@en }",
    "CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(isIRI(?o)) }",
    "DESCRIBE <https://example.org/n2>",
];

/// The results of a query as sorted lines.
fn rows(results: QueryResults<'_>) -> Vec<String> {
    let mut rows: Vec<String> = match results {
        QueryResults::Boolean(answer) => vec![answer.to_string()],
        QueryResults::Graph(triples) => triples.map(|t| t.unwrap().to_string()).collect(),
        QueryResults::Solutions(solutions) => solutions
            .map(|row| {
                let row = row.unwrap();
                let mut row: Vec<String> = row.iter().map(|(v, t)| format!("{v}={t}")).collect();
                row.sort_unstable();
                row.join(" ")
            })
            .collect(),
    };
    rows.sort_unstable();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn layers_hold_what_a_plain_set_holds(steps in any_steps()) {
        let (stack, model) = build(&steps);
        prop_assert_eq!(stack.len(), model.len());
        let all = View(&stack).matching(None, None, None);
        let mut lines: Vec<String> = all.iter().map(ToString::to_string).collect();
        // One layer made at once gives the same quads in the same order.
        let (alone, _) = build(&[(vec![], model.values().cloned().collect(), None)]);
        prop_assert_eq!(&all, &View(&alone).matching(None, None, None));
        lines.sort_unstable();
        prop_assert_eq!(lines, model.keys().cloned().collect::<Vec<_>>());
        for probe in steps.iter().flat_map(|(gone, come, _)| gone.iter().chain(come)) {
            let (s, p, o) = (&probe.subject, &probe.predicate, &probe.object);
            for mask in 0..8 {
                let given = [mask & 1 != 0, mask & 2 != 0, mask & 4 != 0];
                let found = View(&stack).matching(
                    given[0].then_some(s), given[1].then_some(p), given[2].then_some(o),
                );
                let wanted = model.values().filter(|quad| {
                    (!given[0] || quad.subject == *s)
                        && (!given[1] || quad.predicate == *p)
                        && (!given[2] || quad.object == *o)
                }).count();
                prop_assert_eq!(found.len(), wanted);
            }
        }
    }

    #[test]
    fn queries_answer_as_over_oxigraphs_own_dataset(steps in any_steps()) {
        let (stack, model) = build(&steps);
        let mut reference = Dataset::new();
        for quad in model.values() {
            reference.insert(quad);
            // The default graph is the union of all graphs as a set.
            reference.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() });
        }
        for sparql in QUERIES {
            let parsed = || SparqlEvaluator::new().parse_query(sparql).unwrap();
            let ours = parsed().on_queryable_dataset(View(&stack)).execute().unwrap();
            let theirs = parsed().on_queryable_dataset(&reference).execute().unwrap();
            prop_assert_eq!(rows(ours), rows(theirs), "{}", sparql);
        }
    }

    #[test]
    fn quads_are_written_in_the_order_of_their_lines(
        quads in proptest::collection::vec(any_quad(), 0..40),
    ) {
        let mut lines: Vec<String> = quads.iter().map(|quad| format!("{quad} .\n")).collect();
        lines.sort_unstable();
        lines.dedup();
        prop_assert_eq!(Taken::of(&quads).nquads(), lines.concat());
    }

    #[test]
    fn a_damaged_layer_never_panics(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut batch = Batch::new(Stack::default());
        for number in 0..20 {
            for quad in super::article(number, 3).1 {
                batch.add(&Taken::of([&quad]));
            }
        }
        let mut bytes = batch.write(Cursor::new(Vec::new())).unwrap().into_inner();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        if let Ok(image) = Image::in_memory(&bytes) {
            prop_assert!(!image.is_intact() || is_padding(&bytes, place));
            let mut stack = Stack::default();
            stack.push(image);
            let _ = View(&stack).matching(None, None, None);
            for sparql in QUERIES {
                let results = SparqlEvaluator::new().parse_query(sparql).unwrap()
                    .on_queryable_dataset(View(&stack)).execute();
                if let Ok(QueryResults::Solutions(solutions)) = results {
                    let _ = solutions.count();
                }
            }
        }
    }
}

/// Says whether the byte lies between two sections, where nothing is read.
fn is_padding(bytes: &[u8], place: usize) -> bool {
    let length = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let (header, term_bytes) = (80, length(40));
    (header + term_bytes..(header + term_bytes).next_multiple_of(8)).contains(&place)
}
