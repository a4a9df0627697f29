//! SQL of second factors and recovery codes.

use chrono::{DateTime, Utc};

use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::AccountId;

/// A second factor as it is stored.
#[derive(Debug)]
pub(in crate::base::identity) struct FactorRow {
    /// Sealed.
    pub secret: Vec<u8>,
    /// None while its first code has not been shown.
    pub enabled_at: Option<DateTime<Utc>>,
    pub used_step: i64,
    pub failures: i32,
    pub blocked_until: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

pub(in crate::base::identity) async fn factor(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Option<FactorRow>> {
    Ok(sqlx::query_as!(
        FactorRow,
        "SELECT secret, enabled_at, used_step, failures, blocked_until, created_at
         FROM platform.second_factor WHERE account = $1",
        account.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// As [`factor`], held until the end of the transaction: of two logins with one code the second finds it used.
pub(in crate::base::identity) async fn lock_factor(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<Option<FactorRow>> {
    Ok(sqlx::query_as!(
        FactorRow,
        "SELECT secret, enabled_at, used_step, failures, blocked_until, created_at
         FROM platform.second_factor WHERE account = $1 FOR UPDATE",
        account.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Keeps a key that is not enabled yet, in place of another one that is not. False when one is enabled.
pub(in crate::base::identity) async fn begin_factor(
    tx: &mut PlatformTx,
    account: AccountId,
    secret: &[u8],
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "INSERT INTO platform.second_factor AS f (account, secret, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
           WHERE f.enabled_at IS NULL",
        account.uuid(),
        secret,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Asks for the factor from now on.
pub(in crate::base::identity) async fn enable_factor(
    tx: &mut PlatformTx,
    account: AccountId,
    step: i64,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.second_factor SET enabled_at = $2, used_step = $3, failures = 0, blocked_until = NULL
         WHERE account = $1",
        account.uuid(),
        now,
        step
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A right code: those up to its step are taken no more.
pub(in crate::base::identity) async fn use_step(
    tx: &mut PlatformTx,
    account: AccountId,
    step: i64,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.second_factor SET used_step = greatest(used_step, $2), failures = 0, blocked_until = NULL
         WHERE account = $1",
        account.uuid(),
        step
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A wrong code.
pub(in crate::base::identity) async fn fail_factor(
    tx: &mut PlatformTx,
    account: AccountId,
    failures: i32,
    blocked_until: Option<DateTime<Utc>>,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.second_factor SET failures = $2, blocked_until = $3 WHERE account = $1",
        account.uuid(),
        failures,
        blocked_until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets the factor with its recovery codes.
pub(in crate::base::identity) async fn drop_factor(tx: &mut PlatformTx, account: AccountId) -> DbResult<()> {
    sqlx::query!("DELETE FROM platform.second_factor WHERE account = $1", account.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Keeps new recovery codes in place of those before.
pub(in crate::base::identity) async fn set_recovery_codes(
    tx: &mut PlatformTx,
    account: AccountId,
    hashes: &[Vec<u8>],
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("DELETE FROM platform.recovery_code WHERE account = $1", account.uuid())
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "INSERT INTO platform.recovery_code (account, hash, created_at) SELECT $1, unnest($2::bytea[]), $3",
        account.uuid(),
        hashes,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Uses a recovery code up; false when there is none with this hash that was not used.
pub(in crate::base::identity) async fn use_recovery_code(
    tx: &mut PlatformTx,
    account: AccountId,
    hash: &[u8],
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.recovery_code SET used_at = $3 WHERE account = $1 AND hash = $2 AND used_at IS NULL",
        account.uuid(),
        hash,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many recovery codes are left.
pub(in crate::base::identity) async fn recovery_codes_left(
    tx: &mut PlatformTx,
    account: AccountId,
) -> DbResult<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM platform.recovery_code WHERE account = $1 AND used_at IS NULL"#,
        account.uuid()
    )
    .fetch_one(tx.conn())
    .await?)
}
