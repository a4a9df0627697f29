//! The database: the only holder of the pools.
//!
//! The application's login owns nothing and may read nothing. A transaction works as one organization's role
//! ([`TenantTx`]) or as the platform's ([`PlatformTx`]); outside a transaction a query finds no table.

mod database;
pub mod embedded;
mod idempotency;
pub mod migrate;
mod owner;
mod platform;
mod tenant;
mod types;

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, Postgres, Transaction};

pub use database::Database;
pub use idempotency::IdempotencyKey;
pub use owner::OwnerTx;
pub use platform::PlatformTx;
pub use tenant::TenantTx;

use crate::base::config::Config;
use crate::base::jobs::Signals;
use crate::base::kernel::clock::Clock;
use crate::base::tenancy::TenantScope;

/// A failure of the database that no input of a caller explains, but for a key that was used before.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The organization's schema waits for a migration.
    #[error("the organization is being brought up to date")]
    Behind,
    /// The organization has ended since it was looked up.
    #[error("the organization has ended")]
    Ended,
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The `Idempotency-Key` belongs to another write.
    #[error("the key belongs to another request")]
    KeyReused,
    /// A stored value that the program never writes.
    #[error("the database holds an unreadable {0}")]
    Corrupt(&'static str),
    /// The failure of somebody else's query whose answer was awaited too.
    #[error(transparent)]
    Shared(std::sync::Arc<DbError>),
}

impl DbError {
    /// Whether the same request may work in a moment.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Behind => true,
            Self::Sql(error) => {
                is_connection_loss(error)
                    || matches!(error, sqlx::Error::PoolTimedOut)
                    || is_contention(error)
            }
            Self::Corrupt(_) | Self::KeyReused | Self::Ended => false,
            Self::Shared(error) => error.is_temporary(),
        }
    }

    /// Whether a statement was ended because it took too long.
    pub fn is_too_slow(&self) -> bool {
        match self {
            Self::Shared(error) => error.is_too_slow(),
            other => other.state().as_deref() == Some("57014"),
        }
    }

    /// The SQLSTATE with which PostgreSQL refused the statement.
    pub fn state(&self) -> Option<String> {
        match self {
            Self::Sql(sqlx::Error::Database(error)) => error.code().map(Into::into),
            _ => None,
        }
    }

    /// The constraint that the statement would have broken.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Sql(sqlx::Error::Database(error)) => error.constraint(),
            _ => None,
        }
    }
}

/// A result of a query.
pub type DbResult<T> = Result<T, DbError>;

/// The pool of the application and all that a transaction needs from outside.
#[derive(Clone)]
pub struct Db {
    #[expect(clippy::disallowed_types, reason = "the one holder")]
    pool: sqlx::PgPool,
    #[expect(clippy::disallowed_types, reason = "the one holder")]
    owner: sqlx::PgPool,
    pub(in crate::base) prefix: Arc<str>,
    clock: Clock,
    signals: Arc<Signals>,
    /// Milliseconds.
    search_timeout: u32,
}

impl Db {
    /// Connects as the application's own login, which migrations have made.
    pub(super) async fn connect(
        owner: PgConnectOptions,
        login: PgConnectOptions,
        prefix: &str,
        config: &Config,
        clock: Clock,
    ) -> DbResult<Self> {
        let slow = Duration::from_millis(config.log.slow_query);
        let login = login
            .options([("statement_timeout", config.database.statement_timeout.to_string())])
            .options([("search_path", "pg_catalog,pg_temp")])
            .application_name("parvis")
            .statement_cache_capacity(500)
            .log_statements(tracing::log::LevelFilter::Trace)
            .log_slow_statements(tracing::log::LevelFilter::Warn, slow);
        let pool = PgPoolOptions::new()
            .max_connections(config.database.pool)
            .max_lifetime(Duration::from_secs(12 * 60))
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            // A request that is dropped while its transaction begins gives back an open transaction with the
            // organization set. One round trip ends it; whatever was set was LOCAL to it. An error closes the
            // connection.
            .after_release(|connection, _| {
                Box::pin(async move { Ok(connection.execute("BEGIN; ROLLBACK").await.is_ok()) })
            })
            .connect_with(login)
            .await?;
        // Two at a time, for new schemas slow everybody else down.
        let owner = PgPoolOptions::new()
            .max_connections(2)
            .idle_timeout(Duration::from_secs(60))
            .acquire_timeout(Duration::from_secs(60))
            .connect_lazy_with(owner.application_name("parvis-owner"));
        let search_timeout = config.database.search_timeout;
        Ok(Self { pool, owner, prefix: prefix.into(), clock, signals: Arc::default(), search_timeout })
    }

    /// A transaction that sees one organization's tables and nothing else.
    pub async fn tenant(&self, scope: &TenantScope) -> DbResult<TenantTx> {
        if scope.organization().schema_version < migrate::newest_tenant_version() {
            return Err(DbError::Behind);
        }
        let tx =
            self.begin(scope.begin_statement()).await.map_err(|error| match error.state().as_deref() {
                // "invalid_parameter_value": there is no such role.
                Some("22023") => DbError::Ended,
                _ => error,
            })?;
        Ok(TenantTx::new(tx, scope.clone(), self.clock.now(), self.signals.clone()))
    }

    /// A transaction on the platform's own tables.
    pub async fn platform(&self) -> DbResult<PlatformTx> {
        self.platform_with("").await
    }

    /// As [`Self::platform`], with a commit that does not wait for the disk: for what may vanish with a crash of
    /// the machine.
    pub async fn hasty_platform(&self) -> DbResult<PlatformTx> {
        self.platform_with("; SET LOCAL synchronous_commit TO off").await
    }

    /// As [`Self::platform`], for reading lists in bounded time: a statement that takes longer than
    /// [`Self::search_timeout`] ends with SQLSTATE 57014. Rows are expected in memory, as those of lists are.
    pub async fn bounded_platform(&self) -> DbResult<PlatformTx> {
        self.bounded_with("").await
    }

    /// As [`Self::bounded_platform`], for searches whose best way depends on what is looked for.
    pub async fn searching_platform(&self) -> DbResult<PlatformTx> {
        self.bounded_with("; SET LOCAL plan_cache_mode TO force_custom_plan").await
    }

    /// How long a statement of a list or a search may take.
    pub fn search_timeout(&self) -> Duration {
        Duration::from_millis(self.search_timeout.into())
    }

    async fn bounded_with(&self, more: &str) -> DbResult<PlatformTx> {
        self.platform_with(&format!(
            "; SET LOCAL statement_timeout TO {}; SET LOCAL jit TO off; SET LOCAL random_page_cost TO 1.1{more}",
            self.search_timeout
        ))
        .await
    }

    async fn platform_with(&self, more: &str) -> DbResult<PlatformTx> {
        const BEGIN: &str =
            "BEGIN; SET LOCAL search_path TO platform, pg_temp; SET LOCAL ROLE parvis_platform";
        let tx = self.begin(format!("{BEGIN}{more}").into()).await?;
        Ok(PlatformTx::new(tx, self.clock.now(), self.signals.clone()))
    }

    /// Begins in one round trip. After a restart of PostgreSQL every pooled connection is dead and says so
    /// only when used, so as many are tried as the pool may hold.
    async fn begin(&self, statement: Arc<str>) -> DbResult<Transaction<'static, Postgres>> {
        let mut tries = self.pool.options().get_max_connections() + 20;
        let mut unaware = 3;
        loop {
            match self.pool.begin_with(AssertSqlSafe(statement.clone())).await {
                // A connection may remember its roles from before the organization was made; it is closed on its return.
                Err(error) if unaware > 0 && is_denied(&error) => unaware -= 1,
                Err(error) if tries > 0 && is_connection_loss(&error) => {
                    tries -= 1;
                    if !is_dead_connection(&error) {
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
                other => return Ok(other?),
            }
        }
    }

    /// A connection outside any transaction, for the proof that it can see nothing.
    #[doc(hidden)]
    pub async fn unscoped(&self, sql: &'static str) -> DbResult<u64> {
        Ok(self.pool.execute(sql).await?.rows_affected())
    }

    /// A transaction as the owner's login, for provisioning only.
    pub(in crate::base) async fn owner(&self) -> DbResult<OwnerTx> {
        let tx = self.owner.begin_with("BEGIN; SET LOCAL search_path TO platform, pg_temp").await?;
        Ok(OwnerTx::new(tx, self.clock.now()))
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What this process tells itself after a commit, and hears from the others.
    pub fn signals(&self) -> &Arc<Signals> {
        &self.signals
    }

    /// Connections of the pool: in use and idle.
    pub fn connections(&self) -> (u32, usize) {
        (self.pool.size(), self.pool.num_idle())
    }

    pub async fn close(&self) {
        self.owner.close().await;
        self.pool.close().await;
    }
}

/// Whether the connection may not do this (42501).
fn is_denied(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("42501")
}

/// Whether a pooled connection turned out to be dead, as against a server that is not there: another
/// connection may work at once.
fn is_dead_connection(error: &sqlx::Error) -> bool {
    use std::io::ErrorKind::{ConnectionRefused, NotFound};
    matches!(error, sqlx::Error::Io(io) if !matches!(io.kind(), ConnectionRefused | NotFound))
}

/// Whether two transactions stood in each other's way: deadlock, serialization, lock timeout.
fn is_contention(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error)
        if matches!(error.code().as_deref(), Some("40P01" | "40001" | "55P03")))
}

/// Whether the connection, not the statement, failed: also while PostgreSQL starts or stops.
fn is_connection_loss(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(error) => {
            matches!(error.code().as_deref(), Some("57P01" | "57P02" | "57P03" | "08006" | "08003"))
        }
        _ => false,
    }
}
