//! Plain tables for a terminal: as wide as it is, wrapped, with a bold header.

use std::io::Write;

use comfy_table::{
    Attribute, Cell, ContentArrangement, Table,
    presets::{NOTHING, UTF8_HORIZONTAL_ONLY},
};

use super::{output, report::harmless};

/// A column narrower than this breaks words.
const NARROWEST: usize = 12;

/// Prints a table; control characters in cells are made harmless. Columns that do not fit beside
/// each other stand below each other, row by row, without the empty ones.
pub(crate) fn print<S: AsRef<str>>(
    header: &[S],
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let bold = |name: &str| Cell::new(name).add_attribute(Attribute::Bold);
    if header.len() * NARROWEST > output::width() {
        let longest = (header.iter().map(|name| name.as_ref().len()).max()).unwrap_or(0);
        for (place, row) in rows.into_iter().enumerate() {
            if place > 0 {
                writeln!(out)?;
            }
            let mut table = empty(NOTHING);
            let said = header
                .iter()
                .zip(&row)
                .filter(|(_, value)| !value.is_empty());
            for (name, value) in said {
                let name = format!("{:longest$}", name.as_ref());
                table.add_row([bold(&name), Cell::new(harmless(value))]);
            }
            write(&table, out)?;
        }
        return Ok(());
    }
    let mut table = empty(UTF8_HORIZONTAL_ONLY);
    table.set_header(header.iter().map(|name| bold(name.as_ref())));
    for row in rows {
        table.add_row(row.iter().map(|cell| harmless(cell)));
    }
    write(&table, out)
}

fn empty(preset: &str) -> Table {
    let mut table = Table::new();
    table
        .load_preset(preset)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(output::width()).unwrap_or(u16::MAX));
    if output::colour(None) {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table
}

fn write(table: &Table, out: &mut dyn Write) -> anyhow::Result<()> {
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
