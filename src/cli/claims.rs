//! `claims`: claims, most repeated first, or those that fit a text, best first.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Outcome,
    args::{ClaimsArgs, ListFormat},
    graph, output,
    report::Reporter,
    table::{self, Column},
};
use crate::{
    claim::{Claim, Match},
    id::{ArticleId, ClaimId},
    lexicon::Lexicon,
    mention::{Article, Quantity},
    rdf::read,
    store::Graph,
};

/// So many claims are listed for a text when the user names no limit.
const BEST: usize = 20;

/// Runs the command.
pub(crate) fn run(args: &ClaimsArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let opened = graph::open(&args.graph, reporter)?;
    let lines = lines(&opened.graph, args.text.as_deref(), args.limit);
    if lines.is_empty() {
        match &args.text {
            Some(text) => reporter.warning(&format_args!("no claim fits `{text}`")),
            None => reporter.warning(&"the graph holds no claims"),
        }
    }
    output::write(None, |out| match args.format {
        ListFormat::Table => print_table(&lines, out),
        ListFormat::Json => output::json(out, &lines),
        ListFormat::Jsonl => output::json_lines(out, &lines),
        ListFormat::Csv => print_csv(&lines, out),
    })?;
    Ok(Outcome::incomplete_if(opened.skipped))
}

/// One claim in a list.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimLine {
    id: ClaimId,
    label: String,
    text: String,
    quantities: Vec<Quantity>,
    mentions: usize,
    articles: usize,
    outlets: Vec<String>,
    first_seen: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

/// Lists the claims of a graph, or the best for a text.
fn lines(graph: &Graph, text: Option<&str>, limit: Option<usize>) -> Vec<ClaimLine> {
    match text {
        Some(text) => {
            let limit = limit.unwrap_or(BEST);
            let found = graph.claims().search(text, limit, Lexicon::shipped());
            matched(graph, &found)
        }
        None => {
            let articles = articles(graph);
            let mut lines: Vec<ClaimLine> = graph
                .claims()
                .ids()
                .iter()
                .filter_map(|id| Some(line(graph, graph.claims().claim(id)?, &articles)))
                .collect();
            lines.sort_by(|a, b| {
                let key = |line: &ClaimLine| (line.outlets.len(), line.articles, line.mentions);
                key(b).cmp(&key(a)).then_with(|| a.id.cmp(&b.id))
            });
            lines.truncate(limit.unwrap_or(usize::MAX));
            lines
        }
    }
}

/// Lists the claims that a search found, in its order.
pub(crate) fn matched(graph: &Graph, found: &[Match]) -> Vec<ClaimLine> {
    let articles = articles(graph);
    found
        .iter()
        .filter_map(|found| {
            let mut line = line(graph, graph.claims().claim(&found.claim)?, &articles);
            line.score = Some(found.score);
            Some(line)
        })
        .collect()
}

fn articles(graph: &Graph) -> BTreeMap<ArticleId, Article> {
    read::articles(graph)
        .into_iter()
        .map(|article| (article.id.clone(), article))
        .collect()
}

fn line(graph: &Graph, claim: Claim, articles: &BTreeMap<ArticleId, Article>) -> ClaimLine {
    let carriers: BTreeSet<&ArticleId> = claim
        .mentions
        .iter()
        .filter_map(|id| Some(&graph.claims().mention(id)?.article))
        .collect();
    let held = || carriers.iter().filter_map(|id| articles.get(*id));
    let outlets: BTreeSet<String> = held()
        .filter_map(|article| article.outlet.clone())
        .collect();
    let (n_articles, first_seen) = (
        carriers.len(),
        held().filter_map(|article| article.published).min(),
    );
    ClaimLine {
        mentions: claim.mentions.len(),
        articles: n_articles,
        outlets: outlets.into_iter().collect(),
        first_seen,
        id: claim.id,
        label: claim.label,
        text: claim.text,
        quantities: claim.quantities,
        score: None,
    }
}

/// Prints claims for a terminal; nothing when there are none.
pub(crate) fn print_table(lines: &[ClaimLine], out: &mut dyn Write) -> anyhow::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let scored = lines.iter().any(|line| line.score.is_some());
    let mut columns = vec![
        Column::left("claim"),
        Column::right("mentions"),
        Column::left("outlets"),
        Column::left("first seen"),
        Column::left("id"),
    ];
    if scored {
        columns.insert(0, Column::right("score"));
    }
    let rows = lines.iter().map(|line| {
        let mut row = vec![
            line.label.clone(),
            line.mentions.to_string(),
            line.outlets.join(", "),
            line.first_seen
                .map_or_else(|| "unknown".to_owned(), |date| date.to_string()),
            line.id.to_string(),
        ];
        if scored {
            row.insert(
                0,
                line.score
                    .map_or_else(String::new, |score| format!("{score:.2}")),
            );
        }
        row
    });
    table::print(&columns, rows, out)
}

/// Lists claims on stderr, one a line.
pub(crate) fn print_nearest(lines: &[ClaimLine], reporter: &Reporter) {
    for line in lines {
        let score = line.score.unwrap_or_default();
        reporter.summary(&format_args!("  {score:.2}  {}  {}", line.id, line.label));
    }
}

fn print_csv(lines: &[ClaimLine], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id",
        "label",
        "text",
        "mentions",
        "articles",
        "outlets",
        "first_seen",
        "score",
    ])?;
    for line in lines {
        csv.write_record([
            line.id.to_string(),
            line.label.clone(),
            line.text.clone(),
            line.mentions.to_string(),
            line.articles.to_string(),
            line.outlets.join("; "),
            line.first_seen
                .map_or_else(String::new, |date| date.to_string()),
            line.score
                .map_or_else(String::new, |score| score.to_string()),
        ])?;
    }
    Ok(csv.flush()?)
}
