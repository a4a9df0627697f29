//! Tables as `.xlsx`.

use chrono::{DateTime, FixedOffset};
use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, RowNum, Workbook, Worksheet, XlsxError};

use super::sheet::{Cell, local};
use crate::base::kernel::money::{Currency, Money};

/// The longest text that Excel keeps in a cell, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// Beyond 15 digits Excel rounds: such integers are written as text.
const LARGEST_NUMBER: u64 = 999_999_999_999_999;
const NARROWEST: usize = 9;
const WIDEST: usize = 48;

/// A workbook of one sheet, written row by row; rows wait in a temporary file.
pub(super) struct Xlsx {
    workbook: Workbook,
    next: RowNum,
    /// The widest text of each column so far, in characters.
    widths: Vec<usize>,
    right_to_left: bool,
    time: Format,
    /// A file seldom has more than one currency.
    money: Vec<(Currency, Format)>,
}

impl Xlsx {
    /// Opens the sheet with its headers, bold and always in sight.
    pub(super) fn new(name: &str, headers: &[&str]) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name))?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, header) in (0..).zip(headers) {
            sheet.write_string_with_format(0, column, shortened(header), &bold)?;
        }
        Ok(Self {
            workbook,
            next: 1,
            // Bold letters are wider.
            widths: headers.iter().map(|header| header.chars().count() + 2).collect(),
            right_to_left: false,
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            money: Vec::new(),
        })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        for cell in cells {
            if let Cell::Money(money) = cell {
                self.learn(money.currency());
            }
        }
        let sheet = self.workbook.worksheet_from_index(0)?;
        for ((column, cell), width) in (0..).zip(cells).zip(&mut self.widths) {
            let written = match cell {
                Cell::Text(text) => write_text(sheet, self.next, column, text)?,
                Cell::Integer(number) => write_integer(sheet, self.next, column, *number)?,
                Cell::Money(money) => {
                    let format = self.money.iter().find(|(currency, _)| *currency == money.currency());
                    write_money(sheet, self.next, column, *money, format.map(|(_, format)| format))?
                }
                Cell::Time(time) => write_time(sheet, self.next, column, time, &self.time)?,
                Cell::Empty => 0,
            };
            *width = written.max(*width);
        }
        self.next += 1;
        Ok(())
    }

    /// Lets the columns run from right to left.
    pub(super) fn mirror(&mut self) {
        self.right_to_left = true;
    }

    fn learn(&mut self, currency: Currency) {
        if self.money.iter().any(|(known, _)| *known == currency) {
            return;
        }
        let decimals = match currency.decimals() {
            0 => String::new(),
            count => format!(".{}", "0".repeat(count as usize)),
        };
        let pattern = format!(r"#,##0{decimals}\ [${}]", currency.code());
        self.money.push((currency, Format::new().set_num_format(pattern)));
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, width) in (0..).zip(&self.widths) {
            let width = u32::try_from((*width).clamp(NARROWEST, WIDEST)).unwrap_or_default();
            sheet.set_column_width(column, f64::from(width + 1))?;
        }
        sheet.set_right_to_left(self.right_to_left);
        self.workbook.save_to_buffer()
    }
}

fn write_text(sheet: &mut Worksheet, row: RowNum, column: ColNum, text: &str) -> Result<usize, XlsxError> {
    sheet.write_string(row, column, shortened(text))?;
    Ok(text.lines().map(|line| line.chars().count()).max().unwrap_or_default())
}

fn write_integer(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    number: i64,
) -> Result<usize, XlsxError> {
    let text = number.to_string();
    match text.parse::<f64>() {
        Ok(exact) if number.unsigned_abs() <= LARGEST_NUMBER => sheet.write_number(row, column, exact)?,
        _ => sheet.write_string(row, column, &text)?,
    };
    Ok(text.len())
}

fn write_money(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    money: Money,
    format: Option<&Format>,
) -> Result<usize, XlsxError> {
    let text = money.to_string();
    match (text.parse::<f64>(), format) {
        (Ok(amount), Some(format)) => sheet.write_number_with_format(row, column, amount, format)?,
        _ => sheet.write_string(row, column, &text)?,
    };
    // Separators and the code of the currency.
    Ok(text.len() + text.len() / 3 + 4)
}

fn write_time(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    time: &DateTime<FixedOffset>,
    format: &Format,
) -> Result<usize, XlsxError> {
    // Excel knows no time zones: a cell holds what the clock on the wall says.
    match ExcelDateTime::from_timestamp(time.naive_local().and_utc().timestamp()) {
        Ok(wall) => sheet.write_datetime_with_format(row, column, &wall, format)?,
        Err(_) => sheet.write_string(row, column, local(time))?,
    };
    Ok("2026-12-12 20:30".len())
}

/// A name that Excel accepts: at most 31 characters, some of them forbidden, no apostrophe at either end.
fn sheet_name(name: &str) -> String {
    let allowed = |c: char| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c };
    // Emoji count double for Excel: half of 31 is always enough room.
    let budget = if name.chars().all(|c| c.len_utf16() == 1) { 31 } else { 15 };
    let safe: String = name.chars().map(allowed).collect();
    let words: Vec<&str> = safe.split_whitespace().collect();
    let safe: String = words.join(" ").chars().take(budget).collect();
    let safe = safe.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    if safe.is_empty() { "Parvis".to_owned() } else { safe.to_owned() }
}

fn shortened(text: &str) -> String {
    if text.len() <= LONGEST_CELL {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < LONGEST_CELL
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
