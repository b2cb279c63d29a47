//! The algorithms against trying everything on small graphs, and small stories.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use proptest::prelude::*;

use super::*;
use crate::{
    id::AgentId,
    mention::{Certainty, Stance, Tense},
    trace::{
        assemble, material,
        story::{Telling, facts, tell},
    },
};

/// One mention for each path of names; the first name is the outlet.
fn told(paths: &[Vec<String>]) -> Vec<MentionRecord> {
    let tellings = paths.iter().enumerate().map(|(number, path)| {
        let first = tell("c", &path[0], "2030-01-01", Stance::Reports, "quote");
        let chain = path[1..]
            .iter()
            .fold(first, |telling, name| telling.cites(name, "said"));
        chain.at(1_000 * number).done()
    });
    tellings.collect()
}

fn skeleton_of(paths: &[Vec<String>]) -> Skeleton {
    let records = told(paths);
    let records: Vec<&MentionRecord> = records.iter().collect();
    Skeleton::of(&RelianceGraph::new(&records, &BTreeSet::new()))
}

fn skeleton(paths: &[&[&str]]) -> Skeleton {
    let owned: Vec<Vec<String>> = (paths.iter())
        .map(|path| path.iter().map(|name| (*name).to_owned()).collect())
        .collect();
    skeleton_of(&owned)
}

fn single(skeleton: &Skeleton) -> Option<String> {
    skeleton.single_source().map(|party| party.source)
}

fn counted(skeleton: &Skeleton) -> (usize, usize) {
    (skeleton.routes(), skeleton.ends.len())
}

#[test]
fn chains_that_meet_in_one_source_are_one_route() {
    let graph = skeleton(&[&["a", "x", "s"], &["b", "y", "s"], &["c", "s"]]);
    assert_eq!(counted(&graph), (1, 1));
    assert_eq!(single(&graph).as_deref(), Some("s"));
}

#[test]
fn a_cited_outlet_is_followed_to_its_own_source() {
    let graph = skeleton(&[&["a", "b"], &["b", "s"]]);
    assert_eq!(counted(&graph), (1, 1));
    assert_eq!(single(&graph).as_deref(), Some("s"));
}

#[test]
fn a_bottleneck_before_two_origins_is_the_single_source() {
    let graph = skeleton(&[&["a", "agency", "s"], &["b", "agency", "t"]]);
    assert_eq!(counted(&graph), (1, 2));
    assert_eq!(single(&graph).as_deref(), Some("agency"));
}

#[test]
fn one_outlet_with_two_sources_has_no_single_source() {
    let graph = skeleton(&[&["a", "s"], &["a", "t"]]);
    assert_eq!(counted(&graph), (1, 2));
    assert_eq!(single(&graph), None);
}

#[test]
fn outlets_that_cite_each_other_are_one_origin_without_a_single_source() {
    let graph = skeleton(&[&["a", "b"], &["b", "a"]]);
    assert_eq!(counted(&graph), (1, 1));
    assert_eq!(single(&graph), None);
}

#[test]
fn nothing_has_no_routes() {
    let graph = skeleton(&[]);
    assert_eq!(counted(&graph), (0, 0));
    assert_eq!(single(&graph), None);
    assert_eq!(graph.passages(), []);
}

#[test]
fn most_outlets_pass_through_the_agency() {
    let graph = skeleton(&[
        &["a", "agency", "s"],
        &["b", "agency", "s"],
        &["c", "agency", "t"],
        &["d", "s"],
    ]);
    let first = &graph.passages()[0];
    assert_eq!(first.through.source, "agency");
    assert_eq!((first.outlets.join(" ").as_str(), first.of), ("a b c", 4));
}

/// All simple paths from an outlet to an origin, as sets of vertices; an origin's circle is marked by
/// a number behind all vertices.
fn all_paths(skeleton: &Skeleton, start: NodeIndex) -> Vec<BTreeSet<usize>> {
    fn walk(
        skeleton: &Skeleton,
        at: NodeIndex,
        seen: &mut BTreeSet<usize>,
        found: &mut Vec<BTreeSet<usize>>,
    ) {
        seen.insert(at.index());
        if let Some(place) = skeleton.ends.iter().position(|end| end.contains(&at)) {
            let mut path = seen.clone();
            path.insert(1000 + place);
            found.push(path);
        }
        for next in skeleton.graph.neighbors(at) {
            if !seen.contains(&next.index()) {
                walk(skeleton, next, seen, found);
            }
        }
        seen.remove(&at.index());
    }
    let mut found = Vec::new();
    walk(skeleton, start, &mut BTreeSet::new(), &mut found);
    found
}

fn most_disjoint(paths: &[BTreeSet<usize>], used: &BTreeSet<usize>) -> usize {
    let Some((first, rest)) = paths.split_first() else {
        return 0;
    };
    let without = most_disjoint(rest, used);
    if first.is_disjoint(used) {
        without.max(1 + most_disjoint(rest, &(used | first)))
    } else {
        without
    }
}

fn small_paths() -> impl Strategy<Value = Vec<Vec<String>>> {
    let path = prop::collection::vec((0_u8..7).prop_map(|number| format!("n{number}")), 1..4);
    prop::collection::vec(path, 0..7)
}

proptest! {
    #[test]
    fn routes_agree_with_trying_all_sets_of_paths(paths in small_paths()) {
        let graph = skeleton_of(&paths);
        let mut all: Vec<_> = (graph.outlets.iter())
            .flat_map(|outlet| all_paths(&graph, *outlet))
            .collect();
        all.sort();
        all.dedup();
        prop_assume!(all.len() <= 16);
        prop_assert_eq!(graph.routes(), most_disjoint(&all, &BTreeSet::new()));
    }

    #[test]
    fn passages_agree_with_looking_at_all_paths(paths in small_paths()) {
        let graph = skeleton_of(&paths);
        for vertex in graph.graph.node_indices() {
            let through = |outlet: &&NodeIndex| {
                **outlet != vertex
                    && (all_paths(&graph, **outlet).iter()).all(|path| path.contains(&vertex.index()))
            };
            // A way ends in whichever member of a circle comes first.
            prop_assume!(graph.ends.iter().all(|end| end.len() == 1));
            let expected = graph.names(graph.outlets.iter().filter(through));
            let id = &graph.graph[vertex].id;
            let found = graph.passages().into_iter().find(|passage| passage.through.id == *id);
            let found = found.map_or_else(Vec::new, |passage| passage.outlets);
            prop_assert_eq!(found, if expected.len() > 1 { expected } else { Vec::new() });
        }
    }

    #[test]
    fn without_a_source_agrees_with_looking_at_all_paths(paths in small_paths(), gone in 0_u8..7) {
        let graph = skeleton_of(&paths);
        prop_assume!(graph.ends.iter().all(|end| end.len() == 1));
        let gone = AgentId::named(&format!("n{gone}"));
        let place = graph.graph.node_indices().find(|at| graph.graph[*at].id == gone);
        let holds = |outlet: &&NodeIndex| {
            all_paths(&graph, **outlet)
                .iter()
                .any(|path| place.is_none_or(|place| !path.contains(&place.index())))
        };
        let kept = graph.names(graph.outlets.iter().filter(holds));
        let answer = super::without::without(&graph, &gone);
        prop_assert_eq!(&answer.kept, &kept);
        prop_assert_eq!(answer.fate == Fate::Unsupported, kept.is_empty() && place.is_some());
        prop_assert!(answer.routes[1] <= answer.routes[0]);
    }

    #[test]
    fn every_step_of_a_circle_leads_to_the_next(paths in small_paths()) {
        let records = told(&paths);
        let records: Vec<&MentionRecord> = records.iter().collect();
        let graph = RelianceGraph::new(&records, &BTreeSet::new());
        let skeleton = Skeleton::of(&graph);
        // Two vertices are in one circle when each is reached from the other.
        let reaches = |from: NodeIndex, to: NodeIndex| {
            from != to && petgraph::algo::has_path_connecting(&skeleton.graph, from, to, None)
        };
        let indices: Vec<NodeIndex> = skeleton.graph.node_indices().collect();
        let expected: BTreeSet<String> = (indices.iter())
            .filter(|one| indices.iter().any(|other| reaches(**one, *other) && reaches(*other, **one)))
            .map(|at| skeleton.graph[*at].source.clone())
            .collect();
        let circles = circle::circles(&graph);
        let found: BTreeSet<String> = (circles.iter().flat_map(|circle| &circle.members))
            .map(|party| party.source.clone())
            .collect();
        prop_assert_eq!(found, expected);
        for circle in circles {
            prop_assert!(circle.steps.len() > 1);
            for (place, step) in circle.steps.iter().enumerate() {
                prop_assert_eq!(&step.to, &circle.steps[(place + 1) % circle.steps.len()].from);
            }
        }
    }

    #[test]
    fn an_echo_has_no_way_round_what_it_rests_on(paths in small_paths()) {
        let records = told(&paths);
        let records: Vec<&MentionRecord> = records.iter().collect();
        let graph = RelianceGraph::new(&records, &BTreeSet::new());
        for echo in circle::echoes(&graph) {
            let skeleton = Skeleton::of(&graph);
            let at = |id: &AgentId| {
                (skeleton.graph.node_indices()).find(|at| skeleton.graph[*at].id == *id).unwrap()
            };
            let (second, rests) = (at(&echo.cites.id), at(&echo.rests_on.id));
            prop_assert_ne!(second, rests);
            // Past what it rests on, nothing without a source is left to the second source.
            let mut left = skeleton.graph.clone();
            let edge = left.find_edge(at(&AgentId::named(&echo.outlet)), second).unwrap();
            left.remove_edge(edge);
            let ends: BTreeSet<NodeIndex> = skeleton::ends(&left).into_iter().flatten().collect();
            let edges: Vec<_> = left.edge_indices().collect();
            for edge in edges.into_iter().rev() {
                if left.edge_endpoints(edge).is_some_and(|(from, to)| from == rests || to == rests) {
                    left.remove_edge(edge);
                }
            }
            for end in ends.into_iter().filter(|end| *end != rests) {
                prop_assert!(!petgraph::algo::has_path_connecting(&left, second, end, None));
            }
        }
    }
}

fn assessed(tellings: Vec<Telling>) -> Reliance {
    assemble(&facts("c", tellings)).reliance
}

#[test]
fn a_second_source_that_has_it_from_the_first_is_an_echo() {
    let reliance = assessed(vec![
        tell("c", "B", "2030-01-01", Stance::Reports, "x").person("S", "said"),
        tell("c", "A", "2030-01-02", Stance::Reports, "x").person("S", "said"),
        tell("c", "A", "2030-01-02", Stance::Reports, "x")
            .cites("B", "reported")
            .at(500),
    ]);
    let echo = &reliance.echoes[0];
    assert_eq!(
        (echo.outlet.as_str(), echo.cites.source.as_str()),
        ("A", "B")
    );
    assert_eq!(echo.rests_on.source, "S");
    assert_eq!(reliance.echoes.len(), 1);
}

#[test]
fn what_was_published_later_makes_no_echo() {
    let reliance = assessed(vec![
        tell("c", "B", "2030-01-09", Stance::Reports, "x").person("S", "said"),
        tell("c", "A", "2030-01-02", Stance::Reports, "x").person("S", "said"),
        tell("c", "A", "2030-01-02", Stance::Reports, "x")
            .cites("B", "reported")
            .at(500),
    ]);
    assert_eq!(reliance.echoes, []);
}

#[test]
fn a_hedge_and_a_go_between_are_lost_on_the_way() {
    let reliance = assessed(vec![
        tell(
            "c",
            "B",
            "2030-01-01",
            Stance::Reports,
            "up to 50 boats may leave",
        )
        .person("Spokesman", "said")
        .person("President", "told")
        .modal(Certainty::Possible, Tense::Future)
        .figures(),
        tell("c", "A", "2030-01-02", Stance::Reports, "50 boats leave")
            .cites("B", "reported")
            .person("President", "said")
            .figures(),
    ]);
    let loss = &reliance.losses[0];
    assert_eq!(loss.relation, Relation::Cites);
    let expected = [Drift::MoreCertain, Drift::BoundDropped, Drift::HopDropped];
    assert_eq!(loss.drifts, expected);
    assert_eq!(loss.dropped, ["Spokesman"]);
}

#[test]
fn an_earlier_text_loses_nothing_against_a_later_one() {
    let reliance = assessed(vec![
        tell("c", "B", "2030-01-05", Stance::Hedges, "x").person("S", "said"),
        tell("c", "A", "2030-01-02", Stance::Reports, "x").person("S", "said"),
    ]);
    assert_eq!(reliance.losses, []);
}

#[test]
fn a_denial_counts_within_its_days() {
    let told = |outlet: &str, date: &str, stance| tell("c", outlet, date, stance, "x");
    let reliance = assessed(vec![
        told("A", "2030-01-01", Stance::Reports),
        told("B", "2030-01-01", Stance::Reports),
        told("C", "2030-01-01", Stance::Reports),
        told("A", "2030-01-05", Stance::Disputes),
        told("B", "2030-02-05", Stance::Disputes),
    ]);
    let correction = reliance.correction.unwrap();
    let names = |list: &[Reached]| {
        list.iter()
            .map(|one| one.outlet.clone())
            .collect::<String>()
    };
    assert_eq!(names(&correction.reached), "A");
    assert_eq!(names(&correction.late), "B");
    assert_eq!(names(&correction.never), "C");
}

#[test]
fn a_spokesman_and_his_president_are_one_after_joining() {
    let mut facts = facts(
        "c",
        vec![
            tell("c", "A", "2030-01-01", Stance::Reports, "x").person("Spokesman", "said"),
            tell("c", "B", "2030-01-02", Stance::Reports, "x").person("President", "said"),
            tell("c", "C", "2030-01-03", Stance::Reports, "x").person("Farmer", "said"),
        ],
    );
    let bond = |since: Option<&str>| Affiliation {
        agent: AgentId::named("Spokesman"),
        name: "Spokesman".to_owned(),
        bond: Bond::SpeaksFor,
        principal: AgentId::named("President"),
        principal_name: "President".to_owned(),
        since: since.map(|day| day.parse().unwrap()),
        until: None,
        stated: Vec::new(),
    };
    facts.affiliations = vec![bond(None)];
    let reliance = assemble(&facts).reliance;
    assert_eq!((reliance.counts.origins, reliance.counts.routes), (3, 3));
    assert_eq!((reliance.joined.origins, reliance.joined.routes), (2, 2));
    assert_eq!(reliance.affiliations.len(), 1);
    facts.affiliations = vec![bond(Some("2030-06-01"))];
    let reliance = assemble(&facts).reliance;
    assert_eq!(reliance.joined.origins, 3, "he spoke for him only later");
    assert_eq!(reliance.affiliations, []);
}

#[test]
fn a_copy_has_its_sources_from_the_original() {
    let wire = || tell("c", "Wire", "2030-01-01", Stance::Reports, "x").person("S", "said");
    let copy = || tell("c", "Paper", "2030-01-02", Stance::Reports, "x").person("S", "said");
    let other = || tell("c", "Radio", "2030-01-02", Stance::Reports, "x").person("T", "said");
    let mut facts = facts(
        "c",
        vec![wire(), wire().at(700).person("U", "said"), copy(), other()],
    );
    facts.reprints.insert(Reprint {
        copy: copy().done().article.id,
        original: wire().done().article.id,
        directed: true,
    });
    let found = assess(&material(&facts));
    let edges: Vec<(String, String, Relation)> = (found.graph.edges())
        .filter(|(.., edge)| edge.relation == Relation::Reprints)
        .map(|(from, to, edge)| (from.id.clone(), to.id.clone(), edge.relation))
        .collect();
    assert_eq!(edges.len(), 1);
    assert_eq!(found.counts.routes, 2);
    assert_eq!(found.passages[0].through.source, "S");
    let lost = super::without(&material(&facts), &AgentId::named("Wire"));
    assert_eq!(lost.lost, ["Paper", "Wire"]);
    assert_eq!(lost.fate, Fate::OneRoute);
    let json = serde_json::to_value(&found).unwrap();
    for edge in json["graph"]["edges"].as_array().unwrap() {
        assert!(edge["date"].is_string() && !edge["evidence"].as_array().unwrap().is_empty());
    }
}
