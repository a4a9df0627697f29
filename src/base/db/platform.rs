//! A transaction on the platform's own tables.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::DbResult;
use crate::base::jobs::{self, Job, Signals};
use crate::base::kernel::id::{AccountId, AuditId, Id, OrganizationNumber};

/// Accounts, sessions, memberships, listings: what belongs to no single organization.
#[must_use]
pub struct PlatformTx {
    tx: Transaction<'static, Postgres>,
    now: DateTime<Utc>,
    signals: Arc<Signals>,
    enqueued: bool,
}

impl PlatformTx {
    pub(super) fn new(tx: Transaction<'static, Postgres>, now: DateTime<Utc>, signals: Arc<Signals>) -> Self {
        Self { tx, now, signals, enqueued: false }
    }

    /// The instant of this transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new id of the platform.
    pub fn new_id<K>(&self) -> Id<K> {
        Id::new(self.now, OrganizationNumber::PLATFORM)
    }

    /// The connection, for repositories.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Work of the platform to be done after the commit.
    pub async fn enqueue<J: Job>(&mut self, job: &J) -> DbResult<()> {
        self.enqueue_for(OrganizationNumber::PLATFORM, job).await
    }

    /// Work of an organization to be done after the commit.
    pub async fn enqueue_for<J: Job>(&mut self, organization: OrganizationNumber, job: &J) -> DbResult<()> {
        self.enqueue_for_at(organization, job, self.now).await
    }

    /// Work of an organization to be done at `run_at` or soon after.
    pub async fn enqueue_for_at<J: Job>(
        &mut self,
        organization: OrganizationNumber,
        job: &J,
        run_at: DateTime<Utc>,
    ) -> DbResult<()> {
        jobs::insert(&mut self.tx, organization, job, run_at).await?;
        self.enqueued |= run_at <= self.now;
        Ok(())
    }

    /// Records what somebody did to an account or an organization. Nothing can change the row.
    pub async fn audit(
        &mut self,
        actor: AccountId,
        organization: Option<OrganizationNumber>,
        action: &'static str,
        target: Uuid,
    ) -> DbResult<()> {
        self.audit_with(Some(actor), organization, action, target, json!({})).await
    }

    /// As [`Self::audit`], with what else there is to say; without an actor it is the installation's own doing.
    pub async fn audit_with(
        &mut self,
        actor: Option<AccountId>,
        organization: Option<OrganizationNumber>,
        action: &'static str,
        target: Uuid,
        detail: Value,
    ) -> DbResult<()> {
        let id: AuditId = self.new_id();
        sqlx::query!(
            "INSERT INTO platform.audit (id, at, actor, organization, action, target, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id.uuid(),
            self.now,
            actor.map(Id::uuid),
            organization.map(|number| number.0),
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
        self.signals.committed(self.enqueued, &[]);
        Ok(())
    }
}
