//! Quotations: matched pairs of quotation marks inside a paragraph.

use crate::span::Span;

/// A quotation, with and without its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// With the marks.
    pub outer: Span,
    /// Without the marks.
    pub inner: Span,
    /// Whether a closing mark was found; an open one runs to the end of the paragraph.
    pub closed: bool,
}

impl Quotation {
    /// Counts the words inside.
    #[must_use]
    pub fn n_words(&self, text: &str) -> usize {
        self.inner.of(text).split_whitespace().count()
    }
}

/// Finds the quotations of a paragraph in order. Single marks count only as pairs around words,
/// never as apostrophes; an open double mark runs to the end of the paragraph.
///
/// `open_before` says that the paragraph before ended inside a quotation.
#[must_use]
pub fn quotations(text: &str, span: Span, open_before: bool) -> Vec<Quotation> {
    let marks = marks(text, span);
    let mut quotations = Vec::new();
    let mut index = 0;
    while let Some(&(at, mark, length)) = marks.get(index) {
        index += 1;
        let inner_start = at + length;
        let opens = || opens(text, at, inner_start, mark, span);
        let closing = match mark {
            '"' | '“' | '”' | '„' | '«' if opens() => marks[index..]
                .iter()
                .position(|&(_, c, _)| matches!(c, '"' | '”' | '»')),
            '\'' | '‘' if opens() => {
                let singles = |accept: &dyn Fn(usize) -> bool| {
                    marks[index..]
                        .iter()
                        .take_while(|&&(_, c, _)| !matches!(c, '"' | '“' | '”'))
                        .position(|&(position, c, _)| matches!(c, '\'' | '’') && accept(position))
                };
                // "lines' of" closes a quotation only where nothing better does: it may be a plural.
                singles(&|p| closes_single(text, p, span) && !after_plural(text, p))
                    .or_else(|| singles(&|p| closes_single(text, p, span)))
            }
            _ => continue,
        };
        match closing {
            Some(distance) => {
                let (end, _, length) = marks[index + distance];
                quotations.push(Quotation {
                    outer: Span::new(at, end + length),
                    inner: Span::new(inner_start, end),
                    closed: true,
                });
                index += distance + 1;
            }
            None if matches!(mark, '“' | '„' | '«')
                || (mark == '"' && (at == span.start || open_before)) =>
            {
                let outer = Span::new(at, span.end);
                quotations.push(Quotation {
                    outer,
                    inner: Span::new(inner_start, span.end),
                    closed: false,
                });
                break;
            }
            None => {}
        }
    }
    quotations
}

/// Finds what can be a quotation mark, with its place and length. Two apostrophes in a row stand
/// for a double mark.
fn marks(text: &str, span: Span) -> Vec<(usize, char, usize)> {
    let mut marks: Vec<(usize, char, usize)> = Vec::new();
    for (offset, c) in span.of(text).char_indices() {
        let at = span.start + offset;
        match (c, marks.last_mut()) {
            ('\'', Some(last)) if *last == (at.wrapping_sub(1), '\'', 1) => {
                *last = (at - 1, '"', 2);
            }
            ('"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’', _) => {
                marks.push((at, c, c.len_utf8()));
            }
            _ => {}
        }
    }
    marks
}

fn opens(text: &str, at: usize, behind: usize, mark: char, span: Span) -> bool {
    let before = text[span.start..at].chars().next_back();
    let after = text[behind..span.end].chars().next();
    let room_before = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '“' | '‘' | '"')
    });
    let word_after = after.is_some_and(|c| !c.is_whitespace());
    match mark {
        '“' | '„' | '«' => true,
        '‘' => word_after,
        _ => room_before && word_after,
    }
}

fn closes_single(text: &str, at: usize, span: Span) -> bool {
    let before = text[span.start..at].chars().next_back();
    let after = text[at..span.end].chars().nth(1);
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
}

fn after_plural(text: &str, at: usize) -> bool {
    text[..at].ends_with('s')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        quotations(text, Span::new(0, text.len()), false)
            .iter()
            .map(|q| q.inner.of(text))
            .collect()
    }

    #[test]
    fn straight_curly_and_single_marks_pair_up() {
        assert_eq!(
            inner("He said \"no\" and “yes, now” and ‘so-called’ things."),
            ["no", "yes, now", "so-called"]
        );
        assert_eq!(inner("the 'red lines' of Moscow"), ["red lines"]);
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        assert!(inner("The US' stance isn't Russia's; the boys' club").is_empty());
    }

    #[test]
    fn a_curly_mark_closed_by_a_straight_one_is_a_quotation() {
        assert_eq!(
            inner("“We stand firm,\" the draft said."),
            ["We stand firm,"]
        );
    }

    #[test]
    fn two_apostrophes_are_a_double_mark() {
        assert_eq!(
            inner("''The dogs' bowl isn't full,'' he said. ''Not 'nearly' full.''"),
            ["The dogs' bowl isn't full,", "Not 'nearly' full."]
        );
    }

    #[test]
    fn an_open_quotation_runs_to_the_end_of_the_paragraph() {
        let text = "“We stand firm. We go on";
        let found = quotations(text, Span::new(0, text.len()), false);
        assert!(!found[0].closed);
        assert_eq!(found[0].inner.of(text), "We stand firm. We go on");
    }
}
