//! Typed loaders of the data files in `lexicon/data`: words are data, not code.
//!
//! Every file carries examples that test it. Nothing here decides anything.

use std::sync::LazyLock;

pub mod calendar;
pub mod events;
pub mod units;

/// All lexicons, parsed once.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words of dates.
    pub calendar: calendar::Calendar,
    /// Kinds of events.
    pub events: events::Events,
    /// Numbers, modifiers and units.
    pub units: units::Units,
}

impl Lexicon {
    /// Returns the lexicon built into the binary.
    ///
    /// # Panics
    ///
    /// Never in a released binary: a test parses every embedded file.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
            calendar: calendar::Calendar::shipped(),
            events: events::Events::shipped(),
            units: units::Units::shipped(),
        });
        &SHIPPED
    }
}
