//! Documents that people take away: tickets as PDF, QR codes, calendar files, spreadsheets.
//!
//! Everything written comes from the caller, already in the reader's language: nothing here looks up a text, a clock
//! or a database. Everything here computes and blocks, so callers run it in `spawn_blocking`.
//!
//! - `pdf`: the layout engine with our fonts and templates, and nothing of the file system or the network;
//! - `glyphs`: keeps characters that our fonts cannot draw out of the PDF;
//! - `ticket`: the tickets of an order, one page each;
//! - `qr`: QR codes as pixels for the PDF and as SVG for pages;
//! - `calendar`: an event as an `.ics` file;
//! - `sheet`: a table as `.csv`, or as `.xlsx` through `xlsx`;
//! - `zip`: files in one, sent while it is made.

mod calendar;
mod glyphs;
mod pdf;
pub mod qr;
mod sheet;
mod ticket;
mod xlsx;
mod zip;

pub use calendar::{CalendarEvent, Organizer, calendar_feed, calendar_file};
pub use glyphs::displayable;
pub use qr::svg as qr_svg;
pub use sheet::{Cell, Format, Sheet};
pub use ticket::{TicketLabels, TicketPaper, TicketSheet, tickets_pdf};
pub use zip::ZipStream;

/// Why a document could not be made. All but [`DocumentError::QrTooLong`] are faults of the program or the machine.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// More than a QR code can hold.
    #[error("the text does not fit into a QR code: {0}")]
    QrTooLong(#[from] qrcode::types::QrError),
    /// A template failed, with what the layout engine says about it.
    #[error("the layout of {template} failed: {message}")]
    Layout { template: &'static str, message: String },
    /// The data of a template could not be written as JSON.
    #[error("template data: {0}")]
    Data(#[from] serde_json::Error),
    /// The `.zip` writer refused.
    #[error("zip: {0}")]
    Zip(#[from] ::zip::result::ZipError),
    /// The `.xlsx` writer refused.
    #[error("spreadsheet: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The `.csv` writer refused.
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
    /// A row that does not match the headers.
    #[error("a row of {got} cells under {expected} headers")]
    Columns { expected: usize, got: usize },
}
