//! The demo: two organizations with what the product has so far, made once, through the same use cases as
//! everybody's.

use crate::app::App;

/// Seeds an empty installation.
pub(super) async fn seed(_app: &App) -> anyhow::Result<()> {
    Ok(())
}

/// Prints the address and the logins.
pub(super) fn welcome(app: &App) {
    println!("Parvis runs at {}", app.entrance.public_url);
}
