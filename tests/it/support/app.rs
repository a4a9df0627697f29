//! The real application, listening on a port of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use figment::Figment;
use figment::providers::{Format, Toml};
use parvis::app::{self, App};
use parvis::base::config::{Config, DEFAULTS, Switch};
use parvis::base::kernel::clock::Clock;
use parvis::base::kernel::secret::Secret;
use parvis::edges::api;
use poem::listener::TcpAcceptor;
use tokio::sync::{Mutex, OnceCell};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::client::Client;
use super::cluster;
use super::front::{self, Door};
use super::mail::Mailbox;
use super::process::Process;

/// A running application. Dropping it stops it.
pub struct TestApp {
    pub app: Arc<App>,
    /// Move it with `advance`, in an application of one's own only.
    pub clock: Clock,
    pub mailbox: Mailbox,
    address: SocketAddr,
    _stop: DropGuard,
    /// The servers that are spoken to in place of this one, where a run has several.
    servers: Option<Process>,
}

/// The defaults with what tests need. No environment and no file has a say.
pub fn defaults() -> Config {
    let mut config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
    config.data_dir = cluster::scratch();
    config.security.secret = Secret::new("a secret for tests of forty characters..");
    config.limits.rate = Switch::Off;
    config.database.pool = 10;
    // A machine that runs all tests at once is slower than any in use: lists are whole all the same.
    config.database.search_timeout = 10_000;
    config
}

impl TestApp {
    /// The application that tests share which move no clock and need no settings.
    pub async fn shared() -> &'static Self {
        static SHARED: OnceCell<TestApp> = OnceCell::const_new();
        SHARED
            .get_or_init(async || match front::servers() {
                1 => Self::own(|config| config.database.pool = 30).await,
                count => Self::several(count).await,
            })
            .await
    }

    /// So many processes of the program behind one address, which clients speak to. The application in this process is one
    /// more on the same database, for what tests look up themselves.
    pub async fn several(count: usize) -> Self {
        let door = Door::new();
        let address = door.address;
        let mut app = Self::own(|config| {
            config.http.public_url = format!("http://{address}");
        })
        .await;
        let config = &app.app.config;
        let environment = [
            ("PARVIS__DATA_DIR", config.data_dir.display().to_string()),
            ("PARVIS__DATABASE__URL", config.database.url.expose().to_owned()),
            ("PARVIS__DATABASE__POOL", "15".to_owned()),
            ("PARVIS__DATABASE__SEARCH_TIMEOUT", config.database.search_timeout.to_string()),
            ("PARVIS__SECURITY__SECRET", config.security.secret.expose().to_owned()),
            ("PARVIS__LIMITS__RATE", "off".to_owned()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value)).into();
        let folder = config.data_dir.clone();
        let servers = Process::start_many(count, &["serve"], folder, environment, door).await;
        servers.end_with_tests();
        app.address = address;
        app.servers = Some(servers);
        app
    }

    /// Clients of the single servers, where there are several.
    pub fn each(&self) -> Vec<Client> {
        self.servers.as_ref().map_or_else(|| vec![self.client()], Process::each)
    }

    /// An application of one's own, with other settings.
    pub async fn own(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = defaults();
        config.database.url = Secret::new(cluster::database().await);
        change(&mut config);
        Self::start(config).await
    }

    /// An application with these settings, which listens wherever there is room.
    pub async fn start(config: Config) -> Self {
        Self::start_with(config, |_| ()).await
    }

    /// A second application on the same database, as another process of the same installation is.
    pub async fn beside(&self) -> Self {
        let mut config = self.app.config.clone();
        config.jobs.workers = 0;
        Self::start(config).await
    }

    /// As [`Self::start`], with a change to the application before it listens.
    pub async fn start_with(mut config: Config, change: impl FnOnce(&mut App)) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        config.http.listen = address.to_string();
        let mailbox = Mailbox::new(app::mail_folder(&config));
        let clock = Clock::default();
        // Roles belong to the cluster: two migrations at once would wait for each other's locks.
        static ONE_BY_ONE: Mutex<()> = Mutex::const_new(());
        let turn = ONE_BY_ONE.lock().await;
        let mut app = App::start(config, clock.clone()).await.expect("the application");
        drop(turn);
        change(&mut app);
        let app = Arc::new(app);
        let routes = api::routes(&app).unwrap();
        let stop = CancellationToken::new();
        let acceptor = TcpAcceptor::from_std(listener).unwrap();
        let server = poem::Server::new_with_acceptor(acceptor);
        tokio::spawn(server.run_with_graceful_shutdown(routes, stop.clone().cancelled_owned(), None));
        tokio::spawn(app.runner().run(stop.clone()));
        Self { app, clock, mailbox, address, _stop: stop.drop_guard(), servers: None }
    }

    /// Somebody who is not logged in.
    pub fn client(&self) -> Client {
        Client::new(format!("http://{}", self.address))
    }

    /// The address of a path, as in the application's own links.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A name that nothing else in this run has.
    pub fn unique(prefix: &str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
    }
}
