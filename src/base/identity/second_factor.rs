//! Use cases of the second factor: set up, asked for at a login, replaced by a recovery code, taken away.
//!
//! A code is taken once, wrong ones are looked at ever more slowly, and every change is told by mail. While the
//! factor is enabled each session of the account was opened with it: enabling ends those before.

use chrono::Duration;

use super::IdentityError;
use super::actor::Actor;
use super::jobs::{Letter, SendLetter};
use super::notices::Notice;
use super::repo::{self, AccountRow, FactorRow};
use super::service::{Identity, Login};
use super::sessions::SessionKind;
use super::token::TEMPORARY_LIFE;
use super::totp;
use crate::base::db::PlatformTx;
use crate::base::kernel::id::AccountId;

/// The purpose of the token between the password and the code.
const LOGIN: &str = "second-factor";
/// The purpose of a recovery code's hash.
const RECOVERY: &str = "recovery-code";
/// How long a key waits for its first code.
const SET_UP_LIFE: Duration = Duration::hours(1);

/// What a right password leads to.
#[derive(Debug)]
pub enum Opened {
    /// A session.
    Session(Login),
    /// The question for a code; the token carries the answer.
    CodeNeeded { account: AccountRow, token: String },
}

/// How it stands with the second factor of an account.
#[derive(Debug)]
pub struct Standing {
    pub enabled_at: Option<chrono::DateTime<chrono::Utc>>,
    pub recovery_codes_left: i64,
    /// A key that waits for its first code.
    pub pending: Option<Key>,
}

/// A key for an app, which is shown to its owner until it is enabled.
#[derive(Debug)]
pub struct Key {
    /// In letters, to be typed.
    pub text: String,
    /// What a picture of it says.
    pub address: String,
}

/// What the token of a login stands for: another password or another factor makes it worthless.
fn login_state(account: &AccountRow, factor: &FactorRow) -> String {
    let enabled = factor.enabled_at.map(|at| at.timestamp_micros()).unwrap_or_default();
    format!("{}/{}/{enabled}", account.email, account.password_hash)
}

/// The account, locked, if its password is still the one that was proved.
async fn unchanged(tx: &mut PlatformTx, proved: AccountRow) -> Result<AccountRow, IdentityError> {
    let row = repo::lock_account(tx, proved.id.into()).await?;
    row.filter(|row| row.password_hash == proved.password_hash).ok_or(IdentityError::WrongCredentials)
}

impl Identity {
    /// Opens a session for a right password, or asks for the second factor.
    pub(super) async fn open(
        &self,
        account: AccountRow,
        agent: &str,
        kind: SessionKind,
    ) -> Result<Opened, IdentityError> {
        let mut tx = self.db.platform().await?;
        let account = unchanged(&mut tx, account).await?;
        let factor = repo::factor(&mut tx, account.id.into()).await?;
        let now = tx.now();
        let Some(factor) = factor.filter(|factor| factor.enabled_at.is_some()) else {
            return Ok(Opened::Session(self.open_session(tx, account, agent, kind).await?));
        };
        let state = login_state(&account, &factor);
        let token = self.tokens.link(LOGIN, account.id, now + TEMPORARY_LIFE, &state);
        Ok(Opened::CodeNeeded { account, token })
    }

    /// Opens the session that a right password has asked for, with a code.
    pub async fn login_with_code(
        &self,
        token: &str,
        code: &str,
        agent: &str,
        kind: SessionKind,
    ) -> Result<Login, IdentityError> {
        let account = self.tokens.link_id(token).map(AccountId::from).ok_or(IdentityError::BadToken)?;
        let mut tx = self.db.platform().await?;
        let row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadToken)?;
        let factor = repo::lock_factor(&mut tx, account).await?;
        let factor = factor.filter(|f| f.enabled_at.is_some()).ok_or(IdentityError::BadToken)?;
        if !self.tokens.link_holds(LOGIN, token, &login_state(&row, &factor), tx.now()) {
            return Err(IdentityError::BadToken);
        }
        self.take_code(tx, account, &factor, code).await?.commit().await?;
        let mut tx = self.db.platform().await?;
        let row = unchanged(&mut tx, row).await?;
        self.open_session(tx, row, agent, kind).await
    }

    /// Whether the token has the shape of one between password and code; what it is worth is seen with the code.
    pub fn may_be_of_login(&self, token: &str) -> bool {
        self.tokens.link_id(token).is_some()
    }

    /// How it stands with the account's second factor.
    pub async fn second_factor(&self, account: AccountId) -> Result<Standing, IdentityError> {
        let mut tx = self.db.platform().await?;
        let Some(factor) = repo::factor(&mut tx, account).await? else {
            return Ok(Standing { enabled_at: None, recovery_codes_left: 0, pending: None });
        };
        let recovery_codes_left = repo::recovery_codes_left(&mut tx, account).await?;
        let waits = factor.enabled_at.is_none() && tx.now() - factor.created_at < SET_UP_LIFE;
        let pending = if waits {
            let row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadToken)?;
            Some(shown(&self.opened_key(account, &factor)?, &row.email))
        } else {
            None
        };
        Ok(Standing { enabled_at: factor.enabled_at, recovery_codes_left, pending })
    }

    /// Makes a key for whoever knows the password; nothing is asked for until its first code was shown.
    pub async fn set_up_second_factor(&self, actor: &Actor, password: &str) -> Result<Key, IdentityError> {
        let row = self.prove_password(actor.account, password).await?;
        let key = totp::new_key();
        let sealed = self.tokens.keyring().seal(&seal_context(actor.account), &key);
        let sealed = sealed.ok_or_else(|| broken("cannot be sealed"))?;
        let mut tx = self.db.platform().await?;
        if !repo::begin_factor(&mut tx, actor.account, &sealed).await? {
            return Err(IdentityError::FactorStands);
        }
        tx.commit().await?;
        Ok(shown(&key, &row.email))
    }

    /// Asks for the factor from now on, if this is a code of its key. The recovery codes are told once. Sessions that
    /// the password alone has opened end.
    pub async fn enable_second_factor(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<Vec<String>, IdentityError> {
        let account = actor.account;
        let mut tx = self.db.platform().await?;
        repo::lock_account(&mut tx, account).await?;
        let factor = repo::lock_factor(&mut tx, account).await?.ok_or(IdentityError::NoFactor)?;
        if factor.enabled_at.is_some() {
            return Err(IdentityError::FactorStands);
        }
        if tx.now() - factor.created_at >= SET_UP_LIFE {
            return Err(IdentityError::NoFactor);
        }
        let key = self.opened_key(account, &factor)?;
        let step = totp::step_of(&key, &totp::typed(code), tx.now()).ok_or(IdentityError::WrongCode)?;
        repo::enable_factor(&mut tx, account, step).await?;
        let codes = self.new_recovery_codes(&mut tx, account).await?;
        let ended = repo::revoke_sessions(&mut tx, account, Some(actor.session)).await?;
        tell(&mut tx, account, Notice::SecondFactorOn, "second_factor.enable").await?;
        tx.commit().await?;
        self.forget(&ended).await;
        self.fresh(actor).await?;
        Ok(codes)
    }

    /// New recovery codes in place of those before, for whoever shows password and code.
    pub async fn renew_recovery_codes(
        &self,
        actor: &Actor,
        password: &str,
        code: &str,
    ) -> Result<Vec<String>, IdentityError> {
        let mut tx = self.proved(actor, password, code).await?;
        let codes = self.new_recovery_codes(&mut tx, actor.account).await?;
        tx.audit(actor.account, None, "second_factor.codes", actor.account.uuid()).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Asks for no second factor any more.
    pub async fn disable_second_factor(
        &self,
        actor: &Actor,
        password: &str,
        code: &str,
    ) -> Result<(), IdentityError> {
        let mut tx = self.proved(actor, password, code).await?;
        repo::drop_factor(&mut tx, actor.account).await?;
        tell(&mut tx, actor.account, Notice::SecondFactorOff, "second_factor.disable").await?;
        tx.commit().await?;
        self.actors.invalidate_all();
        Ok(())
    }

    /// Takes the second factor from the account of an address, for the installation's own commands: whoever asks has
    /// lost device and recovery codes. Every session ends. Whether there was one to take.
    pub async fn forget_second_factor(&self, email: &str) -> Result<bool, IdentityError> {
        let mut tx = self.db.platform().await?;
        let Some(row) = repo::account_by_email(&mut tx, &email.trim().to_lowercase()).await? else {
            return Ok(false);
        };
        let account = AccountId::from(row.id);
        if repo::lock_factor(&mut tx, account).await?.is_none() {
            return Ok(false);
        }
        repo::drop_factor(&mut tx, account).await?;
        let ended = repo::revoke_sessions(&mut tx, account, None).await?;
        tell(&mut tx, account, Notice::SecondFactorOff, "second_factor.forget").await?;
        tx.commit().await?;
        self.forget(&ended).await;
        Ok(true)
    }

    /// A transaction of somebody who has shown password and code.
    async fn proved(&self, actor: &Actor, password: &str, code: &str) -> Result<PlatformTx, IdentityError> {
        self.prove_password(actor.account, password).await?;
        let mut tx = self.db.platform().await?;
        let factor = repo::lock_factor(&mut tx, actor.account).await?;
        let factor = factor.filter(|f| f.enabled_at.is_some()).ok_or(IdentityError::NoFactor)?;
        self.take_code(tx, actor.account, &factor, code).await
    }

    /// Takes a code of the app or a recovery code, once. What was wrong is counted, whatever comes of the rest.
    async fn take_code(
        &self,
        mut tx: PlatformTx,
        account: AccountId,
        factor: &FactorRow,
        code: &str,
    ) -> Result<PlatformTx, IdentityError> {
        if let Some(until) = factor.blocked_until.filter(|until| *until > tx.now()) {
            return Err(IdentityError::CodesBlocked((until - tx.now()).num_seconds() + 1));
        }
        let typed = totp::typed(code);
        let right = if totp::is_of_app(&typed) {
            let key = self.opened_key(account, factor)?;
            let step = totp::step_of(&key, &typed, tx.now()).filter(|step| *step > factor.used_step);
            if let Some(step) = step {
                repo::use_step(&mut tx, account, step).await?;
            }
            step.is_some()
        } else {
            let used =
                repo::use_recovery_code(&mut tx, account, &self.recovery_hash(account, &typed)).await?;
            if used {
                repo::use_step(&mut tx, account, factor.used_step).await?;
                tell(&mut tx, account, Notice::RecoveryCode, "second_factor.recovery").await?;
            }
            used
        };
        if right {
            return Ok(tx);
        }
        let failures = factor.failures.saturating_add(1);
        let blocked_until = totp::wait_after(failures).map(|minutes| tx.now() + Duration::minutes(minutes));
        repo::fail_factor(&mut tx, account, failures, blocked_until).await?;
        if totp::tells(failures) {
            tell(&mut tx, account, Notice::Guessing, "second_factor.guessing").await?;
        }
        tx.commit().await?;
        Err(IdentityError::WrongCode)
    }

    async fn new_recovery_codes(
        &self,
        tx: &mut PlatformTx,
        account: AccountId,
    ) -> Result<Vec<String>, IdentityError> {
        let codes: Vec<String> = (0..totp::RECOVERY_CODES).map(|_| totp::recovery_code()).collect();
        let hash = |code: &String| self.recovery_hash(account, &totp::typed(code));
        repo::set_recovery_codes(tx, account, &codes.iter().map(hash).collect::<Vec<_>>()).await?;
        Ok(codes)
    }

    fn recovery_hash(&self, account: AccountId, typed: &str) -> Vec<u8> {
        self.tokens.keyring().mac(RECOVERY, format!("{account}/{typed}").as_bytes()).to_vec()
    }

    fn opened_key(&self, account: AccountId, factor: &FactorRow) -> Result<Vec<u8>, IdentityError> {
        let key = self.tokens.keyring().open(&seal_context(account), &factor.secret);
        key.ok_or_else(|| broken("cannot be opened"))
    }
}

fn seal_context(account: AccountId) -> String {
    format!("{account}/second-factor")
}

fn shown(key: &[u8], email: &str) -> Key {
    Key { text: totp::shown_key(key), address: totp::address(key, email) }
}

fn broken(how: &str) -> IdentityError {
    IdentityError::Internal(anyhow::anyhow!("the key of a second factor {how}"))
}

/// Records what has changed, and tells it by mail.
async fn tell(
    tx: &mut PlatformTx,
    account: AccountId,
    of: Notice,
    action: &'static str,
) -> Result<(), IdentityError> {
    tx.audit(account, None, action, account.uuid()).await?;
    tx.enqueue(&SendLetter::new(Letter::Notice { account, of })).await?;
    Ok(())
}
