//! The way out: a mail server, or a folder of `.eml` files for development and tests.

use std::{fmt, io, path::PathBuf, sync::OnceLock, time::Duration};

use anyhow::{Context, anyhow, ensure};
use chrono::{DateTime, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        self, AsyncSmtpTransportBuilder, PoolConfig,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};

use super::{
    Mail, MessageError,
    endpoint::{self, Endpoint, Security, Server},
    folder,
};

/// Few connections: mail servers slow down or refuse clients that open many.
const CONNECTIONS: u32 = 4;
/// For each step of the conversation with the server.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends mails to the one place that is configured.
pub struct Mailer {
    from: Mailbox,
    route: Route,
}

enum Route {
    Server(Box<Line>),
    Folder(PathBuf),
}

/// The line to a mail server. Its connection pool starts a task, so it is opened on first use, inside the runtime,
/// and a `Mailer` can be built anywhere.
struct Line {
    builder: AsyncSmtpTransportBuilder,
    open: OnceLock<AsyncSmtpTransport<Tokio1Executor>>,
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error(transparent)]
    Message(#[from] MessageError),
    #[error("the mail server did not take the mail: {0}")]
    Server(#[from] smtp::Error),
    #[error("the mail could not be written to its folder: {0}")]
    Folder(#[from] io::Error),
}

impl SendError {
    /// Whether another attempt is useless: the address cannot exist, or the server has refused for good.
    ///
    /// Anything else may be mended by waiting or by the operator: broken lines, certificates, a full disk. So may
    /// refused credentials, although they are 5xx answers: a wrong password must not cost anybody their tickets.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Message(MessageError::Address(_)) => true,
            Self::Message(_) | Self::Folder(_) => false,
            Self::Server(error) => error.is_permanent() && !concerns_credentials(error),
        }
    }
}

/// 530 authentication required, 534 mechanism too weak, 535 credentials invalid, 538 encryption required.
fn concerns_credentials(error: &smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

impl Mailer {
    /// A mailer for `smtp://[user:password@]host[:port]`, `smtps://…` or `file:<folder>`.
    ///
    /// Credentials make STARTTLS a condition. Options: `?tls=required`, `?tls=none`, `?ca=<PEM file>` for a server
    /// with a private certificate. `from` is the address that all mails come from, such as
    /// `Parvis <no-reply@example.org>`.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let from =
            from.parse().with_context(|| format!("{from:?} is not a sender such as Name <a@b.org>"))?;
        let route = match endpoint::read(url)? {
            Endpoint::Folder(folder) => Route::Folder(folder),
            Endpoint::Server(server) => {
                Route::Server(Box::new(Line { builder: builder(&server)?, open: OnceLock::new() }))
            }
        };
        Ok(Self { from, route })
    }

    /// Sends a mail, dated `at`. An error says whether trying again makes sense.
    pub async fn send(&self, mail: &Mail, at: DateTime<Utc>) -> Result<(), SendError> {
        let message = mail.message(&self.from, at)?;
        match &self.route {
            Route::Server(line) => {
                line.transport().send(message).await?;
            }
            Route::Folder(path) => {
                folder::write(path, &mail.message_id, at, &message.formatted()).await?;
            }
        }
        Ok(())
    }

    /// Whether mails would get out now: connects and authenticates, or writes a probe.
    pub async fn check(&self) -> anyhow::Result<()> {
        match &self.route {
            Route::Server(line) => {
                // The error of lettre already names its causes: as a source it would be printed twice.
                let alive = line.transport().test_connection().await;
                let alive = alive.map_err(|error| anyhow!("the mail server is not usable: {error}"))?;
                ensure!(alive, "the mail server does not answer");
                Ok(())
            }
            Route::Folder(path) => folder::check(path)
                .await
                .with_context(|| format!("mails cannot be written to {}", path.display())),
        }
    }
}

/// Without the address of the server, which may hold a password.
impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Line {
    fn transport(&self) -> &AsyncSmtpTransport<Tokio1Executor> {
        self.open.get_or_init(|| self.builder.clone().build())
    }
}

fn builder(server: &Server) -> anyhow::Result<AsyncSmtpTransportBuilder> {
    let tls = match server.security {
        Security::Plain => Tls::None,
        Security::Opportunistic => Tls::Opportunistic(tls_parameters(server)?),
        Security::StartTls => Tls::Required(tls_parameters(server)?),
        Security::Wrapped => Tls::Wrapper(tls_parameters(server)?),
    };
    // "Dangerous" because it starts without TLS: the line below decides about it.
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
        .port(server.port)
        .tls(tls)
        .timeout(Some(PATIENCE))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS));
    Ok(match &server.credentials {
        Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.clone())),
        None => builder,
    })
}

fn tls_parameters(server: &Server) -> anyhow::Result<TlsParameters> {
    let mut parameters = TlsParameters::builder(server.host.clone());
    if server.security == Security::Opportunistic {
        // Whoever can forge a certificate can also hide STARTTLS, so checking protects nothing here; it would only
        // lock out the relays next door with their self-signed certificates.
        parameters = parameters.dangerous_accept_invalid_certs(true).dangerous_accept_invalid_hostnames(true);
    }
    if let Some(path) = &server.ca {
        let pem = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let certificate =
            Certificate::from_pem(&pem).with_context(|| format!("{} is not PEM", path.display()))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    parameters.build_rustls().context("TLS for mail cannot be set up")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::mail::message::tests::{at, mail};
    use std::path::Path;

    const FROM: &str = "Parvis <no-reply@parvis.example>";

    /// A folder that is removed with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("parvis-mail-{name}-{}", std::process::id())))
        }

        fn files(&self) -> Vec<String> {
            let entries = std::fs::read_dir(&self.0).unwrap();
            let mut names: Vec<_> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }

        fn mailer(&self) -> Mailer {
            Mailer::new(&format!("file:{}", self.0.join("new").display()), FROM).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn a_folder_is_a_chronology_of_complete_mails() {
        let folder = Folder::new("folder");
        let mailer = folder.mailer();
        mailer.check().await.unwrap();
        let later = Mail { message_id: "a-later-one".into(), ..mail() };
        mailer.send(&later, at() + chrono::TimeDelta::seconds(1)).await.unwrap();
        mailer.send(&mail(), at()).await.unwrap();
        let inside = Folder(folder.0.join("new"));
        let expected = ["20261121T080000000Z-order-1.eml", "20261121T080001000Z-a-later-one.eml"];
        assert_eq!(inside.files(), expected);
        let written = std::fs::read(inside.0.join(expected[0])).unwrap();
        let message = String::from_utf8(written).unwrap();
        assert!(message.contains("Subject: Votre billet\r\n") && message.trim_end().ends_with("--"));
    }

    #[tokio::test]
    async fn only_hopeless_mails_are_given_up() {
        let folder = Folder::new("hopeless");
        let mut mail = mail();
        mail.to.email = "not an address".into();
        assert!(folder.mailer().send(&mail, at()).await.unwrap_err().is_permanent());
        let nobody = Mailer::new("smtp://127.0.0.1:9?tls=none", FROM).unwrap();
        mail.to.email = "a@example.org".into();
        assert!(!nobody.send(&mail, at()).await.unwrap_err().is_permanent());
        assert!(nobody.check().await.is_err());
        let full = Mailer::new("file:/proc/nowhere", FROM).unwrap();
        assert!(!full.send(&mail, at()).await.unwrap_err().is_permanent());
        assert!(full.check().await.is_err());
    }

    #[test]
    fn a_mailer_can_be_built_without_a_runtime_and_keeps_its_secret() {
        let mailer = Mailer::new("smtp://user:secret@127.0.0.1:25", FROM).unwrap();
        assert!(!format!("{mailer:?}").contains("secret"));
        assert!(Mailer::new("smtp://h", "nobody").is_err());
        assert!(!Path::new("/nowhere.pem").exists());
        assert!(Mailer::new("smtp://h?ca=/nowhere.pem", FROM).is_err());
    }
}
