//! `parvis org`: what the installation itself does with an organization.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use crate::app::{App, block_on};
use crate::base::config::Config;
use crate::base::identity::AdoptMembers;
use crate::base::kernel::id::AccountId;
use crate::base::tenancy::{ImportPlan, Manifest, Member, TenantScope};

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
    /// Write an organization with its files to an archive, for another installation or to keep. It holds personal data
    /// and the key that signs tickets.
    Export {
        /// The organization's address under `/o/`.
        slug: String,
        /// The archive; it must not exist yet.
        file: PathBuf,
    },
    /// Make an organization of an archive: whole or not at all.
    Import {
        /// The archive.
        file: PathBuf,
        /// Another address under `/o/`, where the old one is taken.
        #[arg(long)]
        slug: Option<String>,
        /// The address of an account that becomes the owner; else the archive's first owner who has an account here.
        #[arg(long)]
        owner: Option<String>,
    },
}

pub(super) fn run(config: Config, command: OrgCommand) -> anyhow::Result<ExitCode> {
    block_on(async move {
        let app = App::beside(config).await?;
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
        OrgCommand::Export { slug, file } => {
            let scope = found(app, &slug).await?;
            if scope.organization().is_open() {
                eprintln!(
                    "{slug} is open: what is sold from now on is not in the archive; suspend it to move it"
                );
            }
            let opened = created(&file)?;
            let manifest = tenancy.export(&scope, &app.files, opened).await.inspect_err(|_| {
                // Half an archive is of no use, and in the way of the next try.
                let _ = std::fs::remove_file(&file);
            })?;
            let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
            println!("{slug}: {rows} rows and {} files in {}", manifest.files.len(), file.display());
        }
        OrgCommand::Import { file, slug, owner } => import(app, &file, slug, owner).await?,
    }
    Ok(())
}

async fn found(app: &App, slug: &str) -> anyhow::Result<TenantScope> {
    let found = app.entrance.tenancy.scope_of_slug(slug).await?;
    found.with_context(|| format!("no organization has the address {slug}"))
}

/// A new file that nobody else may read.
fn created(path: &Path) -> anyhow::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("{} cannot be made", path.display()))
}

async fn import(app: &App, file: &Path, slug: Option<String>, owner: Option<String>) -> anyhow::Result<()> {
    let opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let plan = ImportPlan::open(opened)?;
    let manifest = plan.manifest().clone();
    let slug = slug.unwrap_or_else(|| manifest.organization.slug.clone());
    let identity = &app.entrance.identity;
    let known = identity
        .proved_accounts(manifest.members.iter().map(|member| member.email.clone()).collect())
        .await?;
    let owner = owner_here(app, &manifest, &known, owner).await?;
    let same = |member: &Member| Some((member.account, known.get(&member.email)?.uuid()));
    let accounts = manifest.members.iter().filter_map(same).collect();
    let members = manifest.members.clone();
    let adopt = |organization| AdoptMembers { organization, owner, members };
    let moved = app.entrance.tenancy.import(plan, &slug, owner, accounts, &app.files, adopt).await?;
    let here = manifest.members.iter().filter(|member| known.contains_key(&member.email)).count();
    let invited = manifest.members.len() - here;
    println!("{slug}: {here} roles are given, {invited} people are invited as soon as the server runs");
    for (before, after) in moved {
        println!("the event {before} is now {after}: the address was taken");
    }
    Ok(())
}

/// The account that owns the organization from now on.
async fn owner_here(
    app: &App,
    manifest: &Manifest,
    known: &HashMap<String, AccountId>,
    named: Option<String>,
) -> anyhow::Result<AccountId> {
    if let Some(email) = named {
        let email = email.trim().to_lowercase();
        let found = app.entrance.identity.proved_accounts(vec![email.clone()]).await?.remove(&email);
        return found.with_context(|| format!("{email} has no account here whose address is confirmed"));
    }
    let mut owners =
        manifest.members.iter().filter(|member| member.event.is_none() && member.role == "owner");
    let found = owners.find_map(|member| known.get(&member.email).copied());
    found.context("none of the owners has a confirmed account here: name one with --owner")
}
