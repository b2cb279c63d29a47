//! What an element of a page tells of itself: its names, whether it is seen, whether it is a line.
//!
//! It looks at one element and what it holds, never at what is around it.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};

/// Says whether a cell or a small table holds a picture and a few words about it.
pub(super) fn is_picture(node: NodeRef<'_, Node>, name: &str) -> bool {
    if !matches!(name, "td" | "tr" | "table") {
        return false;
    }
    let (mut picture, mut text) = (false, String::new());
    for inside in node.descendants() {
        match inside.value() {
            Node::Element(element) => picture |= element.name() == "img",
            Node::Text(words) => text.push_str(words),
            _ => {}
        }
        if text.len() > 400 {
            return false;
        }
    }
    let text = text.trim();
    picture && text.split_whitespace().count() <= 15 && !text.ends_with(['.', '"', '”'])
}

/// The names of an element, in lower case.
pub(super) fn names(element: &Element) -> Option<String> {
    let mut names = String::new();
    for attribute in [
        "class",
        "id",
        "role",
        "data-component",
        "data-testid",
        "aria-label",
    ] {
        if let Some(value) = element.attr(attribute) {
            // "relatedArticles" is "related-articles".
            let mut before = ' ';
            for sign in value.chars().take(300) {
                if sign.is_uppercase() && before.is_lowercase() {
                    names.push('-');
                }
                names.extend(
                    match sign {
                        '_' => '-',
                        sign => sign,
                    }
                    .to_lowercase(),
                );
                before = sign;
            }
            names.push(' ');
        }
    }
    (!names.is_empty()).then_some(names)
}

pub(super) fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    let style = || style.to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some() && {
            let style = style();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
}

/// Says whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "caption"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tr"
            | "ul"
            | "form"
            | "nav"
    )
}
