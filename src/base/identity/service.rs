//! Use cases of identity: accounts, sessions, and the permission to do something.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Duration as Span, Utc};
use tokio::sync::Semaphore;

use super::actor::{Actor, Assignment};
use super::api_keys::Program;
use super::organization_export::COPIES;
use super::repo::{self, AccountRow};
use super::roles::{EventRole, MemberRole};
use super::second_factor::Opened;
use super::sessions::{SessionKind, USE_KNOWN};
use super::token::{Claims, SESSION_LIFE, Tokens, Use};
use super::{IdentityError, jobs, password};
use crate::base::db::{Db, DbError, IdempotencyKey, PlatformTx};
use crate::base::i18n::Lang;
use crate::base::kernel::id::{AccountId, EventId, OrganizationId, OrganizationNumber, SessionId};
use crate::base::kernel::random;
use crate::base::tenancy::Tenancy;

/// How long a revoked session or a taken role may still count in another process: less than the two seconds within which
/// every process knows of every change.
const CACHED: Duration = Duration::from_millis(1_500);
/// A lost answer to a refresh may be asked for again within this time.
const REFRESH_AGAIN: Span = Span::seconds(30);

/// Accounts, sessions and permissions.
#[derive(Clone)]
pub struct Identity {
    pub(super) db: Db,
    pub(super) tenancy: Tenancy,
    pub(super) tokens: Tokens,
    pub(super) actors: moka::future::Cache<SessionId, Arc<Actor>>,
    pub(super) programs: moka::future::Cache<[u8; 32], Option<Arc<Program>>>,
    /// Turns of those who take a copy of their organization.
    pub(super) copies: Arc<Semaphore>,
}

/// What a new account says about itself.
#[derive(Debug)]
pub struct NewAccount {
    pub email: String,
    pub password: String,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub locale: Lang,
}

/// The tokens of a session.
#[derive(Debug)]
pub struct TokenPair {
    pub access: String,
    pub refresh: String,
}

/// What new tokens are about.
pub(super) struct Renewed {
    pub account: AccountId,
    pub session: SessionId,
    pub serial: i32,
    pub organization: Option<OrganizationId>,
    /// The event that the session was pointed at, and the role that the account still has there.
    pub event: Option<EventId>,
    pub role: Option<EventRole>,
}

/// A login that worked.
#[derive(Debug)]
pub struct Login {
    pub account: AccountRow,
    pub session: SessionId,
    pub organization: Option<OrganizationId>,
    pub memberships: Vec<(OrganizationNumber, MemberRole)>,
    /// Roles given in single events, as against those by membership.
    pub assignments: Vec<Assignment>,
}

impl Identity {
    pub fn new(db: Db, tenancy: Tenancy, tokens: Tokens) -> Self {
        let actors = moka::future::Cache::builder().max_capacity(50_000).time_to_live(CACHED).build();
        let programs = moka::future::Cache::builder().max_capacity(10_000).time_to_live(CACHED).build();
        let copies = Arc::new(Semaphore::new(COPIES));
        Self { db, tenancy, tokens, actors, programs, copies }
    }

    /// Makes an account and mails a link that confirms its address. For an address that already has one the
    /// answer is the same, and the mail tells its owner.
    pub async fn register(
        &self,
        new: NewAccount,
        key: Option<&IdempotencyKey>,
    ) -> Result<AccountRow, IdentityError> {
        let hash = password::hash(&new.password).await.map_err(IdentityError::Internal)?;
        let mut tx = self.db.platform().await?;
        let row = new_row(&tx, new, hash);
        if let Some(made) = tx.attempt(key, row.id).await? {
            // The same body says the same about itself, whether or not it made an account.
            return Ok(AccountRow { id: made, ..row });
        }
        let job = if repo::insert_account(&mut tx, &row).await? {
            jobs::Letter::Confirm { account: row.id.into() }
        } else {
            jobs::Letter::AlreadyRegistered { email: row.email.clone() }
        };
        tx.enqueue(&jobs::SendLetter::new(job)).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Makes an account whose address needs no confirmation, for the installation's own commands. `None` when
    /// the address has one already.
    pub async fn create_confirmed(&self, new: NewAccount) -> Result<Option<AccountId>, IdentityError> {
        let hash = password::hash(&new.password).await.map_err(IdentityError::Internal)?;
        let mut tx = self.db.platform().await?;
        let row = AccountRow { email_confirmed_at: Some(tx.now()), ..new_row(&tx, new, hash) };
        let made = repo::insert_account(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(made.then(|| row.id.into()))
    }

    /// Sends the mail of a sign-up again, to whoever has the address; nobody learns whether it has an account.
    pub async fn send_again(&self, email: &str) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        tx.enqueue(&jobs::SendLetter::new(jobs::Letter::Again { email: email.to_owned() })).await?;
        Ok(tx.commit().await?)
    }

    /// Confirms the address that the link was sent to.
    pub async fn confirm_email(
        &self,
        token: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<AccountRow, IdentityError> {
        let account = self.tokens.link_id(token).map(AccountId::from).ok_or(IdentityError::BadLink)?;
        let mut tx = self.db.platform().await?;
        let done = tx.attempt(key, account.uuid()).await?.is_some();
        let row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadLink)?;
        if done {
            return Ok(row);
        }
        if !self.tokens.link_holds(jobs::CONFIRM, token, &row.email, tx.now()) {
            return Err(IdentityError::BadLink);
        }
        repo::confirm_email(&mut tx, account).await?;
        let row = repo::account(&mut tx, account).await?.ok_or(IdentityError::BadLink)?;
        tx.commit().await?;
        self.actors.invalidate_all();
        Ok(row)
    }

    /// Opens a session, or asks for the second factor. Unknown address and wrong password look and cost the same.
    pub async fn login(
        &self,
        email: &str,
        password: &str,
        user_agent: &str,
        kind: SessionKind,
    ) -> Result<Opened, IdentityError> {
        let mut tx = self.db.platform().await?;
        let account = repo::account_by_email(&mut tx, email).await?;
        // No connection is held while the password is hashed.
        drop(tx);
        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        let right = password::verify(password, hash).await.map_err(IdentityError::Internal)?;
        let Some(account) = account.filter(|_| right) else { return Err(IdentityError::WrongCredentials) };
        self.open(account, user_agent, kind).await
    }

    /// The tokens of a session that names an organization and perhaps an event.
    pub fn tokens(
        &self,
        account: AccountId,
        session: SessionId,
        serial: i32,
        organization: Option<OrganizationId>,
        event: Option<(EventId, EventRole)>,
    ) -> Result<TokenPair, IdentityError> {
        let mut claims = Claims::new(account, session, Use::Access, self.db.clock().now());
        claims.org = organization;
        claims.event = event.map(|(event, _)| event);
        claims.role = event.map(|(_, role)| role.code().to_owned());
        let access = self.tokens.write(&claims).ok_or_else(unsignable)?;
        Ok(TokenPair { access, refresh: self.tokens.refresh(session, serial) })
    }

    /// The token that can only choose an event.
    pub fn temporary_token(&self, account: AccountId, session: SessionId) -> Result<String, IdentityError> {
        let claims = Claims::new(account, session, Use::SelectEvent, self.db.clock().now());
        self.tokens.write(&claims).ok_or_else(unsignable)
    }

    /// When a token of either kind runs out, if it is good now.
    pub async fn verify_token(&self, token: &str) -> Result<DateTime<Utc>, IdentityError> {
        let now = self.db.clock().now();
        if let Some(claims) = self.tokens.read(token, now).filter(|claims| claims.purpose == Use::Access) {
            self.actor(&claims).await?;
            return DateTime::from_timestamp(claims.exp, 0).ok_or(IdentityError::BadToken);
        }
        let (session, serial) = self.tokens.read_refresh(token).ok_or(IdentityError::BadToken)?;
        let mut tx = self.db.platform().await?;
        let row = repo::session(&mut tx, session).await?.ok_or(IdentityError::BadToken)?;
        let good = row.serial == serial && row.revoked_at.is_none() && row.expires_at > now;
        if good { Ok(row.expires_at) } else { Err(IdentityError::BadToken) }
    }

    /// Spends a refresh token for new tokens. The one before the newest gets the same successor for 30 seconds; an
    /// older one was stolen or kept too long, and ends the session.
    pub(super) async fn renew(&self, token: &str) -> Result<Renewed, IdentityError> {
        let (session, serial) = self.tokens.read_refresh(token).ok_or(IdentityError::BadToken)?;
        let mut tx = self.db.platform().await?;
        let row = repo::lock_session(&mut tx, session).await?.ok_or(IdentityError::BadToken)?;
        if row.revoked_at.is_some() || row.expires_at <= tx.now() {
            return Err(IdentityError::BadToken);
        }
        let repeated = serial + 1 == row.serial && tx.now() - row.rotated_at <= REFRESH_AGAIN;
        let next = match serial {
            serial if serial == row.serial => {
                let expires_at = tx.now() + SESSION_LIFE;
                repo::rotate_session(&mut tx, session, expires_at).await?;
                row.serial + 1
            }
            _ if repeated => row.serial,
            _ => {
                repo::revoke_session(&mut tx, session).await?;
                tx.audit(row.account.into(), None, "session.stolen", session.uuid()).await?;
                tx.commit().await?;
                self.actors.invalidate(&session).await;
                return Err(IdentityError::BadToken);
            }
        };
        let account = AccountId::from(row.account);
        let event = row.event.map(EventId::from);
        let role = match event {
            Some(event) => {
                let (memberships, assignments) = read_roles(repo::roles(&mut tx, account).await?);
                super::entry::role_in(&memberships, &assignments, event)
            }
            None => None,
        };
        tx.commit().await?;
        let organization = self.organization_id(row.organization.map(OrganizationNumber)).await?;
        Ok(Renewed { account, session, serial: next, organization, event, role })
    }

    /// Ends the session.
    pub async fn logout(&self, actor: &Actor) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        repo::revoke_session(&mut tx, actor.session).await?;
        tx.commit().await?;
        self.actors.invalidate(&actor.session).await;
        Ok(())
    }

    /// The account behind a badge, and its address if that is proved to be its.
    pub async fn account_of_badge(
        &self,
        badge: &str,
    ) -> Result<Option<(AccountId, Option<String>)>, IdentityError> {
        let mut tx = self.db.platform().await?;
        Ok(repo::account_by_badge(&mut tx, badge).await?)
    }

    /// Points the session at an organization of its account; the tokens that follow name it.
    pub async fn select_organization(
        &self,
        actor: &Actor,
        organization: OrganizationId,
    ) -> Result<TokenPair, IdentityError> {
        let scope = self.tenancy.scope_of_organization(organization).await?.ok_or(IdentityError::Stranger)?;
        let actor = self.fresh(actor).await?;
        let number = scope.number();
        let belongs = actor.member_role(number).is_some()
            || actor.assignments.iter().any(|assignment| assignment.organization == number);
        if !belongs {
            return Err(IdentityError::Stranger);
        }
        self.point(&actor, Some(number), None, false).await
    }

    /// Points the session at an event in which its account is this, and at the organization that it works for there.
    pub(super) async fn select_event(
        &self,
        actor: &Actor,
        event: (EventId, EventRole),
        organization: Option<OrganizationNumber>,
        once: bool,
    ) -> Result<TokenPair, IdentityError> {
        let actor = self.fresh(actor).await?;
        self.point(&actor, organization, Some(event), once).await
    }

    /// Notes the event that a login was about, and the organization if it says so: tokens that follow name them too.
    pub(super) async fn name_event(
        &self,
        session: SessionId,
        event: EventId,
        organization: Option<OrganizationNumber>,
    ) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        repo::name_event(&mut tx, session, event, organization).await?;
        Ok(tx.commit().await?)
    }

    /// Whether the login of the session still leaves the choice of an event.
    pub(super) async fn may_choose_event(&self, session: SessionId) -> Result<(), IdentityError> {
        let mut tx = self.db.platform().await?;
        if repo::has_chosen_event(&mut tx, session).await? { Err(IdentityError::BadToken) } else { Ok(()) }
    }

    async fn point(
        &self,
        actor: &Actor,
        organization: Option<OrganizationNumber>,
        event: Option<(EventId, EventRole)>,
        once: bool,
    ) -> Result<TokenPair, IdentityError> {
        let mut tx = self.db.platform().await?;
        let row = repo::lock_session(&mut tx, actor.session).await?.ok_or(IdentityError::BadToken)?;
        if once && !repo::choose_event(&mut tx, actor.session).await? {
            return Err(IdentityError::BadToken);
        }
        repo::point_session(
            &mut tx,
            actor.session,
            actor.account,
            organization,
            event.map(|(event, _)| event),
        )
        .await?;
        tx.commit().await?;
        // The session's next page is about what was chosen.
        self.actors.invalidate(&actor.session).await;
        let organization = self.organization_id(organization).await?;
        self.tokens(actor.account, actor.session, row.serial, organization, event)
    }

    /// The names of those who did something, people and programs, as an audit tells it.
    pub async fn names(&self, accounts: &[AccountId]) -> Result<HashMap<AccountId, String>, IdentityError> {
        let ids: Vec<uuid::Uuid> = accounts.iter().map(|id| id.uuid()).collect();
        let mut tx = self.db.platform().await?;
        Ok(repo::names(&mut tx, &ids).await?.into_iter().map(|(id, name)| (id.into(), name)).collect())
    }

    /// The roles in organizations, as they are now.
    pub async fn memberships(
        &self,
        actor: &Actor,
    ) -> Result<Vec<(OrganizationNumber, MemberRole)>, IdentityError> {
        Ok(self.fresh(actor).await?.memberships.clone())
    }

    pub(super) async fn organization_id(
        &self,
        number: Option<OrganizationNumber>,
    ) -> Result<Option<OrganizationId>, DbError> {
        let Some(number) = number else { return Ok(None) };
        Ok(self.tenancy.scope_of_number(number).await?.map(|scope| scope.organization().id))
    }

    /// The person behind an access token's text, for the installation's own commands.
    pub async fn actor_of_token(&self, token: &str) -> Result<Option<Arc<Actor>>, IdentityError> {
        match self.tokens.read(token, self.db.clock().now()) {
            Some(claims) => Ok(Some(self.actor(&claims).await?)),
            None => Ok(None),
        }
    }

    /// The person behind an access token of ours, if the session still lives.
    pub(super) async fn actor(&self, claims: &Claims) -> Result<Arc<Actor>, IdentityError> {
        self.of_session(claims.sid).await
    }

    /// The person or program as they are now, if session or key still live.
    pub(super) async fn again(&self, actor: &Actor) -> Result<Arc<Actor>, IdentityError> {
        if let Some(key) = &actor.key {
            return self.still_program(actor, key).await;
        }
        self.of_session(actor.session).await
    }

    async fn of_session(&self, session: SessionId) -> Result<Arc<Actor>, IdentityError> {
        match self.actors.get(&session).await {
            Some(actor) => Ok(actor),
            None => self.load(session).await,
        }
    }

    pub(super) async fn load(&self, session: SessionId) -> Result<Arc<Actor>, IdentityError> {
        let mut tx = self.db.platform().await?;
        let row = repo::session(&mut tx, session).await?.ok_or(IdentityError::BadToken)?;
        if row.revoked_at.is_some() || row.expires_at <= tx.now() {
            self.actors.invalidate(&session).await;
            return Err(IdentityError::BadToken);
        }
        let account = repo::account(&mut tx, row.account.into()).await?.ok_or(IdentityError::BadToken)?;
        let (memberships, assignments) = read_roles(repo::roles(&mut tx, row.account.into()).await?);
        if row.used_at.is_none_or(|at| tx.now() - at > USE_KNOWN) {
            repo::touch_session(&mut tx, session).await?;
            tx.commit().await?;
        }
        let actor = Arc::new(Actor {
            account: row.account.into(),
            session,
            key: None,
            working_in: row.organization.map(OrganizationNumber),
            session_ends: row.expires_at,
            email: account.email,
            first_name: account.first_name,
            last_name: account.last_name,
            locale: Lang::parse(&account.locale).unwrap_or_default(),
            email_confirmed: account.email_confirmed_at.is_some(),
            second_factor: row.second_factor,
            photo: super::photo::address(account.id, &account.photo, true),
            erase_at: account.erase_at,
            memberships,
            assignments,
        });
        self.actors.insert(session, actor.clone()).await;
        Ok(actor)
    }

    /// The person as they are now, also for who asks next.
    pub(super) async fn fresh(&self, actor: &Actor) -> Result<Arc<Actor>, IdentityError> {
        // A key never changes; it is revoked.
        if actor.key.is_some() {
            return Ok(Arc::new(actor.clone()));
        }
        self.load(actor.session).await
    }
}

fn unsignable() -> IdentityError {
    IdentityError::Internal(anyhow::anyhow!("the token cannot be signed"))
}

fn new_row(tx: &PlatformTx, new: NewAccount, password_hash: String) -> AccountRow {
    AccountRow {
        id: tx.new_id::<crate::base::kernel::id::kind::Account>().uuid(),
        email: new.email,
        password_hash,
        first_name: new.first_name,
        last_name: new.last_name,
        phone: new.phone,
        locale: new.locale.code().to_owned(),
        badge: format!("MKPL-{}", random::code::<12>()),
        email_confirmed_at: None,
        last_organization: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
        photo: String::new(),
        erase_at: None,
    }
}

/// Splits roles into those in organizations and those in events. A code that this program does not know
/// gives no right.
pub(super) fn read_roles(
    rows: Vec<(OrganizationNumber, Option<EventId>, String)>,
) -> (Vec<(OrganizationNumber, MemberRole)>, Vec<Assignment>) {
    let (mut memberships, mut assignments) = (Vec::new(), Vec::new());
    for (organization, event, code) in rows {
        match event {
            None => memberships.extend(MemberRole::parse(&code).map(|role| (organization, role))),
            Some(event) => {
                assignments.extend(EventRole::parse(&code).map(|role| Assignment {
                    organization,
                    event,
                    role,
                }));
            }
        }
    }
    (memberships, assignments)
}

/// The only organization of the account, else the last one used.
pub(super) fn default_organization(
    account: &AccountRow,
    memberships: &[(OrganizationNumber, MemberRole)],
    assignments: &[Assignment],
) -> Option<OrganizationNumber> {
    match memberships {
        [(only, _)] => Some(*only),
        // Whoever works at events alone works where those are.
        [] => {
            let first = assignments.first()?.organization;
            assignments.iter().all(|role| role.organization == first).then_some(first)
        }
        several => {
            let last = account.last_organization.map(OrganizationNumber)?;
            several.iter().map(|(number, _)| *number).find(|number| *number == last)
        }
    }
}
