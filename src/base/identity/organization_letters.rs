//! The letters about who owns an organization, about its end, and that it stays.

use serde::{Deserialize, Serialize};

use super::jobs;
use super::repo::{self, AccountRow};
use super::service::Identity;
use crate::base::db::{DbResult, PlatformTx};
use crate::base::i18n::{self, Args};
use crate::base::kernel::id::{AccountId, OrganizationNumber};
use crate::base::mail::{Letter, Post, Recipient};

/// What has happened to an organization; told to those who own it, to who did and, where it ends, to all members.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum News {
    /// It has a new owner.
    Owner { organization: OrganizationNumber, owner: AccountId },
    /// It is to end; told to an owner, who can keep it.
    Closing {
        organization: OrganizationNumber,
        #[serde(default)]
        by: Option<AccountId>,
    },
    /// The same, told to a member, who cannot.
    ClosingToMember { organization: OrganizationNumber, by: AccountId },
    /// It stays after all.
    Kept { organization: OrganizationNumber, by: AccountId },
    /// One of this name has ended.
    Closed { organization: String },
}

/// The letter. None when there is nothing to tell any more, or nobody to tell it to.
pub(super) async fn letter(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    to: AccountId,
    news: &News,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some(account) = repo::account(tx, to).await? else { return Ok(None) };
    let page = match news {
        News::Owner { organization, owner } => {
            new_owner(tx, identity, post, &account, *organization, *owner).await?
        }
        News::Closing { organization, by } => {
            closing(tx, identity, post, &account, *organization, *by, true).await?
        }
        News::ClosingToMember { organization, by } => {
            closing(tx, identity, post, &account, *organization, Some(*by), false).await?
        }
        News::Kept { organization, by } => kept(tx, identity, post, &account, *organization, *by).await?,
        News::Closed { organization } => {
            Some(page(post, &account, "mail-closed", args(&account, organization), "/manage"))
        }
    };
    Ok(page.map(|page| (jobs::recipient(&account), page)))
}

fn args<'a>(account: &'a AccountRow, organization: &'a str) -> Args<'a> {
    Args::new().set("name", account.first_name.as_str()).set("organization", organization)
}

fn page(post: &Post, account: &AccountRow, key: &str, args: Args<'_>, path: &str) -> Letter {
    jobs::page(post, jobs::lang(account), key, &args, "mail-footer-account", path.to_owned())
}

async fn new_owner(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    account: &AccountRow,
    organization: OrganizationNumber,
    owner: AccountId,
) -> DbResult<Option<Letter>> {
    let Some(scope) = identity.tenancy.scope_of_number(organization).await? else { return Ok(None) };
    let Some(new) = repo::account(tx, owner).await? else { return Ok(None) };
    let who = jobs::full_name(&new);
    let who = if who.is_empty() { new.email } else { who };
    let key = if owner.uuid() == account.id { "mail-owner-you" } else { "mail-owner-new" };
    let args = args(account, &scope.organization().name).set("owner", who.as_str());
    Ok(Some(page(post, account, key, args, "/manage/members")))
}

/// None when it is kept meanwhile.
async fn closing(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    account: &AccountRow,
    organization: OrganizationNumber,
    by: Option<AccountId>,
    may_keep: bool,
) -> DbResult<Option<Letter>> {
    let Some(scope) = identity.tenancy.scope_of_job(organization).await? else { return Ok(None) };
    let Some(at) = scope.organization().closes_at else { return Ok(None) };
    let day = i18n::short_date(jobs::lang(account), at, scope.organization().timezone);
    let owner = name_of(tx, account, by).await?;
    let args =
        args(account, &scope.organization().name).set("day", day.as_str()).set("owner", owner.as_str());
    let (key, path) = if may_keep {
        ("mail-closing", "/manage/settings/closing")
    } else {
        ("mail-closing-member", "/manage")
    };
    Ok(Some(page(post, account, key, args, path)))
}

/// None when it is to end again.
async fn kept(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    account: &AccountRow,
    organization: OrganizationNumber,
    by: AccountId,
) -> DbResult<Option<Letter>> {
    let Some(scope) = identity.tenancy.scope_of_job(organization).await? else { return Ok(None) };
    if scope.organization().closes_at.is_some() {
        return Ok(None);
    }
    let owner = name_of(tx, account, Some(by)).await?;
    let args = args(account, &scope.organization().name).set("owner", owner.as_str());
    Ok(Some(page(post, account, "mail-kept", args, "/manage")))
}

/// What somebody is called in a letter to `account`; an owner where nobody knows.
async fn name_of(tx: &mut PlatformTx, account: &AccountRow, by: Option<AccountId>) -> DbResult<String> {
    let known = match by {
        Some(by) => repo::names(tx, &[by.uuid()]).await?.pop().map(|(_, name)| name),
        None => None,
    };
    Ok(known.unwrap_or_else(|| i18n::text(jobs::lang(account), "mail-closing-an-owner")))
}
