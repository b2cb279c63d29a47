//! A page as blocks: runs of text with the element they stand in and the links inside them.
//!
//! It loses nothing but white space and what is no text; what is an article's is chosen elsewhere.

use std::ops::Range;

use ego_tree::{NodeId, NodeRef, iter::Edge};
use scraper::{Html, Node, node::Element};

use super::element::{is_block, is_hidden, is_picture, names};
use crate::lexicon::markup::Markup;

/// What kind of element a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A paragraph.
    Paragraph,
    /// A heading of a level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// A row of a table.
    Row,
    /// Anything else.
    Other,
}

/// A run of text.
#[derive(Debug)]
pub(super) struct Block {
    /// The text, white space folded.
    pub(super) text: String,
    /// The addresses that parts of it lead to, as written.
    pub(super) links: Vec<(Range<usize>, String)>,
    /// What it stands in.
    pub(super) tag: Tag,
    /// The element it stands in.
    pub(super) element: NodeId,
    /// The nearest element around it that is beside the article, by its number.
    pub(super) beside: Option<usize>,
    /// Whether nobody sees it.
    pub(super) hidden: bool,
    /// The outermost `article` element around it.
    pub(super) article: Option<NodeId>,
}

impl Block {
    /// Returns the share of its text that is linked.
    pub(super) fn link_share(&self) -> f64 {
        let linked: usize = self.links.iter().map(|(range, _)| range.len()).sum();
        #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
        let share = linked as f64 / self.text.len().max(1) as f64;
        share
    }

    /// Returns the number of words.
    pub(super) fn words(&self) -> usize {
        self.text.split(' ').count()
    }

    /// Says whether it reads like a paragraph, in any script.
    pub(super) fn is_prose(&self) -> bool {
        self.text.len() >= 70 && self.ends() && !matches!(self.tag, Tag::Heading(_))
    }

    /// Says whether it ends like a sentence.
    pub(super) fn ends(&self) -> bool {
        let text = self
            .text
            .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
        text.ends_with(['.', '!', '?', '…', ':', ';', ',', '。', '؟', '।'])
    }
}

/// An element that is beside the article, by its name or its classes.
#[derive(Debug)]
pub(super) struct Beside {
    /// What it is: the part's name, or the element's.
    pub(super) what: String,
    /// The one around it.
    pub(super) parent: Option<usize>,
}

/// The blocks of a page, and what is beside.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    pub(super) beside: Vec<Beside>,
}

/// What is known at a point of the page.
#[derive(Clone, Copy)]
struct Place {
    element: NodeId,
    tag: Tag,
    beside: Option<usize>,
    hidden: bool,
    article: Option<NodeId>,
}

/// Divides a page.
pub(super) fn divide(page: &Html, markup: &Markup) -> Blocks {
    let root = page.tree.root();
    let mut reader = Reader {
        markup,
        found: Blocks::default(),
        text: String::new(),
        links: Vec::new(),
        open_link: None,
        breaks: 0,
        lines: Vec::new(),
        cells: Vec::new(),
        prose: 0,
    };
    let mut places = vec![Place {
        element: root.id(),
        tag: Tag::Other,
        beside: None,
        hidden: false,
        article: None,
    }];
    let mut silent = 0usize;
    for edge in root.traverse() {
        let place = *places.last().expect("the root is never left");
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if silent == 0 => reader.push(text),
                Node::Element(element) => {
                    let is_silent = markup.silent.contains(element.name());
                    silent += usize::from(is_silent);
                    if silent == 0 {
                        reader.open(element, &place);
                    }
                    places.push(reader.enter(node, element, place));
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if silent == 0 {
                        reader.close(element, &place);
                    }
                    silent -= usize::from(markup.silent.contains(element.name()));
                    places.pop();
                }
            }
        }
    }
    let place = places[0];
    reader.end(&place);
    reader.found
}

struct Reader<'m> {
    markup: &'m Markup,
    found: Blocks,
    text: String,
    links: Vec<(Range<usize>, String)>,
    open_link: Option<(usize, String)>,
    /// Line breaks since the last word.
    breaks: usize,
    /// Where single line breaks stand in the text.
    lines: Vec<usize>,
    /// Where cells of a table start in it.
    cells: Vec<usize>,
    /// Number of paragraphs so far.
    prose: usize,
}

impl Reader<'_> {
    fn push(&mut self, text: &str) {
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end_matches(char::is_whitespace);
            if !word.is_empty() {
                self.text.extend(
                    word.chars()
                        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')),
                );
                self.breaks = 0;
            }
            if word.len() < part.len() {
                self.space();
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// What stands in front of an element's content.
    fn open(&mut self, element: &Element, place: &Place) {
        match element.name() {
            "br" => {
                self.breaks += 1;
                match self.breaks {
                    1 => {
                        self.space();
                        self.lines.push(self.text.len());
                    }
                    _ => self.end(place),
                }
            }
            "td" | "th" => {
                self.space();
                self.cells.push(self.text.len());
            }
            "a" => {
                self.end_link();
                if let Some(address) = element.attr("href") {
                    self.open_link = Some((self.text.len(), address.trim().to_owned()));
                }
            }
            name if is_block(name) => self.end(place),
            _ => {}
        }
    }

    fn close(&mut self, element: &Element, place: &Place) {
        match element.name() {
            "a" => self.end_link(),
            "td" | "th" => self.space(),
            name if is_block(name) => self.end(place),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        if let Some((start, address)) = self.open_link.take() {
            let mut start = start.min(self.text.len());
            start += self.text[start..].len() - self.text[start..].trim_start().len();
            let end = self.text.trim_end().len();
            if start < end {
                self.links.push((start..end, address));
            }
        }
    }

    /// Ends the block that stands in `place`.
    fn end(&mut self, place: &Place) {
        let open = self.open_link.as_ref().map(|(_, address)| address.clone());
        self.end_link();
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        let links = std::mem::take(&mut self.links);
        let mut cuts = std::mem::take(&mut self.lines);
        cuts.retain(|cut| (1..text.len()).contains(cut));
        let is_heading = matches!(place.tag, Tag::Heading(_));
        if is_heading || self.is_wrapped(&text, &cuts) {
            cuts.clear();
        }
        // Cells with lines of their own lay the page out and are no row of data.
        let mut cells = std::mem::take(&mut self.cells);
        cells.retain(|cell| !cuts.is_empty() && (1..text.len()).contains(cell));
        cuts.extend(&cells);
        cuts.push(text.len());
        cuts.sort_unstable();
        cuts.dedup();
        let mut start = 0;
        for end in cuts {
            let whole = end == text.len() || cells.contains(&end);
            if !whole && !self.parts(&text[start..end], &text[end..]) {
                continue;
            }
            let inside = |(range, address): &(Range<usize>, String)| {
                let (from, to) = (range.start.max(start), range.end.min(end));
                let to = from + text.get(from..to)?.trim_end().len();
                (from < to).then(|| (from - start..to - start, address.clone()))
            };
            let line = text[start..end].trim_end();
            if !line.is_empty() {
                let block = Block {
                    text: line.to_owned(),
                    links: links.iter().filter_map(inside).collect(),
                    tag: place.tag,
                    element: place.element,
                    beside: place.beside,
                    hidden: place.hidden,
                    article: place.article,
                };
                self.prose += usize::from(block.is_prose());
                self.found.blocks.push(block);
            }
            start = end;
        }
        // A link may hold several blocks.
        self.open_link = open.map(|address| (0, address));
    }

    /// Says whether line breaks only wrap a text at a column: many lines run on in lower case.
    fn is_wrapped(&self, text: &str, cuts: &[usize]) -> bool {
        let runs_on = |cut: &&usize| self.runs_on(&text[**cut..]);
        cuts.iter().filter(runs_on).count() * 5 >= cuts.len().max(1) * 2
    }

    /// Says whether a line starts in the midst of a sentence, and not with "by Jane Doe".
    fn runs_on(&self, line: &str) -> bool {
        let byline = || {
            let (word, name) = line.split_once(' ')?;
            let words = &self.markup.bylines.words;
            Some(words.iter().any(|by| by == word) && name.starts_with(char::is_uppercase))
        };
        line.starts_with(char::is_lowercase) && byline() != Some(true)
    }

    /// Says whether a line break parts what is before it from what follows: a short line, before
    /// the text has started.
    fn parts(&self, before: &str, behind: &str) -> bool {
        let before = before.trim_end();
        let short = before.split(' ').count() <= 12 && !before.ends_with([',', ';', '-']);
        self.prose < 3 && short && !self.runs_on(behind)
    }

    /// Returns what is known inside an element.
    fn enter(&mut self, node: NodeRef<'_, Node>, element: &Element, place: Place) -> Place {
        let name = element.name();
        if !is_block(name)
            && !matches!(
                name,
                "span" | "a" | "td" | "th" | "small" | "em" | "time" | "i"
            )
        {
            return Place { ..place };
        }
        let beside = self.markup.beside.contains(name).then(|| name.to_owned());
        let beside = beside.or_else(|| {
            let names = names(element)?;
            Some(self.markup.part(&names)?.to_owned())
        });
        let beside = beside.or_else(|| is_picture(node, name).then(|| "pictures".to_owned()));
        let beside = match beside {
            // What holds the whole page is named by what it also holds.
            Some(what) if !matches!(name, "body" | "html" | "main" | "article") => {
                let parent = place.beside;
                self.found.beside.push(Beside { what, parent });
                Some(self.found.beside.len() - 1)
            }
            _ => place.beside,
        };
        let tag = match name {
            "p" => Tag::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Tag::Heading(name.as_bytes()[1] - b'0'),
            "li" | "dd" | "dt" => Tag::Item,
            "blockquote" | "q" => Tag::Quote,
            "tr" => Tag::Row,
            _ if is_block(name) => Tag::Other,
            _ => place.tag,
        };
        Place {
            element: if is_block(name) {
                node.id()
            } else {
                place.element
            },
            tag,
            beside,
            hidden: place.hidden || is_hidden(element),
            article: place.article.or((name == "article").then_some(node.id())),
        }
    }
}
