//! What the JSON-LD of a page says of its article.
//!
//! Of several articles on a page the one that the page itself names is read.

use std::collections::BTreeMap;

use scraper::Html;
use serde_json::{Map, Value};

use super::{clean, head::without_by, json, select};
use crate::{
    article::{
        stated::{Key, Stated},
        supplied::split_names,
    },
    lexicon::markup::Markup,
};

/// Objects deeper than this, and more than so many, are left out.
const MAX_DEPTH: usize = 16;
const MAX_OBJECTS: usize = 4000;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) stated: Vec<Stated>,
    /// The text of the article, where the data holds it.
    pub(super) body: Option<String>,
    /// Whether it says that only some may read it.
    pub(super) paid: bool,
}

type Object = Map<String, Value>;

/// Reads all scripts of a page; `address` and `headline` are what the page names itself.
pub(super) fn read(
    page: &Html,
    markup: &Markup,
    address: Option<&str>,
    headline: Option<&str>,
) -> LinkedData {
    let mut values = Vec::new();
    for script in select(page, "script[type*='ld+json' i]")
        .into_iter()
        .take(50)
    {
        let text: String = script.text().collect();
        values.extend(json::read(&text).map(|(value, _)| value));
    }
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let by_id: BTreeMap<&str, &Object> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let reader = Reader { by_id };
    let of_kind = |kinds: &std::collections::BTreeSet<String>| -> Vec<&Object> {
        let fits = |object: &&&Object| types(object).any(|kind| kinds.contains(kind));
        objects.iter().filter(fits).copied().collect()
    };
    let articles = of_kind(&markup.articles.kinds);
    let named = |object: &&&Object| {
        let same = |key: &str, value: Option<&str>| {
            let own = reader.text(object.get(key));
            matches!((own, value), (Some(own), Some(value)) if bare(&own) == bare(value))
        };
        same("headline", headline)
            || same("url", address)
            || same("mainEntityOfPage", address)
            || same("@id", address)
    };
    let dated = |object: &&&Object| object.contains_key("datePublished");
    let best = articles
        .iter()
        .find(named)
        .or_else(|| articles.iter().find(dated));
    let mut read = LinkedData::default();
    if let Some(article) = best.or(articles.first()) {
        reader.article(article, &mut read, true);
        // The same article described twice: both are heard, so that they can contradict.
        let again = articles
            .iter()
            .filter(|other| !std::ptr::eq(**other, *article))
            .filter(named);
        for other in again.take(3) {
            reader.article(other, &mut read, true);
        }
    }
    for page in of_kind(&markup.articles.perhaps).into_iter().take(1) {
        reader.article(page, &mut read, articles.is_empty());
    }
    if let Some(section) = reader.crumb(&objects, headline) {
        read.stated.push(Stated {
            key: Key::Section,
            value: section,
            origin: "json-ld",
            place: "BreadcrumbList".to_owned(),
        });
    }
    read.stated.dedup();
    read
}

fn bare(text: &str) -> String {
    let text = text
        .trim_start_matches("https:")
        .trim_start_matches("http:");
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// All objects in a value, outer before inner.
fn collect<'v>(value: &'v Value, depth: usize, found: &mut Vec<&'v Object>) {
    if depth > MAX_DEPTH || found.len() > MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(item, depth + 1, found)),
        Value::Object(object) => {
            found.push(object);
            // What is inside a live blog or a list of stories is another article.
            let list = types(object)
                .any(|kind| matches!(kind, "ItemList" | "ListItem" | "BreadcrumbList"));
            for (key, value) in object {
                let inner = matches!(
                    key.as_str(),
                    "liveBlogUpdate"
                        | "hasPart"
                        | "citation"
                        | "isBasedOn"
                        | "comment"
                        | "itemListElement"
                );
                if !list && !inner && (value.is_object() || value.is_array()) {
                    collect(value, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn types(object: &Object) -> impl Iterator<Item = &str> {
    let kinds = match object.get("@type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let name = |kind: &'_ str| kind.rfind(['/', ':', '#']).map_or(0, |at| at + 1);
    kinds.into_iter().map(move |kind| &kind[name(kind)..])
}

struct Reader<'v> {
    by_id: BTreeMap<&'v str, &'v Object>,
}

impl<'v> Reader<'v> {
    /// The object that a reference stands for.
    fn resolve(&self, object: &'v Object) -> &'v Object {
        let reference = object.get("name").is_none();
        let id = object
            .get("@id")
            .and_then(Value::as_str)
            .filter(|_| reference);
        id.and_then(|id| self.by_id.get(id).copied())
            .unwrap_or(object)
    }

    /// A value as text: itself, its name, or what names it.
    fn text(&self, value: Option<&'v Value>) -> Option<String> {
        match value? {
            Value::String(text) => clean(&unescape(text)),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(items) => items.iter().find_map(|item| self.text(Some(item))),
            Value::Object(object) => {
                let object = self.resolve(object);
                let named = ["name", "@value", "alternateName", "headline", "@id", "url"];
                named.iter().find_map(|key| match object.get(*key)? {
                    Value::String(text) => clean(&unescape(text)),
                    Value::Array(items) => items.iter().find_map(|item| clean(item.as_str()?)),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    /// The names in a list of people and organisations, and whether each is an organisation.
    fn names(&self, value: &'v Value) -> Vec<(String, bool)> {
        match value {
            Value::Array(items) => items
                .iter()
                .take(50)
                .flat_map(|item| self.names(item))
                .collect(),
            Value::Object(object) => {
                let object = self.resolve(object);
                let organisation = types(object).any(|kind| kind.contains("Organization"));
                let name = object.get("name");
                match name {
                    Some(Value::Array(names)) => {
                        let names = names.iter().filter_map(|name| clean(name.as_str()?));
                        names.map(|name| (name, organisation)).collect()
                    }
                    _ => self
                        .text(name)
                        .map(|name| (name, organisation))
                        .into_iter()
                        .collect(),
                }
            }
            other => self
                .text(Some(other))
                .map(|name| (name, false))
                .into_iter()
                .collect(),
        }
    }

    fn article(&self, article: &'v Object, read: &mut LinkedData, whole: bool) {
        let kind = types(article).next().unwrap_or("object").to_owned();
        let mut state = |key: Key, name: &str, value: Option<String>| {
            read.stated.extend(value.map(|value| Stated {
                key,
                value,
                origin: "json-ld",
                place: format!("{kind}.{name}"),
            }));
        };
        let text = |name: &str| self.text(article.get(name));
        if whole {
            let headline = match article.contains_key("headline") {
                true => "headline",
                false => "name",
            };
            state(Key::Headline, headline, text(headline));
            state(Key::Published, "datePublished", text("datePublished"));
            state(Key::Modified, "dateModified", text("dateModified"));
            state(Key::Section, "articleSection", text("articleSection"));
            let address = ["url", "mainEntityOfPage", "@id"]
                .into_iter()
                .find_map(|name| {
                    let address = match article.get(name)? {
                        Value::Object(object) => {
                            let at = ["@id", "url"]
                                .iter()
                                .find_map(|key| object.get(*key)?.as_str());
                            clean(at?)
                        }
                        value => self.text(Some(value)),
                    };
                    Some((name, address.filter(|address| address.contains("//"))?))
                });
            if let Some((name, address)) = address {
                let address = address.split('#').next().unwrap_or_default().to_owned();
                state(Key::Canonical, name, Some(address));
            }
            for field in ["author", "creator"] {
                let names = article.get(field).map(|value| self.names(value));
                let names = names.unwrap_or_default();
                let some = !names.is_empty();
                for (name, organisation) in names {
                    if !organisation {
                        split_names(&without_by(&name))
                            .for_each(|name| state(Key::Authors, field, Some(name)));
                        continue;
                    }
                    let key = if organisation {
                        Key::Agency
                    } else {
                        Key::Authors
                    };
                    state(key, field, Some(name));
                }
                if some {
                    break;
                }
            }
            for field in ["sourceOrganization", "creditText"] {
                state(Key::Agency, field, text(field));
            }
        }
        state(Key::Outlet, "publisher", text("publisher"));
        state(
            Key::Language,
            "inLanguage",
            self.language(article.get("inLanguage")),
        );
        let free = article.get("isAccessibleForFree");
        read.paid |= matches!(free, Some(Value::Bool(false)))
            || matches!(free, Some(Value::String(text)) if text.eq_ignore_ascii_case("false"));
        let body = text("articleBody").filter(|_| whole);
        read.body = read.body.take().or(body);
    }

    /// The last step to the article that is neither the article nor the front page.
    fn crumb(&self, objects: &[&'v Object], headline: Option<&str>) -> Option<String> {
        let list = objects
            .iter()
            .find(|object| types(object).any(|kind| kind == "BreadcrumbList"))?;
        let items = list.get("itemListElement")?.as_array()?;
        let names = items.iter().take(20).filter_map(|item| {
            let item = item.as_object()?;
            self.text(item.get("name"))
                .or_else(|| self.text(item.get("item")))
        });
        let mut names: Vec<String> = names.filter(|name| !name.contains("//")).collect();
        let is_article = |name: &String| {
            headline.is_some_and(|headline| bare(headline).starts_with(&bare(name)))
                || name.split_whitespace().count() > 4
        };
        names.retain(|name| {
            !is_article(name)
                && !matches!(
                    name.to_lowercase().as_str(),
                    "home" | "news" | "start" | "startseite" | "homepage" | "front page"
                )
        });
        names.pop()
    }

    fn language(&self, value: Option<&'v Value>) -> Option<String> {
        match value? {
            Value::Object(object) => {
                let code = object.get("alternateName").or(object.get("name"));
                self.text(code)
            }
            other => self.text(Some(other)),
        }
    }
}

/// Entities that pages leave in their data.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let fragment = Html::parse_fragment(&text.replace('<', "&lt;"));
    fragment.root_element().text().collect()
}
