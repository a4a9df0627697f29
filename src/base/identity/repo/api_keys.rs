//! SQL of keys for programs.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::{ApiKeyId, OrganizationNumber};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};

/// A key as it is stored, without its hash.
#[derive(Clone, Debug)]
pub struct ApiKeyRow {
    pub id: Uuid,
    pub name: String,
    pub scopes: Vec<String>,
    /// Its last characters.
    pub hint: String,
    pub created_at: DateTime<Utc>,
    pub created_by: Uuid,
    pub expires_at: Option<DateTime<Utc>>,
    /// To a few minutes.
    pub used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

pub(in crate::base::identity) async fn insert_api_key(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    row: &ApiKeyRow,
    hash: &[u8],
) -> DbResult<()> {
    sqlx::query!(
        "INSERT INTO platform.api_key (id, organization, name, scopes, hash, hint, created_at, created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.id,
        organization.0,
        row.name,
        &row.scopes,
        hash,
        row.hint,
        row.created_at,
        row.created_by,
        row.expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::base::identity) async fn api_key(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    id: ApiKeyId,
) -> DbResult<Option<ApiKeyRow>> {
    Ok(sqlx::query_as!(
        ApiKeyRow,
        "SELECT id, name, scopes, hint, created_at, created_by, expires_at, used_at, revoked_at
         FROM platform.api_key WHERE id = $1 AND organization = $2",
        id.uuid(),
        organization.0
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One page of an organization's keys, those that are not revoked first, then the newest, and how many there are.
pub(in crate::base::identity) async fn api_keys(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    page: PageRequest,
) -> DbResult<(Vec<ApiKeyRow>, i64)> {
    let rows = sqlx::query_as!(
        ApiKeyRow,
        "SELECT id, name, scopes, hint, created_at, created_by, expires_at, used_at, revoked_at
         FROM platform.api_key WHERE organization = $1
         ORDER BY revoked_at IS NOT NULL, created_at DESC, id DESC LIMIT $2 OFFSET $3",
        organization.0,
        page.limit(),
        page.offset()
    )
    .fetch_all(tx.conn())
    .await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM (
             SELECT FROM platform.api_key WHERE organization = $1 LIMIT $2) AS counted"#,
        organization.0,
        COUNT_CAP + 1
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((rows, count))
}

/// How many keys of the organization are not revoked.
pub(in crate::base::identity) async fn count_api_keys(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
) -> DbResult<i64> {
    Ok(sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM platform.api_key WHERE organization = $1 AND revoked_at IS NULL"#,
        organization.0
    )
    .fetch_one(tx.conn())
    .await?)
}

/// False when it was revoked before.
pub(in crate::base::identity) async fn revoke_api_key(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    id: ApiKeyId,
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.api_key SET revoked_at = $3 WHERE id = $1 AND organization = $2 AND revoked_at IS NULL",
        id.uuid(),
        organization.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::base::identity) async fn api_key_by_hash(
    tx: &mut PlatformTx,
    hash: &[u8],
) -> DbResult<Option<(OrganizationNumber, ApiKeyRow)>> {
    let row = sqlx::query!(
        "SELECT organization, id, name, scopes, hint, created_at, created_by, expires_at, used_at, revoked_at
         FROM platform.api_key WHERE hash = $1",
        hash
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        let key = ApiKeyRow {
            id: row.id,
            name: row.name,
            scopes: row.scopes,
            hint: row.hint,
            created_at: row.created_at,
            created_by: row.created_by,
            expires_at: row.expires_at,
            used_at: row.used_at,
            revoked_at: row.revoked_at,
        };
        (OrganizationNumber(row.organization), key)
    }))
}

/// Remembers that the key is used now.
pub(in crate::base::identity) async fn touch_api_key(tx: &mut PlatformTx, id: Uuid) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE platform.api_key SET used_at = $2 WHERE id = $1", id, now)
        .execute(tx.conn())
        .await?;
    Ok(())
}
