//! A table to take away, as `.xlsx` or `.csv` from the same rows.

use super::{DocumentError, xlsx::Xlsx};
use crate::base::kernel::money::Money;
use chrono::{DateTime, FixedOffset};

/// One cell. The type decides how both formats write it.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Written as text, never as a formula.
    Text(String),
    Integer(i64),
    /// A number with the currency's decimals; in a `.csv` a plain decimal such as `30.00`.
    Money(Money),
    /// The local time at the given offset; a date of its own in `.xlsx`, `2026-12-12 20:30:00` in `.csv`.
    Time(DateTime<FixedOffset>),
    Empty,
}

/// The file format of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Xlsx,
    Csv,
}

impl Format {
    /// What a response says its content is.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// How the file's name ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// A table being written, row by row, in constant memory for `.xlsx` (rows wait in a temporary file).
///
/// Blocks: write tables of more than some hundred rows in `spawn_blocking`.
pub struct Sheet {
    columns: usize,
    writer: Writer,
}

enum Writer {
    Xlsx(Box<Xlsx>),
    Csv(Box<csv::Writer<Vec<u8>>>),
}

impl Sheet {
    /// Opens a table called `name` with its `headers`.
    pub fn new(format: Format, name: &str, headers: &[&str]) -> Result<Self, DocumentError> {
        let writer = match format {
            Format::Xlsx => Writer::Xlsx(Box::new(Xlsx::new(name, headers)?)),
            Format::Csv => {
                // Excel reads a file without the mark as Windows-1252.
                let start = "\u{feff}".as_bytes().to_vec();
                let mut writer =
                    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
                writer.write_record(headers.iter().map(|header| defused(header)))?;
                Writer::Csv(Box::new(writer))
            }
        };
        Ok(Self { columns: headers.len(), writer })
    }

    /// Lets the columns run from right to left (no effect on a `.csv`).
    #[must_use]
    pub fn right_to_left(mut self) -> Self {
        if let Writer::Xlsx(xlsx) = &mut self.writer {
            xlsx.mirror();
        }
        self
    }

    /// Writes the next row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), DocumentError> {
        if cells.len() != self.columns {
            return Err(DocumentError::Columns { expected: self.columns, got: cells.len() });
        }
        match &mut self.writer {
            Writer::Xlsx(xlsx) => xlsx.row(cells)?,
            Writer::Csv(writer) => writer.write_record(cells.iter().map(csv_text))?,
        }
        Ok(())
    }

    /// The bytes of the file.
    pub fn finish(self) -> Result<Vec<u8>, DocumentError> {
        match self.writer {
            Writer::Xlsx(xlsx) => Ok(xlsx.finish()?),
            Writer::Csv(writer) => {
                writer.into_inner().map_err(|error| csv::Error::from(error.into_error()).into())
            }
        }
    }
}

/// How both formats write a time as text.
pub(super) fn local(time: &DateTime<FixedOffset>) -> String {
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn csv_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => defused(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Money(money) => money.to_string(),
        Cell::Time(time) => local(time),
        Cell::Empty => String::new(),
    }
}

/// Keeps a spreadsheet program from taking what a person typed for a formula.
fn defused(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if risky { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
