//! `parvis org`: what the installation itself does with an organization.

use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use crate::app::{App, block_on};
use crate::base::config::Config;
use crate::base::kernel::clock::Clock;
use crate::base::tenancy::TenantScope;

#[derive(Subcommand)]
pub(super) enum OrgCommand {
    /// Suspend an organization: it sells and shows nothing until it is resumed; its tickets stay good.
    Suspend {
        /// The organization's address under `/o/`.
        slug: String,
        /// Why; its members read it.
        #[arg(long)]
        reason: String,
    },
    /// Open a suspended organization again.
    Resume {
        /// The organization's address under `/o/`.
        slug: String,
    },
}

pub(super) fn run(config: Config, command: OrgCommand) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let app = App::start(config, Clock::default()).await?;
        let done = execute(&app, command).await;
        app.stop().await?;
        done.map(|()| ExitCode::SUCCESS)
    })
}

async fn execute(app: &App, command: OrgCommand) -> anyhow::Result<()> {
    let tenancy = &app.entrance.tenancy;
    match command {
        OrgCommand::Suspend { slug, reason } => {
            anyhow::ensure!(!reason.trim().is_empty(), "say why: the members read it");
            let scope = found(app, &slug).await?;
            tenancy.suspend(&scope, Some(reason.trim())).await?;
            println!("{slug} is suspended");
        }
        OrgCommand::Resume { slug } => {
            let scope = found(app, &slug).await?;
            tenancy.suspend(&scope, None).await?;
            println!("{slug} is open");
        }
    }
    Ok(())
}

async fn found(app: &App, slug: &str) -> anyhow::Result<TenantScope> {
    let found = app.entrance.tenancy.scope_of_slug(slug).await?;
    found.with_context(|| format!("no organization has the address {slug}"))
}
