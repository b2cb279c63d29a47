//! Typed loaders of the data files in `lexicon/data`: words are data, not code.
//!
//! Every file carries examples that test it. Nothing here decides anything.

pub mod bodies;
pub mod calendar;
pub mod citations;
pub mod concepts;
pub mod corrections;
pub mod cue;
pub mod dates;
pub mod denials;
pub mod events;
pub mod fields;
pub mod function;
pub mod furniture;
pub mod given;
pub mod headline;
pub mod markup;
pub mod outlets;
pub mod role;
pub mod states;
pub mod units;
pub mod vocabulary;

use std::sync::LazyLock;

/// All lexicons, parsed once.
#[derive(Debug)]
pub struct Lexicon {
    /// Words that mark attributions.
    pub cues: cue::Cues,
    /// How denials are worded.
    pub denials: denials::Denials,
    /// Closed-class words.
    pub functions: function::Functions,
    /// Phrases of site furniture, captions, bylines and source lines.
    pub furniture: furniture::Furniture,
    /// Given names that tell a gender.
    pub given: given::GivenNames,
    /// Words by which an article tells what it makes of its headline.
    pub headline: headline::HeadlineWords,
    /// News organisations by name and domain.
    pub outlets: outlets::Outlets,
    /// What is a part of a state.
    pub bodies: bodies::Bodies,
    /// Titles, functions, institutions, documents.
    pub roles: role::Roles,
    /// Words by which an article leans on what an outlet published.
    pub citations: citations::Citations,
    /// Words by which an article says that it was changed.
    pub corrections: corrections::Corrections,
    /// Words of dates.
    pub calendar: calendar::Calendar,
    /// How pages write days.
    pub dates: dates::Dates,
    /// Kinds of events.
    pub events: events::Events,
    /// Names of the parts of pages.
    pub markup: markup::Markup,
    /// Signs of texts that are not whole.
    pub states: states::States,
    /// Names of the parts of records.
    pub fields: fields::Fields,
    /// Numbers, modifiers and units.
    pub units: units::Units,
    /// Names that stand for one thing.
    pub concepts: concepts::Concepts,
    /// Words that mean the same, and words that mean nothing.
    pub vocabulary: vocabulary::Vocabulary,
}

impl Lexicon {
    /// Returns the lexicon built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses every embedded file.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::with_outlets(outlets::Outlets::shipped()));
        &SHIPPED
    }

    /// Returns the lexicon built into the binary with another registry of outlets.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses every embedded file.
    #[must_use]
    pub fn with_outlets(outlets: outlets::Outlets) -> Self {
        let cues = cue::Cues::parse(include_str!("lexicon/data/cues.toml"))
            .expect("tests parse the embedded cues");
        Self {
            denials: denials::Denials::shipped(&cues.falsity.adjectives),
            cues,
            functions: function::Functions::parse(include_str!("lexicon/data/functions.toml"))
                .expect("tests parse the embedded function words"),
            furniture: furniture::Furniture::shipped(),
            given: given::GivenNames::parse(include_str!("lexicon/data/given_names.toml"))
                .expect("tests parse the embedded given names"),
            headline: headline::HeadlineWords::shipped(),
            outlets,
            bodies: bodies::Bodies::shipped(),
            roles: role::Roles::parse(include_str!("lexicon/data/roles.toml"))
                .expect("tests parse the embedded roles"),
            calendar: calendar::Calendar::shipped(),
            citations: citations::Citations::parse(include_str!("lexicon/data/citations.toml"))
                .expect("tests parse the embedded citations"),
            corrections: corrections::Corrections::parse(include_str!(
                "lexicon/data/corrections.toml"
            ))
            .expect("tests parse the embedded corrections"),
            dates: dates::Dates::shipped(),
            events: events::Events::shipped(),
            markup: markup::Markup::shipped(),
            states: states::States::shipped(),
            fields: fields::Fields::shipped(),
            units: units::Units::shipped(),
            concepts: concepts::Concepts::shipped(),
            vocabulary: vocabulary::Vocabulary::shipped(),
        }
    }
}
