//! The chain of a mention as vertices: who has the claim from whom, the outlet first.

use crate::{
    id::AgentId,
    mention::{AgentKind, MentionRecord},
};

/// How an outlet is shown that an article does not name.
pub const UNKNOWN: &str = "unknown";

/// A source of a chain: two with the same id are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vertex {
    /// Its id.
    pub id: AgentId,
    /// What kind of thing it is.
    pub kind: AgentKind,
    /// What it is called.
    pub label: String,
    /// Whether the article credits it for its text, without naming it in the sentence.
    pub credited: bool,
    /// Place of its link in the chain; absent where it is only credited.
    pub depth: Option<usize>,
}

/// Returns the outlet's name, as far as it is known.
#[must_use]
pub fn outlet(record: &MentionRecord) -> String {
    let name = record.article.outlet.clone();
    name.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Returns the chain of a mention as vertices, the outlet first.
///
/// The outlet that an article credits for its text stands behind the outlet that reprints it. An
/// unknown outlet is a vertex of its own for each article.
#[must_use]
pub fn path(record: &MentionRecord) -> Vec<Vertex> {
    let article = &record.article;
    let mut path: Vec<Vertex> = Vec::new();
    for (depth, link) in record.mention.chain.iter().enumerate() {
        let (id, label) = match (depth, &article.outlet) {
            (0, None) => (
                AgentId::from_local(format!("unknown-{}", article.id)),
                UNKNOWN.to_owned(),
            ),
            _ => (link.id.clone(), link.source.clone()),
        };
        path.push(Vertex {
            id,
            kind: link.kind,
            label,
            credited: false,
            depth: Some(depth),
        });
    }
    if let Some(credit) = &article.credit {
        let id = AgentId::named(credit);
        let named =
            article.outlet_id.as_ref() == Some(&id) || path.iter().any(|vertex| vertex.id == id);
        if !named && !path.is_empty() {
            path.insert(
                1,
                Vertex {
                    id,
                    kind: AgentKind::Outlet,
                    label: credit.clone(),
                    credited: true,
                    depth: None,
                },
            );
        }
    }
    path.dedup_by(|next, vertex| next.id == vertex.id);
    path
}
