//! RDF terms as bytes that sort and compare without being parsed. Knows nothing of files.

use oxigraph::model::{
    BlankNode, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, QuadRef, Term, TermRef,
    vocab::xsd,
};

/// Number of a term, given by the layer that first holds it.
pub(super) type Id = u32;

/// Subject, predicate, object and graph by number.
pub(super) type Ids = [Id; 4];

/// Stands for the default graph in the place of a graph's number.
pub(super) const DEFAULT_GRAPH: Id = Id::MAX;

const BLANK: u8 = b'B';
const IRI: u8 = b'I';
const TAGGED: u8 = b'L';
const PLAIN: u8 = b'S';
const TYPED: u8 = b'T';

/// Writes a term's bytes to `out`, which is emptied first.
pub(super) fn encode(term: TermRef<'_>, out: &mut Vec<u8>) {
    out.clear();
    match term {
        TermRef::NamedNode(node) => put(out, IRI, "", node.as_str()),
        TermRef::BlankNode(node) => put(out, BLANK, "", node.as_str()),
        TermRef::Literal(literal) => match literal.language() {
            Some(language) => put(out, TAGGED, language, literal.value()),
            None if literal.datatype() == xsd::STRING => put(out, PLAIN, "", literal.value()),
            None => put(out, TYPED, literal.datatype().as_str(), literal.value()),
        },
    }
}

fn put(out: &mut Vec<u8>, tag: u8, kind: &str, value: &str) {
    out.push(tag);
    if matches!(tag, TAGGED | TYPED) {
        out.extend_from_slice(kind.as_bytes());
        out.push(0);
    }
    out.extend_from_slice(value.as_bytes());
}

/// Reads a term; `None` when the bytes are not one.
pub(super) fn decode(bytes: &[u8]) -> Option<Term> {
    let (&tag, rest) = bytes.split_first()?;
    let text = std::str::from_utf8(rest).ok()?;
    Some(match tag {
        IRI => NamedNode::new_unchecked(text).into(),
        BLANK => BlankNode::new_unchecked(text).into(),
        PLAIN => Literal::new_simple_literal(text).into(),
        TAGGED => {
            let (language, value) = text.split_once('\0')?;
            Literal::new_language_tagged_literal_unchecked(value, language).into()
        }
        TYPED => {
            let (datatype, value) = text.split_once('\0')?;
            Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into()
        }
        _ => return None,
    })
}

/// Returns the four terms of a quad; `None` stands for the default graph.
pub(super) fn terms(quad: QuadRef<'_>) -> [Option<TermRef<'_>>; 4] {
    [
        Some(quad.subject.into()),
        Some(quad.predicate.into()),
        Some(quad.object),
        match quad.graph_name {
            GraphNameRef::NamedNode(node) => Some(node.into()),
            GraphNameRef::BlankNode(node) => Some(node.into()),
            GraphNameRef::DefaultGraph => None,
        },
    ]
}

/// Puts a quad together; `None` when a term stands where it cannot.
pub(super) fn quad(
    subject: Term,
    predicate: Term,
    object: Term,
    graph: Option<Term>,
) -> Option<Quad> {
    let node = |term| match term {
        Term::NamedNode(node) => Some(NamedOrBlankNode::from(node)),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    };
    let Term::NamedNode(predicate) = predicate else {
        return None;
    };
    Some(Quad {
        subject: node(subject)?,
        predicate,
        object,
        graph_name: match graph {
            Some(graph) => node(graph)?.into(),
            None => oxigraph::model::GraphName::DefaultGraph,
        },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_kind_of_term_survives_the_way_there_and_back() {
        let terms: [Term; 6] = [
            NamedNode::new_unchecked("https://example.org/a").into(),
            BlankNode::new_unchecked("b1").into(),
            Literal::from("plain\nwith \0 and \"quotes\"").into(),
            Literal::new_typed_literal("042", xsd::INTEGER).into(),
            Literal::new_language_tagged_literal_unchecked("Grüße", "de-at").into(),
            Literal::from("").into(),
        ];
        let mut bytes = Vec::new();
        for term in terms {
            encode(term.as_ref(), &mut bytes);
            assert_eq!(decode(&bytes), Some(term));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Some(term) = decode(&bytes) {
                let mut again = Vec::new();
                encode(term.as_ref(), &mut again);
                prop_assert_eq!(decode(&again), Some(term));
            }
        }
    }
}
