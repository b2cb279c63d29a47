//! What a step has to say beside its result. Text steps never fail; they warn.

use std::fmt;

use serde::Serialize;

use crate::span::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something an analyst may want to know; nothing was lost.
    Note,
    /// Something is unknown or doubtful; the article was still analysed.
    Warning,
    /// Input was skipped or a check failed; the process ends with exit code 1.
    Error,
}

/// One remark about one article, with a stable code such as `W-DATE-MISSING`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable code, for scripts and documentation.
    pub code: &'static str,
    /// The file or article it is about.
    pub subject: String,
    /// Where in the snapshot, when it is about a place.
    pub span: Option<Span>,
    /// What is the matter: lower case, no final stop.
    pub message: String,
    /// What the user can do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Makes a warning.
    #[must_use]
    pub fn warning(code: &'static str, subject: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, subject, message)
    }

    /// Makes an error.
    #[must_use]
    pub fn error(code: &'static str, subject: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, subject, message)
    }

    /// Makes a note.
    #[must_use]
    pub fn note(code: &'static str, subject: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, subject, message)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        subject: &str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code,
            subject: subject.to_owned(),
            span: None,
            message: message.into(),
            hint: None,
        }
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds where in the snapshot.
    #[must_use]
    pub fn with_span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.subject, self.message, self.code)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

/// A result together with what there is to say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What there is to say, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A result without remarks.
    #[must_use]
    pub fn clean(value: T) -> Self {
        Self {
            value,
            diagnostics: Vec::new(),
        }
    }
}
