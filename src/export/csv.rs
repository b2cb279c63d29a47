//! A table of mentions, one row a mention.

use std::io;

use crate::mention::{Mention, MentionRecord};

const COLUMNS: [&str; 25] = [
    "id",
    "claim_id",
    "claim",
    "outlet",
    "published",
    "headline",
    "url",
    "article",
    "path",
    "layer",
    "stance",
    "denies",
    "speech",
    "speaker",
    "speaker_kind",
    "cue",
    "chain",
    "quote",
    "start",
    "end",
    "snapshot",
    "certainty",
    "polarity",
    "tense",
    "confidence",
];

/// Writes the mentions.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write(records: &[MentionRecord], out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    for record in records {
        rows.write(record)?;
    }
    rows.finish()
}

/// A table that is written row by row; its head comes with the first row or the end.
pub struct Rows<'a> {
    table: csv::Writer<&'a mut dyn io::Write>,
    begun: bool,
}

impl<'a> Rows<'a> {
    /// Starts a table; nothing is written yet.
    pub fn new(out: &'a mut dyn io::Write) -> Self {
        Self {
            table: csv::Writer::from_writer(out),
            begun: false,
        }
    }

    /// Writes a mention.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written.
    pub fn write(&mut self, record: &MentionRecord) -> io::Result<()> {
        self.begin()?;
        Ok(self.table.write_record(row(record))?)
    }

    /// Writes what is left to write.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.begin()?;
        self.table.flush()
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.table.write_record(COLUMNS)?;
            self.begun = true;
        }
        Ok(())
    }
}

fn row(record: &MentionRecord) -> [String; 25] {
    let MentionRecord {
        mention,
        article,
        claim,
    } = record;
    let speaker = mention.last_link();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        mention.id.to_string(),
        claim
            .as_ref()
            .map(|claim| claim.id.to_string())
            .unwrap_or_default(),
        claim
            .as_ref()
            .map(|claim| claim.label.clone())
            .unwrap_or_default(),
        text(&article.outlet),
        article
            .published
            .map(|date| date.to_string())
            .unwrap_or_default(),
        text(&article.headline),
        text(&article.url),
        article.id.to_string(),
        article.path.clone(),
        mention.layer.as_str().to_owned(),
        mention.stance.as_str().to_owned(),
        mention
            .denies
            .map(|denies| denies.as_str().to_owned())
            .unwrap_or_default(),
        mention.speech.as_str().to_owned(),
        speaker.map(|link| link.source.clone()).unwrap_or_default(),
        speaker
            .map(|link| link.kind.as_str().to_owned())
            .unwrap_or_default(),
        speaker
            .and_then(|link| link.cue.as_ref())
            .map(|cue| cue.text.clone())
            .unwrap_or_default(),
        chain(mention),
        mention.content.text.clone(),
        mention.content.start.to_string(),
        mention.content.end.to_string(),
        article.snapshot.to_string(),
        mention.modality.certainty.as_str().to_owned(),
        mention.modality.polarity.as_str().to_owned(),
        mention.modality.tense.as_str().to_owned(),
        mention.confidence.to_string(),
    ]
}

fn chain(mention: &Mention) -> String {
    let names: Vec<&str> = mention
        .chain
        .iter()
        .map(|link| link.source.as_str())
        .collect();
    names.join(" ← ")
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::trace::story::harbour;

    #[test]
    fn every_mention_is_a_row_that_reads_back() {
        let mut records = harbour().records;
        records[0].mention.content.text = "a, \"b\"\nc".to_owned();
        let mut out = Vec::new();
        write(&records, &mut out).expect("a Vec takes everything");
        let mut table = csv::Reader::from_reader(out.as_slice());
        let quote = table
            .headers()
            .expect("a header")
            .iter()
            .position(|name| name == "quote");
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), records.len());
        assert_eq!(quote.and_then(|at| rows[0].get(at)), Some("a, \"b\"\nc"));
        assert_eq!(
            rows[1].get(16),
            Some("Island Post ← Coast Wire ← Ada Holm ← a draft timetable")
        );
    }
}
