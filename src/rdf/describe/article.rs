//! The capture graph (article and snapshot) and the provenance of a run.
//!
//! No clock: when an article came into a store stands in the store's catalogue.

use oxigraph::model::{Literal, Quad};

use super::{Builder, day, integer, mention::describe_agent, run_id};
use crate::{
    id::{AgentId, SnapshotId},
    mention::{Agent, AgentKind, Analysis, State},
    rdf::{
        iri,
        vocab::{cg, prov, rdf, schema, xsd},
    },
};

pub(super) fn capture(analysis: &Analysis) -> Vec<Quad> {
    let article = &analysis.article;
    let mut graph = Builder::new(iri::capture_graph(&article.snapshot));

    let work = iri::node(article.id.iri());
    graph.add(&work, rdf::TYPE, schema::NEWS_ARTICLE);
    graph.text(&work, cg::PATH, &article.path);
    graph.text_if(&work, schema::HEADLINE, article.headline.as_deref());
    graph.text_if(&work, schema::CREDIT_TEXT, article.credit.as_deref());
    graph.text_if(
        &work,
        schema::DATE_MODIFIED,
        analysis.about.modified.as_deref(),
    );
    graph.text_if(
        &work,
        schema::ARTICLE_SECTION,
        analysis.about.section.as_deref(),
    );
    if let Some(date) = article.published {
        graph.add(&work, schema::DATE_PUBLISHED, day(date));
    }
    if let Some(url) = &article.url {
        graph.add(
            &work,
            schema::URL,
            Literal::new_typed_literal(url, xsd::ANY_URI),
        );
    }
    for author in &article.authors {
        graph.text(&work, schema::AUTHOR, author);
    }
    if article.authors.len() > 1 {
        graph.text(&work, cg::BYLINE, &article.authors.join("\n"));
    }
    let outlet = article.outlet.as_deref();
    let outlet_id = article
        .outlet_id
        .clone()
        .or_else(|| outlet.map(AgentId::named));
    if let Some(id) = outlet_id {
        graph.add(&work, schema::PUBLISHER, iri::node(id.iri()));
        if let Some(name) = outlet {
            describe_agent(&mut graph, &Agent::new(id, name, AgentKind::Outlet));
        }
    }

    let snapshot = iri::node(article.snapshot.iri());
    graph.add(&snapshot, rdf::TYPE, schema::TEXT_OBJECT);
    graph.add(&snapshot, prov::SPECIALIZATION_OF, work);
    graph.add(&snapshot, cg::BYTES, integer(analysis.snapshot_bytes));
    graph.text(
        &snapshot,
        schema::ENCODING_FORMAT,
        &analysis.encoding_format,
    );
    graph.text(&snapshot, schema::SHA256, article.snapshot.as_str());
    if !analysis.sketch.is_empty() {
        let hex = analysis.sketch.to_hex();
        graph.add(
            &snapshot,
            cg::SKETCH,
            Literal::new_typed_literal(hex, xsd::HEX_BINARY),
        );
    }
    if !analysis.paragraphs.is_empty() {
        let spans = analysis.paragraphs.iter();
        let spans: Vec<String> = spans
            .map(|span| format!("{}-{}", span.start, span.end))
            .collect();
        graph.text(&snapshot, cg::PARAGRAPHS, &spans.join(" "));
    }
    if let Some(record) = &analysis.provenance {
        graph.text(&snapshot, cg::CONTAINER, &record.container);
        let places = [
            (cg::RECORD_OFFSET, record.offset),
            (cg::RECORD_LINE, record.line),
            (cg::RECORD_ITEM, record.item),
        ];
        for (name, place) in places {
            if let Some(place) = place.and_then(|place| usize::try_from(place).ok()) {
                graph.add(&snapshot, name, integer(place));
            }
        }
        graph.text_if(&snapshot, cg::RECORD_ID, record.id.as_deref());
        if let Some(time) = record.captured {
            let time = Literal::new_typed_literal(time.to_string(), xsd::DATE_TIME);
            graph.add(&snapshot, prov::GENERATED_AT_TIME, time);
        }
    }
    let about = &analysis.about;
    graph.text_if(&snapshot, schema::IN_LANGUAGE, about.language.as_deref());
    graph.text_if(&snapshot, cg::EXTRACTOR, about.extractor.as_deref());
    if about.unread {
        let no = Literal::new_typed_literal("false", xsd::BOOLEAN);
        graph.add(&snapshot, cg::ANALYSED, no);
    }
    if about.state != State::Whole {
        graph.text(&snapshot, cg::STATE, about.state.name());
    }
    if let Some(raw) = &analysis.raw_sha256 {
        let file = iri::node(SnapshotId::from_local(raw).iri());
        graph.add(&snapshot, prov::WAS_DERIVED_FROM, file);
    }
    graph.quads
}

pub(super) fn provenance(snapshot: &SnapshotId) -> Vec<Quad> {
    let run = run_id();
    let mut graph = Builder::new(iri::provenance_graph(snapshot, run));
    let (bundle, activity) = (iri::run_graph(snapshot, run), iri::activity(snapshot, run));
    let (snapshot, software) = (iri::node(snapshot.iri()), iri::software(run));
    graph.add(&bundle, rdf::TYPE, prov::BUNDLE);
    graph.add(&bundle, prov::WAS_GENERATED_BY, activity.clone());
    graph.add(&bundle, prov::WAS_DERIVED_FROM, snapshot.clone());
    graph.add(&activity, rdf::TYPE, prov::ACTIVITY);
    graph.add(&activity, prov::USED, snapshot);
    graph.add(&activity, prov::WAS_ASSOCIATED_WITH, software.clone());
    graph.add(&software, rdf::TYPE, prov::SOFTWARE_AGENT);
    graph.text(&software, schema::NAME, "claimgraph");
    graph.text(
        &software,
        schema::SOFTWARE_VERSION,
        env!("CARGO_PKG_VERSION"),
    );
    graph.quads
}
