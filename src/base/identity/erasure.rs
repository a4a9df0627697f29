//! Use cases of the end of an account: asked for with the password, a week to change one's mind, then a job.
//!
//! What organizations keep of money stays, and names nobody any more. Each organization is one transaction of its
//! own, then the platform; every step may be done again, so a crash leaves work that the next run ends.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::jobs::{Letter, SendLetter};
use super::personal::{PersonalRecords, Subject};
use super::repo;
use super::service::Identity;
use super::{IdentityError, password, photo};
use crate::base::db::IdempotencyKey;
use crate::base::files::Files;
use crate::base::jobs::{Job, JobError, Priority};
use crate::base::kernel::id::AccountId;
use crate::base::kernel::random;

/// How long an account waits for its end.
pub(super) const DELAY: Duration = Duration::days(7);
/// The purpose of the link that keeps the account.
const KEEP: &str = "keep-account";

/// Ends an account whose time has come.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EraseAccount {
    pub account: AccountId,
}

impl Job for EraseAccount {
    const KIND: &'static str = "identity.erase";
    const PRIORITY: Priority = Priority::Background;

    fn unique_key(&self) -> Option<String> {
        Some(self.account.to_string())
    }
}

/// Looks for accounts whose time has come.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EraseDue {}

impl Job for EraseDue {
    const KIND: &'static str = "identity.erase_due";
    const PRIORITY: Priority = Priority::Background;
}

impl Identity {
    /// Asks for the end of one's own account. Who owns an organization alone hands it over first.
    pub async fn ask_erasure(
        &self,
        actor: &Actor,
        password: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<DateTime<Utc>, IdentityError> {
        let account = actor.account;
        self.prove_password(account, password).await?;
        let mut tx = self.db.platform().await?;
        let done = tx.attempt(key, account.uuid()).await?.is_some();
        if let Some(at) = repo::erase_at(&mut tx, account).await? {
            // Asking again does not put it off.
            return Ok(at);
        }
        let at = tx.now() + DELAY;
        if done {
            return Ok(at);
        }
        let alone = repo::owned_alone(&mut tx, account).await?;
        if !alone.is_empty() {
            return Err(IdentityError::LastOwner(alone));
        }
        repo::set_erase_at(&mut tx, account, Some(at)).await?;
        tx.audit(account, None, "account.erase_asked", account.uuid()).await?;
        tx.enqueue(&SendLetter::new(Letter::ErasureAsked { account })).await?;
        tx.commit().await?;
        Ok(at)
    }

    /// When the account is to end, if it is.
    pub async fn erasure(&self, account: AccountId) -> Result<Option<DateTime<Utc>>, IdentityError> {
        let mut tx = self.db.platform().await?;
        Ok(repo::erase_at(&mut tx, account).await?)
    }

    /// Keeps the account after all.
    pub async fn keep_account(&self, account: AccountId) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        if repo::erase_at(&mut tx, account).await?.is_some()
            && repo::set_erase_at(&mut tx, account, None).await?
        {
            tx.audit(account, None, "account.erase_cancelled", account.uuid()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The account that a mail's link keeps, while there is anything to keep it from.
    pub async fn kept_by_link(&self, token: &str) -> Result<Option<AccountId>, IdentityError> {
        let Some(account) = self.tokens.link_id(token).map(AccountId::from) else { return Ok(None) };
        let mut tx = self.db.platform().await?;
        let Some(at) = repo::erase_at(&mut tx, account).await? else { return Ok(None) };
        Ok(self.tokens.link_holds(KEEP, token, &keep_state(at), tx.now()).then_some(account))
    }

    /// The link that keeps the account.
    pub(super) fn keep_link(&self, account: AccountId, at: DateTime<Utc>) -> String {
        self.tokens.link(KEEP, account.uuid(), at, &keep_state(at))
    }
}

fn keep_state(at: DateTime<Utc>) -> String {
    at.timestamp_micros().to_string()
}

/// Gives every account that is due a job of its own.
pub(super) async fn look_for_due(identity: &Identity) -> Result<(), JobError> {
    let mut tx = identity.db.platform().await?;
    for account in repo::due_to_erase(&mut tx).await? {
        tx.enqueue(&EraseAccount { account }).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends the account: first nobody logs in any more, then each organization forgets the person, then the platform.
pub(super) async fn erase(
    identity: &Identity,
    records: &dyn PersonalRecords,
    files: &Files,
    account: AccountId,
) -> Result<(), JobError> {
    let Some(who) = begin(identity, account).await? else { return Ok(()) };
    let subject = Subject::from(&who);
    let (mut after, mut failure) = (0, None);
    loop {
        let scopes =
            identity.organizations_after(after).await.map_err(|error| JobError::Retry(error.into()))?;
        let Some(last) = scopes.last() else { break };
        after = last.number().0;
        for scope in &scopes {
            // One that waits for its migration keeps the others from nothing.
            if let Err(error) = records.erase(scope, &subject).await {
                failure = Some(error);
            }
        }
    }
    if let Some(failure) = failure {
        return Err(failure.into());
    }
    let mut tx = identity.db.platform().await?;
    let badge = format!("MKPL-{}", random::code::<12>());
    // Invitations belong to whoever has proved the address.
    if !repo::finish_erasure(&mut tx, account, subject.email.as_deref(), &badge).await? {
        return Ok(());
    }
    tx.audit(account, None, "account.erase", account.uuid()).await?;
    let (email, lang) = (who.email.clone(), who.locale.clone());
    tx.enqueue(&SendLetter::new(Letter::Erased { email, lang })).await?;
    tx.commit().await?;
    photo::forget(files, who.id, &who.photo).await;
    identity.actors.invalidate_all();
    Ok(())
}

/// None when there is nothing to do: the account was kept, has ended, or owns an organization alone meanwhile.
async fn begin(identity: &Identity, account: AccountId) -> Result<Option<repo::AccountRow>, JobError> {
    // Nobody knows it, and a login with the old one costs what it did.
    let unknown = password::hash(&random::token()).await?;
    let mut tx = identity.db.platform().await?;
    let Some(row) = repo::account(&mut tx, account).await? else { return Ok(None) };
    if !repo::begin_erasure(&mut tx, account, &unknown).await? {
        return Ok(None);
    }
    if !repo::owned_alone(&mut tx, account).await?.is_empty() {
        // Dropped: it begins as little as it ends.
        drop(tx);
        let mut tx = identity.db.platform().await?;
        repo::set_erase_at(&mut tx, account, None).await?;
        tx.enqueue(&SendLetter::new(Letter::ErasureRefused { account })).await?;
        tx.commit().await?;
        return Ok(None);
    }
    repo::drop_memberships(&mut tx, account).await?;
    let ended = repo::revoke_sessions(&mut tx, account, None).await?;
    tx.commit().await?;
    identity.forget(&ended).await;
    Ok(Some(row))
}
