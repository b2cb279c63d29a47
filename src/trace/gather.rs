//! Reads from the graph what an answer is made of.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use rayon::prelude::*;

use super::{Copy, Facts, Opposition, Related, Relative, Scope, Sharing, TracedRef, affiliations};
use crate::{
    claim::{Claim, RelationKind},
    id::{ArticleId, ClaimId, EventId, MentionId, SnapshotId},
    lexicon::Lexicon,
    mention::{Article, ArticleRef, MentionRecord},
    rdf::read,
    reliance::{self, Covered, DAYS, Reprint},
    span::Span,
    store::Graph,
};

/// So many events of a claim, those that most mentions are about, are looked at for who covered them.
const MOST_EVENTS: usize = 4;
/// So many mentions about an event are looked at.
const MOST_ABOUT: usize = 1_000;
/// Bytes before and behind a mention that tell a reprint from a text that shares a quotation.
const AROUND: usize = 600;

/// Reads the facts of one claim; an id the graph does not hold gives a claim without mentions.
pub(super) fn facts(
    graph: &Graph,
    id: &ClaimId,
    query: &str,
    matched: f64,
    scope: &Scope,
    lexicon: &Lexicon,
) -> Facts {
    let index = graph.claims();
    let claim = index.claim(id).unwrap_or_else(|| unknown(id));
    let (records, related) = rayon::join(
        || records(graph, &claim.mentions),
        || related(graph, &claim.id),
    );
    let oppositions = oppositions(graph, &claim.id, &related)
        .into_par_iter()
        .filter_map(|(id, contradicts)| {
            let other = index.claim(&id)?;
            Some(Opposition {
                claim: reference(&other),
                contradicts,
                records: self::records(graph, &other.mentions),
            })
        })
        .collect();
    let family = family(graph, &related);
    let mut facts = Facts {
        query: query.to_owned(),
        matched,
        claim,
        records,
        oppositions,
        related,
        family,
        copies: Vec::new(),
        reprints: BTreeSet::new(),
        passages: BTreeMap::new(),
        affiliations: Vec::new(),
        covered: Vec::new(),
        days: scope.days.unwrap_or(DAYS),
    };
    facts.keep(|record| scope.holds(record));
    facts.passages = passages(graph, &facts.records);
    facts.copies = copies(graph, &facts.passages);
    facts.reprints = reprints(&facts.copies, &facts.passages);
    let everybody: Vec<&MentionRecord> = facts.records.iter().collect();
    facts.affiliations = affiliations::affiliations(graph, &everybody, lexicon);
    facts.covered = covered(graph, &facts, scope);
    facts
}

impl Scope {
    /// Says whether a mention counts.
    fn holds(&self, record: &MentionRecord) -> bool {
        let (mention, article) = (&record.mention, &record.article);
        let at = |events: &Vec<EventId>| mention.occasions().iter().any(|id| events.contains(id));
        self.events.as_ref().is_none_or(at)
            && self
                .as_of
                .is_none_or(|day| article.published.is_some_and(|date| date <= day))
            && self
                .known
                .as_ref()
                .is_none_or(|known| known.contains(&article.snapshot))
    }
}

/// Finds who covered the events of the claim, or its variants.
fn covered(graph: &Graph, facts: &Facts, scope: &Scope) -> Vec<Covered> {
    let mut found: BTreeSet<Covered> = BTreeSet::new();
    for relative in &facts.family {
        for record in &relative.records {
            if let Some(id) = &record.article.outlet_id {
                found.insert(Covered {
                    outlet: reliance::outlet(record),
                    id: id.clone(),
                    what: relative.claim.label.clone(),
                });
            }
        }
    }
    let mut events: BTreeMap<&EventId, usize> = BTreeMap::new();
    for event in facts
        .records
        .iter()
        .flat_map(|record| &record.mention.events)
    {
        *events.entry(event).or_default() += 1;
    }
    let mut events: Vec<(&EventId, usize)> = events.into_iter().collect();
    events.sort_by_key(|(id, count)| (Reverse(*count), *id));
    for (event, _) in events.into_iter().take(MOST_EVENTS) {
        let about = read::about(graph, event);
        let snapshots: BTreeSet<&SnapshotId> = (about.iter())
            .filter_map(|id| Some(&graph.claims().mention(id)?.snapshot))
            .take(MOST_ABOUT)
            .collect();
        let label = read::name_of_event(graph, event).unwrap_or_default();
        for snapshot in snapshots {
            let article = read::article(graph, snapshot);
            let counts = |article: &Article| {
                let day = scope
                    .as_of
                    .is_none_or(|day| article.published.is_some_and(|date| date <= day));
                day && scope
                    .known
                    .as_ref()
                    .is_none_or(|known| known.contains(snapshot))
            };
            if let Some(article) = article.filter(counts)
                && let (Some(outlet), Some(id)) = (article.outlet, article.outlet_id)
            {
                let what = label.clone();
                found.insert(Covered { outlet, id, what });
            }
        }
    }
    found.into_iter().collect()
}

/// Reads the mentions of the variants.
fn family(graph: &Graph, related: &[Related]) -> Vec<Relative> {
    (related.par_iter())
        .filter(|related| related.relation == RelationKind::VariantOf)
        .filter_map(|related| {
            let other = graph.claims().claim(&related.claim.id)?;
            Some(Relative {
                claim: related.claim.clone(),
                records: records(graph, &other.mentions),
            })
        })
        .collect()
}

/// Reads which of these articles are copies, and of which.
fn copies(graph: &Graph, passages: &BTreeMap<ArticleId, String>) -> Vec<Copy> {
    let articles = passages.keys().cloned().collect();
    let mut copies = super::copies(graph, Some(&articles));
    copies.retain(|copy| copy.relation != Sharing::Passages);
    copies
}

/// Picks the pairs of which both articles carry the claim.
fn reprints(copies: &[Copy], passages: &BTreeMap<ArticleId, String>) -> BTreeSet<Reprint> {
    let held = |article: &ArticleRef| passages.contains_key(&article.id);
    (copies.iter())
        .filter(|copy| held(&copy.copy) && held(&copy.original))
        .map(|copy| Reprint {
            copy: copy.copy.id.clone(),
            original: copy.original.id.clone(),
            directed: copy.relation == Sharing::Copy,
        })
        .collect()
}

fn unknown(id: &ClaimId) -> Claim {
    Claim {
        id: id.clone(),
        label: String::new(),
        text: String::new(),
        quantities: Vec::new(),
        mentions: Vec::new(),
        forwards: Vec::new(),
    }
}

fn reference(claim: &Claim) -> TracedRef {
    TracedRef {
        id: claim.id.clone(),
        label: claim.label.clone(),
    }
}

fn records(graph: &Graph, ids: &[MentionId]) -> Vec<MentionRecord> {
    ids.par_iter()
        .filter_map(|id| read::mention(graph, id))
        .collect()
}

fn related(graph: &Graph, id: &ClaimId) -> Vec<Related> {
    read::relations(graph, id)
        .into_iter()
        .filter_map(|relation| {
            Some(Related {
                claim: reference(&graph.claims().claim(&relation.to)?),
                relation: relation.kind,
                why: relation.why,
            })
        })
        .collect()
}

/// Finds the claims through which `id` is disputed, with whether they contradict it.
///
/// Claims that contradict it; claims it entails; and claims that contradict what it entails.
fn oppositions(graph: &Graph, id: &ClaimId, related: &[Related]) -> Vec<(ClaimId, bool)> {
    let mut found: Vec<(ClaimId, bool)> = Vec::new();
    let of_kind = |related: &[Related], kind: RelationKind| -> Vec<ClaimId> {
        related
            .iter()
            .filter(|related| related.relation == kind)
            .map(|related| related.claim.id.clone())
            .collect()
    };
    let entailed = of_kind(related, RelationKind::Entails);
    let contradicting = of_kind(related, RelationKind::Contradicts);
    found.extend(contradicting.into_iter().map(|id| (id, true)));
    found.extend(entailed.iter().map(|id| (id.clone(), false)));
    let contradicting = entailed.par_iter().flat_map_iter(|entailed| {
        let related = self::related(graph, entailed);
        of_kind(&related, RelationKind::Contradicts)
    });
    found.par_extend(contradicting.map(|id| (id, true)));
    let mut seen = BTreeSet::from([(id.clone(), true), (id.clone(), false)]);
    found.retain(|entry| seen.insert(entry.clone()));
    found
}

/// Cuts the text around the mentions out of each article's snapshot; a snapshot that cannot be
/// read is left out, which counts its article as a text of its own.
fn passages(graph: &Graph, records: &[MentionRecord]) -> BTreeMap<ArticleId, String> {
    let mut windows: BTreeMap<(&ArticleId, &SnapshotId), Vec<Span>> = BTreeMap::new();
    for record in records
        .iter()
        .filter(|record| record.mention.stance.repeats())
    {
        windows
            .entry((&record.article.id, &record.article.snapshot))
            .or_default()
            .push(record.mention.content.span());
    }
    let mut passages = BTreeMap::new();
    for ((article, snapshot), mut spans) in windows {
        let Ok(Some(snapshot)) = graph.snapshot(snapshot) else {
            continue;
        };
        spans.sort();
        let passage: &mut String = passages.entry(article.clone()).or_default();
        passage.push_str(&around(&snapshot.text, &spans));
    }
    passages
}

/// Joins the text within [`AROUND`] bytes of the sorted `spans`, no byte twice.
fn around(text: &str, spans: &[Span]) -> String {
    let mut joined = String::new();
    let mut done = 0;
    for span in spans {
        let start = boundary(text, span.start.saturating_sub(AROUND)).max(done);
        let end = boundary(text, span.end.saturating_add(AROUND));
        if start < end {
            joined.push_str(text.get(start..end).unwrap_or_default());
            joined.push('\n');
            done = end;
        }
    }
    joined
}

/// Returns the first character boundary at or behind `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|&place| text.is_char_boundary(place))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::around;
    use crate::span::Span;

    proptest! {
        #[test]
        fn windows_never_panic_or_repeat(
            text in "\\PC{0,2000}",
            mut spans in prop::collection::vec((0_usize..4000, 0_usize..4000), 0..6)
        ) {
            spans.sort_unstable();
            let spans: Vec<Span> = spans.into_iter().map(|(a, b)| Span::new(a, b)).collect();
            prop_assert!(around(&text, &spans).len() <= text.len() + spans.len());
        }
    }
}
