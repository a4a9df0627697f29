//! The letters about who owns an organization, and about its end.

use serde::{Deserialize, Serialize};

use super::jobs;
use super::repo::{self, AccountRow};
use super::service::Identity;
use crate::base::db::{DbResult, PlatformTx};
use crate::base::i18n::{self, Args};
use crate::base::kernel::id::{AccountId, OrganizationNumber};
use crate::base::mail::{Letter, Post, Recipient};

/// What has happened to an organization; told to those who own it, and to who did.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum News {
    /// It has a new owner.
    Owner { organization: OrganizationNumber, owner: AccountId },
    /// It is to end.
    Closing { organization: OrganizationNumber },
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
        News::Closing { organization } => closing(identity, post, &account, *organization).await?,
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
    identity: &Identity,
    post: &Post,
    account: &AccountRow,
    organization: OrganizationNumber,
) -> DbResult<Option<Letter>> {
    let Some(scope) = identity.tenancy.scope_of_number(organization).await? else { return Ok(None) };
    let Some(at) = scope.organization().closes_at else { return Ok(None) };
    let day = i18n::short_date(jobs::lang(account), at, scope.organization().timezone);
    let args = args(account, &scope.organization().name).set("day", day.as_str());
    Ok(Some(page(post, account, "mail-closing", args, "/manage/settings/closing")))
}
