//! Step 5: who the sources are, quantities, dates and events; attributions become mentions.
//!
//! Everything is resolved inside one article and from its words alone.

mod assembly;
mod citation;
mod denial;
mod distance;
mod gloss;
pub mod modality;
pub mod name;
mod own_voice;
mod speaker;

pub mod event;
pub mod quantity;
pub mod time;
mod word;

use std::collections::BTreeSet;

use crate::{
    attribution::Attribution,
    claim::signature::context,
    document::Document,
    id::{AgentId, ArticleId, seed_hash},
    lexicon::{
        Lexicon,
        outlets::{Outlet, Profile},
    },
    mention::{About, Agent, AgentKind, Analysis, Article, Citation, CitationRole, Link, Mention},
    resolve::{
        assembly::Assembly,
        event::{EventContext, FoundEvent},
        name::Names,
        speaker::{Page, Speakers},
    },
    span::Span,
    text::Text,
};

/// The name shown for an outlet the article does not give.
pub const UNKNOWN_OUTLET: &str = "unknown";

/// Turns the attributions of an article into mentions with chains.
#[must_use]
pub fn resolve(
    document: &Document<'_>,
    text: &Text,
    attributions: &[Attribution],
    lexicon: &Lexicon,
) -> Analysis {
    let snapshot = document.raw.snapshot.text.as_str();
    let article = article(document, lexicon);
    let mut names = Names::find(snapshot, text, article.outlet_id.as_ref(), lexicon);
    let outlet = outlet_link(&article, &mut names);
    let page = Page {
        snapshot,
        text,
        id: &article.snapshot,
        lexicon,
    };
    let Speakers {
        sources,
        addressees,
    } = speaker::resolve(page, attributions, &mut names);
    let events = event::events(
        &EventContext {
            text: snapshot,
            snapshot: &article.snapshot,
            sentences: &text.sentences,
            published: article.published,
            agents: &participants(&names),
        },
        lexicon,
    );
    let assembly = Assembly {
        snapshot,
        text,
        attributions,
        sources: &sources,
        addressees: &addressees,
        names: &names,
        anchors: anchors(&events),
        events: &events,
        outlet,
        article: &article,
        lexicon,
    };
    let mut mentions: Vec<Mention> = Vec::new();
    for index in 0..attributions.len() {
        mentions.extend(assembly.attributed(index));
    }
    mentions.extend(assembly.own_voice());
    mentions.sort_by_key(|mention| (mention.content.start, mention.content.end));
    // Same snapshot, same span, same id: of two mentions of the same words the longer chain stays.
    mentions.sort_by(|a, b| {
        (&a.id, std::cmp::Reverse(a.chain.len())).cmp(&(&b.id, std::cmp::Reverse(b.chain.len())))
    });
    mentions.dedup_by(|later, first| later.id == first.id);
    mentions.sort_by_key(|mention| (mention.content.start, mention.content.end));
    denial::antecedent::link(&assembly, &mut mentions);
    let signatures = mentions.iter_mut().map(|mention| &mut mention.signature);
    context::add(signatures, article.headline.as_deref(), lexicon);
    let citations = citation::citations(&assembly, document);
    let mut agents = agents_in_use(&names, &mentions, &events, &citations);
    add_credited(&mut agents, &article, &citations, lexicon);
    add_linked(&mut agents, &citations, lexicon);
    let outlets = outlets(&agents, &article, lexicon);
    Analysis {
        snapshot_bytes: snapshot.len(),
        encoding_format: document.raw.encoding_format.clone(),
        raw_sha256: document.raw.raw_sha256.clone(),
        provenance: document.raw.provenance.clone(),
        about: about(document),
        mentions,
        agents,
        outlets,
        events: events.into_iter().map(|found| found.event).collect(),
        citations,
        article,
        sketch: document.sketch(),
        paragraphs: document.paragraphs(),
    }
}

/// Returns who can take part in events: persons where the article names two, else everybody.
/// States named beside persons are mostly what the talk is about ("the situation in Ukraine").
fn participants(names: &Names) -> Vec<(Span, AgentId)> {
    let person = |id: &AgentId| {
        names
            .agents
            .get(id)
            .is_some_and(|a| a.kind == AgentKind::Person)
    };
    let mut persons: Vec<_> = names
        .occurrences
        .iter()
        .filter(|(_, id)| person(id))
        .cloned()
        .collect();
    let mut ids: Vec<&AgentId> = persons.iter().map(|(_, id)| id).collect();
    ids.sort();
    ids.dedup();
    if ids.len() < 2 {
        persons = names.occurrences.clone();
    }
    persons
}

fn anchors(events: &[FoundEvent]) -> Vec<(Span, usize)> {
    let mut anchors: Vec<_> = events
        .iter()
        .enumerate()
        .flat_map(|(event, found)| found.anchors.iter().map(move |anchor| (*anchor, event)))
        .collect();
    anchors.sort_unstable();
    anchors
}

/// Returns what is known of the outlets in use, the publisher among them.
fn outlets(agents: &[Agent], article: &Article, lexicon: &Lexicon) -> Vec<Profile> {
    let agents = agents
        .iter()
        .filter(|agent| agent.kind == AgentKind::Outlet);
    let ids: BTreeSet<&AgentId> = (agents.map(|agent| &agent.id))
        .chain(&article.outlet_id)
        .collect();
    let known = ids.into_iter().filter_map(|id| lexicon.outlets.by_id(id));
    known
        .map(|outlet| lexicon.outlets.profile(outlet))
        .collect()
}

fn article(document: &Document<'_>, lexicon: &Lexicon) -> Article {
    let metadata = &document.metadata;
    let snapshot = document.raw.snapshot.id.clone();
    let value =
        |found: &Option<crate::document::Found<String>>| found.as_ref().map(|f| f.value.clone());
    let outlet = value(&metadata.outlet);
    let url = value(&metadata.url);
    let by_address = url.as_ref().and_then(|url| lexicon.outlets.by_address(url));
    let outlet_id = outlet.as_ref().map(|name| {
        // Of several outlets of one name the address tells which it is.
        let fits = |outlet: &Outlet| Some(outlet) == by_address;
        let known = lexicon.outlets.find_with(name, &fits);
        known.map_or_else(|| AgentId::named(name), Outlet::agent_id)
    });
    let headline = value(&metadata.headline);
    let published = metadata.published.as_ref().map(|found| found.value.date);
    let id = match (&url, &outlet_id, &headline) {
        (Some(url), _, _) => seed_hash(&["article", "url", url]),
        (None, Some(outlet), Some(headline)) => {
            let date = published.map(|date| date.to_string()).unwrap_or_default();
            seed_hash(&["article", "headline", outlet.as_str(), headline, &date])
        }
        _ => seed_hash(&["article", "snapshot", snapshot.as_str()]),
    };
    Article {
        id: ArticleId::from_local(id),
        path: document.raw.path.clone(),
        outlet,
        outlet_id,
        published,
        headline,
        url,
        authors: metadata
            .authors
            .iter()
            .map(|found| found.value.clone())
            .collect(),
        credit: value(&metadata.credit),
        snapshot,
    }
}

/// What is known of the text besides whose it is.
fn about(document: &Document<'_>) -> About {
    let (metadata, page) = (&document.metadata, &document.raw.page);
    About {
        language: metadata.language.as_ref().map(|found| found.value.clone()),
        unread: !metadata.is_analysed(),
        state: metadata.state,
        modified: metadata
            .modified
            .as_ref()
            .map(|found| found.value.to_string()),
        section: metadata.section.as_ref().map(|found| found.value.clone()),
        extractor: Some(page.extractor.clone()).filter(|name| !name.is_empty()),
        links: page.links.clone(),
    }
}

fn outlet_link(article: &Article, names: &mut Names) -> Link {
    let (source, id) = match (&article.outlet, &article.outlet_id) {
        (Some(name), Some(id)) => (name.clone(), id.clone()),
        _ => (
            UNKNOWN_OUTLET.to_owned(),
            AgentId::unnamed(&article.snapshot, "outlet"),
        ),
    };
    names.register(&source, AgentKind::Outlet, id.clone());
    names.own = Some(id.clone());
    Link {
        depth: 0,
        source,
        kind: AgentKind::Outlet,
        id,
        surface: None,
        start: None,
        end: None,
        cue: None,
        addressee: None,
        during: None,
    }
}

/// Adds the outlet that is credited for the text, unless the text names it as well.
fn add_credited(
    agents: &mut Vec<Agent>,
    article: &Article,
    citations: &[Citation],
    lexicon: &Lexicon,
) {
    let credited = citations
        .iter()
        .find(|citation| citation.role == CitationRole::Credit);
    let (Some(id), Some(credit)) = (credited.and_then(|c| c.publisher.clone()), &article.credit)
    else {
        return;
    };
    if agents.iter().all(|agent| agent.id != id) {
        let known = lexicon.outlets.find(credit);
        agents.push(Agent {
            id,
            name: known.map_or_else(|| credit.clone(), |outlet| outlet.name.clone()),
            kind: AgentKind::Outlet,
            aliases: Vec::new(),
            role: None,
            represents: None,
        });
        agents.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

/// Adds the outlets whose documents are linked to.
fn add_linked(agents: &mut Vec<Agent>, citations: &[Citation], lexicon: &Lexicon) {
    for id in citations
        .iter()
        .filter(|c| c.url.is_some())
        .filter_map(|c| c.publisher.as_ref())
    {
        let known = lexicon.outlets.by_id(id);
        if let (Some(outlet), false) = (known, agents.iter().any(|agent| agent.id == *id)) {
            agents.push(Agent {
                id: id.clone(),
                name: outlet.name.clone(),
                kind: AgentKind::Outlet,
                aliases: Vec::new(),
                role: None,
                represents: None,
            });
        }
    }
    agents.sort_by(|a, b| a.id.cmp(&b.id));
}

/// Keeps the agents that mentions, events and citations name, with whom they represent.
fn agents_in_use(
    names: &Names,
    mentions: &[Mention],
    events: &[FoundEvent],
    citations: &[Citation],
) -> Vec<Agent> {
    let mut used: BTreeSet<&AgentId> = mentions
        .iter()
        .flat_map(|mention| &mention.chain)
        .flat_map(|link| std::iter::once(&link.id).chain(&link.addressee))
        .chain(events.iter().flat_map(|found| &found.event.participants))
        .chain(
            citations
                .iter()
                .filter_map(|citation| citation.publisher.as_ref()),
        )
        .collect();
    let represented: Vec<&AgentId> = used
        .iter()
        .filter_map(|id| names.agents.get(*id)?.represents.as_ref())
        .collect();
    used.extend(represented);
    used.into_iter()
        .filter_map(|id| names.agents.get(id).cloned())
        .collect()
}
