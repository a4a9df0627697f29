//! SQL of accounts, sessions and roles.

mod api_keys;
mod audit;
mod email_change;
mod members;
mod personal;
mod second_factor;
mod sessions;
mod tables;

pub use api_keys::ApiKeyRow;
pub(super) use api_keys::*;
pub use audit::AuditRow;
pub(super) use audit::*;
pub use email_change::EmailChangeRow;
pub(super) use email_change::*;
pub(super) use members::*;
pub use members::{InvitationRow, MemberRow};
pub use personal::DataExportRow;
pub(super) use personal::*;
pub(super) use second_factor::*;
pub use sessions::OpenSession;
pub(super) use sessions::*;
pub(super) use tables::*;
pub use tables::{COPIED_TABLES, COPIED_WITHOUT};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::{AccountId, EventId, OrganizationNumber, SessionId};

/// An account as it is stored.
#[derive(Clone, Debug)]
pub struct AccountRow {
    pub id: Uuid,
    pub email: String,
    pub password_hash: String,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub locale: String,
    pub badge: String,
    pub email_confirmed_at: Option<DateTime<Utc>>,
    pub last_organization: Option<i32>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
    /// What the names of the photo's files begin with; empty when there is none.
    pub photo: String,
    /// When it ends, where its owner has asked for it.
    pub erase_at: Option<DateTime<Utc>>,
}

pub(super) async fn account(tx: &mut PlatformTx, id: AccountId) -> DbResult<Option<AccountRow>> {
    Ok(sqlx::query_as!(
        AccountRow,
        "SELECT id, email, password_hash, first_name, last_name, phone, locale, badge, email_confirmed_at,
                last_organization, created_at, updated_at, version, photo, erase_at FROM platform.account WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// As [`account`]; nobody changes it, and nobody logs in, before the present transaction ends.
pub(super) async fn lock_account(tx: &mut PlatformTx, id: AccountId) -> DbResult<Option<AccountRow>> {
    sqlx::query!("SELECT FROM platform.account WHERE id = $1 FOR NO KEY UPDATE", id.uuid())
        .fetch_optional(tx.conn())
        .await?;
    // A statement of its own sees what whoever was waited for has written.
    account(tx, id).await
}

pub(super) async fn account_by_email(tx: &mut PlatformTx, email: &str) -> DbResult<Option<AccountRow>> {
    Ok(sqlx::query_as!(
        AccountRow,
        "SELECT id, email, password_hash, first_name, last_name, phone, locale, badge, email_confirmed_at,
                last_organization, created_at, updated_at, version, photo, erase_at FROM platform.account WHERE email = $1",
        email
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The account of a badge, and its address if that is proved to be its.
pub(super) async fn account_by_badge(
    tx: &mut PlatformTx,
    badge: &str,
) -> DbResult<Option<(AccountId, Option<String>)>> {
    let row =
        sqlx::query!("SELECT id, email, email_confirmed_at FROM platform.account WHERE badge = $1", badge)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.map(|row| (AccountId::from(row.id), row.email_confirmed_at.map(|_| row.email))))
}

/// False when the address already has an account.
pub(super) async fn insert_account(tx: &mut PlatformTx, row: &AccountRow) -> DbResult<bool> {
    let done = sqlx::query!(
        "INSERT INTO platform.account (id, email, password_hash, first_name, last_name, phone, locale, badge,
           email_confirmed_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT (email) DO NOTHING",
        row.id,
        row.email,
        row.password_hash,
        row.first_name,
        row.last_name,
        row.phone,
        row.locale,
        row.badge,
        row.email_confirmed_at,
        row.created_at
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes the profile if it still has its version; the stored one is then one more.
pub(super) async fn update_profile(tx: &mut PlatformTx, row: &AccountRow) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.account SET first_name = $2, last_name = $3, phone = $4, locale = $5, updated_at = $6,
           photo = $8, version = version + 1
         WHERE id = $1 AND version = $7",
        row.id,
        row.first_name,
        row.last_name,
        row.phone,
        row.locale,
        now,
        row.version,
        row.photo
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The photos of accounts that are there.
pub(super) async fn photos(tx: &mut PlatformTx, accounts: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    let rows = sqlx::query!("SELECT id, photo FROM platform.account WHERE id = ANY ($1)", accounts)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.photo)).collect())
}

/// The address is its owner's from now on; a change of it that somebody asked for before is none.
pub(super) async fn confirm_email(tx: &mut PlatformTx, id: AccountId) -> DbResult<()> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.account SET email_confirmed_at = $2, updated_at = $2, version = version + 1
         WHERE id = $1 AND email_confirmed_at IS NULL",
        id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 1 {
        drop_email_change(tx, id).await?;
    }
    Ok(())
}

pub(super) async fn set_password(tx: &mut PlatformTx, id: AccountId, hash: &str) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.account SET password_hash = $2, updated_at = $3 WHERE id = $1",
        id.uuid(),
        hash,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A login as it is stored.
#[derive(Debug)]
pub(super) struct SessionRow {
    pub account: Uuid,
    pub organization: Option<i32>,
    pub event: Option<Uuid>,
    pub serial: i32,
    pub rotated_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub used_at: Option<DateTime<Utc>>,
    /// Whether the account has a second factor that is enabled; not asked for where the row is locked.
    pub second_factor: bool,
}

pub(super) async fn session(tx: &mut PlatformTx, id: SessionId) -> DbResult<Option<SessionRow>> {
    Ok(sqlx::query_as!(
        SessionRow,
        r#"SELECT account, organization, event, serial, rotated_at, expires_at, revoked_at, used_at,
                  EXISTS (SELECT FROM platform.second_factor AS factor
                    WHERE factor.account = session.account AND factor.enabled_at IS NOT NULL) AS "second_factor!"
           FROM platform.session WHERE id = $1"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// As [`session`], held until the end of the transaction: two refreshes at once are told apart.
pub(super) async fn lock_session(tx: &mut PlatformTx, id: SessionId) -> DbResult<Option<SessionRow>> {
    Ok(sqlx::query_as!(
        SessionRow,
        r#"SELECT account, organization, event, serial, rotated_at, expires_at, revoked_at, used_at,
                  false AS "second_factor!" FROM platform.session WHERE id = $1 FOR UPDATE"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn insert_session(
    tx: &mut PlatformTx,
    id: SessionId,
    account: AccountId,
    organization: Option<OrganizationNumber>,
    expires_at: DateTime<Utc>,
    user_agent: &str,
    kind: &str,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.session (id, account, organization, rotated_at, created_at, used_at, expires_at, user_agent,
           kind)
         VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7)",
        id.uuid(),
        account.uuid(),
        organization.map(|number| number.0),
        now,
        expires_at,
        user_agent,
        kind
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn rotate_session(
    tx: &mut PlatformTx,
    id: SessionId,
    expires_at: DateTime<Utc>,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.session SET serial = serial + 1, rotated_at = $2, used_at = $2, expires_at = $3
         WHERE id = $1",
        id.uuid(),
        now,
        expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets a session live on.
pub(super) async fn prolong_session(
    tx: &mut PlatformTx,
    id: SessionId,
    expires_at: DateTime<Utc>,
) -> DbResult<()> {
    sqlx::query!("UPDATE platform.session SET expires_at = $2 WHERE id = $1", id.uuid(), expires_at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What the session's next tokens will name.
pub(super) async fn point_session(
    tx: &mut PlatformTx,
    id: SessionId,
    account: AccountId,
    organization: Option<OrganizationNumber>,
    event: Option<EventId>,
) -> DbResult<()> {
    let number = organization.map(|number| number.0);
    sqlx::query!(
        "UPDATE platform.session SET organization = $2, event = $3 WHERE id = $1",
        id.uuid(),
        number,
        event.map(EventId::uuid)
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE platform.account SET last_organization = coalesce($2, last_organization) WHERE id = $1",
        account.uuid(),
        number
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn revoke_session(tx: &mut PlatformTx, id: SessionId) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.session SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1",
        id.uuid(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends every session of an account but `except`; returns those that ended.
pub(super) async fn revoke_sessions(
    tx: &mut PlatformTx,
    account: AccountId,
    except: Option<SessionId>,
) -> DbResult<Vec<SessionId>> {
    let now = tx.now();
    let ended = sqlx::query_scalar!(
        "UPDATE platform.session SET revoked_at = $2
         WHERE account = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id <> $3) RETURNING id",
        account.uuid(),
        now,
        except.map(SessionId::uuid)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ended.into_iter().map(SessionId::from).collect())
}

/// Sessions that ended long ago tell nobody anything.
pub(super) async fn forget_sessions(tx: &mut PlatformTx, before: DateTime<Utc>) -> DbResult<u64> {
    let done =
        sqlx::query!("DELETE FROM platform.session WHERE expires_at < $1", before).execute(tx.conn()).await?;
    Ok(done.rows_affected())
}

/// Every role that an account has: in organizations (without event) and in events.
pub(super) async fn roles(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Vec<(OrganizationNumber, Option<EventId>, String)>> {
    let rows = sqlx::query!(
        r#"SELECT organization AS "organization!", NULL::uuid AS event, role AS "role!"
             FROM platform.membership WHERE account = $1
           UNION ALL
           SELECT organization, event, role FROM platform.assignment WHERE account = $1"#,
        account.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let read =
        |row: (i32, Option<Uuid>, String)| (OrganizationNumber(row.0), row.1.map(EventId::from), row.2);
    Ok(rows.into_iter().map(|row| read((row.organization, row.event, row.role))).collect())
}

/// The names of accounts; those that have ended have none.
pub(super) async fn names(tx: &mut PlatformTx, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", first_name AS "first_name!", last_name AS "last_name!", email AS "email!"
           FROM platform.account WHERE id = ANY ($1) AND erased_at IS NULL
           UNION ALL SELECT id, name, '', '' FROM platform.api_key WHERE id = ANY ($1)"#,
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    let name = |first: &str, last: &str, email: String| {
        let name = format!("{first} {last}").trim().to_owned();
        if name.is_empty() { email } else { name }
    };
    Ok(rows.into_iter().map(|row| (row.id, name(&row.first_name, &row.last_name, row.email))).collect())
}
