//! The letters of a change of address.

use uuid::Uuid;

use super::email_change::{self, LIFE, Side};
use super::jobs;
use super::repo::{self, AccountRow, EmailChangeRow};
use super::service::Identity;
use crate::base::db::{DbResult, PlatformTx};
use crate::base::i18n::Args;
use crate::base::kernel::id::AccountId;
use crate::base::mail::{Letter, Post, Recipient};

async fn found(tx: &mut PlatformTx, change: Uuid) -> DbResult<Option<(EmailChangeRow, AccountRow)>> {
    let Some(row) = repo::lock_email_change(tx, change).await? else { return Ok(None) };
    Ok(repo::account(tx, row.account.into()).await?.map(|account| (row, account)))
}

fn args<'a>(account: &'a AccountRow, row: &'a EmailChangeRow) -> Args<'a> {
    let args = Args::new().set("name", account.first_name.as_str()).set("new_email", row.new_email.as_str());
    args.set("hours", LIFE.num_hours())
}

/// To the new mailbox: is it yours? To somebody who has an account there already: somebody wanted it.
pub(super) async fn to_new(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    change: Uuid,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some((row, account)) = found(tx, change).await? else { return Ok(None) };
    if row.confirmed_at.is_some() {
        return Ok(None);
    }
    let footer = "mail-footer-address";
    if let Some(taken) = repo::account_by_email(tx, &row.new_email).await? {
        let args =
            Args::new().set("name", taken.first_name.as_str()).set("new_email", row.new_email.as_str());
        let page = jobs::page(post, jobs::lang(&taken), "mail-email-taken", &args, footer, "/login".into());
        return Ok(Some((jobs::recipient(&taken), page)));
    }
    let path = format!("/account/email-change?token={}", email_change::link(identity, &row, Side::New));
    let page = jobs::page(post, jobs::lang(&account), "mail-email-new", &args(&account, &row), footer, path);
    Ok(Some((Recipient { name: None, email: row.new_email.clone() }, page)))
}

/// To the old mailbox: do you agree?
pub(super) async fn to_old(
    tx: &mut PlatformTx,
    identity: &Identity,
    post: &Post,
    change: Uuid,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some((row, account)) = found(tx, change).await? else { return Ok(None) };
    if row.agreed_at.is_some() {
        return Ok(None);
    }
    let path = format!("/account/email-change?token={}", email_change::link(identity, &row, Side::Old));
    let (lang, args) = (jobs::lang(&account), args(&account, &row));
    let page = jobs::page(post, lang, "mail-email-old", &args, "mail-footer-account", path);
    let to = Recipient { name: Some(jobs::full_name(&account)), email: row.old_email.clone() };
    Ok(Some((to, page)))
}

/// To either mailbox: it is done.
pub(super) async fn done(
    tx: &mut PlatformTx,
    post: &Post,
    account: AccountId,
    to: String,
    new_email: &str,
) -> DbResult<Option<(Recipient, Letter)>> {
    let Some(account) = repo::account(tx, account).await? else { return Ok(None) };
    let args = Args::new().set("name", account.first_name.as_str()).set("new_email", new_email);
    let (lang, path) = (jobs::lang(&account), "/login".to_owned());
    let page = jobs::page(post, lang, "mail-email-changed", &args, "mail-footer-account", path);
    Ok(Some((Recipient { name: Some(jobs::full_name(&account)), email: to }, page)))
}
