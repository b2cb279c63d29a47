//! Questions that need an algorithm on the reliance graph, by name.
//!
//! What SPARQL can answer stands in `ontology/queries`; nothing is answered twice.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Facts, Scope, Trace, assemble, facts, material};
use crate::{
    id::{AgentId, ClaimId},
    lexicon::Lexicon,
    rdf::read,
    reliance::{self, Drift, Evidence, Fate, Party},
    store::Graph,
};

/// A question about claims.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// What it is called.
    pub name: &'static str,
    /// The question in words.
    pub question: &'static str,
    /// The columns of the answer.
    pub columns: &'static [&'static str],
    /// How the answer is found, and by whose algorithm.
    pub how: &'static str,
    /// Words behind `claimgraph ask`.
    pub example: &'static str,
    /// Whether a source must be named.
    pub needs_source: bool,
    rows: fn(&Asked<'_>) -> Vec<Vec<String>>,
}

/// One claim with its answer.
struct Asked<'a> {
    facts: &'a Facts,
    trace: Trace,
    source: Option<&'a AgentId>,
}

/// The questions, by name.
pub const QUESTIONS: &[Question] = &[
    Question {
        name: "circles",
        question: "Which outlets have a claim from each other in a circle?",
        columns: &[
            "claim", "label", "from", "relation", "to", "date", "quote", "snapshot", "start", "end",
        ],
        how: "Strongly connected components (Tarjan) of the graph of who cites whom, articles counted as their outlets; of each component with two outlets or documents a shortest way round, one row for each step.",
        example: "circles \"ferry has been sold\"",
        needs_source: false,
        rows: circles,
    },
    Question {
        name: "echoes",
        question: "Which confirmations come from one's own origin?",
        columns: &[
            "claim", "label", "outlet", "cites", "rests_on", "date", "quote",
        ],
        how: "An outlet has the claim from X and cites Y as well; in what was published by that day X, or the outlet itself, dominates Y in the graph from the origins to the outlets (Cooper, Harvey and Kennedy).",
        example: "echoes \"175,000 troops\"",
        needs_source: false,
        rows: echoes,
    },
    Question {
        name: "headlines",
        question: "Where does a headline go further than its article?",
        columns: &[
            "claim", "label", "outlet", "date", "drifts", "headline", "body",
        ],
        how: "Each headline is compared with the mention of its article that it leaves least out of: certainty, bounds and approximations of figures, distance, attribution.",
        example: "headlines",
        needs_source: false,
        rows: headlines,
    },
    Question {
        name: "losses",
        question: "Where did a hedge, a bound, a go-between or the attribution disappear along the way?",
        columns: &[
            "claim",
            "label",
            "before",
            "before_date",
            "after",
            "after_date",
            "relation",
            "drifts",
            "dropped",
            "before_quote",
            "after_quote",
        ],
        how: "Each article is compared with those it cites or reprints, and with the first that quotes the same source, mention by mention; a go-between is lost where one chain is the other without it.",
        example: "losses \"no threat\"",
        needs_source: false,
        rows: losses,
    },
    Question {
        name: "origins",
        question: "How many independent origins does a claim really have?",
        columns: &[
            "claim",
            "label",
            "outlets",
            "texts",
            "routes",
            "origins",
            "joined_routes",
            "joined_origins",
            "single_source",
            "sources",
            "first_seen",
        ],
        how: "Articles are contracted into their outlets; origins are the components without a way out, routes the greatest number of paths that share no outlet or source (Menger; Dinic's maximum flow on the split graph), texts the articles after joining copies; joined: after contracting spokesmen into principals and outlets into owners.",
        example: "origins \"175,000 troops\"",
        needs_source: false,
        rows: origins,
    },
    Question {
        name: "passages",
        question: "Which source do most routes pass through?",
        columns: &[
            "claim", "label", "through", "kind", "outlets", "of", "names",
        ],
        how: "Dominators of the outlets in the graph from the origins to the outlets, with one root before all origins (Cooper, Harvey and Kennedy); those through whom at least two outlets have the claim.",
        example: "passages \"175,000 troops\"",
        needs_source: false,
        rows: passages,
    },
    Question {
        name: "quotes",
        question: "How do the versions of a quotation differ, and who cut or changed which words?",
        columns: &[
            "claim", "label", "source", "outlet", "date", "change", "dropped", "added", "quote",
            "fullest",
        ],
        how: "All renderings that one source's words have are compared with the fullest of them, word by word (longest common subsequence, O(n·m); Wagner and Fischer, 1974).",
        example: "quotes \"no threat\"",
        needs_source: false,
        rows: quotes,
    },
    Question {
        name: "reach",
        question: "Who carried a claim and never its denial, or too late?",
        columns: &[
            "claim", "label", "outlet", "carried", "denied", "reach", "days",
        ],
        how: "For each outlet the first day on which it carried the claim and on which it carried a denial, its own or through a claim that contradicts this one; the days count from the first denial anywhere or from when the outlet carried the claim, whichever is later (--days).",
        example: "reach \"planned attack\" --days 7",
        needs_source: false,
        rows: reach,
    },
    Question {
        name: "rests-on",
        question: "Which claims rest on one source, one house or nobody with a name?",
        columns: &["claim", "label", "rests_on", "what", "outlets", "origins"],
        how: "The immediate dominator of the claim seen from the readers, before and after joining affiliated agents; a claim all of whose origins are unnamed rests on nobody with a name.",
        example: "rests-on",
        needs_source: false,
        rows: rests_on,
    },
    Question {
        name: "silent",
        question: "Who covered the matter of a claim but left the claim or its denial out?",
        columns: &["claim", "label", "outlet", "left_out", "covered"],
        how: "Outlets that cover an event of the claim or one of its variants, less those that carry or deny it.",
        example: "silent \"175,000 troops\"",
        needs_source: false,
        rows: silent,
    },
    Question {
        name: "without",
        question: "Without a source, which claims lose all support or fall to one route?",
        columns: &[
            "claim",
            "label",
            "source",
            "fate",
            "routes",
            "routes_left",
            "origins",
            "origins_left",
            "lost",
            "kept",
        ],
        how: "The source is taken out of the graph; an outlet keeps the claim only if a way leads to another of the origins there were. Without a CLAIM all claims are asked in whose chains the source stands.",
        example: "without --source \"Dmitry Peskov\"",
        needs_source: true,
        rows: without,
    },
];

/// Finds a question.
#[must_use]
pub fn question(name: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.name == name)
}

/// Asks one question of claims; `source` is whom it is asked about.
///
/// The rows come in the order of the claims, each with the claim's id and label first.
#[must_use]
pub fn ask(
    graph: &Graph,
    question: &Question,
    claims: &[ClaimId],
    source: Option<&AgentId>,
    scope: &Scope,
    lexicon: &Lexicon,
) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for id in claims {
        let facts = facts(graph, id, "", 1.0, scope, lexicon);
        let asked = Asked {
            trace: assemble(&facts),
            facts: &facts,
            source,
        };
        for row in (question.rows)(&asked) {
            let claim = [facts.claim.id.to_string(), facts.claim.label.clone()];
            rows.push(claim.into_iter().chain(row).collect());
        }
    }
    rows
}

/// Lists the claims in whose chains a source stands, those with most of its mentions first.
#[must_use]
pub fn claims_through(graph: &Graph, source: &AgentId) -> Vec<ClaimId> {
    let mut counted: BTreeMap<ClaimId, usize> = BTreeMap::new();
    for mention in read::mentions_through(graph, source) {
        if let Some(claim) = graph.claims().claim_of(&mention) {
            *counted.entry(claim).or_default() += 1;
        }
    }
    let mut claims: Vec<(ClaimId, usize)> = counted.into_iter().collect();
    claims.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    claims.into_iter().map(|(id, _)| id).collect()
}

/// Lists the claims with most mentions first, those with one left out.
#[must_use]
pub fn most_told(graph: &Graph) -> Vec<ClaimId> {
    let index = graph.claims();
    let mut claims: Vec<(usize, ClaimId)> = (index.ids().into_iter())
        .filter_map(|id| Some((index.claim(&id)?.mentions.len(), id)))
        .filter(|(mentions, _)| *mentions > 1)
        .collect();
    claims.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    claims.into_iter().map(|(_, id)| id).collect()
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn drifts(drifts: &[Drift]) -> String {
    let drifts: Vec<&str> = drifts.iter().map(|drift| drift.describe()).collect();
    drifts.join(", ")
}

fn names(parties: &[Party]) -> String {
    let names: Vec<&str> = parties.iter().map(|party| party.source.as_str()).collect();
    names.join(" + ")
}

fn quote(evidence: &[Evidence]) -> String {
    evidence
        .first()
        .map(|first| first.quote.clone())
        .unwrap_or_default()
}

fn circles(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let steps = asked
        .trace
        .reliance
        .circles
        .iter()
        .flat_map(|circle| &circle.steps);
    let row = |step: &reliance::Step| {
        let first = step.evidence.first();
        let place = |of: fn(&Evidence) -> String| first.map(of).unwrap_or_default();
        vec![
            step.from.clone(),
            step.relation.as_str().to_owned(),
            step.to.clone(),
            day(step.date),
            quote(&step.evidence),
            place(|evidence| evidence.snapshot.to_string()),
            place(|evidence| evidence.start.to_string()),
            place(|evidence| evidence.end.to_string()),
        ]
    };
    steps.map(row).collect()
}

fn echoes(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let row = |echo: &reliance::Echo| {
        vec![
            echo.outlet.clone(),
            echo.cites.source.clone(),
            echo.rests_on.source.clone(),
            day(echo.date),
            quote(&echo.evidence),
        ]
    };
    asked.trace.reliance.echoes.iter().map(row).collect()
}

fn headlines(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let row = |beyond: &reliance::Beyond| {
        vec![
            beyond.headline.outlet.clone(),
            day(beyond.headline.article.published),
            drifts(&beyond.drifts),
            beyond.headline.evidence.quote.clone(),
            beyond.body.evidence.quote.clone(),
        ]
    };
    asked.trace.reliance.beyond.iter().map(row).collect()
}

fn losses(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let row = |loss: &reliance::Loss| {
        vec![
            loss.before.outlet.clone(),
            day(loss.before.article.published),
            loss.after.outlet.clone(),
            day(loss.after.article.published),
            loss.relation.as_str().to_owned(),
            drifts(&loss.drifts),
            loss.dropped.join(", "),
            loss.before.evidence.quote.clone(),
            loss.after.evidence.quote.clone(),
        ]
    };
    asked.trace.reliance.losses.iter().map(row).collect()
}

fn origins(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let reliance = &asked.trace.reliance;
    let (counts, joined) = (&reliance.counts, &reliance.joined);
    let sources: Vec<String> = (reliance.origins.iter())
        .map(|origin| names(&origin.sources))
        .collect();
    let single = counts.single_source.as_ref();
    vec![vec![
        counts.outlets.to_string(),
        counts.texts.to_string(),
        counts.routes.to_string(),
        counts.origins.to_string(),
        joined.routes.to_string(),
        joined.origins.to_string(),
        single.map(|party| party.source.clone()).unwrap_or_default(),
        sources.join("; "),
        day(asked.trace.summary.first_seen),
    ]]
}

fn passages(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let row = |passage: &reliance::Passage| {
        vec![
            passage.through.source.clone(),
            passage.through.kind.as_str().to_owned(),
            passage.outlets.len().to_string(),
            passage.of.to_string(),
            passage.outlets.join(", "),
        ]
    };
    asked.trace.reliance.passages.iter().map(row).collect()
}

fn quotes(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let records = asked
        .facts
        .records
        .iter()
        .filter(|one| one.mention.stance.repeats());
    let row = |version: reliance::Version| {
        vec![
            version.source,
            version.side.outlet,
            day(version.side.article.published),
            version.change.as_str().to_owned(),
            version.dropped.join(" … "),
            version.added.join(" … "),
            version.side.evidence.quote,
            version.fullest,
        ]
    };
    reliance::versions(&records.collect::<Vec<_>>())
        .into_iter()
        .map(row)
        .collect()
}

fn reach(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let Some(correction) = &asked.trace.reliance.correction else {
        return Vec::new();
    };
    let lists = [
        ("never", &correction.never),
        ("late", &correction.late),
        ("reached", &correction.reached),
    ];
    let rows = lists.into_iter().flat_map(|(reach, list)| {
        list.iter().map(move |one| {
            vec![
                one.outlet.clone(),
                day(one.carried),
                day(one.denied),
                reach.to_owned(),
                correction.days.to_string(),
            ]
        })
    });
    rows.collect()
}

fn rests_on(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let reliance = &asked.trace.reliance;
    let unnamed = |party: &Party| party.kind == reliance::NodeKind::Unnamed;
    let all_unnamed = !reliance.origins.is_empty()
        && (reliance.origins.iter()).all(|origin| origin.sources.iter().all(unnamed));
    let found = if all_unnamed {
        let of: Vec<String> = (reliance.origins.iter())
            .map(|one| names(&one.sources))
            .collect();
        Some((of.join("; "), "nobody with a name"))
    } else if let Some(party) = &reliance.counts.single_source {
        Some((party.source.clone(), "one source"))
    } else {
        let house = reliance.joined.single_source.as_ref();
        house.map(|party| (party.source.clone(), "one house"))
    };
    let row = |(on, what): (String, &str)| {
        let counts = &reliance.counts;
        vec![
            on,
            what.to_owned(),
            counts.outlets.to_string(),
            counts.origins.to_string(),
        ]
    };
    found.map(row).into_iter().collect()
}

fn silent(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let silence = &asked.trace.reliance.silence;
    let lists = [("claim", &silence.claim), ("denial", &silence.denial)];
    let rows = lists.into_iter().flat_map(|(what, list)| {
        (list.iter()).map(move |one| vec![one.outlet.clone(), what.to_owned(), one.what.clone()])
    });
    rows.collect()
}

fn without(asked: &Asked<'_>) -> Vec<Vec<String>> {
    let Some(source) = asked.source else {
        return Vec::new();
    };
    let answer = reliance::without(&material(asked.facts), source);
    let Some(party) = answer.source.filter(|_| answer.fate != Fate::Unaffected) else {
        return Vec::new();
    };
    vec![vec![
        party.source,
        answer.fate.describe().to_owned(),
        answer.routes[0].to_string(),
        answer.routes[1].to_string(),
        answer.origins[0].to_string(),
        answer.origins[1].to_string(),
        answer.lost.join(", "),
        answer.kept.join(", "),
    ]]
}
