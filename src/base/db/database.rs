//! Which database: the installation's own cluster, or an external server.

use std::path::Path;
use std::str::FromStr;

use anyhow::Context;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::Mutex;

use super::embedded::{self, Embedded, Joined};
use super::{Db, migrate};
use crate::base::config::Config;
use crate::base::kernel::clock::Clock;
use crate::base::kernel::secret::Keyring;

/// A database that answers.
pub struct Database {
    /// The installation's own cluster; absent when the server is somebody else's.
    own: Mutex<Option<Embedded>>,
    owner: PgConnectOptions,
}

impl Database {
    /// Starts the own cluster, or reads the address of the external server.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        Self::reached(config, |data_dir| Ok(Joined::Started(embedded::start(data_dir)?))).await
    }

    /// As [`Self::open`], for a command that may run beside a server: it uses the cluster that runs.
    pub async fn join(config: &Config) -> anyhow::Result<Self> {
        Self::reached(config, embedded::join).await
    }

    async fn reached(
        config: &Config,
        cluster: impl FnOnce(&Path) -> anyhow::Result<Joined> + Send + 'static,
    ) -> anyhow::Result<Self> {
        let url = config.database.url.expose();
        if !url.is_empty() {
            let owner = PgConnectOptions::from_str(url).context("database.url")?;
            return Ok(Self { own: Mutex::new(None), owner });
        }
        let data_dir = config.data_dir.clone();
        let (own, socket_dir) = match tokio::task::spawn_blocking(move || cluster(&data_dir)).await?? {
            Joined::Started(own) => {
                let socket_dir = own.socket_dir().to_owned();
                (Some(own), socket_dir)
            }
            Joined::Running(socket_dir) => (None, socket_dir),
        };
        Ok(Self { own: Mutex::new(own), owner: make_database(&socket_dir).await? })
    }

    /// Brings the platform forward and connects as the application's login.
    pub async fn ready(&self, config: &Config, keyring: &Keyring, clock: Clock) -> anyhow::Result<Db> {
        let prefix = self.migrate_platform(keyring).await?;
        let login = self
            .owner
            .clone()
            .username(&migrate::login_name(&prefix))
            .password(&migrate::login_password(&prefix, keyring));
        Ok(Db::connect(self.owner.clone(), login, &prefix, config, clock).await?)
    }

    /// Brings the platform's schema forward; returns the prefix of the database's roles.
    pub async fn migrate_platform(&self, keyring: &Keyring) -> anyhow::Result<String> {
        migrate::platform(&self.owner, keyring).await
    }

    /// Brings every organization forward.
    pub async fn migrate_tenants(&self) -> anyhow::Result<migrate::Report> {
        migrate::tenants(&self.owner).await
    }

    /// Starts the own cluster again if it has ended by itself.
    pub async fn keep_running(&self) {
        let mut own = self.own.lock().await;
        let Some(mut cluster) = own.take() else { return };
        let looked = tokio::task::spawn_blocking(move || {
            let again = cluster.ensure_running();
            (cluster, again)
        })
        .await;
        match looked {
            Ok((cluster, again)) => {
                match again {
                    Ok(true) => tracing::warn!("PostgreSQL had ended and was started again"),
                    Ok(false) => {}
                    Err(error) => {
                        tracing::error!(error = format!("{error:#}"), "PostgreSQL cannot be started");
                    }
                }
                *own = Some(cluster);
            }
            Err(error) => tracing::error!(%error, "the supervision of PostgreSQL failed"),
        }
    }

    /// Stops the own cluster.
    pub async fn stop(self) -> anyhow::Result<()> {
        match self.own.into_inner() {
            Some(own) => tokio::task::spawn_blocking(move || own.stop()).await?,
            None => Ok(()),
        }
    }
}

/// The database of the own cluster, made when it is not there.
async fn make_database(socket_dir: &Path) -> anyhow::Result<PgConnectOptions> {
    use sqlx::{ConnectOptions, Connection, Executor};
    let server = PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .port(embedded::PORT)
        .username(embedded::SUPERUSER)
        .database("postgres");
    let mut connection = server.connect().await?;
    let made = connection.execute("CREATE DATABASE parvis").await;
    match made {
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P04") => {}
        other => {
            other?;
        }
    }
    connection.close().await?;
    Ok(server.database("parvis"))
}
