//! Which outlet of the registry a name in running text stands for.
//!
//! It never takes an ordinary word for an outlet without evidence, nor one of several for another.

use super::Names;
use crate::lexicon::{Lexicon, outlets::Outlet};

impl Names {
    /// Returns the known outlet that a name in the text stands for. An ordinary word ("Time") is taken
    /// for one only where the text calls it so, or behind the article of the outlet's name ("the
    /// Guardian"); a name of several means the one that the article names in full, or the only one of
    /// the country it is written in.
    pub(in crate::resolve) fn outlet<'l>(
        &self,
        name: &str,
        article: bool,
        called: bool,
        lexicon: &'l Lexicon,
    ) -> Option<&'l Outlet> {
        let outlets = &lexicon.outlets;
        if let Some(found) = outlets.find_anywhere(name) {
            return Some(found);
        }
        // "the nation says" is no magazine.
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        let claimants = outlets.claimants(name);
        let only = |fits: &dyn Fn(&Outlet) -> bool| {
            let mut fitting = claimants.iter().filter(|outlet| fits(outlet));
            let first = fitting.next()?;
            fitting.next().is_none().then_some(*first)
        };
        if let Some(known) = only(&|outlet| self.agents.contains_key(&outlet.agent_id())) {
            return Some(known);
        }
        let shown = called || {
            let full = format!("the {}", name.to_lowercase());
            let titled = |outlet: &&Outlet| outlet.names().any(|name| name.to_lowercase() == full);
            let is_acronym = name.chars().all(|c| c.is_uppercase());
            match article {
                true => claimants.iter().any(titled) && !is_acronym,
                // "Time magazine" is found by its first word, but is none.
                // "EPA" is more than an agency for pictures.
                false if is_acronym => {
                    (claimants.iter()).any(|outlet| Some(&outlet.country) == self.country.as_ref())
                }
                false => !outlets.is_word(name),
            }
        };
        if !shown {
            return None;
        }
        only(&|_| true).or_else(|| only(&|outlet| Some(&outlet.country) == self.country.as_ref()))
    }
}
