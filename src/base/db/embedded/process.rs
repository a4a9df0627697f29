//! PostgreSQL's processes as `/proc` shows them. Numbers are reused, so a process is its number and its
//! birth.

use super::{POLL, place::hash};
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, waitpid};
use std::{
    fs,
    os::unix::{ffi::OsStrExt, fs::MetadataExt},
    path::{Path, PathBuf},
    process::Child,
    thread::sleep,
    time::{Duration, Instant},
};

/// After these, a shutdown gets harsher. The first has to write what is in memory to disk.
const HARSHER: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_mins(1)),
    (Signal::QUIT, Duration::from_secs(10)),
    (Signal::KILL, Duration::from_secs(5)),
];

/// What `/proc/<pid>/stat` tells.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Stat {
    pub(super) name: String,
    pub(super) zombie: bool,
    pub(super) parent: i32,
    /// Clock ticks since boot.
    pub(super) born: u64,
}

impl Stat {
    fn read(pid: Pid) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?)
    }

    /// `7 (name) S 1 …`: the name may hold anything, even parentheses, so the last one closes it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (head, tail) = text.rsplit_once(") ")?;
        let mut fields = tail.split_ascii_whitespace();
        let zombie = matches!(fields.next()?, "Z" | "X");
        let parent = fields.next()?.parse().ok()?;
        Some(Self {
            name: head.split_once('(')?.1.to_owned(),
            zombie,
            parent,
            born: fields.nth(17)?.parse().ok()?,
        })
    }
}

/// One process, not to be confused with a later one of the same number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Process {
    pid: Pid,
    born: u64,
}

impl Process {
    fn find(pid: Pid) -> Option<Self> {
        Stat::read(pid).map(|s| Self { pid, born: s.born })
    }

    pub(super) fn raw_pid(self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// A zombie is dead: in a container nobody may ever reap it, and it answers `kill(pid, 0)` for good.
    pub(super) fn alive(self) -> bool {
        Stat::read(self.pid).is_some_and(|s| s.born == self.born && !s.zombie)
    }

    /// A signal to a process that is gone is no error: it is what the signal was for.
    pub(super) fn signal(self, signal: Signal) {
        if self.alive()
            && let Err(e) = kill_process(self.pid, signal)
        {
            tracing::debug!(pid = self.raw_pid(), "cannot signal: {e}");
        }
    }
}

/// The parent of all processes of a cluster.
#[derive(Debug)]
pub(super) struct Postmaster {
    pub(super) process: Process,
    /// `None` if another process of ours started it.
    pub(super) child: Option<Child>,
}

impl Postmaster {
    pub(super) fn of_child(child: Child) -> Result<Self> {
        let process = Process::find(Pid::from_child(&child)).context("cannot read /proc")?;
        Ok(Self { process, child: Some(child) })
    }

    /// Reaps it too, if it is our child and ended.
    pub(super) fn alive(&mut self) -> bool {
        if let Some(Err(e)) = self.child.as_mut().map(Child::try_wait) {
            tracing::debug!("cannot wait for PostgreSQL: {e}");
        }
        self.process.alive()
    }

    /// Shuts it down, politely first, and waits until it is gone.
    pub(super) fn end(&mut self) -> Result<()> {
        for (signal, patience) in HARSHER {
            self.process.signal(signal);
            let since = Instant::now();
            while since.elapsed() < patience {
                if !self.alive() {
                    return Ok(());
                }
                sleep(POLL);
            }
            tracing::warn!(
                pid = self.process.raw_pid(),
                ?signal,
                "PostgreSQL did not stop within {patience:?}"
            );
        }
        bail!("PostgreSQL (process {}) cannot be stopped", self.process.raw_pid())
    }
}

/// What matters of `postmaster.pid`.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct PidFile {
    pub(super) pid: i32,
    pub(super) socket_dir: PathBuf,
    pub(super) ready: bool,
}

impl PidFile {
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    /// Lines: pid (negative in single-user mode), cluster, start, port, socket directory, address, memory,
    /// status. The file grows while the server starts.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok().filter(|pid| *pid > 0)?;
        let socket_dir = PathBuf::from(lines.nth(3).unwrap_or_default());
        Some(Self { pid, socket_dir, ready: lines.nth(2).is_some_and(|l| l.trim() == "ready") })
    }
}

/// How the processes of a cluster are titled (`postgres: <title>: checkpointer`).
pub(super) fn title_of(cluster: &Path) -> String {
    format!("parvis-{:016x}", hash(cluster))
}

/// The postmaster that really runs on this cluster, whatever its pid file says.
pub(super) fn postmaster_of(cluster: &Path, uid: u32) -> Option<Process> {
    let pid = PidFile::read(cluster)?.pid;
    users_of(cluster, uid).into_iter().find(|p| p.raw_pid() == pid)
}

/// Waits until no server process works on the cluster any more; those that outstay `patience` are killed,
/// which harms nothing without a postmaster: the next one recovers from the log.
pub(super) fn end_users_of(cluster: &Path, uid: u32, patience: Duration) -> Result<()> {
    let since = Instant::now();
    loop {
        let users = users_of(cluster, uid);
        if users.is_empty() {
            break;
        }
        if since.elapsed() > patience + Duration::from_secs(10) {
            bail!("processes {users:?} still use {}", cluster.display());
        }
        if since.elapsed() >= patience {
            tracing::warn!(?users, "ending processes that a dead PostgreSQL left");
            for user in &users {
                user.signal(Signal::KILL);
            }
        }
        sleep(POLL);
    }
    reap_orphans();
    Ok(())
}

/// The server processes that work on a cluster: the postmaster and its children.
fn users_of(cluster: &Path, uid: u32) -> Vec<Process> {
    let Ok(dir) = fs::metadata(cluster) else { return Vec::new() };
    let numbers = all_pids().filter(|pid| {
        let proc = PathBuf::from(format!("/proc/{}", pid.as_raw_nonzero()));
        let Ok(found) = fs::metadata(&proc) else { return false };
        // Somebody's shell may stand in the directory: it does not count, and must not be killed.
        let server =
            Stat::read(*pid).is_some_and(|s| !s.zombie && matches!(s.name.as_str(), "postgres" | "initdb"));
        server && found.uid() == uid && (works_in(&proc, &dir) || is_titled(&proc, cluster))
    });
    numbers.filter_map(Process::find).collect()
}

/// Servers change into their data directory. The directory itself is compared: a container may have the same
/// path.
fn works_in(proc: &Path, dir: &fs::Metadata) -> bool {
    fs::metadata(proc.join("cwd")).is_ok_and(|cwd| cwd.dev() == dir.dev() && cwd.ino() == dir.ino())
}

/// The root of a container may not look at other accounts' directories (that takes `CAP_SYS_PTRACE`), but
/// sees how processes call themselves. Counts only when the better answer is refused.
fn is_titled(proc: &Path, cluster: &Path) -> bool {
    let refused =
        fs::metadata(proc.join("cwd")).is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied);
    let line = fs::read(proc.join("cmdline")).unwrap_or_default();
    refused && command_line_names(&line, cluster)
}

/// Postmaster and initdb carry the directory as an argument, the children the cluster's title.
pub(super) fn command_line_names(line: &[u8], cluster: &Path) -> bool {
    let child = format!("postgres: {}: ", title_of(cluster));
    line.starts_with(child.as_bytes())
        || line.split(|b| *b == 0).any(|arg| arg == cluster.as_os_str().as_bytes())
}

/// Orphans fall to process 1, and in a container that is often us.
fn reap_orphans() {
    if !getpid().is_init() {
        return;
    }
    let ours = |s: &Stat| s.zombie && s.name == "postgres" && s.parent == getpid().as_raw_nonzero().get();
    for pid in all_pids().filter(|pid| Stat::read(*pid).as_ref().is_some_and(ours)) {
        if let Err(e) = waitpid(Some(pid), WaitOptions::NOHANG) {
            tracing::debug!(?pid, "cannot reap: {e}");
        }
    }
}

fn all_pids() -> impl Iterator<Item = Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|e| Pid::from_raw(e.file_name().to_str()?.parse().ok()?))
}
