//! Folders in brat's standoff format, laid out as in PolNeAR: `text/ARTICLE.txt` beside
//! `attributions/ARTICLE_ANNOTATOR.ann`.
//!
//! The files count characters; everything returned counts bytes. Lines that are neither a span (`T`)
//! nor an attribution (`E`) are passed over, as are events' arguments other than the three parts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{CorpusError, GoldArticle, GoldAttribution};
use crate::{
    diagnostic::{Diagnostic, Warned},
    span::Span,
};

/// Reads the articles of a folder that have annotations, sorted by name.
///
/// Where several people annotated an article, the first by name counts. A text without annotations,
/// or annotations without a text, are left out with a warning.
///
/// # Errors
///
/// When a folder or file cannot be read, when a line of annotations is wrong or lies outside its
/// text, and when no text has annotations.
pub fn read(folder: &Path) -> Result<Warned<Vec<GoldArticle>>, CorpusError> {
    let texts = files(&folder.join("text"), "txt")?;
    let mut annotations: BTreeMap<String, BTreeMap<String, PathBuf>> = BTreeMap::new();
    for (stem, path) in files(&folder.join("attributions"), "ann")? {
        let Some((article, annotator)) = stem.rsplit_once('_') else {
            return Err(CorpusError::Name { path });
        };
        let by_annotator = annotations.entry(article.to_owned()).or_default();
        by_annotator.insert(annotator.to_owned(), path);
    }
    let mut articles = Vec::new();
    let mut diagnostics = Vec::new();
    for (name, path) in &texts {
        let of_article = annotations.remove(name);
        let Some(gold) = of_article.as_ref().and_then(|all| all.values().next()) else {
            diagnostics.push(unpaired(path, "no annotations lie beside this text"));
            continue;
        };
        let text = read_text(path)?;
        let attributions = parse(&text, &read_text(gold)?, gold)?;
        articles.push(GoldArticle {
            name: name.clone(),
            text,
            attributions,
        });
    }
    for path in annotations.values().flat_map(BTreeMap::values) {
        diagnostics.push(unpaired(path, "no text lies beside these annotations"));
    }
    if articles.is_empty() {
        let path = folder.to_owned();
        return Err(CorpusError::Empty { path });
    }
    Ok(Warned {
        value: articles,
        diagnostics,
    })
}

fn unpaired(path: &Path, message: &str) -> Diagnostic {
    Diagnostic::warning("W-GOLD-UNPAIRED", &path.display().to_string(), message)
}

/// Lists the visible files of a folder with one ending, by their names without it.
fn files(folder: &Path, ending: &str) -> Result<BTreeMap<String, PathBuf>, CorpusError> {
    let io = |source| CorpusError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let fits = path
            .extension()
            .is_some_and(|extension| extension == ending);
        if fits && !stem.starts_with('.') {
            found.insert(stem.into_owned(), path);
        }
    }
    Ok(found)
}

pub(super) fn read_text(path: &Path) -> Result<String, CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Io {
        path: path.to_owned(),
        source,
    })?;
    String::from_utf8(bytes).map_err(|error| CorpusError::NotUtf8 {
        path: path.to_owned(),
        valid: error.utf8_error().valid_up_to(),
    })
}

/// Reads the annotations of one text; `path` is only named in errors.
///
/// An event without any of the three parts is an empty attribution.
///
/// # Errors
///
/// When a line is wrong or a span lies outside the text.
pub fn parse(
    text: &str,
    annotations: &str,
    path: &Path,
) -> Result<Vec<GoldAttribution>, CorpusError> {
    let places = Places::of(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut events = Vec::new();
    for (at, line) in lines(annotations).enumerate() {
        let wrong = |reason: String| CorpusError::Line {
            path: path.to_owned(),
            line: at + 1,
            reason,
        };
        let Some((id, rest)) = line.split_once('\t').filter(|(id, _)| is_id(id)) else {
            continue;
        };
        let field = rest.split('\t').next().unwrap_or_default();
        if id.starts_with('T') {
            let (_, pieces) = field
                .split_once(' ')
                .ok_or_else(|| wrong(format!("{id} has a label but no offsets")))?;
            let pieces = pieces.split(';').map(|piece| places.span(piece));
            spans.insert(id, pieces.collect::<Result<_, _>>().map_err(wrong)?);
        } else {
            let arguments = field.split_whitespace().map(|argument| {
                let parts = argument.split_once(':');
                parts
                    .filter(|(_, target)| !target.contains(':'))
                    .ok_or_else(|| wrong(format!("`{argument}` is not ROLE:TARGET")))
            });
            events.push(arguments.collect::<Result<Vec<_>, _>>()?);
        }
    }
    Ok(events
        .iter()
        .map(|event| attribution(event, &spans))
        .collect())
}

/// Splits into lines at every kind of line end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Says whether `id` names a span or an event ("T12", "E3").
fn is_id(id: &str) -> bool {
    id.strip_prefix(['T', 'E'])
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Puts the arguments of an event together; one whose span is not there adds nothing.
fn attribution(event: &[(&str, &str)], spans: &BTreeMap<&str, Vec<Span>>) -> GoldAttribution {
    let part = |name: &str| {
        let of_part = event.iter().filter(|(role, _)| {
            let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
            role.eq_ignore_ascii_case(name)
        });
        let pieces = of_part
            .filter_map(|(_, target)| spans.get(target))
            .flatten();
        let pieces: BTreeSet<Span> = pieces.copied().collect();
        pieces.into_iter().collect()
    };
    GoldAttribution {
        source: part("source"),
        cue: part("cue"),
        content: part("content"),
    }
}

/// Where each character of a text starts, in bytes; the last entry is the text's end.
struct Places(Vec<usize>);

impl Places {
    fn of(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at);
        Self(starts.chain([text.len()]).collect())
    }

    /// Reads a span of characters such as `12 20`.
    fn span(&self, piece: &str) -> Result<Span, String> {
        let wrong = || format!("`{piece}` is not a pair of offsets");
        let mut offsets = piece.split_whitespace().map(str::parse::<usize>);
        let (Some(Ok(start)), Some(Ok(end)), None) =
            (offsets.next(), offsets.next(), offsets.next())
        else {
            return Err(wrong());
        };
        if start > end {
            return Err(format!("`{piece}` ends before it starts"));
        }
        match (self.0.get(start), self.0.get(end)) {
            (Some(&start), Some(&end)) => Ok(Span::new(start, end)),
            _ => Err(format!(
                "`{piece}` lies outside the text of {} characters",
                self.0.len() - 1
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for part in ["text", "attributions"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn parsed(text: &str, annotations: &str) -> Result<Vec<GoldAttribution>, String> {
        parse(text, annotations, Path::new("a_x.ann")).map_err(|error| error.to_string())
    }

    #[test]
    fn characters_become_bytes_and_line_ends_count() {
        let text = "“É so,”\r\nsaid Zoë.";
        let annotations = "T1\tContent 1 2;3 5\tÉ so\nT2\tCue 9 13\tsaid\r\nT3\tSource 14 17\tZoë\n\
                           E1\tAttribution:T9 Content2:T1 Cue:T2 Source:T3\n";
        let found = parsed(text, annotations).unwrap();
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span]| {
            spans
                .iter()
                .map(|s| s.of(text).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&found[0].content), ["É", "so"]);
        assert_eq!(words(&found[0].cue), ["said"]);
        assert_eq!(words(&found[0].source), ["Zoë"]);
    }

    #[test]
    fn events_come_before_their_spans_and_without_any() {
        let found = parsed(
            "abcdef",
            "E1\tX:T1 cue:T2 Cue3:T1\n\nfree text\n#1\tNote T1\tx\nE2\tAttribution:T1\nR1\tx y\n\
             T2\tCue 0 2\tab\nT1\tCue 4 6\tef",
        );
        let cue = vec![Span::new(0, 2), Span::new(4, 6)];
        let first = GoldAttribution {
            cue,
            ..GoldAttribution::default()
        };
        assert_eq!(found, Ok(vec![first, GoldAttribution::default()]));
    }

    #[test]
    fn wrong_lines_are_named() {
        let error = |line: &str| parsed("abc", &format!("T1\tCue 0 1\ta\r{line}")).unwrap_err();
        assert!(error("T2\tCue\ta").starts_with("a_x.ann, line 2: T2 has a label"));
        assert!(error("T2\tCue 1\ta").contains("`1` is not a pair of offsets"));
        assert!(error("T2\tCue 1 2;;\ta").contains("is not a pair of offsets"));
        assert!(error("T2\tCue -1 2\ta").contains("is not a pair of offsets"));
        assert!(error("T2\tCue 2 1\ta").contains("`2 1` ends before it starts"));
        assert!(error("T2\tCue 2 4\ta").contains("`2 4` lies outside the text of 3 characters"));
        assert!(error("E2\tCue\ta").contains("`Cue` is not ROLE:TARGET"));
        assert!(error("E2\tCue:a:b\ta").contains("`Cue:a:b` is not ROLE:TARGET"));
    }

    #[test]
    fn pairs_are_read_in_order_and_the_first_annotator_counts() {
        let folder = folder(&[
            ("text/b_1.txt", "b"),
            ("text/a.txt", "a"),
            ("text/alone.txt", "c"),
            ("attributions/b_1_z.ann", "T1\tCue 0 9\tnot read"),
            ("attributions/b_1_y.ann", "T1\tCue 0 1\tb\nE1\tCue:T1"),
            ("attributions/a_x.ann", ""),
            ("attributions/other_x.ann", ""),
            ("attributions/.hidden", ""),
        ]);
        let read = read(folder.path()).unwrap();
        let names: Vec<&str> = read.value.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["a", "b_1"]);
        assert_eq!(read.value[1].attributions[0].cue, [Span::new(0, 1)]);
        let warned: Vec<bool> = (read.diagnostics.iter())
            .map(|d| d.subject.ends_with("alone.txt") || d.subject.ends_with("other_x.ann"))
            .collect();
        assert_eq!(warned, [true, true]);
    }

    #[test]
    fn folders_that_hold_nothing_are_named() {
        let message = |files: &[(&str, &str)]| {
            let folder = folder(files);
            read(folder.path()).unwrap_err().to_string()
        };
        assert!(message(&[("text/a.txt", "a")]).contains("has annotations"));
        assert!(message(&[("attributions/a.ann", "")]).contains("not named ARTICLE_ANNOTATOR.ann"));
        let missing = read(Path::new("nowhere")).unwrap_err().to_string();
        assert!(missing.starts_with("cannot read nowhere"), "{missing}");
        let broken = folder(&[("attributions/a_x.ann", "")]);
        fs::write(broken.path().join("text/a.txt"), b"caf\xe9").unwrap();
        let error = read(broken.path()).unwrap_err().to_string();
        assert!(
            error.ends_with("a.txt is not valid UTF-8 behind byte 3"),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn any_annotations_give_an_error_or_spans_of_the_text(
            text in "\\PC{0,20}",
            annotations in "([TE]1\t|[TE]2\t|Cue |Cue:T1|;|[0-9]{1,2}| |\t|\n|\r|é){0,30}",
        ) {
            for found in parse(&text, &annotations, Path::new("a")).unwrap_or_default() {
                for span in found.source.iter().chain(&found.cue).chain(&found.content) {
                    prop_assert!(span.slice(&text).is_some());
                }
            }
        }
    }
}
