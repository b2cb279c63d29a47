//! How far a denial came, and who kept silent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use super::{Material, chain};
use crate::{id::AgentId, mention::MentionRecord};

/// Somebody who covered what the claim is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Covered {
    /// The outlet.
    pub outlet: String,
    /// Its id.
    #[serde(skip)]
    pub id: AgentId,
    /// What it covered: an event, or another claim about the matter.
    pub what: String,
}

/// An outlet that carried the claim, and its denial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// The outlet.
    pub outlet: String,
    /// When it carried the claim first.
    pub carried: Option<Date>,
    /// When it carried a denial first.
    pub denied: Option<Date>,
}

/// How far the denial came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// When the first denial was published anywhere.
    pub first: Option<Date>,
    /// Days after that, and after an outlet carried the claim, within which its denial counts.
    pub days: u16,
    /// Outlets that carried the claim and, within the days, a denial.
    pub reached: Vec<Reached>,
    /// Outlets that carried the claim and a denial later than that.
    pub late: Vec<Reached>,
    /// Outlets that carried the claim and never a denial.
    pub never: Vec<Reached>,
}

/// Who covered the matter and left something out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Silence {
    /// Outlets that neither carry nor deny the claim, with what they covered.
    pub claim: Vec<Covered>,
    /// Outlets that do not carry its denial though they cover the matter; empty where nobody denies it.
    pub denial: Vec<Covered>,
}

/// The first day of each outlet; an article without a day counts where there is no other.
fn first_days(records: &[&MentionRecord]) -> BTreeMap<AgentId, (String, Option<Date>)> {
    let mut days: BTreeMap<AgentId, (String, Option<Date>)> = BTreeMap::new();
    for record in records {
        let Some(vertex) = chain::path(record).into_iter().next() else {
            continue;
        };
        let published = record.article.published;
        let (_, day) = days.entry(vertex.id).or_insert((vertex.label, published));
        *day = day.iter().chain(&published).min().copied();
    }
    days
}

/// Sorts the outlets that carry the claim by whether its denial reached their readers; linear.
pub(super) fn correction(material: &Material<'_>) -> Option<Correction> {
    if material.denying.is_empty() {
        return None;
    }
    let first = material
        .denying
        .iter()
        .filter_map(|record| record.article.published)
        .min();
    let denied = first_days(&material.denying);
    let mut correction = Correction {
        first,
        days: material.days,
        reached: Vec::new(),
        late: Vec::new(),
        never: Vec::new(),
    };
    for (id, (outlet, carried)) in first_days(&material.carrying) {
        let denial = denied.get(&id);
        let by = (carried.max(first))
            .and_then(|day| day.checked_add(i32::from(material.days).days()).ok());
        let list = match denial {
            None => &mut correction.never,
            Some((_, Some(day))) if by.is_some_and(|by| *day > by) => &mut correction.late,
            Some(_) => &mut correction.reached,
        };
        list.push(Reached {
            outlet,
            carried,
            denied: denial.and_then(|(_, day)| *day),
        });
    }
    let key = |reached: &Reached| {
        (
            reached.carried.is_none(),
            reached.carried,
            reached.outlet.clone(),
        )
    };
    for list in [
        &mut correction.reached,
        &mut correction.late,
        &mut correction.never,
    ] {
        list.sort_by_key(key);
    }
    Some(correction)
}

/// Lists who covered the matter and left the claim, or its denial, out.
pub(super) fn silence(material: &Material<'_>) -> Silence {
    let carrying: BTreeSet<AgentId> = first_days(&material.carrying).into_keys().collect();
    let denying: BTreeSet<AgentId> = first_days(&material.denying).into_keys().collect();
    let mut covered = material.covered.clone();
    covered.sort();
    covered.dedup();
    let of = |said: &dyn Fn(&AgentId) -> bool| -> Vec<Covered> {
        (covered.iter())
            .filter(|one| !said(&one.id))
            .cloned()
            .collect()
    };
    Silence {
        claim: of(&|id| carrying.contains(id) || denying.contains(id)),
        denial: if denying.is_empty() {
            Vec::new()
        } else {
            of(&|id| denying.contains(id))
        },
    }
}
