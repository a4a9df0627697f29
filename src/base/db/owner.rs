//! A transaction of the owner's login: it may make schemas and roles.

use chrono::{DateTime, Utc};
use sqlx::{Executor, PgConnection};
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
        connection.execute("BEGIN").await?;
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
        self.connection.execute("COMMIT").await?;
        Ok(())
    }
}
