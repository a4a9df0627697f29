//! Where mails go, read from one address: `smtp://user:password@host:port`, `smtps://…` or `file:<folder>`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use url::Url;

/// How the line to a mail server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Security {
    /// Not at all: `?tls=none`.
    Plain,
    /// STARTTLS when the server offers it, with any certificate.
    Opportunistic,
    /// STARTTLS with a certificate that is checked, or no mail.
    StartTls,
    /// TLS from the first byte, with a certificate that is checked.
    Wrapped,
}

/// A place that mails go to.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Endpoint {
    Server(Server),
    Folder(PathBuf),
}

/// A mail server.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    /// User and password.
    pub(super) credentials: Option<(String, String)>,
    pub(super) security: Security,
    /// A PEM file of certificates to trust beside the public ones.
    pub(super) ca: Option<PathBuf>,
}

/// Reads the address of a mail server or folder. Errors never quote it: it may hold a password.
pub(super) fn read(address: &str) -> Result<Endpoint> {
    if let Some(folder) = address.strip_prefix("file:") {
        let folder = folder.strip_prefix("//").unwrap_or(folder);
        ensure!(!folder.is_empty(), "the mail address `file:` names no folder");
        return Ok(Endpoint::Folder(PathBuf::from(folder)));
    }
    let url = Url::parse(address).context("the mail address is not a URL")?;
    let wrapped = match url.scheme() {
        "smtp" => false,
        "smtps" => true,
        other => bail!("mail goes to smtp://, smtps:// or file:, not to {other}:"),
    };
    let host = url.host_str().filter(|host| !host.is_empty()).context("the mail address names no host")?;
    ensure!(matches!(url.path(), "" | "/"), "the mail address must not have a path");
    let credentials = credentials(&url)?;
    let (tls, ca) = options(&url)?;
    let security = match (wrapped, tls.as_deref()) {
        (true, None | Some("required")) => Security::Wrapped,
        (false, Some("none")) => Security::Plain,
        (false, Some("required")) => Security::StartTls,
        // A password, or a certificate to check, is worth nothing on a line that anyone can strip of its TLS.
        (false, None) if credentials.is_some() || ca.is_some() => Security::StartTls,
        (false, None) => Security::Opportunistic,
        (_, Some(other)) => bail!("`tls={other}` is not possible here: `required`, or `none` with smtp://"),
    };
    let usual_port = match (security, &credentials) {
        (Security::Wrapped, _) => 465,
        (_, Some(_)) => 587,
        (_, None) => 25,
    };
    // The brackets of an IPv6 address belong to the URL, not to the address.
    let host = host.trim_matches(['[', ']']).to_owned();
    Ok(Endpoint::Server(Server { host, port: url.port().unwrap_or(usual_port), credentials, security, ca }))
}

fn credentials(url: &Url) -> Result<Option<(String, String)>> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => Ok(Some((decoded(user)?, decoded(password)?))),
        _ => bail!("the mail address needs a user and a password, or neither"),
    }
}

fn options(url: &Url) -> Result<(Option<String>, Option<PathBuf>)> {
    let (mut tls, mut ca) = (None, None);
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "tls" => tls = Some(value.into_owned()),
            "ca" => ca = Some(PathBuf::from(value.into_owned())),
            other => bail!("the mail address has an unknown option `{other}`: `tls` and `ca` exist"),
        }
    }
    Ok((tls, ca))
}

/// Undoes percent encoding, with which passwords full of signs fit into a URL.
fn decoded(text: &str) -> Result<String> {
    // The form decoder reads `+` as a space, which in a password it is not.
    let query = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
    let value = url::form_urlencoded::parse(query.as_bytes()).next().map(|(_, value)| value.into_owned());
    value.filter(|value| !value.contains('\u{fffd}')).context("user or password is not percent-encoded UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(address: &str) -> (String, u16, Security, bool) {
        match read(address).unwrap() {
            Endpoint::Server(server) => {
                (server.host, server.port, server.security, server.credentials.is_some())
            }
            Endpoint::Folder(folder) => panic!("{folder:?}"),
        }
    }

    #[test]
    fn a_password_never_travels_in_clear_unless_told_to() {
        let host = || "mail.example".to_owned();
        assert_eq!(server("smtp://mail.example"), (host(), 25, Security::Opportunistic, false));
        assert_eq!(server("smtp://u:p@mail.example"), (host(), 587, Security::StartTls, true));
        assert_eq!(server("smtp://u:p@mail.example:25"), (host(), 25, Security::StartTls, true));
        assert_eq!(server("smtp://mail.example?ca=/x.pem"), (host(), 25, Security::StartTls, false));
        assert_eq!(server("smtp://u:p@mail.example?tls=none"), (host(), 587, Security::Plain, true));
        assert_eq!(server("smtps://u:p@mail.example/"), (host(), 465, Security::Wrapped, true));
        assert_eq!(server("smtp://[::1]:1025").0, "::1");
    }

    #[test]
    fn credentials_are_decoded() {
        let Endpoint::Server(server) = read("smtp://a%40b.org:p%2F+%26%3Aé@h").unwrap() else { panic!() };
        assert_eq!(server.credentials, Some(("a@b.org".into(), "p/+&:é".into())));
    }

    #[test]
    fn folders_are_relative_or_absolute() {
        assert_eq!(read("file:data/mail").unwrap(), Endpoint::Folder("data/mail".into()));
        assert_eq!(read("file:/var/mail").unwrap(), Endpoint::Folder("/var/mail".into()));
        assert_eq!(read("file:///var/mail").unwrap(), Endpoint::Folder("/var/mail".into()));
    }

    #[test]
    fn mistakes_are_named_and_passwords_are_not() {
        for address in [
            "",
            "mail.example:25",
            "http://u:secret@h",
            "smtp://",
            "smtp://u@h",
            "smtp://:secret@h",
            "smtp://u:secret@h/path",
            "smtp://u:secret@h?tls=maybe",
            "smtps://u:secret@h?tls=none",
            "smtp://u:secret@h?tsl=none",
            "smtp://u:secret@h:99999",
            "file:",
        ] {
            let error = format!("{:#}", read(address).unwrap_err());
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
