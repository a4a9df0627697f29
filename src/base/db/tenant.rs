//! A transaction of one organization.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::DbResult;
use crate::base::jobs::{Job, Signals};
use crate::base::kernel::id::{AccountId, AuditId, Id};
use crate::base::tenancy::{Organization, TenantScope};

/// The only way to an organization's data. Dropped without [`TenantTx::commit`] it leaves nothing behind.
#[must_use]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    scope: TenantScope,
    now: DateTime<Utc>,
    signals: Arc<Signals>,
    enqueued: bool,
    bumped: Vec<&'static str>,
    made: AtomicU16,
}

impl TenantTx {
    pub(super) fn new(
        tx: Transaction<'static, Postgres>,
        scope: TenantScope,
        now: DateTime<Utc>,
        signals: Arc<Signals>,
    ) -> Self {
        Self { tx, scope, now, signals, enqueued: false, bumped: Vec::new(), made: AtomicU16::new(0) }
    }

    /// The instant of this transaction: one for all that it writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new id of this organization; within the transaction ids sort in the order in which they are made.
    pub fn new_id<K>(&self) -> Id<K> {
        let sequence = self.made.fetch_add(1, Ordering::Relaxed);
        Id::in_sequence(self.now, sequence, self.scope.number())
    }

    pub fn scope(&self) -> &TenantScope {
        &self.scope
    }

    pub fn organization(&self) -> &Organization {
        self.scope.organization()
    }

    /// The connection, for repositories.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Work to be done after the commit.
    pub async fn enqueue<J: Job>(&mut self, job: &J) -> DbResult<()> {
        self.enqueue_at(job, self.now).await
    }

    /// Work to be done at `run_at` or soon after.
    pub async fn enqueue_at<J: Job>(&mut self, job: &J, run_at: DateTime<Utc>) -> DbResult<()> {
        let payload = serde_json::to_value(job).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
        let priority: i16 = J::PRIORITY.into();
        sqlx::query!(
            "SELECT platform.enqueue($1, $2, $3, $4, $5)",
            J::KIND,
            payload,
            job.unique_key(),
            priority,
            run_at
        )
        .execute(&mut *self.tx)
        .await?;
        self.enqueued |= run_at <= self.now;
        Ok(())
    }

    /// Tells the caches of every process that `topic` has changed.
    pub async fn bump(&mut self, topic: &'static str) -> DbResult<()> {
        sqlx::query!("SELECT platform.bump($1)", topic).execute(&mut *self.tx).await?;
        self.bumped.push(topic);
        Ok(())
    }

    /// Records what somebody did. Nothing can change the row.
    pub async fn audit(
        &mut self,
        actor: Option<AccountId>,
        action: &'static str,
        target: Uuid,
        detail: serde_json::Value,
    ) -> DbResult<()> {
        let id: AuditId = self.new_id();
        sqlx::query!(
            "INSERT INTO audit (id, at, actor, action, target, detail) VALUES ($1, $2, $3, $4, $5, $6)",
            id.uuid(),
            self.now,
            actor.map(Id::uuid),
            action,
            target,
            detail
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Makes everything lasting and wakes the jobs of this process.
    pub async fn commit(self) -> DbResult<()> {
        self.tx.commit().await?;
        self.signals.committed(self.enqueued, &self.bumped);
        Ok(())
    }

    /// Undoes everything now instead of on drop.
    pub async fn rollback(self) -> DbResult<()> {
        Ok(self.tx.rollback().await?)
    }
}
