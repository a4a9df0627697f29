//! Jobs: fair turns, leases, and what happens to them when a process ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use parking_lot::Mutex;
use parvis::base::jobs::{Job, Priority, Registry, Runner};
use parvis::base::tenancy::TenantScope;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::support::app::TestApp;
use crate::support::{eventually, run};

/// A job that goes through at once.
#[derive(Serialize, Deserialize)]
struct Telegram(String);

/// An urgent job that lasts until the depot opens.
#[derive(Serialize, Deserialize)]
struct Express(String);

/// A job that can wait, and lasts until the depot opens.
#[derive(Serialize, Deserialize)]
struct Parcel(String);

impl Job for Telegram {
    const KIND: &'static str = "test.telegram";
    const PRIORITY: Priority = Priority::Urgent;
}

impl Job for Express {
    const KIND: &'static str = "test.express";
    const PRIORITY: Priority = Priority::Urgent;
}

impl Job for Parcel {
    const KIND: &'static str = "test.parcel";
    const PRIORITY: Priority = Priority::Background;
}

/// Where jobs wait until the test lets them go.
#[derive(Clone)]
struct Depot {
    app: Arc<TestApp>,
    begun: Arc<Mutex<Vec<String>>>,
    ended: Arc<Mutex<Vec<String>>>,
    gate: Arc<Semaphore>,
}

impl Depot {
    /// In an application whose own jobs do not run.
    async fn new() -> Self {
        let app = Arc::new(TestApp::own(|config| config.jobs.workers = 0).await);
        Self { app, begun: Arc::default(), ended: Arc::default(), gate: Arc::new(Semaphore::new(0)) }
    }

    async fn organization(&self) -> TenantScope {
        let owner = self.app.owner_without_mail().await;
        let id = uuid::Uuid::parse_str(&owner.organization).unwrap();
        self.app.app.entrance.tenancy.scope_of_organization(id.into()).await.unwrap().unwrap()
    }

    async fn add<J: Job>(&self, to: &TenantScope, jobs: impl IntoIterator<Item = J>) {
        let mut tx = self.app.app.db.tenant(to).await.unwrap();
        for job in jobs {
            tx.enqueue(&job).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// A process' poller, and what stops it.
    fn process(&self, workers: usize) -> (tokio::task::JoinHandle<()>, CancellationToken) {
        let mut registry = Registry::new(self.app.app.entrance.tenancy.clone());
        let depot = self.clone();
        registry.tenant(move |_, Telegram(name)| depot.clone().pass(name, false));
        let depot = self.clone();
        registry.tenant(move |_, Express(name)| depot.clone().pass(name, true));
        let depot = self.clone();
        registry.tenant(move |_, Parcel(name)| depot.clone().pass(name, true));
        let stop = CancellationToken::new();
        let runner = Arc::new(Runner::new(self.app.app.db.clone(), registry, workers));
        (tokio::spawn(runner.run(stop.clone())), stop)
    }

    async fn pass(self, name: String, wait: bool) -> Result<(), parvis::base::jobs::JobError> {
        self.begun.lock().push(name.clone());
        if wait {
            self.gate.acquire().await.unwrap().forget();
        }
        self.ended.lock().push(name);
        Ok(())
    }

    /// Lets so many jobs go.
    fn open(&self, jobs: usize) {
        self.gate.add_permits(jobs);
    }

    async fn begins(&self, jobs: usize) {
        eventually("jobs to begin", || async { (self.begun.lock().len() >= jobs).then_some(()) }).await;
    }

    async fn ends(&self, name: &str) {
        let is_there = || self.ended.lock().iter().any(|ended| ended == name);
        eventually(&format!("the end of {name}"), || async { is_there().then_some(()) }).await;
    }

    /// The ends of the leases of all jobs that are left.
    async fn leases(&self) -> Vec<Option<DateTime<Utc>>> {
        let mut tx = self.app.app.db.platform().await.unwrap();
        let rows = sqlx::query("SELECT lease_until FROM platform.job WHERE kind LIKE 'test.%' ORDER BY id");
        rows.fetch_all(tx.conn()).await.unwrap().iter().map(|row| row.get(0)).collect()
    }

    async fn is_empty(&self) {
        eventually("the last job to leave", || async { self.leases().await.is_empty().then_some(()) }).await;
    }

    /// Waits until the lease that a job has now is over.
    async fn outlasts_its_lease(&self) {
        let until = eventually("a lease", || async { self.leases().await[0] }).await;
        eventually("its end", || async { (self.app.clock.now() > until).then_some(()) }).await;
    }
}

fn many<J>(count: usize, job: impl Fn(String) -> J) -> Vec<J> {
    (0..count).map(|n| job(format!("{n} of many"))).collect()
}

#[test]
fn the_backlog_of_one_organization_does_not_delay_anothers_urgent_job() {
    run(async {
        let depot = Depot::new().await;
        let (busy, other) = (depot.organization().await, depot.organization().await);
        depot.add(&busy, many(40, Express)).await;
        let (running, stop) = depot.process(4);
        depot.begins(3).await;
        // Whatever the busy one's jobs wait for: they still do.
        depot.add(&other, [Telegram("tickets".into())]).await;
        depot.ends("tickets").await;
        depot.open(40);
        depot.is_empty().await;
        stop.cancel();
        running.await.unwrap();
    });
}

#[test]
fn news_to_many_does_not_delay_the_same_organizations_tickets() {
    run(async {
        let depot = Depot::new().await;
        let organization = depot.organization().await;
        depot.add(&organization, many(40, Parcel)).await;
        let (running, stop) = depot.process(4);
        depot.begins(3).await;
        depot.add(&organization, [Telegram("tickets".into())]).await;
        depot.ends("tickets").await;
        // One after the other, also while the first of them takes long.
        depot.add(&organization, [Express("slow".into())]).await;
        depot.begins(5).await;
        assert!(depot.begun.lock().contains(&"slow".to_owned()));
        depot.open(41);
        depot.is_empty().await;
        stop.cancel();
        running.await.unwrap();
    });
}

#[test]
fn organizations_take_turns_whoever_came_first() {
    run(async {
        let depot = Depot::new().await;
        for name in ["first", "second", "third"] {
            let organization = depot.organization().await;
            depot.add(&organization, (0..9).map(|_| Parcel(name.into()))).await;
        }
        let (running, stop) = depot.process(4);
        depot.begins(3).await;
        let begun: BTreeSet<String> = depot.begun.lock().iter().cloned().collect();
        assert_eq!(begun.len(), 3, "{begun:?}");
        depot.open(27);
        depot.is_empty().await;
        stop.cancel();
        running.await.unwrap();
    });
}

#[test]
fn a_process_that_stops_keeps_its_jobs_until_they_are_done() {
    run(async {
        let depot = Depot::new().await;
        let organization = depot.organization().await;
        depot.add(&organization, [Parcel("once".into())]).await;
        let (stopping, stop) = depot.process(2);
        depot.begins(1).await;
        let (other, stop_other) = depot.process(2);
        stop.cancel();
        depot.outlasts_its_lease().await;
        depot.add(&organization, [Telegram("the other works".into())]).await;
        depot.ends("the other works").await;
        assert!(!stopping.is_finished(), "it waits for its job");
        depot.open(1);
        stopping.await.unwrap();
        depot.is_empty().await;
        assert_eq!(depot.begun.lock().iter().filter(|name| *name == "once").count(), 1);
        stop_other.cancel();
        other.await.unwrap();
    });
}

#[test]
fn a_job_of_a_process_that_died_runs_again_and_leaves_once_that_is_done() {
    run(async {
        let depot = Depot::new().await;
        let organization = depot.organization().await;
        depot.add(&organization, [Parcel("again".into())]).await;
        // Its poller dies, so nobody renews the lease; its job hangs on.
        let (dying, _) = depot.process(2);
        depot.begins(1).await;
        dying.abort();
        let (living, stop) = depot.process(2);
        depot.begins(2).await;
        // The job that hung comes to its end after all, when it is another's already.
        depot.open(1);
        depot.ends("again").await;
        depot.add(&organization, [Telegram("meanwhile".into())]).await;
        depot.ends("meanwhile").await;
        eventually("one to be left", || async { (depot.leases().await.len() == 1).then_some(()) }).await;
        depot.open(1);
        depot.is_empty().await;
        assert_eq!(depot.begun.lock().iter().filter(|name| *name == "again").count(), 2);
        stop.cancel();
        living.await.unwrap();
    });
}
