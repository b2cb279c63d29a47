//! Plain tables for a terminal: as wide as it is, wrapped, with a bold header.

use std::io::Write;

use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets::UTF8_HORIZONTAL_ONLY};

use super::{output, report::harmless};

/// Prints a table; control characters in cells are made harmless.
pub(crate) fn print<S: AsRef<str>>(
    header: &[S],
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut table = Table::new();
    table
        .load_preset(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(output::width()).unwrap_or(u16::MAX))
        .set_header(
            header
                .iter()
                .map(|name| Cell::new(name.as_ref()).add_attribute(Attribute::Bold)),
        );
    if output::colour(None) {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| harmless(cell)));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
