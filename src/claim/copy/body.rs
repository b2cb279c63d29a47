//! The running text of an article as words and sentences, ready to be laid beside another.

use crate::{
    lexicon::Lexicon,
    sketch::{RUN, run_hash, word_hash, words},
    span::Span,
    text::sentences,
};

/// A word of the running text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) hash: u64,
    /// Whether it stands in quotation marks.
    pub(super) quoted: bool,
}

/// A sentence.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) span: Span,
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
    /// Its words, the end exclusive.
    pub(super) words: (usize, usize),
}

/// The running text of one capture.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) words: Vec<Word>,
    pub(super) units: Vec<Unit>,
    /// Every run of words with the word it starts at, sorted.
    runs: Vec<(u32, usize)>,
}

impl Body {
    /// Reads the paragraphs of a snapshot.
    pub(super) fn read(text: &str, paragraphs: &[Span], lexicon: &Lexicon) -> Self {
        let mut body = Self::default();
        let mut paragraph = 0;
        for span in paragraphs {
            let mut quoted = false;
            let mut before: Option<Span> = None;
            for sentence in sentences(text, *span, lexicon) {
                // A page that lost its breaks: nothing stands between the two.
                if before.is_some_and(|before| before.end == sentence.start) {
                    paragraph += 1;
                    quoted = false;
                }
                before = Some(sentence);
                let first = body.words.len();
                let slice = sentence.of(text);
                let mut read = 0;
                for (start, word) in words(slice) {
                    quoted = is_open(quoted, &slice[read..start]);
                    read = start;
                    body.words.push(Word {
                        hash: word_hash(word),
                        quoted,
                    });
                }
                quoted = is_open(quoted, &slice[read..]);
                body.units.push(Unit {
                    span: sentence,
                    paragraph,
                    words: (first, body.words.len()),
                });
            }
            paragraph += 1;
        }
        let hashes: Vec<u64> = body.words.iter().map(|word| word.hash).collect();
        body.runs = (hashes.windows(RUN).enumerate())
            .map(|(at, run)| (run_hash(run), at))
            .collect();
        body.runs.sort_unstable();
        body
    }

    /// Returns where a run of words stands, in order, so many places at most.
    pub(super) fn places(&self, run: u32, most: usize) -> &[(u32, usize)] {
        let first = self.runs.partition_point(|(hash, _)| *hash < run);
        let rest = &self.runs[first..];
        let count = rest.iter().take(most).take_while(|(hash, _)| *hash == run);
        &rest[..count.count()]
    }
}

/// Says whether quotation marks are open behind `between`.
fn is_open(open: bool, between: &str) -> bool {
    between.chars().fold(open, |open, mark| match mark {
        '“' | '„' | '«' => true,
        '”' | '»' => false,
        '"' => !open,
        _ => open,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Body {
        let span = Span::new(0, text.len());
        Body::read(text, &[span], Lexicon::shipped())
    }

    #[test]
    fn words_in_quotation_marks_are_told_from_the_others() {
        let body = read("“No ferry sails,” she said. He said \"not now\" again.");
        let quoted: Vec<bool> = body.words.iter().map(|word| word.quoted).collect();
        let expected = [
            true, true, true, false, false, false, false, true, true, false,
        ];
        assert_eq!(quoted, expected);
        assert_eq!(body.units.len(), 2);
    }

    #[test]
    fn a_lost_break_between_paragraphs_is_found_again() {
        let body = read("The council met late on Monday.Ferries will stop. Buses will not.");
        let paragraphs: Vec<usize> = body.units.iter().map(|unit| unit.paragraph).collect();
        assert_eq!(paragraphs, [0, 1, 1]);
    }
}
