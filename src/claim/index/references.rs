//! Which claim each mention expresses, for those who ask for all of them.

use std::collections::HashMap;

use super::{super::label, ClaimIndex};
use crate::{id::MentionId, mention::ClaimRef};

impl ClaimIndex {
    /// Returns the claim of each mention, as the mention names it.
    #[must_use]
    pub fn references(&self) -> References<'_> {
        References {
            index: self,
            shared: HashMap::new(),
        }
    }
}

/// Which claim each mention expresses; a label that several mentions share is made once.
pub struct References<'a> {
    index: &'a ClaimIndex,
    /// By component.
    shared: HashMap<u32, ClaimRef>,
}

impl References<'_> {
    /// Returns the claim a mention expresses.
    pub fn of(&mut self, mention: &MentionId) -> Option<ClaimRef> {
        let mention = self.index.place_of_mention(mention)?;
        let proposition = self.index.expressed[mention as usize];
        let component = self.index.propositions[proposition as usize].component;
        if let Some(known) = self.shared.get(&component) {
            return Some(known.clone());
        }
        let mentions = self.index.mentions_of(proposition);
        let found = ClaimRef {
            id: self.index.claim_id(proposition),
            label: label::label(&mentions),
        };
        if mentions.len() > 1 {
            self.shared.insert(component, found.clone());
        }
        Some(found)
    }
}
