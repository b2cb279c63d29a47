//! Denials of whole articles: what they are linked to, and what is no denial.

use claimgraph::{
    article::RawArticle,
    lexicon::Lexicon,
    mention::{Denies, Mention, Stance},
    pipeline,
};

fn mentions(body: &str) -> Vec<Mention> {
    let raw = RawArticle::plain("article.txt", body);
    let options = pipeline::Options::default();
    pipeline::analyse(&raw, Lexicon::shipped(), &options)
        .value
        .mentions
}

/// The mention whose content starts with some words.
fn find<'a>(mentions: &'a [Mention], words: &str) -> &'a Mention {
    let starts = |mention: &&Mention| {
        mention
            .content
            .text
            .trim_start_matches('“')
            .starts_with(words)
    };
    (mentions.iter().find(starts)).unwrap_or_else(|| panic!("no `{words}` in {mentions:#?}"))
}

#[test]
fn a_denial_without_words_of_its_own_is_linked_to_what_was_said() {
    let found = mentions(
        "Harbour rumours\n\nMayor Ines Calder said that the ferry company had bribed two councillors.\n\n\
         “The claim is nonsense,” ferry owner Piet Dorn said.\n",
    );
    let said = find(&found, "the ferry company had bribed");
    let denial = find(&found, "The claim");
    assert_eq!(
        (denial.stance, denial.denies),
        (Stance::Disputes, Some(Denies::Content))
    );
    assert_eq!(denial.signature, said.signature);
    assert_eq!(said.stance, Stance::Reports);
}

#[test]
fn an_event_that_was_not_is_linked_by_its_name() {
    let found = mentions(
        "Dinner at the quay\n\nMayor Ines Calder said that the minister had met the ferry owner at a dinner.\n\n\
         The dinner never took place, ferry owner Piet Dorn said.\n",
    );
    let said = find(&found, "the minister had met");
    let denial = find(&found, "The dinner never");
    assert_eq!(
        (denial.stance, denial.denies),
        (Stance::Disputes, Some(Denies::Event))
    );
    assert_eq!(denial.signature, said.signature);
}

#[test]
fn a_plain_negation_denies_only_what_was_spoken_of() {
    let raised = mentions(
        "Fire on the ferry\n\nMayor Ines Calder said that smugglers had used the ferry.\n\n\
         “There were no smugglers,” ferry owner Piet Dorn said.\n",
    );
    assert_eq!(find(&raised, "There were no").stance, Stance::Disputes);
    let alone = mentions(
        "Fire on the ferry\n\nA fire broke out on the ferry on Monday night.\n\n\
         “There were no casualties,” ferry owner Piet Dorn said.\n",
    );
    assert_eq!(find(&alone, "There were no").stance, Stance::Reports);
}

#[test]
fn what_the_outlet_calls_false_is_refuted() {
    let found = mentions(
        "Fact check: No shark swam in the canal\n\nAnglers in Brask were worried.\n\n\
         “A shark bit two swimmers in Brask.” False. The dinner at the Old Mill never took place.\n",
    );
    assert_eq!(find(&found, "Fact check: No shark").stance, Stance::Refutes);
    let event = find(&found, "The dinner at");
    assert_eq!(
        (event.stance, event.denies),
        (Stance::Refutes, Some(Denies::Event))
    );
}

#[test]
fn a_dateline_is_no_part_of_a_statement() {
    let found = mentions(
        "Ferry costs more\n\nBRASK, May 5 (Coast Wire) - The Ferry Albatross has cost Brask 40 million euros in 2031.\n",
    );
    find(&found, "The Ferry Albatross has cost");
}
