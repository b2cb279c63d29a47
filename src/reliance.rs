//! Step 9: who relies on whom for a claim, and what follows from it.
//!
//! Pure: it reads mentions that are handed to it and no graph store. Which mentions belong to a
//! claim, and which articles reprint one another, is decided before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    id::{ArticleId, SnapshotId},
    mention::MentionRecord,
};

mod affiliation;
mod chain;
mod circle;
mod graph;
mod loss;
mod reach;
mod skeleton;
mod version;
mod without;

pub use affiliation::{Affiliation, Bond};
pub use chain::{UNKNOWN, Vertex, outlet, path};
pub use circle::{Circle, Echo, Step};
pub use graph::{Edge, Node, NodeKind, Relation, RelianceGraph};
pub use loss::{Beyond, Drift, Loss, Side};
pub use reach::{Correction, Covered, Reached, Silence};
pub use skeleton::{Counts, Origin, Party, Passage, Skeleton};
pub use version::{Altered, Version, versions};
pub use without::{Fate, Without};

/// Words in a snapshot that bear something out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
    /// The words.
    pub quote: String,
}

/// One article that reprints another, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reprint {
    /// The one that reprints.
    pub copy: ArticleId,
    /// The one that is reprinted.
    pub original: ArticleId,
    /// Whether anything tells which of the two is the copy.
    pub directed: bool,
}

/// What the reliance on a claim is read from.
#[derive(Debug, Clone, Default)]
pub struct Material<'a> {
    /// The mentions that carry the claim.
    pub carrying: Vec<&'a MentionRecord>,
    /// The mentions that deny it, in their own words or through another claim.
    pub denying: Vec<&'a MentionRecord>,
    /// Mentions of its variants that carry these.
    pub family: Vec<&'a MentionRecord>,
    /// Articles that reprint one another.
    pub reprints: BTreeSet<Reprint>,
    /// Which articles are one text, by the number of the text; an article that is missing is a text
    /// of its own.
    pub texts: BTreeMap<ArticleId, usize>,
    /// Who speaks for whom, and who owns whom.
    pub affiliations: Vec<Affiliation>,
    /// Who covered what the claim is about.
    pub covered: Vec<Covered>,
    /// Days within which a denial is expected.
    pub days: u16,
}

/// Days within which a denial is expected where nothing else is asked for.
pub const DAYS: u16 = 7;

/// What the reliance on a claim shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliance {
    /// The counts, every source for itself.
    pub counts: Counts,
    /// The counts after spokesmen are joined to their principals and outlets to their owners.
    pub joined: Counts,
    /// What was joined for that.
    pub affiliations: Vec<Affiliation>,
    /// The counts over the claim and its variants together.
    pub family: Counts,
    /// Where the trail goes no further.
    pub origins: Vec<Origin>,
    /// Through whom how many outlets have it, most first.
    pub passages: Vec<Passage>,
    /// Outlets and documents that cite each other in a circle.
    pub circles: Vec<Circle>,
    /// Confirmations that come from one's own origin.
    pub echoes: Vec<Echo>,
    /// What was lost between a text and the text it relies on.
    pub losses: Vec<Loss>,
    /// Headlines that go further than their articles.
    pub beyond: Vec<Beyond>,
    /// Who carried the claim and who also carried its denial; absent where nobody denies it.
    pub correction: Option<Correction>,
    /// Who covered the matter and left the claim or its denial out.
    pub silence: Silence,
    /// The graph itself.
    pub graph: RelianceGraph,
}

/// Works out everything that follows from who relies on whom.
#[must_use]
pub fn assess(material: &Material<'_>) -> Reliance {
    let graph = RelianceGraph::new(&material.carrying, &material.reprints);
    let skeleton = Skeleton::of(&graph);
    let (affiliations, principals) = affiliation::applied(&graph, &material.affiliations);
    let joined = skeleton.joined(&principals);
    let texts = |records: &[&MentionRecord]| texts(records, &material.texts);
    let mut both = material.carrying.clone();
    both.extend(&material.family);
    let family = Skeleton::of(&RelianceGraph::new(&both, &material.reprints));
    Reliance {
        counts: skeleton.counts(texts(&material.carrying)),
        joined: joined.counts(texts(&material.carrying)),
        affiliations,
        family: family.counts(texts(&both)),
        origins: skeleton.origins(),
        passages: skeleton.passages(),
        circles: circle::circles(&graph),
        echoes: circle::echoes(&graph),
        losses: loss::losses(&graph, &material.carrying),
        beyond: loss::beyond(&material.carrying),
        correction: reach::correction(material),
        silence: reach::silence(material),
        graph,
    }
}

/// Says what is left of the support of a claim when nothing that `source` says counts any more.
#[must_use]
pub fn without(material: &Material<'_>, source: &crate::id::AgentId) -> Without {
    let graph = RelianceGraph::new(&material.carrying, &material.reprints);
    without::without(&Skeleton::of(&graph), source)
}

/// Counts the texts: articles of one text once.
fn texts(records: &[&MentionRecord], known: &BTreeMap<ArticleId, usize>) -> usize {
    let articles: BTreeSet<&ArticleId> = records.iter().map(|record| &record.article.id).collect();
    let shared: BTreeSet<usize> = (articles.iter())
        .filter_map(|id| known.get(*id).copied())
        .collect();
    let alone = articles.iter().filter(|id| !known.contains_key(**id));
    alone.count() + shared.len()
}

#[cfg(test)]
mod tests;
