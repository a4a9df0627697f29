//! `parvis forget-second-factor`.

use std::process::ExitCode;

use crate::app::{App, block_on};
use crate::base::config::Config;

/// Takes the second factor from an account whose owner has lost device and recovery codes; a mail tells them.
pub(super) fn forget(config: Config, email: String) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let app = App::beside(config).await?;
        let forgotten = app.entrance.identity.forget_second_factor(&email).await?;
        app.stop().await?;
        if forgotten {
            println!("{email} has no second factor any more");
            return Ok(ExitCode::SUCCESS);
        }
        eprintln!("{email} has no account with a second factor");
        Ok(ExitCode::FAILURE)
    })
}
