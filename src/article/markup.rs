//! From marked-up text (an item of a feed, a field of a record) to plain text.
//!
//! It keeps all of it: what is an article and what is not was decided by who made the record.

use scraper::{Html, Node};

use super::html;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 27] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "section",
    "table",
    "tr",
    "ul",
];
/// Elements whose content is no text of the article.
const SILENT: [&str; 11] = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "svg",
    "object",
    "figcaption",
    "form",
    "button",
    "title",
];

/// Says whether a text is marked up.
pub(super) fn is_marked(text: &str) -> bool {
    let tags = text.match_indices('<').take(2000).filter(|(at, _)| {
        let tag = &text.as_bytes()[at + 1..];
        let closing = tag.first() == Some(&b'/');
        let tag = &tag[usize::from(closing)..];
        let end = tag
            .iter()
            .take(12)
            .position(|byte| !byte.is_ascii_alphanumeric());
        let Some(name) = end.and_then(|end| tag.get(..end)) else {
            return false;
        };
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        let block = BLOCKS.contains(&name.as_str());
        let inline = matches!(
            name.as_str(),
            "a" | "b" | "i" | "em" | "strong" | "span" | "u"
        );
        block || inline && closing
    });
    tags.count() > 0
}

/// Returns the text, paragraphs separated by blank lines; the error says what is wrong.
pub(super) fn plain(marked: &str) -> Result<String, String> {
    html::check_depth(marked)?;
    let page = Html::parse_fragment(marked);
    let (mut paragraphs, mut current, mut silent) = (Vec::new(), String::new(), 0usize);
    let mut end = |current: &mut String| {
        let words: Vec<&str> = current.split_whitespace().collect();
        if !words.is_empty() {
            paragraphs.push(words.join(" "));
        }
        current.clear();
    };
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && silent == 0 => current.push_str(text),
            Node::Element(element) if SILENT.contains(&element.name()) => match opens {
                true => silent += 1,
                false => silent = silent.saturating_sub(1),
            },
            Node::Element(element) if BLOCKS.contains(&element.name()) => end(&mut current),
            _ => {}
        }
    }
    end(&mut current);
    Ok(paragraphs.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs_and_scripts_are_left_out() {
        let marked = "<p>The <b>ferry</b> will&nbsp;stop.</p><script>x()</script><ul><li>One</li>\n<li>Two<br>Three</li></ul>tail";
        assert!(is_marked(marked));
        let text = plain(marked).unwrap();
        assert_eq!(text, "The ferry will stop.\n\nOne\n\nTwo\n\nThree\n\ntail");
    }

    #[test]
    fn signs_in_a_text_are_no_markup() {
        for text in [
            "a < b",
            "x <y@z.example> said",
            "<angry> he said",
            "1</2",
            "<",
            "</",
        ] {
            assert!(!is_marked(text), "{text}");
        }
        assert!(is_marked("He <a href='x'>said</a> so."));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(plain(&"<div>".repeat(100_000)).is_err());
    }
}
