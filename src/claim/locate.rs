//! Which of the articles that are held is the document that another cites.
//!
//! Only evidence links the two: the address that is linked, shared words, or a claim that is ascribed to the outlet and stands
//! in its article of the days before. It never merges them, and a document of which nothing is
//! known but its outlet stays unlocated.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ClaimIndex, copy::Reprint};
use crate::{
    id::{AgentId, ArticleId, ClaimId, DocumentId, MentionId, address},
    mention::{Analysis, CitationRole, Mention},
};

/// An article that is cited for a claim was published at most so many days before.
const DAYS: i32 = 14;

/// A document that an article cites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cited {
    /// The document's node.
    pub document: DocumentId,
    /// As what it is cited.
    pub role: CitationRole,
    /// Who published it, where the citation tells.
    pub publisher: Option<AgentId>,
    /// Its address, where a link tells, in the form in which addresses are compared.
    pub address: Option<String>,
    /// The article that cites it.
    pub by: ArticleId,
    /// When that was published.
    pub published: Option<Date>,
    /// Whether it has a name of its own ("a draft statement"), and so is no article.
    pub is_titled: bool,
    /// The mentions that the article ascribes to the publisher.
    pub mentions: Vec<MentionId>,
}

/// An article that may be a cited document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The article.
    pub article: ArticleId,
    /// When it was published.
    pub published: Option<Date>,
}

/// What says that a document is an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ground {
    /// It was published at the address that is linked.
    Address,
    /// The citing article shares its words.
    Words,
    /// It carries the claims that are ascribed to its outlet.
    Claims,
}

impl Ground {
    /// Returns the reason in words.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Address => "it was published at the address that is linked",
            Self::Words => "the article that cites it is a copy of this one, whole or in part",
            Self::Claims => {
                "it is by the outlet that is cited, not later, and carries what is ascribed to it"
            }
        }
    }
}

/// A cited document that is held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// The document's node.
    pub document: DocumentId,
    /// The article it is.
    pub article: ArticleId,
    /// The article that cites it.
    pub by: ArticleId,
    /// What says so.
    pub ground: Ground,
    /// The claims that are ascribed to its outlet and that it carries, sorted.
    pub claims: Vec<ClaimId>,
}

/// What is known of citations and of the articles that may be meant.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Library {
    cited: BTreeMap<DocumentId, Cited>,
    held: BTreeMap<AgentId, BTreeMap<ArticleId, Held>>,
    /// The articles that are held, by their addresses.
    addresses: BTreeMap<String, BTreeSet<ArticleId>>,
}

impl Library {
    /// Takes in some articles.
    #[must_use]
    pub fn of(analyses: &[Analysis]) -> Self {
        let mut library = Self::default();
        for analysis in analyses {
            library.insert(analysis);
        }
        library
    }

    /// Takes in what another library holds.
    pub fn extend(&mut self, other: Self) {
        for (document, new) in other.cited {
            match self.cited.entry(document) {
                Entry::Vacant(place) => drop(place.insert(new)),
                Entry::Occupied(mut place) => {
                    let cited = place.get_mut();
                    merge(&mut cited.mentions, new.mentions);
                    cited.published = cited.published.into_iter().chain(new.published).max();
                    // Several may link to one document.
                    cited.by = new.by.min(cited.by.clone());
                }
            }
        }
        for (address, articles) in other.addresses {
            self.addresses.entry(address).or_default().extend(articles);
        }
        for (outlet, articles) in other.held {
            let known = self.held.entry(outlet).or_default();
            for (article, new) in articles {
                match known.entry(article) {
                    Entry::Vacant(place) => drop(place.insert(new)),
                    Entry::Occupied(mut place) => {
                        let held = place.get_mut();
                        held.published = held.published.into_iter().chain(new.published).min();
                    }
                }
            }
        }
    }

    fn insert(&mut self, analysis: &Analysis) {
        let article = &analysis.article;
        let mut new = Self::default();
        if let Some(outlet) = &article.outlet_id {
            let held = Held {
                article: article.id.clone(),
                published: article.published,
            };
            let of_outlet = BTreeMap::from([(article.id.clone(), held)]);
            new.held.insert(outlet.clone(), of_outlet);
        }
        if let Some(url) = &article.url {
            let here = BTreeSet::from([article.id.clone()]);
            new.addresses.insert(address(url), here);
        }
        for citation in &analysis.citations {
            let publisher = citation.publisher.as_ref();
            if publisher.is_none() && citation.url.is_none() {
                continue;
            }
            let is_ascribed = |mention: &&Mention| {
                let mut behind = mention.chain.iter().skip(1);
                citation.role != CitationRole::Link
                    && citation.title.is_none()
                    && behind.any(|link| Some(&link.id) == publisher)
            };
            let cited = Cited {
                document: citation.document.clone(),
                role: citation.role,
                publisher: publisher.cloned(),
                address: citation.url.as_deref().map(address),
                by: article.id.clone(),
                published: article.published,
                is_titled: citation.title.is_some(),
                mentions: sorted(analysis.mentions.iter().filter(is_ascribed)),
            };
            new.cited.insert(citation.document.clone(), cited);
        }
        self.extend(new);
    }

    /// Finds the cited documents that are held, by document.
    #[must_use]
    pub fn locations(&self, claims: &ClaimIndex, reprints: &[Reprint]) -> Vec<Location> {
        let mut copies: BTreeMap<&ArticleId, BTreeSet<&ArticleId>> = BTreeMap::new();
        for reprint in reprints.iter().filter(|reprint| reprint.is_copy) {
            copies
                .entry(&reprint.copy)
                .or_default()
                .insert(&reprint.original);
        }
        (self.cited.values())
            .filter_map(|cited| self.location(cited, claims, &copies))
            .collect()
    }

    fn location(
        &self,
        cited: &Cited,
        claims: &ClaimIndex,
        copies: &BTreeMap<&ArticleId, BTreeSet<&ArticleId>>,
    ) -> Option<Location> {
        let linked = cited.address.as_ref().and_then(|address| {
            let articles = self.addresses.get(address)?;
            articles.iter().find(|article| **article != cited.by)
        });
        // What only a link leads to is what stands at its address, or is not held.
        if linked.is_none() && cited.role == CitationRole::Link {
            return None;
        }
        let ascribed: BTreeSet<ClaimId> = (cited.mentions.iter())
            .filter_map(|mention| claims.claim_of(mention))
            .collect();
        // What each article carries of what is ascribed.
        let mut carried: BTreeMap<&ArticleId, BTreeSet<&ClaimId>> = BTreeMap::new();
        for claim in &ascribed {
            for article in claims.articles_of(claim) {
                carried.entry(article).or_default().insert(claim);
            }
        }
        if let Some(article) = linked {
            let shared = carried.get(article).into_iter().flatten();
            return Some(Location {
                document: cited.document.clone(),
                article: article.clone(),
                by: cited.by.clone(),
                ground: Ground::Address,
                claims: shared.map(|claim| (*claim).clone()).collect(),
            });
        }
        let held = self.held.get(cited.publisher.as_ref()?)?;
        let copied = copies.get(&cited.by).filter(|_| !cited.is_titled);
        let is_copied = |article: &ArticleId| copied.is_some_and(|copied| copied.contains(article));
        let candidates: BTreeSet<&ArticleId> = (carried.keys())
            .chain(copied.into_iter().flatten())
            .copied()
            .collect();
        (candidates.into_iter())
            .filter(|article| **article != cited.by)
            .filter_map(|article| held.get(article))
            .filter_map(|held| {
                let shared = carried.get(&held.article).cloned().unwrap_or_default();
                let ground = if is_copied(&held.article) {
                    Ground::Words
                } else if !shared.is_empty() && is_before(held.published, cited.published) {
                    Ground::Claims
                } else {
                    return None;
                };
                Some((ground, shared, held))
            })
            .min_by_key(|(ground, shared, held)| {
                // The surest, then the latest of those before, then any.
                let latest = std::cmp::Reverse(held.published);
                (
                    *ground,
                    std::cmp::Reverse(shared.len()),
                    latest,
                    &held.article,
                )
            })
            .map(|(ground, shared, held)| Location {
                document: cited.document.clone(),
                article: held.article.clone(),
                by: cited.by.clone(),
                ground,
                claims: shared.into_iter().cloned().collect(),
            })
    }
}

fn sorted<'a>(mentions: impl Iterator<Item = &'a Mention>) -> Vec<MentionId> {
    let mut ids: Vec<MentionId> = mentions.map(|mention| mention.id.clone()).collect();
    ids.sort();
    ids
}

fn merge(known: &mut Vec<MentionId>, new: Vec<MentionId>) {
    known.extend(new);
    known.sort();
    known.dedup();
}

/// Says whether an article of one day can be cited by one of another: both days must be known.
fn is_before(held: Option<Date>, citing: Option<Date>) -> bool {
    let (Some(held), Some(citing)) = (held, citing) else {
        return false;
    };
    let days = (citing - held).get_days();
    (0..=DAYS).contains(&days)
}
