//! The graph's own quads: TriG, N-Quads and JSON-LD, with spans as Web Annotation selectors.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
};

use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfSerializer},
    model::{GraphName, NamedOrBlankNode, Quad, Term},
};

use super::{ExportFormat, Selection, select};
use crate::{
    id::{AgentId, ArticleId, BASE, ClaimId, DocumentId, EventId, MentionId, SnapshotId},
    lexicon::outlets::{Outlet, Outlets},
    mention::MentionRecord,
    rdf::{describe, vocab},
    store::Graph,
};

/// Kinds of data that are prefixes of their own.
const KINDS: [&str; 8] = [
    AgentId::KIND,
    ArticleId::KIND,
    "attribution",
    ClaimId::KIND,
    DocumentId::KIND,
    EventId::KIND,
    MentionId::KIND,
    SnapshotId::KIND,
];

/// Writes the selected quads, sorted.
pub(super) fn write(
    graph: &Graph,
    selection: &Selection,
    format: ExportFormat,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut quads = graph.quads();
    if !select::is_everything(selection) {
        quads = reachable(quads, &select::records(graph, selection));
    }
    let snapshot = |name: &str| {
        let id = SnapshotId::from_iri(name).unwrap_or_else(|| SnapshotId::from_local(name));
        graph.snapshot(&id).ok().flatten()
    };
    let mut quads = describe::expand(quads, &snapshot);
    quads.sort_by_cached_key(|quad| (quad.graph_name.to_string(), quad.to_string()));
    quads.dedup();
    serialise(&quads, format, out)
}

fn serialise(quads: &[Quad], format: ExportFormat, out: &mut dyn io::Write) -> io::Result<()> {
    let format = match format {
        ExportFormat::Jsonld => RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        },
        ExportFormat::Nq => RdfFormat::NQuads,
        _ => RdfFormat::TriG,
    };
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in vocab::PREFIXES {
        serializer = serializer
            .with_prefix(prefix, iri)
            .map_err(io::Error::other)?;
    }
    for kind in KINDS {
        serializer = serializer
            .with_prefix(kind, format!("{BASE}{kind}/"))
            .map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(SortedHeader::new(out));
    for quad in quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()?.flush()
}

/// Writes outlets of a registry as Turtle.
///
/// # Errors
///
/// Fails when the writer does.
pub fn registry(outlets: &Outlets, wanted: &[&Outlet], out: &mut dyn io::Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, iri) in vocab::PREFIXES {
        serializer = serializer
            .with_prefix(prefix, iri)
            .map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(SortedHeader::new(out));
    for quad in describe::registry(outlets, wanted) {
        writer.serialize_triple(quad.as_ref())?;
    }
    writer.finish()?.flush()
}

/// Sorts the `@prefix` lines at the head of a file, which the serialiser writes in the order of a
/// hash map.
struct SortedHeader<'a> {
    out: &'a mut dyn io::Write,
    /// What was written so far, while all of it may be header.
    held: Option<Vec<u8>>,
}

impl<'a> SortedHeader<'a> {
    fn new(out: &'a mut dyn io::Write) -> Self {
        Self {
            out,
            held: Some(Vec::new()),
        }
    }
}

impl io::Write for SortedHeader<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(held) = &mut self.held else {
            return self.out.write(bytes);
        };
        held.extend_from_slice(bytes);
        let last = held
            .split(|byte| *byte == b'\n')
            .next_back()
            .unwrap_or_default();
        let is_header = b"@prefix ".starts_with(last) || last.starts_with(b"@prefix ");
        if !is_header {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(held) = self.held.take() {
            let mut lines: Vec<&[u8]> = held.split_inclusive(|byte| *byte == b'\n').collect();
            let header = lines
                .iter()
                .take_while(|line| line.starts_with(b"@prefix "))
                .count();
            lines[..header].sort_unstable();
            self.out.write_all(&lines.concat())?;
        }
        self.out.flush()
    }
}

/// Keeps what the selected mentions lead to; other mentions, their articles and claims are named
/// where a kept node names them, but not described.
fn reachable(quads: Vec<Quad>, records: &[MentionRecord]) -> Vec<Quad> {
    let mut chosen: BTreeSet<String> = BTreeSet::new();
    for record in records {
        chosen.insert(record.mention.id.iri());
        chosen.insert(record.article.id.iri());
        chosen.extend(record.claim.as_ref().map(|claim| claim.id.iri()));
    }
    let mut by_subject: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, quad) in quads.iter().enumerate() {
        let subject = subject_name(&quad.subject);
        by_subject.entry(subject).or_default().push(number);
    }
    let mut open: Vec<String> = chosen.iter().cloned().collect();
    let mut seen = chosen.clone();
    let mut kept = BTreeSet::new();
    while let Some(subject) = open.pop() {
        for &number in by_subject.get(&subject).into_iter().flatten() {
            let quad = &quads[number];
            kept.insert(number);
            let graph = match &quad.graph_name {
                GraphName::NamedNode(name) => Some(name.as_str().to_owned()),
                _ => None,
            };
            for next in object_name(&quad.object).into_iter().chain(graph) {
                let closed = is_bounded(&next) && !chosen.contains(&next);
                if !closed && seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
    }
    let mut number = 0;
    let mut quads = quads;
    quads.retain(|_| {
        number += 1;
        kept.contains(&(number - 1))
    });
    quads
}

/// Says whether nodes of this kind are described only when they are chosen.
fn is_bounded(iri: &str) -> bool {
    MentionId::from_iri(iri).is_some()
        || ArticleId::from_iri(iri).is_some()
        || ClaimId::from_iri(iri).is_some()
}

fn subject_name(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn object_name(object: &Term) -> Option<String> {
    match object {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        Term::BlankNode(node) => Some(node.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::{
        io::RdfParser,
        model::{Literal, NamedNode},
    };

    use super::*;
    use crate::{id::GRAPH_BASE, trace::story::harbour};

    fn quad(subject: &str, object: impl Into<Term>, graph: &str) -> Quad {
        Quad::new(
            NamedNode::new_unchecked(subject),
            NamedNode::new_unchecked("https://schema.org/about"),
            object,
            NamedNode::new_unchecked(format!("{GRAPH_BASE}{graph}")),
        )
    }

    fn link(subject: &str, object: &str, graph: &str) -> Quad {
        quad(subject, NamedNode::new_unchecked(object), graph)
    }

    #[test]
    fn a_selection_takes_what_its_mentions_lead_to_and_no_other_mention() {
        let record = harbour().records.remove(0);
        let mention = record.mention.id.iri();
        let claim = record
            .claim
            .as_ref()
            .map(|claim| claim.id.iri())
            .unwrap_or_default();
        let other = format!("{BASE}mention/other");
        let span = format!("{BASE}span/1");
        let quads = vec![
            link(&mention, &span, "a"),
            link(&mention, &claim, "a"),
            quad(&span, Literal::from("words"), "a"),
            link(&claim, &other, "claims"),
            quad(&other, Literal::from("elsewhere"), "b"),
            quad(
                &format!("{GRAPH_BASE}a"),
                Literal::from("made by a run"),
                "prov",
            ),
            quad(
                &format!("{GRAPH_BASE}b"),
                Literal::from("made by a run"),
                "prov",
            ),
        ];
        let kept = reachable(quads.clone(), &[record]);
        assert_eq!(kept, [&quads[..4], &quads[5..6]].concat());
    }

    #[test]
    fn every_format_reads_back_to_the_same_quads() {
        let mention = format!("{BASE}mention/m");
        let quads = vec![
            link(&mention, &format!("{BASE}claim/c"), "a"),
            quad(&mention, Literal::from("a \"quote\"\n"), "b"),
        ];
        for (format, reader) in [
            (ExportFormat::Trig, RdfFormat::TriG),
            (ExportFormat::Nq, RdfFormat::NQuads),
            (
                ExportFormat::Jsonld,
                RdfFormat::JsonLd {
                    profile: JsonLdProfileSet::empty(),
                },
            ),
        ] {
            let mut out = Vec::new();
            serialise(&quads, format, &mut out).expect("a Vec takes everything");
            let read: Vec<Quad> = RdfParser::from_format(reader)
                .for_reader(out.as_slice())
                .collect::<Result<_, _>>()
                .expect("reads back");
            assert_eq!(read, quads, "{format:?}");
            let mut again = Vec::new();
            serialise(&quads, format, &mut again).expect("a Vec takes everything");
            assert_eq!(out, again, "{format:?}");
        }
    }
}
