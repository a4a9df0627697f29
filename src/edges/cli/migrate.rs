//! `parvis migrate`.

use std::process::ExitCode;

use crate::app::{self, block_on};
use crate::base::config::Config;

/// Brings everything forward; tells which organizations stay behind and why.
pub(super) fn run(config: Config) -> anyhow::Result<ExitCode> {
    let report = block_on(async move { app::migrate(&config).await })?;
    println!("organizations migrated: {}", report.migrated);
    for (number, reason) in &report.failed {
        println!("organization {number} stays behind: {reason}");
    }
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
