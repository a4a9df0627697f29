//! An own PostgreSQL cluster as a child of the application, for installations that name no database.
//!
//! The cluster outlives a killed application and the application a killed postmaster: whatever was left
//! behind is adopted or cleared away at the next start. Everything here blocks; call it from
//! `spawn_blocking`.

mod place;
mod process;
mod programs;

use anyhow::{Context, Result, bail};
use place::Place;
use process::{PidFile, Postmaster};
use rustix::process::Signal;
use std::{
    fs::{self, DirBuilder, File, TryLockError},
    io::{Read, Write},
    os::unix::{
        fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, fchown},
        net::UnixStream,
        process::CommandExt,
    },
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

/// The cluster's superuser; the application's own roles are created by it.
pub const SUPERUSER: &str = "parvis";
/// Only names the socket: nothing listens on TCP.
pub const PORT: u16 = 5432;

const POLL: Duration = Duration::from_millis(10);
/// A killed process keeps its file locks for some milliseconds.
const LOCK_WITHIN: Duration = Duration::from_secs(3);
/// Recovery after a crash replays up to `max_wal_size` before the first connection.
const READY_WITHIN: Duration = Duration::from_secs(300);
/// A postmaster that calls itself ready and yet says nothing is hung.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
const LOG_ROTATES_AT: u64 = 16 << 20;

/// A running cluster. Dropping it asks PostgreSQL to shut down but does not wait; [`Embedded::stop`] does.
#[derive(Debug)]
pub struct Embedded {
    cluster: Cluster,
    postmaster: Postmaster,
    /// Held for as long as this process lives; std opens files close-on-exec, so PostgreSQL does not inherit
    /// it.
    _lock: File,
}

/// The cluster of a data directory, as a command finds it.
#[derive(Debug)]
pub enum Joined {
    /// Nobody had it running.
    Started(Embedded),
    /// A server has it running, with its socket in this directory, and keeps it: whoever joins leaves it alone.
    Running(PathBuf),
}

/// Starts the cluster below `data_dir`, creating it the first time, or adopts the one a killed process left
/// running.
pub fn start(data_dir: &Path) -> Result<Embedded> {
    start_within(data_dir, LOCK_WITHIN)
}

/// As [`start`], for what may be done while a server runs: its cluster is used.
pub fn join(data_dir: &Path) -> Result<Joined> {
    match start_within(data_dir, Duration::ZERO) {
        Ok(embedded) => Ok(Joined::Started(embedded)),
        Err(error) if error.is::<Occupied>() => {
            let place = Place::choose(&fs::canonicalize(data_dir)?)?;
            // A server that starts or ends right now has none to use.
            if answers(&place.socket()) {
                return Ok(Joined::Running(place.socket_dir));
            }
            Ok(Joined::Started(start(data_dir)?))
        }
        Err(error) => Err(error),
    }
}

fn start_within(data_dir: &Path, patience: Duration) -> Result<Embedded> {
    fs::create_dir_all(data_dir).with_context(|| format!("cannot create {}", data_dir.display()))?;
    let data_dir = fs::canonicalize(data_dir)?;
    let lock = lock(&data_dir.join("parvis.lock"), patience)?;
    let cluster = Cluster { place: Place::choose(&data_dir)?, log: data_dir.join("postgres.log") };
    if !cluster.place.has_cluster() {
        cluster.create()?;
    }
    let postmaster = cluster.launch()?;
    Ok(Embedded { cluster, postmaster, _lock: lock })
}

impl Embedded {
    /// The directory of the Unix socket: what connections name as their host.
    pub fn socket_dir(&self) -> &Path {
        &self.cluster.place.socket_dir
    }

    /// The process id of the postmaster.
    pub fn pid(&self) -> i32 {
        self.postmaster.process.raw_pid()
    }

    /// Starts PostgreSQL again if it died; true when it had to. Cheap while it lives, so call it often.
    pub fn ensure_running(&mut self) -> Result<bool> {
        if self.postmaster.alive() {
            return Ok(false);
        }
        tracing::warn!(pid = self.pid(), "PostgreSQL died, starting it again");
        self.postmaster = self.cluster.launch()?;
        Ok(true)
    }

    /// Shuts the cluster down: open transactions are rolled back, everything is on disk afterwards.
    pub fn stop(mut self) -> Result<()> {
        self.postmaster.end()
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if self.postmaster.alive() {
            self.postmaster.process.signal(Signal::INT);
        }
    }
}

/// Somebody else works on the data directory.
#[derive(Debug, thiserror::Error)]
#[error("another Parvis is running on this data directory ({})", .0.display())]
pub struct Occupied(PathBuf);

/// One server at a time works on a data directory; the kernel frees the lock even after kill -9.
fn lock(path: &Path, patience: Duration) -> Result<File> {
    let file = File::options().create(true).append(true).mode(0o600).open(path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if since.elapsed() < patience => sleep(POLL),
            Err(TryLockError::WouldBlock) => {
                return Err(Occupied(path.to_owned()).into());
            }
            Err(TryLockError::Error(e)) => return Err(e).context(format!("cannot lock {}", path.display())),
        }
    }
}

/// A cluster on disk and how to run it.
#[derive(Debug)]
struct Cluster {
    place: Place,
    log: PathBuf,
}

impl Cluster {
    /// Runs initdb beside the final directory and moves the result there in one step: a directory that
    /// carries the final name is whole, and only the unfinished one is ever deleted.
    fn create(&self) -> Result<()> {
        let Place { cluster, programs, account, .. } = &self.place;
        let (draft, base) = (self.place.draft(), self.place.base());
        process::end_users_of(&draft, self.place.uid(), Duration::ZERO)?;
        if draft.exists() {
            tracing::warn!("the creation of the cluster was interrupted, starting over");
            fs::remove_dir_all(&draft)?;
        }
        self.private_dir(&draft)?;
        tracing::info!(cluster = %cluster.display(), "creating the PostgreSQL cluster");
        let mut initdb = programs.command("initdb", *account);
        initdb.arg("-D").arg(&draft).args(["-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]);
        initdb.args(["--locale=C.UTF-8", "--data-checksums", "--no-instructions"]);
        let output = initdb.output().context("cannot run initdb")?;
        if !output.status.success() {
            bail!("initdb failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
        }
        let main = draft.join("postgresql.conf");
        let text = fs::read_to_string(&main)?
            + "\n# Parvis writes its settings there at every start.\ninclude 'parvis.conf'\n";
        self.write(&main, &text)?;
        self.write(&draft.join("parvis.conf"), "")?;
        fs::rename(&draft, cluster).with_context(|| format!("cannot create {}", cluster.display()))?;
        File::open(base)?.sync_all()?;
        Ok(())
    }

    /// A running postmaster on this cluster: the one that is there, or a new one.
    fn launch(&self) -> Result<Postmaster> {
        self.private_dir(&self.place.socket_dir)?;
        let changed = self.write_settings()?;
        if let Some(process) = process::postmaster_of(&self.place.cluster, self.place.uid()) {
            let mut left = Postmaster { process, child: None };
            match if changed {
                Err(anyhow::anyhow!("its settings changed"))
            } else {
                self.await_ready(&mut left)
            } {
                Ok(()) => {
                    tracing::info!(pid = left.process.raw_pid(), "adopted the running PostgreSQL");
                    return Ok(left);
                }
                Err(why) => tracing::warn!("restarting the PostgreSQL that was left running: {why:#}"),
            }
            left.end()?;
        }
        self.clear_remains()?;
        self.spawn()
    }

    fn spawn(&self) -> Result<Postmaster> {
        let since = Instant::now();
        let log = self.open_log()?;
        let mut command = self.place.programs.command("postgres", self.place.account);
        command.arg("-D").arg(&self.place.cluster).stdout(log.try_clone()?).stderr(log);
        // Ctrl-C in the terminal reaches our group only: the database must outlive the requests being
        // finished.
        let child = command.process_group(0).spawn().context("cannot run postgres")?;
        let mut postmaster = Postmaster::of_child(child)?;
        if let Err(why) = self.await_ready(&mut postmaster) {
            postmaster.end()?;
            return Err(why);
        }
        let (pid, took) = (postmaster.process.raw_pid(), since.elapsed());
        tracing::info!(pid, ?took, socket = %self.place.socket_dir.display(), "PostgreSQL is ready");
        Ok(postmaster)
    }

    /// Waits until the postmaster serves on our socket.
    fn await_ready(&self, postmaster: &mut Postmaster) -> Result<()> {
        let since = Instant::now();
        let mut ready_since = None;
        loop {
            if !postmaster.alive() {
                bail!("PostgreSQL ended; the end of {}:\n{}", self.log.display(), self.log_tail());
            }
            let file = PidFile::read(&self.place.cluster).filter(|f| f.pid == postmaster.process.raw_pid());
            if let Some(file) = file.filter(|f| f.ready) {
                if file.socket_dir != self.place.socket_dir {
                    bail!("it listens in {}", file.socket_dir.display());
                }
                if answers(&self.place.socket()) {
                    return Ok(());
                }
                if ready_since.get_or_insert_with(Instant::now).elapsed() > ANSWER_WITHIN {
                    bail!("PostgreSQL does not answer on {}", self.place.socket().display());
                }
            }
            if since.elapsed() > READY_WITHIN {
                bail!("PostgreSQL is not ready after {READY_WITHIN:?}; see {}", self.log.display());
            }
            sleep(POLL);
        }
    }

    /// Clears away what a killed postmaster left. Its children end by themselves; two sets of processes on
    /// one directory would destroy it, so they are waited for.
    fn clear_remains(&self) -> Result<()> {
        process::end_users_of(&self.place.cluster, self.place.uid(), Duration::from_secs(5))?;
        let socket = self.place.socket();
        for stale in [socket.with_file_name(format!(".s.PGSQL.{PORT}.lock")), socket] {
            remove_if_there(&stale)?;
        }
        // The number in postmaster.pid may belong to a stranger by now, and PostgreSQL would refuse to start.
        // It accepts the number of its parent, and goes on to check that the shared memory named in the same
        // file is unused: its own last guard, which deleting the file would disarm.
        let path = self.place.cluster.join("postmaster.pid");
        let text = fs::read_to_string(&path).unwrap_or_default();
        match text.split_once('\n') {
            Some((_, rest)) => self.write(&path, &format!("{}\n{rest}", std::process::id())),
            None => remove_if_there(&path),
        }
    }

    /// Writes our settings file; true if it differs from what a running server has read.
    fn write_settings(&self) -> Result<bool> {
        let path = self.place.cluster.join("parvis.conf");
        let text = settings(&self.place.socket_dir, &process::title_of(&self.place.cluster));
        let changed = fs::read_to_string(&path).ok().as_deref() != Some(text.as_str());
        if changed {
            self.write(&path, &text)?;
        }
        Ok(changed)
    }

    /// Replaces a file in a directory of the server's account. Root must not follow links planted there.
    fn write(&self, path: &Path, text: &str) -> Result<()> {
        let new = path.with_extension("new");
        remove_if_there(&new)?;
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&new)?;
        if let Some(account) = self.place.account {
            fchown(&file, Some(account.uid), Some(account.gid))?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path).with_context(|| format!("cannot write {}", path.display()))
    }

    /// A directory that only the server's account (and root) can enter. Trust authentication rests on that,
    /// so one that a stranger made first, in the temporary directory, is refused.
    fn private_dir(&self, path: &Path) -> Result<()> {
        if !path.exists() {
            DirBuilder::new()
                .mode(0o700)
                .create(path)
                .with_context(|| format!("cannot create {}", path.display()))?;
        }
        let found = fs::symlink_metadata(path)?;
        if !found.is_dir() || (found.uid() != self.place.uid() && found.uid() != place::our_uid()) {
            bail!("{} is not a directory of ours", path.display());
        }
        if let Some(account) = self.place.account {
            chown(path, Some(account.uid), Some(account.gid))?;
        }
        Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o700))?)
    }

    fn open_log(&self) -> Result<File> {
        if fs::metadata(&self.log).is_ok_and(|m| m.len() > LOG_ROTATES_AT) {
            fs::rename(&self.log, self.log.with_extension("log.1"))?;
        }
        let file = File::options().create(true).append(true).mode(0o600).open(&self.log);
        file.with_context(|| format!("cannot open {}", self.log.display()))
    }

    /// PostgreSQL says why it would not start only there.
    fn log_tail(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().rev().take(5).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(e).context(format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Whether a postmaster serves on the socket: any live one answers a request for TLS with one byte, to
/// anybody.
fn answers(socket: &Path) -> bool {
    const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
    let ask = || -> std::io::Result<()> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(&SSL_REQUEST)?;
        stream.read_exact(&mut [0])
    };
    ask().is_ok()
}

/// Our settings. `socket_dir` needs no quoting, see [`place::usable_for_sockets`]. One lock per table and
/// schema touched is needed when many organizations are migrated in one transaction; the title marks our
/// processes.
fn settings(socket_dir: &Path, title: &str) -> String {
    format!(
        "# Written by Parvis at every start; do not edit.\n\
         listen_addresses = ''\n\
         port = {PORT}\n\
         unix_socket_directories = '{}'\n\
         unix_socket_permissions = 0700\n\
         cluster_name = '{title}'\n\
         update_process_title = on\n\
         max_connections = 200\n\
         max_locks_per_transaction = 1024\n\
         shared_buffers = 256MB\n\
         recovery_init_sync_method = syncfs\n\
         fsync = on\n\
         wal_compression = on\n\
         max_wal_size = 2GB\n\
         checkpoint_timeout = 15min\n\
         jit = off\n\
         idle_in_transaction_session_timeout = 60s\n\
         logging_collector = off\n\
         log_min_messages = warning\n",
        socket_dir.display()
    )
}

#[cfg(test)]
mod tests;
