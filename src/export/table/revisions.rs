//! The history of an article as text.

use super::{
    count, day,
    page::{BAD, BOLD, DIM, GOOD, ITALIC, NAME, PLAIN, Page, WARN},
    quoted,
};
use crate::trace::{EditKind, Evidence, History, Revision, Said};

/// Renders histories, one after the other.
#[must_use]
pub fn render_revisions(histories: &[History], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for (place, history) in histories.iter().enumerate() {
        if place > 0 {
            page.blank();
        }
        let article = &history.article;
        let title = article.headline.as_deref().unwrap_or(&article.path);
        page.flow(0, &[(BOLD, title)]);
        if let Some(url) = &article.url {
            page.whole(0, DIM, url);
        }
        page.flow(0, &[(PLAIN, &count(history.captures.len(), "capture"))]);
        for (number, capture) in history.captures.iter().enumerate() {
            let when = match capture.captured {
                Some(time) => format!("fetched {time}"),
                None => format!("published {}", day(capture.published)),
            };
            let line = format!("{}. {when} · {}", number + 1, capture.path);
            page.flow(2, &[(DIM, &line)]);
        }
        for (number, revision) in history.revisions.iter().enumerate() {
            self::revision(&mut page, number + 1, revision);
        }
    }
    page.finish()
}

fn revision(page: &mut Page, number: usize, revision: &Revision) {
    let edits = &revision.edits;
    page.section(&format!("From {number} to {}", number + 1), edits.len());
    match &revision.note {
        Some(note) => page.flow(2, &[(GOOD, "says so: "), (ITALIC, &quoted(&note.quote))]),
        None => page.flow(2, &[(WARN, "the article does not say that it was changed")]),
    }
    for edit in edits {
        let what = match edit.kind {
            EditKind::Number => "figure",
            EditKind::Attribution => "attribution",
        };
        let style = if edit.stealth { BAD } else { WARN };
        let how = if edit.stealth { "silently, " } else { "" };
        page.flow(
            2,
            &[
                (style, &format!("{how}{what}: ")),
                (NAME, &edit.before),
                (DIM, " → "),
                (NAME, &edit.after),
            ],
        );
    }
    if let Some(headline) = &revision.headline {
        page.flow(
            2,
            &[
                (WARN, "headline: "),
                (ITALIC, &quoted(&headline.before)),
                (DIM, " → "),
                (ITALIC, &quoted(&headline.after)),
            ],
        );
    }
    passages(page, BAD, "- ", &revision.removed);
    passages(page, BOLD, "+ ", &revision.added);
    for changed in &revision.changed {
        let place = format!(" {}-{}", changed.after.start, changed.after.end);
        page.flow(
            2,
            &[
                (WARN, "~ "),
                (ITALIC, &quoted(&changed.after.quote)),
                (DIM, &place),
            ],
        );
        for edit in &changed.edits {
            page.flow(4, &[(BAD, &edit.before), (DIM, " → "), (GOOD, &edit.after)]);
        }
    }
    claims(page, "no longer claims: ", &revision.vanished);
    claims(page, "now claims: ", &revision.appeared);
}

fn passages(page: &mut Page, style: anstyle::Style, sign: &str, passages: &[Evidence]) {
    for passage in passages {
        let place = format!(" {}-{}", passage.start, passage.end);
        page.flow(
            2,
            &[
                (style, sign),
                (ITALIC, &quoted(&passage.quote)),
                (DIM, &place),
            ],
        );
    }
}

fn claims(page: &mut Page, what: &str, claims: &[Said]) {
    for said in claims {
        page.flow(2, &[(DIM, what), (PLAIN, &said.claim.label)]);
    }
}
