//! Brings the platform's schema and every organization's schema forward.
//!
//! Each schema has its own transaction that also records its version, so a failure stops that organization
//! alone and a second run resumes.

use std::borrow::Cow;

use anyhow::{Context, bail};
use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};
use sqlx::migrate::{Migration, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};

use crate::base::kernel::random;
use crate::base::kernel::secret::Keyring;

static PLATFORM: Migrator = sqlx::migrate!("migrations/platform");
static TENANT: Migrator = sqlx::migrate!("migrations/tenant");
/// Several servers may start at once; one of them migrates.
const LOCK: i64 = 0x7061_7276_6973;
/// The first half of an organization's lock; its number is the second.
const TENANT_LOCK: i32 = 0x7061_7276;
/// How many organizations are migrated at once.
const AT_ONCE: usize = 4;

/// The version that an organization's schema must have for this program.
pub fn newest_tenant_version() -> i64 {
    TENANT.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Report {
    pub migrated: usize,
    /// The number of an organization and why it stayed behind.
    pub failed: Vec<(i32, String)>,
}

/// Makes roles, the platform's schema and the application's login. Returns the prefix of the database's roles.
pub async fn platform(owner: &PgConnectOptions, keyring: &Keyring) -> anyhow::Result<String> {
    let mut connection = owner.connect().await.context("cannot connect to the database")?;
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut connection).await?;
    connection.execute(include_str!("../../../migrations/bootstrap.sql")).await?;
    let mut tx = connection.begin().await?;
    migrator(PLATFORM.iter().cloned().collect(), "platform")
        .run(&mut *tx)
        .await
        .context("platform schema")?;
    sqlx::query("INSERT INTO platform.installation (prefix) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(random::code::<6>().to_lowercase())
        .execute(&mut *tx)
        .await?;
    let prefix: String =
        sqlx::query_scalar("SELECT prefix FROM platform.installation").fetch_one(&mut *tx).await?;
    make_login(&mut tx, &prefix, keyring).await.context("the application's login")?;
    tx.commit().await?;
    connection.close().await?;
    Ok(prefix)
}

/// The login of the application: it owns nothing and inherits nothing. Its password derives from the
/// installation's secret, so nothing has to be stored.
async fn make_login(tx: &mut PgConnection, prefix: &str, keyring: &Keyring) -> sqlx::Result<()> {
    let login = login_name(prefix);
    let password = login_password(prefix, keyring);
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)")
        .bind(&login)
        .fetch_one(&mut *tx)
        .await?;
    let verb = if exists { "ALTER" } else { "CREATE" };
    // Names and password consist of letters, digits, '-' and '_' only: nothing to quote.
    tx.execute(AssertSqlSafe(format!(
        "{verb} ROLE {login} LOGIN NOINHERIT PASSWORD '{password}';
         GRANT parvis_platform TO {login};
         DO $$ BEGIN
             EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
             EXECUTE format('GRANT CONNECT ON DATABASE %I TO {login}', current_database());
         END $$"
    )))
    .await?;
    Ok(())
}

/// The name of the application's login in this database.
pub fn login_name(prefix: &str) -> String {
    format!("parvis_app_{prefix}")
}

/// The password of the application's login.
pub fn login_password(prefix: &str, keyring: &Keyring) -> String {
    keyring.sign("database-login", prefix.as_bytes())
}

/// The role of one organization.
pub fn role_name(prefix: &str, number: i32) -> String {
    format!("tr_{prefix}_{number}")
}

/// The schema of one organization.
pub fn schema_name(number: i32) -> String {
    format!("t_{number}")
}

/// The migrations of an organization's schema.
pub fn tenant_migrations() -> Vec<Migration> {
    TENANT.iter().cloned().collect()
}

/// Brings every organization forward, four at a time.
pub async fn tenants(owner: &PgConnectOptions) -> anyhow::Result<Report> {
    tenants_with(owner, tenant_migrations()).await
}

/// As [`tenants`], with a list of migrations, for tests.
pub async fn tenants_with(owner: &PgConnectOptions, migrations: Vec<Migration>) -> anyhow::Result<Report> {
    let newest = migrations.iter().map(|migration| migration.version).max().unwrap_or_default();
    let mut connection = owner.connect().await?;
    let behind: Vec<i32> = sqlx::query_scalar(
        "SELECT number FROM platform.organization WHERE schema_version < $1 ORDER BY number",
    )
    .bind(newest)
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    let results: Vec<(i32, anyhow::Result<()>)> = stream::iter(behind)
        .map(|number| {
            let migrations = migrations.clone();
            async move { (number, one(owner, number, migrations).await) }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let mut report = Report::default();
    for (number, result) in results {
        match result {
            Ok(()) => report.migrated += 1,
            Err(error) => {
                tracing::error!(organization = number, error = format!("{error:#}"), "migration failed");
                report.failed.push((number, format!("{error:#}")));
            }
        }
    }
    report.failed.sort_unstable();
    Ok(report)
}

async fn one(owner: &PgConnectOptions, number: i32, migrations: Vec<Migration>) -> anyhow::Result<()> {
    let mut connection = owner.connect().await?;
    let mut tx = connection.begin().await?;
    // Several servers may start at once; who waited here finds the work done.
    sqlx::query("SELECT pg_advisory_xact_lock($1, $2)")
        .bind(TENANT_LOCK)
        .bind(number)
        .execute(&mut *tx)
        .await?;
    let newest = migrations.iter().map(|migration| migration.version).max().unwrap_or_default();
    // None when it has ended meanwhile.
    let version: Option<i64> =
        sqlx::query_scalar("SELECT schema_version FROM platform.organization WHERE number = $1")
            .bind(number)
            .fetch_optional(&mut *tx)
            .await?;
    if version.is_some_and(|version| version < newest) {
        tx.execute("SET LOCAL lock_timeout = '5s'").await?;
        schema(&mut tx, number, migrations).await?;
    }
    tx.commit().await?;
    connection.close().await?;
    Ok(())
}

/// Brings one schema to the newest version inside the caller's transaction and records the version.
pub fn newest_schema(tx: &mut PgConnection, number: i32) -> BoxFuture<'_, anyhow::Result<()>> {
    schema(tx, number, tenant_migrations())
}

/// Brings a new schema to an older version, for what comes from an older program.
pub fn schema_up_to(tx: &mut PgConnection, number: i32, version: i64) -> BoxFuture<'_, anyhow::Result<()>> {
    let migrations = TENANT.iter().filter(|migration| migration.version <= version).cloned().collect();
    schema(tx, number, migrations)
}

/// Boxed, and run directly, for the compiler cannot prove `Migrator::run` to be `Send` for every lifetime.
fn schema(
    tx: &mut PgConnection,
    number: i32,
    migrations: Vec<Migration>,
) -> BoxFuture<'_, anyhow::Result<()>> {
    Box::pin(async move {
        let Some(newest) = migrations.iter().map(|migration| migration.version).max() else {
            bail!("there is no migration");
        };
        let name = schema_name(number);
        tx.execute(AssertSqlSafe(format!("SET LOCAL search_path TO {name}, pg_temp"))).await?;
        migrator(migrations, &name).run_direct(None, &mut *tx, false).await?;
        sqlx::query("UPDATE platform.organization SET schema_version = $2 WHERE number = $1")
            .bind(number)
            .bind(newest)
            .execute(tx)
            .await?;
        Ok(())
    })
}

/// A migrator with its table in the schema it migrates. sqlx's own lock is per database and would make
/// the organizations wait for each other.
fn migrator(migrations: Vec<Migration>, schema: &str) -> Migrator {
    let mut migrator = Migrator::with_migrations(migrations);
    migrator.dangerous_set_table_name(Cow::Owned(format!("{schema}.schema_migration")));
    migrator.set_locking(false);
    migrator
}
