//! An evaluation as text for a terminal; nothing is printed here and no number is made.

use super::{Evaluation, KindRow, Marked, Measures, Prf, Reliability, SpeechRecall, Speed};
use crate::{
    export::table::page::{BOLD, DIM, GOOD, HEAD, NAME, PLAIN, Page, WARN},
    span::{Passage, Span},
};

/// Longer runs of words between two marks are cut to their beginning and end.
const LONGEST_RUN: usize = 200;
/// What is left of them at either end.
const KEPT: usize = 90;

/// Renders an evaluation.
#[must_use]
pub fn render(evaluation: &Evaluation, width: usize, colour: bool) -> String {
    let Evaluation {
        articles,
        gold,
        predicted,
        scores,
        recall_by_speech,
        reliability,
        errors,
        speed,
    } = evaluation;
    let mut page = Page::new(width, colour);
    let counts =
        format!("{articles} articles · {gold} attributions marked · {predicted} predicted");
    page.flow(0, &[(BOLD, &counts)]);
    if let Some(Speed {
        words,
        cpu_seconds,
        words_per_cpu_second,
    }) = speed
    {
        let line = format!(
            "{words} words in {cpu_seconds:.2} CPU-seconds: {words_per_cpu_second:.0} words per CPU-second"
        );
        page.flow(0, &[(PLAIN, &line)]);
    }
    title(&mut page, "Scores");
    let head =
        ["exact P", "overlap P", "soft P"].map(|name| format!("{name:>11}{:>7}{:>7}", "R", "F1"));
    page.whole(2, BOLD, &format!("{:8}{}", "", head.concat()));
    for (
        name,
        Measures {
            exact,
            overlap,
            soft,
        },
    ) in [
        ("source", &scores.source),
        ("cue", &scores.cue),
        ("content", &scores.content),
        ("quote", &scores.quote),
    ] {
        let row = [exact, overlap, soft].map(prf).concat();
        page.whole(2, PLAIN, &format!("{name:8}{row}"));
    }
    speech(&mut page, recall_by_speech);
    believed(&mut page, reliability);
    title(&mut page, "Errors");
    page.whole(2, PLAIN, &format!("{:18}{:>7}", "no error", errors.right));
    for row in &errors.kinds {
        page.whole(
            2,
            PLAIN,
            &format!("{:18}{:>7}", row.kind.as_str(), row.count),
        );
    }
    for row in &errors.kinds {
        examples(&mut page, row);
    }
    page.finish()
}

fn title(page: &mut Page, title: &str) {
    page.blank();
    page.flow(0, &[(HEAD, &title.to_uppercase())]);
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

fn prf(prf: &Prf) -> String {
    let [p, r, f] = [prf.precision, prf.recall, prf.f1].map(percent);
    format!("{p:>11}{r:>7}{f:>7}")
}

fn speech(page: &mut Page, recall: &SpeechRecall) {
    title(page, "Recall of content and source together");
    page.whole(
        2,
        BOLD,
        &format!("{:18}{:>7}{:>7}{:>7}", "", "marked", "exact", "soft"),
    );
    for (name, row) in [
        ("direct", recall.direct),
        ("mixed", recall.mixed),
        ("indirect", recall.indirect),
    ] {
        let [exact, soft] = [row.exact, row.soft].map(percent);
        page.whole(
            2,
            PLAIN,
            &format!("{name:18}{:>7}{exact:>7}{soft:>7}", row.gold),
        );
    }
    let note = "exact: every word of both; soft: content with a token F1 of at least 0.5, and a \
                source that shares a word or is left out in both";
    page.flow(2, &[(DIM, note)]);
}

fn believed(page: &mut Page, reliability: &Reliability) {
    title(page, "Share right by confidence");
    let head = |name: &str, width: usize| {
        format!(
            "{name:width$}{:>7}{:>7}{:>7}{:>7}",
            "count", "mean", "soft", "exact"
        )
    };
    let row = |name: &str, width: usize, count: usize, shares: [f64; 3]| {
        let [mean, soft, exact] = shares.map(percent);
        format!("{name:width$}{count:>7}{mean:>7}{soft:>7}{exact:>7}")
    };
    page.whole(2, BOLD, &head("", 18));
    for bin in reliability.bins.iter().filter(|bin| bin.count > 0) {
        let name = format!("{:.1} to {:.1}", bin.from, bin.to);
        let shares = [bin.confidence, bin.soft, bin.exact];
        page.whole(2, PLAIN, &row(&name, 18, bin.count, shares));
    }
    let errors = [
        reliability.calibration_error_soft,
        reliability.calibration_error_exact,
    ];
    let [soft, exact] = errors.map(percent);
    page.whole(
        2,
        PLAIN,
        &format!("{:32}{soft:>7}{exact:>7}", "expected calibration error"),
    );
    title(page, "Share right by rule");
    let names = reliability.rules.iter().map(|row| row.rule.chars().count());
    let width = names.max().unwrap_or_default().max(16) + 2;
    page.whole(2, BOLD, &head("", width));
    for of in &reliability.rules {
        let shares = [of.confidence, of.soft, of.exact];
        page.whole(2, PLAIN, &row(&of.rule, width, of.count, shares));
    }
}

fn examples(page: &mut Page, row: &KindRow) {
    if row.examples.is_empty() {
        return;
    }
    let name = row.kind.as_str();
    title(
        page,
        &format!("{name}: {} of {}", row.examples.len(), row.count),
    );
    let cues = row.cues.iter().map(|row| match row.cue.as_str() {
        "" => format!("(no cue) {}", row.count),
        cue => format!("{cue} {}", row.count),
    });
    let cues: Vec<String> = cues.collect();
    page.flow(2, &[(DIM, "cues: "), (PLAIN, &cues.join(" · "))]);
    for example in &row.examples {
        page.blank();
        let rule = match (example.rule.as_deref(), example.confidence) {
            (Some(rule), Some(confidence)) => format!(" · {rule} · {confidence:.2}"),
            _ => String::new(),
        };
        let start = example.passage.start;
        let place = format!(":{start} · {} words wrong{rule}", example.wrong);
        page.flow(2, &[(NAME, &example.article), (DIM, &place)]);
        let sides = [("marked ", &example.gold), ("found  ", &example.predicted)];
        for (name, marked) in sides {
            if let Some(marked) = marked {
                let mut pieces = vec![(DIM, name.to_owned())];
                pieces.extend(inline(&example.passage, marked));
                let pieces: Vec<_> = pieces.iter().map(|(s, text)| (*s, text.as_str())).collect();
                page.flow(4, &pieces);
            }
        }
    }
}

/// Writes the parts into the passage: `[source The mayor] [cue said] [content it rains].`
fn inline(passage: &Passage, marked: &Marked) -> Vec<(anstyle::Style, String)> {
    let parts = [
        ("source", NAME, &marked.source),
        ("cue", WARN, &marked.cue),
        ("content", GOOD, &marked.content),
    ];
    let spans: Vec<(Span, &str, anstyle::Style)> = parts
        .iter()
        .flat_map(|(name, style, part)| part.iter().map(|p| (p.span(), *name, *style)))
        .filter(|(span, ..)| !span.is_empty())
        .collect();
    let mut bounds: Vec<usize> = spans
        .iter()
        .flat_map(|(span, ..)| [span.start, span.end])
        .collect();
    bounds.extend([passage.start, passage.end]);
    bounds.sort_unstable();
    bounds.dedup();
    let mut pieces = Vec::new();
    for (at, bound) in bounds.iter().enumerate() {
        for (_, _, style) in spans.iter().filter(|(span, ..)| span.end == *bound) {
            pieces.push((*style, "]".to_owned()));
        }
        let mut opening: Vec<_> = spans
            .iter()
            .filter(|(span, ..)| span.start == *bound)
            .collect();
        opening.sort_by_key(|(span, ..)| std::cmp::Reverse(span.end));
        for (_, name, style) in opening {
            pieces.push((*style, format!("[{name} ")));
        }
        let Some(next) = bounds.get(at + 1) else {
            break;
        };
        let run = Span::new(*bound, *next);
        let within = Span::new(run.start - passage.start, run.end - passage.start);
        let style = spans.iter().rev().find(|(span, ..)| span.contains(run));
        let style = style.map_or(DIM, |(_, _, style)| *style);
        pieces.push((style, shortened(within.of(&passage.text))));
    }
    pieces
}

/// Cuts a long run to its beginning and end.
fn shortened(run: &str) -> String {
    let n = run.chars().count();
    if n <= LONGEST_RUN {
        return run.to_owned();
    }
    let head: String = run.chars().take(KEPT).collect();
    let tail: String = run.chars().skip(n - KEPT).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}
