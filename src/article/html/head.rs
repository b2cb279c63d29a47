//! What the head of a page says of its article: `meta`, `link`, `title`, `html lang`.

use scraper::Html;

use super::{attribute, clean, select, text_of};
use crate::{
    article::{
        stated::{Key, Stated},
        supplied::split_names,
    },
    lexicon::markup::Markup,
};

/// Reads the head.
pub(super) fn read(page: &Html, markup: &Markup) -> Vec<Stated> {
    let metas = metas(page);
    let mut stated = Vec::new();
    let lists: [(Key, &[String]); 8] = [
        (Key::Headline, &markup.meta.headline),
        (Key::Outlet, &markup.meta.outlet),
        (Key::Authors, &markup.meta.authors),
        (Key::Published, &markup.meta.published),
        (Key::Modified, &markup.meta.modified),
        (Key::Canonical, &markup.meta.canonical),
        (Key::Language, &markup.meta.language),
        (Key::Section, &markup.meta.section),
    ];
    for (key, names) in lists {
        for name in names {
            for (_, value) in metas.iter().filter(|(own, _)| own == name) {
                let graph = name.starts_with("og:") || name.starts_with("article:");
                let origin = if graph { "opengraph" } else { "meta" };
                let mut state = |value: String| {
                    stated.push(Stated {
                        key,
                        value,
                        origin,
                        place: name.clone(),
                    });
                };
                match key {
                    Key::Authors if value.contains("//") => {}
                    Key::Authors => split_names(&without_by(value)).for_each(&mut state),
                    _ => state(value.clone()),
                }
            }
        }
    }
    let mut one = |key, origin, place: &str, value: Option<String>| {
        stated.extend(value.map(|value| Stated {
            key,
            value,
            origin,
            place: place.to_owned(),
        }));
    };
    for link in select(page, "link[rel~='canonical' i]").into_iter().take(5) {
        one(
            Key::Canonical,
            "html",
            "link canonical",
            link.attr("href").and_then(clean),
        );
    }
    one(
        Key::Language,
        "html",
        "html lang",
        attribute(page, "html", "lang"),
    );
    let title = select(page, "title")
        .first()
        .and_then(|title| text_of(*title));
    one(Key::Headline, "html", "title", title);
    stated
}

/// All named `meta` elements with their content.
fn metas(page: &Html) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for meta in select(page, "meta[content]").into_iter().take(500) {
        let content = meta.attr("content").and_then(clean);
        let Some(content) = content.filter(|content| content.len() < 2000) else {
            continue;
        };
        let names = ["property", "name", "itemprop", "http-equiv"];
        for name in names.iter().filter_map(|name| meta.attr(name)) {
            found.push((name.trim().to_ascii_lowercase(), content.clone()));
        }
    }
    found
}

/// "By Jane Doe" without the "By".
pub(super) fn without_by(names: &str) -> String {
    let lower = names.to_lowercase();
    let by = ["by ", "by: ", "von ", "por ", "par ", "di "];
    let long = by
        .iter()
        .find(|by| lower.starts_with(**by))
        .map_or(0, |by| by.len());
    names.get(long..).unwrap_or(names).to_owned()
}
