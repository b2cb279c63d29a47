//! How much is found of direct, mixed and indirect speech.
//!
//! Speech is told from the quotation marks of the text alone: direct when every word of the marked
//! content stands inside quotation marks, indirect when none does, mixed otherwise.

use serde::Serialize;

use super::{
    align::{Aligned, soft_content, soft_source},
    token::{Sets, Tokens},
};
use crate::{mention::Speech, span::Span, text::quotations};

/// How much of one kind of speech is found.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct SpeechRow {
    /// Number of marked attributions with a content.
    pub gold: usize,
    /// Share whose content and source are found token for token.
    pub exact: f64,
    /// Share with at least half of the content (F1) and something of the source, or rightly none.
    pub soft: f64,
}

/// Recall of content and source together, by how the content is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct SpeechRecall {
    /// Wholly inside quotation marks.
    pub direct: SpeechRow,
    /// Partly.
    pub mixed: SpeechRow,
    /// Without quotation.
    pub indirect: SpeechRow,
}

/// Measures what is found of each kind of speech.
pub(super) fn recall(articles: &[Aligned<'_>]) -> SpeechRecall {
    let [mut direct, mut mixed, mut indirect] = [Count::default(); 3];
    for article in articles {
        let quoted = quoted(&article.article.text);
        for (gold, partner) in article.gold.iter().zip(&article.partner) {
            let count = match speech(gold, &article.tokens, &quoted) {
                Speech::Direct => &mut direct,
                Speech::Mixed => &mut mixed,
                Speech::Indirect => &mut indirect,
                Speech::None => continue,
            };
            count.gold += 1;
            if let Some(partner) = *partner {
                let found = &article.predicted[partner];
                let same = gold.content == found.content && gold.source == found.source;
                count.exact += usize::from(same);
                count.soft += usize::from(soft_content(gold, found) && soft_source(gold, found));
            }
        }
    }
    SpeechRecall {
        direct: direct.row(),
        mixed: mixed.row(),
        indirect: indirect.row(),
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    gold: usize,
    exact: usize,
    soft: usize,
}

impl Count {
    fn row(self) -> SpeechRow {
        let share = |n: usize| n as f64 / self.gold.max(1) as f64;
        SpeechRow {
            gold: self.gold,
            exact: share(self.exact),
            soft: share(self.soft),
        }
    }
}

/// Finds what stands inside quotation marks, line by line, in order.
fn quoted(text: &str) -> Vec<Span> {
    let mut quoted = Vec::new();
    let (mut start, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let found = quotations(text, Span::new(start, start + line.len()), open);
        start += line.len();
        if !line.trim().is_empty() {
            open = found.last().is_some_and(|quotation| !quotation.closed);
        }
        quoted.extend(found.iter().map(|quotation| quotation.inner));
    }
    quoted
}

fn speech(gold: &Sets, tokens: &Tokens, quoted: &[Span]) -> Speech {
    let inside = |token: &&usize| {
        let token = tokens.span(**token);
        let at = quoted.partition_point(|quotation| quotation.end <= token.start);
        quoted
            .get(at)
            .is_some_and(|quotation| quotation.contains(token))
    };
    match gold.content.iter().filter(inside).count() {
        _ if gold.content.is_empty() => Speech::None,
        0 => Speech::Indirect,
        n if n == gold.content.len() => Speech::Direct,
        _ => Speech::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::GoldAttribution;

    #[test]
    fn speech_is_told_by_quotation_marks() {
        let text =
            "He said “it rains. \r\n\r\n“Much,” he said, “and long.” It's \"no\" use, all say.";
        let (quoted, tokens) = (quoted(text), Tokens::of(text));
        let of = |content: &str| {
            let start = text.find(content).unwrap();
            let content = vec![Span::new(start, start + content.len())];
            let parts = GoldAttribution {
                content,
                ..GoldAttribution::default()
            };
            speech(&Sets::of(&parts, &tokens), &tokens, &quoted)
        };
        assert_eq!(of("“it rains."), Speech::Direct);
        assert_eq!(of("“and long.”"), Speech::Direct);
        assert_eq!(of("It's \"no\" use"), Speech::Mixed);
        assert_eq!(of("all say"), Speech::Indirect);
        assert_eq!(of("."), Speech::None);
    }
}
