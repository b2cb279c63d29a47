//! What the registry knows of outlets: kind, seat, languages, owners with their dates.
//!
//! An owner of today is the parent organisation; each ownership, past or present, is a node with its
//! dates.

use oxigraph::model::{Literal, NamedNode, Quad};

use super::Builder;
use crate::{
    id::{BASE, GRAPH_BASE},
    lexicon::outlets::{Outlet, Outlets, Owner, Profile},
    rdf::{
        iri,
        vocab::{Concept, cg, rdf, schema, xsd},
    },
};

/// Describes some of the outlets of a registry in a graph of their own, sorted.
#[must_use]
pub fn registry(outlets: &Outlets, wanted: &[&Outlet]) -> Vec<Quad> {
    let mut graph = Builder::new(iri::node(format!("{GRAPH_BASE}outlets")));
    for outlet in wanted {
        let node = iri::node(outlet.agent_id().iri());
        graph.add(&node, rdf::TYPE, schema::NEWS_MEDIA_ORGANIZATION);
        for (index, name) in outlet.names().enumerate() {
            let property = match index {
                0 => schema::NAME,
                _ => schema::ALTERNATE_NAME,
            };
            graph.text(&node, property, name);
        }
        facts(&mut graph, &outlets.profile(outlet));
    }
    super::sorted(graph.quads)
}

/// Describes an outlet beside its name.
pub(super) fn facts(graph: &mut Builder, profile: &Profile) {
    let outlet = &profile.outlet;
    let node = iri::node(outlet.agent_id().iri());
    graph.add(&node, cg::OUTLET_KIND, outlet.kind.iri());
    graph.text(&node, cg::COUNTRY, &outlet.country);
    for language in &outlet.language {
        graph.text(&node, schema::KNOWS_LANGUAGE, language);
    }
    for domain in &outlet.domains {
        graph.text(&node, cg::DOMAIN, domain);
    }
    let flags = [
        (cg::STATE_RUN, outlet.state),
        (cg::PUBLIC_SERVICE, outlet.public),
        (cg::SYNDICATES, outlet.is_wire()),
    ];
    for (flag, _) in flags.iter().filter(|(_, holds)| *holds) {
        graph.add(&node, *flag, Literal::from(true));
    }
    if let Some(item) = &outlet.wikidata {
        let item = iri::node(format!("http://www.wikidata.org/entity/{item}"));
        graph.add(&node, schema::SAME_AS, item);
    }
    for (ownership, (id, owner)) in outlet.owners.iter().zip(&profile.owners) {
        let holder = iri::node(id.iri());
        describe_owner(graph, &holder, owner);
        let since = ownership.from.as_deref().unwrap_or("unknown");
        let outlet = outlet.agent_id();
        let owned = iri::node(format!("{BASE}ownership/{outlet}/{id}/{since}"));
        graph.add(&holder, schema::OWNS, owned.clone());
        graph.add(&owned, rdf::TYPE, schema::OWNERSHIP_INFO);
        graph.add(&owned, schema::TYPE_OF_GOOD, node.clone());
        if let Some(from) = &ownership.from {
            graph.add(&owned, schema::OWNED_FROM, when(from));
        }
        match &ownership.until {
            Some(until) => graph.add(&owned, schema::OWNED_THROUGH, when(until)),
            None => graph.add(&node, schema::PARENT_ORGANIZATION, holder),
        }
    }
}

fn describe_owner(graph: &mut Builder, node: &NamedNode, owner: &Owner) {
    let class = match owner.person {
        true => schema::PERSON,
        false => schema::ORGANIZATION,
    };
    graph.add(node, rdf::TYPE, class);
    graph.text(node, schema::NAME, &owner.name);
    graph.text_if(node, cg::COUNTRY, owner.country.as_deref());
    if owner.state {
        graph.add(node, cg::STATE_RUN, Literal::from(true));
    }
}

/// A year, a month or a day.
fn when(text: &str) -> Literal {
    let datatype = match text.len() {
        4 => xsd::G_YEAR,
        7 => xsd::G_YEAR_MONTH,
        _ => xsd::DATE,
    };
    Literal::new_typed_literal(text, datatype)
}
