//! A transaction of the owner's login: it may make schemas and roles.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};

use super::DbResult;
use crate::base::jobs::{self, Job};
use crate::base::kernel::id::OrganizationNumber;

/// Dropped without [`OwnerTx::commit`] it leaves nothing behind.
#[must_use]
pub struct OwnerTx {
    tx: Transaction<'static, Postgres>,
    now: DateTime<Utc>,
}

impl OwnerTx {
    pub(super) fn new(tx: Transaction<'static, Postgres>, now: DateTime<Utc>) -> Self {
        Self { tx, now }
    }

    /// The instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The connection, for the repository of the organizations.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Work to be done after the commit, by whichever process looks next.
    pub async fn enqueue_for<J: Job>(&mut self, organization: OrganizationNumber, job: &J) -> DbResult<()> {
        jobs::insert(&mut self.tx, organization, job, self.now).await
    }

    /// Makes everything lasting.
    pub async fn commit(self) -> DbResult<()> {
        Ok(self.tx.commit().await?)
    }
}
