//! Floors of the same run: what the machine can do where nothing of the application is in the way.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use poem::listener::TcpListener;
use poem::{EndpointExt, Response, Route, get, handler, web::Data};

use super::drive::{Figures, Limit, drive, float};
use super::gauge::{self, Spent};
use super::server::{self, Place, Process, Server, output};

/// The argument that makes this program a server of one file.
pub(super) const STATIC_SERVER: &str = "--static-server";
/// The scratch database, in the cluster that the application uses.
const DATABASE: &str = "floor";
const ORDER: &str = include_str!("floor_order.sql");
const TABLES: &str = include_str!("floor_tables.sql");

#[derive(Clone)]
struct File(bytes::Bytes);

#[handler]
fn answer(file: Data<&File>) -> Response {
    Response::builder().content_type("application/json; charset=utf-8").body(file.0.0.clone())
}

/// Serves a file's bytes with poem and nothing else, until it is killed.
pub(super) fn serve(port: u16, file: &str) -> anyhow::Result<()> {
    let file = File(std::fs::read(file)?.into());
    let routes = Route::new().at("/", get(answer)).data(file);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(runtime.block_on(poem::Server::new(TcpListener::bind(("127.0.0.1", port))).run(routes))?)
}

/// What poem alone costs for the same bytes.
pub(super) async fn static_answer(
    place: &Place,
    body: &[u8],
    clients: usize,
    span: Duration,
) -> anyhow::Result<Figures> {
    let (port, file) = (server::free_port()?, place.root.join("static.json"));
    std::fs::write(&file, body)?;
    let mut command = Command::new(std::env::current_exe()?);
    let mut process = Process::spawn(command.arg(STATIC_SERVER).arg(port.to_string()).arg(&file))
        .context("static server")?;
    server::await_port(&mut process, port, &place.root).await?;
    let pid = process.pid();
    let spent = || Spent { server: gauge::seconds_of(pid), database: 0.0 };
    let step = async |client: &mut super::client::Client, _| client.get("/", "").await?.expect(200);
    drive(port, clients, Limit::time(span / 4), spent, step).await?;
    drive(port, clients, Limit::time(span), spent, step).await
}

/// One order as bare SQL, by pgbench, on a database of its own in the application's cluster.
pub(super) struct BareSql<'a> {
    server: &'a Server,
    root: PathBuf,
}

impl<'a> BareSql<'a> {
    /// Makes the database from the migration files.
    pub(super) fn new(server: &'a Server, place: &Place) -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        server.sql("postgres", &format!("CREATE DATABASE {DATABASE}"))?;
        let mut files = vec![root.join("bootstrap.sql")];
        files.extend(sorted(&root.join("platform"))?);
        for file in files {
            run_file(server, "", &file)?;
        }
        server.sql(DATABASE, "CREATE SCHEMA t_floor")?;
        for file in sorted(&root.join("tenant"))? {
            run_file(server, "-c search_path=t_floor,pg_temp", &file)?;
        }
        server.sql(DATABASE, TABLES)?;
        std::fs::write(place.root.join("order.sql"), ORDER)?;
        Ok(Self { server, root: place.root.clone() })
    }

    /// Some sales, so that plans are made for tables with rows.
    pub(super) fn prepare(&self) -> anyhow::Result<()> {
        self.pgbench(16, Duration::from_secs(1), 1)?;
        self.server.sql(DATABASE, "VACUUM ANALYZE").map(drop)
    }

    /// Runs orders from `clients` connections.
    pub(super) async fn orders(&self, clients: usize, span: Duration) -> anyhow::Result<Figures> {
        // Ids of another run must not come back.
        let run: u64 = self.server.sql(DATABASE, "SELECT count(*) FROM t_floor.orders")?.parse()?;
        self.pgbench(clients, Duration::from_secs(1), run * 2 + 1)?;
        self.pgbench(clients, span, run * 2 + 2)
    }

    fn pgbench(&self, clients: usize, span: Duration, run: u64) -> anyhow::Result<Figures> {
        let prefix = self.root.join(format!("pgbench-{run}"));
        let seconds = span.as_secs().max(1).to_string();
        let (before, begun) = (self.server.spent(), Instant::now());
        let mut command = self.server.program("pgbench");
        command
            .env("PGOPTIONS", "-c search_path=t_floor,pg_temp")
            .args(["-n", "-M", "prepared", "-T", &seconds, "-c", &clients.to_string()])
            .args(["-j", if clients > 1 { "2" } else { "1" }])
            .args(["-D", "i=0", "-D", &format!("run={run}"), "-l"])
            .arg(format!("--log-prefix={}", prefix.display()))
            .arg("-f")
            .arg(self.root.join("order.sql"))
            .arg(DATABASE);
        let told = output(&mut command)?;
        let (wall, spent) = (begun.elapsed().as_secs_f64(), self.server.spent().since(before));
        let mut figures = Figures::new(clients, wall, latencies(&self.root, run)?, spent);
        // The time to connect is not the order's.
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        let rate: f64 = rate.context("pgbench tells no rate")?;
        figures.wall = float(figures.steps) / rate;
        Ok(figures)
    }
}

/// Milliseconds from pgbench's logs, one file a thread.
pub(super) fn latencies(root: &Path, run: u64) -> anyhow::Result<Vec<f64>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&format!("pgbench-{run}.")) {
            let text = std::fs::read_to_string(entry.path())?;
            let third = |line: &str| line.split(' ').nth(2)?.parse::<f64>().ok();
            found.extend(text.lines().filter_map(third).map(|micros| micros / 1000.0));
        }
    }
    Ok(found)
}

fn sorted(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(directory)?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

fn run_file(server: &Server, settings: &str, file: &Path) -> anyhow::Result<()> {
    let mut command = server.program("psql");
    command.env("PGOPTIONS", format!("-c client_min_messages=warning {settings}"));
    command.args(["-qX", "-v", "ON_ERROR_STOP=1", "-d", DATABASE, "-f"]).arg(file);
    output(&mut command).map(drop)
}
