//! The letters about who owns an organization, and about its end.

use super::jobs;
use super::repo::{self, AccountRow};
use super::service::Identity;
use crate::base::db::{DbResult, PlatformTx};
use crate::base::i18n::{self, Args};
use crate::base::kernel::id::{AccountId, OrganizationNumber};
use crate::base::mail::{Letter, Post, Recipient};

/// There is a new owner. None when one of those concerned is gone.
pub(super) async fn new_owner(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    organization: OrganizationNumber,
    owner: AccountId,
    to: AccountId,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some(scope) = identity.tenancy.scope_of_number(organization).await? else { return Ok(None) };
    let (Some(new), Some(account)) = (repo::account(tx, owner).await?, repo::account(tx, to).await?) else {
        return Ok(None);
    };
    let own = if owner == to { "mail-owner-you" } else { "mail-owner-new" };
    let who = jobs::full_name(&new);
    let who = if who.is_empty() { new.email.clone() } else { who };
    let args = Args::new()
        .set("name", account.first_name.as_str())
        .set("owner", who.as_str())
        .set("organization", scope.organization().name.as_str());
    let (lang, path) = (jobs::lang(&account), "/manage/members".to_owned());
    let page = jobs::page(post, lang, own, &args, "mail-footer-account", path);
    Ok(Some((jobs::recipient(&account), page)))
}

/// The organization is to end. None when it is kept meanwhile.
pub(super) async fn closing(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    organization: OrganizationNumber,
    to: AccountId,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some(scope) = identity.tenancy.scope_of_number(organization).await? else { return Ok(None) };
    let Some(at) = scope.organization().closes_at else { return Ok(None) };
    let Some(account) = repo::account(tx, to).await? else { return Ok(None) };
    let lang = jobs::lang(&account);
    let day = i18n::short_date(lang, at, scope.organization().timezone);
    let args = Args::new()
        .set("name", account.first_name.as_str())
        .set("organization", scope.organization().name.as_str())
        .set("day", day.as_str());
    let page = jobs::page(
        post,
        lang,
        "mail-closing",
        &args,
        "mail-footer-account",
        "/manage/settings/closing".into(),
    );
    Ok(Some((jobs::recipient(&account), page)))
}

/// The organization has ended.
pub(super) fn closed(post: &Post, account: &AccountRow, organization: &str) -> Letter {
    let args = Args::new().set("name", account.first_name.as_str()).set("organization", organization);
    jobs::page(post, jobs::lang(account), "mail-closed", &args, "mail-footer-account", "/manage".into())
}
