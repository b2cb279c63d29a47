//! From a web page to the article's text and the metadata of its markup.
//!
//! Libraries parse and find the main text; here it is only asked for, bounded and put together.

use rs_trafilatura::{Options, extract_with_options};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::{Supplied, date, supplied::split_names};

/// Elements nested deeper than this are refused: parsers recurse or grow quadratic on them.
const MAX_DEPTH: usize = 400;
/// Stack of the thread that parses.
const STACK: usize = 256 << 20;

/// A page, read.
#[derive(Debug)]
pub(super) struct Page {
    /// The article's text, paragraphs separated by blank lines.
    pub(super) text: String,
    /// Metadata of the markup, best first.
    pub(super) supplied: Vec<Supplied>,
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
    match depth(html) > MAX_DEPTH {
        true => Err(format!("elements are nested more than {MAX_DEPTH} deep")),
        false => Ok(()),
    }
}

fn parse(html: &str) -> Result<Page, String> {
    let options = Options {
        include_tables: false,
        ..Options::default()
    };
    let extracted = extract_with_options(html, &options).map_err(|error| error.to_string())?;
    let page = Html::parse_document(html);
    let mut supplied = vec![
        json_ld(&page),
        open_graph(&page),
        meta(&page),
        markup(&page),
    ];
    supplied.retain(|s| !s.is_blank());

    let paragraphs: Vec<_> = extracted.content_text.lines().map(str::trim).collect();
    let paragraphs: Vec<_> = paragraphs
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    if paragraphs.is_empty() {
        return Err("the page holds no article text".to_owned());
    }
    let mut text = paragraphs.join("\n\n");
    let headline = supplied.iter().find_map(|s| s.headline.as_deref());
    if let Some(headline) = headline
        && !paragraphs
            .iter()
            .take(5)
            .any(|line| line.contains(headline))
    {
        text = format!("{headline}\n\n{text}");
    }
    text.push('\n');
    Ok(Page { text, supplied })
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

fn json_ld(page: &Html) -> Supplied {
    let mut supplied = Supplied {
        origin: "json-ld",
        ..Supplied::default()
    };
    for script in select(page, "script[type='application/ld+json']") {
        let Ok(value) = serde_json::from_str(&script.text().collect::<String>()) else {
            continue;
        };
        if let Some(article) = find_article(&value, 0) {
            let text = |key: &str| first_text(article.get(key)?);
            supplied.headline = text("headline").or_else(|| text("name"));
            supplied.published = text("datePublished").and_then(|day| date::first(&day));
            supplied.outlet = text("publisher");
            supplied.url = text("url").or_else(|| text("mainEntityOfPage"));
            supplied.authors = article.get("author").map(all_texts).unwrap_or_default();
            break;
        }
    }
    supplied
}

/// Finds the object that describes an article.
fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 8 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find_article(item, depth + 1)),
        Value::Object(object) => {
            let kinds = object.get("@type").map(all_texts).unwrap_or_default();
            let article = |kind: &String| {
                kind.contains("Article") || matches!(kind.as_str(), "BlogPosting" | "Report")
            };
            if kinds.iter().any(article) {
                return Some(value);
            }
            object
                .get("@graph")
                .and_then(|graph| find_article(graph, depth + 1))
        }
        _ => None,
    }
}

/// The texts of a JSON-LD value: itself, its name or its id; lists give one each.
fn all_texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(first_text).collect(),
        _ => first_text(value).into_iter().collect(),
    }
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(items) => items.iter().find_map(|item| {
            item.as_str()
                .and_then(clean)
                .or_else(|| clean(item.get("name")?.as_str()?))
        }),
        Value::Object(object) => {
            let named = ["name", "@id", "url"]
                .iter()
                .find_map(|key| object.get(*key)?.as_str());
            clean(named?)
        }
        _ => None,
    }
}

fn open_graph(page: &Html) -> Supplied {
    let get = |name: &str| attribute(page, &format!("meta[property='{name}']"), "content");
    let author = get("article:author").filter(|author| !author.contains("//"));
    Supplied {
        origin: "opengraph",
        outlet: get("og:site_name"),
        headline: get("og:title"),
        published: get("article:published_time").and_then(|day| date::first(&day)),
        url: get("og:url"),
        authors: author
            .iter()
            .flat_map(|author| split_names(author))
            .collect(),
        language: None,
    }
}

fn meta(page: &Html) -> Supplied {
    let get = |name: &str| attribute(page, &format!("meta[name='{name}' i]"), "content");
    let day = [
        "date",
        "pubdate",
        "publishdate",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "parsely-pub-date",
        "article:published_time",
        "sailthru.date",
    ];
    let item = || attribute(page, "meta[itemprop='datePublished']", "content");
    let author = get("author").filter(|author| !author.contains("//"));
    Supplied {
        origin: "meta",
        outlet: get("application-name").or_else(|| get("dc.publisher")),
        headline: get("dc.title").or_else(|| get("twitter:title")),
        published: day
            .iter()
            .find_map(|name| get(name))
            .or_else(item)
            .and_then(|day| date::first(&day)),
        url: attribute(page, "link[rel='canonical']", "href"),
        authors: author
            .iter()
            .flat_map(|author| split_names(author))
            .collect(),
        language: None,
    }
}

/// What headings and time elements say.
fn markup(page: &Html) -> Supplied {
    let time = attribute(
        page,
        "article time[datetime], time[datetime], time[pubdate]",
        "datetime",
    );
    let heading = select(page, "h1");
    let title = || {
        let title = text_of(*select(page, "title").first()?)?;
        let stem = [" | ", " – ", " — ", " - "]
            .iter()
            .find_map(|mark| Some(title.rsplit_once(mark)?.0.to_owned()));
        Some(stem.unwrap_or(title))
    };
    Supplied {
        origin: "html",
        headline: match heading.as_slice() {
            [one] => text_of(*one),
            _ => title(),
        },
        published: time.and_then(|day| date::first(&day)),
        ..Supplied::default()
    }
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
        let best = &page.supplied[0];
        assert_eq!(best.origin, "json-ld");
        assert_eq!(best.published, Some(jiff::civil::date(2020, 5, 3)));
        assert_eq!(best.authors, ["Jane Doe"]);
        let origins: Vec<_> = page.supplied.iter().map(|s| s.origin).collect();
        assert_eq!(origins, ["json-ld", "opengraph", "meta", "html"]);
    }

    #[test]
    fn deep_nesting_is_refused_before_parsing() {
        let deep = format!("<html><body>{}x", "<div>".repeat(200_000));
        assert!(read(deep).unwrap_err().contains("nested"));
        let flat = "<p>One.</p><div><br></div>".repeat(5000);
        assert!(depth(&flat) < 3);
    }

    #[test]
    fn plain_text_with_a_sign_is_no_page() {
        assert!(sniff("\u{feff}\n<!doctype html><html>"));
        assert!(!sniff("a < b, said <p>"));
        assert!(!sniff("<angry> he said"));
    }
}
