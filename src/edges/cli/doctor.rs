//! `parvis doctor`.

use std::process::ExitCode;

use crate::app::{App, block_on};
use crate::base::config::Config;
use crate::base::db::embedded::Occupied;
use crate::base::jobs;

/// Checks what the installation needs and says what to do.
pub(super) fn run(config: Config) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let mut healthy = true;
        let mut tell = |fine: bool, what: &str, advice: &str| {
            healthy &= fine;
            if fine {
                println!("ok    {what}");
            } else {
                println!("FAIL  {what}\n      {advice}");
            }
        };
        let app = match App::beside(config).await {
            Ok(app) => app,
            Err(error) => {
                let advice = if error.root_cause().is::<Occupied>() {
                    "it starts or ends right now: ask again"
                } else {
                    "check database.url and data_dir"
                };
                tell(false, &format!("the installation starts: {error:#}"), advice);
                return Ok(ExitCode::FAILURE);
            }
        };
        tell(true, "the database answers and the platform is up to date", "");
        let backlog = jobs::backlog(&app.db).await?;
        let dead = format!("no job was given up (given up: {}, waiting: {})", backlog.dead, backlog.waiting);
        tell(backlog.dead == 0, &dead, "look at platform.job where dead_at is set; last_error tells why");
        let mail = app.check_mail().await;
        let what =
            format!("mail can go out{}", mail.as_ref().err().map(|e| format!(": {e:#}")).unwrap_or_default());
        tell(mail.is_ok(), &what, "check mail.url");
        let files = app.files.check().await;
        let what = format!(
            "files can be kept{}",
            files.as_ref().err().map(|e| format!(": {e}")).unwrap_or_default()
        );
        tell(files.is_ok(), &what, "check storage.url, and that its directory may be written to");
        let secure =
            app.config.public_url().starts_with("https://") || app.config.http.listen.starts_with("127.");
        tell(
            secure,
            "people reach the server by https",
            "set http.public_url to the https address of your proxy",
        );
        app.stop().await?;
        Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}
