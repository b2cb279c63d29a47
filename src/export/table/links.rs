//! Copies as text.

use super::{
    count, day,
    page::{BAD, BOLD, DIM, GOOD, ITALIC, NAME, Page, WARN},
    quoted,
};
use crate::{
    mention::ArticleRef,
    trace::{Copy, Evidence, Sharing},
};

/// Renders copies, each with what was cut and added.
#[must_use]
pub fn render_copies(copies: &[Copy], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for (place, copy) in copies.iter().enumerate() {
        if place > 0 {
            page.blank();
        }
        self::copy(&mut page, 0, copy);
    }
    page.finish()
}

/// Renders one copy.
pub(super) fn copy(page: &mut Page, indent: usize, copy: &Copy) {
    let (style, verb) = match copy.relation {
        Sharing::Copy => (WARN, "is a copy of"),
        Sharing::Shared => (WARN, "shares its text with"),
        Sharing::Passages => (GOOD, "shares passages with"),
    };
    page.flow(
        indent,
        &[(NAME, &named(&copy.copy)), (style, &format!(" {verb}"))],
    );
    page.flow(indent, &[(NAME, &named(&copy.original))]);
    let mut how = format!(
        "{}; {}, {:.0} % of the shorter text unchanged",
        copy.why,
        count(copy.words, "word"),
        100.0 * copy.containment
    );
    if let Some(credit) = &copy.credit {
        how.push_str(&format!("; credited: {credit}"));
    }
    if copy.reordered {
        how.push_str("; in another order");
    }
    page.flow(indent + 2, &[(DIM, &how)]);
    for (style, sign, passages) in [(BAD, "- ", &copy.cut), (BOLD, "+ ", &copy.added)] {
        for passage in passages {
            self::passage(page, indent + 2, style, sign, passage);
        }
    }
}

fn passage(page: &mut Page, indent: usize, style: anstyle::Style, sign: &str, passage: &Evidence) {
    let place = format!(" {}-{}", passage.start, passage.end);
    let words = quoted(&passage.quote);
    page.flow(indent, &[(style, sign), (ITALIC, &words), (DIM, &place)]);
}

fn named(article: &ArticleRef) -> String {
    let outlet = article.outlet.as_deref().unwrap_or("unknown outlet");
    let title = article.headline.as_deref().unwrap_or(&article.path);
    format!("{outlet}, {}: {title}", day(article.published))
}
