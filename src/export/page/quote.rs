//! Articles with their quotations, each in its context.
//!
//! It reads snapshots and changes no word of them.

use std::{collections::BTreeMap, io};

use serde::Serialize;

use super::{
    context::{Context, context},
    named, tone,
};
use crate::{
    id::{MentionId, SnapshotId},
    rdf::read,
    span::Span,
    store::Graph,
    trace::{Carriage, Voice},
};

/// An article with what it says about the claim.
#[derive(Serialize)]
pub(super) struct Held {
    pub(super) anchor: String,
    pub(super) id: String,
    outlet: String,
    date: Option<String>,
    headline: Option<String>,
    url: Option<String>,
    path: String,
    snapshot: String,
    pub(super) quotes: Vec<Quote>,
}

#[derive(Serialize)]
pub(super) struct Quote {
    pub(super) tone: &'static str,
    stance: String,
    through: Option<String>,
    chain: Vec<ChainLink>,
    own_voice: bool,
    start: usize,
    end: usize,
    quote: String,
    context: Option<Context>,
    confidence: Option<String>,
    rule: Option<String>,
}

#[derive(Serialize)]
struct ChainLink {
    name: String,
    kind: &'static str,
    cue: Option<String>,
}

/// The texts of snapshots, each read once.
pub(super) struct Texts<'a> {
    graph: &'a Graph,
    read: BTreeMap<SnapshotId, Option<String>>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        Self {
            graph,
            read: BTreeMap::new(),
        }
    }

    fn of(&mut self, id: &SnapshotId) -> io::Result<Option<&str>> {
        if !self.read.contains_key(id) {
            let snapshot = self.graph.snapshot(id).map_err(io::Error::other)?;
            self.read
                .insert(id.clone(), snapshot.map(|snapshot| snapshot.text));
        }
        Ok(self.read.get(id).and_then(Option::as_deref))
    }
}

/// Gathers what is said by article, in the order of the answer.
pub(super) fn articles(
    carriages: &[Carriage],
    prefix: &str,
    texts: &mut Texts<'_>,
) -> io::Result<Vec<Held>> {
    let mut held: Vec<Held> = Vec::new();
    for carriage in carriages {
        let article = &carriage.article;
        let quote = quote(carriage, texts)?;
        if let Some(known) = held.iter_mut().find(|held| held.id == article.id.as_str()) {
            known.quotes.push(quote);
            continue;
        }
        held.push(Held {
            anchor: format!("{prefix}{}", held.len()),
            id: article.id.as_str().to_owned(),
            outlet: named(&carriage.outlet),
            date: article.published.map(|date| date.to_string()),
            headline: article.headline.clone(),
            url: article.url.clone(),
            path: article.path.clone(),
            snapshot: carriage.evidence.snapshot.as_str().to_owned(),
            quotes: vec![quote],
        });
    }
    Ok(held)
}

fn quote(carriage: &Carriage, texts: &mut Texts<'_>) -> io::Result<Quote> {
    let evidence = &carriage.evidence;
    let span = Span::new(evidence.start, evidence.end);
    let id = MentionId::new(&evidence.snapshot, span);
    let record = read::mention(texts.graph, &id);
    let mention = record.as_ref().map(|record| &record.mention);
    let text = texts.of(&evidence.snapshot)?;
    let context = text.and_then(|text| context(text, span, mention, &carriage.chain));
    let denial = carriage.denial.as_ref();
    let mut stance = carriage.stance.as_str().to_owned();
    let through = denial.and_then(|denial| denial.through.as_ref());
    if through.is_some() {
        stance.push_str(if carriage.stance.repeats() {
            " the opposite"
        } else {
            " what follows from it"
        });
    } else if let Some(denial) = denial.filter(|denial| denial.denies.as_str() != "content") {
        stance.push_str(" (the ");
        stance.push_str(denial.denies.as_str());
        stance.push(')');
    }
    Ok(Quote {
        tone: denial.map_or_else(|| tone(carriage.stance), |_| "disputes"),
        stance,
        through: through.map(|claim| claim.label.clone()),
        chain: (carriage.chain.iter())
            .map(|link| ChainLink {
                name: link.source.clone(),
                kind: link.kind.as_str(),
                cue: link.cue.as_ref().map(|cue| cue.text.clone()),
            })
            .collect(),
        own_voice: carriage.voice == Voice::Own,
        start: evidence.start,
        end: evidence.end,
        quote: evidence.quote.clone(),
        context,
        confidence: mention.map(|mention| format!("{:.0} %", mention.confidence * 100.0)),
        rule: mention.map(|mention| mention.rule.clone()),
    })
}
