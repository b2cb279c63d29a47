//! Divides a snapshot into lines as a reader sees them: wrapped lines joined, glued ones parted.
//!
//! It knows the form of a line, never what the line is.

use crate::{lexicon::furniture::Furniture, span::Span};

/// A paragraph or line and its form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Where it stands, without surrounding white space.
    pub(super) span: Span,
    /// Number of words.
    pub(super) words: usize,
    /// The sign it ends with, behind closing quotation marks, when it ends a sentence or opens one.
    pub(super) stop: Option<char>,
    /// Share of the longer words, but the first, that start with a capital.
    pub(super) capitals: f32,
    /// The script most of its letters are of.
    pub(super) script: Script,
}

/// A family of letters, as far as it tells languages of a page apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    /// No letters.
    None,
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Hebrew or Arabic letters.
    RightToLeft,
    /// Everything else.
    Other,
}

impl Line {
    fn new(text: &str, span: Span) -> Option<Self> {
        let span = without_marks(text, span.trim(text));
        let line = span.of(text);
        if line.is_empty() {
            return None;
        }
        let (mut words, mut long, mut capital) = (0, 0usize, 0usize);
        for word in line.split_whitespace() {
            if words > 0 && word.chars().filter(|c| c.is_alphabetic()).count() >= 4 {
                long += 1;
                capital += usize::from(
                    word.chars()
                        .find(|c| c.is_alphabetic())
                        .is_some_and(char::is_uppercase),
                );
            }
            words += usize::from(word.chars().any(char::is_alphanumeric));
        }
        let last = line
            .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '*'])
            .chars()
            .next_back();
        Some(Self {
            span,
            words,
            stop: last.filter(|c| matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | ',' | '。')),
            #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
            capitals: if long == 0 {
                0.0
            } else {
                capital as f32 / long as f32
            },
            script: script(line),
        })
    }

    /// Says whether it ends like a sentence.
    pub(super) fn ends(&self) -> bool {
        matches!(self.stop, Some('.' | '!' | '?' | '…' | '。'))
    }

    /// Says whether it reads like a paragraph of running text.
    pub(super) fn is_paragraph(&self) -> bool {
        self.words >= 12 && self.stop.is_some() || self.words >= 30
    }
}

/// Leaves the marks of a Markdown heading ("## ") out.
fn without_marks(text: &str, span: Span) -> Span {
    let marks = span.of(text).len() - span.of(text).trim_start_matches('#').len();
    let heading = (1..=6).contains(&marks) && span.of(text)[marks..].starts_with(' ');
    if heading {
        Span::new(span.start + marks, span.end).trim(text)
    } else {
        span
    }
}

fn script(line: &str) -> Script {
    let mut counts = [0usize; 6];
    for character in line.chars().filter(|c| c.is_alphabetic()).take(400) {
        let script = match character {
            '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{370}'..='\u{3ff}' => Script::Greek,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{590}'..='\u{77f}' => Script::RightToLeft,
            _ => Script::Other,
        };
        counts[script as usize] += 1;
    }
    let scripts = [
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::RightToLeft,
        Script::Other,
    ];
    let best = scripts
        .into_iter()
        .max_by_key(|script| counts[*script as usize]);
    best.filter(|script| counts[*script as usize] > 0)
        .unwrap_or(Script::None)
}

/// Divides `span` of `text` into lines.
pub(super) fn divide(text: &str, span: Span, furniture: &Furniture) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in unwrap(text, raw_lines(text, span)) {
        let parts = if block.len() > 300 {
            part(text, block, furniture)
        } else {
            vec![block]
        };
        lines.extend(parts.into_iter().filter_map(|part| Line::new(text, part)));
    }
    lines
}

/// The groups of lines between blank lines; line breaks of every kind count.
fn raw_lines(text: &str, span: Span) -> Vec<Vec<Span>> {
    let mut groups = vec![Vec::new()];
    let mut start = span.start;
    for line in span
        .of(text)
        .split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}'])
    {
        let line_span = Span::new(start, start + line.len());
        start = line_span.end;
        // The "\n" of "\r\n" is no blank line.
        if line == "\n" && text[..line_span.start].ends_with('\r') {
            continue;
        }
        let trimmed = line_span.trim(text);
        if !trimmed.is_empty() {
            groups.last_mut().expect("never empty").push(trimmed);
        } else if groups.last().is_some_and(|group| !group.is_empty()) {
            groups.push(Vec::new());
        }
    }
    groups
}

/// Joins the lines of each group where the text is wrapped at a column; else they stand alone.
fn unwrap(text: &str, groups: Vec<Vec<Span>>) -> Vec<Span> {
    let inner = || groups.iter().flat_map(|group| group.windows(2));
    let widest = groups
        .iter()
        .flatten()
        .map(|span| span.len())
        .max()
        .unwrap_or(0);
    let total = inner().count();
    let full = inner().filter(|pair| pair[0].len() + 25 >= widest).count();
    let lower = |span: &Span| span.of(text).starts_with(char::is_lowercase);
    let runs_on = inner().filter(|pair| lower(&pair[1])).count();
    let wrapped = total >= 4
        && (40..=130).contains(&widest)
        && full * 10 >= total * 7
        && runs_on * 10 >= total * 3;
    let join = |group: Vec<Span>| match (group.first(), group.last()) {
        (Some(first), Some(last)) if wrapped => vec![first.cover(*last)],
        _ => group,
    };
    groups.into_iter().flat_map(join).collect()
}

/// Parts a line in which paragraphs ran together when their markup was lost.
fn part(text: &str, span: Span, furniture: &Furniture) -> Vec<Span> {
    let line = span.of(text);
    let mut cuts = Vec::new();
    // Whether a straight quotation mark is open.
    let mut open = false;
    for (at, stop) in line.char_indices() {
        open ^= stop == '"';
        if !matches!(stop, '.' | '?' | '!') {
            continue;
        }
        let mut before = line[..at].chars().rev();
        let solid = |c: Option<char>| {
            c.is_some_and(|c| {
                c.is_lowercase() || c.is_ascii_digit() || matches!(c, '"' | '”' | '’' | ')' | '%')
            })
        };
        if !solid(before.next()) || !solid(before.next()) {
            continue;
        }
        let mut cut = at + stop.len_utf8();
        let mut behind = line[cut..].chars();
        let closes = match behind.clone().next() {
            Some('"') => open,
            Some('”' | '’' | ')') => true,
            _ => false,
        };
        if closes {
            cut += behind.next().map_or(0, char::len_utf8);
        }
        let starts = behind
            .next()
            .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'));
        if starts {
            cuts.push(cut);
        }
    }
    if cuts.len() < 2 {
        return vec![span];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for end in cuts.into_iter().chain([line.len()]) {
        if let Some(heading) = glued_heading(&line[start..end], furniture) {
            parts.push(Span::new(span.start + start, span.start + start + heading));
            start += heading;
        }
        parts.push(Span::new(span.start + start, span.start + end));
        start = end;
    }
    parts
}

/// Finds the end of a heading that ran into the paragraph behind it.
fn glued_heading(part: &str, furniture: &Furniture) -> Option<usize> {
    let mut previous = ' ';
    let mut words = 1;
    for (at, character) in part.char_indices() {
        if previous.is_lowercase() && character.is_uppercase() {
            let word = part[at..].chars().take_while(|c| c.is_alphabetic());
            if furniture.starts_sentence(&word.take(16).collect::<String>()) {
                return Some(at);
            }
        }
        words += usize::from(character == ' ');
        if words > 8 || matches!(character, '.' | ',' | ';' | '"' | '“') {
            return None;
        }
        previous = character;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        let lines = divide(text, Span::new(0, text.len()), &Furniture::shipped());
        lines.iter().map(|line| line.span.of(text)).collect()
    }

    #[test]
    fn every_line_stands_alone_unless_the_text_is_wrapped() {
        assert_eq!(
            parts("One line.\nAnother line.\r\n\r\nThird."),
            ["One line.", "Another line.", "Third."]
        );
        let wrapped = "The council met on Monday evening to speak of the new bridge\n\
            which has been planned for more than ten years and which is\nmuch disputed in the town, as a poll of last month has shown\n\
            once more.\n\nThe mayor said that she would not stand in the way of a vote\nof all citizens, which could be held in autumn this year.";
        assert_eq!(parts(wrapped).len(), 2);
    }

    #[test]
    fn paragraphs_that_ran_together_are_parted_with_their_headings() {
        let text = format!(
            "The council met on Monday.The mayor spoke of \"progress\".{}What comes next?The council meets again.The cost of it allIn March the bill was put at $3.5 million by U.S. experts.",
            "It was a long debate and nobody left before midnight, officials say. "
                .repeat(4)
                .trim_end()
        );
        let parts = parts(&text);
        assert_eq!(parts[0], "The council met on Monday.");
        assert_eq!(parts[1], "The mayor spoke of \"progress\".");
        assert!(
            parts.contains(&"What comes next?") && parts.contains(&"The cost of it all"),
            "{parts:?}"
        );
        assert_eq!(
            *parts.last().unwrap(),
            "In March the bill was put at $3.5 million by U.S. experts."
        );
    }
}
