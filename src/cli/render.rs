//! Pictures by Graphviz: which profile is meant, and `dot` itself.
//!
//! It runs no other program, and that one only when --render asks for it.

use std::{
    io::{self, Write},
    path::Path,
    process::Command,
};

use anyhow::Context;
use tempfile::NamedTempFile;

use super::{
    args::{PictureArgs, Profile},
    error::hinted,
    output,
};
use crate::export::{DotProfile, NetworkFormat};

/// Returns the profile that was asked for; one for anything but DOT is an error.
pub(crate) fn profile(args: &PictureArgs, is_dot: bool) -> anyhow::Result<DotProfile> {
    let is_dot = is_dot || args.render.is_some();
    match args.profile {
        Some(_) if !is_dot => Err(hinted(
            "--profile is about DOT",
            "add --format dot; Gephi reads gexf and graphml as they are",
        )),
        Some(Profile::Gephi) if args.render.is_some() => Err(hinted(
            "--profile gephi is not for a picture",
            "leave out one of --profile gephi and --render",
        )),
        None | Some(Profile::Rich) => Ok(DotProfile::Rich),
        Some(Profile::Full) => Ok(DotProfile::Full),
        Some(Profile::Gephi) => Ok(DotProfile::Gephi),
    }
}

/// Draws the DOT that `fill` writes.
pub(crate) fn render(
    file: &Path,
    profile: DotProfile,
    fill: impl FnOnce(NetworkFormat, &mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let format = extension.map(str::to_lowercase).unwrap_or_default();
    if !["svg", "png", "pdf"].contains(&format.as_str()) {
        return Err(hinted(
            format_args!("cannot tell what picture {} is to be", file.display()),
            "name a file that ends in .svg, .png or .pdf",
        ));
    }
    let mut text = NamedTempFile::new().context("cannot make a temporary file")?;
    fill(NetworkFormat::Dot(profile), text.as_file_mut())?;
    let mut command = Command::new("dot");
    command.arg(format!("-T{format}")).arg(text.path());
    let drawn = command.output().map_err(|error| {
        let what = match error.kind() {
            io::ErrorKind::NotFound => "Graphviz is not installed: there is no program `dot`".to_owned(),
            _ => format!("Graphviz cannot be run: {error}"),
        };
        hinted(
            what,
            "install it (`apt install graphviz`, `brew install graphviz`, `winget install graphviz`); \
             `claimgraph report` draws without it, --format dot writes what it would draw",
        )
    })?;
    if !drawn.status.success() || drawn.stdout.is_empty() {
        let said = String::from_utf8_lossy(&drawn.stderr);
        let said = said
            .lines()
            .next()
            .unwrap_or("it gave no reason")
            .to_owned();
        return Err(hinted(
            format_args!("Graphviz could not draw {}: {said}", file.display()),
            "--format dot writes what it was given",
        ));
    }
    output::write(Some(file), |out| Ok(out.write_all(&drawn.stdout)?))
}
