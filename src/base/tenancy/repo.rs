//! SQL of the organizations.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Executor};
use uuid::Uuid;

use super::TenantScope;
use super::archive::{Member, Table};
use crate::base::db::migrate::{login_name, role_name, schema_name};
use crate::base::db::{DbResult, OwnerTx, PlatformTx};
use crate::base::kernel::color::Color;
use crate::base::kernel::id::{AccountId, AuditId, Id, OrganizationId, OrganizationNumber};

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
    pub suspended_for: String,
    pub closes_at: Option<DateTime<Utc>>,
    pub about: String,
    pub website: String,
    pub color: String,
    pub logo: String,
}

pub(super) async fn by_number(tx: &mut PlatformTx, number: i32) -> DbResult<Option<OrganizationRow>> {
    Ok(sqlx::query_as!(
        OrganizationRow,
        "SELECT id, number, slug, name, country, currency, locale, timezone, contact_email, state, schema_version,
                version, signing_key, require_second_factor, suspended_for, closes_at, about, website, color, logo
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
    pub settings: &'a super::Settings,
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
        row.settings.name,
        row.settings.country,
        row.settings.currency.code(),
        row.settings.locale.code(),
        row.settings.timezone.name(),
        row.settings.contact_email,
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
           contact_email = $7, require_second_factor = $10, about = $11, website = $12, color = $13, updated_at = $8,
           version = version + 1
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
        change.require_second_factor,
        change.about,
        change.website,
        change.color.map(Color::code).unwrap_or_default()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Has every process make its public pages anew.
pub(super) async fn bump_catalogue(tx: &mut PlatformTx) -> DbResult<()> {
    sqlx::query!("SELECT platform.bump('catalog')").execute(tx.conn()).await?;
    Ok(())
}

/// Shows another logo; the name of the one before.
pub(super) async fn set_logo(
    tx: &mut PlatformTx,
    number: OrganizationNumber,
    file: &str,
) -> DbResult<Option<String>> {
    let before =
        sqlx::query_scalar!("SELECT logo FROM platform.organization WHERE number = $1 FOR UPDATE", number.0)
            .fetch_optional(tx.conn())
            .await?;
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.organization SET logo = $2, updated_at = $3, version = version + 1 WHERE number = $1",
        number.0,
        file,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(before.filter(|file| !file.is_empty()))
}

/// Shuts the organization for a reason, or opens it again.
pub(super) async fn set_suspension(
    tx: &mut PlatformTx,
    number: OrganizationNumber,
    reason: Option<&str>,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.organization SET state = CASE WHEN $2::text IS NULL THEN 'active' ELSE 'suspended' END,
           suspended_for = coalesce($2, ''), updated_at = $3 WHERE number = $1",
        number.0,
        reason,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Says when the organization ends, unless that is said already: then when.
pub(super) async fn set_closing(
    tx: &mut PlatformTx,
    number: OrganizationNumber,
    at: DateTime<Utc>,
) -> DbResult<Option<DateTime<Utc>>> {
    let before = sqlx::query_scalar!(
        "SELECT closes_at FROM platform.organization WHERE number = $1 FOR UPDATE",
        number.0
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(Some(before)) = before {
        return Ok(Some(before));
    }
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.organization SET closes_at = $2, updated_at = $3 WHERE number = $1",
        number.0,
        at,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(None)
}

/// Whether there was an end to take back.
pub(super) async fn unset_closing(tx: &mut PlatformTx, number: OrganizationNumber) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.organization SET closes_at = NULL, updated_at = $2
         WHERE number = $1 AND closes_at > $2",
        number.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn due_to_close(tx: &mut PlatformTx) -> DbResult<Vec<OrganizationNumber>> {
    let now = tx.now();
    let due = sqlx::query_scalar!(
        "SELECT number FROM platform.organization WHERE closes_at <= $1 ORDER BY closes_at LIMIT 20",
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(due.into_iter().map(OrganizationNumber).collect())
}

/// Removes the organization with its schema and role, if it is still due; its owners then. What happened to it stays in
/// the platform's audit.
pub(super) async fn remove(
    tx: &mut OwnerTx,
    prefix: &str,
    scope: &TenantScope,
) -> DbResult<Option<Vec<AccountId>>> {
    let (number, now) = (scope.number().0, tx.now());
    let due = sqlx::query_scalar!(
        "SELECT number FROM platform.organization WHERE number = $1 AND closes_at <= $2 FOR UPDATE",
        number,
        now
    )
    .fetch_optional(tx.conn())
    .await?;
    if due.is_none() {
        return Ok(None);
    }
    let owners = sqlx::query_scalar!(
        "SELECT account FROM platform.membership WHERE organization = $1 AND role = 'owner'",
        number
    )
    .fetch_all(tx.conn())
    .await?;
    let (role, schema) = (role_name(prefix, number), schema_name(number));
    // Letters, digits and '_' only, as when they were made. The schema goes first: whoever uses it is waited for while no
    // row of theirs is held, and what they write meanwhile is seen below. The role owns nothing.
    let statement = format!("SET LOCAL lock_timeout TO '5s'; DROP SCHEMA {schema} CASCADE; DROP ROLE {role}");
    tx.conn().execute(AssertSqlSafe(statement)).await?;
    for statement in [
        sqlx::query!("DELETE FROM platform.membership WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.assignment WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.invitation WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.api_key WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.listing WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.event_directory WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.buyer_index WHERE organization = $1", number),
        sqlx::query!("DELETE FROM platform.job WHERE organization = $1", number),
        sqlx::query!(
            "UPDATE platform.session SET organization = NULL, event = NULL WHERE organization = $1",
            number
        ),
        sqlx::query!(
            "UPDATE platform.account SET last_organization = NULL WHERE last_organization = $1",
            number
        ),
        sqlx::query!("DELETE FROM platform.organization WHERE number = $1", number),
    ] {
        statement.execute(tx.conn()).await?;
    }
    Ok(Some(owners.into_iter().map(AccountId::from).collect()))
}

/// What a new organization does not have and one from elsewhere does.
pub(super) async fn dress(
    tx: &mut OwnerTx,
    number: OrganizationNumber,
    settings: &super::Settings,
    logo: &str,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.organization SET require_second_factor = $2, about = $3, website = $4, color = $5, logo = $6
         WHERE number = $1",
        number.0,
        settings.require_second_factor,
        settings.about,
        settings.website,
        settings.color.map(Color::code).unwrap_or_default(),
        logo
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Everybody with a role in the organization or in one of its events.
pub(super) async fn people(tx: &mut OwnerTx, number: OrganizationNumber) -> DbResult<Vec<Member>> {
    Ok(sqlx::query_as!(
        Member,
        r#"SELECT a.id AS "account!", a.email AS "email!", m.role AS "role!", NULL::uuid AS event
             FROM platform.membership m JOIN platform.account a ON a.id = m.account WHERE m.organization = $1
           UNION ALL
           SELECT a.id, a.email, s.role, s.event
             FROM platform.assignment s JOIN platform.account a ON a.id = s.account WHERE s.organization = $1"#,
        number.0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The tables of a schema with their columns.
pub(super) async fn tables(tx: &mut OwnerTx, schema: &str) -> DbResult<Vec<Table>> {
    let rows = sqlx::query!(
        r#"SELECT c.relname::text AS "name!", array_agg(a.attname::text ORDER BY a.attnum) AS "columns!"
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           GROUP BY c.relname ORDER BY c.relname"#,
        schema
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Table { name: row.name, columns: row.columns, rows: 0 }).collect())
}

/// Which table of the schema refers to which.
pub(super) async fn references(tx: &mut OwnerTx, schema: &str) -> DbResult<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT f.relname::text AS "from!", t.relname::text AS "to!"
           FROM pg_constraint r JOIN pg_class f ON f.oid = r.conrelid JOIN pg_class t ON t.oid = r.confrelid
           JOIN pg_namespace n ON n.oid = r.connamespace
           WHERE r.contype = 'f' AND n.nspname = $1 AND t.relnamespace = n.oid"#,
        schema
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.from, row.to)).collect())
}

/// The events of the schema that the transaction looks at, and their addresses.
pub(super) async fn event_addresses(tx: &mut OwnerTx) -> DbResult<Vec<(Uuid, String)>> {
    let rows = sqlx::query!("SELECT id, slug FROM event ORDER BY id").fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.slug)).collect())
}

/// False when the address is another event's.
pub(super) async fn enter_directory(
    tx: &mut OwnerTx,
    number: OrganizationNumber,
    event: Uuid,
    slug: &str,
) -> DbResult<bool> {
    let done = sqlx::query!(
        "INSERT INTO platform.event_directory (event, organization, slug) VALUES ($1, $2, $3)
         ON CONFLICT (slug) DO NOTHING",
        event,
        number.0,
        slug
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn move_event(tx: &mut OwnerTx, event: Uuid, slug: &str) -> DbResult<()> {
    sqlx::query!("UPDATE event SET slug = $2 WHERE id = $1", event, slug).execute(tx.conn()).await?;
    Ok(())
}

/// Writes the first entry of the organization's log: how it came to be here, and under which name.
pub(super) async fn record(
    tx: &mut OwnerTx,
    number: OrganizationNumber,
    actor: Option<AccountId>,
    action: &'static str,
) -> DbResult<()> {
    let now = tx.now();
    let id: AuditId = Id::new(now, OrganizationNumber::PLATFORM);
    sqlx::query!(
        "INSERT INTO platform.audit (id, at, actor, organization, action, target, detail)
         SELECT $1, $2, $5, number, $4, o.id, jsonb_build_object('name', o.name)
         FROM platform.organization o WHERE number = $3",
        id.uuid(),
        now,
        number.0,
        action,
        actor.map(AccountId::uuid)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes where the organization comes from, and has the capabilities take up what an archive cannot hold.
pub(super) async fn settle_import(tx: &mut OwnerTx, number: OrganizationNumber) -> DbResult<()> {
    record(tx, number, None, "organization.import").await?;
    tx.enqueue_for(number, &super::OrganizationImported {}).await?;
    tx.enqueue_for(number, &super::OrganizationChanged::default()).await
}

/// How many rows of the table have the id of another organization; a table without ids of its own has none.
pub(super) async fn foreign_ids(
    tx: &mut OwnerTx,
    schema: &str,
    table: &Table,
    number: OrganizationNumber,
) -> DbResult<i64> {
    if !table.columns.iter().any(|column| column == "id") {
        return Ok(0);
    }
    // Both names were compared with those of our own migrations.
    let statement = format!(
        "SELECT count(*) FROM \"{schema}\".\"{}\" WHERE right(replace(id::text, '-', ''), 8) <> lpad(to_hex($1), 8, '0')",
        table.name
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(statement)).bind(number.0).fetch_one(tx.conn()).await?)
}

/// Has the transaction see everything as it is now, and write nothing.
pub(super) async fn freeze(tx: &mut OwnerTx) -> DbResult<()> {
    tx.conn().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    Ok(())
}

/// Has the transaction look at an organization's tables.
pub(super) async fn look_at(tx: &mut OwnerTx, number: OrganizationNumber) -> DbResult<()> {
    let statement = format!("SET LOCAL search_path TO {}, pg_temp", schema_name(number.0));
    tx.conn().execute(AssertSqlSafe(statement)).await?;
    Ok(())
}
