//! Names on the command line to ids of the graph: articles, speakers, outlets, events, claims.
//!
//! A name that means nothing or several things is an error that says so; nothing is guessed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::tz::TimeZone;

use super::{
    args::{ExportArgs, GraphArgs, ScopeArgs},
    error::hinted,
    extractor, graph,
    report::Reporter,
};
use crate::{
    claim::Match,
    export::Selection,
    id::{AgentId, ArticleId, BASE, EventId},
    mention::Article,
    rdf::read,
    reliance::RelianceGraph,
    store::{Catalog, Graph},
    trace::{self, Lookup, Scope, occasion},
};

/// So many candidates are named in an error.
const NAMED: usize = 8;

/// What `--claim` and its like select, or the claims nearest to one that was not found.
pub(crate) enum Selected {
    Part(Selection),
    NotFound { query: String, nearest: Vec<Match> },
}

/// Finds what the options of `export` name.
pub(crate) fn selection(
    graph: &Graph,
    args: &ExportArgs,
    reporter: &Reporter,
) -> anyhow::Result<Selected> {
    let mut selection = Selection {
        since: args.since,
        until: args.until,
        ..Selection::default()
    };
    for query in &args.claim {
        match trace::find(graph, query, extractor::lexicon()) {
            Lookup::Claim { id, .. } => selection.claims.push(id),
            Lookup::Nearest(nearest) => {
                return Ok(Selected::NotFound {
                    query: query.clone(),
                    nearest,
                });
            }
        }
    }
    if let Some(text) = &args.outlet {
        let id = one("outlet", text, &outlets(graph))?;
        selection.outlet = Some(AgentId::from_local(id));
    }
    if let Some(text) = &args.speaker {
        let id = one("speaker", text, &speakers(graph))?;
        selection.speaker = Some(AgentId::from_local(id));
    }
    if let Some(text) = &args.event {
        selection.events = events(graph, text, reporter)?;
    }
    Ok(Selected::Part(selection))
}

/// The file that holds an article, without the place in it.
fn container(path: &str) -> &Path {
    Path::new(path.rsplit_once('#').map_or(path, |(file, _)| file))
}

/// Finds the articles that an id, the beginning of an id or of a snapshot's hash, or a path means;
/// the path of a container means all articles in it, an address the article published there.
pub(crate) fn articles(graph: &Graph, text: &str) -> anyhow::Result<Vec<ArticleId>> {
    let local = local(text);
    let means = |article: &Article| {
        article.id.as_str() == local
            || (article.url.as_deref()).is_some_and(|url| url == text || same_page(url, text))
            || Path::new(&article.path).ends_with(text)
            || container(&article.path).ends_with(text)
            || (local.len() >= 4
                && (article.id.as_str().starts_with(local)
                    || article.snapshot.as_str().starts_with(local)))
    };
    let all = read::articles(graph);
    let found: BTreeSet<ArticleId> = all
        .iter()
        .filter(|article| means(article))
        .map(|article| article.id.clone())
        .collect();
    if found.is_empty() {
        let names = all.iter().map(|article| article.path.as_str());
        return Err(unknown("article", text, names));
    }
    Ok(found.into_iter().collect())
}

/// Says whether two addresses differ in the scheme, a leading "www." and a closing slash alone.
fn same_page(one: &str, other: &str) -> bool {
    let bare = |address: &str| -> Option<String> {
        let (_, rest) = address.split_once("://")?;
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        Some(rest.trim_end_matches('/').to_owned())
    };
    bare(one).is_some() && bare(one) == bare(other)
}

fn outlets(graph: &Graph) -> BTreeMap<String, String> {
    read::articles(graph)
        .into_iter()
        .filter_map(|article| Some((article.outlet_id?.to_string(), article.outlet?)))
        .collect()
}

/// Finds the events that an id, a kind or words of a label mean, and says which these are.
pub(crate) fn events(
    graph: &Graph,
    text: &str,
    reporter: &Reporter,
) -> anyhow::Result<Vec<EventId>> {
    let lexicon = extractor::lexicon();
    let all = occasion::occasions(&read::events(graph), lexicon);
    let found = occasion::meant(text, &all, lexicon);
    if found.is_empty() {
        let names = all.iter().map(|occasion| occasion.label.as_str());
        return Err(unknown("event", text, names));
    }
    for occasion in found.iter().take(NAMED) {
        reporter.hint(&format!("event: {}", occasion.label));
    }
    if found.len() > NAMED {
        reporter.hint(&format!("and {} more events", found.len() - NAMED));
    }
    Ok(found.into_iter().flat_map(|one| one.ids.clone()).collect())
}

/// Lists the sources of all chains with their names.
fn speakers(graph: &Graph) -> BTreeMap<String, String> {
    let mut speakers = BTreeMap::new();
    let ids = read::mention_ids(graph, None);
    for record in ids.iter().filter_map(|id| read::mention(graph, id)) {
        for link in record.mention.chain {
            speakers.entry(link.id.to_string()).or_insert(link.source);
        }
    }
    speakers
}

/// Finds the source of a claim that an id or a name means.
pub(crate) fn party(graph: &RelianceGraph, text: &str) -> anyhow::Result<AgentId> {
    let parties: BTreeMap<String, String> = (graph.nodes())
        .filter_map(|node| Some((node.agent()?.to_string(), node.label.clone())))
        .collect();
    // An outlet may be known by another of its names.
    let known = extractor::lexicon().outlets.find(text);
    let id = known.map(|outlet| outlet.agent_id().to_string());
    match id.filter(|id| parties.contains_key(id)) {
        Some(id) => Ok(AgentId::from_local(id)),
        None => one("source of this claim", text, &parties).map(AgentId::from_local),
    }
}

/// Finds a source by its id or one of its names, whatever claim it stands behind.
pub(crate) fn source(graph: &Graph, text: &str) -> anyhow::Result<AgentId> {
    let known = extractor::lexicon().outlets.find(text);
    let candidates = [
        Some(AgentId::from_local(local(text))),
        known.map(|outlet| outlet.agent_id()),
        Some(AgentId::named(text)),
    ];
    let held = |id: &AgentId| !read::mentions_through(graph, id).is_empty();
    match candidates.into_iter().flatten().find(held) {
        Some(id) => Ok(id),
        None => one("source", text, &speakers(graph)).map(AgentId::from_local),
    }
}

/// Reads which mentions are to count.
pub(crate) fn scope(args: &ScopeArgs, graph: &GraphArgs) -> anyhow::Result<Scope> {
    let known = match args.known_on {
        Some(day) => {
            let end = day.tomorrow().unwrap_or(day).to_zoned(TimeZone::UTC)?;
            let catalog = Catalog::read(&graph::store_dir(&graph.store)).map_err(graph::advise)?;
            Some(catalog.held_before(end.timestamp()))
        }
        None => None,
    };
    Ok(Scope {
        events: None,
        as_of: args.as_of,
        known,
        days: args.days,
    })
}

/// Picks the one candidate (id to name) that `text` means: by id, by name, or by words of its name.
fn one(what: &str, text: &str, candidates: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let local = local(text);
    if candidates.contains_key(local) {
        return Ok(local.to_owned());
    }
    let wanted = text.to_lowercase();
    let named = |(_, name): &(&String, &String)| name.to_lowercase() == wanted;
    let worded = |(_, name): &(&String, &String)| {
        let name = name.to_lowercase();
        let words: BTreeSet<&str> = name.split_whitespace().collect();
        !wanted.is_empty() && wanted.split_whitespace().all(|word| words.contains(word))
    };
    let mut found: Vec<(&String, &String)> = candidates.iter().filter(named).collect();
    if found.is_empty() {
        found = candidates.iter().filter(worded).collect();
    }
    match found.as_slice() {
        [(id, _)] => Ok((*id).clone()),
        [] => Err(unknown(what, text, candidates.values().map(String::as_str))),
        several => {
            let list: Vec<String> = several
                .iter()
                .take(NAMED)
                .map(|(id, name)| format!("{name} ({id})"))
                .collect();
            Err(hinted(
                format_args!("`{text}` means more than one {what}"),
                format!("name one by its id: {}", list.join(", ")),
            ))
        }
    }
}

/// The error for a name the graph does not hold.
fn unknown<'a>(what: &str, text: &str, names: impl Iterator<Item = &'a str>) -> anyhow::Error {
    let names: BTreeSet<&str> = names.collect();
    let mut list: Vec<&str> = names.iter().copied().take(NAMED).collect();
    if names.len() > list.len() {
        list.push("…");
    }
    let message = format!("the graph holds no {what} `{text}`");
    if list.is_empty() {
        return anyhow::Error::msg(message);
    }
    hinted(message, format!("it holds {}", list.join(", ")))
}

/// Returns the local id of an IRI of ours, or the text itself.
fn local(text: &str) -> &str {
    text.strip_prefix(BASE)
        .and_then(|rest| rest.split_once('/'))
        .map_or(text, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates() -> BTreeMap<String, String> {
        [
            ("ana-ruiz", "Ana Ruiz"),
            ("ben-ruiz", "Ben Ruiz"),
            ("city-hall", "City Hall"),
        ]
        .map(|(id, name)| (id.to_owned(), name.to_owned()))
        .into()
    }

    #[test]
    fn a_name_is_found_by_id_by_name_and_by_its_words() {
        let found = |text: &str| one("speaker", text, &candidates()).unwrap();
        assert_eq!(found("ana-ruiz"), "ana-ruiz");
        assert_eq!(found(&format!("{BASE}agent/ana-ruiz")), "ana-ruiz");
        assert_eq!(found("city hall"), "city-hall");
        assert_eq!(found("Ben"), "ben-ruiz");
    }

    #[test]
    fn an_ambiguous_name_lists_the_ids() {
        let error = one("speaker", "Ruiz", &candidates()).unwrap_err();
        let hint = &error
            .downcast_ref::<super::super::error::Hinted>()
            .unwrap()
            .hint;
        assert!(
            hint.contains("ana-ruiz") && hint.contains("ben-ruiz"),
            "{hint}"
        );
    }

    #[test]
    fn an_unknown_or_empty_name_is_an_error() {
        assert!(one("speaker", "Carla", &candidates()).is_err());
        assert!(one("speaker", "", &candidates()).is_err());
    }
}
