//! Writes the text of an article, and where links and headings stand in it.
//!
//! Addresses become absolute; what is no address of a page is no link.

use url::Url;

use super::blocks::{Block, Tag};
use crate::{article::stated::Hyperlink, span::Span};

/// Writes the text, and where links and headings stand in it.
pub(super) struct Writer {
    pub(super) text: String,
    base: Option<Url>,
    pub(super) links: Vec<Hyperlink>,
    pub(super) headings: Vec<Span>,
}

impl Writer {
    pub(super) fn new(base: Option<Url>) -> Self {
        Self {
            text: String::new(),
            base,
            links: Vec::new(),
            headings: Vec::new(),
        }
    }

    pub(super) fn restart(&mut self, start: usize) {
        self.text.truncate(start);
        self.links.clear();
        self.headings.clear();
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text
            .extend(line.split_whitespace().flat_map(|word| [word, " "]));
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str("\n\n");
    }

    pub(super) fn block(&mut self, block: &Block) {
        let start = self.text.len();
        self.text.push_str(&block.text);
        if matches!(block.tag, Tag::Heading(_)) {
            self.headings.push(Span::new(start, self.text.len()));
        }
        self.text.push_str("\n\n");
        for (range, address) in &block.links {
            let absolute = Url::parse(address).ok();
            let joined = || self.base.as_ref()?.join(address).ok();
            let url = absolute
                .or_else(joined)
                .filter(|url| matches!(url.scheme(), "http" | "https"));
            if let Some(url) = url.filter(|_| !address.starts_with('#')) {
                self.links.push(Hyperlink {
                    span: Span::new(start + range.start, start + range.end),
                    url: url.into(),
                });
            }
        }
    }
}
