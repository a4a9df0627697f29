//! Configuration: `config/default.toml`, then a file, then `PARVIS__SECTION__KEY`.

use std::net::ToSocketAddrs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;

use crate::base::kernel::random;
use crate::base::kernel::secret::Secret;

/// Every key with its default and its documentation.
pub const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// All settings of an installation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub data_dir: PathBuf,
    pub http: Http,
    pub database: Database,
    pub security: Security,
    pub mail: Mail,
    pub storage: Storage,
    pub payments: Payments,
    pub orders: Orders,
    pub limits: Limits,
    pub jobs: Jobs,
    pub log: Log,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    pub listen: String,
    pub public_url: String,
    pub trust_forwarded: bool,
    pub max_body: usize,
    pub body_timeout: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: Secret,
    #[serde(default)]
    pub url_file: Option<PathBuf>,
    pub pool: u32,
    pub statement_timeout: u32,
    pub search_timeout: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    pub secret: Secret,
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub url: Secret,
    #[serde(default)]
    pub url_file: Option<PathBuf>,
    pub from: String,
    pub largest_attachment: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    pub url: String,
    pub endpoint: String,
    pub region: String,
    pub access_key: String,
    pub secret_key: Secret,
    #[serde(default)]
    pub secret_key_file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    On,
    Off,
    Auto,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    pub sandbox: Switch,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    pub hold_seconds: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub rate: Switch,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    pub workers: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
    pub slow_query: u64,
}

/// Read as text: figment would take `0123` for a number.
const SECRETS: [&str; 4] = ["database__url", "security__secret", "mail__url", "storage__secret_key"];

impl Config {
    /// Reads the defaults, `file` when there is one, and the environment.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            ensure!(file.exists(), "the configuration file {} does not exist", file.display());
            figment = figment.merge(Toml::file(file));
        }
        let environment = Env::prefixed("PARVIS__").ignore(&SECRETS).split("__");
        let mut config: Self = figment.merge(environment).extract().context("configuration")?;
        config.database.url =
            secret("DATABASE__URL", config.database.url_file.as_deref(), config.database.url)?;
        config.security.secret =
            secret("SECURITY__SECRET", config.security.secret_file.as_deref(), config.security.secret)?;
        config.mail.url = secret("MAIL__URL", config.mail.url_file.as_deref(), config.mail.url)?;
        let storage = &mut config.storage;
        storage.secret_key =
            secret("STORAGE__SECRET_KEY", storage.secret_key_file.as_deref(), storage.secret_key.clone())?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        ensure!(self.orders.hold_seconds >= 1, "orders.hold_seconds must be at least 1");
        ensure!((2..=500).contains(&self.database.pool), "database.pool must be 2 to 500");
        ensure!(self.database.search_timeout >= 1, "database.search_timeout must be at least 1");
        ensure!(
            self.http.listen.to_socket_addrs().is_ok_and(|mut found| found.next().is_some()),
            "http.listen must be an address and a port, such as 127.0.0.1:8080"
        );
        let address = self.http.public_url.as_str();
        let reachable = |url: url::Url| {
            matches!(url.scheme(), "http" | "https") && url.query().or(url.fragment()).is_none()
        };
        ensure!(
            address.is_empty() || url::Url::parse(address).is_ok_and(reachable),
            "http.public_url must be an address such as https://tickets.example.org"
        );
        let (access, secret) = (&self.storage.access_key, self.storage.secret_key.expose());
        ensure!(
            access.is_empty() == secret.is_empty(),
            "storage.access_key and storage.secret_key need each other"
        );
        ensure!(self.limits.rate != Switch::Auto, "limits.rate must be on or off");
        ensure!(self.http.max_body >= 1024, "http.max_body must be at least 1024 bytes");
        let length = self.security.secret.expose().len();
        ensure!(length == 0 || length >= 32, "security.secret needs at least 32 characters");
        Ok(())
    }

    /// The address people use, without a slash at the end.
    pub fn public_url(&self) -> String {
        match self.http.public_url.trim_end_matches('/') {
            "" => format!("http://{}", self.http.listen),
            url => url.to_owned(),
        }
    }

    /// Whether the test card service may be used: never in production unless asked for.
    pub fn sandbox_allowed(&self) -> bool {
        match self.payments.sandbox {
            Switch::On => true,
            Switch::Off => false,
            Switch::Auto => !self.http.public_url.starts_with("https://"),
        }
    }

    /// The installation's secret; made once and kept in the data directory when none is set.
    pub fn installation_secret(&self) -> anyhow::Result<Secret> {
        if !self.security.secret.expose().is_empty() {
            return Ok(self.security.secret.clone());
        }
        let path = self.data_dir.join("secret");
        if !path.exists() {
            std::fs::create_dir_all(&self.data_dir)
                .with_context(|| format!("cannot create {}", self.data_dir.display()))?;
            write_private(&path, &random::token())?;
        }
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Secret::new(text.trim()))
    }
}

/// Writes a file that only its owner can read, whole or not at all.
fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut file =
        std::fs::File::options().create(true).truncate(true).write(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // Two processes may start at once: the first link wins, the other reads it.
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

/// A secret from its own variable, else from its `_file` twin, else as configured.
fn secret(variable: &str, file: Option<&Path>, configured: Secret) -> anyhow::Result<Secret> {
    if let Ok(text) = std::env::var(format!("PARVIS__{variable}")) {
        return Ok(Secret::new(text));
    }
    let Some(file) = file else { return Ok(configured) };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Secret::new(text.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete() {
        let config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
        config.check().unwrap();
        assert_eq!(config.public_url(), "http://127.0.0.1:8080");
        assert!(config.sandbox_allowed());
    }

    #[test]
    fn the_sandbox_is_off_in_production() {
        let mut config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
        config.http.public_url = "https://tickets.example.org".into();
        assert!(!config.sandbox_allowed());
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (key, wrong) in [
            ("http.listen", "nonsense"),
            ("http.public_url", "tickets.example.org"),
            ("http.public_url", "ftp://tickets.example.org"),
            ("http.public_url", "https://tickets.example.org/?a=b"),
            ("limits.rate", "auto"),
            ("storage.access_key", "half a key"),
            ("security.secret", "short"),
        ] {
            let config: Config = Figment::from(Toml::string(DEFAULTS)).merge((key, wrong)).extract().unwrap();
            assert!(config.check().unwrap_err().to_string().contains(key), "{key} = {wrong}");
        }
    }

    #[test]
    fn unknown_keys_are_refused() {
        let wrong = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string("[http]\nlistn = 'x'"));
        assert!(wrong.extract::<Config>().unwrap_err().to_string().contains("listn"));
    }
}
