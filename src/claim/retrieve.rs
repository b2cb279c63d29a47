//! Which entry of a collection of checked claims a post repeats: candidates by words and letters in
//! common and by direction, ranked by a learnt sum of how they fit.
//!
//! Only evaluation uses this: [`super::ClaimIndex::search`] answers short questions about claims that
//! articles carry, and says when nothing fits; here something always fits and posts are long.

use super::{
    headline::key,
    vector::{self, Packed},
    wording::{Table, Wording, nearest, sorted},
};
use crate::lexicon::Lexicon;

mod bm25;
mod learn;
mod post;

pub use learn::{Judged, Ranking};

use bm25::Bm25;
use post::Counts;

/// Candidates of a query.
const CANDIDATES: usize = 50;
/// Numbers of a candidate.
const N: usize = 26;
/// A name that is rarer than this in the collection is a name.
const RARE: f32 = 4.0;

/// A checked claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is claimed.
    pub text: String,
    /// The headline of the check; may be empty.
    pub title: String,
}

/// Checked claims, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    entries: Vec<Read>,
    table: Table,
    counts: Counts,
    /// Words of claim and title, of the claim, of the title.
    words: [Bm25; 3],
    /// Runs of letters in the words of claim and title, of the title.
    letters: [Bm25; 2],
    /// Two words in a row.
    runs: Bm25,
}

/// What is kept of an entry.
#[derive(Debug, Clone)]
struct Read {
    /// Telling words, sorted: of claim and title, of the claim, of the title.
    keys: [Vec<u64>; 3],
    directions: [Packed; 3],
    figures: Vec<u64>,
    names: Vec<u64>,
    length: usize,
}

/// An entry that a query may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its place in the collection.
    pub entry: usize,
    numbers: [f32; N],
}

impl Collection {
    /// Reads the entries.
    #[must_use]
    pub fn read(entries: &[Entry], lexicon: &Lexicon) -> Self {
        let mut collection = Self::default();
        let mut read = |text: &str| collection.table.read(text, lexicon);
        let wordings: Vec<[Wording; 2]> = (entries.iter())
            .map(|entry| [read(&entry.text), read(&entry.title)])
            .collect();
        for [text, title] in &wordings {
            collection
                .counts
                .add(&format!("{}{}", text.lower, title.lower));
        }
        let index = |keys: &dyn Fn(&Wording, &Wording) -> Vec<u64>| {
            let documents = wordings.iter().map(|[text, title]| keys(text, title));
            Bm25::of(&documents.collect::<Vec<_>>())
        };
        collection.words = [
            index(&|text, title| [text.telling(), title.telling()].concat()),
            index(&|text, _| text.telling()),
            index(&|_, title| title.telling()),
        ];
        collection.letters = [
            index(&|text, title| [letters(text), letters(title)].concat()),
            index(&|_, title| letters(title)),
        ];
        collection.runs = index(&|text, title| [runs(text), runs(title)].concat());
        collection.entries = (wordings.iter())
            .map(|[text, title]| collection.entry(text, title))
            .collect();
        collection
    }

    fn entry(&self, text: &Wording, title: &Wording) -> Read {
        let telling = [
            [text.telling(), title.telling()].concat(),
            text.telling(),
            title.telling(),
        ];
        let directions = [&telling[0], &telling[1], &telling[2]];
        let figures = [text, title].map(|part| part.set(|word| word.is_figure && !word.is_stop));
        let is_name = |key: &u64| self.words[0].rarity(*key) > RARE;
        let names = text.set(|word| word.is_capital && !word.is_stop);
        Read {
            directions: directions.map(|keys| vector::pack(&self.table.sum(keys))),
            length: telling[0].len(),
            keys: telling.map(sorted),
            figures: sorted(figures.concat()),
            names: names.into_iter().filter(is_name).collect(),
        }
    }

    /// Returns the entries that a post may mean, by likeness; never more than 50.
    #[must_use]
    pub fn candidates(&self, post: &str, lexicon: &Lexicon) -> Vec<Candidate> {
        let query = Query::read(&self.counts.spell_out(post), lexicon);
        let words = [0, 1, 2].map(|field| self.words[field].scores(&query.keys));
        let letters = [0, 1].map(|field| self.letters[field].scores(&query.letters));
        let own = self.words[0].scores(&query.own);
        let runs = self.runs.scores(&query.runs);
        let [most_words, most_letters] = [&words[0], &letters[0]].map(|scores| most(scores));
        let first = |at: usize| {
            let near = vector::cosine(&self.entries[at].directions[0], &query.direction);
            words[0][at] / most_words + letters[0][at] / most_letters + 0.5 * near
        };
        let mut order: Vec<(f32, usize)> =
            (0..self.entries.len()).map(|at| (first(at), at)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.truncate(CANDIDATES);
        let units = query.table.units(&query.keys);
        let candidate = |(_, at): (f32, usize)| {
            let entry = &self.entries[at];
            let mut numbers = [0.0; N];
            numbers[..9].copy_from_slice(&[
                words[0][at] / 10.0,
                words[0][at] / most_words,
                letters[0][at] / 50.0,
                letters[0][at] / most_letters,
                letters[1][at] / 50.0,
                own[at] / 10.0,
                words[1][at] / 10.0,
                words[2][at] / 10.0,
                runs[at] / 20.0,
            ]);
            numbers[9..].copy_from_slice(&self.fit(entry, &query, &units));
            Candidate { entry: at, numbers }
        };
        order.into_iter().map(candidate).collect()
    }

    /// How an entry fits a query, beside what the indexes say.
    fn fit(&self, entry: &Read, query: &Query, units: &[&Packed]) -> [f32; N - 9] {
        let rarity = |key: &u64| self.words[0].rarity(*key);
        let asked = |key: &u64| query.keys.binary_search(key).is_ok();
        let covered = |keys: &[u64], soft: bool| {
            let (mut part, mut whole) = (0.0, 0.0);
            for key in keys {
                whole += rarity(key);
                part += rarity(key)
                    * match self.table.get(*key).and_then(|known| known.unit.as_deref()) {
                        _ if asked(key) => 1.0,
                        Some(unit) if soft => nearest(unit, units),
                        _ => 0.0,
                    };
            }
            part / f32::max(whole, 1e-6)
        };
        let near = |field: usize| vector::cosine(&entry.directions[field], &query.direction);
        let [_, text, title] = &entry.keys;
        let count = |keys: &[u64], fits: &dyn Fn(&u64) -> bool| {
            keys.iter().filter(|key| fits(key)).count() as f32
        };
        let same_figure = |key: &u64| query.figures.binary_search(key).is_ok();
        let highest = |keys: &[u64], fits: &dyn Fn(&u64) -> bool| {
            let mut rarities: Vec<f32> = keys.iter().filter(|key| fits(key)).map(rarity).collect();
            rarities.sort_by(|a, b| b.total_cmp(a));
            [0, 1, 2].map(|at| rarities.get(at).copied().unwrap_or_default())
        };
        let shared = highest(&entry.keys[0], &asked);
        let missing = highest(title, &|key| !asked(key));
        [
            near(0),
            near(1),
            near(2),
            covered(text, false),
            covered(title, false),
            covered(text, true),
            covered(title, true),
            count(&entry.figures, &same_figure),
            count(&entry.figures, &|key| !same_figure(key)),
            entry.length as f32 / 20.0,
            count(&entry.names, &asked),
            count(&entry.names, &|key| !asked(key)),
            shared[0],
            shared[1],
            shared[2],
            missing[0],
            missing[1],
        ]
    }

    /// Returns the entries by the words in common alone, best first.
    #[must_use]
    pub fn by_words(&self, post: &str, lexicon: &Lexicon) -> Vec<usize> {
        let keys = sorted(Table::default().read(post, lexicon).telling());
        let scores = self.words[0].scores(&keys);
        let mut order: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] > 0.0).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        order.truncate(CANDIDATES);
        order
    }
}

/// A post as it is asked; all keys sorted, each once.
struct Query {
    table: Table,
    keys: Vec<u64>,
    /// Keys without those of the byline.
    own: Vec<u64>,
    letters: Vec<u64>,
    runs: Vec<u64>,
    figures: Vec<u64>,
    /// Direction without the byline.
    direction: Packed,
}

impl Query {
    fn read(post: &str, lexicon: &Lexicon) -> Self {
        let mut table = Table::default();
        let whole = table.read(post, lexicon);
        let own = table.read(post::without_byline(post), lexicon).telling();
        Self {
            keys: sorted(whole.telling()),
            letters: sorted(letters(&whole)),
            runs: sorted(runs(&whole)),
            figures: whole.set(|word| word.is_figure && !word.is_stop),
            direction: vector::pack(&table.sum(&own)),
            own: sorted(own),
            table,
        }
    }
}

fn most(scores: &[f32]) -> f32 {
    scores.iter().copied().fold(1e-6, f32::max)
}

/// Keys of runs of four and five letters of the words, with their ends marked.
fn letters(wording: &Wording) -> Vec<u64> {
    let mut keys = Vec::new();
    for word in wording.lower.split_terminator(' ') {
        let word: Vec<char> = format!("_{word}_").chars().collect();
        for length in [4, 5] {
            let runs = word.windows(length);
            keys.extend(runs.map(|run| key(&run.iter().collect::<String>())));
        }
    }
    keys
}

/// Keys of two words in a row.
fn runs(wording: &Wording) -> Vec<u64> {
    let fold = |pair: &[super::wording::Word]| {
        let turned = pair[0].key.rotate_left(21) ^ pair[1].key;
        turned.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    wording.words.windows(2).map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection() -> Collection {
        let entry = |(text, title): &(&str, &str)| Entry {
            text: (*text).to_owned(),
            title: (*title).to_owned(),
        };
        let entries = [
            (
                "A photograph shows the Brant Lighthouse on fire.",
                "Did a Lighthouse Burn?",
            ),
            (
                "Mayor Ida Quell sold 300 buses to a friend.",
                "Ida Quell's Buses",
            ),
            (
                "Tea made of nettles heals broken bones.",
                "Nettle Tea for Fractures?",
            ),
        ];
        let entries: Vec<Entry> = entries.iter().map(entry).collect();
        Collection::read(&entries, Lexicon::shipped())
    }

    #[test]
    fn the_nearest_entry_is_the_first_candidate() {
        let (collection, lexicon) = (collection(), Lexicon::shipped());
        let first = |post: &str| collection.candidates(post, lexicon)[0].entry;
        assert_eq!(
            first("300 buses!! thanks, #idaquell — Cy (@cy) May 3, 2020"),
            1
        );
        assert_eq!(first("nettles healed my bone"), 2);
        assert_eq!(first("#LighthouseBurning"), 0);
        assert_eq!(collection.by_words("the lighthouse", lexicon), [0]);
    }

    #[test]
    fn every_number_is_finite_whatever_is_asked() {
        for post in ["", "…", "#", "— (@a) ", "\u{202e}#ñ 300 300 300"] {
            let found = collection().candidates(post, Lexicon::shipped());
            assert_eq!(found.len(), 3);
            let mut numbers = found.iter().flat_map(|candidate| candidate.numbers);
            assert!(numbers.all(f32::is_finite), "{post}");
        }
        let empty = Collection::read(&[], Lexicon::shipped());
        assert!(empty.candidates("buses", Lexicon::shipped()).is_empty());
    }

    #[test]
    fn figures_and_names_are_told_apart() {
        let found = collection().candidates("Quell bought 40 buses", Lexicon::shipped());
        let quell = found.iter().find(|candidate| candidate.entry == 1).unwrap();
        // 300 is not asked for; one of the names is.
        assert!(quell.numbers[16].abs() < 1e-6 && (quell.numbers[17] - 1.0).abs() < 1e-6);
    }
}
