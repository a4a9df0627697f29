//! Builds everything once, for the server, the commands and the tests; wires the seams.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use crate::base::config::{Config, Storage, Switch};
use crate::base::db::{Database, Db, migrate};
use crate::base::files::Files;
use crate::base::identity::{self, Entrance, EventCards, Identity, PersonalRecords, Records, Tokens};
use crate::base::jobs::{Registry, Runner};
use crate::base::kernel::clock::Clock;
use crate::base::kernel::secret::Keyring;
use crate::base::live::Live;
use crate::base::mail::{Mailer, Post};
use crate::base::tenancy::Tenancy;
use crate::base::web::Limiter;
use crate::domain::access::{Gate, LiveGate};
use crate::domain::events::{self, Catalogue, LiveEvents};
use crate::domain::payments::sandbox::Sandbox;
use crate::domain::payments::{self, Payments};
use crate::domain::ticketing::{self, EventRecords, Letters, LiveSales, Settlement, Ticketing};

/// A running installation, without its listener.
pub struct App {
    pub config: Config,
    pub db: Db,
    pub entrance: Entrance,
    pub cards: Arc<dyn EventCards>,
    pub records: Records,
    pub sandbox: Sandbox,
    pub payments: Payments,
    pub ticketing: Ticketing,
    pub gate: Gate,
    pub live: Live,
    pub live_sales: LiveSales,
    pub live_events: LiveEvents,
    pub live_gate: LiveGate,
    pub catalogue: Catalogue,
    pub files: Files,
    pub metrics: PrometheusHandle,
    post: Arc<Post>,
    database: Database,
}

impl App {
    /// Starts the database if it is the installation's own, migrates, and builds every capability.
    pub async fn start(config: Config, clock: Clock) -> anyhow::Result<Self> {
        let keyring = Keyring::new(config.installation_secret()?);
        let database = Database::open(&config).await?;
        Self::on(database, keyring, config, clock).await
    }

    /// As [`Self::start`], for a command that may run beside a server on the same data directory.
    pub async fn beside(config: Config) -> anyhow::Result<Self> {
        let keyring = Keyring::new(config.installation_secret()?);
        let database = Database::join(&config).await?;
        Self::on(database, keyring, config, Clock::default()).await
    }

    async fn on(database: Database, keyring: Keyring, config: Config, clock: Clock) -> anyhow::Result<Self> {
        let db = database.ready(&config, &keyring, clock).await?;
        let report = database.migrate_tenants().await?;
        if report.migrated > 0 || !report.failed.is_empty() {
            tracing::info!(
                migrated = report.migrated,
                failed = report.failed.len(),
                "organizations migrated"
            );
        }
        Self::build(config, keyring, database, db)
    }

    fn build(config: Config, keyring: Keyring, database: Database, db: Db) -> anyhow::Result<Self> {
        let public_url: Arc<str> = config.public_url().into();
        let tenancy = Tenancy::new(db.clone(), keyring.clone());
        let identity = Identity::new(db.clone(), tenancy.clone(), Tokens::new(keyring.clone()));
        let limiter = Limiter::new(config.limits.rate != Switch::Off, config.http.trust_forwarded);
        let sandbox = Sandbox::new(db.clone(), public_url.clone(), config.sandbox_allowed());
        let settlement = Arc::new(Settlement::new(keyring.clone()));
        let payments = Payments::new(db.clone(), payments::providers(sandbox.clone()), settlement);
        let hold_seconds = config.orders.hold_seconds;
        let ticketing =
            Ticketing::new(db.clone(), tenancy.clone(), payments.clone(), keyring.clone(), hold_seconds);
        let files = Files::new(&storage(&config), keyring.clone(), public_url.clone())?;
        let mailer = Mailer::new(&mail_url(&config), &config.mail.from)?;
        let post = Arc::new(Post::new(mailer, db.clock().clone(), public_url.clone()));
        let live = Live::default();
        let cards: Arc<dyn EventCards> = Arc::new(events::Cards {
            db: db.clone(),
            tenancy: tenancy.clone(),
            files: files.clone(),
            public_url: public_url.clone(),
            attendance: Arc::new(ticketing.clone()),
        });
        let records = EventRecords { db: db.clone(), files: files.clone(), public_url: public_url.clone() };
        let records = Records { cards: cards.clone(), records: Arc::new(records) };
        Ok(Self {
            live_sales: LiveSales::new(ticketing.clone(), live.clone()),
            live_events: LiveEvents::new(db.clone(), tenancy.clone(), live.clone()),
            live_gate: LiveGate::new(db.clone(), tenancy.clone(), live.clone()),
            live,
            cards,
            records,
            gate: Gate::new(db.clone(), identity.clone()),
            catalogue: Catalogue::new(db.clone(), tenancy.clone(), keyring.clone()),
            entrance: Entrance { db: db.clone(), tenancy, identity, limiter, keyring, public_url },
            sandbox,
            payments,
            ticketing,
            files,
            metrics: recorder(),
            post,
            database,
            config,
            db,
        })
    }

    /// Every kind of job of this program, with as many workers as configured.
    pub fn runner(&self) -> Arc<Runner> {
        self.runner_with(self.config.jobs.workers)
    }

    /// Every kind of job of this program.
    pub fn runner_with(&self, workers: usize) -> Arc<Runner> {
        let mut registry = Registry::new(self.entrance.tenancy.clone());
        let records: Arc<dyn PersonalRecords> = Arc::new(self.ticketing.clone());
        let (identity, cards) = (&self.entrance.identity, &self.cards);
        identity::register_jobs(&mut registry, identity, &self.post, &records, &self.files, cards);
        events::register_jobs(&mut registry, &self.db, &self.files, &self.entrance.keyring, &self.post);
        payments::register_jobs(&mut registry, &self.payments);
        let letters =
            Letters { post: self.post.clone(), largest_attachment: self.config.mail.largest_attachment };
        ticketing::register_jobs(&mut registry, &self.ticketing, letters);
        Arc::new(Runner::new(self.db.clone(), registry, workers))
    }

    /// Keeps the installation's own database running and tidies up, until `stop`.
    pub async fn look_after(&self, stop: CancellationToken) {
        let mut beat = tokio::time::interval(Duration::from_secs(1));
        let mut beats = 0u64;
        loop {
            tokio::select! {
                () = stop.cancelled() => {
                    // Whoever follows figures keeps no server from stopping.
                    self.live.close();
                    return;
                }
                _ = beat.tick() => {}
            }
            beats += 1;
            self.database.keep_running().await;
            if beats.is_multiple_of(60) {
                self.entrance.limiter.tidy();
                self.metrics.run_upkeep();
            }
        }
    }

    /// Whether mails can go out, for `doctor`.
    pub async fn check_mail(&self) -> anyhow::Result<()> {
        self.post.check().await
    }

    /// Ends the connections, and the database if it is the installation's own.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.db.close().await;
        self.database.stop().await
    }
}

/// Migrates the platform and every organization; fails when one stays behind.
pub async fn migrate(config: &Config) -> anyhow::Result<migrate::Report> {
    let keyring = Keyring::new(config.installation_secret()?);
    let database = Database::open(config).await?;
    database.migrate_platform(&keyring).await?;
    let report = database.migrate_tenants().await;
    database.stop().await?;
    report
}

/// Where mail goes: a folder of the data directory unless configured.
fn mail_url(config: &Config) -> String {
    match config.mail.url.expose() {
        "" => format!("file:{}", mail_folder(config).display()),
        url => url.to_owned(),
    }
}

/// Where files lie: a folder of the data directory unless configured.
fn storage(config: &Config) -> Storage {
    let mut storage = config.storage.clone();
    if storage.url.is_empty() {
        storage.url = format!("file:{}", absolute(&config.data_dir).join("files").display());
    }
    storage
}

/// The folder that mail is written to when no mail server is configured.
pub fn mail_folder(config: &Config) -> std::path::PathBuf {
    absolute(&config.data_dir).join("mail")
}

fn absolute(path: &Path) -> std::path::PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// The one recorder of the process; tests build several applications in one.
fn recorder() -> PrometheusHandle {
    static HANDLE: std::sync::OnceLock<PrometheusHandle> = std::sync::OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let recorder = PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("another metrics recorder is installed");
            }
            handle
        })
        .clone()
}

/// Runs `future` on a runtime of its own.
pub fn block_on<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("runtime")?;
    runtime.block_on(future)
}
