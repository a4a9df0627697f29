//! Use cases of passwords: one that is forgotten, one that is changed.

use uuid::Uuid;

use super::actor::Actor;
use super::notices::Notice;
use super::repo;
use super::service::Identity;
use super::{IdentityError, jobs, password};
use crate::base::db::IdempotencyKey;
use crate::base::kernel::id::{AccountId, SessionId};

impl Identity {
    /// Mails a link that sets a new password, if the address has an account; nobody learns whether.
    pub async fn request_reset(
        &self,
        email: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        if tx.attempt(key, Uuid::nil()).await?.is_some() {
            return Ok(());
        }
        // The job looks the account up: known and unknown addresses cost this request the same.
        tx.enqueue(&jobs::SendLetter::new(jobs::Letter::Reset { email: email.to_owned() })).await?;
        Ok(tx.commit().await?)
    }

    /// Whether a mailed link still sets a new password. A false one looks like one that is over.
    pub(super) async fn resets(&self, token: &str) -> Result<bool, IdentityError> {
        let Some(account) = self.tokens.link_id(token).map(AccountId::from) else { return Ok(false) };
        let mut tx = self.db.platform().await?;
        let row = repo::account(&mut tx, account).await?;
        let state = row.map(|row| jobs::reset_state(&row));
        Ok(state.is_some_and(|state| self.tokens.link_holds(jobs::RESET, token, &state, tx.now())))
    }

    /// Sets a new password by a mailed link and ends every session.
    pub async fn reset_password(&self, token: &str, new_password: &str) -> Result<(), IdentityError> {
        let account = self.tokens.link_id(token).map(AccountId::from).ok_or(IdentityError::BadLink)?;
        let mut tx = self.db.platform().await?;
        let row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadLink)?;
        let now = tx.now();
        drop(tx);
        if !self.tokens.link_holds(jobs::RESET, token, &jobs::reset_state(&row), now) {
            return Err(IdentityError::BadLink);
        }
        // Whoever reads the address's mail owns the address.
        self.replace_password(account, &row.password_hash, new_password, None, true).await
    }

    /// Changes the password of somebody who knows the old one, and ends the other sessions.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        let row = repo::account(&mut tx, actor.account).await?.ok_or(IdentityError::BadToken)?;
        drop(tx);
        if !password::verify(old, Some(&row.password_hash)).await.map_err(IdentityError::Internal)? {
            return Err(IdentityError::WrongPassword);
        }
        self.replace_password(actor.account, &row.password_hash, new, Some(actor.session), false).await
    }

    async fn replace_password(
        &self,
        account: AccountId,
        before: &str,
        new: &str,
        keep: Option<SessionId>,
        confirms: bool,
    ) -> Result<(), IdentityError> {
        let hash = password::hash(new).await.map_err(IdentityError::Internal)?;
        let mut tx = self.db.platform().await?;
        let row = repo::lock_account(&mut tx, account).await?.ok_or(IdentityError::BadLink)?;
        if row.password_hash != before {
            return Err(IdentityError::BadLink);
        }
        repo::set_password(&mut tx, account, &hash).await?;
        repo::drop_email_change(&mut tx, account).await?;
        if confirms && row.email_confirmed_at.is_none() {
            // Whoever claimed the address before it was proved has arranged nothing for its owner.
            repo::drop_factor(&mut tx, account).await?;
            repo::set_erase_at(&mut tx, account, None).await?;
        }
        if confirms {
            repo::confirm_email(&mut tx, account).await?;
        }
        let ended = repo::revoke_sessions(&mut tx, account, keep).await?;
        tx.audit(account, None, "account.password", account.uuid()).await?;
        tx.enqueue(&jobs::SendLetter::new(jobs::Letter::Notice { account, of: Notice::Password })).await?;
        tx.commit().await?;
        self.forget(&ended).await;
        Ok(())
    }
}
