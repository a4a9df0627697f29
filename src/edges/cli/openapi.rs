//! `parvis openapi`.

use std::process::ExitCode;

/// The document; a test makes sure that it is what the server serves.
const DOCUMENT: &str = include_str!("../../../openapi/parvis.json");

/// Prints the API's document. It needs neither configuration nor database.
pub(super) fn run() -> ExitCode {
    print!("{DOCUMENT}");
    ExitCode::SUCCESS
}
