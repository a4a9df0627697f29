//! What processes cost, as `/proc` tells: CPU seconds and memory, the server and its database apart.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;

/// CPU seconds since the processes began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    pub(super) server: f64,
    pub(super) database: f64,
}

impl Spent {
    pub(super) fn since(self, before: Self) -> Self {
        Self { server: self.server - before.server, database: self.database - before.database }
    }

    pub(super) fn total(self) -> f64 {
        self.server + self.database
    }
}

/// A process as `/proc/<pid>/stat` shows it.
struct Stat {
    pid: i32,
    parent: i32,
    name: String,
    /// Seconds of the process.
    own: f64,
    /// Seconds of its children that have ended.
    gone: f64,
}

fn stat(pid: i32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in parentheses and may contain anything.
    let (start, end) = (text.find('(')?, text.rfind(')')?);
    let rest: Vec<&str> = text.get(end + 2..)?.split(' ').collect();
    let ticks = |from: usize| -> Option<f64> {
        let of = |at: usize| rest.get(at)?.parse::<f64>().ok();
        // USER_HZ is 100 on every Linux.
        Some((of(from)? + of(from + 1)?) / 100.0)
    };
    Some(Stat {
        pid,
        parent: rest.get(1)?.parse().ok()?,
        name: text.get(start + 1..end)?.to_owned(),
        own: ticks(11)?,
        gone: ticks(13)?,
    })
}

fn children(parent: i32) -> Vec<Stat> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(stat).filter(|stat| stat.parent == parent).collect()
}

/// The postmaster that a server has started.
pub(super) fn postmaster_of(server: i32) -> anyhow::Result<i32> {
    let found = children(server).into_iter().find(|child| child.name == "postgres");
    Ok(found.context("the server runs no PostgreSQL of its own")?.pid)
}

/// The directory of a postmaster's cluster.
pub(super) fn cluster_of(postmaster: i32) -> anyhow::Result<PathBuf> {
    Ok(fs::read_link(format!("/proc/{postmaster}/cwd"))?)
}

/// The CPU seconds of one process.
pub(super) fn seconds_of(pid: i32) -> f64 {
    stat(pid).map_or(0.0, |stat| stat.own)
}

/// The CPU seconds of a server and of every process that its cluster has had.
pub(super) fn spent(server: i32, postmaster: i32) -> Spent {
    let alive: f64 = children(postmaster).iter().map(|child| child.own).sum();
    let database = stat(postmaster).map_or(0.0, |stat| stat.own + stat.gone) + alive;
    Spent { server: seconds_of(server), database }
}

fn field(file: &str, name: &str) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// The resident memory of a process in MiB.
pub(super) fn resident(pid: i32) -> f64 {
    field(&format!("/proc/{pid}/status"), "VmRSS:").unwrap_or_default()
}

/// The memory of a cluster in MiB, shared pages counted once where the kernel tells; and how many processes.
pub(super) fn cluster_memory(postmaster: i32) -> (f64, usize) {
    let mut pids: Vec<i32> = children(postmaster).iter().map(|child| child.pid).collect();
    pids.push(postmaster);
    let share =
        |pid: i32| field(&format!("/proc/{pid}/smaps_rollup"), "Pss:").unwrap_or_else(|| resident(pid));
    (pids.iter().map(|pid| share(*pid)).sum(), pids.len())
}
