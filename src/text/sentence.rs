//! Sentence boundaries: Unicode's, mended for abbreviations and glued paragraphs.

use unicode_segmentation::UnicodeSegmentation;

use crate::{lexicon::Lexicon, span::Span};

/// Splits a block into sentences without surrounding white space; nothing is left out.
#[must_use]
pub fn sentences(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Span> {
    let mut sentences: Vec<Span> = Vec::new();
    for (offset, piece) in span.of(text).split_sentence_bound_indices() {
        let start = span.start + offset;
        let piece = Span::new(start, start + piece.len());
        match sentences.last_mut() {
            Some(last) if joins(text, *last, piece, lexicon) => last.end = piece.end,
            _ => sentences.push(piece),
        }
    }
    sentences
        .into_iter()
        .flat_map(|sentence| unglue(text, sentence, lexicon))
        .map(|sentence| sentence.trim(text))
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// Says whether the boundary between two pieces is none.
fn joins(text: &str, before: Span, after: Span, lexicon: &Lexicon) -> bool {
    let head = after.of(text).trim_start();
    let Some(first) = head.chars().next() else {
        return true;
    };
    let before = before.of(text);
    if before.ends_with('\n') && before.trim_end().ends_with(['.', '!', '?', '"', '”']) {
        return false;
    }
    let tail = before.trim_end();
    if matches!(first, ',' | ';' | '”' | '’' | ')') {
        return true;
    }
    if first.is_lowercase() && !tail.ends_with('\n') {
        return true;
    }
    let Some(stem) = tail.strip_suffix('.') else {
        return !tail.ends_with(['.', '!', '?', '"', '”', '’', '\'', ')', '…', ':'])
            && !before.ends_with('\n');
    };
    let word = stem
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '[' | '—'))
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || lexicon.functions.is_abbreviation(word)
}

/// Splits where a page lost the break between paragraphs: "other topics.President Putin".
fn unglue(text: &str, sentence: Span, lexicon: &Lexicon) -> Vec<Span> {
    let slice = sentence.of(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = (' ', ' ');
    for (offset, character) in slice.char_indices() {
        if character.is_uppercase() && offset > start {
            let word_end = slice[offset..]
                .find(|c: char| !c.is_alphanumeric())
                .map_or(slice.len(), |length| offset + length);
            let word = &slice[offset..word_end];
            let behind_stop = matches!(before.1, '.' | '?' | '!')
                && (before.0.is_lowercase() || before.0.is_numeric() || is_closing(before.0))
                && word.chars().nth(1).is_none_or(char::is_lowercase)
                && !looks_like_host(slice, offset);
            let behind_quote = is_closing(before.1) && matches!(before.0, '.' | '?' | '!');
            let behind_word = before.1.is_lowercase() && lexicon.functions.starts_sentence(word);
            if behind_stop || behind_quote || behind_word {
                pieces.push(Span::new(sentence.start + start, sentence.start + offset));
                start = offset;
            }
        }
        before = (before.1, character);
    }
    pieces.push(Span::new(sentence.start + start, sentence.end));
    pieces
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '”' | '’' | ')')
}

/// Says whether the stop before `offset` is part of an address such as "Amazon.Com" or "www.X.org".
fn looks_like_host(slice: &str, offset: usize) -> bool {
    let before = slice[..offset].rsplit(char::is_whitespace).next();
    let word_start = offset - before.unwrap_or_default().len();
    let word_end = slice[offset..]
        .find(char::is_whitespace)
        .map_or(slice.len(), |at| offset + at);
    let word = &slice[word_start..word_end];
    word.contains("://") || word.contains("www.") || word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len()), Lexicon::shipped())
            .iter()
            .map(|span| span.of(text))
            .collect()
    }

    #[test]
    fn every_example_of_the_lexicon_has_its_sentences() {
        for example in &Lexicon::shipped().functions.examples {
            assert_eq!(
                split(&example.text).len(),
                example.sentences,
                "{}",
                example.text
            );
        }
    }

    #[test]
    fn a_wide_space_before_a_glued_stop_is_one_character() {
        assert_eq!(split("They left\u{2006}now.Then").len(), 2);
    }

    #[test]
    fn names_with_inner_capitals_stay_whole() {
        assert_eq!(
            split("McDonald and YouTube and BuzzFeed agreed on 3.5 points."),
            ["McDonald and YouTube and BuzzFeed agreed on 3.5 points."]
        );
    }
}
