//! Use cases of one's own account: reading it, changing it, having its address confirmed.

use super::repo::{self, AccountRow};
use super::service::Identity;
use super::{IdentityError, jobs};
use crate::base::db::IdempotencyKey;
use crate::base::i18n::Lang;
use crate::base::kernel::id::AccountId;
use crate::base::kernel::version::Expected;

/// What changes about a profile; what is left out stays.
#[derive(Debug, Default)]
pub struct Profile {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<Lang>,
    /// What the names of the photo's files begin with; empty is no photo.
    pub photo: Option<String>,
}

impl Identity {
    /// The account of somebody who is logged in.
    pub async fn account(&self, account: AccountId) -> Result<AccountRow, IdentityError> {
        let mut tx = self.db.platform().await?;
        repo::account(&mut tx, account).await?.ok_or(IdentityError::BadToken)
    }

    /// Changes names, phone, language and photo; tells which photo was there before.
    pub async fn change_profile(
        &self,
        account: AccountId,
        change: Profile,
        expected: &Expected,
        key: Option<&IdempotencyKey>,
    ) -> Result<(AccountRow, String), IdentityError> {
        let mut tx = self.db.platform().await?;
        let done = tx.attempt(key, account.uuid()).await?.is_some();
        let mut row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadToken)?;
        let before = row.photo.clone();
        if done {
            return Ok((row, before));
        }
        if !expected.allows(row.version) {
            return Err(IdentityError::Stale);
        }
        row.first_name = change.first_name.unwrap_or(row.first_name);
        row.last_name = change.last_name.unwrap_or(row.last_name);
        row.phone = change.phone.unwrap_or(row.phone);
        row.photo = change.photo.unwrap_or(row.photo);
        row.locale = change.locale.map_or(row.locale, |lang| lang.code().to_owned());
        if !repo::update_profile(&mut tx, &row).await? {
            return Err(IdentityError::Stale);
        }
        row.version += 1;
        tx.commit().await?;
        Ok((row, before))
    }

    /// Whether a mailed link still confirms an address. One that was used, or is false, looks like one that is over.
    pub(super) async fn confirms(&self, token: &str) -> Result<bool, IdentityError> {
        let Some(account) = self.tokens.link_id(token).map(AccountId::from) else { return Ok(false) };
        let mut tx = self.db.platform().await?;
        let row = repo::account(&mut tx, account).await?.filter(|row| row.email_confirmed_at.is_none());
        Ok(row.is_some_and(|row| self.tokens.link_holds(jobs::CONFIRM, token, &row.email, tx.now())))
    }

    /// Sends the link that confirms the address again.
    pub async fn send_confirmation(
        &self,
        account: AccountId,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        if tx.attempt(key, account.uuid()).await?.is_some() {
            return Ok(());
        }
        tx.enqueue(&jobs::SendLetter::new(jobs::Letter::Confirm { account })).await?;
        Ok(tx.commit().await?)
    }
}
