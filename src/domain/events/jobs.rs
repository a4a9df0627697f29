//! Jobs of events.

use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{catalogue, guests, publishing};
use crate::base::db::{Db, DbResult, TenantTx};
use crate::base::files::{Files, FilesError};
use crate::base::jobs::{Job, JobError, Priority, Registry};
use crate::base::kernel::id::EventId;
use crate::base::kernel::secret::Keyring;
use crate::base::mail::Post;
use crate::base::tenancy::{OrganizationChanged, TenantScope};

/// Removes the files that no event shows: those of a write that failed, of a file that was replaced, of a deleted event.
#[derive(Debug, Serialize, Deserialize)]
struct SweepFiles {
    /// The day on which a file may have been left behind.
    day: NaiveDate,
}

impl Job for SweepFiles {
    const KIND: &'static str = "events.sweep_files";
    const PRIORITY: Priority = Priority::Background;

    fn unique_key(&self) -> Option<String> {
        Some(self.day.to_string())
    }
}

/// Has what is left behind today swept once it is a day old: by then no write that made it is still under way.
pub(super) async fn plan_sweep(tx: &mut TenantTx) -> DbResult<()> {
    let day = tx.now().date_naive();
    let later = day.checked_add_days(Days::new(2)).unwrap_or(day);
    let at = later.and_time(NaiveTime::MIN).and_utc() + chrono::Duration::hours(1);
    tx.enqueue_at(&SweepFiles { day }, at).await
}

/// Registers what this capability does after a commit.
pub fn register_jobs(registry: &mut Registry, db: &Db, files: &Files, keyring: &Keyring, post: &Arc<Post>) {
    guests::register(registry, db, keyring, post);
    catalogue::register_jobs(registry, db);
    let relisting = db.clone();
    registry.tenant(move |scope, _: OrganizationChanged| {
        let db = relisting.clone();
        async move { relist(&db, &scope).await }
    });
    let (db, files) = (db.clone(), files.clone());
    registry.tenant(move |scope, _: SweepFiles| {
        let (db, files) = (db.clone(), files.clone());
        async move { sweep(&db, &files, &scope).await }
    });
}

/// Tells the catalogue of the organization as it is now, one event after the other.
async fn relist(db: &Db, scope: &TenantScope) -> Result<(), JobError> {
    let mut after = Uuid::nil();
    loop {
        let mut tx = db.tenant(scope).await?;
        let last = publishing::refresh_after(&mut tx, after).await?;
        tx.commit().await?;
        let Some(last) = last else { return Ok(()) };
        after = last;
    }
}

async fn sweep(db: &Db, files: &Files, scope: &TenantScope) -> Result<(), JobError> {
    let failed = |error: FilesError| JobError::Retry(error.into());
    let aged = db.clock().now() - chrono::Duration::days(1);
    let found = files.older(scope, "events", aged).await.map_err(failed)?;
    for chunk in found.chunks(500) {
        let mut events: Vec<EventId> = chunk.iter().filter_map(|file| event_of(file)).collect();
        events.dedup();
        let mut tx = db.tenant(scope).await?;
        let known = super::events(&mut tx, &events).await?;
        drop(tx);
        let shown: Vec<String> = known.iter().flat_map(|event| event.media.files(event.id)).collect();
        // A copy's files may be as old as those that they were made of, and come before their event.
        let young =
            |file: &&String| event_of(file).is_some_and(|event| event.made_at().is_some_and(|at| at > aged));
        for file in chunk.iter().filter(|file| !shown.contains(file) && !young(file)) {
            files.remove(scope, file).await.map_err(failed)?;
        }
    }
    Ok(())
}

/// The event in whose folder the file lies.
fn event_of(file: &str) -> Option<EventId> {
    let id: uuid::Uuid = file.strip_prefix("events/")?.split('/').next()?.parse().ok()?;
    Some(id.into())
}
