//! Text flowed into lines of a terminal. Knows nothing of traces.

use anstyle::{AnsiColor, Effects, Style};

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().effects(Effects::BOLD);
pub(crate) const DIM: Style = Style::new().effects(Effects::DIMMED);
pub(crate) const ITALIC: Style = Style::new().effects(Effects::ITALIC);
pub(crate) const HEAD: Style = AnsiColor::Cyan.on_default().effects(Effects::BOLD);
pub(crate) const NAME: Style = Style::new().effects(Effects::BOLD);
pub(crate) const GOOD: Style = AnsiColor::Blue.on_default();
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);

/// Narrower terminals are treated as this wide.
const NARROWEST: usize = 30;
/// Longer texts are cut; their place in the article is shown beside them.
const LONGEST: usize = 1_000;

/// Lines under construction.
pub(crate) struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(crate) fn new(width: usize, colour: bool) -> Self {
        Self {
            text: String::new(),
            width: width.max(NARROWEST),
            colour,
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Starts a section with how many entries it has.
    pub(crate) fn section(&mut self, title: &str, entries: usize) {
        self.blank();
        self.flow(
            0,
            &[(HEAD, &title.to_uppercase()), (DIM, &format!(" {entries}"))],
        );
    }

    /// Writes a text that is not wrapped, so that it can be copied.
    pub(crate) fn whole(&mut self, indent: usize, style: Style, text: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.styled(style, &clean(text));
        self.text.push('\n');
    }

    /// Writes pieces one after the other, wrapped and indented; further lines hang by two.
    pub(crate) fn flow(&mut self, indent: usize, pieces: &[(Style, &str)]) {
        let pieces: Vec<(Style, String)> = pieces
            .iter()
            .map(|(style, text)| (*style, clean(text)))
            .collect();
        let joined: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
        let first = " ".repeat(indent);
        let further = " ".repeat(indent + if indent < 4 { 2 } else { 0 });
        let options = textwrap::Options::new(self.width)
            .initial_indent(&first)
            .subsequent_indent(&further)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let mut styles = pieces
            .iter()
            .flat_map(|(style, text)| text.chars().map(move |character| (*style, character)));
        for (number, line) in textwrap::wrap(&joined, options).iter().enumerate() {
            let indent = if number == 0 { &first } else { &further };
            self.text.push_str(indent);
            let mut run = String::new();
            let mut of = PLAIN;
            for wanted in line.chars().skip(indent.len()) {
                // Wrapping only drops white space, so the next equal character is the same one.
                let style = styles
                    .find(|(_, character)| *character == wanted)
                    .map_or(PLAIN, |(style, _)| style);
                if style != of {
                    self.styled(of, &run);
                    run.clear();
                    of = style;
                }
                run.push(wanted);
            }
            self.styled(of, &run);
            self.text.push('\n');
        }
    }

    fn styled(&mut self, style: Style, text: &str) {
        if self.colour && style != PLAIN && !text.is_empty() {
            self.text.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.text.push_str(text);
        }
    }
}

/// Makes words of an article harmless for a terminal: no control characters, no bidirectional
/// overrides, no line breaks; cut when very long.
pub(crate) fn clean(text: &str) -> String {
    let mut clean: String = text
        .chars()
        .filter(|character| {
            !matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
        })
        .map(|character| {
            if character.is_whitespace() || character.is_control() {
                ' '
            } else {
                character
            }
        })
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}
