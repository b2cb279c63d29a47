//! The mentions of articles that are analysed on the spot, without a graph.
//!
//! Claims join all articles, so that no mention can be written before the last is read: until then
//! mentions lie in a temporary file and only what joins them is in memory.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom, Write},
};

use tempfile::SpooledTempFile;

use super::{args::GraphArgs, extractor, graph, report::Reporter};
use crate::{
    claim::{self, ClaimIndex, MentionFacts},
    id::SnapshotId,
    mention::{Analysis, Article, Mention, MentionRecord},
    rdf::read,
};

/// Mentions of so many bytes are kept in memory; more go to a file.
const IN_MEMORY: usize = 16 << 20;

/// Articles that were read, with their mentions on the side.
pub(super) struct Spot {
    /// Whether some input was left out.
    pub(super) skipped: bool,
    spool: SpooledTempFile,
    articles: BTreeMap<SnapshotId, Place>,
    claims: ClaimIndex,
}

/// Where an article and its mentions lie.
struct Place {
    order: read::Order,
    start: u64,
    length: usize,
    facts: Vec<MentionFacts>,
}

impl Spot {
    /// Reads and analyses the articles and joins their mentions.
    pub(super) fn read(args: &GraphArgs, reporter: &Reporter) -> anyhow::Result<Self> {
        let mut spot = Self {
            skipped: false,
            spool: SpooledTempFile::new(IN_MEMORY),
            articles: BTreeMap::new(),
            claims: ClaimIndex::default(),
        };
        spot.skipped = graph::analyse(&args.from, &args.read, reporter, &mut |article| {
            Ok(spot.keep(article.analysis)?)
        })?;
        let facts = (spot.articles.values_mut())
            .flat_map(|place| std::mem::take(&mut place.facts))
            .collect();
        spot.claims.join(facts, extractor::lexicon());
        Ok(spot)
    }

    /// Puts mentions aside.
    fn keep(&mut self, analysis: Analysis) -> io::Result<()> {
        let facts = claim::facts(&analysis);
        let bytes = serde_json::to_vec(&(&analysis.article, &analysis.mentions))?;
        let start = self.spool.stream_position()?;
        self.spool.write_all(&bytes)?;
        let place = Place {
            order: read::order(&analysis.article),
            start,
            length: bytes.len(),
            facts,
        };
        self.articles.insert(analysis.article.snapshot, place);
        Ok(())
    }

    /// Hands on all mentions in the order of article and text.
    pub(super) fn mentions(
        mut self,
        take: &mut dyn FnMut(MentionRecord) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut places: Vec<Place> = self.articles.into_values().collect();
        places.sort_unstable_by(|a, b| a.order.cmp(&b.order));
        let mut claims = self.claims.references();
        for place in places {
            let mut bytes = vec![0; place.length];
            self.spool.seek(SeekFrom::Start(place.start))?;
            self.spool.read_exact(&mut bytes)?;
            let (article, mentions): (Article, Vec<Mention>) = serde_json::from_slice(&bytes)?;
            for mention in mentions {
                take(MentionRecord {
                    claim: claims.of(&mention.id),
                    mention,
                    article: article.clone(),
                })?;
            }
        }
        Ok(())
    }
}

/// Hands on the mentions of each article once it is analysed, without claims, and says whether some
/// input was left out.
pub(super) fn stream(
    args: &GraphArgs,
    reporter: &Reporter,
    take: &mut dyn FnMut(MentionRecord) -> anyhow::Result<()>,
) -> anyhow::Result<bool> {
    graph::analyse(&args.from, &args.read, reporter, &mut |article| {
        let Analysis {
            article, mentions, ..
        } = article.analysis;
        mentions.into_iter().try_for_each(|mention| {
            take(MentionRecord {
                mention,
                article: article.clone(),
                claim: None,
            })
        })
    })
}
