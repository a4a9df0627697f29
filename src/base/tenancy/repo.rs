//! SQL of the organizations.

use sqlx::{AssertSqlSafe, Executor};
use uuid::Uuid;

use crate::base::db::migrate::{login_name, role_name, schema_name};
use crate::base::db::{DbResult, OwnerTx, PlatformTx};
use crate::base::kernel::id::{AccountId, OrganizationId, OrganizationNumber};

/// A row of `platform.organization`.
pub(super) struct OrganizationRow {
    pub id: Uuid,
    pub number: i32,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub currency: String,
    pub locale: String,
    pub timezone: String,
    pub contact_email: String,
    pub state: String,
    pub schema_version: i64,
    pub version: i32,
    pub require_second_factor: bool,
    pub signing_key: Vec<u8>,
}

pub(super) async fn by_number(tx: &mut PlatformTx, number: i32) -> DbResult<Option<OrganizationRow>> {
    Ok(sqlx::query_as!(
        OrganizationRow,
        "SELECT id, number, slug, name, country, currency, locale, timezone, contact_email, state, schema_version,
                version, signing_key, require_second_factor
         FROM platform.organization WHERE number = $1",
        number
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn number_by_id(tx: &mut PlatformTx, id: OrganizationId) -> DbResult<Option<i32>> {
    Ok(sqlx::query_scalar!("SELECT number FROM platform.organization WHERE id = $1", id.uuid())
        .fetch_optional(tx.conn())
        .await?)
}

pub(super) async fn numbers_after(tx: &mut PlatformTx, after: i32, limit: i64) -> DbResult<Vec<i32>> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM platform.organization WHERE number > $1 ORDER BY number LIMIT $2",
        after,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn number_by_slug(tx: &mut PlatformTx, slug: &str) -> DbResult<Option<i32>> {
    Ok(sqlx::query_scalar!("SELECT number FROM platform.organization WHERE slug = $1", slug)
        .fetch_optional(tx.conn())
        .await?)
}

/// Where the event with this slug lives.
pub(super) async fn event_by_slug(tx: &mut PlatformTx, slug: &str) -> DbResult<Option<(Uuid, i32)>> {
    let row = sqlx::query!("SELECT event, organization FROM platform.event_directory WHERE slug = $1", slug)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|row| (row.event, row.organization)))
}

/// A new organization as it is written.
pub(super) struct NewRow<'a> {
    pub id: OrganizationId,
    pub number: OrganizationNumber,
    pub slug: &'a str,
    pub name: &'a str,
    pub country: &'a str,
    pub currency: &'a str,
    pub locale: &'a str,
    pub timezone: &'a str,
    pub contact_email: &'a str,
    pub role_name: &'a str,
    pub signing_key: &'a [u8],
    pub verifying_key: &'a [u8],
    pub owner: AccountId,
    pub at: chrono::DateTime<chrono::Utc>,
}

/// The next number of an organization.
pub(super) async fn next_number(tx: &mut OwnerTx) -> DbResult<OrganizationNumber> {
    let number: i32 = sqlx::query_scalar(
        "SELECT nextval(pg_get_serial_sequence('platform.organization', 'number'))::integer",
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(OrganizationNumber(number))
}

pub(super) async fn insert(tx: &mut OwnerTx, row: &NewRow<'_>) -> DbResult<()> {
    sqlx::query!(
        "INSERT INTO platform.organization (number, id, slug, name, country, currency, locale, timezone, contact_email,
           role_name, signing_key, verifying_key, created_at, created_by, updated_at)
         OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13)",
        row.number.0,
        row.id.uuid(),
        row.slug,
        row.name,
        row.country,
        row.currency,
        row.locale,
        row.timezone,
        row.contact_email,
        row.role_name,
        row.signing_key,
        row.verifying_key,
        row.at,
        row.owner.uuid()
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "INSERT INTO platform.membership (account, organization, role, created_at) VALUES ($1, $2, 'owner', $3)",
        row.owner.uuid(),
        row.number.0,
        row.at
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE platform.account SET last_organization = $2 WHERE id = $1",
        row.owner.uuid(),
        row.number.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The schema and the role that alone may use it.
pub(super) async fn make_schema(tx: &mut OwnerTx, prefix: &str, number: i32) -> DbResult<()> {
    let (role, schema, login) = (role_name(prefix, number), schema_name(number), login_name(prefix));
    // The names consist of letters, digits and '_' only: nothing to quote.
    tx.conn()
        .execute(AssertSqlSafe(format!(
            "CREATE ROLE {role} NOLOGIN; GRANT parvis_tenant TO {role}; GRANT {role} TO {login};
         CREATE SCHEMA {schema}; GRANT USAGE ON SCHEMA {schema} TO {role}"
        )))
        .await?;
    Ok(())
}

/// Changes what an organization may change about itself, if it still has the version that was read.
pub(super) async fn update(
    tx: &mut PlatformTx,
    number: i32,
    change: &super::Settings,
    version: i32,
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.organization SET name = $2, country = $3, currency = $4, locale = $5, timezone = $6,
           contact_email = $7, require_second_factor = $10, updated_at = $8, version = version + 1
         WHERE number = $1 AND version = $9",
        number,
        change.name,
        change.country,
        change.currency.code(),
        change.locale.code(),
        change.timezone.name(),
        change.contact_email,
        now,
        version,
        change.require_second_factor
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    // The catalogue shows the name with every event.
    sqlx::query!("SELECT platform.rename_listings($1, $2)", number, change.name).execute(tx.conn()).await?;
    sqlx::query!("SELECT platform.bump('catalog')").execute(tx.conn()).await?;
    Ok(true)
}
