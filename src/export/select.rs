//! Which mentions an export is of.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Selection, network::Network};
use crate::{
    claim::Relation,
    id::ClaimId,
    mention::{Article, MentionRecord},
    rdf::read,
    store::Graph,
};

/// Reads the selected mentions, in the order of article and text.
pub(super) fn records(graph: &Graph, selection: &Selection) -> Vec<MentionRecord> {
    let claims: Vec<ClaimId> = selection
        .claims
        .iter()
        .map(|id| {
            graph
                .claims()
                .claim(id)
                .map_or_else(|| id.clone(), |claim| claim.id)
        })
        .collect();
    read::mention_ids(graph, None)
        .iter()
        .filter_map(|id| read::mention(graph, id))
        .filter(|record| is_selected(record, selection, &claims))
        .collect()
}

/// Says whether nothing is left out.
pub(super) fn is_everything(selection: &Selection) -> bool {
    selection.claims.is_empty()
        && selection.speaker.is_none()
        && selection.outlet.is_none()
        && selection.events.is_empty()
        && selection.since.is_none()
        && selection.until.is_none()
}

fn is_selected(record: &MentionRecord, selection: &Selection, claims: &[ClaimId]) -> bool {
    let mention = &record.mention;
    let claim = claims.is_empty()
        || record
            .claim
            .as_ref()
            .is_some_and(|claim| claims.contains(&claim.id));
    let speaker = selection
        .speaker
        .as_ref()
        .is_none_or(|speaker| mention.chain.iter().any(|link| link.id == *speaker));
    let outlet = selection
        .outlet
        .as_ref()
        .is_none_or(|outlet| record.article.outlet_id.as_ref() == Some(outlet));
    let occasions = mention.occasions();
    let event =
        selection.events.is_empty() || occasions.iter().any(|id| selection.events.contains(id));
    claim && speaker && outlet && event && is_in_time(&record.article, selection)
}

/// An article without a date is in no stretch of time.
fn is_in_time(article: &Article, selection: &Selection) -> bool {
    let within = |limit: Option<Date>, fits: fn(Date, Date) -> bool| {
        limit.is_none_or(|limit| article.published.is_some_and(|date| fits(date, limit)))
    };
    within(selection.since, |date, since| date >= since)
        && within(selection.until, |date, until| date <= until)
}

/// Lays out the selected mentions.
pub(super) fn network(graph: &Graph, selection: &Selection) -> Network {
    let records = records(graph, selection);
    let mut claims: Vec<&ClaimId> = records
        .iter()
        .filter_map(|record| record.claim.as_ref().map(|claim| &claim.id))
        .collect();
    claims.sort();
    claims.dedup();
    let relations: Vec<(ClaimId, Relation)> = claims
        .into_iter()
        .flat_map(|id| {
            let relations = read::relations(graph, id);
            relations.into_iter().map(|relation| (id.clone(), relation))
        })
        .collect();
    let mut events = BTreeMap::new();
    for id in (records.iter()).flat_map(|record| record.mention.occasions()) {
        if !events.contains_key(id.as_str())
            && let Some(event) = read::event(graph, id)
        {
            events.insert(id.as_str().to_owned(), (event.label, event.date));
        }
    }
    Network::of_records(&records, &relations, &events)
}

#[cfg(test)]
mod tests {
    use super::{Selection, is_selected};
    use crate::{
        id::{AgentId, ClaimId, EventId},
        trace::story::harbour,
    };

    fn count(selection: &Selection) -> usize {
        let records = harbour().records;
        let chosen = records
            .iter()
            .filter(|record| is_selected(record, selection, &selection.claims));
        chosen.count()
    }

    #[test]
    fn an_empty_selection_is_everything() {
        assert_eq!(count(&Selection::default()), 5);
    }

    #[test]
    fn a_speaker_is_found_anywhere_in_the_chain() {
        let of = |name: &str| {
            count(&Selection {
                speaker: Some(AgentId::named(name)),
                ..Selection::default()
            })
        };
        assert_eq!((of("Ada Holm"), of("Coast Wire"), of("Nobody")), (2, 2, 0));
    }

    #[test]
    fn days_are_inclusive_and_undated_articles_are_in_no_stretch() {
        let of = |since: &str, until: &str| {
            count(&Selection {
                since: since.parse().ok(),
                until: until.parse().ok(),
                ..Selection::default()
            })
        };
        assert_eq!(of("2023-10-03", "2023-10-03"), 1);
        assert_eq!((of("2023-10-02", ""), of("", "2023-10-01")), (4, 0));
    }

    #[test]
    fn filters_hold_together() {
        let selection = Selection {
            claims: vec![ClaimId::from_local(
                "Up to 40 ferries will stop running before the winter",
            )],
            outlet: Some(AgentId::named("Daily Anchor")),
            ..Selection::default()
        };
        assert_eq!(count(&selection), 2);
        let event = Selection {
            events: vec![EventId::from_local("storm")],
            ..selection
        };
        assert_eq!(count(&event), 0);
    }
}
