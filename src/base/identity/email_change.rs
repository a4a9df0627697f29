//! Use cases of another address: it becomes the account's when those who read the new mailbox and those who read
//! the old one have both said yes.
//!
//! An address that was never confirmed is nobody's: the new side alone decides then.

use chrono::Duration;
use uuid::Uuid;

use super::IdentityError;
use super::actor::Actor;
use super::jobs::{Letter, SendLetter};
use super::repo::{self, AccountRow, EmailChangeRow};
use super::service::Identity;
use crate::base::db::{IdempotencyKey, PlatformTx};
use crate::base::kernel::id::AccountId;

/// How long both sides have to answer.
pub(super) const LIFE: Duration = Duration::hours(24);

/// Who answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Who reads the new mailbox.
    New,
    /// Who reads the old one.
    Old,
}

/// What a link's answer has led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answered {
    /// The other side has not answered yet.
    Waiting,
    /// The account has its new address.
    Done,
    /// Everything stays as it was.
    Refused,
}

impl Side {
    /// The purpose of this side's link.
    pub(super) const fn purpose(self) -> &'static str {
        match self {
            Self::New => "change-email-new",
            Self::Old => "change-email-old",
        }
    }

    /// What this side's link is for: it works once, for an answer changes it.
    pub(super) fn state(self, row: &EmailChangeRow) -> String {
        let answered = match self {
            Self::New => row.confirmed_at,
            Self::Old => row.agreed_at,
        };
        format!("{}/{}/{}", row.old_email, row.new_email, answered.is_some())
    }
}

impl Identity {
    /// Asks both sides of a change of address. Whether the new one has an account already is not told: its owner
    /// alone learns it, by mail.
    pub async fn ask_email_change(
        &self,
        actor: &Actor,
        new_email: &str,
        password: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), IdentityError> {
        let account = self.prove_password(actor.account, password).await?;
        if account.email == new_email {
            return Err(IdentityError::SameEmail);
        }
        let mut tx = self.db.platform().await?;
        if tx.attempt(key, actor.account.uuid()).await?.is_some() {
            return Ok(());
        }
        let id = tx.new_id::<crate::base::kernel::id::kind::Account>().uuid();
        // Nobody has proved to own an address that was never confirmed.
        let agreed_at = account.email_confirmed_at.is_none().then(|| tx.now());
        let row = EmailChangeRow {
            account: account.id,
            id,
            old_email: account.email,
            new_email: new_email.to_owned(),
            expires_at: tx.now() + LIFE,
            confirmed_at: None,
            agreed_at,
        };
        repo::begin_email_change(&mut tx, &row).await?;
        tx.enqueue(&SendLetter::new(Letter::NewAddress { change: id })).await?;
        if agreed_at.is_none() {
            tx.enqueue(&SendLetter::new(Letter::OldAddress { change: id })).await?;
        }
        tx.audit(actor.account, None, "account.email_asked", account.id).await?;
        Ok(tx.commit().await?)
    }

    /// The change that the account has under way.
    pub async fn email_change(&self, account: AccountId) -> Result<Option<EmailChangeRow>, IdentityError> {
        let mut tx = self.db.platform().await?;
        Ok(repo::email_change_of(&mut tx, account).await?)
    }

    /// Takes one's own wish for another address back.
    pub async fn cancel_email_change(&self, actor: &Actor) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        if repo::drop_email_change(&mut tx, actor.account).await? {
            tx.audit(actor.account, None, "account.email_cancelled", actor.account.uuid()).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What a link is about, and for which side it is; none when it works no more.
    pub async fn email_change_of_link(
        &self,
        token: &str,
    ) -> Result<Option<(EmailChangeRow, Side)>, IdentityError> {
        let mut tx = self.db.platform().await?;
        self.linked_change(&mut tx, token).await
    }

    async fn linked_change(
        &self,
        tx: &mut PlatformTx,
        token: &str,
    ) -> Result<Option<(EmailChangeRow, Side)>, IdentityError> {
        let Some(id) = self.tokens.link_id(token) else { return Ok(None) };
        let Some(row) = repo::lock_email_change(tx, id).await? else { return Ok(None) };
        let now = tx.now();
        let holds = |side: &Side| self.tokens.link_holds(side.purpose(), token, &side.state(&row), now);
        let side = [Side::New, Side::Old].into_iter().find(holds);
        Ok(side.map(|side| (row, side)))
    }

    /// Takes the answer of whoever has a link. A link works once.
    pub async fn answer_email_change(&self, token: &str, yes: bool) -> Result<Answered, IdentityError> {
        let mut tx = self.db.platform().await?;
        let (mut row, side) = self.linked_change(&mut tx, token).await?.ok_or(IdentityError::BadLink)?;
        let account = AccountId::from(row.account);
        if !yes {
            repo::drop_email_change(&mut tx, account).await?;
            tx.audit(account, None, "account.email_refused", row.account).await?;
            tx.commit().await?;
            return Ok(Answered::Refused);
        }
        match side {
            Side::New => row.confirmed_at = Some(tx.now()),
            Side::Old => row.agreed_at = Some(tx.now()),
        }
        if row.confirmed_at.is_none() || row.agreed_at.is_none() {
            repo::answer_email_change(&mut tx, &row).await?;
            tx.commit().await?;
            return Ok(Answered::Waiting);
        }
        self.change_email(tx, &row).await?;
        Ok(Answered::Done)
    }

    async fn change_email(&self, mut tx: PlatformTx, row: &EmailChangeRow) -> Result<(), IdentityError> {
        let account = AccountId::from(row.account);
        if !repo::set_email(&mut tx, row).await? {
            // Somebody has taken the address meanwhile: what was asked for can never come true.
            drop(tx);
            let mut tx = self.db.platform().await?;
            repo::drop_email_change(&mut tx, account).await?;
            tx.commit().await?;
            return Err(IdentityError::BadLink);
        }
        repo::drop_email_change(&mut tx, account).await?;
        repo::move_invitations(&mut tx, &row.old_email, &row.new_email).await?;
        tx.audit(account, None, "account.email", row.account).await?;
        for to in [&row.old_email, &row.new_email] {
            let letter = Letter::AddressChanged { account, to: to.clone(), new_email: row.new_email.clone() };
            tx.enqueue(&SendLetter::new(letter)).await?;
        }
        tx.commit().await?;
        self.actors.invalidate_all();
        Ok(())
    }

    /// The account, if this is its password: what is dangerous asks for it again.
    pub(super) async fn prove_password(
        &self,
        account: AccountId,
        password: &str,
    ) -> Result<AccountRow, IdentityError> {
        let mut tx = self.db.platform().await?;
        let row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadToken)?;
        drop(tx);
        let right = super::password::verify(password, Some(&row.password_hash)).await;
        if right.map_err(IdentityError::Internal)? { Ok(row) } else { Err(IdentityError::NotThePassword) }
    }
}

/// The link of one side.
pub(super) fn link(identity: &Identity, row: &EmailChangeRow, side: Side) -> String {
    let id: Uuid = row.id;
    identity.tokens.link(side.purpose(), id, row.expires_at, &side.state(row))
}
