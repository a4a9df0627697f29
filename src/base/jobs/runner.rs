//! The one poller of a process: jobs, clockworks and generations.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::registry::{JobError, Registry};
use super::repo::{self, Claimed};
use crate::base::db::{Db, DbResult, PlatformTx};

/// How often the database is asked when nothing wakes the poller.
const PERIOD: Duration = Duration::from_millis(500);
/// A process that dies leaves its jobs to others after this time: short, for a hold that has ended must end
/// within three seconds also after a crash. Whoever lives renews the leases of its jobs in every round.
const LEASE: chrono::Duration = chrono::Duration::milliseconds(2_500);

/// How long a process that was told to stop waits for its jobs.
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs the jobs of all organizations in this process.
pub struct Runner {
    db: Db,
    registry: Arc<Registry>,
    workers: usize,
    free: Arc<Semaphore>,
    tasks: TaskTracker,
    /// The jobs that run here.
    running: Mutex<HashSet<i64>>,
}

impl Runner {
    pub fn new(db: Db, registry: Registry, workers: usize) -> Self {
        Self {
            db,
            registry: Arc::new(registry),
            workers,
            free: Arc::new(Semaphore::new(workers)),
            tasks: TaskTracker::new(),
            running: Mutex::default(),
        }
    }

    /// Polls until `stop`; then waits for the jobs that run.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let again = match self.poll().await {
                Ok(again) => again,
                Err(error) => {
                    tracing::warn!(%error, "the job poller cannot reach the database");
                    false
                }
            };
            if again {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.db.signals().woken() => {}
                () = tokio::time::sleep(PERIOD) => {}
            }
        }
        self.tasks.close();
        if tokio::time::timeout(PATIENCE, self.drain()).await.is_err() {
            tracing::warn!("jobs still run; another process will do them again");
        }
    }

    /// Waits for the jobs that run, and keeps them from others meanwhile.
    async fn drain(&self) {
        loop {
            tokio::select! {
                () = self.tasks.wait() => return,
                () = tokio::time::sleep(PERIOD) => {}
            }
            if let Err(error) = self.renew().await {
                tracing::warn!(%error, "leases cannot be renewed");
            }
        }
    }

    async fn renew(&self) -> DbResult<()> {
        let mut tx = self.db.platform().await?;
        self.renew_in(&mut tx).await?;
        tx.commit().await
    }

    async fn renew_in(&self, tx: &mut PlatformTx) -> DbResult<()> {
        let running: Vec<i64> = self.running.lock().iter().copied().collect();
        if running.is_empty() { Ok(()) } else { repo::renew(tx, &running, LEASE).await }
    }

    /// One round; true when there may be more to do at once.
    async fn poll(self: &Arc<Self>) -> DbResult<bool> {
        let mut tx = self.db.platform().await?;
        self.db.signals().heard(repo::generations(&mut tx).await?);
        if self.workers == 0 {
            return Ok(false);
        }
        self.renew_in(&mut tx).await?;
        self.tick(&mut tx).await?;
        let Ok(first) = self.free.clone().try_acquire_owned() else {
            tx.commit().await?;
            // Every worker is busy: a finished one wakes the next round.
            return Ok(false);
        };
        let mut permits = vec![first];
        while let Ok(permit) = self.free.clone().try_acquire_owned() {
            permits.push(permit);
        }
        let limit = i64::try_from(permits.len()).unwrap_or(1);
        let claimed = repo::claim(&mut tx, limit, self.kept(), LEASE).await?;
        tx.commit().await?;
        let full = claimed.len() == permits.len();
        for (job, permit) in claimed.into_iter().zip(permits) {
            let runner = self.clone();
            self.running.lock().insert(job.id);
            self.tasks.spawn(async move { runner.work(job, permit).await });
        }
        Ok(full)
    }

    /// How many workers are kept free for urgent jobs: of one alone none.
    fn kept(&self) -> i64 {
        let kept = if self.workers > 1 { (self.workers / 4).max(1) } else { 0 };
        i64::try_from(kept).unwrap_or(0)
    }

    async fn tick(&self, tx: &mut PlatformTx) -> DbResult<()> {
        let names: Vec<String> = self.registry.cron.iter().map(|(name, ..)| (*name).to_owned()).collect();
        for due in repo::due_clockworks(tx, &names).await? {
            let Some((name, period, payload)) = self.registry.cron.iter().find(|(name, ..)| *name == due)
            else {
                continue;
            };
            let period = chrono::Duration::from_std(*period).unwrap_or(chrono::Duration::hours(1));
            repo::tick(tx, name, period, payload).await?;
        }
        Ok(())
    }

    async fn work(&self, job: Claimed, permit: OwnedSemaphorePermit) {
        let outcome = self.outcome(&job).await;
        let result = if outcome.is_ok() { "done" } else { "failed" };
        metrics::counter!("parvis_jobs_total", "kind" => job.kind.clone(), "result" => result).increment(1);
        if let Err(error) = self.record(&job, outcome).await {
            // The lease ends and the job runs again: jobs bear that.
            tracing::warn!(job = job.id, kind = job.kind, %error, "a job's end could not be recorded");
        }
        self.running.lock().remove(&job.id);
        drop(permit);
        self.db.signals().committed(true, &[]);
    }

    async fn outcome(&self, job: &Claimed) -> Result<(), JobError> {
        let handler = self
            .registry
            .handler(&job.kind)
            .ok_or_else(|| JobError::Fail(format!("no code for jobs of kind {}", job.kind)))?;
        let run = handler(Claimed { payload: job.payload.clone(), kind: job.kind.clone(), ..*job });
        match std::panic::AssertUnwindSafe(run).catch_unwind().await {
            Ok(outcome) => outcome,
            Err(_) => Err(JobError::Retry(anyhow::anyhow!("the job panicked"))),
        }
    }

    async fn record(&self, job: &Claimed, outcome: Result<(), JobError>) -> DbResult<()> {
        let mut tx = self.db.platform().await?;
        match outcome {
            Ok(()) => repo::done(&mut tx, job).await?,
            Err(error) => {
                tracing::warn!(job = job.id, kind = job.kind, attempts = job.attempts, %error, "a job failed");
                let give_up = matches!(error, JobError::Fail(_));
                repo::failed(&mut tx, job, &error.to_string(), give_up).await?;
            }
        }
        tx.commit().await
    }
}

/// What waits to be done, over all organizations.
#[derive(Clone, Copy, Debug)]
pub struct Backlog {
    pub waiting: i64,
    pub dead: i64,
    pub oldest: Option<DateTime<Utc>>,
}

/// Removes jobs that have been dead for a month.
pub async fn forget_dead(tx: &mut PlatformTx) -> DbResult<u64> {
    let before = tx.now() - chrono::Duration::days(30);
    repo::forget_dead(tx, before).await
}

/// Counts the jobs that are due and those that are dead.
pub async fn backlog(db: &Db) -> DbResult<Backlog> {
    let mut tx = db.platform().await?;
    let (waiting, dead, oldest) = repo::backlog(&mut tx).await?;
    Ok(Backlog { waiting, dead, oldest })
}
