//! Ranking by words in common: BM25 (Robertson and Zaragoza 2009) over keys of any kind.

use rustc_hash::FxHashMap;

/// How soon a word that comes back counts no more.
const REPETITION: f32 = 1.2;
/// How far long documents are held back.
const LENGTH: f32 = 0.5;

/// An inverted index: for each key the documents that have it, with what that is worth.
#[derive(Debug, Clone, Default)]
pub(super) struct Bm25 {
    postings: FxHashMap<u64, Vec<(u32, f32)>>,
    documents: usize,
}

impl Bm25 {
    /// Indexes documents under the numbers of their places.
    pub(super) fn of(documents: &[Vec<u64>]) -> Self {
        let n = documents.len();
        let mut index = Self {
            postings: FxHashMap::default(),
            documents: n,
        };
        let mean = documents.iter().map(Vec::len).sum::<usize>() as f32 / n.max(1) as f32;
        let norms: Vec<f32> = (documents.iter())
            .map(|keys| REPETITION * (1.0 - LENGTH + LENGTH * keys.len() as f32 / mean.max(1e-6)))
            .collect();
        for (at, keys) in (0..).zip(documents) {
            let mut keys = keys.clone();
            keys.sort_unstable();
            for run in keys.chunk_by(|a, b| a == b) {
                let posting = index.postings.entry(run[0]).or_default();
                posting.push((at, run.len() as f32));
            }
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each entry is changed by itself"
        )]
        for postings in index.postings.values_mut() {
            let rarity = rarity(postings.len(), n);
            for (at, count) in postings {
                let norm = norms[*at as usize];
                *count = rarity * *count * (REPETITION + 1.0) / (*count + norm);
            }
        }
        index
    }

    /// What each document scores; `keys` holds each key once.
    pub(super) fn scores(&self, keys: &[u64]) -> Vec<f32> {
        let mut scores = vec![0.0; self.documents];
        for (at, worth) in keys
            .iter()
            .filter_map(|key| self.postings.get(key))
            .flatten()
        {
            scores[*at as usize] += worth;
        }
        scores
    }

    /// How rare a key is: the logarithm of how many documents there are for one that has it.
    pub(super) fn rarity(&self, key: u64) -> f32 {
        rarity(self.postings.get(&key).map_or(0, Vec::len), self.documents)
    }
}

fn rarity(with: usize, of: usize) -> f32 {
    (1.0 + (of as f32 - with as f32 + 0.5) / (with as f32 + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_keys_count_more_and_long_documents_less() {
        let index = Bm25::of(&[vec![1, 2], vec![1, 3], vec![1, 3, 4, 5, 6], vec![1, 7]]);
        assert!(index.rarity(2) > index.rarity(3) && index.rarity(3) > index.rarity(1));
        let scores = index.scores(&[1, 2, 3]);
        assert!(scores[0] > scores[1] && scores[1] > scores[2] && scores[2] > scores[3]);
        assert!(scores[3] > 0.0 && index.scores(&[99])[0].abs() < 1e-9);
        assert!(Bm25::of(&[]).scores(&[1]).is_empty());
    }

    #[test]
    fn a_score_is_what_the_formula_gives() {
        // One key, twice in a document of the mean length: ln(1 + 1.5 / 1.5) * 2 * 2.2 / 3.2.
        let index = Bm25::of(&[vec![1, 1], vec![2, 2]]);
        assert!((index.scores(&[1])[0] - 2.0_f32.ln() * 4.4 / 3.2).abs() < 1e-6);
    }
}
