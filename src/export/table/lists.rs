//! Lists of mentions and of claims as text.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    page::{BOLD, DIM, ITALIC, NAME, PLAIN, Page, clean},
    quoted, stance_style, who,
};
use crate::{id::ClaimId, mention::MentionRecord, trace::Voice};

/// Renders mentions by article, in the order given.
#[must_use]
pub fn render_mentions(records: &[MentionRecord], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let mut shown = None;
    for record in records {
        let article = &record.article;
        let mention = &record.mention;
        if shown != Some(&article.id) {
            if shown.is_some() {
                page.blank();
            }
            shown = Some(&article.id);
            let outlet = article.outlet.as_deref().unwrap_or("unknown outlet");
            let date = super::day(article.published);
            let mut head = vec![(BOLD, outlet), (DIM, " · "), (PLAIN, date.as_str())];
            if let Some(headline) = &article.headline {
                head.extend([(DIM, " · "), (PLAIN, headline.as_str())]);
            }
            page.flow(0, &head);
            page.whole(0, DIM, &article.path);
        }
        let voice = if mention.chain.len() > 1 {
            Voice::Attributed
        } else {
            Voice::Own
        };
        page.flow(
            2,
            &[
                (stance_style(mention.stance), mention.stance.as_str()),
                (DIM, " · "),
                (NAME, &who(&mention.chain, voice)),
                (
                    DIM,
                    &format!(" · {}-{}", mention.content.start, mention.content.end),
                ),
            ],
        );
        page.flow(4, &[(ITALIC, &quoted(&mention.content.text))]);
    }
    page.finish()
}

/// A claim with its counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimRow {
    /// The claim's id.
    pub id: ClaimId,
    /// Its label.
    pub label: String,
    /// Mentions of it.
    pub mentions: usize,
    /// Outlets that mention it.
    pub outlets: usize,
    /// Mentions that carry it.
    pub repeats: usize,
    /// Mentions that deny it.
    pub disputes: usize,
    /// Earliest known date of publication.
    pub first_seen: Option<Date>,
    /// How well it fits what was asked, when something was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// Counts the claims of mentions: most outlets first, then most mentions, then earliest.
#[must_use]
pub fn claim_rows(records: &[MentionRecord]) -> Vec<ClaimRow> {
    let mut rows: BTreeMap<&ClaimId, (ClaimRow, BTreeSet<&str>)> = BTreeMap::new();
    for record in records {
        let Some(claim) = &record.claim else {
            continue;
        };
        let (row, outlets) = rows.entry(&claim.id).or_insert_with(|| {
            let row = ClaimRow {
                id: claim.id.clone(),
                label: claim.label.clone(),
                mentions: 0,
                outlets: 0,
                repeats: 0,
                disputes: 0,
                first_seen: None,
                score: None,
            };
            (row, BTreeSet::new())
        });
        row.mentions += 1;
        row.repeats += usize::from(record.mention.stance.repeats());
        row.disputes += usize::from(record.mention.stance.disputes());
        row.first_seen = [row.first_seen, record.article.published]
            .into_iter()
            .flatten()
            .min();
        outlets.insert(record.article.outlet.as_deref().unwrap_or_default());
    }
    let mut rows: Vec<ClaimRow> = rows
        .into_values()
        .map(|(row, outlets)| ClaimRow {
            outlets: outlets.len(),
            ..row
        })
        .collect();
    rows.sort_by(|a, b| {
        (b.outlets, b.repeats, b.mentions)
            .cmp(&(a.outlets, a.repeats, a.mentions))
            .then_with(|| {
                (a.first_seen.is_none(), a.first_seen, &a.label, &a.id).cmp(&(
                    b.first_seen.is_none(),
                    b.first_seen,
                    &b.label,
                    &b.id,
                ))
            })
    });
    rows
}

/// Renders claims in the order given.
#[must_use]
pub fn render_claims(rows: &[ClaimRow], width: usize, colour: bool) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let scored = rows.iter().any(|row| row.score.is_some());
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    if colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    let mut header = vec![
        "claim",
        "outlets",
        "repeats",
        "disputes",
        "first seen",
        "id",
    ];
    if scored {
        header.insert(0, "score");
    }
    table.set_header(
        header
            .into_iter()
            .map(|name| Cell::new(name).fg(Color::Cyan)),
    );
    let number = |count: usize| Cell::new(count).set_alignment(CellAlignment::Right);
    for row in rows {
        let disputes = match row.disputes {
            0 => Cell::new("–").set_alignment(CellAlignment::Right),
            count => number(count).fg(Color::Red).add_attribute(Attribute::Bold),
        };
        let mut cells = vec![
            Cell::new(clean(&row.label)).add_attribute(Attribute::Bold),
            number(row.outlets),
            number(row.repeats),
            disputes,
            Cell::new(
                row.first_seen
                    .map_or_else(|| "unknown".to_owned(), |date| date.to_string()),
            ),
            Cell::new(row.id.as_str().get(..8).unwrap_or(row.id.as_str()))
                .add_attribute(Attribute::Dim),
        ];
        if scored {
            let score = row.score.map(|score| format!("{score:.2}"));
            cells.insert(0, Cell::new(score.unwrap_or_default()));
        }
        table.add_row(cells);
    }
    table
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(&line).trim_end()))
        .collect()
}
