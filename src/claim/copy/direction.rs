//! Which of two articles that share their words is the copy.
//!
//! It never says so where nothing tells.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Shared, Text};
use crate::{
    id::{AgentId, slug},
    lexicon::Lexicon,
};

/// A text that has so much of its own beside what it shares is the fuller one, as a share.
const FULLER: f64 = 0.15;

/// A text that adds no more than this only cuts, as a share.
const ADDS_NOTHING: f64 = 0.06;

/// What says which of two articles is the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The copy credits the outlet of the original.
    Credit,
    /// Both credit somebody else: neither is the original.
    Agency,
    /// The copy was published later.
    Date,
    /// Of one day, or of unknown ones, the copy lacks passages and adds none.
    Fuller,
    /// Nothing; the order is that of the snapshots.
    Unknown,
}

impl Direction {
    /// All of them, surest first.
    pub const ALL: [Self; 5] = [
        Self::Credit,
        Self::Agency,
        Self::Date,
        Self::Fuller,
        Self::Unknown,
    ];

    /// Says whether one of the two is known to be the copy.
    #[must_use]
    pub fn is_known(self) -> bool {
        !matches!(self, Self::Agency | Self::Unknown)
    }

    /// Returns the word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Agency => "agency",
            Self::Date => "date",
            Self::Fuller => "fuller",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the reason in words.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Credit => "the copy credits the outlet of the original",
            Self::Agency => "both credit the same source, which has the original",
            Self::Date => "the copy was published later",
            Self::Fuller => "the copy lacks passages of the original and adds none",
            Self::Unknown => "nothing says which of the two came first",
        }
    }

    /// Reads what [`Direction::why`] says.
    #[must_use]
    pub fn from_why(why: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|direction| direction.why() == why)
    }
}

/// Which of two articles is the copy, and what says so.
pub(super) struct Found {
    pub(super) first_is_copy: bool,
    pub(super) direction: Direction,
    pub(super) credit: Option<String>,
}

/// Decides which of two articles is the copy.
pub(super) fn of(one: &Text, other: &Text, shared: &Shared, lexicon: &Lexicon) -> Found {
    if !shared.is_copy {
        return Found {
            first_is_copy: false,
            direction: Direction::Unknown,
            credit: None,
        };
    }
    let found = |first_is_copy: bool, direction: Direction| Found {
        first_is_copy,
        direction,
        credit: None,
    };
    match (credits(one, other, lexicon), credits(other, one, lexicon)) {
        (true, false) => return found(true, Direction::Credit),
        (false, true) => return found(false, Direction::Credit),
        _ => {}
    }
    let later = match (one.published, other.published) {
        (Some(a), Some(b)) if a != b => Some(a > b),
        _ => None,
    };
    if credited(one, lexicon).is_some() && credited(one, lexicon) == credited(other, lexicon) {
        return Found {
            credit: one.credit.clone().min(other.credit.clone()),
            ..found(later.unwrap_or(false), Direction::Agency)
        };
    }
    if let Some(first_is_copy) = later {
        return found(first_is_copy, Direction::Date);
    }
    let alone = |side: usize| {
        let words = shared.only_words[side];
        words as f64 / (words + shared.words).max(1) as f64
    };
    match (alone(0), alone(1)) {
        (adds, has) if adds <= ADDS_NOTHING && has >= FULLER => found(true, Direction::Fuller),
        (has, adds) if adds <= ADDS_NOTHING && has >= FULLER => found(false, Direction::Fuller),
        _ => found(false, Direction::Unknown),
    }
}

/// Says whether a credit ties two articles together.
pub(super) fn is_supported(one: &Text, other: &Text) -> bool {
    let lexicon = Lexicon::shipped();
    let agency = credited(one, lexicon);
    (agency.is_some() && agency == credited(other, lexicon))
        || credits(one, other, lexicon)
        || credits(other, one, lexicon)
}

/// Names whom an article credits.
fn credited(text: &Text, lexicon: &Lexicon) -> Option<AgentId> {
    let credit = text.credit.as_deref()?;
    let known = lexicon.outlets.find(credit);
    Some(known.map_or_else(|| AgentId::named(credit), |outlet| outlet.agent_id()))
}

/// Says whether an article credits the outlet of another: "Sputnik News" is "Sputnik International".
fn credits(one: &Text, other: &Text, lexicon: &Lexicon) -> bool {
    let Some(credit) = &one.credit else {
        return false;
    };
    if other.outlet_id.is_some() && credited(one, lexicon) == other.outlet_id {
        return one.outlet_id != other.outlet_id;
    }
    let words = |name: &str| -> BTreeSet<String> {
        let general = [
            "the",
            "news",
            "international",
            "agency",
            "com",
            "press",
            "online",
            "media",
        ];
        (slug(name).split('-'))
            .filter(|word| !word.is_empty() && !general.contains(word))
            .map(str::to_owned)
            .collect()
    };
    let outlet = words(other.outlet.as_deref().unwrap_or_default());
    !outlet.is_empty() && outlet.is_subset(&words(credit))
}
