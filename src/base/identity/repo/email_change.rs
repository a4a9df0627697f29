//! SQL of changes of address that are under way.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbError, DbResult, PlatformTx};
use crate::base::kernel::id::AccountId;

/// A change of address as it is stored.
#[derive(Clone, Debug)]
pub struct EmailChangeRow {
    pub account: Uuid,
    pub id: Uuid,
    pub old_email: String,
    pub new_email: String,
    pub expires_at: DateTime<Utc>,
    /// When the new side said yes.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When the old side said yes.
    pub agreed_at: Option<DateTime<Utc>>,
}

/// Begins a change; one that was under way is forgotten.
pub(in crate::base::identity) async fn begin_email_change(
    tx: &mut PlatformTx,
    row: &EmailChangeRow,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.email_change (account, id, old_email, new_email, created_at, expires_at, agreed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (account) DO UPDATE SET id = excluded.id, old_email = excluded.old_email,
           new_email = excluded.new_email, created_at = excluded.created_at, expires_at = excluded.expires_at,
           confirmed_at = NULL, agreed_at = excluded.agreed_at",
        row.account,
        row.id,
        row.old_email,
        row.new_email,
        now,
        row.expires_at,
        row.agreed_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The change that an account has under way.
pub(in crate::base::identity) async fn email_change_of(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Option<EmailChangeRow>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        EmailChangeRow,
        "SELECT account, id, old_email, new_email, expires_at, confirmed_at, agreed_at
         FROM platform.email_change WHERE account = $1 AND expires_at > $2",
        account.uuid(),
        now
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The change of a link, held until the end of the transaction: two sides that answer at once wait for each other.
pub(in crate::base::identity) async fn lock_email_change(
    tx: &mut PlatformTx,
    id: Uuid,
) -> DbResult<Option<EmailChangeRow>> {
    Ok(sqlx::query_as!(
        EmailChangeRow,
        "SELECT account, id, old_email, new_email, expires_at, confirmed_at, agreed_at
         FROM platform.email_change WHERE id = $1 FOR UPDATE",
        id
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Remembers who has said yes.
pub(in crate::base::identity) async fn answer_email_change(
    tx: &mut PlatformTx,
    row: &EmailChangeRow,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.email_change SET confirmed_at = $2, agreed_at = $3 WHERE id = $1",
        row.id,
        row.confirmed_at,
        row.agreed_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets a change; whether there was one.
pub(in crate::base::identity) async fn drop_email_change(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<bool> {
    let done = sqlx::query!("DELETE FROM platform.email_change WHERE account = $1", account.uuid())
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets changes whose time is over.
pub(in crate::base::identity) async fn forget_email_changes(tx: &mut PlatformTx) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("DELETE FROM platform.email_change WHERE expires_at <= $1", now).execute(tx.conn()).await?;
    Ok(())
}

/// Gives the account its new, proved address. False when it is another account's, or the account has changed.
pub(in crate::base::identity) async fn set_email(
    tx: &mut PlatformTx,
    row: &EmailChangeRow,
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.account SET email = $3, email_confirmed_at = $4, updated_at = $4, version = version + 1
         WHERE id = $1 AND email = $2 AND erased_at IS NULL",
        row.account,
        row.old_email,
        row.new_email,
        now
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::from);
    match done {
        Ok(done) => Ok(done.rows_affected() == 1),
        Err(error) if error.constraint() == Some("account_email_unique") => Ok(false),
        Err(error) => Err(error),
    }
}
