//! Step 5: who the sources are, quantities, dates and events; attributions become mentions.
//!
//! Everything is resolved inside one article and from its words alone.

mod denial;
mod gloss;
mod modality;
mod name;
mod own_voice;
mod speaker;

pub mod event;
pub mod quantity;
pub mod time;
mod word;

use crate::{
    attribution::Attribution,
    claim::signature::signature,
    document::Document,
    id::{AgentId, ArticleId, DocumentId, MentionId, seed_hash},
    lexicon::Lexicon,
    mention::{
        Agent, AgentKind, Analysis, Article, Citation, Denies, Layer, Link, Mention, Speech, Stance,
    },
    resolve::{
        event::{EventContext, FoundEvent},
        name::Names,
    },
    span::{Passage, Span},
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
    let mut names = Names::find(snapshot, text, lexicon);
    let article = article(document, lexicon);
    let outlet = outlet_link(&article, &mut names);
    let sources = speaker::resolve(
        snapshot,
        &article.snapshot,
        attributions,
        &mut names,
        lexicon,
    );
    let addressees: Vec<Option<AgentId>> = attributions
        .iter()
        .map(|attribution| {
            let span = attribution.addressee?;
            speaker::resolve_words(snapshot, span, &article.snapshot, &mut names, lexicon)
        })
        .collect();
    let events = event::events(
        &EventContext {
            text: snapshot,
            snapshot: &article.snapshot,
            sentences: &text.sentences,
            published: article.published,
            agents: &names.occurrences,
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
    let citations = assembly.citations();
    let agents = agents_in_use(&names, &mentions, &events, &citations);
    Analysis {
        snapshot_bytes: snapshot.len(),
        encoding_format: document.raw.encoding_format.clone(),
        raw_sha256: document.raw.raw_sha256.clone(),
        mentions,
        agents,
        events: events.into_iter().map(|found| found.event).collect(),
        citations,
        article,
        sketch: document.sketch(),
    }
}

fn article(document: &Document<'_>, lexicon: &Lexicon) -> Article {
    let metadata = &document.metadata;
    let snapshot = document.raw.snapshot.id.clone();
    let value =
        |found: &Option<crate::document::Found<String>>| found.as_ref().map(|f| f.value.clone());
    let outlet = value(&metadata.outlet);
    let outlet_id = outlet.as_ref().map(|name| {
        AgentId::named(
            lexicon
                .outlets
                .find(name)
                .map_or(name.as_str(), |outlet| &outlet.name),
        )
    });
    let headline = value(&metadata.headline);
    let url = value(&metadata.url);
    let published = metadata.published.as_ref().map(|found| found.value);
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

fn outlet_link(article: &Article, names: &mut Names) -> Link {
    let (source, id) = match (&article.outlet, &article.outlet_id) {
        (Some(name), Some(id)) => (name.clone(), id.clone()),
        _ => (
            UNKNOWN_OUTLET.to_owned(),
            AgentId::unnamed(&article.snapshot, "outlet"),
        ),
    };
    names.register(&source, AgentKind::Outlet, id.clone());
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
    }
}

/// Everything needed to put mentions together.
struct Assembly<'a> {
    snapshot: &'a str,
    text: &'a Text,
    attributions: &'a [Attribution],
    sources: &'a [AgentId],
    addressees: &'a [Option<AgentId>],
    names: &'a Names,
    events: &'a [FoundEvent],
    outlet: Link,
    article: &'a Article,
    lexicon: &'a Lexicon,
}

/// What a mention is made from, before chain and identity.
struct Draft {
    parts: Vec<Span>,
    gloss: String,
    sentence: usize,
    cover: Span,
    chain: Vec<Link>,
    speech: Speech,
    stance: Stance,
    denies: Option<Denies>,
    confidence: f64,
    rule: &'static str,
}

impl Assembly<'_> {
    /// Makes the mentions of one attribution: what its content says beside nested attributions.
    fn attributed(&self, index: usize) -> Vec<Mention> {
        let attribution = &self.attributions[index];
        let chain = self.chain(index);
        let pieces = self.residue(index);
        pieces
            .into_iter()
            .map(|parts| {
                let denial = denial::read(self.snapshot, &parts, attribution, self.lexicon);
                let (parts, stance, denies) = match denial {
                    Some(denied) => (vec![denied.content], denied.stance, Some(denied.denies)),
                    None => (parts, attribution.stance, attribution.denies),
                };
                let distant = modality::is_distant(
                    self.snapshot,
                    parts.iter().copied().chain(self.group_span(attribution)),
                    self.lexicon,
                );
                let stance = match stance {
                    Stance::Reports | Stance::Endorses if distant => Stance::Hedges,
                    stance => stance,
                };
                let gloss = gloss::gloss(self, index, &parts);
                self.finish(Draft {
                    gloss,
                    cover: attribution.cover(),
                    sentence: attribution.sentence,
                    chain: chain.clone(),
                    speech: attribution.speech,
                    stance,
                    denies,
                    confidence: attribution.confidence,
                    rule: attribution.rule,
                    parts,
                })
            })
            .collect()
    }

    /// The words of the verb group, where "reportedly" stands.
    fn group_span(&self, attribution: &Attribution) -> Option<Span> {
        let (cue, source) = (attribution.cue?, attribution.source?);
        (source.end < cue.start && cue.start - source.end < 60)
            .then(|| Span::new(source.end, cue.start))
    }

    /// The outlet's own statements.
    fn own_voice(&self) -> Vec<Mention> {
        own_voice::find(self)
            .into_iter()
            .map(|(sentence, span)| {
                let distant =
                    modality::is_distant(self.snapshot, std::iter::once(span), self.lexicon);
                self.finish(Draft {
                    gloss: span.of(self.snapshot).to_owned(),
                    parts: vec![span],
                    cover: span,
                    sentence,
                    chain: vec![self.outlet.clone()],
                    speech: Speech::None,
                    stance: if distant {
                        Stance::Hedges
                    } else {
                        Stance::Asserts
                    },
                    denies: None,
                    confidence: 0.7,
                    rule: "own-voice/fact",
                })
            })
            .collect()
    }

    fn finish(&self, draft: Draft) -> Mention {
        let first = draft.parts.first().copied().unwrap_or_default();
        let span = draft
            .parts
            .iter()
            .fold(first, |cover, part| cover.cover(*part));
        let quantities: Vec<_> = draft
            .parts
            .iter()
            .flat_map(|part| quantity::quantities(self.snapshot, *part, self.lexicon))
            .collect();
        let modality = modality::read(self.snapshot, &draft.parts, self.lexicon);
        let mut events: Vec<_> = self
            .events
            .iter()
            .filter(|found| {
                found
                    .anchors
                    .iter()
                    .any(|anchor| draft.parts.iter().any(|p| p.overlaps(*anchor)))
            })
            .map(|found| found.event.id.clone())
            .collect();
        events.sort();
        let signature = signature(&draft.gloss, &quantities, modality, self.lexicon);
        Mention {
            id: MentionId::new(&self.article.snapshot, span),
            layer: self.layer(draft.sentence),
            content: Passage::cut(self.snapshot, span),
            parts: draft
                .parts
                .iter()
                .map(|part| Passage::cut(self.snapshot, *part))
                .collect(),
            sentence: self.sentences(draft.cover.cover(span)),
            speech: draft.speech,
            chain: draft.chain,
            stance: draft.stance,
            denies: draft.denies,
            modality,
            quantities,
            events,
            signature,
            confidence: draft.confidence,
            rule: draft.rule.to_owned(),
        }
    }

    fn layer(&self, sentence: usize) -> Layer {
        self.text
            .sentences
            .get(sentence)
            .map_or(Layer::Body, |sentence| sentence.layer)
    }

    /// Returns the sentences a span touches, as one span.
    fn sentences(&self, span: Span) -> Span {
        let first = self
            .text
            .sentences
            .partition_point(|sentence| sentence.span.end <= span.start);
        self.text.sentences[first..]
            .iter()
            .take_while(|sentence| sentence.span.start < span.end)
            .fold(span, |cover, sentence| cover.cover(sentence.span))
    }

    /// Returns the chain of an attribution, outermost first.
    fn chain(&self, index: usize) -> Vec<Link> {
        let mut hops = Vec::new();
        let mut at = Some(index);
        while let Some(current) = at.filter(|_| hops.len() < 12) {
            hops.push(current);
            at = self.attributions[current].outer;
        }
        if let Some(relay) = hops.last().and_then(|root| self.continued_relay(*root)) {
            hops.push(relay);
        }
        let mut chain = vec![self.outlet.clone()];
        for &hop in hops.iter().rev() {
            let id = &self.sources[hop];
            // An outlet that names itself ("told this paper") adds no hop, nor does a repetition.
            if chain.last().is_some_and(|link| link.id == *id) {
                if let Some(last) = chain.last_mut().filter(|last| last.depth > 0) {
                    *last = self.link(hop, last.depth);
                }
                continue;
            }
            if let Some(told) = self
                .told_outlet(hop)
                .filter(|told| chain.iter().all(|l| l.id != told.id))
            {
                chain.push(Link {
                    depth: chain.len(),
                    ..told
                });
            }
            let depth = chain.len();
            chain.push(self.link(hop, depth));
        }
        chain
    }

    fn link(&self, hop: usize, depth: usize) -> Link {
        let attribution = &self.attributions[hop];
        let id = self.sources[hop].clone();
        let agent = self.names.agents.get(&id);
        let surface = attribution
            .source
            .map(|span| Passage::cut(self.snapshot, span));
        Link {
            depth,
            source: agent.map_or_else(|| UNKNOWN_OUTLET.to_owned(), |agent| agent.name.clone()),
            kind: agent.map_or(AgentKind::Unnamed, |agent| agent.kind),
            id,
            start: surface.as_ref().map(|passage| passage.start),
            end: surface.as_ref().map(|passage| passage.end),
            surface: surface.map(|passage| passage.text),
            cue: attribution
                .cue
                .map(|span| Passage::cut(self.snapshot, span)),
            addressee: self.addressees[hop].clone(),
        }
    }

    /// "… told Kanal Nord": the outlet that was told passes it on.
    fn told_outlet(&self, hop: usize) -> Option<Link> {
        let agent = self.names.agents.get(self.addressees[hop].as_ref()?)?;
        let span = self.attributions[hop].addressee?;
        let surface = Passage::cut(self.snapshot, span);
        (agent.kind == AgentKind::Outlet && agent.id != self.outlet.id).then(|| Link {
            depth: 0,
            source: agent.name.clone(),
            kind: agent.kind,
            id: agent.id.clone(),
            start: Some(surface.start),
            end: Some(surface.end),
            surface: Some(surface.text),
            cue: self.attributions[hop]
                .cue
                .map(|cue| Passage::cut(self.snapshot, cue)),
            addressee: None,
        })
    }

    fn is_relay(&self, index: usize) -> bool {
        self.names
            .agents
            .get(&self.sources[index])
            .is_some_and(|agent| agent.kind == AgentKind::Outlet)
            && self.attributions[index].outer.is_none()
    }

    /// Finds the relay that an attribution without one shares with its neighbours: a paragraph
    /// between two that the same outlet relays, when the next one goes on with the same speaker.
    fn continued_relay(&self, root: usize) -> Option<usize> {
        let attribution = &self.attributions[root];
        if self.is_relay(root) || attribution.outer.is_some() {
            return None;
        }
        let in_paragraph = |wanted: usize| {
            self.attributions
                .iter()
                .enumerate()
                .filter(move |(_, other)| other.paragraph == wanted)
                .map(|(index, _)| index)
        };
        let relay_in = |wanted: usize| in_paragraph(wanted).find(|&index| self.is_relay(index));
        let after = relay_in(attribution.paragraph + 1)?;
        let before = relay_in(attribution.paragraph.checked_sub(1)?)?;
        let same_outlet = self.sources[after] == self.sources[before];
        let same_speaker = in_paragraph(attribution.paragraph + 1).any(|index| {
            self.attributions[index].outer == Some(after)
                && self.sources[index] == self.sources[root]
        });
        (same_outlet && same_speaker && relay_in(attribution.paragraph).is_none()).then_some(after)
    }

    /// Returns the pieces of a content that stand outside nested attributions, each a mention.
    fn residue(&self, index: usize) -> Vec<Vec<Span>> {
        let attribution = &self.attributions[index];
        let children: Vec<Span> = self
            .attributions
            .iter()
            .filter(|other| other.outer == Some(index))
            .map(|other| {
                let cover = other.cover();
                // An inherited source stands elsewhere.
                match other.cue {
                    Some(cue)
                        if other.source.is_some_and(|s| {
                            s.start < cue.start && cue.start - s.end.min(cue.start) > 60
                        }) =>
                    {
                        cue.cover(other.content_span())
                    }
                    _ => cover,
                }
            })
            .collect();
        let mut parts = attribution.content.clone();
        for child in &children {
            parts = parts
                .into_iter()
                .flat_map(|part| subtract(part, *child))
                .collect();
        }
        let whole = children.is_empty();
        let parts: Vec<Span> = parts
            .into_iter()
            .map(|part| gloss::trim_connectives(self.snapshot, part))
            .filter(|part| whole || gloss::n_open_words(self.snapshot, *part, self.lexicon) >= 3)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        if !whole {
            return parts.into_iter().map(|part| vec![part]).collect();
        }
        match parts.as_slice() {
            [only] => gloss::split_coordinated(self.snapshot, *only)
                .into_iter()
                .map(|part| vec![part])
                .collect(),
            _ => vec![parts],
        }
    }

    /// Lists the documents and outlets the article leans on.
    fn citations(&self) -> Vec<Citation> {
        let mut citations: Vec<Citation> = Vec::new();
        for (index, attribution) in self.attributions.iter().enumerate() {
            let Some(agent) = self.names.agents.get(&self.sources[index]) else {
                continue;
            };
            let Some(source) = attribution.source else {
                continue;
            };
            if agent.id == self.outlet.id {
                continue;
            }
            let (publisher, title) = match agent.kind {
                AgentKind::Outlet => (Some(agent.id.clone()), None),
                AgentKind::Document => {
                    let shown_by = attribution
                        .outer
                        .map(|outer| self.sources[outer].clone())
                        .filter(|id| {
                            self.names
                                .agents
                                .get(id)
                                .is_some_and(|a| a.kind == AgentKind::Outlet)
                        });
                    (shown_by, Some(agent.name.clone()))
                }
                _ => continue,
            };
            let key = format!("{:?}{title:?}", publisher);
            let document =
                DocumentId::from_local(seed_hash(&["document", self.article.id.as_str(), &key]));
            if citations.iter().all(|known| known.document != document) {
                let evidence = Passage::cut(self.snapshot, source);
                citations.push(Citation {
                    document,
                    publisher,
                    title,
                    evidence,
                });
            }
        }
        citations.sort_by_key(|citation| citation.evidence.start);
        citations
    }
}

/// Returns what is left of `part` without `hole`, at most two pieces.
fn subtract(part: Span, hole: Span) -> Vec<Span> {
    if !part.overlaps(hole) {
        return vec![part];
    }
    [
        Span::new(part.start, hole.start.clamp(part.start, part.end)),
        Span::new(hole.end.clamp(part.start, part.end), part.end),
    ]
    .into_iter()
    .filter(|piece| !piece.is_empty())
    .collect()
}

/// Keeps the agents that mentions, events and citations name, with whom they represent.
fn agents_in_use(
    names: &Names,
    mentions: &[Mention],
    events: &[FoundEvent],
    citations: &[Citation],
) -> Vec<Agent> {
    let mut used: std::collections::BTreeSet<&AgentId> = mentions
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
