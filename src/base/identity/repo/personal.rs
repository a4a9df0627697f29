//! SQL of copies of one's own data, and of the end of an account.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::AccountId;

/// A copy of somebody's data, without the copy itself.
#[derive(Clone, Debug)]
pub struct DataExportRow {
    pub id: Uuid,
    pub asked_at: DateTime<Utc>,
    pub ready_at: Option<DateTime<Utc>>,
    pub expires_at: Option<DateTime<Utc>>,
    pub size: Option<i32>,
}

/// Asks for a copy in place of the one before.
pub(in crate::base::identity) async fn ask_data_export(
    tx: &mut PlatformTx,
    account: AccountId,
    id: Uuid,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.data_export (account, id, asked_at) VALUES ($1, $2, $3)
         ON CONFLICT (account) DO UPDATE SET id = excluded.id, asked_at = excluded.asked_at, ready_at = NULL,
           expires_at = NULL, content = NULL",
        account.uuid(),
        id,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::base::identity) async fn data_export(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Option<DataExportRow>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        DataExportRow,
        "SELECT id, asked_at, ready_at, expires_at, octet_length(content) AS size FROM platform.data_export
         WHERE account = $1 AND (expires_at IS NULL OR expires_at > $2)",
        account.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The copy itself, while it is kept.
pub(in crate::base::identity) async fn data_export_content(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Option<Vec<u8>>> {
    let now = tx.now();
    let found = sqlx::query_scalar!(
        "SELECT content FROM platform.data_export WHERE account = $1 AND expires_at > $2",
        account.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.flatten())
}

/// Keeps a copy that is made; false when another one was asked for meanwhile.
pub(in crate::base::identity) async fn keep_data_export(
    tx: &mut PlatformTx,
    id: Uuid,
    content: &[u8],
    expires_at: DateTime<Utc>,
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.data_export SET content = $2, ready_at = $3, expires_at = $4
         WHERE id = $1 AND ready_at IS NULL",
        id,
        content,
        now,
        expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::base::identity) async fn forget_data_exports(tx: &mut PlatformTx) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("DELETE FROM platform.data_export WHERE expires_at <= $1", now).execute(tx.conn()).await?;
    Ok(())
}

/// A session as its owner's copy of it tells.
#[derive(Debug, serde::Serialize)]
pub(in crate::base::identity) struct SessionRecord {
    pub kind: String,
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

pub(in crate::base::identity) async fn session_records(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Vec<SessionRecord>> {
    Ok(sqlx::query_as!(
        SessionRecord,
        "SELECT kind, user_agent, created_at, used_at, expires_at, revoked_at AS ended_at
         FROM platform.session WHERE account = $1 ORDER BY created_at DESC LIMIT 10000",
        account.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A role in an organization or, with `event`, in one of its events.
#[derive(Debug, serde::Serialize)]
pub(in crate::base::identity) struct RoleRecord {
    pub organization: String,
    pub event: Option<Uuid>,
    pub role: String,
    pub since: DateTime<Utc>,
}

pub(in crate::base::identity) async fn role_records(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Vec<RoleRecord>> {
    Ok(sqlx::query_as!(
        RoleRecord,
        r#"SELECT o.name AS "organization!", NULL::uuid AS event, m.role AS "role!", m.created_at AS "since!"
             FROM platform.membership m JOIN platform.organization o ON o.number = m.organization
             WHERE m.account = $1
           UNION ALL
           SELECT o.name, a.event, a.role, a.created_at
             FROM platform.assignment a JOIN platform.organization o ON o.number = a.organization
             WHERE a.account = $1"#,
        account.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The organizations of which the account is the only owner; nobody gains or loses one before the present transaction
/// ends.
pub(in crate::base::identity) async fn owned_alone(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Vec<String>> {
    sqlx::query!(
        "SELECT FROM platform.membership WHERE role = 'owner' AND organization IN (
           SELECT organization FROM platform.membership WHERE account = $1 AND role = 'owner')
         ORDER BY organization, account FOR UPDATE",
        account.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(sqlx::query_scalar!(
        "SELECT o.name FROM platform.membership m JOIN platform.organization o ON o.number = m.organization
         WHERE m.account = $1 AND m.role = 'owner' AND NOT EXISTS (
           SELECT FROM platform.membership other
           WHERE other.organization = m.organization AND other.role = 'owner' AND other.account <> $1)
         ORDER BY o.name",
        account.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// When the account is to end, if its owner wants it to.
pub(in crate::base::identity) async fn erase_at(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Option<DateTime<Utc>>> {
    let found = sqlx::query_scalar!("SELECT erase_at FROM platform.account WHERE id = $1", account.uuid())
        .fetch_optional(tx.conn())
        .await?;
    Ok(found.flatten())
}

/// Says when the account is to end, or that it is not; false once the end has begun.
pub(in crate::base::identity) async fn set_erase_at(
    tx: &mut PlatformTx,
    account: AccountId,
    at: Option<DateTime<Utc>>,
) -> DbResult<bool> {
    let done = sqlx::query!(
        "UPDATE platform.account SET erase_at = $2 WHERE id = $1 AND erased_at IS NULL",
        account.uuid(),
        at
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Accounts whose end is due, also those whose end was begun and not finished.
pub(in crate::base::identity) async fn due_to_erase(tx: &mut PlatformTx) -> DbResult<Vec<AccountId>> {
    let now = tx.now();
    let ids = sqlx::query_scalar!(
        "SELECT id FROM platform.account WHERE erase_at <= $1 AND (erased_at IS NULL OR erased_at < $1 - interval '1 day')
         ORDER BY erase_at LIMIT 100",
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(AccountId::from).collect())
}

/// Begins the end: nobody logs in any more. True when it is due, also where it has begun before.
pub(in crate::base::identity) async fn begin_erasure(
    tx: &mut PlatformTx,
    account: AccountId,
    password_hash: &str,
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.account SET erased_at = coalesce(erased_at, $2), password_hash = $3
         WHERE id = $1 AND erase_at <= $2",
        account.uuid(),
        now,
        password_hash
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the roles in organizations: from now on no other owner counts on this one.
pub(in crate::base::identity) async fn drop_memberships(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<()> {
    sqlx::query!("DELETE FROM platform.membership WHERE account = $1", account.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes away whatever belongs to the account or names its owner; what is left is an id that others' records know.
pub(in crate::base::identity) async fn finish_erasure(
    tx: &mut PlatformTx,
    account: AccountId,
    email: Option<&str>,
    badge: &str,
) -> DbResult<bool> {
    let (id, now) = (account.uuid(), tx.now());
    // Only once, whoever else ends it at the same time.
    let done = sqlx::query!(
        "UPDATE platform.account SET email = 'erased-' || id || '@erased.invalid', first_name = '', last_name = '',
           phone = '', photo = '', badge = $2, email_confirmed_at = NULL, last_organization = NULL, erase_at = NULL,
           updated_at = $3, version = version + 1
         WHERE id = $1 AND erase_at IS NOT NULL AND erased_at IS NOT NULL",
        id,
        badge,
        now
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    for statement in [
        sqlx::query!("DELETE FROM platform.invitation WHERE email = $1", email),
        sqlx::query!("DELETE FROM platform.session WHERE account = $1", id),
        sqlx::query!("DELETE FROM platform.membership WHERE account = $1", id),
        sqlx::query!("DELETE FROM platform.assignment WHERE account = $1", id),
        sqlx::query!("DELETE FROM platform.second_factor WHERE account = $1", id),
        sqlx::query!("DELETE FROM platform.email_change WHERE account = $1", id),
        sqlx::query!("DELETE FROM platform.data_export WHERE account = $1", id),
    ] {
        statement.execute(tx.conn()).await?;
    }
    Ok(true)
}
