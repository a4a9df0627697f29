//! One PostgreSQL cluster for all tests of a run, kept on disk between runs, and a fresh database for every
//! application.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use parvis::base::db::embedded::{self, Embedded};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};

/// The cluster, and the process that stops it once this one has ended: a test binary has no end of its own.
struct Cluster {
    embedded: Embedded,
    _guard: Child,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| {
    std::thread::spawn(|| {
        let place = folder("cluster");
        let embedded = embedded::start(&place).expect("the tests' PostgreSQL");
        let guard = guard(&format!("kill -INT {}", embedded.pid()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(clear(embedded.socket_dir()));
        Cluster { embedded, _guard: guard }
    })
    .join()
    .unwrap()
});

/// Does this at the end of its input, which comes with the end of this process, however it ends.
pub fn guard(last_deed: &str) -> Child {
    Command::new("sh")
        .args(["-c", &format!("read _; {last_deed}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh")
}

/// A folder of these tests that outlives them, for whoever looks for what went wrong.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// An empty folder that the next run of the tests removes.
pub fn scratch() -> PathBuf {
    LazyLock::force(&CLUSTER);
    static NEXT: AtomicU32 = AtomicU32::new(0);
    folder(&format!("scratch/{}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

async fn connect(socket_dir: &Path, database: &str) -> PgConnection {
    let options = PgConnectOptions::new_without_pgpass().socket(socket_dir).port(embedded::PORT);
    options.username(embedded::SUPERUSER).database(database).connect().await.unwrap()
}

/// Removes what earlier runs left.
async fn clear(socket_dir: &Path) {
    let _ = std::fs::remove_dir_all(folder("scratch"));
    let mut connection = connect(socket_dir, "postgres").await;
    for (kind, list) in [
        ("DATABASE", "SELECT datname::text FROM pg_database WHERE datname ~ '^parvis_t_'"),
        ("ROLE", "SELECT rolname::text FROM pg_roles WHERE rolname ~ '^(tr_|parvis_app_)'"),
    ] {
        let names: Vec<String> = sqlx::query_scalar(list).fetch_all(&mut connection).await.unwrap();
        for name in names {
            let force = if kind == "DATABASE" { "WITH (FORCE)" } else { "" };
            connection.execute(AssertSqlSafe(format!("DROP {kind} {name} {force}"))).await.unwrap();
        }
    }
    connection.close().await.unwrap();
}

/// A new empty database; its address for `database.url`.
pub async fn database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("parvis_t_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let mut connection = connect(socket_dir(), "postgres").await;
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    connection.close().await.unwrap();
    format!("postgres:///{name}?host={}&user={}", socket_dir().display(), embedded::SUPERUSER)
}

/// Where the cluster listens.
pub fn socket_dir() -> &'static Path {
    CLUSTER.embedded.socket_dir()
}
