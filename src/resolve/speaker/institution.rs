//! Institutions and outlets: by name, and by what the article calls them.

use crate::{
    id::AgentId,
    lexicon::{Lexicon, function::Classes, outlets::OutletKind},
    mention::AgentKind,
    resolve::{
        name::Names,
        speaker::{
            description::{is_capital, join},
            known::akin,
        },
    },
};

/// "the magazine Doppelpass", "Doppelpass", "the association Datawatch": an institution by name,
/// behind nothing but what it is called.
pub(super) fn known_name(head: &[&str], names: &mut Names, lexicon: &Lexicon) -> Option<AgentId> {
    let end = head
        .iter()
        .position(|word| {
            !is_capital(word)
                && lexicon.functions.classes(word).any(Classes::PREPOSITION)
                && *word != "of"
        })
        .unwrap_or(head.len());
    let start = head[..end].iter().position(|word| {
        is_capital(word) && lexicon.functions.classes(&word.to_lowercase()).is_open()
    })?;
    let name = join(&head[start..end]);
    let noun = start
        .checked_sub(1)
        .map(|at| head[at].to_lowercase())
        .filter(|noun| !lexicon.functions.classes(noun).any(Classes::DETERMINER));
    if let Some(known) = names.institution(&name) {
        return Some(known.clone());
    }
    // "magazine Doppelpass": introduced where it speaks.
    let noun = noun?;
    let before = start
        .checked_sub(2)
        .map_or(String::new(), |at| head[at].to_lowercase());
    let vague = lexicon.roles.outlet_nouns.contains(&noun);
    let article = lexicon.functions.classes(&before).any(Classes::DETERMINER);
    let is_outlet = lexicon.roles.is_outlet_noun(&noun, &before) || (vague && article);
    if !is_outlet || lexicon.outlets.is_name(&name) {
        return None;
    }
    let id = names.register(&name, AgentKind::Outlet, AgentId::named(&name));
    names.add_noun(&noun, &id);
    Some(id)
}

/// "the ministry" after "the Environment Ministry", "the company" after "Retailer Fenwick & Dole",
/// "the agency" after "the news agency Finwire": the institution named last that is called so.
pub(super) fn known_institution(
    head: &[&str],
    at: usize,
    names: &Names,
    lexicon: &Lexicon,
) -> Option<AgentId> {
    let (article, words) = head.split_first()?;
    let own = matches!(article.to_lowercase().as_str(), "this" | "our");
    if !own && !article.eq_ignore_ascii_case("the") {
        return None;
    }
    let (noun, modifiers) = words.split_last()?;
    if words.len() > 3 || is_capital(noun) {
        return None;
    }
    if own {
        let outlet = lexicon.roles.outlet_nouns.contains(*noun);
        return names.own.clone().filter(|_| outlet);
    }
    let roles = &lexicon.roles;
    let is_company = roles.companies.contains(*noun);
    let is_outlet = roles.outlet_nouns.contains(*noun);
    let fits = |id: &AgentId| {
        let Some(agent) = names.agents.get(id) else {
            return false;
        };
        let lower = agent.name.to_lowercase();
        let name: Vec<&str> = lower.split_whitespace().collect();
        let head = name
            .iter()
            .position(|word| *word == "of")
            .unwrap_or(name.len());
        let called = names.is_called(id, noun);
        let named =
            agent.name.contains(' ') && head.checked_sub(1).is_some_and(|at| name[at] == *noun);
        let modified = modifiers.iter().all(|modifier| {
            let modifier = modifier.to_lowercase();
            name.iter().any(|word| akin(word, &modifier))
        });
        let by_class = match agent.kind {
            AgentKind::Organisation => {
                let company = names.nouns(id).any(|noun| roles.companies.contains(noun))
                    || name.iter().any(|word| roles.company_words.contains(*word));
                // "the airline" is no company that is called a bank.
                let other = names.nouns(id).next().is_some()
                    || name.iter().any(|word| roles.companies.contains(*word));
                is_company && company && (roles.any_company.contains(*noun) || !other)
            }
            AgentKind::Outlet => {
                is_outlet
                    && names.own.as_ref() != Some(id)
                    && names.nouns(id).all(|noun| noun == "outlet")
                    && lexicon
                        .outlets
                        .by_id(id)
                        .is_none_or(|outlet| is_kind(outlet.kind, noun))
            }
            _ => false,
        };
        match agent.kind {
            AgentKind::Organisation => {
                (modified && (named || called)) || (modifiers.is_empty() && by_class)
            }
            AgentKind::Outlet => {
                let described = modifiers.is_empty() || *modifiers == ["news"];
                is_outlet && described && (called || named || by_class)
            }
            _ => false,
        }
    };
    if let Some(nearest) = names.nearest(at, fits) {
        return Some(nearest.clone());
    }
    let mut fitting = names.agents.keys().filter(|id| fits(id));
    let first = fitting.next()?;
    fitting.next().is_none().then(|| first.clone())
}

/// Says whether outlets of a kind are called by a noun.
fn is_kind(kind: OutletKind, noun: &str) -> bool {
    match noun {
        "agency" | "newswire" | "wire" | "service" => kind == OutletKind::Agency,
        "newspaper" | "paper" | "daily" | "tabloid" | "broadsheet" => kind == OutletKind::Newspaper,
        "magazine" | "monthly" | "weekly" | "journal" => {
            matches!(kind, OutletKind::Magazine | OutletKind::Newspaper)
        }
        "broadcaster" | "channel" | "station" | "network" | "television" | "tv" | "radio"
        | "programme" | "program" | "show" => kind == OutletKind::Broadcaster,
        "outlet" => true,
        _ => kind == OutletKind::Online,
    }
}
