//! A transaction of the owner's login: it may make schemas and roles.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tokio::sync::OwnedSemaphorePermit;

use super::DbResult;

/// Dropped without [`OwnerTx::commit`] it closes its connection and leaves nothing behind.
#[must_use]
pub struct OwnerTx {
    connection: PgConnection,
    now: DateTime<Utc>,
    _turn: OwnedSemaphorePermit,
}

impl OwnerTx {
    pub(super) async fn begin(
        mut connection: PgConnection,
        now: DateTime<Utc>,
        turn: OwnedSemaphorePermit,
    ) -> DbResult<Self> {
        sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
        Ok(Self { connection, now, _turn: turn })
    }

    /// The instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The connection, for the repository of the organizations.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    /// Makes everything lasting.
    pub async fn commit(mut self) -> DbResult<()> {
        sqlx::raw_sql("COMMIT").execute(&mut self.connection).await?;
        Ok(())
    }
}
