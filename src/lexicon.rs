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

/// A lexicon that is read when it is first asked for: no command needs all of them.
pub type Late<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send>>;

fn late<T>(read: impl FnOnce() -> T + Send + 'static) -> Late<T> {
    LazyLock::new(Box::new(read))
}

/// All lexicons, each parsed once.
#[derive(Debug)]
pub struct Lexicon {
    /// Words that mark attributions.
    pub cues: Late<cue::Cues>,
    /// How denials are worded.
    pub denials: Late<denials::Denials>,
    /// Closed-class words.
    pub functions: Late<function::Functions>,
    /// Phrases of site furniture, captions, bylines and source lines.
    pub furniture: Late<furniture::Furniture>,
    /// Given names that tell a gender.
    pub given: Late<given::GivenNames>,
    /// Words by which an article tells what it makes of its headline.
    pub headline: Late<headline::HeadlineWords>,
    /// News organisations by name and domain.
    pub outlets: Late<outlets::Outlets>,
    /// What is a part of a state.
    pub bodies: Late<bodies::Bodies>,
    /// Titles, functions, institutions, documents.
    pub roles: Late<role::Roles>,
    /// Words by which an article leans on what an outlet published.
    pub citations: Late<citations::Citations>,
    /// Words by which an article says that it was changed.
    pub corrections: Late<corrections::Corrections>,
    /// Words of dates.
    pub calendar: Late<calendar::Calendar>,
    /// How pages write days.
    pub dates: Late<dates::Dates>,
    /// Kinds of events.
    pub events: Late<events::Events>,
    /// Names of the parts of pages.
    pub markup: Late<markup::Markup>,
    /// Signs of texts that are not whole.
    pub states: Late<states::States>,
    /// Names of the parts of records.
    pub fields: Late<fields::Fields>,
    /// Numbers, modifiers and units.
    pub units: Late<units::Units>,
    /// Names that stand for one thing.
    pub concepts: Late<concepts::Concepts>,
    /// Words that mean the same, and words that mean nothing.
    pub vocabulary: Late<vocabulary::Vocabulary>,
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
            LazyLock::new(|| Lexicon::with(late(outlets::Outlets::shipped)));
        &SHIPPED
    }

    /// Returns the lexicon built into the binary with another registry of outlets.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses every embedded file.
    #[must_use]
    pub fn with_outlets(outlets: outlets::Outlets) -> Self {
        Self::with(late(|| outlets))
    }

    /// Reads what answers need on another core, before it is asked for.
    pub fn read_ahead(&'static self) {
        std::thread::spawn(|| {
            LazyLock::force(&self.vocabulary);
            LazyLock::force(&self.concepts);
            LazyLock::force(&self.units);
            LazyLock::force(&self.outlets);
        });
    }

    fn with(outlets: Late<outlets::Outlets>) -> Self {
        let cues = || {
            cue::Cues::parse(include_str!("lexicon/data/cues.toml"))
                .expect("tests parse the embedded cues")
        };
        Self {
            denials: late(move || denials::Denials::shipped(&cues().falsity.adjectives)),
            cues: late(cues),
            functions: late(|| {
                function::Functions::parse(include_str!("lexicon/data/functions.toml"))
                    .expect("tests parse the embedded function words")
            }),
            furniture: late(furniture::Furniture::shipped),
            given: late(|| {
                given::GivenNames::parse(include_str!("lexicon/data/given_names.toml"))
                    .expect("tests parse the embedded given names")
            }),
            headline: late(headline::HeadlineWords::shipped),
            outlets,
            bodies: late(bodies::Bodies::shipped),
            roles: late(|| {
                role::Roles::parse(include_str!("lexicon/data/roles.toml"))
                    .expect("tests parse the embedded roles")
            }),
            calendar: late(calendar::Calendar::shipped),
            citations: late(|| {
                citations::Citations::parse(include_str!("lexicon/data/citations.toml"))
                    .expect("tests parse the embedded citations")
            }),
            corrections: late(|| {
                corrections::Corrections::parse(include_str!("lexicon/data/corrections.toml"))
                    .expect("tests parse the embedded corrections")
            }),
            dates: late(dates::Dates::shipped),
            events: late(events::Events::shipped),
            markup: late(markup::Markup::shipped),
            states: late(states::States::shipped),
            fields: late(fields::Fields::shipped),
            units: late(units::Units::shipped),
            concepts: late(concepts::Concepts::shipped),
            vocabulary: late(vocabulary::Vocabulary::shipped),
        }
    }
}
