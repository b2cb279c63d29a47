//! The normal form of a proposition: what two mentions are compared by.
//!
//! A line of features. The clause that makes the proposition comes first, further clauses follow
//! behind `|`. In a clause the features are sorted:
//!
//! | feature | meaning |
//! |---|---|
//! | `!` | negated |
//! | `#175000:force:max` | a quantity: value, unit, bound |
//! | `%2014` | a year or month |
//! | `=@putin` | the one who acts |
//! | `?attack` | said under a condition |
//! | `@putin`, `@putin/v` | a name, and the initial of its given name |
//! | `attack` | a lemma, or the group of words it belongs to |
//! | `~future`, `~possible`, `~demand` | modality |
//!
//! Behind `&` stands what the article is about; see [`context`].

use std::collections::BTreeSet;

use crate::{
    lexicon::Lexicon,
    mention::{Certainty, Modality, Polarity, Quantity, Tense},
};

mod clause;
pub mod context;
mod item;
mod token;

use clause::Clause;

/// More clauses than this are a speech, not a proposition with a core.
const MOST_CLAUSES: usize = 3;

/// Features beyond this number are left out; no proposition of one sentence has as many.
const MOST_FEATURES: usize = 48;

/// What stands behind this in a gloss is not read, so that no text makes it slow.
const MOST_CHARACTERS: usize = 4000;

/// Returns the normal form of a proposition as a line of sorted features.
///
/// `gloss` is the content with pronouns and short names replaced by what they stand for.
#[must_use]
pub fn signature(
    gloss: &str,
    quantities: &[Quantity],
    modality: Modality,
    lexicon: &Lexicon,
) -> String {
    let end = gloss
        .char_indices()
        .nth(MOST_CHARACTERS)
        .map(|(end, _)| end);
    let gloss = &gloss[..end.unwrap_or(gloss.len())];
    let quantities = &quantities[..quantities.len().min(MOST_FEATURES)];
    let tokens = token::tokens(gloss);
    let items = item::items(&tokens, quantities, lexicon);
    let mut clauses = clause::clauses(&items, lexicon);
    if clauses.len() > MOST_CLAUSES {
        clauses = vec![Clause::merge(clauses)];
    }
    let core = (clauses.iter().enumerate())
        .max_by(|(i, a), (j, b)| {
            let rank = |clause: &Clause| (clause.features.len() > 1, clause.negative);
            (rank(a).cmp(&rank(b)))
                .then_with(|| a.weight(lexicon).total_cmp(&b.weight(lexicon)))
                .then(j.cmp(i))
        })
        .map(|(index, _)| index);
    let Some(core) = core else {
        return String::new();
    };
    let mut core = clauses.swap_remove(core);
    let read = items.iter().any(|item| item.kind == item::Kind::Negator);
    if modality.polarity == Polarity::Negative && !read {
        core.negative = true;
    }
    let mut marks = BTreeSet::new();
    if modality.tense == Tense::Future {
        marks.insert("~future".to_owned());
    }
    if modality.certainty == Certainty::Possible {
        marks.insert("~possible".to_owned());
    }
    for quantity in quantities {
        let feature = amount(quantity, lexicon);
        // A quantity belongs to the clause that holds its figure.
        let figure = quantity.text.split_whitespace();
        let figure = figure.filter(|word| word.contains(|c: char| c.is_ascii_digit()));
        let inside = |clause: &Clause| figure.clone().any(|word| clause.words.contains(word));
        match clauses.iter_mut().find(|clause| inside(clause)) {
            Some(clause) if !inside(&core) => clause.features.insert(feature),
            _ => marks.insert(feature),
        };
    }
    core.features.extend(marks);
    let mut rest: Vec<String> = clauses.iter().map(Clause::line).collect();
    rest.retain(|line| !line.is_empty());
    rest.sort_unstable();
    rest.dedup();
    let mut line = core.line();
    for clause in rest {
        line.push_str(" | ");
        line.push_str(&clause);
    }
    line
}

/// Returns the feature of a quantity.
fn amount(quantity: &Quantity, lexicon: &Lexicon) -> String {
    let words: Vec<String> = (quantity.unit.to_lowercase())
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| lexicon.vocabulary.lemma(word).into_owned())
        .collect();
    let unit: String = (words.join("-").chars())
        .filter(|character| !character.is_whitespace() && !matches!(character, ':' | '|'))
        .collect();
    format!("#{}:{unit}:{}", quantity.value, quantity.bound.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mention::Bound;

    pub(super) const PLAIN: Modality = Modality {
        certainty: Certainty::Certain,
        polarity: Polarity::Positive,
        tense: Tense::NonFuture,
    };

    fn of(gloss: &str) -> String {
        signature(gloss, &[], PLAIN, Lexicon::shipped())
    }

    fn has(gloss: &str, feature: &str) -> bool {
        of(gloss).split(' ').any(|found| found == feature)
    }

    #[test]
    fn demonym_capital_and_seat_of_power_are_the_state() {
        for subject in ["Russia", "Moscow", "the Kremlin", "The Russian government"] {
            assert!(
                has(&format!("{subject} wants talks"), "@russia"),
                "{subject}"
            );
        }
        assert!(has("The White House wants talks", "@usa"));
        assert!(!has("they told us of talks", "@usa"));
    }

    #[test]
    fn a_title_gives_way_to_the_name() {
        let signature = of("Russian President Vladimir Putin met US president Joe Biden");
        assert_eq!(signature, "@biden @biden/j @putin @putin/v meet");
    }

    #[test]
    fn synonyms_become_one_feature() {
        assert_eq!(
            of("Troops invaded the town"),
            of("soldiers attack the city")
        );
    }

    #[test]
    fn a_negator_marks_its_clause_and_two_cancel_out() {
        assert!(has("The vaccine is not safe", "!"));
        assert!(has("The vaccine doesn't protect children", "!"));
        assert!(has("The reports of a landing are untrue", "!"));
        assert!(!has("The reports of a landing are not untrue", "!"));
        assert!(!has("Groundless theories led to arson", "!"));
        assert!(!has(
            "It is not only costly, it is a danger to fishing",
            "!"
        ));
    }

    #[test]
    fn what_something_is_not_does_not_negate_what_it_is() {
        let signature = of("The troops are stationed in Poland, not Belarus");
        assert_eq!(signature, "=@poland @poland deploy force");
    }

    #[test]
    fn a_denial_in_a_conjunction_is_the_core() {
        let signature = of("Norwegian ships are in home waters and do not threaten anyone");
        let (core, rest) = signature.split_once(" | ").unwrap();
        assert_eq!(core, "! =@norway @norway ship threat");
        assert!(rest.contains("water"));
    }

    #[test]
    fn a_condition_is_marked() {
        let signature = of("Canada will close the port if France sends a fleet");
        assert!(
            signature.contains("?@france") && signature.contains("=@canada"),
            "{signature}"
        );
    }

    #[test]
    fn a_demand_is_marked_and_what_looks_back_is_none() {
        assert!(has("Kelmark should close the port", "~demand"));
        assert!(has("the port must be closed at once", "~demand"));
        assert!(!has("Kelmark has closed the port", "~demand"));
        assert!(!has("the port must have been closed", "~demand"));
        assert!(!has("the port should have stayed open", "~demand"));
    }

    #[test]
    fn the_agent_of_a_passive_is_the_subject() {
        assert!(has("Chad was attacked by Libya", "=@libya"));
        assert!(has("Chad attacked Libya", "=@chad"));
    }

    #[test]
    fn quantities_carry_value_unit_and_bound() {
        let quantity = Quantity {
            text: "up to 175,000 soldiers".to_owned(),
            value: 175_000.0,
            min: None,
            max: Some(175_000.0),
            unit: "soldiers".to_owned(),
            bound: Bound::Max,
            approximate: false,
            start: 0,
            end: 0,
        };
        let signature = signature(
            "an army of up to 175,000 soldiers",
            &[quantity],
            PLAIN,
            Lexicon::shipped(),
        );
        assert_eq!(signature, "#175000:force:max force");
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let endless = "false is U.S. not 1,000 Ärger ".repeat(100_000);
        assert!(of(&endless).len() < 4000);
    }

    proptest! {
        #[test]
        fn any_text_gives_a_line_of_sorted_features(gloss in "\\PC{0,200}") {
            let line = of(&gloss);
            for clause in line.split(" | ").filter(|clause| !clause.is_empty()) {
                let features: Vec<&str> = clause.split(' ').collect();
                prop_assert!(features.iter().all(|feature| !feature.is_empty()));
                prop_assert!(features.windows(2).all(|pair| pair[0] < pair[1]), "{clause}");
            }
        }

        #[test]
        fn spacing_changes_nothing(words in prop::collection::vec("[a-z]{1,9}", 1..12)) {
            prop_assert_eq!(of(&words.join(" ")), of(&words.join("  ")));
        }
    }
}
