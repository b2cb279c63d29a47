//! `claims`: claims, most repeated first, or those that fit a text, best first.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    Outcome,
    args::{ClaimsArgs, ListFormat},
    extractor, graph, output,
    report::{Reporter, harmless},
};
use crate::{
    claim::{Match, MentionFacts},
    export::table::{ClaimRow, render_claims},
    id::{ArticleId, ClaimId, SnapshotId},
    mention::{Article, Quantity, Stance},
    rdf::read,
    store::Graph,
};

/// So many claims are listed for a text when the user names no limit.
const BEST: usize = 20;

/// So much of an id is shown; `trace` takes the beginning of one.
const SHORT: usize = 8;

/// Runs the command.
pub(crate) fn run(args: &ClaimsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let lines = lines(opened.graph, args.text.as_deref(), args.limit);
    if lines.is_empty() {
        match &args.text {
            Some(text) => reporter.warning(&format_args!("no claim fits `{text}`")),
            None => reporter.warning(&"the graph holds no claims"),
        }
    }
    output::write(None, |out| match args.format {
        ListFormat::Table => print_table(&lines, out),
        ListFormat::Json => output::json(out, &lines),
        ListFormat::Jsonl => lines
            .iter()
            .try_for_each(|line| output::json_line(out, line)),
        ListFormat::Csv => print_csv(&lines, out),
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// One claim in a list.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimLine {
    #[serde(flatten)]
    row: ClaimRow,
    text: String,
    quantities: Vec<Quantity>,
    articles: usize,
    carried_by: Vec<String>,
}

/// Lists the claims of a graph, most repeated first, or the best for a text.
fn lines(graph: &Graph, text: Option<&str>, limit: Option<usize>) -> Vec<ClaimLine> {
    if let Some(text) = text {
        let limit = limit.unwrap_or(BEST);
        return matched(
            graph,
            &graph.claims().search(text, limit, extractor::lexicon()),
        );
    }
    let articles = articles(graph);
    let ids = graph.claims().ids();
    let mut lines: Vec<ClaimLine> = ids
        .iter()
        .filter_map(|id| line(graph, id, None, &articles))
        .collect();
    lines.sort_by(|a, b| {
        let most = |line: &ClaimLine| (line.row.outlets, line.row.repeats, line.row.mentions);
        let first = |line: &ClaimLine| (line.row.first_seen.is_none(), line.row.first_seen);
        (most(b).cmp(&most(a)))
            .then_with(|| first(a).cmp(&first(b)))
            .then_with(|| a.row.id.cmp(&b.row.id))
    });
    lines.truncate(limit.unwrap_or(usize::MAX));
    lines
}

/// Lists the claims that a search found, in its order.
pub(crate) fn matched(graph: &Graph, found: &[Match]) -> Vec<ClaimLine> {
    let claims = graph.claims();
    let mentions = found
        .iter()
        .filter_map(|found| claims.claim(&found.claim))
        .flat_map(|claim| claim.mentions);
    let snapshots: BTreeSet<&SnapshotId> = mentions
        .filter_map(|id| Some(&claims.mention(&id)?.snapshot))
        .collect();
    let mut carriers: Vec<Article> = snapshots
        .into_iter()
        .filter_map(|snapshot| read::article(graph, snapshot))
        .collect();
    carriers.sort_by_cached_key(read::order);
    let carriers = carriers
        .into_iter()
        .map(|article| (article.id.clone(), article))
        .collect();
    found
        .iter()
        .filter_map(|found| line(graph, &found.claim, Some(found.score), &carriers))
        .collect()
}

fn articles(graph: &Graph) -> BTreeMap<ArticleId, Article> {
    read::articles(graph)
        .into_iter()
        .map(|article| (article.id.clone(), article))
        .collect()
}

/// Counts one claim; from the index of claims, because reading every mention takes long.
fn line(
    graph: &Graph,
    id: &ClaimId,
    score: Option<f64>,
    articles: &BTreeMap<ArticleId, Article>,
) -> Option<ClaimLine> {
    let claim = graph.claims().claim(id)?;
    let facts: Vec<&MentionFacts> = claim
        .mentions
        .iter()
        .filter_map(|id| graph.claims().mention(id))
        .collect();
    let carriers: BTreeSet<&ArticleId> = facts.iter().map(|facts| &facts.article).collect();
    let held = || carriers.iter().filter_map(|id| articles.get(*id));
    let outlets: BTreeSet<&str> = held()
        .map(|article| article.outlet.as_deref().unwrap_or("unknown"))
        .collect();
    let count =
        |wanted: fn(Stance) -> bool| facts.iter().filter(|facts| wanted(facts.stance)).count();
    Some(ClaimLine {
        row: ClaimRow {
            mentions: facts.len(),
            outlets: outlets.len(),
            repeats: count(Stance::repeats),
            disputes: count(Stance::disputes),
            first_seen: held().filter_map(|article| article.published).min(),
            score,
            id: claim.id,
            label: claim.label,
        },
        text: claim.text,
        quantities: claim.quantities,
        articles: carriers.len(),
        carried_by: outlets.into_iter().map(str::to_owned).collect(),
    })
}

/// Prints claims for a terminal; nothing when there are none.
pub(crate) fn print_table(lines: &[ClaimLine], out: &mut dyn Write) -> anyhow::Result<()> {
    let rows: Vec<ClaimRow> = lines.iter().map(|line| line.row.clone()).collect();
    let text = render_claims(&rows, output::width(), output::colour(None));
    Ok(out.write_all(text.as_bytes())?)
}

/// Lists claims on stderr, one a line.
pub(crate) fn print_nearest(graph: &Graph, found: &[Match], reporter: &Reporter) {
    for found in found {
        let Some(claim) = graph.claims().claim(&found.claim) else {
            continue;
        };
        let score = found.score;
        let id: String = claim.id.as_str().chars().take(SHORT).collect();
        let label = shortened(&harmless(&claim.label), output::width().saturating_sub(16));
        reporter.summary(&format_args!("  {score:.2}  {id}  {label}"));
    }
}

/// Cuts a text that is wider than `width`.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut wide = 1;
    let kept = text.chars().take_while(|character| {
        wide += character.width().unwrap_or_default();
        wide <= width
    });
    kept.chain(std::iter::once('…')).collect()
}

fn print_csv(lines: &[ClaimLine], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id",
        "label",
        "text",
        "mentions",
        "repeats",
        "disputes",
        "articles",
        "outlets",
        "carried_by",
        "first_seen",
        "score",
    ])?;
    for ClaimLine {
        row,
        text,
        quantities: _,
        articles,
        carried_by,
    } in lines
    {
        csv.write_record([
            row.id.as_str(),
            &row.label,
            text,
            &row.mentions.to_string(),
            &row.repeats.to_string(),
            &row.disputes.to_string(),
            &articles.to_string(),
            &row.outlets.to_string(),
            &carried_by.join("; "),
            &row.first_seen
                .map_or_else(String::new, |date| date.to_string()),
            &row.score
                .map_or_else(String::new, |score| score.to_string()),
        ])?;
    }
    Ok(csv.flush()?)
}
