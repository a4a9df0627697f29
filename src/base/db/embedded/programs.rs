//! The installed server programs.

use super::place::Account;
use anyhow::{Result, bail};
use std::{
    fs,
    ops::RangeInclusive,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The majors that Parvis is tested with.
const MAJORS: RangeInclusive<u32> = 15..=17;
/// Names the directory of the programs where they are not found by themselves.
const OVERRIDE: &str = "PARVIS_PG_BIN";

/// A directory with `postgres` and `initdb` of a version we can use.
#[derive(Debug)]
pub(super) struct Programs {
    dir: PathBuf,
}

impl Programs {
    /// The newest programs, or those of the major that created the existing cluster: no other can read it.
    pub(super) fn find(account: Option<Account>, existing: Option<u32>) -> Result<Self> {
        let wanted = existing.map_or(MAJORS, |major| major..=major);
        let usable = |p: &Self| p.major(account).is_some_and(|m| MAJORS.contains(&m) && wanted.contains(&m));
        let chosen = std::env::var_os(OVERRIDE).map(PathBuf::from);
        let places = chosen.clone().map_or_else(usual_places, |dir| vec![dir]);
        if let Some(found) = places.iter().filter_map(|dir| Self::in_dir(dir)).find(usable) {
            return Ok(found);
        }
        let version = existing.map_or(format!("{} to {}", MAJORS.start(), MAJORS.end()), |m| m.to_string());
        let package = existing.unwrap_or(*MAJORS.start());
        match chosen {
            Some(dir) => {
                bail!("{OVERRIDE}={} has no usable server programs of PostgreSQL {version}", dir.display())
            }
            None => bail!(
                "no server programs of PostgreSQL {version} found. \
                 Install them (apt-get install postgresql-{package}), \
                 name their directory in {OVERRIDE}, or give the address of a server in PARVIS__DATABASE__URL"
            ),
        }
    }

    /// Links are resolved because initdb finds its share directory from its own location.
    fn in_dir(dir: &Path) -> Option<Self> {
        let dir = fs::canonicalize(dir.join("postgres")).ok()?.parent()?.to_owned();
        dir.join("initdb").exists().then_some(Self { dir })
    }

    /// Asked under the server's account, so that programs it cannot reach do not count.
    fn major(&self, account: Option<Account>) -> Option<u32> {
        let output = self.command("postgres", account).arg("--version").output().ok()?;
        parse_major(&String::from_utf8_lossy(&output.stdout))
    }

    /// Whether the account can enter the directory. The kernel is asked, by starting a program there: it
    /// knows about access lists and mounts, permission bits alone do not tell.
    pub(super) fn can_enter(&self, account: Account, dir: &Path) -> bool {
        let probe = self.command("postgres", Some(account)).arg("--version").current_dir(dir).output();
        probe.is_ok_and(|o| o.status.success())
    }

    /// A program under the server's account. Our environment holds secrets that are none of the database's
    /// business; std gives up the supplementary groups together with root.
    pub(super) fn command(&self, program: &str, account: Option<Account>) -> Command {
        let mut command = Command::new(self.dir.join(program));
        command.env_clear().env("LC_ALL", "C.UTF-8").current_dir("/").stdin(Stdio::null());
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if let Some(account) = account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }
}

/// Debian keeps the server programs out of `PATH`; others put them there.
fn usual_places() -> Vec<PathBuf> {
    let debian = MAJORS.rev().map(|major| PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")));
    debian.chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())).collect()
}

/// Reads `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`.
pub(super) fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
