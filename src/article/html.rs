//! From a web page to the article's text and what its markup says.
//!
//! Libraries parse the page and find the main text; here it is only asked for, bounded, mended by
//! what the markup says, and put together.

use ego_tree::iter::Edge;
use rs_trafilatura::{Options, extract_with_options};
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::stated::{Key, Page as Markings, Stated};
use crate::lexicon::Lexicon;

mod blocks;
mod choose;
mod element;
mod head;
mod json;
mod ld;
mod lines;
mod site;
mod visible;
mod writer;

use blocks::{Block, Tag};
use writer::Writer;

/// Elements nested deeper than this are refused: what reads the parsed page recurses.
const MAX_DEPTH: usize = 1_000;
/// Tags that open so much more than they close are not even parsed: parsers grow quadratic on them.
/// Pages get far with tags in scripts and with what they forget to close.
const MAX_OPEN: usize = 2_000;
/// Stack of the thread that parses.
const STACK: usize = 256 << 20;
/// What makes the text of a page; a snapshot is derived by it.
const EXTRACTOR: &str = concat!(
    "claimgraph ",
    env!("CARGO_PKG_VERSION"),
    ", rs-trafilatura 0.2"
);
/// Less text than this is no article, in bytes.
const LEAST: usize = 80;

/// A page, read.
#[derive(Debug)]
pub(super) struct Page {
    /// The article's text, paragraphs separated by blank lines.
    pub(super) text: String,
    /// What its markup says.
    pub(super) markings: Markings,
}

/// Says whether a text is a web page.
pub(super) fn sniff(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    if !head.starts_with('<') {
        return false;
    }
    let head: String = head
        .chars()
        .take(1024)
        .collect::<String>()
        .to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<meta ",
        "<p>",
        "<div",
    ]
    .iter()
    .any(|tag| head.contains(tag))
}

/// Reads a page; the error says what is wrong with it.
pub(super) fn read(html: String) -> Result<Page, String> {
    check_depth(&html)?;
    let thread = std::thread::Builder::new().stack_size(STACK);
    let thread = thread
        .spawn(move || parse(&html))
        .map_err(|error| error.to_string())?;
    thread
        .join()
        .map_err(|_| "the page cannot be parsed".to_owned())?
}

/// Refuses what is nested too deep for parsers.
pub(super) fn check_depth(html: &str) -> Result<(), String> {
    match depth(html) > MAX_OPEN {
        true => Err(format!("elements are nested more than {MAX_OPEN} deep")),
        false => Ok(()),
    }
}

/// How deep the elements of a parsed page are nested.
fn depth_of(page: &Html) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(_) => depth += 1,
            Edge::Close(_) => depth = depth.saturating_sub(1),
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn parse(html: &str) -> Result<Page, String> {
    let lexicon = Lexicon::shipped();
    let page = Html::parse_document(html);
    if depth_of(&page) > MAX_DEPTH {
        return Err(format!("elements are nested more than {MAX_DEPTH} deep"));
    }
    let judged = extract_with_options(html, &Options::default())
        .map(|extracted| extracted.content_text)
        .unwrap_or_default();
    let found = blocks::divide(&page, &lexicon.markup);
    let mut chosen = choose::choose(&page, &found, &judged);

    let in_head = head::read(&page, &lexicon.markup);
    let told = |key: Key| in_head.iter().find(|stated| stated.key == key);
    let address = told(Key::Canonical).map(|stated| stated.value.as_str());
    let titled = told(Key::Headline).map(|stated| stated.value.as_str());
    let data = ld::read(&page, &lexicon.markup, address, titled);

    let titled_by = select(&page, "title")
        .first()
        .and_then(|title| text_of(*title));
    let is_text = |at: &usize| chosen[*at] && found.blocks[*at].tag != Tag::Heading(1);
    let places: Vec<usize> = (0..found.blocks.len()).filter(is_text).collect();
    let is_prose = |at: &&usize| found.blocks[**at].is_prose();
    let frame = places.last().map(|last| visible::Frame {
        first: *places.iter().find(is_prose).unwrap_or(&places[0]),
        last: *places.iter().rev().find(is_prose).unwrap_or(last),
    });
    let cut = frame
        .as_ref()
        .and_then(|frame| held_back(&found.blocks, frame, lexicon));
    let sites: Vec<&str> = in_head
        .iter()
        .filter(|stated| stated.key == Key::Outlet)
        .map(|stated| stated.value.as_str())
        .collect();
    let shown = visible::read(&page, &found, frame, titled_by.as_deref(), &sites, lexicon);
    if let Some(heading) = shown.heading {
        choose::above(&found.blocks, &mut chosen, heading);
    }
    let mut stated: Vec<Stated> = data
        .stated
        .into_iter()
        .chain(in_head)
        .chain(shown.stated)
        .collect();
    tidy(&mut stated, lexicon);

    let base = base(&page, &stated);
    let mut writer = Writer::new(base);
    let headline = best_headline(&stated).map(str::to_owned);
    if let Some(headline) = &headline {
        writer.text.push_str(headline);
        writer.text.push_str("\n\n");
    }
    let start = writer.text.len();
    for (block, _) in found
        .blocks
        .iter()
        .zip(&chosen)
        .filter(|(_, chosen)| **chosen)
    {
        let again = headline
            .as_deref()
            .is_some_and(|headline| same(&block.text, headline));
        if !again && block.tag != Tag::Heading(1) {
            writer.block(block);
        }
    }
    // The data holds the text of pages that are built by a script.
    let body = data.body.unwrap_or_default();
    if body.len() > 2 * (writer.text.len() - start) && body.len() >= 400 {
        writer.restart(start);
        body.split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .for_each(|line| writer.line(line));
    } else if writer.text.len() - start < LEAST && judged.trim().len() >= 250 {
        writer.restart(start);
        judged
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .for_each(|line| writer.line(line));
    }
    let length = writer.text.len() - start;
    if length == 0 {
        return Err("the page holds no article text".to_owned());
    }
    if is_list(&found.blocks, &chosen) {
        return Err("the page is a list of articles".to_owned());
    }
    let no_article = headline
        .as_deref()
        .is_some_and(|line| lexicon.markup.is_no_article(line));
    if no_article && length < 1500 {
        return Err("the page says that there is no article".to_owned());
    }
    let cut = cut.or_else(|| (data.paid && length < 900).then(|| "isAccessibleForFree".to_owned()));
    let text = writer.text.trim_end().to_owned() + "\n";
    Ok(Page {
        text,
        markings: Markings {
            stated,
            links: writer.links,
            headings: writer.headings,
            extractor: EXTRACTOR.to_owned(),
            cut,
        },
    })
}

/// Says whether what is left of a page is a list of stories: headings, each with a line at most.
fn is_list(blocks: &[Block], chosen: &[bool]) -> bool {
    let chosen = || {
        blocks
            .iter()
            .zip(chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(block, _)| block)
    };
    let headings = chosen()
        .filter(|block| matches!(block.tag, Tag::Heading(_)))
        .count();
    let prose: Vec<usize> = chosen()
        .filter(|block| !matches!(block.tag, Tag::Heading(_)) && block.words() >= 6)
        .map(|block| block.text.len())
        .collect();
    let long = prose.iter().filter(|length| **length >= 160).count();
    headings >= 4 && prose.len() <= headings + 2 && long <= 1
}

/// The words with which a page keeps the rest of the article back, near the end of its text.
fn held_back(blocks: &[Block], frame: &visible::Frame, lexicon: &Lexicon) -> Option<String> {
    let near = frame.first..blocks.len().min(frame.last + 7);
    let says =
        |block: &&Block| !block.hidden && block.words() <= 40 && lexicon.states.cuts(&block.text);
    let found = blocks[near].iter().find(says);
    found.map(|block| block.text.clone())
}

/// Drops values that say nothing, and what a title says besides the headline.
fn tidy(stated: &mut Vec<Stated>, lexicon: &Lexicon) {
    let nothing = &lexicon.markup.nothing;
    let outlets: Vec<String> = stated
        .iter()
        .filter(|stated| stated.key == Key::Outlet)
        .map(|stated| stated.value.to_lowercase())
        .collect();
    for stated in stated
        .iter_mut()
        .filter(|stated| stated.key == Key::Headline)
    {
        if stated.place != "h1" && stated.place != "line" {
            stated.value = without_site(&stated.value, &outlets, stated.place == "title", lexicon);
        }
    }
    stated.retain(|stated| {
        let value = stated.value.to_lowercase();
        match stated.key {
            Key::Headline => {
                !nothing.headlines.contains(&value)
                    && !outlets.contains(&value)
                    && value.len() < 500
            }
            Key::Authors => {
                !nothing.authors.contains(&value) && !outlets.contains(&value) && value.len() < 80
            }
            _ => true,
        }
    });
}

/// A title without the name of the site: "Harbour closes | World | Example News".
fn without_site(title: &str, outlets: &[String], loose: bool, lexicon: &Lexicon) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let cut = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · "]
            .iter()
            .filter_map(|mark| Some((title.rfind(mark)?, mark.len())))
            .max();
        let Some((at, mark)) = cut else { break };
        let site = title[at + mark..].trim();
        let lower = site.to_lowercase();
        let named = outlets.iter().any(|outlet| {
            *outlet == lower || outlet.contains(&lower) || lower.contains(outlet.as_str())
        }) || lexicon.outlets.is_name(site)
            || loose
                && site.split_whitespace().count() <= 4
                && title[..at].split_whitespace().count() >= 3;
        if !named {
            break;
        }
        title = title[..at].trim_end();
    }
    title.to_owned()
}

/// The headline that is put in front of the text: as readers see it, where it is what others say.
fn best_headline(stated: &[Stated]) -> Option<&str> {
    let all: Vec<&Stated> = stated
        .iter()
        .filter(|stated| stated.key == Key::Headline)
        .collect();
    let shown = all.iter().find(|stated| {
        matches!(stated.place.as_str(), "h1" | "h2" | "h3" | "h4" | "line")
            && stated.value.split_whitespace().count() >= 2
    });
    shown.or(all.first()).map(|stated| stated.value.as_str())
}

fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    bare(one) == bare(other)
}

/// The address that relative ones start from.
fn base(page: &Html, stated: &[Stated]) -> Option<Url> {
    let named = attribute(page, "base[href]", "href").and_then(|base| Url::parse(&base).ok());
    let own = stated.iter().filter(|stated| stated.key == Key::Canonical);
    named.or_else(|| {
        own.filter_map(|stated| Url::parse(&stated.value).ok())
            .next()
    })
}

/// Bounds how deep elements may be nested, by counting tags that must be closed.
fn depth(html: &str) -> usize {
    const OPEN_ENDED: [&str; 30] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead",
        "tfoot", "option", "optgroup", "html", "head", "body", "path",
    ];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for tag in html.split('<').skip(1) {
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if name.is_empty() || OPEN_ENDED.contains(&name.as_str()) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
        } else if !tag
            .split('>')
            .next()
            .is_some_and(|inside| inside.ends_with('/'))
        {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

fn select<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    let selector = Selector::parse(selector).expect("selectors are constants");
    page.select(&selector).collect()
}

/// The first non-empty `attribute` of the elements that match.
fn attribute(page: &Html, selector: &str, attribute: &str) -> Option<String> {
    let found = select(page, selector).into_iter();
    found
        .filter_map(|element| clean(element.attr(attribute)?))
        .next()
}

fn text_of(element: ElementRef<'_>) -> Option<String> {
    clean(&element.text().collect::<String>())
}

fn clean(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html><head><title>Harbour closes - Example News</title>
      <meta property="og:site_name" content="Example News"><link rel="canonical" href="https://example.org/a">
      <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Harbour closes as storm nears",
      "datePublished":"2020-05-03T10:00:00Z","author":[{"@type":"Person","name":"Jane Doe"}],"publisher":{"name":"Example News"}}]}</script>
      </head><body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Harbour closes as storm nears</h1>
      <p>The harbour of Port Example was closed on Sunday as a storm came nearer, the port authority said in a statement.</p>
      <p>“No ship will leave before Tuesday,” harbour master Ann Smith told reporters, adding that the ferry would stop as well.</p>
      <p>Fishermen said they had been given two hours to bring their boats to safety, and that several nets had been lost.</p>
      </article><footer>Copyright Example News</footer></body></html>"#;

    #[test]
    fn the_main_text_and_the_markup_of_a_page_are_read() {
        let page = read(PAGE.to_owned()).unwrap();
        let paragraphs: Vec<_> = page.text.trim_end().split("\n\n").collect();
        assert_eq!(paragraphs[0], "Harbour closes as storm nears");
        assert!(
            paragraphs[1].starts_with("The harbour of Port Example"),
            "{paragraphs:?}"
        );
        assert_eq!(paragraphs.len(), 4, "{paragraphs:?}");
        let stated = &page.markings.stated;
        let places: Vec<_> = stated
            .iter()
            .map(|s| (s.key.name(), &*s.place, &*s.value))
            .collect();
        for expected in [
            (
                "headline",
                "NewsArticle.headline",
                "Harbour closes as storm nears",
            ),
            (
                "published",
                "NewsArticle.datePublished",
                "2020-05-03T10:00:00Z",
            ),
            ("authors", "NewsArticle.author", "Jane Doe"),
            ("outlet", "og:site_name", "Example News"),
            ("canonical", "link canonical", "https://example.org/a"),
            ("headline", "title", "Harbour closes"),
            ("headline", "h1", "Harbour closes as storm nears"),
        ] {
            assert!(places.contains(&expected), "{expected:?} in {places:?}");
        }
    }

    #[test]
    fn lines_parted_by_breaks_and_cells_are_read_as_lines() {
        let page = read(
            r#"<html><head><title>Wexcombe Herald - Quarry plan thrown out</title></head><body><table><tr>
            <td>Front page<br>Sport<br>Visitor 4,217</td><td><b>Quarry plan thrown out</b><br>
            by Gordon Pell, Thursday, 16 October 2003<p>Plans for a quarry were thrown out by the county on Tuesday after six hours.
            <p>“It is the best night's work in years,” said Audrey Lunt, who had led<br>the protest of<br>nineteen hundred people.
            <p>The owner of the land said he would appeal, and that nobody should think that it was over.</td></tr></table></body></html>"#
                .to_owned(),
        );
        let page = page.unwrap();
        let stated = |key: Key| {
            let found = page.markings.stated.iter().find(|stated| stated.key == key);
            found.map(|stated| stated.value.clone()).unwrap_or_default()
        };
        assert_eq!(stated(Key::Outlet), "Wexcombe Herald");
        assert_eq!(stated(Key::Authors), "Gordon Pell");
        assert!(stated(Key::Published).contains("16 October 2003"));
        assert!(
            page.text.starts_with("Quarry plan thrown out\n\n"),
            "{}",
            page.text
        );
        assert!(
            page.text
                .contains("had led the protest of nineteen hundred people.")
        );
        assert!(!page.text.contains("Visitor"), "{}", page.text);
    }

    #[test]
    fn deep_nesting_is_refused_before_parsing() {
        for levels in [1_200, 200_000] {
            let deep = format!("<html><body>{}x", "<div>".repeat(levels));
            assert!(read(deep).unwrap_err().contains("nested"));
        }
        let flat = "<p>One.</p><div><br></div>".repeat(5000);
        assert!(depth(&flat) < 3);
    }

    #[test]
    fn tags_that_nest_nothing_do_not_count_as_nesting() {
        let sentence = "The council of Haldane voted on Tuesday to keep the ferry for two years.";
        let html = format!(
            "<html><body><article><h1>Ferry stays</h1><p>{sentence}</p><p>{sentence}</p></article>\
             <script>document.write(\"{}\")</script></body></html>",
            "<div>".repeat(1_400)
        );
        assert!(read(html).unwrap().text.contains(sentence));
    }

    #[test]
    fn plain_text_with_a_sign_is_no_page() {
        assert!(sniff("\u{feff}\n<!doctype html><html>"));
        assert!(!sniff("a < b, said <p>"));
        assert!(!sniff("<angry> he said"));
    }
}
