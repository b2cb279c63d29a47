//! Figures that grow, are rounded and lose their bounds.

use crate::{
    mention::{Certainty, Stance, Tense},
    trace::{
        Trace, assemble,
        story::{Telling, facts, tell},
    },
};

const CLAIM: &str = "The crash killed 47 people";

/// One telling of the figure in a source's mouth.
fn says(outlet: &str, date: &str, quote: &str) -> Telling {
    tell(CLAIM, outlet, date, Stance::Reports, quote)
        .person("Ann Lo", "said")
        .figures()
}

fn traced(tellings: Vec<Telling>) -> Trace {
    assemble(&facts(CLAIM, tellings))
}

/// Wording, the wording it is compared with, and what changed.
fn steps(trace: &Trace) -> Vec<(&str, &str, String)> {
    let steps = &trace.lineage[0].steps;
    (steps.iter())
        .map(|step| {
            let changes: Vec<&str> = step
                .changes
                .iter()
                .map(|change| change.describe())
                .collect();
            let after = step.after.map_or("", |at| &steps[at].quantity.text);
            (step.quantity.text.as_str(), after, changes.join(", "))
        })
        .collect()
}

fn change(first: &str, second: &str) -> String {
    let trace = traced(vec![
        says("Alpha", "2031-05-01", first),
        says("Beta", "2031-05-02", second),
    ]);
    steps(&trace)[1].2.clone()
}

#[test]
fn each_kind_of_change_is_named() {
    for (first, second, expected) in [
        ("47 people died", "47 people died", ""),
        ("47 people died", "52 people died", "raised"),
        ("52 people died", "47 people died", "lowered"),
        (
            "47 people died",
            "nearly 50 people died",
            "rounded, hedge added",
        ),
        ("47 people died", "50 people died", "rounded"),
        (
            "dozens died",
            "47 died",
            "more precise, hedge dropped, bound became exact",
        ),
        (
            "more than 40 dead",
            "47 dead",
            "more precise, bound became exact",
        ),
        (
            "47 dead",
            "more than 40 dead",
            "rounded, exact became a bound",
        ),
        ("up to 60 dead", "60 dead", "bound became exact"),
        ("60 dead", "up to 60 dead", "exact became a bound"),
        ("more than 60 dead", "fewer than 60 dead", "bound turned"),
        ("about 60 dead", "60 dead", "hedge dropped"),
        ("47 people", "47 dead", "another unit"),
        ("300 Norland troops", "300 Estavian troops", "another scope"),
        ("300 troops", "300 soldiers", ""),
        ("two hours", "120 minutes", ""),
        (
            "more than 100,000 troops",
            "up to 175,000 troops",
            "raised, bound turned",
        ),
        (
            "more than 100,000 troops",
            "175,000 troops",
            "raised, bound became exact",
        ),
    ] {
        assert_eq!(change(first, second), expected, "{first} / {second}");
    }
}

#[test]
fn tense_certainty_and_voice_are_compared() {
    let told =
        |outlet, certainty, tense| says(outlet, "2031-05-01", "60 jobs").modal(certainty, tense);
    let trace = traced(vec![
        told("Alpha", Certainty::Possible, Tense::Future),
        told("Beta", Certainty::Certain, Tense::Future),
        tell(CLAIM, "Gamma", "2031-05-01", Stance::Asserts, "60 jobs").figures(),
        told("Delta", Certainty::Probable, Tense::Future),
    ]);
    let found: Vec<String> = steps(&trace).into_iter().map(|step| step.2).collect();
    assert_eq!(
        found,
        [
            "",
            "more certain",
            // Delta stands before Gamma on the same day.
            "less certain",
            "future told as done, more certain, attribution dropped",
        ]
    );
}

#[test]
fn a_figure_is_compared_with_the_last_that_is_nearly_the_same() {
    let facts = facts(
        CLAIM,
        vec![
            says("Alpha", "2031-05-01", "more than 100,000 troops"),
            says("Gamma", "2031-05-03", "100,000 troops"),
        ],
    )
    .variant(
        "Up to 175,000 troops",
        vec![
            says("Beta", "2031-05-02", "up to 175,000 soldiers"),
            says("Delta", "2031-05-04", "175,000"),
        ],
    );
    let trace = assemble(&facts);
    assert_eq!(
        steps(&trace),
        [
            ("more than 100,000 troops", "", String::new()),
            (
                "up to 175,000 soldiers",
                "more than 100,000 troops",
                "raised, bound turned".to_owned()
            ),
            (
                "100,000 troops",
                "more than 100,000 troops",
                "bound became exact".to_owned()
            ),
            (
                "175,000",
                "up to 175,000 soldiers",
                "bound became exact".to_owned()
            ),
        ]
    );
    assert_eq!(trace.lineage[0].unit, "troops");
    assert_eq!(
        trace.lineage[0].steps[1].claim.label,
        "Up to 175,000 troops"
    );
}

#[test]
fn undated_figures_come_last_and_repetitions_in_an_article_once() {
    let trace = traced(vec![
        says("Zeta", "", "about 60 dead"),
        says("Alpha", "2031-05-01", "60 dead"),
        says("Alpha", "2031-05-01", "60 dead").at(500),
    ]);
    let outlets: Vec<&str> = (trace.lineage[0].steps.iter())
        .map(|step| step.outlet.as_str())
        .collect();
    assert_eq!(outlets, ["Alpha", "Zeta"]);
    assert_eq!(trace.lineage[0].steps[1].date, None);
}

#[test]
fn units_that_have_nothing_to_do_with_each_other_stand_apart() {
    let trace = traced(vec![
        says("Alpha", "2031-05-01", "47 people and $3 million"),
        says("Beta", "2031-05-02", "$4 million"),
    ]);
    let units: Vec<(&str, usize)> = (trace.lineage.iter())
        .map(|lineage| (lineage.unit.as_str(), lineage.steps.len()))
        .collect();
    assert_eq!(units, [("USD", 2), ("people", 1)]);
}

#[test]
fn the_order_of_reading_does_not_matter() {
    let tellings = || {
        vec![
            says("Alpha", "2031-05-01", "dozens of people"),
            says("Beta", "2031-05-02", "47 people"),
            says("Gamma", "", "up to 60 people"),
        ]
    };
    let mut turned = tellings();
    turned.reverse();
    assert_eq!(traced(tellings()).lineage, traced(turned).lineage);
}
