//! Where the cluster lives and which account runs it.

use super::{PORT, programs::Programs};
use anyhow::{Context, Result, bail};
use rustix::process::geteuid;
use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The account that Debian's packages create for the server.
const SERVER_USER: &str = "postgres";
/// Where clusters go that root started in a directory the server's account cannot enter.
const ELSEWHERE: &str = "/var/lib/parvis";
/// What `sun_path` holds, without the closing NUL.
const LONGEST_SOCKET_PATH: usize = 107;

/// The unprivileged account that server programs run under when we are root: PostgreSQL refuses root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// Directories, account and programs of one cluster.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) cluster: PathBuf,
    pub(super) socket_dir: PathBuf,
    /// `None`: the server runs as we do.
    pub(super) account: Option<Account>,
    pub(super) programs: Programs,
}

impl Place {
    /// `data_dir` is canonical: its hash names things outside of it. A cluster that exists already decides
    /// where it is, who owns it and which version runs it, so that no data seems lost after permissions or
    /// packages changed.
    pub(super) fn choose(data_dir: &Path) -> Result<Self> {
        let elsewhere = Path::new(ELSEWHERE).join(format!("{:016x}", hash(data_dir)));
        let root = geteuid().is_root();
        let there = root.then(|| elsewhere.join("pg"));
        let existing = [Some(data_dir.join("pg")), there].into_iter().flatten().find(|c| is_cluster(c));
        let account = if root { Some(server_account(existing.as_deref())?) } else { None };
        if !root {
            refuse_foreign(&data_dir.join("pg"))?;
        }
        let programs = Programs::find(account, existing.as_deref().map(major_of).transpose()?)?;
        let enters = account.is_none_or(|a| programs.can_enter(a, data_dir));
        let here = existing.as_deref().map_or(enters, |cluster| cluster.starts_with(data_dir));
        if here && !enters {
            bail!(
                "user {SERVER_USER} can no longer enter {}: open its parents (chmod o+x)",
                data_dir.display()
            );
        }
        if !here {
            let (data, pg) = (data_dir.display(), elsewhere.display());
            tracing::warn!(
                "the database lies in {pg}: the user that runs it cannot enter {data}, or could not once"
            );
            public_dirs(&elsewhere)?;
        }
        let base = if here { data_dir } else { &elsewhere };
        let socket_dir = socket_dir(base, &[&std::env::temp_dir(), Path::new("/tmp")])?;
        Ok(Self { cluster: base.join("pg"), socket_dir, account, programs })
    }

    pub(super) fn has_cluster(&self) -> bool {
        is_cluster(&self.cluster)
    }

    /// Where initdb works: what has this name was never used.
    pub(super) fn draft(&self) -> PathBuf {
        self.cluster.with_extension("incomplete")
    }

    /// The directory that holds the cluster's.
    pub(super) fn base(&self) -> &Path {
        self.cluster.parent().unwrap_or(Path::new("/"))
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.socket_dir.join(format!(".s.PGSQL.{PORT}"))
    }

    /// Whom the server's processes belong to.
    pub(super) fn uid(&self) -> u32 {
        self.account.map_or_else(our_uid, |a| a.uid)
    }
}

pub(super) fn our_uid() -> u32 {
    geteuid().as_raw()
}

fn is_cluster(dir: &Path) -> bool {
    dir.join("PG_VERSION").exists()
}

fn major_of(cluster: &Path) -> Result<u32> {
    let text = fs::read_to_string(cluster.join("PG_VERSION"))?;
    text.trim().parse().with_context(|| format!("{} has an unreadable PG_VERSION", cluster.display()))
}

/// The owner of the cluster if there is one (user ids differ between container images), else `postgres`.
fn server_account(existing: Option<&Path>) -> Result<Account> {
    if let Some(found) = existing.and_then(|c| fs::metadata(c).ok()).filter(|m| m.uid() != 0) {
        return Ok(Account { uid: found.uid(), gid: found.gid() });
    }
    let passwd = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    account_in(&passwd, SERVER_USER).with_context(|| {
        format!("root may not run PostgreSQL and there is no user for it: useradd --system {SERVER_USER}")
    })
}

/// Reads one line of `/etc/passwd`: name, password, user id, group id, and what is of no interest here.
pub(super) fn account_in(passwd: &str, name: &str) -> Option<Account> {
    let mut fields = passwd.lines().map(|l| l.split(':')).find(|l| l.clone().next() == Some(name))?.skip(2);
    Some(Account { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

/// A cluster that root created cannot be read by us, and would look like none at all.
fn refuse_foreign(cluster: &Path) -> Result<()> {
    match fs::metadata(cluster) {
        Ok(found) if found.uid() != our_uid() => {
            bail!(
                "{} belongs to user {}: start Parvis as that user or as root",
                cluster.display(),
                found.uid()
            )
        }
        _ => Ok(()),
    }
}

/// Creates what is missing of a path so that every account may pass, whatever our umask.
fn public_dirs(path: &Path) -> Result<()> {
    let mut missing: Vec<&Path> = path.ancestors().take_while(|p| !p.exists()).collect();
    while let Some(dir) = missing.pop() {
        DirBuilder::new()
            .mode(0o755)
            .create(dir)
            .with_context(|| format!("cannot create {}", dir.display()))?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// The socket's directory: `run` beside the cluster, or a short one in a temporary directory.
pub(super) fn socket_dir(base: &Path, temporary: &[&Path]) -> Result<PathBuf> {
    let short = format!("parvis-{:016x}", hash(base));
    let mut choices = std::iter::once(base.join("run")).chain(temporary.iter().map(|t| t.join(&short)));
    choices.find(|d| usable_for_sockets(d)).context("no directory has a path short enough for a socket")
}

/// Short enough for the kernel, and plain enough to stand unquoted in PostgreSQL's list of directories.
pub(super) fn usable_for_sockets(dir: &Path) -> bool {
    let bytes = dir.as_os_str().as_encoded_bytes();
    let plain = bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"/._-+ ".contains(b));
    plain && bytes.len() + format!("/.s.PGSQL.{PORT}").len() <= LONGEST_SOCKET_PATH
}

/// FNV-1a: the same in every build, unlike the standard library's hashers. It names, it does not protect.
pub(super) fn hash(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
