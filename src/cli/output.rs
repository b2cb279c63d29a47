//! Where data goes: stdout, or a file that is replaced only once it is complete.
//!
//! It never writes to stderr.

use std::{
    fs,
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use anstream::{AutoStream, ColorChoice};
use anyhow::Context;
use serde::Serialize;
use tempfile::NamedTempFile;

/// Narrowest and widest line that tables are laid out for, and the width when nobody tells.
const WIDTHS: (usize, usize, usize) = (40, 160, 100);

/// Writes data to `file`, or to stdout when there is none.
///
/// `fill` is given the writer; a file appears, complete, only when `fill` succeeds.
pub(crate) fn write(
    file: Option<&Path>,
    fill: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(path) = file else {
        let mut out = BufWriter::new(io::stdout().lock());
        if let Err(error) = fill(&mut out) {
            // The head of a table without rows says nothing.
            let _ = out.into_parts();
            return Err(error);
        }
        return Ok(out.flush()?);
    };
    let failed = || format!("cannot write {}", path.display());
    // A device or pipe such as /dev/stdout is written to, not replaced.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        let mut out = BufWriter::new(
            fs::OpenOptions::new()
                .write(true)
                .open(path)
                .with_context(failed)?,
        );
        fill(&mut out)?;
        return out.flush().with_context(failed);
    }
    let mut out = BufWriter::new(temporary_beside(path).with_context(failed)?);
    fill(&mut out)?;
    let temporary = out
        .into_inner()
        .map_err(io::IntoInnerError::into_error)
        .with_context(failed)?;
    temporary
        .persist(path)
        .map_err(|error| error.error)
        .with_context(failed)?;
    Ok(())
}

/// Makes a temporary file in the folder of `path`, with the permissions of an ordinary file.
fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claimgraph-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Says whether data on stdout (or in a file) is coloured.
pub(crate) fn colour(file: Option<&Path>) -> bool {
    match file {
        None => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        Some(_) => matches!(
            ColorChoice::global(),
            ColorChoice::Always | ColorChoice::AlwaysAnsi
        ),
    }
}

/// Returns the width tables are laid out for: COLUMNS, else the terminal's, else 100.
pub(crate) fn width() -> usize {
    let (least, most, default) = WIDTHS;
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let seen = || {
        io::stdout()
            .is_terminal()
            .then(terminal_size::terminal_size)
            .flatten()
            .map(|(width, _)| usize::from(width.0))
    };
    told.or_else(seen).unwrap_or(default).clamp(least, most)
}

/// Writes `value` as indented JSON with a final line break.
pub(crate) fn json<T: Serialize + ?Sized>(out: &mut dyn Write, value: &T) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Writes `value` as one line of JSON.
pub(crate) fn json_line<T: Serialize>(out: &mut dyn Write, value: &T) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        write(Some(&path), |out| Ok(out.write_all(b"old")?)).unwrap();
        let failed = write(Some(&path), |out| {
            out.write_all(b"half")?;
            anyhow::bail!("stopped")
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_made_is_named() {
        let error = write(Some(Path::new("/nowhere/out.txt")), |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("/nowhere/out.txt"));
    }
}
