//! Plain tables for a terminal: as wide as it is, wrapped, with a bold header.

use std::io::Write;

use comfy_table::{
    Attribute, Cell, CellAlignment, ContentArrangement, Table, presets::UTF8_HORIZONTAL_ONLY,
};

use super::{output, report::harmless};

/// A column: its header and which side its cells lean to.
pub(crate) struct Column {
    header: String,
    alignment: CellAlignment,
}

impl Column {
    /// A column of words.
    pub(crate) fn left(header: &str) -> Self {
        Self {
            header: header.to_owned(),
            alignment: CellAlignment::Left,
        }
    }

    /// A column of numbers.
    pub(crate) fn right(header: &str) -> Self {
        Self {
            header: header.to_owned(),
            alignment: CellAlignment::Right,
        }
    }
}

/// Prints a table; control characters in cells are made harmless.
pub(crate) fn print(
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut table = Table::new();
    table
        .load_preset(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(output::width()).unwrap_or(u16::MAX))
        .set_header(columns.iter().map(|column| {
            Cell::new(&column.header)
                .set_alignment(column.alignment)
                .add_attribute(Attribute::Bold)
        }));
    if output::colour(None) {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    for row in rows {
        table.add_row(
            row.iter()
                .zip(columns)
                .map(|(cell, column)| Cell::new(harmless(cell)).set_alignment(column.alignment)),
        );
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
