//! Errors of the command line: a message with what the user can do about it.
//!
//! The library's errors already name the file and the reason; this only adds advice.

use std::fmt::Display;

/// A failure with advice.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Hinted {
    message: String,
    /// What the user can do.
    pub(crate) hint: String,
}

/// Makes a failure with advice.
pub(crate) fn hinted(message: impl Display, hint: impl Into<String>) -> anyhow::Error {
    anyhow::Error::new(Hinted {
        message: message.to_string(),
        hint: hint.into(),
    })
}

/// Joins an error and its causes to one line; a cause that the message already tells is left out.
pub(crate) fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if line.is_empty() {
            line = text;
        } else if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("no such file").context("cannot read a.txt: no such file");
        assert_eq!(one_line(&error), "cannot read a.txt: no such file");
        let error = anyhow::anyhow!("no such file").context("cannot read a.txt");
        assert_eq!(one_line(&error), "cannot read a.txt: no such file");
    }
}
