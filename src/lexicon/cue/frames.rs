//! The constructions that a cue takes.

/// The constructions a cue takes, as bits; see the head of `data/cues.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frames(u16);

impl Frames {
    /// A clause with or without "that".
    pub const CLAUSE: Self = Self(1);
    /// A clause with "that" only.
    pub const THAT: Self = Self(1 << 1);
    /// Next to a quotation.
    pub const QUOTE: Self = Self(1 << 2);
    /// Behind its content.
    pub const INVERT: Self = Self(1 << 3);
    /// A noun phrase.
    pub const OBJECT: Self = Self(1 << 4);
    /// An infinitive.
    pub const TO: Self = Self(1 << 5);
    /// A hearer, then the content.
    pub const ADDRESSEE: Self = Self(1 << 6);
    /// A hearer, then an infinitive; the hearer is part of the content.
    pub const ADDRESSEE_TO: Self = Self(1 << 7);
    /// A hearer, then "of" or "about".
    pub const OF: Self = Self(1 << 8);
    /// "X to be".
    pub const ACCINF: Self = Self(1 << 9);
    /// "X as Y", "X Y".
    pub const AS: Self = Self(1 << 10);
    /// Behind a comma with an inherited source.
    pub const PARTICIPLE: Self = Self(1 << 11);

    /// "X at Y", with a figure.
    pub const AT: Self = Self(1 << 12);
    /// "X to Y": what is traced back to what.
    pub const ASCRIBE: Self = Self(1 << 13);
    /// "X on Y", "X for Y".
    pub const BLAME: Self = Self(1 << 14);

    /// Says whether one of `frames` is taken.
    #[must_use]
    pub fn any(self, frames: Self) -> bool {
        self.0 & frames.0 != 0
    }

    /// Joins two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "clause" => Self::CLAUSE,
            "that" => Self::THAT,
            "quote" => Self::QUOTE,
            "invert" => Self::INVERT,
            "object" => Self::OBJECT,
            "to" => Self::TO,
            "addressee" => Self::ADDRESSEE,
            "addressee-to" => Self::ADDRESSEE_TO,
            "of" => Self::OF,
            "accinf" => Self::ACCINF,
            "as" => Self::AS,
            "participle" => Self::PARTICIPLE,
            "at" => Self::AT,
            "ascribe" => Self::ASCRIBE,
            "blame" => Self::BLAME,
            _ => return None,
        })
    }
}
