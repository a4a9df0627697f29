//! `parvis serve` and `parvis worker`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use poem::listener::{Acceptor, Listener, TcpListener};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::demo;
use crate::app::{App, block_on};
use crate::base::config::Config;
use crate::base::kernel::clock::Clock;
use crate::edges::api;

/// How long requests may go on after the server was told to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs the server until a signal. The listener opens when everything is in: the first answer means usable.
pub(super) fn serve(config: Config, with_demo: bool) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let app = Arc::new(App::start(config, Clock::default()).await?);
        if with_demo {
            demo::seed(&app).await.context("demo data")?;
        }
        let stop = stop_on_signal()?;
        let routes = api::routes(&app)?;
        let acceptor = TcpListener::bind(app.config.http.listen.clone()).into_acceptor().await?;
        let address = acceptor.local_addr().first().map(ToString::to_string).unwrap_or_default();
        tracing::info!(address, url = %app.entrance.public_url, "listening");
        if with_demo {
            demo::welcome(&app);
        }
        let jobs = tokio::spawn(app.runner().run(stop.clone()));
        let care = tokio::spawn(look_after(app.clone(), stop.clone()));
        poem::Server::new_with_acceptor(acceptor)
            .run_with_graceful_shutdown(routes, stop.clone().cancelled_owned(), Some(PATIENCE))
            .await?;
        stop.cancel();
        jobs.await?;
        care.await?;
        finish(app).await
    })
}

/// Runs jobs without a listener until a signal.
pub(super) fn worker(config: Config) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let app = Arc::new(App::start(config, Clock::default()).await?);
        let stop = stop_on_signal()?;
        let care = tokio::spawn(look_after(app.clone(), stop.clone()));
        app.runner().run(stop).await;
        care.await?;
        finish(app).await
    })
}

async fn look_after(app: Arc<App>, stop: CancellationToken) {
    app.look_after(stop).await;
}

async fn finish(app: Arc<App>) -> anyhow::Result<ExitCode> {
    if let Some(app) = Arc::into_inner(app) {
        app.stop().await?;
    } else {
        tracing::warn!("something still holds the application");
    }
    Ok(ExitCode::SUCCESS)
}

/// Cancelled by Ctrl-C and SIGTERM.
fn stop_on_signal() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
        told.cancel();
    });
    Ok(stop)
}
