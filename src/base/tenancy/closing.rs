//! The suspension and the end of organizations.
//!
//! One that is suspended, or waits for its end, is shut: what was sold stays good at the gate and can be paid back, and
//! nothing else goes on. What ends is removed with its schema, role and files; the number is never given again.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::{Tenancy, TenancyError, TenantScope, repo, tell_change};
use crate::base::db::{DbResult, PlatformTx};
use crate::base::files::{Files, FilesError};
use crate::base::jobs::{Job, Priority};
use crate::base::kernel::id::{AccountId, OrganizationNumber};

/// How long an organization waits for its end.
pub const CLOSING_DELAY: Duration = Duration::days(30);

/// Looks for organizations whose time has come.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct CloseDue {}

impl Job for CloseDue {
    const KIND: &'static str = "organization.close_due";
    const PRIORITY: Priority = Priority::Background;
}

impl Tenancy {
    /// Shuts the organization for a reason that its members are told, or opens it again; the installation's own doing.
    pub async fn suspend(
        &self,
        scope: &TenantScope,
        reason: Option<&str>,
    ) -> Result<TenantScope, TenancyError> {
        let mut tx = self.db.platform().await?;
        repo::set_suspension(&mut tx, scope.number(), reason).await?;
        let action = if reason.is_some() { "organization.suspend" } else { "organization.resume" };
        let detail = json!({ "reason": reason });
        tx.audit_with(None, Some(scope.number()), action, scope.organization().id.uuid(), detail).await?;
        tell_change(&mut tx, scope.number()).await?;
        tx.commit().await?;
        self.refreshed(scope.number()).await
    }

    /// Has the organization end after the delay, in the caller's transaction; call [`Self::refreshed`] after its commit.
    /// None when it is to end already: asking again does not put it off.
    pub(in crate::base) async fn ask_closing(
        &self,
        tx: &mut PlatformTx,
        scope: &TenantScope,
        by: AccountId,
    ) -> DbResult<Option<DateTime<Utc>>> {
        let at = tx.now() + CLOSING_DELAY;
        if repo::set_closing(tx, scope.number(), at).await?.is_some() {
            return Ok(None);
        }
        tx.audit(by, Some(scope.number()), "organization.close_asked", scope.organization().id.uuid())
            .await?;
        tell_change(tx, scope.number()).await?;
        Ok(Some(at))
    }

    /// Keeps the organization after all, in the caller's transaction; call [`Self::refreshed`] after its commit. False when
    /// there is nothing to keep it from, and when its time has come.
    pub(in crate::base) async fn unask_closing(
        &self,
        tx: &mut PlatformTx,
        scope: &TenantScope,
        by: AccountId,
    ) -> DbResult<bool> {
        let kept = repo::unset_closing(tx, scope.number()).await?;
        if kept {
            let id = scope.organization().id.uuid();
            tx.audit(by, Some(scope.number()), "organization.close_cancelled", id).await?;
            tell_change(tx, scope.number()).await?;
        }
        Ok(kept)
    }

    /// Organizations whose end is due, a few at a time.
    pub(in crate::base) async fn due_to_close(&self) -> DbResult<Vec<TenantScope>> {
        let mut tx = self.db.platform().await?;
        let numbers = repo::due_to_close(&mut tx).await?;
        drop(tx);
        let mut due = Vec::new();
        for number in numbers {
            due.extend(self.load(number).await?);
        }
        Ok(due)
    }

    /// Ends an organization that is due, with everything it has, unless it was kept meanwhile; each owner gets the letter.
    /// May be done again after a crash: its files go first, and what they belong to last.
    pub(in crate::base) async fn close<J: Job>(
        &self,
        files: &Files,
        number: OrganizationNumber,
        letter: impl Fn(&str, AccountId) -> J,
    ) -> anyhow::Result<()> {
        let Some(scope) = self.load(number).await? else { return Ok(()) };
        let now = self.db.clock().now();
        if scope.organization().closes_at.is_none_or(|at| at > now) {
            return Ok(());
        }
        remove_files(files, &scope).await?;
        let mut tx = self.db.owner().await?;
        for owner in repo::remove(&mut tx, &self.db.prefix, &scope).await?.unwrap_or_default() {
            tx.enqueue_for(OrganizationNumber::PLATFORM, &letter(&scope.organization().name, owner)).await?;
        }
        tx.commit().await?;
        self.scopes.invalidate(&number.0).await;
        Ok(())
    }
}

async fn remove_files(files: &Files, scope: &TenantScope) -> Result<(), FilesError> {
    for name in files.all(scope).await? {
        files.remove(scope, &name).await?;
    }
    Ok(())
}
