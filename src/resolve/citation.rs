//! The documents an article leans on: whom it attributes to, whom it names beside words that cite,
//! whom it credits for its text, and what it links to.
//!
//! It never says whether a document is held.

use std::collections::BTreeSet;

use super::assembly::Assembly;
use crate::{
    attribution::Attribution,
    document::Document,
    id::{AgentId, DocumentId, address, seed_hash, slug},
    lexicon::outlets::Outlet,
    mention::{Agent, AgentKind, Citation, CitationRole},
    span::{Passage, Span},
    text::Sentence,
};

/// Lists the documents, in the order of the text.
pub(super) fn citations(assembly: &Assembly<'_>, document: &Document<'_>) -> Vec<Citation> {
    let mut found = Found {
        assembly,
        citations: Vec::new(),
    };
    for index in 0..assembly.attributions.len() {
        found.attributed(index);
    }
    found.named();
    found.credited(document);
    found.linked(document);
    let mut citations = found.citations;
    citations.sort_by(|a, b| {
        (a.evidence.start, a.evidence.end, &a.document).cmp(&(
            b.evidence.start,
            b.evidence.end,
            &b.document,
        ))
    });
    // One place cites one document: a citation is named after its place.
    citations.dedup_by(|later, first| later.evidence.span() == first.evidence.span());
    citations
}

struct Found<'a> {
    assembly: &'a Assembly<'a>,
    citations: Vec<Citation>,
}

impl Found<'_> {
    /// An outlet or document that is the source of an attribution.
    fn attributed(&mut self, index: usize) {
        let assembly = self.assembly;
        let attribution = &assembly.attributions[index];
        let (Some(agent), Some(source)) = (
            assembly.names.agents.get(&assembly.sources[index]),
            attribution.source,
        ) else {
            return;
        };
        match agent.kind {
            AgentKind::Outlet => self.add(Some(agent.id.clone()), None, source),
            AgentKind::Document => {
                let shown_by = self.shown_by(attribution);
                // "The draft" is the statement that was named before with who showed it.
                let is_known = shown_by.is_none()
                    && (self.citations.iter())
                        .any(|known| known.title.as_ref() == Some(&agent.name));
                if !is_known {
                    self.add(shown_by, Some(agent.name.clone()), source);
                }
            }
            _ => {}
        }
    }

    /// The outlet that a document was seen by or shown on.
    fn shown_by(&self, attribution: &Attribution) -> Option<AgentId> {
        let outer = self.assembly.sources.get(attribution.outer?)?;
        let agent = self.assembly.names.agents.get(outer)?;
        (agent.kind == AgentKind::Outlet).then(|| outer.clone())
    }

    /// An outlet that is named beside words that cite.
    fn named(&mut self) {
        let assembly = self.assembly;
        for (span, id) in &assembly.names.occurrences {
            let is_outlet = |agent: &Agent| agent.kind == AgentKind::Outlet;
            if !assembly.names.agents.get(id).is_some_and(is_outlet) {
                continue;
            }
            let Some(sentence) = sentence_of(&assembly.text.sentences, *span) else {
                continue;
            };
            let before = Span::new(sentence.start, span.start).of(assembly.snapshot);
            if self.is_no_other(*span, before) {
                continue;
            }
            let after = Span::new(span.end, sentence.end.max(span.end)).of(assembly.snapshot);
            if assembly.lexicon.citations.cite(before, after) {
                self.add(Some(id.clone()), None, *span);
            }
        }
    }

    /// Says whether a name stands in a citation already, is an ordinary word that nothing before it
    /// describes as an outlet, or part of the name of the article's own outlet.
    fn is_no_other(&self, span: Span, before: &str) -> bool {
        let assembly = self.assembly;
        let name = span.of(assembly.snapshot);
        let lexicon = assembly.lexicon;
        let own = slug(assembly.article.outlet.as_deref().unwrap_or_default());
        let words = slug(name);
        let mut words = words.split('-');
        let described = (before.split_whitespace().next_back())
            .is_some_and(|word| lexicon.citations.describes(word));
        (self.citations.iter()).any(|known| known.evidence.span().overlaps(span))
            || !described && lexicon.outlets.is_ambiguous(name)
            || lexicon.citations.describes(name)
            || words.all(|word| own.split('-').any(|other| other == word))
    }

    /// The outlet or agency whose text this is.
    fn credited(&mut self, document: &Document<'_>) {
        let assembly = self.assembly;
        let Some(credit) = &document.metadata.credit else {
            return;
        };
        let known = assembly.lexicon.outlets.find(&credit.value);
        let publisher =
            known.map_or_else(|| AgentId::named(&credit.value), |outlet| outlet.agent_id());
        let evidence = credit
            .span
            .filter(|span| span.slice(assembly.snapshot).is_some());
        let (Some(evidence), true) = (evidence, publisher != assembly.outlet.id) else {
            return;
        };
        let seed = [
            "document",
            assembly.article.id.as_str(),
            "credit",
            publisher.as_str(),
        ];
        self.citations.push(Citation {
            document: DocumentId::from_local(seed_hash(&seed)),
            publisher: Some(publisher),
            title: None,
            role: CitationRole::Credit,
            url: None,
            evidence: Passage::cut(assembly.snapshot, evidence),
        });
    }

    /// The documents that links of the running text lead to. One that is cited by its outlet's name
    /// in the same sentence gets the address; the others are citations of their own.
    fn linked(&mut self, document: &Document<'_>) {
        let assembly = self.assembly;
        let outlets = &assembly.lexicon.outlets;
        let own = assembly.article.url.as_deref().map(address);
        let paragraphs = document.paragraphs();
        let mut seen: BTreeSet<String> = own.into_iter().collect();
        for link in &document.raw.page.links {
            let url = outlets.original(&link.url);
            let inside = paragraphs.iter().any(|span| span.contains(link.span));
            if !inside || !assembly.lexicon.citations.is_document(&url) {
                continue;
            }
            let address = address(&url);
            if !seen.insert(address.clone()) {
                continue;
            }
            let publisher = outlets.by_address(&url).map(Outlet::agent_id);
            let sentence = sentence_of(&assembly.text.sentences, link.span);
            let names_it = |known: &&mut Citation| {
                let span = known.evidence.span();
                let near = sentence.is_some_and(|sentence| sentence.contains(span));
                let same = publisher.is_some() && known.publisher == publisher;
                known.role == CitationRole::Source
                    && known.url.is_none()
                    && (span.overlaps(link.span) && (same || publisher.is_none())
                        || near && same && known.title.is_none())
            };
            if let Some(known) = self.citations.iter_mut().find(names_it) {
                known.url = Some(url.into_owned());
                continue;
            }
            // The same address is the same document, whoever links to it.
            self.citations.push(Citation {
                document: DocumentId::from_local(seed_hash(&["document", "url", &address])),
                publisher,
                title: None,
                role: CitationRole::Link,
                url: Some(url.into_owned()),
                evidence: Passage::cut(assembly.snapshot, link.span),
            });
        }
    }

    fn add(&mut self, publisher: Option<AgentId>, title: Option<String>, evidence: Span) {
        let assembly = self.assembly;
        if publisher.as_ref() == Some(&assembly.outlet.id) && title.is_none() {
            return;
        }
        let key = format!("{publisher:?}{title:?}");
        let seed = ["document", assembly.article.id.as_str(), &key];
        let document = DocumentId::from_local(seed_hash(&seed));
        if self
            .citations
            .iter()
            .all(|known| known.document != document)
        {
            self.citations.push(Citation {
                document,
                publisher,
                title,
                role: CitationRole::Source,
                url: None,
                evidence: Passage::cut(assembly.snapshot, evidence),
            });
        }
    }
}

/// Returns the sentence that a span stands in.
fn sentence_of(sentences: &[Sentence], span: Span) -> Option<Span> {
    let behind = sentences.partition_point(|sentence| sentence.span.start <= span.start);
    let sentence = sentences.get(behind.checked_sub(1)?)?.span;
    sentence.contains(span).then_some(sentence)
}
