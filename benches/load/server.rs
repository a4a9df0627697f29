//! The measured server: the release binary with a data directory and a database of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

use super::client::Client;
use super::gauge::{self, Spent};

/// A temporary directory for everything, removed at the end.
pub(super) struct Place {
    pub(super) root: PathBuf,
    keep: bool,
}

impl Place {
    pub(super) fn new(keep: bool) -> anyhow::Result<Self> {
        let root = std::env::temp_dir().join(format!("parvis-load-{}", std::process::id()));
        fs::create_dir(&root).with_context(|| format!("cannot create {}", root.display()))?;
        Ok(Self { root, keep })
    }

    pub(super) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    pub(super) fn mails(&self) -> anyhow::Result<Vec<PathBuf>> {
        let Ok(entries) = fs::read_dir(self.data().join("mail")) else { return Ok(vec![]) };
        let paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "eml")).collect())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.keep {
            eprintln!("kept {}", self.root.display());
        } else if let Err(error) = fs::remove_dir_all(&self.root) {
            eprintln!("cannot remove {}: {error}", self.root.display());
        }
    }
}

/// A child that is asked to end, and killed if it does not.
pub(super) struct Process(Child);

impl Process {
    pub(super) fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        Ok(Self(command.stdin(Stdio::null()).spawn().context("cannot start a process")?))
    }

    pub(super) fn pid(&self) -> i32 {
        i32::try_from(self.0.id()).unwrap_or_default()
    }

    fn ended(&mut self) -> anyhow::Result<bool> {
        Ok(self.0.try_wait()?.is_some())
    }

    /// Waits until it has done its work; fails if it failed.
    pub(super) fn done(&mut self) -> anyhow::Result<()> {
        ensure!(self.0.wait()?.success(), "a process failed");
        Ok(())
    }

    fn end(&mut self) -> anyhow::Result<()> {
        if self.ended()? {
            return Ok(());
        }
        kill_process(Pid::from_raw(self.pid()).context("no pid")?, Signal::TERM)?;
        let since = Instant::now();
        while since.elapsed() < Duration::from_secs(30) {
            if self.ended()? {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.0.kill()?;
        self.0.wait()?;
        bail!("a process had to be killed")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("ending process {}: {error:#}", self.pid());
        }
    }
}

/// A running server.
pub(super) struct Server {
    process: Process,
    postmaster: i32,
    pub(super) port: u16,
    /// The directory of the cluster's socket and that of PostgreSQL's programs.
    pub(super) socket: PathBuf,
    pub(super) programs: PathBuf,
}

impl Server {
    pub(super) async fn start(place: &Place, workers: usize) -> anyhow::Result<Self> {
        let port = free_port()?;
        let log = File::options().create(true).append(true).open(place.root.join("server.log"))?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PARVIS_")) {
            command.env_remove(name);
        }
        command
            .arg("serve")
            .env("PARVIS__DATA_DIR", place.data())
            .env("PARVIS__HTTP__LISTEN", format!("127.0.0.1:{port}"))
            .env("PARVIS__LIMITS__RATE", "off")
            .env("PARVIS__JOBS__WORKERS", workers.to_string())
            .stdout(log.try_clone()?)
            .stderr(log);
        let mut process = Process::spawn(&mut command)?;
        await_port(&mut process, port, &place.root).await?;
        let postmaster = gauge::postmaster_of(process.pid())?;
        let cluster = gauge::cluster_of(postmaster)?;
        ensure!(
            cluster.starts_with(fs::canonicalize(&place.root)?),
            "the database lies in {}, which this tool would not clear away: choose another TMPDIR",
            cluster.display()
        );
        let pid_file = fs::read_to_string(cluster.join("postmaster.pid"))?;
        let socket = pid_file.lines().nth(4).context("postmaster.pid names no socket")?.into();
        let program = fs::read_link(format!("/proc/{postmaster}/exe"))?;
        let programs = program.parent().unwrap_or(Path::new("/")).to_owned();
        Ok(Self { process, postmaster, port, socket, programs })
    }

    pub(super) async fn client(&self) -> anyhow::Result<Client> {
        Client::connect(self.port).await
    }

    pub(super) fn spent(&self) -> Spent {
        gauge::spent(self.process.pid(), self.postmaster)
    }

    /// MiB of the server, MiB of its database, and the database's processes.
    pub(super) fn memory(&self) -> (f64, f64, usize) {
        let (database, processes) = gauge::cluster_memory(self.postmaster);
        (gauge::resident(self.process.pid()), database, processes)
    }

    /// One of PostgreSQL's own programs, connected to this cluster.
    pub(super) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.arg("-h").arg(&self.socket).args(["-p", "5432", "-U", "parvis"]);
        command
    }

    /// Runs SQL with the cluster's superuser; tells the rows as psql prints them.
    pub(super) fn sql(&self, database: &str, sql: &str) -> anyhow::Result<String> {
        let mut command = self.program("psql");
        command.args(["-qXAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]);
        output(&mut command)
    }

    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        self.process.end()
    }
}

/// What a program printed, if it went well.
pub(super) fn output(command: &mut Command) -> anyhow::Result<String> {
    let done = command.output().with_context(|| format!("cannot run {command:?}"))?;
    let told = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "{command:?}: {}", told.trim());
    Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// A loopback port that nobody listens on now.
pub(super) fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Waits until the process listens: its first answer means usable.
pub(super) async fn await_port(process: &mut Process, port: u16, root: &Path) -> anyhow::Result<()> {
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(60) {
        if Client::connect(port).await.is_ok() {
            return Ok(());
        }
        if process.ended()? {
            let log = fs::read_to_string(root.join("server.log")).unwrap_or_default();
            let last: Vec<&str> = log.lines().rev().take(5).collect();
            bail!("the server ended: {last:?}");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bail!("the server does not listen")
}
