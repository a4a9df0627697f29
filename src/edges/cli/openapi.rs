//! `parvis openapi`.

use std::process::ExitCode;

use crate::app::{App, block_on};
use crate::base::config::Config;
use crate::base::kernel::clock::Clock;
use crate::edges::api;

/// Prints the document that `openapi/parvis.json` holds.
pub(super) fn run(config: Config) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let app = App::start(config, Clock::default()).await?;
        print!("{}", api::document(&app)?);
        app.stop().await?;
        Ok(ExitCode::SUCCESS)
    })
}
